//! What one says to the room: one word after the other, under a chain that is handed out lazily.

use std::collections::VecDeque;

use sanctuary_wire::{ClientFrame, Command, Denial, Id, Passes, limits};

use super::super::{Body, Chain, Name, Passed, Random, Say, SealError, Voice};
use super::Happening;
use super::inside::Inside;

/// Messages under one generation of a chain.
pub const GENERATION_SAYS: u32 = 200;

/// Milliseconds from the first message under a generation to the next generation.
pub const GENERATION_MS: u64 = 600_000;

/// Words that wait to be sent.
pub const WAITING_MOST: usize = 256;

/// Bytes that a payload has beside its plaintext: generation and counter, IV, padding, tag.
const PAYLOAD_MORE: usize = 8 + 16 + 16 + 32;

/// Bytes that a plaintext has at most beside the body.
const PLAINTEXT_MORE: usize = 108;

/// One's own chain, and what waits to be said.
#[derive(Debug)]
pub(super) struct Speech {
    chain: Chain,
    /// Messages that were relayed under this generation.
    relayed: u32,
    /// When the first was sealed.
    since: Option<u64>,
    /// Somebody who may hold the chain is out since it was last used.
    pub(super) is_stale: bool,
    waiting: VecDeque<Word>,
    flight: Option<Flight>,
    /// Nothing is said before.
    hold_until: u64,
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

