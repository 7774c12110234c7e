//! What was typed, and is to be seen no more.

use crossterm::event::{KeyCode, KeyModifiers};

use super::sitting::Sitting;

fn undoes(sitting: &mut Sitting) {
    sitting.presses_with(KeyCode::Char('z'), KeyModifiers::ALT);
    sitting.presses_with(KeyCode::Char('y'), KeyModifiers::CONTROL);
}

/// Something was said before messages disappeared, and something since.
fn with_timer() -> Sitting {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    for typed in ["stays", "/timer 5s", "goes", "/purr ben goes too"] {
        sitting.types(typed);
        sitting.presses(KeyCode::Enter);
    }
    sitting
}

#[test]
fn what_was_said_with_a_timer_goes_from_the_history_with_the_message() {
    let mut sitting = with_timer();
    sitting.passes(4_900);
    for text in ["/purr ben goes too", "goes"] {
        sitting.presses(KeyCode::Up);
        assert_eq!(sitting.typed(), text);
    }
    sitting.presses(KeyCode::Down);
    sitting.presses(KeyCode::Down);
    sitting.passes(200);
    assert!(!sitting.draws().contains("goes"), "{}", sitting.draws());
    sitting.presses(KeyCode::Up);
    assert_eq!(sitting.typed(), "stays");
    sitting.presses(KeyCode::Up);
    assert_eq!(sitting.typed(), "stays");
    assert_eq!(sitting.screen.due(), None);
}

#[test]
fn where_it_was_put_into_the_box_again_what_stood_there_before_comes_back() {
    let mut sitting = with_timer();
    sitting.types("a draft");
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Up);
    assert_eq!(sitting.typed(), "goes");
    sitting.passes(5_100);
    assert_eq!(sitting.typed(), "a draft");
    undoes(&mut sitting);
    assert_eq!(sitting.typed(), "a draft");
}

#[test]
fn what_was_made_of_it_stays_and_nothing_of_it_can_be_undone() {
    let mut sitting = with_timer();
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Up);
    sitting.presses_with(KeyCode::Char('w'), KeyModifiers::CONTROL);
    sitting.types("mine");
    sitting.presses(KeyCode::Left);
    sitting.passes(5_100);
    assert_eq!(sitting.typed(), "mine");
    undoes(&mut sitting);
    assert_eq!(sitting.typed(), "mine");
    sitting.types("X");
    assert_eq!(sitting.typed(), "minXe", "the cursor is where it was");
    // It is amended, and not lost on the way through the history.
    sitting.presses(KeyCode::Up);
    assert_eq!(sitting.typed(), "stays");
    sitting.presses(KeyCode::Down);
    assert_eq!(sitting.typed(), "minXe");
}

#[test]
fn what_is_forgotten_by_a_key_comes_back_by_none() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.types("said");
    sitting.presses(KeyCode::Enter);
    sitting.types("a secret");
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Down);
    sitting.presses_with(KeyCode::Char('c'), KeyModifiers::CONTROL);
    undoes(&mut sitting);
    sitting.presses(KeyCode::Down);
    assert_eq!(sitting.typed(), "");
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Down);
    assert_eq!(sitting.typed(), "");
}

#[test]
fn no_word_for_one_alone_is_undone_or_pasted_where_it_would_be_for_all() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.types("/r a secret");
    sitting.presses_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    sitting.presses(KeyCode::Esc);
    assert!(!sitting.draws().contains("Whispering"));
    undoes(&mut sitting);
    assert_eq!(sitting.typed(), "");
}
