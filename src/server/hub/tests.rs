//! The hub by itself, with nobody behind its handles.

#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;
use std::task::Waker;
use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;

use super::super::outbox::FRAME_COST;
use super::*;
use sanctuary_wire::{ClientFrame, Denial, Gate, RoomId, Rule, Tag};

const BACKLOG: usize = 4096;
const BUDGET: usize = 1024 * 1024;
const LIMITS: Limits = Limits { rooms: 1, members: 2, tombstones: 10, grace: Duration::from_secs(30) };

/// The keeper of a room, who has been welcomed and reads nothing from now on.
fn deaf_member(hub: &Arc<Hub>) -> HubHandle {
    let gate = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
    let (handle, nonce) = hub.connect(0);
    let create = ClientFrame::Create {
        room: RoomId([0; 5]),
        gate: Gate(gate),
        card: b"card".into(),
        tag: Tag([0; 16]),
        rule: Rule::Keeper,
        code: None,
    };
    assert!(handle.request_entry(create, &nonce));
    let mut welcome = VecDeque::new();
    handle.take(Waker::noop(), &mut welcome);
    handle.released(QueueSize::of(&welcome));
    handle
}

#[test]
fn what_waits_for_one_is_bounded_with_all_that_it_costs() {
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let handle = deaf_member(&hub);
    let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
    let fit = BACKLOG / (websocket_frame(&denied.encode()).len() + FRAME_COST);
    for _ in 0..fit {
        handle.tell(&denied);
    }
    assert_eq!(handle.ending(), None, "within the backlog");
    handle.tell(&denied);
    let ending = Ending { code: End::TooSlow.close_code(), cut: false };
    assert_eq!(handle.ending(), Some(ending), "above it");
    let mut left = VecDeque::new();
    handle.take(Waker::noop(), &mut left);
    assert_eq!(left.len(), 1, "what it did not take is not kept");
}

#[test]
fn what_has_gone_out_counts_no_more() {
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let handle = deaf_member(&hub);
    let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
    for _ in 0..BACKLOG {
        handle.tell(&denied);
        handle.released(QueueSize { bytes: websocket_frame(&denied.encode()).len(), frames: 1 });
    }
    assert_eq!(handle.ending(), None);
}

/// Strangers for whom nothing waits but what they are given; nothing is read for them.
fn handles<const N: usize>(hub: &Arc<Hub>) -> [HubHandle; N] {
    std::array::from_fn(|_| hub.connect(0).0)
}

/// Gives a handle so many bytes to wait for; the least is a frame's head.
fn give(handle: &HubHandle, bytes: usize) {
    handle.tell(&DaemonFrame::Passed { from: sanctuary_wire::Id(1), passed: &vec![0; bytes] });
}

fn is_put_out(handle: &HubHandle) -> bool {
    handle.ending() == Some(Ending { code: End::TooSlow.close_code(), cut: true })
}

#[test]
fn when_too_much_waits_for_all_the_largest_goes_and_nobody_else() {
    let hub = Hub::new(LIMITS, BUDGET, BUDGET).unwrap();
    let [small, large, larger] = handles(&hub);
    give(&small, BUDGET / 16);
    give(&larger, BUDGET / 2);
    give(&large, BUDGET * 3 / 8);
    assert!(hub.state().budget.used() < BUDGET && !is_put_out(&larger), "within the budget");
    give(&small, BUDGET / 16);
    assert!(is_put_out(&larger), "above it");
    assert!(!is_put_out(&large) && !is_put_out(&small));
    assert!(hub.state().budget.used() < BUDGET / 2 + 1000);
}

