//! What the keys of who is out, and the password, open of what others were told: nothing.

use sanctuary_seal::{Door, Group, Happening, Password, Random};
use sanctuary_wire::{DaemonFrame, Id};

use super::support::{Daemon, Heard, Member, Next, ROOM, door};
use super::{NEXT_PASSWORD, both};

/// Somebody is told `frames` by a daemon that helps, and opens nothing of it; returns how many sealed things
/// were offered. So is each message in disguise, passed off as one of another generation.
fn opens_nothing(group: &mut Group, frames: &[Vec<u8>]) -> usize {
    let mut offered = 0;
    for frame in frames {
        let mut shows_nothing = |frame: &[u8]| {
            let told = group.hear(frame, 0).unwrap();
            let is_opened =
                |told: &Happening| matches!(told, Happening::Said { .. } | Happening::Whisper { .. });
            assert!(!told.iter().any(is_opened), "{told:?}");
        };
        match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Said { from, payload } => {
                offered += 1;
                for generation in 0..3_u32 {
                    for counter in 0..5_u32 {
                        let head = [generation.to_be_bytes(), counter.to_be_bytes()].concat();
                        let payload = &[&head, &payload[8..]].concat();
                        shows_nothing(&DaemonFrame::Said { from, payload }.encode());
                    }
                }
            }
            DaemonFrame::Passed { .. } => offered += 1,
            // That it is out is what such a daemon would hide.
            DaemonFrame::Kicked { .. } => continue,
            _ => {}
        }
        shows_nothing(frame);
    }
    offered
}

/// Everyone's chain is known to everyone, and the third is put out. The others have
/// in `frames` only what they are told from then on.
async fn kicked(daemon: &Daemon) -> [Member; 3] {
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let mut ben = Member::enter(daemon.address(), "Ben").await;
    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    ada.next_few(2).await;
    ben.next().await;
    for (number, text) in [(1, "one"), (2, "two")] {
        ada.say(text).await;
        ben.say(text).await;
        for member in [&mut ada, &mut ben, &mut cleo] {
            member.next_few(2).await;
        }
        assert_eq!(cleo.frames.iter().filter(|frame| frame[1] == 5).count(), 2 * number);
    }
    ada.kick(cleo.id).await;
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next().await, Heard::kicked(3, 1));
        member.frames.clear();
    }
    // Of this it hears nothing: it goes on as if it had its seat.
    while let Next::Frame(_) = cleo.line.next().await {}
    [ada, ben, cleo]
}

async fn talks_on(ada: &mut Member, ben: &mut Member) {
    for text in ["three", "four"] {
        ada.say(text).await;
        ben.say(text).await;
        for member in [&mut *ada, &mut *ben] {
            for heard in member.next_few(2).await {
                assert!(matches!(heard, Heard::Message { text: read, .. } if read == text));
            }
        }
    }
    ada.whisper(2, "just us").await;
    assert!(matches!(ben.next().await, Heard::Whisper { .. }));
}

#[tokio::test]
async fn a_kicked_member_s_keys_open_nothing_of_later_frames() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = kicked(&daemon).await;
    talks_on(&mut ada, &mut ben).await;
    let later = [ada.frames, ben.frames].concat();
    // Two chains, two messages each to two members, a whisper.
    assert_eq!(opens_nothing(&mut cleo.group, &later), 2 + 2 * 4 + 1);
}

#[tokio::test]
async fn a_kicked_member_s_keys_open_no_box_with_the_next_password() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = kicked(&daemon).await;
    let next = Password::choose(NEXT_PASSWORD).unwrap();
    ada.relock(&next, &[]).await;
    both(&mut ada, &mut ben, &Heard::Relocked(1, vec![])).await;
    talks_on(&mut ada, &mut ben).await;
    // The daemon has it stay, too.
    let with_it = |frame: &Vec<u8>| match DaemonFrame::decode(frame).unwrap() {
        DaemonFrame::Relocked { by, lock, heart, mut staying } => {
            staying.push(Id(3));
            DaemonFrame::Relocked { by, lock, heart, staying }.encode()
        }
        _ => frame.clone(),
    };
    for frames in [&ada.frames, &ben.frames] {
        assert_eq!(frames.iter().filter(|frame| frame[1] == 18).count(), 1, "a box each");
    }
    let later: Vec<_> = ben.frames.iter().chain(&ada.frames).map(with_it).collect();
    assert!(opens_nothing(&mut cleo.group, &later) > 2 + 2 * 4);
    assert_eq!(cleo.group.door().gate(), door().gate());
    assert_ne!(cleo.group.door().gate(), ada.group.door().gate());
    assert_eq!(ben.group.door().gate(), Door::derive(ROOM, &next).gate());
}

/// A newcomer of the same alias and password is told all that somebody was told, and opens nothing of it; returns
/// how many sealed things it was offered.
fn in_the_place_of(alias: &str, member: &Member) -> usize {
    let mut group = Group::enter(door().clone(), alias.parse().unwrap(), Random::from_system().unwrap());
    group.hear(&member.line.hello, 0).unwrap();
    let offered = opens_nothing(&mut group, &member.frames);
    // It is in that one's place, and sees who was there: that much the password tells.
    assert_eq!((group.you(), group.accepted().len()), (Some(Id(member.id)), 1));
    offered
}

#[tokio::test]
async fn who_entered_later_opens_nothing_recorded_before_with_the_password() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let mut ben = Member::enter(daemon.address(), "Ben").await;
    ada.next().await;
    ada.say("before").await;
    ben.whisper(1, "before").await;
    ben.next().await;
    ada.next_few(2).await;
    let recorded = [&ada.frames[1..], &ben.frames[1..]].concat();
    // An alias can be taken by everybody who has the password, to be in its member's place in what was recorded.
    assert_eq!(in_the_place_of("Ada", &ada), 2);
    assert_eq!(in_the_place_of("Ben", &ben), 2);

    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    assert_eq!(ada.next().await, Heard::Joined(3, "Cleo".into()));
    ada.say("after").await;
    assert!(matches!(cleo.next().await, Heard::Message { .. }), "Cleo has Ada's chain now");
    assert_eq!(opens_nothing(&mut cleo.group, &recorded), 4);
    assert!(cleo.group.card(Id(1)).is_some_and(|card| card.alias.as_str() == "Ada"));
}
