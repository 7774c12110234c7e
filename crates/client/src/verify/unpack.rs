//! Unpacks what came, by each coding that is asked for, and no further than a file may be long.

use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};

use super::fetch::{FILE_MOST, NoFile};

/// The file in an answer, by the codings that its head names.
pub(super) fn unpack(codings: &[&[u8]], packed: Vec<u8>) -> Result<Vec<u8>, NoFile> {
    // RFC 9110, 8.4.1: however they are written, and by their old names.
    let written: Vec<Vec<u8>> = codings.iter().map(|coding| coding.to_ascii_lowercase()).collect();
    let named: Vec<&[u8]> =
        written.iter().map(Vec::as_slice).filter(|coding| *coding != b"identity").collect();
    let unpacked = match named[..] {
        [] => return Ok(packed),
        [b"gzip" | b"x-gzip"] => whole(GzDecoder::new(&packed[..]), GzDecoder::into_inner),
        [b"deflate"] if is_zlib(&packed) => whole(ZlibDecoder::new(&packed[..]), ZlibDecoder::into_inner),
        [b"deflate"] => whole(DeflateDecoder::new(&packed[..]), DeflateDecoder::into_inner),
        _ => Err(Fault::NotAskedFor),
    };
    unpacked.map_err(|fault| {
        let coding = String::from_utf8_lossy(&codings.join(&b", "[..])).into_owned();
        match fault {
            Fault::TooLong => NoFile::TooLong,
            Fault::Malformed => NoFile::Packed(format!("{coding}, and is not")),
            Fault::More => NoFile::Packed(format!("{coding}, with more behind it")),
            Fault::NotAskedFor => NoFile::Packed(format!("{coding}, which was not asked for")),
        }
    })
}

enum Fault {
    TooLong,
    Malformed,
    /// Some read on behind the first part (RFC 1952, 2.2), and would see what this does not.
    More,
    NotAskedFor,
}

impl From<io::Error> for Fault {
    fn from(_: io::Error) -> Self {
        Self::Malformed
    }
}

/// All of what a decoder gives; `rest` is what it has not read.
fn whole<'a, D: Read>(decoder: D, rest: impl FnOnce(D) -> &'a [u8]) -> Result<Vec<u8>, Fault> {
    let mut unpacked = Vec::new();
    let mut decoder = decoder.take(FILE_MOST as u64 + 1);
    let read = decoder.read_to_end(&mut unpacked);
    if unpacked.len() > FILE_MOST {
        return Err(Fault::TooLong);
    }
    read?;
    if rest(decoder.into_inner()).is_empty() { Ok(unpacked) } else { Err(Fault::More) }
}

/// Whether it begins as zlib does (RFC 1950, 2.2); some servers leave that away, and browsers take both.
fn is_zlib(packed: &[u8]) -> bool {
    matches!(*packed, [method, flags, ..] if method & 15 == 8 && u16::from_be_bytes([method, flags]) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    type Pack = fn(&[u8]) -> Vec<u8>;

    /// Each coding, with what packs so.
    const CODINGS: [(&str, Pack); 3] = [
        ("gzip", |bytes| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }),
        ("deflate", |bytes| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }),
        ("deflate", |bytes| {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }),
    ];

    #[test]
    fn a_coding_is_known_however_it_is_written_and_by_its_old_name() {
        let packed = CODINGS[0].1(b"text");
        for codings in [&[&b"GZip"[..]][..], &[b"x-gzip"], &[b"X-GZIP", b"Identity"]] {
            assert_eq!(unpack(codings, packed.clone()).unwrap(), b"text");
        }
        assert_eq!(unpack(&[b"identity"], b"text".to_vec()).unwrap(), b"text");
    }

    #[test]
    fn a_bomb_is_unpacked_no_further_than_a_file_may_be_long() {
        for (coding, pack) in CODINGS {
            for (length, expected) in [
                (0, Ok(0)),
                (FILE_MOST - 1, Ok(FILE_MOST - 1)),
                (FILE_MOST, Ok(FILE_MOST)),
                (FILE_MOST + 1, Err(NoFile::TooLong)),
                (10 * FILE_MOST, Err(NoFile::TooLong)),
            ] {
                let unpacked = unpack(&[coding.as_bytes()], pack(&vec![0; length]));
                assert_eq!(unpacked.map(|unpacked| unpacked.len()), expected, "{coding} {length}");
            }
        }
    }

    #[test]
    fn what_is_packed_otherwise_than_it_says_or_cut_or_goes_on_is_no_file() {
        let text = include_bytes!("unpack.rs");
        let why = |coding: &str, packed: Vec<u8>| match unpack(&[coding.as_bytes()], packed) {
            Ok(_) => "unpacked".to_owned(),
            Err(NoFile::Packed(why)) => why,
            Err(why) => format!("{why:?}"),
        };
        for (coding, pack) in CODINGS {
            let packed = pack(text);
            assert_eq!(unpack(&[coding.as_bytes()], packed.clone()).unwrap(), text, "{coding}");
            assert_eq!(why(coding, vec![0xff; 20]), format!("{coding}, and is not"));
            for end in [0, 1, packed.len() / 2, packed.len() - 1] {
                assert_eq!(why(coding, packed[..end].to_vec()), format!("{coding}, and is not"), "{end}");
            }
            for more in [&packed[..], b"x"] {
                let both = [&packed, more].concat();
                assert_eq!(why(coding, both), format!("{coding}, with more behind it"));
            }
        }
        assert_eq!(why("br", vec![]), "br, which was not asked for");
        let twice = unpack(&[b"gzip", b"br"], vec![]);
        assert_eq!(twice, Err(NoFile::Packed("gzip, br, which was not asked for".to_owned())));
    }
}
