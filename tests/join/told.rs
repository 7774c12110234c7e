//! What members say and order, and what is told of it.

use nix::sys::signal::Signal;
use serde_json::Value;

use super::joined::{Joined, link, program};
use super::support::{Daemon, Heard, Member, patiently};
use super::window::Window;

fn page(daemon: &Daemon) -> String {
    format!("http://{}/", daemon.address())
}

#[tokio::test]
async fn two_talk_by_every_command_and_leave() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    assert!(ben.next().await.ends_with("Here: ada (keeper), ben (you)"));
    assert_eq!(ada.next().await, "* ben joined");

    for (typed, told) in [
        ("hello <b>", "ben: hello <b>"),
        ("/me waves", "ben does: waves"),
        ("//stop", "ben: /stop"),
        ("/purr ada psst", "ben whispers: psst"),
        ("/alias Bob", "* ben is called Bob now"),
    ] {
        ben.types(typed).await;
        assert_eq!(ada.next().await, told);
    }
    for (typed, told) in [
        ("/r yes", "ada whispers: yes"),
        ("/timer 5m", "* ada lets messages disappear 5 minutes after they come."),
        ("/timer off", "* ada lets messages stay from now on"),
        ("/lock", "* ada locked the room"),
        ("/unlock", "* ada unlocked the room"),
        ("/relock", "* ada gave the room a new password"),
        ("/keeper bob", "* Bob keeps the room now, by the word of ada"),
    ] {
        ada.types(typed).await;
        ben.reads(told).await;
    }
    for (typed, told) in [
        ("/number", "! Your number: "),
        ("/verify Bob", "! The number of Bob: "),
        ("/ignore Bob", "! You see nothing of Bob any more"),
        ("/ignore Bob", "! You see again what Bob says."),
        ("/help", "! /purr ALIAS TEXT – whisper to one member"),
        ("/kick Bob", "! Only the keeper may do that, and that is Bob."),
        ("/nonsense", "! There is no command /nonsense."),
        ("/purr carl x", "! Nobody called carl is here."),
    ] {
        ada.types(typed).await;
        ada.reads(told).await;
    }
    ada.types("/exit so long").await;
    ben.reads("ada says farewell: so long").await;
    assert_eq!(ben.next().await, "* ada left");
    assert_eq!(ada.ends().await.0, 0);
    ben.types_no_more();
    let (status, told) = ben.ends().await;
    assert_eq!((status, told), (0, vec!["* You have left the room.".to_owned()]));
}

#[tokio::test]
async fn whoever_can_be_taken_for_another_is_told_as_such() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let mut bob = Joined::with(&["--json", "--alias", "Bob", "-"], &[]);
    bob.types(&link).await;
    bob.reads("{").await;
    assert_eq!(ada.next().await, "* Bob joined");
    let mut other = Joined::enters(&link, "вов", &[]).await;
    assert_eq!(ada.next().await, "* вов joined (looks like Bob)");
    let here = other.reads("* Room").await;
    assert!(here.ends_with("Here: ada (keeper), Bob (looks like you), вов (you)"), "{here}");
    let joined: Value = serde_json::from_str(&bob.reads("{").await).unwrap();
    assert_eq!((&joined["event"], &joined["like"]), (&"joined".into(), &"looks like you".into()));
    other.types("/alias carl").await;
    assert_eq!(ada.next().await, "* вов is called carl now");
}

#[tokio::test]
async fn who_is_kicked_and_who_is_stopped_know_by_the_status() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let mut eve = Joined::enters(&link, "eve", &[]).await;
    eve.reads("* Room").await;
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ada.reads("* ben joined").await;
    ada.types("/kick eve").await;
    assert_eq!(eve.ends().await.0, 1);
    ada.reads("* ada gave the room a new password").await;
    let renewed = ada.reads("* Invitation: ").await;
    assert!(!renewed.ends_with(&link), "{renewed}");
    ada.reads("* ada unlocked the room").await;
    let mut again = Joined::enters(&link, "eve", &[]).await;
    let (status, told) = again.ends().await;
    assert!(status == 77 && told[0].starts_with("* No entry: "), "{status} {told:?}");
    ada.types("/stop").await;
    assert_eq!((ben.ends().await.0, ada.ends().await.0), (2, 2));
}