#[test]
fn what_comes_in_counts_too() {
    let hub = Hub::new(LIMITS, BUDGET, BUDGET).unwrap();
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
    let hub = Hub::new(Limits { members: 200, ..LIMITS }, BUDGET, BUDGET).unwrap();
    let keeper = deaf_member(&hub);
    let mut others = Vec::new();
    for number in 1..100 {
        let (handle, nonce) = hub.connect(0);
        let signed = [b"sanctuary/1 enter".as_slice(), &nonce.0, &[0; 5]].concat();
        let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let proof = sanctuary_wire::Proof(ed25519_dalek::Signer::sign(&key, &signed).to_bytes());
        let enter =
            ClientFrame::Enter { room: RoomId([0; 5]), proof, card: b"card".into(), tag: Tag([number; 16]) };
        assert!(handle.request_entry(enter, &nonce));
        others.push(handle);
    }
    let before = hub.state().budget.used();
    keeper.event(Event::Frame(ClientFrame::Say { payload: &[0; 10_000] }));
    let grown = hub.state().budget.used() - before;
    assert!((10_000 + 100 * FRAME_COST..10_100 + 100 * FRAME_COST).contains(&grown), "{grown}");
    // A hundred times 400 KB would wait, were it not the same.
    for _ in 0..40 {
        keeper.event(Event::Frame(ClientFrame::Say { payload: &[0; 10_000] }));
    }
    assert!(others.iter().all(|handle| handle.ending().is_none()));
    drop((keeper, others));
    let state = hub.state();
    assert_eq!((state.budget.used(), state.budget.queued, state.budget.leaving), (0, 0, 0));
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Connect,
    Give(usize, usize),
    ComeIn(usize, usize),
    TakeAndSend(usize),
    Close(usize),
    Drop(usize),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let (who, bytes) = (0..8_usize, 0..BUDGET / 3);
    prop_oneof![
        Just(Deed::Connect),
        (who.clone(), bytes.clone()).prop_map(|(who, bytes)| Deed::Give(who, bytes)),
        (who.clone(), bytes).prop_map(|(who, bytes)| Deed::ComeIn(who, bytes)),
        who.clone().prop_map(Deed::TakeAndSend),
        who.clone().prop_map(Deed::Close),
        who.prop_map(Deed::Drop),
    ]
}

proptest! {
    #[test]
    fn no_more_waits_than_may_and_nothing_when_all_have_gone(deeds in prop::collection::vec(any_deed(), 0..200)) {
        let hub = Hub::new(LIMITS, BUDGET, BUDGET).unwrap();
        // A task keeps what it has taken until it has sent it or is ended.
        let mut handles: Vec<(HubHandle, VecDeque<Bytes>)> = Vec::new();
        for deed in deeds {
            let count = handles.len().max(1);
            // An ending connection is neither told nor asked anything more.
            let here = |who: usize| handles.get(who % count).filter(|(handle, _)| handle.ending().is_none());
            match deed {
                Deed::Connect if handles.len() < 8 => handles.push((hub.connect(0).0, VecDeque::new())),
                Deed::Connect => {}
                Deed::Drop(who) => drop((who < handles.len()).then(|| handles.swap_remove(who))),
                Deed::Give(who, bytes) => here(who).into_iter().for_each(|(handle, _)| give(handle, bytes)),
                Deed::ComeIn(who, bytes) => {
                    if let Some((handle, _)) = here(who) {
                        handle.coming_in(bytes);
                    }
                }
                Deed::Close(who) => here(who).into_iter().for_each(|(handle, _)| handle.closed()),
                Deed::TakeAndSend(who) => {
                    if let Some((handle, taken)) = handles.get_mut(who % count) {
                        handle.released(QueueSize::of(&*taken));
                        taken.clear();
                        handle.take(Waker::noop(), taken);
                    }
                }
            }
            prop_assert!(hub.state().budget.used() <= BUDGET);
        }
        drop(handles);
        let state = &hub.state().budget;
        prop_assert_eq!((state.used(), state.queued, state.incoming, state.leaving), (0, 0, 0, 0));
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
    let handle = deaf_member(&hub);
    while handle.ending().is_none() {
        handle.event(Event::Frame(ClientFrame::Say { payload: &[0; 100] }));
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
fn no_two_hubs_have_a_nonce_or_a_seat_in_common() {
    let drawn: Vec<[u8; 16]> = (0..2)
        .flat_map(|_| {
            let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
            let (_handle, nonce) = hub.connect(0);
            let seat = hub.state().random.draw();
            [nonce.0[..16].try_into().unwrap(), nonce.0[16..].try_into().unwrap(), seat]
        })
        .collect();
    let parts: Vec<&[u8]> = drawn.iter().flat_map(|bytes| bytes.windows(8)).collect();
    assert_eq!(parts.iter().collect::<std::collections::HashSet<_>>().len(), parts.len());
}
