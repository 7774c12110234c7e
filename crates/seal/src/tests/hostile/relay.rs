//! What a daemon gives somebody instead of what it should, of what it has seen go by.

use std::collections::BTreeMap;

use sanctuary_wire::{DaemonFrame, Denial, Departure, End, Entry, Id};

use super::super::room::Players;
use super::forger::Forger;

/// What each member was to be told so far, and what is kept back from it.
pub(super) struct Relay {
    past: BTreeMap<usize, Vec<Vec<u8>>>,
    held: BTreeMap<usize, Vec<Vec<u8>>>,
    /// Cards that were shown.
    cards: Vec<Vec<u8>>,
    /// Who has entered, by entry and card.
    entered: Vec<(Entry, Vec<u8>)>,
    pub(super) forger: Forger,
}

/// Frames that are said again at once, at the most.
const AGAIN_MOST: usize = 40;

impl Relay {
    pub(super) fn new(forger: Forger) -> Self {
        Self { past: BTreeMap::new(), held: BTreeMap::new(), cards: vec![], entered: vec![], forger }
    }

    /// Remembers a frame, but for those by which a connection begins and ends.
    pub(super) fn notes(&mut self, to: usize, frame: &[u8]) {
        match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Hello { .. } | DaemonFrame::Over { .. } | DaemonFrame::Refused { .. } => return,
            DaemonFrame::Joined { entry, card, .. } => {
                self.cards.push(card.to_vec());
                self.entered.push((entry, card.to_vec()));
            }
            DaemonFrame::Renewed { card, .. } => self.cards.push(card.to_vec()),
            _ => {}
        }
        self.past.entry(to).or_default().push(frame.to_vec());
    }

    /// What this member gets in the place of `frame`.
    pub(super) fn instead(
        &mut self,
        room: &Players,
        to: usize,
        frame: Vec<u8>,
        whom: u8,
        how: u8,
    ) -> Vec<Vec<u8>> {
        let (id, at) = (Id(u64::from(whom) % (room.all.len() as u64 + 2)), usize::from(whom));
        let held = self.held.entry(to).or_default();
        let again = |of: usize| self.past.get(&of).map(Vec::as_slice).unwrap_or_default();
        let since = |of: usize| again(of).iter().skip(at % again(of).len().max(1));
        let is_sealed = |frame: &&Vec<u8>| matches!(frame[1], 5 | 6);
        match how % 24 {
            0 | 1 => vec![],
            2 => vec![frame.clone(), frame],
            3 | 4 => {
                held.push(frame);
                vec![]
            }
            5 => [vec![frame], std::mem::take(held)].concat(),
            6 => [std::mem::take(held), vec![frame]].concat(),
            7 => [vec![frame], since(to).take(3).cloned().collect()].concat(),
            // All that was sealed for it since, in order, so that chains come before their messages.
            8 | 9 => [vec![frame], since(to).filter(is_sealed).take(AGAIN_MOST).cloned().collect()].concat(),
            10 => [vec![frame], since(at % room.all.len()).take(3).cloned().collect()].concat(),
            11 => vec![in_anothers_name(&frame, id)],
            12 => vec![spoilt(&frame, at)],
            13 => vec![as_an_order(&frame, id, how)],
            14 => vec![self.with_another_card(&frame, id, at)],
            15 => vec![frame, self.brought_back(room, at)],
            16 => vec![otherwise(&frame, id, how)],
            17 => vec![frame, announced(id, how)],
            18 => vec![denied(whom, how), frame],
            19 => vec![frame, denied(whom, how)],
            20 if how < 64 => vec![ended(&frame, id, how)],
            21 | 22 => vec![self.altered_welcome(&frame, id, at)],
            _ => vec![frame],
        }
    }

    /// Somebody who has entered, as if it did so just now.
    fn brought_back(&self, room: &Players, at: usize) -> Vec<u8> {
        let there = room.daemon.seats.iter().map(|seat| (&seat.entry, &seat.card));
        let all: Vec<_> = self.entered.iter().map(|(entry, card)| (entry, card)).chain(there).collect();
        let Some((entry, card)) = all.get(at % all.len().max(1)) else { return announced(Id(1), 0) };
        let (id, entry) = (Id(room.all.len() as u64 + 1 + at as u64 % 9), (*entry).clone());
        DaemonFrame::Joined { id, entry, card: card.as_slice().try_into().unwrap() }.encode()
    }

    /// The frame with another card, one that was shown or one that the daemon makes.
    fn with_another_card(&self, frame: &[u8], id: Id, at: usize) -> Vec<u8> {
        let shown = self.cards.get(at % self.cards.len().max(1)).cloned();
        let mut altered = DaemonFrame::decode(frame).unwrap();
        let entry = match &altered {
            DaemonFrame::Joined { entry, .. } => Some(entry.clone()),
            _ => None,
        };
        let made = self.forger.card(id, entry.as_ref());
        let other = if at.is_multiple_of(2) { made.or(shown) } else { shown };
        let Some(other) = other else { return frame.to_vec() };
        match &mut altered {
            DaemonFrame::Joined { card, .. } | DaemonFrame::Renewed { card, .. } => {
                *card = other.as_slice().try_into().unwrap();
            }
            _ => {}
        }
        altered.encode()
    }

    fn altered_welcome(&self, frame: &[u8], id: Id, at: usize) -> Vec<u8> {
        let mut altered = DaemonFrame::decode(frame).unwrap();
        let made;
        if let DaemonFrame::Welcome { keeper, locked, lock, said, count, order, members, boxed, .. } =
            &mut altered
        {
            let which = at / 12 % members.len();
            match at % 12 {
                0 => drop(members.remove(which)),
                1 => members.extend_from_within(which..=which),
                2 => members.swap(0, which),
                3 => members[which].id = id,
                4 => members[which].away ^= true,
                5 => *keeper = id,
                6 => *locked ^= true,
                7 => *lock = lock.wrapping_add(1),
                8 => *said += 3,
                9 => *count += u64::from(at > 128) * 2,
                10 => order.0[0] ^= 1,
                _ => {
                    *boxed = None;
                    made = self.forger.card(id, Some(&members[which].entry));
                    if let Some(made) = &made {
                        members[which].card = made.as_slice().try_into().unwrap();
                    }
                }
            }
        }
        altered.encode()
    }
}

