//! What the daemon and the network see of what members say: nothing. What a kicked member's keys open of
//! what is said later: nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use sanctuary_seal::{Group, Random, SealError};
use sanctuary_wire::{ClientFrame, DaemonFrame, Departure, Id};

use support::{Capture, Daemon, Heard, Member, PASSWORD, ROOM, Tap, door};

const KEEPER: &str = "Quasimodo";
const GUEST: &str = "Esmeralda";
const MESSAGE: &str = "the treasure lies below the ninth bell";
const WHISPER: &str = "bring the silver ladder tonight";
const FAREWELL: &str = "adieu and beware of Frollo";

/// A whole conversation through a tap, and what was recorded.
async fn conversation(daemon: &Daemon) -> Vec<Capture> {
    let tap = Tap::before(daemon.address()).await;
    let mut keeper = Member::create(tap.address, KEEPER).await;
    let mut guest = Member::enter(tap.address, GUEST).await;
    assert_eq!(keeper.next().await, Heard::Joined(2, GUEST.into()));
    keeper.say(MESSAGE).await;
    assert_eq!(guest.next().await, Heard::Message { number: 1, from: 1, text: MESSAGE.into() });
    guest.whisper(1, WHISPER).await;
    assert!(matches!(keeper.next().await, Heard::Message { .. }));
    assert_eq!(keeper.next().await, Heard::Whisper { from: 2, text: WHISPER.into() });
    let guest = guest.cut();
    assert_eq!(keeper.next().await, Heard::Away(2));
    let mut guest = guest.resume(tap.address).await.unwrap();
    assert_eq!(keeper.next().await, Heard::Back(2));
    guest.exit(FAREWELL).await;
    assert_eq!(keeper.next().await, Heard::Farewell { number: 2, from: 2, text: FAREWELL.into() });
    assert_eq!(keeper.next().await, Heard::Left(2, Departure::Exit));
    keeper.stop().await;
    while !matches!(keeper.next().await, Heard::Closed(_)) {}
    tap.captures()
}

/// All bytes that can be searched: both directions as they passed, and the messages, unmasked.
fn seen(captures: &[Capture]) -> Vec<u8> {
    let mut seen = Vec::new();
    for capture in captures {
        seen.extend_from_slice(&capture.from_client);
        seen.extend_from_slice(&capture.from_daemon);
        seen.extend(capture.client_messages().concat());
        seen.extend(capture.daemon_messages().concat());
    }
    seen
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn a_captured_conversation_holds_neither_alias_nor_password_nor_text() {
    let daemon = Daemon::start().await;
    let captures = conversation(&daemon).await;
    let seen = seen(&captures);
    assert!(holds(&seen, &ROOM.0), "the room's name is no secret: it must be found where there is one");
    for secret in [KEEPER, GUEST, PASSWORD, MESSAGE, WHISPER, FAREWELL] {
        let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        for form in [secret.as_bytes(), secret.to_lowercase().as_bytes(), &utf16, hex.as_bytes()] {
            assert!(!holds(&seen, form), "{secret} is in what passed");
        }
        // Nor any part of it that could be there by itself.
        for part in secret.split(' ').filter(|part| part.len() > 5) {
            assert!(!holds(&seen, part.as_bytes()), "{part} is in what passed");
        }
    }
}

/// The search above would be worth nothing if what is masked were not read rightly.
#[tokio::test]
async fn the_capture_is_whole_and_is_what_was_said() {
    let daemon = Daemon::start().await;
    let captures = conversation(&daemon).await;
    assert_eq!(captures.len(), 3, "two entries and a resume");
    let sent: Vec<Vec<u8>> = captures.iter().flat_map(Capture::client_messages).collect();
    let kinds: Vec<u8> = sent.iter().map(|frame| ClientFrame::decode(frame).unwrap().number()).collect();
    // create, pass and say, stop; enter, pass; resume, pass and say, exit.
    assert_eq!(kinds, [1, 5, 4, 7, 2, 5, 3, 5, 4, 8]);
    let said = |frames: &[Vec<u8>]| -> Vec<Vec<u8>> {
        frames
            .iter()
            .filter_map(|frame| match DaemonFrame::decode(frame).unwrap() {
                DaemonFrame::Said { payload, .. } => Some(payload.to_vec()),
                _ => None,
            })
            .collect()
    };
    let told = said(&captures[0].daemon_messages());
    let say = |frame: &Vec<u8>| match ClientFrame::decode(frame).unwrap() {
        ClientFrame::Say { payload } => Some(payload.to_vec()),
        _ => None,
    };
    assert_eq!(told, sent.iter().filter_map(say).collect::<Vec<_>>());
}

#[tokio::test]
async fn short_texts_are_all_of_one_length() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let mut lengths = Vec::new();
    for text in ["", "yes", "no", &"x".repeat(100)] {
        ada.say(text).await;
        assert!(matches!(ada.next().await, Heard::Message { .. }));
        lengths.push(ada.frames.last().unwrap().len());
    }
    assert!(lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
}

/// Nothing in `frames` opens for `group`; returns how many sealed things it was offered.
fn opens_nothing(group: &mut Group, frames: &[Vec<u8>]) -> usize {
    let mut offered = 0;
    for frame in frames {
        match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Said { from, payload, .. } => {
                offered += 1;
                assert!(group.said(from, payload).is_err(), "a message");
                // Nor when the daemon helps and passes it off as one of an earlier generation.
                for generation in 0..3u32 {
                    for counter in 0..5u32 {
                        let head = [generation.to_be_bytes(), counter.to_be_bytes()].concat();
                        let disguised = [head.as_slice(), &payload[8..]].concat();
                        if disguised != payload {
                            assert!(group.said(from, &disguised).is_err(), "a message in disguise");
                        }
                    }
                }
            }
            DaemonFrame::Passed { from, passed } => {
                offered += 1;
                assert_eq!(group.passed(from, passed), Err(SealError::Forged), "a pass");
            }
            _ => {}
        }
    }
    offered
}

