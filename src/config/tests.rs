//! What a `sanctuary.toml` may say and what it may not, key by key.

use std::path::PathBuf;
use std::time::Duration;

use proptest::prelude::*;

use super::{
    ConfigError, Fault, ListenAddress, OpenRooms, Settings, Tls, bounds, written_size, written_time,
};

const SHIPPED: &str = include_str!("../../packaging/sanctuary.toml");

/// The text that [`Settings::parse`] reads as these settings; the certificate's files left out.
fn written(settings: &Settings) -> String {
    fn list<T: ToString>(entries: &[T]) -> String {
        format!("{:?}", entries.iter().map(ToString::to_string).collect::<Vec<_>>())
    }
    let s = settings;
    let lines = [
        format!("listen = {}", list(&s.listen)),
        format!("listen_tls = {}", list(&s.listen_tls)),
        format!("self_signed = {}", s.tls == Some(Tls::SelfSigned)),
        format!("redirect_to_https = {}", s.redirect_to_https),
        format!("user = {:?}", s.user),
        format!("require_memory_lock = {}", s.require_memory_lock),
        format!("hosts = {}", list(&s.hosts)),
        format!("origins = {}", list(&s.origins)),
        format!("proxies = {}", list(&s.proxies)),
        match &s.open_rooms {
            OpenRooms::Anyone => "open_rooms = \"anyone\"".to_owned(),
            OpenRooms::From(networks) => format!("open_rooms = {}", list(networks)),
            OpenRooms::With(code) => format!("open_rooms = {{ code = {:?} }}", code.as_str()),
        },
        format!("rooms = {}", s.rooms),
        format!("members = {}", s.members),
        format!("connections = {}", s.connections),
        format!("largest_frame = {:?}", written_size(s.largest_frame as u64)),
        format!("backlog = {:?}", written_size(s.backlog as u64)),
        s.waiting.map_or_else(String::new, |bytes| format!("waiting = {:?}", written_size(bytes as u64))),
        format!("connections_by_address = {}", s.connections_by_address),
        format!("tries_by_address = {}", s.tries_by_address),
        format!("rooms_by_address = {}", s.rooms_by_address),
        format!("frame_rate = {}", s.frame_rate),
        format!("frame_burst = {}", s.frame_burst),
        format!("frames_by_address = {}", s.frames_by_address),
        format!("grace = {:?}", written_time(s.grace)),
        format!("ping = {:?}", written_time(s.ping)),
        format!("handshake = {:?}", written_time(s.handshake)),
    ];
    lines.join("\n")
}

fn parse(text: &str) -> Result<Settings, Vec<Fault>> {
    Settings::parse(text.as_bytes())
}

/// The faults of `text`, each as `LINE:COLUMN: WHAT`.
fn faults(text: &str) -> Vec<String> {
    let faults = parse(text).err().unwrap_or_default();
    faults.iter().map(|fault| format!("{}:{}: {}", fault.line, fault.column, fault.what)).collect()
}

#[test]
fn an_empty_file_leaves_every_default() {
    assert_eq!(parse(""), Ok(Settings::default()));
}

#[test]
fn the_shipped_file_states_every_default() {
    assert_eq!(parse(SHIPPED), Ok(Settings::default()));
    let stated = |text: &str| -> Vec<String> {
        let settings = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut settings: Vec<_> = settings.map(str::to_owned).collect();
        settings.sort();
        settings
    };
    assert_eq!(stated(SHIPPED), stated(&written(&Settings::default())));
    for key in ["tls_certificate", "tls_key", "hsts", "waiting"] {
        assert!(SHIPPED.contains(&format!("\n#{key} = \"")), "{key}");
    }
}

#[test]
fn the_defaults_are_within_their_own_bounds() {
    assert_eq!(parse(&written(&Settings::default())), Ok(Settings::default()));
}

