//! The other side is rustls as others use it, over lines that take and bring as little at a time as they like.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rustls::pki_types::ServerName;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ClientConnection, SupportedProtocolVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio_rustls::{TlsConnector, client};

use super::super::TlsIdentity;
use super::*;

#[path = "../../../../../tests/support/trust.rs"]
mod trust;

/// More than any record takes.
const WIDE: usize = 1 << 20;

/// After this nobody goes on.
const STUCK: std::time::Duration = std::time::Duration::from_secs(20);

type Theirs = client::TlsStream<DuplexStream>;
type Ours = TlsStream<DuplexStream>;

fn client_config(version: &'static SupportedProtocolVersion) -> Arc<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
    let trusts = builder.dangerous().with_custom_certificate_verifier(Arc::new(trust::TrustAnybody));
    Arc::new(trusts.with_no_client_auth())
}

fn name() -> ServerName<'static> {
    ServerName::try_from("localhost").unwrap()
}

fn server_config() -> Arc<ServerConfig> {
    TlsIdentity::self_signed([], []).unwrap().config
}

/// Both sides after the handshake, by a line on which so many bytes may be under way in each direction.
async fn connected(version: &'static SupportedProtocolVersion, line: usize) -> (Theirs, Ours) {
    let (theirs, ours) = duplex(line);
    let (connector, config) = (TlsConnector::from(client_config(version)), server_config());
    let (theirs, ours) = tokio::join!(connector.connect(name(), theirs), TlsStream::accept(ours, &config));
    (theirs.unwrap(), ours.unwrap())
}

/// Bytes of memory in buffers.
fn buffers(stream: &Ours) -> usize {
    stream.session.sealed.capacity() + stream.session.opened.capacity() + stream.out.bytes.capacity()
}

/// Says all of it in such pieces, ends its direction, and returns what has come to the end.
async fn talks(stream: impl AsyncRead + AsyncWrite, said: &[u8], piece: usize) -> Vec<u8> {
    let (mut hears, mut says) = tokio::io::split(stream);
    let mut all = Vec::new();
    let say = async {
        for piece in said.chunks(piece) {
            let halves = piece.split_at(piece.len() / 2);
            let written =
                says.write_vectored(&[IoSlice::new(halves.0), IoSlice::new(halves.1)]).await.unwrap();
            says.write_all(&piece[written..]).await.unwrap();
        }
        says.shutdown().await.unwrap();
    };
    tokio::join!(say, async { hears.read_to_end(&mut all).await.unwrap() });
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn each_hears_all_that_the_other_says_whatever_the_line_takes_at_once(
        is_old in any::<bool>(),
        line in prop_oneof![1..100_usize, 100..40_000_usize],
        (theirs_said, ours_said) in (0..100_000_usize, 0..100_000_usize),
        piece in prop_oneof![1..4000_usize, 1..70_000_usize],
    ) {
        let bytes = |count: usize, salt: usize| (0..count).map(|at| u8::try_from((at * salt) >> 3 & 0xFF).unwrap()).collect::<Vec<_>>();
        let (theirs_said, ours_said) = (bytes(theirs_said, 7), bytes(ours_said, 11));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let both = async {
            let (theirs, ours) = connected(if is_old { &TLS12 } else { &TLS13 }, line).await;
            tokio::join!(talks(ours, &ours_said, piece), talks(theirs, &theirs_said, piece))
        };
        let both = runtime.block_on(async { tokio::time::timeout(STUCK, both).await });
        prop_assert!(both.is_ok(), "it is stuck");
        let (ours_heard, theirs_heard) = both.unwrap();
        prop_assert_eq!(ours_heard, theirs_said);
        prop_assert_eq!(theirs_heard, ours_said);
    }
}

#[tokio::test]
async fn between_two_messages_there_is_no_buffer() {
    for version in [&TLS12, &TLS13] {
        let (mut theirs, mut ours) = connected(version, WIDE).await;
        assert_eq!(buffers(&ours), 0, "after the handshake");
        for bytes in [1, 1000, 40_000] {
            let (said, mut heard) = (vec![1; bytes], vec![0; bytes]);
            theirs.write_all(&said).await.unwrap();
            ours.read_exact(&mut heard).await.unwrap();
            ours.write_all(&said).await.unwrap();
            ours.flush().await.unwrap();
            theirs.read_exact(&mut heard).await.unwrap();
            assert_eq!((buffers(&ours), heard), (0, said), "after {bytes} bytes");
        }
    }
}

