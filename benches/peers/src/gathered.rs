//! As [`crate::bare`], but what is said to a room in one turn goes to each member in one write.

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;

use crate::Layout;
use crate::lines::Lines;

pub(crate) fn serve(listener: TcpListener, layout: Layout) -> io::Result<()> {
    let (mut lines, mut readable) = (Lines::new(listener)?, Vec::new());
    let mut turns = BTreeMap::<usize, Vec<u8>>::new();
    loop {
        lines.turn(&mut readable)?;
        for &number in &readable {
            let turn = turns.entry(number / layout.members).or_default();
            lines.read(number, |_, said| turn.extend_from_slice(said));
        }
        for (room, turn) in turns.iter_mut().filter(|(_, turn)| !turn.is_empty()) {
            for member in room * layout.members..(room + 1) * layout.members {
                lines.send(member, turn)?;
            }
            turn.clear();
        }
    }
}
