//! Draws nonces and seats' tokens: by `ChaCha20`, seeded by the system.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use zeroize::Zeroizing;

/// A generator that forgets what it has drawn.
pub(super) struct Random(ChaCha20Rng);

impl Random {
    pub(super) fn from_system() -> Result<Self, getrandom::Error> {
        Ok(Self(ChaCha20Rng::from_seed(*seed()?)))
    }

    /// The generator is reseeded from itself after each draw, for it keeps its last output until
    /// then.
    pub(super) fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        self.0 = ChaCha20Rng::from_rng(&mut self.0);
        bytes
    }
}

fn seed() -> Result<Zeroizing<[u8; 32]>, getrandom::Error> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed)?;
    Ok(seed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Holds that no 8 bytes stand twice in what was drawn, wherever.
    fn have_nothing_in_common(draws: &[[u8; 32]]) {
        let parts: Vec<&[u8]> = draws.iter().flat_map(|draw| draw.windows(8)).collect();
        assert_eq!(parts.iter().collect::<HashSet<_>>().len(), parts.len());
    }

    #[test]
    fn every_byte_of_a_seed_is_the_system_s() {
        let seeds: Vec<[u8; 32]> = (0..256).map(|_| *seed().unwrap()).collect();
        for at in 0..32 {
            let values: HashSet<u8> = seeds.iter().map(|seed| seed[at]).collect();
            assert!(values.len() > 100, "byte {at}: {values:?}");
        }
        have_nothing_in_common(&seeds);
    }

    #[test]
    fn every_bit_of_a_seed_changes_all_that_is_drawn() {
        let draws: Vec<[u8; 32]> = (0..256)
            .map(|bit| {
                let mut seed = [7; 32];
                seed[bit / 8] ^= 1 << (bit % 8);
                Random(ChaCha20Rng::from_seed(seed)).draw()
            })
            .collect();
        have_nothing_in_common(&draws);
    }

    #[test]
    fn a_thousand_generators_have_no_draw_in_common() {
        let draws: Vec<[u8; 32]> = (0..1000)
            .flat_map(|_| {
                let mut random = Random::from_system().unwrap();
                [random.draw(), random.draw()]
            })
            .collect();
        have_nothing_in_common(&draws);
    }

    #[test]
    fn who_sees_the_generator_does_not_learn_what_it_gave() {
        let mut random = Random::from_system().unwrap();
        let given: [u8; 32] = random.draw();
        let mut again = ChaCha20Rng::from_seed(random.0.get_seed());
        let mut all = [0; 4096];
        again.fill_bytes(&mut all);
        assert!(all.windows(8).all(|part| part != &given[..8]));
    }
}
