//! What no door can beat: a connection is taken, read from, answered and given up, and where somebody is in the room
//! each of them is told of it twice, by a write of its own. Nobody's right to enter is looked at.

use std::io;
use std::net::TcpListener;

use crate::Layout;
use crate::bare::MESSAGE;
use crate::lines::Lines;

pub(crate) fn serve(listener: TcpListener, layout: Layout) -> io::Result<()> {
    let (mut lines, mut readable) = (Lines::new(listener)?, Vec::new());
    let bytes = [0; MESSAGE];
    loop {
        lines.turn(&mut readable)?;
        for &number in &readable {
            let mut answered = Ok(());
            lines.read(number, |lines, _| answered = lines.send(number, &bytes));
            answered?;
            // Once when it has come, once when it has gone.
            for resident in told(number, layout) {
                lines.send(resident, &bytes)?;
            }
        }
    }
}

/// The residents of the room that a newcomer comes to: one room after the other, in turn.
fn told(newcomer: usize, layout: Layout) -> std::ops::Range<usize> {
    let Some(rooms) = layout.residents.checked_div(layout.members).filter(|rooms| *rooms > 0) else {
        return 0..0;
    };
    let room = newcomer % rooms;
    room * layout.members..(room + 1) * layout.members
}
