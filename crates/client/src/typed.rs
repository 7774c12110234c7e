//! Carries out what was typed: a message, or a command.

use sanctuary_seal::Text;

use crate::commands::{self, Command, Mistake, OnMember};
use crate::session::{Aim, Effect, Membership, Note, Session};

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

/// Carries out what was typed in the room; `to_html` makes what is said of it. Nothing is done where one is in none.
pub fn carry_out(
    session: &mut Session,
    typed: &str,
    aim: &Aim,
    to_html: fn(&str) -> Text,
    now: u64,
) -> (Taken, Vec<Effect>) {
    let done = session.act(|membership| in_room(membership, commands::parse(typed), aim, to_html, now));
    done.unwrap_or((Taken::Kept, vec![]))
}

fn in_room(
    membership: &mut Membership,
    command: Command,
    aim: &Aim,
    to_html: fn(&str) -> Text,
    now: u64,
) -> Taken {
    let done = match command {
        Command::Nothing => true,
        Command::Say(text) => membership.say(to_html(&text), false, aim, now),
        Command::Act(_) if aim.answers.is_some() && aim.to.is_none() => {
            rejects(membership, Note::ActionAnswersNothing)
        }
        Command::Act(text) => membership.say(to_html(&text), true, aim, now),
        Command::Whisper(alias, text) => {
            let (nth, text) = addressed(membership, &alias, &text);
            let to = membership.find(&alias, nth).map(|person| person.voice);
            whisper(membership, to, &text, to_html, now)
        }
        Command::Answer(text) => {
            let to = membership.whisperer().map(|person| person.voice);
            whisper(membership, to, &text, to_html, now)
        }
        Command::On(what, alias, nth) => on_member(membership, what, &alias, nth, now),
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
    let are_several = membership.people().named(alias).len() > 1;
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match commands::ordinal(first).filter(|_| are_several) {
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

fn on_member(membership: &mut Membership, what: OnMember, alias: &str, nth: Option<usize>, now: u64) -> bool {
    let person = match membership.find(alias, nth) {
        Ok(person) => person.clone(),
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
