//! Drives a session: carries out its effects, by sockets and clocks. One of two fronts, of lines or of a screen, shows
//! what it tells and takes what is typed.

mod clock;
mod ends;
pub(crate) mod in_lines;
pub(crate) mod on_screen;

use std::io;
use std::time::Duration;

use sanctuary_seal::{Door, Password, Random};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::line::{Dialler, Line, LineError, STEADY, pause};
use crate::session::{Change, Effect, Entry, Membership, Note, Session};
use clock::Clock;

/// Time in which a terminal, or whoever reads, takes the last of it; one that doesn't is left alone.
pub(crate) const TAKE_WITHIN: Duration = Duration::from_millis(500);

/// Passwords that are stretched at once: one.
const DERIVING_MOST: usize = 1;

/// A password, and the door behind it.
type Derived = (Password, Door);

/// What goes on.
pub(crate) struct Drive<'a> {
    session: Session,
    dialler: &'a Dialler,
    clock: Clock,
    shard: String,
    line: Option<Line>,
    /// The connection that says its last words.
    closing: Option<JoinHandle<()>>,
    /// The next try to connect.
    tries_at: Option<Instant>,
    /// The connection is made again when it breaks.
    is_persistent: bool,
    /// Tries that have failed since a connection was steady, and since when the present one is there.
    failed: u32,
    since: Option<Instant>,
    random: Random,
    derived: mpsc::Sender<Derived>,
    doors: mpsc::Receiver<Derived>,
    /// Why the daemon could not be reached.
    why: Option<LineError>,
    /// Tells once that memory can't be locked any more as it is added.
    outgrown: Option<oneshot::Receiver<()>>,
}

/// What comes from elsewhere than from whoever types.
pub(crate) enum Outside {
    /// A frame, or that the connection is gone.
    Frame(Option<Vec<u8>>),
    /// A password is stretched.
    Derived(Box<Derived>),
    /// It is time to connect again.
    Try,
    /// Memory can't be locked any more as it is added.
    Outgrown,
    /// The session has asked for this time.
    Due,
}

/// What a front is to show.
pub(crate) enum Told {
    /// The session is in another phase.
    Phase,
    /// A line has changed.
    Changed(Change),
}

/// What there is to be told of the end.
pub(crate) struct Ended {
    pub(crate) exit: Exit,
    /// Why there is no connection.
    pub(crate) why: Option<LineError>,
}

