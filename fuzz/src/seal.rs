//! What a member reads of others and of the daemon: hearts, cards, boxes, passes and payloads, forged or sealed by a
//! hostile member, in whatever frames.

use std::sync::OnceLock;

use sanctuary_seal::{Alias, Card, Door, Group, Heart, Password, Public, Random, TimedText};
use sanctuary_sign::{PublicKey, SigningKey};
use sanctuary_wire::cbor::{Item, encode};
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Departure, Entry, Hash, Id, LargestFrame, Nonce, RoomId, SealedDoor, Seated,
};
use sha2::{Digest, Sha256};
use x25519_dalek::StaticSecret;

use super::Choices;
use super::forge::{expand, filled, hkdf, sealed};

/// The hostile member, who keeps the room, and the one who reads.
const EVE: Id = Id(1);
const ADA: Id = Id(2);
const SOMEBODY: Id = Id(3);

/// What the room's heart holds, and by what its opener seals all else.
const SECRET: [u8; 32] = [5; 32];

/// Milliseconds; nothing hangs on them here.
const NOW: u64 = 1_000;

/// A door whose keys the vectors give away.
struct Keys {
    door: Door,
    room: RoomId,
    password: Vec<u8>,
    /// The key of the door, from which the others follow.
    key: [u8; 32],
    card: [u8; 64],
    salt: [u8; 32],
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../testdata/protocol.json")).unwrap();
        let door = &vectors["doors"][0];
        let room = RoomId(bytes(&door["room"]));
        let password = Password::read(door["password"].as_str().unwrap()).unwrap();
        Keys {
            door: Door::derive(room, &password),
            room,
            password: bytes::<16>(&door["password_bytes"]).to_vec(),
            key: bytes(&door["door"]),
            card: bytes(&door["card_key"]),
            salt: expand(&SECRET, "sanctuary/1 salt"),
        }
    })
}

fn bytes<const N: usize>(hex: &serde_json::Value) -> [u8; N] {
    let hex = hex.as_str().unwrap();
    std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
}

/// An item as it is filled up before it is sealed.
fn plaintext<'a>(item: &impl Item<'a>) -> Vec<u8> {
    filled(encode(item))
}

fn heart(plaintext: &[u8]) -> Vec<u8> {
    sealed(&keys().card, plaintext, &encode(&("heart", keys().room)))
}

fn card(plaintext: &[u8]) -> Vec<u8> {
    sealed(&keys().card, plaintext, &encode(&("card", keys().room)))
}

fn true_heart() -> Vec<u8> {
    heart(&plaintext(&(SECRET, 0u8, &keys().password[..], "Eve", 7u64)))
}

/// Somebody's card as it should be.
fn true_card(alias: &str, voice: &SigningKey, public: [u8; 32], n: u32, entry: &Entry) -> Vec<u8> {
    let signed = encode(&("sanctuary/1 card", keys().room, entry.0, alias, public, n));
    card(&plaintext(&(alias, voice.public().to_bytes(), public, n, voice.sign(&signed))))
}

/// A member, and the hostile one whom it meets.
struct Meeting {
    group: Group,
    voice: PublicKey,
    public: Public,
    eve: SigningKey,
    secret: StaticSecret,
}

impl Meeting {
    fn new() -> Self {
        let alias: Alias = "Ada".parse().unwrap();
        let mut group = Group::enter(keys().door.clone(), alias, Random::from_system().unwrap());
        let nonce = Nonce([3; 32]);
        let hello = DaemonFrame::Hello {
            nonce: nonce.clone(),
            largest_frame: LargestFrame::nearest(65_536),
            silence_ms: 40_000,
        };
        group.hear(&hello.encode(), NOW).unwrap();
        let entering = group.frames().pop().expect("a first frame");
        let Ok(ClientFrame::Enter { card: own, .. }) = ClientFrame::decode(&entering) else { panic!() };
        let Card { voice, public, .. } = Card::open(&keys().door, &nonce.entry(), &own).unwrap();

        let (eve, secret, entry) =
            (SigningKey::from_seed(&[9; 32]), StaticSecret::from([7; 32]), Entry([4; 16]));
        let hers = true_card("Eve", &eve, x25519_dalek::PublicKey::from(&secret).to_bytes(), 0, &entry);
        let heart = true_heart();
        let seated = |id, entry, card| Seated { id, entry, card, away: false };
        let welcome = DaemonFrame::Welcome {
            you: ADA,
            keeper: EVE,
            locked: false,
            lock: 0,
            heart: heart.as_slice().try_into().unwrap(),
            said: 0,
            count: 1,
            order: Hash([6; 32]),
            protections: 0,
            members: vec![
                seated(EVE, entry, hers.as_slice().try_into().unwrap()),
                seated(ADA, nonce.entry(), own),
            ]
            .into(),
            boxed: None,
        };
        group.hear(&welcome.encode(), NOW).unwrap();
        assert_eq!(group.accepted(), [EVE], "both are known to each other");
        Self { group, voice, public, eve, secret }
    }

