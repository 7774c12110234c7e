//! What is seen.

use crossterm::event::{KeyCode, KeyModifiers};
use insta::assert_snapshot;
use ratatui::style::{Color, Modifier};

use super::sitting::Sitting;
use crate::rich::Colours;
use crate::screen::{Bell, Do, Waits};
use crate::session::Aim;

/// A room in which all kinds of things were said.
fn lively(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], width, height);
    sitting.says(1, "hello ada");
    sitting.says(1, "how <b>are</b> you, after all this time that nobody has heard anything of you?");
    sitting.says(2, "/purr ada don't tell ben");
    sitting.says(0, "well, thank you");
    let answers = Aim { to: None, answers: Some(sitting.world.key(1, "well, thank you")) };
    sitting.world.types_aside(1, "good", &answers);
    sitting.world.settle();
    sitting.says(2, "/me waves");
    sitting.says(0, "/purr ben psst");
    sitting.says(0, "/nonsense");
    sitting
}

#[test]
fn a_conversation_is_seen_in_a_small_window() {
    assert_snapshot!(lively(40, 10).draws());
}

#[test]
fn a_conversation_is_seen_in_a_usual_window() {
    assert_snapshot!(lively(80, 24).draws());
}

#[test]
fn a_conversation_is_seen_in_a_wide_window() {
    assert_snapshot!(lively(120, 40).draws());
}

#[test]
fn help_is_seen_in_a_small_window_and_scrolled() {
    let mut sitting = lively(40, 10);
    sitting.presses(KeyCode::F(1));
    let first = sitting.draws();
    sitting.presses(KeyCode::PageDown);
    let next = sitting.draws();
    assert_ne!(first, next);
    for _ in 0..20 {
        sitting.presses(KeyCode::PageDown);
    }
    assert!(sitting.draws().contains("/help"), "{}", sitting.draws());
    sitting.presses(KeyCode::Esc);
    assert!(!sitting.draws().contains("Help"));
    assert_snapshot!(first);
}

#[test]
fn an_invitation_is_seen_with_its_code_where_there_is_place() {
    let mut sitting = lively(80, 30);
    sitting.screen.invite("http://pi.local/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D".to_owned().into());
    assert_snapshot!(sitting.draws());
    let mut small = lively(40, 10);
    small.screen.invite("http://pi.local/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D".to_owned().into());
    assert_snapshot!(small.draws());
}

#[test]
fn members_are_seen_beside_the_conversation_and_in_a_small_window_in_its_place() {
    let mut sitting = lively(40, 10);
    assert!(!sitting.draws().contains("3 here\n"));
    sitting.presses(KeyCode::F(2));
    assert_snapshot!(sitting.draws());
    sitting.presses(KeyCode::F(2));
    assert!(sitting.draws().contains("psst"));
    let mut wide = lively(80, 24);
    assert!(wide.draws().contains("│3 here"));
    wide.presses_with(KeyCode::Char('p'), KeyModifiers::ALT);
    assert!(!wide.draws().contains("│"), "{}", wide.draws());
}

#[test]
fn lookalikes_are_marked_wherever_they_are_named() {
    let mut sitting = Sitting::of(&["ada", "Bob", "вов"], 80, 24);
    sitting.says(2, "hello");
    sitting.says(0, "/purr вов psst");
    let seen = sitting.draws();
    assert!(seen.contains(" вов (looks like Bob)"), "{seen}");
    assert!(seen.contains("whispers to вов (looks like Bob)"), "{seen}");
    assert!(seen.contains("│вов") && seen.contains("│  looks like Bob"), "{seen}");
    assert!(seen.contains("│Bob") && seen.contains("│  looks like вов"), "{seen}");
}

#[test]
fn more_members_than_fit_are_counted() {
    let aliases: Vec<String> = (0..30).map(|at| format!("member{at}")).collect();
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    let mut sitting = Sitting::of(&aliases, 80, 24);
    assert!(sitting.draws().contains("… and 11 more"), "{}", sitting.draws());
}

