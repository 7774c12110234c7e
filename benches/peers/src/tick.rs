//! A room that does nothing but relay: WebSockets without a library, and what is said in one turn in one piece, frame
//! behind frame, for all. It knows one key of a handshake, no fragments and no message longer than 64 KiB.

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;

use crate::Layout;
use crate::lines::Lines;

/// The answer to the key of sixteen zeros, which is the only one that is ever sent.
const ANSWER: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n";

const WHOLE_BINARY: u8 = 0x82;
/// The bits of the second byte that are the length, or say how long that is.
const LENGTH: u8 = 0x7F;
const SIXTEEN_BITS: u8 = 126;
const MASK: usize = 4;

#[derive(Default)]
struct Member {
    /// Of whoever has sent the head of a request.
    room: Option<String>,
    /// The beginning of what has not come whole.
    unread: Vec<u8>,
}

#[derive(Default)]
struct Room {
    members: Vec<usize>,
    /// What is said in this turn.
    turn: Vec<u8>,
}

pub(crate) fn serve(listener: TcpListener, _: Layout) -> io::Result<()> {
    let (mut lines, mut readable) = (Lines::new(listener)?, Vec::new());
    let mut members = BTreeMap::<usize, Member>::new();
    let mut rooms = BTreeMap::<String, Room>::new();
    loop {
        lines.turn(&mut readable)?;
        for &number in &readable {
            let member = members.entry(number).or_default();
            if !lines.read(number, |_, bytes| member.unread.extend_from_slice(bytes)) {
                leave(number, &mut members, &mut rooms);
                continue;
            }
            if member.room.is_none()
                && let Some(name) = asked(&mut member.unread)
            {
                lines.send(number, ANSWER)?;
                rooms.entry(name.clone()).or_default().members.push(number);
                member.room = Some(name);
            }
            if let Some(room) = member.room.as_ref().and_then(|name| rooms.get_mut(name)) {
                take_frames(&mut member.unread, &mut room.turn);
            }
        }
        for room in rooms.values_mut().filter(|room| !room.turn.is_empty()) {
            for &member in &room.members {
                lines.send(member, &room.turn)?;
            }
            room.turn.clear();
        }
    }
}

fn leave(number: usize, members: &mut BTreeMap<usize, Member>, rooms: &mut BTreeMap<String, Room>) {
    let Some(name) = members.remove(&number).and_then(|member| member.room) else { return };
    let Some(room) = rooms.get_mut(&name) else { return };
    room.members.retain(|member| *member != number);
    if room.members.is_empty() {
        rooms.remove(&name);
    }
}

/// The path of a request whose head is there whole; it is read then.
fn asked(unread: &mut Vec<u8>) -> Option<String> {
    const END: &[u8] = b"\r\n\r\n";
    let end = unread.windows(END.len()).position(|bytes| bytes == END)?;
    let head = String::from_utf8_lossy(&unread[..end]).into_owned();
    unread.drain(..end + END.len());
    head.split(' ').nth(1).map(str::to_owned)
}

/// Moves whole frames, unmasked, to the end of the turn.
fn take_frames(unread: &mut Vec<u8>, turn: &mut Vec<u8>) {
    let mut at = 0;
    while let Some((head, length)) = extent(&unread[at..])
        && let Some(frame) = unread.get(at..at + head + MASK + length)
    {
        let mask = [frame[head], frame[head + 1], frame[head + 2], frame[head + 3]];
        if frame[0] == WHOLE_BINARY {
            turn.extend([frame[0], frame[1] & LENGTH]);
            turn.extend_from_slice(&frame[2..head]);
            let masks = mask.iter().cycle();
            turn.extend(frame[head + MASK..].iter().zip(masks).map(|(byte, mask)| byte ^ mask));
        }
        at += head + MASK + length;
    }
    unread.drain(..at);
}

/// How long a frame's head is without its mask, and how many bytes follow.
fn extent(bytes: &[u8]) -> Option<(usize, usize)> {
    let short = bytes.get(1)? & LENGTH;
    if short < SIXTEEN_BITS {
        return Some((2, short.into()));
    }
    Some((4, u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: [u8; 2 + MASK + 3] = [WHOLE_BINARY, 0x83, 1, 2, 3, 4, b'a' ^ 1, b'b' ^ 2, b'c' ^ 3];

    #[test]
    fn frames_are_unmasked_and_what_has_not_come_whole_waits() {
        let (mut unread, mut turn) = (SHORT.repeat(2), Vec::new());
        let cut = unread.split_off(SHORT.len() + 7);
        take_frames(&mut unread, &mut turn);
        assert_eq!(turn, [&[WHOLE_BINARY, 3][..], b"abc"].concat());
        unread.extend_from_slice(&cut);
        take_frames(&mut unread, &mut turn);
        assert_eq!((turn, unread), ([&[WHOLE_BINARY, 3][..], b"abc"].concat().repeat(2), vec![]));
    }

    #[test]
    fn long_frames_keep_their_heads_and_others_are_passed_over() {
        let frame = |first, length: u16| {
            let [high, low] = length.to_be_bytes();
            [&[first, 0x80 | SIXTEEN_BITS, high, low, 0, 0, 0, 0][..], &vec![7; length.into()]].concat()
        };
        let (mut unread, mut turn) = ([frame(0x89, 200), frame(WHOLE_BINARY, 300)].concat(), Vec::new());
        take_frames(&mut unread, &mut turn);
        assert_eq!(turn, [&[WHOLE_BINARY, SIXTEEN_BITS, 1, 44][..], &[7; 300]].concat());
    }

    #[test]
    fn a_path_is_known_once_the_head_is_whole() {
        let mut unread = b"GET /7 HTTP/1.1\r\nHost: a\r\n".to_vec();
        assert_eq!(asked(&mut unread), None);
        unread.extend_from_slice(b"\r\nrest");
        assert_eq!((asked(&mut unread).as_deref(), unread.as_slice()), (Some("/7"), b"rest".as_slice()));
    }
}
