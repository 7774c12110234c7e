//! What a member calls itself.

use std::fmt;
use std::str::FromStr;

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::CodeError;

/// Characters of the longest alias, in Unicode's scalar values.
pub const MOST_CHARACTERS: usize = 32;

/// An alias in its NFKC form, trimmed, and fit to be shown (protocol, section 1).
#[derive(Clone, PartialEq, Eq)]
pub struct Alias(Zeroizing<String>);

impl Alias {
    /// The alias itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for aliases that differ in case alone.
    pub(super) fn folded(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_lowercase())
    }
}

impl FromStr for Alias {
    type Err = CodeError;

    fn from_str(typed: &str) -> Result<Self, CodeError> {
        let form: Zeroizing<String> = Zeroizing::new(typed.nfkc().collect());
        let alias = form.trim();
        if !(1..=MOST_CHARACTERS).contains(&alias.chars().count()) {
            Err(CodeError::AliasLength)
        } else if alias.starts_with('/') {
            Err(CodeError::AliasSlash)
        } else if alias.chars().any(unseen) {
            Err(CodeError::AliasCharacter)
        } else {
            Ok(Self(Zeroizing::new(alias.to_owned())))
        }
    }
}

/// General categories Z* and C* (Unicode Standard Annex 44, 5.7.1), and what else is drawn as nothing: two
/// aliases that differ in it alone would look the same.
fn unseen(character: char) -> bool {
    ignorable(character)
        || character == BLANK_BRAILLE
        || matches!(
            get_general_category(character),
            Category::SpaceSeparator
                | Category::LineSeparator
                | Category::ParagraphSeparator
                | Category::Control
                | Category::Format
                | Category::Surrogate
                | Category::PrivateUse
                | Category::Unassigned
        )
}

/// Braille's pattern without a dot, which no property calls blank.
const BLANK_BRAILLE: char = '\u{2800}';

/// `Default_Ignorable_Code_Point`, as `DerivedCoreProperties.txt` of Unicode 17.0 lists it.
fn ignorable(character: char) -> bool {
    matches!(
        u32::from(character),
        0xad | 0x34f
            | 0x61c
            | 0x115f..=0x1160
            | 0x17b4..=0x17b5
            | 0x180b..=0x180f
            | 0x200b..=0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x206f
            | 0x3164
            | 0xfe00..=0xfe0f
            | 0xfeff
            | 0xffa0
            | 0xfff0..=0xfff8
            | 0x1_bca0..=0x1_bca3
            | 0x1_d173..=0x1_d17a
            | 0xe_0000..=0xe_0fff
    )
}

impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Alias(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cases that the page is held to, too.
    fn cases(kind: &str) -> Vec<(String, String)> {
        let all: serde_json::Value =
            serde_json::from_str(include_str!("../../testdata/aliases.json")).unwrap();
        serde_json::from_value(all[kind].clone()).unwrap()
    }

    #[test]
    fn an_alias_is_normalised_and_trimmed() {
        for (typed, alias) in cases("shown") {
            assert_eq!(typed.parse::<Alias>().unwrap().as_str(), alias);
        }
    }

    #[test]
    fn what_may_not_be_shown_is_refused() {
        for (typed, why) in cases("refused") {
            assert!(typed.parse::<Alias>().is_err(), "{why}: {typed:?}");
        }
    }

    #[test]
    fn one_to_32_characters() {
        for (count, ok) in [(0, false), (1, true), (31, true), (32, true), (33, false)] {
            for character in ["x", "山", "🦀"] {
                assert_eq!(character.repeat(count).parse::<Alias>().is_ok(), ok, "{count} {character}");
            }
        }
        // One character that NFKC makes eighteen of.
        assert_eq!("\u{fdfa}\u{fdfa}".parse::<Alias>(), Err(CodeError::AliasLength));
        assert_eq!("   ".parse::<Alias>(), Err(CodeError::AliasLength));
    }

    #[test]
    fn what_is_not_seen_is_refused() {
        for hidden in [
            "a b",
            "a\u{a0}b",
            "a\tb",
            "a\u{0}b",
            "a\u{200b}b",
            "a\u{202e}b",
            "a\u{2028}b",
            "a\u{e000}",
            "a\u{378}",
            "a\u{34f}",
            "a\u{2800}",
        ] {
            assert_eq!(hidden.parse::<Alias>(), Err(CodeError::AliasCharacter), "{hidden:?}");
        }
    }

    #[test]
    fn a_command_is_no_alias() {
        for slash in ["/stop", " /x", "／x"] {
            assert_eq!(slash.parse::<Alias>(), Err(CodeError::AliasSlash));
        }
        assert!("a/b".parse::<Alias>().is_ok());
    }

    proptest! {
        #[test]
        fn an_alias_reads_as_itself(typed in any::<String>()) {
            if let Ok(alias) = typed.parse::<Alias>() {
                prop_assert_eq!(alias.as_str().parse::<Alias>(), Ok(alias.clone()));
            }
        }
    }
}
