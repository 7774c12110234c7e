//! What a connection costs in memory that does nothing, by how far it has come, and what is left of a crowd of them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme, StreamOwned,
};

use crate::Result;
use crate::daemon::Daemon;
use crate::peer::{REQUEST, creation, nonce};
use crate::room;

/// A short page.
const PAGE: &[u8] = b"GET /farewell HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Nobody is dropped while it is measured, and nothing is kept of who has gone.
const SETTINGS: &str = r#"
handshake = "2 min"
grace = "1 s"
self_signed = true
redirect_to_https = false
"#;

/// How long to wait before looking again, and the longest that memory may take to become calm.
const PAUSE: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of a daemon.
pub(crate) struct Memory {
    /// For each connection.
    pub(crate) each: f64,
    /// What is left when all have gone, as a share of what there was before.
    pub(crate) left: f64,
}

/// A kind of connection, by what it has done before it falls silent.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    handshake: Handshake,
    /// The halves of requests and the like that it has sent.
    sends: Sends,
}

#[derive(Clone, Copy)]
enum Handshake {
    /// Plain http.
    None,
    /// On the port of https, but not a word.
    Silent,
    /// The first half of the client's first flight.
    Half,
    /// That flight, and none after the daemon's.
    Unfinished,
    Whole,
}

#[derive(Clone, Copy)]
enum Sends {
    Nothing,
    HalfARequest,
    ForAPage,
    ForASocket,
    ToBeAMember,
}

/// In the order in which a connection goes through them.
pub(crate) const KINDS: [Kind; 13] = {
    use Handshake::{Half, None, Silent, Unfinished, Whole};
    use Sends::{ForAPage, ForASocket, HalfARequest, Nothing, ToBeAMember};
    const fn kind(name: &'static str, handshake: Handshake, sends: Sends) -> Kind {
        Kind { name, handshake, sends }
    }
    [
        kind("silent", None, Nothing),
        kind("half a request", None, HalfARequest),
        kind("a page", None, ForAPage),
        kind("a WebSocket in no room", None, ForASocket),
        kind("a member in a room of its own", None, ToBeAMember),
        kind("https: silent", Silent, Nothing),
        kind("https: half a greeting", Half, Nothing),
        kind("https: half a handshake", Unfinished, Nothing),
        kind("https: a handshake", Whole, Nothing),
        kind("https: half a request", Whole, HalfARequest),
        kind("https: a page", Whole, ForAPage),
        kind("https: a WebSocket in no room", Whole, ForASocket),
        kind("https: a member in a room of its own", Whole, ToBeAMember),
    ]
};

/// Lets `count` of them connect and idle, and go; memory counts that has been the same for so long.
pub(crate) fn measure(kind: &Kind, count: usize, long: Duration) -> Result<Memory> {
    let daemon = Daemon::start_with(SETTINGS)?;
    // The first of all takes for all, so it is taken before.
    for number in 0..20 {
        drop(connect(kind, &daemon, count + number)?);
    }
    let (before, files) = (calm(&daemon, long)?, daemon.files()?);
    let crowd = (0..count).map(|number| connect(kind, &daemon, number)).collect::<Result<Vec<_>>>()?;
    until_files(&daemon, |open| open >= files + count)?;
    let with_all = calm(&daemon, long)?;
    drop(crowd);
    until_files(&daemon, |open| open <= files)?;
    let after = calm(&daemon, long)?;
    let more = |memory: u64| memory.saturating_sub(before) as f64;
    Ok(Memory { each: more(with_all) / count as f64, left: more(after) / before as f64 })
}

/// Waits until the daemon has so many files open.
fn until_files(daemon: &Daemon, enough: impl Fn(usize) -> bool) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    loop {
        let open = daemon.files()?;
        if enough(open) {
            return Ok(());
        }
        if Instant::now() > end {
            return Err(format!("the daemon has {open} files open still").into());
        }
        sleep(PAUSE);
    }
}

