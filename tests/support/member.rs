//! A whole client: one member of one room.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sanctuary_seal::{Alias, Body, Door, Group, Happening, Password, Proof, Random, SealError, TimedText};
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Departure, End, Id, Refusal, RoomId, Rule};

use super::PATIENCE;
use super::line::{Line, Next};

/// The room of all tests, each of which has a daemon of its own.
pub const ROOM: RoomId = RoomId([0x9e, 0x1c, 0x55, 0x02, 0x7f]);
pub const PASSWORD: &str = "rosebud and 7 sledges";

pub fn password() -> Password {
    Password::choose(PASSWORD).unwrap()
}

/// The room's door, derived once.
pub fn door() -> &'static Door {
    static DOOR: OnceLock<Door> = OnceLock::new();
    DOOR.get_or_init(|| Door::derive(ROOM, &password()))
}

/// What a member was told, opened and in few words. A chain that is passed is kept and not told, nor is
/// what changes nothing for people: a renewed card, a whisper's arrival.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    Joined(u64, String),
    Left(u64, Departure),
    Kicked {
        id: u64,
        by: u64,
        proof: Proof,
    },
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
    /// So many messages did not come.
    Missing {
        from: u64,
        count: u64,
    },
    Whisper {
        from: u64,
        text: String,
    },
    /// How somebody is shown from now on.
    Renamed(u64, String),
    Away(u64),
    Back(u64),
    Keeper(u64),
    Handed {
        id: u64,
        by: u64,
        proof: Proof,
    },
    Locked(bool),
    /// By whom, and who is out.
    Relocked(u64, Vec<u64>),
    Denied(u8, Denial),
    /// `denied 3`, with the milliseconds to wait.
    TooFast(u8, u64),
    Over(End, Option<u64>),
    /// In so many seconds.
    Closing(u64),
    Closed(u16),
    Broken,
    /// Whatever else a person must be told, which an honest daemon gives no cause for.
    Else(Happening),
}

impl Heard {
    /// That one put out the other, and said so.
    pub fn kicked(id: u64, by: u64) -> Self {
        Self::Kicked { id, by, proof: Proof::Proved }
    }
}

/// How the room stood when the daemon last said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub keeper: u64,
    pub rule: Rule,
    pub locked: bool,
    pub said: u64,
    /// Number, how it is shown and whether away, in order of arrival.
    pub members: Vec<(u64, String, bool)>,
}

pub struct Member {
    pub line: Line,
    pub group: Group,
    pub id: u64,
    pub standing: Standing,
    /// Every frame after `hello`, as it came.
    pub frames: Vec<Vec<u8>>,
    heard: VecDeque<Heard>,
    began: Instant,
}

/// A member whose connection is gone.
pub struct Absent {
    pub group: Group,
    pub id: u64,
    began: Instant,
}

