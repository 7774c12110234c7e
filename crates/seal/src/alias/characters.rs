//! What the rule of aliases asks of one character. Everything comes from Unicode 18.0, as the crates of the
//! lockfile have it; the page's table is made from here (`tables`), so that no browser's own version counts.

use unicode_joining_type::{JoiningType, get_joining_type};
use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

/// How a character counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stands for itself, and may bear marks.
    Plain,
    /// The same, in a script whose syllables are written with [`Kind::Sign`]s.
    Syllabic,
    /// A combining mark.
    Mark,
    /// A combining mark that is spelling: a vowel sign or a letter below another, of Devanagari for example.
    Sign,
    /// ZWNJ or ZWJ (RFC 5892, A.1 and A.2).
    Joiner,
    /// Makes emoji of what stands around it, and is nothing by itself.
    EmojiPart,
    /// White space.
    Space,
    /// Drawn as nothing, or for private use.
    Unseen,
    /// A mark that is drawn around other characters.
    Enclosing,
    /// Not assigned, or too new to be normalised by every browser.
    Unknown,
}

/// The alphabets that look so much alike that they may not be mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    Latin,
    Greek,
    Cyrillic,
}

impl Alphabet {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Greek => "Greek",
            Self::Cyrillic => "Cyrillic",
        }
    }
}

pub(super) fn kind(character: char) -> Kind {
    let category = character.general_category();
    match character {
        '\u{200c}' | '\u{200d}' => return Kind::Joiner,
        // Variation selector 16, the keycap, regional indicators, tags.
        '\u{fe0f}' | '\u{20e3}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{e0020}'..='\u{e007f}' => {
            return Kind::EmojiPart;
        }
        _ if blank(character) || ignorable(character) => return Kind::Unseen,
        _ if category == Category::Unassigned || unsettled(character) => return Kind::Unknown,
        _ => {}
    }
    match category {
        Category::SpaceSeparator | Category::LineSeparator | Category::ParagraphSeparator => Kind::Space,
        Category::Control if character.is_whitespace() => Kind::Space,
        Category::Control | Category::Format | Category::Surrogate | Category::PrivateUse => Kind::Unseen,
        Category::EnclosingMark => Kind::Enclosing,
        Category::NonspacingMark | Category::SpacingMark => {
            if is_syllabic(character.script()) && canonical_combining_class(character) == 0 {
                Kind::Sign
            } else {
                Kind::Mark
            }
        }
        _ if is_syllabic(character.script()) => Kind::Syllabic,
        _ => Kind::Plain,
    }
}

pub(super) fn alphabet(character: char) -> Option<Alphabet> {
    match character.script() {
        Script::Latin => Some(Alphabet::Latin),
        Script::Greek => Some(Alphabet::Greek),
        Script::Cyrillic => Some(Alphabet::Cyrillic),
        _ => None,
    }
}

/// Whether it takes the vowel from the letter before it (`Canonical_Combining_Class` Virama).
pub(super) fn is_virama(character: char) -> bool {
    canonical_combining_class(character) == 9
}

/// How it joins its neighbours in a cursive script: `L`, `R`, `D` or `T` of RFC 5892, A.1, or else `U`.
pub(super) fn joining(character: char) -> char {
    match get_joining_type(character) {
        JoiningType::LeftJoining => 'L',
        JoiningType::RightJoining => 'R',
        JoiningType::DualJoining => 'D',
        JoiningType::Transparent => 'T',
        _ => 'U',
    }
}

/// Drawn as nothing, although no property says so: Braille's pattern without a dot, an object that is not there,
/// blank hieroglyphs, the filler of Khitan, the note without a head.
fn blank(character: char) -> bool {
    matches!(u32::from(character), 0x2800 | 0xfffc | 0x1_3441..=0x1_3442 | 0x1_6fe4 | 0x1_d159)
}

/// Scripts whose ordinary spelling piles more than two marks upon a letter.
fn is_syllabic(script: Script) -> bool {
    matches!(
        script,
        Script::Devanagari
            | Script::Bengali
            | Script::Gurmukhi
            | Script::Gujarati
            | Script::Oriya
            | Script::Tamil
            | Script::Telugu
            | Script::Kannada
            | Script::Malayalam
            | Script::Sinhala
            | Script::Tibetan
            | Script::Myanmar
            | Script::Khmer
            | Script::Balinese
            | Script::Javanese
            | Script::Tai_Tham
    )
}

