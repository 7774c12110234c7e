//! Pictures on the screen: which are decoded, when, and for how long they are kept.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyModifiers};
use data_encoding::BASE64;
use insta::assert_snapshot;
use ratatui::style::{Color, Modifier};

use super::sitting::Sitting;
use crate::picture::Miniature;
use crate::picture::tests::{black, vector};
use crate::rich::{Colours, PICTURES_MOST};
use crate::screen::{
    Bell, PICTURE_ROWS_MOST, PICTURES_KEPT, PIXELS_EACH_SECOND, PIXELS_LEAST, PIXELS_OF_ONE, REST,
    REST_OF_ONE,
};

fn said(bytes: &[u8], alt: &str) -> String {
    format!("<img src=\"data:image/png;base64,{}\" alt=\"{alt}\">", BASE64.encode(bytes))
}

impl Sitting {
    fn of_pictures(size: (u16, u16), colours: Colours) -> Self {
        Self::with(&["ada", "ben", "cleo"], size, Bell::Off, colours)
    }

    /// Decodes the next picture that is due, if one is.
    fn decodes(&mut self, now: Instant) -> bool {
        let picture = self.screen.takes_picture(&self.world.players[0].session, now);
        let Some(picture) = picture else { return false };
        self.screen.made(picture.decode(Miniature::decode), now);
        self.draws();
        true
    }

    /// All that are wanted, however long it takes.
    fn decodes_all(&mut self) -> usize {
        self.draws();
        let mut count = 0;
        while let Some(due) = self.screen.picture_due() {
            assert!(self.decodes(due));
            count += 1;
        }
        count
    }
}

#[test]
fn a_picture_is_drawn_below_what_is_said_of_it_within_its_message() {
    let mut sitting = Sitting::of_pictures((60, 14), Colours::True);
    let picture = said(&vector("colours.png"), "four colours");
    sitting.says(1, &format!("look: {picture} is it not?<blockquote>{picture}</blockquote>"));
    assert_eq!(sitting.decodes_all(), 2);
    assert_snapshot!(sitting.draws());
    let buffer = sitting.terminal.backend().buffer();
    let colours = |x, y| (buffer[(x, y)].fg, buffer[(x, y)].bg);
    let (red, white) = (Color::Rgb(200, 30, 30), Color::Rgb(240, 240, 240));
    assert_eq!(colours(2, 3), (red, red));
    assert_eq!(colours(17, 6), (white, white));
}

#[test]
fn a_picture_that_is_selected_is_seen_as_it_is() {
    let mut sitting = Sitting::of_pictures((60, 14), Colours::Indexed);
    sitting.says(1, &said(&vector("colours.png"), ""));
    sitting.decodes_all();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.draws();
    let buffer = sitting.terminal.backend().buffer();
    let reversed = (6..12).map(|y| buffer[(3, y)].modifier.contains(Modifier::REVERSED));
    assert!(reversed.eq([true, true, false, false, false, false]), "what is said of it alone");
}

#[test]
fn a_picture_takes_half_of_the_rows_and_no_more_than_the_bound() {
    for (height, rows) in [(10, 3), (24, 10), (44, 20), (60, PICTURE_ROWS_MOST)] {
        let mut sitting = Sitting::of_pictures((60, height), Colours::True);
        sitting.says(1, &said(&black(400, 400), ""));
        sitting.decodes_all();
        let drawn = sitting.draws();
        assert_eq!(drawn.lines().filter(|line| line.contains('▀')).count(), rows, "{drawn}");
    }
}

#[test]
fn nothing_is_decoded_where_it_cannot_be_drawn() {
    for (colours, count) in
        [(Colours::None, 0), (Colours::Basic, 0), (Colours::Indexed, 1), (Colours::True, 1)]
    {
        let mut sitting = Sitting::of_pictures((60, 14), colours);
        sitting.says(1, &said(&black(4, 4), "black"));
        assert_eq!(sitting.decodes_all(), count, "{colours:?}");
        assert!(sitting.draws().contains("[picture, 4 × 4: black]"));
    }
    // A broken one is tried once, and goes on being told.
    let mut sitting = Sitting::of_pictures((60, 14), Colours::True);
    sitting.says(1, &said(&black(4, 4)[..40], "broken"));
    assert_eq!((sitting.decodes_all(), sitting.decodes_all()), (1, 0));
    assert!(sitting.draws().contains("[picture, 4 × 4: broken]"));
    // So does one in a table, and one that is too large.
    let table = format!("<table><tr><td>{}<td>x</table>", said(&black(4, 4), ""));
    for html in [table, said(&black(1600, 1601), "")] {
        let mut sitting = Sitting::of_pictures((60, 14), Colours::True);
        sitting.says(1, &html);
        assert_eq!(sitting.decodes_all(), 0);
        assert!(sitting.draws().contains("[picture, "));
    }
}

#[test]
fn of_one_message_no_more_pictures_are_drawn_than_the_bound() {
    for count in [PICTURES_MOST - 1, PICTURES_MOST, PICTURES_MOST + 1] {
        let mut sitting = Sitting::of_pictures((60, 60), Colours::True);
        sitting.says(1, &said(&black(1, 1), "").repeat(count));
        assert_eq!(sitting.decodes_all(), count.min(PICTURES_MOST));
        assert_eq!(sitting.draws().matches("[picture, ").count(), count);
    }
}

