//! Rule 8: another card in the place of one's own.

use sanctuary_wire::{Command, DaemonFrame, Denial, Departure, Id, Refusal, Tag};

use super::support::{ByHand, Daemon, Heard, Member, Sitting, answered, welcomed};
use super::{all_hear, denied, joined, line, message, room_by_hand, room_of, told};

const RENEW: u8 = 12;

fn renamed(id: u64, alias: &str) -> Heard {
    Heard::Renamed(id, alias.to_owned())
}

#[tokio::test]
async fn who_renews_its_card_may_take_another_alias_and_is_understood_as_before() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.say("one").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "one")).await;
    ada.rename("Countess").await;
    all_hear([&mut ada, &mut ben], &renamed(1, "Countess")).await;
    ada.say("two").await;
    ben.say("three").await;
    all_hear([&mut ada, &mut ben], &message(2, 1, "two")).await;
    all_hear([&mut ada, &mut ben], &message(3, 2, "three")).await;
    ada.whisper(2, "psst").await;
    assert_eq!(ben.next().await, Heard::Whisper { from: 1, text: "psst".into() });
    ben.whisper(1, "what?").await;
    assert_eq!(ada.next().await, Heard::Whisper { from: 2, text: "what?".into() });
    // Her former alias is free, the other one is not.
    assert_eq!(Member::try_enter(daemon.address(), "countess").await.err(), Some(Refusal::AliasInUse));
    let cleo = Member::enter(daemon.address(), "Ada").await;
    all_hear([&mut ada, &mut ben], &joined(3, "Ada")).await;
    assert_eq!(cleo.standing.members[0], (1, "Countess".into(), false));
}

#[tokio::test]
async fn nobody_takes_the_alias_of_somebody_present_by_another_card() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ben.rename("ADA").await;
    assert_eq!(ben.next().await, Heard::Denied(RENEW, Denial::AliasInUse));
    assert_eq!(ben.group.alias().as_str(), "Ben");
    ben.say("still me").await;
    all_hear([&mut ada, &mut ben], &message(1, 2, "still me")).await;
    // Of somebody away it is free, and both are shown with a number.
    let cleo = cleo.cut();
    all_hear([&mut ada, &mut ben], &Heard::Away(3)).await;
    ada.rename("Cleo").await;
    all_hear([&mut ada, &mut ben], &renamed(1, "Cleo 1")).await;
    let _cleo = cleo.resume(daemon.address()).await.unwrap();
    all_hear([&mut ada, &mut ben], &Heard::Back(3)).await;
    assert_eq!(Member::try_enter(daemon.address(), "Cleo").await.err(), Some(Refusal::AliasInUse));
}

#[tokio::test]
async fn who_comes_back_and_finds_its_alias_on_another_s_card_is_understood_and_understands() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    ada.rename("Ben").await;
    assert_eq!(ada.next().await, renamed(1, "Ben 1"));
    let mut ben = ben.resume(daemon.address()).await.unwrap();
    assert_eq!(ada.next().await, Heard::Back(2));
    assert_eq!(ben.next().await, renamed(1, "Ben 1"));
    ben.say("who are you?").await;
    all_hear([&mut ada, &mut ben], &message(1, 2, "who are you?")).await;
    ada.say("another").await;
    all_hear([&mut ada, &mut ben], &message(2, 1, "another")).await;
}

fn renew(mark: u8) -> impl FnOnce(u64) -> Command<'static> {
    move |turn| Command::Renew { turn, card: (&[5; 100]).into(), tag: Tag([mark; 16]) }
}

#[tokio::test]
async fn renewals_are_rationed_and_told_to_all() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    let renewed = DaemonFrame::Renewed { id: Id(2), card: (&[5; 100]).into() };
    // Three at once, and one in 30 s.
    let wait = 'denied: {
        for mark in 1..10 {
            ben.order(renew(mark)).await;
            let frame = ben.frame().await;
            if let DaemonFrame::Denied { frame, why, retry_ms } = told(&frame) {
                assert_eq!((frame, why), (RENEW, Denial::TooFast));
                break 'denied retry_ms;
            }
            assert_eq!(told(&frame), renewed);
            ada.hears(&renewed).await;
        }
        panic!("nine at once");
    };
    assert!((1..=30_000).contains(&wait), "{wait} ms");
    // One that could not be is denied for that, and spends nothing.
    ada.order(renew(3)).await;
    ada.hears(&denied(RENEW, Denial::AliasInUse)).await;
    ada.order(renew(11)).await;
    ada.hears(&DaemonFrame::Renewed { id: Id(1), card: (&[5; 100]).into() }).await;
    // A newcomer is shown the cards as they are now.
    let mut cleo = line(&daemon).await;
    let enter = ByHand::new().enter(&cleo.nonce);
    let welcome = answered(&mut cleo, enter).await;
    let DaemonFrame::Welcome { members, .. } = told(&welcome) else { panic!() };
    let cards: Vec<_> = members.iter().map(|member| member.card.len()).collect();
    assert_eq!(cards, [100, 100, 320]);
}

#[tokio::test]
async fn an_alias_that_is_not_changed_stays_its_own() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    ben.line = line(&daemon).await;
    ada.hears(&DaemonFrame::Away(Id(2))).await;
    let tag = ben.hand.tag.clone();
    let mut second = Sitting { line: line(&daemon).await, hand: ByHand::new(), id: 3 };
    second.hand.tag = tag.clone();
    let enter = second.hand.enter(&second.line.nonce);
    welcomed(&answered(&mut second.line, enter).await);
    let mut ben = ben.resume(line(&daemon).await).await;
    second.hears(&DaemonFrame::Back(Id(2))).await;
    let card = || (&[5; 100]).into();
    ben.order(|turn| Command::Renew { turn, card: card(), tag }).await;
    let renewed = DaemonFrame::Renewed { id: Id(2), card: card() };
    for member in [&mut ben, &mut second] {
        member.hears(&renewed).await;
    }
    second.line.send(&sanctuary_wire::ClientFrame::Exit).await;
    ben.hears(&DaemonFrame::Left { id: Id(3), how: Departure::Exit }).await;
}
