//! How what waits gets out.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::os::fd::{AsRawFd, RawFd};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use nix::sys::socket::{MsgFlags, send};
use tokio::net::tcp::OwnedWriteHalf;

use super::super::channel::{Channel, Moved, Ready, Written};
use super::super::outbox::{Follow, Outbox};
use super::super::stream::Stream;
use super::due::Due;
use super::{Hub, State};
use crate::room::ConnectionId;
use sanctuary_wire::RoomId;

/// Sockets that are written to in one turn, before others have theirs ...
const WRITES_A_TURN: usize = 128;

/// ... or such a part of all connections, where that is more: each of those may be read from in the same time.
const PART_A_TURN: usize = 4;

impl Hub {
    /// Writes to the sockets of plain connections. Never returns.
    pub(crate) async fn deliver(&self) {
        loop {
            poll_fn(|cx| self.state().poll_due(cx)).await;
            // The runtime looks at its sockets before it comes back here, so that what others say at the same time is written
            // together with this. Where nothing else has come, that look is mostly in vain, and costs as much as a write.
            let is_lone = self.state().due.is_lone();
            if !is_lone {
                tokio::task::yield_now().await;
            }
            self.state().deliver();
        }
    }
}

impl State {
    /// Ready when something is to be written.
    fn poll_due(&mut self, cx: &Context<'_>) -> Poll<()> {
        if !self.due.is_empty() {
            return Poll::Ready(());
        }
        self.due.begin_anew();
        if !self.deliverer.as_ref().is_some_and(|known| known.will_wake(cx.waker())) {
            self.deliverer = Some(cx.waker().clone());
        }
        Poll::Pending
    }

    /// Has one turn of writing.
    pub(super) fn deliver(&mut self) {
        let mut left = WRITES_A_TURN.max(self.outboxes.len() / PART_A_TURN);
        while left > 0
            && let Some(due) = self.due.pop()
        {
            match due {
                Due::Connection(connection) => {
                    if self.outboxes.contains(connection) {
                        left -= 1;
                        self.write_out(connection);
                    }
                }
                Due::Channel(channel) => self.deliver_channel(channel, &mut left),
            }
        }
    }

    fn deliver_channel(&mut self, key: usize, left: &mut usize) {
        while *left > 0 {
            let (Some(channel), segments) = self.channels.with_segments(Some(key)) else { return };
            match channel.write_to_run(*left, segments, try_send) {
                Some(Written { count, rest }) => {
                    *left -= count;
                    if let Some(connection) = rest {
                        self.write_out(connection);
                    }
                }
                None if channel.begins_turn() => {}
                None => return,
            }
        }
        self.due.push(Due::Channel(key));
    }

    /// Writes what waits to the socket of a connection. Where it can't, the connection's task is woken.
    pub(super) fn write_out(&mut self, connection: usize) {
        let outbox = &self.outboxes[connection];
        // The last frames of one that ends are written by its task, which knows then when all has gone.
        if outbox.socket.is_none() || outbox.is_blocked || outbox.ending.is_some() {
            return;
        }
        let out = self.write(connection, try_write);
        if let Poll::Ready(Ok(())) = out {
            return self.enlist(connection);
        }
        let outbox = &mut self.outboxes[connection];
        outbox.is_blocked = out.is_pending();
        outbox.is_broken = out.is_ready();
        outbox.wake();
        self.unlist(connection);
    }

