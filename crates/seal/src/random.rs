//! Every random byte of a client: `ChaCha20`, seeded by the system.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use super::{SealError, Secret};

/// A generator that forgets: each draw replaces the seed, so that nobody who sees the generator
/// later can tell what it gave before.
#[derive(Debug)]
pub struct Random(Secret<32>);

impl Random {
    /// Seeded by the system's generator.
    pub fn from_system() -> Result<Self, SealError> {
        let mut seed = Secret::blank();
        getrandom::fill(&mut seed.0).map_err(|_| SealError::Random)?;
        Ok(Self(seed))
    }

    /// One whose draws are known.
    #[cfg(test)]
    pub(super) fn of(seed: [u8; 32]) -> Self {
        Self(Secret(seed))
    }

    /// Another source of its own, which tells nothing of this one.
    #[must_use]
    pub fn split(&mut self) -> Self {
        Self(self.secret())
    }

    /// `N` bytes for what is not secret.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// `N` bytes for a key.
    pub fn secret<const N: usize>(&mut self) -> Secret<N> {
        let mut secret = Secret::blank();
        self.fill(&mut secret.0);
        secret
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        // On the heap, where the allocator wipes it: ChaCha20Rng does not wipe itself.
        let mut stream = Box::new(ChaCha20Rng::from_seed(self.0.0));
        stream.fill_bytes(&mut self.0.0);
        stream.fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_draws_and_no_two_generators_are_alike() {
        let (mut one, mut other) = (Random::from_system().unwrap(), Random::from_system().unwrap());
        let draws: std::collections::HashSet<[u8; 16]> =
            (0..100).flat_map(|_| [one.bytes(), other.bytes()]).collect();
        assert_eq!(draws.len(), 200);
    }

    #[test]
    fn every_byte_of_a_seed_is_the_system_s() {
        let seeds: Vec<_> = (0..256).map(|_| Random::from_system().unwrap().0).collect();
        for at in 0..32 {
            let values: std::collections::HashSet<u8> = seeds.iter().map(|seed| seed.0[at]).collect();
            assert!(values.len() > 100, "byte {at}: {values:?}");
        }
    }

    #[test]
    fn the_seed_is_not_what_was_given() {
        let mut random = Random::of([7; 32]);
        let given = random.secret::<32>();
        assert!(random.0 != given && random.0 != Secret([7; 32]));
    }
}
