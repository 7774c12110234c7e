//! For whom what is typed is, whoever whispers, comes or goes meanwhile.

use crossterm::event::{KeyCode, KeyModifiers};

use super::sitting::Sitting;
use crate::screen::Waits;
use crate::session::Session;
use crate::session::tests::world::GRACE_MS;

#[test]
fn what_is_whispered_back_is_for_who_had_whispered_at_its_first_letter_and_seen_to_be() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.types("/");
    sitting.says(2, "/purr ada hey");
    sitting.types("R ");
    let drawn = sitting.draws();
    assert!(drawn.contains("Whispering to ben alone") && drawn.contains("» "), "{drawn}");
    sitting.types("a secret");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(1).last().unwrap(), "ada whispers: a secret");
    // It was for one message.
    assert!(!sitting.draws().contains("Whispering"));
    sitting.pastes("／r another");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(2).last().unwrap(), "ada whispers: another");
    sitting.types("for all");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(2).last().unwrap(), "ada: for all");
}

#[test]
fn nobody_is_whispered_back_to_who_whispers_only_meanwhile() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.types("/r a se");
    sitting.says(1, "/purr ada hey");
    sitting.types("cret");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.typed(), "/r a secret");
    assert!(sitting.draws().contains("Nobody has whispered to you."));
    assert!(sitting.world.shown(1).iter().all(|line| !line.contains("secret")));
}

#[test]
fn after_an_answer_to_one_it_goes_on_where_it_was() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.says(2, "tea?");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("/r not now");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(1).last().unwrap(), "ada whispers: not now");
    assert!(sitting.draws().contains("Answering cleo"), "{}", sitting.draws());
    sitting.types("yes");
    sitting.presses(KeyCode::Enter);
    assert!(sitting.world.shown(2).last().unwrap().starts_with("ada: yes (answers Some("));
}

#[test]
fn an_order_is_not_carried_out_on_who_has_taken_a_name_since_it_was_begun() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.types("/purr ben a se");
    sitting.world.act(1, |session, now| session.leave(None, now).1);
    sitting.world.settle();
    let other = sitting.world.enters("ben", false);
    sitting.types("cret");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.typed(), "/purr ben a secret");
    assert!(sitting.draws().contains("ben is not who it was when you began"), "{}", sitting.draws());
    assert!(sitting.world.shown(other).is_empty());
    // Once that is read, names mean what they mean now.
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(other), ["ada whispers: a secret"]);
}

#[test]
fn a_whisper_that_answers_what_was_said_to_a_former_voice_goes_to_the_same_one_and_answers_nothing() {
    let mut sitting = Sitting::of(&["ada", "ben", "cleo"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("said");
    sitting.presses(KeyCode::Enter);
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("unsaid");
    sitting.world.players[0].is_cut = true;
    sitting.world.loses(0);
    let drawn = sitting.draws_while(Waits { tries_in: Some(5), why: None });
    assert!(drawn.contains("Whispering to ben alone") && drawn.contains("Reconnecting"), "{drawn}");
    sitting.passes(GRACE_MS + 1_000);
    sitting.world.players[0].is_cut = false;
    sitting.passes(5_000);
    let drawn = sitting.draws();
    assert!(drawn.contains("That message is not here any more") && drawn.contains("» unsaid"), "{drawn}");
    sitting.types("!");
    assert!(sitting.draws().contains("Whispering to ben alone"));
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(1).last().unwrap(), "ada whispers: unsaid!");
    sitting.presses(KeyCode::Up);
    sitting.presses(KeyCode::Up);
    assert_eq!(sitting.typed(), "said");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(1).last().unwrap(), "ada whispers: said");
    assert!(sitting.world.shown(2).iter().all(|line| !line.contains("said")));
}

#[test]
fn an_answer_to_what_was_taken_back_is_a_message() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.says(1, "tea?");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.presses(KeyCode::Enter);
    sitting.types("yes");
    let key = sitting.world.key(1, "tea?");
    sitting.world.act(1, |session, now| session.act(|member| member.unsend(key, now)).unwrap().1);
    sitting.world.settle();
    let drawn = sitting.draws();
    assert!(drawn.contains("That message is not here any more") && !drawn.contains("Answering"), "{drawn}");
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.world.shown(1).last().unwrap(), "ada: yes");
}

#[test]
fn keys_for_a_message_that_is_taken_back_meanwhile_do_nothing_else() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.says(1, "tea?");
    sitting.types("a draft");
    sitting.draws();
    sitting.presses_with(KeyCode::Up, KeyModifiers::ALT);
    sitting.draws();
    let key = sitting.world.key(1, "tea?");
    sitting.world.act(1, |session, now| session.act(|member| member.unsend(key, now)).unwrap().1);
    sitting.world.settle();
    assert!(sitting.draws().contains("Esc: back to the box"));
    sitting.presses(KeyCode::Enter);
    assert_eq!(sitting.typed(), "a draft");
    assert!(sitting.world.shown(1).iter().all(|line| !line.contains("draft")));
}

#[test]
fn who_is_written_to_is_called_as_it_is_called_now() {
    let mut sitting = Sitting::of(&["ada", "ben"], 80, 24);
    sitting.says(1, "/purr ada psst");
    sitting.types("/r x");
    sitting.says(1, "/alias carl");
    assert!(sitting.draws().contains("Whispering to carl alone"));
    sitting.world.act(1, Session::lost);
    sitting.presses(KeyCode::Esc);
    assert_eq!(sitting.typed(), "");
}
