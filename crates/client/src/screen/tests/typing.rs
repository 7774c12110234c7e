//! Who is typing, as the screen tells it.

use crossterm::event::{KeyCode, KeyModifiers};

use super::sitting::Sitting;
use crate::screen::Do;
use crate::session::Aim;

/// Ben types for some time.
fn types(sitting: &mut Sitting) {
    for _ in 0..2 {
        sitting.world.act(1, |session, now| session.act(|membership| membership.types(now)).unwrap().1);
        sitting.world.settle();
        sitting.world.passes(1_000);
    }
}

fn told(sitting: &mut Sitting) -> bool {
    sitting.draws().contains("ben is typing…")
}

#[test]
fn who_is_typing_stands_above_the_box_until_it_has_spoken_and_is_no_line() {
    let mut sitting = Sitting::of(&["ada", "ben"], 40, 10);
    types(&mut sitting);
    assert!(told(&mut sitting));
    sitting.says(1, "hello");
    assert!(!told(&mut sitting));
    assert!(!sitting.draws().contains("typing"));
}

#[test]
fn others_are_told_of_what_is_typed_for_all_and_of_nothing_else() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    for (typed, notices) in [("hi all", 6), ("/purr ben psst", 0), ("/me waves", 0), ("//slash", 6)] {
        sitting.notices = 0;
        sitting.types(typed);
        assert_eq!(sitting.notices, notices, "{typed}");
        sitting.presses_with(KeyCode::Char('c'), KeyModifiers::CONTROL);
    }
    sitting.says(1, "/purr ada psst");
    sitting.notices = 0;
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Char('a'));
    sitting.types("for you alone");
    assert_eq!(sitting.notices, 0, "an answer to a whisper");
    sitting.presses_with(KeyCode::Char('f'), KeyModifiers::CONTROL);
    sitting.types("sought");
    assert_eq!(sitting.notices, 0, "a search");
}

#[test]
fn typing_is_told_or_not_by_a_key() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    for (key, modifiers, tells) in
        [(KeyCode::F(6), KeyModifiers::NONE, false), (KeyCode::Char('t'), KeyModifiers::ALT, true)]
    {
        sitting.presses_with(key, modifiers);
        assert_eq!(sitting.wanted.pop(), Some(Do::TellTyping(tells)));
        sitting.world.act(0, |session, _| session.act(|membership| membership.tell_typing(tells)).unwrap().1);
        let seen = sitting.draws();
        assert_eq!(seen.contains("typing not told"), !tells, "{seen}");
        assert_eq!(seen.contains("Nobody is told that you are typing"), !tells, "{seen}");
    }
    sitting.world.types_aside(0, "hello", &Aim::default());
    sitting.world.settle();
    types(&mut sitting);
    sitting.presses(KeyCode::Esc);
    assert!(told(&mut sitting));
}
