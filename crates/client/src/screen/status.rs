//! The row above the box: what is waited for, what keys do now, and what came below what is seen.

use ratatui::style::Style;
use ratatui::text::Line as Row;

use super::looks::{BOLD, DIM};
use super::{Bell, Mode, Screen, Waits, said, text};
use crate::session::{Delivery, Kind, Membership, Obstacle, Phase, Reconnection, Session};
use crate::{rich, words};

/// What one may react by, at a press; the page proposes the same.
pub(super) const EMOJI: [&str; 8] = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👎"];

impl Screen {
    /// What is told at the left, and at the right.
    pub(super) fn status(&self, session: &Session, waits: Waits<'_>) -> (Row<'static>, Row<'static>) {
        let (left, style) = self.told_now(session, waits);
        let left = Row::styled(left, style);
        let unseen = self.view.unseen;
        let right = if unseen > 0 {
            Row::styled(format!(" {unseen} new – End "), BOLD)
        } else if self.view.is_at_newest() {
            Row::default()
        } else {
            Row::styled(" End: newest ", DIM)
        };
        (left, right)
    }

    fn told_now(&self, session: &Session, waits: Waits<'_>) -> (String, Style) {
        let membership = super::membership(session);
        if let Some(notice) = self.notice {
            return (notice.to_owned(), self.looks.warning());
        }
        match &self.mode {
            Mode::Searching(search) => return (format!("Search: {}", rich::harmless(&search.typed)), BOLD),
            Mode::Reacting(_, field) => return (reacting(field), BOLD),
            Mode::Typing => {}
        }
        if let (Some(key), Some(membership)) = (self.view.selected, membership) {
            return (with_selected(membership, key), BOLD);
        }
        let target = self.composer.target.as_ref().map(|target| (target.told(membership), target.ends()));
        if let Phase::Reconnecting(_, reconnection) = session.phase() {
            let waits = waited_for(reconnection, waits);
            let target = target.map(|(target, _)| format!("{target} · ")).unwrap_or_default();
            return (format!("{target}{waits}"), self.looks.warning());
        }
        if let Some((target, ends)) = target {
            return (format!("{target} – {ends}"), BOLD);
        }
        let sending = membership.map_or(0, sending);
        let told = match membership {
            _ if sending > 1 => format!("{sending} wait to be sent"),
            Some(membership) => words::typing(&membership.typing()),
            None => String::new(),
        };
        (told, DIM)
    }

    /// The row at the top.
    pub(super) fn title(&self, session: &Session) -> String {
        let Some(membership) = super::membership(session) else { return " Sanctuary".to_owned() };
        let group = membership.group();
        let mut told = vec![format!(" Room {}", sanctuary_seal::RoomKey::from(group.room()))];
        told.push(format!("{} here", membership.people().all().len()));
        if group.is_locked() {
            told.push("locked".to_owned());
        }
        if membership.is_relocking() {
            told.push("new password…".to_owned());
        }
        if membership.timer() > 0 {
            told.push(format!("messages go after {}", words::lasting(membership.timer())));
        }
        match self.bell {
            Bell::Off => told.push("bell off".to_owned()),
            Bell::All => told.push("bell for all".to_owned()),
            Bell::Mentions => {}
        }
        if !membership.tells_typing() {
            told.push("typing not told".to_owned());
        }
        told.push("F1 help".to_owned());
        told.join(" · ")
    }
}

fn reacting(field: &str) -> String {
    if !field.is_empty() {
        return format!("React by: {}", rich::harmless(field));
    }
    let each: Vec<String> =
        EMOJI.iter().enumerate().map(|(at, emoji)| format!("{} {emoji}", at + 1)).collect();
    format!("React: {}, or type one", each.join(" "))
}

fn with_selected(membership: &Membership, key: u64) -> String {
    let Some((_, said)) = said(membership, key) else { return text::NOTHING_KEPT.to_owned() };
    let mut keys = vec!["a: answer", "e: react"];
    if said.from.you {
        keys.push("u: unsend");
    }
    if matches!(said.state, Delivery::Failed | Delivery::Unsure) {
        keys.push("s: say again");
    }
    keys.push("Esc");
    keys.join("  ")
}

fn waited_for(reconnection: &Reconnection, waits: Waits<'_>) -> String {
    match (reconnection.is_tried(), waits.tries_in) {
        (false, _) => stuck(reconnection.obstacle()).to_owned(),
        (true, Some(seconds @ 1..)) => {
            format!("{} Next try in {seconds} s, or by Ctrl+R.", text::RECONNECTING)
        }
        (true, _) => text::RECONNECTING.to_owned(),
    }
}

/// What can be done where nothing is tried by itself any more.
fn stuck(obstacle: Option<Obstacle>) -> &'static str {
    if can_open(obstacle) { text::STUCK_GONE } else { text::STUCK }
}

/// Whether the room may be opened again that is gone.
pub(super) fn can_open(obstacle: Option<Obstacle>) -> bool {
    matches!(obstacle, Some(Obstacle::RoomGone | Obstacle::NoEntry | Obstacle::Draining))
}

fn sending(membership: &Membership) -> usize {
    let waits = |line: &&crate::session::Line| matches!(&line.kind, Kind::Said(said) if said.from.you && said.state == Delivery::Sending);
    membership.lines().shown().filter(waits).count()
}
