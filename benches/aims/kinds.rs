//! What a connection costs in memory that does nothing, by how far it has come, and what is left of a crowd of them.

use std::io::{Read, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::daemon::{Daemon, SECURE};
use crate::peer::{Peer, REQUEST, connect};
use crate::table::{Table, kilobytes};
use crate::{Extent, Result, crowd, tls};

/// A short page.
const PAGE: &[u8] = b"GET /farewell HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Nobody is dropped while it is measured, and nothing is kept of who has gone.
const SETTINGS: &str = r#"
handshake = "2 min"
grace = "1 s"
"#;

/// How long to wait before looking again, and the longest that memory may take to become calm.
const PAUSE: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of a daemon.
struct Memory {
    /// For each connection.
    each: f64,
    /// What is left when all have gone, as a share of what there was before.
    left: f64,
}

/// A kind of connection, by what it has done before it falls silent.
struct Kind {
    name: &'static str,
    handshake: Handshake,
    /// The halves of requests and the like that it has sent.
    sends: Sends,
}

#[derive(Clone, Copy)]
enum Handshake {
    /// Plain http.
    None,
    /// On the port of https, but not a word.
    Silent,
    /// The first half of the client's first flight.
    Half,
    /// That flight, and none after the daemon's.
    Unfinished,
    Whole,
}

#[derive(Clone, Copy)]
enum Sends {
    Nothing,
    HalfARequest,
    ForAPage,
    ForASocket,
    ToBeAMember,
}

/// In the order in which a connection goes through them.
const KINDS: [Kind; 13] = {
    use Handshake::{Half, None, Silent, Unfinished, Whole};
    use Sends::{ForAPage, ForASocket, HalfARequest, Nothing, ToBeAMember};
    const fn kind(name: &'static str, handshake: Handshake, sends: Sends) -> Kind {
        Kind { name, handshake, sends }
    }
    [
        kind("silent", None, Nothing),
        kind("half a request", None, HalfARequest),
        kind("a page", None, ForAPage),
        kind("a WebSocket in no room", None, ForASocket),
        kind("a member in a room of its own", None, ToBeAMember),
        kind("https: silent", Silent, Nothing),
        kind("https: half a greeting", Half, Nothing),
        kind("https: half a handshake", Unfinished, Nothing),
        kind("https: a handshake", Whole, Nothing),
        kind("https: half a request", Whole, HalfARequest),
        kind("https: a page", Whole, ForAPage),
        kind("https: a WebSocket in no room", Whole, ForASocket),
        kind("https: a member in a room of its own", Whole, ToBeAMember),
    ]
};

/// Memory by kind.
pub(crate) fn measure(extent: Extent) -> Result<()> {
    if !nix::unistd::geteuid().is_root() {
        println!("\nMemory by kind is measured by root alone, who may see which files the daemon has open.");
        return Ok(());
    }
    let count = extent.of(10_000, 20);
    // Longer than all that the daemon waits before it tidies.
    let long = Duration::from_millis(extent.of(4_000, 40));
    let table =
        Table::new(&format!("Memory of each of {count} connections, by kind"), &["each", "left of all"]);
    for kind in KINDS {
        let memory = one(&kind, count, long)?;
        table.row(kind.name, [kilobytes(memory.each), format!("{:.1} %", memory.left * 100.0)]);
    }
    Ok(())
}

/// Lets `count` of them connect and idle, and go; memory counts that has been the same for so long.
fn one(kind: &Kind, count: usize, long: Duration) -> Result<Memory> {
    let daemon = Daemon::start_with(&[SECURE, SETTINGS].concat())?;
    // The first of all takes for all, so it is taken before.
    for number in 0..20 {
        drop(connected(kind, &daemon, count + number)?);
    }
    let (before, files) = (calm(&daemon, long)?, daemon.process.files()?);
    let crowd = (0..count).map(|number| connected(kind, &daemon, number)).collect::<Result<Vec<_>>>()?;
    until_files(&daemon, |open| open >= files + count)?;
    let with_all = calm(&daemon, long)?;
    drop(crowd);
    until_files(&daemon, |open| open <= files)?;
    let after = calm(&daemon, long)?;
    let more = |memory: u64| memory.saturating_sub(before) as f64;
    Ok(Memory { each: more(with_all) / count as f64, left: more(after) / before as f64 })
}

/// Waits until the daemon has so many files open.
fn until_files(daemon: &Daemon, enough: impl Fn(usize) -> bool) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    loop {
        let open = daemon.process.files()?;
        if enough(open) {
            return Ok(());
        }
        if Instant::now() > end {
            return Err(format!("the daemon has {open} files open still").into());
        }
        sleep(PAUSE);
    }
}

/// The daemon's memory once it stays the same.
fn calm(daemon: &Daemon, long: Duration) -> Result<u64> {
    let end = Instant::now() + PATIENCE;
    let (mut memory, mut since) = (daemon.process.memory()?, Instant::now());
    while since.elapsed() < long && Instant::now() < end {
        sleep(PAUSE);
        let now = daemon.process.memory()?;
        if now != memory {
            (memory, since) = (now, Instant::now());
        }
    }
    Ok(memory)
}

/// What keeps a connection open.
trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

fn connected(kind: &Kind, daemon: &Daemon, number: usize) -> Result<Box<dyn Stream>> {
    let to = if matches!(kind.handshake, Handshake::None) { daemon.address } else { daemon.secure };
    let mut stream = connect(to, number)?;
    let mut stream: Box<dyn Stream> = match kind.handshake {
        Handshake::None | Handshake::Silent => Box::new(stream),
        unfinished @ (Handshake::Half | Handshake::Unfinished) => {
            let mut greeting = Vec::new();
            tls::client()?.write_tls(&mut greeting)?;
            if matches!(unfinished, Handshake::Half) {
                greeting.truncate(greeting.len() / 2);
                stream.write_all(&greeting)?;
            } else {
                stream.write_all(&greeting)?;
                until(&mut stream, &[])?;
            }
            Box::new(stream)
        }
        Handshake::Whole => Box::new(tls::shake_hands(stream)?),
    };
    match kind.sends {
        Sends::Nothing => {}
        Sends::HalfARequest => stream.write_all(&REQUEST[..REQUEST.len() / 2])?,
        Sends::ForAPage => {
            stream.write_all(PAGE)?;
            until(&mut stream, b"</html>")?;
        }
        Sends::ForASocket => {
            stream.write_all(REQUEST)?;
            until(&mut stream, b"\r\n\r\n")?;
        }
        Sends::ToBeAMember => {
            let mut peer = Peer::new(stream);
            peer.ask()?;
            let nonce = peer.greeted()?;
            peer.create(crowd::id(number), &nonce)?;
            peer.welcomed()?;
            stream = peer.stream;
        }
    }
    stream.flush()?;
    Ok(stream)
}

/// Reads until `end` has come, and perhaps more.
fn until(stream: &mut impl Read, end: &[u8]) -> Result<()> {
    let (mut read, mut some) = (Vec::new(), [0; 4096]);
    while read.is_empty() || !read.ends_with(end) && !read.windows(end.len()).any(|bytes| bytes == end) {
        match stream.read(&mut some)? {
            0 => return Err(String::from_utf8_lossy(&read).into()),
            count => read.extend_from_slice(&some[..count]),
        }
    }
    Ok(())
}
