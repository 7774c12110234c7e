//! The front of a screen: draws what is told at most so often, and takes keys before all else, so that neither a flood of
//! messages nor a slow terminal holds up whoever types.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crossterm::event::Event;
use nix::libc::SIGTSTP;
use sanctuary_seal::Text;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::ends::Ends;
use super::{Drive, Ended, Told, until};
use crate::cli::chain;
use crate::commands::{self, Command};
use crate::exit::Exit;
use crate::line::Dialler;
use crate::picture::{Decoders, Miniature};
use crate::plain::html_of;
use crate::screen::{Bell, Do, Looks, Picture, Screen, Waits};
use crate::session::{Ending, Entry, Membership, Over, Phase, Session};
use crate::typed::{self, Taken, Typed};
use crate::window::Window;

/// Time between two pictures at the least.
const PICTURE_EACH: Duration = Duration::from_millis(33);

/// The same where something was pressed, which is to be seen at once.
const KEY_EACH: Duration = Duration::from_millis(8);

/// Time between two rings at the least.
const RING_EACH: Duration = Duration::from_secs(1);

/// While somebody waits, the seconds are counted.
const COUNT_EACH: Duration = Duration::from_secs(1);

struct OnScreen<'a> {
    drive: Drive<'a>,
    screen: Screen,
    window: Window,
    /// The room was opened here, so that its invitation is shown once one is in.
    opens: bool,
    drawn_at: Instant,
    /// When what has changed since may be drawn.
    draws_at: Option<Instant>,
    ring: Ring,
    /// A picture that is decoded beside all else.
    picture: Option<JoinHandle<Option<Miniature>>>,
    decoders: Arc<Mutex<Decoders>>,
    has_left: bool,
}

/// The terminal's bell.
#[derive(Default)]
struct Ring {
    is_due: bool,
    rung_at: Option<Instant>,
}

impl Ring {
    fn take(&mut self, now: Instant) -> bool {
        let may_ring = self.rung_at.is_none_or(|at| now >= at + RING_EACH);
        let rings = std::mem::take(&mut self.is_due) && may_ring;
        if rings {
            self.rung_at = Some(now);
        }
        rings
    }
}

/// Goes on until the end.
pub(crate) async fn run(
    entry: Entry,
    dialler: &Dialler,
    outgrown: oneshot::Receiver<()>,
    decoders: Decoders,
    looks: Looks,
    bell: Bell,
) -> io::Result<Ended> {
    let opens = entry.opening.is_some();
    let signals = Signals::listen()?;
    let (window, events) = Window::take()?;
    let (drive, told) = Drive::begin(entry, dialler, outgrown)?;
    let mut front = OnScreen {
        drive,
        screen: Screen::new(looks, bell),
        window,
        opens,
        drawn_at: Instant::now(),
        draws_at: Some(Instant::now()),
        ring: Ring::default(),
        picture: None,
        decoders: Arc::new(Mutex::new(decoders)),
        has_left: false,
    };
    front.hear(&told);
    let exit = front.goes_on(signals, events).await;
    front.window.give_back().await;
    let why = front.drive.end().await;
    Ok(Ended { exit: exit?, why })
}

