//! Pictures of each kind, and what is made of those that are meant to do harm.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use ratatui::style::Color;

use super::*;
use crate::rich::Colours;
use crate::rich::tests::emulator;

/// The quarters of each of the vectors, which is 16 pixels wide and 8 high.
const QUARTERS: [[u8; 3]; 4] = [[200, 30, 30], [30, 160, 60], [40, 60, 200], [240, 240, 240]];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/pictures")
}

pub(crate) fn vector(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn vectors() -> Vec<(String, Vec<u8>)> {
    let names = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), vector(&name))).collect()
}

/// A PNG of no colours, as its first bytes and its rows make it.
pub(crate) fn png(size: (u32, u32), interlaced: bool, rows: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(data);
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length, kind, data, &sum.sum().to_be_bytes()].concat()
    };
    let mut packed = ZlibEncoder::new(vec![], Compression::fast());
    packed.write_all(rows).unwrap();
    let header =
        [&size.0.to_be_bytes()[..], &size.1.to_be_bytes(), &[8, 0, 0, 0, u8::from(interlaced)]].concat();
    let chunks = [chunk(b"IHDR", &header), chunk(b"IDAT", &packed.finish().unwrap()), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

/// One that is black.
pub(crate) fn black(width: u32, height: u32) -> Vec<u8> {
    png((width, height), false, &vec![0; (width as usize + 1) * height as usize])
}

/// The pixel in the middle of each quarter.
fn quarters(miniature: &Miniature) -> Vec<[u8; 4]> {
    let Size { width, height } = miniature.size;
    let at = |x: usize, y: usize| {
        let at = (y * width + x) * CHANNELS;
        miniature.pixels[at..at + CHANNELS].try_into().unwrap()
    };
    let (left, right, top, bottom) = (width / 4, width * 3 / 4, height / 4, height * 3 / 4);
    vec![at(left, top), at(right, top), at(left, bottom), at(right, bottom)]
}

fn is_near(one: u8, other: u8) -> bool {
    one.abs_diff(other) < 24
}

#[test]
fn each_kind_is_decoded_and_stands_upright() {
    for (name, bytes) in vectors() {
        let miniature = Miniature::decode(&bytes).unwrap_or_else(|| panic!("{name} is not decoded"));
        assert_eq!(miniature.size, Size { width: 16, height: 8 }, "{name}");
        for (at, (shown, quarter)) in quarters(&miniature).into_iter().zip(QUARTERS).enumerate() {
            let is_clear = name.contains("alpha") && at == 3;
            assert_eq!(shown[3] == 0, is_clear, "{name} {at}: {shown:?}");
            let [red, green, blue] = quarter.map(u32::from);
            // ITU-R BT.601.
            let grey = u8::try_from((299 * red + 587 * green + 114 * blue) / 1000).unwrap();
            let meant = if name.starts_with("grey") { [grey; 3] } else { quarter };
            let is_meant = shown.iter().zip(meant).all(|(shown, meant)| is_near(*shown, meant));
            assert!(is_meant || is_clear, "{name} {at}: {shown:?} for {meant:?}");
        }
    }
}

/// Adam7 (PNG, third edition, 8.2): of four by four pixels four passes hold some.
#[test]
fn a_png_of_interlaced_rows_is_put_together() {
    let rows = [[0, 10].as_slice(), &[0, 30], &[0, 20, 40], &[0, 15, 35], &[0, 25, 45]].concat();
    let rows = [rows, vec![0, 1, 2, 3, 4, 0, 5, 6, 7, 8]].concat();
    assert!(Miniature::decode(&png((4, 4), true, &rows)).is_some());
    assert!(Miniature::decode(&png((4, 4), true, &rows[..rows.len() - 1])).is_none());
}

#[test]
fn pixels_are_bounded_before_any_is_decoded() {
    let width = 1600;
    assert_eq!(PIXELS_MOST, width as usize * width as usize);
    for (height, is_decoded) in [(width - 1, true), (width, true), (width + 1, false)] {
        let decoded = Miniature::decode(&black(width, height));
        assert_eq!(decoded.map(|it| it.size.height).is_some(), is_decoded, "{height}");
        let size = Size { width: width as usize, height: height as usize };
        assert_eq!(Miniature::is_small_enough(size), is_decoded);
        let rows = vec![0; (width as usize + 16) * 2 * height as usize];
        assert_eq!(Miniature::decode(&png((width, height), true, &rows)).is_some(), is_decoded, "{height}");
    }
    assert_eq!(Miniature::decode(&black(2_000_000, 1)).unwrap().size, Size { width: 192, height: 1 });
    assert_eq!(Miniature::decode(&black(1, 2_000_000)).unwrap().size, Size { width: 1, height: 112 });
}

#[test]
fn bytes_are_bounded() {
    for (length, is_decoded) in [(BYTES_MOST - 1, true), (BYTES_MOST, true), (BYTES_MOST + 1, false)] {
        let mut bytes = black(4, 4);
        bytes.resize(length, 0);
        assert_eq!(Miniature::decode(&bytes).is_some(), is_decoded, "{length}");
    }
}

/// Where a marker of a JPEG stands.
fn places(bytes: &[u8], marker: u8) -> Vec<usize> {
    (0..bytes.len() - 1).filter(|at| bytes[*at..*at + 2] == [0xff, marker]).collect()
}

#[test]
fn a_jpeg_goes_over_its_pixels_no_more_often_than_the_bound() {
    let bytes = vector("progressive.jpg");
    let scans = places(&bytes, 0xda);
    // The first scan, of the coarsest, begins anew as often as it comes.
    let tables = places(&bytes, 0xc4);
    let end = *tables.iter().find(|at| **at > scans[0]).unwrap();
    for (count, is_decoded) in [(SCANS_MOST - 1, true), (SCANS_MOST, true), (SCANS_MOST + 1, false)] {
        let repeated = bytes[scans[0]..end].repeat(count - scans.len());
        let bytes = [&bytes[..scans[0]], &repeated, &bytes[scans[0]..]].concat();
        assert_eq!(places(&bytes, 0xda).len(), count);
        assert_eq!(Miniature::decode(&bytes).is_some(), is_decoded, "{count}");
    }
}

/// Says that a test is the one that has little memory.
const INSIDE: &str = "SANCTUARY_TEST_INSIDE";

/// Kilobytes that it may have, the program and its threads among them.
const LITTLE: usize = 350_000;

/// A few bytes say that they are gigabytes of pixels, each in the words of its kind: whoever takes as much ends here.
#[test]
fn no_picture_makes_the_program_take_what_it_says_it_is() {
    if std::env::var_os(INSIDE).is_none() {
        let mut again = Command::new("sh");
        again.arg("-c").arg(format!("ulimit -v {LITTLE}; exec \"$0\" --exact --test-threads=1 \"$1\""));
        again.arg(std::env::current_exe().unwrap());
        again.arg("picture::tests::no_picture_makes_the_program_take_what_it_says_it_is");
        let output = again.env(INSIDE, "1").output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && told.contains("1 passed"), "{told}");
        return;
    }
    let most = u16::MAX.to_be_bytes();
    let mut bombs = vec![png((u32::MAX >> 1, u32::MAX >> 1), false, &[0]), png((65_535, 65_535), true, &[0])];
    for name in ["baseline.jpg", "progressive.jpg"] {
        let mut bytes = vector(name);
        let frame = [places(&bytes, 0xc0), places(&bytes, 0xc2)].concat()[0];
        bytes[frame + 5..frame + 9].copy_from_slice(&[most, most].concat());
        bombs.push(bytes);
    }
    let mut gif = vector("colours.gif");
    let frame = gif.iter().rposition(|byte| *byte == 0x2c).unwrap();
    gif[frame + 5..frame + 9].fill(0xff);
    bombs.push(gif);
    let mut lossy = vector("lossy.webp");
    lossy[26..30].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    bombs.push(lossy);
    // The whole is small, and its frame is not.
    let mut extended = vector("alpha.webp");
    let frame = extended.windows(4).position(|mark| mark == b"VP8 ").unwrap();
    extended[frame + 14..frame + 18].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    bombs.push(extended);
    let mut lossless = vector("lossless.webp");
    lossless[21..25].copy_from_slice(&[0xff, 0xff, 0xff, 0x0f]);
    bombs.push(lossless);
    for (at, bomb) in bombs.iter().enumerate() {
        assert!(Miniature::decode(bomb).is_none(), "{at}");
    }
}

