//! The whole screen, in a terminal.

use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use tokio::time::timeout;

use super::joined::{Joined, link, program};
use super::support::{Daemon, Heard, Member, patiently};
use super::window::{Window, terminal};

/// Time between two keys of somebody who types slowly.
const KEYS_EACH: Duration = Duration::from_millis(300);

/// Keys after which somebody who is told of them has been.
const KEYS_MOST: usize = 100;

/// A room that is opened on a screen, and the invitation to it.
pub(crate) async fn opens(daemon: &Daemon) -> (Window, String) {
    let page = format!("http://{}/", daemon.address());
    let mut window = Window::open(&["open", "--alias", "ada", &page]).await;
    window.has("Invitation").await;
    let shown = window.screen().contents();
    let link = shown.split(['│', '\n', ' ']).find(|word| word.starts_with("http://"));
    let link = link.unwrap_or_else(|| panic!("no link: {shown}")).to_owned();
    assert!(shown.contains("\u{2588}\u{2588}\u{2588}\u{2588}"), "{shown}");
    window.types("\u{1b}");
    window.reads_until("the conversation", |window| !window.screen().contents().contains("Invitation")).await;
    (window, link)
}

/// A member, and a screen in the same room.
pub(crate) async fn beside(daemon: &Daemon) -> (Member, Window) {
    let mut member = Member::create(daemon.address(), "Ada").await;
    let link = link(&format!("http://{}/", daemon.address()));
    let mut window = Window::open(&["--alias", "ben", &link]).await;
    window.has("2 here").await;
    assert!(matches!(member.next().await, Heard::Joined(..)));
    (member, window)
}

#[tokio::test]
async fn a_screen_and_lines_talk_in_one_room() {
    let daemon = Daemon::start().await;
    let (mut window, link) = opens(&daemon).await;
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ben.reads("* Room").await;
    window.has("* ben joined").await;
    ben.types("hello from lines").await;
    window.has("hello from lines").await;
    window.types("hello from a screen\r");
    ben.reads("ada: hello from a screen").await;
    window.types("/purr b\tpsst\r");
    ben.reads("ada whispers: psst").await;
    window.has("» psst").await;
    ben.types("/r yes").await;
    window.has("ben whispers to you alone").await;
    window.types("/relock\r");
    ben.reads("* ada gave the room a new password").await;
    window.types("\u{1b}[200~two\nlines\u{1b}[201~");
    window.has("Several lines").await;
    window.types("\r");
    window.has("> two").await;
    window.types("\r");
    ben.reads("ada: two").await;
    window.resize(40, 10).await;
    ben.types("and in a small window").await;
    window.has("and in a small window").await;
    window.types("typed");
    window.has("> typed").await;
    window.types("\u{3}");
    window.types("/exit so long\r");
    ben.reads("ada says farewell: so long").await;
    assert_eq!(window.ends().await, Some(0));
    assert!(window.is_as_before(), "{}", window.seen);
    assert!(window.is_wiped(), "{}", window.screen().contents());
}

#[tokio::test]
async fn whoever_types_at_one_screen_is_told_at_the_other_until_it_is_said() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = opens(&daemon).await;
    let mut ben = Window::open(&["--alias", "ben", &link]).await;
    ben.has("2 here").await;
    let mut typed = 0;
    while timeout(KEYS_EACH, ben.has("ada is typing…")).await.is_err() {
        ada.types("x");
        typed += 1;
        assert!(typed < KEYS_MOST, "{}", ben.screen().contents());
    }
    ada.types("\r");
    ben.has("  xx").await;
    ben.reads_until("nobody who types", |ben| !ben.screen().contents().contains("typing")).await;
}

#[tokio::test]
async fn nothing_that_others_send_is_obeyed_by_the_screen() {
    let daemon = Daemon::start().await;
    let (mut member, mut window) = beside(&daemon).await;
    let hostile = [
        "\u{1b}]0;title\u{7}\u{1b}[2J",
        "<b>&#27;[31m</b>\u{9b}6n",
        "\u{1b}[?1049l\u{1b}c\u{1b}]52;c;eA==\u{7}",
    ];
    for (at, sent) in hostile.iter().enumerate() {
        member.say(&format!("sent {at} {sent}")).await;
        assert!(matches!(member.next().await, Heard::Message { .. }));
        window.has(&format!("sent {at}")).await;
    }
    assert!(window.screen().alternate_screen() && window.screen().contents().contains("2 here"));
    assert!(
        !window.seen.contains("\u{1b}]0;")
            && !window.seen.contains("\u{1b}[6n")
            && !window.seen.contains("\u{1b}c")
    );
    window.types("\u{3}\u{3}");
    assert_eq!(window.ends().await, Some(0));
}

#[tokio::test]
async fn every_signal_gives_the_window_back_as_it_was() {
    let daemon = Daemon::start().await;
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT] {
        let (mut window, _) = opens(&daemon).await;
        window.types("typed");
        window.has("> typed").await;
        assert!(!window.is_as_before());
        window.signal(signal);
        assert_eq!(window.ends().await, Some(0), "{signal}");
        assert!(window.is_as_before(), "{signal}: {}", window.seen);
        assert!(window.is_wiped(), "{signal}: {}", window.screen().contents());
    }
}

