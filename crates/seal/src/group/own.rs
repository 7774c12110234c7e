//! One's own keys, and when the X25519 pair among them is renewed.

use sanctuary_sign::SigningKey;
use sanctuary_wire::{Command, Entry, SealedCard};

use super::super::keys::{Seat, draw_voice};
use super::super::{Alias, Card, Door, KeyPair, Random, SealError, Voice};
use super::Happening;
use super::inside::Inside;

/// Milliseconds from one renewal to the next, if anything was passed meanwhile ...
pub const RENEWAL_MS: u64 = 600_000;

/// ... more or fewer, as it is drawn.
pub const RENEWAL_SPREAD_MS: u64 = 120_000;

/// Milliseconds after which a renewal that was denied without a time is tried again.
const RETRY_MS: u64 = 30_000;

/// Milliseconds for which a denied renewal waits at the least: each draws keys, and seals a card.
const RETRY_LEAST_MS: u64 = 1_000;

/// Milliseconds after which it is told that a renewal is not shown.
pub(super) const UNANSWERED_MS: u64 = 120_000;

/// A time that does not come, of what was told.
const TOLD: u64 = u64::MAX;

/// Milliseconds for which a pair that was renewed still opens a box that was sealed for it.
pub const FORMER_OWN_MS: u64 = 10_000;

/// Such pairs that are kept: as many as an honest daemon lets a member renew at once.
pub(super) const FORMER_OWN_MOST: usize = 3;

/// The keys of one stay.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) seat: Seat,
    pub(super) voice: SigningKey,
    pub(super) entry: Entry,
    pub(super) alias: Alias,
    pub(super) keys: KeyPair,
    /// Those before, oldest first, and until when: a box may be on its way to them.
    pub(super) former: Vec<(KeyPair, u64)>,
    pub(super) n: u32,
    /// As it is shown.
    pub(super) card: Vec<u8>,
    pub(super) pending: Option<Pending>,
    pub(super) renewal: Renewal,
}

/// What was sent to be shown instead.
#[derive(Debug)]
pub(super) struct Pending {
    keys: KeyPair,
    alias: Alias,
    card: Vec<u8>,
}

/// When the pair is renewed.
#[derive(Debug, Default)]
pub(super) struct Renewal {
    /// If anything was passed to or by this member until then.
    due: u64,
    pub(super) was_used: bool,
    /// At once, whatever was passed.
    pub(super) is_urgent: bool,
    /// But not before.
    after: u64,
    /// With another alias.
    alias: Option<Alias>,
    /// When it is told that no card is shown that was sent, if one was since the last that was shown.
    pub(super) shown_by: Option<u64>,
}

impl Own {
    pub(super) fn draw(door: &Door, alias: Alias, entry: Entry, random: &mut Random) -> Self {
        let (seat, voice, keys) = (Seat::draw(random), draw_voice(random), KeyPair::draw(random));
        let card = Card { alias: alias.clone(), voice: voice.public(), public: keys.public(), n: 0 };
        let card = card.seal(door, &voice, &entry, random);
        let renewal = Renewal::default();
        Self { seat, voice, entry, alias, keys, former: vec![], n: 0, card, pending: None, renewal }
    }

    pub(super) fn voice(&self) -> Voice {
        self.voice.public()
    }

    /// What was pending is shown, as a card: it takes the place of what was there.
    pub(super) fn commit(&mut self, card: &[u8], now: u64) -> bool {
        let Some(pending) = self.pending.take_if(|pending| pending.card == card) else { return false };
        if self.former.len() == FORMER_OWN_MOST {
            self.former.remove(0);
        }
        self.former.push((std::mem::replace(&mut self.keys, pending.keys), now + FORMER_OWN_MS));
        (self.alias, self.card) = (pending.alias, pending.card);
        self.n += 1;
        true
    }
}

impl Renewal {
    /// Begins to count.
    pub(super) fn begin(&mut self, now: u64, random: &mut Random) {
        let drawn = u64::from(u32::from_be_bytes(random.bytes())) % (2 * RENEWAL_SPREAD_MS + 1);
        (self.due, self.was_used) = (now + RENEWAL_MS - RENEWAL_SPREAD_MS + drawn, false);
        self.shown_by = None;
    }

    /// An answer may not have been heard yet.
    pub(super) fn wait_anew(&mut self, now: u64) {
        if let Some(at) = self.shown_by.as_mut().filter(|at| **at < TOLD) {
            *at = now + UNANSWERED_MS;
        }
    }

