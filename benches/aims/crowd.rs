//! Rooms full of clients, in whatever server.

use std::io::Write;
use std::net::SocketAddr;

use sanctuary_wire::{DaemonFrame, Id, RoomId};

use crate::contender::{Contender, Kind, Speech};
use crate::peer::{DELIVERY, Gulp, Peer, connect, masked, said, say, unmasked};
use crate::{Result, peer};

/// The number of who is first in a room.
const FIRST: Id = Id(1);

/// The room of this number.
pub(crate) fn id(number: usize) -> RoomId {
    let [.., a, b, c, d] = number.to_be_bytes();
    RoomId([0, a, b, c, d])
}

/// Members of a server's rooms, each of whom knows what it will get next.
pub(crate) struct Crowd {
    pub(crate) contender: Contender,
    pub(crate) rooms: Vec<Vec<Peer>>,
    /// A message to the room, as it goes over the line.
    pub(crate) message: Vec<u8>,
    /// The same message, as each member gets it.
    pub(crate) delivery: Vec<u8>,
    gulp: Gulp,
}

impl Crowd {
    /// Starts a server and fills so many of its rooms with so many members each.
    pub(crate) fn enter(kind: Kind, rooms: usize, members: usize) -> Result<Self> {
        Self::fill(Contender::start(kind, members, rooms * members)?, rooms, members)
    }

    /// Fills so many rooms of a server.
    pub(crate) fn fill(contender: Contender, rooms: usize, members: usize) -> Result<Self> {
        let fill = |room| match contender.kind.speech {
            Speech::Sanctuary => fill(contender.address, room, members),
            Speech::WebSocket => {
                (0..members).map(|number| upgrade(contender.address, room, number)).collect()
            }
            Speech::Bare => {
                let connect = |number| Ok(Peer::new(connect(contender.address, number)?));
                (room * members..(room + 1) * members).map(connect).collect()
            }
        };
        let blame = |room| contender.kind.blame(format_args!("entry into room {room}"), fill(room));
        let rooms = (0..rooms).map(blame).collect::<Result<_>>()?;
        let content = [0xAA; DELIVERY];
        let (message, delivery) = match contender.kind.speech {
            Speech::Sanctuary => (say(), said(FIRST)),
            Speech::WebSocket => (masked(&content[peer::HEAD..]), unmasked(&content[peer::HEAD..])),
            Speech::Bare => (content.to_vec(), content.to_vec()),
        };
        let mut crowd = Self { contender, rooms, message, delivery, gulp: Gulp::new() };
        crowd.check()?;
        Ok(crowd)
    }

    /// The first in a room says something.
    pub(crate) fn say(&mut self, room: usize) -> Result<()> {
        Ok(self.rooms[room][0].stream.write_all(&self.message)?)
    }

    /// Everybody in a room takes the next `count` messages; nothing else has arrived meanwhile. Nobody does before the
    /// first and the last can, so that what a server writes meets no reader, in whatever order it writes.
    pub(crate) fn take(&mut self, room: usize, count: usize) -> Result<()> {
        let taken = self.skip(room, count * self.delivery.len());
        self.contender.kind.blame(format_args!("taking {count} in room {room}"), taken)
    }

    fn skip(&mut self, room: usize, bytes: usize) -> Result<()> {
        let members = &mut self.rooms[room];
        members.first_mut().map_or(Ok(()), Peer::wait)?;
        members.last_mut().map_or(Ok(()), Peer::wait)?;
        members.iter_mut().try_for_each(|peer| peer.skip(bytes, &mut self.gulp))
    }

    /// What everybody gets is a message of the length that is claimed, and no byte more than was counted.
    pub(crate) fn check(&mut self) -> Result<()> {
        if self.delivery.len() != DELIVERY {
            return Err(format!("a message is {} bytes long", self.delivery.len()).into());
        }
        for room in 0..self.rooms.len() {
            let checked = self.check_room(room);
            self.contender.kind.blame(format_args!("first message in room {room}"), checked)?;
        }
        Ok(())
    }

    fn check_room(&mut self, room: usize) -> Result<()> {
        self.say(room)?;
        let mut got = [0; DELIVERY];
        for peer in &mut self.rooms[room] {
            peer.read_exact(&mut got)?;
            if got[..] != self.delivery {
                return Err("the members have not got what was said".into());
            }
        }
        Ok(())
    }
}

/// Opens a room of the daemon and lets others enter, `count` members in all. The first is member 1; nothing waits for
/// anybody.
pub(crate) fn fill(address: SocketAddr, room: usize, count: usize) -> Result<Vec<Peer>> {
    let mut members = Vec::<Peer>::new();
    for newcomer in 0..count {
        let mut peer = Peer::new(connect(address, room * count + newcomer)?);
        enter(&mut peer, room, newcomer)?;
        for member in &mut members {
            expect(&member.frame()?, |frame| matches!(frame, DaemonFrame::Joined { .. }))?;
        }
        members.push(peer);
    }
    Ok(members)
}

/// Enters a room of the daemon as its `number`th newcomer, or opens it as the first.
pub(crate) fn enter<S: std::io::Read + Write>(peer: &mut Peer<S>, room: usize, number: usize) -> Result<()> {
    peer.ask()?;
    let nonce = peer.greeted()?;
    if number == 0 {
        peer.create(id(room), &nonce)?;
    } else {
        peer.enter(id(room), &nonce, number)?;
    }
    if peer.welcomed()? != Id(number as u64 + 1) {
        return Err("members are not numbered in order of arrival".into());
    }
    Ok(())
}

/// Enters a room that is a path.
pub(crate) fn upgrade(address: SocketAddr, room: usize, number: usize) -> Result<Peer> {
    let mut peer = Peer::new(connect(address, number)?);
    let request = format!(
        "GET /{room} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    );
    peer.stream.write_all(request.as_bytes())?;
    peer.wait()?;
    peer.answered()?;
    Ok(peer)
}

/// That a frame is what was to come.
pub(crate) fn expect(frame: &[u8], is_it: impl FnOnce(&DaemonFrame<'_>) -> bool) -> Result<()> {
    let frame = DaemonFrame::decode(frame)?;
    if is_it(&frame) { Ok(()) } else { Err(format!("not what was to come: {frame:?}").into()) }
}
