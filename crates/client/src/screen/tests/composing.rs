//! What is typed.

use crossterm::event::{KeyCode, KeyModifiers};

use sanctuary_seal::Random;

use super::sitting::Sitting;
use crate::screen::{Do, HISTORY_MOST, TYPED_MOST};
use crate::session::Session;
use crate::session::tests::world::entry;

#[test]
fn what_is_typed_is_said_and_comes_back_from_the_history() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    for text in ["one", "two"] {
        sitting.types(text);
        sitting.presses(KeyCode::Enter);
    }
    assert_eq!(sitting.world.shown(1), ["ada: one", "ada: two"]);
    assert_eq!(sitting.typed(), "");
    sitting.types("three");
    for (key, text) in [
        (KeyCode::Up, "two"),
        (KeyCode::Up, "one"),
        (KeyCode::Up, "one"),
        (KeyCode::Down, "two"),
        (KeyCode::Down, "three"),
        (KeyCode::Down, "three"),
    ] {
        sitting.presses(key);
        assert_eq!(sitting.typed(), text);
    }
}

#[test]
fn what_is_typed_on_the_way_in_is_there_once_one_is_in() {
    let mut sitting = Sitting::of(&["ada"], 80, 24);
    let (early, _) = Session::new(entry("ada", true), Random::from_system().unwrap(), 0);
    let inside = std::mem::replace(&mut sitting.world.players[0].session, early);
    assert!(sitting.draws().contains("Making keys"));
    sitting.types("early");
    sitting.presses(KeyCode::Enter);
    sitting.world.players[0].session = inside;
    assert!(sitting.draws().contains("> early"));
}

#[test]
fn the_history_is_bounded() {
    let mut sitting = Sitting::of(&["ada"], 80, 24);
    for at in 0..=HISTORY_MOST {
        sitting.types(&format!("/number {at}"));
        sitting.takes(crate::typed::Taken::Taken);
    }
    for _ in 0..HISTORY_MOST {
        sitting.presses(KeyCode::Up);
    }
    assert_eq!(sitting.typed(), "/number 1");
    sitting.presses(KeyCode::Up);
    assert_eq!(sitting.typed(), "/number 1");
}

#[test]
fn what_is_not_taken_stays_in_the_box() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.types("/purr carl psst");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.typed(), "/purr carl psst");
    assert!(sitting.draws().contains("Nobody called carl is here."));
}

#[test]
fn changes_are_undone_and_done_again() {
    let mut sitting = Sitting::of(&["ada"], 80, 24);
    sitting.types("one two");
    sitting.presses_with(KeyCode::Char('w'), KeyModifiers::CONTROL);
    assert_eq!(sitting.typed(), "one ");
    sitting.presses_with(KeyCode::Char('7'), KeyModifiers::CONTROL);
    assert_eq!(sitting.typed(), "one two");
    sitting.presses_with(KeyCode::Char('y'), KeyModifiers::ALT);
    assert_eq!(sitting.typed(), "one ");
}

#[test]
fn commands_and_aliases_are_completed_one_after_the_other() {
    let mut sitting = Sitting::of(&["ada", "ben", "berta"], 80, 24);
    sitting.types("/lo");
    sitting.presses(KeyCode::Tab);
    assert_eq!(sitting.typed(), "/lock");
    sitting.presses_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    sitting.types("／KE");
    sitting.presses(KeyCode::Tab);
    assert_eq!(sitting.typed(), "/keeper ");
    sitting.presses_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    sitting.types("hello @BER");
    sitting.presses(KeyCode::Tab);
    assert_eq!(sitting.typed(), "hello @berta ");
    sitting.presses_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    sitting.types("/purr B");
    for name in ["ben", "berta", "ben"] {
        sitting.presses(KeyCode::Tab);
        assert_eq!(sitting.typed(), format!("/purr {name} "));
    }
    sitting.presses(KeyCode::BackTab);
    assert_eq!(sitting.typed(), "/purr berta ");
    sitting.types("x");
    sitting.presses(KeyCode::Tab);
    assert_eq!(sitting.typed(), "/purr berta x");
}

#[test]
fn several_lines_that_are_pasted_are_asked_about() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.pastes("one line\n");
    assert_eq!(sitting.typed(), "one line");
    sitting.pastes("two\r\nlines\r\n");
    insta::assert_snapshot!(sitting.draws());
    assert_eq!(sitting.typed(), "one line");
    sitting.presses(KeyCode::Esc);
    assert_eq!(sitting.typed(), "one line");
    sitting.pastes(" and two\r\nlines\u{1b}[2J\r\n");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.typed(), "one line and two\nlines[2J");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(1), ["ada: one line and two<br>lines[2J"]);
}

#[test]
fn no_more_is_put_into_the_box_than_fits() {
    for (length, fits) in [(TYPED_MOST - 2, true), (TYPED_MOST - 1, true), (TYPED_MOST, false)] {
        let mut sitting = Sitting::of(&["ada"], 80, 24);
        sitting.pastes(&"x".repeat(length));
        assert_eq!(sitting.typed().is_empty(), !fits, "{length}");
        assert_eq!(sitting.draws().contains("too long to be pasted"), !fits, "{length}");
    }
}

