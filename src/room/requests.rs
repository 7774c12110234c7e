//! The frames of members: `say`, `pass`, `kick`, `stop`, `exit`, `lock`.

use super::members::Member;
use super::one_room::Room;
use super::{ConnectionId, Effect, Rooms, over};
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Departure, End, Id, NORMAL_CLOSURE, RoomId};

impl Rooms {
    /// Carries out a frame of member `who` of room `id`.
    pub(super) fn carry_out(
        &mut self,
        id: RoomId,
        who: Id,
        from: ConnectionId,
        frame: ClientFrame<'_>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(room) = self.open.get_mut(&id) else { return };
        let number = frame.number();
        match frame {
            ClientFrame::Create { .. } | ClientFrame::Enter { .. } | ClientFrame::Resume { .. } => {
                self.eject(id, who, End::Malformed, effects);
            }
            ClientFrame::Say { payload } => {
                room.said += 1;
                room.tell(None, &DaemonFrame::Said { number: room.said, from: who, payload }, effects);
            }
            ClientFrame::Pass(passes) => {
                if !pass(room, who, &passes, effects) {
                    effects.push(denied(from, number, Denial::NoSuchMember));
                }
            }
            ClientFrame::Exit => {
                effects.push(Effect::Close { to: from, frame: None, code: NORMAL_CLOSURE });
                self.leave(id, who, Departure::Exit, None, effects);
            }
            ClientFrame::Kick(_) | ClientFrame::Stop | ClientFrame::Lock(_) if !room.moderates(who) => {
                effects.push(denied(from, number, Denial::NotYours));
            }
            ClientFrame::Kick(whom) if whom == who => effects.push(denied(from, number, Denial::NotYours)),
            ClientFrame::Kick(whom) => match room.members.get(whom).map(Member::connection) {
                None => effects.push(denied(from, number, Denial::NoSuchMember)),
                Some(connection) => {
                    effects.extend(connection.map(|to| over(to, End::Kicked, Some(who))));
                    self.leave(id, whom, Departure::Kicked, Some(who), effects);
                }
            },
            ClientFrame::Stop => self.stop(id, who, effects),
            ClientFrame::Lock(locked) => {
                if std::mem::replace(&mut room.locked, locked) != locked {
                    room.tell(None, &DaemonFrame::Locked(locked), effects);
                }
            }
        }
    }

    fn stop(&mut self, id: RoomId, by: Id, effects: &mut Vec<Effect>) {
        let Some(room) = self.open.remove(&id) else { return };
        room.end(End::Stopped, Some(by), effects);
        for member in room.members.iter() {
            self.index.remove(id, member.id, member.presence);
        }
    }
}

/// Passes to each member what is meant for it. False if any of them is not there, or is the sender.
fn pass(room: &Room, from: Id, passes: &[(Id, &[u8])], effects: &mut Vec<Effect>) -> bool {
    let mut all_there = true;
    for &(whom, passed) in passes {
        match room.members.get(whom).and_then(Member::connection) {
            Some(to) if whom != from => {
                let frame = DaemonFrame::Passed { from, passed }.encode().into();
                effects.push(Effect::One { to, frame });
            }
            _ => all_there = false,
        }
    }
    all_there
}

/// Denies a frame for good: trying again later does not help.
fn denied(to: ConnectionId, frame: u8, why: Denial) -> Effect {
    Effect::One { to, frame: DaemonFrame::Denied { frame, why, retry_ms: 0 }.encode().into() }
}
