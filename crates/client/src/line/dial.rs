//! The way to the machine: TCP, straight or through a proxy, and TLS over it.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_socks::tcp::Socks5Stream;
use tokio_tungstenite::tungstenite;

use super::address::Address;
use super::local::resolve;
use super::proxy::Proxy;
use super::tls::{Trust, TrustError};

/// What carries a line.
pub trait Carrier: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Carrier for T {}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Nobody answers there.
    #[error("the machine can't be reached")]
    Unreachable(#[source] io::Error),
    /// The proxy does not lead there.
    #[error("the proxy does not lead there")]
    Proxy(#[source] tokio_socks::Error),
    /// TLS does not come about; the certificate is not trusted, say.
    #[error("no secure connection comes about")]
    Tls(#[source] io::Error),
    /// The WebSocket is refused, or breaks.
    #[error("the daemon's WebSocket does not answer there")]
    WebSocket(#[source] tungstenite::Error),
    /// Nothing comes in time.
    #[error("nothing answers in time")]
    Silent,
}

/// How connections are made.
#[derive(Clone, Debug)]
pub struct Dialler {
    address: Address,
    proxy: Option<Proxy>,
    tls: Option<(Arc<ClientConfig>, ServerName<'static>)>,
    /// Where it led last.
    known: Arc<Mutex<Vec<SocketAddr>>>,
}

impl Dialler {
    /// To this address, by this trust where it is https.
    pub fn new(address: Address, proxy: Option<Proxy>, trust: &Trust) -> Result<Self, TrustError> {
        let tls = if address.secure {
            let name = ServerName::try_from(address.host.clone()).map_err(|_| TrustError::NoRoots)?;
            Some((trust.config()?, name))
        } else {
            None
        };
        Ok(Self { address, proxy, tls, known: Arc::default() })
    }

    /// Where it leads.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The ports that it connects to.
    #[must_use]
    pub fn ports(&self) -> Vec<u16> {
        vec![self.proxy.as_ref().map_or(self.address.port, |proxy| proxy.at.1)]
    }

    pub(crate) async fn dial(&self) -> Result<Box<dyn Carrier>, LineError> {
        let stream: Box<dyn Carrier> = match &self.proxy {
            None => Box::new(
                self.connect(&self.address.host, self.address.port).await.map_err(LineError::Unreachable)?,
            ),
            Some(proxy) => self.through(proxy).await?,
        };
        let Some((config, name)) = &self.tls else { return Ok(stream) };
        let connector = TlsConnector::from(Arc::clone(config));
        Ok(Box::new(connector.connect(name.clone(), stream).await.map_err(LineError::Tls)?))
    }

    /// The proxy resolves names.
    async fn through(&self, proxy: &Proxy) -> Result<Box<dyn Carrier>, LineError> {
        let socket = self.connect(&proxy.at.0, proxy.at.1).await.map_err(LineError::Unreachable)?;
        let (host, port) = (self.address.host.as_str(), self.address.port);
        let stream = match (&proxy.credentials, host.parse::<IpAddr>()) {
            (None, Ok(address)) => Socks5Stream::connect_with_socket(socket, (address, port)).await,
            (None, Err(_)) => Socks5Stream::connect_with_socket(socket, (host, port)).await,
            (Some((name, password)), _) => {
                Socks5Stream::connect_with_password_and_socket(socket, (host, port), name, password).await
            }
        };
        Ok(Box::new(stream.map_err(LineError::Proxy)?.into_inner()))
    }

    /// A frame is not kept back for another.
    async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let found = self.remembered(resolve(host, port).await)?;
        let stream = TcpStream::connect(found.as_slice()).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// What was found, or else what was the last time: in another network the way to ask may have become another, of which
    /// this program can't read any more.
    fn remembered(&self, found: io::Result<Vec<SocketAddr>>) -> io::Result<Vec<SocketAddr>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match found {
            Ok(found) => known.clone_from(&found),
            Err(why) if known.is_empty() => return Err(why),
            Err(_) => {}
        }
        Ok(known.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_can_t_be_resolved_any_more_leads_where_it_led_last() {
        let dialler = Dialler::new("http://room.test/".parse().unwrap(), None, &Trust::System).unwrap();
        let failed = || Err(io::ErrorKind::NotFound.into());
        let [one, other] = ["192.0.2.1:80", "192.0.2.2:80"].map(|at| vec![at.parse().unwrap()]);
        assert!(dialler.remembered(failed()).is_err());
        assert_eq!(dialler.remembered(Ok(one.clone())).unwrap(), one);
        assert_eq!(dialler.clone().remembered(failed()).unwrap(), one, "each try has a dialler of its own");
        assert_eq!(dialler.clone().remembered(Ok(other.clone())).unwrap(), other);
        assert_eq!(dialler.remembered(failed()).unwrap(), other);
    }
}
