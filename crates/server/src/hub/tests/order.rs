//! Who gets what, and in which order, however little is taken at once.

use super::*;

const MEMBERS: u8 = 4;

#[derive(Clone, Copy, Debug)]
enum Deed {
    /// One that is not there enters, or one that is there breaks off.
    ComeOrGo(u8),
    Say(u8, usize),
    Pass(u8, u8, usize),
    Take(u8, usize),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let (who, bytes) = (1..=MEMBERS, prop_oneof![0..300_usize, 0..3 * HALF]);
    prop_oneof![
        1 => (2..=MEMBERS).prop_map(Deed::ComeOrGo),
        4 => (who.clone(), bytes.clone()).prop_map(|(who, bytes)| Deed::Say(who, bytes)),
        4 => (who.clone(), who.clone(), bytes.clone()).prop_map(|(who, to, bytes)| Deed::Pass(who, to, bytes)),
        6 => (who, bytes).prop_map(|(who, bytes)| Deed::Take(who, bytes)),
    ]
}

/// A member, what it has taken, and the numbers of all that it is to get.
struct Hears {
    member: Deaf,
    id: u64,
    bytes: Vec<u8>,
    expected: Vec<u32>,
}

impl Hears {
    fn is_to_get(&mut self, number: u32) {
        self.expected.push(number);
    }

    /// The numbers of what it got.
    fn got(&mut self) -> Vec<u32> {
        self.bytes.extend(taken(&self.member.handle, usize::MAX));
        let number = |payload: &[u8]| u32::from_be_bytes(payload[..4].try_into().unwrap());
        let all = messages(&self.bytes).into_iter();
        all.filter_map(|message| match DaemonFrame::decode(&message).unwrap() {
            DaemonFrame::Said { payload, .. } => Some(number(payload)),
            DaemonFrame::Passed { passed, .. } => Some(number(passed)),
            _ => None,
        })
        .collect()
    }
}

proptest! {
    #[test]
    fn everybody_gets_all_that_is_for_it_in_the_order_in_which_it_happened(deeds in prop::collection::vec(any_deed(), 0..100)) {
        // Large enough that nobody is too slow, and no pass is denied.
        let hub = Hub::new(Limits { members: 100, ..LIMITS }, 1 << 30, 1 << 30).unwrap();
        let mut room: [Option<Hears>; MEMBERS as usize] = Default::default();
        let mut seats = 0;
        let mut enter = |number: u8| {
            seats += 1;
            // A seat has a key of its own; whoever comes again is somebody else.
            let member = Deaf::enter(&hub, if number == 1 { 1 } else { u8::try_from(seats).unwrap() });
            Some(Hears { member, id: seats, bytes: vec![], expected: vec![] })
        };
        room[0] = enter(1);
        for (number, deed) in (0..).zip(deeds) {
            let slot = |who: u8| usize::from(who - 1);
            let payload = |bytes: usize| [&u32::to_be_bytes(number)[..], &vec![0; bytes]].concat();
            match deed {
                Deed::ComeOrGo(who) => if let Some(mut gone) = room[slot(who)].take() {
                    let expected = std::mem::take(&mut gone.expected);
                    prop_assert_eq!(gone.got(), expected);
                } else {
                    room[slot(who)] = enter(who);
                },
                Deed::Say(who, bytes) => if let Some(hears) = &room[slot(who)] {
                    let payload = payload(bytes);
                    hears.member.handle.frame(ClientFrame::Say { payload: &payload }, &hears.member.nonce);
                    room.iter_mut().flatten().for_each(|hears| hears.is_to_get(number));
                },
                Deed::Pass(who, to, bytes) => if who != to
                    && let Some(id) = room[slot(to)].as_ref().map(|hears| hears.id)
                    && let Some(hears) = &room[slot(who)]
                {
                    let payload = payload(bytes);
                    let passes = Passes::of([(Id(id), &payload[..])]);
                    hears.member.handle.frame(ClientFrame::Pass(passes), &hears.member.nonce);
                    room[slot(to)].as_mut().unwrap().is_to_get(number);
                },
                Deed::Take(who, bytes) => if let Some(hears) = &mut room[slot(who)] {
                    hears.bytes.extend(taken(&hears.member.handle, bytes));
                },
            }
        }
        for mut hears in room.into_iter().flatten() {
            let expected = std::mem::take(&mut hears.expected);
            prop_assert_eq!(hears.got(), expected);
            drop(hears);
        }
        prop_assert_eq!(used(&hub), 0);
    }
}
