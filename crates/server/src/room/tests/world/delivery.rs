//! Carries out effects as the server does. An observer of each room hears everything.

use std::collections::BTreeSet;

use sanctuary_wire::{DaemonFrame, Denial, End, Hash, Refusal, RoomId};

use super::super::{ConnectionId, Effect};
use super::{Answer, Observer, View, World, rules::DEPARTURES, view};

impl World {
    /// Carries out the effects of an event of `actor`, as the server does; `asked` is the room of
    /// its first frame.
    pub(super) fn deliver(
        &mut self,
        actor: Option<ConnectionId>,
        asked: Option<RoomId>,
        effects: &[Effect],
    ) -> Answer {
        let (mut closed, mut answer) = (BTreeSet::new(), Answer::Done);
        let mut answers = 0;
        for effect in effects {
            let told = match effect {
                Effect::Room { room, except, frame } => {
                    self.deliver_to_room(*room, *except, frame, &closed);
                    None
                }
                Effect::One { to, frame } => {
                    assert!(!closed.contains(to), "told after its end");
                    self.deliver_to_one(actor, asked, *to, &DaemonFrame::decode(frame).unwrap())
                }
                Effect::Pass { from, to, frame } => {
                    assert!(!closed.contains(to) && Some(*from) == actor, "passed by somebody else");
                    let (passer, view) = (&self.views[from], &self.views[to]);
                    assert!(passer.me != view.me && passer.picture == view.picture, "to another room");
                    let frame = DaemonFrame::decode(frame).unwrap();
                    let is_from = |id| matches!(frame, DaemonFrame::Passed { from, .. } if from == id);
                    assert!(is_from(passer.me), "not passed by who passes");
                    None
                }
                Effect::Close { to, frame, code } => {
                    assert!(closed.insert(*to), "ended twice");
                    assert!(!self.rooms.is_member(*to), "ended, yet a member");
                    let frame = frame.as_deref().map(|frame| DaemonFrame::decode(frame).unwrap());
                    self.close(actor, *to, frame, *code)
                }
            };
            if let Some(told) = told {
                (answer, answers) = (told, answers + 1);
            }
        }
        assert!(answers <= 1, "answered twice");
        answer
    }

    /// The observer hears it first, and each member has the same picture then.
    fn deliver_to_room(
        &mut self,
        room: RoomId,
        except: Option<ConnectionId>,
        bytes: &[u8],
        closed: &BTreeSet<ConnectionId>,
    ) {
        let frame = DaemonFrame::decode(bytes).unwrap();
        if matches!(frame, DaemonFrame::Closing(_)) {
            return;
        }
        self.observe(room, &frame, bytes);
        for to in self.rooms.present(&room).filter(|to| Some(*to) != except) {
            assert!(!closed.contains(&to), "told after its end");
            let view = self.views.get_mut(&to).expect("only members are told");
            view.hear(&frame, bytes);
            assert_eq!(view.picture, self.observers[&room].picture, "not the same room");
        }
    }

    fn deliver_to_one(
        &mut self,
        actor: Option<ConnectionId>,
        asked: Option<RoomId>,
        to: ConnectionId,
        frame: &DaemonFrame<'_>,
    ) -> Option<Answer> {
        match frame {
            DaemonFrame::Welcome { boxed, .. } => {
                assert!(Some(to) == actor && !self.views.contains_key(&to));
                let room = asked.expect("a welcome answers who asks for a room");
                let view = View::of(room, frame);
                let given = self.stay(room, view.me).and_then(|stay| stay.boxed.clone());
                assert_eq!(*boxed, given, "another door, or none");
                let first = || Observer::new(view.picture.clone(), self.now);
                let observer = self.observers.entry(room).or_insert_with(first);
                assert_eq!(view.picture, observer.picture, "welcomed to another room");
                self.views.insert(to, view);
                Some(Answer::LetIn)
            }
            DaemonFrame::Boxed { by, door } => {
                self.views.get_mut(&to).expect("only members are told").take_box(*by, door.clone());
                None
            }
            DaemonFrame::Denied { frame: _, why, retry_ms } => {
                assert!(Some(to) == actor && self.views.contains_key(&to));
                assert_eq!(*retry_ms > 0, *why == Denial::TooFast);
                Some(Answer::Denied(*why))
            }
            DaemonFrame::Closing(_) => {
                assert!(self.is_closing);
                None
            }
            other => panic!("{other:?} is for a whole room"),
        }
    }