#[test]
fn every_number_has_bounds() {
    let cases = [
        ("rooms", 1, 100_000),
        ("connections", 1, 100_000),
        ("connections_by_address", 1, 100_000),
        ("tries_by_address", 1, 1_000_000),
        ("rooms_by_address", 1, 1_000_000),
        ("frame_rate", 1, 1_000_000),
        ("frame_burst", 1, 1_000_000),
        ("frames_by_address", 1, 1_000_000),
    ];
    for (key, least, most) in cases {
        assert_eq!(faults(&format!("{key} = {least}")), [""; 0], "{key}");
        assert_eq!(faults(&format!("{key} = {most}")), [""; 0], "{key}");
        let refusal = format!("1:{}: `{key}`: write a whole number from {least} to {most}", key.len() + 4);
        for wrong in [(least - 1).to_string(), (most + 1).to_string(), "-1".to_owned(), "1.5".to_owned()] {
            assert_eq!(faults(&format!("{key} = {wrong}")), std::slice::from_ref(&refusal), "{key}");
        }
    }
}

#[test]
fn members_have_bounds() {
    let refusal = ["1:11: `members`: write a whole number from 1 to 10000"];
    assert_eq!(faults("members = 0"), refusal);
    assert_eq!(faults("members = 10_001"), refusal);
    assert_eq!(parse("members = 1").unwrap().members, 1);
    assert_eq!(parse("members = 10_000\nbacklog = \"4 MiB\"").unwrap().members, 10_000);
}

#[test]
fn every_size_and_time_has_bounds() {
    let cases = [
        ("largest_frame", ["1023 B", "1 KiB", "1 MiB", "1048577 B"], "backlog = \"64 MiB\""),
        ("backlog", ["16383 B", "16 KiB", "64 MiB", "67108865 B"], "members = 1\nlargest_frame = \"1 KiB\""),
        (
            "waiting",
            ["1048575 B", "1 MiB", "4095 MiB", "4293918721 B"],
            "members = 1\nlargest_frame = \"1 KiB\"\nbacklog = \"16 KiB\"",
        ),
        ("grace", ["999 ms", "1 s", "1 h", "3600001 ms"], ""),
        ("ping", ["999 ms", "1 s", "10 min", "600001 ms"], ""),
        ("handshake", ["999 ms", "1 s", "2 min", "120001 ms"], ""),
    ];
    for (key, [below, least, most, above], others) in cases {
        let text = |value: &str| format!("{key} = {value:?}\n{others}");
        assert_eq!(faults(&text(least)), [""; 0], "{key}");
        assert_eq!(faults(&text(most)), [""; 0], "{key}");
        let refusal = format!("1:{}: `{key}`: write something from {least:?} to {most:?}", key.len() + 4);
        assert_eq!(faults(&text(below)).first(), Some(&refusal), "{key}");
        assert_eq!(faults(&text(above)).first(), Some(&refusal), "{key}");
    }
}

#[test]
fn the_backlog_holds_a_welcome_and_a_frame() {
    let least = bounds::smallest_backlog(100, 64 * bounds::KIB);
    let text = |backlog: usize| format!("members = 100\nbacklog = \"{backlog} B\"");
    assert_eq!(parse(&text(least)).unwrap().backlog, least);
    assert_eq!(parse(&text(least + 1)).unwrap().backlog, least + 1);
    let [fault] = &faults(&text(least - 1))[..] else { panic!() };
    assert!(fault.starts_with("2:1: `backlog` is"), "{fault}");
    assert!(fault.ends_with("set it to \"99 KiB\" or more"), "{fault}");
    // What the file does not state is not blamed.
    assert!(faults("\nmembers = 10000")[0].starts_with("2:1: `backlog` is 1 MiB, too little"));
}