#[tokio::test]
async fn who_takes_nothing_is_heard_and_no_more_waits_for_it_than_a_record() {
    let (mut theirs, mut ours) = connected(&TLS13, 100_000).await;
    let much = [7; PLAIN];
    while let Ok(written) = tokio::time::timeout(std::time::Duration::ZERO, ours.write(&much)).await {
        written.unwrap();
    }
    assert!((1..=PLAIN + AROUND).contains(&ours.out.waiting()), "{}", ours.out.waiting());
    assert!(buffers(&ours) <= TLS_MEMORY, "{}", buffers(&ours));
    theirs.write_all(b"here").await.unwrap();
    let mut heard = [0; 4];
    ours.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"here");
}

#[tokio::test]
async fn who_has_more_to_take_than_a_record_is_not_heard_until_it_does() {
    for (more, is_heard) in [(0, true), (1, false)] {
        let (mut theirs, mut ours) = connected(&TLS13, 100).await;
        ours.out.bytes = vec![0; 100 + UNANSWERED + more];
        theirs.write_all(b"here").await.unwrap();
        let heard = tokio::time::timeout(std::time::Duration::ZERO, ours.read(&mut [0; 4])).await;
        assert_eq!((ours.out.waiting(), heard.is_ok()), (UNANSWERED + more, is_heard));
    }
}

#[tokio::test]
async fn a_stream_that_ends_without_a_word_is_broken_and_one_that_says_so_is_not() {
    for says_so in [true, false] {
        let (mut theirs, mut ours) = connected(&TLS13, WIDE).await;
        theirs.write_all(b"last").await.unwrap();
        if says_so {
            theirs.shutdown().await.unwrap();
        } else {
            theirs.flush().await.unwrap();
            theirs.get_mut().0.shutdown().await.unwrap();
        }
        let mut heard = Vec::new();
        let end = ours.read_to_end(&mut heard).await.map_err(|error| error.kind());
        assert_eq!(end.is_ok(), says_so, "{end:?}");
        assert_eq!(heard, b"last");
        // It may be answered still.
        ours.write_all(b"heard").await.unwrap();
        for _ in 0..2 {
            ours.shutdown().await.unwrap();
        }
        let mut answer = Vec::new();
        theirs.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer, b"heard");
    }
}

/// A client that writes its records by hand, after the handshake.
async fn by_hand() -> (ClientConnection, DuplexStream, Ours) {
    let (theirs, ours) = connected(&TLS13, WIDE).await;
    let (line, tls) = theirs.into_inner();
    (tls, line, ours)
}

fn record(tls: &mut ClientConnection, said: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    tls.writer().write_all(said).unwrap();
    let mut record = Vec::new();
    while tls.wants_write() {
        tls.write_tls(&mut record).unwrap();
    }
    record
}

#[tokio::test]
async fn after_a_record_that_cannot_be_opened_nothing_is_heard_and_the_other_side_is_told() {
    let (mut tls, mut line, mut ours) = by_hand().await;
    let (good, mut bad, next) =
        (record(&mut tls, b"good"), record(&mut tls, b"bad"), record(&mut tls, b"next"));
    *bad.last_mut().unwrap() ^= 1;
    line.write_all(&[good, bad, next].concat()).await.unwrap();
    let mut heard = [0; 64];
    let all = [ours.read(&mut heard).await, ours.read(&mut heard).await, ours.read(&mut heard).await];
    assert!(matches!(all, [Ok(4), Err(_), Err(_)]), "{all:?}");
    assert!(ours.write(b"x").await.is_err());
    let mut alert = vec![0; 1000];
    let read = line.read(&mut alert).await.unwrap();
    tls.read_tls(&mut &alert[..read]).unwrap();
    let told = tls.process_new_packets().unwrap_err();
    assert!(matches!(told, rustls::Error::AlertReceived(rustls::AlertDescription::BadRecordMac)), "{told}");
    drop(ours);
}

#[tokio::test]
async fn however_often_a_client_has_keys_changed_little_waits_for_it_and_it_is_heard() {
    let (mut tls, mut line, mut ours) = by_hand().await;
    for _ in 0..1000 {
        tls.refresh_traffic_keys().unwrap();
        line.write_all(&record(&mut tls, b"x")).await.unwrap();
        assert_eq!(ours.read(&mut [0; 2]).await.unwrap(), 1);
        assert!(buffers(&ours) <= CHUNK, "{}", buffers(&ours));
    }
    ours.write_all(b"heard").await.unwrap();
    let mut answer = vec![0; WIDE];
    let read = line.read(&mut answer).await.unwrap();
    tls.read_tls(&mut &answer[..read]).unwrap();
    assert_eq!(tls.process_new_packets().unwrap().plaintext_bytes_to_read(), 5);
}