/// The daemon's memory once it stays the same.
fn calm(daemon: &Daemon, long: Duration) -> Result<u64> {
    let end = Instant::now() + PATIENCE;
    let (mut memory, mut since) = (daemon.memory()?, Instant::now());
    while since.elapsed() < long && Instant::now() < end {
        sleep(PAUSE);
        let now = daemon.memory()?;
        if now != memory {
            (memory, since) = (now, Instant::now());
        }
    }
    Ok(memory)
}

/// What keeps a connection open.
trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

fn connect(kind: &Kind, daemon: &Daemon, number: usize) -> Result<Box<dyn Stream>> {
    let mut stream: Box<dyn Stream> = match kind.handshake {
        Handshake::None => Box::new(plain(daemon.address)?),
        Handshake::Silent => Box::new(plain(daemon.secure)?),
        unfinished @ (Handshake::Half | Handshake::Unfinished) => {
            let (mut stream, mut greeting) = (plain(daemon.secure)?, Vec::new());
            client()?.write_tls(&mut greeting)?;
            if matches!(unfinished, Handshake::Half) {
                greeting.truncate(greeting.len() / 2);
                stream.write_all(&greeting)?;
            } else {
                stream.write_all(&greeting)?;
                answered(&mut stream)?;
            }
            Box::new(stream)
        }
        Handshake::Whole => {
            let (mut stream, mut client) = (plain(daemon.secure)?, client()?);
            while client.is_handshaking() {
                client.complete_io(&mut stream)?;
            }
            Box::new(StreamOwned::new(client, stream))
        }
    };
    match kind.sends {
        Sends::Nothing => {}
        Sends::HalfARequest => stream.write_all(&REQUEST[..REQUEST.len() / 2])?,
        Sends::ForAPage => {
            stream.write_all(PAGE)?;
            until(&mut stream, b"</html>")?;
        }
        Sends::ForASocket => {
            stream.write_all(REQUEST)?;
            until(&mut stream, b"\r\n\r\n")?;
        }
        Sends::ToBeAMember => {
            stream.write_all(REQUEST)?;
            let hello = hello(&mut stream)?;
            stream.write_all(&creation(room::id(number), &nonce(&hello)?))?;
            answered(&mut stream)?;
        }
    }
    stream.flush()?;
    Ok(stream)
}

fn plain(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn answered(stream: &mut impl Read) -> Result<()> {
    match stream.read(&mut [0; 4096])? {
        0 => Err("the daemon has hung up".into()),
        _ => Ok(()),
    }
}

/// The first frame behind the answer to a request for a WebSocket.
fn hello(stream: &mut impl Read) -> Result<Vec<u8>> {
    const HEAD: usize = 2;
    let mut read = until(stream, b"\r\n\r\n")?;
    let end = read.windows(4).position(|bytes| bytes == b"\r\n\r\n").ok_or("no head")? + 4;
    let mut frame = read.split_off(end);
    while frame.len() < HEAD || frame.len() < HEAD + usize::from(frame[1]) {
        let mut some = [0; 64];
        match stream.read(&mut some)? {
            0 => return Err("the daemon has hung up".into()),
            count => frame.extend_from_slice(&some[..count]),
        }
    }
    Ok(frame.split_off(HEAD))
}

/// Reads until `end` has come, and perhaps more.
fn until(stream: &mut impl Read, end: &[u8]) -> Result<Vec<u8>> {
    let (mut read, mut some) = (Vec::new(), [0; 4096]);
    while !read.windows(end.len()).any(|bytes| bytes == end) {
        match stream.read(&mut some)? {
            0 => return Err(String::from_utf8_lossy(&read).into()),
            count => read.extend_from_slice(&some[..count]),
        }
    }
    Ok(read)
}

fn client() -> Result<ClientConnection> {
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(TrustAnybody))
        .with_no_client_auth();
    Ok(ClientConnection::new(Arc::new(config), ServerName::try_from("localhost")?)?)
}

/// Who it is does not matter here.
#[derive(Debug)]
struct TrustAnybody;

impl ServerCertVerifier for TrustAnybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}
