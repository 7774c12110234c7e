//! What waits to be said, one after the other, and outlives both the connection and the seat.

use std::collections::VecDeque;

use sanctuary_seal::{Body, Group, Name, SealError};
use sanctuary_wire::Id;

use super::lines::{Delivery, Lines};
use super::moderation::AGAIN_MOST_MS;
use super::people::{Key, People};
use super::told::Note;

/// Words that may wait.
pub const WAITING_MOST: usize = 256;

/// Milliseconds after which a whisper that was not denied counts as sent.
pub(super) const WHISPER_SENT_MS: u64 = 1_000;

/// Milliseconds without an echo after which the connection counts as broken.
pub(super) const ECHO_MS: u64 = 15_000;

/// Denials as too fast after which a whisper has failed: its receiver may never read.
pub(super) const WHISPER_DENIED_MOST: u32 = 5;

/// Milliseconds to wait at the least after a denial.
const AGAIN_LEAST_MS: u64 = 100;

/// Whispers whose arrival is waited for.
const UNCONFIRMED_MOST: usize = 256;

/// Something to say, or to order.
#[derive(Debug)]
pub(super) enum Word {
    Say {
        /// Its line, if it has one.
        key: Option<u64>,
        /// To whom, if not to all.
        to: Option<Key>,
        body: Box<Body>,
    },
    Kick(Key),
    Hand(Key),
    Stop,
}

/// A word, and what has come of it so far.
#[derive(Debug)]
struct Waiting {
    word: Word,
    /// It was sent, and may have been relayed.
    is_tried: bool,
    /// The number of a whisper.
    number: Option<u32>,
    denials: u32,
}

#[derive(Debug)]
struct Flight {
    waiting: Waiting,
    /// When it counts as sent, or has taken too long.
    due: u64,
}

/// What waits.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    waiting: VecDeque<Waiting>,
    flight: Option<Flight>,
    /// Whispers that were sent, with their lines.
    unconfirmed: VecDeque<(Key, u32, u64)>,
    hold_until: u64,
}

/// A body that was whispered, and to whom, which counts from now on.
pub(super) type Whispered = (Key, Body);

