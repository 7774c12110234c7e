//! A client that costs next to nothing: a blocking socket, frames written by hand, and bytes passed over
//! unread where it is known how many they are.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::fd::AsRawFd;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::socket::{MsgFlags, recv, setsockopt, sockopt};
use sanctuary_sign::SigningKey;
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Gate, Id, Nonce, RoomId, Rule, SeatKey, Signature, Tag, signed,
};
use socket2::{Domain, Socket, Type};

use crate::Result;

/// What a browser asks, as short as it may be.
pub(crate) const REQUEST: &[u8] = b"GET /ws/000 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\
    Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: sanctuary.1\r\n\r\n";

/// As large as a sealed card and heart with an alias and password of a usual length.
pub(crate) const CARD: [u8; 320] = [0xCA; 320];
const HEART: [u8; 192] = [0x4E; 192];

/// Bytes of a message as a member gets it, with its head, whoever has relayed it.
pub(crate) const DELIVERY: usize = 200;

/// Bytes of a head before frames of that length.
pub(crate) const HEAD: usize = 4;

/// What is said: a short line, sealed. Its frame has five bytes more.
const PAYLOAD: [u8; DELIVERY - HEAD - 5] = [0xAA; DELIVERY - HEAD - 5];

/// The key of every room's gate, and of every seat.
static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_seed(&[7; 32]));

/// What stands in a frame's head in place of a length that takes more than its seven bits.
const SIXTEEN_BITS: u8 = 0x7E;
const SIXTY_FOUR_BITS: u8 = 0x7F;

/// How many bytes are read at once.
const GULP: usize = 256 * 1024;

/// How many connections to one server come from one address of this machine, which has some 28 000 ports.
const FROM_ONE_ADDRESS: usize = 10_000;

/// A server that says nothing for so long has lost what was said to it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection from an address of this machine that is for connections of this number to this server.
pub(crate) fn connect(to: SocketAddr, number: usize) -> Result<TcpStream> {
    let [_, server] = to.port().to_be_bytes();
    let part = number / FROM_ONE_ADDRESS % 250 + 1;
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    // So that the port is chosen when it is known for whom.
    setsockopt(&socket, sockopt::IpBindAddressNoPort, &true)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::new(127, 1, server, part as u8), 0)).into())?;
    socket.connect(&to.into())?;
    socket.set_tcp_nodelay(true)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    Ok(socket.into())
}

/// One client.
pub(crate) struct Peer<S = TcpStream> {
    pub(crate) stream: S,
    /// Read, but not yet looked at.
    unread: Vec<u8>,
}

impl<S: Read + Write> Peer<S> {
    /// Has nothing asked yet.
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, unread: Vec::new() }
    }

    /// Asks for a WebSocket.
    pub(crate) fn ask(&mut self) -> Result<()> {
        Ok(self.stream.write_all(REQUEST)?)
    }

    /// Takes the answer to that.
    pub(crate) fn answered(&mut self) -> Result<()> {
        let end = b"\r\n\r\n";
        let head = loop {
            match self.unread.windows(end.len()).position(|bytes| bytes == end) {
                Some(at) => break self.unread.drain(..at + end.len()).collect::<Vec<_>>(),
                None => self.fill()?,
            }
        };
        if !head.starts_with(b"HTTP/1.1 101") {
            return Err(String::from_utf8_lossy(&head).into());
        }
        Ok(())
    }

    /// Takes the answer and the greeting.
    pub(crate) fn greeted(&mut self) -> Result<Nonce> {
        self.answered()?;
        match DaemonFrame::decode(&self.frame()?)? {
            DaemonFrame::Hello { nonce, .. } => Ok(nonce),
            other => Err(format!("{other:?} instead of hello").into()),
        }
    }

    /// Opens a room.
    pub(crate) fn create(&mut self, room: RoomId, nonce: &Nonce) -> Result<()> {
        Ok(self.stream.write_all(&creation(room, nonce))?)
    }

    /// Enters a room as its `number`th newcomer.
    pub(crate) fn enter(&mut self, room: RoomId, nonce: &Nonce, number: usize) -> Result<()> {
        let mut tag = Tag([0xFF; 16]);
        tag.0[..8].copy_from_slice(&number.to_be_bytes());
        let (seat, card) = (seat(), (&CARD).into());
        let signature = Signature(KEY.sign(&signed::enter(nonce, room, &seat, card, &tag)));
        self.send(&ClientFrame::Enter { room, seat, card, tag, signature })
    }

    /// Takes the welcome.
    pub(crate) fn welcomed(&mut self) -> Result<Id> {
        match DaemonFrame::decode(&self.frame()?)? {
            DaemonFrame::Welcome { you, .. } => Ok(you),
            other => Err(format!("{other:?} instead of welcome").into()),
        }
    }

    /// Sends one frame.
    pub(crate) fn send(&mut self, frame: &ClientFrame<'_>) -> Result<()> {
        self.send_encoded(&frame.encode())
    }

    /// Sends one frame as its bytes.
    pub(crate) fn send_encoded(&mut self, frame: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(&masked(frame))?)
    }

    /// The next frame.
    pub(crate) fn frame(&mut self) -> Result<Vec<u8>> {
        loop {
            if let Some((start, length)) = extent(&self.unread)
                && self.unread.len() >= start + length
            {
                return Ok(self.unread.drain(..start + length).skip(start).collect());
            }
            self.fill()?;
        }
    }

    /// Reads until the daemon has hung up.
    pub(crate) fn read_to_end(&mut self) -> Result<()> {
        self.stream.read_to_end(&mut self.unread)?;
        Ok(())
    }

    /// The next bytes, as many as there are in `bytes`.
    pub(crate) fn read_exact(&mut self, bytes: &mut [u8]) -> Result<()> {
        while self.unread.len() < bytes.len() {
            self.fill()?;
        }
        let read = self.unread.drain(..bytes.len());
        bytes.iter_mut().zip(read).for_each(|(byte, read)| *byte = read);
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        let mut buffer = [0; 4096];
        let taken = some(&mut self.stream, &mut buffer)?;
        self.unread.extend_from_slice(&buffer[..taken]);
        Ok(())
    }
}