#[tokio::test]
async fn a_wrong_password_a_taken_alias_and_a_daemon_that_is_not_there_are_told_apart() {
    let daemon = Daemon::start().await;
    let (_ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let (key, _) = link.split_once('#').unwrap().1.split_once(':').unwrap();
    let wrong = format!("{}#{key}:9F3K-TQ2M-XA7B-0C1D", page(&daemon));
    let mut ben = Joined::enters(&wrong, "ben", &[]).await;
    assert_eq!(ben.ends().await.0, 77);
    let mut second = Joined::enters(&link, "ADA", &[]).await;
    assert_eq!(
        second.ends().await,
        (77, vec!["* Somebody in the room already has this alias. Choose another one.".into()])
    );
    let mut nowhere = Joined::enters("http://127.0.0.1:1/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D", "ben", &[]).await;
    assert_eq!(nowhere.ends().await.0, 69);
    assert!(nowhere.complaint().await.contains("refused"));
    for arguments in [&["--alias", "two words", "-"][..], &["--json", "--plain", "-"], &[]] {
        let mut wrong = Joined::with(arguments, &[]);
        let _ = wrong.types_if_open(&link).await;
        assert_eq!(wrong.ends().await.0, 64, "{arguments:?}");
    }
}

#[tokio::test]
async fn a_link_in_the_arguments_is_warned_of_and_one_from_elsewhere_is_not() {
    let daemon = Daemon::start().await;
    let (_ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let mut seen = Joined::with(&["--alias", "ben", &link], &[]);
    seen.reads("* Room").await;
    seen.types_no_more();
    seen.ends().await;
    let warned = seen.complaint().await;
    assert!(warned.contains("list of processes") && warned.contains("--link-fd"), "{warned}");
    let mut shell = tokio::process::Command::new("sh");
    shell.args([
        "-c",
        &format!(
            "printf '%s\\n' \"$LINK\" | {{ {} --alias cleo --link-fd 9 9<&0 </dev/null; }}",
            program().display()
        ),
    ]);
    let output = patiently("a shell", shell.env("LINK", &link).output()).await.unwrap();
    assert!(
        output.status.success() && !String::from_utf8_lossy(&output.stderr).contains("list of processes"),
        "{output:?}"
    );
}

#[tokio::test]
async fn nothing_that_others_send_is_obeyed_by_the_terminal() {
    let daemon = Daemon::start().await;
    let mut member = Member::create(daemon.address(), "Ada").await;
    let mut plain = Joined::enters(&link(&page(&daemon)), "ben", &[]).await;
    plain.reads("* Room").await;
    assert!(matches!(member.next().await, Heard::Joined(..)));
    for sent in [
        "\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m\u{202e}x",
        "<b>&#27;[31m</b>&#x202e;",
        "<p>one</p><p>* Ada left</p>",
        "<script>alert(1)</script><img src=x alt='a\u{1b}[0mcat'>",
    ] {
        member.say(sent).await;
        assert!(matches!(member.next().await, Heard::Message { .. }));
        let mut line = plain.reads("Ada").await;
        if sent.starts_with("<p>") {
            assert_eq!((line.as_str(), plain.next().await.as_str()), ("Ada: one", "  * Ada left"));
            line = String::new();
        }
        assert!(!line.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{line:?}");
    }
}

#[tokio::test]
async fn no_alias_begins_a_line_as_the_program_does_or_as_another() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&page(&daemon), "ada").await;
    for (alias, told) in
        [("*", "‹*› does: Ada left"), ("!", "‹!› does: Ada left"), ("ada:", "‹ada:› does: Ada left")]
    {
        let mut other = Joined::enters(&link, alias, &[]).await;
        ada.reads(&format!("* {alias} joined")).await;
        other.types("/me Ada left").await;
        assert_eq!(ada.next().await, told);
        other.types("/exit").await;
        ada.reads(&format!("* {alias} left")).await;
    }
}

#[tokio::test]
async fn an_object_a_line_tells_all_that_is_told() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let mut ben = Joined::with(&["--json", "--alias", "ben", "-"], &[]);
    ben.types(&link).await;
    let object = async |ben: &mut Joined| serde_json::from_str::<Value>(&ben.next().await).unwrap();
    let room = object(&mut ben).await;
    assert_eq!((room["kind"].as_str(), room["members"][1]["you"].as_bool()), (Some("room"), Some(true)));
    ada.reads("* ben joined").await;
    ada.types("hello\u{1b} <b>").await;
    let message = object(&mut ben).await;
    assert_eq!(message["kind"], "message");
    assert_eq!(
        (&message["from"]["name"], &message["html"]),
        (&"ada".into(), &"hello\u{1b} &lt;b&gt;".into())
    );
    assert_eq!(message["text"], "hello\u{fffd} <b>");
    ben.types("/purr ada psst").await;
    let whisper = object(&mut ben).await;
    assert_eq!(
        (&whisper["kind"], &whisper["to"]["name"], &whisper["state"]),
        (&"whisper".into(), &"ada".into(), &"sending".into())
    );
    let state = object(&mut ben).await;
    assert_eq!((&state["kind"], &state["key"]), (&"state".into(), &whisper["key"]));
    ada.types("/exit").await;
    let left = object(&mut ben).await;
    let left = if left["kind"] == "state" { object(&mut ben).await } else { left };
    assert_eq!(
        (&left["event"], &left["who"], &left["text"]),
        (&"exit".into(), &"ada".into(), &"ada left".into())
    );
}

