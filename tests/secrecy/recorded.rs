//! What is in a conversation that somebody recorded.

use std::collections::BTreeSet;

use sanctuary_seal::{Group, Password, Proof};
use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Departure, Id};

use super::support::{Capture, Daemon, Heard, Member, PASSWORD, ROOM, Tap};
use super::{NEXT_PASSWORD, both};

const KEEPER: &str = "Quasimodo";
const GUEST: &str = "Esmeralda";
const RENAMED: &str = "Agnes-de-Guybertaut";
const OTHER: &str = "Phoebus";
const MESSAGE: &str = "the treasure lies below the ninth bell";
const WHISPER: &str = "bring the silver ladder tonight";
const FAREWELL: &str = "adieu and beware of Frollo";

/// A whole conversation through a tap.
struct Recorded {
    captures: Vec<Capture>,
    /// Public keys that members show each other.
    keys: Vec<[u8; 32]>,
}

async fn conversation(daemon: &Daemon) -> Recorded {
    let tap = Tap::before(daemon.address()).await;
    let mut keeper = Member::create(tap.address, KEEPER).await;
    let mut guest = Member::enter(tap.address, GUEST).await;
    assert_eq!(keeper.next().await, Heard::Joined(2, GUEST.into()));
    keeper.say(MESSAGE).await;
    both(&mut keeper, &mut guest, &Heard::Message { number: 1, from: 1, text: MESSAGE.into() }).await;
    guest.whisper(1, WHISPER).await;
    assert_eq!(keeper.next().await, Heard::Whisper { from: 2, text: WHISPER.into() });
    let shown =
        |group: &Group, id| group.card(Id(id)).map(|card| [card.voice.to_bytes(), card.public.to_bytes()]);
    let mut keys: Vec<_> =
        [shown(&keeper.group, 2), shown(&guest.group, 1)].into_iter().flatten().flatten().collect();
    guest.rename(RENAMED).await;
    both(&mut keeper, &mut guest, &Heard::Renamed(2, RENAMED.into())).await;

    let other = Member::enter(tap.address, OTHER).await;
    both(&mut keeper, &mut guest, &Heard::Joined(3, OTHER.into())).await;
    keeper.lock(true).await;
    both(&mut keeper, &mut guest, &Heard::Locked(true)).await;
    keeper.kick(other.id).await;
    both(&mut keeper, &mut guest, &Heard::kicked(3, 1)).await;
    keeper.relock(&Password::choose(NEXT_PASSWORD).unwrap(), &[]).await;
    both(&mut keeper, &mut guest, &Heard::Relocked(1, vec![])).await;

    let guest = guest.cut();
    assert_eq!(keeper.next().await, Heard::Away(2));
    let mut guest = guest.resume(tap.address).await.unwrap();
    assert_eq!(keeper.next().await, Heard::Back(2));
    keeper.hand(2).await;
    let handed = Heard::Handed { id: 2, by: 1, proof: Proof::Proved };
    both(&mut keeper, &mut guest, &handed).await;
    keys.extend([shown(&keeper.group, 2), shown(&guest.group, 1)].into_iter().flatten().flatten());
    keeper.exit(FAREWELL).await;
    assert_eq!(guest.next().await, Heard::Farewell { number: 2, from: 1, text: FAREWELL.into() });
    assert_eq!(guest.next().await, Heard::Left(1, Departure::Exit));
    guest.stop().await;
    while !matches!(guest.next().await, Heard::Closed(_)) {}
    assert_eq!(keys.len(), 8);
    Recorded { captures: tap.captures(), keys }
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
    let recorded = conversation(&daemon).await;
    let seen = seen(&recorded.captures);
    assert!(holds(&seen, &ROOM.0), "the room's name is no secret: it must be found where there is one");
    let secrets = [KEEPER, GUEST, RENAMED, OTHER, PASSWORD, NEXT_PASSWORD, MESSAGE, WHISPER, FAREWELL];
    for secret in secrets {
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

/// So nobody holds proof of which address owns a voice.
#[tokio::test]
async fn a_captured_conversation_holds_no_voice_and_none_of_the_keys_that_members_show_each_other() {
    let daemon = Daemon::start().await;
    let recorded = conversation(&daemon).await;
    let seen = seen(&recorded.captures);
    for key in &recorded.keys {
        assert!(!holds(&seen, &key[..16]) && !holds(&seen, &key[16..]), "{key:x?} is in what passed");
    }
}

/// The search above would be worth nothing if what is masked were not read rightly.
#[tokio::test]
async fn the_capture_is_whole_and_is_what_was_said() {
    let daemon = Daemon::start().await;
    let captures = conversation(&daemon).await.captures;
    assert_eq!(captures.len(), 4, "three entries and a resume");
    let sent: Vec<Vec<u8>> = captures.iter().flat_map(Capture::client_messages).collect();
    // Of an order, its command.
    let kinds: BTreeSet<u8> = sent
        .iter()
        .map(|frame| match ClientFrame::decode(frame).unwrap() {
            ClientFrame::Order { command, .. } => Command::decode(command).unwrap().number(),
            frame => frame.number(),
        })
        .collect();
    assert_eq!(kinds, BTreeSet::from([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13]), "all that a client can say");
    let told: Vec<Vec<u8>> = captures.iter().flat_map(Capture::daemon_messages).collect();
    let kinds: BTreeSet<u8> = told.iter().map(|frame| frame[1]).collect();
    // But for those that refuse, deny, announce, end a silence, or tell of an office that was left.
    let most = BTreeSet::from([0, 1, 3, 4, 5, 6, 7, 8, 10, 12, 14, 15, 16, 17, 18]);
    assert!(kinds.is_superset(&most), "{kinds:?}");
    let said = |frames: &[Vec<u8>]| -> Vec<Vec<u8>> {
        frames
            .iter()
            .filter_map(|frame| match DaemonFrame::decode(frame).unwrap() {
                DaemonFrame::Said { payload, .. } => Some(payload.to_vec()),
                _ => None,
            })
            .collect()
    };
    let say = |frame: &Vec<u8>| match ClientFrame::decode(frame).unwrap() {
        ClientFrame::Say { payload } => Some(payload.to_vec()),
        _ => None,
    };
    assert_eq!(said(&captures[0].daemon_messages()), sent.iter().filter_map(say).collect::<Vec<_>>());
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