/// Who waits so looks again and again whether something is there: a write to somebody who sleeps until it comes takes
/// the server longer, and so those would seem slow whose order of writing is the one in which is read.
impl Peer {
    /// Passes over so many bytes.
    pub(crate) fn skip(&mut self, mut bytes: usize, gulp: &mut Gulp) -> Result<()> {
        let here = bytes.min(self.unread.len());
        self.unread.drain(..here);
        bytes -= here;
        while bytes > 0 {
            let most = bytes.min(GULP);
            match self.look(&mut gulp.0[..most], MsgFlags::empty())? {
                0 => return Err("the server has hung up".into()),
                taken => bytes -= taken,
            }
        }
        Ok(())
    }

    /// Waits until there is something to read, the end too.
    pub(crate) fn wait(&mut self) -> Result<()> {
        if self.unread.is_empty() {
            self.look(&mut [0], MsgFlags::MSG_PEEK)?;
        }
        Ok(())
    }

    /// How many bytes have come, once some have.
    fn look(&self, buffer: &mut [u8], how: MsgFlags) -> Result<usize> {
        let start = Instant::now();
        loop {
            match recv(self.stream.as_raw_fd(), buffer, how | MsgFlags::MSG_DONTWAIT) {
                Err(Errno::EAGAIN) if start.elapsed() < PATIENCE => pause(),
                Err(Errno::EAGAIN) => return Err("the server says nothing".into()),
                taken => return Ok(taken?),
            }
        }
    }
}

/// Lets others have the core, if there are any, and the socket a while without being asked.
fn pause() {
    const TURNS: u32 = 500;
    std::thread::yield_now();
    (0..TURNS).for_each(|_| std::hint::spin_loop());
}

/// How many bytes have come, one at the least.
fn some(stream: &mut impl Read, buffer: &mut [u8]) -> Result<usize> {
    match stream.read(buffer) {
        Ok(0) => Err("the server has hung up".into()),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Err("the server says nothing".into()),
        taken => Ok(taken?),
    }
}

/// Where bytes go that nobody looks at.
pub(crate) struct Gulp(Box<[u8]>);

impl Gulp {
    pub(crate) fn new() -> Self {
        Self(vec![0; GULP].into())
    }
}

/// A frame that opens a room, as it goes over the line.
fn creation(room: RoomId, nonce: &Nonce) -> Vec<u8> {
    let (gate, seat, tag, rule) = (Gate(KEY.public().to_bytes()), seat(), Tag([0; 16]), Rule::Keeper);
    let (heart, card) = ((&HEART).into(), (&CARD).into());
    let message = signed::create(nonce, room, &gate, heart, rule, &seat, card, &tag);
    let signature = Signature(KEY.sign(&message));
    masked(&ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: None }.encode())
}

pub(crate) fn seat() -> SeatKey {
    SeatKey(KEY.public().to_bytes())
}

/// A message to the room, as it goes over the line.
pub(crate) fn say() -> Vec<u8> {
    masked(&ClientFrame::Say { payload: &PAYLOAD }.encode())
}

/// The same message from the daemon, as it goes over the line.
pub(crate) fn said(from: Id) -> Vec<u8> {
    let frame = DaemonFrame::Said { from, payload: &PAYLOAD }.encode();
    unmasked(&frame)
}

/// A server's frame.
pub(crate) fn unmasked(frame: &[u8]) -> Vec<u8> {
    [&head(frame.len(), 0)[..], frame].concat()
}

/// A client's frame (RFC 6455, 5.2). The mask is zero, which changes no byte and costs a server the same.
pub(crate) fn masked(frame: &[u8]) -> Vec<u8> {
    [&head(frame.len(), 0x80)[..], &[0; 4], frame].concat()
}

fn head(length: usize, mask: u8) -> Vec<u8> {
    const WHOLE_BINARY: u8 = 0x82;
    if let Ok(short @ 0..SIXTEEN_BITS) = u8::try_from(length) {
        return vec![WHOLE_BINARY, mask | short];
    }
    let [.., high, low] = length.to_be_bytes();
    vec![WHOLE_BINARY, mask | SIXTEEN_BITS, high, low]
}

/// Where a server's first frame begins after its head, and how long it is.
fn extent(bytes: &[u8]) -> Option<(usize, usize)> {
    match *bytes {
        [_, SIXTEEN_BITS, high, low, ..] => Some((4, usize::from(u16::from_be_bytes([high, low])))),
        [_, SIXTY_FOUR_BITS, ..] => {
            let length = u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?);
            Some((10, usize::try_from(length).ok()?))
        }
        [_, short, ..] if short < SIXTEEN_BITS => Some((2, short.into())),
        _ => None,
    }
}
