//! Breaks: by the seat, by the door, and too long.

use sanctuary_wire::Rule;

use super::super::*;
use super::world::{GRACE_MS, World, entry};

#[test]
fn what_is_typed_while_the_line_is_broken_is_said_once_it_is_back() {
    let mut world = World::of(&["ada", "ben"]);
    world.players[0].is_cut = true;
    world.loses(0);
    world.types(0, "waits");
    world.types(1, "meanwhile");
    assert!(matches!(world.players[0].session.phase(), Phase::Reconnecting(..)));
    world.players[0].is_cut = false;
    world.passes(1_000);
    assert!(matches!(world.players[0].session.phase(), Phase::Room(_)));
    assert_eq!(
        world.shown(0),
        ["ada: waits", "At most one message passed while you were away", "Sent: waits"]
    );
    assert_eq!(
        world.shown(1),
        ["ada is away for the moment", "ben: meanwhile", "Sent: meanwhile", "ada is back", "ada: waits"]
    );
}

#[test]
fn a_word_that_was_under_way_is_read_once() {
    let mut world = World::of(&["ada", "ben"]);
    for typed in ["under way", "/purr ben psst"] {
        world.types_aside(0, typed, &Aim::default());
        // The daemon has it, and what it answers is lost.
        world.loses(0);
        world.passes(3_000);
        let (read, text) = (world.shown(1), typed.trim_start_matches("/purr ben "));
        assert_eq!(read.iter().filter(|line| line.ends_with(text)).count(), 1, "{read:?}");
        let shown = world.shown(0);
        assert!(shown.iter().any(|line| line.ends_with(text) && line.starts_with(['S', 'D'])), "{shown:?}");
    }
}

#[test]
fn a_seat_that_was_given_up_is_entered_anew_under_the_same_alias_and_the_conversation_goes_on() {
    let mut world = World::of(&["ada", "ben", "cleo"]);
    world.types(1, "before");
    world.types(0, "/ignore cleo");
    world.players[1].is_cut = true;
    world.types_aside(1, "perhaps", &Aim::default());
    world.loses(1);
    world.types(1, "waits");
    world.types(1, "/stop");
    world.passes(GRACE_MS + 1_000);
    world.shown(1);
    world.players[1].is_cut = false;
    world.passes(5_000);
    let shown = world.shown(1);
    assert_eq!(
        shown,
        [
            "Your place was given up while you were away, and you entered anew. No message passed while you were away",
            "Unsure: perhaps",
            "Your place was given up meanwhile: what you had ordered in the room was not carried out. Order it again.",
            "Sent: waits",
        ]
    );
    assert_eq!(world.shown(0).last().unwrap(), "ben: waits");
    // The voice that said it is gone.
    let key = world.key(1, "before");
    world.act(1, |session, now| session.act(|member| member.unsend(key, now)).unwrap().1);
    assert_eq!(world.shown(1), ["You said that before you entered anew: it can’t be taken back any more."]);
    // An ignored voice stays ignored, for who did not go.
    world.types(2, "unseen");
    assert!(!world.shown(0).iter().any(|line| line.contains("unseen")));
}

#[test]
fn a_password_that_the_room_may_have_left_is_never_given_to_it_again() {
    let mut world = World::empty();
    let opening = Some(Opening { rule: Rule::Everyone, code: None });
    world.enters_by(Entry { opening, ..entry("ada", true) });
    world.enters("ben", false);
    let password = |world: &World, at: usize| world.membership(at).invitation().unwrap().password.write();
    let mut left = vec![password(&world, 1)];
    // The daemon has it, and Ada does not hear of it.
    world.types_aside(0, "/relock", &Aim::default());
    world.players[0].is_cut = true;
    world.loses(0);
    world.settle();
    left.push(password(&world, 1));
    world.types(1, "/relock");
    left.push(password(&world, 1));
    world.players[0].is_cut = false;
    world.passes(2_000);
    let last = password(&world, 1);
    assert_eq!(password(&world, 0), last);
    assert!(!left.contains(&last) && left[0] != left[1] && left[1] != left[2]);
}

/// Whoever has entered by it meanwhile stays.
#[test]
fn a_password_that_came_though_the_line_broke_is_not_given_once_more() {
    let mut world = World::of(&["ada", "ben"]);
    world.types_aside(0, "/relock", &Aim::default());
    world.players[0].is_cut = true;
    world.loses(0);
    world.settle();
    let password = |world: &World, at: usize| world.membership(at).invitation().unwrap().password.write();
    let given = password(&world, 1);
    world.players[0].is_cut = false;
    world.passes(10_000);
    assert_eq!((password(&world, 0), password(&world, 1)), (given.clone(), given));
}

