//! What the daemon's memory holds of rooms, and what is left of them.

use sanctuary_seal::Password;
use sanctuary_sign::SigningKey;
use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Id, Rule, SeatKey, Signature, Staying, Tag, signed};
use sha2::{Digest, Sha512};

use nix::sys::signal::Signal;

use super::memory::Secrets;
use super::support::{self, Daemon, Heard, Line, Member, PATIENCE, Tap};
use super::{SMALL, is_root};

/// As [`SMALL`], and what is remembered of seats is soon forgotten.
const FORGETFUL: &[(&str, &str)] = &[SMALL[0], SMALL[1], SMALL[2], SMALL[3], ("grace", "\"1 s\"")];

pub(crate) const ALICE: &str = "Alice-7f3a90";
pub(crate) const BOB: &str = "Bob-c41d22";
pub(crate) const SPOKEN: &str = "meet me under the ninth arch";
pub(crate) const WHISPERED: &str = "bring the second lantern";
const ANOTHER_PASSWORD: &str = "a sled by any other name";
pub(crate) const FAREWELL: &str = "until the frost is over";

/// Two members who have spoken and whispered, and what passed between them and the daemon.
pub(crate) async fn conversation(daemon: &Daemon) -> (Member, Member, Tap) {
    let tap = Tap::before(daemon.address()).await;
    let mut alice = Member::create(tap.address, ALICE).await;
    let mut bob = Member::enter(tap.address, BOB).await;
    alice.next().await; // Bob joined
    alice.say(SPOKEN).await;
    alice.next().await;
    bob.next().await;
    bob.whisper(alice.id, WHISPERED).await;
    alice.next().await;
    (alice, bob, tap)
}

/// The same two give the room another password, and renew their keys.
async fn relock(alice: &mut Member, bob: &mut Member) {
    alice.relock(&Password::choose(ANOTHER_PASSWORD).unwrap(), &[]).await;
    for member in [alice, bob] {
        assert_eq!(member.next().await, Heard::Relocked(1, vec![]));
    }
}

/// Everything of a conversation that the daemon has held at some time: sealed, or naming somebody's
/// place. Beside it the keys of seats, which are remembered for a grace.
fn held(tap: &Tap) -> (Secrets, Secrets) {
    let (mut secrets, mut seats) = (Secrets::default(), Secrets::default());
    for capture in tap.captures() {
        for message in capture.client_messages() {
            match ClientFrame::decode(&message).unwrap() {
                ClientFrame::Create { gate, heart, seat, card, tag, signature, .. } => {
                    secrets.add("gate", &gate.0);
                    secrets.add("heart", &heart);
                    seats.add("seat", &seat.0);
                    secrets.add("card", &card);
                    secrets.add("tag", &tag.0);
                    secrets.add("signature", &signature.0);
                }
                ClientFrame::Enter { seat, card, tag, signature, .. } => {
                    seats.add("seat", &seat.0);
                    secrets.add("card", &card);
                    secrets.add("tag", &tag.0);
                    secrets.add("signature", &signature.0);
                }
                ClientFrame::Resume { signature, .. } => secrets.add("signature", &signature.0),
                ClientFrame::Say { payload } => secrets.add("payload", payload),
                ClientFrame::Pass(passed) => {
                    for (_, sealed) in passed.iter() {
                        secrets.add("passed", sealed);
                    }
                }
                ClientFrame::Order { command, signature } => {
                    secrets.add("signature", &signature.0);
                    add_command(&mut secrets, Command::decode(command).unwrap());
                }
                ClientFrame::Exit => {}
            }
        }
        for message in capture.daemon_messages() {
            match DaemonFrame::decode(&message).unwrap() {
                DaemonFrame::Hello { nonce, .. } => secrets.add("nonce", &nonce.0),
                DaemonFrame::Welcome { order, .. } => secrets.add("order", &order.0),
                _ => {}
            }
        }
    }
    (secrets, seats)
}

fn add_command(secrets: &mut Secrets, command: Command<'_>) {
    match command {
        Command::Kick { payload, .. } | Command::Stop { payload, .. } | Command::Hand { payload, .. } => {
            secrets.add("payload", payload);
        }
        Command::Lock { .. } => {}
        Command::Relock { gate, heart, staying, .. } => {
            secrets.add("gate", &gate.0);
            secrets.add("heart", &heart);
            for Staying { tag, door, .. } in staying {
                secrets.add("tag", &tag.0);
                secrets.add("box", &door.0);
            }
        }
        Command::Renew { card, tag, .. } => {
            secrets.add("card", &card);
            secrets.add("tag", &tag.0);
        }
    }
}

/// Waits until the daemon's memory holds none of `secrets`; it goes on after the members have heard
/// of the end.
async fn forgotten(daemon: &Daemon, secrets: &Secrets) {
    let deadline = std::time::Instant::now() + PATIENCE / 4;
    loop {
        let found = secrets.found_in(daemon.pid());
        if found.is_empty() {
            return;
        }
        assert!(std::time::Instant::now() < deadline, "still in memory: {found:?}");
        tokio::task::yield_now().await;
    }
}

/// At the end of a room all goes but the keys of its seats, and these go with the grace.
async fn all_is_forgotten(daemon: &Daemon, tap: &Tap) {
    let (secrets, seats) = held(tap);
    forgotten(daemon, &secrets).await;
    forgotten(daemon, &seats).await;
}