    /// Has what waits for a connection written by its own task. Ready when nothing waits.
    pub(super) fn poll_write(
        &mut self,
        connection: usize,
        cx: &mut Context<'_>,
        stream: &mut dyn Stream,
    ) -> Poll<io::Result<()>> {
        let outbox = &self.outboxes[connection];
        if outbox.is_broken {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if outbox.socket.is_none() {
            let out =
                self.write(connection, |_, slices| Pin::new(&mut *stream).poll_write_vectored(cx, slices));
            // It is not gone as long as the stream holds it itself.
            let out = match out {
                Poll::Ready(Ok(())) => Pin::new(stream).poll_flush(cx),
                out => out,
            };
            self.outboxes[connection].is_blocked = out.is_pending();
            ready!(out)?;
        } else if outbox.is_blocked || outbox.ending.is_some() {
            while self.write(connection, try_write)?.is_pending() {
                ready!(stream.poll_writable(cx))?;
            }
        } else {
            // It is written to by others.
            return Poll::Ready(Ok(()));
        }
        let outbox = &mut self.outboxes[connection];
        outbox.is_blocked = false;
        outbox.is_asleep = true;
        self.enlist(connection);
        Poll::Ready(Ok(()))
    }

    pub(super) fn write(
        &mut self,
        connection: usize,
        write: impl FnMut(Option<&OwnedWriteHalf>, &[IoSlice<'_>]) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<()>> {
        let outbox = &mut self.outboxes[connection];
        let mut gone = None;
        let (mut channel, segments) = self.channels.with_segments(outbox.channel());
        if let Some(channel) = &channel {
            outbox.catch_up(channel);
        }
        let log = channel.as_mut().map(|channel| &mut channel.log);
        let out = outbox.write(log, segments, &mut gone, write);
        if let Some(follow) = &outbox.follow
            && let Some(ready) = channel.and_then(|channel| channel.ready_mut(follow.place))
        {
            ready.cursor = follow.cursor;
            ready.has_own = outbox.own.is_some();
        }
        if let Some(gone) = gone {
            self.budget.release(outbox.address, gone);
        }
        let (is_cut, is_leaving) =
            (outbox.cut, outbox.follow.as_ref().is_some_and(|follow| follow.end.is_some()));
        if is_cut {
            self.update_leaving(ConnectionId(connection));
        }
        if is_leaving {
            self.leave_log(connection);
        }
        out
    }

    /// A channel has something for its followers.
    pub(super) fn channel_is_due(&mut self, key: usize) {
        while let Some(sleeper) = self.channels.get(key).and_then(Channel::sleeper) {
            self.unlist(sleeper);
            self.outboxes[sleeper].wake();
        }
        if self.channels.get(key).is_some_and(|channel| !channel.is_nobody_ready()) {
            self.due.push(Due::Channel(key));
            self.wake_deliverer();
        }
    }

    /// A connection has something of its own.
    pub(super) fn connection_is_due(&mut self, connection: usize) {
        let outbox = &mut self.outboxes[connection];
        if outbox.socket.is_none() || outbox.ending.is_some() {
            if outbox.is_asleep {
                outbox.wake();
            }
        } else if !outbox.is_blocked {
            self.due.push(Due::Connection(connection));
            self.wake_deliverer();
        }
    }

    fn wake_deliverer(&mut self) {
        if let Some(deliverer) = self.deliverer.take() {
            deliverer.wake();
        }
    }

    /// From now on a connection gets what its room says.
    pub(super) fn follow_room(&mut self, connection: usize, room: RoomId) {
        let outbox = &mut self.outboxes[connection];
        if outbox.follow.is_some() {
            return;
        }
        let (channel, cursor) = self.channels.follow(room);
        outbox.follow = Some(Follow { channel, cursor, end: None, place: None });
        let waits_for_more = if outbox.socket.is_some() { !outbox.is_blocked } else { outbox.is_asleep };
        if waits_for_more {
            self.enlist(connection);
        }
    }

    /// A connection gets nothing that its room says from now on.
    pub(super) fn leave_room(&mut self, connection: usize) {
        if let Some(channel) = self.channels.followed(self.outboxes[connection].follow.as_ref()) {
            let end = channel.log.end();
            self.leave_room_at(connection, end);
        }
    }

    /// A connection gets nothing from here on in its room's log.
    pub(super) fn leave_room_at(&mut self, connection: usize, end: u64) {
        self.unlist(connection);
        let Some(follow) = &mut self.outboxes[connection].follow else { return };
        let is_first = follow.end.is_none();
        follow.end = Some(follow.end.map_or(end, |before| before.min(end)));
        if is_first {
            self.channels.unfollow(follow.channel);
        }
        self.leave_log(connection);
    }

    /// A connection that has got all that it is to get of its room holds up nothing there.
    fn leave_log(&mut self, connection: usize) {
        let follow = &mut self.outboxes[connection].follow;
        if let Some(Follow { channel, cursor, .. }) =
            follow.take_if(|follow| Some(follow.cursor) == follow.end)
        {
            self.channels.leave(channel, cursor);
        }
    }

    /// Lets it have what its room says: its socket is written to, or where it has none its task is woken.
    fn enlist(&mut self, connection: usize) {
        let Outbox { follow, socket, own, ending, .. } = &mut self.outboxes[connection];
        let Some(follow) = follow else { return };
        // Its task writes the last of its bytes, and knows then that all has gone.
        debug_assert!(ending.is_none() || follow.end.is_some());
        if follow.place.is_none()
            && follow.end.is_none()
            && let Some(channel) = self.channels.get_mut(follow.channel)
        {
            follow.place = Some(match socket {
                Some(socket) => channel.enlist_ready(Ready {
                    connection,
                    socket: socket.as_ref().as_raw_fd(),
                    cursor: follow.cursor,
                    has_own: own.is_some(),
                }),
                None => channel.enlist_asleep(connection),
            });
        }
    }

    pub(super) fn unlist(&mut self, connection: usize) {
        let outbox = &mut self.outboxes[connection];
        let Some(channel) = outbox.channel().and_then(|channel| self.channels.get_mut(channel)) else {
            return;
        };
        outbox.catch_up(channel);
        let Some(place) = outbox.follow.as_mut().and_then(|follow| follow.place.take()) else { return };
        let Some(Moved { connection, is_passed_over }) = channel.unlist(place) else { return };
        if let Some(follow) = &mut self.outboxes[connection].follow {
            follow.place = Some(place);
        }
        if is_passed_over {
            self.connection_is_due(connection);
        }
    }
}

/// How many of these bytes the system takes at once. Why it takes no more is found by whoever writes the rest.
fn try_send(socket: RawFd, bytes: &[u8]) -> usize {
    send(socket, bytes, MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_NOSIGNAL).unwrap_or(0)
}

fn try_write(socket: Option<&OwnedWriteHalf>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
    let out = match (socket, slices) {
        (Some(socket), [one]) => socket.try_write(one),
        (Some(socket), several) => socket.try_write_vectored(several),
        (None, _) => Err(io::ErrorKind::NotConnected.into()),
    };
    match out {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
        out => Poll::Ready(out),
    }
}
