//! A pace that everybody can keep: how much of a core it takes, and how long a message is on its way.

use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};

use crate::bursts::{rate, rounds};
use crate::contender::{BARE, SANCTUARY, with_others};
use crate::crowd::Crowd;
use crate::table::{Spread, Table, count, milliseconds};
use crate::{Extent, Result, table};

/// Rooms, and members of each, which talk in turn: 20 000 deliveries a second.
pub(crate) const ROOMS: usize = 20;
pub(crate) const MEMBERS: usize = 10;
const GAP: Duration = Duration::from_micros(500);

/// A server that takes longer than this behind the last message keeps no pace.
const PATIENCE: Duration = Duration::from_secs(10);

/// A crowd that is read from whenever something has come.
pub(crate) struct Watched {
    pub(crate) crowd: Crowd,
    epoll: Epoll,
    /// Seconds that deliveries took, the middle of each round's and those that one in a hundred took longer than.
    pub(crate) medians: Vec<f64>,
    pub(crate) late: Vec<f64>,
}

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let kinds = with_others(extent, vec![BARE, SANCTUARY]);
    let mut all = kinds
        .into_iter()
        .map(|kind| Watched::new(Crowd::enter(kind, ROOMS, MEMBERS)?))
        .collect::<Result<Vec<_>>>()?;
    let messages = extent.of(1_000, 40);
    let rates = rounds(&mut all, extent.rounds(), |watched| {
        rate(watched.crowd.contender.process().clock()?, || watched.burst(messages, || Ok(())))
    })?;
    let title = format!("{ROOMS} rooms of {MEMBERS}, 20 000 deliveries a second");
    let columns =
        ["deliveries / s", "to bare writer", "middle half", "half within", "99 % within", "middle half"];
    let table = Table::new(&title, &columns);
    let ratios = table::ratios(&rates);
    let names: Vec<_> = all.iter().map(|watched| watched.crowd.contender.kind.name).collect();
    table::remember(&title, &names, &ratios);
    for ((each, ratio), watched) in rates.iter().zip(ratios).zip(all) {
        let late = Spread::of(watched.late);
        let figures = [
            count(Spread::of(each.iter().copied()).median),
            ratio.short(),
            ratio.half(),
            milliseconds(Spread::of(watched.medians).median),
            milliseconds(late.median),
            format!("{:.2} to {:.2}", late.low * 1e3, late.high * 1e3),
        ];
        table.row(watched.crowd.contender.kind.name, figures);
    }
    Ok(())
}

impl Watched {
    pub(crate) fn new(crowd: Crowd) -> Result<Self> {
        let epoll = Epoll::new(EpollCreateFlags::empty())?;
        for (number, peer) in crowd.rooms.iter().flatten().enumerate() {
            peer.stream.set_nonblocking(true)?;
            epoll.add(&peer.stream, EpollEvent::new(EpollFlags::EPOLLIN, number as u64))?;
        }
        Ok(Self { crowd, epoll, medians: Vec::new(), late: Vec::new() })
    }

    /// Says so many messages at their times and does something else again and again meanwhile. Returns how many deliveries
    /// there were.
    pub(crate) fn burst(
        &mut self,
        messages: usize,
        mut besides: impl FnMut() -> Result<()>,
    ) -> Result<usize> {
        let delivery = self.crowd.delivery.len();
        let (start, mut said) = (Instant::now(), 0);
        let mut got = vec![0; ROOMS * MEMBERS];
        let mut took = Vec::with_capacity(messages * MEMBERS);
        let mut events = vec![EpollEvent::empty(); ROOMS * MEMBERS];
        let mut buffer = vec![0; 64 * 1024];
        // The time when it was due counts, so that nobody is spared for having been slow before.
        let due = |message: usize| start + GAP * message as u32;
        while took.len() < messages * MEMBERS {
            while said < messages && due(said) <= Instant::now() {
                self.crowd.say(said % ROOMS)?;
                said += 1;
            }
            besides()?;
            let count = self.epoll.wait(&mut events, EpollTimeout::ZERO)?;
            for event in &events[..count] {
                let number = event.data() as usize;
                let (room, member) = (number / MEMBERS, number % MEMBERS);
                let read = match self.crowd.rooms[room][member].stream.read(&mut buffer) {
                    Ok(0) => return Err("the server has hung up".into()),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
                    read => read?,
                };
                let before = got[number] / delivery;
                got[number] += read;
                let now = Instant::now();
                let messages = (before..got[number] / delivery).map(|nth| nth * ROOMS + room);
                took.extend(
                    messages.map(|message| now.saturating_duration_since(due(message)).as_secs_f64()),
                );
            }
            if start.elapsed() > GAP * messages as u32 + PATIENCE {
                return Err(format!("{} can't keep the pace", self.crowd.contender.kind.name).into());
            }
        }
        took.sort_by(f64::total_cmp);
        self.medians.push(took[took.len() / 2]);
        self.late.push(took[took.len() * 99 / 100]);
        Ok(took.len())
    }
}
