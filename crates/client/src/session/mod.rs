//! One visit to a room, from the password to the end: events in, effects out. It knows no socket, clock or terminal; time
//! is handed in, in milliseconds since 1970 by a clock that only rises.

mod effects;
mod lines;
mod lookalikes;
mod membership;
mod moderation;
mod names;
mod outbox;
mod people;
mod reactions;
mod reconnection;
#[cfg(test)]
pub(crate) mod tests;
mod timer;
mod told;
mod typing;
mod watch;

use sanctuary_seal::{Door, Group, Happening, Password, Random, RoomKey, Text, shard};
use sanctuary_wire::{DaemonFrame, End, Refusal};

pub use effects::{Effect, Entry, Opening, Over, Phase};
pub use lines::{Change, Delivery, EVENTS_MOST, How, Kind, Line, Lines, MESSAGES_MOST, Said};
pub use lookalikes::Lookalike;
pub use membership::{Aim, Ended, Membership};
pub use names::{NUMBERED_MOST, Names};
pub use outbox::WAITING_MOST;
pub use people::{Key, Named, People, Person, Standing, UNNAMED};
pub use reactions::{Reaction, is_reaction};
pub use reconnection::{KNOCK_MS, RETURN_MS, Reconnection};
pub use told::{Ending, Event, Note, Obstacle, Refused, What};

use reconnection::{Outcome, Then};
use watch::Watch;

/// Milliseconds after which a refused entry may be tried again in any case: one who may open a room in an hour waits no longer.
pub(crate) const ENTRY_WAIT_MOST_MS: u64 = 3_600_000;

/// Other room keys that are tried where a daemon opens no rooms any more: each may lead to another daemon.
pub(crate) const REDRAWS_MOST: u32 = 3;

/// Milliseconds in which the daemon closes the connection of a member that leaves.
const LEAVE_MS: u64 = 1_500;

enum State {
    Deriving,
    Connecting(Box<Group>),
    Room { membership: Box<Membership>, leaving: Option<Leaving> },
    Reconnecting { membership: Box<Membership>, reconnection: Reconnection },
    Over(Over),
}

/// On the way out.
#[derive(Clone, Copy)]
struct Leaving {
    since: u64,
    /// The daemon was told.
    has_gone: bool,
}

/// One visit.
pub struct Session {
    state: State,
    entry: Option<Entry>,
    watch: Watch,
    random: Random,
    redraws: u32,
}

impl Session {
    /// Begins a visit.
    #[must_use]
    pub fn new(entry: Entry, random: Random, now: u64) -> (Self, Vec<Effect>) {
        let derive = Effect::Derive(entry.room, entry.password.clone());
        let (state, watch) = (State::Deriving, Watch::new(now));
        let session = Self { state, entry: Some(entry), watch, random, redraws: 0 };
        (session, vec![derive])
    }

