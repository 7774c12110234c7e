//! Several sessions and the daemon's rooms, the frames between them, and a clock that tests move.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use sanctuary_seal::{Door, Password, Random, Text};
use sanctuary_server::room::{self, ConnectionId, Event, Limits, Rooms};
use sanctuary_wire::{ClientFrame, DaemonFrame, LargestFrame, Nonce, RoomId, Rule};

use super::super::*;
use crate::typed::{self, Taken, Typed};
use crate::words;

pub(crate) const ROOM: RoomId = RoomId([1, 2, 3, 4, 5]);
pub(crate) const GRACE_MS: u64 = 120_000;

/// One member, its connection, and what it was shown.
pub(crate) struct Player {
    pub(crate) session: Session,
    pub(crate) on: Option<ConnectionId>,
    /// Frames on their way to the member.
    pub(crate) down: VecDeque<Vec<u8>>,
    /// When it connects again.
    tries_at: Option<u64>,
    /// Lines, as they were shown.
    pub(crate) shown: Vec<String>,
    /// What has become of lines, until somebody takes it.
    pub(crate) changes: Vec<Change>,
    /// Nothing gets through to the daemon.
    pub(crate) is_cut: bool,
    /// Passwords are not stretched, but wait here.
    pub(crate) waiting: Option<Vec<Password>>,
}

/// All of them.
pub(crate) struct World {
    pub(crate) rooms: Rooms,
    began: Instant,
    pub(crate) now: u64,
    pub(crate) players: Vec<Player>,
    nonces: BTreeMap<ConnectionId, Nonce>,
    next: usize,
}

pub(crate) fn entry(alias: &str, opens: bool) -> Entry {
    let opening = opens.then_some(Opening { rule: Rule::Keeper, code: None });
    Entry { room: ROOM, password: password(), alias: alias.parse().unwrap(), opening }
}

pub(crate) fn password() -> Password {
    Password::read("9F3K-TQ2M-XA7B-0C1D").unwrap()
}

/// Each password is stretched once.
pub(crate) fn door(password: &Password) -> Door {
    static DOORS: OnceLock<Mutex<BTreeMap<String, Door>>> = OnceLock::new();
    let mut doors = DOORS.get_or_init(Mutex::default).lock().unwrap();
    let key = password.write().to_string();
    doors.entry(key).or_insert_with(|| Door::derive(ROOM, password)).clone()
}

pub(crate) fn html(typed: &str) -> Text {
    typed.into()
}

impl World {
    pub(crate) fn empty() -> Self {
        let grace = Duration::from_millis(GRACE_MS);
        let limits = Limits { rooms: 9, members: 99, tombstones: 99, grace };
        let rooms = Rooms::new(limits);
        let (players, nonces) = (vec![], BTreeMap::new());
        Self { rooms, began: Instant::now(), now: 1_700_000_000_000, players, nonces, next: 0 }
    }

    /// A room that is kept by the first.
    pub(crate) fn of(aliases: &[&str]) -> Self {
        let mut world = Self::empty();
        for (at, alias) in aliases.iter().enumerate() {
            world.enters(alias, at == 0);
        }
        world.players.iter_mut().for_each(|player| player.shown.clear());
        world
    }

    pub(crate) fn enters(&mut self, alias: &str, opens: bool) -> usize {
        self.enters_by(entry(alias, opens))
    }

    pub(crate) fn enters_by(&mut self, entry: Entry) -> usize {
        let (session, effects) = Session::new(entry, Random::from_system().unwrap(), self.now);
        let (down, shown, changes) = (VecDeque::new(), vec![], vec![]);
        let player =
            Player { session, on: None, down, tries_at: None, shown, changes, is_cut: false, waiting: None };
        self.players.push(player);
        let at = self.players.len() - 1;
        self.carry_out(at, effects);
        self.settle();
        at
    }

    fn instant(&self) -> Instant {
        self.began + Duration::from_millis(self.now)
    }

    /// Does something in a member's session.
    pub(crate) fn act(&mut self, at: usize, act: impl FnOnce(&mut Session, u64) -> Vec<Effect>) {
        let now = self.now;
        let effects = act(&mut self.players[at].session, now);
        self.carry_out(at, effects);
    }

