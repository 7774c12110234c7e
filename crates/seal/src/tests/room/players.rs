//! Several members of one room, and the frames on their way.

use std::collections::VecDeque;

use sanctuary_wire::{Id, Rule};

use super::super::super::*;
use super::super::vectors::{bytes, door};
use super::{ConnectionId, Daemon};

/// One member, and its connection.
pub(in super::super) struct Player {
    pub(in super::super) group: Group,
    pub(in super::super) on: Option<ConnectionId>,
    /// Frames on their way to the daemon.
    pub(in super::super) up: VecDeque<Vec<u8>>,
    /// All that it was told.
    pub(in super::super) told: Vec<Happening>,
}

/// Members, numbered from 0 as they were made, and the daemon.
pub(in super::super) struct Players {
    pub(in super::super) daemon: Daemon,
    pub(in super::super) all: Vec<Player>,
    pub(in super::super) now: u64,
    /// All that the members draw follows from it, so that each run can be run again.
    seed: u64,
}

pub(in super::super) fn words(text: &str) -> TimedText {
    TimedText { at: 1, timer: 0, text: text.into() }
}

pub(in super::super) fn message(text: &str) -> Body {
    Body::Message(words(text))
}

impl Players {
    /// A room that is kept by the first and where all have arrived.
    pub(in super::super) fn of(aliases: &[&str]) -> Self {
        Self::under(Rule::Keeper, aliases)
    }

    /// A daemon, and nobody there.
    pub(in super::super) fn empty() -> Self {
        Self::seeded(0)
    }

    fn seeded(seed: u64) -> Self {
        Self { daemon: Daemon::new(door().room()), all: vec![], now: 1_000_000, seed }
    }

    pub(in super::super) fn under(rule: Rule, aliases: &[&str]) -> Self {
        Self::drawn(0, rule, aliases)
    }

    /// By members who draw what follows from this seed.
    pub(in super::super) fn drawn(seed: u64, rule: Rule, aliases: &[&str]) -> Self {
        let mut players = Self::seeded(seed);
        for (at, alias) in aliases.iter().enumerate() {
            let random = players.random();
            let alias: Alias = alias.parse().unwrap();
            players.adds(if at == 0 {
                let password = Password::read("9F3K-TQ2M-XA7B-0C1D").unwrap();
                Group::create(door(), password, rule, alias, 1_700_000_000_000, None, random)
            } else {
                Group::enter(door(), alias, random)
            });
            players.settle();
        }
        players.all.iter_mut().for_each(|player| player.told.clear());
        players
    }

    /// Somebody else, on its way in.
    pub(in super::super) fn adds(&mut self, group: Group) -> usize {
        let on = Some(self.daemon.connect());
        self.all.push(Player { group, on, up: VecDeque::new(), told: vec![] });
        self.all.len() - 1
    }

    pub(in super::super) fn enters(&mut self, alias: &str) -> usize {
        self.enters_by(door(), alias)
    }

    pub(in super::super) fn enters_by(&mut self, door: Door, alias: &str) -> usize {
        let group = Group::enter(door, alias.parse().unwrap(), self.random());
        self.adds(group)
    }

    /// For the next member.
    fn random(&self) -> Random {
        Random::of(bytes(&format!("random of member {} by seed {}", self.all.len(), self.seed)))
    }

    pub(in super::super) fn id(&self, at: usize) -> Id {
        self.all[at].group.you().expect("a seat")
    }

    pub(in super::super) fn group(&mut self, at: usize) -> &mut Group {
        &mut self.all[at].group
    }

    pub(in super::super) fn say(&mut self, at: usize, text: &str) {
        let now = self.now;
        self.group(at).say(message(text), now).unwrap();
    }

    /// Sends what a member has to send.
    pub(in super::super) fn collect(&mut self, at: usize) {
        let player = &mut self.all[at];
        let frames = player.group.frames();
        if player.on.is_some() {
            player.up.extend(frames);
        }
    }

    /// One frame of a member arrives at the daemon. Returns whether there was one.
    pub(in super::super) fn up(&mut self, at: usize) -> bool {
        self.collect(at);
        let player = &mut self.all[at];
        let (Some(on), Some(frame)) = (player.on, player.up.pop_front()) else { return false };
        self.daemon.hears(on, &frame);
        true
    }

    /// One frame of the daemon arrives at a member.
    pub(in super::super) fn down(&mut self, at: usize) -> bool {
        let Some(on) = self.all[at].on else { return false };
        let Some(frame) = self.daemon.down.get_mut(&on).and_then(VecDeque::pop_front) else { return false };
        self.hears(at, &frame);
        true
    }

    /// A member hears this frame, whoever says it.
    pub(in super::super) fn hears(&mut self, at: usize, frame: &[u8]) {
        let (now, player) = (self.now, &mut self.all[at]);
        player.told.extend(player.group.hear(frame, now).unwrap());
    }

    pub(in super::super) fn hears_all(&mut self, at: usize, frames: &[Vec<u8>]) {
        for frame in frames {
            self.hears(at, frame);
        }
    }

    /// Until nothing is under way.
    pub(in super::super) fn settle(&mut self) {
        while (0..self.all.len()).any(|at| self.up(at) || self.down(at)) {}
    }

    /// A member's connection breaks; the daemon does not see it yet.
    pub(in super::super) fn loses(&mut self, at: usize) -> Option<ConnectionId> {
        let player = &mut self.all[at];
        player.up.clear();
        player.group.disconnected();
        player.on.take()
    }

    /// It breaks, and the daemon sees it.
    pub(in super::super) fn breaks(&mut self, at: usize) {
        if let Some(on) = self.loses(at) {
            self.daemon.breaks(on);
        }
    }

    /// A member connects again.
    pub(in super::super) fn returns(&mut self, at: usize) {
        self.all[at].on = Some(self.daemon.connect());
    }

    pub(in super::super) fn ticks(&mut self, milliseconds: u64) {
        self.now += milliseconds;
        self.daemon.now = self.now;
        for player in &mut self.all {
            let told = player.group.tick(self.now);
            player.told.extend(told);
        }
    }

    /// What a member was told since it was last asked.
    pub(in super::super) fn told(&mut self, at: usize) -> Vec<Happening> {
        std::mem::take(&mut self.all[at].told)
    }

    /// The texts that a member read since, with who said them.
    pub(in super::super) fn read(&mut self, at: usize) -> Vec<(Id, String)> {
        let text = |happening| match happening {
            Happening::Said { from, body: Body::Message(said), .. } => {
                Some((from, said.text.as_str().to_owned()))
            }
            _ => None,
        };
        self.told(at).into_iter().filter_map(text).collect()
    }
}
