//! `docs/protocol.md`, sections 3 and 4, and the code: each has every number that the other has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use sanctuary::wire::{ClientFrame, DaemonFrame, Denial, Departure, End, Refusal, Rule, WireError};

use super::{read, repository};

fn protocol() -> String {
    read("docs/protocol.md")
}

/// All numbers of an enum that stands in a frame, with its words as the document writes them: `NoEntry` is "no entry".
fn numbered<T: TryFrom<u64, Error = WireError> + Debug>() -> Vec<(u64, String)> {
    let named = |number| T::try_from(number).ok().map(|value| (number, words(&format!("{value:?}"))));
    (0..=255).filter_map(named).collect()
}

/// The words of a name in Rust.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// "1 kicked / 2 stopped", in one line.
fn listed(numbered: &[(u64, String)]) -> String {
    let listed: Vec<_> = numbered.iter().map(|(number, words)| format!("{number} {words}")).collect();
    listed.join(" / ")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_number_of_a_frame_has_its_words_and_no_other_has() {
    let text = squeezed(&protocol());
    for (before, numbers, after) in [
        ("refused = [2, ", listed(&numbered::<Refusal>()), "]"),
        ("left = [4, id, ", listed(&numbered::<Departure>()), ", by: id / null]"),
        ("denied = [11, frame: uint, ", listed(&numbered::<Denial>()), ", retry-ms: uint]"),
        ("over = [12, ", listed(&numbered::<End>()), ", by: id / null]"),
    ] {
        let line = format!("{before}{numbers}{after}");
        assert!(text.contains(&line), "docs/protocol.md lacks: {line}");
    }
    assert_eq!(listed(&numbered::<Rule>()), "0 keeper / 1 everyone");
    assert!(text.contains("rule = 0 keeper moderates / 1 everyone does"));
}

/// A number that the daemon never sends promises what nobody keeps.
#[test]
fn the_daemon_sends_every_number_that_it_has_for_an_answer() {
    let sources: String = sources(&["src/room", "src/server"]).into_values().collect();
    fn named<T: TryFrom<u64, Error = WireError> + Debug>(of: &str) -> Vec<String> {
        (0..=255)
            .filter_map(|number| T::try_from(number).ok())
            .map(|value| format!("{of}::{value:?}"))
            .collect()
    }
    let all = [
        named::<Refusal>("Refusal"),
        named::<Denial>("Denial"),
        named::<Departure>("Departure"),
        named::<End>("End"),
    ];
    for name in all.concat() {
        // The end for all is handed in by whoever stops the daemon.
        assert!(sources.contains(&name), "{name} is never sent");
    }
}

#[test]
fn the_page_has_the_same_numbers() {
    let page = squeezed(&read("web/src/wire.ts"));
    for (list, numbers) in [
        ("REFUSALS", numbered::<Refusal>()),
        ("DEPARTURES", numbered::<Departure>()),
        ("DENIALS", numbered::<Denial>()),
        ("ENDS", numbered::<End>()),
    ] {
        let after = page.split(&format!("const {list} = [")).nth(1).unwrap_or_else(|| panic!("{list}"));
        let words = after.split(']').next().unwrap().split(',').map(|word| word.trim().trim_matches('\''));
        let words: Vec<_> =
            words.filter(|word| !word.is_empty()).map(|word| word.replace('-', " ")).collect();
        let expected: Vec<_> = numbers.into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, expected, "{list}");
    }
}

#[test]
fn every_end_has_its_close_code() {
    let text = protocol();
    let rows: Vec<_> = text.lines().map(str::trim).filter(|line| line.starts_with("| `over` ")).collect();
    let ends: Vec<End> = (0..=255).filter_map(|number| End::try_from(number).ok()).collect();
    assert_eq!(rows.len(), ends.len(), "{rows:#?}");
    for (row, end) in rows.iter().zip(ends) {
        let begin = format!("| `over` {} {} | {}", end as u8, words(&format!("{end:?}")), end.close_code());
        assert!(row.starts_with(&begin), "{row}: not {begin}");
    }
    assert!(text.contains(&format!("| `refused` | {} |", Refusal::CLOSE_CODE)));
    assert!(text.contains(&format!("| none, after `exit` | {} |", sanctuary::wire::NORMAL_CLOSURE)));
}

