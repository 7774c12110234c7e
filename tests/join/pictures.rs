//! Pictures on a screen, by the program as it is shipped: its decoders behind all that closes it in.

use std::fs;

use nix::unistd::Pid;
use vt100::Color;

use super::screen::beside;
use super::support::{Daemon, Heard, Member, base64, patiently};
use super::window::Window;

/// The row on the screen that holds a text.
fn row_of(window: &Window, text: &str) -> u16 {
    let rows = window.screen().contents();
    let row = rows.lines().position(|row| row.contains(text)).unwrap_or_else(|| panic!("no {text}: {rows}"));
    u16::try_from(row).unwrap()
}

fn vector(name: &str) -> Vec<u8> {
    fs::read(format!("{}/testdata/pictures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

async fn shows(member: &mut Member, bytes: &[u8], alt: &str) {
    member.say(&format!("<img src=\"data:image/png;base64,{}\" alt=\"{alt}\">", base64(bytes))).await;
    while !matches!(member.next().await, Heard::Message { .. }) {}
}

/// A JPEG whose fourth part has no data, and a WebP that moves, whose first frame is larger than it says: decoders of today
/// end by each.
fn deadly() -> [Vec<u8>; 2] {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xdb, 0, 67, 0];
    jpeg.extend([1; 64]);
    jpeg.extend([0xff, 0xc2, 0, 20, 8, 0, 16, 0, 16, 4]);
    for (part, sampling) in [(1, 0x22), (2, 0x11), (3, 0x11), (4, 0x22)] {
        jpeg.extend([part, sampling, 0]);
    }
    jpeg.extend(b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x01");
    jpeg.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0, 0xff, 0xd9]);

    let still = vector("lossy.webp");
    let at = still.windows(4).position(|name| name == b"VP8 ").unwrap();
    let length = u32::from_le_bytes(still[at + 4..at + 8].try_into().unwrap());
    let frame = &still[at..at + 8 + length.next_multiple_of(2) as usize];
    let mut moves = [0; 16].to_vec();
    moves.extend(b"ALPH\x02\x00\x00\x00\x00\x00");
    moves.extend(frame);
    let mut webp = b"WEBPVP8X\x0a\x00\x00\x00\x12\x00\x00\x00".to_vec();
    webp.extend([0; 6]);
    webp.extend(b"ANIM\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00ANMF");
    webp.extend(u32::try_from(moves.len()).unwrap().to_le_bytes());
    webp.extend(moves);
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(webp.len()).unwrap().to_le_bytes());
    file.extend(webp);
    [jpeg, file]
}

/// Processes that a program has begun and that have ended.
fn ended(program: Pid) -> usize {
    let begun = fs::read_to_string(format!("/proc/{program}/task/{program}/children")).unwrap();
    let has_ended =
        |begun: &&str| fs::read_to_string(format!("/proc/{begun}/stat")).unwrap().contains(") Z ");
    begun.split_whitespace().filter(has_ended).count()
}

#[tokio::test]
async fn a_picture_that_ends_its_decoder_ends_nothing_else() {
    let daemon = Daemon::start().await;
    let (mut member, mut window) = beside(&daemon).await;
    let [jpeg, webp] = deadly();
    for (name, bytes) in [("first", &jpeg), ("second", &webp), ("good", &vector("colours.png"))] {
        shows(&mut member, bytes, name).await;
        window.has(name).await;
    }
    window.reads_until("a picture", |window| window.screen().contents().contains('▀')).await;
    // Files that end no decoder any more would show nothing.
    let have_ended = async {
        while ended(window.pid()) < 2 {
            tokio::task::yield_now().await;
        }
    };
    patiently("the end of two decoders", have_ended).await;
    window.types("here");
    window.has("> here").await;
}

/// Each is drawn below what is said of it, and a terminal that is written to in the meantime takes each key.
#[tokio::test]
async fn pictures_are_drawn_while_keys_are_taken() {
    let daemon = Daemon::start().await;
    let (mut member, mut window) = beside(&daemon).await;
    let mut typed = String::new();
    for name in
        ["colours.png", "progressive.jpg", "baseline.jpg", "lossy.webp", "lossless.webp", "colours.gif"]
    {
        shows(&mut member, &vector(name), name).await;
        typed.push('x');
        window.types("x");
        window.has(&format!("> {typed}")).await;
        window.has(name).await;
        let is_drawn = |window: &Window| {
            let below = row_of(window, name) + 1;
            let corners =
                [(below, 2), (below + 3, 17)].map(|(row, column)| window.screen().cell(row, column));
            let is_of_picture =
                |cell: &vt100::Cell| cell.contents() == "▀" && matches!(cell.bgcolor(), Color::Idx(16..=255));
            corners.iter().all(|corner| corner.is_some_and(is_of_picture))
        };
        window
            .reads_until(name, |window| window.screen().contents().contains(name) && is_drawn(window))
            .await;
    }
    window.types("\u{3}\u{3}\u{3}");
    assert_eq!(window.ends().await, Some(0));
    assert!(window.is_as_before() && !window.screen().contents().contains('▀'), "{}", window.seen);
}
