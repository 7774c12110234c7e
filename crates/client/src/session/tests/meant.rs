//! Whom names and orders mean, whoever comes, whispers, is renamed or answers late meanwhile.

use sanctuary_wire::{Denial, cbor::NUMBER_MOST};

use super::super::moderation::{AGAIN_MOST_MS, AGAIN_MS};
use super::super::*;
use super::world::{GRACE_MS, World};
use crate::typed::Taken;

/// Two who are called Ben, since the seat of the first is kept while its connection is broken.
fn two_of_an_alias() -> World {
    let mut world = World::of(&["ada", "ben"]);
    world.breaks(1);
    world.enters("Ben", false);
    world.act(1, Session::lost);
    world.passes(2_000);
    for at in 0..3 {
        world.shown(at);
    }
    world
}

fn leaves(world: &mut World, who: usize) {
    world.act(who, |session, now| session.leave(None, now).1);
    world.settle();
}

#[test]
fn a_number_behind_an_alias_that_several_had_is_never_read_as_text() {
    let mut world = two_of_an_alias();
    world.types(0, "/purr ben psst");
    assert_eq!(world.shown(0), ["2 members are called ben. Say which one: ben 1 or ben 2."]);
    world.types(0, "/purr ben 2 3 beers");
    assert_eq!(world.shown(2), ["ada whispers: 3 beers"]);
    leaves(&mut world, 2);
    world.shown(0);
    world.types(0, "/purr ben 2 3 beers");
    assert_eq!(
        world.shown(0),
        ["Nobody called ben 2 is here. Look at the list of members for how it is written."]
    );
    world.types(0, "/purr ben 3 beers");
    assert!(world.shown(0)[0].starts_with("Nobody called ben 3 is here."), "nor any other number");
    world.types(0, "/purr BEN beers");
    assert_eq!(world.shown(1).last().unwrap(), "ada whispers: beers");
    // Of who was always alone nothing else is known than an alias.
    world.enters("cleo", false);
    world.types(0, "/purr cleo 3 beers");
    assert_eq!(world.shown(3).last().unwrap(), "ada whispers: 3 beers");
}

#[test]
fn nobody_takes_the_place_of_the_one_for_whom_a_line_was_begun() {
    for typed in ["/kick ben", "/keeper ben", "/ignore ben", "/verify ben", "/purr ben a secret"] {
        let mut world = World::of(&["ada", "ben"]);
        let names = world.names(0);
        leaves(&mut world, 1);
        let other = world.enters("ben", false);
        world.shown(0);
        assert_eq!(world.types_late(0, typed, &names), Taken::Kept, "{typed}");
        assert!(
            world.shown(0)[0].starts_with("ben is not who it was when you began to write that."),
            "{typed}"
        );
        assert_eq!(world.shown(other), Vec::<String>::new(), "{typed}");
        let names = world.names(0);
        assert_eq!(world.types_late(0, typed, &names), Taken::Taken, "{typed}");
    }
}

#[test]
fn a_number_that_is_another_members_by_now_is_nobodys() {
    let mut world = two_of_an_alias();
    world.breaks(1);
    world.breaks(2);
    world.enters("BEN", false);
    world.act(1, Session::lost);
    world.act(2, Session::lost);
    world.passes(2_000);
    let names = world.names(0);
    leaves(&mut world, 1);
    world.shown(0);
    assert_eq!(world.types_late(0, "/kick ben 2", &names), Taken::Kept);
    let shown = world.shown(0);
    assert!(shown[0].starts_with("ben 2 is not who it was"), "{shown:?}");
    // Nor is a member meant any more that is called otherwise.
    let names = world.names(0);
    world.types(2, "/alias carl");
    assert_eq!(world.types_late(0, "/kick ben 1", &names), Taken::Kept);
    assert_eq!(world.membership(0).people().all().len(), 3);
}

#[test]
fn what_is_whispered_back_goes_to_who_had_whispered_when_it_was_begun() {
    let mut world = World::of(&["ada", "ben", "cleo"]);
    let before = world.names(0);
    world.types(1, "/purr ada psst");
    let names = world.names(0);
    world.types(2, "/purr ada hey");
    world.shown(0);
    world.types_late(0, "/r a secret", &names);
    assert_eq!(world.shown(1).last().unwrap(), "ada whispers: a secret");
    world.types_late(0, "/r a secret", &before);
    assert_eq!(world.shown(0).last().unwrap(), "Nobody has whispered to you.");
    assert_eq!(world.shown(2), ["cleo whispers to ada: hey", "Delivered: hey"]);
}

#[test]
fn a_password_that_was_stretched_too_late_is_none_of_another() {
    let mut world = World::of(&["ada", "ben"]);
    world.players[0].waiting = Some(vec![]);
    world.types(0, "/relock");
    world.players[0].is_cut = true;
    world.loses(0);
    world.passes(GRACE_MS + 1_000);
    world.players[0].is_cut = false;
    world.passes(5_000);
    let shown = world.shown(0);
    assert!(shown.iter().any(|line| line.contains("was not carried out")), "{shown:?}");
    world.types(1, "/keeper ada");
    world.types(0, "/relock");
    let [late, now] = <[_; 2]>::try_from(world.players[0].waiting.clone().unwrap()).unwrap();
    world.shown(0);
    world.derives(0, &late);
    world.settle();
    assert_eq!(world.shown(0), Vec::<String>::new());
    world.derives(0, &now);
    world.settle();
    assert!(world.shown(0)[0].starts_with("ada gave the room a new password"));
    assert_eq!(world.membership(1).invitation().unwrap().password, now);
}

#[test]
fn whatever_a_daemon_says_an_order_is_not_held_for_ever() {
    for (said, held) in [
        (0, AGAIN_MS),
        (AGAIN_MS - 1, AGAIN_MS),
        (AGAIN_MS + 1, AGAIN_MS + 1),
        (AGAIN_MOST_MS - 1, AGAIN_MOST_MS - 1),
        (AGAIN_MOST_MS + 1, AGAIN_MOST_MS),
        (NUMBER_MOST, AGAIN_MOST_MS),
    ] {
        let mut world = World::of(&["ada"]);
        world.types_aside(0, "/lock", &Aim::default());
        let denied = DaemonFrame::Denied { frame: 10, why: Denial::TooFast, retry_ms: said };
        world.players[0].down = [denied.encode()].into();
        world.settle();
        assert_eq!(world.membership(0).due(), Some(world.now + held), "{said}");
    }
}
