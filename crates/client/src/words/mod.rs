//! What is told, in English, as the page says it (web/src/words/en.ts).

mod ends;
mod notes;
#[cfg(test)]
mod tests;

use crate::session::{Event, Lookalike, Named, What};

pub use ends::{ending, obstacle, over, refused};
pub(crate) use notes::NO_LINE;
pub use notes::{note, usage};

/// Among them may be reactions, and that somebody typed.
fn missed(count: u64) -> String {
    match count {
        0 => "No message passed while you were away".to_owned(),
        1 => "At most one message passed while you were away".to_owned(),
        count => format!("Up to {count} messages passed while you were away"),
    }
}

/// A time of whole seconds, minutes, hours or days.
pub(crate) fn lasting(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let unit = UNITS.iter().find(|(length, _)| seconds.is_multiple_of(*length));
    let (length, unit) = unit.copied().unwrap_or((1, "second"));
    let count = seconds / length;
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// Something that happened in the room.
#[must_use]
pub fn event(event: &Event) -> String {
    let shown = |named: &Option<Named>| named.as_ref().map_or(Named::nobody().to_string(), Named::to_string);
    let (who, by, count) = (shown(&event.who), shown(&event.by), event.count);
    match event.what {
        What::Joined => format!("{who} joined"),
        What::Renamed => format!("{who} is called {by} now"),
        What::Exit => format!("{who} left"),
        What::Gone => format!("{who} lost the connection"),
        What::Kicked => format!("{who} was kicked by {by}"),
        What::PutOutUnread => {
            format!("{who} was put out by {by}, says the server; you could not read it yet")
        }
        What::PutOut => format!("The server says that {who} was put out, but no member said so"),
        What::ShutOut => {
            format!("{by} put {who} out, but the server keeps it in the room: nothing goes to it any more")
        }
        What::LeftOut => format!("{who} was not given the new password by {by} and is out"),
        What::Away => format!("{who} is away for the moment"),
        What::Back => format!("{who} is back"),
        What::Keeper if event.by.is_some() => format!("{who} keeps the room now, by the word of {by}"),
        What::Keeper => format!("{who} keeps the room now"),
        What::HandedUnread => {
            format!(
                "{who} keeps the room now by the word of {by}, says the server; you could not read it yet"
            )
        }
        What::KeeperUnsaid => {
            format!(
                "The server says that {who} keeps the room now, but neither its rules nor a member say so"
            )
        }
        What::Locked => format!("{by} locked the room: nobody else can enter"),
        What::Unlocked => format!("{by} unlocked the room"),
        What::Relocked => {
            format!("{by} gave the room a new password: older invitations let nobody in any more")
        }
        What::Keyless => {
            "The room has a new password that you were not given: you can’t invite anybody, nor \
                          read who shows itself from now on. Leave, and ask for a new invitation."
                .to_owned()
        }
        What::Unrenewed => {
            "The server does not carry out the renewal of your keys: leave and enter anew, or \
                            use another server"
                .to_owned()
        }
        What::Missed => missed(count),
        What::Reentered => {
            format!("Your place was given up while you were away, and you entered anew. {}", missed(count))
        }
        What::Reopened => "You opened the room again. Whoever else lost the connection comes by the same \
                           invitation."
            .to_owned(),
        What::AnotherRoom => format!(
            "You entered anew, but this is another room with the same key and password, opened by {who}: how \
             many messages passed meanwhile nobody can say"
        ),
        What::Missing if count == 1 => format!("A message of {who} is missing"),
        What::Missing => format!("{count} messages of {who} are missing"),
        What::Timer if count > 0 => format!(
            "{by} lets messages disappear {} after they come. Honest pages obey; nobody can make a dishonest \
             one forget.",
            lasting(count)
        ),
        What::Timer => format!("{by} lets messages stay from now on"),
        What::Closing => format!(
            "The server restarts in {count} seconds: the conversation is over then for everybody. Open the room \
             anew after that."
        ),
        What::Unreadable => format!("A message from {who} could not be read"),
        What::Unshowable => format!("{who} sent something that this program can’t show"),
        What::Differs => format!(
            "What {who} sees differs from what you see: the server shows you different things. Ask each other by \
             another way, and use another server"
        ),
        What::Contradicted => {
            "What the server says does not fit what it said before: use another server if that goes on"
                .to_owned()
        }
    }
}

/// Members who are named where they type; of more, none is.
const TYPING_NAMED_MOST: usize = 3;

/// Of those who are writing something; of many none is named.
#[must_use]
pub fn typing(who: &[&Named]) -> String {
    match who {
        [] => String::new(),
        [one] => format!("{one} is typing…"),
        [others @ .., last] if who.len() <= TYPING_NAMED_MOST => {
            let others: Vec<String> = others.iter().map(ToString::to_string).collect();
            format!("{} and {last} are typing…", others.join(", "))
        }
        _ => "Several are typing…".to_owned(),
    }
}

/// Words that stand where aliases do, or sound as if the program spoke.
pub(crate) const OWN_WORDS: [&str; 10] =
    ["you", "keeper", "away", "locked", "unnamed", "verified", "unreadable", "sanctuary", "system", "server"];

/// Beside an alias: whom or what it can be taken for.
#[must_use]
pub fn looks_like(lookalike: &Lookalike) -> String {
    match lookalike {
        Lookalike::You => "looks like you".to_owned(),
        Lookalike::Member(alias) => format!("looks like {}", alias.as_str()),
        Lookalike::Program => "a member’s alias".to_owned(),
    }
}

/// Of a message that was taken back.
#[must_use]
pub fn unsent(who: &Named) -> String {
    format!("{who} took a message back")
}

/// By which programs know an event; the page has the same names.
#[must_use]
pub fn event_name(what: What) -> &'static str {
    match what {
        What::Joined => "joined",
        What::Renamed => "renamed",
        What::Exit => "exit",
        What::Gone => "gone",
        What::Kicked => "kicked",
        What::PutOutUnread => "put-out-unread",
        What::PutOut => "put-out",
        What::ShutOut => "shut-out",
        What::LeftOut => "left-out",
        What::Away => "away",
        What::Back => "back",
        What::Keeper => "keeper",
        What::HandedUnread => "handed-unread",
        What::KeeperUnsaid => "keeper-unsaid",
        What::Locked => "locked",
        What::Unlocked => "unlocked",
        What::Relocked => "relocked",
        What::Keyless => "keyless",
        What::Closing => "closing",
        What::Timer => "timer",
        What::Unrenewed => "unrenewed",
        What::Missed => "missed",
        What::Reentered => "reentered",
        What::Reopened => "reopened",
        What::AnotherRoom => "another-room",
        What::Missing => "missing",
        What::Unreadable => "unreadable",
        What::Unshowable => "unshowable",
        What::Differs => "differs",
        What::Contradicted => "contradicted",
    }
}
