//! What is said, whispered, ordered, and what comes of it.

use super::super::*;
use super::world::World;

#[test]
fn what_is_said_is_read_by_all_and_known_to_be_sent() {
    let mut world = World::of(&["ada", "ben", "cleo"]);
    world.types(0, "hello");
    assert_eq!(world.shown(0), ["ada: hello", "Sent: hello"]);
    assert_eq!(world.shown(1), ["ada: hello"]);
    world.types(1, "/me waves");
    assert_eq!(world.shown(2), ["ada: hello", "ben does: waves"]);
}

#[test]
fn a_whisper_is_read_by_one_and_told_to_have_arrived() {
    let mut world = World::of(&["ada", "ben", "cleo"]);
    world.types(0, "/purr ben psst");
    assert_eq!(world.shown(0), ["ada whispers to ben: psst", "Delivered: psst"]);
    assert_eq!((world.shown(1), world.shown(2)), (vec!["ada whispers: psst".to_owned()], vec![]));
    world.types(1, "/r yes?");
    assert_eq!(world.shown(0), ["ben whispers: yes?"]);
    world.types(2, "/r who");
    assert_eq!(world.shown(2), ["Nobody has whispered to you."]);
}

#[test]
fn words_wait_their_turn_whoever_they_are_for() {
    let mut world = World::of(&["ada", "ben"]);
    for text in ["one", "/purr ben two", "three"] {
        world.types_aside(0, text, &Aim::default());
    }
    world.settle();
    world.passes(2_000);
    assert_eq!(world.shown(1), ["ada: one", "ada whispers: two", "ada: three"]);
}

#[test]
fn messages_are_answered_reacted_to_and_taken_back() {
    let mut world = World::of(&["ada", "ben"]);
    world.types(0, "tea?");
    world.shown(0);
    let key = world.key(1, "tea?");
    let aim = Aim { to: None, answers: Some(key) };
    world.types_aside(1, "yes", &aim);
    world.settle();
    let own = world.key(0, "tea?");
    assert_eq!(world.shown(0), [format!("ben: yes (answers {:?})", Some(own))]);
    for (emoji, counted) in [("👍", "tea?: 👍 1"), ("👍", "tea?: ")] {
        world.act(1, |session, now| session.act(|member| member.react(key, emoji, now)).unwrap().1);
        world.settle();
        assert_eq!(world.shown(0), [counted]);
    }
    world.act(1, |session, now| session.act(|member| member.unsend(key, now)).unwrap().1);
    assert_eq!(
        world.shown(1).last().unwrap(),
        "That message is not here any more, or those to whom you write never had it."
    );
    world.act(0, |session, now| session.act(|member| member.unsend(own, now)).unwrap().1);
    world.settle();
    assert_eq!(world.shown(1), ["ada took a message back", "gone"]);
}

#[test]
fn nothing_is_shown_of_a_voice_that_is_ignored_under_whatever_alias() {
    let mut world = World::of(&["ada", "ben", "cleo"]);
    world.types(0, "/ignore ben");
    world.types(1, "/alias Ben2");
    world.shown(0);
    world.types(1, "hello");
    world.types(1, "/purr ada psst");
    assert_eq!(world.shown(0), Vec::<String>::new());
    world.types(0, "/r who");
    assert_eq!(world.shown(0), ["Nobody has whispered to you."]);
    let said = world.key(1, "hello");
    world.act(1, |session, now| session.act(|member| member.unsend(said, now)).unwrap().1);
    world.settle();
    assert_eq!(world.shown(0), ["gone"], "nor of what is taken back");
    world.types(0, "/ignore Ben2");
    world.types(1, "again");
    assert_eq!(world.shown(0), ["You see again what Ben2 says.", "Ben2: again"]);
}

#[test]
fn a_kick_puts_out_and_gives_the_room_a_new_password() {
    let mut world = World::of(&["ada", "ben", "eve"]);
    world.types(0, "/kick eve");
    world.passes(1_000);
    let lines = [
        "ada locked the room: nobody else can enter",
        "eve was kicked by ada",
        "ada gave the room a new password: older invitations let nobody in any more",
        "ada unlocked the room",
    ];
    assert_eq!(world.shown(0), lines);
    assert_eq!(world.shown(1), lines);
    let Phase::Over(Over::Ended(ended)) = world.players[2].session.phase() else { panic!() };
    assert_eq!(
        crate::words::ending(ended),
        "ada put you out of the room. Ask there for a new invitation if you are to come back."
    );
    assert_eq!(world.membership(0).invitation(), world.membership(1).invitation());
    assert_ne!(world.membership(0).invitation().unwrap().password, super::world::password());
    world.types(1, "hello");
    assert!(world.shown(0).contains(&"ben: hello".to_owned()));
}

#[test]
fn who_may_not_is_told_whose_it_is() {
    let mut world = World::of(&["ada", "ben"]);
    for typed in ["/kick ada", "/relock", "/timer 5m", "/stop", "/lock", "/keeper ada"] {
        world.types(1, typed);
        assert!(world.shown(1)[0].starts_with("Only the keeper may do that, and that is ada."), "{typed}");
        world.passes(2_000);
        world.shown(1);
    }
    world.types(0, "/keeper ben");
    assert_eq!(world.shown(1), ["ben keeps the room now, by the word of ada"]);
    world.types(1, "/stop");
    for at in 0..2 {
        assert!(matches!(
            world.players[at].session.phase(),
            Phase::Over(Over::Ended(Ended { ending: Ending::By(sanctuary_wire::End::Stopped), .. }))
        ));
    }
}

#[test]
fn messages_disappear_once_their_time_is_over_and_newcomers_are_told_of_it() {
    let mut world = World::of(&["ada", "ben"]);
    world.types(0, "/timer 5s");
    world.types(1, "soon gone");
    world.shown(0);
    world.passes(4_500);
    assert_eq!(world.shown(0), Vec::<String>::new());
    world.passes(500);
    assert_eq!(world.shown(0), ["gone"]);
    let dora = world.enters("dora", false);
    world.passes(15_000);
    assert_eq!(world.membership(dora).timer(), 5);
    world.types(0, "/timer 8d");
    assert_eq!(world.shown(0).last().unwrap(), "Write /timer 30s/5m/1h/7d/off.");
}

#[test]
fn the_conversation_is_bounded_and_no_message_makes_way_for_what_happens() {
    let mut world = World::of(&["ada", "ben"]);
    world.types(0, "first");
    for _ in 0..EVENTS_MOST + 10 {
        world.types(1, "/number");
    }
    let shown = world.membership(1).lines().shown();
    let (said, other): (Vec<_>, Vec<_>) = shown.partition(|line| matches!(line.kind, Kind::Said(_)));
    assert_eq!((said.len(), other.len()), (1, EVENTS_MOST));
}
