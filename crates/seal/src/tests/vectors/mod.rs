//! `testdata/protocol.json`: everything that is derived, sealed, signed and hashed, and every frame, for
//! each language to hold itself to. It is made here, of hashes of names; `SANCTUARY_TABLES=write cargo
//! test -p sanctuary-seal vectors` writes it anew.

mod about;
mod bad_encodings;
mod bad_said;
mod bad_sealed;
mod frames;
mod read;
mod room;
mod said;
mod sealed;
mod world;

use std::path::Path;
use std::{env, fs};

use serde_json::{Value, json};

use super::super::group::BOUNDS;
pub(super) use world::{World, bytes, door, hex, unhex};

#[test]
fn the_file_is_made_from_this() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/protocol.json");
    let wanted = serde_json::to_string_pretty(&made()).unwrap() + "\n";
    if env::var("SANCTUARY_TABLES").is_ok_and(|what| what == "write") {
        fs::write(&path, &wanted).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap() == wanted, "{} is not made from this", path.display());
}

fn made() -> Value {
    let world = World::new();
    let bounds: serde_json::Map<_, _> =
        BOUNDS.iter().map(|(what, bound)| ((*what).to_owned(), json!(bound))).collect();
    let mut all = json!({ "about": about::about(), "bounds": bounds });
    let parts = [
        sealed::made,
        said::made,
        bad_sealed::made,
        bad_said::made,
        bad_encodings::made,
        room::made,
        frames::made,
    ];
    for part in parts.map(|made| made(&world)) {
        let (Value::Object(all), Value::Object(part)) = (&mut all, part) else { unreachable!() };
        for (name, value) in part {
            assert!(all["about"].get(&name).is_some(), "nobody says what {name} is");
            assert!(all.insert(name, value).is_none());
        }
    }
    all
}
