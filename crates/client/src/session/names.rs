//! Whom names mean: nobody who comes, whispers or is renamed while a line is typed takes the place of the one for whom it
//! was begun.

use std::collections::VecDeque;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::people::{Key, People, folded};

/// Aliases that several had, and that are remembered.
pub const NUMBERED_MOST: usize = 256;

/// Who was called what at some moment, and who had whispered last. It is taken when a line is begun, and asked when that
/// is carried out.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub(crate) people: Arc<People>,
    pub(crate) whisperer: Option<Key>,
}

/// Aliases that several had at some time: a number behind one of them is never read as text.
#[derive(Debug, Default)]
pub(super) struct Numbered(VecDeque<Zeroizing<String>>);

impl Numbered {
    /// Remembers the aliases that several have now; the oldest are forgotten.
    pub(super) fn remember(&mut self, people: &People) {
        for person in people.all().iter().filter(|person| person.named.nth.is_some()) {
            let Some(alias) = &person.named.alias else { continue };
            let alias = folded(alias);
            if !self.0.contains(&alias) {
                self.0.push_back(alias);
                // At once, so that a crowd is not looked for among a crowd.
                if self.0.len() > NUMBERED_MOST {
                    self.0.pop_front();
                }
            }
        }
    }

    pub(super) fn has(&self, alias: &str) -> bool {
        alias.parse().is_ok_and(|alias| self.0.contains(&folded(&alias)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::people::{Named, Person, Standing};
    use super::*;

    fn several(alias: &str) -> People {
        let named = Named { alias: Some(alias.parse().unwrap()), nth: Some(1) };
        let (id, voice, standing) = (sanctuary_wire::Id(1), None, Standing::Ready);
        People::from(vec![Person { id, named, voice, you: false, away: false, standing }])
    }

    #[test]
    fn so_many_aliases_are_remembered_and_the_newest() {
        let mut numbered = Numbered::default();
        for at in 0..NUMBERED_MOST {
            numbered.remember(&several(&format!("Ada{at}")));
        }
        assert!(numbered.has("ada0") && numbered.has(&format!("ADA{}", NUMBERED_MOST - 1)));
        numbered.remember(&several("ADA0"));
        assert!(numbered.has("ada1"), "one that is known takes no place");
        numbered.remember(&several("ben"));
        assert!(!numbered.has("ada0") && numbered.has("ada1") && numbered.has("ben"));
        assert!(!numbered.has("") && !numbered.has("nobody"));
    }
}
