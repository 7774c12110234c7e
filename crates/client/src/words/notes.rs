//! Lines for one member alone.

use crate::commands::{COMMANDS, Mistake, Row, Takes};
use crate::session::Note;

/// A message can't be answered, or anything else be said about it.
pub(crate) const NO_LINE: &str =
    "That message is not here any more, or those to whom you write never had it.";

/// A line for one member alone; the help has several.
#[must_use]
pub fn note(note: &Note) -> String {
    let fixed = match note {
        Note::Mistake(mistake) => return self::mistake(mistake),
        Note::Help => return help(),
        Note::NotYours(keeper) => {
            return format!(
                "Only the keeper may do that, and that is {keeper}. Ask there for it, or for the keeping of the \
                 room."
            );
        }
        Note::Nobody(alias) => {
            return format!(
                "Nobody called {alias} is here. Look at the list of members for how it is written."
            );
        }
        Note::Another(name) => {
            return format!(
                "{name} is not who it was when you began to write that. Look at the list of members, and do it \
                 once more."
            );
        }
        Note::NumberUnshown(name) => {
            return format!(
                "No number of {name} was shown lately. Write /verify {name}, and compare it first."
            );
        }
        Note::Several(alias, count) => {
            return format!("{count} members are called {alias}. Say which one: {alias} 1 or {alias} 2.");
        }
        Note::Away(who) => {
            return format!(
                "{who} is away at the moment. Try again once the list of members says so no more."
            );
        }
        Note::Ignored(who) => {
            return format!(
                "You see nothing of {who} any more, and nobody is told. Write /ignore {who} again to undo it."
            );
        }
        Note::Heeded(who) => return format!("You see again what {who} says."),
        Note::Verify(who, number, _) => {
            return format!(
                "The number of {who}: {number}. Let it be read aloud, on the phone or face to face, by the member \
                 whom you know. If it is this number, nobody stands between you, the server neither."
            );
        }
        Note::Number(number) => {
            return format!(
                "Your number: {number}. Read it aloud to the others; each compares it by /verify."
            );
        }
        Note::BadAlias(fault) => return format!("{fault}."),
        Note::Messages => "The last messages.",
        Note::Members => "The members.",
        Note::TooMuch => {
            "That is too long to send, or too much at once. Shorten it, or wait until all has gone that waits."
        }
        Note::Gone => "That member is not here any more.",
        Note::Unwhispered => "Nobody has whispered to you.",
        Note::WhispererGone => "Whoever last whispered to you is not here any more.",
        Note::Yourself => "That is you.",
        Note::Unnamed => {
            "That member shares no keys with you. Wait until the list of members shows it as ready."
        }
        Note::NoLine => NO_LINE,
        Note::FormerVoice => "You said that before you entered anew: it can’t be taken back any more.",
        Note::FarewellToAll => "A farewell is read by everybody: go back to everyone to say it.",
        Note::ActionAnswersNothing => {
            "What you do (/me) answers no message: write it as a message, or answer nothing."
        }
        Note::Untold => "What you did to a message did not reach the others: try again.",
        Note::AliasInUse => "Somebody in the room has this alias: choose another one.",
        Note::Keyless => {
            "You have no key to the room any more, so that nobody could read another alias of yours. Leave, and \
             ask for a new invitation."
        }
        Note::NoVoice => "That member can be put out by a new password alone: write /relock.",
        Note::NotCarriedOut => {
            "Your place was given up meanwhile: what you had ordered in the room was not carried out. Order it \
             again."
        }
        Note::Outgrown => {
            "This program has taken more memory than may be locked (see `ulimit -l`): a part of what is said may \
             come into swap from now on."
        }
        Note::RelockFailed => {
            "No new password could be made. The room stays locked, where it was locked for this: try again by \
             /relock, or open it by /unlock."
        }
        Note::RelockCrossed => {
            "Somebody else gave the room a new password at the same time. The room stays locked, where it was \
             locked for this: open it by /unlock."
        }
    };
    fixed.to_owned()
}

fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::Slip => "A command begins with /, and other text with a word.".to_owned(),
        Mistake::NoCommand(name) => {
            format!("There is no command /{name}. Write /help to see what there is.")
        }
        Mistake::Usage(row) if row.takes == Takes::Nothing => {
            format!("Write {} with nothing after it.", usage(row))
        }
        Mistake::Usage(row) => format!("Write {}.", usage(row)),
    }
}

/// `/kick ALIAS`: how a command is written.
#[must_use]
pub fn usage(row: &Row) -> String {
    format!("/{}{}", row.name, row.takes.written())
}

fn help() -> String {
    let mut lines: Vec<String> = vec![];
    for (at, row) in COMMANDS.iter().enumerate().filter(|(_, row)| !row.help.is_empty()) {
        let also = COMMANDS.get(at + 1).filter(|next| next.help.is_empty());
        let also = also.map(|next| format!(", {}", usage(next))).unwrap_or_default();
        lines.push(format!("{}{also} – {}", usage(row), row.help));
    }
    lines.join("\n")
}
