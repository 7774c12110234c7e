//! The hub by itself, with nobody behind its handles.

#![allow(clippy::unwrap_used)]

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use proptest::prelude::*;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use super::super::log::frame_length;
use super::super::stream::Stream;
use super::super::tests::signers;
use super::*;
use sanctuary_wire::{ClientFrame, Denial, Id, LargestFrame, Passes};

mod crowds;
mod gathering;
mod order;
mod passes;

/// Twice what may wait of each, of what the room says and of passes.
const BACKLOG: usize = 2 * HALF;
const HALF: usize = 4096;
const BUDGET: usize = 1024 * 1024;
const LIMITS: Limits = Limits { rooms: 1, members: 2, tombstones: 2, grace: Duration::from_secs(30) };

/// A member who has taken all that waited for it, and reads nothing from now on.
struct Deaf {
    handle: HubHandle,
    nonce: Nonce,
}

impl Deaf {
    /// Enters the room as this number, or opens it as the first, each from another address.
    fn enter(hub: &Arc<Hub>, number: u8) -> Self {
        Self::enter_from(hub, number, number.into())
    }

    fn enter_from(hub: &Arc<Hub>, number: u8, address: u64) -> Self {
        let (handle, nonce) = hub.connect(address);
        let frame = if number == 1 { signers::create } else { signers::enter };
        assert!(handle.request_entry(frame(&nonce, number), &nonce, None));
        deafen(&handle);
        let deaf = Self { handle, nonce };
        deaf.take();
        deaf
    }

    /// What waits, which counts no more.
    fn take(&self) -> Vec<Vec<u8>> {
        messages(&taken(&self.handle, usize::MAX))
    }

    fn say(&self, bytes: usize) {
        self.handle.frame(ClientFrame::Say { payload: &vec![0; bytes] }, &self.nonce);
    }

    /// Passes so many bytes to each of these.
    fn pass<const N: usize>(&self, to: [u64; N], bytes: usize) {
        let same = vec![0; bytes];
        let passes = Passes::of(to.map(|id| (Id(id), &same[..])));
        self.handle.frame(ClientFrame::Pass(passes), &self.nonce);
    }
}

/// A connection to whose socket the hub writes itself: its other end, its handle and its nonce.
async fn connected(hub: &Arc<Hub>) -> (TcpStream, HubHandle, Nonce) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let theirs = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (ours, _) = listener.accept().await.unwrap();
    ours.writable().await.unwrap();
    let (handle, nonce) = hub.connect(0);
    handle.write_to(ours.into_split().1);
    (theirs, handle, nonce)
}

/// All has been offered to this one, and it takes nothing but what is taken by hand.
fn deafen(handle: &HubHandle) {
    handle.hub.state().outboxes[handle.connection.0].is_blocked = true;
}

/// So many bytes of what waits, which count no more.
fn taken(handle: &HubHandle, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = handle.hub.state().write(handle.connection.0, |_, slices| {
        let before = bytes.len();
        for slice in slices {
            bytes.extend_from_slice(&slice[..slice.len().min(most - bytes.len())]);
        }
        if bytes.len() == before { Poll::Pending } else { Poll::Ready(Ok(bytes.len() - before)) }
    });
    bytes
}

/// The messages of these whole frames.
fn messages(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        let (frame, rest) = bytes.split_at(frame_length(bytes));
        let head = match frame[1] {
            127 => 10,
            126 => 4,
            _ => 2,
        };
        messages.push(frame[head..].to_vec());
        bytes = rest;
    }
    messages
}

/// Bytes that wait for all.
fn used(hub: &Hub) -> usize {
    let state = hub.state();
    state.budget.used(state.channels.segments.in_use())
}

/// The keeper of a room.
fn deaf_member(hub: &Arc<Hub>) -> Deaf {
    Deaf::enter(hub, 1)
}

/// So many members of one room, from the first on.
fn deaf_members<const N: usize>(backlog: usize, budget: usize) -> (Arc<Hub>, [Deaf; N]) {
    let hub = Hub::new(Limits { members: N, ..LIMITS }, backlog, budget).unwrap();
    let members = std::array::from_fn(|number| Deaf::enter(&hub, u8::try_from(number + 1).unwrap()));
    for member in &members {
        member.take();
    }
    (hub, members)
}

