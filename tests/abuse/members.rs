//! Members who make others do what their rations do not pay for, or would take the office.

use futures_util::future::join_all;
use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Denial, End, Id, Passes, Refusal, Rule, Signature};

use super::senders::{Hostile, line, line_from, narrow_line_from, room, try_enter};
use super::support::Next;
use super::survives;

/// All rations as high as they go.
const UNRATIONED: [(&str, &str); 4] = [
    ("frame_rate", "1000000"),
    ("frame_burst", "1000000"),
    ("frames_by_address", "1000000"),
    ("tries_by_address", "10000"),
];

/// One member sent another a thousand whispers a second: each frame of 64 was one to the ration.
#[tokio::test]
async fn passes_to_one_member() {
    const EACH: usize = 2000;
    survives("5 insiders who pass on all they can, to the others and a sixth", &[], async |daemon| {
        let address = daemon.address();
        let mut victim = Hostile::inside(line(address).await).await;
        let to = victim.id;
        join_all((0..5).map(async |number| {
            let mut mallory = Hostile::inside(line_from(1 + number, address).await).await;
            let all = [Id(1), Id(2), Id(3), to].map(|id| (id, b"psst".as_slice()));
            let pass = ClientFrame::Pass(Passes::of(all)).encode();
            for _ in 0..EACH {
                mallory.line.send_bytes(pass.clone()).await;
            }
            let ended = mallory.until(|_| false).await;
            assert!([Err(Next::Closed(4004)), Err(Next::Broken)].contains(&ended), "{ended:?}");
        }))
        .await;
        // Its word now comes behind all that was passed to it.
        victim.says(b"enough").await;
        let mut passed = 0;
        let heard = victim.until(|frame| {
            passed += usize::from(matches!(frame, DaemonFrame::Passed { .. }));
            matches!(frame, DaemonFrame::Said { from, .. } if *from == to)
        });
        heard.await.unwrap();
        println!("{passed} of {} passes arrived", 5 * EACH);
        // A burst of 200 frames is 50 of these, and there is credit for a few more, and time.
        assert!((5 * 50..5 * 150).contains(&passed), "{passed} of {} arrived", 5 * EACH);
        victim.line.close().await;
    })
    .await;
}

#[tokio::test]
async fn passes_as_large_as_may_be_to_a_slow_keeper() {
    let settings = [&UNRATIONED[..], &[("backlog", "\"320 KiB\""), ("members", "10")]].concat();
    survives("passes of 60 KB to a keeper who does not read", &settings, async |daemon| {
        let address = daemon.address();
        let mut keeper = Hostile::opens(narrow_line_from(0, address).await, room(1), Rule::Keeper).await;
        let mut mallory = Hostile::enters(line(address).await, room(1), 1).await;
        let (junk, mut passed, mut denied) = (vec![0x66; 60_000], 0, 0);
        while denied < 100 {
            mallory.passes(keeper.id, &junk).await;
            // The answer to this comes behind that to the pass.
            mallory.kicks(mallory.id.0).await;
            // An address sends at its own rate at the most, however fast it is answered.
            let (mut is_denied, mut is_rationed) = (false, false);
            let answered = mallory.until(|frame| match frame {
                DaemonFrame::Denied { frame: 5, why: Denial::TooFast, retry_ms } => {
                    (is_denied, is_rationed) = (*retry_ms == 1000, *retry_ms < 1000);
                    false
                }
                DaemonFrame::Denied { frame: 8, why: Denial::NotYours | Denial::TooFast, .. } => true,
                other => panic!("{other:?}"),
            });
            answered.await.unwrap();
            passed += usize::from(!is_denied && !is_rationed);
            denied += usize::from(is_denied);
            assert!(passed < 1000, "60 MB were taken without a reader");
        }
        // Nobody gets in under the tag of who is there, and it is keeper still.
        let mut second = line(address).await;
        let answer = try_enter(&mut second, room(1), 0).await;
        let in_use = DaemonFrame::Refused { why: Refusal::AliasInUse, retry_ms: 0 };
        assert_eq!(DaemonFrame::decode(&answer).unwrap(), in_use);
        keeper.orders(|turn| Command::Lock { turn, locked: true }).await;
        let mut arrived = 0;
        let heard = keeper.until(|frame| {
            arrived += usize::from(matches!(frame, DaemonFrame::Passed { .. }));
            matches!(frame, DaemonFrame::Locked { locked: true, .. })
        });
        heard.await.unwrap();
        assert_eq!(arrived, passed, "what was not denied has arrived");
        keeper.stops().await;
        assert_eq!(keeper.over().await, End::Stopped);
    })
    .await;
}

#[tokio::test]
async fn a_keeper_who_was_talked_away() {
    let settings = [&UNRATIONED[..], &[("backlog", "\"320 KiB\""), ("grace", "\"20 s\"")]].concat();
    survives("a keeper on a slow line, whose alias another takes meanwhile", &settings, async |daemon| {
        let address = daemon.address();
        let keeper = Hostile::opens(narrow_line_from(0, address).await, room(1), Rule::Keeper).await;
        let mut mallory = Hostile::enters(line(address).await, room(1), 1).await;
        let (junk, mut is_away) = (vec![0x66; 60_000], false);
        while !is_away {
            let heard = mallory.talks(&junk, |frame| is_away |= *frame == DaemonFrame::Away(keeper.id));
            heard.await.unwrap();
        }
        let mut second = Hostile::enters(line(address).await, room(1), 0).await;
        assert_ne!(second.id, keeper.id, "a seat of its own");
        for other in [&mut mallory, &mut second] {
            other.orders(|turn| Command::Lock { turn, locked: true }).await;
            let denied = other.until(|frame| {
                assert!(!matches!(frame, DaemonFrame::Keeper(_)), "the office waits for who has it");
                *frame == DaemonFrame::Denied { frame: 10, why: Denial::NotYours, retry_ms: 0 }
            });
            denied.await.unwrap();
        }
        let mut keeper = keeper.resumes(line(address).await, room(1)).await;
        keeper.stops().await;
        for member in [&mut mallory, &mut second, &mut keeper] {
            assert_eq!(member.over().await, End::Stopped);
        }
    })
    .await;
}

