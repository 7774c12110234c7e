//! A daemon that leaves out, repeats, swaps, turns bits, makes up and replays.

use proptest::prelude::*;
use sanctuary_wire::{DaemonFrame, Departure, Id};

use super::super::*;
use super::world::World;

/// What the daemon does to the next frame of a member.
#[derive(Clone, Debug)]
enum Lies {
    Honest,
    Drops,
    Repeats,
    Swaps,
    Turns(usize, u8),
    Cuts(usize),
    MakesUp(u8, u64),
    Replays(usize),
    Breaks,
    Says(usize, u8),
    Waits,
}

fn lies() -> impl Strategy<Value = Lies> {
    prop_oneof![
        8 => Just(Lies::Honest),
        1 => Just(Lies::Drops),
        1 => Just(Lies::Repeats),
        1 => Just(Lies::Swaps),
        1 => (any::<usize>(), 0..8u8).prop_map(|(at, bit)| Lies::Turns(at, bit)),
        1 => any::<usize>().prop_map(Lies::Cuts),
        2 => (0..8u8, 0..6u64).prop_map(|(kind, id)| Lies::MakesUp(kind, id)),
        1 => any::<usize>().prop_map(Lies::Replays),
        1 => Just(Lies::Breaks),
        4 => (0..3usize, any::<u8>()).prop_map(|(who, what)| Lies::Says(who, what)),
        1 => Just(Lies::Waits),
    ]
}

fn made_up(kind: u8, id: u64) -> Vec<u8> {
    let (id, by) = (Id(id), Id(1));
    match kind {
        0 => DaemonFrame::Left { id, how: Departure::Exit },
        1 => DaemonFrame::Away(id),
        2 => DaemonFrame::Back(id),
        3 => DaemonFrame::Keeper(id),
        4 => DaemonFrame::Locked { locked: true, by: id },
        5 => DaemonFrame::Kicked { id, by, payload: b"no payload" },
        6 => DaemonFrame::Said { from: id, payload: b"no payload" },
        _ => DaemonFrame::Handed { id, by, payload: b"no payload" },
    }
    .encode()
}

fn typed(what: u8) -> String {
    match what % 6 {
        0 => "/purr ada psst".to_owned(),
        1 => "/timer 1m".to_owned(),
        2 => "/lock".to_owned(),
        3 => "/alias other".to_owned(),
        _ => format!("text {what}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing panics, nobody is shown what nobody said, nothing twice, and all stays within its bounds.
    #[test]
    fn nobody_is_shown_what_nobody_said_or_anything_twice(run in prop::collection::vec(lies(), 1..120)) {
        let mut world = World::of(&["ada", "ben", "cleo"]);
        let mut said: Vec<String> = vec![];
        let mut heard: Vec<Vec<u8>> = vec![];
        for (at, lie) in run.into_iter().enumerate() {
            let victim = 1 + at % 2;
            match lie {
                Lies::Honest => {}
                Lies::Drops => drop(world.players[victim].down.pop_front()),
                Lies::Repeats => {
                    let again = world.players[victim].down.front().cloned();
                    world.players[victim].down.extend(again);
                }
                Lies::Swaps => {
                    let down = &mut world.players[victim].down;
                    if down.len() > 1 {
                        down.swap(0, 1);
                    }
                }
                Lies::Turns(byte, bit) => {
                    if let Some(frame) = world.players[victim].down.front_mut().filter(|frame| !frame.is_empty()) {
                        let byte = byte % frame.len();
                        frame[byte] ^= 1 << bit;
                    }
                }
                Lies::Cuts(length) => {
                    if let Some(frame) = world.players[victim].down.front_mut() {
                        frame.truncate(length % (frame.len() + 1));
                    }
                }
                Lies::MakesUp(kind, id) => world.players[victim].down.push_front(made_up(kind, id)),
                Lies::Replays(of) => {
                    if !heard.is_empty() {
                        let frame = heard[of % heard.len()].clone();
                        world.players[victim].down.push_back(frame);
                    }
                }
                Lies::Breaks => world.loses(victim),
                Lies::Waits => world.passes(1_000),
                Lies::Says(who, what) => {
                    let text = format!("{} {at}", typed(what));
                    let text = if text.starts_with('/') && !text.starts_with("/purr") { typed(what) } else { text };
                    world.types_aside(who, &text, &Aim::default());
                    said.push(text.trim_start_matches("/purr ada ").to_owned());
                }
            }
            heard.extend(world.players[victim].down.front().cloned());
            for each in 0..3 {
                world.hears(each);
            }
        }
        world.passes(3_000);
        for player in &world.players {
            let Some(membership) = player.session.membership() else { continue };
            let mut read: Vec<_> = vec![];
            for line in membership.lines().shown() {
                if let Kind::Said(line) = &line.kind {
                    prop_assert!(said.iter().any(|said| said == line.html.as_str()), "{}", line.html.as_str());
                    read.push((line.html.as_str().to_owned(), line.how == How::Whisper));
                }
            }
            let count = read.len();
            read.sort_unstable();
            read.dedup();
            prop_assert_eq!(read.len(), count, "twice");
            prop_assert!(membership.lines().shown().count() <= MESSAGES_MOST + EVENTS_MOST);
        }
    }

    #[test]
    fn no_bytes_break_a_session(frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20)) {
        let mut world = World::of(&["ada"]);
        for frame in frames {
            world.act(0, |session, now| session.frame(&frame, now));
        }
    }
}