#[test]
fn what_waits_for_one_is_bounded_with_all_that_it_costs() {
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let Deaf { handle, .. } = deaf_member(&hub);
    let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
    let fit = HALF / (websocket_frame(&denied.encode()).len() + FRAME_COST);
    for _ in 0..fit {
        handle.tell(&denied);
    }
    assert_eq!(handle.ending(), None, "within the backlog");
    handle.tell(&denied);
    let ending = Ending { code: End::TooSlow.close_code(), cut: false };
    assert_eq!(handle.ending(), Some(ending), "above it");
    assert_eq!(messages(&taken(&handle, usize::MAX)).len(), 1, "what it did not take is not kept");
}

#[test]
fn what_has_gone_out_counts_no_more() {
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let Deaf { handle, .. } = deaf_member(&hub);
    let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
    for _ in 0..BACKLOG {
        handle.tell(&denied);
        taken(&handle, usize::MAX);
    }
    assert_eq!(handle.ending(), None);
}

/// Takes all that is written, and hands nothing on.
struct Holds;

impl AsyncRead for Holds {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Poll::Pending
    }
}

impl AsyncWrite for Holds {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Pending
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Pending
    }
}

impl Stream for Holds {}

/// A record of TLS is taken whole, and held where the line takes no more. Nobody was too slow then before the next ping.
#[test]
fn what_a_stream_holds_itself_is_not_gone() {
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let (handle, nonce) = hub.connect(1);
    assert!(handle.request_entry(signers::create(&nonce, 1), &nonce, None));
    let mut cx = Context::from_waker(Waker::noop());
    for (bytes, is_too_slow) in [(100, false), (HALF - 200, false), (HALF, true)] {
        handle.frame(ClientFrame::Say { payload: &vec![0; bytes] }, &nonce);
        assert_eq!(handle.ending().is_some(), is_too_slow, "{bytes}");
        if bytes == 100 {
            assert!(handle.poll_write(&mut cx, &mut Holds).is_pending());
        }
    }
}

/// Strangers for whom nothing waits but what they are given; nothing is read for them.
fn handles<const N: usize>(hub: &Arc<Hub>) -> [HubHandle; N] {
    std::array::from_fn(|_| {
        let handle = hub.connect(0).0;
        deafen(&handle);
        handle
    })
}

/// Gives a handle so many bytes to wait for; the least is a frame's head.
fn give(handle: &HubHandle, bytes: usize) {
    handle.tell(&DaemonFrame::Said { from: Id(1), payload: &vec![0; bytes] });
}

fn is_put_out(handle: &HubHandle) -> bool {
    handle.ending() == Some(Ending { code: End::TooSlow.close_code(), cut: true })
}

type Greeting = fn(&Arc<Hub>, &HubHandle, &dyn Fn());