    fn close(
        &mut self,
        actor: Option<ConnectionId>,
        to: ConnectionId,
        frame: Option<DaemonFrame<'_>>,
        code: u16,
    ) -> Option<Answer> {
        let view = self.views.remove(&to);
        match frame {
            Some(DaemonFrame::Refused { why, retry_ms }) => {
                assert!(Some(to) == actor && view.is_none() && code == 4000);
                let ends = match why {
                    Refusal::Busy => true,
                    Refusal::Draining => !self.is_draining,
                    _ => false,
                };
                assert_eq!(retry_ms > 0, ends, "{why:?}");
                return Some(Answer::Refused(why));
            }
            Some(DaemonFrame::Over { end, by, payload }) => {
                let View { picture, me, .. } = view.expect("only members are told");
                assert_eq!(code, end.close_code());
                assert!(by.is_none_or(|by| picture.moderates(by)), "kicked or stopped without right");
                assert!(end != End::Kicked || by.is_some_and(|by| by != me), "kicked by nobody");
                assert!(payload.is_none_or(|payload| view::said_by(payload, by.unwrap())));
                if matches!(end, End::Stopped | End::ShuttingDown) {
                    self.end_room(picture.room, Refusal::Stopped);
                }
                return (Some(to) == actor).then_some(Answer::Out(end));
            }
            None => assert!(view.is_some() && code == 1000),
            Some(other) => panic!("{other:?} is no last frame"),
        }
        None
    }

    /// What follows from a frame of a room's order for those who have seats there.
    fn observe(&mut self, room: RoomId, frame: &DaemonFrame<'_>, bytes: &[u8]) {
        let until = self.now + self.limits.grace;
        let observer = self.observers.get_mut(&room).expect("nobody is told of a room that is gone");
        observer.picture.hear(frame, bytes);
        let members = u32::try_from(observer.picture.members.len()).unwrap();
        let passes = match frame {
            DaemonFrame::Left { .. } | DaemonFrame::Kicked { .. } | DaemonFrame::Relocked { .. }
                if !observer.departures.is_over(self.now, DEPARTURES) =>
            {
                observer.departures.spend(self.now, DEPARTURES.1);
                members
            }
            DaemonFrame::Joined { .. } | DaemonFrame::Back(_) | DaemonFrame::Renewed { .. } => 1,
            _ => 0,
        };
        for stay in self.seated(room) {
            stay.credit = (stay.credit + passes).min(4 * members);
            match frame {
                DaemonFrame::Left { id, .. } if *id == stay.id => {
                    stay.given_up = Some((Refusal::GraceOver, until));
                }
                DaemonFrame::Kicked { id, .. } if *id == stay.id => {
                    stay.given_up = Some((Refusal::Kicked, until));
                }
                DaemonFrame::Relocked { staying, .. } if !staying.contains(&stay.id) => {
                    stay.given_up = Some((Refusal::Kicked, until));
                }
                DaemonFrame::Relocked { by, lock, staying, .. } => {
                    let (list, door) = (Hash::of_staying(staying), view::door_of(stay.id, *lock));
                    stay.boxed = Some((*by, list, door));
                }
                DaemonFrame::Away(id) if *id == stay.id => stay.away_until = Some(until),
                DaemonFrame::Back(id) if *id == stay.id => stay.away_until = None,
                _ => {}
            }
        }
    }
}
