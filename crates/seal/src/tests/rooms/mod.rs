//! Who can read what, and what members are told, under an honest daemon.

mod anew;
mod members;
mod orders;
mod passes;
mod relocked;
mod talk;

use sanctuary_wire::Id;

use super::super::*;
use super::room::Players;
use super::vectors::door;

/// A text, and who said it.
fn read(from: u64, text: &str) -> (Id, String) {
    (Id(from), text.to_owned())
}

/// How members are shown to one of them.
fn names(room: &mut Players, at: usize) -> Vec<String> {
    room.group(at).members().iter().map(|member| member.showing.to_string()).collect()
}

/// Another door, and its password.
pub(super) fn other_door(number: u8) -> (Door, Password) {
    let password = Password::read(&format!("another password {number}")).unwrap();
    (Door::of(door().room(), Secret([number; 32])), password)
}
