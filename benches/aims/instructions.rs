//! Instructions of the daemon, without the system's: figures that do not depend on the machine, nor on what else it
//! does. Valgrind counts them; of two daemons that differ by some work alone, the difference is that work's.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use sanctuary_wire::{ClientFrame, DaemonFrame};

use crate::contender::Contender;
use crate::crowd::{self, Crowd};
use crate::deliveries::{say_in_each, take_volley, volley};
use crate::peer::{Peer, connect};
use crate::table::{Table, count};
use crate::{Extent, Result};

/// Members of the room where somebody comes and goes.
const RESIDENTS: usize = 8;

/// The file with the counts, in the daemon's folder.
const COUNTS: &str = "callgrind";

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let valgrind = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    if !valgrind.is_ok_and(|status| status.success()) {
        println!(
            "\nInstructions are not counted: there is no valgrind here (Debian's package of that name)."
        );
        return Ok(());
    }
    let members = extent.of(100, 5);
    let table = Table::new("Instructions of the daemon", &["instructions"]);
    let message = each(1, extent.of(200, 20), |crowd, _| say_in_each(crowd, 0, 1))?;
    table.row("a message with its only delivery", [count(message)]);
    let alone = each(members, extent.of(200, 20), |crowd, _| say_in_each(crowd, 0, 1))?;
    table.row(&format!("a delivery, room of {members}, one at a time"), [count(alone)]);
    let saturated = each(members, extent.of(40, 2), |crowd, _| {
        volley(crowd)?;
        take_volley(crowd)
    })?;
    table.row(&format!("a delivery, room of {members}, saturated"), [count(saturated)]);
    let join = each(RESIDENTS, extent.of(100, 5), come_and_go)?;
    table.row(&format!("a join and leave, {RESIDENTS} told"), [count(join)]);
    Ok(())
}

/// Instructions for each of what `work` says that it has done, which is handed how often it was called before.
fn each(members: usize, times: usize, work: impl Fn(&mut Crowd, usize) -> Result<usize>) -> Result<f64> {
    let counted = |times: usize| -> Result<(usize, u64)> {
        let mut crowd = Crowd::fill(Contender::start_under(counter)?, 1, members)?;
        let mut done = 0;
        for number in 0..times {
            done += work(&mut crowd, number)?;
        }
        let folder = crowd.contender.end()?;
        let counts = std::fs::read_to_string(folder.0.join(COUNTS))?;
        let summary = counts.lines().find_map(|line| line.strip_prefix("summary: "));
        Ok((done, summary.ok_or("no counts")?.trim().parse()?))
    };
    let ((some, less), (many, more)) = (counted(times)?, counted(3 * times)?);
    Ok(more.saturating_sub(less) as f64 / (many - some) as f64)
}

/// What runs the daemon, which becomes another user before the counts are written.
fn counter(folder: &Path) -> Result<Command> {
    let counts = folder.join(COUNTS);
    std::fs::write(&counts, "")?;
    std::fs::set_permissions(&counts, std::fs::Permissions::from_mode(0o666))?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--vgdb=no"]).stderr(Stdio::null());
    valgrind.arg(format!("--callgrind-out-file={}", counts.display()));
    Ok(valgrind)
}

fn come_and_go(crowd: &mut Crowd, number: usize) -> Result<usize> {
    let mut peer = Peer::new(connect(crowd.contender.address, number)?);
    peer.ask()?;
    let nonce = peer.greeted()?;
    peer.enter(crowd::id(0), &nonce, RESIDENTS + number)?;
    peer.welcomed()?;
    for resident in &mut crowd.rooms[0] {
        crowd::expect(&resident.frame()?, |frame| matches!(frame, DaemonFrame::Joined { .. }))?;
    }
    peer.send(&ClientFrame::Exit)?;
    peer.read_to_end()?;
    for resident in &mut crowd.rooms[0] {
        crowd::expect(&resident.frame()?, |frame| matches!(frame, DaemonFrame::Left { .. }))?;
    }
    Ok(1)
}
