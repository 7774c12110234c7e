//! Lines from standard input, each read when the one before was taken: so nothing is lost when more comes than can be said.

use std::io::{self, BufRead, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;
use zeroize::Zeroizing;

use crate::confine::STACK;
use crate::session::Names;

/// Bytes of the longest line; a message is smaller anyway.
pub(crate) const LINE_MOST: usize = 1024 * 1024;

/// What was read.
pub(crate) enum Input {
    /// A line, without its end.
    Line(Zeroizing<String>),
    /// One that is longer than any message may be.
    TooLong,
}

/// A line of a program waits so long for what is just being written, which it may answer.
const ANSWERS_WITHIN: Duration = Duration::from_millis(500);

/// Whom names mean by what has been written.
pub(crate) struct Meant {
    /// These, and whether something is being written.
    state: Mutex<(Names, bool)>,
    is_written: Condvar,
    seen_within: Duration,
}

impl Meant {
    /// Somebody who sits there can't have read what is just being written; a program may answer it.
    pub(crate) fn watched(is_somebody: bool) -> Self {
        let seen_within = if is_somebody { Duration::ZERO } else { ANSWERS_WITHIN };
        Self { state: Mutex::default(), is_written: Condvar::new(), seen_within }
    }

    /// Something more is about to be written.
    pub(crate) fn writes(&self) {
        self.lock().1 = true;
    }

    /// It is, and names mean these by it.
    pub(crate) fn has_written(&self, names: Names) {
        *self.lock() = (names, false);
        self.is_written.notify_all();
    }

    /// For a line that was read now, which may answer what is just being written.
    fn now(&self) -> Names {
        let meant = self.is_written.wait_timeout_while(self.lock(), self.seen_within, |(_, writes)| *writes);
        meant.unwrap_or_else(PoisonError::into_inner).0.0.clone()
    }

    fn lock(&self) -> MutexGuard<'_, (Names, bool)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was read, and whom names meant by what had been written until then.
pub(crate) type Arrived = (Input, Names);

/// Reads on until the end, at which nothing more comes.
pub(crate) fn lines(names: Arc<Meant>) -> io::Result<mpsc::Receiver<Arrived>> {
    let (sender, receiver) = mpsc::channel(1);
    // Reading can't be interrupted; the thread ends with the program.
    let read = move || read_on(|| next(&mut io::stdin().lock()), &names, &sender);
    thread::Builder::new().stack_size(STACK).spawn(read)?;
    Ok(receiver)
}

fn read_on(mut next: impl FnMut() -> Option<Input>, names: &Meant, sender: &mpsc::Sender<Arrived>) {
    while let Some(line) = next() {
        if sender.blocking_send((line, names.now())).is_err() {
            return;
        }
    }
}

/// The next line, if there is one.
pub(crate) fn next(from: &mut impl BufRead) -> Option<Input> {
    let mut line = Zeroizing::new(Vec::new());
    let most = u64::try_from(LINE_MOST).unwrap_or(u64::MAX);
    let read = from.take(most).read_until(b'\n', &mut line).ok()?;
    if read == 0 {
        return None;
    }
    if !line.ends_with(b"\n") && read == LINE_MOST {
        pass_over(from);
        return Some(Input::TooLong);
    }
    let text = String::from_utf8_lossy(&line);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Some(Input::Line(Zeroizing::new(text.strip_suffix('\r').unwrap_or(text).to_owned())))
}

/// Reads the rest of a line, and keeps none of it.
fn pass_over(from: &mut impl BufRead) {
    while let Ok(read) = from.fill_buf() {
        let end = read.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(read.len(), |end| end + 1);
        let is_over = end.is_some() || length == 0;
        from.consume(length);
        if is_over {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<Option<String>> {
        let mut from = io::BufReader::with_capacity(16, text);
        let mut lines = vec![];
        while let Some(line) = next(&mut from) {
            lines.push(match line {
                Input::Line(line) => Some(line.to_string()),
                Input::TooLong => None,
            });
        }
        lines
    }

    #[test]
    fn names_mean_in_a_line_what_they_meant_when_it_was_read() {
        let told = |voice: u8| Names { whisperer: Some([voice; 32]), ..Names::default() };
        let names = Arc::new(Meant::watched(false));
        names.has_written(told(0));
        let seen = Arc::clone(&names);
        let (typed, reading) = std::sync::mpsc::channel();
        let (sender, mut read) = mpsc::channel(1);
        let next = move || reading.recv().ok().map(|()| Input::Line(Zeroizing::default()));
        let reader = thread::spawn(move || read_on(next, &seen, &sender));
        for voice in 1..4 {
            typed.send(()).unwrap();
            while read.is_empty() {
                thread::yield_now();
            }
            // Something else is told before the line is taken.
            names.writes();
            names.has_written(told(voice));
            assert_eq!(read.blocking_recv().unwrap().1.whisperer, Some([voice - 1; 32]));
        }
        drop(typed);
        reader.join().unwrap();
    }

    #[test]
    fn a_line_waits_for_what_is_just_being_written_but_not_for_ever() {
        let told = |voice: u8| Names { whisperer: Some([voice; 32]), ..Names::default() };
        let names = Arc::new(Meant::watched(false));
        names.has_written(told(1));
        names.writes();
        assert_eq!(names.now().whisperer, Some([1; 32]), "nobody sees what is written");
        let line = thread::spawn({
            let names = Arc::clone(&names);
            move || names.now().whisperer
        });
        names.has_written(told(2));
        assert_eq!(line.join().unwrap(), Some([2; 32]));
        let names = Meant::watched(true);
        names.has_written(told(1));
        names.writes();
        assert_eq!(names.now().whisperer, Some([1; 32]));
    }

    #[test]
    fn lines_end_as_anybody_ends_them_and_one_that_is_too_long_hides_no_other() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read(b"one\ntwo\r\n\nlast"), [some("one"), some("two"), some(""), some("last")]);
        assert_eq!(read(b"\xff\n"), [some("\u{fffd}")]);
        let mut long = vec![b'x'; LINE_MOST - 1];
        long.extend(b"\nnext\n");
        assert_eq!(read(&long)[1], some("next"));
        long.insert(0, b'x');
        assert_eq!(read(&long), [None, some("next")]);
    }
}
