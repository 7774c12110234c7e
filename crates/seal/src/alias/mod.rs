//! What a member calls itself.

mod characters;
mod error;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use self::characters::{Alphabet, Kind, alphabet, is_virama, joining, kind};
pub use self::error::AliasError;
use super::SealError;
use super::emoji::is_whole_emoji;

/// Characters of the longest alias, in Unicode's scalar values.
pub const ALIAS_MOST: usize = 32;

/// Combining marks that one base bears.
const MARKS_MOST: usize = 2;

/// The same, with the signs that are spelling in scripts of syllables: what Unicode Technical Standard 39, 5.4
/// allows everywhere.
const SIGNS_MOST: usize = 4;

/// An alias in its NFKC form, trimmed, and fit to be shown (protocol, section 1).
#[derive(Clone, PartialEq, Eq)]
pub struct Alias(Zeroizing<String>);

impl Alias {
    /// The alias itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One that somebody else has written: it must be in its form already.
    pub(super) fn as_written(alias: &str) -> Result<Self, SealError> {
        alias.parse().ok().filter(|read: &Self| read.as_str() == alias).ok_or(SealError::Alias)
    }

    /// Equal for aliases that differ in case alone.
    pub(super) fn folded(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_lowercase())
    }
}

impl FromStr for Alias {
    type Err = AliasError;

    fn from_str(typed: &str) -> Result<Self, AliasError> {
        if let Some(character) = typed.chars().find(|&character| kind(character) == Kind::Unknown) {
            return Err(AliasError::Unknown { character });
        }
        let form: Zeroizing<String> = Zeroizing::new(typed.nfkc().collect());
        let alias = form.trim();
        let characters: Zeroizing<Vec<char>> = Zeroizing::new(alias.chars().collect());
        if !(1..=ALIAS_MOST).contains(&characters.len()) {
            return Err(AliasError::Length);
        }
        if characters[0] == '/' {
            return Err(AliasError::Slash);
        }
        check(&characters)?;
        Ok(Self(Zeroizing::new(alias.to_owned())))
    }
}

/// Reads from the left, an emoji of more than one character always as a whole.
fn check(characters: &[char]) -> Result<(), AliasError> {
    let mut base = Base::default();
    let mut first: Option<Alphabet> = None;
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        if let Some(length) = emoji(&characters[at..]) {
            base = Base { there: true, ..Base::default() };
            at += length;
            continue;
        }
        match kind(character) {
            Kind::Plain | Kind::Syllabic => base = Base::of(character),
            Kind::Mark | Kind::Sign => base.take(character)?,
            Kind::Joiner if joins(&characters[..at], character, &characters[at + 1..]) => {}
            Kind::Joiner => return Err(AliasError::Joiner { character }),
            Kind::EmojiPart => return Err(AliasError::Emoji { character }),
            Kind::Space => return Err(AliasError::Space { character }),
            Kind::Unseen => return Err(AliasError::Unseen { character }),
            Kind::Enclosing => return Err(AliasError::Enclosing { character }),
            Kind::Unknown => return Err(AliasError::Unknown { character }),
        }
        if let Some(alphabet) = alphabet(character) {
            let beside = *first.get_or_insert(alphabet);
            if beside != alphabet {
                let (alphabet, beside) = (alphabet.name(), beside.name());
                return Err(AliasError::Mixed { character, alphabet, beside });
            }
        }
        at += 1;
    }
    Ok(())
}

/// What marks are put on, and how many it bears.
#[derive(Default)]
struct Base {
    there: bool,
    is_syllabic: bool,
    /// Marks that are not spelling.
    marks: usize,
    signs: Vec<char>,
}

impl Base {
    /// A letter such as `é` bears a mark already.
    fn of(character: char) -> Self {
        let composed = character.to_string().nfd().filter(|&part| kind(part) == Kind::Mark).count();
        let is_syllabic = kind(character) == Kind::Syllabic;
        Self { there: true, is_syllabic, marks: composed, signs: Vec::new() }
    }

    fn take(&mut self, character: char) -> Result<(), AliasError> {
        if !self.there {
            return Err(AliasError::Baseless { character });
        }
        let is_sign = kind(character) == Kind::Sign && self.is_syllabic && !self.signs.contains(&character);
        if is_sign {
            self.signs.push(character);
        } else {
            self.marks += 1;
        }
        if self.marks > MARKS_MOST || self.marks + self.signs.len() > SIGNS_MOST {
            return Err(AliasError::Marks { character });
        }
        Ok(())
    }
}

/// Characters of the longest emoji of more than one that everybody's device knows (RGI, Unicode Technical Standard
/// 51) and that stands at the beginning.
fn emoji(characters: &[char]) -> Option<usize> {
    (2..=characters.len()).rev().find(|&length| {
        let sequence: String = characters[..length].iter().collect();
        is_whole_emoji(&sequence)
    })
}

/// Whether a joiner changes how its neighbours are drawn (RFC 5892, A.1 and A.2).
fn joins(before: &[char], joiner: char, after: &[char]) -> bool {
    const ZWNJ: char = '\u{200c}';
    let last = before.iter().rev().map(|&character| joining(character)).find(|&kind| kind != 'T');
    let next = after.iter().map(|&character| joining(character)).find(|&kind| kind != 'T');
    before.last().is_some_and(|&character| is_virama(character))
        || (joiner == ZWNJ && matches!(last, Some('L' | 'D')) && matches!(next, Some('R' | 'D')))
}

impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Alias(…)")
    }
}
