//! The file, read as any other language would: what it says must open opens, and what must not fails for
//! the reason that it gives.

use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Entry, Hash, Id, SealedDoor};
use serde_json::Value;

use super::super::super::{say, *};
use super::world::{World, unhex};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../../testdata/protocol.json")).unwrap()
}

fn array<const N: usize>(hex: &Value) -> [u8; N] {
    unhex(hex).try_into().unwrap()
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

/// As the file names it.
fn failure<T>(result: Result<T, SealError>) -> &'static str {
    match result.err() {
        None => "opened",
        Some(SealError::Forged) => "forged",
        Some(SealError::Malformed) => "malformed",
        Some(SealError::Unsigned) => "unsigned",
        Some(SealError::Alias) => "alias",
        Some(SealError::WeakKey) => "weak_key",
        Some(SealError::Replayed) => "replayed",
        Some(SealError::NoChain) => "no_chain",
        Some(SealError::TooFar) => "too_far",
        Some(other) => panic!("{other:?} is no failure of the vectors"),
    }
}

/// Ada's chain, before the first of `says`.
fn reading(world: &World) -> Reading {
    let first = &vectors()["says"][0];
    let mut reading = Reading::default();
    let chain =
        Chain::at(number(&first["generation"]), number(&first["counter"]), Secret(array(&first["chain"])));
    reading.take(chain).unwrap();
    assert_eq!(world.ada.voice.public().to_bytes(), array(&vectors()["people"]["ada"]["voice"]));
    reading
}

#[test]
fn doors_and_the_heart() {
    let (world, vectors) = (World::new(), vectors());
    for door in vectors["doors"].as_array().unwrap() {
        let room_key: RoomKey = door["room_key"].as_str().unwrap().parse().unwrap();
        assert_eq!(room_key.room().0, array(&door["room"]));
        let again = Door::of(room_key.room(), Secret(array(&door["door"])));
        assert_eq!((again.gate().0, again.card_key.0), (array(&door["gate"]), array(&door["card_key"])));
    }
    assert_eq!(Heart::open(&world.door, &unhex(&vectors["heart"]["sealed"])), Ok(world.heart));
}

#[test]
fn cards_and_those_that_are_refused() {
    let (world, vectors) = (World::new(), vectors());
    for card in vectors["cards"].as_array().unwrap() {
        let opened = Card::open(&world.door, &Entry(array(&card["entry"])), &unhex(&card["sealed"])).unwrap();
        assert_eq!(opened.alias.as_str(), card["alias"]);
        assert_eq!((opened.voice.to_bytes(), opened.n), (array(&card["voice"]), number(&card["n"])));
        assert_eq!(opened.public.to_bytes(), array(&card["public"]));
    }
    for card in vectors["bad_cards"].as_array().unwrap() {
        let opened = Card::open(&world.door, &Entry(array(&card["entry"])), &unhex(&card["sealed"]));
        assert_eq!(failure(opened), card["failure"], "{}", card["name"]);
    }
    for heart in vectors["bad_hearts"].as_array().unwrap() {
        let opened = Heart::open(&world.door, &unhex(&heart["sealed"]));
        assert_eq!(failure(opened), heart["failure"], "{}", heart["name"]);
    }
    for public in vectors["bad_publics"].as_array().unwrap() {
        let agreed = Public::from_bytes(array(&public["public"])).and_then(|public| {
            Pair::agree(&world.salt, world.ada.voice.public(), &world.ada.keys, (world.ben.side().0, public))
        });
        assert_eq!(failure(agreed.map(drop)), public["failure"], "{}", public["name"]);
    }
}

#[test]
fn passes_and_those_that_are_refused() {
    let (world, vectors) = (World::new(), vectors());
    let ben = Pair::agree(&world.salt, world.ben.voice.public(), &world.ben.keys, world.ada.side()).unwrap();
    for pass in vectors["passes"].as_array().unwrap() {
        let opened = ben.inward.open(&unhex(&pass["passed"])).unwrap().unwrap();
        assert_eq!(opened.plaintext().unwrap().as_slice(), unhex(&pass["plaintext"]));
        let whispers = pass["body"][0] == 1;
        assert!(whispers || unhex(&pass["plaintext"]).len() == 128);
    }
    let read = |pass: &Value| match ben.inward.open(&unhex(&pass["passed"]))? {
        Some(Passed::Whisper { said, .. }) => Body::read_whispered(&said).map(|body| body.is_some()),
        opened => Ok(opened.is_some()),
    };
    for pass in vectors["passed_over"].as_array().unwrap() {
        assert_eq!(read(pass), Ok(false), "{}", pass["name"]);
    }
    for pass in vectors["bad_passes"].as_array().unwrap() {
        let opened = read(pass);
        assert_eq!(failure(opened), pass["failure"], "{}", pass["name"]);
    }
}

#[test]
fn bodies_and_those_that_are_refused() {
    let vectors = vectors();
    for body in vectors["bodies"].as_array().unwrap() {
        let encoded = unhex(&body["encoded"]);
        match (Body::read(&encoded).unwrap(), body["kind"].as_str().unwrap()) {
            (None, "passed over") | (Some(Body::Unknown), "can't be shown") => {}
            (Some(read), "known") => assert_eq!(read.encode().unwrap().as_slice(), encoded),
            (read, kind) => panic!("{read:?} is not {kind}"),
        }
    }
    for body in vectors["bad_bodies"].as_array().unwrap() {
        assert_eq!(failure(Body::read(&unhex(&body["encoded"]))), body["failure"], "{}", body["name"]);
    }
}