/// `name = [number, …]`, each with how many elements it has at the least and at the most.
fn documented_frames(side: &str) -> BTreeMap<String, (u64, usize, usize)> {
    let text = protocol();
    let names = text.lines().find_map(|line| line.strip_prefix(side)?.strip_prefix(" = ")).unwrap();
    let text = squeezed(&text);
    let mut frames = BTreeMap::new();
    for name in names.split(" / ") {
        let definition = text.split(&format!(" {name} = [")).nth(1).unwrap_or_else(|| panic!("{name}"));
        let (mut open, mut most, mut least) = (1, 1, 1);
        let end = definition.char_indices().find(|&(at, letter)| {
            match letter {
                '[' => open += 1,
                ']' => open -= 1,
                ',' if open == 1 => {
                    most += 1;
                    least += usize::from(!definition[at + 1..].trim_start().starts_with('?'));
                }
                _ => {}
            }
            open == 0
        });
        assert!(end.is_some(), "{name} has no end");
        let number = definition.split([',', ']']).next().unwrap().trim().parse().unwrap();
        frames.insert(name.to_owned(), (number, least, most));
    }
    frames
}

/// The names of an enum's variants in a source.
fn variants(path: &str, of: &str) -> BTreeSet<String> {
    let source = read(path);
    let body =
        source.split(&format!("pub enum {of}<'a> {{\n")).nth(1).unwrap().split("\n}\n").next().unwrap();
    let names = body.lines().filter_map(|line| line.strip_prefix("    ")).filter_map(|line| {
        line.starts_with(|first: char| first.is_ascii_uppercase())
            .then(|| line.chars().take_while(char::is_ascii_alphanumeric).collect::<String>())
    });
    names.map(|name| name.to_ascii_lowercase()).collect()
}