    fn hears(&mut self, frame: &DaemonFrame<'_>) {
        let _ = self.group.hear(&frame.encode(), NOW);
        let _ = self.group.frames();
    }

    /// Passes a body sealed as it should be.
    fn pass(&mut self, body: &[u8]) {
        let (from, to) = (x25519_dalek::PublicKey::from(&self.secret).to_bytes(), self.public.to_bytes());
        let shared = self.secret.diffie_hellman(&to.into());
        let (room, voice) = (keys().room, self.eve.public().to_bytes());
        let info = encode(&("pair", room, voice, from, self.voice.to_bytes(), to));
        let key = hkdf(&keys().salt, shared.as_bytes(), &info);
        let passed = sealed(&key, body, &encode(&("pass", room)));
        self.hears(&DaemonFrame::Passed { from: EVE, passed: &passed });
    }

    /// Seals a plaintext under a chain of zeros, which it passes first.
    fn say(&mut self, generation: u32, counter: u32, plaintext: &[u8]) -> Vec<u8> {
        self.pass(&filled(encode(&(0u8, generation, counter, [0; 32]))));
        let key = hkdf(&keys().salt, &[0; 32], b"sanctuary/1 message");
        let aad = encode(&("say", keys().room, self.eve.public().to_bytes(), generation, counter));
        let sealed = sealed(&key, plaintext, &aad);
        [&generation.to_be_bytes()[..], &counter.to_be_bytes(), &sealed].concat()
    }

    /// The same of a body, as signed as it should be.
    fn signed_say(&mut self, counter: u32, body: &[u8]) -> Vec<u8> {
        let (voice, view) = (self.eve.public().to_bytes(), [0; 16]);
        let (n, lock, count) = (0u32, 0u32, 1u64);
        let signed =
            encode(&("sanctuary/1 say", keys().room, voice, 0u32, counter, n, lock, count, view, body));
        let mut said = filled(encode(&(n, lock, count, view, body, self.eve.sign(&signed))));
        said.resize(said.len().max(256), 0);
        self.say(0, counter, &said)
    }

    /// Gives the room another password, sealed for Ada as it should be, but for what is sealed.
    fn relock(&mut self, plaintext: Option<&[u8]>, heart: &[u8]) {
        let (lock, staying) = (1u32, vec![EVE, ADA]);
        let ephemeral = StaticSecret::from([8; 32]);
        let (public, to) = (x25519_dalek::PublicKey::from(&ephemeral).to_bytes(), self.public.to_bytes());
        let (room, voice) = (keys().room, self.voice.to_bytes());
        let list = Hash::of_staying(&staying).0;
        let door: [u8; 32] = Sha256::digest(keys().key).into();
        let signed = encode(&("sanctuary/1 box", room, lock, public, voice, door, list));
        let honest = filled(encode(&(keys().key, self.eve.sign(&signed))));
        let mut boxed = plaintext.map_or(honest, <[u8]>::to_vec);
        boxed.resize(128, 0);
        let shared = ephemeral.diffie_hellman(&to.into());
        let key = hkdf(&keys().salt, shared.as_bytes(), &encode(&("box", room, lock, public, voice, to)));
        let mut door = SealedDoor([0; 224]);
        door.0[..32].copy_from_slice(&public);
        door.0[32..].copy_from_slice(&sealed(&key, &boxed, &encode(&("box", room, lock))));
        self.hears(&DaemonFrame::Boxed { by: EVE, door });
        if let Ok(heart) = heart.try_into() {
            self.hears(&DaemonFrame::Relocked { by: EVE, lock, heart, staying: staying.into() });
        }
    }
}

