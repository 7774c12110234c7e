//! A crowd in a process of its own, for where those of two servers together are more than one process may hold: it does
//! a burst for each line of standard input, and answers with a line, how much was done in a second.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::bursts::{for_a_while, rate};
use crate::contender::{BARE, Kind, SANCTUARY};
use crate::crowd::Crowd;
use crate::deliveries::{length, say_in_each};
use crate::{Extent, Result};

/// The first argument of such a process.
const LOAD: &str = "load";

/// Those whom it can talk to.
const KINDS: [Kind; 2] = [BARE, SANCTUARY];

/// Rooms in which something is said at the same time, if there are so many.
const TOGETHER: usize = 10;

/// Such a process; it ends when dropped.
pub(crate) struct Load {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Load {
    /// Starts it, and a server, and waits until so many rooms have so many members each.
    pub(crate) fn start(extent: Extent, kind: &Kind, rooms: usize, members: usize) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args([LOAD, kind.name, &rooms.to_string(), &members.to_string()]);
        command.args((extent == Extent::Full).then_some("--bench"));
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = process.stdin.take().ok_or("no standard input")?;
        let output = BufReader::new(process.stdout.take().ok_or("no standard output")?);
        let mut load = Self { process, input, output };
        load.burst()?;
        Ok(load)
    }

    /// How much was done in a second.
    pub(crate) fn burst(&mut self) -> Result<f64> {
        writeln!(self.input)?;
        let mut answer = String::new();
        self.output.read_line(&mut answer)?;
        Ok(answer.trim().parse().map_err(|_| "a load has ended")?)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        // Its server ends with it only if it ends by itself.
        let _ = writeln!(self.input, "end");
        let _ = self.process.wait();
    }
}

/// Works as such a process, if it is that for which this one was started.
pub(crate) fn work_as_load(arguments: &[String], extent: Extent) -> Option<Result<()>> {
    let [is_load, name, rooms, members, ..] = arguments else { return None };
    (is_load == LOAD).then(|| {
        let kind = KINDS.into_iter().find(|kind| kind.name == name).ok_or("no such server")?;
        work(extent, kind, rooms.parse()?, members.parse()?)
    })
}

fn work(extent: Extent, kind: Kind, rooms: usize, members: usize) -> Result<()> {
    let mut crowd = Crowd::enter(kind, rooms, members)?;
    let clock = crowd.contender.process().clock()?;
    let mut next = 0;
    for line in std::io::stdin().lock().lines() {
        if !line?.is_empty() {
            break;
        }
        let rate = rate(clock, || {
            for_a_while(length(extent), || {
                let begin = next;
                next = (begin + TOGETHER) % rooms;
                say_in_each(&mut crowd, begin, TOGETHER.min(rooms - begin))
            })
        })?;
        println!("{rate}");
    }
    Ok(())
}
