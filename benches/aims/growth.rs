//! The same work in more rooms, and in larger ones: what a delivery costs beside what it costs a bare writer.

use crate::bursts::rounds;
use crate::contender::{BARE, SANCTUARY};
use crate::limits::most_connections;
use crate::load::Load;
use crate::table::{Spread, Table, count};
use crate::{Extent, Result};

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let most = most_connections()? / 2;
    let rooms = extent.of([10, 100, 1_000, 10_000], [1, 2, 10, 20]).map(|rooms| (rooms.min(most), 2));
    grow(extent, "More rooms", &rooms)?;
    let members = extent.of([2, 20, 200, 2_000], [2, 3, 4, 5]).map(|members| (1, members));
    grow(extent, "Larger rooms", &members)
}

fn grow(extent: Extent, title: &str, sizes: &[(usize, usize)]) -> Result<()> {
    let table = Table::new(title, &["deliveries / s", "to bare writer", "middle half", "to the first"]);
    let mut first = None;
    for &(rooms, members) in sizes {
        let start = |kind| Load::start(extent, &kind, rooms, members);
        let rates = rounds(&mut [start(BARE)?, start(SANCTUARY)?], extent.rounds(), Load::burst)?;
        let ratio = Spread::of(rates[1].iter().zip(&rates[0]).map(|(ours, bare)| ours / bare));
        let to_first = ratio.median / *first.get_or_insert(ratio.median);
        let figures = [
            count(Spread::of(rates[1].iter().copied()).median),
            ratio.short(),
            ratio.half(),
            format!("{:+.0} %", (to_first - 1.0) * 100.0),
        ];
        table.row(&format!("rooms: {rooms}, members of each: {members}"), figures);
    }
    Ok(())
}
