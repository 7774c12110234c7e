//! A member that puts every frame together itself: what it seals is nothing that anybody could open, but
//! what it signs holds, so that the daemon takes it for a member like any other.

use std::panic::Location;

use sanctuary_seal::{Door, Random, Seat};
use sanctuary_wire::{
    ClientFrame, Command, DaemonFrame, End, Gate, Id, Nonce, Passes, Refusal, Rule, SealedCard, SealedHeart,
    Signature, Tag,
};

use super::line::{Line, Next};
use super::member::door;

/// What stands for sealed bytes.
pub const CARD: &[u8; 320] = &[1; 320];
pub const HEART: &[u8; 192] = &[2; 192];

/// The key of a seat, and what is signed by it.
pub struct ByHand {
    door: Door,
    pub seat: Seat,
    pub tag: Tag,
    turn: u64,
}

impl ByHand {
    /// Somebody with a tag of its own.
    pub fn new() -> Self {
        Self::behind(door().clone())
    }

    /// Somebody who knows another room, or another password.
    pub fn behind(door: Door) -> Self {
        let mut random = Random::from_system().unwrap();
        Self { door, seat: Seat::draw(&mut random), tag: Tag(random.bytes()), turn: 0 }
    }

    pub fn create(&self, nonce: &Nonce, code: Option<&[u8]>) -> Vec<u8> {
        let heart: SealedHeart = HEART.into();
        let (seat, card, tag, rule) = (self.seat.public(), CARD.into(), self.tag.clone(), Rule::Keeper);
        let signature = self.door.sign_create(nonce, heart, rule, &seat, card, &tag);
        self.create_with(self.door.gate(), signature, code)
    }

    pub fn create_with(&self, gate: Gate, signature: Signature, code: Option<&[u8]>) -> Vec<u8> {
        ClientFrame::Create {
            room: self.door.room(),
            gate,
            heart: HEART.into(),
            seat: self.seat.public(),
            card: CARD.into(),
            tag: self.tag.clone(),
            rule: Rule::Keeper,
            signature,
            code: code.map(|code| code.try_into().unwrap()),
        }
        .encode()
    }

    pub fn enter(&self, nonce: &Nonce) -> Vec<u8> {
        let card: SealedCard = CARD.into();
        self.enter_with(self.door.sign_enter(nonce, &self.seat.public(), card, &self.tag))
    }

    pub fn enter_with(&self, signature: Signature) -> Vec<u8> {
        let (seat, card, tag) = (self.seat.public(), CARD.into(), self.tag.clone());
        ClientFrame::Enter { room: self.door.room(), seat, card, tag, signature }.encode()
    }

    pub fn resume(&self, nonce: &Nonce, id: u64) -> Vec<u8> {
        let (room, id) = (self.door.room(), Id(id));
        ClientFrame::Resume { room, id, signature: self.seat.sign_resume(nonce, room, id) }.encode()
    }

    /// An order, whose command is given its turn.
    pub fn order<'c>(&mut self, nonce: &Nonce, command: impl FnOnce(u64) -> Command<'c>) -> Vec<u8> {
        self.turn += 1;
        let command = command(self.turn).encode();
        ClientFrame::Order { command: &command, signature: self.seat.sign_order(nonce, &command) }.encode()
    }

    pub fn lock(&mut self, nonce: &Nonce, locked: bool) -> Vec<u8> {
        self.order(nonce, |turn| Command::Lock { turn, locked })
    }

    pub fn kick(&mut self, nonce: &Nonce, id: u64) -> Vec<u8> {
        self.order(nonce, |turn| Command::Kick { turn, id: Id(id), payload: b"kick" })
    }

    pub fn stop(&mut self, nonce: &Nonce) -> Vec<u8> {
        self.order(nonce, |turn| Command::Stop { turn, payload: b"stop" })
    }
}

/// Such a member in its room.
pub struct Sitting {
    pub line: Line,
    pub hand: ByHand,
    pub id: u64,
}

impl Sitting {
    pub async fn create(line: Line) -> Self {
        let hand = ByHand::new();
        let create = hand.create(&line.nonce, None);
        Self::sit(line, hand, create).await
    }

