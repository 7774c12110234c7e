//! A whole client: one member of one room.

use std::net::SocketAddr;
use std::sync::OnceLock;

use sanctuary_seal::{Alias, Body, Door, Group, Password, Random, SealError, TimedText};
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Denial, Departure, End, Id, Passes, Proof, Refusal, RoomId, Rule, SeatToken,
    Seated,
};

use super::line::{Line, Next};

/// The room of all tests, each of which has a daemon of its own.
pub const ROOM: RoomId = RoomId([0x9e, 0x1c, 0x55, 0x02, 0x7f]);
pub const PASSWORD: &str = "rosebud and 7 sledges";

/// The room's door, derived once.
pub fn door() -> &'static Door {
    static DOOR: OnceLock<Door> = OnceLock::new();
    DOOR.get_or_init(|| Door::derive(ROOM, &Password::choose(PASSWORD).unwrap()))
}

/// What a member was told, opened and in few words. A chain that is passed is kept and not told.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    Joined(u64, String),
    Left(u64, Departure, Option<u64>),
    Message {
        number: u64,
        from: u64,
        text: String,
    },
    Farewell {
        number: u64,
        from: u64,
        text: String,
    },
    /// A message that cannot be read, and why.
    Sealed {
        number: u64,
        from: u64,
        why: SealError,
    },
    Whisper {
        from: u64,
        text: String,
    },
    Away(u64),
    Back(u64),
    Keeper(u64),
    Locked(bool),
    Denied(u8, Denial),
    /// `denied 3`, with the milliseconds to wait.
    TooFast(u8, u64),
    Over(End, Option<u64>),
    /// In so many seconds.
    Closing(u64),
    Closed(u16),
    Broken,
}

/// How the room stood when the daemon last said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub keeper: u64,
    pub rule: Rule,
    pub locked: bool,
    pub said: u64,
    /// Number, alias and whether away, in order of arrival.
    pub members: Vec<(u64, String, bool)>,
}

pub struct Member {
    pub line: Line,
    pub group: Group,
    pub id: u64,
    pub seat: SeatToken,
    pub standing: Standing,
    /// Every frame after `hello`, as it came.
    pub frames: Vec<Vec<u8>>,
}

/// A member whose connection is gone.
pub struct Absent {
    pub group: Group,
    pub id: u64,
    pub seat: SeatToken,
}

pub fn words(text: &str) -> TimedText {
    TimedText { at: 1_700_000_000_000, text: text.into() }
}

impl Member {
    /// Opens the room, in which the keeper moderates.
    pub async fn create(address: SocketAddr, alias: &str) -> Self {
        Self::create_under(Rule::Keeper, address, alias).await
    }

    pub async fn create_under(rule: Rule, address: SocketAddr, alias: &str) -> Self {
        Self::try_create(rule, address, alias).await.expect("a room to open")
    }

    pub async fn try_create(rule: Rule, address: SocketAddr, alias: &str) -> Result<Self, Refusal> {
        door(); // While it is derived, a short time to say the first frame in would go by.
        Self::create_on(Line::open(address, ROOM).await, rule, alias).await
    }

    pub async fn create_on(line: Line, rule: Rule, alias: &str) -> Result<Self, Refusal> {
        let mut group = group(alias);
        let (card, tag) = (group.card(), group.door().alias_tag(group.alias()));
        let create = ClientFrame::Create {
            room: ROOM,
            gate: door().gate(),
            card: card.as_slice().try_into().unwrap(),
            tag,
            rule,
            code: None,
        };
        Self::request_entry(line, group, &create).await
    }

    pub async fn enter(address: SocketAddr, alias: &str) -> Self {
        Self::try_enter(address, alias).await.expect("a room to enter")
    }

    pub async fn try_enter(address: SocketAddr, alias: &str) -> Result<Self, Refusal> {
        Self::enter_on(Line::open(address, ROOM).await, alias).await
    }

    pub async fn enter_on(line: Line, alias: &str) -> Result<Self, Refusal> {
        let proof = door().prove(&line.nonce);
        Self::enter_with(line, alias, proof).await
    }

    pub async fn enter_with(line: Line, alias: &str, proof: Proof) -> Result<Self, Refusal> {
        let mut group = group(alias);
        let (card, tag) = (group.card(), group.door().alias_tag(group.alias()));
        let enter = ClientFrame::Enter { room: ROOM, proof, card: card.as_slice().try_into().unwrap(), tag };
        Self::request_entry(line, group, &enter).await
    }

    /// Says the first frame; a refusal must be followed by its close code.
    async fn request_entry(mut line: Line, group: Group, frame: &ClientFrame<'_>) -> Result<Self, Refusal> {
        line.send(frame).await;
        let standing = Standing { keeper: 0, rule: Rule::Keeper, locked: false, said: 0, members: vec![] };
        let mut member = Self { line, group, id: 0, seat: SeatToken([0; 16]), standing, frames: vec![] };
        let answer = member.line.frame().await;
        match DaemonFrame::decode(&answer).unwrap() {
            DaemonFrame::Welcome { you, seat, rule, keeper, locked, said, members } => {
                member.id = you.0;
                member.seat = seat;
                assert_eq!(member.group.welcome(you, &members), []);
                let members = members.iter().map(|seated| member.seated(seated)).collect();
                member.standing = Standing { keeper: keeper.0, rule, locked, said, members };
                member.frames.push(answer);
                Ok(member)
            }
            DaemonFrame::Refused(why) => {
                assert_eq!(member.line.next().await, Next::Closed(Refusal::CLOSE_CODE));
                Err(why)
            }
            other => panic!("neither let in nor refused: {other:?}"),
        }
    }

