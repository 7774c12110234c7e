//! The page's tables, made from the same crates as the rule here, so that both say the same of every alias whatever
//! the reader's browser knows. `SANCTUARY_TABLES=write cargo test -p sanctuary-seal alias::tables` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use super::characters::{Alphabet, Kind, alphabet, is_virama, joining, kind};

#[test]
fn the_page_has_the_same_rule() {
    hold("web/src/seal/alias-table.ts", &rule());
}

#[test]
fn the_page_has_the_same_look_alikes() {
    hold("web/src/looks/confusables-table.ts", &confusables());
}

/// Compares a file with what it should be, or writes it where that is asked for.
fn hold(path: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if env::var("SANCTUARY_TABLES").is_ok_and(|what| what == "write") {
        fs::write(&path, wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap();
    assert!(found == wanted, "{} is not made from these tables", path.display());
}

const ABOUT: &str = "\
// Made by crates/seal/src/alias/tables.rs from the data of Unicode 18.0, © Unicode, Inc., under the Unicode License v3
// (https://www.unicode.org/license.txt). Not changed by hand.
";

fn rule() -> String {
    let (classes, ranges) = ranges();
    let emoji = emoji();
    let sequences: BTreeSet<&String> = emoji.iter().filter(|text| !is_flag(text)).collect();
    let patterns: BTreeSet<String> = sequences.iter().map(|text| pattern(text, &emoji)).collect();
    let expanded: Vec<String> = patterns.iter().flat_map(|pattern| expand(pattern)).collect();
    assert_eq!(expanded.iter().collect::<BTreeSet<_>>(), sequences);
    let flags: String = emoji.iter().filter(|text| is_flag(text)).map(|text| letters(text)).collect();
    format!(
        "{ABOUT}
/** What each letter of {{@link RANGES}} stands for: kind, alphabet, joining type, virama. */
export const CLASSES =
  '{}';

/** From U+0000 on: how many characters (base 36), and their class. */
export const RANGES =
  '{ranges}';

/** Regions that have a flag. */
export const FLAGS =
  '{flags}';

/** Sequences: Z zero-width joiner, V variation selector 16, K keycap, T any skin tone, after `!` not all the same. */
export const EMOJI =
  '{}';
",
        classes.join(" "),
        Vec::from_iter(patterns).join(" "),
    )
}

/// Runs of characters of one class.
fn ranges() -> (Vec<String>, String) {
    let mut classes: Vec<String> = Vec::new();
    let mut ranges = String::new();
    let mut run: Option<(usize, u32)> = None;
    let mut write = |class: usize, length: u32| {
        let letter = char::from(b'A' + u8::try_from(class).unwrap());
        assert!(letter.is_ascii_uppercase(), "too many classes");
        ranges.push_str(&base36(length));
        ranges.push(letter);
    };
    for code in 0..=0x10_ffff {
        // Surrogates never get through to here.
        let class = char::from_u32(code).map_or_else(|| "unseen".to_owned(), class);
        let index = classes.iter().position(|known| *known == class).unwrap_or_else(|| {
            classes.push(class);
            classes.len() - 1
        });
        run = match run {
            Some((same, length)) if same == index => Some((same, length + 1)),
            other => {
                if let Some((class, length)) = other {
                    write(class, length);
                }
                Some((index, 1))
            }
        };
    }
    if let Some((class, length)) = run {
        write(class, length);
    }
    (classes, ranges)
}

fn class(character: char) -> String {
    let kind = match kind(character) {
        Kind::Plain => "plain",
        Kind::Syllabic => "syllabic",
        Kind::Mark => "mark",
        Kind::Sign => "sign",
        Kind::Joiner => "joiner",
        Kind::EmojiPart => return "emoji".to_owned(),
        Kind::Space => return "space".to_owned(),
        Kind::Unseen => return "unseen".to_owned(),
        Kind::Enclosing => return "enclosing".to_owned(),
        Kind::Unknown => return "unknown".to_owned(),
    };
    let alphabet = alphabet(character).map_or("", Alphabet::name);
    let joining = Some(joining(character)).filter(|&joining| joining != 'U').map(String::from);
    let virama = if is_virama(character) { "V" } else { "" };
    let parts = [kind, alphabet, joining.as_deref().unwrap_or_default(), virama];
    parts.join(",").trim_end_matches(',').to_owned()
}

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(DIGITS[(number % 36) as usize]);
        number /= 36;
    }
    digits.iter().rev().map(|&digit| char::from(digit)).collect()
}

