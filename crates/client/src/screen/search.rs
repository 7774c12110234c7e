//! Looks for a text in the conversation, from the newest message up, a piece at a time.

use crate::plain::text_of;
use crate::session::{Kind, Membership};

/// Bytes of messages that are read before anything else is done.
pub(super) const STEP_MOST: usize = 256 * 1024;

/// Bytes of what is looked for.
pub(super) const FIELD_MOST: usize = 200;

/// What is looked for, and where.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) typed: String,
    /// Above this line, while it goes on.
    above: Option<u64>,
}

impl Search {
    pub(super) fn begin(&mut self, above: Option<u64>) {
        self.above = Some(above.unwrap_or(u64::MAX)).filter(|_| !self.typed.is_empty());
    }

    pub(super) fn is_on(&self) -> bool {
        self.above.is_some()
    }

    /// Reads on. Returns the message that has the text, if it is found.
    pub(super) fn goes_on(&mut self, membership: &Membership) -> Option<u64> {
        let (above, wanted) = (self.above.take()?, self.typed.to_lowercase());
        let mut read = 0;
        for line in membership.lines().shown().rev().filter(|line| line.key < above) {
            let Kind::Said(said) = &line.kind else { continue };
            if text_of(said.html.as_str()).to_lowercase().contains(&wanted) {
                return Some(line.key);
            }
            read += said.html.as_str().len();
            if read >= STEP_MOST {
                self.above = Some(line.key);
                break;
            }
        }
        None
    }
}
