//! Certificates for the daemon, and the other end of TLS.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use nix::unistd::{Gid, Uid, User, chown};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, SupportedProtocolVersion};

use super::patiently;
use super::trust::TrustAnybody;

/// An authority of the test's own, and the folder with the pair of files that it has issued last;
/// the folder is removed on drop.
pub struct Issued {
    authority: CertifiedIssuer<'static, KeyPair>,
    folder: PathBuf,
}

impl Issued {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("sanctuary-tls-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "The test's authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let issued = Self { authority, folder };
        issued.renew(2040);
        belongs_to_nobody(&issued.folder);
        issued
    }

    /// Issues another certificate and key, valid until the first day of `year`; gives the
    /// certificate.
    pub fn renew(&self, year: i32) -> CertificateDer<'static> {
        self.issue(&["localhost", "127.0.0.1"], year)
    }

    /// Issues another certificate and key for these names.
    pub fn renew_for(&self, names: &[&str]) {
        self.issue(names, 2040);
    }

    /// Puts a certificate there that nobody but itself vouches for.
    pub fn renew_by_itself(&self, name: &str) {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([name.to_owned()]).unwrap().self_signed(&key).unwrap();
        self.write("certificate.pem", "CERTIFICATE", certificate.der());
        self.write("key.pem", "PRIVATE KEY", &key.serialize_der());
    }

    fn issue(&self, names: &[&str], year: i32) -> CertificateDer<'static> {
        let names: Vec<_> = names.iter().map(ToString::to_string).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name.push(DnType::CommonName, "localhost");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.authority).unwrap();
        self.write("certificate.pem", "CERTIFICATE", certificate.der());
        self.write("key.pem", "PRIVATE KEY", &key.serialize_der());
        certificate.der().clone()
    }

    /// The pair as settings of the daemon, beside an address to serve it on.
    pub fn settings(&self) -> [(&'static str, String); 3] {
        let path = |name| format!("\"{}\"", self.path(name).display());
        let listen = r#"["127.0.0.1:0"]"#.to_owned();
        [("listen_tls", listen), ("tls_certificate", path("certificate.pem")), ("tls_key", path("key.pem"))]
    }

    /// The authority's own certificate, in a file.
    pub fn authority(&self) -> PathBuf {
        self.write("authority.pem", "CERTIFICATE", self.authority.der());
        self.path("authority.pem")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Puts a new file in the old one's place, as certificate clients do.
    fn write(&self, name: &str, label: &str, der: &[u8]) {
        let text = format!("-----BEGIN {label}-----\n{}-----END {label}-----\n", base64(der));
        let new = self.folder.join("new");
        fs::write(&new, text).unwrap();
        belongs_to_nobody(&new);
        fs::rename(new, self.folder.join(name)).unwrap();
    }
}

impl Drop for Issued {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Started as root, the daemon becomes `nobody`.
fn belongs_to_nobody(path: &Path) {
    if Uid::effective().is_root() {
        let nobody = User::from_name("nobody").unwrap().unwrap();
        chown(path, Some(nobody.uid), Some(Gid::from_raw(0))).unwrap();
    }
}

/// RFC 4648, 4, one line of it.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let quartet = |chunk: &[u8]| {
        let word = (0..3).fold(0, |word, at| word << 8 | u32::from(*chunk.get(at).unwrap_or(&0)));
        let letter = |at: usize| LETTERS[(word >> (18 - 6 * at) & 63) as usize] as char;
        (0..4).map(|at| if at > chunk.len() { '=' } else { letter(at) }).collect::<String>()
    };
    bytes.chunks(3).map(quartet).collect::<String>() + "\n"
}

/// Shakes hands as a browser of that version would that asks for a page.
pub async fn secure(address: SocketAddr, version: &'static SupportedProtocolVersion) -> TlsStream<TcpStream> {
    shake_hands(Ipv4Addr::UNSPECIFIED.into(), address, version, &[b"h2", b"http/1.1"]).await
}

/// Shakes hands as a browser would for a WebSocket, from one of this machine's addresses.
pub async fn secure_from(
    from: IpAddr,
    address: SocketAddr,
    version: &'static SupportedProtocolVersion,
) -> TlsStream<TcpStream> {
    shake_hands(from, address, version, &[b"http/1.1"]).await
}

async fn shake_hands(
    from: IpAddr,
    address: SocketAddr,
    version: &'static SupportedProtocolVersion,
    protocols: &[&[u8]],
) -> TlsStream<TcpStream> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    secure_over(socket.connect(address).await.unwrap(), version, protocols).await
}

/// Shakes hands on what is connected already.
pub async fn secure_over(
    stream: TcpStream,
    version: &'static SupportedProtocolVersion,
    protocols: &[&[u8]],
) -> TlsStream<TcpStream> {
    let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(TrustAnybody))
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let name = stream.peer_addr().unwrap().ip().into();
    let handshake = TlsConnector::from(Arc::new(config)).connect(name, stream);
    patiently("the handshake", handshake).await.unwrap()
}

/// A greeting of TLS 1.2 (RFC 5246, 7.4.1.2) with which nothing is wrong, but that it may be of
/// another version.
pub fn client_hello(minor: u8) -> Vec<u8> {
    let ciphers = [0xc0, 0x2b, 0xc0, 0x2f];
    let groups = [0, 10, 0, 4, 0, 2, 0, 23];
    let signatures = [0, 13, 0, 4, 0, 2, 4, 3];
    let mut body = vec![3, minor];
    body.extend([7; 32]);
    body.extend([&[0, 0, 4][..], &ciphers, &[1, 0], &[0, 16], &groups, &signatures].concat());
    let length = u8::try_from(body.len()).unwrap();
    [&[22, 3, 1, 0, length + 4, 1, 0, 0, length], &body[..]].concat()
}
