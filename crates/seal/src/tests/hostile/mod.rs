//! A daemon that does what it likes with several members, with the password and without, alone and with one of them:
//! what they are shown, and what they are told.

mod forger;
mod relay;
mod watch;

use std::env;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use sanctuary_wire::{Id, Rule};

use super::room::{Players, message};
use super::rooms::other_door;
use super::vectors::bytes;
use forger::Forger;
use relay::Relay;
use watch::Watch;

/// The member that helps the daemon, where one does.
const COLLUDER: usize = 3;

/// One deed after the other, each chosen by a few bytes.
struct Story {
    room: Players,
    relay: Relay,
    watch: Watch,
    words: u64,
    relocks: u8,
}

impl Story {
    fn new(rule: Rule, knows_password: bool, has_member: bool) -> Self {
        let room = Players::under(rule, &["Ada", "Ben", "Cleo", "Eve"]);
        let forger = Forger::new(knows_password, has_member.then_some(COLLUDER));
        let relay = Relay::new(forger);
        let mut story =
            Self { room, relay, watch: Watch::new(has_member.then_some(COLLUDER)), words: 0, relocks: 0 };
        (0..story.room.all.len()).for_each(|at| story.settled(at));
        story
    }

    fn deed(&mut self, [deed, who, whom, how]: [u8; 4]) {
        let (at, now) = (usize::from(who) % self.room.all.len(), self.room.now);
        let other = Id(u64::from(whom) % (self.room.all.len() as u64 + 1) + 1);
        match deed % 32 {
            0..=3 => self.up(at),
            4..=7 => (0..=how % 4).for_each(|_| _ = self.down(at)),
            8..=13 => self.tampers(at, whom, how),
            14 => self.honest(),
            15..=17 => self.says(at),
            18 => self.whispers(at, other),
            19 => self.room.group(at).thawed(now),
            20 => drop(self.room.loses(at)),
            21 => self.room.breaks(at),
            22 | 23 => self.returns(at),
            24 if self.room.all.len() < 7 => {
                let alias = ["Dora", "Emil", "Fritz"][self.room.all.len() - 4];
                let door = self.room.group(at).door().clone();
                self.room.enters_by(door, alias);
            }
            25 => self.ticks(u64::from(how) * 100),
            26 => {
                let alias = ["Gerd", "Hans", "Ida"][usize::from(how) % 3].parse().unwrap();
                _ = self.room.group(at).rename(alias, now);
            }
            27 => self.relocks(at),
            28 | 29 => self.orders(at, other, how),
            _ => self.forges(at, whom, how),
        }
        self.settled(at);
    }

    fn up(&mut self, at: usize) {
        while self.room.up(at) {}
    }

    /// What the daemon has for a member next, as it should be.
    fn down(&mut self, at: usize) -> bool {
        let Some(frame) = self.next(at) else { return false };
        self.gives(at, &frame);
        true
    }

    fn next(&mut self, at: usize) -> Option<Vec<u8>> {
        let frame = self.room.daemon.down.get_mut(&self.room.all[at].on?)?.pop_front()?;
        self.relay.notes(at, &frame);
        Some(frame)
    }

    fn tampers(&mut self, at: usize, whom: u8, how: u8) {
        let Some(frame) = self.next(at) else { return };
        let instead =
            if frame[1] == 0 { vec![frame] } else { self.relay.instead(&self.room, at, frame, whom, how) };
        for frame in instead {
            self.gives(at, &frame);
        }
    }

    fn forges(&mut self, at: usize, whom: u8, how: u8) {
        let forged = self.relay.forger.forges(&self.room, at, whom, how);
        for frame in forged {
            self.gives(at, &frame);
        }
    }

    fn gives(&mut self, at: usize, frame: &[u8]) {
        let now = self.room.now;
        let told = self.room.group(at).hear(frame, now).expect("the relay writes what can be read");
        self.watch.told(&self.room.all, at, told);
        self.settled(at);
    }

