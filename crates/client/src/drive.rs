//! Drives a session: carries out its effects, by sockets and clocks, and what is typed.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nix::time::{ClockId, clock_gettime};
use sanctuary_seal::{Door, Random, Text};
use tokio::io::{AsyncWriteExt, Stdout};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::commands::{self, Command};
use crate::exit::Exit;
use crate::input::{self, Input};
use crate::line::{Dialler, Line, LineError, STEADY, pause};
use crate::plain::{Output, html_of};
use crate::rich::harmless;
use crate::session::{Aim, Change, Effect, Entry, Kind, Note, Phase, Session, What};
use crate::typed::{self, Taken};

/// Passwords that are stretched at once: one.
const DERIVING_MOST: usize = 1;

/// What goes on.
pub(crate) struct Drive<'a> {
    session: Session,
    dialler: &'a Dialler,
    output: &'a mut dyn Output,
    stdout: Stdout,
    clock: Clock,
    shard: String,
    line: Option<Line>,
    /// The next try to connect.
    tries_at: Option<Instant>,
    /// The connection is made again when it breaks.
    is_persistent: bool,
    /// Tries that have failed since a connection was steady, and since when the present one is there.
    failed: u32,
    since: Option<Instant>,
    random: Random,
    derived: mpsc::Sender<Door>,
    /// The room was opened here, so that its invitation is shown.
    opens: bool,
    /// Nothing more is read; one leaves once all is said.
    leaving: Option<Leaving>,
    /// Why the daemon could not be reached.
    why: Option<LineError>,
    /// Nothing more is tried to come back.
    stuck: Option<Exit>,
}

/// On the way out, with a farewell perhaps.
#[derive(Clone)]
struct Leaving(Option<Text>);

/// What there is to be told of the end.
pub(crate) struct Ended {
    pub(crate) exit: Exit,
    /// Why there is no connection.
    pub(crate) why: Option<LineError>,
}

impl<'a> Drive<'a> {
    /// Goes on until the end.
    pub(crate) async fn run(
        entry: Entry,
        dialler: &'a Dialler,
        output: &'a mut dyn Output,
    ) -> io::Result<Ended> {
        let mut random = Random::from_system().map_err(io::Error::other)?;
        let clock = Clock::begin()?;
        let opens = entry.opening.is_some();
        let (session, effects) = Session::new(entry, random.split(), clock.now());
        let (derived, doors) = mpsc::channel(DERIVING_MOST);
        let mut drive = Self {
            session,
            dialler,
            output,
            stdout: tokio::io::stdout(),
            clock,
            shard: String::new(),
            line: None,
            tries_at: None,
            is_persistent: false,
            failed: 0,
            since: None,
            random,
            derived,
            opens,
            leaving: None,
            why: None,
            stuck: None,
        };
        let ended = match drive.carry_out(effects).await {
            Ok(()) => drive.goes_on(doors).await,
            Err(why) => Err(why),
        };
        // Without anybody who reads, one leaves.
        if let Some(line) = drive.line.take() {
            line.close().await;
        }
        ended
    }

    async fn goes_on(&mut self, mut doors: mpsc::Receiver<Door>) -> io::Result<Ended> {
        let mut typed = input::lines();
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        loop {
            self.leaves_when_all_is_done().await?;
            if let Phase::Over(over) = self.session.phase() {
                let (exit, told) = (self.stuck.unwrap_or(Exit::of(over)), self.output.over(over));
                self.print(&told).await?;
                return Ok(Ended { exit, why: self.why.take() });
            }
            let due = self.session.due().map(|due| self.clock.instant(due));
            let may_read = self.leaving.is_none()
                && self.session.membership().is_some_and(crate::session::Membership::has_room);
            let effects = tokio::select! {
                biased;
                _ = interrupt.recv() => self.leave(None),
                _ = terminate.recv() => self.leave(None),
                frame = next(&mut self.line) => self.heard(frame).await,
                Some(door) = doors.recv() => self.session.derived(door, self.clock.now()),
                () = until(self.tries_at) => {
                    self.connect();
                    vec![]
                }
                () = until(due) => self.session.wake(self.clock.now()),
                line = typed.recv(), if may_read => self.typed(line),
            };
            self.carry_out(effects).await?;
        }
    }

    /// At the end of what is typed one leaves, but not before all is said; while the connection is broken that waits.
    async fn leaves_when_all_is_done(&mut self) -> io::Result<()> {
        let Phase::Room(membership) = self.session.phase() else { return Ok(()) };
        if membership.is_all_done()
            && let Some(Leaving(farewell)) = self.leaving.clone()
            && self.session.membership().is_some()
        {
            let (_, effects) = self.session.leave(farewell, self.clock.now());
            self.carry_out(effects).await?;
        }
        Ok(())
    }

    fn leave(&mut self, farewell: Option<Text>) -> Vec<Effect> {
        self.leaving.get_or_insert(Leaving(None));
        self.session.leave(farewell, self.clock.now()).1
    }

