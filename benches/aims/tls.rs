//! The client's side of https, which trusts anybody.

use std::net::TcpStream;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, StreamOwned};

use crate::Result;
use crate::trust::TrustAnybody;

/// A line by https.
pub(crate) type Secure = StreamOwned<ClientConnection, TcpStream>;

/// Shakes hands.
pub(crate) fn shake_hands(mut stream: TcpStream) -> Result<Secure> {
    let mut client = client()?;
    while client.is_handshaking() {
        client.complete_io(&mut stream)?;
    }
    Ok(StreamOwned::new(client, stream))
}

/// A connection that has said nothing yet.
pub(crate) fn client() -> Result<ClientConnection> {
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(TrustAnybody))
        .with_no_client_auth();
    Ok(ClientConnection::new(Arc::new(config), ServerName::try_from("localhost")?)?)
}
