//! Who is typing: when it is told, and for how long it is shown.

use super::super::typing::{AFTER_MS, LASTS_MS, PAUSE_MS, TOLD_EACH_MS};
use super::super::*;
use super::world::{GRACE_MS, World};
use crate::words;

impl World {
    /// A key is pressed.
    fn presses(&mut self, at: usize) {
        self.act(at, |session, now| session.act(|membership| membership.types(now)).unwrap().1);
        self.settle();
    }

    /// Keys are pressed until others are told.
    fn begins(&mut self, at: usize) {
        self.presses(at);
        self.passes(AFTER_MS);
        self.presses(at);
    }

    fn typing(&self, at: usize) -> String {
        words::typing(&self.membership(at).typing())
    }

    fn tells_typing(&mut self, at: usize, is_on: bool) {
        self.act(at, |session, _| session.act(|membership| membership.tell_typing(is_on)).unwrap().1);
    }
}

#[test]
fn others_are_told_once_somebody_has_typed_for_a_while() {
    let mut world = World::of(&["ada", "ben", "cleo"]);
    world.presses(0);
    world.passes(AFTER_MS - 1);
    world.presses(0);
    assert_eq!(world.typing(1), "");
    world.passes(1);
    world.presses(0);
    assert_eq!((world.typing(0), world.typing(1)), (String::new(), "ada is typing…".to_owned()));
    world.begins(1);
    assert_eq!(world.typing(2), "ada and ben are typing…");
    assert_eq!(world.shown(2), Vec::<String>::new(), "no line tells it");
    world.passes(LASTS_MS + 1);
    world.presses(0);
    assert_eq!(world.typing(1), "", "who has paused begins anew");
}

#[test]
fn it_is_told_again_only_so_often_and_shown_only_so_long() {
    let mut world = World::of(&["ada", "ben"]);
    world.begins(0);
    let (mut told, ends) = (vec![], world.now + 2 * TOLD_EACH_MS);
    while world.now < ends {
        world.passes(100);
        world.act(0, |session, now| session.act(|membership| membership.types(now)).unwrap().1);
        if !world.players[1].down.is_empty() {
            told.push(ends - world.now);
        }
        world.settle();
    }
    assert_eq!(told, [TOLD_EACH_MS, 0]);
    world.passes(LASTS_MS - 1);
    assert_eq!(world.typing(1), "ada is typing…");
    assert_eq!(world.players[1].session.due(), Some(world.now + 1), "the screen is to be drawn then");
    world.passes(1);
    assert_eq!(world.typing(1), "");
}

#[test]
fn whoever_has_spoken_types_no_more_and_begins_anew() {
    let mut world = World::of(&["ada", "ben"]);
    for typed in ["done", "/me waves", "/purr ben psst"] {
        world.begins(0);
        assert_eq!(world.typing(1), "ada is typing…");
        world.types(0, typed);
        assert_eq!(world.typing(1), "", "{typed}");
        world.passes(TOLD_EACH_MS);
    }
    world.begins(0);
    world.types(0, "done");
    world.passes(TOLD_EACH_MS);
    world.presses(0);
    assert_eq!(world.typing(1), "", "what was sent counts for no other text");
}

#[test]
fn a_notice_that_comes_late_does_not_show_again_who_has_spoken() {
    let mut typing = super::super::typing::Typing::default();
    typing.heard([1; 32], 0);
    typing.said([1; 32], 500);
    for (at, is_shown) in [(500, false), (499 + PAUSE_MS, false), (500 + PAUSE_MS, true)] {
        typing.heard([1; 32], at);
        assert_eq!(!typing.now().is_empty(), is_shown, "{at}");
    }
}

#[test]
fn a_flood_of_notices_shows_one_member_once_and_keeps_nothing_of_who_is_gone() {
    let mut typing = super::super::typing::Typing::default();
    for at in 0..1_000 {
        (0..9).for_each(|voice| typing.heard([voice; 32], at));
    }
    assert_eq!(typing.now().len(), 9);
    typing.keep(&People::default());
    assert_eq!((typing.now(), typing.due()), (vec![], None));
}

#[test]
fn who_does_not_tell_is_not_told_either() {
    let mut world = World::of(&["ada", "ben"]);
    world.tells_typing(0, false);
    world.begins(0);
    world.begins(1);
    assert_eq!((world.typing(0), world.typing(1)), (String::new(), String::new()));
    world.tells_typing(0, true);
    world.passes(TOLD_EACH_MS);
    world.begins(0);
    assert_eq!(world.typing(1), "ada is typing…");
}

#[test]
fn nobody_is_shown_as_typing_who_is_away_ignored_or_gone() {
    let mut world = World::of(&["ada", "ben"]);
    world.begins(1);
    world.types(0, "/ignore ben");
    assert_eq!(world.typing(0), "");
    world.types(0, "/ignore ben");
    assert_eq!(world.typing(0), "ben is typing…");
    world.players[1].is_cut = true;
    world.loses(1);
    world.settle();
    assert_eq!(world.typing(0), "");
    world.players[1].is_cut = false;
    world.passes(2_000);
    world.begins(1);
    assert_eq!(world.typing(0), "ben is typing…");
    world.act(1, |session, now| session.leave(None, now).1);
    world.settle();
    assert_eq!(world.typing(0), "");
}

#[test]
fn nobody_is_told_later_that_somebody_was_typing() {
    let mut world = World::of(&["ada", "ben"]);
    world.players[0].is_cut = true;
    world.loses(0);
    world.begins(0);
    world.players[0].is_cut = false;
    world.passes(2_000);
    assert!(matches!(world.players[0].session.phase(), Phase::Room(_)));
    assert_eq!(world.typing(1), "");
}

#[test]
fn a_notice_that_is_lost_with_the_seat_is_told_to_nobody_and_missed_by_nobody() {
    let mut world = World::of(&["ada", "ben"]);
    world.presses(0);
    world.passes(AFTER_MS);
    world.players[0].is_cut = true;
    world.presses(0);
    world.loses(0);
    world.passes(GRACE_MS + 1_000);
    world.players[0].is_cut = false;
    world.passes(5_000);
    assert!(matches!(world.players[0].session.phase(), Phase::Room(_)));
    let shown = world.shown(0);
    assert!(shown.iter().all(|line| !line.starts_with("What you did")), "{shown:?}");
    assert_eq!(world.typing(1), "");
}

#[test]
fn words_that_wait_are_not_held_up_by_what_is_typed_meanwhile() {
    let mut world = World::of(&["ada", "ben"]);
    world.presses(0);
    world.passes(AFTER_MS);
    world.types_aside(0, "one", &Aim::default());
    for _ in 0..3 {
        world.act(0, |session, now| session.act(|membership| membership.types(now)).unwrap().1);
    }
    world.settle();
    assert_eq!((world.shown(1), world.typing(1)), (vec!["ada: one".to_owned()], String::new()));
}

#[test]
fn times_are_the_pages() {
    let page = include_str!("../../../../../web/src/session/typing.ts");
    let times = [("AFTER", AFTER_MS), ("TOLD_EVERY", TOLD_EACH_MS), ("LASTS", LASTS_MS), ("PAUSE", PAUSE_MS)];
    for (name, time) in times {
        assert!(page.contains(&format!("export const TYPING_{name} = {time};")), "{name}");
    }
}