#[test]
fn a_message_is_selected_answered_reacted_to_and_taken_back() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.says(1, "first");
    sitting.says(0, "second");
    sitting.draws();
    let (first, second) = (sitting.world.key(0, "first"), sitting.world.key(0, "second"));
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    insta::assert_snapshot!(sitting.draws());
    sitting.presses(KeyCode::Char('u'));
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Char('e'));
    assert!(sitting.draws().contains("1 👍"), "{}", sitting.draws());
    sitting.presses(KeyCode::Char('2'));
    sitting.presses(KeyCode::Char('e'));
    sitting.types(":rocket:");
    sitting.presses(KeyCode::Enter);
    let react = |emoji: &str| Do::React(first, emoji.to_owned());
    assert_eq!(sitting.wanted, [Do::Unsend(second), react("❤️"), react("🚀")]);
    sitting.presses(KeyCode::Char('a'));
    assert!(sitting.draws().contains("Answering ben"), "{}", sitting.draws());
    sitting.types("yes");
    sitting.presses(KeyCode::Enter);
    assert!(sitting.world.shown(1).last().unwrap().starts_with("ada: yes (answers Some("));
    assert!(sitting.draws().contains("↳ ben: first"), "{}", sitting.draws());
}

#[test]
fn a_whisper_is_answered_by_a_whisper() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("yes");
    sitting.presses(KeyCode::Enter);
    assert!(sitting.world.shown(1).last().unwrap().starts_with("ada whispers: yes"));
    assert!(sitting.world.shown(2).is_empty());
}

#[test]
fn a_whisper_that_comes_back_from_the_history_is_none_for_all() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    assert!(sitting.draws().contains("Whispering to ben alone"), "{}", sitting.draws());
    sitting.types("a secret");
    sitting.presses(KeyCode::Enter);
    sitting.types("for all");
    sitting.presses(KeyCode::Enter);
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Up);
    assert!(sitting.draws().contains("Whispering to ben alone"), "{}", sitting.draws());
    sitting.presses(KeyCode::Enter);
    assert!(sitting.world.shown(1).last().unwrap().starts_with("ada whispers: a secret"));
    // The next is for all again, and a whisper that is given up is said to nobody.
    assert!(!sitting.draws().contains("Whispering"), "{}", sitting.draws());
    sitting.presses(KeyCode::Up);
    sitting.types(", and more");
    sitting.presses(KeyCode::Esc);
    sitting.presses_with(KeyCode::Char('z'), KeyModifiers::ALT);
    sitting.presses_with(KeyCode::Char('y'), KeyModifiers::CONTROL);
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(2), ["ada: for all"]);
}

#[test]
fn a_whisper_that_is_being_typed_is_put_aside_where_another_line_is_answered() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 24);
    sitting.says(2, "for everybody");
    sitting.says(1, "/purr ada psst");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("a secret");
    // The line before is one for all.
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Enter);
    assert!(sitting.draws().contains("Answering cleo"), "{}", sitting.draws());
    sitting.presses(KeyCode::Enter);
    assert!(sitting.world.shown(2).iter().all(|line| !line.contains("secret")));
    sitting.presses(KeyCode::Up);
    assert!(sitting.draws().contains("Whispering to ben alone"), "{}", sitting.draws());
    sitting.presses(KeyCode::Enter);
    assert!(sitting.world.shown(1).last().unwrap().starts_with("ada whispers: a secret"));
    assert!(sitting.world.shown(2).iter().all(|line| !line.contains("secret")));
}

#[test]
fn a_command_leaves_who_is_written_to_as_it_is() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("/number");
    sitting.presses(KeyCode::Enter);
    assert!(sitting.draws().contains("Whispering to ben alone"), "{}", sitting.draws());
    sitting.types("a secret");
    sitting.presses(KeyCode::Enter);
    assert!(sitting.world.shown(1).last().unwrap().starts_with("ada whispers: a secret"));
    // Last words are for all.
    sitting.presses(KeyCode::Up);
    sitting.presses_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    sitting.types("/exit so long");
    sitting.presses(KeyCode::Enter);
    assert!(sitting.draws().contains("A farewell is read by everybody"), "{}", sitting.draws());
    assert!(sitting.world.shown(2).is_empty());
}

#[test]
fn what_one_does_answers_nothing() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.says(1, "first");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("/me nods");
    sitting.presses(KeyCode::Enter);
    let drawn = sitting.draws();
    assert!(drawn.contains("answers no message") && drawn.contains("> /me nods"), "{drawn}");
    assert!(sitting.world.shown(1).iter().all(|line| !line.contains("nods")));
}

#[test]
fn a_number_is_shown_to_be_compared() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.types("/verify ben");
    sitting.presses(KeyCode::Enter);
    assert!(sitting.draws().contains("y: it is this number"), "{}", sitting.draws());
    sitting.presses(KeyCode::Char('y'));
    let ben = sitting.world.membership(0).people().named("ben")[0].voice.unwrap().to_bytes();
    assert_eq!(sitting.wanted, [Do::Verified(ben, true)]);
    sitting.world.act(0, |session, _| session.act(|room| room.set_verified(ben, true)).unwrap().1);
    assert!(sitting.draws().contains("ben verified"), "{}", sitting.draws());
}

#[test]
fn leaving_is_asked_about_and_what_was_typed_is_forgotten_first() {
    let mut sitting = Sitting::of(&["ada"], 80, 24);
    sitting.types("typed");
    let presses = |sitting: &mut Sitting| sitting.presses_with(KeyCode::Char('c'), KeyModifiers::CONTROL);
    presses(&mut sitting);
    assert_eq!(sitting.typed(), "");
    presses(&mut sitting);
    assert!(sitting.draws().contains("leave the room"));
    sitting.presses(KeyCode::Esc);
    presses(&mut sitting);
    presses(&mut sitting);
    assert_eq!(sitting.wanted, [Do::Leave]);
}