#[test]
fn who_is_locked_out_waits_and_comes_in_by_itself() {
    let mut world = World::of(&["ada", "ben"]);
    world.players[1].is_cut = true;
    world.loses(1);
    world.types(0, "/lock");
    world.passes(GRACE_MS + 1_000);
    world.players[1].is_cut = false;
    world.passes(2_000);
    let obstacle = |world: &World| match world.players[1].session.phase() {
        Phase::Reconnecting(_, reconnection) => reconnection.obstacle(),
        _ => None,
    };
    assert_eq!(obstacle(&world), Some(Obstacle::Locked));
    world.types(0, "/unlock");
    world.passes(KNOCK_MS + 1_000);
    assert!(matches!(world.players[1].session.phase(), Phase::Room(_)));
}

#[test]
fn a_room_that_is_gone_is_opened_again_when_somebody_asks_for_it() {
    let mut world = World::of(&["ada"]);
    world.types(0, "/timer 5m");
    world.players[0].is_cut = true;
    world.loses(0);
    world.types(0, "to whom?");
    world.passes(GRACE_MS + 1_000);
    world.players[0].is_cut = false;
    world.passes(2_000);
    let Phase::Reconnecting(_, reconnection) = world.players[0].session.phase() else { panic!() };
    assert_eq!((reconnection.obstacle(), reconnection.is_tried()), (Some(Obstacle::RoomGone), false));
    world.shown(0);
    world.act(0, |session, now| session.retry(true, now));
    world.settle();
    assert_eq!(
        world.shown(0),
        [
            "You opened the room again. Whoever else lost the connection comes by the same invitation.",
            "Failed: to whom?",
        ]
    );
    assert_eq!(world.membership(0).timer(), 0);
    let ben = world.enters("ben", false);
    world.types(ben, "hello");
    assert_eq!(world.shown(0).last().unwrap(), "ben: hello");
}

#[test]
fn after_half_an_hour_all_is_wiped_whatever_is_going_on() {
    let mut world = World::of(&["ada", "ben"]);
    world.players[0].is_cut = true;
    world.loses(0);
    world.passes(RETURN_MS - 1_000);
    assert!(matches!(world.players[0].session.phase(), Phase::Reconnecting(..)));
    world.passes(1_000);
    let Phase::Over(over) = world.players[0].session.phase() else { panic!() };
    assert_eq!(*over, Over::Refused(Refused::BreakOver, 0));
    assert!(world.players[0].session.membership().is_none());
}

#[test]
fn a_daemon_that_falls_silent_and_one_that_shows_no_echo_are_left() {
    let mut world = World::of(&["ada", "ben"]);
    // Nothing comes any more, and no sign of a break.
    world.players[0].is_cut = true;
    world.players[0].down.clear();
    world.passes(29_500);
    assert!(matches!(world.players[0].session.phase(), Phase::Room(_)));
    world.passes(500);
    assert!(matches!(world.players[0].session.phase(), Phase::Reconnecting(..)));

    let mut world = World::of(&["ada", "ben"]);
    world.types_aside(0, "no echo", &Aim::default());
    world.players[0].down.clear();
    world.passes(14_500);
    assert!(matches!(world.players[0].session.phase(), Phase::Room(_)));
    world.passes(1_500);
    assert_eq!(world.shown(0).last().unwrap(), "Sent: no echo");
}

#[test]
fn words_beyond_the_bound_are_not_taken_and_none_is_lost() {
    let mut world = World::of(&["ada", "ben"]);
    world.players[0].is_cut = true;
    world.loses(0);
    for at in 0..WAITING_MOST {
        assert_eq!(world.types_aside(0, &format!("word {at}"), &Aim::default()), crate::typed::Taken::Taken);
    }
    assert!(!world.membership(0).has_room());
    assert_eq!(world.types_aside(0, "one more", &Aim::default()), crate::typed::Taken::Kept);
    world.players[0].is_cut = false;
    world.passes(1_000);
    let read: Vec<_> = world.shown(1).into_iter().filter(|line| line.starts_with("ada: ")).collect();
    assert_eq!(read, (0..WAITING_MOST).map(|at| format!("ada: word {at}")).collect::<Vec<_>>());
}
