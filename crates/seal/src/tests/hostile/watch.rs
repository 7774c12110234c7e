//! What every member has said and ordered, and what each is shown and told: nothing else may be.

use std::collections::{BTreeMap, BTreeSet};

use sanctuary_wire::{End, Id};

use super::super::super::*;
use super::super::room::Player;

/// A voice's encoding.
type Key = [u8; 32];

/// Something that a member said.
struct Word {
    by: Key,
    /// To one alone.
    to: Option<Key>,
    /// Its place among what it said to all, or to that one.
    place: u64,
    /// Whom its sender saw when it sealed it, ...
    addressed: BTreeSet<Key>,
    /// ... and how it saw the room.
    seen: Vec<(u64, View)>,
}

/// What a member was shown and told.
#[derive(Default)]
struct Reader {
    names: BTreeSet<Name>,
    texts: BTreeSet<String>,
    /// Whose id is whose.
    voices: BTreeMap<Id, Key>,
    /// Who was there before it heard what it is told of.
    there: BTreeSet<Id>,
    /// Who was out in its eyes.
    gone: BTreeSet<Key>,
    differs: BTreeSet<Key>,
    /// Words to all, ...
    said: Rows,
    /// ... and to it alone.
    whispered: Rows,
}

/// Of each voice: the place of the last word that was shown, and how many were told as missing or unread since.
#[derive(Default)]
struct Rows(BTreeMap<Key, (Option<u64>, u64)>);

impl Rows {
    fn told(&mut self, voice: Option<Key>, count: u64) {
        if let Some(voice) = voice {
            self.0.entry(voice).or_default().1 += count;
        }
    }

    fn shown(&mut self, voice: Key, place: u64, text: &str) {
        let (last, told) = self.0.entry(voice).or_default();
        if let Some(last) = last {
            assert!(place > *last, "{text} comes after a later one");
            assert!(*told >= place - *last - 1, "of what was before {text}, {told} are told, since {last}");
        }
        (*last, *told) = (Some(place), 0);
    }
}

/// All of it.
pub(super) struct Watch {
    colluder: Option<usize>,
    words: BTreeMap<String, Word>,
    places: BTreeMap<(Key, Option<Key>), u64>,
    orders: BTreeSet<(Key, Vec<u8>)>,
    /// Whose passwords lead where.
    gates: BTreeSet<(Key, [u8; 32])>,
    readers: BTreeMap<usize, Reader>,
    /// Voices of members who are no daemon's.
    honest: BTreeMap<Key, usize>,
}

fn own(group: &Group) -> Key {
    group.seized().0.public().to_bytes()
}

impl Watch {
    pub(super) fn new(colluder: Option<usize>) -> Self {
        Self {
            colluder,
            words: BTreeMap::new(),
            places: BTreeMap::new(),
            orders: BTreeSet::new(),
            gates: BTreeSet::new(),
            readers: BTreeMap::new(),
            honest: BTreeMap::new(),
        }
    }

    fn word(&mut self, by: &Group, to: Option<Key>, text: String) {
        let by = own(by);
        let next = self.places.entry((by, to)).or_default();
        let word = Word { by, to, place: *next, addressed: BTreeSet::new(), seen: vec![] };
        *next += 1;
        self.words.insert(text, word);
    }

    pub(super) fn says(&mut self, by: &Group, text: String) {
        self.word(by, None, text);
    }

    pub(super) fn whispers(&mut self, by: &Group, to: Voice, text: String) {
        self.word(by, Some(to.to_bytes()), text);
    }

    pub(super) fn relocks(&mut self, by: &Group, door: &Door) {
        self.gates.insert((own(by), door.gate().0));
    }

    /// A member may have sealed something anew.
    pub(super) fn sent(&mut self, group: &Group) {
        let Some((body, count, view)) = group.under_way() else { return };
        if body.is_order() {
            self.orders.insert((own(group), body.encode().unwrap().to_vec()));
        }
        let Body::Message(said) = body else { return };
        if let Some(word) = self.words.get_mut(said.text.as_str()) {
            word.addressed.insert(own(group));
            word.addressed
                .extend(group.accepted().iter().map(|id| group.card(*id).unwrap().voice.to_bytes()));
            word.seen.push((count, view));
        }
    }

    pub(super) fn told(&mut self, all: &[Player], at: usize, told: Vec<Happening>) {
        let group = &all[at].group;
        if group.you().is_none() || self.colluder == Some(at) {
            return;
        }
        self.honest.insert(own(group), at);
        let mut reader = self.readers.remove(&at).unwrap_or_default();
        reader.voices.insert(group.you().unwrap(), own(group));
        Self::knows(group, &mut reader);
        for told in told {
            self.one(group, &mut reader, &told);
        }
        for id in group.accepted() {
            let voice = reader.voices[&id];
            assert!(!reader.gone.contains(&voice), "{id:?} is back");
            let is_put_out = |kicked: &Voice| kicked.to_bytes() == voice;
            assert!(!group.kicks_read().iter().any(is_put_out), "{id:?}, who was put out, is heard");
        }
        reader.there = group.members().iter().map(|member| member.id).collect();
        self.readers.insert(at, reader);
    }

    /// Each id has one voice, and each voice one id.
    fn knows(group: &Group, reader: &mut Reader) {
        let mut there = BTreeSet::from([own(group)]);
        for id in group.accepted() {
            let voice = group.card(id).unwrap().voice.to_bytes();
            assert_eq!(*reader.voices.entry(id).or_insert(voice), voice, "{id:?} has another voice");
            assert!(there.insert(voice), "{id:?} has the voice of somebody else");
        }
    }

