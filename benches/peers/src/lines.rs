//! Sockets and epoll, for the servers without a library: each turn tells which lines have something to read.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};

use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};

/// What the listening socket is called among the events; the others are numbers of lines.
const LISTENER: u64 = u64::MAX;

/// How many events one turn takes.
const EVENTS: usize = 1024;

/// How much is read of a line in one turn.
const READ: usize = 64 * 1024;

/// All lines, each by its number, which nobody else gets when it has gone.
pub(crate) struct Lines {
    epoll: Epoll,
    listener: TcpListener,
    all: Vec<Option<Line>>,
    events: Vec<EpollEvent>,
    buffer: Vec<u8>,
}

struct Line {
    stream: TcpStream,
    /// Not yet taken by the system.
    waiting: Vec<u8>,
}

impl Lines {
    pub(crate) fn new(listener: TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let epoll = Epoll::new(EpollCreateFlags::empty())?;
        epoll.add(&listener, EpollEvent::new(EpollFlags::EPOLLIN, LISTENER))?;
        let events = vec![EpollEvent::empty(); EVENTS];
        Ok(Self { epoll, listener, all: Vec::new(), events, buffer: vec![0; READ] })
    }

    /// Waits until something happens, takes new lines, sends what has waited, and says which lines can be read.
    pub(crate) fn turn(&mut self, readable: &mut Vec<usize>) -> io::Result<()> {
        readable.clear();
        let mut events = std::mem::take(&mut self.events);
        let count = self.epoll.wait(&mut events, EpollTimeout::NONE)?;
        for event in &events[..count] {
            let Ok(number) = usize::try_from(event.data()) else { continue };
            if event.data() == LISTENER {
                self.accept()?;
                continue;
            }
            if event.events().contains(EpollFlags::EPOLLOUT) {
                self.send(number, &[])?;
            }
            if event.events().intersects(EpollFlags::EPOLLIN | EpollFlags::EPOLLHUP | EpollFlags::EPOLLERR) {
                readable.push(number);
            }
        }
        self.events = events;
        Ok(())
    }

    fn accept(&mut self) -> io::Result<()> {
        loop {
            match self.listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(true)?;
                    stream.set_nodelay(true)?;
                    self.epoll.add(&stream, EpollEvent::new(EpollFlags::EPOLLIN, self.all.len() as u64))?;
                    self.all.push(Some(Line { stream, waiting: Vec::new() }));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// Hands what a line has said to `take`, and says whether the line is there still.
    pub(crate) fn read(&mut self, number: usize, take: impl FnOnce(&mut Self, &[u8])) -> bool {
        let mut buffer = std::mem::take(&mut self.buffer);
        let read = match &mut self.all[number] {
            Some(line) => line.stream.read(&mut buffer),
            None => Ok(0),
        };
        let is_there = match read {
            Ok(0) => false,
            Ok(count) => {
                take(self, &buffer[..count]);
                true
            }
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
        };
        self.buffer = buffer;
        if !is_there {
            self.all[number] = None;
        }
        is_there
    }

    /// Sends to a line what waits for it and then `bytes`; the rest waits until it can be sent.
    pub(crate) fn send(&mut self, number: usize, bytes: &[u8]) -> io::Result<()> {
        let Some(line) = self.all.get_mut(number).and_then(Option::as_mut) else { return Ok(()) };
        let was_waiting = !line.waiting.is_empty();
        if was_waiting {
            line.waiting.extend_from_slice(bytes);
            let sent = written(&mut line.stream, &line.waiting);
            line.waiting.drain(..sent);
        } else {
            let sent = written(&mut line.stream, bytes);
            line.waiting.extend_from_slice(&bytes[sent..]);
        }
        let waits = !line.waiting.is_empty();
        if waits != was_waiting {
            let out = if waits { EpollFlags::EPOLLOUT } else { EpollFlags::empty() };
            let mut event = EpollEvent::new(EpollFlags::EPOLLIN | out, number as u64);
            self.epoll.modify(&line.stream, &mut event)?;
        }
        Ok(())
    }
}

/// How many of the bytes the system takes; none of a line that is broken, which its next reading tells.
fn written(stream: &mut TcpStream, bytes: &[u8]) -> usize {
    if bytes.is_empty() { 0 } else { stream.write(bytes).unwrap_or(0) }
}
