//! A terminal that tells whether it was made to do anything but show text.

use vt100::{Callbacks, Parser, Screen};

/// Every wish that an emulator knows or does not know.
#[derive(Default)]
struct Wishes(Vec<String>);

impl Wishes {
    fn heard(&mut self, wish: impl std::fmt::Debug) {
        self.0.push(format!("{wish:?}"));
    }
}

impl Callbacks for Wishes {
    fn audible_bell(&mut self, _: &mut Screen) {
        self.heard("bell");
    }
    fn visual_bell(&mut self, _: &mut Screen) {
        self.heard("visual bell");
    }
    fn resize(&mut self, _: &mut Screen, size: (u16, u16)) {
        self.heard(size);
    }
    fn set_window_icon_name(&mut self, _: &mut Screen, name: &[u8]) {
        self.heard(("icon", name));
    }
    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.heard(("title", title));
    }
    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], data: &[u8]) {
        self.heard(("copy", data));
    }
    fn paste_from_clipboard(&mut self, _: &mut Screen, _: &[u8]) {
        self.heard("paste");
    }
    fn unhandled_char(&mut self, _: &mut Screen, c: char) {
        if c != char::REPLACEMENT_CHARACTER {
            self.heard(c);
        }
    }
    fn unhandled_control(&mut self, _: &mut Screen, byte: u8) {
        self.heard(byte);
    }
    fn unhandled_escape(&mut self, _: &mut Screen, first: Option<u8>, second: Option<u8>, byte: u8) {
        self.heard((first, second, byte));
    }
    fn unhandled_csi(
        &mut self,
        _: &mut Screen,
        first: Option<u8>,
        second: Option<u8>,
        parameters: &[&[u16]],
        sign: char,
    ) {
        self.heard((first, second, parameters, sign));
    }
    fn unhandled_osc(&mut self, _: &mut Screen, parameters: &[&[u8]]) {
        self.heard(parameters);
    }
}

/// Columns and rows; lines that are shown go on in the next where an emulator takes a sign for wider.
const COLUMNS: u16 = 500;
const ROWS: u16 = 20;

/// Shows lines of text, each where the one before ended, and panics where anything but cells has changed.
pub(crate) fn shows(lines: &[String]) {
    let size = |count| std::num::NonZeroU16::new(count).expect("some");
    let terminal = || Parser::new_with_callbacks(size(ROWS), size(COLUMNS), 0, Wishes::default());
    let mut parser = terminal();
    for line in lines {
        parser.process(line.as_bytes());
        parser.process(b"\r\n");
        assert_eq!(parser.screen().cursor_position().1, 0, "the cursor is elsewhere after {line:?}");
        assert_eq!(parser.callbacks().0, [""; 0], "heard in {line:?}");
    }
    let fresh = terminal();
    assert_eq!(parser.screen().input_mode_formatted(), fresh.screen().input_mode_formatted(), "{lines:?}");
    assert_eq!(parser.screen().attributes_formatted(), fresh.screen().attributes_formatted(), "{lines:?}");
    assert_eq!(parser.screen().hide_cursor(), fresh.screen().hide_cursor(), "{lines:?}");
    assert_eq!(parser.screen().alternate_screen(), fresh.screen().alternate_screen(), "{lines:?}");
    assert_eq!(parser.screen().cursor_style(), fresh.screen().cursor_style(), "{lines:?}");
    // A region that scrolls, and another set of letters, are seen by what comes after.
    let mut fresh = terminal();
    for parser in [&mut parser, &mut fresh] {
        parser.process(b"\x1b[H\x1b[J");
        for _ in 0..ROWS + 2 {
            parser.process(b"lqqk\r\n");
        }
    }
    assert_eq!(parser.screen().contents(), fresh.screen().contents(), "{lines:?}");
    assert_eq!(parser.screen().cursor_position(), fresh.screen().cursor_position(), "{lines:?}");
}
