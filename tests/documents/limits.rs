//! `docs/protocol.md`, section 4, and the bounds of the code: each has every one that the other has. Where no constant of
//! ours stands behind a limit the daemon is asked.

use std::collections::{BTreeMap, BTreeSet};

use sanctuary_wire::{DaemonFrame, End};

use super::protocol::{protocol, sources};
use super::read;
use super::support::{Daemon, Line, Next, ROOM, exchange, status};

/// How a bound stands in section 4: in these words, with its value in place of `{}`.
enum Stands {
    Said(&'static str),
    /// Nobody meets it from outside, and why.
    Inside(&'static str),
}

use Stands::{Inside, Said};

/// Every constant of `wire`, `room` and `server` that is a number or a time.
const BOUNDS: &[(&str, Stands)] = &[
    ("wire/limits SEATS_MOST", Said("| seats of a room that are believed | {} |")),
    ("wire/limits CARD_MOST", Said("| a card | 1 to {} bytes |")),
    ("wire/limits HEART_MOST", Said("| a heart | 1 to {} bytes |")),
    ("wire/limits CODE_MOST", Said("| a code | 1 to {} bytes |")),
    ("wire/limits PASSES_MOST", Said("| members in a `pass` | 1 to {}, each once |")),
    ("wire/limits OVERHEAD", Inside("what is set aside beside what a frame carries")),
    (
        "wire/limits SMALLEST_LARGEST_FRAME",
        Said("| a message, whole | `largest_frame` (64 KiB), from {B} to "),
    ),
    ("wire/limits LARGEST_LARGEST_FRAME", Said(" to {B}; `hello` says it |")),
    ("wire/cbor NUMBER_MOST", Inside("below 2⁵³, as section 3 says")),
    ("wire/cbor NUMBER", Inside("RFC 8949's own")),
    ("wire/cbor BYTES", Inside("RFC 8949's own")),
    ("wire/cbor TEXT", Inside("RFC 8949's own")),
    ("wire/cbor ARRAY", Inside("RFC 8949's own")),
    ("wire/cbor SIMPLE", Inside("RFC 8949's own")),
    ("wire/cbor FALSE", Inside("RFC 8949's own")),
    ("wire/cbor TRUE", Inside("RFC 8949's own")),
    ("wire/cbor NULL", Inside("RFC 8949's own")),
    ("wire/lib NORMAL_CLOSURE", Inside("a code, compared above")),
    ("wire/daemon_frames CLOSE_CODE", Inside("a code, compared above")),
    ("server/room/connection_index NOBODY", Inside("no bound: what stands for nobody")),
    ("server/room/resume RESUMES", Said("| resumes of a seat | {burst} at once, {each} |")),
    ("server/room/entry COMES_BACK", Inside("that a time is not zero")),
    ("server/room/entry ENTRY", Said("| entries into a room | as many at once as `members`, {each} |")),
    ("server/room/entry ANOTHER_TIME", Said("| `rooms` (1000) | `refused 6`, to be tried again after {} |")),
    (
        "server/room/one_room DEPARTURES",
        Said("as many as the room has members, of {burst} at once and {each};"),
    ),
    ("server/room/orders RENEWALS", Said("| renewals of a card | {burst} at once, {each} |")),
    ("server/room/members CREDIT_MOST", Said("| free passes of a member | {} for each member of the room |")),
    ("server/head_reader REQUEST_HEAD", Said("| a request's head | {B}, ")),
    ("server/accept PAGE_TIME", Said("| all requests of a connection | {}, ")),
    ("server/accept TURNED_AWAY", Said("in words for {} at a time, ")),
    ("server/accept TURNED_AWAY_OF_ONE", Said(" at a time, {} of one address, ")),
    (
        "server/accept ACCEPT_PAUSE",
        Inside("how soon the daemon tries again when the system is out of something"),
    ),
    ("server/proxy_protocol VERSION_AND_COMMAND", Inside("the PROXY protocol's own")),
    ("server/proxy_protocol LOCAL", Inside("the PROXY protocol's own")),
    ("server/proxy_protocol FIXED", Inside("the PROXY protocol's own")),
    ("server/proxy_protocol LONGEST", Inside("of a proxy's word on its client, who never sees it")),
    ("server/head_reader CHUNK", Inside("of one read, not of a request")),
    ("server/head_reader FIELDS", Said("| a request's head | 16 KiB, {} fields |")),
    ("server/lib SHRINK_DELAY", Inside("when tables are made smaller")),
    ("server/lib STOP_TIME", Said("when the daemon stops, {} ")),
    ("server/listen QUEUE", Said("| connections that wait to be accepted | {} |")),
    ("server/listen OTHER_DESCRIPTORS", Inside("of the daemon's own files")),
    ("server/host LONGEST", Said("| a host's name | {} letters |")),
    ("server/routes HTTPS", Inside("a port's number")),
    ("server/address_limits/state ADDRESSES", Said("| addresses remembered | {} |")),
    ("server/address_limits NO_PLACE", Said("`refused 6`, to be tried again after {} |")),
    ("server/address_limits HOMES", Said("a whole /48 has what {} of them have")),
    ("server/address_limits/state FEW_ADDRESSES", Inside("when forgetting is worth the walk")),
    ("server/read_limit READS_A_FRAME", Said("a read that finds little counts as an {}th of one")),
    ("server/read_limit FRAMES_A_SECOND", Said("no less than {} a second and ")),
    ("server/read_limit BURST", Said(" a second and {} of that at once")),
    ("server/frame_scanner FRAGMENTS", Said("| fragments of a message | {} |")),
    ("server/frame_scanner CONTROL", Said("| a control frame | {} bytes |")),
    ("server/frame_scanner HEAD", Inside("RFC 6455's own")),
    ("server/frame_scanner MASK", Inside("RFC 6455's own")),
    (
        "server/outbox/waiting FRAME_COST",
        Said("| half of `backlog` (1 MiB), those for it alone each with {} bytes more |"),
    ),
    ("server/outbox INCOMING_COST", Said("what comes in counts {} times")),
    ("server/budget PASSES_OF_ONE", Said("those for an address an {}th of what is left for all |")),
    ("server/budget PASSES_OF_EACH", Said("but for {} bytes for each member")),
    ("server/budget PASSES", Inside("a half, of what may wait for all")),
    ("server/address_limits NOBODY", Inside("the number of an account")),
    ("server/budget RELIEF", Said("until an {}th of it is free")),
    ("server/connection/socket READ_BUFFER", Inside("of one read, not of a message")),
    ("server/connection/socket KEPT_BUFFER", Inside("of the daemon's own memory")),
    ("server/connection MESSAGES_A_TURN", Inside("others' turn comes, and then this one's again")),
    ("server/connection/frames UNIT", Inside("a KiB, of which each costs a frame")),
    ("server/connection/frames FREE", Said("Passes of at most {} bytes each are free")),
    ("server/connection/frames ORDER", Said("an order as many and at least {};")),
    ("server/address_limits/place DENIALS", Said("`over 4` at the {+1}rd that is denied")),
    ("server/connection FAREWELL", Said("| taking the last frames | {}; ")),
    ("server/connection/socket LINGER", Said("for {} and up to ")),
    ("server/connection/socket LINGER_BYTES", Said(" and up to {B}, what still comes in")),
    ("server/connection TOO_BIG", Said("| `over` 7 malformed | 4007, or {} for size |")),
    ("server/hub STACK", Inside("of the daemon's own memory")),
    ("server/hub PASS_AGAIN", Said("`denied 3` for their sender, to be tried again after {} |")),
    ("server/hub FEW", Inside("of the daemon's own memory")),
    (
        "server/hub/line CONTROL_MOST",
        Said("| answers to pings that wait | {B}, with 64 bytes more for each |"),
    ),
    ("server/hub/delivery WRITES_A_TURN", Inside("others' turn comes, and then these again")),
    ("server/hub/delivery PART_A_TURN", Inside("others' turn comes, and then these again")),
    ("server/turns STEPS", Inside("in which order ready work is done")),
    ("server/turns STEPS_IN_QUIET", Inside("in which order ready work is done")),
    ("server/turns ROUNDS_OF_TALK", Inside("in which order ready work is done")),
    ("server/log FINAL_BINARY", Inside("RFC 6455's own")),
    ("server/log HEAD_MOST", Inside("RFC 6455's own")),
    ("server/log SMALLEST", Inside("of the daemon's own memory")),
    ("server/log LARGEST", Inside("of the daemon's own memory")),
    ("server/log FORGOTTEN", Inside("of the daemon's own memory")),
    ("server/log SPARE_MOST", Inside("of the daemon's own memory")),
    ("server/outbox PIECES", Inside("the next write has the rest")),
    ("server/tls/stream RECORD", Said("| a greeting of TLS | {} bytes ")),
    ("server/tls/stream CHUNK", Inside("of one read, not of a record")),
    ("server/tls/stream PLAIN", Inside("who does not read waits, as with TCP")),
    ("server/tls/stream AROUND", Inside("of a record that the daemon makes")),
    ("server/tls/stream UNANSWERED", Inside("who does not read waits, as with TCP")),
    ("server/tls/stream TLS_MEMORY", Inside("what a connection may take, for the administrator")),
    ("server/tls/identity SELF_SIGNED_FOR", Inside("of a certificate, which says so itself")),
    ("server/tls/identity CLOCKS", Inside("of a certificate, which says so itself")),
    ("server/tls/certificate DNS_NAME", Inside("a number of DER")),
    ("server/tls/certificate ADDRESS", Inside("a number of DER")),
    ("server/tls/certificate EXTENSIONS", Inside("a number of DER")),
    ("server/leaked_invitation KEY", Inside("what an invitation looks like, which section 1 says")),
    ("server/leaked_invitation DEPTH", Inside("what an invitation looks like, which section 1 says")),
];

/// `folder/name NAME` -> the value of each constant that is a number or a time, as its source writes it.
fn constants() -> BTreeMap<String, String> {
    let mut constants = BTreeMap::new();
    for (file, source) in sources(&["crates/wire/src", "crates/server/src"]) {
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
    if let Some(rate) = value.strip_prefix("Rate {") {
        let (burst, every) = rate.trim_end_matches('}').split_once(", every: ").unwrap();
        let burst = burst.trim().trim_start_matches("burst: ");
        return written(every.trim(), &words.replace("{burst}", burst));
    }
    let time = |kind: &str| {
        value.strip_prefix(&format!("Duration::from_{kind}(")).map(|rest| rest.trim_end_matches(')'))
    };
    if let Some(seconds) = time("secs") {
        let each = match product(seconds) {
            1 => "one a second".to_owned(),
            seconds => format!("one in {seconds} s"),
        };
        let words = words.replace("{each}", &each);
        return words.replace("{}", &format!("{} s", product(seconds)));
    }
    if let Some(milliseconds) = time("millis") {
        return words.replace("{}", &format!("{} ms", product(milliseconds)));
    }
    let number = product(value);
    let bytes = if number.is_multiple_of(1 << 20) {
        format!("{} MiB", number >> 20)
    } else {
        format!("{} KiB", number >> 10)
    };
    words.replace("{B}", &bytes).replace("{+1}", &(number + 1).to_string()).replace("{}", &number.to_string())
}

/// Wherever its lines are broken.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_bound_that_a_client_can_meet_stands_among_the_limits() {
    let text = unwrapped(&protocol());
    let constants = constants();
    let known: BTreeSet<_> = BOUNDS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let found: BTreeSet<_> = constants.keys().cloned().collect();
    let different: Vec<_> = found.symmetric_difference(&known).collect();
    assert!(different.is_empty(), "{different:?}: a limit of the protocol, or nobody's who is outside?");
    for (name, stands) in BOUNDS {
        match stands {
            Said(words) => {
                let words = written(&constants[*name], words);
                assert!(text.contains(&unwrapped(&words)), "{name}: docs/protocol.md lacks: {words}");
            }
            Inside(why) => assert!(why.len() > 5, "{name}"),
        }
    }
}

/// Where else a constant's value is said.
#[test]
fn other_documents_have_the_same_numbers() {
    let constants = constants();
    for (document, name, words) in [
        ("ARCHITECTURE.md", "server/head_reader REQUEST_HEAD", "Requests ({B} of head, no body)"),
        ("ARCHITECTURE.md", "server/frame_scanner FRAGMENTS", "a message comes in {} fragments at the most"),
        ("ARCHITECTURE.md", "server/hub/delivery WRITES_A_TURN", "up to {} of them in a turn"),
        ("packaging/sanctuary.toml", "server/address_limits HOMES", "gets no more than eight of them do"),
    ] {
        let words = written(&constants[name], words);
        let text = read(document).replace("\n# ", " ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&words), "{document} lacks: {words}");
    }
    assert_eq!(constants["server/address_limits HOMES"], "8", "eight, says the settings file");
    for (file, before, words) in [
        ("Cargo.toml", "rust-version = \"", "({} or newer), Node.js"),
        ("web/package.json", "\"node\": \">=", "Node.js ({} or newer)"),
    ] {
        let text = read(file);
        let version = text.split(before).nth(1).unwrap().split('"').next().unwrap();
        assert!(read("README.md").contains(&words.replace("{}", version)), "README.md: {version}");
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

#[tokio::test]
async fn who_says_nothing_after_hello_is_told_that_it_is_too_slow() {
    let daemon = Daemon::with(&[("handshake", "\"1 s\"")]).await;
    let mut line = Line::open(daemon.address(), ROOM).await;
    let Next::Frame(over) = line.next().await else { panic!("closed without a word") };
    assert_eq!(
        DaemonFrame::decode(&over).unwrap(),
        DaemonFrame::Over { end: End::TooSlow, by: None, payload: None }
    );
    assert_eq!(line.next().await, Next::Closed(End::TooSlow.close_code()));
}

#[tokio::test]
async fn who_says_nothing_before_is_told_nothing() {
    let daemon = Daemon::with(&[("handshake", "\"1 s\"")]).await;
    for begun in ["", "GET /ws/abc HTTP/1.1\r\nHo"] {
        assert_eq!(exchange(daemon.address(), begun.as_bytes()).await, "", "{begun:?}");
    }
}

#[tokio::test]
async fn a_request_has_up_to_100_fields() {
    let daemon = Daemon::start().await;
    for (fields, expected) in [(99, "200"), (100, "200"), (101, "431")] {
        let more = "X: a\r\n".repeat(fields - 2);
        let request = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n");
        assert_eq!(
            status(&exchange(daemon.address(), request.as_bytes()).await),
            expected,
            "{fields} fields"
        );
    }
}

#[tokio::test]
async fn a_host_s_name_has_up_to_253_letters() {
    let daemon = Daemon::start().await;
    for (letters, expected) in [(252, "200"), (253, "200"), (254, "400")] {
        let name = format!("{}{}", "a.".repeat(100), "a".repeat(letters - 200));
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        assert_eq!(
            status(&exchange(daemon.address(), request.as_bytes()).await),
            expected,
            "{letters} letters"
        );
    }
}
