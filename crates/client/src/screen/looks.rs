//! Colours and marks. Text keeps the terminal's own colours; what is coloured can be told apart without them as well.

use ratatui::style::{Color, Modifier, Style};

use crate::rich::Colours;
use crate::session::Person;

/// Of the palette of 256, whose colours stand for the same in every terminal: as far from black as from white.
const NAMES: [u8; 8] = [29, 63, 98, 130, 131, 163, 28, 132];

/// Where whoever sits there has chosen sixteen: those that are dark on no dark ground, nor light on a light one.
const NAMES_OF_SIXTEEN: [Color; 4] = [Color::Cyan, Color::Green, Color::Magenta, Color::Red];

/// How things look.
#[derive(Clone, Copy, Debug)]
pub struct Looks {
    /// How many colours there are.
    pub colours: Colours,
    /// Seconds by which clocks here are ahead of universal time.
    pub ahead: i32,
}

impl Looks {
    pub(super) fn name(self, person: &Person) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let at = person.voice.map_or(0, |voice| usize::from(voice.to_bytes()[0]));
        match self.colours {
            Colours::None => bold,
            Colours::Basic => bold.fg(NAMES_OF_SIXTEEN[at % NAMES_OF_SIXTEEN.len()]),
            Colours::Indexed | Colours::True => bold.fg(Color::Indexed(NAMES[at % NAMES.len()])),
        }
    }

    pub(super) fn whisper(self) -> Style {
        self.coloured(Color::Magenta).add_modifier(Modifier::BOLD)
    }

    pub(super) fn warning(self) -> Style {
        self.coloured(Color::Red).add_modifier(Modifier::BOLD)
    }

    pub(super) fn code(self) -> Style {
        match self.colours {
            Colours::None => Style::new(),
            _ => Style::new().fg(Color::White).bg(Color::Black),
        }
    }

    /// Where in the day something was said, as clocks here show it.
    pub(super) fn time(self, at: u64) -> String {
        const DAY: i64 = 86_400;
        let seconds = i64::try_from(at / 1_000).unwrap_or(0) % DAY + i64::from(self.ahead);
        let minutes = seconds.rem_euclid(DAY) / 60;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    fn coloured(self, colour: Color) -> Style {
        if self.colours == Colours::None { Style::new() } else { Style::new().fg(colour) }
    }
}

/// What stands beside the matter.
pub(super) const DIM: Style = Style::new().add_modifier(Modifier::DIM);

pub(super) const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);

/// A bar, and what is selected.
pub(super) const REVERSED: Style = Style::new().add_modifier(Modifier::REVERSED);

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of the Web Content Accessibility Guidelines, 1.4.3, by which 3 is enough for what is bold.
    const CONTRAST_LEAST: f64 = 4.1;

    fn luminance(index: u8) -> f64 {
        const LEVELS: [f64; 6] = [0.0, 95.0, 135.0, 175.0, 215.0, 255.0];
        let linear = |level: u8| ((LEVELS[usize::from(level)] / 255.0 + 0.055) / 1.055).powf(2.4);
        let at = index - 16;
        0.2126 * linear(at / 36) + 0.7152 * linear(at / 6 % 6) + 0.0722 * linear(at % 6)
    }

    #[test]
    fn names_stand_out_from_a_dark_ground_and_from_a_light_one() {
        for index in NAMES {
            let luminance = luminance(index);
            let (on_black, on_white) = ((luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05));
            assert!(on_black.min(on_white) >= CONTRAST_LEAST, "{index}: {on_black} {on_white}");
        }
    }

    #[test]
    fn times_are_those_of_the_clocks_here() {
        let at = |ahead, at| Looks { colours: Colours::None, ahead }.time(at);
        assert_eq!(at(0, 1_700_000_000_000), "22:13");
        assert_eq!(at(7_200, 1_700_000_000_000), "00:13");
        assert_eq!(at(-3_600, 0), "23:00");
        assert_eq!(at(i32::MIN, u64::MAX).len(), 5);
    }
}
