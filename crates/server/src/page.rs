//! The page's files, embedded and compressed when the daemon was built.

use std::io::Read;
use std::sync::OnceLock;

use bytes::Bytes;
use flate2::read::GzDecoder;
use hyper::HeaderMap;
use hyper::header::ACCEPT_ENCODING;

/// One file.
pub(super) struct File {
    pub(super) path: &'static str,
    pub(super) media_type: &'static str,
    content: Content,
}

/// Documents are plain, all else is packed.
enum Content {
    Plain(&'static [u8]),
    /// In each of its content codings, some files by gzip alone. Browsers take one of them; for who takes neither it is
    /// unpacked once.
    Packed {
        brotli: Option<&'static [u8]>,
        gzip: &'static [u8],
        unpacked: OnceLock<Bytes>,
    },
}

// `FILES`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// What the page consists of, as docs/verify.md has it.
pub const DIGESTS: &str = include_str!(concat!(env!("OUT_DIR"), "/digests.txt"));

/// The file served at `path`.
pub(super) fn at(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.path == path)
}

impl File {
    /// The smallest form that the client takes, and the name of its content coding where it has
    /// one.
    pub(super) fn for_client(&self, headers: &HeaderMap) -> (Bytes, Option<&'static str>) {
        match &self.content {
            Content::Plain(plain) => (Bytes::from_static(plain), None),
            Content::Packed { brotli, gzip, unpacked } => {
                if let Some(brotli) = brotli.filter(|_| accepts(headers, "br")) {
                    (Bytes::from_static(brotli), Some("br"))
                } else if accepts(headers, "gzip") {
                    (Bytes::from_static(gzip), Some("gzip"))
                } else {
                    (unpacked.get_or_init(|| unpack(gzip)).clone(), None)
                }
            }
        }
    }
}

/// What build.rs has packed.
fn unpack(gzip: &[u8]) -> Bytes {
    let mut plain = Vec::new();
    // Reading from memory what was made by the build does not fail; a test reads every file.
    let _ = GzDecoder::new(gzip).read_to_end(&mut plain);
    plain.into()
}

/// Whether the client names `coding` with a weight above zero (RFC 9110, 12.5.3). A `*` alone is
/// not enough: clients that send it seldom unpack what they get.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|item| {
            let mut parts = item.split(';').map(str::trim);
            parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
                && !parts.any(|weight| {
                    let weight = weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="));
                    weight.is_some_and(|weight| weight.parse::<f32>().is_ok_and(|q| q <= 0.0))
                })
        })
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use sha2::{Digest, Sha256};

    use super::super::responses::HEADERS;
    use super::*;

    fn coding(path: &str, accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, accept.parse().unwrap());
        at(path).unwrap().for_client(&headers).1
    }

    #[test]
    fn the_smallest_coding_that_the_client_takes_is_chosen() {
        for (accept, expected) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip;q=1.0, br;q=0.5", Some("br")),
            ("br;q=0, gzip", Some("gzip")),
            ("GZIP", Some("gzip")),
            ("gzip; q=0.000", None),
            ("identity", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(coding("/app.js", accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn documents_are_not_compressed() {
        for file in &FILES {
            let is_document = file.media_type.starts_with("text/html");
            assert_eq!(coding(file.path, "br, gzip").is_none(), is_document, "{}", file.path);
        }
    }

    #[test]
    fn each_language_is_packed_once() {
        let languages: Vec<_> = FILES.iter().filter(|file| file.path.starts_with("/words/")).collect();
        assert!(languages.len() > 1 && at("/words/en.js").is_some());
        for file in languages {
            assert_eq!(coding(file.path, "gzip, deflate, br"), Some("gzip"), "{}", file.path);
            assert_eq!(coding(file.path, "br"), None, "{}", file.path);
        }
    }

    #[test]
    fn every_coding_unpacks_to_the_file() {
        for file in &FILES {
            let built = std::fs::read(built(file.path)).unwrap();
            assert_eq!(file.for_client(&HeaderMap::new()), (built.clone().into(), None), "{}", file.path);
            let Content::Packed { brotli: Some(brotli), .. } = &file.content else { continue };
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut &brotli[..], &mut unpacked).unwrap();
            assert_eq!(unpacked, built, "{}", file.path);
        }
    }

    #[test]
    fn the_digests_are_those_of_all_that_is_served() {
        let digest = |file: &File| {
            let digest = Sha256::digest(file.for_client(&HeaderMap::new()).0);
            let digits = digest.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
            format!("{digits}  {}", name(file.path))
        };
        let mut served: Vec<_> = FILES.iter().map(digest).collect();
        served.sort_by_key(|line| line[66..].to_owned());
        let listed: Vec<_> = DIGESTS.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(listed, served);
        let version = format!("# Sanctuary {}", env!("CARGO_PKG_VERSION"));
        let headers = HEADERS.map(|(name, value)| format!("# {name}: {value}"));
        let heads: Vec<_> = std::iter::once(version).chain(headers).collect();
        assert_eq!(DIGESTS.lines().take_while(|line| line.starts_with('#')).collect::<Vec<_>>(), heads);
    }

    /// Where the build has a file of the page.
    fn built(path: &str) -> std::path::PathBuf {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist").join(name(path))
    }

    fn name(path: &str) -> &str {
        match path {
            "/" => "index.html",
            "/farewell" => "farewell.html",
            _ => &path[1..],
        }
    }
}
