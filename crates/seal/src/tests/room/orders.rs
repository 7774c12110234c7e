//! What the daemon does on a member's order (section 3, rules 5 to 8).

use sanctuary_wire::{Command, DaemonFrame, Denial, End, Hash, Id, Rule};

use super::{ConnectionId, Daemon};

impl Daemon {
    pub(super) fn obeys(&mut self, from: ConnectionId, by: Id, command: &Command<'_>) {
        let may = self.rule == Rule::Everyone || by == self.keeper;
        let number = command.number();
        match command {
            Command::Renew { card, tag, .. } => {
                let own = self.seats.iter().find(|seat| seat.id == by).unwrap().tag.clone();
                if *tag != own && self.is_in_use(tag, Some(by)) {
                    return self.deny(from, number, Denial::AliasInUse);
                }
                let now = self.now;
                let seat = self.seats.iter_mut().find(|seat| seat.id == by).unwrap();
                seat.renewed.retain(|at| now < at + 90_000);
                if seat.renewed.len() == 3 {
                    let (frame, why) = (number, Denial::TooFast);
                    return self.send(from, &DaemonFrame::Denied { frame, why, retry_ms: 30_000 });
                }
                seat.renewed.push(now);
                (seat.card, seat.tag, seat.boxed) = (card.to_vec(), tag.clone(), None);
                self.all(&DaemonFrame::Renewed { id: by, card: *card });
            }
            Command::Hand { .. } if by != self.keeper => self.deny(from, number, Denial::NotYours),
            _ if !may => self.deny(from, number, Denial::NotYours),
            Command::Kick { id, .. } if *id == by => self.deny(from, number, Denial::NotYours),
            Command::Kick { id, .. } if !self.has(*id) => self.deny(from, number, Denial::NoSuchMember),
            Command::Kick { id, payload, .. } => {
                let on = self.seats.iter().find(|seat| seat.id == *id).and_then(|seat| seat.on);
                if let Some(on) = on {
                    let (by, payload) = (Some(by), Some(*payload));
                    self.end(on, &DaemonFrame::Over { end: End::Kicked, by, payload });
                }
                self.out(*id, &DaemonFrame::Kicked { id: *id, by, payload });
            }
            Command::Hand { id, payload, .. } => {
                let is_here = self.seats.iter().any(|seat| seat.id == *id && seat.on.is_some());
                if !is_here || *id == by {
                    return self.deny(from, number, Denial::NoSuchMember);
                }
                self.keeper = *id;
                self.all(&DaemonFrame::Handed { id: *id, by, payload });
            }
            Command::Stop { payload, .. } => {
                for on in self.seats.iter().filter_map(|seat| seat.on).collect::<Vec<_>>() {
                    let (by, payload) = (Some(by), Some(*payload));
                    self.end(on, &DaemonFrame::Over { end: End::Stopped, by, payload });
                }
                self.seats.clear();
                self.succeed();
            }
            Command::Lock { locked, .. } => {
                self.locked = *locked;
                self.all(&DaemonFrame::Locked { locked: *locked, by });
            }
            Command::Relock { lock, gate, heart, staying, .. } => {
                if *lock != self.lock {
                    return self.deny(from, number, Denial::AnotherLock);
                }
                if staying.iter().all(|staying| staying.id != by) {
                    return self.deny(from, number, Denial::NotYours);
                }
                if staying.iter().any(|staying| !self.has(staying.id)) {
                    return self.deny(from, number, Denial::NoSuchMember);
                }
                (self.lock, self.gate, self.heart) = (self.lock + 1, Some(gate.clone()), heart.to_vec());
                let ids: Vec<Id> = staying.iter().map(|staying| staying.id).collect();
                let (out, stay): (Vec<_>, Vec<_>) =
                    self.seats.drain(..).partition(|seat| !ids.contains(&seat.id));
                self.seats = stay;
                for on in out.iter().filter_map(|seat| seat.on) {
                    self.end(on, &DaemonFrame::Over { end: End::Kicked, by: Some(by), payload: None });
                }
                let hash = Hash::of_staying(&ids);
                for staying in staying {
                    let seat = self.seats.iter_mut().find(|seat| seat.id == staying.id).unwrap();
                    seat.tag = staying.tag.clone();
                    // A line may have died before the box is read.
                    seat.boxed = Some((by, hash, staying.door.clone()));
                    if let Some(on) = seat.on {
                        self.send(on, &DaemonFrame::Boxed { by, door: staying.door.clone() });
                    }
                }
                let lock = self.lock;
                self.all(&DaemonFrame::Relocked { by, lock, heart: *heart, staying: ids.into() });
                self.succeed();
            }
        }
    }
}