impl OnScreen<'_> {
    async fn goes_on(
        &mut self,
        mut signals: Signals,
        mut events: mpsc::Receiver<Option<Event>>,
    ) -> io::Result<Exit> {
        loop {
            if let Some(exit) = self.ended() {
                return Ok(exit);
            }
            self.screen.forget(self.drive.now());
            let forgets_at = self.screen.due().map(|due| self.drive.instant(due));
            let counts = matches!(self.drive.session().phase(), Phase::Reconnecting(..));
            let counted_at = counts.then(|| self.drawn_at + COUNT_EACH);
            let picture_due = self.screen.picture_due().filter(|_| self.picture.is_none());
            let picture_due = picture_due.map(Instant::from_std);
            tokio::select! {
                biased;
                ends = signals.next() => if ends { self.leaves(None) } else { self.stops().await? },
                event = events.recv(), if !self.has_left => self.take(event.flatten()).await?,
                ready = may_draw(&self.window, self.draws_at), if self.draws_at.is_some() => {
                    ready?;
                    self.draw()?;
                }
                () = std::future::ready(()), if self.screen.is_searching() => {
                    self.screen.search(self.drive.session());
                    self.draws_soon();
                }
                made = decoded(&mut self.picture) => {
                    self.picture = None;
                    self.screen.made(made, Instant::now().into_std());
                    self.draws_soon();
                }
                () = until(picture_due) => {
                    let picture = self.screen.takes_picture(self.drive.session(), Instant::now().into_std());
                    self.picture = picture.map(|picture| self.decodes(picture));
                }
                outside = self.drive.outside() => {
                    let told = self.drive.meet(outside).await;
                    self.hear(&told);
                }
                () = until(counted_at) => self.draws_soon(),
                () = until(forgets_at) => self.draws_soon(),
            }
        }
    }

    /// What has ended by itself stays to be read until somebody leaves.
    fn ended(&self) -> Option<Exit> {
        let Phase::Over(over) = self.drive.session().phase() else { return None };
        let is_left = matches!(over, Over::Ended(ended) if ended.ending == Ending::Left);
        (self.has_left || is_left).then(|| Exit::of(over))
    }

    fn draw(&mut self) -> io::Result<()> {
        let now = Instant::now();
        let tries_in = self.drive.tries_at().map(|at| at.saturating_duration_since(now).as_secs());
        let why = self.drive.why().map(|why| chain(why));
        let waits = Waits { tries_in, why: why.as_deref() };
        let rings = self.ring.take(now);
        (self.drawn_at, self.draws_at) = (now, None);
        let (screen, session) = (&mut self.screen, self.drive.session());
        self.window.draw(rings, |frame| screen.draw(frame, session, waits))
    }

    fn decodes(&self, picture: Picture) -> JoinHandle<Option<Miniature>> {
        let decoders = Arc::clone(&self.decoders);
        let decode =
            move |bytes: &[u8]| decoders.lock().unwrap_or_else(PoisonError::into_inner).decode(bytes);
        spawn_blocking(|| picture.decode(decode))
    }

    fn draws_soon(&mut self) {
        self.draws_at.get_or_insert(self.drawn_at + PICTURE_EACH);
    }

    fn hear(&mut self, told: &[Told]) {
        self.draws_soon();
        for told in told {
            let session = self.drive.session();
            let (Phase::Room(membership) | Phase::Reconnecting(membership, _)) = session.phase() else {
                continue;
            };
            match told {
                Told::Changed(change) => self.ring.is_due |= self.screen.told(change, membership),
                Told::Phase if self.opens => self.invites(),
                Told::Phase => {}
            }
        }
    }

    fn invites(&mut self) {
        if let Some(link) = self.drive.invitation() {
            self.opens = false;
            self.screen.invite(link);
        }
    }

    /// Something was pressed or pasted, or the window has another size.
    async fn take(&mut self, event: Option<Event>) -> io::Result<()> {
        self.draws_at = Some(self.drawn_at + KEY_EACH);
        match event {
            Some(Event::Key(key)) => {
                let wanted = self.screen.key(key, self.drive.session());
                if let Some(wanted) = wanted {
                    self.carries_out(wanted).await?;
                }
            }
            Some(Event::Paste(pasted)) => self.screen.pasted(&Zeroizing::new(pasted), self.drive.session()),
            Some(Event::Resize(..)) => self.window.anew()?,
            Some(_) => {}
            // The terminal is gone, and with it whoever would read how it ended.
            None => {
                self.leaves(None);
                self.has_left = true;
            }
        }
        Ok(())
    }

    async fn carries_out(&mut self, wanted: Do) -> io::Result<()> {
        match wanted {
            Do::Say => self.says(),
            Do::React(line, emoji) => {
                let is_taken = self.acts(|membership, now| membership.react(line, &emoji, now));
                self.screen.reacted(is_taken);
            }
            Do::Unsend(line) => drop(self.acts(|membership, now| membership.unsend(line, now))),
            Do::SayAgain(line) => drop(self.acts(|membership, now| membership.say_again(line, now))),
            Do::Verified(voice, is_same) => {
                self.acts(|membership, _| membership.set_verified(voice, is_same));
            }
            Do::Type => self.acts(Membership::types),
            Do::TellTyping(tells) => self.acts(|membership, _| membership.tell_typing(tells)),
            Do::Invite => self.invites(),
            Do::Retry { opens } => {
                let ((), told) = self.drive.act(|session, now| ((), session.retry(opens, now)));
                self.hear(&told);
            }
            Do::Leave => self.leaves(None),
            Do::Suspend => self.stops().await?,
            Do::Redraw => self.window.anew()?,
        }
        Ok(())
    }

    fn says(&mut self) {
        let (text, aim, names) = self.screen.typed();
        let typed = Typed { text: &text, aim: &aim, names: &names };
        let (mut taken, told) = self.drive.act(|session, now| typed::carry_out(session, typed, html, now));
        if taken == Taken::Leaves
            && let Command::Exit(farewell) = commands::parse(&text)
        {
            self.leaves((!farewell.is_empty()).then(|| html(&farewell)));
            taken = if self.has_left { Taken::Taken } else { Taken::Kept };
        }
        self.screen.taken(taken, self.drive.session(), self.drive.now());
        self.hear(&told);
    }

    /// Does something in the room; nothing comes of it where one is in none.
    fn acts<T: Default>(&mut self, act: impl FnOnce(&mut Membership, u64) -> T) -> T {
        let in_room =
            |session: &mut Session, now| session.act(|membership| act(membership, now)).unwrap_or_default();
        let (done, told) = self.drive.act(in_room);
        self.hear(&told);
        done
    }

    fn leaves(&mut self, farewell: Option<Text>) {
        let (leaves, told) = self.drive.act(|session, now| session.leave(farewell, now));
        self.has_left |= leaves;
        self.hear(&told);
    }

    async fn stops(&mut self) -> io::Result<()> {
        self.draws_soon();
        self.window.stops().await
    }
}