fn in_anothers_name(frame: &[u8], other: Id) -> Vec<u8> {
    let mut altered = DaemonFrame::decode(frame).unwrap();
    match &mut altered {
        DaemonFrame::Said { from: id, .. }
        | DaemonFrame::Passed { from: id, .. }
        | DaemonFrame::Boxed { by: id, .. }
        | DaemonFrame::Relocked { by: id, .. }
        | DaemonFrame::Kicked { by: id, .. }
        | DaemonFrame::Handed { by: id, .. }
        | DaemonFrame::Locked { by: id, .. }
        | DaemonFrame::Joined { id, .. }
        | DaemonFrame::Renewed { id, .. }
        | DaemonFrame::Left { id, .. }
        | DaemonFrame::Away(id)
        | DaemonFrame::Back(id)
        | DaemonFrame::Keeper(id) => *id = other,
        _ => {}
    }
    altered.encode()
}

fn spoilt(frame: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = match DaemonFrame::decode(frame).unwrap() {
        DaemonFrame::Said { payload, .. } => payload.to_vec(),
        DaemonFrame::Passed { passed, .. } => passed.to_vec(),
        _ => return frame.to_vec(),
    };
    // The first eight say the generation and the counter.
    let at = if at < 16 { at / 2 } else { at % bytes.len() };
    bytes[at] ^= 1;
    match DaemonFrame::decode(frame).unwrap() {
        DaemonFrame::Said { from, .. } => DaemonFrame::Said { from, payload: &bytes }.encode(),
        DaemonFrame::Passed { from, .. } => DaemonFrame::Passed { from, passed: &bytes }.encode(),
        _ => unreachable!(),
    }
}

/// A message as an order, an order as a message or as another one.
fn as_an_order(frame: &[u8], id: Id, how: u8) -> Vec<u8> {
    let (by, payload) = match DaemonFrame::decode(frame).unwrap() {
        DaemonFrame::Said { from, payload } => (from, payload),
        DaemonFrame::Kicked { by, payload, .. } | DaemonFrame::Handed { by, payload, .. } => (by, payload),
        _ => return frame.to_vec(),
    };
    match how / 24 % 4 {
        0 => DaemonFrame::Kicked { id, by, payload }.encode(),
        1 => DaemonFrame::Handed { id, by, payload }.encode(),
        2 => DaemonFrame::Kicked { id: by, by, payload }.encode(),
        _ => DaemonFrame::Said { from: by, payload }.encode(),
    }
}

/// Another number, list or object than the frame should have.
fn otherwise(frame: &[u8], other: Id, how: u8) -> Vec<u8> {
    let mut altered = DaemonFrame::decode(frame).unwrap();
    match &mut altered {
        DaemonFrame::Relocked { lock, .. } if how < 64 => *lock = lock.wrapping_sub(1),
        DaemonFrame::Relocked { staying, .. } if how < 128 => staying.push(other),
        DaemonFrame::Relocked { staying, .. } => staying.retain(|id| *id != other),
        DaemonFrame::Boxed { door, .. } => door.0[40] ^= 1,
        DaemonFrame::Kicked { id, .. } | DaemonFrame::Handed { id, .. } => *id = other,
        DaemonFrame::Joined { entry, .. } => entry.0[0] ^= 1,
        _ => {}
    }
    altered.encode()
}

/// What nobody did.
fn announced(id: Id, how: u8) -> Vec<u8> {
    let frame = match how / 24 % 5 {
        0 => DaemonFrame::Left { id, how: Departure::Gone },
        1 => DaemonFrame::Away(id),
        2 => DaemonFrame::Back(id),
        3 => DaemonFrame::Keeper(id),
        _ => DaemonFrame::Locked { locked: true, by: id },
    };
    frame.encode()
}

fn denied(whom: u8, how: u8) -> Vec<u8> {
    let frame = [4, 4, 5, 8, 11, 12, 13][usize::from(whom) % 7];
    let why = if how < 128 { Denial::TooFast } else { Denial::NotYours };
    DaemonFrame::Denied { frame, why, retry_ms: u64::from(how) }.encode()
}

fn ended(frame: &[u8], id: Id, how: u8) -> Vec<u8> {
    let payload = match DaemonFrame::decode(frame).unwrap() {
        DaemonFrame::Said { payload, .. } | DaemonFrame::Kicked { payload, .. } => Some(payload),
        _ => None,
    };
    let end = if how < 32 { End::Kicked } else { End::Stopped };
    DaemonFrame::Over { end, by: Some(id), payload }.encode()
}
