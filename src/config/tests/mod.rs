//! What a `sanctuary.toml` may say and what it may not, key by key.

use std::path::PathBuf;
use std::time::Duration;

use super::{ConfigError, Fault, ListenAddress, OpenRooms, Settings, Tls, written_size, written_time};

mod bounded;
mod documents;
mod property;

const SHIPPED: &str = include_str!("../../../packaging/sanctuary.toml");

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
    for (count, accepted) in [(1, true), (16, true), (17, false)] {
        let listen: Vec<_> = (1..=count).map(|port| address(&format!("10.0.0.1:{port}"))).collect();
        let settings = Settings::default().with_listen(&listen);
        assert_eq!(settings.is_ok(), accepted, "{count}");
        assert!(accepted || matches!(settings, Err(ConfigError::TooManyAddresses)));
    }
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
