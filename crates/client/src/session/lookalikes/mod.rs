//! Members who can be taken for others, found as the page finds them (web/src/looks/looks.ts).

mod skeleton;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sanctuary_seal::Alias;

use super::lines::Lines;
use super::people::{Key, People, Person};
use crate::words::OWN_WORDS;
use skeleton::skeletons;

/// Whom a member can be taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookalike {
    /// This member.
    You,
    /// One who is here, or whose lines are.
    Member(Alias),
    /// The program itself, or what it says of members.
    Program,
}

/// How a member looks, for as long as it is here or its lines are.
#[derive(Debug)]
struct Face {
    alias: Alias,
    folded: String,
    skeletons: Vec<String>,
    you: bool,
    is_here: bool,
}

/// Who looks like whom.
#[derive(Debug, Default)]
pub(super) struct Lookalikes {
    faces: BTreeMap<Key, Face>,
    found: BTreeMap<Key, Lookalike>,
}

impl Lookalikes {
    pub(super) fn of(&self, person: &Person) -> Option<&Lookalike> {
        self.found.get(&person.voice?.to_bytes())
    }

    /// Somebody came, went or is called something else.
    pub(super) fn look_again(&mut self, people: &People, lines: &Lines) {
        let known = std::mem::take(&mut self.faces);
        let gone = lines.speakers().filter(|person| !person.you).map(|person| (person, false));
        for (person, is_here) in gone.chain(people.all().iter().map(|person| (person, true))) {
            let (Some(voice), Some(alias)) = (person.voice, &person.named.alias) else { continue };
            let voice = voice.to_bytes();
            let skeletons = match known.get(&voice) {
                Some(face) if face.alias == *alias => face.skeletons.clone(),
                _ => skeletons(alias.as_str()),
            };
            let folded = alias.as_str().to_lowercase();
            self.faces
                .insert(voice, Face { alias: alias.clone(), folded, skeletons, you: person.you, is_here });
        }
        self.found = self.find();
    }

    fn find(&self) -> BTreeMap<Key, Lookalike> {
        let mut alike: BTreeMap<&str, Alike<'_>> = BTreeMap::new();
        // Those who are here come first.
        for is_here in [true, false] {
            for face in self.faces.values().filter(|face| face.is_here == is_here) {
                for skeleton in &face.skeletons {
                    alike.entry(skeleton).or_default().add(face);
                }
            }
        }
        let likeness = |face: &Face| {
            let alike = || face.skeletons.iter().filter_map(|skeleton| alike.get(skeleton.as_str()));
            if alike().any(|alike| alike.you) {
                return Some(Lookalike::You);
            }
            let others = || alike().filter_map(|alike| alike.other_than(face));
            if let Some(other) = others().find(|other| other.is_here).or_else(|| others().next()) {
                return Some(Lookalike::Member(other.alias.clone()));
            }
            face.skeletons.iter().any(|skeleton| OF_WORDS.contains(skeleton)).then_some(Lookalike::Program)
        };
        let others = self.faces.iter().filter(|(_, face)| !face.you);
        others.filter_map(|(voice, face)| Some((*voice, likeness(face)?))).collect()
    }
}

static OF_WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| OWN_WORDS.iter().flat_map(|word| skeletons(word)).collect());

/// Of all who look alike: whether the reader is among them, and the first two of different aliases, so that each has
/// another, however many there are.
#[derive(Default)]
struct Alike<'a> {
    you: bool,
    first: Vec<&'a Face>,
}

impl<'a> Alike<'a> {
    fn add(&mut self, face: &'a Face) {
        self.you |= face.you;
        if self.first.is_empty() || self.first.len() < 2 && self.other_than(face).is_some() {
            self.first.push(face);
        }
    }

    /// Members of one alias are told apart by numbers, and one who comes again is most often the same person.
    fn other_than(&self, face: &Face) -> Option<&'a Face> {
        self.first.iter().copied().find(|other| other.folded != face.folded)
    }
}