    fn is_due(&self, now: u64) -> bool {
        let is_due = self.is_urgent || self.alias.is_some() || self.was_used && self.due <= now;
        is_due && self.after <= now
    }

    fn next(&self) -> Option<u64> {
        let at =
            if self.is_urgent || self.alias.is_some() { Some(0) } else { self.was_used.then_some(self.due) };
        at.map(|at| at.max(self.after))
    }
}

impl Inside {
    /// Takes another alias.
    pub(super) fn rename(&mut self, alias: Alias, now: u64) -> Result<(), SealError> {
        self.line()?;
        self.own.renewal.alias = Some(alias);
        self.renew(now);
        Ok(())
    }

    pub(super) fn thawed(&mut self, now: u64) {
        self.own.renewal.is_urgent = true;
        self.own.renewal.wait_anew(now);
        self.renew(now);
    }

    /// Sends a renewed card, if that is due.
    pub(super) fn renew(&mut self, now: u64) {
        if !self.own.renewal.is_due(now) || self.own.pending.is_some() || !self.can_renew() {
            return;
        }
        let own = &mut self.own;
        let Some(n) = own.n.checked_add(1) else {
            self.told.push(Happening::Exhausted);
            own.renewal.after = u64::MAX;
            return;
        };
        let (keys, voice) = (KeyPair::draw(&mut self.random), own.voice());
        let alias = own.renewal.alias.take().unwrap_or_else(|| own.alias.clone());
        let card = Card { alias: alias.clone(), voice, public: keys.public(), n };
        let card = card.seal(&self.door, &own.voice, &own.entry, &mut self.random);
        let tag = self.door.alias_tag(&alias);
        own.renewal.is_urgent = false;
        own.renewal.shown_by.get_or_insert(now + UNANSWERED_MS);
        own.pending = Some(Pending { keys, alias, card: card.clone() });
        if let Ok(card) = SealedCard::try_from(card.as_slice()) {
            let _ = self.order(|turn| Command::Renew { turn, card, tag: tag.clone() });
        }
    }

    pub(super) fn remember_own(&mut self) {
        self.own_seen.remember(&self.own.voice().to_bytes(), self.you);
        self.own_seen.remember(&self.own.keys.public().to_bytes(), self.you);
    }

    /// The daemon shows this card as one's own. Returns whether it is.
    pub(super) fn own_renewed(&mut self, card: &[u8], now: u64) -> bool {
        let alias = self.own.alias.clone();
        if !self.own.commit(card, now) {
            return false;
        }
        self.remember_own();
        for known in self.peers.values_mut().filter_map(|peer| peer.known.as_mut()) {
            // It was no weak key before.
            let _ = known.agree(&self.salt, self.own.voice(), &self.own.keys, now);
        }
        self.own.renewal.begin(now, &mut self.random);
        if alias != self.own.alias {
            self.told.push(Happening::Renamed(self.you));
        }
        true
    }

    /// A renewal was denied; where it is for haste, or for nothing that could be mended, it is tried
    /// again.
    pub(super) fn renewal_denied(&mut self, is_for_haste: bool, retry_ms: u64, now: u64) {
        let Some(denied) = self.own.pending.take() else { return };
        let (renewal, is_rename) = (&mut self.own.renewal, denied.alias != self.own.alias);
        renewal.after = now + if retry_ms > 0 { retry_ms.max(RETRY_LEAST_MS) } else { RETRY_MS };
        renewal.is_urgent = true;
        if is_rename && is_for_haste {
            renewal.alias.get_or_insert(denied.alias);
        }
    }

    /// Tells, once, that no renewed card is shown, whatever was denied.
    pub(super) fn watch_renewal(&mut self, now: u64) {
        if self.can_renew() && self.own.renewal.shown_by.is_some_and(|at| at <= now) {
            self.own.renewal.shown_by = Some(TOLD);
            self.told.push(Happening::NotRenewed);
        }
    }

    pub(super) fn next_renewal(&self) -> Option<u64> {
        let own = &self.own;
        let next = own.renewal.next().filter(|_| own.pending.is_none());
        let told = own.renewal.shown_by.filter(|at| *at < TOLD);
        next.into_iter().chain(told).filter(|_| self.can_renew()).min()
    }

    /// Nobody hears a card without a connection, or opens one that is sealed for a door of before.
    fn can_renew(&self) -> bool {
        self.is_seated() && self.has_door
    }
}