    /// Types, and lets all settle.
    pub(crate) fn types(&mut self, at: usize, text: &str) {
        self.types_aside(at, text, &Aim::default());
        self.settle();
    }

    pub(crate) fn types_aside(&mut self, at: usize, text: &str, aim: &Aim) -> Taken {
        let names = self.names(at);
        self.types_with(at, Typed { text, aim, names: &names })
    }

    /// Types what was begun when names meant something else, perhaps, and lets all settle.
    pub(crate) fn types_late(&mut self, at: usize, text: &str, names: &Names) -> Taken {
        let taken = self.types_with(at, Typed { text, aim: &Aim::default(), names });
        self.settle();
        taken
    }

    fn types_with(&mut self, at: usize, typed: Typed<'_>) -> Taken {
        let mut taken = Taken::Kept;
        self.act(at, |session, now| {
            let (what, effects) = typed::carry_out(session, typed, html, now);
            taken = what;
            effects
        });
        taken
    }

    /// Whom names mean now.
    pub(crate) fn names(&self, at: usize) -> Names {
        self.players[at].session.membership().map(Membership::names).unwrap_or_default()
    }

    pub(crate) fn membership(&self, at: usize) -> &Membership {
        self.players[at].session.membership().expect("a member")
    }

    fn carry_out(&mut self, at: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Derive(_, password) => match &mut self.players[at].waiting {
                    Some(waiting) => waiting.push(password),
                    None => self.derives(at, &password),
                },
                Effect::Connect(_) | Effect::Retry => self.connects(at),
                Effect::Reconnect(wait) => {
                    self.breaks(at);
                    self.players[at].tries_at = Some(self.now + wait);
                }
                Effect::Send(frame) => self.sends(at, &frame),
                Effect::Close => {
                    self.players[at].tries_at = None;
                    if let Some(on) = self.players[at].on.take() {
                        self.daemon(on, Event::Closed);
                    }
                }
                Effect::Changed(change) => self.shows(at, &change),
                Effect::Phase => {}
            }
        }
    }

    /// A password is stretched.
    pub(crate) fn derives(&mut self, at: usize, password: &Password) {
        let door = door(password);
        self.act(at, |session, now| session.derived(password, door, now));
    }

    fn connects(&mut self, at: usize) {
        self.breaks(at);
        self.players[at].tries_at = None;
        if self.players[at].is_cut {
            self.act(at, Session::lost);
            return;
        }
        self.next += 1;
        let on = ConnectionId(self.next);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.next.to_be_bytes());
        let hello = DaemonFrame::Hello {
            nonce: Nonce(bytes),
            largest_frame: LargestFrame::nearest(65_536),
            silence_ms: 30_000,
        };
        self.players[at].down = VecDeque::from([hello.encode()]);
        self.nonces.insert(on, Nonce(bytes));
        self.players[at].on = Some(on);
    }

    /// The connection breaks, and the daemon sees it.
    pub(crate) fn breaks(&mut self, at: usize) {
        self.players[at].down.clear();
        if let Some(on) = self.players[at].on.take() {
            self.daemon(on, Event::Broke);
        }
    }

    /// It breaks, and both see it.
    pub(crate) fn loses(&mut self, at: usize) {
        self.breaks(at);
        self.act(at, Session::lost);
    }

    fn sends(&mut self, at: usize, frame: &[u8]) {
        let Some(on) = self.players[at].on.filter(|_| !self.players[at].is_cut) else { return };
        let nonce = self.nonces[&on].clone();
        let frame = ClientFrame::decode(frame).expect("a frame of the protocol");
        let event = if self.rooms.is_member(on) {
            Event::Frame { frame, nonce: &nonce }
        } else {
            Event::FirstFrame { frame, nonce: &nonce, place: None }
        };
        let mut effects = vec![];
        self.rooms.handle(self.instant(), on, event, &mut effects);
        self.deliver(effects);
    }

    fn daemon(&mut self, on: ConnectionId, event: Event<'_>) {
        let mut effects = vec![];
        self.rooms.handle(self.instant(), on, event, &mut effects);
        self.deliver(effects);
    }

    pub(crate) fn deliver(&mut self, effects: Vec<room::Effect>) {
        for effect in effects {
            match effect {
                room::Effect::Room { room, except, frame } => {
                    let present: Vec<_> = self.rooms.present(&room).collect();
                    for to in present.into_iter().filter(|to| Some(*to) != except) {
                        self.down(to, &frame);
                    }
                }
                room::Effect::One { to, frame } | room::Effect::Pass { to, frame, .. } => {
                    self.down(to, &frame);
                }
                room::Effect::Close { to, frame, .. } => {
                    if let Some(frame) = frame {
                        self.down(to, &frame);
                    }
                }
            }
        }
    }

    fn down(&mut self, to: ConnectionId, frame: &[u8]) {
        if let Some(player) = self.players.iter_mut().find(|player| player.on == Some(to)) {
            player.down.push_back(frame.to_vec());
        }
    }

    /// One frame of the daemon arrives.
    pub(crate) fn hears(&mut self, at: usize) -> bool {
        let Some(frame) = self.players[at].down.pop_front() else { return false };
        self.act(at, |session, now| session.frame(&frame, now));
        true
    }

    /// Until nothing is under way.
    pub(crate) fn settle(&mut self) {
        while (0..self.players.len()).any(|at| self.hears(at)) {}
    }

    /// Time goes by, in steps, and all that is due is done. Those who are connected hear that the daemon is there.
    pub(crate) fn passes(&mut self, milliseconds: u64) {
        let end = self.now + milliseconds;
        while self.now < end {
            self.now = end.min(self.now + 500);
            let mut effects = vec![];
            self.rooms.tick(self.instant(), &mut effects);
            self.deliver(effects);
            for at in 0..self.players.len() {
                if self.players[at].tries_at.is_some_and(|tries| tries <= self.now) {
                    self.connects(at);
                }
                if self.players[at].on.is_some() && !self.players[at].is_cut {
                    self.players[at].down.push_back(DaemonFrame::Alive.encode());
                }
                if self.players[at].session.due().is_some_and(|due| due <= self.now) {
                    self.act(at, Session::wake);
                }
            }
            self.settle();
        }
    }

    fn shows(&mut self, at: usize, change: &Change) {
        let player = &mut self.players[at];
        let (Phase::Room(membership) | Phase::Reconnecting(membership, _)) = player.session.phase() else {
            return;
        };
        player.shown.extend(shown(membership, change));
        player.changes.push(change.clone());
    }

    /// The line of a text.
    pub(crate) fn key(&self, at: usize, text: &str) -> u64 {
        let mut lines = self.membership(at).lines().shown();
        let is_meant = |line: &&Line| matches!(&line.kind, Kind::Said(said) if said.html.as_str() == text);
        lines.find(is_meant).expect("a line").key
    }

    /// What a member was shown since it was last asked.
    pub(crate) fn shown(&mut self, at: usize) -> Vec<String> {
        std::mem::take(&mut self.players[at].shown)
    }
}

