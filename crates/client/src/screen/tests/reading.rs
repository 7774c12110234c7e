//! How somebody goes through what was said, and is told of what is new.

use crossterm::event::{KeyCode, KeyModifiers};

use super::sitting::Sitting;
use crate::rich::Colours;
use crate::screen::{Bell, MENTIONS_MOST};
use crate::session::Aim;

#[test]
fn whoever_reads_further_up_stays_there_and_is_told_how_much_is_new() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 12);
    for at in 0..40 {
        sitting.says(1, &format!("line {at}"));
    }
    assert!(sitting.draws().contains("line 39"));
    sitting.presses(KeyCode::PageUp);
    let before = sitting.draws();
    assert!(!before.contains("line 39") && before.contains("line 31"), "{before}");
    for at in 40..43 {
        sitting.says(1, &format!("line {at}"));
    }
    let after = sitting.draws();
    assert!(after.contains("3 new – End"), "{after}");
    assert!(after.contains("line 31") && !after.contains("line 39"), "{after}");
    sitting.presses(KeyCode::End);
    let newest = sitting.draws();
    assert!(newest.contains("line 42") && !newest.contains("new – End"), "{newest}");
    for _ in 0..20 {
        sitting.presses(KeyCode::PageUp);
        sitting.draws();
    }
    assert!(sitting.draws().contains("line 0"), "{}", sitting.draws());
    for _ in 0..20 {
        sitting.presses(KeyCode::PageDown);
        sitting.draws();
    }
    assert!(sitting.draws().contains("line 42") && !sitting.draws().contains("newest"));
}

#[test]
fn whatever_was_taken_back_while_it_was_seen_last_leaves_the_rest_in_its_place() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 12);
    for at in 0..40 {
        sitting.says(1, &format!("line {at}"));
    }
    sitting.draws();
    sitting.presses(KeyCode::PageUp);
    sitting.draws();
    let key = sitting.world.key(1, "line 31");
    sitting.world.act(1, |session, now| session.act(|room| room.unsend(key, now)).unwrap().1);
    sitting.world.settle();
    sitting.hears();
    let drawn = sitting.draws();
    assert!(drawn.contains("line 30") && !drawn.contains("line 31"), "{drawn}");
}

/// A flood costs no more for a picture than what is seen in it.
#[test]
fn a_picture_takes_as_long_however_much_was_said_and_no_newest_line_is_lost() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    for round in 0..20 {
        for at in 0..100 {
            sitting.world.types(1, &format!("line {round} {at}"));
        }
        sitting.hears();
        let before = sitting.screen.wraps();
        sitting.types("x");
        let drawn = sitting.draws();
        let cost = sitting.screen.wraps() - before;
        assert!(cost <= 24, "{cost} lines were wrapped for 24 rows");
        assert!(drawn.contains(&format!("line {round} 99")), "{drawn}");
        assert!(drawn.contains(&format!("> {}", "x".repeat(round + 1))), "{drawn}");
    }
    let before = sitting.screen.wraps();
    sitting.draws();
    assert_eq!(sitting.screen.wraps(), before, "nothing has changed");
}

#[test]
fn a_message_is_found_from_the_newest_up() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 12);
    sitting.says(1, "the First needle");
    for at in 0..40 {
        sitting.says(1, &format!("line {at}"));
    }
    sitting.says(1, "the second <b>nee</b>dle");
    let seeks = |sitting: &mut Sitting| {
        sitting.presses(KeyCode::Enter);
        while sitting.screen.is_searching() {
            sitting.screen.search(&sitting.world.players[0].session);
        }
        sitting.draws()
    };
    sitting.presses_with(KeyCode::Char('f'), KeyModifiers::CONTROL);
    sitting.types("NEEDLE");
    assert!(sitting.draws().contains("Search: NEEDLE"));
    assert!(seeks(&mut sitting).contains("the second"));
    assert!(seeks(&mut sitting).contains("the First needle"));
    assert!(seeks(&mut sitting).contains("Nothing more is found above."));
    sitting.presses(KeyCode::Esc);
    sitting.presses(KeyCode::Esc);
    sitting.presses(KeyCode::End);
    assert!(sitting.draws().contains("the second"));
}

#[test]
fn long_messages_are_searched_a_piece_at_a_time() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 12);
    sitting.says(1, "needle");
    let long = "x ".repeat(15_000);
    for _ in 0..30 {
        sitting.says(1, &long);
    }
    sitting.presses_with(KeyCode::Char('f'), KeyModifiers::CONTROL);
    sitting.types("needle");
    sitting.presses(KeyCode::Enter);
    let mut steps = 0;
    while sitting.screen.is_searching() {
        sitting.screen.search(&sitting.world.players[0].session);
        steps += 1;
    }
    assert!((3..=6).contains(&steps), "{steps}");
    assert!(sitting.draws().contains("needle"));
}

#[test]
fn mentions_whispers_and_answers_ring_and_are_gone_back_to() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 12);
    let rings = |sitting: &mut Sitting, typed: &str| {
        let before = sitting.rings;
        sitting.says(1, typed);
        sitting.rings > before
    };
    assert!(!rings(&mut sitting, "hello all"));
    assert!(rings(&mut sitting, "well, ADA?"));
    assert!(!rings(&mut sitting, "adamant"));
    assert!(rings(&mut sitting, "/purr ada psst"));
    sitting.says(0, "said");
    let answers = Aim { to: None, answers: Some(sitting.world.key(1, "said")) };
    sitting.world.types_aside(1, "answered", &answers);
    sitting.world.settle();
    sitting.hears();
    assert_eq!(sitting.rings, 3);
    for at in 0..30 {
        sitting.says(2, &format!("line {at}"));
    }
    for found in ["answered", "psst", "well, ADA?"] {
        sitting.presses(KeyCode::F(3));
        assert!(sitting.draws().contains(found), "{found}: {}", sitting.draws());
    }
    sitting.presses(KeyCode::F(3));
    assert!(sitting.draws().contains("Nothing more names you."));
}

#[test]
fn as_many_mentions_are_kept_as_are_said() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 12);
    for at in 0..=MENTIONS_MOST {
        sitting.says(1, &format!("ada {at}"));
    }
    for _ in 0..MENTIONS_MOST {
        sitting.presses(KeyCode::F(3));
    }
    assert!(!sitting.draws().contains("Nothing more names you."));
    sitting.presses(KeyCode::F(3));
    assert!(sitting.draws().contains("Nothing more names you."));
}

#[test]
fn the_bell_rings_for_all_or_never_as_is_wanted() {
    for (bell, rung) in [(Bell::Off, 0), (Bell::Mentions, 1), (Bell::All, 2)] {
        let mut sitting = Sitting::with(&["ada", "ben"], (80, 12), bell, Colours::None);
        sitting.says(1, "hello all");
        sitting.says(1, "hello ada");
        sitting.says(0, "hello ben");
        assert_eq!(sitting.rings, rung, "{bell:?}");
    }
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 12);
    for told in ["for every message", "is off", "for mentions"] {
        sitting.presses(KeyCode::F(4));
        assert!(sitting.draws().contains(told), "{told}");
    }
}
