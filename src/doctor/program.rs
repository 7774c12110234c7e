//! Asks other programs of this machine.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// How long an answer may take, and how many bytes it may have.
const TIMEOUT: Duration = Duration::from_secs(5);
const LARGEST_ANSWER: u64 = 4 << 20;

/// What a program answers, if it is there, ends in time and succeeds.
pub(super) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let (input, errors) = (Stdio::null(), Stdio::null());
    let mut command = Command::new(program);
    let mut child =
        command.args(arguments).stdin(input).stdout(Stdio::piped()).stderr(errors).spawn().ok()?;
    let output = child.stdout.take()?;
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut said = Vec::new();
        let _ = output.take(LARGEST_ANSWER).read_to_end(&mut said);
        let _ = tell.send(said);
    });
    let until = Instant::now() + TIMEOUT;
    let said = told.recv_timeout(TIMEOUT).ok();
    // One that has nothing more to say may still be there.
    while child.try_wait().ok()?.is_none() {
        if Instant::now() >= until {
            let _ = child.kill();
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    let succeeded = child.wait().ok()?.success();
    if succeeded { said.map(|said| String::from_utf8_lossy(&said).into_owned()) } else { None }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_program_has_little_time_and_room_to_answer() {
        assert_eq!(answer("echo", &["a word"]).as_deref(), Some("a word\n"));
        let asked = [
            ("false", &[][..]),
            ("nosuch-program", &[]),
            ("sleep", &["1000"]),
            ("sh", &["-c", "exec >&- 2>&-; exec sleep 1000"]),
            ("yes", &[]),
        ]
        .map(|(program, arguments)| (program, thread::spawn(move || answer(program, arguments))));
        for (program, told) in asked {
            assert_eq!(told.join().unwrap(), None, "{program}");
        }
    }
}
