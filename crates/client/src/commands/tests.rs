//! What is typed, and what it means: the page reads the same vectors.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../testdata/commands.json")).unwrap()
}

/// As the page has it.
fn shown(command: Command) -> Value {
    let on = |kind: &str, alias: String, nth: Option<usize>| match nth {
        None => json!({ "kind": kind, "alias": alias }),
        Some(nth) => json!({ "kind": kind, "alias": alias, "ordinal": nth }),
    };
    match command {
        Command::Say(html) => json!({ "kind": "say", "html": html }),
        Command::Act(html) => json!({ "kind": "act", "html": html }),
        Command::Exit(farewell) => json!({ "kind": "exit", "farewell": farewell }),
        Command::Stop => json!({ "kind": "stop" }),
        Command::On(OnMember::Kick, alias, nth) => on("kick", alias, nth),
        Command::On(OnMember::Hand, alias, nth) => on("hand", alias, nth),
        Command::On(OnMember::Verify, alias, nth) => on("verify", alias, nth),
        Command::On(OnMember::Ignore, alias, nth) => on("ignore", alias, nth),
        Command::Alias(alias) => json!({ "kind": "alias", "alias": alias }),
        Command::Relock => json!({ "kind": "relock" }),
        Command::Number => json!({ "kind": "number" }),
        Command::Whisper(alias, html) => json!({ "kind": "whisper", "alias": alias, "html": html }),
        Command::Answer(html) => json!({ "kind": "answer", "html": html }),
        Command::Lock(locked) => json!({ "kind": "lock", "locked": locked }),
        Command::Timer(seconds) => json!({ "kind": "timer", "seconds": seconds }),
        Command::Help => json!({ "kind": "help" }),
        Command::Nothing => json!({ "kind": "nothing" }),
        Command::Mistake(_) => json!({ "kind": "mistake" }),
    }
}

#[test]
fn whatever_the_page_understands_is_understood_alike() {
    for vector in vectors()["commands"].as_array().unwrap() {
        let typed = vector["typed"].as_str().unwrap();
        assert_eq!(shown(parse(typed)), vector["command"], "{typed:?}");
    }
}

#[test]
fn what_is_whispered_back_is_known_as_soon_as_that_stands_there() {
    for vector in vectors()["commands"].as_array().unwrap() {
        let typed = vector["typed"].as_str().unwrap();
        let Command::Answer(text) = parse(typed) else {
            assert_eq!(answer_in(typed), None, "{typed:?}");
            continue;
        };
        assert_eq!(
            answer_in(typed).map(|rest| rest.trim_matches(is_space)),
            Some(text.trim_matches(is_space)),
            "{typed:?}"
        );
    }
    for (typed, rest) in [
        ("/r ", Some("")),
        ("／R\nx  y ", Some("x  y ")),
        ("\u{200b}/r  x", Some(" x")),
        ("/r", None),
        ("/ r x", None),
        ("//r x", None),
        ("/rr x", None),
        ("r x", None),
        ("", None),
    ] {
        assert_eq!(answer_in(typed), rest, "{typed:?}");
    }
}

#[test]
fn whatever_the_page_asks_about_is_no_message() {
    for typed in vectors()["mistakes"].as_array().unwrap() {
        let typed = typed.as_str().unwrap();
        assert!(matches!(parse(typed), Command::Mistake(_)), "{typed:?}");
    }
}

#[test]
fn the_readme_tells_of_every_command_as_it_is_written() {
    let readme = include_str!("../../../../README.md");
    let table = readme.split("| type | to |").nth(1).unwrap().split("\n\n").next().unwrap();
    for row in &COMMANDS {
        let usage = format!("`/{}{}`", row.name, row.takes.written());
        assert!(table.contains(&usage), "{usage}");
    }
}

#[test]
fn a_long_text_is_read_at_once() {
    let began = Instant::now();
    for unit in [" ", "\u{2800}", "x ", "<", "<b>", "&", "/", "\u{338}"] {
        for start in ["", "/", "/purr bob ", "<"] {
            let _ = parse(&format!("{start}{}", unit.repeat(100_000)));
        }
    }
    assert!(began.elapsed() < Duration::from_secs(10));
}

proptest! {
    #[test]
    fn a_slash_alone_makes_a_command(typed in "\\PC{0,40}") {
        let command = parse(&typed);
        if typed.starts_with(|c: char| c.is_ascii_alphanumeric()) && !typed.starts_with("purr") {
            let is_slip = command == Command::Mistake(Mistake::Slip);
            prop_assert!(is_slip || command == Command::Say(typed.clone()));
        } else if !typed.contains(SLASHES) {
            prop_assert!(matches!(command, Command::Say(_) | Command::Nothing | Command::Mistake(_)));
        }
    }
}
