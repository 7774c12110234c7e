//! What one says to the room: one word after the other.

use std::collections::{BTreeSet, VecDeque};

use sanctuary_wire::{ClientFrame, Command, Denial, Id, cbor, limits};

use super::super::{Body, Chain, Name, Random, Say, SealError, Voice};
use super::Happening;
use super::inside::Inside;

/// Words that wait to be sent.
pub const WAITING_MOST: usize = 256;

/// Milliseconds after which one goes on, where what was denied was not for haste.
const AGAIN_MS: u64 = 1_000;

/// The number of a `say`, as `denied` names it.
const FRAME_SAY: u8 = 4;

/// Bytes that a payload has beside its plaintext: generation and counter, IV, padding, tag.
const PAYLOAD_MORE: usize = 8 + 16 + 16 + 32;

/// Bytes that a plaintext has at most beside the body.
const PLAINTEXT_MORE: usize = 103;

/// One's own chain, and what waits to be said.
#[derive(Debug)]
pub(super) struct Speech {
    pub(super) chain: Chain,
    /// Messages that were relayed under this generation.
    pub(super) relayed: u32,
    /// When the first was sealed.
    pub(super) since: Option<u64>,
    /// Somebody who may hold the chain is out since it was last used.
    pub(super) is_stale: bool,
    /// To whom the chain was handed since a word last came back, by which all before it was answered.
    pub(super) handed: BTreeSet<Id>,
    waiting: VecDeque<Word>,
    flight: Option<Flight>,
    /// Nothing is said before.
    pub(super) hold_until: u64,
    is_leaving: bool,
}

/// Something to say.
#[derive(Debug)]
struct Word {
    what: What,
    /// It was sent, and nobody knows what became of it.
    may_be_relayed: bool,
}

/// How it goes to the daemon.
#[derive(Debug)]
enum What {
    Say(Body),
    Kick(Id, Voice),
    Stop,
    Hand(Id, Voice),
}

/// What is sent and not known to have been relayed.
#[derive(Debug)]
struct Flight {
    word: Word,
    payload: Vec<u8>,
    /// Of the frame or command that carries it, as `denied` names it.
    number: u8,
}

impl Word {
    fn new(what: What) -> Self {
        Self { what, may_be_relayed: false }
    }

    fn body(&self) -> Body {
        match &self.what {
            What::Say(body) => body.clone(),
            What::Kick(_, voice) => Body::Kick(*voice),
            What::Stop => Body::Stop,
            What::Hand(_, voice) => Body::Hand(*voice),
        }
    }

    fn is_order(&self) -> bool {
        !matches!(self.what, What::Say(_))
    }

    /// Of the frame or command that carries it.
    fn number(&self) -> u8 {
        match self.what {
            What::Say(_) => FRAME_SAY,
            What::Kick(..) => 8,
            What::Stop => 9,
            What::Hand(..) => 13,
        }
    }
}

impl Speech {
    pub(super) fn new(random: &mut Random) -> Self {
        Self {
            chain: Chain::at(0, 0, random.secret()),
            relayed: 0,
            since: None,
            is_stale: false,
            handed: BTreeSet::new(),
            waiting: VecDeque::new(),
            flight: None,
            hold_until: 0,
            is_leaving: false,
        }
    }

    /// Whether the next word is said under the chain as it is.
    pub(super) fn is_at_rest(&self) -> bool {
        !self.is_stale && self.flight.is_none()
    }

    #[cfg(test)]
    pub(super) fn under_way(&self) -> Option<Body> {
        self.flight.as_ref().map(|flight| flight.word.body())
    }

    /// As it is handed out.
    pub(super) fn chain(&self) -> &Chain {
        &self.chain
    }
}

impl Inside {
    pub(super) fn say(&mut self, body: Body, now: u64) -> Result<(), SealError> {
        if !fits(&body, self.largest()) {
            return Err(SealError::TooLong);
        }
        self.put(What::Say(body), now)
    }

    pub(super) fn kick(&mut self, id: Id, now: u64) -> Result<(), SealError> {
        self.put(What::Kick(id, self.voice_of(id)?), now)
    }

    pub(super) fn stop(&mut self, now: u64) -> Result<(), SealError> {
        self.put(What::Stop, now)
    }

    pub(super) fn hand(&mut self, id: Id, now: u64) -> Result<(), SealError> {
        self.put(What::Hand(id, self.voice_of(id)?), now)
    }

    /// A member can be named whose voice is known, whatever is thought of it.
    fn voice_of(&self, id: Id) -> Result<Voice, SealError> {
        let known = self.peers.get(&id).and_then(|peer| peer.known.as_ref());
        known.map(|known| known.card.voice).ok_or(SealError::NoSuchMember)
    }

    fn put(&mut self, what: What, now: u64) -> Result<(), SealError> {
        if self.speech.waiting.len() >= WAITING_MOST {
            return Err(SealError::TooMuch);
        }
        self.speech.waiting.push_back(Word::new(what));
        self.speak(now);
        Ok(())
    }

    /// Leaves, when all has been said.
    pub(super) fn exit(&mut self) {
        self.speech.is_leaving = true;
        self.exit_when_all_is_said();
    }

    fn exit_when_all_is_said(&mut self) {
        if self.speech.is_leaving && self.speech.waiting.is_empty() && self.is_seated() {
            self.send(&ClientFrame::Exit);
            self.gives_up();
        }
    }

