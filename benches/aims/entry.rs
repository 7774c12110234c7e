//! Entry into a large room, hand-overs included: a newcomer checks everybody's card, and with its first word it agrees on
//! a key with each and hands its chain to all. The others hand theirs with their own next words, which costs each as much
//! as the newcomer's cost it. Members are the terminal's, the daemon is the real one.

use std::time::{Duration, Instant};

use sanctuary_seal::{Alias, Door, Group, Happening, Password, Random, TimedText};
use sanctuary_wire::{DaemonFrame, Rule};

use crate::daemon::Daemon;
use crate::peer::{Peer, connect};
use crate::table::{Spread, Table, milliseconds};
use crate::{Extent, Result, crowd};

/// A member, what it knows, and its line.
struct Member {
    group: Group,
    peer: Peer,
}

/// Seconds that an entry took each of those who had to do with it.
type Took = [f64; 6];

/// What they were for.
const PARTS: [&str; 6] = [
    "the daemon: list, and notices to all",
    "the daemon: hand-overs, and the first word",
    "the newcomer: everybody's cards",
    "the newcomer: its first word",
    "each other: the newcomer's card",
    "each other: its chain and word",
];

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let residents = extent.of(999, 9);
    let daemon = Daemon::start()?;
    let door = Door::derive(crowd::id(0), &Password::read("a long enough password")?);
    let mut all = Vec::new();
    for number in 0..residents {
        let resident = reside(&daemon, &door, &mut all, number)?;
        all.push(resident);
    }
    let entries = (0..extent.of(5, 1)).map(|number| enter(&daemon, &door, &mut all, residents + number));
    let entries = entries.collect::<Result<Vec<_>>>()?;
    let title = format!("Entry into a room of {}, hand-overs included", residents + 1);
    let table = Table::new(&title, &["time"]);
    for (part, name) in PARTS.into_iter().enumerate() {
        let took = Spread::of(entries.iter().map(|took| took[part]));
        table.row(name, [milliseconds(took.median)]);
    }
    Ok(())
}

/// Opens the room or enters it as somebody who has not looked who else is there, so that a room is soon full.
fn reside(daemon: &Daemon, door: &Door, others: &mut [Member], number: usize) -> Result<Member> {
    let mut member = ask(daemon, door, number)?;
    let welcome = member.peer.frame()?;
    let mut welcome = DaemonFrame::decode(&welcome)?;
    if let DaemonFrame::Welcome { you, keeper, members, .. } = &mut welcome {
        members.retain(|seated| seated.id == *you || seated.id == *keeper);
    }
    member.group.hear(&welcome.encode(), 0)?;
    member.group.frames();
    if !member.group.is_seated() {
        return Err("a resident is not let in".into());
    }
    for other in others {
        other.peer.frame()?;
    }
    Ok(member)
}

/// Enters the room and says a word, which everybody reads.
fn enter(daemon: &Daemon, door: &Door, all: &mut Vec<Member>, number: usize) -> Result<Took> {
    let start = daemon.process.cpu_time()?;
    let mut newcomer = ask(daemon, door, number)?;
    let (cards, _) = newcomer.hear()?;
    let mut joined = Duration::ZERO;
    for other in &mut *all {
        joined += other.hear()?.0;
    }
    let entered = daemon.process.cpu_time()?;
    let (word, frames) = timed(|| {
        newcomer.group.message(TimedText { at: 0, timer: 0, text: "Good evening".into() }, 0)?;
        Ok(newcomer.group.frames())
    })?;
    frames.iter().try_for_each(|frame| newcomer.peer.send_encoded(frame))?;
    let mut read = Duration::ZERO;
    for other in &mut *all {
        let ((chain, _), (said, told)) = (other.hear()?, other.hear()?);
        if !told.iter().any(|told| matches!(told, Happening::Said { .. })) {
            return Err(format!("{told:?} instead of a word").into());
        }
        read += chain + said;
    }
    newcomer.hear()?;
    let spoken = daemon.process.cpu_time()?;
    let others = u32::try_from(all.len())?;
    all.push(newcomer);
    let took = [
        entered.saturating_sub(start),
        spoken.saturating_sub(entered),
        cards,
        word,
        joined / others,
        read / others,
    ];
    Ok(took.map(|time| time.as_secs_f64()))
}

impl Member {
    /// Takes the next frame, and says how long that took and what was told.
    fn hear(&mut self) -> Result<(Duration, Vec<Happening>)> {
        let frame = self.peer.frame()?;
        timed(|| Ok(self.group.hear(&frame, 0)?))
    }
}

/// A member whose entry is on its way.
fn ask(daemon: &Daemon, door: &Door, number: usize) -> Result<Member> {
    let (alias, random) = (format!("member-{number}").parse::<Alias>()?, Random::from_system()?);
    let mut group = if number == 0 {
        let password = Password::choose("a long enough password")?;
        Group::create(door.clone(), password, Rule::Keeper, alias, 0, None, random)
    } else {
        Group::enter(door.clone(), alias, random)
    };
    let mut peer = Peer::new(connect(daemon.address, number)?);
    peer.ask()?;
    peer.answered()?;
    group.hear(&peer.frame()?, 0)?;
    group.frames().iter().try_for_each(|frame| peer.send_encoded(frame))?;
    Ok(Member { group, peer })
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(Duration, T)> {
    let start = Instant::now();
    let done = work()?;
    Ok((start.elapsed(), done))
}
