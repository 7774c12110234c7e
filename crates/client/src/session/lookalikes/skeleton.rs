//! What an alias is drawn like (Unicode Technical Standard 39, section 4), by the table and the steps of the page
//! (web/src/looks/confusables.ts).

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup as Group, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

include!(concat!(env!("OUT_DIR"), "/confusables.rs"));

static DRAWN: &str = include_str!(concat!(env!("OUT_DIR"), "/drawn.txt"));

/// Two aliases can be taken for one another where they have one of these in common. There are two, because `I` is drawn
/// like `l` and is the capital of `i`.
pub(super) fn skeletons(alias: &str) -> Vec<String> {
    let both = [alias.to_owned(), alias.to_lowercase()];
    let mut skeletons = both.clone().map(|text| fixpoint(text, bare)).to_vec();
    skeletons.retain(|skeleton| !skeleton.is_empty());
    if skeletons.is_empty() {
        // Of signs alone, the signs are compared.
        skeletons = both.map(|text| fixpoint(text.replace(is_variant, ""), drawn)).to_vec();
        skeletons.iter_mut().filter(|signs| signs.is_empty()).for_each(|signs| alias.clone_into(signs));
    }
    skeletons.dedup();
    skeletons
}

/// Changes a text until nothing changes: a small letter may be drawn like something else again.
fn fixpoint(mut text: String, change: fn(&str) -> String) -> String {
    loop {
        let changed = change(&text);
        if changed == text {
            return text;
        }
        text = changed;
    }
}

fn bare(text: &str) -> String {
    without_marks(&drawn(text).replace(is_aside, ""))
}

/// What each character is drawn like; case is dropped.
fn drawn(text: &str) -> String {
    let mut drawn = String::new();
    for character in text.nfd() {
        match prototype(character) {
            Some(prototype) => drawn.push_str(prototype),
            None => drawn.push(character),
        }
    }
    drawn.nfd().collect::<String>().to_lowercase()
}

fn prototype(character: char) -> Option<&'static str> {
    let at = CHARACTERS.binary_search(&character).ok()?;
    let begin = at.checked_sub(1).map_or(0, |before| ENDS[before]);
    DRAWN.get(begin.into()..ENDS[at].into())
}

/// All that is no letter, digit or mark, and marks that are merely put on, in or beside letters.
fn is_aside(character: char) -> bool {
    let group = character.general_category_group();
    !matches!(group, Group::Letter | Group::Number | Group::Mark)
        || matches!(character,
            '\u{2b0}'..='\u{2ff}' | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}' | '\u{a700}'..='\u{a721}' | '\u{640}' | '\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Takes marks off letters of scripts that are read without them.
fn without_marks(text: &str) -> String {
    let mut kept = String::new();
    let (mut before, mut is_off) = (None, false);
    for character in text.chars() {
        let is_mark =
            character.general_category_group() == Group::Mark || matches!(character, '\u{ff9e}' | '\u{ff9f}');
        is_off = is_mark && (is_off || before.is_some_and(is_read_without_marks));
        before = Some(character);
        if !is_off {
            kept.push(character);
        }
    }
    kept
}

fn is_read_without_marks(character: char) -> bool {
    let is_number = character.general_category_group() == Group::Number;
    let script = character.script();
    is_number
        || matches!(
            script,
            Script::Latin | Script::Greek | Script::Cyrillic | Script::Hebrew | Script::Arabic
        )
}

/// What makes variants of one emoji: skin tones, joiners, selectors.
fn is_variant(character: char) -> bool {
    matches!(character, '\u{1f3fb}'..='\u{1f3ff}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Aliases, in the form in which members have them.
    fn rows(kind: &str) -> Vec<Vec<String>> {
        let shared = include_str!("../../../../../testdata/lookalikes.json");
        let mut shared: Value = serde_json::from_str(shared).unwrap();
        let rows: Vec<Vec<String>> = serde_json::from_value(shared[kind].take()).unwrap();
        rows.into_iter().map(|row| row.iter().map(|alias| alias.nfkc().collect()).collect()).collect()
    }

    fn alike(one: &str, other: &str) -> bool {
        let others = skeletons(other);
        skeletons(one).iter().any(|skeleton| others.contains(skeleton))
    }

    #[test]
    fn what_can_be_taken_for_one_another_is_known_as_on_the_page() {
        for row in rows("alike") {
            for other in &row[1..] {
                assert!(alike(&row[0], other), "{} and {other}: {:?}", row[0], skeletons(other));
            }
        }
    }

    #[test]
    fn different_names_are_left_in_peace() {
        for row in rows("different") {
            for (at, one) in row.iter().enumerate() {
                for other in &row[at + 1..] {
                    assert!(!alike(one, other), "{one} and {other}");
                }
            }
        }
    }

    #[test]
    fn what_every_character_is_drawn_like_settles() {
        for character in ('\0'..='\u{1ffff}').map(String::from) {
            for skeleton in skeletons(&character) {
                assert_eq!(skeletons(&skeleton), std::slice::from_ref(&skeleton), "{character}");
            }
        }
    }

    #[test]
    fn the_table_is_the_pages() {
        let table = include_str!("../../../../../web/src/looks/confusables-table.ts");
        let (_, table) = table.split_once("CONFUSABLES = `").unwrap();
        let listed = table.lines().map(|line| line.matches(' ').count()).sum::<usize>();
        assert_eq!((CHARACTERS.len(), ENDS.len()), (listed, listed));
        for (character, like) in [('"', "''"), ('w', "vv"), ('ᴢ', "z"), ('⫽', "//"), ('∖', "\\")] {
            assert_eq!(prototype(character), Some(like), "{character}");
        }
        assert_eq!(prototype('a'), None);
    }
}