impl Outbox {
    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < WAITING_MOST
    }

    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.flight.is_none()
    }

    pub(super) fn is_kicking(&self) -> bool {
        let flying = self.flight.iter().map(|flight| &flight.waiting);
        flying.chain(&self.waiting).any(|waiting| matches!(waiting.word, Word::Kick(_)))
    }

    pub(super) fn put(&mut self, word: Word) {
        self.waiting.push_back(Waiting { word, is_tried: false, number: None, denials: 0 });
    }

    /// Nothing else that waits is said any more.
    pub(super) fn put_last(&mut self, word: Word) {
        self.waiting.clear();
        self.put(word);
    }

    pub(super) fn due(&self) -> Option<u64> {
        match &self.flight {
            Some(flight) => Some(flight.due),
            None => (!self.waiting.is_empty()).then_some(self.hold_until),
        }
    }

    /// The line of what is in flight to all.
    pub(super) fn flying(&self) -> Option<u64> {
        match self.flight.as_ref()?.waiting.word {
            Word::Say { key, to: None, .. } => key,
            _ => None,
        }
    }

    /// Whether the daemon has not shown for too long what is in flight.
    pub(super) fn is_stalled(&self, now: u64) -> bool {
        self.flight.as_ref().is_some_and(|flight| flight.waiting.number.is_none() && now >= flight.due)
    }

    /// Says what may be said now. Returns whispers that count as sent.
    pub(super) fn go_on(
        &mut self,
        group: &mut Group,
        people: &People,
        lines: &mut Lines,
        now: u64,
    ) -> Vec<Whispered> {
        let mut whispered: Vec<Whispered> = self.land(group, lines, now).into_iter().collect();
        while self.flight.is_none() && now >= self.hold_until {
            let Some(mut waiting) = self.waiting.pop_front() else { break };
            match hand(&mut waiting, group, people, lines, now) {
                Ok(()) => {
                    let after = if waiting.number.is_some() { WHISPER_SENT_MS } else { ECHO_MS };
                    self.confirm_later(&waiting);
                    self.flight = Some(Flight { waiting, due: now + after });
                    // An order that has lost its object is over at once.
                    whispered.extend(self.land(group, lines, now));
                }
                Err(_) => lose(&waiting, lines, now),
            }
        }
        whispered
    }

    /// What is in flight may have landed.
    fn land(&mut self, group: &Group, lines: &mut Lines, now: u64) -> Option<Whispered> {
        let has_landed = |flight: &mut Flight| match flight.waiting.number {
            None => group.is_all_said(),
            Some(_) => now >= flight.due,
        };
        let Waiting { word, .. } = self.flight.take_if(has_landed)?.waiting;
        let Word::Say { key, to, body } = word else { return None };
        if let Some(key) = key {
            lines.set_state(key, Delivery::Sent, now);
        }
        Some((to?, *body))
    }

    fn confirm_later(&mut self, waiting: &Waiting) {
        if let (Word::Say { key: Some(key), to: Some(to), .. }, Some(number)) =
            (&waiting.word, waiting.number)
        {
            self.unconfirmed.retain(|(.., other)| other != key);
            self.unconfirmed.push_back((*to, number, *key));
            if self.unconfirmed.len() > UNCONFIRMED_MOST {
                self.unconfirmed.pop_front();
            }
        }
    }

    /// Whispers of these numbers have arrived.
    pub(super) fn delivered(&mut self, to: Key, first: u32, last: u32, lines: &mut Lines, now: u64) {
        let is_meant = |(other, number, _): &(Key, u32, u64)| *other == to && (first..=last).contains(number);
        for (.., key) in self.unconfirmed.iter().filter(|each| is_meant(each)) {
            lines.set_state(*key, Delivery::Delivered, now);
        }
        self.unconfirmed.retain(|each| !is_meant(each));
        // It need not be waited for any longer; its state is not set back.
        if let Some(flight) = &mut self.flight
            && let (Some(number), Word::Say { key, to: Some(whom), .. }) =
                (flight.waiting.number, &mut flight.waiting.word)
            && *whom == to
            && (first..=last).contains(&number)
        {
            (flight.due, *key) = (now, None);
        }
    }

    /// A `pass` was denied: if a whisper is in flight, that one, perhaps.
    pub(super) fn pass_denied(&mut self, is_for_haste: bool, retry_ms: u64, lines: &mut Lines, now: u64) {
        if is_for_haste {
            self.hold(now + retry_ms.clamp(AGAIN_LEAST_MS, AGAIN_MOST_MS));
        }
        let is_whisper = |flight: &mut Flight| flight.waiting.number.is_some();
        let Some(Flight { mut waiting, .. }) = self.flight.take_if(is_whisper) else { return };
        waiting.denials += 1;
        if is_for_haste && waiting.denials < WHISPER_DENIED_MOST {
            self.waiting.push_front(waiting);
        } else {
            waiting.is_tried = false;
            lose(&waiting, lines, now);
        }
    }

    pub(super) fn hold(&mut self, until: u64) {
        self.hold_until = self.hold_until.max(until);
    }

    /// Nobody is told later that this member was typing.
    pub(super) fn drop_typing(&mut self) {
        self.waiting.retain(|waiting| !is_typing(&waiting.word) || waiting.is_tried);
    }

    /// The seat was taken again: a whisper in flight goes once more; the group does so by itself with its own words.
    pub(super) fn resumed(&mut self, now: u64) {
        self.hold_until = 0;
        self.drop_typing();
        match &mut self.flight {
            Some(flight) if flight.waiting.number.is_none() => flight.due = now + ECHO_MS,
            flight => {
                if let Some(flight) = flight.take() {
                    self.waiting.push_front(flight.waiting);
                }
            }
        }
    }

    /// The seat was given up. A word that was tried is not said again, for it would be read as said twice; `is_same` says
    /// whether the words are for the people for whom they were typed.
    pub(super) fn taken_over(&mut self, is_same: bool, lines: &mut Lines, now: u64) -> Vec<u64> {
        self.hold_until = 0;
        self.unconfirmed.clear();
        let flying = self.flight.take().map(|flight| flight.waiting);
        let mut voiced = vec![];
        let waiting = flying.into_iter().chain(std::mem::take(&mut self.waiting));
        for waiting in waiting.filter(|waiting| !is_typing(&waiting.word)) {
            let Word::Say { key, to, body } = &waiting.word else {
                lines.note(Note::NotCarriedOut);
                continue;
            };
            let is_of_former_voice = matches!(**body, Body::Unsend { .. })
                || to.is_some() && matches!(**body, Body::Reaction { .. });
            if matches!(**body, Body::Timer { .. }) {
                lines.note(Note::NotCarriedOut);
            } else if waiting.is_tried || is_of_former_voice || !is_same {
                lose(&waiting, lines, now);
            } else {
                voiced.extend(*key);
                self.waiting.push_back(waiting);
            }
        }
        voiced
    }
}

/// Hands a word to the group.
fn hand(
    waiting: &mut Waiting,
    group: &mut Group,
    people: &People,
    lines: &mut Lines,
    now: u64,
) -> Result<(), SealError> {
    let id = |voice: &Key| people.voice(voice).map(|person| person.id).ok_or(SealError::NoSuchMember);
    match &waiting.word {
        Word::Kick(voice) => group.kick(id(voice)?, now)?,
        Word::Hand(voice) => group.hand(id(voice)?, now)?,
        Word::Stop => group.stop(now)?,
        Word::Say { to: None, body, .. } => group.say(Body::clone(body), now)?,
        Word::Say { key, to: Some(voice), body } => {
            let to = present(people, voice)?;
            if let Some(number) = waiting.number {
                group.whisper_again(to, number, body)?;
            } else {
                let (number, name): (u32, Name) = group.whisper(to, Body::clone(body))?;
                waiting.number = Some(number);
                if let Some(key) = key {
                    lines.name(*key, name);
                }
            }
        }
    }
    waiting.is_tried = true;
    Ok(())
}

/// Nothing is whispered to somebody who is away.
fn present(people: &People, voice: &Key) -> Result<Id, SealError> {
    let person = people.voice(voice).filter(|person| !person.away);
    person.map(|person| person.id).ok_or(SealError::NoSuchMember)
}

fn is_typing(word: &Word) -> bool {
    matches!(word, Word::Say { body, .. } if matches!(**body, Body::Typing { .. }))
}

/// It is not said any more by itself.
fn lose(waiting: &Waiting, lines: &mut Lines, now: u64) {
    let state = if waiting.is_tried { Delivery::Unsure } else { Delivery::Failed };
    match &waiting.word {
        Word::Say { key: Some(key), .. } => lines.set_state(*key, state, now),
        word if is_typing(word) => {}
        Word::Say { .. } => lines.note(Note::Untold),
        _ => lines.note(Note::Gone),
    }
}