#[tokio::test]
async fn renewals() {
    const EACH: usize = 40;
    survives("10 insiders who renew their cards without end", &[], async |daemon| {
        join_all((0..10).map(async |number| {
            let mut mallory = Hostile::inside(line_from(number, daemon.address()).await).await;
            let own = mallory.id;
            for _ in 0..EACH {
                mallory.renews(u8::try_from(100 + number).unwrap()).await;
            }
            let (mut renewed, mut denied) = (0, 0);
            let answered = mallory.until(|frame| {
                match frame {
                    DaemonFrame::Renewed { id, .. } if *id == own => renewed += 1,
                    DaemonFrame::Denied { frame: 12, why: Denial::TooFast, retry_ms: 1..=90_000 } => {
                        denied += 1;
                    }
                    DaemonFrame::Denied { .. } => panic!("{frame:?}"),
                    _ => {}
                }
                renewed + denied == EACH
            });
            answered.await.unwrap();
            // At once; one in 30 s is far away.
            assert_eq!(renewed, 3);
            mallory.line.close().await;
        }))
        .await;
    })
    .await;
}

#[tokio::test]
async fn relocks_of_many() {
    const MEMBERS: u64 = 100;
    survives("a keeper who relocks a room of 100 until it is put out", &[], async |daemon| {
        let address = daemon.address();
        // A member that shares an address with others may send less.
        let mut keeper = Hostile::opens(line_from(10, address).await, room(1), Rule::Keeper).await;
        let mut members = Vec::new();
        for number in 2..=MEMBERS {
            let line = line_from(usize::try_from(number % 10).unwrap(), address).await;
            members.push(Hostile::enters(line, room(1), u8::try_from(number).unwrap()).await);
        }
        let all = (1..=MEMBERS).collect::<Vec<_>>();
        let (mut lock, mut end) = (0, None);
        while end.is_none() {
            let relock = keeper.relock(lock, &all);
            keeper.line.send_bytes(relock).await;
            let answered = keeper.until(|frame| match frame {
                DaemonFrame::Relocked { lock: next, .. } => {
                    lock = *next;
                    true
                }
                DaemonFrame::Denied { frame: 11, why: Denial::TooFast, retry_ms: 1.. } => true,
                DaemonFrame::Over { end: why, .. } => {
                    end = Some(*why);
                    true
                }
                _ => false,
            });
            answered.await.unwrap();
        }
        assert_eq!(end, Some(End::Flooding));
        // One of 100 boxes costs 25 frames, of which there are 100 at once and 100 a second.
        assert!((4..40).contains(&lock), "{lock} relocks");
        // The next of them keeps the room, and was handed each door.
        let mut boxes = 0;
        let kept = members[0].until(|frame| {
            boxes += u32::from(matches!(frame, DaemonFrame::Boxed { .. }));
            *frame == DaemonFrame::Keeper(Id(2))
        });
        kept.await.unwrap();
        assert_eq!(boxes, lock);
        members[0].stops().await;
        for mut member in members {
            assert_eq!(member.over().await, End::Stopped);
        }
    })
    .await;
}

#[tokio::test]
async fn orders_that_are_not_signed() {
    survives(
        "40 insiders whose orders are not theirs, or for another connection, or repeated",
        &[],
        async |daemon| {
            join_all((0..10).map(async |number| {
                let address = daemon.address();
                let mut other = Hostile::inside(line_from(number, address).await).await;
                for kind in 0..3 {
                    let mut mallory = Hostile::inside(line_from(number, address).await).await;
                    let order = match kind {
                        0 => other.order(|_| kick(7)),
                        1 => {
                            let order = mallory.order(|_| kick(7));
                            let Ok(ClientFrame::Order { command, .. }) = ClientFrame::decode(&order) else {
                                panic!()
                            };
                            ClientFrame::Order { command, signature: Signature([0; 64]) }.encode()
                        }
                        _ => mallory.order_by_nonce(&other.line.nonce, &kick(7)),
                    };
                    mallory.line.send_bytes(order).await;
                    assert_eq!(mallory.over().await, End::Malformed, "{kind}");
                }
                // One that is denied for want of the right is not taken again.
                let order = other.order(kick);
                for _ in 0..2 {
                    other.line.send_bytes(order.clone()).await;
                }
                let mut denied = false;
                let end = other.until(|frame| {
                    denied |= *frame == DaemonFrame::Denied { frame: 8, why: Denial::NotYours, retry_ms: 0 };
                    matches!(frame, DaemonFrame::Over { end: End::Malformed, .. })
                });
                end.await.unwrap();
                assert!(denied);
            }))
            .await;
        },
    )
    .await;
}

fn kick(turn: u64) -> Command<'static> {
    Command::Kick { turn, id: Id(1), payload: b"out" }
}
