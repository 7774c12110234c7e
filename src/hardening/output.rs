//! Words to whoever started this process. None of them is worth waiting for: a daemon whose output nobody reads serves
//! all the same, and heeds its signals.
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

/// Bytes that are written at once: a pipe that is ready takes as many as `PIPE_BUF`, and a terminal 256, less than which
/// it never has room for. No flag is changed, for others may share it.
const AT_ONCE: usize = 256;

/// Whether what was said last is not there in whole.
static IS_CUT: AtomicBool = AtomicBool::new(false);

/// Says these lines on standard output, but for what would have to wait.
pub fn say(lines: &str) {
    put(io::stdout().as_fd(), lines);
}

/// Says these lines on standard error, but for what would have to wait.
pub fn complain(lines: &str) {
    put(io::stderr().as_fd(), lines);
}

fn put(to: BorrowedFd<'_>, lines: &str) {
    let write_now = |piece: &[u8]| {
        poll(to.as_raw_fd(), libc::POLLOUT) & libc::POLLOUT != 0 && write(to, piece) == Ok(piece.len())
    };
    for line in lines.lines() {
        // What follows on something cut begins a line of its own.
        let start = if IS_CUT.load(Relaxed) { "\n" } else { "" };
        let line = format!("{start}{line}\n");
        // A terminal makes more of a control character, and room for that is looked for anew.
        let runs = line.as_bytes().chunk_by(|a, b| !a.is_ascii_control() && !b.is_ascii_control());
        IS_CUT.store(!runs.flat_map(|run| run.chunks(AT_ONCE)).all(write_now), Relaxed);
    }
}

/// Which of `events`, and which faults, hold of a descriptor now (poll(2)).
pub(super) fn poll(number: RawFd, events: c_short) -> c_short {
    let mut asked = libc::pollfd { fd: number, events, revents: 0 };
    // SAFETY: points to one live value; it does not wait.
    unsafe { libc::poll(&raw mut asked, 1, 0) };
    asked.revents
}

/// Puts a pipe whose other end is closed in the place of each standard stream that is not open, and lets a file that
/// may not grow be an error, not the end.
///
/// Rust's own start, which this comes before, puts /dev/null there, and aborts where there is none.
pub extern "C" fn open_standard_streams() {
    for number in [libc::STDIN_FILENO, libc::STDOUT_FILENO, libc::STDERR_FILENO] {
        let mut ends = [0; 2];
        // SAFETY: takes integers, and room for two. The first end gets `number`, the lowest that is free.
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