#[tokio::test]
async fn while_a_room_lives_the_daemon_holds_neither_password_nor_alias_nor_text() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::with(SMALL).await;
    let (mut alice, mut bob, tap) = conversation(&daemon).await;
    relock(&mut alice, &mut bob).await;
    let mut members = Secrets::default();
    for (name, text) in [
        ("password", support::PASSWORD),
        ("password", ANOTHER_PASSWORD),
        ("alias", ALICE),
        ("alias", BOB),
        ("text", SPOKEN),
        ("text", WHISPERED),
    ] {
        members.add_text(name, text);
    }
    assert_eq!(members.found_in(daemon.pid()), [] as [String; 0]);
    // And the scan does find what a living room needs.
    let (secrets, seats) = held(&tap);
    let found = [secrets, seats].map(|secrets| secrets.found_in(daemon.pid())).concat();
    for needed in ["gate", "heart", "card", "tag", "seat"] {
        assert!(found.iter().any(|found| found.starts_with(needed)), "{needed}: {found:?}");
    }
}

/// Whoever breaks in finds what a signature of the seat is checked with, and nothing to sign with.
#[tokio::test]
async fn the_daemon_holds_no_secret_of_a_seat() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::with(SMALL).await;
    let (seed, room) = (std::array::from_fn(|at| u8::try_from(at).unwrap() * 7 + 3), support::ROOM);
    let key = SigningKey::from_seed(&seed);
    let (seat, card, tag) = (SeatKey(key.public().to_bytes()), (&[1; 320]).into(), Tag([5; 16]));
    let sign = |message: Vec<u8>| Signature(key.sign(&message));

    let mut line = Line::open(daemon.address(), room).await;
    let (heart, rule, gate) = ((&[2; 192]).into(), Rule::Keeper, support::door().gate());
    let signature = support::door().sign_create(&line.nonce, heart, rule, &seat, card, &tag);
    let seat_of = seat.clone();
    line.send(&ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: None }).await;
    let id = Id(support::welcomed(&line.frame().await));
    let command = Command::Lock { turn: 1, locked: true }.encode();
    let signature = sign(signed::order(&line.nonce, &command));
    line.send(&ClientFrame::Order { command: &command, signature }).await;
    assert!(matches!(DaemonFrame::decode(&line.frame().await).unwrap(), DaemonFrame::Locked { .. }));
    drop(line);
    let mut line = Line::open(daemon.address(), room).await;
    let signature = sign(signed::resume(&line.nonce, room, id));
    line.send(&ClientFrame::Resume { room, id, signature }).await;
    support::welcomed(&line.frame().await);

    let (mut secret, mut public) = (Secrets::default(), Secrets::default());
    secret.add("seed", &seed);
    // By which it signs (RFC 8032, 5.1.5).
    secret.add("expanded seed", &Sha512::digest(seed));
    public.add("seat", &seat_of.0);
    assert_eq!(secret.found_in(daemon.pid()), [] as [String; 0]);
    assert_ne!(public.found_in(daemon.pid()), [] as [String; 0]);
}

#[tokio::test]
async fn a_box_is_forgotten_when_its_member_shows_that_it_has_it() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::with(SMALL).await;
    let (mut alice, bob, tap) = conversation(&daemon).await;
    let bob = bob.cut();
    assert_eq!(alice.next().await, Heard::Away(2));
    alice.relock(&Password::choose(ANOTHER_PASSWORD).unwrap(), &[]).await;
    assert_eq!(alice.next().await, Heard::Relocked(1, vec![]));
    let mut boxes = Secrets::default();
    for capture in tap.captures() {
        for message in capture.client_messages() {
            if let ClientFrame::Order { command, .. } = ClientFrame::decode(&message).unwrap()
                && let Command::Relock { staying, .. } = Command::decode(command).unwrap()
            {
                for Staying { id, door, .. } in staying {
                    boxes.add(&format!("box of {id:?}"), &door.0);
                }
            }
        }
    }
    assert_ne!(boxes.found_in(daemon.pid()), [] as [String; 0], "kept for who is away");
    let mut bob = bob.resume(tap.address).await.unwrap();
    assert_eq!(alice.next().await, Heard::Back(2));
    // Behind its renewed card.
    bob.say(SPOKEN).await;
    while !matches!(bob.next().await, Heard::Message { .. }) {}
    // Buffers go with the connection that the boxes came in by; the room goes on.
    alice.exit(FAREWELL).await;
    alice.line.close().await;
    while !matches!(bob.next().await, Heard::Left(1, _)) {}
    forgotten(&daemon, &boxes).await;
}

#[tokio::test]
async fn nothing_of_a_room_is_left_in_memory_when_it_is_stopped() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::with(FORGETFUL).await;
    let (mut alice, mut bob, tap) = conversation(&daemon).await;
    relock(&mut alice, &mut bob).await;
    alice.stop().await;
    alice.line.close().await;
    bob.line.close().await;
    all_is_forgotten(&daemon, &tap).await;
}

#[tokio::test]
async fn nothing_of_a_room_is_left_in_memory_when_its_last_member_exits() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::with(FORGETFUL).await;
    let (mut alice, mut bob, tap) = conversation(&daemon).await;
    relock(&mut alice, &mut bob).await;
    alice.exit(FAREWELL).await;
    alice.line.close().await;
    bob.exit(FAREWELL).await;
    bob.line.close().await;
    all_is_forgotten(&daemon, &tap).await;
}

#[tokio::test]
async fn nothing_of_a_room_is_left_in_memory_when_all_are_purged() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::with(SMALL).await;
    let (mut alice, mut bob, tap) = conversation(&daemon).await;
    relock(&mut alice, &mut bob).await;
    daemon.signal(Signal::SIGUSR1);
    alice.line.close().await;
    bob.line.close().await;
    // Nobody has to wait for the grace.
    all_is_forgotten(&daemon, &tap).await;
}