#[tokio::test]
async fn a_kicked_member_s_keys_open_nothing_of_later_frames() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let mut ben = Member::enter(daemon.address(), "Ben").await;
    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    ada.next_few(2).await;
    ben.next().await;
    // Everyone's chain is known to everyone.
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
        // He could read all until then; from here on it counts.
        member.frames.clear();
    }
    while !matches!(cleo.next().await, Heard::Closed(4001)) {}

    for text in ["three", "four"] {
        ada.say(text).await;
        ben.say(text).await;
        for member in [&mut ada, &mut ben] {
            for heard in member.next_few(2).await {
                assert!(matches!(heard, Heard::Message { text: read, .. } if read == text));
            }
        }
    }
    ada.whisper(2, "just us").await;
    assert!(matches!(ben.next().await, Heard::Whisper { .. }));

    let later = [ada.frames, ben.frames].concat();
    // Two chains, two messages each to two members, a whisper.
    assert_eq!(opens_nothing(&mut cleo.group, &later), 2 + 2 * 4 + 1);
}

/// A newcomer of the same alias and password is told all that somebody was told, and opens nothing of it; returns
/// how many sealed things it was offered.
fn in_the_place_of(alias: &str, frames: &[Vec<u8>]) -> usize {
    let mut group = Group::new(door().clone(), alias.parse().unwrap(), Random::from_system().unwrap());
    let mut offered = 0;
    for frame in frames {
        match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Welcome { you, members, .. } => assert_eq!(group.welcome(you, &members), []),
            DaemonFrame::Joined { id, card } => drop(group.joined(id, &card).unwrap()),
            DaemonFrame::Passed { from, passed } => {
                offered += 1;
                assert_eq!(group.passed(from, passed), Err(SealError::Forged), "a pass");
            }
            DaemonFrame::Said { from, payload, .. } => {
                offered += 1;
                assert!(group.said(from, payload).is_err(), "a message");
            }
            _ => {}
        }
    }
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
    let recorded = [ada.frames.clone(), ben.frames.clone()].concat();
    // Who knows the password may take an alias, too, and be in that one's place in what was recorded.
    assert_eq!(in_the_place_of("Ada", &ada.frames), 2);
    assert_eq!(in_the_place_of("Ben", &ben.frames), 2);

    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    assert_eq!(ada.next().await, Heard::Joined(3, "Cleo".into()));
    ada.say("after").await;
    assert!(matches!(cleo.next().await, Heard::Message { .. }), "Cleo has Ada's chain now");
    assert_eq!(opens_nothing(&mut cleo.group, &recorded), 4);
    assert!(cleo.group.member(Id(1)).is_some_and(|card| card.alias.as_str() == "Ada"));
    assert_eq!(cleo.group.door().room(), door().room());
}