    fn seated(&self, seated: &Seated) -> (u64, String, bool) {
        let alias = if seated.id.0 == self.id {
            self.group.alias()
        } else {
            &self.group.member(seated.id).expect("a card that opens").alias
        };
        (seated.id.0, alias.as_str().to_owned(), seated.away)
    }

    /// Loses the connection without a close frame.
    pub fn cut(self) -> Absent {
        Absent { group: self.group, id: self.id, seat: self.seat }
    }

    /// Closes as a browser's tab does.
    pub async fn close(self) {
        self.line.close().await;
    }

    /// Resumes on another line while this one lives, and gives this one back.
    pub async fn resume_elsewhere(self, address: SocketAddr) -> (Self, Line) {
        let absent = Absent { group: self.group, id: self.id, seat: self.seat };
        (absent.resume(address).await.expect("a seat to resume"), self.line)
    }

    pub async fn say(&mut self, text: &str) {
        let sealed = self.group.message(words(text)).unwrap();
        for frame in sealed.frames(self.line.largest_frame) {
            self.line.send_bytes(frame).await;
        }
    }

    pub async fn exit(&mut self, farewell: &str) {
        let sealed = self.group.farewell(words(farewell)).unwrap();
        for frame in sealed.frames(self.line.largest_frame) {
            self.line.send_bytes(frame).await;
        }
        self.line.send(&ClientFrame::Exit).await;
    }

    pub async fn whisper(&mut self, to: u64, text: &str) {
        let passed = self.group.whisper(Id(to), &words(text)).unwrap();
        self.line.send(&ClientFrame::Pass(Passes::of([(Id(to), &passed)]))).await;
    }

    pub async fn kick(&mut self, whom: u64) {
        self.line.send(&ClientFrame::Kick(Id(whom))).await;
    }

    pub async fn stop(&mut self) {
        self.line.send(&ClientFrame::Stop).await;
    }

    pub async fn lock(&mut self, locked: bool) {
        self.line.send(&ClientFrame::Lock(locked)).await;
    }

    /// The next thing told.
    pub async fn next(&mut self) -> Heard {
        loop {
            let frame = match self.line.next().await {
                Next::Frame(frame) => frame,
                Next::Closed(code) => return Heard::Closed(code),
                Next::Broken => return Heard::Broken,
            };
            let heard = self.open(&DaemonFrame::decode(&frame).unwrap());
            self.frames.push(frame);
            if let Some(heard) = heard {
                return heard;
            }
        }
    }

    /// The next so many things told.
    pub async fn next_few(&mut self, count: usize) -> Vec<Heard> {
        let mut heard = Vec::new();
        for _ in 0..count {
            heard.push(self.next().await);
        }
        heard
    }

    fn open(&mut self, frame: &DaemonFrame<'_>) -> Option<Heard> {
        Some(match *frame {
            DaemonFrame::Joined { id, card } => {
                Heard::Joined(id.0, self.group.joined(id, &card).unwrap().alias.as_str().to_owned())
            }
            DaemonFrame::Left { id, how, by } => {
                self.group.left(id);
                Heard::Left(id.0, how, by.map(|by| by.0))
            }
            DaemonFrame::Said { number, from, payload } => {
                let opened = self.group.said(from, payload);
                let from = from.0;
                match opened {
                    Ok(Some(Body::Message(TimedText { text, .. }))) => {
                        Heard::Message { number, from, text: text.as_str().to_owned() }
                    }
                    Ok(Some(Body::Farewell(TimedText { text, .. }))) => {
                        Heard::Farewell { number, from, text: text.as_str().to_owned() }
                    }
                    Ok(None) => panic!("a body of a later version"),
                    Err(why) => Heard::Sealed { number, from, why },
                }
            }
            DaemonFrame::Passed { from, passed } => {
                let words = self.group.passed(from, passed).unwrap()?;
                Heard::Whisper { from: from.0, text: words.text.as_str().to_owned() }
            }
            DaemonFrame::Away(id) => {
                self.group.away(id);
                Heard::Away(id.0)
            }
            DaemonFrame::Back(id) => {
                self.group.back(id);
                Heard::Back(id.0)
            }
            DaemonFrame::Keeper(id) => Heard::Keeper(id.0),
            DaemonFrame::Locked(locked) => Heard::Locked(locked),
            DaemonFrame::Denied { frame, why: Denial::TooFast, retry_ms } => Heard::TooFast(frame, retry_ms),
            DaemonFrame::Denied { frame, why, retry_ms } => {
                assert_eq!(retry_ms, 0, "waiting helps against haste alone");
                Heard::Denied(frame, why)
            }
            DaemonFrame::Closing(seconds) => Heard::Closing(seconds),
            DaemonFrame::Over { end, by } => Heard::Over(end, by.map(|by| by.0)),
            ref other => panic!("not for a member: {other:?}"),
        })
    }
}

impl Absent {
    pub async fn resume(self, address: SocketAddr) -> Result<Member, Refusal> {
        let line = Line::open(address, ROOM).await;
        let resume = ClientFrame::Resume { room: ROOM, seat: self.seat };
        Member::request_entry(line, self.group, &resume).await
    }
}

fn group(alias: &str) -> Group {
    let alias: Alias = alias.parse().unwrap();
    Group::new(door().clone(), alias, Random::from_system().unwrap())
}