    /// Of the frame or command that carries it, as `denied` names it.
    fn number(&self) -> u8 {
        match self.what {
            What::Say(_) => 4,
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

    /// As it is handed out.
    pub(super) fn chain(&self) -> &Chain {
        &self.chain
    }
}

impl Inside {
    pub(super) fn say(&mut self, body: Body, now: u64) -> Result<(), SealError> {
        let plaintext = (body.encode()?.len() + PLAINTEXT_MORE).next_multiple_of(128);
        if plaintext + PAYLOAD_MORE + limits::OVERHEAD > self.largest() {
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
        // An order that may have been relayed, and whom it names is out: its counter is used up by the same
        // words.
        if word.is_order() && self.is_there(&word) {
            let payload = payload.as_slice();
            self.order(|turn| match word.what {
                What::Kick(id, _) => Command::Kick { turn, id, payload },
                What::Hand(id, _) => Command::Hand { turn, id, payload },
                _ => Command::Stop { turn, payload },
            })?;
        } else {
            self.send(&ClientFrame::Say { payload: &payload });
        }
        self.speech.flight = Some(Flight { word, payload });
        Ok(())
    }

    /// The next word, without orders that have lost their object before they were sent.
    fn next_sayable(&mut self) -> Option<Word> {
        while let Some(word) = self.speech.waiting.pop_front() {
            if word.may_be_relayed || self.is_there(&word) {
                return Some(word);
            }
            let (frame, why) = (word.number(), Denial::NoSuchMember);
            self.told.push(Happening::Denied { frame, why, retry_ms: 0 });
        }
        None
    }

    /// Whether the member that an order names, if it names one, is in the room.
    fn is_there(&self, word: &Word) -> bool {
        match word.what {
            What::Kick(id, _) | What::Hand(id, _) => self.standing.place(id).is_ok(),
            What::Say(_) | What::Stop => true,
        }
    }

    /// Begins a new generation where one is due.
    fn turn_chain(&mut self, now: u64) -> Result<(), SealError> {
        let speech = &mut self.speech;
        let is_old = speech.since.is_some_and(|since| now >= since + GENERATION_MS);
        if !(speech.is_stale || is_old || speech.relayed >= GENERATION_SAYS) {
            return Ok(());
        }
        speech.chain = speech.chain.renewed(self.random.secret())?;
        (speech.relayed, speech.since, speech.is_stale) = (0, None, false);
        self.peers.values_mut().filter_map(|peer| peer.known.as_mut()).for_each(|known| known.holds = false);
        Ok(())
    }

    /// Passes the chain to each member that one sees and that does not have it.
    fn hand_out(&mut self) -> Result<(), SealError> {
        let handed = Passed::Chain(self.speech.chain.clone());
        let mut passes = Vec::new();
        for (id, peer) in &mut self.peers {
            let is_away = self.standing.place(*id).map_or(true, |place| place.away);
            let Ok(known) = peer.accepted_mut() else { continue };
            if !is_away && !known.holds {
                passes.push((*id, known.outward().seal(&mut self.random, &handed)?));
                (known.holds, known.asks) = (true, false);
                self.own.renewal.was_used = true;
            }
        }
        self.out.extend(pass_frames(&passes, self.largest()));
        Ok(())
    }

    /// A payload of one's own has come back. Returns its name and what it says, or nothing where one has
    /// not said it.
    pub(super) fn landed(&mut self, payload: &[u8]) -> Option<(Name, Body)> {
        let flight = self.speech.flight.take_if(|flight| flight.payload == payload)?;
        let (counter, body) = (self.speech.chain.counter().ok()?, flight.word.body());
        let name = Name::of_say(self.salt.room(), self.own.voice(), counter, &body.encode().ok()?);
        self.speech.chain.step(&self.salt);
        self.speech.relayed += 1;
        Some((name, body))
    }

    /// A word was not relayed: its counter is free again.
    pub(super) fn speech_denied(&mut self, number: u8, is_for_haste: bool, retry_ms: u64, now: u64) {
        let denied = self.speech.flight.take_if(|flight| flight.word.number() == number);
        if !is_for_haste {
            return;
        }
        self.speech.hold_until = self.speech.hold_until.max(now + retry_ms);
        // That somebody was typing is no news any more.
        if let Some(flight) = denied
            && !matches!(flight.word.what, What::Say(Body::Typing { .. }))
        {
            self.speech.waiting.push_front(flight.word);
        }
    }

    /// Nobody knows who holds the chain: everyone is given it anew.
    pub(super) fn passes_denied(&mut self, is_for_haste: bool, retry_ms: u64, now: u64) {
        if is_for_haste {
            self.peers
                .values_mut()
                .filter_map(|peer| peer.known.as_mut())
                .for_each(|known| known.holds = false);
            self.speech.hold_until = self.speech.hold_until.max(now + retry_ms);
        }
    }

    /// The connection broke: what was under way may have been relayed, and is said again.
    pub(super) fn say_again(&mut self) {
        self.speech.is_stale = true;
        let Some(Flight { mut word, .. }) = self.speech.flight.take() else { return };
        word.may_be_relayed = true;
        self.speech.waiting.push_front(word);
    }

    pub(super) fn next_word(&self) -> Option<u64> {
        let waits = self.is_seated() && self.speech.flight.is_none() && !self.speech.waiting.is_empty();
        waits.then_some(self.speech.hold_until)
    }

    pub(super) fn largest(&self) -> usize {
        self.line().map_or(limits::SMALLEST_LARGEST_FRAME, |line| line.largest)
    }
}

/// As many `pass` frames as `largest` bytes for each ask for.
pub(super) fn pass_frames(passes: &[(Id, Vec<u8>)], largest: usize) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    let mut rest = passes;
    while !rest.is_empty() {
        let mut size = limits::OVERHEAD;
        let fits = |(_, passed): &&(Id, Vec<u8>)| {
            size += passed.len() + limits::OVERHEAD;
            size <= largest
        };
        // One at the least, however large it is.
        let count = rest.iter().take(limits::PASSES_MOST).take_while(fits).count().max(1);
        let (batch, after) = rest.split_at(count);
        let batch: Vec<_> = batch.iter().map(|(id, passed)| (*id, passed.as_slice())).collect();
        frames.extend(Passes::try_from(batch).map(|passes| ClientFrame::Pass(passes).encode()));
        rest = after;
    }
    frames
}
