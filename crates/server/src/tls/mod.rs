//! TLS 1.2 and 1.3 (RFC 5246, RFC 8446), for http/1.1 alone. No file is read here: the bytes of
//! files are handed in.

mod certificate;
mod error;
mod identity;
mod key;
mod pem;
mod stream;

pub use error::TlsError;
pub use identity::{TlsIdentity, fingerprint, is_signed_by_itself};
pub use stream::TLS_MEMORY;
