//! The front of lines: what is told goes to standard output, what is typed comes from standard input.

use std::io::{self, IsTerminal as _};
use std::sync::Arc;

use sanctuary_seal::Text;
use tokio::io::{AsyncWriteExt, Stdout};
use tokio::pin;
use tokio::signal::unix::SignalKind;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::ends::Ends;
use super::{Drive, Ended, TAKE_WITHIN, Told};
use crate::commands::{self, Command};
use crate::exit::Exit;
use crate::input::{self, Arrived, Input, Meant};
use crate::line::Dialler;
use crate::plain::{Output, html_of, orders};
use crate::rich::harmless;
use crate::session::{Change, Entry, Kind, Membership, Note, Phase, What};
use crate::typed::Taken;

struct InLines<'a> {
    drive: Drive<'a>,
    output: &'a mut dyn Output,
    written: Written,
    /// Somebody types, and sees what is told.
    is_watched: bool,
    /// Whom names mean by what is written so far.
    names: Arc<Meant>,
    /// The room was opened here, so that its invitation is shown.
    opens: bool,
    /// Nothing more is read; one leaves once all is said.
    leaving: Option<Leaving>,
    /// Nothing more is tried to come back.
    stuck: Option<Exit>,
}

/// On the way out, with a farewell perhaps.
#[derive(Clone)]
struct Leaving(Option<Text>);

/// Goes on until the end.
pub(crate) async fn run(
    entry: Entry,
    dialler: &Dialler,
    outgrown: oneshot::Receiver<()>,
    output: &mut dyn Output,
) -> io::Result<Ended> {
    let opens = entry.opening.is_some();
    let ends = Ends::listen(&[SignalKind::interrupt(), SignalKind::terminate()])?;
    let (drive, told) = Drive::begin(entry, dialler, outgrown)?;
    let is_watched = io::stdin().is_terminal();
    let mut front = InLines {
        drive,
        output,
        written: Written { stdout: tokio::io::stdout(), ends, is_ending: false, is_unread: false },
        is_watched,
        names: Arc::new(Meant::watched(is_watched)),
        opens,
        leaving: None,
        stuck: None,
    };
    let ended = match front.show_all(told).await {
        Ok(()) => front.goes_on().await,
        Err(why) => Err(why),
    };
    // Without anybody who reads, one leaves.
    let why = front.drive.end().await;
    Ok(Ended { exit: ended?, why })
}

