//! An object a line, for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::orders::{self, last};
use super::{Output, likeness, text_of};
use crate::rich::is_harmful;
use crate::session::{
    Change, Delivery, How, Kind, Line, Membership, Named, Note, Over, Person, Phase, Reaction, Said,
};
use crate::words;

/// Writes objects.
#[derive(Debug, Default)]
pub struct Json;

impl Output for Json {
    fn phase(&mut self, phase: &Phase<'_>) -> Option<String> {
        Some(written(&match phase {
            Phase::Room(membership) => entered(membership),
            Phase::Reconnecting(_, reconnection) => {
                json!({ "kind": "reconnecting", "obstacle": reconnection.obstacle().map(words::obstacle) })
            }
            _ => return None,
        }))
    }

    fn change(&mut self, membership: &Membership, change: &Change) -> Option<String> {
        let lines = membership.lines();
        Some(written(&match change {
            Change::Added(key) => line(membership, lines.of(*key)?),
            Change::State(key) => {
                json!({ "kind": "state", "key": key, "state": state(lines.said(*key)?.state) })
            }
            Change::Reacted(key) => {
                let reactions = lines.reactions(lines.said(*key)?);
                let reactions: Vec<Value> = reactions.iter().map(reaction).collect();
                json!({ "kind": "reactions", "key": key, "reactions": reactions })
            }
            Change::Unsent(key, who) => json!({ "kind": "unsent", "key": key, "by": who.to_string() }),
            Change::Gone(key) => json!({ "kind": "gone", "key": key }),
        }))
    }

    fn invitation(&mut self, link: &str) -> String {
        written(&json!({ "kind": "invitation", "link": link }))
    }

    fn over(&mut self, over: &Over) -> String {
        let retry = if let Over::Refused(_, retry_ms) = over { *retry_ms } else { 0 };
        written(&json!({ "kind": "over", "text": words::over(over), "retry-ms": retry }))
    }
}

fn members(membership: &Membership) -> Value {
    let keeper = membership.group().keeper();
    let member = |person: &Person| {
        let mut shown = self::person(person);
        shown["keeper"] = (Some(person.id) == keeper).into();
        shown["like"] = membership.lookalike(person).map(words::looks_like).into();
        shown["away"] = person.away.into();
        shown["verified"] = membership.is_verified(person).into();
        shown["ignored"] = membership.is_ignored(person).into();
        shown
    };
    membership.people().all().iter().map(member).collect()
}

fn entered(membership: &Membership) -> Value {
    let members = members(membership);
    let room = sanctuary_seal::RoomKey::from(membership.group().room()).to_string();
    json!({ "kind": "room", "room": room, "locked": membership.group().is_locked(), "members": members })
}

fn line(membership: &Membership, line: &Line) -> Value {
    match &line.kind {
        Kind::Said(said) => self::said(line.key, said),
        Kind::Event(event) => json!({
            "kind": "event",
            "key": line.key,
            "event": words::event_name(event.what),
            "who": event.who.as_ref().map(Named::to_string),
            "by": event.by.as_ref().map(Named::to_string),
            "count": event.count,
            "like": likeness(membership, event),
            "text": words::event(event),
        }),
        Kind::Note(note) => {
            let mut shown = json!({ "kind": "note", "key": line.key, "text": orders::told(note) });
            match note {
                Note::Members => shown["members"] = members(membership),
                Note::Messages => {
                    let messages = last(membership).into_iter().map(|(key, said)| self::said(key, said));
                    shown["messages"] = messages.collect();
                }
                _ => {}
            }
            shown
        }
    }
}

fn said(key: u64, said: &Said) -> Value {
    let kind = match said.how {
        How::Message => "message",
        How::Farewell => "farewell",
        How::Whisper => "whisper",
    };
    json!({
        "kind": kind,
        "key": key,
        "from": person(&said.from),
        "to": said.to.as_ref().map(person),
        "at": said.at,
        "text": text_of(said.html.as_str()),
        "html": said.html.as_str(),
        "action": said.is_action,
        "answers": said.answers.flatten(),
        "timer": said.timer,
        "state": state(said.state),
    })
}

fn person(person: &Person) -> Value {
    json!({
        "name": person.named.to_string(),
        "alias": person.named.alias.as_ref().map(sanctuary_seal::Alias::as_str),
        "number": person.named.nth,
        "you": person.you,
    })
}

fn reaction(reaction: &Reaction) -> Value {
    let by: Vec<String> = reaction.by.iter().map(Named::to_string).collect();
    json!({ "text": reaction.text, "by": by })
}

fn state(state: Delivery) -> &'static str {
    match state {
        Delivery::Sending => "sending",
        Delivery::Sent => "sent",
        Delivery::Delivered => "delivered",
        Delivery::Failed => "failed",
        Delivery::Unsure => "unsure",
    }
}

/// On one line, in which a terminal obeys nothing either.
fn written(value: &Value) -> String {
    let mut line = String::new();
    for c in value.to_string().chars() {
        if is_harmful(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_read_again() {
        let text = "a\u{1b}[0m\u{9b}\u{202e}\n\u{7f}\u{e0001}é";
        let line = written(&json!({ "text": text }));
        assert!(!line.chars().any(|c| is_harmful(c) || c == '\n'), "{line}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["text"], text);
    }
}
