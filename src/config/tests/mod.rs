//! What a `sanctuary.toml` may say and what it may not, key by key.

use super::{ConfigError, Fault, ListenAddress, OpenRooms, Settings};

mod bounded;
mod https;
mod property;
mod restart;
mod table;

const SHIPPED: &str = include_str!("../../../packaging/sanctuary.toml");

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
fn the_defaults_are_within_their_own_bounds() {
    assert_eq!(parse(&Settings::default().to_toml()), Ok(Settings::default()));
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
            "proxies = []\nproxy_protocol = true",
            "2:1: `proxy_protocol` is for the connections of `proxies`, and none is listed: list them, or set it to false",
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
fn all_faults_are_told_from_top_to_bottom() {
    let found = faults("ping = 1\nrooms = 0\norigins = [\"a\", \"b\"]\nnothing = 1");
    let places: Vec<_> = found.iter().map(|fault| &fault[..4]).collect();
    assert_eq!(places, ["1:8:", "2:9:", "3:12", "3:17", "4:1:"]);
}

#[test]
fn each_of_very_many_faults_has_its_place() {
    for line in ["x = 1", "rooms ="] {
        let keys: Vec<_> = (10_000..110_000).map(|number| line.replace('x', &format!("x{number}"))).collect();
        let faults = Settings::parse(keys.join("\n").as_bytes()).unwrap_err();
        assert!(faults.last().unwrap().line >= 99_999, "{line}");
    }
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
