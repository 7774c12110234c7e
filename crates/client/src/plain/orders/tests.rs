//! Orders as they are typed.

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
    let told = include_str!("../../../../../docs/plain.md");
    for order in &ORDERS {
        let usage = format!("`/{}{}`", order.name, order.takes.written());
        assert!(told.contains(&usage), "{usage}");
    }
}
