//! Fetches files over HTTP as a browser does, by the same connections as a line (RFC 9110, 9112). Redirects are not
//! followed, and whatever comes is bounded.

use std::io::Read as _;
use std::time::Duration;

use flate2::bufread::GzDecoder;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HOST, HeaderValue, LOCATION};
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::time::{Instant, timeout_at};

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
    /// No answer comes, or no whole one.
    Broken(String),
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

    /// The file of this name beside the page.
    pub(crate) async fn fetch(&mut self, name: &str) -> Result<Fetched, FetchError> {
        let by = self.until.min(Instant::now() + FILE_WITHIN);
        let fetched = timeout_at(by, self.exchange(name)).await;
        fetched.unwrap_or_else(|_| {
            self.connection = None;
            Err(LineError::Silent.into())
        })
    }

    async fn exchange(&mut self, name: &str) -> Result<Fetched, FetchError> {
        let mut connection = self.connect().await?;
        let address = self.dialler.address();
        let request = Request::get(address.path(name))
            .header(HOST, address.authority())
            .header(ACCEPT_ENCODING, "gzip")
            .body(Empty::new())?;
        let response = connection.send_request(request).await?;
        let status = response.status();
        if status.is_redirection()
            && let Some(place) = response.headers().get(LOCATION)
        {
            let place = String::from_utf8_lossy(place.as_bytes()).into_owned();
            return Ok(Fetched::None(NoFile::Redirect(status.as_u16(), place)));
        }
        if status != 200 {
            return Ok(Fetched::None(NoFile::Status(status.as_u16())));
        }
        let fetched = take(response).await?;
        // A connection with half an answer in it is of no use.
        self.connection = matches!(fetched, Fetched::File(..)).then_some(connection);
        Ok(fetched)
    }

    /// The connection that was kept, or a new one.
    async fn connect(&mut self) -> Result<SendRequest<Empty<Bytes>>, FetchError> {
        if let Some(mut kept) = self.connection.take()
            && kept.ready().await.is_ok()
        {
            return Ok(kept);
        }
        let carrier = TokioIo::new(self.dialler.dial().await?);
        let mut builder = http1::Builder::new();
        builder.max_headers(HEADERS_MOST).max_buf_size(HEAD_MOST);
        let (sender, connection) = builder.handshake(carrier).await?;
        tokio::spawn(connection);
        Ok(sender)
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
    Ok(match codings[..] {
        [] => Fetched::File(bytes, head.headers),
        [b"gzip"] => match unpack(&bytes) {
            Ok(unpacked) => Fetched::File(unpacked, head.headers),
            Err(why) => Fetched::None(why),
        },
        _ => {
            let named = String::from_utf8_lossy(&codings.join(&b", "[..])).into_owned();
            Fetched::None(NoFile::Packed(format!("{named}, which was not asked for")))
        }
    })
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, NoFile> {
    let mut unpacked = Vec::new();
    let most = u64::try_from(FILE_MOST).unwrap_or(u64::MAX);
    let mut decoder = GzDecoder::new(packed).take(most + 1);
    let read = decoder.read_to_end(&mut unpacked);
    // Some read on behind the first part (RFC 1952, 2.2), and would see what this does not.
    let has_more = !decoder.into_inner().into_inner().is_empty();
    match read {
        Err(_) => Err(NoFile::Packed("gzip, and is not".to_owned())),
        Ok(length) if length > FILE_MOST => Err(NoFile::TooLong),
        Ok(_) if has_more => Err(NoFile::Packed("gzip, with more behind it".to_owned())),
        Ok(_) => Ok(unpacked),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::line::Trust;

    #[test]
    fn a_bomb_is_unpacked_no_further_than_a_file_may_be_long() {
        let packed = |length: usize| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&vec![0; length]).unwrap();
            encoder.finish().unwrap()
        };
        for (length, expected) in [
            (FILE_MOST - 1, Ok(FILE_MOST - 1)),
            (FILE_MOST, Ok(FILE_MOST)),
            (FILE_MOST + 1, Err(NoFile::TooLong)),
            (10 * FILE_MOST, Err(NoFile::TooLong)),
        ] {
            assert_eq!(unpack(&packed(length)).map(|unpacked| unpacked.len()), expected);
        }
        assert!(matches!(unpack(b"no gzip"), Err(NoFile::Packed(_))));
        let two = [packed(3), packed(3)].concat();
        assert!(matches!(unpack(&two), Err(NoFile::Packed(_))), "a second part");
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_server_is_waited_for_no_longer_than_a_file_and_all_of_them_may_take() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", silent.local_addr().unwrap());
        let dialler = Dialler::new(address.parse().unwrap(), None, &Trust::System).unwrap();
        let (mut fetcher, begun) = (Fetcher::new(&dialler), Instant::now());
        for files in 1..10 {
            let outcome = fetcher.fetch("app.js").await;
            assert!(matches!(outcome, Err(FetchError::Line(LineError::Silent))), "{outcome:?}");
            let (expected, passed) = (ALL_WITHIN.min(FILE_WITHIN * files), begun.elapsed());
            assert!(passed.abs_diff(expected) < Duration::from_secs(1), "{files}: {passed:?}");
        }
    }
}
