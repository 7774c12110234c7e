//! Where secrets come from: each is a draw of its own from the source, and nothing else goes into it.

use std::collections::HashSet;

use sanctuary_sign::SigningKey;
use sanctuary_wire::{ClientFrame, Command, Id, Rule};

use super::super::keys::Seat;
use super::super::*;
use super::by_hand::ByHand;
use super::room::{Players, message};
use super::rooms::other_door;
use super::vectors::door;

/// What a source gives, draw by draw: a short draw is the beginning of a long one.
struct Draws(Vec<[u8; 32]>);

impl Draws {
    fn of(seed: [u8; 32]) -> Self {
        let mut random = Random::of(seed);
        Self((0..200).map(|_| random.bytes()).collect())
    }

    /// Holds that these bytes are a draw, and that nothing else was made of it.
    fn spend(&mut self, bytes: &[u8], what: &str) {
        self.spend_one(what, |draw| draw.starts_with(bytes));
    }

    /// The same of what is not seen, but what follows from it.
    fn spend_one(&mut self, what: &str, is_it: impl Fn(&[u8; 32]) -> bool) {
        let draw = self.0.iter().position(is_it);
        self.0.remove(draw.unwrap_or_else(|| panic!("{what} is no draw of its own")));
    }

    fn spend_pair(&mut self, public: Public, what: &str) {
        self.spend_one(what, |draw| KeyPair::from_secret((*draw).into()).public() == public);
    }
}

/// A room that Ada opens with these draws, and Ben in it.
fn opened(seed: [u8; 32]) -> (Players, ByHand, Vec<u8>) {
    let mut room = Players::empty();
    let password = Password::read("9F3K-TQ2M-XA7B-0C1D").unwrap();
    let (rule, alias) = (sanctuary_wire::Rule::Keeper, "Ada".parse().unwrap());
    room.adds(Group::create(door(), password, rule, alias, 1, None, Random::of(seed)));
    room.down(0);
    let create = room.group(0).frames().remove(0);
    let on = room.all[0].on.unwrap();
    room.daemon.hears(on, &create);
    room.settle();
    let ben = ByHand::enters(&mut room, &door(), "Ben");
    (room, ben, create)
}

/// What Ada sends now.
fn sent(room: &mut Players) -> Vec<Vec<u8>> {
    let frames = room.group(0).frames();
    let on = room.all[0].on.unwrap();
    room.daemon.hears_all(on, &frames);
    room.settle();
    frames
}

#[test]
fn every_secret_and_every_iv_is_a_draw_of_its_own() {
    let mut draws = Draws::of([7; 32]);
    let (mut room, mut ben, create) = opened([7; 32]);
    let ClientFrame::Create { heart, seat, card, .. } = ClientFrame::decode(&create).unwrap() else {
        panic!()
    };
    draws.spend_one("the seat key", |draw| Seat::from_seed(draw).public() == seat);
    draws.spend(&card[..16], "the IV of a card");
    draws.spend(&heart[..16], "the IV of the heart");
    draws.spend(&Heart::open(&door(), &heart).unwrap().secret.0, "the room's secret");
    let shown = ben.cards[&Id(1)].clone();
    draws.spend_one("the voice", |draw| SigningKey::from_seed(draw).public() == shown.voice);
    draws.spend_pair(shown.public, "the X25519 secret");

    let now = room.now;
    for generation in 0..3 {
        // Somebody who leaves before the next generation.
        let other = ByHand::enters(&mut room, &door(), "Cleo");
        room.say(0, "one");
        for frame in sent(&mut room) {
            match ClientFrame::decode(&frame).unwrap() {
                ClientFrame::Pass(passes) => {
                    assert_eq!(passes.len(), 2);
                    passes.iter().for_each(|(_, passed)| draws.spend(&passed[..16], "the IV of a pass"));
                }
                ClientFrame::Say { payload } => draws.spend(&payload[8..24], "the IV of a message"),
                frame => panic!("{frame:?}"),
            }
        }
        let chain = ben.chain_of(&mut room, Id(1)).unwrap();
        assert_eq!((chain.generation(), chain.counter()), (generation, Ok(2 * generation)));
        draws.spend(&chain.key().0, "the chain of a generation");
        room.group(0).whisper(Id(2), message("psst")).unwrap();
        let whisper = sent(&mut room).remove(0);
        let Ok(ClientFrame::Pass(passes)) = ClientFrame::decode(&whisper) else { panic!() };
        draws.spend(&passes[0].1[..16], "the IV of a whisper");
        room.group(0).kick(other.id, now).unwrap();
        let (kick, _) = ordered(&sent(&mut room));
        draws.spend(&kick[8..24], "the IV of a kick");
    }

    room.group(0).thawed(now);
    let (_, renewed) = ordered(&sent(&mut room));
    draws.spend(&renewed[..16], "the IV of a renewed card");
    let entry = room.daemon.seats[0].entry.clone();
    draws.spend_pair(Card::open(&door(), &entry, &renewed).unwrap().public, "the renewed X25519 secret");

    let (new, password) = other_door(1);
    room.group(0).relock(new, password, &[Id(2)]).unwrap();
    let frames = sent(&mut room);
    let Ok(ClientFrame::Order { command, .. }) = ClientFrame::decode(&frames[0]) else { panic!() };
    let Ok(Command::Relock { heart, staying, .. }) = Command::decode(command) else { panic!() };
    draws.spend(&heart[..16], "the IV of the new heart");
    for staying in &staying {
        let ephemeral = Public::from_bytes(staying.door.0[..32].try_into().unwrap()).unwrap();
        draws.spend_pair(ephemeral, "an ephemeral secret");
        draws.spend(&staying.door.0[32..48], "the IV of a box");
    }
}

