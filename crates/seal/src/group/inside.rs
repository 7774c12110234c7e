//! In the room: each frame of the daemon goes to what it concerns.

use std::collections::BTreeMap;

use sanctuary_wire::{DaemonFrame, Denial, End, Id, SealedDoor};

use super::super::{Door, Heart, Random, RoomSalt, Standing};
use super::before::Before;
use super::line::Line;
use super::own::Own;
use super::peer::Peer;
use super::relock::Relocking;
use super::seen::Seen;
use super::speech::Speech;
use super::welcome::Welcome;
use super::{Happening, Lie, Proof};

/// Milliseconds after which what was denied may be tried again in any case, whatever a daemon says.
const AGAIN_MOST_MS: u64 = 60_000;

/// Who has a seat.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) random: Random,
    pub(super) you: Id,
    pub(super) own: Own,
    pub(super) salt: RoomSalt,
    pub(super) heart: Heart,
    pub(super) door: Door,
    /// The one before, and until when: cards may be under way that are sealed for it.
    pub(super) former_door: Option<(Door, u64)>,
    /// Whether `door` is the room's present one.
    pub(super) has_door: bool,
    /// The count at one's first `welcome`, ...
    pub(super) since: u64,
    /// ... and at the last.
    pub(super) resumed: u64,
    pub(super) standing: Standing,
    pub(super) peers: BTreeMap<Id, Peer>,
    /// Voices and public keys of all others that were accepted, ...
    pub(super) seen: Seen,
    /// ... and one's own.
    pub(super) own_seen: Seen,
    /// Voices that were put out by who had the right to.
    pub(super) shut_out: Seen,
    pub(super) speech: Speech,
    /// How many messages the room has had.
    pub(super) said: u64,
    /// Another door that `relocked` must follow.
    pub(super) boxed: Option<(Id, SealedDoor)>,
    /// What one has sent to give the room another password.
    pub(super) relocking: Option<Relocking>,
    pub(super) line: Option<Line>,
    /// Bytes of the largest frame that the daemon takes, as it has last said.
    pub(super) largest_told: usize,
    /// The seat is given up, and nothing concerns one any more.
    pub(super) is_over: bool,
    pub(super) out: Vec<Vec<u8>>,
    pub(super) told: Vec<Happening>,
    /// Voices that were put out, with the right to, in what was read.
    #[cfg(test)]
    pub(super) kicks_read: Vec<super::super::Voice>,
}

/// Who is let in, with what.
pub(super) struct Entering {
    pub(super) door: Door,
    pub(super) heart: Heart,
    pub(super) own: Own,
    pub(super) line: Line,
    pub(super) before: Option<Before>,
}

impl Inside {
    pub(super) fn new(mut random: Random, entering: Entering, welcome: &Welcome<'_>, now: u64) -> Self {
        let Entering { door, heart, own, mut line, before } = entering;
        let same = before.as_ref().filter(|before| before.heart.is_of_same_room(&heart));
        let (seen, shut_out) =
            same.map(|before| (before.seen.clone(), before.shut_out.clone())).unwrap_or_default();
        let told = match (&before, same) {
            (None, _) => vec![Happening::Entered],
            (Some(_), None) => vec![Happening::EnteredAnew { missed: None }],
            (Some(_), Some(before)) => before.changes(welcome),
        };
        let salt = RoomSalt::of(door.room(), &heart);
        let (standing, speech) = (Standing::new(door.room(), &welcome.told), Speech::new(&mut random));
        line.is_seated = true;
        let mut inside = Self {
            random,
            you: welcome.you,
            own,
            salt,
            heart,
            door,
            former_door: None,
            has_door: true,
            since: welcome.told.count,
            resumed: welcome.told.count,
            standing,
            peers: BTreeMap::new(),
            seen,
            own_seen: Seen::default(),
            shut_out,
            speech,
            said: welcome.said,
            boxed: None,
            relocking: None,
            largest_told: line.largest,
            line: Some(line),
            is_over: false,
            out: vec![],
            told,
            #[cfg(test)]
            kicks_read: vec![],
        };
        inside.own.renewal.begin(now, &mut inside.random);
        inside.remember_own();
        inside.told.extend(welcome.lies().map(Happening::Lie));
        for seated in welcome.told.seats() {
            if seated.id != inside.you {
                inside.meet(seated.id, &seated.entry, &seated.card, false);
            } else if *seated.card != *inside.own.card || seated.entry != inside.own.entry {
                inside.told.push(Happening::Lie(Lie::OwnCard));
            }
        }
        if inside.standing.place(inside.you).is_err() {
            inside.told.push(Happening::Lie(Lie::OwnCard));
        }
        if let Some(before) = &before
            && before.heart.is_of_same_room(&inside.heart)
        {
            let named = |id: &Id| inside.peers.get(id).is_some_and(|peer| peer.accepted().is_some());
            let joined = before.newcomers(welcome).filter(named).map(Happening::Joined);
            inside.told.extend(joined.collect::<Vec<_>>());
        }
        inside
    }

