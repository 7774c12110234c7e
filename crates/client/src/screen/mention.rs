//! Messages that somebody should not miss: those that name it, answer it or are whispered to it.

use std::collections::VecDeque;

use crate::plain::text_of;
use crate::session::{How, Kind, Line, Membership, Said};

/// Mentions that can be gone back to.
pub const MENTIONS_MOST: usize = 100;

/// Their lines.
#[derive(Debug, Default)]
pub(super) struct Mentions(VecDeque<u64>);

impl Mentions {
    /// A message came. Returns whether it is one of them.
    pub(super) fn came(&mut self, line: &Line, membership: &Membership) -> bool {
        let Kind::Said(said) = &line.kind else { return false };
        let is_one = !said.from.you && is_meant(said, membership);
        if is_one {
            if self.0.len() == MENTIONS_MOST {
                self.0.pop_front();
            }
            self.0.push_back(line.key);
        }
        is_one
    }

    /// The next above a line, or the newest.
    pub(super) fn before(&self, key: Option<u64>, membership: &Membership) -> Option<u64> {
        let is_there = |at: &&u64| membership.lines().said(**at).is_some();
        let above = |at: &&u64| key.is_none_or(|key| **at < key);
        self.0.iter().rev().filter(is_there).find(above).copied()
    }
}

fn is_meant(said: &Said, membership: &Membership) -> bool {
    let answered = said.answers.flatten().and_then(|key| membership.lines().said(key));
    said.how == How::Whisper || answered.is_some_and(|said| said.from.you) || names(said, membership)
}

/// Whether this member's alias stands in it, as a word of its own.
fn names(said: &Said, membership: &Membership) -> bool {
    let alias = membership.group().alias().as_str().to_lowercase();
    // Few messages name anybody; the others are not read as HTML for this.
    if !said.html.as_str().to_lowercase().contains(&alias) {
        return false;
    }
    let text = text_of(said.html.as_str()).to_lowercase();
    let is_apart = |side: Option<char>| side.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&alias).any(|(at, found)| {
        is_apart(text[..at].chars().next_back()) && is_apart(text[at + found.len()..].chars().next())
    })
}