    /// Where one is.
    #[must_use]
    pub fn phase(&self) -> Phase<'_> {
        match &self.state {
            State::Deriving => Phase::Deriving,
            State::Connecting(_) => Phase::Connecting,
            State::Room { membership, .. } => Phase::Room(membership),
            State::Reconnecting { membership, reconnection } => Phase::Reconnecting(membership, reconnection),
            State::Over(over) => Phase::Over(over),
        }
    }

    /// The room, to whoever is in it and not leaving.
    #[must_use]
    pub fn membership(&self) -> Option<&Membership> {
        match &self.state {
            State::Room { membership, leaving: None } | State::Reconnecting { membership, .. } => {
                Some(membership)
            }
            _ => None,
        }
    }

    /// Does something in the room. Returns what came of it, if one is in it and not leaving.
    pub fn act<T>(&mut self, act: impl FnOnce(&mut Membership) -> T) -> Option<(T, Vec<Effect>)> {
        let (State::Room { membership, leaving: None } | State::Reconnecting { membership, .. }) =
            &mut self.state
        else {
            return None;
        };
        let done = act(membership);
        Some((done, self.effects()))
    }

    /// A password was stretched: the one to enter with, or one that the room is to have from now on.
    pub fn derived(&mut self, password: &Password, door: Door, now: u64) -> Vec<Effect> {
        match &mut self.state {
            State::Room { membership, .. } | State::Reconnecting { membership, .. } => {
                membership.derived(password, door, now);
                self.effects()
            }
            State::Deriving => self.connect(password, door, now),
            _ => vec![],
        }
    }

    fn connect(&mut self, password: &Password, door: Door, now: u64) -> Vec<Effect> {
        let Some(entry) = self.entry.clone().filter(|entry| entry.password == *password) else {
            return vec![];
        };
        let random = self.random.split();
        let connect = Effect::Connect(shard(entry.room));
        let group = match entry.opening {
            None => Group::enter(door, entry.alias, random),
            Some(Opening { rule, code }) => {
                Group::create(door, entry.password, rule, entry.alias, now, code, random)
            }
        };
        self.state = State::Connecting(Box::new(group));
        vec![Effect::Phase, connect]
    }

    /// A binary message came.
    pub fn frame(&mut self, bytes: &[u8], now: u64) -> Vec<Effect> {
        let Ok(frame) = DaemonFrame::decode(bytes) else { return self.malformed() };
        self.thaw(now);
        if self.is_break_over(now) {
            return self.refuse(Refused::BreakOver, 0);
        }
        if let DaemonFrame::Hello { silence_ms, .. } = frame {
            self.watch.connected(silence_ms, now);
        }
        self.watch.heard(now);
        match &mut self.state {
            State::Connecting(group) => match group.hear(bytes, now) {
                Ok(told) => self.entering(told),
                Err(_) => self.malformed(),
            },
            State::Room { .. } => self.inside(bytes, &frame, now),
            State::Reconnecting { membership, reconnection } => {
                match reconnection.frame(bytes, membership, now) {
                    Ok(outcome) => self.carry_on(outcome),
                    Err(_) => self.malformed(),
                }
            }
            State::Deriving | State::Over(_) => vec![],
        }
    }

    fn entering(&mut self, told: Vec<Happening>) -> Vec<Effect> {
        let refused = told.iter().find_map(|happening| match happening {
            Happening::Refused { why, retry_ms } => Some((Refused::By(*why), *retry_ms)),
            Happening::NoRoom(_) => Some((Refused::FalseRoom, 0)),
            _ => None,
        });
        if let Some((why, retry_ms)) = refused {
            let redrawn = self.redraw(why, retry_ms);
            return redrawn.unwrap_or_else(|| self.refuse(why, retry_ms));
        }
        if told.first() == Some(&Happening::Entered) {
            return self.entered(told);
        }
        for happening in told {
            match happening {
                Happening::Over { end, by, .. } => return self.finish(Ended::unproved(end, by)),
                Happening::Lie(sanctuary_seal::Lie::OutOfTurn) => return self.malformed(),
                Happening::Lie(_) => return self.refuse(Refused::FalseRoom, 0),
                _ => {}
            }
        }
        self.effects()
    }

    /// Opens the room by another key, where this one leads to a daemon that opens no more rooms, now or later.
    fn redraw(&mut self, why: Refused, retry_ms: u64) -> Option<Vec<Effect>> {
        let is_in_vain = matches!(why, Refused::By(Refusal::Draining)) && retry_ms == 0;
        let entry = self.entry.as_mut().filter(|entry| is_in_vain && entry.opening.is_some())?;
        if self.redraws == REDRAWS_MOST {
            return None;
        }
        self.redraws += 1;
        entry.room = RoomKey::draw(&mut self.random).room();
        let derive = Effect::Derive(entry.room, entry.password.clone());
        self.state = State::Deriving;
        Some(vec![Effect::Phase, Effect::Close, derive])
    }

    fn entered(&mut self, told: Vec<Happening>) -> Vec<Effect> {
        let State::Connecting(group) = std::mem::replace(&mut self.state, State::Deriving) else {
            return vec![];
        };
        let mut membership = Box::new(Membership::of(*group, self.random.split()));
        membership.entered(told, self.watch.heard_at());
        self.state = State::Room { membership, leaving: None };
        let mut effects = vec![Effect::Phase];
        effects.extend(self.effects());
        effects
    }

    fn inside(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, now: u64) -> Vec<Effect> {
        if matches!(
            frame,
            DaemonFrame::Hello { .. } | DaemonFrame::Welcome { .. } | DaemonFrame::Refused { .. }
        ) {
            return self.malformed();
        }
        let State::Room { membership, leaving } = &mut self.state else { return vec![] };
        if membership.hear(bytes, now).is_err() {
            return self.malformed();
        }
        let ended = membership.ended();
        if leaving.is_some() && matches!(frame, DaemonFrame::Over { .. }) {
            return self.finish(Ended::by_itself(Ending::Left));
        }
        if let Some(ended) = ended.filter(|_| leaving.is_none()) {
            // The seat of a member that was too slow is kept, as after any broken connection.
            if ended.ending == Ending::By(End::TooSlow) {
                return self.reconnect(now);
            }
            let mut effects = self.effects();
            effects.extend(self.finish(ended));
            return effects;
        }
        self.go_out(now)
    }

    /// Leaves the room, unless its farewell cannot be sent. Returns whether one leaves.
    pub fn leave(&mut self, farewell: Option<Text>, now: u64) -> (bool, Vec<Effect>) {
        let State::Room { membership, leaving: None } = &mut self.state else {
            let is_over = matches!(self.state, State::Over(_) | State::Room { .. });
            let effects = if is_over { vec![] } else { self.finish(Ended::by_itself(Ending::Left)) };
            return (true, effects);
        };
        if let Some(farewell) = farewell
            && !membership.say_farewell(&farewell, now)
        {
            return (false, self.effects());
        }
        self.state.leaves(now);
        (true, self.go_out(now))
    }

    /// Tells the daemon that one leaves, once the last words are said.
    fn go_out(&mut self, now: u64) -> Vec<Effect> {
        if let State::Room { membership, leaving: Some(leaving) } = &mut self.state
            && !leaving.has_gone
            && membership.is_all_said()
        {
            leaving.has_gone = true;
            membership.exit(now);
        }
        self.effects()
    }

    /// The connection is gone, or could not be made.
    pub fn lost(&mut self, now: u64) -> Vec<Effect> {
        if self.is_break_over(now) {
            return self.refuse(Refused::BreakOver, 0);
        }
        match &mut self.state {
            State::Connecting(_) => self.refuse(Refused::Unreachable, 0),
            State::Room { leaving: Some(_), .. } => self.finish(Ended::by_itself(Ending::Left)),
            State::Room { .. } => self.reconnect(now),
            State::Reconnecting { membership, reconnection } => {
                let then = reconnection.lost(membership);
                self.then(then)
            }
            State::Deriving | State::Over(_) => vec![],
        }
    }

    /// Somebody asks for a try to come back, at once; `opens`: the room is to be opened again that is gone.
    pub fn retry(&mut self, opens: bool, now: u64) -> Vec<Effect> {
        let State::Reconnecting { membership, reconnection } = &mut self.state else { return vec![] };
        match reconnection.retry(membership, opens, now) {
            Ok(then) => self.then(then),
            Err(_) => vec![],
        }
    }

    /// When [`Session::wake`] is to be called.
    #[must_use]
    pub fn due(&self) -> Option<u64> {
        match &self.state {
            State::Room { membership, leaving: None } => {
                Some(membership.due().map_or(self.watch.due(), |due| due.min(self.watch.due())))
            }
            State::Room { membership, leaving: Some(leaving) } => {
                let end = leaving.since + LEAVE_MS;
                Some(membership.due().filter(|_| !leaving.has_gone).map_or(end, |due| due.min(end)))
            }
            State::Reconnecting { membership, reconnection } => {
                Some(membership.due().map_or(reconnection.until, |due| due.min(reconnection.until)))
            }
            _ => None,
        }
    }

    /// A time that was asked for has come.
    pub fn wake(&mut self, now: u64) -> Vec<Effect> {
        self.thaw(now);
        if self.is_break_over(now) {
            return self.refuse(Refused::BreakOver, 0);
        }
        match &mut self.state {
            State::Reconnecting { membership, .. } => {
                membership.wake(now);
                self.effects()
            }
            State::Room { membership, leaving: Some(leaving) } => {
                if now >= leaving.since + LEAVE_MS {
                    return self.finish(Ended::by_itself(Ending::Left));
                }
                membership.wake(now);
                self.go_out(now)
            }
            State::Room { membership, leaving: None } => {
                if membership.is_worn() {
                    return self.leave(None, now).1;
                }
                if membership.is_stalled(now) || self.watch.is_lost(now) {
                    return self.reconnect(now);
                }
                membership.wake(now);
                self.effects()
            }
            _ => vec![],
        }
    }

    fn carry_on(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Refused(refused) => self.refuse(refused, 0),
            Outcome::Ended(ended) => self.finish(ended),
            Outcome::Then(then) => self.then(then),
        }
    }

    fn then(&mut self, then: Then) -> Vec<Effect> {
        let mut effects = self.effects();
        match then {
            Then::Go => {}
            Then::In => {
                self.state.is_in();
                effects.insert(0, Effect::Phase);
            }
            Then::Again(wait) => effects.extend([Effect::Phase, Effect::Reconnect(wait.min(RETURN_MS))]),
            Then::Retry => effects.extend([Effect::Phase, Effect::Retry]),
            Then::Stop => effects.extend([Effect::Phase, Effect::Close]),
        }
        effects
    }

    /// Where nothing has run for long, the machine was asleep.
    fn thaw(&mut self, now: u64) {
        if let State::Room { membership, .. } = &mut self.state
            && self.watch.is_thawed(now)
        {
            membership.thawed(now);
        }
    }

    fn is_break_over(&self, now: u64) -> bool {
        matches!(&self.state, State::Reconnecting { reconnection, .. } if reconnection.is_over(now))
    }

    /// A break began when the daemon was heard last: the machine may have been asleep since.
    fn reconnect(&mut self, now: u64) -> Vec<Effect> {
        let code = self.entry.as_ref().and_then(|entry| entry.opening.as_ref()?.code.clone());
        let reconnection = Reconnection::new(self.watch.heard_at(), code);
        if reconnection.is_over(now) {
            return self.refuse(Refused::BreakOver, 0);
        }
        let mut effects = self.effects();
        self.state.breaks(reconnection);
        effects.extend([Effect::Phase, Effect::Reconnect(0)]);
        effects
    }

    fn malformed(&mut self) -> Vec<Effect> {
        match self.state {
            State::Over(_) => vec![],
            _ => self.finish(Ended::by_itself(Ending::By(End::Malformed))),
        }
    }

    fn refuse(&mut self, why: Refused, retry_ms: u64) -> Vec<Effect> {
        self.end(Over::Refused(why, retry_ms.min(ENTRY_WAIT_MOST_MS)))
    }

    fn finish(&mut self, ended: Ended) -> Vec<Effect> {
        self.end(Over::Ended(ended))
    }

    /// All is wiped as it is dropped; what is still to be sent goes first.
    fn end(&mut self, over: Over) -> Vec<Effect> {
        let mut effects = self.effects();
        (self.state, self.entry) = (State::Over(over), None);
        effects.extend([Effect::Phase, Effect::Close]);
        effects
    }

    /// What is to be sent, derived and shown since this was last asked.
    fn effects(&mut self) -> Vec<Effect> {
        let (frames, derive, changes) = match &mut self.state {
            State::Connecting(group) => (group.frames(), vec![], vec![]),
            State::Room { membership, .. } => membership.take(),
            State::Reconnecting { membership, reconnection } => {
                let (mut frames, derive, changes) = membership.take();
                frames.extend(reconnection.frames());
                (frames, derive, changes)
            }
            _ => return vec![],
        };
        let derive = derive.into_iter().map(|(room, password)| Effect::Derive(room, password));
        let changes = changes.into_iter().map(Effect::Changed);
        frames.into_iter().map(Effect::Send).chain(derive).chain(changes).collect()
    }
}

impl State {
    fn leaves(&mut self, now: u64) {
        if let Self::Room { leaving, .. } = self {
            *leaving = Some(Leaving { since: now, has_gone: false });
        }
    }

    fn is_in(&mut self) {
        if let Self::Reconnecting { .. } = self
            && let Self::Reconnecting { membership, .. } = std::mem::replace(self, Self::Deriving)
        {
            *self = Self::Room { membership, leaving: None };
        }
    }

    fn breaks(&mut self, reconnection: Reconnection) {
        if let Self::Room { .. } = self
            && let Self::Room { mut membership, .. } = std::mem::replace(self, Self::Deriving)
        {
            membership.disconnected();
            *self = Self::Reconnecting { membership, reconnection };
        }
    }
}