/// `Default_Ignorable_Code_Point`, as `DerivedCoreProperties.txt` lists it.
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

/// Newer than Unicode 15.0, which the oldest browser that the page runs in knows, and changed by normalisation
/// or case: that browser would make another alias of it.
fn unsettled(character: char) -> bool {
    matches!(
        u32::from(character),
        0x558 | 0x58b..=0x58c
            | 0x5c8..=0x5c9
            | 0x897
            | 0x1acf..=0x1af0
            | 0x1c89..=0x1c8a
            | 0x209d..=0x209f
            | 0xa7cb..=0xa7cf
            | 0xa7d2
            | 0xa7d4
            | 0xa7da..=0xa7dd
            | 0xa7e2
            | 0xa7f1
            | 0xab6c..=0xab6d
            | 0x1_05c9
            | 0x1_05d2
            | 0x1_05da
            | 0x1_05e4
            | 0x1_07bb..=0x1_07bf
            | 0x1_0d50..=0x1_0d65
            | 0x1_0d69..=0x1_0d6d
            | 0x1_0d70..=0x1_0d85
            | 0x1_0ecb..=0x1_0ecf
            | 0x1_0ef0..=0x1_0efb
            | 0x1_1382..=0x1_1385
            | 0x1_138b
            | 0x1_138e
            | 0x1_1390..=0x1_1391
            | 0x1_13b8
            | 0x1_13bb
            | 0x1_13c2
            | 0x1_13c5
            | 0x1_13c7..=0x1_13c9
            | 0x1_13ce..=0x1_13d0
            | 0x1_611e..=0x1_6129
            | 0x1_612f
            | 0x1_6d63
            | 0x1_6d67..=0x1_6d6a
            | 0x1_6ea0..=0x1_6eb8
            | 0x1_6ebb..=0x1_6ed3
            | 0x1_b123..=0x1_b126
            | 0x1_ccd6..=0x1_ccf9
            | 0x1_d127..=0x1_d128
            | 0x1_d250..=0x1_d252
            | 0x1_d25b..=0x1_d25c
            | 0x1_d25f
            | 0x1_d280..=0x1_d281
            | 0x1_d6a6
            | 0x1_df1f..=0x1_df24
            | 0x1_df2b..=0x1_df7f
            | 0x1_df90..=0x1_df96
            | 0x1_dfcd..=0x1_dfff
            | 0x1_e5ee..=0x1_e5ef
            | 0x1_e6e3
            | 0x1_e6e6
            | 0x1_e6ee..=0x1_e6ef
            | 0x1_e6f5
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex_syntax::hir::{Class, HirKind};
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn all_tables_are_of_one_unicode() {
        assert_eq!(unicode_properties::UNICODE_VERSION, (18, 0, 0));
        assert_eq!(unicode_script::UNICODE_VERSION, (18, 0, 0));
        assert_eq!(unicode_normalization::UNICODE_VERSION, (18, 0, 0));
        assert_eq!(unicode_security::UNICODE_VERSION, (18, 0, 0));
        assert_eq!(emojis::UNICODE_VERSION, emojis::UnicodeVersion::new(18, 0));
    }

    /// The oldest browser normalises the characters that it knows as we do: that is Unicode's
    /// promise. It leaves the others alone.
    #[test]
    fn what_the_oldest_browser_does_not_know_stays_as_it_is() {
        let hir = regex_syntax::parse(r"\p{Age=15.0}").unwrap();
        let HirKind::Class(Class::Unicode(known)) = hir.kind() else { panic!("no class") };
        let is_known = |character| known.ranges().iter().any(|r| (r.start()..=r.end()).contains(&character));
        let parts = |character: char| character.to_string().nfd().collect::<Vec<char>>();
        let composing: BTreeSet<char> =
            ('\0'..=char::MAX).map(parts).filter(|parts| parts.len() > 1).flatten().collect();
        for character in '\0'..=char::MAX {
            let category = character.general_category();
            if category == Category::Unassigned || is_known(character) {
                assert!(!unsettled(character), "{character:?} is known");
                continue;
            }
            let text = character.to_string();
            let has_case = matches!(
                category,
                Category::UppercaseLetter | Category::LowercaseLetter | Category::TitlecaseLetter
            );
            let stays = canonical_combining_class(character) == 0
                && text.nfkd().eq([character])
                && !composing.contains(&character)
                && !has_case;
            assert_eq!(unsettled(character), !stays, "{character:?}");
        }
    }
}