/// Written for what occurs most.
const LETTERS: [(&str, &str); 3] = [("Z", "\u{200d}"), ("V", "\u{fe0f}"), ("K", "\u{20e3}")];

const TONES: [&str; 5] = ["\u{1f3fb}", "\u{1f3fc}", "\u{1f3fd}", "\u{1f3fe}", "\u{1f3ff}"];

/// All RGI sequences of more than one character.
fn emoji() -> BTreeSet<String> {
    let toned = emojis::iter().filter_map(emojis::Emoji::skin_tones).flatten();
    let all = emojis::iter().chain(toned).map(emojis::Emoji::as_str);
    all.filter(|text| text.chars().count() > 1).map(str::to_owned).collect()
}

fn is_flag(text: &str) -> bool {
    text.chars().all(|character| ('\u{1f1e6}'..='\u{1f1ff}').contains(&character))
}

fn letters(flag: &str) -> String {
    flag.chars().map(|part| char::from_u32(u32::from(part) - 0x1_f1e6 + 0x41).unwrap()).collect()
}

fn pattern(text: &str, emoji: &BTreeSet<String>) -> String {
    let any = TONES.iter().fold(text.to_owned(), |text, tone| text.replace(tone, "T"));
    let unequal = if emoji.contains(&any.replace('T', TONES[0])) { "" } else { "!" };
    LETTERS.iter().fold(format!("{unequal}{any}"), |text, (letter, part)| text.replace(part, letter))
}

/// All that a pattern stands for, as the page reads it.
fn expand(pattern: &str) -> Vec<String> {
    let (unequal, pattern) = pattern.strip_prefix('!').map_or((false, pattern), |rest| (true, rest));
    let pattern = LETTERS.iter().fold(pattern.to_owned(), |text, (letter, part)| text.replace(letter, part));
    let mut all = vec![String::new()];
    for character in pattern.chars() {
        all = match character {
            'T' => all.iter().flat_map(|text| TONES.map(|tone| format!("{text}{tone}"))).collect(),
            _ => all.into_iter().map(|text| format!("{text}{character}")).collect(),
        };
    }
    all.retain(|text| !unequal || TONES.iter().all(|tone| *text != pattern.replace('T', tone)));
    all
}

/// Small capitals, which Unicode's table leaves beside the letters that they are drawn as.
const SMALL_CAPITALS: [(&str, &str); 1] = [("ᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢĸʍ", "abcdefghjklmnopqrstuvwyzkm")];

/// Pairs that are drawn as one letter is, besides Unicode's `rn`.
const PAIRS: [(char, &str); 2] = [('w', "vv"), ('d', "cl")];

/// What each character is drawn like (Unicode Technical Standard 39, 4).
fn confusables() -> String {
    let mut prototypes: BTreeMap<char, String> = ('\0'..=char::MAX)
        .filter(|character| character.to_string().nfkd().eq([*character]))
        .filter(|&character| {
            !matches!(
                kind(character),
                Kind::Unknown | Kind::Unseen | Kind::Space | Kind::Joiner | Kind::EmojiPart
            )
        })
        .filter_map(|character| {
            let text = character.to_string();
            let prototype: String = skeleton(&text).collect();
            (prototype != text).then_some((character, prototype))
        })
        .collect();
    for (small, letters) in SMALL_CAPITALS {
        for (small, letter) in small.chars().zip(letters.chars()) {
            prototypes.insert(small, letter.to_string());
        }
    }
    for (letter, pair) in PAIRS {
        prototypes.insert(letter, pair.to_owned());
    }
    let mut table = String::new();
    let mut before = 0;
    for (from, to) in prototypes {
        let further = u32::from(from) - before;
        match further {
            1 => table.push(' '),
            _ => write!(table, "\n{} ", base36(further)).unwrap(),
        }
        assert!(!to.contains([' ', '\n']));
        table.push_str(&escaped(&to));
        before = u32::from(from);
    }
    format!(
        "{ABOUT}
/** In each line characters in a row: how far the first is from the one before (base 36), and what each is drawn like. */
export const CONFUSABLES = `{}`;
",
        table.trim_start()
    )
}

/// As it stands in a template of TypeScript.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${")
}
