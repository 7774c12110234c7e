//! What lines alone can order: whoever sits before a screen or the page selects a message, here it is named by its number.
//! None of these is a command of the page, and none of the page's is here.

use sanctuary_seal::Text;

use crate::commands::{Mistake, Row, Takes, member, named, row};
use crate::session::{Aim, Effect, Key, Kind, Line, Membership, Names, Note, Said, Session, is_reaction};
use crate::typed::{self, Taken, Typed};
use crate::words;

/// Messages that are listed.
pub const LISTED_MOST: usize = 20;

/// Every one, in the order of the help.
pub static ORDERS: [Row; 8] = [
    row("lines", Takes::Nothing, "list the last messages with their numbers"),
    row("who", Takes::Nothing, "list the members"),
    row("reply", Takes::LineAndText, "answer a message; a whisper is answered by a whisper"),
    row("react", Takes::LineAndEmoji, "react to a message; the same once more takes it back"),
    row("unsend", Takes::Line, "take a message of your own back"),
    row("again", Takes::Line, "say again what was not sent"),
    row("verified", Takes::Member, "mark a member whose number, as /verify showed it, was read aloud"),
    row("unverified", Takes::Member, "take that mark away"),
];

/// What was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Order {
    Tell(Note),
    Reply(u64, String),
    React(u64, String),
    Unsend(u64),
    Again(u64),
    Verified(String, Option<usize>, bool),
}

/// Carries out what was typed, an order of these or a command of the page, as `names` had it when that was read; `to_html`
/// makes what is said of a text.
pub fn carry_out(
    session: &mut Session,
    typed: &str,
    names: &Names,
    to_html: fn(&str) -> Text,
    now: u64,
) -> (Taken, Vec<Effect>) {
    let Some(order) = parse(typed) else {
        let typed = Typed { text: typed, aim: &Aim::default(), names };
        return typed::carry_out(session, typed, to_html, now);
    };
    let done = session.act(|membership| match order {
        Err(mistake) => rejects(membership, Note::Mistake(mistake)),
        Ok(Order::Tell(note)) => {
            membership.note(note);
            true
        }
        Ok(Order::Reply(key, text)) => {
            let to = membership.lines().said(key).and_then(Said::whispered_with);
            // A member that has entered anew may write to who whispered, and name nothing of before.
            let answers = Some(key).filter(|key| to.is_none() || membership.is_answerable(*key, to));
            membership.say(to_html(&text), false, &Aim { to, answers }, now)
        }
        Ok(Order::React(key, emoji)) => membership.react(key, &emoji, now),
        Ok(Order::Unsend(key)) => membership.unsend(key, now),
        Ok(Order::Again(key)) => membership.say_again(key, now),
        Ok(Order::Verified(alias, nth, is_same)) => {
            let voice = whose(membership, names, &alias, nth, is_same);
            mark(membership, voice, is_same)
        }
    });
    let (is_done, effects) = done.unwrap_or_default();
    (if is_done { Taken::Taken } else { Taken::Kept }, effects)
}

/// The last messages, with their numbers.
pub(super) fn last(membership: &Membership) -> Vec<(u64, &Said)> {
    let said = |line: &Line| matches!(line.kind, Kind::Said(_)).then_some(line.key);
    let keys: Vec<u64> = membership.lines().shown().filter_map(said).collect();
    let last = &keys[keys.len().saturating_sub(LISTED_MOST)..];
    last.iter().filter_map(|key| Some((*key, membership.lines().said(*key)?))).collect()
}

/// A note in words; the help has these orders too.
pub(super) fn told(note: &Note) -> String {
    let mut told = words::note(note);
    if *note == Note::Help {
        told.extend(ORDERS.iter().map(|row| format!("\n{} – {}", words::usage(row), row.help)));
    }
    told
}

/// Nothing where it is no order of these.
fn parse(typed: &str) -> Option<Result<Order, Mistake>> {
    let (name, rest) = named(typed)?;
    let row = ORDERS.iter().find(|row| row.name == name)?;
    Some(made(row.name, rest).ok_or(Mistake::Usage(row)))
}

fn made(name: &str, rest: &str) -> Option<Order> {
    let tell = |note| rest.is_empty().then_some(Order::Tell(note));
    let line = || number(rest);
    let line_and_text = || {
        let (line, text) = rest.split_once(char::is_whitespace)?;
        let text = text.trim_start();
        Some((number(line)?, text.to_owned())).filter(|_| !text.is_empty())
    };
    let on = |is_same| member(rest).map(|(alias, nth)| Order::Verified(alias, nth, is_same));
    match name {
        "lines" => tell(Note::Messages),
        "who" => tell(Note::Members),
        "reply" => line_and_text().map(|(line, text)| Order::Reply(line, text)),
        "react" => line_and_text()
            .filter(|(_, emoji)| is_reaction(emoji))
            .map(|(line, emoji)| Order::React(line, emoji)),
        "unsend" => line().map(Order::Unsend),
        "again" => line().map(Order::Again),
        "verified" => on(true),
        "unverified" => on(false),
        _ => None,
    }
}

/// Of a message; numbers are never given twice.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// The voice whose mark is to be set, which is the one whose number was compared, or taken away.
fn whose(
    membership: &Membership,
    names: &Names,
    alias: &str,
    nth: Option<usize>,
    is_same: bool,
) -> Result<Key, Note> {
    let person = membership.find(names, alias, nth);
    match person {
        Ok(person) if person.you => Err(Note::Yourself),
        _ if is_same => membership.shown_number(alias, nth),
        Ok(person) => person.voice.map(|voice| voice.to_bytes()).ok_or(Note::Unnamed),
        Err(why) => Err(why),
    }
}

fn mark(membership: &mut Membership, voice: Result<Key, Note>, is_same: bool) -> bool {
    match voice {
        Err(why) => rejects(membership, why),
        Ok(voice) => {
            membership.set_verified(voice, is_same);
            true
        }
    }
}

fn rejects(membership: &mut Membership, why: Note) -> bool {
    membership.note(why);
    false
}

#[cfg(test)]
mod tests;