pub fn words(text: &str) -> TimedText {
    TimedText { at: 1_700_000_000_000, timer: 0, text: text.into() }
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
        let (door, at, random) = (door().clone(), words("").at, Random::from_system().unwrap());
        let group = Group::create(door, password(), rule, named(alias), at, None, random);
        Self::request_entry(line, group, Instant::now()).await
    }

    pub async fn enter(address: SocketAddr, alias: &str) -> Self {
        Self::try_enter(address, alias).await.expect("a room to enter")
    }

    pub async fn try_enter(address: SocketAddr, alias: &str) -> Result<Self, Refusal> {
        Self::enter_on(Line::open(address, ROOM).await, alias).await
    }

    pub async fn enter_on(line: Line, alias: &str) -> Result<Self, Refusal> {
        Self::enter_by(line, door().clone(), alias).await
    }

    /// With another password, say.
    pub async fn enter_by(line: Line, door: Door, alias: &str) -> Result<Self, Refusal> {
        let group = Group::enter(door, named(alias), Random::from_system().unwrap());
        Self::request_entry(line, group, Instant::now()).await
    }

    /// Says the first frame; a refusal must be followed by its close code.
    async fn request_entry(line: Line, group: Group, began: Instant) -> Result<Self, Refusal> {
        let standing = Standing { keeper: 0, rule: Rule::Keeper, locked: false, said: 0, members: vec![] };
        let (frames, heard) = (vec![], VecDeque::new());
        let mut member = Self { line, group, id: 0, standing, frames, heard, began };
        let hello = member.line.hello.clone();
        member.take(&hello);
        member.flush().await;
        let answer = member.line.frame().await;
        match DaemonFrame::decode(&answer).unwrap() {
            DaemonFrame::Welcome { you, .. } => {
                member.id = you.0;
                member.take(&answer);
                member.standing = member.stands();
                member.frames.push(answer);
                member.flush().await;
                Ok(member)
            }
            DaemonFrame::Refused { why, retry_ms } => {
                // A daemon that drains for good is waited for in vain.
                let helps = matches!(why, Refusal::Busy) || why == Refusal::Draining && retry_ms > 0;
                assert_eq!(retry_ms > 0, helps, "waiting {retry_ms} ms helps: {why:?}");
                assert_eq!(member.line.next().await, Next::Closed(Refusal::CLOSE_CODE));
                Err(why)
            }
            other => panic!("neither let in nor refused: {other:?}"),
        }
    }

    fn stands(&self) -> Standing {
        let group = &self.group;
        let members = group.members();
        Standing {
            keeper: group.keeper().unwrap().0,
            rule: group.rule().unwrap(),
            locked: group.is_locked(),
            said: group.said().unwrap(),
            members: members
                .iter()
                .map(|member| (member.id.0, member.showing.to_string(), member.away))
                .collect(),
        }
    }

    /// Loses the connection without a close frame.
    pub fn cut(mut self) -> Absent {
        self.group.disconnected();
        Absent { group: self.group, id: self.id, began: self.began }
    }

    /// Closes as a browser's tab does.
    pub async fn close(self) {
        self.line.close().await;
    }

    /// Resumes on another line while this one lives, and gives this one back.
    pub async fn resume_elsewhere(mut self, address: SocketAddr) -> (Self, Line) {
        self.group.disconnected();
        let absent = Absent { group: self.group, id: self.id, began: self.began };
        (absent.resume(address).await.expect("a seat to resume"), self.line)
    }

    /// One's words go one after the other: of several some go out while their echoes are read.
    pub async fn say(&mut self, text: &str) {
        let now = self.now();
        self.group.message(words(text), now).unwrap();
        self.flush().await;
    }

    /// Says farewell and leaves, which the daemon is told when it has relayed that.
    pub async fn exit(&mut self, farewell: &str) {
        let now = self.now();
        self.group.leave(Some(words(farewell)), now).unwrap();
        while !self.flush().await.contains(&ClientFrame::Exit.encode()) {
            let Next::Frame(frame) = self.line.next().await else { return };
            self.take(&frame);
            self.frames.push(frame);
        }
    }

    pub async fn whisper(&mut self, to: u64, text: &str) {
        self.group.whisper(Id(to), Body::Message(words(text))).unwrap();
        self.flush().await;
    }

    pub async fn kick(&mut self, whom: u64) {
        let now = self.now();
        self.group.kick(Id(whom), now).unwrap();
        self.flush().await;
    }

    pub async fn hand(&mut self, whom: u64) {
        let now = self.now();
        self.group.hand(Id(whom), now).unwrap();
        self.flush().await;
    }

    pub async fn stop(&mut self) {
        let now = self.now();
        self.group.stop(now).unwrap();
        self.flush().await;
    }

    pub async fn lock(&mut self, locked: bool) {
        self.group.lock(locked).unwrap();
        self.flush().await;
    }

    pub async fn rename(&mut self, alias: &str) {
        let now = self.now();
        self.group.rename(named(alias), now).unwrap();
        self.flush().await;
    }

    /// Gives the room another password, for all whom this member has accepted but these.
    pub async fn relock(&mut self, password: &Password, without: &[u64]) {
        let staying: Vec<_> =
            self.group.accepted().into_iter().filter(|id| !without.contains(&id.0)).collect();
        self.group.relock(Door::derive(ROOM, password), password.clone(), &staying).unwrap();
        self.flush().await;
    }

    /// The next thing told.
    pub async fn next(&mut self) -> Heard {
        loop {
            if let Some(heard) = self.heard.pop_front() {
                return heard;
            }
            let next = match self.due() {
                Some(due) => tokio::time::timeout(due, self.line.next()).await.ok(),
                None => Some(self.line.next().await),
            };
            let frame = match next {
                None => {
                    self.tick();
                    self.flush().await;
                    continue;
                }
                Some(Next::Frame(frame)) => frame,
                Some(Next::Closed(code)) => return Heard::Closed(code),
                Some(Next::Broken) => return Heard::Broken,
            };
            self.take(&frame);
            self.frames.push(frame);
            self.flush().await;
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

    /// Sends what the group has to send, and gives it back.
    pub async fn flush(&mut self) -> Vec<Vec<u8>> {
        let frames = self.group.frames();
        for frame in &frames {
            self.line.send_bytes(frame.clone()).await;
        }
        frames
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap()
    }

    /// When this member does something by its own clock, if that is while anything is waited for: it says
    /// again what was denied.
    fn due(&self) -> Option<Duration> {
        let due = Duration::from_millis(self.group.next_tick()?.saturating_sub(self.now()));
        (due < PATIENCE).then_some(due)
    }

    fn tick(&mut self) {
        let now = self.now();
        let told = self.group.tick(now);
        self.told(told);
    }

    fn take(&mut self, frame: &[u8]) {
        let now = self.now();
        let told = self.group.hear(frame, now).unwrap();
        self.told(told);
    }

    fn told(&mut self, told: Vec<Happening>) {
        let heard: Vec<_> = told.into_iter().filter_map(|happening| self.tell(happening)).collect();
        self.heard.extend(heard);
    }

    fn tell(&self, happening: Happening) -> Option<Heard> {
        let number = self.group.said().unwrap_or_default();
        Some(match happening {
            Happening::Entered
            | Happening::Resumed { .. }
            | Happening::Refused { .. }
            | Happening::Ready(_)
            | Happening::NotReady(_)
            | Happening::Delivered { .. }
            | Happening::Said { body: Body::Typing { .. }, .. } => return None,
            Happening::Joined(id) => Heard::Joined(id.0, self.shown(id)),
            Happening::Left { id, how } => Heard::Left(id.0, how),
            Happening::Kicked { id, by, proof } => Heard::Kicked { id: id.0, by: by.0, proof },
            Happening::Said { from, body: Body::Message(said), .. } => {
                Heard::Message { number, from: from.0, text: said.text.as_str().to_owned() }
            }
            Happening::Said { from, body: Body::Farewell(said), .. } => {
                Heard::Farewell { number, from: from.0, text: said.text.as_str().to_owned() }
            }
            Happening::Unread { from, why } => Heard::Sealed { number, from: from.0, why },
            Happening::Missing { from, count } => Heard::Missing { from: from.0, count },
            Happening::Whisper { from, body: Body::Message(said), .. } => {
                Heard::Whisper { from: from.0, text: said.text.as_str().to_owned() }
            }
            Happening::Renamed(id) => Heard::Renamed(id.0, self.shown(id)),
            Happening::Away(id) => Heard::Away(id.0),
            Happening::Back(id) => Heard::Back(id.0),
            Happening::Keeper(id) => Heard::Keeper(id.0),
            Happening::Handed { id, by, proof } => Heard::Handed { id: id.0, by: by.0, proof },
            Happening::Locked { locked, .. } => Heard::Locked(locked),
            Happening::Relocked { by, out, without: None, .. } => {
                Heard::Relocked(by.0, out.iter().map(|id| id.0).collect())
            }
            Happening::Denied { frame, why: Denial::TooFast, retry_ms } => Heard::TooFast(frame, retry_ms),
            Happening::Denied { frame, why, retry_ms } => {
                assert_eq!(retry_ms, 0, "waiting helps against haste alone");
                Heard::Denied(frame, why)
            }
            Happening::Closing(seconds) => Heard::Closing(seconds),
            Happening::Over { end, by, proof } => {
                assert_ne!(proof, Proof::Refuted, "{by:?} has ended this, and says so");
                Heard::Over(end, by.map(|by| by.0))
            }
            other => Heard::Else(other),
        })
    }

    fn shown(&self, id: Id) -> String {
        let members = self.group.members();
        let member = members.iter().find(|member| member.id == id).expect("a member that was told of");
        member.showing.to_string()
    }
}

impl Absent {
    pub async fn resume(self, address: SocketAddr) -> Result<Member, Refusal> {
        self.resume_on(Line::open(address, ROOM).await).await
    }

    pub async fn resume_on(self, line: Line) -> Result<Member, Refusal> {
        Member::request_entry(line, self.group, self.began).await
    }
}

fn named(alias: &str) -> Alias {
    alias.parse().unwrap()
}
