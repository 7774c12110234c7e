//! How many members one machine holds, as far as its limits allow, and what each costs the daemon and the system.

use std::io::{Read, Write};

use nix::sys::resource::{Resource, getrlimit, setrlimit};

use crate::crowd;
use crate::daemon::{Daemon, SECURE};
use crate::peer::{Peer, connect};
use crate::table::{Table, kilobytes, megabytes};
use crate::{Extent, Result, tls};

/// As many as are tried.
const MEMBERS: usize = 50_000;

/// Members of each room.
const TOGETHER: usize = 10;

/// Files that either side has open beside connections, and is to spare.
const OTHER_FILES: u64 = 1_000;

/// Raises how many files may be open, here and in the servers, as far as whoever runs this may.
pub(crate) fn open_many_files() {
    let Ok((_, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return };
    let wanted = MEMBERS as u64 + OTHER_FILES;
    if hard >= wanted || setrlimit(Resource::RLIMIT_NOFILE, wanted, wanted).is_err() {
        let _ = setrlimit(Resource::RLIMIT_NOFILE, hard, hard);
    }
}

/// How many connections a process may have.
pub(crate) fn most_connections() -> Result<usize> {
    let (files, _) = getrlimit(Resource::RLIMIT_NOFILE)?;
    Ok(usize::try_from(files.saturating_sub(OTHER_FILES))?)
}

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let most = MEMBERS.min(most_connections()?);
    let members = extent.of(most, 50) / TOGETHER * TOGETHER;
    let why = if members < extent.of(MEMBERS, 0) { ", as many as may open files here" } else { "" };
    let title = format!("{members} members{why}, {TOGETHER} to a room");
    let columns = ["daemon", "each", "system, both ends", "entries / CPU s"];
    let table = Table::new(&title, &columns);
    for (name, secure) in [("http", false), ("https", true)] {
        let daemon = Daemon::start_with(SECURE)?;
        // The first of all takes for all.
        if secure {
            drop(tls::shake_hands(connect(daemon.secure, members)?)?);
        }
        let (empty, system) = (daemon.process.memory()?, memory_of_the_system()?);
        let (before, mut lines) = (daemon.process.cpu_time()?, Vec::new());
        for number in 0..members {
            lines.push(if secure {
                // The rest of the line is silent, and so is kept without its cipher.
                entered(tls::shake_hands(connect(daemon.secure, number)?)?, number)?.sock
            } else {
                entered(connect(daemon.address, number)?, number)?
            });
        }
        let took = daemon.process.cpu_time()?.saturating_sub(before);
        let full = daemon.process.memory()?;
        let of_the_system = memory_of_the_system()?.saturating_sub(system);
        let each = |bytes: u64| kilobytes(bytes as f64 / members as f64);
        let rate = format!("{:.0}", members as f64 / took.as_secs_f64());
        table.row(name, [megabytes(full as f64), each(full - empty), each(of_the_system), rate]);
    }
    Ok(())
}

/// The line of a member that has entered, what it has not read yet among it.
fn entered<S: Read + Write>(stream: S, number: usize) -> Result<S> {
    let mut peer = Peer::new(stream);
    crowd::enter(&mut peer, number / TOGETHER, number % TOGETHER)?;
    Ok(peer.stream)
}

/// Bytes that the system has for what it keeps of sockets and files.
fn memory_of_the_system() -> Result<u64> {
    let text = std::fs::read_to_string("/proc/meminfo")?;
    let line = text.lines().find_map(|line| line.strip_prefix("Slab:")).ok_or("no Slab")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
