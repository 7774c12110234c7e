//! Messages and members, by orders that lines alone have.

use serde_json::Value;

use super::joined::Joined;
use super::support::Daemon;

/// The number of a message, as it is listed.
async fn number_of(joined: &mut Joined, message: &str) -> String {
    joined.types("/lines").await;
    loop {
        let line = joined.reads("* ").await;
        if let Some((number, _)) = line[2..].split_once(' ').filter(|(_, told)| *told == message) {
            return number.to_owned();
        }
    }
}

#[tokio::test]
async fn messages_are_answered_reacted_to_and_taken_back_by_number() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ada.reads("* ben joined").await;
    ada.types("tea?").await;
    ben.reads("ada: tea?").await;
    let tea = number_of(&mut ben, "ada: tea?").await;
    ben.types(&format!("/reply {tea} yes")).await;
    ada.reads("ben answers ada: yes").await;
    for told in ["* reactions to ada: tea? – 👍 ben", "* reactions to ada: tea? – none"] {
        ben.types(&format!("/react {tea} 👍")).await;
        ada.reads(told).await;
        ben.reads(told).await;
    }
    for refused in [format!("/unsend {tea}"), format!("/again {tea}"), "/reply 99999 x".to_owned()] {
        ben.types(&refused).await;
        ben.reads("! That message is not here any more").await;
    }
    ben.types("/react 1 tea").await;
    ben.reads("! Write /react N EMOJI.").await;

    ada.types("/purr ben psst").await;
    ben.reads("ada whispers: psst").await;
    let psst = number_of(&mut ben, "ada whispers: psst").await;
    ben.types(&format!("/reply {psst} who else knows?")).await;
    ada.reads("ben whispers, answering ada: who else knows?").await;

    let own = number_of(&mut ada, "ada: tea?").await;
    ada.types(&format!("/unsend {own}")).await;
    ben.reads("* ada took a message back").await;
}

#[tokio::test]
async fn members_are_marked_as_verified_and_listed() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let mut ben = Joined::with(&["--json", "--alias", "ben", "-"], &[]);
    ben.types(&link).await;
    ada.reads("* ben joined").await;
    ada.types("/verified ben").await;
    ada.reads("! No number of ben was shown lately. Write /verify ben, and compare it first.").await;
    ada.types("/verify ben").await;
    ada.reads("! The number of ben: ").await;
    ada.types("/verified ben").await;
    ada.types("/who").await;
    assert!(ada.reads("* Room").await.ends_with("Here: ada (you, keeper), ben (verified)"));
    ada.types("/unverified ben").await;
    ada.types("/who").await;
    assert!(ada.reads("* Room").await.ends_with("Here: ada (you, keeper), ben"));
    ada.types("/verified ada").await;
    ada.reads("! That is you.").await;

    let room: Value = serde_json::from_str(&ben.next().await).unwrap();
    assert_eq!(room["members"][0]["verified"], false);
    let mut notes = vec![];
    // A number is compared once it is shown.
    for typed in [&["hello", "/verify ada"][..], &["/verified ada", "/who"], &["/lines"]] {
        for typed in typed {
            ben.types(typed).await;
        }
        let shown = notes.len();
        while notes.len() == shown {
            let object: Value = serde_json::from_str(&ben.next().await).unwrap();
            notes.extend((object["kind"] == "note").then_some(object));
        }
    }
    let member = &notes[1]["members"][0];
    assert_eq!((&member["name"], &member["verified"]), (&"ada".into(), &true.into()));
    assert_eq!(notes[2]["messages"][0]["text"], "hello");
}
