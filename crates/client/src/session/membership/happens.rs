//! What the group tells, made into lines, and into what is to be done.

use std::sync::Arc;

use sanctuary_seal::{Body, Happening, Name, Proof};
use sanctuary_wire::{Denial, Departure, End, Id};

use super::super::lines::{Between, Delivery, How, Said};
use super::super::people::{Named, People, Person};
use super::super::reactions::Reactions;
use super::super::told::{Ending, Event, Note, What};
use super::{Ended, Membership};

/// Numbers of frames and commands, as `denied` names them.
const FRAME_SAY: u8 = 4;
const FRAME_PASS: u8 = 5;
const COMMAND_LOCK: u8 = 10;
const COMMAND_RELOCK: u8 = 11;
const COMMAND_RENEW: u8 = 12;

impl Membership {
    pub(super) fn happens(&mut self, told: Vec<Happening>, now: u64) {
        let is_talk = |happening: &Happening| {
            matches!(
                happening,
                Happening::Said { .. } | Happening::Whisper { .. } | Happening::Delivered { .. }
            )
        };
        // Those who are gone are named as they were.
        let before = if told.iter().all(is_talk) {
            None
        } else {
            let present = Arc::new(People::of(&self.group));
            self.numbered.remember(&present);
            self.typing.keep(&present);
            Some(std::mem::replace(&mut self.people, present))
        };
        for happening in told {
            self.tell(happening, before.as_deref(), now);
        }
        if before.is_some() {
            self.lookalikes.look_again(&self.people, &self.lines);
        }
        self.go_on(now);
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each happening")]
    fn tell(&mut self, happening: Happening, before: Option<&People>, now: u64) {
        let was = |id: Id| before.and_then(|before| before.id(id)).map(|person| person.named.clone());
        let name = |this: &Self, id: Id| match this.person(id) {
            Some(person) if person.named.alias.is_some() => person.named.clone(),
            _ => was(id).unwrap_or_else(Named::nobody),
        };
        match happening {
            // Chains and cards go their way without a word.
            Happening::Entered
            | Happening::Ready(_)
            | Happening::PassUnread { .. }
            | Happening::Refused { .. }
            | Happening::NoRoom(_) => {}
            Happening::EnteredAnew { missed } => self.entered_anew(missed, now),
            Happening::Resumed { missed } => {
                self.lines.event(Event::new(What::Missed).count(missed));
                self.moderation.resumed(&self.group, &mut self.lines);
                self.outbox.resumed(now);
            }
            Happening::Joined(id) => {
                self.timer.owe();
                self.lines.event(Event::of(What::Joined, self.named(id)));
            }
            Happening::NotReady(id) | Happening::Unreadable { id, .. } => {
                if before.is_some_and(|before| before.id(id).is_none() && !before.all().is_empty()) {
                    self.lines.event(Event::of(What::Joined, Named::nobody()));
                }
            }
            Happening::Renamed(id) => {
                let event = Event::of(What::Renamed, was(id).unwrap_or_else(Named::nobody));
                self.lines.event(event.by(self.named(id)));
            }
            Happening::Left { id, how } => {
                // A member that was there until then has closed its page, and not lost its connection.
                let was_away = before.and_then(|before| before.id(id)).is_some_and(|person| person.away);
                let is_exit = how == Departure::Exit || !was_away;
                let what = if is_exit { What::Exit } else { What::Gone };
                self.lines.event(Event::of(what, name(self, id)));
            }
            Happening::Away(id) => self.lines.event(Event::of(What::Away, name(self, id))),
            Happening::Back(id) => {
                self.timer.owe();
                let was_away = before.and_then(|before| before.id(id)).is_none_or(|person| person.away);
                if was_away {
                    self.lines.event(Event::of(What::Back, name(self, id)));
                }
            }
            Happening::Keeper(id) => {
                self.timer.owe();
                self.lines.event(Event::of(What::Keeper, name(self, id)));
            }
            Happening::Locked { locked, by } => {
                self.moderation.locked();
                let what = if locked { What::Locked } else { What::Unlocked };
                self.lines.event(Event::new(what).by(name(self, by)));
            }
            Happening::Said { from, name, body } => self.said(from, name, &body, now),
            Happening::Timer { by, seconds } => {
                if Some(by) == self.group.you() {
                    self.timer.answered();
                }
                if self.timer.set(seconds) {
                    self.lines.event(Event::new(What::Timer).by(name(self, by)).count(seconds));
                }
            }
            Happening::Unread { from, .. } => {
                self.lines.event(Event::of(What::Unreadable, name(self, from)));
            }
            Happening::Missing { from, count } | Happening::WhispersMissing { from, count } => {
                self.lines.event(Event::of(What::Missing, name(self, from)).count(count));
            }
            Happening::Differs(id) => self.lines.event(Event::of(What::Differs, name(self, id))),
            Happening::Whisper { from, name, body } => self.whisper(from, name, &body, now),
            Happening::Delivered { to, first, last } => {
                if let Some(voice) = self.person(to).and_then(|person| person.voice) {
                    self.outbox.delivered(voice.to_bytes(), first, last, &mut self.lines, now);
                }
            }
            Happening::Kicked { id, by, proof } => {
                let what = match proof {
                    Proof::Proved => What::Kicked,
                    Proof::Unread => What::PutOutUnread,
                    Proof::Absent | Proof::Refuted => What::PutOut,
                };
                self.lines.event(Event::of(what, name(self, id)).by(name(self, by)));
            }
            Happening::ShutOut { id, by } if Some(id) == self.group.you() => {
                self.ends(Ending::By(End::Kicked), by);
            }
            Happening::ShutOut { id, by } => {
                self.lines.event(Event::of(What::ShutOut, name(self, id)).by(name(self, by)));
            }
            Happening::Handed { id, by, proof } => {
                self.timer.owe();
                let what = match proof {
                    Proof::Proved => What::Keeper,
                    Proof::Unread => What::HandedUnread,
                    Proof::Absent | Proof::Refuted => What::KeeperUnsaid,
                };
                self.lines.event(Event::of(what, name(self, id)).by(name(self, by)));
            }
            Happening::Stopped(by) => self.ends(Ending::By(End::Stopped), by),
            Happening::NoRight(_) | Happening::Lie(_) => self.event(What::Contradicted),
            Happening::Relocked { by, out, without } => {
                self.lines.event(Event::new(What::Relocked).by(name(self, by)));
                for id in out {
                    self.lines.event(Event::of(What::LeftOut, name(self, id)).by(name(self, by)));
                }
                if without.is_some() {
                    self.event(What::Keyless);
                } else if Some(by) == self.group.you() {
                    let next = self.moderation.relocked(&self.group, &mut self.random);
                    self.to_derive.extend(next);
                }
            }
            Happening::Denied { frame, why, retry_ms } => self.denied(frame, why, retry_ms, now),
            Happening::NotRenewed => self.event(What::Unrenewed),
            Happening::Over { end, by, proof } => self.over(end, by, proof),
            Happening::Closing(seconds) => self.lines.event(Event::new(What::Closing).count(seconds)),
            Happening::Exhausted => self.is_exhausted = true,
        }
    }

    /// The place was given up, and this member has entered anew.
    fn entered_anew(&mut self, missed: Option<u64>, now: u64) {
        let is_same = missed.is_some();
        match (missed, self.group.heart()) {
            (Some(count), _) => self.lines.event(Event::new(What::Reentered).count(count)),
            (None, Some(heart)) => {
                let is_own = self.people.all().len() == 1 && heart.alias == *self.group.alias();
                let what = if is_own { What::Reopened } else { What::AnotherRoom };
                self.lines.event(Event::of(what, Named::of(heart.alias.clone())));
            }
            (None, None) => {}
        }
        if !std::mem::take(&mut self.moderation).is_idle() {
            self.lines.note(Note::NotCarriedOut);
        }
        if !is_same {
            self.timer = super::Timer::default();
        }
        let Some(you) = self.people.you().cloned() else { return };
        for key in self.outbox.taken_over(is_same, &mut self.lines, now) {
            let to = self.lines.said(key).and_then(|said| said.to.as_ref()?.voice);
            let between = self.between(to.map(|voice| voice.to_bytes()));
            self.lines.revoice(key, you.clone(), between);
        }
    }

    fn said(&mut self, from: Id, name: Name, body: &Body, now: u64) {
        let Some(person) = self.person(from).cloned() else { return };
        if person.you {
            if let Some(key) = self.outbox.flying() {
                self.lines.name(key, name);
            }
            self.carry_out(body, &person, None);
        } else {
            self.show(body, person, None, name, now);
        }
    }

    fn whisper(&mut self, from: Id, name: Name, body: &Body, now: u64) {
        let Some(person) = self.person(from).cloned() else { return };
        let Some(voice) = person.voice else { return };
        let between = self.between(Some(voice.to_bytes()));
        if !self.is_ignored(&person) {
            self.whisperer = Some(voice.to_bytes());
        }
        self.show(body, person, between, name, now);
    }

    fn show(&mut self, body: &Body, from: Person, between: Between, name: Name, now: u64) {
        let how = match body {
            _ if between.is_some() => How::Whisper,
            Body::Farewell(_) => How::Farewell,
            _ => How::Message,
        };
        let voice = from.voice.map(|voice| voice.to_bytes());
        let (said, answers) = match body {
            Body::Message(said) | Body::Farewell(said) | Body::Action(said) => (said, None),
            Body::Reply { said, to } => (said, Some(self.lines.named(*to, between))),
            Body::Typing { .. } => {
                if let Some(voice) = voice {
                    self.typing.heard(voice, now);
                }
                return;
            }
            Body::Unknown => {
                self.lines.event(Event::of(What::Unshowable, from.named));
                return;
            }
            _ => return self.carry_out(body, &from, between),
        };
        if let Some(voice) = voice {
            self.typing.said(voice, now);
        }
        let line = Said {
            how,
            from,
            to: None,
            at: said.at,
            html: said.text.clone(),
            is_action: matches!(body, Body::Action(_)),
            answers,
            state: Delivery::Sent,
            forget_at: None,
            timer: said.timer,
            between,
            name: None,
            reactions: Reactions::default(),
        };
        let key = self.lines.say(line, now);
        self.lines.name(key, name);
    }

    /// Carries out what a member, this one too, says about a message. It may name what nobody has, or what is not its own:
    /// nothing comes of that.
    pub(super) fn carry_out(&mut self, body: &Body, from: &Person, between: Between) {
        let Some(voice) = from.voice else { return };
        match body {
            Body::Reaction { text, to, .. } => {
                if let Some(key) = self.lines.named(*to, between) {
                    self.lines.react(key, voice, text.as_str(), from.named.clone());
                }
            }
            Body::Unsend { to, .. } => {
                let Some(key) = self.lines.named(*to, between) else { return };
                if self.lines.said(key).is_some_and(|said| said.from.voice == Some(voice)) {
                    self.lines.unsend(key, from.named.clone());
                }
            }
            _ => {}
        }
    }

    fn denied(&mut self, frame: u8, why: Denial, retry_ms: u64, now: u64) {
        let is_for_haste = why == Denial::TooFast;
        match frame {
            FRAME_PASS => self.outbox.pass_denied(is_for_haste, retry_ms, &mut self.lines, now),
            COMMAND_RENEW if why == Denial::AliasInUse => self.note(Note::AliasInUse),
            FRAME_SAY | COMMAND_RENEW => {}
            _ if why == Denial::NotYours => self.refuse(),
            COMMAND_LOCK | COMMAND_RELOCK => {}
            _ if why == Denial::NoSuchMember => self.note(Note::Gone),
            _ => {}
        }
        if frame == COMMAND_LOCK {
            self.moderation.lock_denied(is_for_haste, retry_ms, now);
        }
        if frame == COMMAND_RELOCK {
            let (group, people, lines) = (&self.group, &self.people, &mut self.lines);
            let denied = (why, retry_ms);
            let next = self.moderation.relock_denied(denied, group, people, lines, &mut self.random, now);
            self.to_derive.extend(next);
        }
    }

    fn ends(&mut self, ending: Ending, by: Id) {
        let by = self.person(by).filter(|by| !by.you).map(|by| by.named.clone());
        self.ended.get_or_insert(Ended { ending, by });
    }

    /// Why the daemon puts this member out, or ends the room.
    fn over(&mut self, end: End, by: Option<Id>, proof: Proof) {
        let ended = match (end, by, proof) {
            (End::Kicked | End::Stopped, Some(by), Proof::Proved) => {
                return self.ends(Ending::By(end), by);
            }
            // A relock puts out without a member's word to this one.
            (End::Kicked, Some(by), Proof::Absent) if self.group.may(by) => Ended::by_itself(Ending::LeftOut),
            _ => Ended::unproved(end, by),
        };
        self.ended.get_or_insert(ended);
    }
}
