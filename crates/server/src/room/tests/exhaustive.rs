//! All that can happen in small worlds, in every order: three connections and two rooms, every
//! frame, good and bad, every way to lose a connection, and time.
//!
//! The search goes breadth first, so that what it finds comes of the fewest steps. Two states are
//! one if no rule tells them apart (`fingerprint`): counts, hashes and ids are compared, not looked
//! at, and connections are alike but for what they have done. A checker of the field, stateright,
//! would want all of that of us as well, and bring a web server; what is left of it is `search`.

#![allow(clippy::print_stdout, reason = "a search tells how far it went, and what led to a failure")]

mod fingerprint;
mod steps;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::thread;

use super::world::World;
use super::*;
use fingerprint::fingerprint;
use steps::{BEGINNINGS, Step, steps};

/// Two rooms, and a seat for each connection.
const SMALL: Limits = Limits { rooms: 2, members: 3, tombstones: 100, grace: GRACE };

#[test]
fn in_all_small_worlds_everybody_is_answered_by_the_rules_and_sees_the_same() {
    for (name, depth, beginning) in BEGINNINGS {
        let found = search(&beginning(), depth);
        println!("{name}: {found:?} states");
    }
}

mod patience {
    use super::*;

    #[test]
    #[ignore = "takes ten times as long, which is five minutes of a processor"]
    fn in_all_larger_worlds_everybody_is_answered_by_the_rules_and_sees_the_same() {
        for (name, depth, beginning) in BEGINNINGS {
            let found = search(&beginning(), depth + 1);
            println!("{name}: {found:?} states");
        }
    }
}

/// Does everything that can be done behind a beginning, so many steps deep, and returns how many
/// new states each step has led to. Of a state the way to it is kept, which takes less memory.
fn search(beginning: &[Step], depth: usize) -> Vec<usize> {
    VERDICTS.set(Some(HashMap::new()));
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    let mut frontier = vec![beginning.to_vec()];
    for left in (0..depth).rev() {
        let (mut next, mut new) = (Vec::new(), 0);
        for way in frontier {
            let mut world = World::new(SMALL);
            for step in &way {
                world.step(step);
            }
            for step in steps(&world) {
                let told = Told { way: &way, step: &step };
                let mut after = world.clone();
                after.step(&step);
                drop(told);
                if seen.insert(fingerprint(&after)) {
                    new += 1;
                    if left > 0 {
                        next.push([&way[..], &[step]].concat());
                    }
                }
            }
        }
        found.push(new);
        frontier = next;
    }
    found
}

/// Tells what has led to a failure.
struct Told<'a> {
    way: &'a [Step],
    step: &'a Step,
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            println!("after {:#?}\nthis went wrong: {:#?}", self.way, self.step);
        }
    }
}

thread_local! {
    /// The verdicts of this thread's search on signatures; nothing outside one.
    static VERDICTS: RefCell<Option<HashMap<Vec<u8>, bool>>> = const { RefCell::new(None) };
    static QUESTIONS: Cell<usize> = const { Cell::new(0) };
}

/// How many such questions something asks.
pub(super) fn questions(ask: impl FnOnce()) -> usize {
    let before = QUESTIONS.get();
    ask();
    QUESTIONS.get() - before
}

/// What a search was answered to this question before, or is now.
pub(in super::super) fn remembered(question: Vec<u8>, verdict: impl FnOnce() -> bool) -> bool {
    QUESTIONS.set(QUESTIONS.get() + 1);
    VERDICTS.with_borrow_mut(|verdicts| match verdicts {
        Some(verdicts) => *verdicts.entry(question).or_insert_with(verdict),
        None => verdict(),
    })
}

impl Clone for World {
    fn clone(&self) -> Self {
        let World { rooms, limits, now, views, observers, stays, turns, is_closing, is_draining } = self;
        let (rooms, views, observers) = (rooms.clone(), views.clone(), observers.clone());
        let (stays, turns) = (stays.clone(), turns.clone());
        let (is_closing, is_draining) = (*is_closing, *is_draining);
        Self { rooms, limits: *limits, now: *now, views, observers, stays, turns, is_closing, is_draining }
    }
}

impl World {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Deed(from, deed) => self.act(*from, deed),
            Step::Closed(from) => self.lose(*from, Event::Closed),
            Step::Broke(from) => self.lose(*from, Event::Broke),
            Step::Ended(from, end) => self.end(*from, *end),
            Step::Wait(time) => self.wait(*time),
            Step::Announce => self.announce(),
            Step::EndAll => self.end_all(End::Stopped),
        }
        self.check_rooms();
    }
}