    fn one(&self, group: &Group, reader: &mut Reader, told: &Happening) {
        let voice = |reader: &Reader, id: Id| reader.voices.get(&id).copied();
        match told {
            Happening::Said { from, name, body } => self.said(group, reader, *from, *name, body),
            Happening::Whisper { from, name, body } => self.whispered(group, reader, *from, *name, body),
            Happening::Resumed { .. } => reader.said = Rows::default(),
            Happening::Missing { from, count } => reader.said.told(voice(reader, *from), *count),
            Happening::Unread { from, why } if !matches!(why, SealError::Forged | SealError::Unsigned) => {
                reader.said.told(voice(reader, *from), 1);
            }
            Happening::WhispersMissing { from, count } => reader.whispered.told(voice(reader, *from), *count),
            Happening::Differs(id) => {
                reader.differs.extend(voice(reader, *id));
            }
            Happening::Delivered { to, first, last } => {
                self.delivered(group, voice(reader, *to), u64::from(*first)..=u64::from(*last));
            }
            Happening::ShutOut { id, by } if *by != group.you().unwrap() => {
                self.ordered(voice(reader, *by), Body::Kick, voice(reader, *id));
                reader.gone.extend(voice(reader, *id));
            }
            Happening::Left { id, .. } | Happening::ShutOut { id, .. } => {
                reader.gone.extend(voice(reader, *id));
            }
            Happening::Kicked { id, by, proof } => {
                if *proof == Proof::Proved {
                    self.ordered(voice(reader, *by), Body::Kick, voice(reader, *id));
                }
                reader.gone.extend(voice(reader, *id));
            }
            Happening::Handed { id, by, proof: Proof::Proved } => {
                self.ordered(voice(reader, *by), Body::Hand, voice(reader, *id));
            }
            Happening::Over { end: End::Kicked, by: Some(by), proof: Proof::Proved } => {
                self.ordered(voice(reader, *by), Body::Kick, Some(own(group)));
            }
            Happening::Over { end: End::Stopped, by: Some(by), proof: Proof::Proved }
            | Happening::Stopped(by) => self.ordered(voice(reader, *by), |_| Body::Stop, Some(own(group))),
            Happening::Relocked { by, out, without } => {
                for id in out {
                    reader.gone.extend(voice(reader, *id));
                }
                if without.is_none() && self.is_honest(voice(reader, *by)) {
                    let gate = group.door().gate().0;
                    assert!(self.gates.contains(&(voice(reader, *by).unwrap(), gate)), "a door of nobody's");
                }
            }
            _ => {}
        }
    }

    fn is_honest(&self, voice: Option<Key>) -> bool {
        voice.is_some_and(|voice| self.honest.contains_key(&voice))
    }

    fn said(&self, group: &Group, reader: &mut Reader, from: Id, name: Name, body: &Body) {
        assert!(reader.names.insert(name), "{body:?} is shown twice");
        let is_there = group.members().iter().any(|member| member.id == from) || reader.there.contains(&from);
        assert!(is_there, "{from:?} is not there");
        let Body::Message(said) = body else { return };
        let (voice, text) = (reader.voices[&from], said.text.as_str());
        if !self.is_honest(Some(voice)) {
            return;
        }
        let word = self.words.get(text).unwrap_or_else(|| panic!("nobody said {text}"));
        assert!(word.by == voice && word.to.is_none(), "{text} under another name");
        assert!(word.addressed.contains(&own(group)), "{text} was not for it");
        reader.texts.insert(text.to_owned());
        if voice == own(group) {
            return;
        }
        reader.said.shown(voice, word.place, text);
        let agrees = |(count, view): &(u64, View)| group.view_at(*count).is_none_or(|own| own == *view);
        assert!(
            word.seen.iter().any(agrees) || reader.differs.contains(&voice),
            "{text} comes of who sees something else"
        );
    }

    fn whispered(&self, group: &Group, reader: &mut Reader, from: Id, name: Name, body: &Body) {
        assert!(reader.names.insert(name), "{body:?} is shown twice");
        let Body::Message(said) = body else { return };
        let (voice, text) = (reader.voices[&from], said.text.as_str());
        if !self.is_honest(Some(voice)) {
            return;
        }
        let word = self.words.get(text).unwrap_or_else(|| panic!("nobody whispered {text}"));
        assert!(word.by == voice && word.to == Some(own(group)), "{text} under another name, or to another");
        reader.texts.insert(text.to_owned());
        reader.whispered.shown(voice, word.place, text);
    }

    /// Each of a member's whispers to this voice, from one place to another, was shown there.
    fn delivered(&self, by: &Group, to: Option<Key>, mut places: std::ops::RangeInclusive<u64>) {
        let Some(reader) = to.and_then(|to| self.readers.get(self.honest.get(&to)?)) else { return };
        let by = own(by);
        let is_shown = |place| {
            let is_it = |word: &Word| word.by == by && word.to == to && word.place == place;
            self.words.iter().any(|(text, word)| is_it(word) && reader.texts.contains(text))
        };
        assert!(places.all(is_shown), "a whisper was not delivered");
    }

    /// Who keeps to the protocol has ordered it.
    fn ordered(&self, by: Option<Key>, order: impl Fn(Voice) -> Body, of: Option<Key>) {
        if !self.is_honest(by) {
            return;
        }
        let order = order(Voice::from_bytes(&of.expect("a voice")).unwrap());
        let encoded = order.encode().unwrap().to_vec();
        assert!(self.orders.contains(&(by.unwrap(), encoded)), "{order:?} was not ordered");
    }
}
