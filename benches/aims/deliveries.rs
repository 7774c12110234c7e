//! How many deliveries a server makes in a second of processor time. A message to a room of 100 is 100 deliveries: the
//! sender gets it too.

use std::io::Write;
use std::time::Duration;

use crate::bursts::{for_a_while, rate, rounds};
use crate::contender::{BARE, GATHERED, Kind, SANCTUARY, TICK, with_others};
use crate::crowd::Crowd;
use crate::{Extent, Result, table};

/// Members who talk, the first to arrive, so that all their numbers take one byte in a frame.
const TALKERS: usize = 10;

/// Messages that each of them has under way at a time, twice: as much as a core can take of a gathering writer.
const VOLLEY: usize = 5;

/// How long each burst is.
pub(crate) fn length(extent: Extent) -> Duration {
    Duration::from_millis(extent.of(200, 10))
}

/// Rooms where more is said than can be delivered one by one.
pub(crate) fn saturated(extent: Extent) -> Result<()> {
    for members in extent.of([100, 1_000], [5, 20]) {
        let kinds = with_others(extent, vec![GATHERED, TICK, BARE, SANCTUARY]);
        let mut crowds = enter(kinds, 1, members)?;
        let rates = rounds(&mut crowds, extent.rounds(), |crowd| {
            rate(crowd.contender.process().clock()?, || saturate(crowd, length(extent)))
        })?;
        table::rates(&format!("Room of {members}, saturated"), DELIVERIES, &names(&crowds), &rates);
        crowds.iter_mut().try_for_each(Crowd::check)?;
    }
    Ok(())
}

/// Rooms where the next message is said when everybody has got the last one, so that none can be gathered with
/// another.
pub(crate) fn spaced(extent: Extent) -> Result<()> {
    for members in extent.of([2, 100, 1_000], [2, 5, 20]) {
        let title = format!("Room of {members}, one message at a time");
        in_turn(extent, &title, 1, members)?;
    }
    Ok(())
}

/// Many small rooms, in each of which somebody says something at the same time.
pub(crate) fn rooms(extent: Extent) -> Result<()> {
    let (rooms, members) = extent.of((200, 5), (10, 3));
    in_turn(extent, &format!("{rooms} rooms of {members}, a message in each at a time"), rooms, members)
}

/// What the figures are.
const DELIVERIES: &str = "deliveries / s";

fn in_turn(extent: Extent, title: &str, rooms: usize, members: usize) -> Result<()> {
    let mut crowds = enter(with_others(extent, vec![BARE, SANCTUARY]), rooms, members)?;
    let rates = rounds(&mut crowds, extent.rounds(), |crowd| {
        rate(crowd.contender.process().clock()?, || {
            for_a_while(length(extent), || say_in_each(crowd, 0, rooms))
        })
    })?;
    table::rates(title, DELIVERIES, &names(&crowds), &rates);
    crowds.iter_mut().try_for_each(Crowd::check)
}

/// Lets somebody say something in so many rooms, from the `first` on, and everybody there take it.
pub(crate) fn say_in_each(crowd: &mut Crowd, first: usize, rooms: usize) -> Result<usize> {
    for room in first..first + rooms {
        crowd.say(room)?;
    }
    for room in first..first + rooms {
        crowd.take(room, 1)?;
    }
    Ok(rooms * crowd.rooms[first].len())
}

/// The same crowd, in a server of each kind.
fn enter(kinds: Vec<Kind>, rooms: usize, members: usize) -> Result<Vec<Crowd>> {
    kinds.into_iter().map(|kind| Crowd::enter(kind, rooms, members)).collect()
}

fn names(crowds: &[Crowd]) -> Vec<&'static str> {
    crowds.iter().map(|crowd| crowd.contender.kind.name).collect()
}

/// Volley upon volley: the next is on its way when the last one is taken.
fn saturate(crowd: &mut Crowd, length: Duration) -> Result<usize> {
    volley(crowd)?;
    let delivered = for_a_while(length, || {
        volley(crowd)?;
        take_volley(crowd)
    })?;
    Ok(delivered + take_volley(crowd)?)
}

fn talkers(crowd: &Crowd) -> usize {
    TALKERS.min(crowd.rooms[0].len())
}

pub(crate) fn volley(crowd: &mut Crowd) -> Result<()> {
    let (talkers, volley) = (talkers(crowd), crowd.message.repeat(VOLLEY));
    crowd.rooms[0][..talkers].iter_mut().try_for_each(|talker| Ok(talker.stream.write_all(&volley)?))
}

pub(crate) fn take_volley(crowd: &mut Crowd) -> Result<usize> {
    let messages = talkers(crowd) * VOLLEY;
    crowd.take(0, messages)?;
    Ok(messages * crowd.rooms[0].len())
}
