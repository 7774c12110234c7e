//! What a daemon can seal itself: by the password, and by the keys of a member that helps it.

use sanctuary_sign::SigningKey;
use sanctuary_wire::{ClientFrame, DaemonFrame, Entry, Hash, Id};

use super::super::super::*;
use super::super::attacks::forged_with;
use super::super::room::{Players, message};
use super::super::vectors::{bytes, door};

/// All that it has.
pub(super) struct Forger {
    /// Behind which the room is, or was; none without the password.
    doors: Vec<Door>,
    /// Whose keys it has.
    colluder: Option<usize>,
    /// Chains that were handed to who helps it, or to whom it made up.
    chains: Vec<(Voice, Chain)>,
}

/// Somebody as whom it can speak.
struct Identity {
    id: Id,
    voice: SigningKey,
    keys: KeyPair,
}

impl Identity {
    /// Who is behind a card that the daemon has made.
    fn made(id: Id) -> Self {
        let (voice, keys) = (bytes(&format!("voice of {id:?}")), bytes::<32>(&format!("keys of {id:?}")));
        Self { id, voice: SigningKey::from_seed(&voice), keys: KeyPair::from_secret(keys.into()) }
    }

    fn side(&self) -> (Voice, Public) {
        (self.voice.public(), self.keys.public())
    }
}

impl Forger {
    pub(super) fn new(knows_password: bool, colluder: Option<usize>) -> Self {
        Self { doors: if knows_password { vec![door()] } else { vec![] }, colluder, chains: vec![] }
    }

    /// A door that a member has made: who knows the password is told it.
    pub(super) fn knows(&mut self, door: Door) {
        if !self.doors.is_empty() {
            self.doors.push(door);
        }
    }

    /// A card of its own.
    pub(super) fn card(&self, id: Id, entry: Option<&Entry>) -> Option<Vec<u8>> {
        let (door, identity) = (self.doors.last()?, Identity::made(id));
        let (voice, public) = identity.side();
        let card = Card { alias: format!("M{}", id.0).parse().unwrap(), voice, public, n: 0 };
        let entry = entry.cloned().unwrap_or(Entry([0; 16]));
        Some(card.seal(door, &identity.voice, &entry, &mut random(id.0)))
    }

    fn identities(&self, room: &Players) -> Vec<Identity> {
        let made =
            self.doors.first().map(|_| (1..=room.all.len() as u64 + 2).map(|id| Identity::made(Id(id))));
        let helper = self.colluder.and_then(|at| {
            let group = &room.all[at].group;
            let (voice, keys, _) = group.you().map(|_| group.seized())?;
            Some(Identity { id: group.you()?, voice, keys })
        });
        helper.into_iter().chain(made.into_iter().flatten()).collect()
    }

    /// Looks at what a member passes, as who helps it, or whom it made up, would.
    pub(super) fn learns(&mut self, room: &Players, from: usize, frame: &[u8]) {
        let Ok(ClientFrame::Pass(passes)) = ClientFrame::decode(frame) else { return };
        let (voice, keys, salt) = room.all[from].group.seized();
        let side = (voice.public(), keys.public());
        for identity in self.identities(room) {
            let Ok(pair) = Pair::agree(&salt, identity.voice.public(), &identity.keys, side) else {
                continue;
            };
            for (_, passed) in passes.iter().filter(|(to, _)| *to == identity.id) {
                if let Ok(Some(Passed::Chain(chain))) = pair.inward.open(passed) {
                    self.chains.push((side.0, chain));
                }
            }
        }
    }