/// Decoded once, however often it is drawn; scrolled back to, it is still there.
#[test]
fn pictures_are_decoded_as_they_are_seen_and_as_many_as_the_bound_are_kept() {
    for count in [PICTURES_KEPT - 1, PICTURES_KEPT, PICTURES_KEPT + 1] {
        let mut sitting = Sitting::of_pictures((60, 14), Colours::True);
        for _ in 0..count {
            sitting.says(1, &said(&black(1, 1), ""));
            assert_eq!(sitting.decodes_all(), 1);
            assert_eq!(sitting.decodes_all(), 0, "it is decoded");
        }
        sitting.draws();
        for _ in 0..count {
            sitting.presses(KeyCode::PageUp);
            sitting.draws();
        }
        let again = usize::from(count > PICTURES_KEPT);
        assert_eq!(sitting.decodes_all(), again, "of {count}");
    }
}

#[test]
fn a_window_of_more_pictures_than_are_kept_does_not_decode_for_ever() {
    let mut sitting = Sitting::of_pictures((60, 200), Colours::True);
    for _ in 0..PICTURES_KEPT + 5 {
        sitting.says(1, &said(&black(1, 1), ""));
    }
    assert_eq!(sitting.decodes_all(), PICTURES_KEPT);
    assert_eq!(sitting.screen.view.pictures.count(), PICTURES_KEPT);
}

#[test]
fn nothing_is_left_of_a_picture_whose_line_is_gone() {
    let mut sitting = Sitting::of_pictures((60, 14), Colours::True);
    let html = said(&black(4, 4), "");
    sitting.says(1, &html);
    sitting.says(1, &said(&black(2, 2), ""));
    sitting.decodes_all();
    assert_eq!(sitting.screen.view.pictures.count(), 2);
    let key = sitting.world.key(1, &html);
    sitting.world.act(1, |session, now| session.act(|room| room.unsend(key, now)).unwrap().1);
    sitting.world.settle();
    sitting.hears();
    sitting.draws();
    assert_eq!(sitting.screen.view.pictures.count(), 1);
    // One that was decoded meanwhile is not kept either.
    let html = said(&black(3, 3), "");
    sitting.says(1, &html);
    sitting.draws();
    let due = sitting.screen.picture_due().unwrap();
    let picture = sitting.screen.takes_picture(&sitting.world.players[0].session, due).unwrap();
    let key = sitting.world.key(1, &html);
    sitting.world.act(1, |session, now| session.act(|room| room.unsend(key, now)).unwrap().1);
    sitting.world.settle();
    sitting.hears();
    sitting.screen.made(picture.decode(Miniature::decode), due);
    sitting.draws();
    assert_eq!(sitting.screen.view.pictures.count(), 1);
}

/// Whoever floods uses up its own share, and everybody else's pictures come between.
#[test]
fn a_flood_of_pictures_costs_a_bounded_share_of_the_time() {
    let mut sitting = Sitting::of_pictures((60, 40), Colours::True);
    let large = said(&black(1600, 1600), "flood");
    let (began, mut decoded) = (Instant::now(), 0);
    let seconds = 20;
    for step in 0..seconds * 10 {
        sitting.says(1, &large);
        sitting.draws();
        while sitting.decodes(began + Duration::from_millis(step * 100)) {
            decoded += 1;
        }
    }
    let share = seconds * PIXELS_OF_ONE / (1600 * 1600);
    assert!((share - 1..=share + 1).contains(&decoded), "{decoded} of {share}");
    let now = began + Duration::from_secs(seconds);
    sitting.says(2, &said(&black(8, 8), "of another"));
    sitting.draws();
    while sitting.decodes(now + Duration::from_millis(1600 * 1600 * 1000 / PIXELS_EACH_SECOND)) {}
    let drawn = sitting.draws();
    let at = drawn.lines().position(|line| line.contains("of another")).unwrap();
    assert!(drawn.lines().nth(at + 1).unwrap().contains('▀'), "{drawn}");
}

#[test]
fn small_pictures_cost_something_too() {
    let mut sitting = Sitting::of_pictures((60, 40), Colours::True);
    for _ in 0..3 {
        sitting.says(1, &said(&black(1, 1), ""));
    }
    sitting.draws();
    let began = sitting.screen.picture_due().unwrap();
    assert!(sitting.decodes(began));
    let each = Duration::from_millis(PIXELS_LEAST * 1000 / PIXELS_OF_ONE);
    assert!(!sitting.decodes(began + each.checked_sub(Duration::from_millis(1)).unwrap()));
    assert!(sitting.decodes(began + each));
}

/// What a picture says of itself may be false.
#[test]
fn a_picture_is_paid_for_by_the_time_that_it_took() {
    let took = Duration::from_secs(1);
    for (senders, rest) in [([1, 2], REST), ([1, 1], REST_OF_ONE)] {
        let mut sitting = Sitting::of_pictures((60, 40), Colours::True);
        for by in senders {
            sitting.says(by, &said(&black(1, 1), ""));
        }
        sitting.draws();
        let began = sitting.screen.picture_due().unwrap();
        let session = &sitting.world.players[0].session;
        let picture = sitting.screen.takes_picture(session, began).unwrap();
        sitting.screen.made(picture.decode(Miniature::decode), began + took);
        sitting.draws();
        assert_eq!(sitting.screen.picture_due(), Some(began + took + took * rest), "{senders:?}");
    }
}
