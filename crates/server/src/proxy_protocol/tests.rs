//! Headers put together by hand, as the specification has them.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tokio::io::{AsyncWriteExt, duplex};

use super::*;

const PROXY: u8 = 0x21;
const TCP4: u8 = 0x11;
const TCP6: u8 = 0x21;

/// 192.0.2.7:4711 to 198.51.100.1:443.
const FOUR: &[u8] = &[192, 0, 2, 7, 198, 51, 100, 1, 0x12, 0x67, 0x01, 0xbb];

fn header(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
    let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
    [&SIGNATURE[..], &[command, family], &length, rest].concat()
}

/// From this client, over IPv6.
fn six(source: &str) -> Vec<u8> {
    let [source, to] =
        [source, "2001:db8::1"].map(|text| text.parse::<std::net::Ipv6Addr>().unwrap().octets());
    [&source[..], &to, &[0x12, 0x67, 0x01, 0xbb]].concat()
}

/// What is read of these bytes, and what is left of them.
fn read(bytes: &[u8]) -> (Result<Option<String>, ErrorKind>, Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (mut theirs, mut ours) = duplex(128 * 1024);
        theirs.write_all(bytes).await.unwrap();
        drop(theirs);
        let read = read_header(&mut ours).await;
        let mut left = Vec::new();
        ours.read_to_end(&mut left).await.unwrap();
        let client = read.map(|client| client.map(|address| address.to_string()));
        (client.map_err(|error| error.kind()), left)
    })
}

#[test]
fn the_client_is_read_and_no_byte_more() {
    // A PP2_TYPE_NOOP and a PP2_TYPE_UNIQUE_ID behind the addresses.
    let more = [FOUR, &[4, 0, 1, 0, 5, 0, 2, 1, 2]].concat();
    let unix = [0; 216];
    for (bytes, expected) in [
        (header(PROXY, TCP4, FOUR), Some("192.0.2.7")),
        (header(PROXY, TCP4, &more), Some("192.0.2.7")),
        (header(PROXY, TCP6, &six("2001:db8::7")), Some("2001:db8::7")),
        (header(PROXY, TCP6, &six("::ffff:192.0.2.7")), Some("192.0.2.7")),
        // The addresses of a LOCAL are passed over, and AF_UNSPEC has none.
        (header(LOCAL, 0, &[]), None),
        (header(LOCAL, TCP4, FOUR), None),
        (header(LOCAL, TCP6, FOUR), None),
        (header(LOCAL, 0x41, &[]), None),
        (header(PROXY, 0, &[]), None),
        (header(PROXY, 0, &[1; 9]), None),
        (header(PROXY, 0x31, &unix), None),
    ] {
        let request = b"GET / HTTP/1.1\r\n";
        let (client, left) = read(&[&bytes[..], request].concat());
        assert_eq!(client, Ok(expected.map(str::to_owned)), "{bytes:x?}");
        assert_eq!(left, request);
    }
}

#[test]
fn what_is_no_such_header_is_refused() {
    for bytes in [
        b"PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_vec(),
        header(0x11, TCP4, FOUR),
        header(0x31, TCP4, FOUR),
        header(0x22, TCP4, FOUR),
        header(PROXY, 0x12, FOUR),
        header(PROXY, 0x22, &six("2001:db8::7")),
        header(PROXY, 0x10, FOUR),
        header(PROXY, 0x41, FOUR),
        header(PROXY, TCP4, &FOUR[..11]),
        header(PROXY, TCP6, FOUR),
        header(PROXY, 0x31, &[0; 215]),
    ] {
        assert_eq!(read(&bytes).0, Err(ErrorKind::InvalidData), "{bytes:x?}");
    }
    for cut in [0, 11, 12, 15, 16, 27] {
        let (read, _) = read(&header(PROXY, TCP4, FOUR)[..cut]);
        assert_eq!(read, Err(ErrorKind::UnexpectedEof), "{cut}");
    }
}

#[test]
fn a_header_is_as_long_as_a_segment_may_be_and_no_longer() {
    let with = |bytes: usize| header(PROXY, TCP4, &[FOUR, &vec![0; bytes - FIXED - FOUR.len()]].concat());
    for length in [535, 536] {
        assert_eq!(read(&with(length)).0, Ok(Some("192.0.2.7".to_owned())), "{length}");
    }
    let (refused, left) = read(&with(537));
    assert_eq!(refused, Err(ErrorKind::InvalidData));
    assert_eq!(left.len(), 537 - FIXED, "it is not even read");
}

proptest! {
    /// Nobody else is named than who stands there, and whatever follows is left.
    #[test]
    fn whatever_is_written_is_read_or_refused(command: u8, family: u8, rest in prop::collection::vec(any::<u8>(), 0..600)) {
        let bytes = header(command, family, &rest);
        let (client, left) = read(&[&bytes[..], b"x"].concat());
        if let Ok(client) = client {
            prop_assert!(bytes.len() <= 536 && left == b"x");
            prop_assert!(matches!(command, PROXY | LOCAL));
            if let Some(client) = client {
                prop_assert!(command == PROXY && matches!(family, TCP4 | TCP6));
                prop_assert!(family == TCP6 || !client.contains(':'));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(read(&bytes).0.is_err());
    }
}