/// A client to which the frames came without it would take them for a broken answer.
#[test]
fn the_answer_by_which_http_ends_is_written_before_all_frames_or_nothing_is() {
    const ANSWER: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\n\r\n";
    let hello =
        DaemonFrame::Hello { nonce: Nonce([1; 32]), largest_frame: LargestFrame::nearest(0), silence_ms: 1 };
    let over = |end| DaemonFrame::Over { end, by: None, payload: None };
    let stops = over(End::ShuttingDown);
    let deeds: [(&str, Greeting, Vec<DaemonFrame<'_>>); 4] = [
        ("greeted", |_, _, greet| greet(), vec![hello.clone()]),
        (
            "too slow",
            |_, handle, greet| {
                greet();
                handle.end(End::TooSlow, 1);
            },
            vec![hello.clone(), over(End::TooSlow)],
        ),
        (
            "ended before",
            |hub, _, greet| {
                hub.end_all(End::ShuttingDown);
                greet();
            },
            vec![stops.clone()],
        ),
        (
            "ended after",
            |hub, _, greet| {
                greet();
                hub.end_all(End::ShuttingDown);
            },
            vec![hello.clone(), stops],
        ),
    ];
    for (name, deed, frames) in deeds {
        let hub = Hub::new(LIMITS, 2 * BUDGET, BUDGET).unwrap();
        let [handle] = handles(&hub);
        deed(&hub, &handle, &|| handle.greet(ANSWER.to_vec(), &hello));
        let out = taken(&handle, usize::MAX);
        assert!(out.starts_with(ANSWER), "{name}");
        let expected: Vec<_> = frames.iter().map(DaemonFrame::encode).collect();
        assert_eq!(messages(&out[ANSWER.len()..]), expected, "{name}");
    }
    // Memory is short: it breaks.
    let hub = Hub::new(LIMITS, 8 * BUDGET, BUDGET).unwrap();
    let [handle] = handles(&hub);
    handle.greet(ANSWER.to_vec(), &hello);
    give(&handle, 2 * BUDGET);
    assert!(is_put_out(&handle) && hub.state().outboxes[handle.connection.0].is_broken);
}

#[test]
fn when_too_much_waits_for_all_the_largest_goes_and_nobody_else() {
    let hub = Hub::new(LIMITS, 2 * BUDGET, BUDGET).unwrap();
    let [small, large, larger] = handles(&hub);
    give(&small, BUDGET / 16);
    give(&larger, BUDGET / 2);
    give(&large, BUDGET * 3 / 8);
    assert!(used(&hub) < BUDGET && !is_put_out(&larger), "within the budget");
    give(&small, BUDGET / 16);
    assert!(is_put_out(&larger), "above it");
    assert!(!is_put_out(&large) && !is_put_out(&small));
    assert!(used(&hub) < BUDGET / 2 + 1000);
}

#[test]
fn what_comes_in_counts_too() {
    let hub = Hub::new(LIMITS, 2 * BUDGET, BUDGET).unwrap();
    let [hears, tells, other] = handles(&hub);
    give(&hears, BUDGET / 4);
    tells.coming_in(BUDGET / 4);
    assert!(!is_put_out(&tells), "half of the budget, for its buffer grows by doubling");
    other.coming_in(BUDGET / 8);
    assert!(is_put_out(&tells) && !is_put_out(&hears) && !is_put_out(&other));
    other.coming_in(0);
    drop(tells);
    assert_eq!(hub.state().budget.incoming, 0);
}

#[test]
fn a_frame_that_many_wait_for_is_one_frame() {
    let (hub, members) = deaf_members::<100>(2 * BUDGET, BUDGET);
    let before = used(&hub);
    members[0].say(10_000);
    let grown = used(&hub) - before;
    assert!((10_000..=16_384).contains(&grown), "{grown}");
    // A hundred times 400 KB would wait, were it not the same.
    for _ in 0..40 {
        members[0].say(10_000);
    }
    assert!(members.iter().all(|member| member.handle.ending().is_none()));
    drop(members);
    assert_eq!((used(&hub), hub.state().budget.leaving), (0, 0));
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Connect,
    Give(usize, usize),
    ComeIn(usize, usize),
    Take(usize, usize),
    Close(usize),
    Drop(usize),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let (who, bytes) = (0..8_usize, 0..BUDGET / 3);
    prop_oneof![
        Just(Deed::Connect),
        (who.clone(), bytes.clone()).prop_map(|(who, bytes)| Deed::Give(who, bytes)),
        (who.clone(), bytes).prop_map(|(who, bytes)| Deed::ComeIn(who, bytes)),
        (who.clone(), 0..BUDGET).prop_map(|(who, bytes)| Deed::Take(who, bytes)),
        who.clone().prop_map(Deed::Close),
        who.prop_map(Deed::Drop),
    ]
}

proptest! {
    #[test]
    fn no_more_waits_than_may_and_nothing_when_all_have_gone(deeds in prop::collection::vec(any_deed(), 0..200)) {
        let hub = Hub::new(LIMITS, 2 * BUDGET, BUDGET).unwrap();
        let mut handles: Vec<HubHandle> = Vec::new();
        for deed in deeds {
            let count = handles.len().max(1);
            // An ending connection is neither told nor asked anything more.
            let here = |who: usize| handles.get(who % count).filter(|handle| handle.ending().is_none());
            match deed {
                Deed::Connect if handles.len() < 8 => handles.push(hub.connect(0).0),
                Deed::Connect => {}
                Deed::Drop(who) => drop((who < handles.len()).then(|| handles.swap_remove(who))),
                Deed::Give(who, bytes) => here(who).into_iter().for_each(|handle| give(handle, bytes)),
                Deed::ComeIn(who, bytes) => {
                    if let Some(handle) = here(who) {
                        handle.coming_in(bytes);
                    }
                }
                Deed::Close(who) => here(who).into_iter().for_each(HubHandle::closed),
                Deed::Take(who, bytes) => {
                    if let Some(handle) = handles.get(who % count) {
                        taken(handle, bytes);
                    }
                }
            }
            prop_assert!(used(&hub) <= BUDGET);
        }
        drop(handles);
        prop_assert_eq!(used(&hub), 0);
        let budget = &hub.state().budget;
        prop_assert_eq!((budget.incoming, budget.leaving), (0, 0));
    }
}

#[test]
fn a_crowd_that_has_gone_leaves_no_room_for_itself_behind() {
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let stays = hub.connect(0);
    let crowd: Vec<_> = (0..1000).map(|_| hub.connect(0)).collect();
    hub.shrink();
    assert!(hub.state().outboxes.capacity() > 1000, "nobody has gone");
    drop(crowd);
    hub.shrink();
    assert_eq!(hub.state().outboxes.capacity(), 1);
    drop(stays);
}

#[tokio::test]
async fn a_seat_that_became_away_by_slowness_is_given_up_after_the_grace() {
    let hub = Hub::new(Limits { grace: Duration::from_millis(20), ..LIMITS }, BACKLOG, BUDGET).unwrap();
    let keeping = tokio::spawn({
        let hub = Arc::clone(&hub);
        async move { hub.expire_away_seats().await }
    });
    tokio::task::yield_now().await;
    let member = deaf_member(&hub);
    while member.handle.ending().is_none() {
        member.say(100);
    }
    assert_eq!(hub.counts().members, 1, "away");
    let gone = async {
        while hub.counts().members > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), gone).await.unwrap();
    keeping.abort();
}

