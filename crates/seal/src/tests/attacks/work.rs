//! What others can make a member do: step, pass, store.

use sanctuary_wire::limits::SEATS_MOST;
use sanctuary_wire::{DaemonFrame, Entry, Id};

use super::super::super::*;
use super::super::by_hand::ByHand;
use super::super::room::Players;
use super::super::vectors::door;
use super::card;

#[test]
fn a_chain_is_handed_to_nobody_while_a_word_under_it_is_under_way() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "one");
    room.settle();
    room.say(0, "not for Eve");
    let payload = room.group(0).frames();
    let mut eve = ByHand::enters(&mut room, &door(), "Eve");
    let lack = eve.pair(Id(1)).outward.seal(&mut Random::from_system().unwrap(), &Passed::Lack).unwrap();
    room.hears(0, &DaemonFrame::Passed { from: eve.id, passed: &lack }.encode());
    room.settle();
    assert_eq!(eve.chain_of(&mut room, Id(1)), None);
    // It is, when the word is known to be said.
    let on = room.all[0].on.unwrap();
    room.daemon.hears_all(on, &payload);
    room.settle();
    assert_eq!(eve.chain_of(&mut room, Id(1)).unwrap().counter(), Ok(2));
}

#[test]
fn forged_counters_cost_a_reader_128_steps_in_all_and_keep_nobody_from_being_read() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "one");
    room.settle();
    room.told(1);
    let forged = |counter: u32| [&0u32.to_be_bytes()[..], &counter.to_be_bytes(), &[7; 320]].concat();
    for (counter, why) in [
        (u32::MAX, SealError::TooFar),
        (1 + 129, SealError::TooFar),
        (1 + 128, SealError::Forged),
        (1 + 1, SealError::TooFar),
        (1, SealError::Forged),
        (0, SealError::Replayed),
    ] {
        room.hears(1, &DaemonFrame::Said { from: Id(1), payload: &forged(counter) }.encode());
        let told = room.told(1);
        let expected = vec![Happening::Unread { from: Id(1), why }];
        assert_eq!(told, if why == SealError::Replayed { vec![] } else { expected }, "{counter}");
    }
    room.say(0, "two");
    room.settle();
    assert_eq!(room.read(1), [(Id(1), "two".to_owned())]);
}

#[test]
fn what_a_member_makes_another_pass_is_bounded() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let eve = ByHand::enters(&mut room, &door(), "Eve");
    room.say(0, "hello");
    room.settle();
    let lack = eve.pair(Id(1)).outward.seal(&mut Random::from_system().unwrap(), &Passed::Lack).unwrap();
    let answers = |room: &mut Players| {
        for _ in 0..5 {
            let frame = DaemonFrame::Passed { from: eve.id, passed: &lack }.encode();
            room.hears(0, &frame);
        }
        room.group(0).frames().len()
    };
    assert_eq!(answers(&mut room), 1);
    room.ticks(9_999);
    assert_eq!(answers(&mut room), 0);
    room.ticks(1);
    assert_eq!(answers(&mut room), 1);

    // And so is how often a member tells that it lacks a chain.
    let unknown = |counter: u32| [&9u32.to_be_bytes()[..], &counter.to_be_bytes(), &[7; 320]].concat();
    let asks = |room: &mut Players| {
        for counter in 0..5 {
            let frame = DaemonFrame::Said { from: eve.id, payload: &unknown(counter) }.encode();
            room.hears(0, &frame);
        }
        room.group(0).frames().len()
    };
    assert_eq!(asks(&mut room), 1);
    room.ticks(9_999);
    assert_eq!(asks(&mut room), 0);
    room.ticks(1);
    assert_eq!(asks(&mut room), 1);
}

#[test]
fn more_members_than_a_room_can_have_are_not_believed() {
    let mut room = Players::of(&["Ada"]);
    let joined =
        |id: u64| DaemonFrame::Joined { id: Id(id), entry: Entry([1; 16]), card: card(&[1; 100]) }.encode();
    for id in 2..=SEATS_MOST as u64 {
        room.hears(0, &joined(id));
    }
    room.told(0);
    room.hears(0, &joined(SEATS_MOST as u64 + 1));
    assert_eq!(room.told(0), [Happening::Lie(Lie::TooMany)]);
    assert_eq!(room.group(0).members().len(), SEATS_MOST);
}

#[test]
fn a_welcome_of_more_seats_than_a_room_can_have_is_none() {
    for beyond in [0, 1] {
        let mut room = Players::of(&["Ada"]);
        let ben = room.enters("Ben");
        room.down(ben);
        room.up(ben);
        let on = room.all[ben].on.unwrap();
        let welcome = room.daemon.down.get_mut(&on).unwrap().pop_front().unwrap();
        let mut welcome = DaemonFrame::decode(&welcome).unwrap();
        let DaemonFrame::Welcome { members, .. } = &mut welcome else { panic!() };
        let card = card(&[1; 100]);
        let more = (0..SEATS_MOST as u64 - 2 + beyond).map(|number| {
            let id = Id(100 + number);
            sanctuary_wire::Seated { id, entry: Entry([1; 16]), card, away: false }
        });
        members.extend(more);
        assert_eq!(DaemonFrame::decode(&welcome.encode()).is_err(), beyond == 1);
    }
}
