//! Pictures on a screen, by the program as it is shipped: its decoders behind all that closes it in.

use std::fs;

use vt100::Color;

use super::joined::link;
use super::support::{Daemon, Heard, Member, base64};
use super::window::Window;

/// The row on the screen that holds a text.
fn row_of(window: &Window, text: &str) -> u16 {
    let rows = window.screen().contents();
    let row = rows.lines().position(|row| row.contains(text)).unwrap_or_else(|| panic!("no {text}: {rows}"));
    u16::try_from(row).unwrap()
}

/// Each is drawn below what is said of it, and a terminal that is written to in the meantime takes each key.
#[tokio::test]
async fn pictures_are_drawn_while_keys_are_taken() {
    let daemon = Daemon::start().await;
    let mut member = Member::create(daemon.address(), "Ada").await;
    let link = link(&format!("http://{}/", daemon.address()));
    let mut window = Window::open(&["--alias", "ben", &link]).await;
    window.has("2 here").await;
    assert!(matches!(member.next().await, Heard::Joined(..)));
    let mut typed = String::new();
    for name in
        ["colours.png", "progressive.jpg", "baseline.jpg", "lossy.webp", "lossless.webp", "colours.gif"]
    {
        let bytes = fs::read(format!("{}/testdata/pictures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let packed = base64(&bytes);
        member.say(&format!("<img src=\"data:image/png;base64,{packed}\" alt=\"{name}\">")).await;
        assert!(matches!(member.next().await, Heard::Message { .. }));
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
