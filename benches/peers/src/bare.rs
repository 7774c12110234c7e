//! What no relay can beat that gathers nothing: for each message and each member one write. There is no protocol, so
//! that whatever a line says are messages of one length.

use std::io;
use std::net::TcpListener;

use crate::Layout;
use crate::lines::Lines;

/// Bytes of a message.
pub(crate) const MESSAGE: usize = 200;

pub(crate) fn serve(listener: TcpListener, layout: Layout) -> io::Result<()> {
    let (mut lines, mut readable) = (Lines::new(listener)?, Vec::new());
    loop {
        lines.turn(&mut readable)?;
        for &number in &readable {
            let first = number / layout.members * layout.members;
            let mut sent = Ok(());
            lines.read(number, |lines, said| {
                sent = said
                    .chunks(MESSAGE)
                    .flat_map(|message| (first..first + layout.members).map(move |member| (member, message)))
                    .try_for_each(|(member, message)| lines.send(member, message));
            });
            sent?;
        }
    }
}