#[test]
fn every_frame_is_documented_and_its_vectors_have_that_form() {
    let vectors: serde_json::Value = serde_json::from_str(&read("testdata/protocol.json")).unwrap();
    for (side, path, of) in
        [("client", "src/wire/client.rs", "ClientFrame"), ("daemon", "src/wire/daemon.rs", "DaemonFrame")]
    {
        let documented = documented_frames(side);
        let names: BTreeSet<_> = documented.keys().cloned().collect();
        assert_eq!(names, variants(path, of), "{side}");
        let mut shown = BTreeSet::new();
        for frame in vectors["frames"].as_array().unwrap().iter().filter(|frame| frame["side"] == side) {
            let hex = frame["hex"].as_str().unwrap();
            let bytes: Vec<u8> = (0..hex.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
                .collect();
            let read = match side {
                "client" => format!("{:?}", ClientFrame::decode(&bytes).unwrap()),
                _ => format!("{:?}", DaemonFrame::decode(&bytes).unwrap()),
            };
            let name =
                read.split(|letter: char| !letter.is_alphanumeric()).next().unwrap().to_ascii_lowercase();
            let (number, least, most) = documented[&name];
            // A short array's head holds its length (RFC 8949, 3), and a small number is its own byte.
            let length = usize::from(bytes[0] & 0x1f);
            assert!(
                (least..=most).contains(&length),
                "{name}: {length} elements, {least} to {most} documented"
            );
            assert_eq!(u64::from(bytes[1]), number, "{name}");
            shown.insert(name);
        }
        assert_eq!(shown, names, "{side}: frames without a vector");
    }
}

/// How a bound stands in section 4: in these words, with its value in place of `{}`.
enum Stands {
    Said(&'static str),
    /// Nobody meets it from outside, and why.
    Inside(&'static str),
}

use Stands::{Inside, Said};

/// Every constant of `wire`, `room` and `server` that is a number or a time.
const BOUNDS: &[(&str, Stands)] = &[
    ("wire/limits CARD", Said("| a card | 1 to {} bytes |")),
    ("wire/limits CODE", Said("| a code | 1 to {} bytes |")),
    ("wire/limits PASSES", Said("| members in a `pass` | 1 to {} |")),
    ("wire/limits OVERHEAD", Inside("what is set aside beside what a frame carries")),
    (
        "wire/limits SMALLEST_LARGEST_FRAME",
        Said("| a message, whole | `largest_frame` (64 KiB), from {B} to "),
    ),
    ("wire/limits LARGEST_LARGEST_FRAME", Said(" to {B}; `hello` says it |")),
    ("wire/mod NORMAL_CLOSURE", Inside("a code, compared above")),
    ("wire/daemon CLOSE_CODE", Inside("a code, compared above")),
    ("server/mod REQUEST_HEAD", Said("| a request's head | {B}, ")),
    ("server/mod PAGE_TIME", Said("| all requests of a connection | {}, ")),
    ("server/mod TURNED_AWAY", Said("in words for {} at a time, ")),
    ("server/mod TURNED_AWAY_OF_ONE", Said(" at a time, {} of one address, ")),
    (
        "server/mod ACCEPT_PAUSE",
        Inside("how soon the daemon tries again when the system is out of something"),
    ),
    ("server/mod CROWD", Inside("when tables are made smaller")),
    ("server/mod STOP_TIME", Said("when the daemon stops, {} ")),
    ("server/listen QUEUE", Said("| connections that wait to be accepted | {} |")),
    ("server/listen OTHER_DESCRIPTORS", Inside("of the daemon's own files")),
    ("server/host LONGEST", Said("| a host's name | {} letters |")),
    ("server/http HTTPS", Inside("a port's number")),
    ("server/rations ADDRESSES", Said("| addresses remembered | {} |")),
    ("server/rations HOMES", Said("a whole /48 has what {} of them have")),
    ("server/rations FEW_ADDRESSES", Inside("when forgetting is worth the walk")),
    ("server/pace READS_A_FRAME", Said("a read that finds little counts as an {}th of one")),
    ("server/pace FRAMES_A_SECOND", Said("no less than {} a second and ")),
    ("server/pace BURST", Said(" a second and {} of that at once")),
    ("server/scanner FRAGMENTS", Said("| fragments of a message | {} |")),
    ("server/scanner CONTROL", Said("| a control frame | {} bytes |")),
    ("server/scanner HEAD", Inside("RFC 6455's own")),
    ("server/scanner MASK", Inside("RFC 6455's own")),
    ("server/outbox FRAME_COST", Said("| `backlog` (1 MiB), each with {} bytes more |")),
    ("server/outbox INCOMING_COST", Said("what comes in counts {} times")),
    ("server/budget RELIEF", Said("until an {}th of it is free")),
    ("server/member READ_BUFFER", Inside("of one read, not of a message")),
    ("server/member CONTROL_FRAMES", Said("| answers to pings that wait | {B} |")),
    ("server/member MESSAGES_A_TURN", Inside("others' turn comes, and then this one's again")),
    ("server/member DENIALS", Said("`over 4` at the {+1}rd that is denied")),
    ("server/member FAREWELL", Said("| taking the last frames | {}; ")),
    ("server/member LINGER", Said("for {} and up to ")),
    ("server/member LINGER_BYTES", Said(" and up to {B}, what still comes in")),
    ("server/member TOO_BIG", Said("| `over` 7 malformed | 4007, or {} for size |")),
    ("server/hub STACK", Inside("of the daemon's own memory")),
    ("server/hub FEW", Inside("of the daemon's own memory")),
    ("server/outlet FINAL_BINARY", Inside("RFC 6455's own")),
    ("server/outlet FRAMES_A_WRITE", Inside("the next write has the rest")),
    ("server/outlet SMALL_QUEUE", Inside("of the daemon's own memory")),
    ("server/tls BUFFER", Inside("who does not read waits, as with TCP")),
    ("server/tls TLS_MEMORY", Inside("what a connection may take, for the administrator")),
    ("server/tls SELF_SIGNED_FOR", Inside("of a certificate, which says so itself")),
    ("server/tls CLOCKS", Inside("of a certificate, which says so itself")),
    ("server/certificate DNS_NAME", Inside("a number of DER")),
    ("server/certificate EXTENSIONS", Inside("a number of DER")),
    ("server/exposed KEY", Inside("what an invitation looks like, which section 1 says")),
    ("server/exposed DEPTH", Inside("what an invitation looks like, which section 1 says")),
];

/// Sources below these places without their tests, by `folder/name`.
fn sources(places: &[&str]) -> BTreeMap<String, String> {
    fn walk(place: &Path, into: &mut Vec<PathBuf>) {
        if place.is_dir() {
            fs::read_dir(place).unwrap().for_each(|entry| walk(&entry.unwrap().path(), into));
        } else {
            into.push(place.to_owned());
        }
    }
    let mut files = Vec::new();
    places.iter().for_each(|place| walk(&repository(place), &mut files));
    let root = repository("src");
    let name = |file: &Path| file.strip_prefix(&root).unwrap().with_extension("").display().to_string();
    let code = |file: &Path| {
        fs::read_to_string(file).unwrap().split("\n#[cfg(test)]\nmod tests {").next().map(str::to_owned)
    };
    let files = files.iter().filter(|file| !name(file).contains("tests"));
    files.map(|file| (name(file), code(file).unwrap())).collect()
}

/// `folder/name NAME` -> the value of each constant that is a number or a time, as its source writes it.
fn constants() -> BTreeMap<String, String> {
    let mut constants = BTreeMap::new();
    for (file, source) in sources(&["src/wire", "src/room", "src/server"]) {
        for declared in source.split("const ").skip(1) {
            let Some((name, (kind, rest))) =
                declared.split_once(": ").and_then(|(name, rest)| Some((name, rest.split_once('=')?)))
            else {
                continue;
            };
            let is_name =
                name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
            // Neither a text, nor a table, nor a field of HTTP.
            if is_name && !kind.contains(['&', '[', '{']) && !kind.contains("Header") {
                constants.insert(format!("{file} {name}"), rest.split(';').next().unwrap().trim().to_owned());
            }
        }
    }
    constants
}

/// A product of whole numbers.
fn product(text: &str) -> u64 {
    let factor = |factor: &str| factor.trim().replace('_', "").parse::<u64>();
    text.split('*').map(|number| factor(number).unwrap_or_else(|_| panic!("not a number: {text}"))).product()
}

/// How the document writes a value.
fn written(value: &str, words: &str) -> String {
    let time = |kind: &str| {
        value.strip_prefix(&format!("Duration::from_{kind}(")).map(|rest| rest.trim_end_matches(')'))
    };
    if let Some(seconds) = time("secs") {
        return words.replace("{}", &format!("{} s", product(seconds)));
    }
    if let Some(milliseconds) = time("millis") {
        return words.replace("{}", &format!("{} ms", product(milliseconds)));
    }
    let number = product(value);
    let bytes = if number % (1 << 20) == 0 {
        format!("{} MiB", number >> 20)
    } else {
        format!("{} KiB", number >> 10)
    };
    words.replace("{B}", &bytes).replace("{+1}", &(number + 1).to_string()).replace("{}", &number.to_string())
}

#[test]
fn every_bound_that_a_client_can_meet_stands_among_the_limits() {
    let text = protocol();
    let constants = constants();
    let known: BTreeSet<_> = BOUNDS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let found: BTreeSet<_> = constants.keys().cloned().collect();
    let different: Vec<_> = found.symmetric_difference(&known).collect();
    assert!(different.is_empty(), "{different:?}: a limit of the protocol, or nobody's who is outside?");
    for (name, stands) in BOUNDS {
        match stands {
            Said(words) => {
                let words = written(&constants[*name], words);
                assert!(text.contains(&words), "{name}: docs/protocol.md lacks: {words}");
            }
            Inside(why) => assert!(why.len() > 5, "{name}"),
        }
    }
}

#[test]
fn every_setting_that_bounds_a_client_stands_there_with_its_default() {
    let text = protocol();
    let limits = text.split("## 4. Limits").nth(1).unwrap();
    let shipped = read("packaging/sanctuary.toml");
    let bounding = shipped.split("# --- How much ---").nth(1).unwrap();
    let settings: Vec<_> = bounding
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .collect();
    assert!(settings.len() > 10, "{settings:?}");
    for (name, default) in settings {
        let words = format!("`{name}` ({})", default.trim_matches('"'));
        assert!(limits.contains(&words), "docs/protocol.md lacks {words}");
    }
    // It has no default of its own.
    assert!(limits.contains("`waiting` (a quarter of the memory)"));
}