#[test]
fn what_waits_for_all_holds_one_s_backlog_and_a_message_that_comes_in() {
    let text = |waiting: usize| format!("largest_frame = \"64 KiB\"\nwaiting = \"{waiting} B\"");
    let least = bounds::MIB + 128 * bounds::KIB;
    assert_eq!(parse(&text(least)).unwrap().waiting, Some(least));
    assert_eq!(parse(&text(least + 1)).unwrap().waiting, Some(least + 1));
    let expected = "2:1: `waiting` is 1179647 B, too little for one `backlog` and `largest_frame`: \
                    set it to \"1152 KiB\" or more";
    assert_eq!(faults(&text(least - 1)), [expected]);
}

#[test]
fn unless_it_is_set_a_quarter_of_the_memory_may_wait_for_all() {
    let settings = Settings::default();
    let each = bounds::smallest_waiting(settings.backlog, settings.largest_frame);
    for (memory, expected) in [
        (512 << 20, 128 * bounds::MIB),
        (0, each),
        (4 * each as u64, each),
        (4 * each as u64 + 4, each + 1),
        (u64::MAX, settings.connections * each),
    ] {
        assert_eq!(settings.waiting_within(memory), expected, "{memory}");
    }
    let set = Settings { waiting: Some(7), ..settings };
    assert_eq!((set.waiting_within(0), set.waiting_within(u64::MAX)), (7, 7));
}

#[test]
fn the_largest_welcome_fits_the_smallest_backlog() {
    use crate::wire::{DaemonFrame, Id, Rule, Seat, Seated, limits};
    let (members, largest_frame) = (10_000_u32, limits::LARGEST_LARGEST_FRAME);
    let card = [0; limits::CARD];
    let seated = |id: u32| Seated { id: Id(u64::MAX - u64::from(id)), card: &card, away: true };
    let welcome = DaemonFrame::Welcome {
        you: Id(u64::MAX),
        seat: Seat([0; 16]),
        rule: Rule::Everyone,
        keeper: Id(u64::MAX),
        locked: true,
        said: u64::MAX,
        members: (0..members).map(seated).collect(),
    };
    let payload = vec![0; largest_frame];
    let said = DaemonFrame::Said { number: u64::MAX, from: Id(u64::MAX), payload: &payload };
    let needed = welcome.encode().len() + said.encode().len();
    assert!(needed <= bounds::smallest_backlog(members as usize, largest_frame));
    assert!(needed > bounds::smallest_backlog(members as usize - 1000, largest_frame));
}

#[test]
fn lists_have_bounds() {
    let listen = |count: u16| {
        let entries: Vec<_> = (1..=count).map(|port| format!("127.0.0.1:{port}")).collect();
        format!("listen = {entries:?}")
    };
    let refusal = |count| [format!("1:10: `listen` holds {count} entries: write 1 to 16")];
    assert_eq!(faults(&listen(0)), refusal(0));
    assert_eq!(parse(&listen(1)).unwrap().listen.len(), 1);
    assert_eq!(parse(&listen(16)).unwrap().listen.len(), 16);
    assert_eq!(faults(&listen(17)), refusal(17));
    for (key, entry) in [("hosts", "a"), ("origins", "https://a"), ("proxies", "10.0.0.1")] {
        let entries = |count| format!("{key} = {:?}", vec![entry; count]);
        assert_eq!(faults(&entries(64)), [""; 0]);
        let column = key.len() + 4;
        assert_eq!(faults(&entries(65)), [format!("1:{column}: `{key}` holds 65 entries: write 0 to 64")]);
    }
}

