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
mod tests {
    use super::*;
    use crate::commands::{COMMANDS, Command};
    use crate::session::tests::world::{GRACE_MS, World, html};

    #[test]
    fn an_order_is_read_with_all_that_it_takes_and_nothing_else() {
        let text = |text: &str| text.to_owned();
        for (typed, order) in [
            ("/reply 7  two words", Order::Reply(7, text("two words"))),
            ("/REACT 12 👍", Order::React(12, text("👍"))),
            ("/unsend 3", Order::Unsend(3)),
            ("/again 18446744073709551615", Order::Again(u64::MAX)),
            ("/verified Ada 2", Order::Verified(text("Ada"), Some(2), true)),
            ("/unverified Ada", Order::Verified(text("Ada"), None, false)),
            ("/lines", Order::Tell(Note::Messages)),
            ("／who ", Order::Tell(Note::Members)),
        ] {
            assert_eq!(parse(typed), Some(Ok(order)), "{typed}");
        }
        for typed in [
            "/reply",
            "/reply 7",
            "/reply 7 ",
            "/reply x y",
            "/reply -1 y",
            "/react 1",
            "/react 1 no",
            "/react 1 👍👍",
            "/unsend",
            "/unsend 1 2",
            "/unsend x",
            "/again 18446744073709551616",
            "/lines 5",
            "/who is",
            "/verified",
            "/verified Ada two",
        ] {
            assert!(matches!(parse(typed), Some(Err(Mistake::Usage(_)))), "{typed}");
        }
        for typed in ["reply 7 x", "//reply 7 x", "/help", "/", "", "/replyx", "/ who"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    fn orders(world: &mut World, typed: &str) -> Vec<String> {
        let names = world.names(0);
        world.shown(0);
        world.act(0, |session, now| carry_out(session, typed, &names, html, now).1);
        world.settle();
        world.shown(0)
    }

    fn verified(world: &World) -> Vec<bool> {
        let room = world.membership(0);
        room.people().all().iter().map(|person| room.is_verified(person)).collect()
    }

    #[test]
    fn a_member_is_marked_whose_number_was_shown_and_nobody_who_has_its_name_by_now() {
        let mut world = World::of(&["ada", "ben"]);
        assert!(orders(&mut world, "/verified ben")[0].starts_with("No number of ben was shown lately."));
        assert!(orders(&mut world, "/verified")[0].starts_with("Write /verified ALIAS"));
        orders(&mut world, "/verify ben");
        world.types(1, "/alias carl");
        assert!(orders(&mut world, "/verified carl")[0].starts_with("No number of carl was shown lately."));
        orders(&mut world, "/verified BEN");
        assert_eq!(verified(&world), [false, true], "whatever it is called by now");
        orders(&mut world, "/unverified carl");
        assert_eq!(verified(&world), [false, false]);

        world.act(1, |session, now| session.leave(None, now).1);
        world.settle();
        world.enters("ben", false);
        assert_eq!(orders(&mut world, "/verified ben"), ["That member is not here any more."]);
        assert_eq!(verified(&world), [false, false]);
        assert_eq!(orders(&mut world, "/verified ada"), ["That is you."]);
    }

    #[test]
    fn a_whisper_of_before_a_seat_was_given_up_is_answered_by_a_whisper_to_the_same_one() {
        let mut world = World::of(&["ada", "ben", "cleo"]);
        world.types(1, "/purr ada psst");
        world.types(1, "tea?");
        let (psst, tea) = (world.key(0, "psst"), world.key(0, "tea?"));
        world.players[0].is_cut = true;
        world.loses(0);
        world.passes(GRACE_MS + 1_000);
        world.players[0].is_cut = false;
        world.passes(5_000);
        world.shown(1);
        orders(&mut world, &format!("/reply {psst} yes?"));
        assert_eq!(world.shown(1), ["ada whispers: yes?"]);
        orders(&mut world, &format!("/reply {tea} yes"));
        assert!(world.shown(1)[0].starts_with("ada: yes (answers Some("));
        assert!(world.shown(2).iter().all(|line| !line.contains("yes?")));
        assert!(orders(&mut world, "/reply 99999 x")[0].starts_with("That message is not here any more"));
    }

    #[test]
    fn no_order_is_a_command_of_the_page() {
        for order in &ORDERS {
            assert!(COMMANDS.iter().all(|command| command.name != order.name), "{}", order.name);
            let typed = format!("/{}", order.name);
            assert!(matches!(crate::commands::parse(&typed), Command::Mistake(Mistake::NoCommand(_))));
        }
    }

    #[test]
    fn the_page_on_lines_tells_of_every_order() {
        let told = include_str!("../../../../docs/plain.md");
        for order in &ORDERS {
            let usage = format!("`/{}{}`", order.name, order.takes.written());
            assert!(told.contains(&usage), "{usage}");
        }
    }
}
