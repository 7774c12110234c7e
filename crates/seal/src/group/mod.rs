//! One member of one room: what it tells the daemon, and what it makes of what the daemon says.
//!
//! A [`Group`] knows neither sockets nor clocks. [`Group::hear`] takes each frame as it came and says
//! what a person must be told; [`Group::frames`] gives what is to be sent; [`Group::tick`] is due at
//! [`Group::next_tick`]. Section 2 of the protocol says what it promises under a
//! daemon that lies.

mod before;
mod cards;
mod chains;
mod happening;
mod inside;
mod line;
mod members;
mod orders;
mod outside;
mod own;
mod passes;
mod peer;
mod relock;
mod resume;
mod seen;
mod speech;
mod welcome;

use sanctuary_wire::{DaemonFrame, Id, RoomId, Rule, WireError};

use super::{Alias, Body, Door, Heart, Name, Password, Random, SealError, Text, TimedText};
pub use chains::{GENERATION_MS, GENERATION_SAYS};
pub use happening::{Happening, Lie, Proof};
pub use members::{Member, Showing};
pub use own::{FORMER_OWN_MS, RENEWAL_MS, RENEWAL_SPREAD_MS};
pub use peer::FORMER_MS;
pub use seen::SEEN_MOST;
pub use speech::WAITING_MOST;

use before::Before;
use inside::Inside;
use outside::{Opening, Outside};

/// What a client holds itself to (protocol, section 4), beside what the other modules have; what ends in `ms` is in
/// milliseconds.
#[cfg(test)]
pub(super) const BOUNDS: [(&str, u64); 17] = [
    ("seats of a room that are believed", sanctuary_wire::limits::SEATS_MOST as u64),
    ("views that are kept", super::VIEWS_KEPT as u64),
    ("steps along a chain as it was handed over", super::MAX_SKIP),
    ("keys of others that are remembered, of one's own, and voices that were put out", SEEN_MOST as u64),
    ("messages of a generation", GENERATION_SAYS as u64),
    ("time from the first message of a generation, ms", GENERATION_MS),
    ("time from one renewal to the next, ms", RENEWAL_MS),
    ("that much more or less, ms", RENEWAL_SPREAD_MS),
    ("time until a renewal without an answer is told, ms", own::UNANSWERED_MS),
    ("own X25519 secrets that are kept for boxes", own::FORMER_OWN_MOST as u64),
    ("time for which they are, ms", FORMER_OWN_MS),
    ("former inbound keys of a member", peer::FORMER_MOST as u64),
    ("time for which they, and the former door, are kept, ms", FORMER_MS),
    ("time from one receipt to the next, ms", passes::RECEIPT_MS),
    ("time from one lack told or answered to the next, ms", passes::LACK_MS),
    ("words that wait", WAITING_MOST as u64),
    ("seconds after which messages may be made to go", orders::TIMER_MOST),
];

/// One's own part in a room.
#[derive(Debug)]
pub struct Group {
    state: State,
}

#[derive(Debug)]
enum State {
    Outside(Box<Outside>),
    Inside(Box<Inside>),
    /// Between the two.
    Moving,
}

impl Group {
    /// Who opens the room behind `door`, whose password this is; `at` is the clock, in milliseconds
    /// since 1970, and `code` what the host may ask for.
    #[must_use]
    pub fn create(
        door: Door,
        password: Password,
        rule: Rule,
        alias: Alias,
        at: u64,
        code: Option<Text>,
        random: Random,
    ) -> Self {
        let opening = Opening { password, rule, at, code };
        Self { state: State::Outside(Box::new(Outside::new(door, alias, Some(opening), random))) }
    }

    /// Who enters the room behind `door`.
    #[must_use]
    pub fn enter(door: Door, alias: Alias, random: Random) -> Self {
        Self { state: State::Outside(Box::new(Outside::new(door, alias, None, random))) }
    }

    /// Who enters anew the room whose seat was given up, as somebody whom nothing but the alias ties to before. Voices
    /// that were put out stay so. `opening` says when, and by which code, the room is opened again.
    pub fn anew(&self, opening: Option<(u64, Option<Text>)>, random: Random) -> Result<Self, SealError> {
        let inside = self.inside()?;
        let Heart { rule, ref password, .. } = inside.heart;
        let opening = opening.map(|(at, code)| Opening { password: password.clone(), rule, at, code });
        let outside = Outside::new(inside.door.clone(), inside.own.alias.clone(), opening, random);
        Ok(Self { state: State::Outside(Box::new(outside.after(Before::of(inside)))) })
    }

