//! Whatever others send, a terminal shows text and does nothing else.

use proptest::prelude::*;
use serde_json::Value;

use super::super::{Canvas, Colours, harmless, is_harmful, lines, text};
use super::emulator;

const COLOURS: [Colours; 4] = [Colours::None, Colours::Basic, Colours::Indexed, Colours::True];

fn corpus() -> Vec<String> {
    let mut corpus = vec![];
    for (file, key) in [
        (include_str!("../../../../../testdata/terminal.json"), "hostile"),
        (include_str!("../../../../../testdata/html.json"), "hostile"),
    ] {
        let vectors: Value = serde_json::from_str(file).unwrap();
        for vector in vectors[key].as_array().unwrap() {
            corpus.push(vector.as_str().or_else(|| vector["html"].as_str()).unwrap().to_owned());
        }
    }
    corpus
}

fn is_obeyed_by_no_terminal(html: &str) {
    for colours in COLOURS {
        for width in [1, 7, 40, 200] {
            let lines = lines(html, Canvas { width, colours });
            for line in &lines {
                assert!(line.width() <= width.into(), "{} > {width}: {line:?}", line.width());
            }
            emulator::shows(&lines.iter().map(ToString::to_string).collect::<Vec<_>>());
        }
    }
    for shown in [text(html), harmless(html)] {
        assert!(!shown.chars().any(is_harmful), "{shown:?}");
        emulator::shows(&shown.lines().map(str::to_owned).collect::<Vec<_>>());
    }
}

#[test]
fn a_terminal_obeys_nothing_of_the_corpus() {
    let corpus = corpus();
    assert!(corpus.len() > 200);
    for html in corpus {
        is_obeyed_by_no_terminal(&html);
    }
}

#[test]
fn an_emulator_hears_what_is_not_made_harmless() {
    let vectors: Value = serde_json::from_str(include_str!("../../../../../testdata/terminal.json")).unwrap();
    let heard = |name: &str| {
        let mut vectors = vectors["hostile"].as_array().unwrap().iter();
        let html =
            vectors.find(|vector| vector["name"] == name).unwrap()["html"].as_str().unwrap().to_owned();
        std::panic::catch_unwind(|| emulator::shows(&[html])).is_err()
    };
    for name in [
        "window title",
        "bell",
        "colour, which stays",
        "cursor hidden",
        "clipboard, written",
        "region that scrolls",
    ] {
        assert!(heard(name), "{name}");
    }
}

/// Aliases stand in lines as they are.
#[test]
fn no_alias_holds_what_a_terminal_would_obey() {
    let planes = (0..0x2_0000_u32).chain(0xe_0000..0xe_1000).chain(0xf_fff0..0x11_0000);
    for c in planes.filter_map(char::from_u32).filter(|c| is_harmful(*c)) {
        for typed in [c.to_string(), format!("a{c}b"), format!("ب{c}ب"), format!("क्{c}ष"), format!("👩{c}🚀")]
        {
            if let Ok(alias) = typed.parse::<sanctuary_seal::Alias>() {
                assert!(!alias.as_str().chars().any(is_harmful), "{typed:?} becomes {:?}", alias.as_str());
            }
        }
    }
}

#[test]
fn seen_marks_stand_for_what_is_taken_out_and_nothing_for_what_is_unseen() {
    for (html, shown) in [
        ("\u{1b}[2J\u{1b}]0;title\u{7}", "�[2J�]0;title�"),
        ("&#27;[31m&#155;31m&#x9b;x", "�[31m›31m›x"),
        ("\u{9b}31m\u{90}q\u{9c}", "�31m�q�"),
        ("a\u{202e}b\u{2066}c\u{200f}", "a�b�c�"),
        ("\u{e000}\u{10ffff}\u{378}", "���"),
        ("a\u{200b}b\u{ad}c\u{e0041}d", "abcd"),
        ("👨‍👩‍👧‍👦 क्‍ष ☺\u{fe0f}", "👨‍👩‍👧‍👦 क्‍ष ☺\u{fe0f}"),
        ("<pre>a\r\tb\u{8}\u{0}</pre>", "a\n    b�"),
        ("<a href=\"http://a.b/\u{1b}]8;;x\u{7}\">y</a>", "y (http://a.b/%1B]8;;x%07)"),
        ("<img alt=\"\u{1b}[0m\">", "[image not shown: �[0m]"),
    ] {
        assert_eq!(text(html), shown, "{html:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_terminal_obeys_nothing_of_what_chance_sends(
        any in "(?s).{0,200}",
        markup in "(<(/?)(b|i|p|li|ol|ul|td|tr|table|a|pre|sup|q)( href=\"[^\"<]{0,9}\")?>|[a-z \n]|&#[0-9]{1,4};|\\PC|\\p{M}|[\u{1b}\u{9b}\u{7}\\]\\[;0-9]){0,60}",
    ) {
        is_obeyed_by_no_terminal(&any);
        is_obeyed_by_no_terminal(&markup);
    }
}