pub fn seal_open(data: &[u8]) {
    let mut choices = Choices(data);
    let mut meeting = Meeting::new();
    let mut counter = 0;
    while let Some(choice) = choices.below(16) {
        let length = choices.next().map_or(0, usize::from) * 2;
        let body = choices.take(length);
        match choice {
            0 => forged(&mut meeting, body),
            1 => hearts(body),
            2 => cards(&mut meeting, body),
            3 => meeting.pass(body),
            4 => meeting.pass(&whisper(counter, body)),
            5..=7 => {
                let payload = match choice {
                    5 => meeting.say(0, counter, body),
                    6 => meeting.say(u32::MAX, u32::MAX - u32::from(body.len() % 2 == 0), body),
                    _ => meeting.signed_say(counter, body),
                };
                meeting.hears(&DaemonFrame::Said { from: EVE, payload: &payload });
            }
            8..=10 => {
                // This is what others obey: signed as it should be, about whomever it names.
                let payload = meeting.signed_say(counter, body);
                let (by, payload) = (EVE, payload.as_slice());
                meeting.hears(&match choice {
                    8 => DaemonFrame::Kicked { id: SOMEBODY, by, payload },
                    9 => DaemonFrame::Handed { id: ADA, by, payload },
                    _ => DaemonFrame::Over {
                        end: sanctuary_wire::End::Stopped,
                        by: Some(by),
                        payload: Some(payload),
                    },
                });
            }
            11 => meeting.relock(None, &heart(body)),
            12 => meeting.relock(Some(body), &true_heart()),
            13 => agree(body),
            14 => typed(body),
            _ => {
                // Any frame at all.
                let _ = meeting.group.hear(body, NOW);
            }
        }
        counter += 1;
    }
    // One can still speak while one has a seat, whatever was heard.
    if meeting.group.is_seated() {
        let words = TimedText { at: 0, timer: 0, text: "still here".into() };
        assert!(meeting.group.message(words, NOW).is_ok());
    }
}

fn whisper(counter: u32, said: &[u8]) -> Vec<u8> {
    filled(encode(&(1u8, counter, said)))
}

/// Bytes that nobody sealed open nothing.
fn forged(meeting: &mut Meeting, body: &[u8]) {
    let before = meeting.group.accepted();
    meeting.hears(&DaemonFrame::Passed { from: EVE, passed: body });
    meeting.hears(&DaemonFrame::Said { from: EVE, payload: body });
    if let Ok(card) = body.try_into() {
        meeting.hears(&DaemonFrame::Joined { id: SOMEBODY, entry: Entry([2; 16]), card });
        meeting.hears(&DaemonFrame::Left { id: SOMEBODY, how: Departure::Exit });
    }
    assert!(meeting.group.accepted().len() <= before.len(), "somebody is accepted without a card");
}

/// A heart that opens has an alias that may be shown, and a password that may be typed.
fn hearts(body: &[u8]) {
    if let Ok(heart) = Heart::open(&keys().door, &heart(body)) {
        assert_alias(&heart.alias);
        assert!(
            Heart::open(
                &keys().door,
                &heart.seal(&keys().door, &mut Random::from_system().unwrap()).unwrap()
            ) == Ok(heart)
        );
    }
}

/// So has a card, of whoever enters with it or renews it.
fn cards(meeting: &mut Meeting, body: &[u8]) {
    let (card, entry) = (card(body), Entry([2; 16]));
    if let Ok(card) = Card::open(&keys().door, &entry, &card) {
        assert_alias(&card.alias);
    }
    if let Ok(card) = card.as_slice().try_into() {
        meeting.hears(&DaemonFrame::Renewed { id: EVE, card });
        meeting.hears(&DaemonFrame::Joined { id: SOMEBODY, entry, card });
    }
}

fn assert_alias(alias: &Alias) {
    let again: Alias = alias.as_str().parse().unwrap();
    assert_eq!(again.as_str(), alias.as_str());
}

/// Any public key is agreed with or refused, and so is any voice.
fn agree(body: &[u8]) {
    let mut public = [0; 32];
    let length = body.len().min(32);
    public[..length].copy_from_slice(&body[..length]);
    if let Ok(read) = Public::from_bytes(public) {
        assert_eq!(read.to_bytes(), public, "one encoding of a key");
    }
    if let Ok(read) = PublicKey::from_bytes(&public) {
        assert_eq!(read.to_bytes(), public, "one encoding of a voice");
        let signature = std::array::from_fn(|at| body.get(32 + at).copied().unwrap_or(0));
        let _ = read.verify(b"anything", &signature);
    }
}

/// What people type reads the same when it was written out.
fn typed(body: &[u8]) {
    let Ok(text) = std::str::from_utf8(body) else { return };
    if let Ok(invitation) = sanctuary_seal::Invitation::read(text) {
        let written = invitation.write();
        let again = sanctuary_seal::Invitation::read(&written).unwrap();
        assert!(again.write() == written, "an invitation reads as another");
    }
    if let Ok(alias) = text.parse::<Alias>() {
        assert_alias(&alias);
    }
}
