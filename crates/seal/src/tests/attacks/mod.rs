//! Daemons that lie and members that forge, each with all that it can have. Each test names
//! what is not read, not shown under another's name, not handed a key, or told to a person.

mod members;
mod messages;
mod orders;
mod seized;
mod views;
mod work;

pub(super) use messages::forged_with;

use sanctuary_wire::SealedCard;

use super::super::*;
use super::room::Players;

pub(super) fn said_or_whispered(told: &[Happening]) -> bool {
    told.iter().any(|told| matches!(told, Happening::Said { .. } | Happening::Whisper { .. }))
}

pub(super) fn card(sealed: &[u8]) -> SealedCard<'_> {
    sealed.try_into().unwrap()
}

/// Frames of the daemon for one member, taken away before they arrive.
pub(super) fn intercepted(room: &mut Players, at: usize) -> Vec<Vec<u8>> {
    while (0..room.all.len()).any(|other| room.up(other) || other != at && room.down(other)) {}
    let on = room.all[at].on.unwrap();
    room.daemon.down.get_mut(&on).unwrap().drain(..).collect()
}