    /// Something for a member that it seals itself.
    pub(super) fn forges(&self, room: &Players, to: usize, whom: u8, how: u8) -> Vec<Vec<u8>> {
        let (identities, group) = (self.identities(room), &room.all[to].group);
        if identities.is_empty() || group.you().is_none() {
            return vec![];
        }
        // Half of all by who helps it.
        let by = &identities[if whom < 128 { 0 } else { usize::from(whom) % identities.len() }];
        let (voice, keys, salt) = group.seized();
        let mut random = random(u64::from(how));
        let Ok(pair) = Pair::agree(&salt, by.voice.public(), &by.keys, (voice.public(), keys.public()))
        else {
            return vec![];
        };
        let (from, counter) = (by.id, u32::from(whom) % 5);
        let mut pass = |passed: &Passed| {
            let passed = pair.outward.seal(&mut random, passed).unwrap();
            DaemonFrame::Passed { from, passed: &passed }.encode()
        };
        let own = own_chain(&salt, from, u32::from(how) / 128, counter);
        match how % 12 {
            0 => vec![pass(&Passed::Chain(own))],
            1 | 2 => {
                let said = message(&format!("whisper {counter} of {from:?}")).encode().unwrap();
                vec![pass(&Passed::Whisper { counter, said })]
            }
            3 => vec![pass(&Passed::Arrived { counter, arrived: counter + 1 })],
            4 => vec![pass(&Passed::Lack)],
            5 | 6 => {
                let payload = says(group, by, &own, by.voice.public(), &said(counter, from));
                vec![pass(&Passed::Chain(own)), DaemonFrame::Said { from, payload: &payload }.encode()]
            }
            7 | 8 => {
                // In another's name, under the chain that this one handed out.
                let Some((voice, chain)) = self.chains.iter().rev().nth(usize::from(whom) % 4) else {
                    return vec![];
                };
                let Some(owner) = owner(group, *voice) else { return vec![] };
                let mut chain = chain.clone();
                (0..counter).for_each(|_| chain.step(&salt));
                let payload = says(group, by, &chain, *voice, &message("I resign"));
                vec![DaemonFrame::Said { from: owner, payload: &payload }.encode()]
            }
            9 | 10 => {
                let accepted = group.accepted();
                let Some(id) = accepted.get(usize::from(how) % accepted.len().max(1)) else { return vec![] };
                let kick = Body::Kick(group.card(*id).unwrap().voice);
                let payload = says(group, by, &own, by.voice.public(), &kick);
                let kicked = match how / 12 % 3 {
                    0 => DaemonFrame::Said { from, payload: &payload },
                    1 => DaemonFrame::Kicked { id: *id, by: from, payload: &payload },
                    _ => DaemonFrame::Kicked { id: from, by: from, payload: &payload },
                };
                vec![pass(&Passed::Chain(own)), kicked.encode()]
            }
            _ => relocks(group, by, whom),
        }
    }
}

/// A message by this one's voice, as if it were another's.
fn says(group: &Group, by: &Identity, chain: &Chain, as_if: Voice, body: &Body) -> Vec<u8> {
    let (.., salt) = group.seized();
    let (count, lock) = (group.count().unwrap(), group.lock_number().unwrap());
    let view = group.view_at(count).unwrap_or(View([0; 16]));
    let say = Say { n: 0, lock, count, view, body: body.clone() };
    forged_with(&salt, chain, as_if, &say, |signed| by.voice.sign(signed))
}

/// Another password, as if this one or the keeper had given it.
fn relocks(group: &Group, by: &Identity, whom: u8) -> Vec<Vec<u8>> {
    let (voice, keys, salt) = group.seized();
    let new = Door::of(group.room(), Secret(bytes("a door of the daemon's")));
    let (lock, maker) = (
        group.lock_number().unwrap() + 1,
        if whom.is_multiple_of(2) { by.id } else { group.keeper().unwrap() },
    );
    let staying: Vec<Id> = group.members().iter().map(|member| member.id).collect();
    let (mut random, to) = (random(u64::from(whom)), (voice.public(), keys.public()));
    let hash = Hash::of_staying(&staying);
    let Ok(door) = boxed::seal(&salt, lock, &new, &by.voice, &hash, to, &mut random) else {
        return vec![];
    };
    let heart = group.heart().unwrap().seal(&new, &mut random).unwrap();
    let heart = heart.as_slice().try_into().unwrap();
    vec![
        DaemonFrame::Boxed { by: maker, door }.encode(),
        DaemonFrame::Relocked { by: maker, lock, heart, staying: staying.into() }.encode(),
    ]
}

fn said(counter: u32, from: Id) -> Body {
    message(&format!("said {counter} of {from:?}"))
}

/// What the daemon draws is of no account.
fn random(number: u64) -> Random {
    Random::of(bytes(&format!("draw {number}")))
}

/// The chain of somebody whom the daemon speaks as, at one of its first counters.
fn own_chain(salt: &RoomSalt, id: Id, generation: u32, counter: u32) -> Chain {
    let mut chain = Chain::at(generation, 0, Secret(bytes(&format!("chain {generation} of {id:?}"))));
    (0..counter).for_each(|_| chain.step(salt));
    chain
}

fn owner(group: &Group, voice: Voice) -> Option<Id> {
    group.accepted().into_iter().find(|id| group.card(*id).unwrap().voice == voice)
}