impl InLines<'_> {
    async fn goes_on(&mut self) -> io::Result<Exit> {
        let mut typed = input::lines(Arc::clone(&self.names))?;
        loop {
            if std::mem::take(&mut self.written.is_ending) {
                let told = self.leave(None);
                self.show_all(told).await?;
            }
            self.leaves_when_all_is_done().await?;
            if let Phase::Over(over) = self.drive.session().phase() {
                let (exit, told) = (self.stuck.unwrap_or(Exit::of(over)), self.output.over(over));
                self.written.print(&told).await?;
                return Ok(exit);
            }
            let may_read =
                self.leaving.is_none() && self.drive.session().membership().is_some_and(Membership::has_room);
            let told = tokio::select! {
                biased;
                () = self.written.ends.next() => self.leave(None),
                outside = self.drive.outside() => self.drive.meet(outside).await,
                line = typed.recv(), if may_read => self.typed(line),
            };
            self.show_all(told).await?;
        }
    }

    /// At the end of what is typed one leaves, but not before all is said; while the connection is broken that waits.
    async fn leaves_when_all_is_done(&mut self) -> io::Result<()> {
        let Phase::Room(membership) = self.drive.session().phase() else { return Ok(()) };
        if membership.is_all_done()
            && let Some(Leaving(farewell)) = self.leaving.clone()
            && self.drive.session().membership().is_some()
        {
            let told = self.leave(farewell);
            self.show_all(told).await?;
        }
        Ok(())
    }

    fn leave(&mut self, farewell: Option<Text>) -> Vec<Told> {
        self.leaving.get_or_insert(Leaving(None));
        self.drive.act(|session, now| session.leave(farewell, now)).1
    }

    fn typed(&mut self, arrived: Option<Arrived>) -> Vec<Told> {
        let (line, names) = match arrived {
            None => {
                self.leaving = Some(Leaving(None));
                return vec![];
            }
            Some((Input::TooLong, _)) => {
                let note = |membership: &mut Membership| membership.note(Note::TooMuch);
                return self.drive.act(|session, _| session.act(note).unwrap_or_default()).1;
            }
            Some((Input::Line(line), names)) => (line, names),
        };
        let html = |typed: &str| Text::from(html_of(typed));
        let (taken, told) =
            self.drive.act(|session, now| orders::carry_out(session, &line, &names, html, now));
        if taken == Taken::Leaves
            && let Command::Exit(farewell) = commands::parse(&line)
        {
            if matches!(self.drive.session().phase(), Phase::Reconnecting(..)) {
                return self.leave(None);
            }
            self.leaving = Some(Leaving((!farewell.is_empty()).then(|| html(&farewell))));
        }
        told
    }

    async fn show_all(&mut self, told: Vec<Told>) -> io::Result<()> {
        self.names.writes();
        for told in told {
            match told {
                Told::Phase => self.phase().await?,
                Told::Changed(change) => self.show(&change).await?,
            }
        }
        self.names.has_written(self.drive.session().membership().map(Membership::names).unwrap_or_default());
        Ok(())
    }

    async fn phase(&mut self) -> io::Result<()> {
        let phase = self.drive.session().phase();
        let is_in = matches!(phase, Phase::Room(_));
        let stuck = match phase {
            Phase::Reconnecting(_, reconnection) if !reconnection.is_tried() => {
                Some(Exit::stuck(reconnection.obstacle()))
            }
            _ => None,
        };
        if let Some(line) = self.output.phase(&phase) {
            self.written.print(&line).await?;
        }
        if is_in && self.opens {
            self.invitation().await?;
        }
        if stuck.is_some() {
            // Nobody is there to say what is to be done.
            self.stuck = stuck;
            let told = self.leave(None);
            Box::pin(self.show_all(told)).await?;
        }
        Ok(())
    }

    async fn invitation(&mut self) -> io::Result<()> {
        let Some(link) = self.drive.invitation() else { return Ok(()) };
        let told = self.output.invitation(&link);
        self.written.print(&told).await
    }

    async fn show(&mut self, change: &Change) -> io::Result<()> {
        let (Phase::Room(membership) | Phase::Reconnecting(membership, _)) = self.drive.session().phase()
        else {
            return Ok(());
        };
        let happened = match change {
            Change::Added(key) => membership.lines().of(*key).and_then(|line| match &line.kind {
                Kind::Event(event) => Some(event.what),
                _ => None,
            }),
            _ => None,
        };
        if let Some(line) = self.output.change(membership, change) {
            self.written.print(&line).await?;
        }
        match happened {
            Some(What::Relocked) if self.opens => self.invitation().await,
            // The rest of the input was meant for others.
            Some(What::AnotherRoom) if !self.is_watched => {
                self.stuck = Some(Exit::AnotherRoom);
                let told = self.leave(None);
                Box::pin(self.show_all(told)).await
            }
            _ => Ok(()),
        }
    }
}

/// Standard output, while one may be told to end.
struct Written {
    stdout: Stdout,
    ends: Ends,
    is_ending: bool,
    /// Nobody reads it, so that nothing more is written.
    is_unread: bool,
}

impl Written {
    /// While output takes nothing, nothing is read from the daemon either. A signal to end leaves it no more
    /// than a moment.
    async fn print(&mut self, line: &str) -> io::Result<()> {
        if self.is_unread {
            return Ok(());
        }
        let line = format!("{}\n", harmless(line));
        let writing = write(&mut self.stdout, &line);
        pin!(writing);
        tokio::select! {
            biased;
            written = &mut writing => return written,
            () = self.ends.next() => self.is_ending = true,
        }
        let written = timeout(TAKE_WITHIN, writing).await;
        self.is_unread = written.is_err();
        written.unwrap_or(Ok(()))
    }
}

async fn write(stdout: &mut Stdout, line: &str) -> io::Result<()> {
    stdout.write_all(line.as_bytes()).await?;
    stdout.flush().await
}
