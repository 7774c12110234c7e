//! The frames of members: `say`, `pass`, `exit`. Their orders are in `orders`.

use std::time::{Duration, Instant};

use super::effect::denied;
use super::members::Member;
use super::one_room::Room;
use super::{Effect, Rooms, Sender};
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Departure, End, Id, NORMAL_CLOSURE, Nonce};

impl Rooms {
    /// Carries out a frame of a member.
    pub(super) fn carry_out(
        &mut self,
        now: Instant,
        by: Sender,
        frame: ClientFrame<'_>,
        nonce: &Nonce,
        effects: &mut Vec<Effect>,
    ) {
        let Some(room) = self.open.get_mut(&by.room) else { return };
        let number = frame.number();
        match frame {
            ClientFrame::Create { .. } | ClientFrame::Enter { .. } | ClientFrame::Resume { .. } => {
                self.eject(now, by.room, by.id, End::Malformed, effects);
            }
            ClientFrame::Say { payload } => {
                room.said += 1;
                room.tell(None, &DaemonFrame::Said { from: by.id, payload }, effects);
            }
            ClientFrame::Pass(passes) => {
                if !pass(room, by, &passes, effects) {
                    effects.push(denied(by.connection, number, Denial::NoSuchMember, Duration::ZERO));
                }
            }
            ClientFrame::Order { command, signature } => {
                self.order(now, by, nonce, command, &signature, effects);
            }
            ClientFrame::Exit => {
                effects.push(Effect::Close { to: by.connection, frame: None, code: NORMAL_CLOSURE });
                self.leave(now, by.room, by.id, Departure::Exit, effects);
            }
        }
    }
}

/// Passes to each member what is meant for it. False if any of them is not there, or is the sender.
fn pass(room: &Room, by: Sender, passes: &[(Id, &[u8])], effects: &mut Vec<Effect>) -> bool {
    let mut all_there = true;
    for &(whom, passed) in passes {
        match room.members.get(whom).and_then(Member::connection) {
            Some(to) if whom != by.id => {
                let frame = DaemonFrame::Passed { from: by.id, passed }.encode().into();
                effects.push(Effect::Pass { from: by.connection, to, frame });
            }
            _ => all_there = false,
        }
    }
    all_there
}