#[test]
fn without_colours_a_whisper_is_told_apart_all_the_same() {
    let mut sitting = Sitting::with(&["ada", "ben"], (80, 12), Bell::Off, Colours::None);
    sitting.says(1, "/purr ada psst");
    sitting.says(1, "psst");
    let drawn = sitting.draws();
    assert!(drawn.contains("ben whispers to you alone") && drawn.contains("» psst"), "{drawn}");
    let buffer = sitting.terminal.backend().buffer();
    let plain = |cell: &ratatui::buffer::Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
    assert!(buffer.content().iter().all(plain));
    assert!(buffer.content().iter().any(|cell| cell.modifier.contains(Modifier::BOLD)));
}

#[test]
fn nobody_says_what_looks_like_the_programs_own_lines() {
    let mut sitting = Sitting::of(&["ada", "ben"], 60, 16);
    sitting.says(1, "<p>* ada left</p><p>! not sent</p><p>22:13 cleo</p><p>» psst</p><pre>\n\n* x</pre>");
    for line in sitting.draws().lines().skip_while(|line| !line.contains("22:13 ben")) {
        let line = line.trim_start_matches('"');
        let is_own = |start: &str| line.starts_with(start);
        assert!(!["* ", "! ", "22:13 cleo", "» "].into_iter().any(is_own), "{line}");
    }
}

#[test]
fn a_break_shows_how_long_is_waited_and_why_nobody_is_let_in() {
    let mut sitting = lively(80, 24);
    sitting.world.players[0].is_cut = true;
    sitting.world.loses(0);
    sitting.types("typed meanwhile");
    let drawn = sitting.draws_while(Waits { tries_in: Some(4), why: None });
    assert!(drawn.contains("Reconnecting… Next try in 4 s, or by Ctrl+R."), "{drawn}");
    sitting.presses_with(KeyCode::Char('r'), KeyModifiers::CONTROL);
    assert_eq!(sitting.wanted, [Do::Retry { opens: false }]);
    assert!(drawn.contains("> typed meanwhile"), "{drawn}");
}

#[test]
fn whoever_is_stuck_is_asked_what_to_do() {
    let mut sitting = Sitting::of(&["ada"], 80, 24);
    sitting.world.players[0].is_cut = true;
    sitting.world.loses(0);
    sitting.world.passes(200_000);
    sitting.world.players[0].is_cut = false;
    sitting.world.passes(60_000);
    let drawn = sitting.draws();
    assert_snapshot!(drawn);
    for key in ['r', 'o'] {
        sitting.presses_with(KeyCode::Char(key), KeyModifiers::CONTROL);
    }
    assert_eq!(sitting.wanted, [Do::Retry { opens: false }, Do::Retry { opens: true }]);
    sitting.types("or");
    assert!(sitting.draws().contains("> or"), "letters are typed, also the first");
    assert_eq!(sitting.wanted.len(), 2);
}

#[test]
fn an_end_that_came_by_itself_stays_to_be_read() {
    let mut sitting = lively(80, 12);
    sitting.draws();
    assert!(format!("{:?}", sitting.screen).contains("psst"));
    sitting.says(0, "/stop");
    let drawn = sitting.draws();
    assert!(drawn.contains("The room was stopped.") && !drawn.contains("psst"), "{drawn}");
    assert!(!format!("{:?}", sitting.screen).contains("psst"), "it is kept no longer than the room");
    sitting.presses(KeyCode::Char('x'));
    assert_eq!(sitting.wanted, []);
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.wanted, [Do::Leave]);
}

#[test]
fn any_window_can_be_drawn_in() {
    for (width, height) in [(1, 1), (19, 4), (20, 5), (40, 3), (41, 10), (70, 5), (300, 2), (300, 100)] {
        let mut sitting = Sitting::of(&["ada", "ben"], width, height);
        sitting.says(1, "e\u{301} 漢字 👩‍👩‍👧 שלום and much more that has to be wrapped");
        sitting.draws();
        sitting.presses(KeyCode::F(1));
        sitting.draws();
        sitting.presses(KeyCode::Esc);
        sitting.presses(KeyCode::F(2));
        sitting.draws();
        sitting.presses(KeyCode::PageUp);
        sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
        sitting.draws();
    }
}
