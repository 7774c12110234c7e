//! How long a message is on its way while strangers knock, as many as the daemon can hear: each connects, asks for a
//! WebSocket and to enter, with a signature that is none, and is refused.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};

use sanctuary_wire::{ClientFrame, RoomId, Signature, Tag};

use crate::contender::{Kind, SANCTUARY, SANCTUARY_BESIDE};
use crate::crowd::{self, Crowd};
use crate::peer::{CARD, REQUEST, connect, masked, seat};
use crate::steady::{MEMBERS, ROOMS, Watched};
use crate::table::{Spread, Table, count, milliseconds};
use crate::{Extent, Result, daemon};

/// Strangers who are under way at the same time.
const STRANGERS: usize = 256;

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let title = format!("{ROOMS} rooms of {MEMBERS}, 20 000 deliveries a second, while strangers knock");
    let table = Table::new(&title, &["knocks / s", "half within", "99 % within", "middle half", "to quiet"]);
    for kind in
        [Some(SANCTUARY), daemon::beside().is_some().then_some(SANCTUARY_BESIDE)].into_iter().flatten()
    {
        each(extent, kind, &table)?;
    }
    Ok(())
}

fn each(extent: Extent, kind: Kind, table: &Table) -> Result<()> {
    let name = kind.name;
    let mut watched = Watched::new(Crowd::enter(kind, ROOMS, MEMBERS)?)?;
    let (messages, mut quiet) = (extent.of(1_000, 40), None);
    for (what, strangers) in [("nobody knocks", 0), ("knocked at", extent.of(STRANGERS, 8))] {
        let mut strangers = Strangers::new(watched.crowd.contender.address, strangers);
        (watched.medians, watched.late) = (Vec::new(), Vec::new());
        let begun = std::time::Instant::now();
        for _ in 0..extent.rounds() {
            watched.burst(messages, || strangers.step())?;
        }
        let knocks = strangers.refused as f64 / begun.elapsed().as_secs_f64();
        let late = Spread::of(watched.late.iter().copied());
        let figures = [
            count(knocks),
            milliseconds(Spread::of(watched.medians.iter().copied()).median),
            milliseconds(late.median),
            format!("{:.2} to {:.2}", late.low * 1e3, late.high * 1e3),
            format!("{:.2}", late.median / *quiet.get_or_insert(late.median)),
        ];
        table.row(&format!("{name}, {what}"), figures);
    }
    Ok(())
}

/// Strangers, each of whom does a step in its turn.
struct Strangers {
    address: SocketAddr,
    frame: Vec<u8>,
    all: Vec<Option<(TcpStream, Step)>>,
    next: usize,
    come: usize,
    refused: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Asked,
    Knocked,
}

impl Strangers {
    fn new(address: SocketAddr, count: usize) -> Self {
        let room: RoomId = crowd::id(0);
        let (card, tag, signature) = ((&CARD).into(), Tag([0xEE; 16]), Signature([1; 64]));
        let frame = masked(&ClientFrame::Enter { room, seat: seat(), card, tag, signature }.encode());
        Self { address, frame, all: (0..count).map(|_| None).collect(), next: 0, come: 0, refused: 0 }
    }

    /// Lets the next of them do what it can.
    fn step(&mut self) -> Result<()> {
        if self.all.is_empty() {
            return Ok(());
        }
        self.next = (self.next + 1) % self.all.len();
        let stranger = &mut self.all[self.next];
        let Some((stream, step)) = stranger else {
            self.come += 1;
            let mut stream = connect(self.address, self.come)?;
            stream.set_nonblocking(true)?;
            stream.write_all(REQUEST)?;
            *stranger = Some((stream, Step::Asked));
            return Ok(());
        };
        let mut heard = [0; 4096];
        match stream.read(&mut heard) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            // The answer, and the greeting may be behind it.
            Ok(count) if count > 0 && *step == Step::Asked => {
                stream.write_all(&self.frame)?;
                *step = Step::Knocked;
                Ok(())
            }
            Ok(count) if count > 0 => Ok(()),
            _ => {
                self.refused += 1;
                *stranger = None;
                Ok(())
            }
        }
    }
}
