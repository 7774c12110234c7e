//! Prints words for the operator. None of them is worth waiting for: even if nobody reads its
//! output, the daemon serves and obeys its signals.
#![allow(unsafe_code)] // Closed descriptors have no binding with Rust's types.

use std::{
    io,
    os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd},
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use nix::{
    libc::{self, c_short},
    unistd::write,
};

/// Bytes that are written at once. A pipe that is ready takes `PIPE_BUF` bytes, and a terminal 256.
/// The output is not made non-blocking, for other processes may share it.
const AT_ONCE: usize = 256;

/// Whether the last words were written only in part.
static IS_CUT: AtomicBool = AtomicBool::new(false);

/// Prints these lines on standard output, except those that would have to wait.
pub fn say(lines: &str) {
    put(io::stdout().as_fd(), lines);
}

/// Prints these lines on standard error, except those that would have to wait.
pub fn complain(lines: &str) {
    put(io::stderr().as_fd(), lines);
}

fn put(to: BorrowedFd<'_>, lines: &str) {
    let write_now = |piece: &[u8]| {
        poll(to.as_raw_fd(), libc::POLLOUT) & libc::POLLOUT != 0 && write(to, piece) == Ok(piece.len())
    };
    for line in lines.lines() {
        // After a line that was cut the next one begins on a line of its own.
        let start = if IS_CUT.load(Relaxed) { "\n" } else { "" };
        let line = format!("{start}{line}\n");
        // A terminal writes more than one character for a control character, so its room is checked
        // again.
        let runs = line.as_bytes().chunk_by(|a, b| !a.is_ascii_control() && !b.is_ascii_control());
        IS_CUT.store(!runs.flat_map(|run| run.chunks(AT_ONCE)).all(write_now), Relaxed);
    }
}

/// Returns which of `events`, and which faults, a descriptor has now (poll(2)).
pub(super) fn poll(number: RawFd, events: c_short) -> c_short {
    let mut asked = libc::pollfd { fd: number, events, revents: 0 };
    // SAFETY: points to one live value; it does not wait.
    unsafe { libc::poll(&raw mut asked, 1, 0) };
    asked.revents
}

/// Replaces each standard stream that is not open by a pipe whose other end is closed. And makes
/// writing to a file that may not grow an error, and not the end of the process.
///
/// This runs before Rust's own start, which would open /dev/null there, and abort if there is none.
pub extern "C" fn open_standard_streams() {
    for number in [libc::STDIN_FILENO, libc::STDOUT_FILENO, libc::STDERR_FILENO] {
        let mut ends = [0; 2];
        // SAFETY: takes integers, and room for two. The first end gets `number`, the lowest that is
        // free.
        unsafe {
            if libc::fcntl(number, libc::F_GETFD) == -1 && libc::pipe(ends.as_mut_ptr()) == 0 {
                if number != libc::STDIN_FILENO {
                    libc::dup2(ends[1], number);
                }
                libc::close(ends[1]);
            }
        }
    }
    // SAFETY: no handler of ours is named.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}
