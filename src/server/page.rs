//! The page's files, embedded and compressed when the daemon was built.

use hyper::HeaderMap;
use hyper::header::ACCEPT_ENCODING;

/// One file, plain and packed; documents are only plain.
pub(super) struct File {
    pub(super) path: &'static str,
    pub(super) media_type: &'static str,
    plain: &'static [u8],
    packed: Option<Packed>,
}

/// A file in each of its content codings.
struct Packed {
    brotli: &'static [u8],
    gzip: &'static [u8],
}

/// Made by build.rs.
static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// The file served at `path`.
pub(super) fn at(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.path == path)
}

impl File {
    /// The smallest form that the client takes, and the name of its content coding where it has
    /// one.
    pub(super) fn for_client(&self, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
        match &self.packed {
            Some(packed) if accepts(headers, "br") => (packed.brotli, Some("br")),
            Some(packed) if accepts(headers, "gzip") => (packed.gzip, Some("gzip")),
            _ => (self.plain, None),
        }
    }
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

    use std::io::Read;

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
        for file in FILES {
            let is_document = file.media_type.starts_with("text/html");
            assert_eq!(coding(file.path, "br").is_none(), is_document, "{}", file.path);
        }
    }

    #[test]
    fn every_coding_unpacks_to_the_file() {
        for file in FILES {
            let Some(packed) = &file.packed else { continue };
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(packed.gzip).read_to_end(&mut unpacked).unwrap();
            assert_eq!(unpacked, file.plain, "{}", file.path);
            unpacked.clear();
            brotli::BrotliDecompress(&mut &packed.brotli[..], &mut unpacked).unwrap();
            assert_eq!(unpacked, file.plain, "{}", file.path);
        }
    }
}