    pub async fn enter(line: Line) -> Self {
        let hand = ByHand::new();
        let enter = hand.enter(&line.nonce);
        Self::sit(line, hand, enter).await
    }

    /// Takes its seat again, on another line.
    pub async fn resume(self, line: Line) -> Self {
        let resume = self.hand.resume(&line.nonce, self.id);
        Self::sit(line, ByHand { turn: 0, ..self.hand }, resume).await
    }

    async fn sit(mut line: Line, hand: ByHand, frame: Vec<u8>) -> Self {
        let id = welcomed(&answered(&mut line, frame).await);
        Self { line, hand, id }
    }

    pub async fn say(&mut self, payload: &[u8]) {
        self.line.send(&ClientFrame::Say { payload }).await;
    }

    pub async fn pass(&mut self, to: u64, passed: &[u8]) {
        self.line.send(&ClientFrame::Pass(Passes::of([(Id(to), passed)]))).await;
    }

    pub async fn order<'c>(&mut self, command: impl FnOnce(u64) -> Command<'c>) {
        let order = self.hand.order(&self.line.nonce, command);
        self.line.send_bytes(order).await;
    }

    pub async fn lock(&mut self, locked: bool) {
        self.order(|turn| Command::Lock { turn, locked }).await;
    }

    /// What comes next, but for what breaks the daemon's silence.
    pub async fn next(&mut self) -> Next {
        loop {
            match self.line.next().await {
                Next::Frame(frame) if frame == DaemonFrame::Alive.encode() => {}
                next => return next,
            }
        }
    }

    pub async fn frame(&mut self) -> Vec<u8> {
        match self.next().await {
            Next::Frame(frame) => frame,
            other => panic!("no frame but {other:?}"),
        }
    }

    /// This frame must come next.
    #[track_caller]
    pub fn hears(&mut self, expected: &DaemonFrame<'_>) -> impl Future<Output = ()> {
        let (expected, caller) = (expected.encode(), Location::caller());
        async move {
            let frame = self.frame().await;
            let told = DaemonFrame::decode(&frame).unwrap();
            assert!(frame == expected, "{told:?} instead of what is expected at {caller}");
        }
    }

    /// Reads on, until this comes.
    #[track_caller]
    pub fn hears_at_last(&mut self, expected: &DaemonFrame<'_>) -> impl Future<Output = ()> {
        let (expected, caller) = (expected.encode(), Location::caller());
        async move {
            loop {
                match self.next().await {
                    Next::Frame(frame) if frame == expected => break,
                    Next::Frame(_) => {}
                    end => panic!("{end:?} before what is expected at {caller}"),
                }
            }
        }
    }

    /// Its connection ends, by nobody in the room.
    #[track_caller]
    pub fn is_over(&mut self, end: End) -> impl Future<Output = ()> {
        let caller = Location::caller();
        async move {
            let over = DaemonFrame::Over { end, by: None, payload: None }.encode();
            let told = [self.next().await, self.next().await];
            let expected = [Next::Frame(over), Next::Closed(end.close_code())];
            assert!(told == expected, "{told:x?} at {caller}");
        }
    }
}

/// Why, and after how many milliseconds it may be tried again, in a `refused`.
pub fn refused(answer: &[u8]) -> (Refusal, u64) {
    match DaemonFrame::decode(answer).unwrap() {
        DaemonFrame::Refused { why, retry_ms } => (why, retry_ms),
        other => panic!("not refused: {other:?}"),
    }
}

/// Such a member's frame, and what the daemon answers to it.
pub async fn answered(line: &mut Line, frame: Vec<u8>) -> Vec<u8> {
    line.send_bytes(frame).await;
    line.frame().await
}

/// The number that a `welcome` gives.
pub fn welcomed(answer: &[u8]) -> u64 {
    match DaemonFrame::decode(answer).unwrap() {
        DaemonFrame::Welcome { you, .. } => you.0,
        other => panic!("no welcome: {other:?}"),
    }
}
