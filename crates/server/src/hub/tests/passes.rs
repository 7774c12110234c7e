//! Passes wait apart, and put nobody out.

use super::*;

/// The bytes of a pass that takes so many of a queue.
fn passed_in(cost: usize) -> usize {
    let cost_of = |bytes: &usize| {
        let frame = DaemonFrame::Passed { from: Id(1), passed: &vec![0; *bytes] }.encode();
        websocket_frame(&frame).len() + FRAME_COST
    };
    (cost - FRAME_COST - 20..cost).find(|bytes| cost_of(bytes) == cost).unwrap()
}

const CROWDED: DaemonFrame = DaemonFrame::Denied { frame: 5, why: Denial::TooFast, retry_ms: 1000 };

#[test]
fn passes_take_half_of_a_backlog_and_beyond_it_their_sender_is_denied() {
    let (_hub, [sender, hears, other]) = deaf_members::<3>(BACKLOG, BUDGET);
    for (cost, fits) in [(HALF + 1, false), (HALF - 200, true), (201, false), (101, false), (100, true)] {
        sender.pass([2], passed_in(cost));
        assert_eq!(sender.take(), if fits { vec![] } else { vec![CROWDED.encode()] }, "{cost}, to the byte");
    }
    // The part that fits is handed over, and the rest is denied once.
    sender.pass([2, 3], passed_in(HALF / 4));
    assert_eq!(sender.take(), [CROWDED.encode()]);
    assert_eq!((hears.take().len(), other.take().len()), (2, 1));
    sender.pass([2], passed_in(HALF));
    assert_eq!(sender.take().len(), 0, "all of it, where nothing waits");
    assert_eq!(hears.handle.ending(), None);
}

/// One who passed much took all that there was, and the chains of others were denied.
#[test]
fn each_pass_takes_half_of_what_is_free_so_that_small_ones_find_room() {
    let (_hub, [sender, other, _hears]) = deaf_members::<3>(BACKLOG, BUDGET);
    for (cost, fits) in [
        (HALF / 2, true),
        (HALF / 4 + 1, false),
        (HALF / 4, true),
        (HALF / 8 + 1, false),
        (HALF / 8, true),
        (HALF / 4, false),
    ] {
        sender.pass([3], passed_in(cost));
        assert_eq!(sender.take(), if fits { vec![] } else { vec![CROWDED.encode()] }, "{cost}, to the byte");
    }
    other.pass([3], 144);
    assert!(other.take().is_empty());
}

#[test]
fn a_pass_that_finds_no_room_for_two_is_denied_once_by_its_number_alone() {
    let (_hub, [sender, _one, _other]) = deaf_members::<3>(BACKLOG, BUDGET);
    sender.pass([2, 3], passed_in(HALF + 1));
    assert_eq!(sender.take(), [CROWDED.encode()]);
    // And nobody else is denied for it.
    sender.say(1);
    assert_eq!(sender.take(), [DaemonFrame::Said { from: Id(1), payload: &[0] }.encode()]);
}

/// A member would unseat the keeper, and take its office, by what it passes to it.
#[test]
fn however_much_is_passed_to_the_keeper_it_stays_and_hears_what_is_said() {
    let (hub, [keeper, member, other]) = deaf_members::<3>(BACKLOG, BUDGET);
    let mut denied = 0;
    for _ in 0..100 {
        member.pass([1, 3], passed_in(HALF / 4));
        other.pass([1, 2], passed_in(HALF / 4));
        let heard = [member.take(), other.take()].concat();
        denied += heard.iter().filter(|frame| **frame == CROWDED.encode()).count();
    }
    assert_eq!(denied, 200 - 3, "three found room");
    assert_eq!(keeper.handle.ending(), None);
    // It hears what the room says beside it, up to the other half.
    let said = websocket_frame(&DaemonFrame::Said { from: Id(2), payload: &[0; 100] }.encode()).len();
    for _ in 0..HALF / said {
        member.say(100);
        member.take();
        other.take();
    }
    assert_eq!(keeper.handle.ending(), None);
    member.say(100);
    let ending = Ending { code: End::TooSlow.close_code(), cut: false };
    assert_eq!(keeper.handle.ending(), Some(ending), "who does not take what is said is too slow");
    assert_eq!(hub.counts().members, 3, "and away");
}

#[test]
fn passes_take_half_of_what_may_wait_for_all_and_put_nobody_out() {
    let (hub, [sender, hears, tells, other]) = deaf_members::<4>(4 * BUDGET, BUDGET);
    for (to, cost, fits) in [(2, BUDGET / 2 + 1, false), (2, BUDGET / 2, true), (3, 1000, false)] {
        sender.pass([to], passed_in(cost));
        assert_eq!(sender.take(), if fits { vec![] } else { vec![CROWDED.encode()] }, "{cost}, to the byte");
    }
    assert_eq!(hub.state().budget.passes, BUDGET / 2);
    // Others take the other half: one of them goes, although more waits for the member.
    other.handle.coming_in(BUDGET / 8);
    tells.handle.coming_in(BUDGET / 8);
    assert!(!is_put_out(&tells.handle));
    tells.handle.coming_in(BUDGET / 8 + 1);
    assert!(is_put_out(&tells.handle) && !is_put_out(&hears.handle) && !is_put_out(&other.handle));
    drop(tells);
    drop((hears.take(), sender.take()));
    assert_eq!(hub.state().budget.passes, 0);
    sender.pass([2], passed_in(BUDGET / 32));
    assert!(sender.take().is_empty(), "there is room again");
}

/// Who had many seats behind somebody's router left that one no chain to read by.
#[test]
fn those_of_one_address_leave_each_other_room_for_chains() {
    let hub = Hub::new(Limits { members: 4, ..LIMITS }, 4 * BUDGET, BUDGET).unwrap();
    let [sender, deaf, neighbour, other] =
        [(1, 1), (2, 9), (3, 9), (4, 10)].map(|(number, address)| Deaf::enter_from(&hub, number, address));
    for member in [&sender, &deaf, &neighbour, &other] {
        member.take();
    }
    let eighth = BUDGET / 2 / 8;
    for (to, cost, fits) in
        [(2, eighth, true), (2, 200, false), (3, 4096, true), (3, 200, false), (4, eighth, true)]
    {
        sender.pass([to], passed_in(cost));
        assert_eq!(sender.take(), if fits { vec![] } else { vec![CROWDED.encode()] }, "{to}: {cost}");
    }
    drop((deaf, neighbour, other));
    assert_eq!(hub.state().budget.passes, 0);
}

#[test]
fn passes_that_wait_go_with_their_connection() {
    let (hub, [sender, hears]) = deaf_members::<2>(BACKLOG, BUDGET);
    sender.pass([2], 100);
    sender.pass([2], 100);
    taken(&hears.handle, 50);
    sender.pass([2], 100);
    assert!(hub.state().budget.passes > 0);
    drop((sender, hears));
    assert_eq!((used(&hub), hub.state().budget.passes), (0, 0));
}

#[test]
fn credit_is_given_by_who_comes_and_spent_by_passes() {
    let (_hub, [keeper, member]) = deaf_members::<2>(BACKLOG, BUDGET);
    let before = keeper.handle.credit();
    assert!(before > 0);
    keeper.handle.spend_credit(before);
    assert_eq!(keeper.handle.credit(), 0);
    drop(member);
    assert_eq!(keeper.handle.credit(), 0, "who is merely away gives none");
}
