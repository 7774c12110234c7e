//! Lines in, lines out: for pipes, screen readers and bots (docs/plain.md).

mod json;
mod lines;
pub mod orders;
mod text;

pub use json::Json;
pub use lines::Plain;
pub use text::{html_of, text_of};

use crate::session::{Change, Membership, Over, Phase};

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