    pub(super) fn told(&mut self) -> Vec<Happening> {
        std::mem::take(&mut self.told)
    }

    pub(super) fn hear(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, now: u64) -> Vec<Happening> {
        self.forget_former(now);
        match frame {
            _ if self.is_over => {}
            DaemonFrame::Hello { nonce, largest_frame, .. } => self.hello(nonce, *largest_frame),
            DaemonFrame::Welcome { .. } => self.resumed(frame, now),
            DaemonFrame::Refused { why, retry_ms } if !self.is_seated() => {
                self.told.push(Happening::Refused { why: *why, retry_ms: *retry_ms });
            }
            DaemonFrame::Alive => {}
            _ if !self.is_seated() => self.told.push(Happening::Lie(Lie::OutOfTurn)),
            _ => self.happens(bytes, frame, now),
        }
        self.answer_lacks(now);
        self.speak(now);
        self.renew(now);
        self.told()
    }

    fn happens(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, now: u64) {
        let keeper = self.standing.keeper();
        match frame {
            DaemonFrame::Joined { id, entry, card } => {
                if self.take_in(bytes, frame) {
                    self.meet(*id, entry, card, true);
                }
            }
            DaemonFrame::Left { id, how } => {
                if self.take_in(bytes, frame) {
                    self.forget(*id);
                    self.told.push(Happening::Left { id: *id, how: *how });
                }
            }
            DaemonFrame::Away(id) | DaemonFrame::Back(id) => {
                if self.take_in(bytes, frame) {
                    let is_away = matches!(frame, DaemonFrame::Away(_));
                    // Anything that was passed to it may be lost.
                    if let Some(known) = self.known_mut(*id) {
                        known.holds = false;
                    }
                    self.told.push(if is_away { Happening::Away(*id) } else { Happening::Back(*id) });
                }
            }
            DaemonFrame::Keeper(_) => drop(self.take_in(bytes, frame)),
            DaemonFrame::Locked { locked, by } => {
                if !self.may(*by) {
                    self.told.push(Happening::Lie(Lie::NoRight(*by)));
                }
                self.take_in(bytes, frame);
                self.told.push(Happening::Locked { locked: *locked, by: *by });
            }
            DaemonFrame::Renewed { id, card } => {
                if self.take_in(bytes, frame) {
                    self.renewed(*id, card, now, true);
                }
            }
            DaemonFrame::Said { from, payload } => self.said(bytes, frame, *from, payload, now),
            DaemonFrame::Kicked { .. } | DaemonFrame::Handed { .. } => self.ordered(bytes, frame, now),
            DaemonFrame::Boxed { by, door } => self.boxed = Some((*by, door.clone())),
            DaemonFrame::Relocked { .. } => self.relocked(bytes, frame, now),
            DaemonFrame::Passed { from, passed } => self.passed(*from, passed, now),
            DaemonFrame::Denied { frame, why, retry_ms } => self.denied(*frame, *why, *retry_ms, now),
            DaemonFrame::Over { end, by, payload } => self.over(*end, *by, *payload, now),
            DaemonFrame::Closing(seconds) => self.told.push(Happening::Closing(*seconds)),
            DaemonFrame::Hello { .. }
            | DaemonFrame::Welcome { .. }
            | DaemonFrame::Refused { .. }
            | DaemonFrame::Alive => self.told.push(Happening::Lie(Lie::OutOfTurn)),
        }
        if self.standing.keeper() != keeper && !matches!(frame, DaemonFrame::Handed { .. }) {
            self.told.push(Happening::Keeper(self.standing.keeper()));
        }
    }

