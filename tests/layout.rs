//! Which crate depends on which, as Cargo has it. The daemon cannot read a message, for what opens one is in
//! no crate that it is built from.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// What the daemon may be built from none of: our sealing, and what only that is made with.
const SEALING: [&str; 6] = ["sanctuary-seal", "aes", "cbc", "hkdf", "pbkdf2", "x25519-dalek"];

#[test]
fn nothing_that_the_daemon_is_built_from_can_open_a_message() {
    let built_from = built_from(&metadata());
    let daemon = &built_from["sanctuary"];
    assert!(daemon.contains("sanctuary-wire") && daemon.contains("tokio"), "{daemon:?}");
    let known: Vec<_> = SEALING.iter().filter(|crate_| daemon.contains(**crate_)).collect();
    assert!(known.is_empty(), "the daemon is built from {known:?}");
    // They are looked for by the names that they have.
    let seal = &built_from["sanctuary-seal"];
    assert!(SEALING[1..].iter().all(|crate_| seal.contains(*crate_)), "{seal:?}");
}

#[test]
fn each_crate_depends_on_those_of_ours_that_the_architecture_says() {
    let mut found = BTreeMap::new();
    for (name, built_from) in built_from(&metadata()) {
        let others = built_from.iter().filter(|other| **other != name).filter_map(|other| part(other));
        let others: BTreeSet<_> = others.map(str::to_owned).collect();
        if !others.is_empty() {
            found.insert(part(&name).expect("a crate of ours").to_owned(), others);
        }
    }
    assert_eq!(found, drawn(include_str!("../ARCHITECTURE.md")), "depended on, and drawn in ARCHITECTURE.md");
}

/// How a crate of ours is called there.
fn part(crate_: &str) -> Option<&str> {
    if crate_ == "sanctuary" { Some("daemon") } else { crate_.strip_prefix("sanctuary-") }
}

/// The lines `part -> other, other` of the document.
fn drawn(document: &str) -> BTreeMap<String, BTreeSet<String>> {
    let arrows = document.lines().filter_map(|line| line.split_once(" -> "));
    let arrows = arrows.filter(|(_, others)| !others.contains("->"));
    let named = |others: &str| others.split(", ").map(|other| other.trim().to_owned()).collect();
    arrows.map(|(name, others)| (name.trim().to_owned(), named(others))).collect()
}

fn metadata() -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--locked", "--offline"]);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// For each crate of ours all that is linked into it, on whatever machine; tests and build scripts are beside it.
fn built_from(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let names: BTreeMap<_, _> = list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let is_linked =
        |dependency: &Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
    let dependencies: BTreeMap<_, Vec<_>> = list(&metadata["resolve"]["nodes"])
        .iter()
        .map(|node| {
            let linked = list(&node["deps"]).into_iter().filter(is_linked);
            (text(&node["id"]), linked.map(|dependency| text(&dependency["pkg"])).collect())
        })
        .collect();
    let ours = list(&metadata["workspace_members"]).into_iter().map(|id| text(&id));
    ours.map(|id| {
        let (mut found, mut waiting) = (BTreeSet::new(), vec![id.clone()]);
        while let Some(id) = waiting.pop() {
            if found.insert(names[&id].clone()) {
                waiting.extend(dependencies[&id].iter().cloned());
            }
        }
        (names[&id].clone(), found)
    })
    .collect()
}
