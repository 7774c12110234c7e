//! Makes a WebSocket of a request (RFC 6455, 4.2).

use hyper::header::{
    HeaderName, HeaderValue, ORIGIN, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper::{HeaderMap, Request, Response, StatusCode, Version};

use super::Options;
use super::host::Host;
use super::responses::plain;
use sanctuary_wire::SUBPROTOCOL;

type Answer = Response<http_body_util::Full<bytes::Bytes>>;

/// Names the origin of the page in a plain request, for which browsers send no `Origin`. A page
/// that gets no WebSocket asks by it whether a proxy has changed the host.
const PAGE_ORIGIN: HeaderName = HeaderName::from_static("sanctuary-origin");

/// Accepts the WebSocket handshake of a request to `host`, or says why not.
pub(super) fn accept<B>(
    request: &mut Request<B>,
    host: Option<&Host>,
    options: &Options,
) -> Result<Answer, Box<Answer>> {
    // HTTP/1.0 has no upgrade to another protocol (RFC 9110, 7.8).
    if request.version() == Version::HTTP_10 || !hyper_tungstenite::is_upgrade_request(request) {
        if !is_own(PAGE_ORIGIN, request.headers(), host, &options.origins) {
            return Err(another_site());
        }
        let mut response = plain(StatusCode::UPGRADE_REQUIRED, "a WebSocket is expected here\n");
        response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
        return Err(response.into());
    }
    let headers = request.headers();
    if !is_own(ORIGIN, headers, host, &options.origins) {
        return Err(another_site());
    }
    if !offers_subprotocol(headers) {
        return Err(plain(StatusCode::BAD_REQUEST, "the subprotocol is sanctuary.1\n").into());
    }
    // The upgrade itself is dropped: the stream is taken back from hyper.
    let Ok((mut response, _)) = hyper_tungstenite::upgrade(request, None) else {
        let mut response = plain(StatusCode::UPGRADE_REQUIRED, "WebSocket version 13 is spoken here\n");
        response.headers_mut().insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return Err(response.into());
    };
    response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
    Ok(response)
}

fn another_site() -> Box<Answer> {
    plain(StatusCode::FORBIDDEN, "another site may not connect here\n").into()
}

/// A browser names the origin of the page, which must be the host that it asks, or a configured
/// one. Other clients name none.
fn is_own(named: HeaderName, headers: &HeaderMap, host: Option<&Host>, configured: &[String]) -> bool {
    let Some(origin) = headers.get(named) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let is_page_s = |host: &Host| {
        ["http", "https"].contains(&scheme)
            && Host::parse(authority).is_some_and(|page| page.is_same_origin(host, scheme))
    };
    host.is_some_and(is_page_s) || configured.iter().any(|listed| listed.eq_ignore_ascii_case(origin))
}

fn offers_subprotocol(headers: &HeaderMap) -> bool {
    headers
        .get_all(SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|offer| offer.trim() == SUBPROTOCOL))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_origin_is_the_host_itself_or_a_listed_one() {
        let listed = ["https://chat.example.org".to_owned()];
        for (origin, host, expected) in [
            (None, "192.0.2.1", true),
            (Some("http://192.0.2.1"), "192.0.2.1", true),
            (Some("http://192.0.2.1:8080"), "192.0.2.1:8080", true),
            (Some("http://[2001:db8::1]:8080"), "[2001:db8::1]:8080", true),
            (Some("http://192.0.2.1"), "192.0.2.1:80", true),
            (Some("https://Example.org"), "example.org:443", true),
            (Some("chrome-extension://example"), "example", false),
            (Some("HTTP://example"), "example", false),
            (Some("http://192.0.2.1:8080"), "192.0.2.1", false),
            (Some("https://evil.example"), "192.0.2.1", false),
            (Some("http://192.0.2.1.evil.example"), "192.0.2.1", false),
            (Some("https://chat.example.org"), "127.0.0.1:8080", true),
            (Some("http://chat.example.org"), "127.0.0.1:8080", false),
            (Some("null"), "192.0.2.1", false),
            (Some("file://"), "192.0.2.1", false),
            (Some(""), "", false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(
                is_own(ORIGIN, &headers, Host::parse(host).as_ref(), &listed),
                expected,
                "{origin:?} at {host}"
            );
        }
    }

    #[test]
    fn the_subprotocol_may_be_one_of_several() {
        for (offer, expected) in [("sanctuary.1", true), ("chat, sanctuary.1", true), ("sanctuary.2", false)]
        {
            let headers = [(SEC_WEBSOCKET_PROTOCOL, offer.parse().unwrap())].into_iter().collect();
            assert_eq!(offers_subprotocol(&headers), expected, "{offer}");
        }
    }
}
