//! A picture as half blocks: two pixels a cell, one above the other.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use super::shrink::Shrink;
use super::size::Size;
use super::{CHANNELS, Miniature};
use crate::rich::Colours;

const UPPER: &str = "▀";
const LOWER: &str = "▄";

/// A pixel that covers less than that shows the terminal's own ground, of which no program knows the colour.
const COVERS: u8 = 128;

impl Miniature {
    /// In no more columns and rows of cells, as large as fits; nothing where there are too few colours.
    #[must_use]
    pub fn draw(&self, columns: usize, rows: usize, colours: Colours) -> Vec<Line<'static>> {
        let most = Size { width: columns, height: rows.saturating_mul(2) };
        if !colours.draw_pictures() || most.pixels() == 0 {
            return vec![];
        }
        let to = self.size.within(most);
        let mut small = Shrink::new(self.size, to);
        for row in self.pixels.chunks_exact(self.size.width * CHANNELS) {
            small.row(row, CHANNELS);
        }
        let Some(small) = small.finish() else { return vec![] };
        let rows: Vec<&[u8]> = small.pixels.chunks_exact(to.width * CHANNELS).collect();
        rows.chunks(2).map(|pair| line(pair[0], pair.get(1).copied().unwrap_or_default(), colours)).collect()
    }
}

/// Cells that look the same are drawn as one text.
fn line(upper: &[u8], lower: &[u8], colours: Colours) -> Line<'static> {
    let mut spans: Vec<Span<'static>> = vec![];
    let mut lower = lower.chunks_exact(CHANNELS).map(|pixel| colour(pixel, colours));
    for pixel in upper.chunks_exact(CHANNELS) {
        // A message that is selected is reversed; its picture stays as it is.
        let style = Style::new().remove_modifier(Modifier::REVERSED);
        let (sign, style) = match (colour(pixel, colours), lower.next().flatten()) {
            (None, None) => (" ", style),
            (Some(upper), None) => (UPPER, style.fg(upper)),
            (None, Some(lower)) => (LOWER, style.fg(lower)),
            (Some(upper), Some(lower)) => (UPPER, style.fg(upper).bg(lower)),
        };
        match spans.last_mut() {
            Some(last) if last.style == style && last.content.starts_with(sign) => {
                last.content.to_mut().push_str(sign);
            }
            _ => spans.push(Span::styled(sign, style)),
        }
    }
    Line::from(spans)
}

/// The colour of a pixel, or nothing where what is behind it shows.
fn colour(pixel: &[u8], colours: Colours) -> Option<Color> {
    let [red, green, blue, alpha] = *pixel else { return None };
    match colours {
        _ if alpha < COVERS => None,
        Colours::True => Some(Color::Rgb(red, green, blue)),
        _ => Some(Color::Indexed(indexed([red, green, blue]))),
    }
}

/// Of the palette of 256 the nearest: a cube of six levels each, and greys.
fn indexed(pixel: [u8; 3]) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    const GREYS: u8 = 24;
    let grey = |at: u8| 8 + 10 * at;
    let nearest = |value: u8| (0..6u8).min_by_key(|at| LEVELS[usize::from(*at)].abs_diff(value)).unwrap_or(0);
    let distance = |other: [u8; 3]| -> u32 {
        pixel.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let [red, green, blue] = pixel.map(nearest);
    let in_cube = [red, green, blue].map(|at| LEVELS[usize::from(at)]);
    let nearest_grey = (0..GREYS).min_by_key(|at| distance([grey(*at); 3])).unwrap_or(0);
    if distance([grey(nearest_grey); 3]) < distance(in_cube) {
        232 + nearest_grey
    } else {
        16 + 36 * red + 6 * green + blue
    }
}
