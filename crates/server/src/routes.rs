//! Which path has which answer: the page, `/healthz`, where others open the page, and the way to a WebSocket. There is
//! nothing else, no cookie is set, and no body is read.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};

use super::host::Host;
use super::responses::{bad_request, hang_up, plain, secure};
use super::{leaked_invitation, page};

/// Tells browsers what to forget when somebody has left; they obey it from https pages only. Cache
/// and storage are this origin's own. Cookies are left out: the page has none, and those of all
/// sites below the same registered domain would go.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
const ALL_OF_THIS_ORIGIN: &str = r#""cache", "storage""#;

/// The page for somebody who has left.
const FAREWELL: &str = "/farewell";

/// For monitors.
const HEALTH: &str = "/healthz";

/// For the page in a browser on this machine.
const ADDRESSES: &str = "/addresses";

/// The answer to a request that names no host.
pub(super) const NO_HOST: &str = "no host is named\n";

/// The default port of an https URL (RFC 9110, 4.2.2).
const HTTPS: u16 = 443;

/// What a request asks for.
pub(super) enum Route {
    /// The answer is here.
    Answer(Response<Full<Bytes>>),
    /// A WebSocket.
    Socket,
}

/// Answers a request, unless it is for the path of WebSockets. A daemon that `makes_way` says so to monitors by a
/// status with which balancers leave those alone who are served by it already.
pub(super) fn answer<B: hyper::body::Body>(request: &Request<B>, makes_way: bool) -> Route {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Route::Answer(hang_up(response));
    }
    if !request.body().is_end_stream() {
        return Route::Answer(bad_request("no request body is read here\n"));
    }
    let path = request.uri().path();
    if let Some(file) = page::at(path) {
        return Route::Answer(serve(file, request.headers()));
    }
    if path == HEALTH && makes_way {
        return Route::Answer(plain(StatusCode::NOT_FOUND, "on its way out\n"));
    }
    if path == HEALTH {
        return Route::Answer(plain(StatusCode::OK, "ok\n"));
    }
    if is_socket(path) {
        return Route::Socket;
    }
    Route::Answer(plain(StatusCode::NOT_FOUND, "nothing here\n"))
}

/// Redirects a browser that asks for what may be an invitation, and repeats nothing of it.
pub(super) fn redirect_leaked_invitation<B>(request: &Request<B>) -> Option<Response<Full<Bytes>>> {
    let place = leaked_invitation::redirect(request.uri().path(), request.uri().query())?;
    let mut response = plain(StatusCode::SEE_OTHER, "an invitation is not for the server\n");
    response.headers_mut().insert(header::LOCATION, HeaderValue::try_from(place).ok()?);
    Some(hang_up(response))
}

/// Whether a request is from a monitor, which may use any host name.
pub(super) fn is_health_check<B>(request: &Request<B>) -> bool {
    request.uri().path() == HEALTH
}

/// Whether a page asks where others open it.
pub(super) fn asks_for_addresses<B>(request: &Request<B>) -> bool {
    request.method() == Method::GET && request.uri().path() == ADDRESSES
}

/// A URL in each line.
pub(super) fn addresses(for_others: &[String]) -> Response<Full<Bytes>> {
    let lines: String = for_others.iter().flat_map(|url| [url, "\n"]).collect();
    plain(StatusCode::OK, lines)
}

/// Redirects a plain request to the same page by https.
pub(super) fn redirect_to_https<B>(request: &Request<B>, host: &Host, port: u16) -> Response<Full<Bytes>> {
    let port = if port == HTTPS { String::new() } else { format!(":{port}") };
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    // Without a slash, `*` would become a part of the host.
    let path = if path.starts_with('/') { path } else { "/" };
    let Ok(place) = HeaderValue::try_from(format!("https://{}{port}{path}", host.name())) else {
        return bad_request("this can't be sent on to https\n");
    };
    let mut response = plain(StatusCode::PERMANENT_REDIRECT, "this is served by https\n");
    response.headers_mut().insert(header::LOCATION, place);
    hang_up(response)
}

/// Tells browsers for how long to visit this host by https only (RFC 6797); 0 takes that back.
pub(super) fn insist_on_https(headers: &mut HeaderMap, how_long: Duration) {
    if let Ok(value) = HeaderValue::try_from(format!("max-age={}", how_long.as_secs())) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
}