#[test]
fn who_may_open_rooms_is_anyone_networks_or_a_code() {
    let opens = |value: &str| parse(&format!("open_rooms = {value}")).map(|settings| settings.open_rooms);
    assert_eq!(opens("\"anyone\""), Ok(OpenRooms::Anyone));
    let networks = ["192.168.0.0/16", "fd00::/8", "10.0.0.1/32"].map(|text| text.parse().unwrap());
    assert_eq!(
        opens(r#"["192.168.0.0/16", "fd00::/8", "10.0.0.1"]"#),
        Ok(OpenRooms::From(networks.to_vec()))
    );
    for length in [8, 64] {
        let code = "x!".repeat(length / 2);
        let Ok(OpenRooms::With(read)) = opens(&format!("{{ code = {code:?} }}")) else { panic!("{length}") };
        assert_eq!(read.as_str(), code);
        assert!(!format!("{read:?}").contains('x'), "silent in debug");
    }
    let form = "write \"anyone\", a list of networks such as [\"192.168.0.0/16\", \"fd00::/8\"], or { code = \"…\" }";
    let code = "a code has 8 to 64 letters, digits and signs of ASCII, without spaces";
    let ten = format!("[{}]", ["\"10.0.0.0/8\", "; 65].concat());
    for (value, what) in [
        ("\"Anyone\"", form),
        ("\"secret-of-the-host\"", form),
        ("true", form),
        ("{}", form),
        ("{ code = \"12345678\", more = 1 }", form),
        ("{ cod = \"12345678\" }", form),
        ("{ code = \"1234567\" }", code),
        ("{ code = 12345678 }", code),
        ("{ code = \"a code with spaces\" }", code),
        ("{ code = \"schlüssel\" }", code),
        (&format!("{{ code = {:?} }}", "x".repeat(65)), code),
        ("[]", "it holds 0 networks: write 1 to 64"),
        (&ten, "it holds 65 networks: write 1 to 64"),
        ("[10]", "every entry goes in quotes"),
        ("[\"0.0.0.0/0\"]", "\"0\" is not the length of a network: write a number from 1 to 32"),
    ] {
        assert_eq!(
            faults(&format!("open_rooms = {value}")),
            [format!("1:14: `open_rooms`: {what}")],
            "{value}"
        );
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let cases = [
        ("listen = [\"80\", \"::1\"]", "1:17: `listen`: a port is missing: write \"[::1]:80\""),
        ("listen = [80]", "1:11: `listen`: every entry goes in quotes"),
        ("listen = 80", "1:10: `listen` is a list: write its entries in quotes, between [ and ]"),
        (
            "\nlisten = [\"80\", \"10.0.0.1:80\"]",
            "2:1: `listen`: [::]:80 includes 10.0.0.1:80 already: leave one of them out",
        ),
        (
            "proxies = [\n  \"10.0.0.1/8\",\n]",
            "2:3: `proxies`: 10.0.0.1/8 is one address within a network: write \"10.0.0.0/8\" for the network",
        ),
        (
            "origins = [\"https://a/\"]",
            "1:12: `origins`: an origin ends after the host and port: write \"https://a\"",
        ),
        (
            "hosts = [\"pi\", \"pi:8080\"]",
            "1:16: `hosts`: only the name of the host goes here, without scheme, port and path: write \"pi\"",
        ),
        ("grace = 30", "1:9: `grace`: a unit is missing: write \"30 s\" or another of ms, s, min, h"),
        ("grace = 1.5", "1:9: `grace`: \"1.5\" is not a whole number and its unit: write it as in \"30 s\""),
        ("grace = true", "1:9: `grace`: write it in quotes, not as a boolean"),
        ("backlog = []", "1:11: `backlog`: write it in quotes, not as an array"),
        ("rooms = \"5\"", "1:9: `rooms`: write a whole number from 1 to 100000"),
        ("require_memory_lock = \"yes\"", "1:23: `require_memory_lock`: write true or false, without quotes"),
        (
            "user = \"Root Toor\"",
            "1:8: `user`: \"Root Toor\" is not the name of a user: \
             write up to 32 small letters, such as \"sanctuary\"",
        ),
        ("grce = \"30 s\"", "1:1: there is no setting `grce`: did you mean `grace`?"),
        ("  Grace = \"30 s\"", "1:3: there is no setting `Grace`: did you mean `grace`?"),
        ("\"é\" = 1", "1:1: there is no setting `é`: sanctuary.toml(5) lists those there are"),
        ("user = \"é\" ; 1", "1:12: unexpected key or value, expected newline, `#`"),
        (
            "[limits]\nrooms = 5",
            "1:2: there is no section `limits`: every setting stands by itself, without [sections]",
        ),
        ("rooms = 1\nrooms = 2", "2:1: duplicate key"),
    ];
    for (text, fault) in cases {
        assert_eq!(faults(text), [fault], "{text}");
    }
}

#[test]
fn user_names_have_bounds() {
    for name in ["a", "_chat-2", &"a".repeat(32)] {
        assert_eq!(parse(&format!("user = {name:?}")).unwrap().user, name);
    }
    for name in ["", "2a", "-a", "a b", "A", "é", &"a".repeat(33)] {
        assert_eq!(faults(&format!("user = {name:?}")).len(), 1, "{name}");
    }
}

#[test]
fn a_certificate_is_two_files_or_one_that_is_made() {
    let certificate = "tls_certificate = \"/c.pem\"";
    let key = "tls_key = \"/k.pem\"";
    let files = Tls::Files { certificate: "/c.pem".into(), key: "/k.pem".into() };
    assert_eq!(parse(&format!("{certificate}\n{key}")).unwrap().tls, Some(files));
    assert_eq!(parse("self_signed = true").unwrap().tls, Some(Tls::SelfSigned));
    assert_eq!(parse("self_signed = false").unwrap().tls, None);
    let both = faults(&format!("{certificate}\n{key}\nself_signed = true"));
    assert_eq!(
        both,
        ["3:1: `self_signed` makes a certificate although `tls_certificate` names one: take one of them out"]
    );
    assert_eq!(faults(certificate), ["1:1: `tls_certificate` is of no use alone: set `tls_key` too"]);
    assert_eq!(faults(key), ["1:1: `tls_key` is of no use alone: set `tls_certificate` too"]);
    let relative = "1:11: `tls_key`: k.pem is not a whole path: write it from the first \"/\" on";
    assert_eq!(faults("tls_key = \"k.pem\""), [relative]);
}

#[test]
fn https_is_insisted_on_only_where_that_can_work() {
    let files = "tls_certificate = \"/c.pem\"\ntls_key = \"/k.pem\"\n";
    let fault = |text: &str| faults(text).first().cloned().unwrap_or_default();
    let second = Duration::from_secs(1);
    for (text, told) in [
        ("0 s", Some(Duration::ZERO)),
        ("999 ms", None),
        ("1 s", Some(second)),
        ("8760 h", Some(second * 365 * 24 * 3600)),
        ("31536001 s", None),
    ] {
        let read = parse(&format!("{files}hsts = {text:?}"));
        assert_eq!(read.ok().map(|settings| settings.hsts), told.map(Some), "{text}");
    }
    assert_eq!(parse(files).unwrap().hsts, None);
    assert!(fault("hsts = \"1 h\"").contains("of no use without https"));
    assert!(fault("hsts = \"0 s\"").contains("of no use without https"));
    assert!(fault("self_signed = true\nhsts = \"1 h\"").starts_with("2:1: browsers pass `hsts` over"));
    let plain = format!("{files}redirect_to_https = false\nhsts = ");
    assert!(
        fault(&format!("{plain}\"1 h\"")).starts_with("4:1: `hsts` makes browsers refuse the plain http")
    );
    assert_eq!(fault(&format!("{plain}\"0 s\"")), "", "taken back so that plain http can be served");
}

#[test]
fn plain_and_secure_addresses_exclude_each_other_where_both_are_listened_to() {
    let text = "listen = [\"443\"]\n";
    assert_eq!(faults(text), [""; 0]);
    let refusal = ["1:1: `listen_tls`: [::]:443 includes [::]:443 already: leave one of them out"];
    assert_eq!(faults(&format!("{text}self_signed = true")), refusal);
    let refusal = ["1:1: `listen_tls`: [::]:1 includes 10.0.0.1:1 already: leave one of them out"];
    assert_eq!(faults("listen_tls = [\"10.0.0.1:1\", \"1\"]"), refusal);
    let secure = parse("self_signed = true").unwrap();
    let listen = ["127.0.0.1:443".parse().unwrap()];
    assert!(matches!(secure.with_listen(&listen), Err(ConfigError::Covered { .. })));
}

#[test]
fn all_faults_are_told_from_top_to_bottom() {
    let found = faults("ping = 1\nrooms = 0\norigins = [\"a\", \"b\"]\nnothing = 1");
    let places: Vec<_> = found.iter().map(|fault| &fault[..4]).collect();
    assert_eq!(places, ["1:8:", "2:9:", "3:12", "3:17", "4:1:"]);
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let faults = Settings::parse(b"rooms = 5\nuser = \"\xff\"").unwrap_err();
    let what = "this is not text in UTF-8: save the file as UTF-8".to_owned();
    assert_eq!(faults, [Fault { line: 2, column: 9, what }]);
}

#[test]
fn a_file_is_read_however_an_editor_has_saved_it() {
    let marked = format!("\u{feff}{}", SHIPPED.replace('\n', "\r\n").replace("members = 200", "members = 7"));
    assert_eq!(parse(&marked).map(|settings| settings.members), Ok(7));
    assert_eq!(
        faults("\u{feff}rooms = 5\r\nmembers = 0"),
        ["2:11: `members`: write a whole number from 1 to 10000"]
    );
    assert_eq!(faults("\u{feff}rooms = 0"), ["1:9: `rooms`: write a whole number from 1 to 100000"]);
    let utf16: Vec<u8> = "\u{feff}rooms = 5".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let what = "this is not text in UTF-8: save the file as UTF-8".to_owned();
    assert_eq!(Settings::parse(&utf16), Err(vec![Fault { line: 1, column: 1, what }]));
}

#[test]
fn addresses_of_the_command_line_go_first() {
    let address = |text: &str| text.parse::<ListenAddress>().unwrap();
    let settings = Settings::default().with_listen(&[address("8080")]).unwrap();
    assert_eq!(settings.listen, [address("[::]:8080")]);
    assert_eq!(Settings::default().with_listen(&[]).unwrap(), Settings::default());
    let error = Settings::default().with_listen(&[address("10.0.0.1:80"), address("80")]).unwrap_err();
    assert!(matches!(error, ConfigError::Covered { covering, .. } if covering == address("80")));
}

#[test]
fn what_takes_a_restart_is_named() {
    let old = Settings::default();
    assert_eq!(old.needs_restart(&old), [""; 0]);
    let live = Settings { grace: Duration::from_secs(1), connections: 1, members: 1, ..old.clone() };
    assert_eq!(old.needs_restart(&live), [""; 0]);
    let settled = Settings {
        listen: vec!["8080".parse().unwrap()],
        user: "chat".to_owned(),
        require_memory_lock: true,
        listen_tls: vec!["8443".parse().unwrap()],
        tls: Some(Tls::Files { certificate: PathBuf::from("/c.pem"), key: PathBuf::from("/k.pem") }),
        redirect_to_https: false,
        ..live
    };
    let files = ["listen", "listen_tls", "user", "require_memory_lock", "tls_certificate", "tls_key"];
    assert_eq!(old.needs_restart(&settled), files);
    let made = Settings { tls: Some(Tls::SelfSigned), ..old.clone() };
    assert_eq!(old.needs_restart(&made), ["self_signed"]);
    let named = [&files[..], &["self_signed"]].concat();
    for name in &named {
        let after = SHIPPED.split(&format!("{name} = ")).next().unwrap();
        let comment = after.rsplit("\n\n").next().unwrap();
        assert!(comment.contains("(restart)"), "{name}: the shipped file must say so");
    }
    assert_eq!(SHIPPED.matches("(restart)").count(), named.len(), "one mark for TLS's pair, one in the head");
}

prop_compose! {
    /// Any settings within their bounds, with a backlog that is enough for them.
    fn any_settings()(
        ports in prop::collection::btree_set(any::<u16>(), 1..16),
        user in "[a-z_][a-z0-9_-]{0,31}",
        require_memory_lock: bool,
        [self_signed, redirect_to_https]: [bool; 2],
        hosts in prop::collection::vec("[a-z]{1,9}(:[1-9][0-9]{3})?", 0..8),
        proxies in prop::collection::vec(any::<std::net::IpAddr>(), 0..8),
        counts in prop::array::uniform3(1..=10_000_usize),
        largest_frame in 1024..=1_048_576_usize,
        more in 0..1_048_576_usize,
        waiting in prop::option::of(100..4095_usize),
        open_rooms in prop_oneof![
            Just("\"anyone\"".to_owned()),
            "[!-~]{8,64}".prop_map(|code| format!("{{ code = {code:?} }}")),
            prop::collection::vec(any::<std::net::Ipv4Addr>(), 1..64).prop_map(|list| format!(
                "{:?}", list.iter().map(ToString::to_string).collect::<Vec<_>>()
            )),
        ],
        rates in prop::array::uniform6(1..=100_000_u32),
        seconds in prop::array::uniform3(1..=120_u64),
    ) -> Settings {
        let smallest = bounds::smallest_backlog(counts[1], largest_frame);
        Settings {
            listen: ports.iter().map(|port| format!("127.0.0.1:{port}").parse().unwrap()).collect(),
            user,
            require_memory_lock,
            listen_tls: ports.iter().map(|port| format!("127.0.0.2:{port}").parse().unwrap()).collect(),
            tls: self_signed.then_some(Tls::SelfSigned),
            redirect_to_https,
            hosts: hosts.iter().filter_map(|host| host.split(':').next()?.parse().ok()).collect(),
            origins: hosts.iter().map(|host| format!("https://{host}").parse().unwrap()).collect(),
            proxies: proxies.iter().filter_map(|proxy| proxy.to_string().parse().ok()).collect(),
            open_rooms: parse(&format!("open_rooms = {open_rooms}")).unwrap().open_rooms,
            rooms: counts[0],
            members: counts[1],
            connections: counts[2],
            largest_frame,
            backlog: smallest.max(16 * bounds::KIB) + more,
            waiting: waiting.map(|mib| mib * bounds::MIB),
            connections_by_address: rates[0],
            tries_by_address: rates[1],
            rooms_by_address: rates[2],
            frame_rate: rates[3],
            frame_burst: rates[4],
            frames_by_address: rates[5],
            grace: Duration::from_secs(seconds[0]),
            ping: Duration::from_secs(seconds[1]),
            handshake: Duration::from_secs(seconds[2]),
            ..Settings::default()
        }
    }
}

proptest! {
    #[test]
    fn settings_written_are_read_again(settings in any_settings()) {
        prop_assert_eq!(parse(&written(&settings)), Ok(settings));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = Settings::parse(&bytes);
    }

    #[test]
    fn any_text_of_known_keys_is_read_or_refused(
        lines in prop::collection::vec(("(listen|user|origins|tls_key|rooms|backlog|grace|x)", "[ =]{1,2}", ".{0,12}"), 0..6)
    ) {
        let lines: Vec<_> = lines.iter().map(|(key, equals, value)| format!("{key}{equals}{value}")).collect();
        let text = lines.join("\n");
        if let Err(faults) = parse(&text) {
            prop_assert!(!faults.is_empty());
            let lines = text.matches('\n').count() + 1;
            prop_assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line) && fault.column > 0));
        }
    }
}
