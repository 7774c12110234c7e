//! Being in a room: what a member does, what it is shown, and when there is something to do.

mod happens;
mod orders;
mod talk;

use std::sync::Arc;

use sanctuary_seal::{Door, Group, Happening, Invitation, Password, Random, SealError, Text};
use sanctuary_wire::{End, Id, WireError};

use super::lines::{Between, Change, Lines};
use super::lookalikes::{Lookalike, Lookalikes};
use super::moderation::{Moderation, ToDerive};
use super::names::Numbered;
use super::outbox::Outbox;
use super::people::{Key, Named, People, Person};
use super::timer::Timer;
use super::told::{Ending, Event, Note, What};
use super::typing::Typing;

pub use talk::Aim;

/// How it has ended, and who of the members ended it, if that one said so itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// How.
    pub ending: Ending,
    /// By whom.
    pub by: Option<Named>,
}

impl Ended {
    pub(super) fn by_itself(ending: Ending) -> Self {
        Self { ending, by: None }
    }

    /// As the daemon says, to whom nobody's word could be checked.
    pub(super) fn unproved(end: End, by: Option<Id>) -> Self {
        Self::by_itself(match (end, by) {
            (End::Stopped, None) => Ending::StoppedByHost,
            (End::Stopped, Some(_)) => Ending::StoppedUnread,
            (End::Kicked, _) => Ending::PutOut,
            (end, _) => Ending::By(end),
        })
    }
}

/// One's part in a room.
#[derive(Debug)]
pub struct Membership {
    group: Group,
    random: Random,
    people: Arc<People>,
    numbered: Numbered,
    lines: Lines,
    lookalikes: Lookalikes,
    outbox: Outbox,
    moderation: Moderation,
    timer: Timer,
    typing: Typing,
    /// The voice of whoever last whispered.
    whisperer: Option<Key>,
    verified: Vec<Key>,
    to_derive: Vec<ToDerive>,
    ended: Option<Ended>,
    is_exhausted: bool,
}

impl Membership {
    pub(super) fn of(group: Group, random: Random) -> Self {
        let people = Arc::new(People::of(&group));
        Self {
            group,
            random,
            people,
            numbered: Numbered::default(),
            lines: Lines::default(),
            lookalikes: Lookalikes::default(),
            outbox: Outbox::default(),
            moderation: Moderation::default(),
            timer: Timer::default(),
            typing: Typing::default(),
            whisperer: None,
            verified: vec![],
            to_derive: vec![],
            ended: None,
            is_exhausted: false,
        }
    }

    /// The room.
    #[must_use]
    pub fn group(&self) -> &Group {
        &self.group
    }

    /// The members.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// The conversation.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Whether somebody's number was compared.
    #[must_use]
    pub fn is_verified(&self, person: &Person) -> bool {
        person.voice.is_some_and(|voice| self.verified.contains(&voice.to_bytes()))
    }

    /// Whom a member can be taken for, by its alias.
    #[must_use]
    pub fn lookalike(&self, person: &Person) -> Option<&Lookalike> {
        self.lookalikes.of(person)
    }

    /// Whether nothing of somebody is shown.
    #[must_use]
    pub fn is_ignored(&self, person: &Person) -> bool {
        person.voice.is_some_and(|voice| self.lines.is_ignored(&voice.to_bytes()))
    }

    /// Whether a new password is being given to the room.
    #[must_use]
    pub fn is_relocking(&self) -> bool {
        self.moderation.is_relocking()
    }

    /// Seconds after which what is said from now on goes; 0: it stays.
    #[must_use]
    pub fn timer(&self) -> u64 {
        self.timer.own()
    }

