//! Who answers at an address of this machine, asked as a browser asks.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use ipnet::IpNet;

/// How long an answer may take; on the same machine it takes a few milliseconds.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Bytes of an answer that are read: many times those of a certificate.
const LARGEST: usize = 64 * 1024;

const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// What a proxy says first that speaks for itself (PROXY protocol, version 2: `LOCAL`).
const INTRODUCTION: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0";

/// Of the policy that stands in every answer of the daemon's, and in nobody else's.
const OURS: &str = "trusted-types sanctuary ";

/// And what it says to who finds no place among too many, in the last line.
const CROWDED: &str = "\ntoo many connections\n";

/// TLS 1.2 (RFC 5246, 7.4.1.2), for up to this version the certificate is shown in the clear: a client's greeting with
/// all zeros for its random bytes, ECDHE with AES-GCM or `ChaCha20`, and all groups and signatures that there are.
const HELLO: &[u8] = b"\x16\x03\x01\x00\x67\x01\x00\x00\x63\x03\x03\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \x00\x00\x0c\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\xcc\xa9\xcc\xa8\x01\x00\
    \x00\x2e\x00\x0a\x00\x0a\x00\x08\x00\x1d\x00\x17\x00\x18\x00\x19\
    \x00\x0b\x00\x02\x01\x00\
    \x00\x0d\x00\x16\x00\x14\x04\x03\x05\x03\x06\x03\x08\x07\x08\x04\x08\x05\x08\x06\x04\x01\x05\x01\x06\x01";

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A daemon of ours.
    Sanctuary,
    /// One that makes way, and opens no rooms.
    Leaving,
    /// Something that passes on to such a one, as it calls itself.
    Passed(String),
    /// Something that speaks TLS, with this certificate if it shows one.
    Secure(Option<Vec<u8>>),
    /// Another program.
    Other,
    /// Something that says nothing in time.
    Silent,
    /// Nobody.
    Nobody,
    /// It can't be asked.
    Unknown,
}

/// Asks in plain text. This machine may be one of the proxies that are `introducing` themselves.
pub(super) fn plain(socket: SocketAddr, introducing: &[IpNet]) -> Answer {
    ask(socket, introducing, REQUEST, |_| false)
        .map_or_else(|answer| answer, |said| read_plain(&String::from_utf8_lossy(&said)))
}

fn read_plain(said: &str) -> Answer {
    let head = said.split("\r\n\r\n").next().unwrap_or_default();
    let is_ours = head.contains(OURS) || (head.starts_with("HTTP/1.1 503 ") && said.ends_with(CROWDED));
    // The daemon does not say what it is.
    let server = head.lines().filter_map(|line| line.split_once(':'));
    let mut server =
        server.filter(|(name, _)| ["server", "via"].iter().any(|field| name.eq_ignore_ascii_case(field)));
    match server.next() {
        Some((_, name)) if is_ours => Answer::Passed(super::short(name.trim(), super::NAME)),
        None if is_ours && head.starts_with("HTTP/1.1 404 ") => Answer::Leaving,
        None if is_ours => Answer::Sanctuary,
        _ => Answer::Other,
    }
}

/// Greets by TLS.
pub(super) fn secure(socket: SocketAddr, introducing: &[IpNet]) -> Answer {
    // Nothing to say after that: whoever is there sees the connection end, as by a browser that was closed.
    match ask(socket, introducing, HELLO, |said| certificate(said).is_some()) {
        Err(answer) => answer,
        // A handshake, or an alert (RFC 5246, 6.2.1).
        Ok(said) if [Some(&22), Some(&21)].contains(&said.first()) => Answer::Secure(certificate(&said)),
        Ok(_) => Answer::Other,
    }
}

/// The server's own certificate in what it has said so far.
fn certificate(said: &[u8]) -> Option<Vec<u8>> {
    const CERTIFICATE: u8 = 11;
    let mut messages = Vec::new();
    let mut records = said;
    while let [22, _, _, high, low, rest @ ..] = records {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
        messages.extend_from_slice(&rest[..length]);
        records = &rest[length..];
    }
    let mut messages = &messages[..];
    while let [kind, rest @ ..] = messages {
        let (message, others) = with_length(rest)?;
        if *kind == CERTIFICATE {
            return Some(with_length(with_length(message)?.0)?.0.to_vec());
        }
        messages = others;
    }
    None
}

/// Splits off what its length of three bytes covers.
fn with_length(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let [a, b, c, rest @ ..] = bytes else { return None };
    rest.split_at_checked(usize::try_from(u32::from_be_bytes([0, *a, *b, *c])).ok()?)
}

