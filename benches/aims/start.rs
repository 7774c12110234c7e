//! How long the daemon takes from its start to the first answer, and how large it is.

use std::io::{Read, Write};
use std::time::Instant;

use crate::daemon::Daemon;
use crate::table::{Spread, Table, megabytes, milliseconds};
use crate::{Extent, Result};

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let table = Table::new("The daemon by itself", &["", "middle half"]);
    let starts = (0..extent.of(31, 2)).map(|_| one()).collect::<Result<Vec<_>>>()?;
    let spread = Spread::of(starts);
    let half = format!("{} to {}", milliseconds(spread.low), milliseconds(spread.high));
    table.row("from its start to the first answer", [milliseconds(spread.median), half]);
    table.row("its binary", [megabytes(Daemon::size()? as f64)]);
    Ok(())
}

/// Seconds of one start.
fn one() -> Result<f64> {
    let start = Instant::now();
    let mut daemon = Daemon::exec()?;
    let mut stream = daemon.connect()?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let mut answer = [0; 15];
    stream.read_exact(&mut answer)?;
    let took = start.elapsed();
    if &answer != b"HTTP/1.1 200 OK" {
        return Err("the daemon answers, but not that it is well".into());
    }
    Ok(took.as_secs_f64())
}