fn serve(file: &'static page::File, asked: &HeaderMap) -> Response<Full<Bytes>> {
    let (bytes, coding) = file.for_client(asked);
    let mut response = Response::new(Full::new(bytes));
    let headers = response.headers_mut();
    secure(headers);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if file.path == FAREWELL {
        headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static(ALL_OF_THIS_ORIGIN));
    }
    response
}

/// `/ws/` and three hexadecimal digits, the room's shard.
fn is_socket(path: &str) -> bool {
    path.strip_prefix("/ws/").is_some_and(|shard| {
        shard.len() == 3 && shard.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use http_body_util::Empty;

    use super::super::responses::HEADERS;
    use super::*;

    fn status(method: &str, path: &str) -> Option<u16> {
        let request = Request::builder().method(method).uri(path).body(Empty::<Bytes>::new()).unwrap();
        match answer(&request, false) {
            Route::Answer(response) => Some(response.status().as_u16()),
            Route::Socket => None,
        }
    }

    #[test]
    fn each_path_and_method_has_its_answer() {
        for (method, path, expected) in [
            ("GET", "/", Some(200)),
            ("HEAD", "/", Some(200)),
            ("GET", "/?from=somewhere", Some(200)),
            ("GET", "/farewell", Some(200)),
            ("GET", "/healthz", Some(200)),
            ("GET", "/index.html", Some(404)),
            ("GET", "//", Some(404)),
            ("GET", "/../etc/passwd", Some(404)),
            ("GET", "/ws/0af", None),
            ("GET", "/ws/0a", Some(404)),
            ("GET", "/ws/0aff", Some(404)),
            ("GET", "/ws/0AF", Some(404)),
            ("POST", "/", Some(405)),
            ("OPTIONS", "/ws/0af", Some(405)),
            ("TRACE", "/", Some(405)),
        ] {
            assert_eq!(status(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn on_the_way_out_monitors_alone_are_answered_otherwise() {
        for (path, expected) in [("/healthz", 404), ("/", 200), ("/farewell", 200), ("/app.js", 200)] {
            let request = Request::get(path).body(Empty::<Bytes>::new()).unwrap();
            let Route::Answer(response) = answer(&request, true) else { panic!("{path}") };
            assert_eq!(response.status(), expected, "{path}");
        }
        let request = Request::get("/ws/0af").body(Empty::<Bytes>::new()).unwrap();
        assert!(matches!(answer(&request, true), Route::Socket));
    }

    #[test]
    fn plain_requests_are_sent_on_to_the_same_host_and_path() {
        for (host, path, port, expected) in [
            ("a.example", "/", 443, "https://a.example/"),
            ("a.example:8080", "/?x=1", 443, "https://a.example/?x=1"),
            ("192.0.2.1:80", "/ws/0af", 8443, "https://192.0.2.1:8443/ws/0af"),
            ("[2001:db8::1]:80", "/farewell", 8443, "https://[2001:db8::1]:8443/farewell"),
            ("a.example", "//b.example/", 443, "https://a.example//b.example/"),
            ("a.example", "*", 443, "https://a.example/"),
        ] {
            let request = Request::get(path).body(Empty::<Bytes>::new()).unwrap();
            let response = redirect_to_https(&request, &Host::parse(host).unwrap(), port);
            assert_eq!(response.status(), 308);
            assert_eq!(response.headers()[header::LOCATION], expected, "{host} {path}");
        }
    }

    #[test]
    fn a_body_is_refused_unread() {
        let request = Request::get("/").body(Full::new(Bytes::from_static(b"x"))).unwrap();
        let Route::Answer(response) = answer(&request, false) else { panic!() };
        assert_eq!(response.status(), 400);
        assert_eq!(response.headers()[header::CONNECTION], "close");
    }

    #[test]
    fn every_answer_has_the_strict_headers() {
        for path in ["/", "/app.js", "/healthz", "/nowhere"] {
            let request = Request::get(path).body(Empty::<Bytes>::new()).unwrap();
            let Route::Answer(response) = answer(&request, false) else { panic!() };
            for (name, value) in HEADERS {
                assert_eq!(response.headers()[&name], value, "{path}");
            }
            assert!(!response.headers().contains_key(header::SET_COOKIE));
        }
    }

    #[test]
    fn only_the_farewell_clears_the_site() {
        for (path, clears) in [("/", false), ("/farewell", true)] {
            let request = Request::get(path).body(Empty::<Bytes>::new()).unwrap();
            let Route::Answer(response) = answer(&request, false) else { panic!() };
            assert_eq!(response.headers().contains_key(CLEAR_SITE_DATA), clears);
        }
    }
}