#[test]
fn no_two_hubs_have_a_nonce_in_common() {
    let drawn: Vec<[u8; 32]> = (0..2)
        .flat_map(|_| {
            let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
            [hub.connect(0).1.0, hub.connect(0).1.0]
        })
        .collect();
    let parts: Vec<&[u8]> = drawn.iter().flat_map(|bytes| bytes.windows(8)).collect();
    assert_eq!(parts.iter().collect::<std::collections::HashSet<_>>().len(), parts.len());
}

/// So many strangers for whom something waits, each from an address of its own.
fn strangers(hub: &Arc<Hub>) -> Vec<HubHandle> {
    let all: Vec<_> = (100..120).map(|address| hub.connect(address).0).collect();
    for handle in &all {
        give(handle, 10);
    }
    all
}

/// Its cursor kept all that was said after it, and for that everybody was put out.
#[test]
fn who_is_put_out_within_a_frame_holds_nothing_and_nobody_else_goes() {
    for (backlog, part) in [(2 * BUDGET, 0), (2 * BUDGET, 10), (BUDGET / 2, 0), (BUDGET / 2, 10)] {
        let (hub, [says, hears, deaf]) = deaf_members::<3>(backlog, BUDGET);
        let strangers = strangers(&hub);
        says.say(10_000);
        taken(&deaf.handle, part);
        for _ in 0..3 * BUDGET / 10_000 {
            says.say(10_000);
            drop((says.take(), hears.take()));
        }
        assert!(deaf.handle.ending().is_some());
        let stay = [&says.handle, &hears.handle].into_iter().chain(&strangers);
        assert!(stay.map(HubHandle::ending).all(|ending| ending.is_none()), "{backlog}, {part}");
        assert!(used(&hub) < 2 * 10_100 + 64 * 1024, "{backlog}, {part}: {}", used(&hub));
        // The frame that it had begun to get is finished, unless it was cut.
        let rest = taken(&deaf.handle, usize::MAX);
        if part > 0 && backlog < BUDGET {
            let said = DaemonFrame::Said { from: Id(1), payload: &[0; 10_000] }.encode();
            assert!(rest.starts_with(&websocket_frame(&said)[part..]), "{}", rest.len());
        }
    }
}

