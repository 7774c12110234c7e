//! What the table of settings states is what the reader does, and what packaging/sanctuary.toml tells, from which
//! sanctuary.toml(5) is made.

use std::collections::BTreeMap;

use super::super::https::HttpsKeys;
use super::super::open_rooms::{CODE, NETWORKS};
use super::super::table::{Effect, Kind, Setting};
use super::*;

/// Every setting.
fn table() -> impl Iterator<Item = &'static Setting> {
    Settings::TABLE.iter().chain(HttpsKeys::TABLE)
}

#[test]
fn every_number_size_and_time_is_held_to_its_bounds() {
    let mut count = 0;
    for Setting { key, kind, .. } in table() {
        let Some(bounds) = kind.bounds() else { continue };
        let noun = if matches!(kind, Kind::Number(_)) { "a whole number" } else { "something" };
        let refusal = format!("1:{}: `{key}`: write {noun} from {}", key.len() + 4, kind.range().unwrap());
        let is_refused = |value: &str| faults(&format!("{key} = {value}")).contains(&refusal);
        let (least, most) = (*bounds.start(), *bounds.end());
        assert!(!is_refused(&kind.write(least)) && !is_refused(&kind.write(most)), "{key}");
        assert!(is_refused(&kind.write(most + 1)), "{key}");
        if let Some(below) = least.checked_sub(1) {
            assert!(is_refused(&kind.write(below)), "{key}");
        }
        if let Kind::Number(_) = kind {
            assert!(is_refused("-1") && is_refused("1.5") && is_refused("\"5\""), "{key}");
        }
        count += 1;
    }
    assert!(count > 15, "{count}");
}

#[test]
fn every_list_is_held_to_its_bounds() {
    for Setting { key, kind, .. } in table() {
        let Kind::List(within) = kind else { continue };
        let count = |count: usize| faults(&format!("{key} = {:?}", vec!["no entry"; count]));
        let (least, most) = (*within.start(), *within.end());
        let refusal =
            |count| [format!("1:{}: `{key}` holds {count} entries: write {least} to {most}", key.len() + 4)];
        // Each entry is read, and refused by itself.
        assert_eq!((count(least).len(), count(most).len()), (least, most), "{key}");
        assert_eq!(count(most + 1), refusal(most + 1));
        if let Some(below) = least.checked_sub(1) {
            assert_eq!(count(below), refusal(below));
        }
    }
}

/// Each key of the shipped file, in its order, with the line that states it.
fn stated() -> Vec<(&'static str, &'static str)> {
    let stated = |line: &'static str| Some((key(line.trim_start_matches('#'))?, line));
    SHIPPED.lines().filter_map(stated).collect()
}

/// The key that a line begins with; the text has a blank after its `#`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" = ")?;
    key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then_some(key)
}

#[test]
fn the_shipped_file_states_every_setting_with_its_default() {
    assert_eq!(parse(SHIPPED), Ok(Settings::default()));
    let defaults = Settings::default().to_toml();
    let mut lines: Vec<&str> = defaults.lines().collect();
    for (key, line) in stated() {
        match line.strip_prefix('#') {
            None => {
                let place = lines.iter().position(|default| *default == line);
                lines.remove(place.unwrap_or_else(|| panic!("no default: {line}")));
            }
            // An example, for there is no default.
            Some(example) => {
                assert!(!defaults.contains(&format!("{key} = ")), "{line}");
                let refusal = format!("`{key}`: ");
                assert!(faults(example).iter().all(|fault| !fault.contains(&refusal)), "{line}");
            }
        }
    }
    assert_eq!(lines, [""; 0], "the file says nothing of them");
    let in_table: Vec<_> = Settings::TABLE.iter().map(|setting| setting.key).collect();
    let in_file: Vec<_> = stated().iter().map(|(key, _)| *key).collect();
    let of_https: Vec<_> = HttpsKeys::TABLE.iter().map(|setting| setting.key).collect();
    let at = in_file.iter().position(|key| *key == of_https[0]).unwrap();
    let expected = [&in_table[..at], &of_https, &in_table[at..]].concat();
    assert_eq!(in_file, expected, "the file and the tables have one order");
}

/// Each key with what the file tells of it: the comment above it since the last empty line.
fn told() -> BTreeMap<&'static str, String> {
    let (mut about, mut all) = (String::new(), BTreeMap::new());
    for line in SHIPPED.lines() {
        match key(line.trim_start_matches('#')) {
            Some(key) => drop(all.insert(key, about.clone())),
            None if line.is_empty() => about.clear(),
            None => about += line.trim_start_matches('#'),
        }
    }
    all
}

/// What is told in the form `: LEAST to MOST`, as in `Rooms at a time: 1 to 100000.`
fn ranges(told: &str) -> Vec<&str> {
    let is_amount =
        |text: &str| text.trim_start_matches('"').starts_with(|letter: char| letter.is_ascii_digit());
    let candidates = told.split(": ").skip(1).filter_map(|rest| rest.split(['.', ',', ';']).next());
    let is_range =
        |text: &&str| text.split_once(" to ").is_some_and(|(one, other)| is_amount(one) && is_amount(other));
    candidates.filter(is_range).collect()
}

#[test]
fn the_shipped_file_tells_the_bounds_of_every_setting() {
    let told = told();
    for Setting { key, kind, .. } in table() {
        let expected: Vec<_> = kind.range().into_iter().collect();
        assert_eq!(ranges(&told[key]), expected, "{key}: {}", told[key]);
        if let Kind::List(within) = kind {
            assert!(told[key].contains(&format!("Up to {}.", within.end())), "{key}: {}", told[key]);
        }
    }
    let (least, most) = CODE.into_inner();
    for bound in [format!("up to {};", NETWORKS.end()), format!("a code of {least} to {most} characters")] {
        assert!(told["open_rooms"].contains(&bound), "{bound}");
    }
}

#[test]
fn what_takes_a_restart_is_marked_in_the_shipped_file_and_nothing_else() {
    let told = told();
    for Setting { key, effect, .. } in table() {
        assert_eq!(told[key].contains("(restart)"), *effect == Effect::Restart, "{key}");
        assert_eq!(told[key].contains("(restart to raise)"), *effect == Effect::RestartToRaise, "{key}");
    }
}