#[test]
fn what_is_cut_off_harms_nobody() {
    for (_, bytes) in vectors() {
        for length in 0..bytes.len() {
            is_harmless(&bytes[..length]);
        }
    }
}

/// Whatever comes of it is cells of the size that was asked for, and a terminal shows them and does nothing else.
fn is_harmless(bytes: &[u8]) {
    let Some(miniature) = Miniature::decode(bytes) else { return };
    assert!(miniature.size.pixels() <= KEPT_MOST.pixels());
    for colours in [Colours::Indexed, Colours::True] {
        let lines = miniature.draw(20, 4, colours);
        assert!(!lines.is_empty() && lines.len() <= 4 && lines.iter().all(|line| line.width() <= 20));
        emulator::shows(&lines.iter().map(ToString::to_string).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_chance_has_changed_harms_nobody(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let vectors = vectors();
        let mut bytes = vectors[which.index(vectors.len())].1.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        is_harmless(&bytes);
    }
}

#[test]
fn it_is_drawn_as_large_as_fits_and_no_larger_than_it_is() {
    let miniature = Miniature::decode(&vector("colours.png")).unwrap();
    for (columns, rows, drawn) in [
        (80, 20, (16, 4)),
        (16, 4, (16, 4)),
        (15, 4, (15, 4)),
        (8, 20, (8, 2)),
        (80, 2, (8, 2)),
        (1, 1, (1, 1)),
    ] {
        let lines = miniature.draw(columns, rows, Colours::True);
        assert_eq!((lines[0].width(), lines.len()), drawn, "{columns} {rows}");
    }
    for (columns, rows, colours) in
        [(0, 9, Colours::True), (9, 0, Colours::True), (9, 9, Colours::Basic), (9, 9, Colours::None)]
    {
        assert!(miniature.draw(columns, rows, colours).is_empty());
    }
}

#[test]
fn colours_are_those_that_the_terminal_has_and_nothing_covers_its_ground() {
    let first = |name: &str, row: usize, at: usize, colours| {
        let lines = Miniature::decode(&vector(name)).unwrap().draw(16, 4, colours);
        let span = &lines[row].spans[at];
        (span.content.to_string(), span.style.fg, span.style.bg)
    };
    let red = Color::Rgb(200, 30, 30);
    assert_eq!(first("colours.png", 0, 0, Colours::True), ("▀".repeat(8), Some(red), Some(red)));
    let red = Color::Indexed(160);
    assert_eq!(first("colours.png", 0, 0, Colours::Indexed), ("▀".repeat(8), Some(red), Some(red)));
    let white = Color::Indexed(255);
    assert_eq!(first("colours.png", 3, 1, Colours::Indexed), ("▀".repeat(8), Some(white), Some(white)));
    assert_eq!(first("alpha.png", 3, 1, Colours::True), (" ".repeat(8), None, None));
}
