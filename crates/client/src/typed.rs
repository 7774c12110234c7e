//! Carries out what was typed: a message, or a command.

use sanctuary_seal::Text;

use crate::commands::{self, Command, Mistake, OnMember};
use crate::session::{Aim, Effect, Membership, Names, Note, Person, Session};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was carried out, or waits to be.
    Taken,
    /// It was not, and a note tells why.
    Kept,
    /// One is to leave.
    Leaves,
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// As it stands.
    pub text: &'a str,
    /// Where it goes, if it is no command.
    pub aim: &'a Aim,
    /// Whom names meant when it was begun.
    pub names: &'a Names,
}

/// Carries out what was typed in the room; `to_html` makes what is said of it. Nothing is done where one is in none.
pub fn carry_out(
    session: &mut Session,
    typed: Typed<'_>,
    to_html: fn(&str) -> Text,
    now: u64,
) -> (Taken, Vec<Effect>) {
    let done = session.act(|membership| in_room(membership, typed, to_html, now));
    done.unwrap_or((Taken::Kept, vec![]))
}

fn in_room(membership: &mut Membership, typed: Typed<'_>, to_html: fn(&str) -> Text, now: u64) -> Taken {
    let Typed { text, aim, names } = typed;
    let done = match commands::parse(text) {
        Command::Nothing => true,
        Command::Say(text) => membership.say(to_html(&text), false, aim, now),
        Command::Act(_) if aim.answers.is_some() && aim.to.is_none() => {
            rejects(membership, Note::ActionAnswersNothing)
        }
        Command::Act(text) => membership.say(to_html(&text), true, aim, now),
        Command::Whisper(alias, text) => {
            let (nth, text) = addressed(membership, &alias, &text);
            let to = membership.find(names, &alias, nth).map(|person| person.voice);
            whisper(membership, to, &text, to_html, now)
        }
        Command::Answer(text) => {
            let to = membership.whisperer(names).map(|person| person.voice);
            whisper(membership, to, &text, to_html, now)
        }
        Command::On(what, alias, nth) => {
            let person = membership.find(names, &alias, nth).cloned();
            on_member(membership, what, person, now)
        }
        Command::Alias(alias) => membership.rename(&alias, now),
        Command::Stop => membership.stop(now),
        Command::Lock(locked) => membership.lock(locked, now),
        Command::Relock => membership.relock(now),
        Command::Timer(seconds) => match membership.set_timer(seconds, now) {
            Some(is_taken) => is_taken,
            None => rejects(membership, Note::Mistake(commands::usage("timer"))),
        },
        Command::Number => {
            membership.show_number();
            true
        }
        Command::Help => {
            membership.note(Note::Help);
            true
        }
        Command::Mistake(mistake) => rejects(membership, Note::Mistake(mistake)),
        Command::Exit(farewell) if aim.to.is_some() && !farewell.is_empty() => {
            rejects(membership, Note::FarewellToAll)
        }
        Command::Exit(_) => return Taken::Leaves,
    };
    if done { Taken::Taken } else { Taken::Kept }
}

/// A number at the beginning says which of several it is for.
fn addressed(membership: &Membership, alias: &str, text: &str) -> (Option<usize>, String) {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match commands::ordinal(first).filter(|_| membership.was_numbered(alias)) {
        Some(nth) => (Some(nth), rest.trim_start().to_owned()),
        None => (None, text.to_owned()),
    }
}

fn whisper(
    membership: &mut Membership,
    to: Result<Option<sanctuary_seal::Voice>, Note>,
    text: &str,
    to_html: fn(&str) -> Text,
    now: u64,
) -> bool {
    match to {
        Err(why) => rejects(membership, why),
        Ok(None) => rejects(membership, Note::Unnamed),
        Ok(Some(_)) if text.is_empty() => rejects(membership, Note::Mistake(usage_of_whisper())),
        Ok(Some(voice)) => {
            let aim = Aim { to: Some(voice.to_bytes()), answers: None };
            membership.say(to_html(text), false, &aim, now)
        }
    }
}

fn usage_of_whisper() -> Mistake {
    commands::usage("purr")
}

fn on_member(membership: &mut Membership, what: OnMember, whom: Result<Person, Note>, now: u64) -> bool {
    let person = match whom {
        Ok(person) => person,
        Err(why) => return rejects(membership, why),
    };
    match what {
        OnMember::Kick => membership.kick(&person, now),
        OnMember::Hand => membership.hand(&person, now),
        OnMember::Verify => membership.verify(&person),
        OnMember::Ignore => membership.ignore(&person),
    }
}

fn rejects(membership: &mut Membership, why: Note) -> bool {
    membership.note(why);
    false
}