#[tokio::test]
async fn ends_of_all_kinds_give_the_window_back_and_tell_by_the_status() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let mut window = Window::open(&["--alias", "ben", &link]).await;
    window.has("2 here").await;
    ada.types("/kick ben").await;
    window.has("put you out of the room").await;
    window.types("\r");
    assert_eq!(window.ends().await, Some(1));
    assert!(window.is_as_before() && !window.screen().contents().contains("ada"), "{}", window.seen);
    ada.reads("* ada unlocked the room").await;
    let mut refused = Window::open(&["--alias", "ben", &link]).await;
    refused.has("No entry").await;
    refused.types("\r");
    assert_eq!(refused.ends().await, Some(77));
    assert!(refused.is_as_before());
    let mut nowhere =
        Window::open(&["--alias", "ben", "http://127.0.0.1:1/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D"]).await;
    nowhere.has("can’t be reached").await;
    nowhere.types("\r");
    assert_eq!(nowhere.ends().await, Some(69));
    assert!(nowhere.is_as_before());
}

#[tokio::test]
async fn whoever_stops_it_has_the_terminal_meanwhile_and_finds_all_as_it_was() {
    let daemon = Daemon::start().await;
    let (mut window, link) = opens(&daemon).await;
    window.types("being typed");
    window.has("> being typed").await;
    for stops in [false, true] {
        if stops {
            window.signal(Signal::SIGTSTP);
        } else {
            window.types("\u{1a}");
        }
        window.has_stopped().await;
        window.reads_until("the terminal", Window::is_as_before).await;
        window.signal(Signal::SIGCONT);
        window.has("> being typed").await;
        assert!(window.screen().alternate_screen());
    }
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ben.reads("* Room").await;
    window.has("* ben joined").await;
    window.types("\r");
    ben.reads("ada: being typed").await;
}

#[tokio::test]
async fn a_terminal_that_takes_nothing_any_more_holds_up_neither_a_stop_nor_the_end() {
    let daemon = Daemon::start().await;
    let (mut window, link) = opens(&daemon).await;
    window.takes_nothing_more();
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ben.reads("* Room").await;
    // The second is held up by the picture that tells of the first.
    ben.types("hello").await;
    window.signal(Signal::SIGTSTP);
    window.has_stopped().await;
    assert!(window.echoes());
    window.signal(Signal::SIGCONT);
    window.signal(Signal::SIGTERM);
    ben.reads("* ada left").await;
    assert_eq!(window.exits().await, Some(0));
    assert!(window.echoes());
}

#[tokio::test]
async fn a_terminal_that_is_gone_ends_it_also_where_no_signal_tells() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "ada").await;
    let link = link(&format!("http://{}/", daemon.address()));
    // In one case all is over already, and stands there to be read.
    let wrong = format!("{}:another", link.rsplit_once(':').unwrap().0);
    for (link, shows) in [(&link, "2 here"), (&wrong, "No entry")] {
        let (mut master, slave) = terminal().await;
        let stdio = || Stdio::from(slave.try_clone().unwrap());
        let mut program = tokio::process::Command::new(program());
        program.args(["--alias", "ben", link]).stdin(stdio()).stdout(stdio()).stderr(stdio());
        let mut program = program.env("TERM", "xterm-256color").kill_on_drop(true).spawn().unwrap();
        drop(slave);
        let shown = tokio::task::spawn_blocking(move || {
            let mut screen = vt100::Parser::default();
            let mut bytes = [0; 4096];
            while !screen.screen().contents().contains(shows) {
                let read = master.read(&mut bytes).unwrap();
                screen.process(&bytes[..read]);
            }
        });
        patiently(shows, shown).await.unwrap();
        assert!(
            patiently(&format!("the end where it shows {shows}"), program.wait())
                .await
                .unwrap()
                .code()
                .is_some(),
            "{shows}"
        );
    }
}

/// Keys are taken before all else, and pictures are bounded in time.
#[tokio::test]
async fn a_flood_loses_no_newest_line_and_no_key() {
    const FLOOD: usize = 2_000;
    const PICTURE_EACH_MS: u128 = 33;
    const KEYS: usize = 20;
    let daemon = Daemon::with(&[("frame_rate", "100000"), ("frame_burst", "100000")]).await;
    let (mut window, link) = opens(&daemon).await;
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    window.has("* ben joined").await;
    let flood: Vec<String> = (0..FLOOD).map(|at| format!("line {at}")).collect();
    let (began, before) = (Instant::now(), window.pictures());
    let typing = async {
        for at in 1..=KEYS {
            window.types("x");
            window.has(&format!("> {}", "x".repeat(at))).await;
        }
        window.has(&format!("line {}", FLOOD - 1)).await;
    };
    let flood = flood.join("\n");
    tokio::join!(ben.types(&flood), typing);
    let most = began.elapsed().as_millis() / PICTURE_EACH_MS + 2;
    let pictures = window.pictures() - before - KEYS;
    assert!(u128::try_from(pictures).unwrap() <= most, "{pictures} pictures, and not {most}");
}