fn html(typed: &str) -> Text {
    Text::from(html_of(typed))
}

/// Once the terminal has taken the picture before, and that was some time ago.
async fn may_draw(window: &Window, draws_at: Option<Instant>) -> io::Result<()> {
    until(draws_at).await;
    window.is_ready().await
}

/// Waits for a picture that is decoded, or for ever.
async fn decoded(picture: &mut Option<JoinHandle<Option<Miniature>>>) -> Option<Miniature> {
    match picture {
        Some(picture) => picture.await.unwrap_or_default(),
        None => std::future::pending().await,
    }
}

/// By which a program in a terminal is told to end, or to stop for a while.
struct Signals {
    ends: Ends,
    stops: Signal,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        let ends =
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup(), SignalKind::quit()];
        Ok(Self { ends: Ends::listen(&ends)?, stops: signal(SignalKind::from_raw(SIGTSTP))? })
    }

    /// Returns whether it is to end.
    async fn next(&mut self) -> bool {
        tokio::select! {
            () = self.ends.next() => true,
            _ = self.stops.recv() => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rings_once_a_second_at_the_most_however_often_it_is_to() {
        let (mut ring, began) = (Ring::default(), Instant::now());
        assert!(!ring.take(began), "nothing rings by itself");
        let mut rings_at = |after: Duration| {
            ring.is_due = true;
            ring.take(began + after)
        };
        assert!(rings_at(Duration::ZERO));
        assert!(!rings_at(Duration::from_millis(999)));
        assert!(rings_at(RING_EACH));
        assert!(!rings_at(Duration::from_millis(1_999)));
        assert!(rings_at(Duration::from_millis(2_001)));
    }
}
