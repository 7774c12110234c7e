use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

/// The cases that the page is held to, too.
fn cases() -> serde_json::Value {
    serde_json::from_str(include_str!("../../../../testdata/aliases.json")).unwrap()
}

/// What is said of an alias, in a form that both languages write: the form that it takes, or the error's name and
/// the character that is wrong.
fn verdict(typed: &str) -> String {
    let error = match typed.parse::<Alias>() {
        Ok(alias) => return format!("ok {}", alias.as_str()),
        Err(error) => error,
    };
    let (name, character) = match error {
        AliasError::Length => return "length".to_owned(),
        AliasError::Slash => return "slash".to_owned(),
        AliasError::Space { character } => ("space", character),
        AliasError::Unseen { character } => ("unseen", character),
        AliasError::Unknown { character } => ("unknown", character),
        AliasError::Enclosing { character } => ("enclosing", character),
        AliasError::Marks { character } => ("marks", character),
        AliasError::Baseless { character } => ("baseless", character),
        AliasError::Mixed { character, .. } => ("mixed", character),
        AliasError::Joiner { character } => ("joiner", character),
        AliasError::Emoji { character } => ("emoji", character),
    };
    format!("{name} U+{:04X}", u32::from(character))
}

#[test]
fn an_alias_is_normalised_and_trimmed() {
    let shown: Vec<(String, String)> = serde_json::from_value(cases()["shown"].clone()).unwrap();
    for (typed, alias) in shown {
        assert_eq!(verdict(&typed), format!("ok {alias}"), "{typed:?}");
    }
}

#[test]
fn what_may_not_be_shown_is_refused_by_name() {
    let refused: Vec<(String, String, String)> = serde_json::from_value(cases()["refused"].clone()).unwrap();
    for (typed, expected, why) in refused {
        assert_eq!(verdict(&typed), expected, "{why}: {typed:?}");
    }
}

#[test]
fn a_refusal_names_the_character_and_nothing_else_of_the_alias() {
    for (typed, sentence) in [
        ("Ad\u{430}", "“\u{430}” (U+0430, Cyrillic) can’t stand beside Latin letters"),
        ("a b", "an alias has no spaces (U+0020)"),
        ("secret\u{202e}", "an alias has no invisible characters (U+202E)"),
        ("a\u{1b}", "an alias has no invisible characters (U+001B)"),
        ("x\u{301}\u{301}\u{301}", "the mark “◌\u{301}” (U+0301) is one too many on its letter"),
    ] {
        assert_eq!(typed.parse::<Alias>().unwrap_err().to_string(), sentence);
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
    assert_eq!("\u{fdfa}\u{fdfa}".parse::<Alias>(), Err(AliasError::Length));
    assert_eq!("   ".parse::<Alias>(), Err(AliasError::Length));
}

/// Numbers that both languages draw alike (a linear congruential generator, Numerical Recipes' constants).
struct Draw(u32);

impl Draw {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % bound
    }
}

/// Every character alone and beside letters of each alphabet; then random strings of what the rule is about.
#[test]
fn both_languages_say_the_same_of_every_character_and_of_many_strings() {
    let cases = cases();
    let mut hash = Sha256::new();
    let ranges: Vec<(u32, u32)> = serde_json::from_value(cases["verdicts"]["ranges"].clone()).unwrap();
    for character in ranges.into_iter().flat_map(|(from, to)| from..=to).filter_map(char::from_u32) {
        for typed in [character.to_string(), format!("a{character}b"), format!("д{character}")] {
            hash.update(verdict(&typed));
            hash.update("\n");
        }
    }
    assert_eq!(hex(&hash.finalize()), cases["verdicts"]["characters"], "of every character");

    let pieces: Vec<String> = serde_json::from_value(cases["verdicts"]["pieces"].clone()).unwrap();
    let count = u32::try_from(pieces.len()).unwrap();
    let mut draw = Draw(8);
    let mut hash = Sha256::new();
    for _ in 0..cases["verdicts"]["count"].as_u64().unwrap() {
        let length = 1 + draw.below(8);
        let typed: String = (0..length).map(|_| pieces[draw.below(count) as usize].as_str()).collect();
        hash.update(verdict(&typed));
        hash.update("\n");
    }
    assert_eq!(hex(&hash.finalize()), cases["verdicts"]["strings"], "of strings");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

proptest! {
    #[test]
    fn an_alias_reads_as_itself(typed in any::<String>()) {
        if let Ok(alias) = typed.parse::<Alias>() {
            prop_assert_eq!(alias.as_str().parse::<Alias>(), Ok(alias.clone()));
        }
    }
}