#[tokio::test]
async fn a_greeting_is_no_longer_than_a_record_may_be() {
    /// The beginning of a `ClientHello` of 60 000 bytes (RFC 8446, 4).
    const LONG: [u8; 4] = [1, 0, 0xEA, 0x60];
    // Two records, each with a head.
    for bytes in [RECORD - 10, RECORD - 9, WIDE / 2] {
        let (mut theirs, ours) = duplex(WIDE);
        let hello = LONG.iter().chain(std::iter::repeat(&0)).take(bytes).copied().collect::<Vec<u8>>();
        for part in hello.chunks(PLAIN) {
            let head = [&[22, 3, 1][..], &u16::try_from(part.len()).unwrap().to_be_bytes()].concat();
            if theirs.write_all(&[&head, part].concat()).await.is_err() {
                break;
            }
        }
        let config = server_config();
        let accept = TlsStream::accept(ours, &config);
        let accepted = tokio::time::timeout(std::time::Duration::from_millis(50), accept).await;
        // The shorter one could still become a greeting.
        assert_eq!(accepted.is_err(), bytes == RECORD - 10, "{bytes}");
        assert!(accepted.is_err() || accepted.is_ok_and(|accepted| accepted.is_err()));
    }
}

/// A client that says so much that it seals itself, in records of any kind.
struct Forger {
    sealing: Box<dyn rustls::crypto::cipher::MessageEncrypter>,
    next: u64,
    line: DuplexStream,
}

impl Forger {
    async fn connected(line: usize) -> (Self, Ours) {
        let (theirs, ours) = duplex(line);
        let mut client = ClientConfig::clone(&client_config(&TLS13));
        client.enable_secret_extraction = true;
        let (connector, config) = (TlsConnector::from(Arc::new(client)), server_config());
        let (theirs, ours) =
            tokio::join!(connector.connect(name(), theirs), TlsStream::accept(ours, &config));
        let (line, tls) = theirs.unwrap().into_inner();
        let Some(rustls::SupportedCipherSuite::Tls13(suite)) = tls.negotiated_cipher_suite() else {
            panic!()
        };
        let (next, secrets) = tls.dangerous_extract_secrets().unwrap().tx;
        let (rustls::ConnectionTrafficSecrets::Aes128Gcm { key, iv }
        | rustls::ConnectionTrafficSecrets::Aes256Gcm { key, iv }
        | rustls::ConnectionTrafficSecrets::Chacha20Poly1305 { key, iv }) = secrets
        else {
            panic!()
        };
        (Self { sealing: suite.aead_alg.encrypter(key, iv), next, line }, ours.unwrap())
    }

    fn record(&mut self, typ: rustls::ContentType, payload: &[u8]) -> Vec<u8> {
        let version = rustls::ProtocolVersion::TLSv1_2;
        let plain = rustls::crypto::cipher::OutboundPlainMessage { typ, version, payload: payload.into() };
        let record = self.sealing.encrypt(plain, self.next).unwrap().encode();
        self.next += 1;
        record
    }

    fn data(&mut self, payload: &[u8]) -> Vec<u8> {
        self.record(rustls::ContentType::ApplicationData, payload)
    }
}

/// By tokio-rustls it is. A client that goes while much waits for it may reset its line, and what it said last was lost
/// with that.
#[tokio::test]
async fn what_has_come_is_heard_though_nothing_can_be_written_any_more() {
    let (mut theirs, mut ours) = connected(&TLS13, 100_000).await;
    while let Ok(written) = tokio::time::timeout(std::time::Duration::ZERO, ours.write(&[7; PLAIN])).await {
        written.unwrap();
    }
    theirs.write_all(b"last").await.unwrap();
    theirs.flush().await.unwrap();
    drop(theirs);
    let mut heard = [0; 64];
    let read = ours.read(&mut heard).await;
    assert!(matches!(read, Ok(4)), "{read:?}");
}

/// The administrator is told by that how much memory may be needed.
#[tokio::test]
async fn whatever_comes_in_which_records_there_are_no_more_buffers_than_is_said() {
    let (mut forger, mut ours) = Forger::connected(100_000).await;
    while let Ok(written) = tokio::time::timeout(std::time::Duration::ZERO, ours.write(&[7; PLAIN])).await {
        written.unwrap();
    }
    let all = [&forger.data(&[1; PLAIN])[..], &forger.data(&[2]), &forger.data(&[3; 100])[..10]].concat();
    forger.line.write_all(&all).await.unwrap();
    assert_eq!(ours.read(&mut [0]).await.unwrap(), 1);
    let parts = (ours.session.sealed.capacity(), ours.session.opened.capacity(), ours.out.bytes.capacity());
    assert!(buffers(&ours) <= TLS_MEMORY, "{parts:?}: {} instead of {TLS_MEMORY}", buffers(&ours));
}
