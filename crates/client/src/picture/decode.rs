//! Each kind by its decoder. None is begun before the size is known to be bounded, as the decoder itself reads it: what
//! another reader makes of the same bytes counts for nothing.

use std::io::Cursor;
use std::num::NonZeroU64;

use png::Transformations;
use zeroize::Zeroizing;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::orientation::orientation;
use super::shrink::Shrink;
use super::size::Size;
use super::{KEPT_MOST, Miniature};

/// Bytes of the largest file that is decoded; a message is no larger.
pub const BYTES_MOST: usize = 1024 * 1024;

/// Pixels of the largest picture that is decoded. Pages send none with a side of more than 1600.
pub const PIXELS_MOST: usize = 1600 * 1600;

/// Times that a JPEG may go over its pixels; one in steps has about ten.
pub const SCANS_MOST: usize = 16;

/// Bytes that decoders may take beside what is bounded by pixels.
const BESIDE_MOST: usize = 4 * PIXELS_MOST;

pub(super) fn decode(bytes: &[u8]) -> Option<Miniature> {
    if bytes.len() > BYTES_MOST {
        return None;
    }
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [0xff, 0xd8, ..] => jpeg(bytes),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        [b'G', b'I', b'F', ..] => gif(bytes),
        _ => None,
    }
}

/// A size that may be decoded.
fn bounded(width: impl TryInto<usize>, height: impl TryInto<usize>) -> Option<Size> {
    let size = Size { width: width.try_into().ok()?, height: height.try_into().ok()? };
    (1..=PIXELS_MOST).contains(&size.pixels()).then_some(size)
}

fn shrunk(size: Size, pixels: &[u8], channels: usize) -> Option<Miniature> {
    let mut shrink = Shrink::new(size, size.within(KEPT_MOST));
    pixels.chunks_exact(size.width * channels).for_each(|row| shrink.row(row, channels));
    shrink.finish()
}

/// Row by row, but where its rows come in another order.
fn png(bytes: &[u8]) -> Option<Miniature> {
    let limits = png::Limits { bytes: BESIDE_MOST };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    // Texts and profiles are packed, and could unpack to anything.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().ok()?;
    let (size, is_interlaced) = (bounded(header.width, header.height)?, header.interlaced);
    let mut reader = decoder.read_info().ok()?;
    let channels = reader.output_color_type().0.samples();
    let exif = reader.info().exif_metadata.as_deref().map_or(1, orientation);
    let miniature = if is_interlaced {
        let mut pixels = Zeroizing::new(vec![0; size.pixels() * channels]);
        reader.next_frame(&mut pixels).ok()?;
        shrunk(size, &pixels, channels)
    } else {
        let mut shrink = Shrink::new(size, size.within(KEPT_MOST));
        for _ in 0..size.height {
            shrink.row(reader.next_row().ok()??.data(), channels);
        }
        shrink.finish()
    };
    Some(miniature?.upright(exif))
}

fn jpeg(bytes: &[u8]) -> Option<Miniature> {
    let most = usize::from(u16::MAX);
    let options = DecoderOptions::default().set_max_width(most).set_max_height(most);
    let options = options.jpeg_set_max_scans(SCANS_MOST).jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    let size = bounded(width, height)?;
    let pixels = Zeroizing::new(decoder.decode().ok()?);
    let exif = decoder.exif().map_or(1, |exif| orientation(exif));
    Some(shrunk(size, &pixels, 3)?.upright(exif))
}

fn webp(bytes: &[u8]) -> Option<Miniature> {
    if !frames(bytes).all(|(width, height)| bounded(width, height).is_some()) {
        return None;
    }
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).ok()?;
    decoder.set_memory_limit(BESIDE_MOST);
    let (width, height) = decoder.dimensions();
    let size = bounded(width, height)?;
    let mut pixels = Zeroizing::new(vec![0; decoder.output_buffer_size()?]);
    decoder.read_image(&mut pixels).ok()?;
    let exif = decoder.exif_metadata().ok().flatten().map_or(1, |exif| orientation(&exif));
    Some(shrunk(size, &pixels, if decoder.has_alpha() { 4 } else { 3 })?.upright(exif))
}

/// The size of whatever may be taken for a frame (RFC 6386, 9.1): it is made as large as it says, whatever is said of the
/// whole.
fn frames(bytes: &[u8]) -> impl Iterator<Item = (u16, u16)> {
    let sides = |window: &[u8]| {
        let side = |at: usize| u16::from_le_bytes([window[at], window[at + 1]]) & 0x3fff;
        (side(14), side(16))
    };
    let is_frame = |window: &&[u8]| window.starts_with(b"VP8 ") && window[11..14] == *b"\x9d\x01\x2a";
    bytes.windows(18).filter(is_frame).map(sides)
}

/// The first frame, as large as that is.
fn gif(bytes: &[u8]) -> Option<Miniature> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    options.set_memory_limit(gif::MemoryLimit::Bytes(NonZeroU64::new(BESIDE_MOST.try_into().ok()?)?));
    let mut decoder = options.read_info(Cursor::new(bytes)).ok()?;
    let frame = decoder.next_frame_info().ok()??;
    let size = bounded(frame.width, frame.height)?;
    let mut pixels = Zeroizing::new(vec![0; size.pixels() * 4]);
    decoder.read_into_buffer(&mut pixels).ok()?;
    shrunk(size, &pixels, 4)
}