#[tokio::test]
async fn no_line_is_lost_however_many_come_at_once() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let mut ben = Joined::enters(&link(&page(&daemon)), "ben", &[]).await;
    let all: Vec<String> = (0..600).map(|at| format!("line {at}")).collect();
    ben.types(&all.join("\n")).await;
    ben.types_no_more();
    let mut read = vec![];
    while read.len() < all.len() {
        if let Heard::Message { text, .. } = ada.next().await {
            read.push(text);
        }
    }
    assert_eq!(read, all);
    assert_eq!(ben.ends().await.0, 0);
}

#[tokio::test]
async fn whoever_interrupts_it_has_left_at_once() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ben.reads("* Room").await;
    ben.signal(Signal::SIGINT);
    assert_eq!(ben.ends().await.0, 0);
    ada.reads("* ben left").await;
}

#[tokio::test]
async fn whoever_is_told_to_end_leaves_though_nobody_reads_what_it_writes() {
    const LINES: usize = 300;
    let daemon =
        Daemon::with(&[("frame_rate", "100000"), ("frame_burst", "100000"), ("grace", "\"1s\"")]).await;
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let mut ada = Member::create(daemon.address(), "Ada").await;
        let mut ben = Joined::enters(&link(&page(&daemon)), "ben", &[]).await;
        assert!(matches!(ada.next().await, Heard::Joined(..)));
        // More than a pipe holds.
        for _ in 0..LINES {
            ada.say(&"x".repeat(1_000)).await;
            while !matches!(ada.next().await, Heard::Message { .. }) {}
        }
        ben.can_write_no_more().await;
        ben.signal(signal);
        while !matches!(ada.next().await, Heard::Left(..)) {}
        assert_eq!(ben.exits().await, Some(0), "{signal}");
        ada.close().await;
        while daemon.counts().await.0 > 0 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn no_row_of_a_terminal_begins_as_a_line_of_somebody_else() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let mut window = Window::open(&["--plain", "--alias", "ben", &link(&page(&daemon))]).await;
    window.has("* Room").await;
    assert!(matches!(ada.next().await, Heard::Joined(..)));
    let fillings = ["x".repeat(75), "x ".repeat(37) + "x", "界".repeat(37) + "x", "\u{a0}".repeat(75)];
    for (at, filling) in fillings.into_iter().enumerate() {
        ada.say(&format!("{filling}Eve: lies<br>{filling} Eve: lies<br>end {at}")).await;
        while !matches!(ada.next().await, Heard::Message { .. }) {}
        window.has(&format!("end {at}")).await;
        let shown = window.screen().contents();
        assert!(shown.contains("lies") && !shown.lines().any(|row| row.starts_with("Eve")), "{shown}");
    }
}

/// The bot that README shows, run as it stands there.
#[tokio::test]
async fn the_bot_of_the_readme_answers() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&page(&daemon), "ada").await;
    let readme = include_str!("../../README.md");
    let bot = readme.split("```sh\nmkfifo ").nth(1).expect("a bot").split("```").next().unwrap();
    let folder = std::env::temp_dir().join(format!("sanctuary-bot-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("link"), format!("{link}\n")).unwrap();
    let path = format!("{}:{}", program().parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = tokio::process::Command::new("sh");
    shell.args(["-c", &format!("mkfifo {bot}")]).current_dir(&folder).env("PATH", path).kill_on_drop(true);
    let mut shell = shell.spawn().unwrap();
    ada.reads("* parrot joined").await;
    ada.types("hello").await;
    assert_eq!(ada.next().await, "parrot: ada said: hello");
    ada.types("//stop").await;
    assert_eq!(ada.next().await, "parrot: ada said: /stop");
    ada.types("/stop").await;
    ada.ends().await;
    let _ = patiently("the bot's end", shell.wait()).await;
    std::fs::remove_dir_all(&folder).unwrap();
}
