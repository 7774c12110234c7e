//! How many members come and go in a second of processor time: a new connection, its upgrade, entry with a proof, exit,
//! and the end of the connection, all counted as one. The others of the room are told of both.

use std::io::Write;
use std::net::Shutdown;

use sanctuary_wire::{ClientFrame, DaemonFrame};

use crate::bursts::{for_a_while, rate, rounds};
use crate::contender::{Contender, DOOR, Kind, SANCTUARY, Speech, with_others};
use crate::crowd::{self, upgrade};
use crate::deliveries::length;
use crate::peer::{DELIVERY, Gulp, Peer, connect, masked};
use crate::{Extent, Result, table};

/// How many come and go at the same time.
const AT_ONCE: usize = 32;

/// Members of each room who stay.
const RESIDENTS: usize = 8;

/// A server, who stays in it, and how many come to each room at the same time.
struct Doors {
    contender: Contender,
    residents: Vec<Vec<Peer>>,
    together: usize,
    /// How many have come so far.
    come: usize,
    gulp: Gulp,
}

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let mut all = vec![
        ("bare door, nobody told", Doors::new(DOOR, 1, 0)?),
        (DOOR.name, Doors::new(DOOR, 1, RESIDENTS)?),
        (SANCTUARY.name, Doors::new(SANCTUARY, 1, RESIDENTS)?),
        ("Sanctuary, of 8 who come at a time", Doors::new(SANCTUARY, RESIDENTS, RESIDENTS)?),
    ];
    for kind in with_others(extent, Vec::new()) {
        let residents = if kind.speech == Speech::Sanctuary { RESIDENTS } else { 0 };
        all.push((kind.name, Doors::new(kind, 1, residents)?));
    }
    let rates = rounds(&mut all, extent.rounds(), |(_, doors)| {
        rate(doors.contender.process().clock()?, || for_a_while(length(extent), || doors.come_and_go()))
    })?;
    let names: Vec<_> = all.iter().map(|(name, _)| *name).collect();
    table::rates("Joins and leaves, 8 told of each", "joins / s", &names, &rates);
    Ok(())
}

impl Doors {
    fn new(kind: Kind, together: usize, residents: usize) -> Result<Self> {
        let rooms = AT_ONCE / together;
        let contender = Contender::start(kind, residents, rooms * residents)?;
        let stay = |room| match contender.kind.speech {
            Speech::Sanctuary => crowd::fill(contender.address, room, residents),
            _ => (0..residents).map(|number| Ok(Peer::new(connect(contender.address, number)?))).collect(),
        };
        let residents = (0..rooms).map(stay).collect::<Result<_>>()?;
        Ok(Self { contender, residents, together, come: 0, gulp: Gulp::new() })
    }

    fn come_and_go(&mut self) -> Result<usize> {
        match self.contender.kind.speech {
            Speech::Sanctuary => self.enter_and_exit()?,
            Speech::WebSocket => self.upgrade_and_close()?,
            Speech::Bare => self.connect_and_close()?,
        }
        self.come += AT_ONCE;
        Ok(AT_ONCE)
    }

    fn enter_and_exit(&mut self) -> Result<()> {
        let mut peers = self.connect()?;
        peers.iter_mut().try_for_each(Peer::ask)?;
        for (number, peer) in peers.iter_mut().enumerate() {
            peer.wait()?;
            let nonce = peer.greeted()?;
            peer.enter(crowd::id(number / self.together), &nonce, RESIDENTS + number)?;
        }
        for peer in &mut peers {
            peer.wait()?;
            peer.welcomed()?;
        }
        // Everybody has been told of those who came before any of them goes.
        self.told(|frame| matches!(frame, DaemonFrame::Joined { .. }))?;
        for peer in &mut peers {
            peer.send(&ClientFrame::Exit)?;
        }
        peers.iter_mut().try_for_each(Peer::read_to_end)?;
        self.told(|frame| matches!(frame, DaemonFrame::Left { .. }))
    }

    /// The residents get such a notice of each who came to their room.
    fn told(&mut self, is_it: impl Fn(&DaemonFrame<'_>) -> bool) -> Result<()> {
        for resident in self.residents.iter_mut().flatten() {
            for _ in 0..self.together {
                resident.wait()?;
                crowd::expect(&resident.frame()?, &is_it)?;
            }
        }
        Ok(())
    }

    /// Without a notice to anybody.
    fn upgrade_and_close(&mut self) -> Result<()> {
        const NORMALLY: [u8; 2] = 1000_u16.to_be_bytes();
        const CLOSE: u8 = 0x88;
        let mut close = masked(&NORMALLY);
        close[0] = CLOSE;
        let peers = (0..AT_ONCE).map(|number| upgrade(self.contender.address, number, self.come + number));
        for mut peer in peers.collect::<Result<Vec<_>>>()? {
            peer.stream.write_all(&close)?;
            peer.stream.shutdown(Shutdown::Write)?;
            // Some hang up at once when they have nothing more to say.
            let _ = peer.read_to_end();
        }
        Ok(())
    }

    fn connect_and_close(&mut self) -> Result<()> {
        let mut peers = self.connect()?;
        let mut answer = [0; DELIVERY];
        peers.iter_mut().try_for_each(Peer::ask)?;
        for peer in &mut peers {
            peer.wait()?;
            peer.read_exact(&mut answer)?;
            peer.stream.shutdown(Shutdown::Write)?;
        }
        peers.iter_mut().try_for_each(Peer::read_to_end)?;
        let (residents, gulp) = (self.residents.iter_mut().flatten(), &mut self.gulp);
        let mut notices = residents.map(|resident| resident.skip(2 * DELIVERY, gulp));
        notices.try_for_each(|taken| taken)
    }

    fn connect(&self) -> Result<Vec<Peer>> {
        let numbers = self.come..self.come + AT_ONCE;
        numbers.map(|number| Ok(Peer::new(connect(self.contender.address, number)?))).collect()
    }
}