    /// Takes in a frame, as it came; `now` is any clock that only rises, in milliseconds. Returns what
    /// a person must be told. A frame that can't be read ends the connection.
    pub fn hear(&mut self, bytes: &[u8], now: u64) -> Result<Vec<Happening>, WireError> {
        let frame = DaemonFrame::decode(bytes)?;
        match &mut self.state {
            State::Inside(inside) => Ok(inside.hear(bytes, &frame, now)),
            State::Outside(outside) if !matches!(frame, DaemonFrame::Welcome { .. }) => {
                Ok(outside.hear(&frame))
            }
            _ => Ok(self.enters(&frame, now)),
        }
    }

    fn enters(&mut self, frame: &DaemonFrame<'_>, now: u64) -> Vec<Happening> {
        self.state = match std::mem::replace(&mut self.state, State::Moving) {
            State::Outside(outside) => match outside.enters(frame, now) {
                Ok(inside) => State::Inside(Box::new(inside)),
                Err(outside) => State::Outside(outside),
            },
            other => other,
        };
        match &mut self.state {
            State::Inside(inside) => inside.told(),
            State::Outside(outside) => outside.told(),
            State::Moving => vec![],
        }
    }

    /// The connection is gone. Another one begins with its `hello`.
    pub fn disconnected(&mut self) {
        match &mut self.state {
            State::Inside(inside) => inside.disconnected(),
            State::Outside(outside) => outside.disconnected(),
            State::Moving => {}
        }
    }

    /// Frames to send, in order.
    pub fn frames(&mut self) -> Vec<Vec<u8>> {
        match &mut self.state {
            State::Inside(inside) => inside.frames(),
            State::Outside(outside) => outside.frames(),
            State::Moving => vec![],
        }
    }

    /// Does what is due by now.
    pub fn tick(&mut self, now: u64) -> Vec<Happening> {
        match &mut self.state {
            State::Inside(inside) => inside.tick(now),
            _ => vec![],
        }
    }

    /// When something will be due.
    #[must_use]
    pub fn next_tick(&self) -> Option<u64> {
        self.inside().ok()?.next_tick()
    }

    /// Says something to all whom one sees. One's words go one after the other: the next when the one
    /// before is known to have been relayed.
    pub fn say(&mut self, body: Body, now: u64) -> Result<(), SealError> {
        self.inside_mut()?.say(body, now)
    }

    /// Says a message.
    pub fn message(&mut self, said: TimedText, now: u64) -> Result<(), SealError> {
        self.say(Body::Message(said), now)
    }

    /// Says farewell, if there is something to say, and leaves.
    pub fn leave(&mut self, farewell: Option<TimedText>, now: u64) -> Result<(), SealError> {
        let inside = self.inside_mut()?;
        if let Some(farewell) = farewell {
            inside.say(Body::Farewell(farewell), now)?;
        }
        inside.exit();
        Ok(())
    }

    /// Whispers a body of a message to one member. Returns the whisper's number, by which it is told
    /// to be [`Happening::Delivered`], and its name.
    #[expect(clippy::needless_pass_by_value, reason = "as `say` takes it")]
    pub fn whisper(&mut self, to: Id, body: Body) -> Result<(u32, Name), SealError> {
        self.inside_mut()?.whisper(to, &body)
    }

    /// Whispers once more what may not have arrived, under the number that it has; who has it already passes it over.
    pub fn whisper_again(&mut self, to: Id, number: u32, body: &Body) -> Result<(), SealError> {
        self.inside_mut()?.whisper_again(to, number, body)
    }

    /// Puts a member out.
    pub fn kick(&mut self, id: Id, now: u64) -> Result<(), SealError> {
        self.inside_mut()?.kick(id, now)
    }

    /// Ends the room for everyone.
    pub fn stop(&mut self, now: u64) -> Result<(), SealError> {
        self.inside_mut()?.stop(now)
    }

    /// Makes another member keeper.
    pub fn hand(&mut self, id: Id, now: u64) -> Result<(), SealError> {
        self.inside_mut()?.hand(id, now)
    }

