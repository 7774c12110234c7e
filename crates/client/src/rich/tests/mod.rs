//! What messages look like in a terminal.

mod bounds;
pub(crate) mod emulator;
mod hostile;
mod shown;
mod vectors;

use super::{Canvas, Colours, lines};

/// As it is read, without looks.
fn drawn(html: &str, width: u16) -> Vec<String> {
    drawn_in(html, width, Colours::Basic)
}

fn drawn_in(html: &str, width: u16, colours: Colours) -> Vec<String> {
    lines(html, Canvas { width, colours }).iter().map(ToString::to_string).collect()
}
