//! The headers of all answers, and the answers that refuse a request.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{HeaderMap, Response, StatusCode};

use super::address_limits::NO_PLACE;
use super::host::Host;

// `HEADERS`, those of every answer: build.rs makes them of web/headers.txt.
include!(concat!(env!("OUT_DIR"), "/headers.rs"));

/// Refuses a malformed request.
pub(super) fn bad_request(text: &'static str) -> Response<Full<Bytes>> {
    hang_up(plain(StatusCode::BAD_REQUEST, text))
}

/// Refuses to serve a page under a name that nobody here has set (RFC 9110, 15.5.20).
pub(super) fn misdirected(host: &Host) -> Response<Full<Bytes>> {
    let host = host.name();
    let body = format!(
        "<p>This machine was asked for <code>{host}</code>, a name that it does not go by, so nothing is served: \
         another site may have made that name lead here.\n\
         <p>Open the page by the machine's address or by its own name.\n\
         <p>Whoever runs it can have it served under this name too, by this line in its settings, \
         <code>/etc/sanctuary.toml</code>, and <code>systemctl reload sanctuary</code>:\n\
         <pre>hosts = [\"{host}\"]</pre>\n"
    );
    document(StatusCode::MISDIRECTED_REQUEST, "Not under this name", &body)
}

/// Tells a client that there is no place for it.
pub(super) fn too_many_connections() -> Response<Full<Bytes>> {
    const BODY: &str = "<p>There are as many connections as this machine takes, in all or from your address. \
         Close pages of it that you don't need, or try again in half a minute.\n\
         <p>Whoever runs it can raise <code>connections</code> and <code>connections_by_address</code> in its \
         settings.\n";
    let mut response = document(StatusCode::SERVICE_UNAVAILABLE, "Too many connections", BODY);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(NO_PLACE.as_secs()));
    response
}

/// An answer for people, and the last on its connection. The text must come from this program
/// alone.
fn document(status: StatusCode, title: &str, body: &str) -> Response<Full<Bytes>> {
    let text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} - Sanctuary</title>\n<h1>{title}</h1>\n{body}"
    );
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    secure(response.headers_mut());
    let media_type = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    hang_up(response)
}

/// A short answer in words.
pub(super) fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text.into()));
    *response.status_mut() = status;
    secure(response.headers_mut());
    let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    response
}

/// Makes this the last answer on its connection: nothing more is read from the client.
pub(super) fn hang_up(mut response: Response<Full<Bytes>>) -> Response<Full<Bytes>> {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Gives an answer the headers of all.
pub(super) fn secure(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_has_no_unsafe_source() {
        let (name, policy) = &HEADERS[0];
        assert!(name == header::CONTENT_SECURITY_POLICY && !policy.contains("unsafe"));
    }
}
