//! Rule 1: orders are signed by the seat, for its connection, and carried out once.

use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Denial, Departure, End, Id, Nonce, Signature};

use super::entry::flipped;
use super::support::{ByHand, Daemon, Sitting};
use super::{denied, line, room_by_hand};

/// Somebody who sits alone in a room sends this, and is out for it. Then the room is gone, and can be
/// opened again.
async fn is_malformed(daemon: &Daemon, order: impl FnOnce(&mut Sitting) -> Vec<u8>) {
    let mut ada = Sitting::create(line(daemon).await).await;
    let order = order(&mut ada);
    ada.line.send_bytes(order).await;
    ada.is_over(End::Malformed).await;
}

fn signed(by: &ByHand, nonce: &Nonce, command: &[u8]) -> Vec<u8> {
    ClientFrame::Order { command, signature: by.seat.sign_order(nonce, command) }.encode()
}

fn lock(turn: u64) -> Vec<u8> {
    Command::Lock { turn, locked: true }.encode()
}

#[tokio::test]
async fn an_order_that_its_seat_has_not_signed_is_malformed() {
    let daemon = Daemon::start().await;
    let command = lock(1);
    let by = |signature| ClientFrame::Order { command: &command, signature }.encode();
    is_malformed(&daemon, |_| by(Signature([0; 64]))).await;
    is_malformed(&daemon, |ada| signed(&ByHand::new(), &ada.line.nonce, &command)).await;
    // Nor by its key for something else.
    is_malformed(&daemon, |ada| by(ada.hand.seat.sign_order(&ada.line.nonce, &lock(2)))).await;
    is_malformed(&daemon, |ada| by(ada.hand.seat.sign_resume(&ada.line.nonce, super::ROOM, Id(1)))).await;
    // Signed bytes that are no command are malformed too.
    for nothing in [&b""[..], b"\xff", &[&lock(1)[..], b"\0"].concat(), &ClientFrame::Exit.encode()] {
        is_malformed(&daemon, |ada| signed(&ada.hand, &ada.line.nonce, nothing)).await;
    }
}

#[tokio::test]
async fn an_order_that_was_changed_in_one_bit_is_malformed() {
    let daemon = Daemon::start().await;
    let length = signed(&ByHand::new(), &Nonce([0; 32]), &lock(1)).len();
    for at in 0..length {
        is_malformed(&daemon, |ada| flipped(ada.hand.lock(&ada.line.nonce, true), at)).await;
    }
}

#[tokio::test]
async fn an_order_that_was_seen_is_malformed_on_any_connection() {
    let daemon = Daemon::start().await;
    // On its own, once more.
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    let seen = ada.hand.lock(&ada.line.nonce, true);
    for _ in 0..2 {
        ada.line.send_bytes(seen.clone()).await;
    }
    let locked = DaemonFrame::Locked { locked: true, by: Id(1) };
    ada.hears(&locked).await;
    ada.is_over(End::Malformed).await;
    ben.hears(&locked).await;
    ben.hears(&DaemonFrame::Left { id: Id(1), how: Departure::Gone }).await;
    ben.hears(&DaemonFrame::Keeper(Id(2))).await;
    // On another's, who has the right now.
    ben.line.send_bytes(seen).await;
    ben.is_over(End::Malformed).await;
}

#[tokio::test]
async fn turns_rise() {
    let daemon = Daemon::start().await;
    for (first, then) in [(1, 1), (2, 1), (5, 4), (0, 0)] {
        let mut ada = Sitting::create(line(&daemon).await).await;
        let nonce = ada.line.nonce.clone();
        for turn in [first, then] {
            let order = signed(&ada.hand, &nonce, &lock(turn));
            ada.line.send_bytes(order).await;
        }
        ada.hears(&DaemonFrame::Locked { locked: true, by: Id(1) }).await;
        ada.is_over(End::Malformed).await;
    }
    // By any number; and what is denied has had its turn.
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for turn in [3, 4, 1000] {
        let order = signed(&ben.hand, &ben.line.nonce.clone(), &lock(turn));
        ben.line.send_bytes(order).await;
        ben.hears(&denied(10, Denial::NotYours)).await;
    }
    let again = signed(&ben.hand, &ben.line.nonce.clone(), &lock(1000));
    ben.line.send_bytes(again).await;
    ben.is_over(End::Malformed).await;
    ada.hears(&DaemonFrame::Left { id: Id(2), how: Departure::Gone }).await;
}

#[tokio::test]
async fn each_connection_of_a_seat_has_turns_of_its_own_and_nothing_of_the_one_before() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    ada.lock(true).await;
    ada.hears(&DaemonFrame::Locked { locked: true, by: Id(1) }).await;
    let prepared = ada.hand.lock(&ada.line.nonce, false);
    let mut ada = ada.resume(line(&daemon).await).await;
    ada.lock(false).await;
    ada.hears(&DaemonFrame::Locked { locked: false, by: Id(1) }).await;
    ada.line.send_bytes(prepared).await;
    ada.is_over(End::Malformed).await;
    ben.hears_at_last(&DaemonFrame::Left { id: Id(1), how: Departure::Gone }).await;
}