impl<'a> Drive<'a> {
    pub(crate) fn begin(
        entry: Entry,
        dialler: &'a Dialler,
        outgrown: oneshot::Receiver<()>,
    ) -> io::Result<(Self, Vec<Told>)> {
        let mut random = Random::from_system().map_err(io::Error::other)?;
        let clock = Clock::begin()?;
        let (session, effects) = Session::new(entry, random.split(), clock.now());
        let (derived, doors) = mpsc::channel(DERIVING_MOST);
        let mut drive = Self {
            session,
            dialler,
            clock,
            shard: String::new(),
            line: None,
            closing: None,
            tries_at: None,
            is_persistent: false,
            failed: 0,
            since: None,
            random,
            derived,
            doors,
            why: None,
            outgrown: Some(outgrown),
        };
        let told = drive.carry_out(effects);
        Ok((drive, told))
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// When the next try to connect is made, if one waits.
    pub(crate) fn tries_at(&self) -> Option<Instant> {
        self.tries_at
    }

    /// Milliseconds by the session's clock.
    pub(crate) fn now(&self) -> u64 {
        self.clock.now()
    }

    /// A time of the session's clock.
    pub(crate) fn instant(&self, at: u64) -> Instant {
        self.clock.instant(at)
    }

    /// Why the daemon could not be reached, if it couldn't.
    pub(crate) fn why(&self) -> Option<&LineError> {
        self.why.as_ref()
    }

    /// The link that lets others in.
    pub(crate) fn invitation(&self) -> Option<Zeroizing<String>> {
        let invitation = self.session.membership().and_then(Membership::invitation)?;
        Some(Zeroizing::new(format!("{}{}", self.dialler.address(), *invitation.write())))
    }

    /// Waits for what comes next; nothing is lost where that is given up.
    pub(crate) async fn outside(&mut self) -> Outside {
        let due = self.session.due().map(|due| self.clock.instant(due));
        tokio::select! {
            biased;
            frame = next(&mut self.line) => Outside::Frame(frame),
            Some(derived) = self.doors.recv() => Outside::Derived(Box::new(derived)),
            () = until(self.tries_at) => Outside::Try,
            () = has_outgrown(&mut self.outgrown), if self.session.membership().is_some() => Outside::Outgrown,
            () = until(due) => Outside::Due,
        }
    }

    pub(crate) async fn meet(&mut self, outside: Outside) -> Vec<Told> {
        let effects = match outside {
            Outside::Frame(Some(frame)) => {
                self.since.get_or_insert_with(Instant::now);
                self.session.frame(&frame, self.clock.now())
            }
            Outside::Frame(None) => self.lost().await,
            Outside::Derived(derived) => {
                let (password, door) = *derived;
                self.session.derived(&password, door, self.clock.now())
            }
            Outside::Try => {
                self.connect();
                vec![]
            }
            Outside::Outgrown => {
                let tell = |membership: &mut Membership| membership.note(Note::Outgrown);
                self.session.act(tell).map(|((), effects)| effects).unwrap_or_default()
            }
            Outside::Due => self.session.wake(self.clock.now()),
        };
        self.carry_out(effects)
    }

    /// Has something done in the session.
    pub(crate) fn act<T>(
        &mut self,
        act: impl FnOnce(&mut Session, u64) -> (T, Vec<Effect>),
    ) -> (T, Vec<Told>) {
        let (done, effects) = act(&mut self.session, self.clock.now());
        (done, self.carry_out(effects))
    }

    /// Waits until all is sent that was to be, and tells why there was no connection.
    pub(crate) async fn end(mut self) -> Option<LineError> {
        self.close();
        if let Some(closing) = self.closing.take() {
            let _ = closing.await;
        }
        self.why
    }

    async fn lost(&mut self) -> Vec<Effect> {
        let Some(mut line) = self.line.take() else { return vec![] };
        let was_open = self.since.take();
        if was_open.is_some_and(|since| since.elapsed() >= STEADY) {
            self.failed = 0;
        }
        self.why = line.end().await.err();
        if self.is_persistent && was_open.is_none() {
            self.wait(0);
            return vec![];
        }
        self.session.lost(self.clock.now())
    }

    fn wait(&mut self, least_ms: u64) {
        let wait = pause(self.failed, &mut self.random).max(Duration::from_millis(least_ms));
        self.failed = self.failed.saturating_add(1);
        self.tries_at = Some(Instant::now() + wait);
    }

    fn connect(&mut self) {
        (self.tries_at, self.since) = (None, None);
        self.line = Some(Line::open(self.dialler, &self.shard));
    }

    fn close(&mut self) {
        if let Some(line) = self.line.take() {
            self.closing = Some(tokio::spawn(line.close()));
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Vec<Told> {
        let mut told = vec![];
        for effect in effects {
            match effect {
                Effect::Derive(room, password) => {
                    let derived = self.derived.clone();
                    tokio::task::spawn_blocking(move || {
                        let door = Door::derive(room, &password);
                        let _ = derived.blocking_send((password, door));
                    });
                }
                Effect::Connect(shard) => {
                    self.shard = shard;
                    self.connect();
                }
                Effect::Reconnect(wait) => {
                    (self.line, self.is_persistent) = (None, true);
                    self.wait(wait);
                }
                Effect::Retry => {
                    self.is_persistent = true;
                    self.connect();
                }
                Effect::Send(frame) => {
                    // A connection that takes nothing any more ends as a broken one.
                    if self.line.as_ref().is_some_and(|line| !line.send(frame)) {
                        (self.line, self.since) = (None, None);
                        let lost = self.session.lost(self.clock.now());
                        told.extend(self.carry_out(lost));
                        return told;
                    }
                }
                Effect::Close => {
                    (self.tries_at, self.is_persistent) = (None, false);
                    self.close();
                }
                Effect::Changed(change) => told.push(Told::Changed(change)),
                Effect::Phase => told.push(Told::Phase),
            }
        }
        told
    }
}

async fn next(line: &mut Option<Line>) -> Option<Vec<u8>> {
    match line {
        Some(line) => line.next().await,
        None => std::future::pending().await,
    }
}

/// Waits until that is told, for ever where it is not.
async fn has_outgrown(outgrown: &mut Option<oneshot::Receiver<()>>) {
    let is_told = match outgrown {
        Some(told) => told.await.is_ok(),
        None => false,
    };
    *outgrown = None;
    if !is_told {
        std::future::pending::<()>().await;
    }
}

/// Waits until then, or for ever.
pub(crate) async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
