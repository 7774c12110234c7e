//! Whatever settings there are can be written down, and whatever is written is read or refused.

use proptest::prelude::*;

use super::super::bounds;
use super::*;

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