    /// After anything that a member did or heard.
    fn settled(&mut self, at: usize) {
        let before = self.room.all[at].up.len();
        self.room.collect(at);
        let told = std::mem::take(&mut self.room.all[at].told);
        self.watch.told(&self.room.all, at, told);
        let player = &self.room.all[at];
        self.watch.sent(&player.group);
        for frame in player.up.iter().skip(before) {
            self.relay.forger.learns(&self.room, at, frame);
        }
    }

    fn says(&mut self, at: usize) {
        let (text, now) = (format!("word {}", self.words), self.room.now);
        if self.room.group(at).say(message(&text), now).is_ok() {
            self.watch.says(&self.room.all[at].group, text);
            self.words += 1;
        }
    }

    fn whispers(&mut self, at: usize, to: Id) {
        let text = format!("whisper {}", self.words);
        let to_voice = self.room.group(at).card(to).map(|card| card.voice);
        if self.room.group(at).whisper(to, message(&text)).is_ok() {
            self.watch.whispers(&self.room.all[at].group, to_voice.unwrap(), text);
            self.words += 1;
        }
    }

    fn returns(&mut self, at: usize) {
        let player = &self.room.all[at];
        if player.on.is_none() && player.group.you().is_some() {
            self.room.returns(at);
        }
    }

    fn relocks(&mut self, at: usize) {
        self.relocks = self.relocks.wrapping_add(1);
        let (door, password) = other_door(self.relocks);
        let listed = self.room.group(at).accepted();
        if self.room.group(at).relock(door.clone(), password, &listed).is_ok() {
            self.watch.relocks(&self.room.all[at].group, &door);
            self.relay.forger.knows(door);
        }
    }

    fn orders(&mut self, at: usize, id: Id, how: u8) {
        let (now, group) = (self.room.now, self.room.group(at));
        _ = match how % 16 {
            0 => group.stop(now),
            1 | 2 => group.leave(None, now),
            3..=5 => group.lock(how < 128),
            6..=10 => group.kick(id, now),
            _ => group.hand(id, now),
        };
    }

    fn ticks(&mut self, milliseconds: u64) {
        self.room.ticks(milliseconds);
        (0..self.room.all.len()).for_each(|at| self.settled(at));
    }

    /// For once the daemon does what it should, until nothing is under way.
    fn honest(&mut self) {
        loop {
            let mut is_still = true;
            for at in 0..self.room.all.len() {
                is_still &= self.room.all[at].up.is_empty();
                self.up(at);
                while self.down(at) {
                    is_still = false;
                }
            }
            if is_still {
                break;
            }
        }
    }

    /// Who can comes back, and everybody speaks twice, so that each hears of what the others see.
    fn ends(&mut self) {
        (0..self.room.all.len()).for_each(|at| self.returns(at));
        for _ in 0..3 {
            self.honest();
            self.ticks(31_000);
        }
        for _ in 0..2 {
            for at in 0..self.room.all.len() {
                self.says(at);
                self.settled(at);
                self.honest();
            }
        }
    }
}

/// How many runs, each of other deeds.
const RUNS: u32 = 400;

/// What a run hangs on: the deeds, whether everyone moderates, whether the daemon knows the password, and whether a
/// member helps it.
fn runs() -> impl Strategy<Value = (Vec<[u8; 4]>, bool, bool, bool)> {
    (vec(any::<[u8; 4]>(), 20..160), any::<bool>(), any::<bool>(), any::<bool>())
}

#[test]
fn whatever_a_daemon_does_nobody_is_shown_what_was_not_said_and_what_was_withheld_is_told() {
    // All follows from the seed: `SANCTUARY_SEED=… cargo test -p sanctuary-seal hostile` plays others.
    let seed = env::var("SANCTUARY_SEED").map_or(0, |seed| seed.parse::<u64>().expect("a number"));
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(RUNS) };
    let draws = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes::<32>(&format!("seed {seed}")));
    let result = TestRunner::new_with_rng(config, draws).run(&runs(), |run| {
        let (deeds, is_everyone, knows_password, has_member) = run;
        let rule = if is_everyone { Rule::Everyone } else { Rule::Keeper };
        let mut story = Story::new(rule, knows_password, has_member);
        for deed in deeds {
            story.deed(deed);
        }
        story.ends();
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("SANCTUARY_SEED={seed}: {error}"));
}
