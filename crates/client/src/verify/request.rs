//! Asks as a browser does, so that a server tells the two apart by as little as may be: as Firefox, which names its
//! version in one place only. A test compares this with what Firefox sends.

use std::net::IpAddr;

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONNECTION, HOST, HeaderName, UPGRADE_INSECURE_REQUESTS,
    USER_AGENT,
};
use hyper::{Request, http};

use super::references::is_document;
use crate::line::Address;

/// That of the newest Firefox with long support.
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";

/// What a browser unpacks of what comes in the clear. By https it asks for Brotli and zstd as well, of which the dictionary
/// of the first alone has 122 KB: too much for this program, which its greeting there tells from a browser anyway.
const CODINGS: &str = "gzip, deflate";

/// The script that the page runs beside itself.
const WORKER: &str = "derive.js";

/// What asks for a file, by which a browser's headers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Document,
    Style,
    Picture,
    /// Named by a document.
    Script,
    /// Loaded by another script.
    Module,
    Worker,
}

impl Kind {
    fn of(name: &str, is_referred_to: bool) -> Self {
        match name.rsplit('.').next() {
            _ if name.is_empty() || is_document(name) => Self::Document,
            Some("css") => Self::Style,
            Some("svg") => Self::Picture,
            _ if name == WORKER => Self::Worker,
            _ if is_referred_to => Self::Script,
            _ => Self::Module,
        }
    }

    fn accept(self) -> &'static str {
        match self {
            Self::Document => "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            Self::Style => "text/css,*/*;q=0.1",
            Self::Picture => "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
            Self::Script | Self::Module | Self::Worker => "*/*",
        }
    }

    /// For whom it is, and how it is asked for (Fetch Metadata).
    fn fetched(self) -> (&'static str, &'static str) {
        match self {
            Self::Document => ("document", "navigate"),
            Self::Style => ("style", "no-cors"),
            Self::Picture => ("image", "no-cors"),
            Self::Script => ("script", "no-cors"),
            Self::Module => ("script", "cors"),
            Self::Worker => ("worker", "same-origin"),
        }
    }

    /// RFC 9218.
    fn priority(self) -> Option<&'static str> {
        match self {
            Self::Document => Some("u=0, i"),
            Self::Style => Some("u=2"),
            Self::Picture => Some("u=5, i"),
            Self::Script | Self::Module => None,
            Self::Worker => Some("u=4"),
        }
    }
}

/// The request for a file of this name beside the page.
pub(super) fn request(
    address: &Address,
    name: &str,
    is_referred_to: bool,
) -> http::Result<Request<Empty<Bytes>>> {
    let kind = Kind::of(name, is_referred_to);
    let path = address.path(name.strip_suffix(".html").unwrap_or(name));
    let is_trusted = is_trusted(address);
    let mut request = Request::get(path)
        .header(HOST, address.authority())
        .header(USER_AGENT, FIREFOX)
        .header(ACCEPT, kind.accept())
        .header(ACCEPT_LANGUAGE, "en-US,en;q=0.9")
        .header(ACCEPT_ENCODING, CODINGS)
        .header(CONNECTION, "keep-alive");
    if kind == Kind::Document {
        request = request.header(UPGRADE_INSECURE_REQUESTS, "1");
    }
    if is_trusted {
        // Nothing has led to the page itself but its address; it leads to its other document.
        let ((dest, mode), is_page) = (kind.fetched(), name.is_empty());
        request = request
            .header(HeaderName::from_static("sec-fetch-dest"), dest)
            .header(HeaderName::from_static("sec-fetch-mode"), mode)
            .header(HeaderName::from_static("sec-fetch-site"), if is_page { "none" } else { "same-origin" });
        if is_page {
            request = request.header(HeaderName::from_static("sec-fetch-user"), "?1");
        }
    }
    if let Some(priority) = kind.priority() {
        request = request.header(HeaderName::from_static("priority"), priority);
    }
    request.body(Empty::new())
}

/// Whether browsers trust this address to be where it says (Secure Contexts, 3.1).
fn is_trusted(address: &Address) -> bool {
    let is_loopback = match address.host.parse::<IpAddr>() {
        Ok(ip) => ip.is_loopback(),
        Err(_) => address.host == "localhost" || address.host.ends_with(".localhost"),
    };
    address.secure || is_loopback
}
