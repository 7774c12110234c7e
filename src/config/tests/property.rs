//! Whatever settings there are can be written down, and whatever is written is read or refused.

use std::net::Ipv4Addr;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::super::https::HttpsKeys;
use super::super::table::{Kind, Setting};
use super::*;

/// Any value of a setting, as the file has it.
fn any_value(Setting { key, kind, .. }: &'static Setting) -> BoxedStrategy<String> {
    fn quoted(text: impl std::fmt::Debug) -> String {
        format!("{text:?}")
    }
    match kind {
        Kind::Number(bounds) | Kind::Size(bounds) | Kind::Time(bounds) => {
            bounds.clone().prop_map(|amount| kind.write(amount)).boxed()
        }
        Kind::Switch => any::<bool>().prop_map(|switch| switch.to_string()).boxed(),
        Kind::User => "[a-z_][a-z0-9_-]{0,31}".prop_map(quoted).boxed(),
        Kind::Path => "'/[ -&(-~é]{0,9}'".boxed(),
        Kind::OpenRooms => prop_oneof![
            Just("\"anyone\"".to_owned()),
            "[!-~]{8,64}".prop_map(|code| format!("{{ code = {code:?} }}")),
            vec(any::<Ipv4Addr>().prop_map(|ip| ip.to_string()), 1..64).prop_map(quoted),
        ]
        .boxed(),
        Kind::List(within) => {
            let entry = match *key {
                "listen" => any::<u16>().prop_map(|port| format!("127.0.0.1:{port}")).boxed(),
                "listen_tls" => any::<u16>().prop_map(|port| format!("127.0.0.2:{port}")).boxed(),
                "hosts" => "[a-z]{1,9}".boxed(),
                "origins" => "https://[a-z]{1,9}(:[1-9][0-9]{3})?".boxed(),
                "proxies" => any::<Ipv4Addr>().prop_map(|ip| ip.to_string()).boxed(),
                _ => panic!("what stands in `{key}`?"),
            };
            let entries = btree_set(entry, within.clone());
            entries.prop_map(|entries| quoted(Vec::from_iter(entries))).boxed()
        }
    }
}

/// Some settings of these, each on a line, but for those that do not go with the others.
fn any_lines(table: &'static [Setting], without: &'static [&str]) -> BoxedStrategy<String> {
    let line = |setting: &'static Setting| {
        let line = any_value(setting).prop_map(|value| format!("{} = {value}\n", setting.key));
        prop_oneof![1 => Just(String::new()), 4 => line]
    };
    let lines: Vec<_> = table.iter().filter(|setting| !without.contains(&setting.key)).map(line).collect();
    lines.prop_map(|lines| lines.concat()).boxed()
}

fn any_https() -> impl Strategy<Value = String> {
    const FILES: &str = "tls_certificate = \"/a\"\ntls_key = \"/b \\\\ \\\" \\u0001\"\n";
    let of_https = |without| any_lines(HttpsKeys::TABLE, without);
    prop_oneof![
        of_https(&["tls_certificate", "tls_key", "hsts"]),
        of_https(&["tls_certificate", "tls_key", "self_signed", "hsts"])
            .prop_map(|more| FILES.to_owned() + &more),
        of_https(&["tls_certificate", "tls_key", "self_signed", "redirect_to_https"])
            .prop_map(|more| FILES.to_owned() + &more),
    ]
}

proptest! {
    #[test]
    fn settings_written_are_read_again(plain in any_lines(Settings::TABLE, &[]), https in any_https()) {
        match parse(&(plain + &https)) {
            Ok(settings) => prop_assert_eq!(parse(&settings.to_toml()), Ok(settings)),
            // Each by itself is within its bounds.
            Err(faults) => for fault in faults {
                let is_of_two = ["too little for", "whole seconds", "none is listed"].iter().any(|why| fault.what.contains(why));
                prop_assert!(is_of_two, "{}", fault.what);
            }
        }
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