    fn typed(&mut self, line: Option<Input>) -> Vec<Effect> {
        let now = self.clock.now();
        let line = match line {
            None => {
                self.leaving = Some(Leaving(None));
                return vec![];
            }
            Some(Input::TooLong) => {
                let noted = self.session.act(|membership| membership.note(Note::TooMuch));
                return noted.map(|((), effects)| effects).unwrap_or_default();
            }
            Some(Input::Line(line)) => line,
        };
        let html = |typed: &str| Text::from(html_of(typed));
        let (taken, effects) = typed::carry_out(&mut self.session, &line, &Aim::default(), html, now);
        if taken == Taken::Leaves
            && let Command::Exit(farewell) = commands::parse(&line)
        {
            if matches!(self.session.phase(), Phase::Reconnecting(..)) {
                return self.leave(None);
            }
            self.leaving = Some(Leaving((!farewell.is_empty()).then(|| html(&farewell))));
        }
        effects
    }

    async fn heard(&mut self, frame: Option<Vec<u8>>) -> Vec<Effect> {
        let now = self.clock.now();
        if let Some(frame) = frame {
            self.since.get_or_insert_with(Instant::now);
            return self.session.frame(&frame, now);
        }
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
        self.session.lost(now)
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

    async fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Derive(room, password) => {
                    let derived = self.derived.clone();
                    tokio::task::spawn_blocking(move || {
                        let _ = derived.blocking_send(Door::derive(room, &password));
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
                        self.line = None;
                        self.since = None;
                        let lost = self.session.lost(self.clock.now());
                        return Box::pin(self.carry_out(lost)).await;
                    }
                }
                Effect::Close => {
                    (self.tries_at, self.is_persistent) = (None, false);
                    if let Some(line) = self.line.take() {
                        line.close().await;
                    }
                }
                Effect::Changed(change) => self.show(&change).await?,
                Effect::Phase => self.phase().await?,
            }
        }
        Ok(())
    }

    async fn phase(&mut self) -> io::Result<()> {
        let phase = self.session.phase();
        let is_in = matches!(phase, Phase::Room(_));
        let stuck = match phase {
            Phase::Reconnecting(_, reconnection) if !reconnection.is_tried() => {
                Some(Exit::stuck(reconnection.obstacle()))
            }
            _ => None,
        };
        if let Some(line) = self.output.phase(&phase) {
            self.print(&line).await?;
        }
        if is_in && std::mem::take(&mut self.opens) {
            self.invitation().await?;
            self.opens = true;
        }
        if stuck.is_some() {
            // Nobody is there to say what is to be done.
            self.stuck = stuck;
            let effects = self.leave(None);
            Box::pin(self.carry_out(effects)).await?;
        }
        Ok(())
    }

    async fn invitation(&mut self) -> io::Result<()> {
        let invitation = self.session.membership().and_then(crate::session::Membership::invitation);
        let Some(invitation) = invitation else { return Ok(()) };
        let address = self.dialler.address();
        let link = zeroize::Zeroizing::new(format!("{address}{}", *invitation.write()));
        let told = self.output.invitation(&link);
        self.print(&told).await
    }

    async fn show(&mut self, change: &Change) -> io::Result<()> {
        let (Phase::Room(membership) | Phase::Reconnecting(membership, _)) = self.session.phase() else {
            return Ok(());
        };
        let is_relocked = matches!(change, Change::Added(key) if membership.lines().of(*key).is_some_and(|line| {
            matches!(&line.kind, Kind::Event(event) if event.what == What::Relocked)
        }));
        if let Some(line) = self.output.change(membership, change) {
            self.print(&line).await?;
        }
        if is_relocked && self.opens { self.invitation().await } else { Ok(()) }
    }

    /// While output takes nothing, nothing is read from the daemon either.
    async fn print(&mut self, line: &str) -> io::Result<()> {
        self.stdout.write_all(format!("{}\n", harmless(line)).as_bytes()).await?;
        self.stdout.flush().await
    }
}

async fn next(line: &mut Option<Line>) -> Option<Vec<u8>> {
    match line {
        Some(line) => line.next().await,
        None => std::future::pending().await,
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Milliseconds since 1970 by a clock that only rises, and goes on while the machine sleeps.
struct Clock {
    began: u64,
    since: Duration,
}

impl Clock {
    fn begin() -> io::Result<Self> {
        let began = SystemTime::now().duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
        Ok(Self { began: u64::try_from(began.as_millis()).unwrap_or(0), since: elapsed()? })
    }

    fn now(&self) -> u64 {
        let passed = elapsed().unwrap_or(self.since).saturating_sub(self.since);
        self.began + u64::try_from(passed.as_millis()).unwrap_or(u64::MAX - self.began)
    }

    fn instant(&self, at: u64) -> Instant {
        Instant::now() + Duration::from_millis(at.saturating_sub(self.now()))
    }
}

fn elapsed() -> io::Result<Duration> {
    Ok(Duration::from(clock_gettime(ClockId::CLOCK_BOOTTIME)?))
}