    /// Counts a frame that concerns all. Returns whether it agrees with those before.
    pub(super) fn take_in(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>) -> bool {
        self.take_in_obeyed(bytes, frame, true)
    }

    pub(super) fn take_in_obeyed(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, obeyed: bool) -> bool {
        let result = self.standing.push(bytes, frame, obeyed);
        if let Err(lie) = result {
            self.told.push(Happening::Lie(lie));
        }
        result.is_ok()
    }

    /// Somebody is out: the next word is said with a chain that it does not hold.
    pub(super) fn forget(&mut self, id: Id) {
        if self.peers.remove(&id).is_some() {
            self.speech.is_stale = true;
        }
    }

    fn denied(&mut self, frame: u8, why: Denial, retry_ms: u64, now: u64) {
        let retry_ms = retry_ms.min(AGAIN_MOST_MS);
        match frame {
            FRAME_PASS => self.passes_denied(why == Denial::TooFast, retry_ms, now),
            COMMAND_RELOCK => self.relocking = None,
            COMMAND_RENEW => self.renewal_denied(why == Denial::TooFast, retry_ms, now),
            _ => self.speech_denied(frame, why == Denial::TooFast, retry_ms, now),
        }
        self.told.push(Happening::Denied { frame, why, retry_ms });
    }

    fn over(&mut self, end: End, by: Option<Id>, payload: Option<&[u8]>, now: u64) {
        let proof = match (by, payload) {
            (Some(by), Some(payload)) => self.ends(end, by, payload, now),
            _ => Proof::Absent,
        };
        self.disconnected();
        // Of all ends, these two leave one's seat to oneself.
        self.is_over = !matches!(end, End::TooSlow | End::ResumedElsewhere);
        self.told.push(Happening::Over { end, by, proof });
    }

    /// Forgets the keys and the door that were before, when their time is over.
    fn forget_former(&mut self, now: u64) {
        self.own.former.retain(|(_, until)| now < *until);
        self.former_door.take_if(|(_, until)| *until <= now);
        self.peers.values_mut().filter_map(|peer| peer.known.as_mut()).for_each(|known| known.forget(now));
    }

    pub(super) fn tick(&mut self, now: u64) -> Vec<Happening> {
        self.forget_former(now);
        self.watch_renewal(now);
        self.tell_receipts(now);
        self.speak(now);
        self.renew(now);
        self.told()
    }

    pub(super) fn next_tick(&self) -> Option<u64> {
        let forget_at = |peer: &Peer| peer.known.as_ref().and_then(|known| known.forget_at());
        let of_peers = self.peers.iter().flat_map(|(id, peer)| [forget_at(peer), self.receipt_at(*id)]);
        let own = self.own.former.first().map(|(_, until)| *until);
        let door = self.former_door.as_ref().map(|(_, until)| *until);
        of_peers.flatten().chain(own).chain(door).chain(self.next_renewal()).chain(self.next_word()).min()
    }

    pub(super) fn door(&self) -> &Door {
        &self.door
    }

    pub(super) fn heart(&self) -> &Heart {
        &self.heart
    }
}

/// The number of a `pass`, as `denied` names it, ...
const FRAME_PASS: u8 = 5;

/// ... of a `relock` ...
const COMMAND_RELOCK: u8 = 11;

/// ... and of a `renew`.
const COMMAND_RENEW: u8 = 12;
