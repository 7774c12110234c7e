//! Fetches files over HTTP as a browser does, by the same connections as a line (RFC 9110, 9112). Redirects are not
//! followed, and whatever comes is bounded.

use std::time::Duration;

use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONTENT_ENCODING, HeaderValue, LOCATION};
use hyper::{HeaderMap, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::time::{Instant, timeout_at};

use super::request::request;
use super::unpack::unpack;
use crate::cli::chain;
use crate::line::{Dialler, LineError};

/// Bytes of the largest file that is taken, packed or not; the page's have 240 KB at most.
pub(crate) const FILE_MOST: usize = 4 * 1024 * 1024;

/// Bytes of a head of an answer; what came with them is still read.
const HEAD_MOST: usize = 64 * 1024;

/// Headers of an answer; the daemon's has some fifteen.
const HEADERS_MOST: usize = 64;

/// Time for one file, the connection with it.
const FILE_WITHIN: Duration = Duration::from_secs(20);

/// Time for all files together, through Tor as well.
const ALL_WITHIN: Duration = Duration::from_secs(120);

/// What came.
#[derive(Debug)]
pub(crate) enum Fetched {
    /// A file, unpacked.
    File(Vec<u8>, HeaderMap),
    /// No file: a redirect, an error, or something that can't be taken.
    None(NoFile),
}

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoFile {
    /// The answer is another than 200.
    Status(u16),
    /// It leads elsewhere.
    Redirect(u16, String),
    /// It goes on beyond [`FILE_MOST`].
    TooLong,
    /// It is packed as was not asked for, or not as it says.
    Packed(String),
    /// What answers is no HTTP, or more than is read of it.
    Malformed(String),
    /// No answer comes in time, or no whole one.
    Broken(String),
}

/// Statuses beside those of a server's faults that say to ask again.
const FOR_NOW: [StatusCode; 3] =
    [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_EARLY, StatusCode::TOO_MANY_REQUESTS];

impl NoFile {
    /// Whether it says nothing of the page: another try may bring the file.
    pub(crate) fn is_for_now(&self) -> bool {
        match self {
            Self::Broken(_) => true,
            Self::Status(status) => StatusCode::from_u16(*status)
                .is_ok_and(|status| status.is_server_error() || FOR_NOW.contains(&status)),
            _ => false,
        }
    }
}

/// Why nothing can be fetched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// There is no connection.
    #[error(transparent)]
    Line(#[from] LineError),
    /// What answers there is no HTTP.
    #[error("what answers there is no HTTP")]
    Http(#[from] hyper::Error),
    /// The path can't be asked for.
    #[error("this can't be asked for")]
    Request(#[from] hyper::http::Error),
}

impl From<FetchError> for NoFile {
    fn from(why: FetchError) -> Self {
        match &why {
            FetchError::Http(error) if error.is_parse() => Self::Malformed(chain(&why)),
            FetchError::Request(_) => Self::Malformed(chain(&why)),
            _ => Self::Broken(chain(&why)),
        }
    }
}

/// Fetches one file after the other, over one connection while that is kept.
pub(crate) struct Fetcher<'a> {
    dialler: &'a Dialler,
    connection: Option<SendRequest<Empty<Bytes>>>,
    until: Instant,
}

impl<'a> Fetcher<'a> {
    pub(crate) fn new(dialler: &'a Dialler) -> Self {
        Self { dialler, connection: None, until: Instant::now() + ALL_WITHIN }
    }

    /// The file of this name beside the page, which a document of it names or a script loads.
    pub(crate) async fn fetch(&mut self, name: &str, is_referred_to: bool) -> Result<Fetched, FetchError> {
        let by = self.until.min(Instant::now() + FILE_WITHIN);
        let fetched = timeout_at(by, self.by_any(name, is_referred_to)).await;
        fetched.unwrap_or_else(|_| {
            self.connection = None;
            Err(LineError::Silent.into())
        })
    }

    /// By the connection that was kept, or else a new one: a kept one may end at any time (RFC 9112, 9.3.1).
    async fn by_any(&mut self, name: &str, is_referred_to: bool) -> Result<Fetched, FetchError> {
        if let Some(mut kept) = self.connection.take()
            && kept.ready().await.is_ok()
        {
            match self.exchange(kept, name, is_referred_to).await {
                Err(FetchError::Http(why)) if !why.is_parse() => {}
                fetched => return fetched,
            }
        }
        let carrier = TokioIo::new(self.dialler.dial().await?);
        let mut builder = http1::Builder::new();
        builder.max_headers(HEADERS_MOST).max_buf_size(HEAD_MOST).title_case_headers(true);
        let (sender, connection) = builder.handshake(carrier).await?;
        tokio::spawn(connection);
        self.exchange(sender, name, is_referred_to).await
    }

    async fn exchange(
        &mut self,
        mut connection: SendRequest<Empty<Bytes>>,
        name: &str,
        is_referred_to: bool,
    ) -> Result<Fetched, FetchError> {
        let request = request(self.dialler.address(), name, is_referred_to)?;
        let response = connection.send_request(request).await?;
        let status = response.status();
        if status.is_redirection()
            && let Some(place) = response.headers().get(LOCATION)
        {
            let place = String::from_utf8_lossy(place.as_bytes()).into_owned();
            return Ok(Fetched::None(NoFile::Redirect(status.as_u16(), place)));
        }
        if status != StatusCode::OK {
            return Ok(Fetched::None(NoFile::Status(status.as_u16())));
        }
        let fetched = take(response).await?;
        // A connection with half an answer in it is of no use.
        self.connection = matches!(fetched, Fetched::File(..)).then_some(connection);
        Ok(fetched)
    }
}

/// The body of an answer, unpacked.
async fn take(response: Response<Incoming>) -> Result<Fetched, FetchError> {
    let (head, mut body) = response.into_parts();
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        if bytes.len() + data.len() > FILE_MOST {
            return Ok(Fetched::None(NoFile::TooLong));
        }
        bytes.extend_from_slice(&data);
    }
    let codings: Vec<_> = head.headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes).collect();
    Ok(match unpack(&codings, bytes) {
        Ok(unpacked) => Fetched::File(unpacked, head.headers),
        Err(why) => Fetched::None(why),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Trust;

    #[test]
    fn some_statuses_say_nothing_of_the_page() {
        for (status, is_for_now) in [
            (404, false),
            (407, false),
            (408, true),
            (410, false),
            (425, true),
            (429, true),
            (499, false),
            (500, true),
            (503, true),
        ] {
            assert_eq!(NoFile::Status(status).is_for_now(), is_for_now, "{status}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_server_is_waited_for_no_longer_than_a_file_and_all_of_them_may_take() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", silent.local_addr().unwrap());
        let dialler = Dialler::new(address.parse().unwrap(), None, &Trust::System).unwrap();
        let (mut fetcher, begun) = (Fetcher::new(&dialler), Instant::now());
        for files in 1..10 {
            let outcome = fetcher.fetch("app.js", true).await;
            assert!(matches!(outcome, Err(FetchError::Line(LineError::Silent))), "{outcome:?}");
            let (expected, passed) = (ALL_WITHIN.min(FILE_WITHIN * files), begun.elapsed());
            assert!(passed.abs_diff(expected) < Duration::from_secs(1), "{files}: {passed:?}");
        }
    }
}
