//! Lines in, lines out: for pipes, screen readers and bots (docs/plain.md).

mod json;
mod lines;
pub mod orders;
mod text;

pub use json::Json;
pub use lines::Plain;
pub use text::{html_of, text_of};

use crate::session::{Change, Event, Membership, Over, Phase, What};
use crate::words;

/// Writes what is told, a line at a time.
pub trait Output {
    /// The session is in another phase.
    fn phase(&mut self, phase: &Phase<'_>) -> Option<String>;

    /// A line has changed.
    fn change(&mut self, membership: &Membership, change: &Change) -> Option<String>;

    /// The invitation of a room that was opened, or that has another password.
    fn invitation(&mut self, link: &str) -> String;

    /// It is over.
    fn over(&mut self, over: &Over) -> String;
}

/// For whom somebody can be taken who came, or goes by another alias.
fn likeness(membership: &Membership, event: &Event) -> Option<String> {
    let who = match event.what {
        What::Joined => event.who.as_ref(),
        What::Renamed => event.by.as_ref(),
        _ => None,
    };
    let person = membership.people().all().iter().find(|person| Some(&person.named) == who)?;
    membership.lookalike(person).map(words::looks_like)
}
