//! The members as they are shown. A person is a voice, not a seat's number: under another voice the same number is
//! somebody else.

use std::fmt;

use sanctuary_seal::{Alias, Group, Showing, Voice};
use sanctuary_wire::Id;
use zeroize::Zeroizing;

use super::told::Note;

/// A voice as it is kept and compared.
pub type Key = [u8; 32];

/// An alias, where there is one to be shown, and the how manieth of its alias somebody is, where several are seated.
#[derive(Clone, PartialEq, Eq)]
pub struct Named {
    /// What it calls itself.
    pub alias: Option<Alias>,
    /// From 1, in order of arrival.
    pub nth: Option<usize>,
}

/// Stands where an alias may not be shown.
pub const UNNAMED: &str = "(unnamed)";

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.alias, self.nth) {
            (None, _) => f.write_str(UNNAMED),
            (Some(alias), None) => f.write_str(alias.as_str()),
            (Some(alias), Some(nth)) => write!(f, "{} {nth}", alias.as_str()),
        }
    }
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Named(…)")
    }
}

impl Named {
    /// Somebody of whom nothing is shown.
    #[must_use]
    pub fn nobody() -> Self {
        Self { alias: None, nth: None }
    }

    /// Somebody who need not be told apart.
    #[must_use]
    pub fn of(alias: Alias) -> Self {
        Self { alias: Some(alias), nth: None }
    }
}

/// Whether somebody is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is heard, and hears.
    Ready,
    /// Its card is still sealed for another password.
    NotReady,
    /// Its card is refused, or it was put out.
    Unreadable,
}

/// A member, as it is shown; kept with what it said, which outlives its seat.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its seat's number.
    pub id: Id,
    /// What it is called.
    pub named: Named,
    /// By which it is known.
    pub voice: Option<Voice>,
    /// Whether it is this member.
    pub you: bool,
    /// Whether its connection is broken.
    pub away: bool,
    /// Whether it is heard.
    pub standing: Standing,
}

/// Everybody who has a seat, in order of arrival.
#[derive(Clone, Debug, Default)]
pub struct People(Vec<Person>);

impl People {
    pub(super) fn of(group: &Group) -> Self {
        let you = group.you();
        let person = |member: &sanctuary_seal::Member<'_>| {
            let (named, voice, standing) = match &member.showing {
                Showing::Named { alias, nth, voice } => {
                    (Named { alias: Some((*alias).clone()), nth: *nth }, Some(**voice), Standing::Ready)
                }
                Showing::NotReady => (Named::nobody(), None, Standing::NotReady),
                Showing::Unreadable(_) => (Named::nobody(), None, Standing::Unreadable),
            };
            Person { id: member.id, named, voice, you: Some(member.id) == you, away: member.away, standing }
        };
        Self(group.members().iter().map(person).collect())
    }

    /// All, in order of arrival.
    #[must_use]
    pub fn all(&self) -> &[Person] {
        &self.0
    }

    /// Whoever has this number.
    #[must_use]
    pub fn id(&self, id: Id) -> Option<&Person> {
        self.0.iter().find(|person| person.id == id)
    }

    /// Whoever has this voice.
    #[must_use]
    pub fn voice(&self, voice: &Key) -> Option<&Person> {
        self.0.iter().find(|person| person.voice.is_some_and(|own| own.to_bytes() == *voice))
    }

    /// This member.
    #[must_use]
    pub fn you(&self) -> Option<&Person> {
        self.0.iter().find(|person| person.you)
    }

    /// The members of an alias, however its letters are written.
    #[must_use]
    pub fn named(&self, alias: &str) -> Vec<&Person> {
        let Ok(alias) = alias.parse::<Alias>() else { return vec![] };
        let alias = folded(&alias);
        let has_it = |person: &&Person| person.named.alias.as_ref().is_some_and(|own| folded(own) == alias);
        self.0.iter().filter(has_it).collect()
    }

    /// The member of this name, or why it can't be told.
    pub(super) fn called(&self, alias: &str, nth: Option<usize>) -> Result<&Person, Note> {
        let named = self.named(alias);
        match nth {
            None if named.len() > 1 => Err(Note::Several(alias.to_owned(), named.len())),
            None => named.first().copied().ok_or_else(|| Note::Nobody(alias.to_owned())),
            Some(nth) => {
                let found = named.into_iter().find(|person| person.named.nth == Some(nth));
                found.ok_or_else(|| Note::Nobody(written(alias, Some(nth))))
            }
        }
    }
}

impl From<Vec<Person>> for People {
    fn from(people: Vec<Person>) -> Self {
        Self(people)
    }
}

/// Equal for aliases that are told apart by numbers.
pub(super) fn folded(alias: &Alias) -> Zeroizing<String> {
    Zeroizing::new(alias.as_str().to_lowercase())
}

/// A name as it is typed.
pub(super) fn written(alias: &str, nth: Option<usize>) -> String {
    nth.map_or_else(|| alias.to_owned(), |nth| format!("{alias} {nth}"))
}