#[test]
fn messages_and_those_that_are_refused() {
    let (world, vectors) = (World::new(), vectors());
    let (voice, mut along) = (world.ada.voice.public(), reading(&world));
    for said in vectors["says"].as_array().unwrap() {
        let payload = unhex(&said["payload"]);
        let opened = say::open(&world.salt, &mut along, voice, &payload).unwrap();
        assert_eq!((opened.between, opened.say.count), (0, said["count"].as_u64().unwrap()));
        let body = opened.say.body.unwrap().unwrap();
        assert_eq!(body.encode().unwrap().as_slice(), unhex(&said["encoded"]));
        assert_eq!(along.chain().unwrap().key().0, array(&said["next_chain"]));
        assert_eq!(opened.name.0, array(&said["name"]));
        assert!(unhex(&said["plaintext"]).len() >= 256);
    }
    for bad in vectors["bad_says"].as_array().unwrap() {
        let mut reading = reading(&world);
        let before = reading.chain().cloned();
        let opened = say::open(&world.salt, &mut reading, voice, &unhex(&bad["payload"]));
        assert_eq!(failure(opened), bad["failure"], "{}", bad["name"]);
        assert!(reading.chain().cloned() == before, "{} moves the chain", bad["name"]);
    }
}

#[test]
fn chains_that_are_handed_out_and_stepped_along() {
    let (world, vectors) = (World::new(), vectors());
    let chain = |step: &Value| {
        let key = step.get("chain").map_or([7; 32], array);
        Chain::at(number(&step["generation"]), number(&step["counter"]), Secret(key))
    };
    for case in vectors["skips"].as_array().unwrap() {
        let mut reading = Reading::default();
        for (at, step) in case["steps"].as_array().unwrap().iter().enumerate() {
            let verdict = match step.get("payload") {
                None => Some(failure(reading.take(chain(step))))
                    .map(|what| if what == "opened" { "taken" } else { what }),
                Some(payload) => Some(failure(say::open(
                    &world.salt,
                    &mut reading,
                    world.ada.voice.public(),
                    &unhex(payload),
                ))),
            };
            assert_eq!(verdict.unwrap(), step["verdict"], "{}, step {at}", case["name"]);
        }
    }
    let mut reading = Reading::default();
    for step in vectors["hand_overs"].as_array().unwrap() {
        let verdict = if reading.take(chain(step)).is_ok() { "taken" } else { "replayed" };
        assert_eq!(verdict, step["verdict"], "{step}");
    }
}

/// The hash of who stays.
fn staying(vectors: &Value) -> Hash {
    let ids = vectors["box"]["staying"].as_array().unwrap().iter();
    Hash::of_staying(&ids.map(|id| Id(id.as_u64().unwrap())).collect::<Vec<_>>())
}

/// Ben opens what is to be Ada's box for him.
fn open_box(world: &World, vectors: &Value, sealed: &SealedDoor) -> Result<Door, SealError> {
    let (ben, lock) = (&world.ben, number(&vectors["box"]["lock"]));
    let unboxed = boxed::open(&world.salt, lock, ben.voice.public(), &ben.keys, sealed)?;
    unboxed.by(&world.ada.voice.public(), &staying(vectors))
}

#[test]
fn boxes_and_those_that_are_refused() {
    let (world, vectors) = (World::new(), vectors());
    assert_eq!(staying(&vectors).0, array(&vectors["box"]["staying_hash"]));
    let open = |sealed: &Value| open_box(&world, &vectors, &SealedDoor(array(sealed)));
    assert_eq!(open(&vectors["box"]["box"]).unwrap().key().0, array(&vectors["box"]["door"]));
    for bad in vectors["bad_boxes"].as_array().unwrap() {
        assert_eq!(failure(open(&bad["box"])), bad["failure"], "{}", bad["name"]);
    }
}

#[test]
fn what_is_no_command_and_no_frame_of_the_daemon() {
    let vectors = vectors();
    for (name, hex) in vectors["bad_commands"].as_object().unwrap() {
        assert!(Command::decode(&unhex(hex)).is_err(), "{name}");
    }
    for (name, hex) in vectors["bad_daemon_frames"].as_object().unwrap() {
        assert!(DaemonFrame::decode(&unhex(hex)).is_err(), "{name}");
    }
}

#[test]
fn what_is_not_written_as_it_should_be() {
    let (world, vectors) = (World::new(), vectors());
    let ben = Pair::agree(&world.salt, world.ben.voice.public(), &world.ben.keys, world.ada.side()).unwrap();
    let open = |place: &str, bytes: &[u8]| match place {
        "client" => Ok(ClientFrame::decode(bytes).map(drop)?),
        "command" => Ok(Command::decode(bytes).map(drop)?),
        "daemon" => Ok(DaemonFrame::decode(bytes).map(drop)?),
        "heart" => Heart::open(&world.door, bytes).map(drop),
        "card" => Card::open(&world.door, &world.ada.entry, bytes).map(drop),
        "pass" => ben.inward.open(bytes).map(drop),
        "body" => Body::read(bytes).map(drop),
        "box" => open_box(&world, &vectors, &SealedDoor(bytes.try_into().unwrap())).map(drop),
        "say" => {
            let mut reading = reading(&world);
            let before = reading.chain().cloned();
            let opened = say::open(&world.salt, &mut reading, world.ada.voice.public(), bytes);
            assert!(reading.chain().cloned() == before);
            opened.map(drop)
        }
        place => panic!("{place} is no place"),
    };
    let cases = vectors["bad_encodings"].as_array().unwrap();
    let taken = cases.iter().filter(|case| {
        failure(open(case["place"].as_str().unwrap(), &unhex(&case["bytes"]))) != case["failure"]
    });
    let taken: Vec<_> = taken.map(|case| format!("{}: {}", case["place"], case["name"])).collect();
    assert!(taken.is_empty(), "{taken:#?}");
}