/// What is said to `question` until it is enough or the connection ends.
fn ask(
    socket: SocketAddr,
    introducing: &[IpNet],
    question: &[u8],
    is_enough: fn(&[u8]) -> bool,
) -> Result<Vec<u8>, Answer> {
    let mut stream = connect(socket)?;
    let until = Instant::now() + TIMEOUT;
    let _ = stream.set_write_timeout(Some(TIMEOUT));
    let is_proxy =
        |own: SocketAddr| introducing.iter().any(|network| network.contains(&own.ip().to_canonical()));
    let first = if stream.local_addr().is_ok_and(is_proxy) { INTRODUCTION } else { &[] };
    let _ = stream.write_all(&[first, question].concat());
    let (mut said, mut part) = (Vec::new(), [0; 4096]);
    while said.len() < LARGEST && !is_enough(&said) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            break;
        }
        match stream.read(&mut part) {
            Ok(0) => return Ok(said),
            Ok(count) => said.extend_from_slice(&part[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    if said.is_empty() { Err(Answer::Silent) } else { Ok(said) }
}

/// Connects to `socket`, or, where it is every address, to the machine's own.
fn connect(socket: SocketAddr) -> Result<TcpStream, Answer> {
    let every: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    let places = match socket.ip() {
        ip if !ip.is_unspecified() => &[ip][..],
        IpAddr::V4(_) => &every[..1],
        IpAddr::V6(_) => &every,
    };
    // A loopback that is switched off, or a firewall, swallows what is sent.
    let mut worst = Answer::Unknown;
    for ip in places {
        match TcpStream::connect_timeout(&SocketAddr::new(*ip, socket.port()), TIMEOUT) {
            Ok(stream) => return Ok(stream),
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => worst = Answer::Nobody,
            Err(_) => {}
        }
    }
    Err(worst)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// What is found of somebody who says that.
    fn found(says: &'static [u8], ask: fn(SocketAddr, &[IpNet]) -> Answer) -> Answer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let other = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(says);
        });
        let answer = ask(address, &[]);
        other.join().unwrap();
        answer
    }

    #[test]
    fn whoever_answers_is_told_apart() {
        let ours =
            b"HTTP/1.1 200 OK\r\ncontent-security-policy: trusted-types sanctuary dompurify\r\n\r\nok\n";
        let leaving = b"HTTP/1.1 404 Not Found\r\ncontent-security-policy: trusted-types sanctuary x\r\n\r\n";
        let passed = b"HTTP/1.1 200 OK\r\nServer: nginx/1.22\r\ncontent-security-policy: trusted-types sanctuary x\r\n\r\n";
        let crowded = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\ntoo many connections\n";
        let body = b"HTTP/1.1 200 OK\r\n\r\ntrusted-types sanctuary dompurify";
        for (says, expected) in [
            (&ours[..], Answer::Sanctuary),
            (crowded, Answer::Sanctuary),
            (leaving, Answer::Leaving),
            (passed, Answer::Passed("nginx/1.22".into())),
            (body, Answer::Other),
            (b"SSH-2.0-OpenSSH_9.2\r\n", Answer::Other),
            (b"\x15\x03\x01\x00\x02\x02\x46", Answer::Other),
            (b"", Answer::Other),
        ] {
            assert_eq!(found(says, plain), expected, "{}", String::from_utf8_lossy(says));
        }
        let shown =
            b"\x16\x03\x03\x00\x05\x02\x00\x00\x01\x00\x16\x03\x03\x00\x08\x0b\x00\x00\x08\x00\x00\x05\x00\
                      \x16\x03\x03\x00\x04\x00\x02\xab\xcd";
        for (says, expected) in [
            (&shown[..], Answer::Secure(Some(vec![0xab, 0xcd]))),
            (&shown[..30], Answer::Secure(None)),
            (b"\x15\x03\x01\x00\x02\x02\x46", Answer::Secure(None)),
            (b"\x16", Answer::Secure(None)),
            (b"\x16\x03\x03\xff\xff\x0b\xff\xff\xff\xff\xff\xff", Answer::Secure(None)),
            (ours, Answer::Other),
            (b"", Answer::Other),
        ] {
            assert_eq!(found(says, secure), expected, "{says:?}");
        }
    }

    #[test]
    fn nobody_and_who_keeps_silent_are_told_in_time() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        assert_eq!(plain(address, &[]), Answer::Silent);
        assert_eq!(plain((Ipv6Addr::UNSPECIFIED, address.port()).into(), &[]), Answer::Silent);
        drop(listener);
        assert_eq!(plain(address, &[]), Answer::Nobody);
        assert_eq!(secure((Ipv4Addr::UNSPECIFIED, address.port()).into(), &[]), Answer::Nobody);
    }
}