    /// Lets nobody in any more, or again.
    pub fn lock(&mut self, locked: bool) -> Result<(), SealError> {
        self.inside_mut()?.order_lock(locked)
    }

    /// Gives the room another password, behind which is `door`, which takes long to derive. Of those
    /// listed stay the ones that are accepted; all others are put out. So the list is to be taken, by
    /// [`Group::accepted`], before anybody was asked.
    pub fn relock(&mut self, door: Door, password: Password, listed: &[Id]) -> Result<(), SealError> {
        self.inside_mut()?.order_relock(door, password, listed)
    }

    /// Takes another alias, if the daemon allows it.
    pub fn rename(&mut self, alias: Alias, now: u64) -> Result<(), SealError> {
        self.inside_mut()?.rename(alias, now)
    }

    /// After a freeze, in which anybody may have held this machine's memory: keys are renewed.
    pub fn thawed(&mut self, now: u64) {
        if let Ok(inside) = self.inside_mut() {
            inside.thawed(now);
        }
    }

    /// Whether one has a seat, and its connection.
    #[must_use]
    pub fn is_seated(&self) -> bool {
        self.inside().is_ok_and(Inside::is_seated)
    }

    /// Whether the daemon would take a frame with this body, as far as it has last said how much it takes.
    #[must_use]
    pub fn fits(&self, body: &Body) -> bool {
        self.inside().is_ok_and(|inside| speech::fits(body, inside.largest_told))
    }

    /// Whether all that was to be said to the room was relayed, or given up.
    #[must_use]
    pub fn is_all_said(&self) -> bool {
        self.inside().map_or(true, Inside::is_all_said)
    }

    /// The room.
    #[must_use]
    pub fn room(&self) -> RoomId {
        self.door().room()
    }

    /// The keys that follow from the password.
    ///
    /// # Panics
    ///
    /// Never.
    #[must_use]
    pub fn door(&self) -> &Door {
        match &self.state {
            State::Outside(outside) => outside.door(),
            State::Inside(inside) => inside.door(),
            State::Moving => unreachable!("it lasts no longer than `enters`"),
        }
    }

    /// The room's heart, once one is in.
    #[must_use]
    pub fn heart(&self) -> Option<&Heart> {
        self.inside().ok().map(Inside::heart)
    }

    /// Whether somebody may kick, stop, lock and relock.
    #[must_use]
    pub fn may(&self, id: Id) -> bool {
        self.inside().is_ok_and(|inside| inside.may(id))
    }

    /// Whether one has the key behind the room's present password.
    #[must_use]
    pub fn has_door(&self) -> bool {
        self.inside().is_ok_and(|inside| inside.has_door)
    }

    /// What somebody finds who seizes the device: the voice, the present pair, the salt.
    #[cfg(test)]
    pub(super) fn seized(&self) -> (sanctuary_sign::SigningKey, super::KeyPair, super::RoomSalt) {
        let inside = self.inside().unwrap();
        (inside.own.voice.clone(), inside.own.keys.clone(), inside.salt.clone())
    }

    /// What is sent and not known to have been relayed, and the room as one sees it.
    #[cfg(test)]
    pub(super) fn under_way(&self) -> Option<(Body, u64, super::View)> {
        let inside = self.inside().ok()?;
        Some((inside.speech.under_way()?, inside.standing.count(), inside.standing.view()))
    }

    /// How many frames have concerned all.
    #[cfg(test)]
    pub(super) fn count(&self) -> Option<u64> {
        self.inside().ok().map(|inside| inside.standing.count())
    }

    /// What a member who sees the same as this one says that it saw.
    #[cfg(test)]
    pub(super) fn view_at(&self, count: u64) -> Option<super::View> {
        self.inside().unwrap().standing.view_at(count)
    }

    /// Voices that were put out, with the right to, in what was read.
    #[cfg(test)]
    pub(super) fn kicks_read(&self) -> &[super::Voice] {
        &self.inside().unwrap().kicks_read
    }

    fn inside(&self) -> Result<&Inside, SealError> {
        match &self.state {
            State::Inside(inside) => Ok(inside),
            _ => Err(SealError::NotSeated),
        }
    }

    fn inside_mut(&mut self) -> Result<&mut Inside, SealError> {
        match &mut self.state {
            State::Inside(inside) => Ok(inside),
            _ => Err(SealError::NotSeated),
        }
    }
}