    /// Whether one more word may be typed. If not, what is typed must wait.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.outbox.has_room()
    }

    /// The fragment that lets others in.
    #[must_use]
    pub fn invitation(&self) -> Option<Invitation> {
        let password = self.group.heart()?.password.clone();
        Some(Invitation { room_key: self.group.room().into(), password })
    }

    pub(super) fn hear(&mut self, bytes: &[u8], now: u64) -> Result<(), WireError> {
        let told = self.group.hear(bytes, now)?;
        self.happens(told, now);
        Ok(())
    }

    /// Whoever enters anew in this one's place; `opening` says when, and by which code, the room is opened again.
    pub(super) fn anew(&mut self, opening: Option<(u64, Option<Text>)>) -> Result<Group, SealError> {
        self.group.anew(opening, self.random.split())
    }

    /// Goes on in another stay, which `group` has entered.
    pub(super) fn enters_anew(&mut self, group: Group, told: Vec<Happening>, now: u64) {
        self.group = group;
        self.happens(told, now);
    }

    pub(super) fn disconnected(&mut self) {
        self.group.disconnected();
    }

    pub(super) fn thawed(&mut self, now: u64) {
        self.group.thawed(now);
    }

    /// Does what is due, and sends what may be sent.
    pub(super) fn wake(&mut self, now: u64) {
        self.lines.forget(now);
        self.typing.wake(now);
        let told = self.group.tick(now);
        self.happens(told, now);
    }

    /// When there is next something to do.
    pub(super) fn due(&self) -> Option<u64> {
        let always = [self.lines.due(), self.group.next_tick(), self.typing.due()];
        if !self.group.is_seated() {
            return always.into_iter().flatten().min();
        }
        let timer = self.timer.due().filter(|_| self.is_to_tell_timer());
        let moderation = self.moderation.due(self.outbox.is_kicking());
        always.into_iter().chain([self.outbox.due(), timer, moderation]).flatten().min()
    }

    /// Whether the daemon has not answered for too long.
    pub(super) fn is_stalled(&self, now: u64) -> bool {
        self.group.is_seated() && self.outbox.is_stalled(now)
    }

    /// Whether numbers have run out, so that one must enter anew.
    pub(super) fn is_worn(&self) -> bool {
        self.is_exhausted
    }

    pub(super) fn ended(&mut self) -> Option<Ended> {
        self.ended.take()
    }

    /// What is to be sent, derived, shown.
    pub(super) fn take(&mut self) -> (Vec<Vec<u8>>, Vec<ToDerive>, Vec<Change>) {
        (self.group.frames(), std::mem::take(&mut self.to_derive), self.lines.changes())
    }

    pub(super) fn derived(&mut self, password: &Password, door: Door, now: u64) {
        self.moderation.derived(password, door);
        self.go_on(now);
    }

    /// Sends what may be sent now.
    fn go_on(&mut self, now: u64) {
        if !self.group.is_seated() {
            return;
        }
        if self.is_to_tell_timer() && self.timer.due().is_some_and(|due| due <= now) {
            self.tell_timer(self.timer.own(), now);
        }
        let is_kicking = self.outbox.is_kicking();
        let (group, people, lines) = (&mut self.group, &self.people, &mut self.lines);
        let derive = self.moderation.go_on(group, people, is_kicking, lines, &mut self.random, now);
        self.to_derive.extend(derive);
        let whispered = self.outbox.go_on(&mut self.group, &self.people, &mut self.lines, now);
        for (to, body) in whispered {
            self.whispered(to, &body);
        }
    }

    /// A whisper about a message counts once it is sent.
    fn whispered(&mut self, to: Key, body: &sanctuary_seal::Body) {
        if let Some(you) = self.people.you().cloned() {
            let between = self.between(Some(to));
            self.carry_out(body, &you, between);
        }
    }

    /// Both voices of what goes to one, or nothing for what goes to all.
    fn between(&self, with: Option<Key>) -> Between {
        let own = self.people.you()?.voice?.to_bytes();
        with.map(|with| (own, with))
    }

    fn person(&self, id: Id) -> Option<&Person> {
        self.people.id(id)
    }

    fn named(&self, id: Id) -> Named {
        self.person(id).map_or_else(Named::nobody, |person| person.named.clone())
    }

    /// A line for this member alone.
    pub fn note(&mut self, note: Note) {
        self.lines.note(note);
    }

    fn event(&mut self, what: What) {
        self.lines.event(Event::new(what));
    }

    pub(super) fn entered(&mut self, told: Vec<Happening>, now: u64) {
        self.happens(told, now);
    }

    /// Whether nothing waits to be said or done any more.
    #[must_use]
    pub fn is_all_done(&self) -> bool {
        self.outbox.is_idle() && self.moderation.is_idle()
    }

    pub(super) fn is_all_said(&self) -> bool {
        self.outbox.is_idle()
    }

    /// Tells the daemon that one leaves.
    pub(super) fn exit(&mut self, now: u64) {
        let _ = self.group.leave(None, now);
    }
}
