//! Finds the client of a request that came through proxies.

use std::net::IpAddr;

use hyper::HeaderMap;
use ipnet::IpNet;

/// The header in which proxies name the client, the nearest proxy last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The header in which proxies say by which scheme they were asked, the nearest last.
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Whether an address is within one of these networks. An IPv4 address that is mapped to IPv6
/// counts as IPv4.
pub(super) fn is_within(address: IpAddr, networks: &[IpNet]) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

/// Whether `peer` is one of `proxies`.
pub(super) fn is_proxy(peer: IpAddr, proxies: &[IpNet]) -> bool {
    is_within(peer, proxies)
}

/// Whether a request comes from this machine itself, and through no proxy: those that nobody has listed name the
/// client, or themselves, all the same (RFC 7239; RFC 9110, 7.6.3).
pub(super) fn is_from_here(peer: IpAddr, headers: &HeaderMap) -> bool {
    const PROXIED: [&str; 5] = [FORWARDED_FOR, FORWARDED_PROTO, "x-real-ip", "forwarded", "via"];
    peer.to_canonical().is_loopback() && !PROXIED.iter().any(|name| headers.contains_key(*name))
}

/// The client's address: the last one in `X-Forwarded-For` that is not itself a configured proxy.
/// The client may have written anything before that, which is ignored. `None` if the proxy names
/// nobody.
pub(super) fn client(headers: &HeaderMap, proxies: &[IpNet]) -> Option<IpAddr> {
    addresses(headers).nth(proxies_between(headers, proxies))?
}

/// Whether the client uses https, according to the outermost proxy. Each proxy adds its word at the
/// end or passes on what it was told; the client may have written anything before.
pub(super) fn is_by_https(headers: &HeaderMap, proxies: &[IpNet]) -> bool {
    let said: Vec<&[u8]> = from_the_end(headers, FORWARDED_PROTO).collect();
    let word = said.get(proxies_between(headers, proxies)).or(said.last());
    // Some proxies say `wss` for a WebSocket.
    word.is_some_and(|word| [&b"https"[..], b"wss"].iter().any(|secure| secure.eq_ignore_ascii_case(word)))
}

/// How many proxies `X-Forwarded-For` names after the client.
fn proxies_between(headers: &HeaderMap, proxies: &[IpNet]) -> usize {
    addresses(headers).take_while(|address| address.is_some_and(|address| is_proxy(address, proxies))).count()
}

fn addresses(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    from_the_end(headers, FORWARDED_FOR).map(parse)
}

/// The entries of a list that may go over several lines, the last first.
fn from_the_end<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a [u8]> {
    let lines = headers.get_all(name).iter().rev();
    lines.flat_map(|value| value.as_bytes().rsplit(|&byte| byte == b',')).map(<[u8]>::trim_ascii)
}

/// Reads an address with or without a port. (RFC 7239 writes IPv6 in brackets; some proxies do
/// not.)
fn parse(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let bare = text.trim_start_matches('[').split(']').next()?;
    bare.parse().ok().or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn forwarded(lines: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let proxies = ["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        client(&headers, &proxies).map(|address| address.to_string())
    }

    #[test]
    fn the_last_address_that_is_no_proxy_counts() {
        for (lines, expected) in [
            (&[][..], None),
            (&["192.0.2.7"][..], Some("192.0.2.7")),
            (&["203.0.113.9, 192.0.2.7"], Some("192.0.2.7")),
            (&["203.0.113.9", "192.0.2.7, 127.0.0.1"], Some("192.0.2.7")),
            (&["192.0.2.7:4711"], Some("192.0.2.7")),
            (&["[2001:db8::7]:4711"], Some("2001:db8::7")),
            (&["2001:db8::7, ::1"], Some("2001:db8::7")),
            (&["203.0.113.9, nonsense"], None),
            (&["127.0.0.1"], None),
        ] {
            assert_eq!(forwarded(lines).as_deref(), expected, "{lines:?}");
        }
    }

    #[test]
    fn the_scheme_is_the_outermost_proxy_s_word() {
        for (addresses, words, expected) in [
            (&["192.0.2.7"][..], &[][..], false),
            (&[], &["https"], true),
            (&["192.0.2.7"], &["HTTPS "], true),
            (&["192.0.2.7"], &["wss"], true),
            (&["192.0.2.7"], &["http"], false),
            (&["192.0.2.7"], &["https, http"], false),
            (&["192.0.2.7"], &["https", "http"], false),
            (&["192.0.2.7, 127.0.0.1"], &["https, http"], true),
            (&["192.0.2.7", "127.0.0.1"], &["http", "https", "http"], true),
            (&["192.0.2.7, 127.0.0.1"], &["https"], true),
            (&["192.0.2.7"], &["https,"], false),
            (&["192.0.2.7"], &["\"https\""], false),
        ] {
            let mut headers = HeaderMap::new();
            let lines = addresses.iter().map(|line| (FORWARDED_FOR, line));
            for (name, line) in lines.chain(words.iter().map(|line| (FORWARDED_PROTO, line))) {
                headers.append(name, line.parse().unwrap());
            }
            let proxies = ["127.0.0.0/8".parse().unwrap()];
            assert_eq!(is_by_https(&headers, &proxies), expected, "{addresses:?} {words:?}");
        }
    }

    #[test]
    fn a_proxy_is_known_by_its_network_also_as_mapped_ipv4() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        assert!(is_proxy("10.1.2.3".parse().unwrap(), &proxies));
        assert!(is_proxy("::ffff:10.1.2.3".parse().unwrap(), &proxies));
        assert!(!is_proxy("11.1.2.3".parse().unwrap(), &proxies));
    }
}