fn shown(membership: &Membership, change: &Change) -> Option<String> {
    let lines = membership.lines();
    match change {
        Change::Added(key) => Some(match &lines.of(*key)?.kind {
            Kind::Event(event) => words::event(event),
            Kind::Note(note) => words::note(note),
            Kind::Said(said) => {
                let (from, text) = (&said.from.named, said.html.as_str());
                let to = said.to.as_ref().map(|to| format!(" to {}", to.named)).unwrap_or_default();
                let how = match said.how {
                    How::Message if said.is_action => " does",
                    How::Message => "",
                    How::Farewell => " at last",
                    How::Whisper => " whispers",
                };
                let answers = said.answers.map(|key| format!(" (answers {key:?})")).unwrap_or_default();
                format!("{from}{how}{to}: {text}{answers}")
            }
        }),
        Change::State(key) => {
            let said = lines.said(*key)?;
            Some(format!("{:?}: {}", said.state, said.html.as_str()))
        }
        Change::Reacted(key) => {
            let said = lines.said(*key)?;
            let reactions = lines.reactions(said).into_iter();
            let reactions: Vec<String> =
                reactions.map(|reaction| format!("{} {}", reaction.text, reaction.by.len())).collect();
            Some(format!("{}: {}", said.html.as_str(), reactions.join(", ")))
        }
        Change::Unsent(_, who) => Some(words::unsent(who)),
        Change::Gone(_) => Some("gone".to_owned()),
    }
}