/// One who is kicked may take its last frames for a while, in which the room goes on.
#[test]
fn who_leaves_slowly_is_billed_for_all_that_is_kept_for_it() {
    let (hub, [says, hears, leaves]) = deaf_members::<3>(2 * BUDGET, BUDGET);
    let strangers = strangers(&hub);
    says.say(10_000);
    taken(&leaves.handle, 10);
    leaves.handle.end(End::Flooding, End::Flooding.close_code());
    for _ in 0..3 * BUDGET / 10_000 {
        says.say(10_000);
        drop((says.take(), hears.take()));
    }
    assert!(leaves.handle.ending().is_some_and(|ending| ending.cut));
    let stay = [&says.handle, &hears.handle].into_iter().chain(&strangers);
    assert!(stay.map(HubHandle::ending).all(|ending| ending.is_none()));
}

#[test]
fn answers_to_pings_are_few_and_billed_to_who_asks() {
    let hub = Hub::new(LIMITS, 2 * BUDGET, BUDGET).unwrap();
    let strangers = strangers(&hub);
    let ask: Vec<_> = (0..BUDGET / 900).map(|_| hub.connect(7).0).collect();
    for handle in &ask {
        let answered = (0..100).take_while(|_| handle.answer(&[0x8a, 0])).count();
        assert!(answered == 15 || handle.ending().is_some(), "{answered}");
    }
    for handle in &strangers {
        give(handle, 10);
    }
    assert!(ask.iter().any(is_put_out), "there are too many");
    assert!(strangers.iter().all(|handle| handle.ending().is_none()));
    drop((ask, strangers));
    assert_eq!(used(&hub), 0);
}

/// All who said much at the same time were put out, before anything had been written to them.
#[test]
fn nobody_is_too_slow_for_what_has_not_been_offered() {
    let (_hub, [says, hears]) = deaf_members::<2>(BACKLOG, BUDGET);
    let outbox =
        |is_blocked| says.handle.hub.state().outboxes[hears.handle.connection.0].is_blocked = is_blocked;
    outbox(false);
    for _ in 0..6 {
        says.say(HALF / 2);
        says.take();
    }
    assert_eq!(hears.handle.ending(), None);
    // It took a part of it, and no more.
    taken(&hears.handle, HALF);
    outbox(true);
    says.say(1);
    assert!(hears.handle.ending().is_some());
}

#[test]
fn nothing_follows_the_last_frame() {
    let (_hub, [_, other]) = deaf_members::<2>(BACKLOG, BUDGET);
    other.handle.end(End::Flooding, End::Flooding.close_code());
    other.handle.tell(&DaemonFrame::Alive);
    other.handle.end(End::Malformed, End::Malformed.close_code());
    let over = DaemonFrame::Over { end: End::Flooding, by: None, payload: None }.encode();
    assert_eq!(
        (other.take().last(), other.handle.ending().unwrap().code),
        (Some(&over), End::Flooding.close_code())
    );
}

/// At each ping something may be about to be written. That is no reason to put anybody out who takes it.
#[tokio::test]
async fn who_takes_what_the_room_says_is_known_to_and_so_is_who_does_not() {
    let hub = Hub::new(LIMITS, 1 << 30, 1 << 30).unwrap();
    let (_client, handle, nonce) = connected(&hub).await;
    assert!(handle.request_entry(signers::create(&nonce, 1), &nonce, None));
    let say = || handle.frame(ClientFrame::Say { payload: &vec![0; 65_536] }, &nonce);
    hub.state().deliver();
    say();
    hub.state().deliver();
    assert!(!handle.begins_to_wait());
    assert!(!handle.has_taken(), "what was taken before");
    say();
    assert!(handle.begins_to_wait());
    hub.state().deliver();
    assert!(handle.has_taken() && !handle.begins_to_wait());
    assert!(!handle.has_taken(), "nothing was said");
    // The client reads nothing. In the end something is taken of all that waits, and then nothing.
    while !hub.state().outboxes[handle.connection.0].is_blocked {
        say();
        hub.state().deliver();
    }
    assert!(handle.has_taken());
    assert!(handle.begins_to_wait());
    hub.state().deliver();
    assert!(!handle.has_taken());
}
