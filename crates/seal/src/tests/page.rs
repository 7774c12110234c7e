//! `testdata/page.json`, which the page has made (`web/test/page-vectors.test.ts`): all of it is opened here, and
//! holds what it says. The other way round it is `testdata/protocol.json`.

use sanctuary_sign::{PublicKey, SigningKey};
use sanctuary_wire::{ClientFrame, Command, Entry, Hash, Id, Nonce, Rule, Signature, signed};
use serde_json::Value;

use super::super::keys::Seat;
use super::super::*;
use super::vectors::{hex, unhex};

fn read() -> Value {
    serde_json::from_str(include_str!("../../../../testdata/page.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number_of(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
    unhex(value).try_into().unwrap()
}

/// Who opens it: a room, and its members by what they know alone.
struct Reader {
    /// The file.
    all: Value,
    door: Door,
    heart: Heart,
    salt: RoomSalt,
}

/// A member's keys.
struct Member {
    voice: SigningKey,
    keys: KeyPair,
    seat: Seat,
}

impl Member {
    fn side(&self) -> (Voice, Public) {
        (self.voice.public(), self.keys.public())
    }
}

impl Reader {
    fn new() -> Self {
        let all = read();
        let room = text(&all["room_key"]).parse::<RoomKey>().unwrap().room();
        let door = Door::of(room, Secret(array(&all["door"])));
        let heart = Heart::open(&door, &unhex(&all["heart"]["sealed"])).unwrap();
        let salt = RoomSalt::of(room, &heart);
        Self { all, door, heart, salt }
    }

    fn member(&self, name: &Value) -> Member {
        let person = &self.all["people"][text(name)];
        let voice = SigningKey::from_seed(&array(&person["voice_seed"]));
        let keys = KeyPair::from_secret(array::<32>(&person["secret"]).into());
        Member { voice, keys, seat: Seat::from_seed(&array(&person["seat_seed"])) }
    }

    fn zoe(&self) -> Member {
        self.member(&"zoe".into())
    }
}

/// What is signed holds by that key.
fn assert_signed(key: &[u8; 32], signed: &[u8], signature: &Signature) {
    PublicKey::from_bytes(key).unwrap().verify(signed, &signature.0).unwrap();
}

#[test]
fn the_heart() {
    let Reader { all, heart, .. } = Reader::new();
    let told = &all["heart"];
    assert_eq!((hex(heart.secret.0), heart.rule), (text(&told["secret"]).to_owned(), Rule::Everyone));
    assert_eq!((heart.alias.as_str(), heart.at), (text(&told["alias"]), told["at"].as_u64().unwrap()));
    assert_eq!(heart.password.as_bytes(), unhex(&told["password"]));
}

#[test]
fn cards_tags_and_numbers() {
    let reader = Reader::new();
    for (name, person) in reader.all["people"].as_object().unwrap() {
        let member = reader.member(&name.as_str().into());
        let card =
            Card::open(&reader.door, &Entry(array(&person["entry"])), &unhex(&person["card"])).unwrap();
        assert_eq!((card.voice, card.public), member.side());
        assert_eq!((card.alias.as_str(), card.n), (text(&person["alias"]), number_of(&person["n"])));
        assert_eq!(hex(reader.door.alias_tag(&card.alias).0), text(&person["tag"]));
        assert_eq!(number(reader.door.room(), &card.voice), text(&person["number"]));
    }
}

#[test]
fn frames_that_are_signed() {
    let reader = Reader::new();
    let (room, nonce) = (reader.door.room(), Nonce(array(&reader.all["nonce"])));
    for (name, frame) in reader.all["frames"].as_object().unwrap() {
        let frame = unhex(frame);
        let frame = ClientFrame::decode(&frame).unwrap();
        let seat = reader.zoe().seat.public();
        let (key, signed, signature) = match &frame {
            ClientFrame::Create { gate, heart, seat, card, tag, rule, signature, .. } => {
                assert_eq!(*gate, reader.door.gate());
                (gate.0, signed::create(&nonce, room, gate, *heart, *rule, seat, *card, tag), signature)
            }
            ClientFrame::Enter { seat, card, tag, signature, .. } => {
                (reader.door.gate().0, signed::enter(&nonce, room, seat, *card, tag), signature)
            }
            ClientFrame::Resume { id, signature, .. } => {
                (seat.0, signed::resume(&nonce, room, *id), signature)
            }
            ClientFrame::Order { command, signature } => (seat.0, signed::order(&nonce, command), signature),
            frame => panic!("{name} is {frame:?}"),
        };
        assert_signed(&key, &signed, signature);
        assert_eq!(frame.encode(), unhex(&reader.all["frames"][name]));
    }
}

/// A body as the page names its parts.
fn body(told: &Value) -> Body {
    let (at, name) = (|| told["at"].as_u64().unwrap(), || Name(array(&told["to"])));
    let timed =
        || TimedText { at: at(), timer: told["timer"].as_u64().unwrap(), text: text(&told["text"]).into() };
    let voice = || Voice::from_bytes(&array(&told["voice"])).unwrap();
    match text(&told["kind"]) {
        "message" => Body::Message(timed()),
        "farewell" => Body::Farewell(timed()),
        "action" => Body::Action(timed()),
        "reply" => Body::Reply { said: timed(), to: name() },
        "reaction" => Body::Reaction { at: at(), text: text(&told["text"]).into(), to: name() },
        "unsend" => Body::Unsend { at: at(), to: name() },
        "typing" => Body::Typing { at: at() },
        "kick" => Body::Kick(voice()),
        "stop" => Body::Stop,
        "hand" => Body::Hand(voice()),
        "timer" => Body::Timer { seconds: told["seconds"].as_u64().unwrap() },
        kind => panic!("{kind} is no kind"),
    }
}

#[test]
fn passes() {
    let reader = Reader::new();
    for case in reader.all["passes"].as_array().unwrap() {
        let (from, to) = (reader.member(&case["from"]), reader.member(&case["to"]));
        let pair = Pair::agree(&reader.salt, to.voice.public(), &to.keys, from.side()).unwrap();
        let told = &case["body"];
        let expected = match text(&told["kind"]) {
            "chain" => Passed::Chain(Chain::at(
                number_of(&told["generation"]),
                number_of(&told["counter"]),
                Secret(array(&told["key"])),
            )),
            "receipt" => {
                Passed::Arrived { counter: number_of(&told["counter"]), arrived: number_of(&told["arrived"]) }
            }
            "lack" => Passed::Lack,
            _ => {
                let (counter, said) = (number_of(&told["counter"]), body(&told["said"]));
                let said = said.encode().unwrap();
                assert_eq!(Body::read_whispered(&said), Ok(Some(body(&told["said"]))));
                let (from, to) = (from.voice.public(), to.voice.public());
                let name = Name::of_whisper(reader.door.room(), from, to, counter, &said);
                assert_eq!(hex(name.0), text(&case["name"]));
                Passed::Whisper { counter, said }
            }
        };
        assert_eq!(pair.inward.open(&unhex(&case["passed"])), Ok(Some(expected)));
    }
}

#[test]
fn messages_one_after_the_other() {
    let reader = Reader::new();
    let (mut reading, voice) = (Reading::default(), reader.zoe().voice.public());
    for case in reader.all["says"].as_array().unwrap() {
        let (generation, counter) = (number_of(&case["generation"]), number_of(&case["counter"]));
        let chain = Chain::at(generation, counter, Secret(array(&case["chain"])));
        // A chain goes on as the page steps it.
        if reading.chain().is_none_or(|known| known.generation() != generation) {
            reading.take(chain).unwrap();
        } else {
            assert_eq!(reading.chain(), Some(&chain));
        }
        let opened = say::open(&reader.salt, &mut reading, voice, &unhex(&case["payload"])).unwrap();
        let said = say::Said {
            n: number_of(&case["n"]),
            lock: number_of(&case["lock"]),
            count: case["count"].as_u64().unwrap(),
            view: View(array(&case["view"])),
            body: Ok(Some(body(&case["body"]))),
        };
        assert_eq!((opened.say, opened.between), (said, 0));
        assert_eq!(hex(opened.name.0), text(&case["name"]));
    }
}

#[test]
fn another_password() {
    let reader = Reader::new();
    let (told, nonce) = (&reader.all["relock"], Nonce(array(&reader.all["nonce"])));
    let order = unhex(&told["order"]);
    let Ok(ClientFrame::Order { command, signature }) = ClientFrame::decode(&order) else { panic!() };
    let zoe = reader.zoe();
    assert_signed(&zoe.seat.public().0, &signed::order(&nonce, command), &signature);
    let Ok(Command::Relock { lock, gate, heart, staying, .. }) = Command::decode(command) else { panic!() };
    let ids: Vec<Id> = staying.iter().map(|staying| staying.id).collect();
    assert_eq!(ids, [Id(300), Id(1)]);
    for (staying, name) in staying.iter().zip(["yan", "zoe"]) {
        let member = reader.member(&name.into());
        let opened =
            boxed::open(&reader.salt, lock + 1, member.voice.public(), &member.keys, &staying.door).unwrap();
        let door = opened.by(&zoe.voice.public(), &Hash::of_staying(&ids)).unwrap();
        assert_eq!((hex(door.key().0), door.gate()), (text(&told["door"]).to_owned(), gate.clone()));
        let alias: Alias = text(&reader.all["people"][name]["alias"]).parse().unwrap();
        assert_eq!(door.alias_tag(&alias), staying.tag);
        let behind = Heart::open(&door, &heart).unwrap();
        assert!(behind.is_of_same_room(&reader.heart));
        assert_eq!(behind.password.as_bytes(), unhex(&told["password"]));
    }
}