    /// Says the next word, if the one before is known to have been relayed.
    pub(super) fn speak(&mut self, now: u64) {
        self.exit_when_all_is_said();
        let speech = &self.speech;
        if !self.is_seated()
            || speech.flight.is_some()
            || speech.waiting.is_empty()
            || now < speech.hold_until
        {
            return;
        }
        match self.seal_next(now) {
            Ok(()) => {}
            Err(SealError::Exhausted) => self.told.push(Happening::Exhausted),
            Err(_) => debug_assert!(false, "what waits was seen to be sealable"),
        }
        self.exit_when_all_is_said();
    }

    fn seal_next(&mut self, now: u64) -> Result<(), SealError> {
        let Some(word) = self.next_sayable() else { return Ok(()) };
        self.turn_chain(now)?;
        let say = Say {
            n: self.own.n,
            lock: self.standing.lock(),
            count: self.standing.count(),
            view: self.standing.view(),
            body: word.body(),
        };
        let payload = say.seal(&self.salt, &self.speech.chain, &self.own.voice, &mut self.random)?;
        self.hand_out()?;
        self.speech.since.get_or_insert(now);
        let number = if self.can_order(&word) { word.number() } else { FRAME_SAY };
        if number == FRAME_SAY {
            self.send(&ClientFrame::Say { payload: &payload });
        } else {
            let payload = payload.as_slice();
            self.order(|turn| match word.what {
                What::Kick(id, _) => Command::Kick { turn, id, payload },
                What::Hand(id, _) => Command::Hand { turn, id, payload },
                _ => Command::Stop { turn, payload },
            })?;
        }
        self.speech.flight = Some(Flight { word, payload, number });
        Ok(())
    }

    /// The next word, without orders that have lost their object before they were sent.
    fn next_sayable(&mut self) -> Option<Word> {
        while let Some(word) = self.speech.waiting.pop_front() {
            if !word.is_order() || word.may_be_relayed || self.can_order(&word) {
                return Some(word);
            }
            let (frame, why) = (word.number(), Denial::NoSuchMember);
            self.told.push(Happening::Denied { frame, why, retry_ms: 0 });
        }
        None
    }

    /// Whether a word goes as an order. One that looks as if it had been carried out already is said as a
    /// mere word, so that its counter is used up in any case.
    fn can_order(&self, word: &Word) -> bool {
        match word.what {
            What::Kick(id, _) => self.standing.place(id).is_ok(),
            What::Hand(id, _) => {
                let is_handed = word.may_be_relayed && self.standing.keeper() != self.you;
                self.standing.place(id).is_ok() && !is_handed
            }
            What::Stop => true,
            What::Say(_) => false,
        }
    }

    /// A payload of one's own has come back. Returns its name and what it says, or nothing where one has
    /// not said it.
    pub(super) fn landed(&mut self, payload: &[u8]) -> Option<(Name, Body)> {
        let flight = self.speech.flight.take_if(|flight| flight.payload == payload)?;
        let (counter, body) = (self.speech.chain.counter().ok()?, flight.word.body());
        let name = Name::of_say(self.salt.room(), self.own.voice(), counter, &body.encode().ok()?);
        self.speech.chain.step(&self.salt);
        self.speech.relayed += 1;
        self.speech.handed.clear();
        #[cfg(test)]
        self.notes_kick(self.you, &body);
        Some((name, body))
    }

    /// A word was denied. Others may have been shown it all the same, and would take another one under its
    /// counter for it: so it is said again, and in the place of an order something that nobody obeys.
    pub(super) fn speech_denied(&mut self, number: u8, is_for_haste: bool, retry_ms: u64, now: u64) {
        if is_for_haste {
            self.hold_speech(now + retry_ms);
        }
        let Some(Flight { mut word, .. }) = self.speech.flight.take_if(|flight| flight.number == number)
        else {
            return;
        };
        word.may_be_relayed = true;
        if !is_for_haste {
            self.hold_speech(now + AGAIN_MS);
            if number != FRAME_SAY {
                word.what = What::Say(Body::Typing { at: 0 });
            }
        }
        self.speech.waiting.push_front(word);
    }

    /// Nothing is said before.
    pub(super) fn hold_speech(&mut self, until: u64) {
        self.speech.hold_until = self.speech.hold_until.max(until);
    }

    /// The connection broke: what was under way may have been relayed, and is said again.
    pub(super) fn say_again(&mut self) {
        self.speech.is_stale = true;
        let Some(Flight { mut word, .. }) = self.speech.flight.take() else { return };
        word.may_be_relayed = true;
        self.speech.waiting.push_front(word);
    }

    pub(super) fn is_all_said(&self) -> bool {
        self.speech.flight.is_none() && self.speech.waiting.is_empty()
    }

    pub(super) fn next_word(&self) -> Option<u64> {
        let waits = self.is_seated() && self.speech.flight.is_none() && !self.speech.waiting.is_empty();
        waits.then_some(self.speech.hold_until)
    }

    pub(super) fn largest(&self) -> usize {
        self.line().map_or(limits::SMALLEST_LARGEST_FRAME, |line| line.largest)
    }
}

/// Whether a frame of so many bytes has place for a body, and that can be sealed.
pub(super) fn fits(body: &Body, largest: usize) -> bool {
    let length = |body: &[u8]| (cbor::length(&body) + PLAINTEXT_MORE).next_multiple_of(128);
    let plaintext = body.encode().map(|body| length(&body));
    plaintext.is_ok_and(|plaintext| plaintext + PAYLOAD_MORE + limits::OVERHEAD <= largest)
}
