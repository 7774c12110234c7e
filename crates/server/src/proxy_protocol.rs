//! The PROXY protocol, version 2 (`HAProxy`'s proxy-protocol.txt, section 2.2): what a proxy says first on a connection,
//! and by which it names the client.

use std::io::{self, ErrorKind};
use std::net::IpAddr;

use proxy_header::{ParseConfig, Protocol, ProxyHeader};
use tokio::io::{AsyncRead, AsyncReadExt};

/// Bytes of a header's fixed part; the length of what follows is its end.
const FIXED: usize = 16;

/// Bytes of the longest header that is taken: what fits the smallest segment, so that it comes in one.
const LONGEST: usize = 536;

/// Where a header has its version and its command, ...
const VERSION_AND_COMMAND: usize = 12;

/// ... and those of a proxy that speaks for itself.
const LOCAL: u8 = 0x20;

/// How every header begins.
const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";

/// Reads a header and no byte more, and gives the client's address. `None` where the proxy speaks for itself, as one
/// does that asks whether the daemon is there, or does not say for whom.
pub(super) async fn read_header(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<IpAddr>> {
    let mut header = [0; LONGEST];
    stream.read_exact(&mut header[..FIXED]).await?;
    // Bytes that are no header are not waited for.
    if !header.starts_with(SIGNATURE) {
        return Err(ErrorKind::InvalidData.into());
    }
    let rest = usize::from(u16::from_be_bytes([header[FIXED - 2], header[FIXED - 1]]));
    let header = header.get_mut(..FIXED + rest).ok_or(ErrorKind::InvalidData)?;
    stream.read_exact(&mut header[FIXED..]).await?;
    client(header)
}

/// The client that a whole header names, if it names any.
fn client(header: &[u8]) -> io::Result<Option<IpAddr>> {
    // By LOCAL a proxy speaks for itself: all behind it is passed over, whatever it is.
    if header[VERSION_AND_COMMAND] == LOCAL {
        return Ok(None);
    }
    // Fields beside the addresses are passed over.
    let version_2 = ParseConfig { include_tlvs: false, allow_v1: false, allow_v2: true };
    let (parsed, _) = ProxyHeader::parse(header, version_2).map_err(|_| ErrorKind::InvalidData)?;
    let address = parsed.proxied_address();
    if address.is_some_and(|address| address.protocol != Protocol::Stream) {
        return Err(ErrorKind::InvalidData.into());
    }
    Ok(address.map(|address| address.source.ip().to_canonical()))
}

#[cfg(test)]
mod tests;
