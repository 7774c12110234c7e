//! Asks other programs of this machine.

use std::io::Read as _;
use std::os::fd::AsFd as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// How long an answer may take, and how many bytes it may have.
const TIMEOUT: Duration = Duration::from_secs(5);
const LARGEST_ANSWER: usize = 4 << 20;

/// What a program answers, if it is there, ends in time and succeeds.
pub(super) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let (input, errors) = (Stdio::null(), Stdio::null());
    let mut command = Command::new(program);
    let mut child =
        command.args(arguments).stdin(input).stdout(Stdio::piped()).stderr(errors).spawn().ok()?;
    let answer = heard(&mut child);
    if answer.is_none() {
        let _ = child.kill();
    }
    let succeeded = child.wait().ok()?.success();
    let answer = answer?;
    if succeeded { Some(String::from_utf8_lossy(&answer).into_owned()) } else { None }
}

/// What it writes until it ends; `None` if it writes too much or takes too long.
fn heard(child: &mut Child) -> Option<Vec<u8>> {
    let until = Instant::now() + TIMEOUT;
    let mut output = child.stdout.take()?;
    let (mut answer, mut part) = (Vec::new(), vec![0; 64 << 10]);
    loop {
        let left = PollTimeout::try_from(until.checked_duration_since(Instant::now())?).ok()?;
        if poll(&mut [PollFd::new(output.as_fd(), PollFlags::POLLIN)], left).ok()? == 0 {
            return None;
        }
        match output.read(&mut part).ok()? {
            0 => break,
            read if answer.len() + read > LARGEST_ANSWER => return None,
            read => answer.extend_from_slice(&part[..read]),
        }
    }
    // One that has nothing more to say may still be there.
    while child.try_wait().ok()?.is_none() {
        if Instant::now() >= until {
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Some(answer)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::thread;

    use super::*;

    #[test]
    fn a_program_has_little_time_and_room_to_answer() {
        assert_eq!(answer("echo", &["a word"]).as_deref(), Some("a word\n"));
        for (more, is_heard) in [(-1, true), (0, true), (1, false)] {
            let bytes = LARGEST_ANSWER.checked_add_signed(more).unwrap();
            let heard = answer("head", &["-c", &bytes.to_string(), "/dev/zero"]);
            assert_eq!(heard.map(|heard| heard.len()), is_heard.then_some(bytes));
        }
        assert_eq!(answer("printf", &["\\377a"]).as_deref(), Some("\u{fffd}a"));
        let asked = [
            ("false", &[][..]),
            ("nosuch-program", &[]),
            ("sleep", &["1000"]),
            ("sh", &["-c", "exec >&- 2>&-; exec sleep 1000"]),
            ("sh", &["-c", "sleep 9 & echo"]),
            ("sh", &["-c", "kill -STOP $$"]),
            ("sh", &["-c", "while echo; do sleep 0.1; done"]),
            ("yes", &[]),
        ]
        .map(|(program, arguments)| (program, thread::spawn(move || answer(program, arguments))));
        for (program, told) in asked {
            assert_eq!(told.join().unwrap(), None, "{program}");
        }
    }
}
