//! Under an honest daemon, whatever crosses whatever: nobody is told that somebody sees something else, that
//! the daemon lies, or that a message is missing.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sanctuary_wire::{Denial, Id, Rule};

use super::super::*;
use super::room::{Players, message};
use super::rooms::other_door;

/// One deed after the other, each chosen by a few bytes.
struct Story {
    room: Players,
    relocks: u8,
    /// Who has lost a connection, and the password that was on it perhaps.
    lost: BTreeSet<usize>,
    /// Who has refused a card, and so may not know the voice of who gives another password: a renaming that
    /// crosses another password can take an alias that is in use.
    refused: BTreeSet<usize>,
    /// Who could not open something that was passed to it.
    unopened: BTreeSet<usize>,
    /// Whose card was denied for its alias, as it is for good where a renaming crosses another password.
    denied: BTreeSet<usize>,
}

impl Story {
    fn new(rule: Rule) -> Self {
        let none = BTreeSet::new;
        Self {
            room: Players::under(rule, &["Ada", "Ben", "Cleo"]),
            relocks: 0,
            lost: none(),
            refused: none(),
            unopened: none(),
            denied: none(),
        }
    }

    fn deed(&mut self, [deed, who, whom]: [u8; 3]) {
        let room = &mut self.room;
        let (at, now) = (usize::from(who) % room.all.len(), room.now);
        let other = Id(u64::from(whom) % (room.all.len() as u64 + 1) + 1);
        match deed % 24 {
            // Frames under way arrive, one at a time.
            0..=4 => drop(room.up(at)),
            5..=9 => drop(room.down(at)),
            10 | 11 => drop(room.group(at).say(message("hello"), now)),
            12 => drop(room.group(at).whisper(other, message("psst"))),
            13 => room.group(at).thawed(now),
            14 => {
                self.lost.insert(at);
                room.loses(at);
            }
            15 => {
                self.lost.insert(at);
                room.breaks(at);
            }
            16 | 17 => {
                if room.all[at].on.is_none() && room.all[at].group.you().is_some() {
                    room.returns(at);
                }
            }
            18 if room.all.len() < 8 => {
                let door = room.group(at).door().clone();
                room.enters_by(door, ["Dora", "Emil", "Ada", "Ben"][usize::from(whom) % 4]);
            }
            19 if whom < 128 => room.ticks(u64::from(whom)),
            19 => {
                // No frame is under way for as long as a denied renewal waits.
                for _ in 0..=(whom - 128) / 4 {
                    room.settle();
                    room.ticks(30_000);
                }
            }
            20 => {
                let alias = ["Fritz", "Gerd", "Ada"][usize::from(whom) % 3];
                let _ = room.group(at).rename(alias.parse().unwrap(), now);
            }
            21 => {
                self.relocks += 1;
                let (door, password) = other_door(self.relocks);
                let listed = room.group(at).accepted();
                let _ = room.group(at).relock(door, password, &listed);
            }
            22 => match whom % 4 {
                0 => drop(room.group(at).kick(other, now)),
                1 => drop(room.group(at).hand(other, now)),
                2 => drop(room.group(at).lock(whom % 8 == 2)),
                _ => drop(room.group(at).leave(None, now)),
            },
            _ => room.daemon.gives_up(other),
        }
        self.check();
    }

    /// Nothing is told that only a lie, or a loss, could make true.
    fn check(&mut self) {
        // On the lines that these have lost were whispers perhaps.
        let have_lost: Vec<Option<Id>> = self.lost.iter().map(|at| self.room.all[*at].group.you()).collect();
        for (at, player) in self.room.all.iter_mut().enumerate() {
            for told in std::mem::take(&mut player.told) {
                let is_false = match &told {
                    Happening::Differs(_)
                    | Happening::Lie(_)
                    | Happening::Missing { .. }
                    | Happening::NoRoom(_)
                    | Happening::NoRight(_)
                    | Happening::ShutOut { .. }
                    | Happening::Exhausted => true,
                    Happening::Denied { why: Denial::AliasInUse, .. } => {
                        self.denied.insert(at);
                        false
                    }
                    Happening::NotRenewed => !self.denied.contains(&at),
                    Happening::WhispersMissing { from, .. } => {
                        let is_lost = self.lost.contains(&at) || have_lost.contains(&Some(*from));
                        !is_lost && !self.unopened.contains(&at)
                    }
                    Happening::Relocked { without: Some(_), .. } => {
                        !self.lost.contains(&at) && !self.refused.contains(&at)
                    }
                    Happening::Kicked { proof, .. } | Happening::Handed { proof, .. } => {
                        *proof == Proof::Refuted
                    }
                    Happening::Over { proof, .. } => *proof == Proof::Refuted,
                    Happening::Unread { why, .. } => !matches!(
                        why,
                        SealError::NoChain
                            | SealError::NotReady
                            | SealError::AliasInUse
                            | SealError::NoSuchMember
                    ),
                    Happening::Unreadable { why, .. } => {
                        self.refused.insert(at);
                        *why != SealError::AliasInUse
                    }
                    // A pass may cross both a renewal and a resumption.
                    Happening::PassUnread { why, .. } => {
                        self.unopened.insert(at);
                        !matches!(
                            why,
                            SealError::Forged
                                | SealError::NotReady
                                | SealError::AliasInUse
                                | SealError::NoSuchMember
                        )
                    }
                    _ => false,
                };
                assert!(!is_false, "member {at} is told {told:?}");
            }
        }
    }

    /// Everybody comes back, all arrives, and who speaks is read by all who know its card.
    fn ends(&mut self) {
        for at in 0..self.room.all.len() {
            if self.room.all[at].on.is_none() && self.room.all[at].group.you().is_some() {
                self.room.returns(at);
            }
        }
        for _ in 0..20 {
            self.room.settle();
            self.room.ticks(31_000);
        }
        self.room.settle();
        self.check();
        let there: Vec<usize> =
            (0..self.room.all.len()).filter(|at| self.room.all[*at].group.is_seated()).collect();
        for &from in &there {
            let (id, now) = (self.room.id(from), self.room.now);
            self.room.group(from).say(message("at the end"), now).unwrap();
            self.room.settle();
            for &at in &there {
                let knows = |room: &mut Players, at: usize, id: Id| room.group(at).card(id).is_some();
                let reader = self.room.id(at);
                let knows_both =
                    at == from || knows(&mut self.room, at, id) && knows(&mut self.room, from, reader);
                let read = self.room.read(at);
                assert_eq!(
                    read.iter().any(|(who, text)| (*who, text.as_str()) == (id, "at the end")),
                    knows_both
                );
            }
            let [first, ..] = there.as_slice() else { unreachable!() };
            let keeper = self.room.group(*first).keeper();
            assert!(there.iter().all(|at| self.room.all[*at].group.keeper() == keeper));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn honest_daemons_never_make_anybody_cry_wolf(deeds in proptest::collection::vec(any::<[u8; 3]>(), 1..200), rule: bool) {
        let mut story = Story::new(if rule { Rule::Keeper } else { Rule::Everyone });
        for deed in deeds {
            story.deed(deed);
        }
        story.ends();
    }
}
