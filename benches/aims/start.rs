//! How long the daemon takes from its start to the first answer.

use std::io::{Read, Write};
use std::time::Instant;

use crate::Result;
use crate::daemon::Daemon;

/// Milliseconds of each of `count` starts.
pub(crate) fn milliseconds(count: usize) -> Result<Vec<f64>> {
    (0..count).map(|_| one()).collect()
}

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
    Ok(took.as_secs_f64() * 1e3)
}
