//! What the documents say of settings, held against the code: which take a restart.

use std::collections::BTreeMap;

use super::{SHIPPED, Settings, parse};

const PAGE: &str = include_str!("../../../packaging/man/sanctuary.toml.5");

const RESTART: &str = "(restart)";
const RESTART_TO_RAISE: &str = "(restart to raise)";

/// Each key with what stands about it: in the file before it, since the last empty line.
fn of_file() -> BTreeMap<&'static str, String> {
    let (mut about, mut all) = (String::new(), BTreeMap::new());
    for line in SHIPPED.lines() {
        match key(line.trim_start_matches('#')) {
            // The text has a blank after its `#`.
            Some(key) => drop(all.insert(key, about.clone())),
            None if line.is_empty() => about.clear(),
            None => about += line,
        }
    }
    all
}

/// As [`of_file`]; in the page it stands after the key, or the keys.
fn of_page() -> BTreeMap<&'static str, String> {
    let (mut keys, mut all, mut is_text) = (Vec::new(), BTreeMap::<_, String>::new(), false);
    for line in PAGE.lines() {
        match line.strip_prefix("\\fB").and_then(key) {
            Some(key) => {
                if std::mem::take(&mut is_text) {
                    keys.clear();
                }
                keys.push(key);
            }
            None if line.starts_with(".SH") => keys.clear(),
            None if line.starts_with(".T") => {}
            None => {
                is_text = true;
                for key in &keys {
                    *all.entry(*key).or_default() += line;
                }
            }
        }
    }
    all
}

/// The key that a line begins with.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" = ")?;
    key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then_some(key)
}

/// Another value than the default of each key.
const OTHERS: [(&str, &str); 28] = [
    ("listen", "[\"81\"]"),
    ("user", "\"other\""),
    ("require_memory_lock", "true"),
    ("hosts", "[\"a.example\"]"),
    ("origins", "[\"https://a.example\"]"),
    ("proxies", "[\"127.0.0.1\"]"),
    ("open_rooms", "[\"10.0.0.0/8\"]"),
    ("tls_certificate", "\"/a\"\ntls_key = \"/b\""),
    ("tls_key", "\"/b\"\ntls_certificate = \"/a\""),
    ("self_signed", "true"),
    ("listen_tls", "[\"444\"]"),
    ("redirect_to_https", "false"),
    ("hsts", "\"0 s\"\ntls_certificate = \"/a\"\ntls_key = \"/b\""),
    ("rooms", "10"),
    ("members", "10"),
    ("connections", "10"),
    ("largest_frame", "\"32 KiB\""),
    ("backlog", "\"2 MiB\""),
    ("waiting", "\"8 MiB\""),
    ("connections_by_address", "10"),
    ("tries_by_address", "10"),
    ("rooms_by_address", "10"),
    ("frames_by_address", "10"),
    ("frame_rate", "10"),
    ("frame_burst", "10"),
    ("grace", "\"10 s\""),
    ("ping", "\"10 s\""),
    ("handshake", "\"5 s\""),
];

#[test]
fn what_takes_a_restart_is_marked_in_the_file_and_in_the_manual_and_nothing_else() {
    for (document, about) in [("the file", of_file()), ("the page", of_page())] {
        assert_eq!(about.keys().copied().collect::<Vec<_>>(), sorted(), "{document}");
        for (key, other) in OTHERS {
            let changed = parse(&format!("{key} = {other}")).unwrap();
            let restarts = Settings::default().needs_restart(&changed).contains(&key);
            let raises = Settings::OF_MEMORY.contains(&key);
            assert_eq!(about[key].contains(RESTART), restarts, "{key} in {document}");
            assert_eq!(about[key].contains(RESTART_TO_RAISE), raises, "{key} in {document}");
            let kept = changed.clone().with_memory_of(&Settings::default());
            assert_eq!(kept == Settings::default(), raises, "{key}: {changed:?}");
        }
    }
}

fn sorted() -> Vec<&'static str> {
    let mut keys: Vec<_> = OTHERS.iter().map(|(key, _)| *key).collect();
    keys.sort_unstable();
    keys
}
