//! How long somebody waits who opens the page: from the connection, and its handshake, to the last byte of the document.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::daemon::{Daemon, SECURE};
use crate::peer::connect;
use crate::table::{Spread, Table, milliseconds};
use crate::{Extent, Result, tls};

/// What a browser asks, in short; the connection ends behind the answer.
const REQUEST: &[u8] =
    b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n";

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let table = Table::new("From the connection to the first page", &["waited", "middle half", "CPU time"]);
    let daemon = Daemon::start_with(SECURE)?;
    for (name, address, secure) in [("http", daemon.address, false), ("https", daemon.secure, true)] {
        let count = extent.of(500, 5);
        // The first of all takes for all.
        opened(address, secure)?;
        let before = daemon.process.cpu_time()?;
        let waited =
            (0..count).map(|_| Ok(opened(address, secure)?.as_secs_f64())).collect::<Result<Vec<_>>>()?;
        let each = daemon.process.cpu_time()?.saturating_sub(before).as_secs_f64() / f64::from(count);
        let spread = Spread::of(waited);
        let half = format!("{} to {}", milliseconds(spread.low), milliseconds(spread.high));
        table.row(name, [milliseconds(spread.median), half, milliseconds(each)]);
    }
    Ok(())
}

/// How long it took to get all of the document.
fn opened(address: SocketAddr, secure: bool) -> Result<Duration> {
    let (start, mut answer) = (Instant::now(), Vec::new());
    let mut stream = connect(address, 0)?;
    if secure {
        read(&mut tls::shake_hands(stream)?, &mut answer)?;
    } else {
        read(&mut stream, &mut answer)?;
    }
    let took = start.elapsed();
    if answer.starts_with(b"HTTP/1.1 200 OK") { Ok(took) } else { Err("the page is not there".into()) }
}

fn read(stream: &mut (impl Read + Write), answer: &mut Vec<u8>) -> Result<()> {
    stream.write_all(REQUEST)?;
    stream.flush()?;
    stream.read_to_end(answer)?;
    Ok(())
}
