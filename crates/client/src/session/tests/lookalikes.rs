//! Who can be taken for whom.

use super::super::*;
use super::world::World;
use crate::words;

impl World {
    /// How everybody here is marked for a member.
    fn marks(&self, at: usize) -> Vec<String> {
        let membership = self.membership(at);
        let mark = |person| {
            let mark = membership.lookalike(person).map(words::looks_like)?;
            Some(format!("{} {mark}", person.named))
        };
        membership.people().all().iter().filter_map(mark).collect()
    }

    fn leaves(&mut self, at: usize) {
        self.act(at, |session, now| session.leave(None, now).1);
        self.settle();
    }
}

#[test]
fn each_of_two_that_look_alike_is_marked_with_the_other_and_the_reader_never() {
    let mut world = World::of(&["Bob", "Ada"]);
    assert_eq!(world.marks(0), Vec::<String>::new());
    let other = world.enters("Аԁа", false);
    assert_eq!(world.marks(0), ["Ada looks like Аԁа", "Аԁа looks like Ada"]);
    assert_eq!(world.marks(1), ["Аԁа looks like you"]);
    world.enters("B0b", false);
    assert_eq!(world.marks(0).last().unwrap(), "B0b looks like you");
    world.leaves(other);
    assert_eq!(world.marks(0), ["B0b looks like you"], "nothing of it is left");
    world.types(1, "/alias Ben");
    world.types(1, "/alias BOB.");
    assert_eq!(world.marks(0), ["BOB. looks like you", "B0b looks like you"]);
}

#[test]
fn whoever_looks_like_one_that_has_left_is_marked_while_that_ones_lines_stand() {
    let mut world = World::of(&["bob", "Ada"]);
    world.types(1, "hello");
    world.leaves(1);
    let again = world.enters("ADA", false);
    assert_eq!(world.marks(0), Vec::<String>::new(), "the same alias again is no other");
    world.leaves(again);
    world.enters("Ada.", false);
    assert_eq!(world.marks(0), ["Ada. looks like Ada"]);
    let hello = world.membership(0).lines().shown().find_map(|line| match &line.kind {
        Kind::Said(said) => Some(said.from.clone()),
        _ => None,
    });
    let marked = world.membership(0).lookalike(&hello.unwrap()).map(words::looks_like);
    assert_eq!(marked.as_deref(), Some("looks like Ada."), "its lines are marked as well");
    world.enters("cleo", false);
    assert_eq!(world.marks(0), ["Ada. looks like Ada"]);
}

#[test]
fn an_alias_that_is_a_word_of_the_program_is_called_an_alias() {
    let world = World::of(&["bob", "keeper", "k33per", "Ѕуѕтем"]);
    assert_eq!(world.marks(0), ["keeper a member’s alias", "Ѕуѕтем a member’s alias"]);
}
