//! Words are the page's.

use sanctuary_seal::Alias;
use sanctuary_wire::{End, Refusal};

use super::*;
use crate::commands::COMMANDS;
use crate::session::{Ended, Ending, Lookalike, Note, Obstacle, Refused};

/// Said of the program where the page speaks of itself, or said by the page in an element of its own.
const OWN: [&str; 6] = [
    // The page has these for several, too.
    "is away for the moment, is back",
    " sent something that this program can’t show",
    "Your place in the room was taken over by another connection. If that was not your own program, warn the others, and open a new room.",
    "The server and this program do not understand each other. Enter again by the invitation, and bring both to the same version if that goes on.",
    "The server and this program do not understand each other: bring both to the same version.",
    "list the commands",
];

/// What is put into sentences.
const WHO: &str = "Xenia";
const BY: &str = "Yorick";
const COUNT: &str = "77";

fn named(alias: &str) -> Named {
    Named::of(alias.parse::<Alias>().unwrap())
}

/// Whether the page has these words; what is put into them stands for itself.
fn hold(said: &str) {
    let page = include_str!("../../../../web/src/words/en.ts");
    let has = |piece: &str| page.contains(piece) || OWN.iter().any(|own| own.contains(piece));
    let put_in = [WHO, BY, COUNT].iter().fold(said.to_owned(), |said, each| said.replace(each, "\n"));
    for piece in put_in
        .lines()
        .flat_map(|line| line.split(". "))
        .map(|piece| piece.trim_matches(|c: char| ": .,".contains(c)))
    {
        assert!(has(piece), "not the page's: {piece}");
    }
}

#[test]
fn what_happens_is_told_in_the_words_of_the_page() {
    use What::{
        AnotherRoom, Away, Back, Closing, Contradicted, Differs, Exit, Gone, HandedUnread, Joined, Keeper,
        KeeperUnsaid, Keyless, Kicked, LeftOut, Locked, Missed, Missing, PutOut, PutOutUnread, Reentered,
        Relocked, Renamed, Reopened, ShutOut, Timer, Unlocked, Unreadable, Unrenewed, Unshowable,
    };
    let all = [
        AnotherRoom,
        Away,
        Back,
        Closing,
        Contradicted,
        Differs,
        Exit,
        Gone,
        HandedUnread,
        Joined,
        Keeper,
        KeeperUnsaid,
        Keyless,
        Kicked,
        LeftOut,
        Locked,
        Missed,
        Missing,
        PutOut,
        PutOutUnread,
        Reentered,
        Relocked,
        Renamed,
        Reopened,
        ShutOut,
        Unlocked,
        Unreadable,
        Unrenewed,
        Unshowable,
    ];
    for what in all {
        let (who, by) = (Some(named(WHO)), Some(named(BY)));
        hold(&event(&Event { what, who, by, count: 77 }));
    }
    let by = Some(named("ada"));
    let timer = event(&Event { what: Timer, who: None, by, count: 7_200 });
    assert!(timer.starts_with("ada lets messages disappear 2 hours after they come."), "{timer}");
    assert_eq!(event(&Event { what: Joined, who: None, by: None, count: 0 }), "(unnamed) joined");
}

#[test]
fn who_is_typing_is_told_in_the_words_of_the_page_and_of_many_none_is_named() {
    let (who, by) = (named(WHO), named(BY));
    for (typing, told) in [
        (vec![], ""),
        (vec![&who], "Xenia is typing…"),
        (vec![&who, &by], "Xenia and Yorick are typing…"),
        (vec![&who, &by, &who], "Xenia, Yorick and Xenia are typing…"),
        (vec![&who, &by, &who, &by], "Several are typing…"),
    ] {
        assert_eq!(super::typing(&typing), told);
        hold(told);
    }
}

#[test]
fn lookalikes_are_marked_in_the_words_of_the_page_and_its_own_words_are_these() {
    for lookalike in [Lookalike::You, Lookalike::Member(WHO.parse().unwrap()), Lookalike::Program] {
        hold(&looks_like(&lookalike));
    }
    let page = include_str!("../../../../web/src/words/en.ts");
    let (_, page) = page.split_once("OWN_WORDS = [").unwrap();
    let (page, _) = page.split_once("];").unwrap();
    let listed: Vec<&str> = page.split('\'').skip(1).step_by(2).collect();
    assert_eq!(listed, OWN_WORDS);
}

#[test]
fn notes_and_ends_are_told_in_the_words_of_the_page() {
    let notes = [
        Note::TooMuch,
        Note::Gone,
        Note::Unwhispered,
        Note::Yourself,
        Note::Unnamed,
        Note::NoLine,
        Note::FarewellToAll,
        Note::FormerVoice,
        Note::Untold,
        Note::AliasInUse,
        Note::Keyless,
        Note::NoVoice,
        Note::NotCarriedOut,
        Note::RelockFailed,
        Note::RelockCrossed,
    ];
    for each in notes {
        hold(&note(&each));
    }
    for row in &COMMANDS {
        hold(row.help);
    }
    let refusals = (1..=14).filter_map(|number| Refusal::try_from(number).ok());
    for refusal in refusals {
        hold(refused(Refused::By(refusal)));
    }
    let endings =
        [Ending::Left, Ending::PutOut, Ending::LeftOut, Ending::StoppedByHost, Ending::StoppedUnread];
    for each in endings.into_iter().chain([Ending::By(End::Kicked), Ending::By(End::Flooding)]) {
        hold(&ending(&Ended { ending: each, by: None }));
    }
    hold(obstacle(Obstacle::AnotherPassword));
}