/// The payload, or the card, of the one order among these.
fn ordered(frames: &[Vec<u8>]) -> (Vec<u8>, Vec<u8>) {
    let Ok(ClientFrame::Order { command, .. }) = ClientFrame::decode(frames.last().unwrap()) else {
        panic!()
    };
    match Command::decode(command).unwrap() {
        Command::Kick { payload, .. } => (payload.to_vec(), vec![]),
        Command::Renew { card, .. } => (vec![], card.to_vec()),
        command => panic!("{command:?}"),
    }
}

/// All that an attacker could know beforehand is the same here: room, password, alias, and what is said to whom.
#[test]
fn two_of_one_alias_behind_one_door_have_no_secret_in_common() {
    let keys = [[1; 32], [2; 32]].map(|seed| {
        let (mut room, mut ben, _) = opened(seed);
        room.say(0, "one");
        sent(&mut room);
        let chain = ben.chain_of(&mut room, Id(1)).unwrap();
        let (card, heart) = (ben.cards[&Id(1)].clone(), room.group(0).heart().unwrap().clone());
        [card.public.to_bytes(), card.voice.to_bytes(), chain.key().0, heart.secret.0]
    });
    let parts: Vec<&[u8]> = keys.as_flattened().iter().flat_map(|key| key.chunks(4)).collect();
    let apart: HashSet<_> = parts.iter().collect();
    assert_eq!(apart.len(), parts.len(), "four bytes stand in two of these keys");
}

#[test]
fn a_key_pair_is_made_of_the_whole_draw() {
    let drawn = KeyPair::draw(&mut Random::of([7; 32]));
    assert_eq!(drawn.secret.to_bytes(), Random::of([7; 32]).secret::<32>().0);
}

#[test]
fn renewals_are_spread_over_four_minutes() {
    let mut at: Vec<u64> = (0..200)
        .map(|seed| {
            let mut room = Players::drawn(seed, Rule::Keeper, &["Ada", "Ben"]);
            room.ticks(2_000);
            let begun = room.now - 2_000;
            room.group(0).whisper(Id(2), message("psst")).unwrap();
            room.group(0).next_tick().unwrap() - begun
        })
        .collect();
    at.sort_unstable();
    let (least, most) = (RENEWAL_MS - RENEWAL_SPREAD_MS, RENEWAL_MS + RENEWAL_SPREAD_MS);
    assert!(least <= at[0] && at[199] <= most, "{at:?}");
    assert!(at[0] < least + 20_000 && at[199] > most - 20_000, "{at:?}");
}

/// 40 and 80 bits: every bit of a room key is drawn, and of a password every symbol at every place.
#[test]
fn room_keys_and_passwords_are_drawn_whole() {
    let mut random = Random::from_system().unwrap();
    let (mut ones, mut zeros) = ([0; 5], [0; 5]);
    let mut symbols = vec![HashSet::new(); 16];
    for _ in 0..1500 {
        for (at, byte) in RoomKey::draw(&mut random).room().0.into_iter().enumerate() {
            ones[at] |= byte;
            zeros[at] |= !byte;
        }
        let password = Password::generate(&mut random).write().replace('-', "");
        for (seen, symbol) in symbols.iter_mut().zip(password.chars()) {
            seen.insert(symbol);
        }
    }
    assert_eq!((ones, zeros), ([0xff; 5], [0xff; 5]));
    assert!(symbols.iter().all(|seen| seen.len() == 32), "{symbols:?}");
}
