//! What is asked for at a terminal.

use nix::sys::signal::Signal;

use super::joined::{link, program};
use super::support::{Daemon, Heard, Member, PASSWORD};
use super::window::Window;

#[tokio::test]
async fn what_a_link_lacks_is_asked_for_and_the_password_never_seen() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let page = format!("http://{}/", daemon.address());
    let mut window = Window::open(&["--plain", &page]).await;
    window.shows("Room key, or the whole invitation: ").await;
    assert!(!window.echoes());
    let link = link(&page);
    let key = link.split_once('#').unwrap().1.split_once(':').unwrap().0;
    window.types(&format!("{key}\n"));
    window.shows("Password: ").await;
    window.types(&format!("{PASSWORD}\n"));
    window.shows("Alias: ").await;
    assert!(window.echoes());
    window.types("ben\n");
    window.shows("Here: Ada (keeper), ben (you)").await;
    window.types("/exit\n");
    window.shows("* You have left the room.").await;
    assert!(!window.seen.contains(PASSWORD), "{}", window.seen);
    assert_eq!(window.ends().await, Some(0));
}

#[tokio::test]
async fn what_is_mistyped_is_asked_for_again() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let page = format!("http://{}/", daemon.address());
    let mut window = Window::open(&["--plain", &page]).await;
    let link = link(&page);
    let key = link.split_once('#').unwrap().1.split_once(':').unwrap().0;
    for (asks, wrong, why, right) in [
        ("Room key, or the whole invitation: ", "K7QM", "room key", key),
        ("Password: ", "", "password", PASSWORD),
        ("Alias: ", "two words", "alias", "ben"),
    ] {
        window.shows(asks).await;
        window.seen.clear();
        window.types(&format!("{wrong}\n"));
        window.shows(asks).await;
        assert!(window.seen.to_lowercase().contains(why), "{}", window.seen);
        window.seen.clear();
        window.types(&format!("{right}\n"));
    }
    window.shows("Here: Ada (keeper), ben (you)").await;
}

#[tokio::test]
async fn a_link_that_is_typed_at_a_terminal_is_never_seen() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let mut window = Window::open(&["--plain", "--alias", "ben", "-"]).await;
    window.shows("Invitation's link: ").await;
    window.types(&format!("{}\n", link(&format!("http://{}/", daemon.address()))));
    window.shows("Here: Ada (keeper), ben (you)").await;
    assert!(!window.seen.contains(PASSWORD), "{}", window.seen);
}

#[tokio::test]
async fn where_the_link_alone_comes_from_elsewhere_the_rest_is_typed_at_the_terminal() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let link = link(&format!("http://{}/", daemon.address()));
    let piped = format!("printf '%s\\n' '{link}' | {} --alias ben -", program().display());
    let mut window = Window::with("sh", &["-c", &piped]).await;
    window.has("2 here").await;
    window.types("typed\r");
    while !matches!(ada.next().await, Heard::Message { text, .. } if text == "typed") {}
}

#[tokio::test]
async fn whoever_is_told_to_end_while_it_asks_leaves_a_terminal_that_echoes() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT] {
        let mut window = Window::open(&["http://127.0.0.1:1/"]).await;
        window.shows("Room key, or the whole invitation: ").await;
        window.types("secret");
        window.signal(signal);
        window.exits().await;
        assert!(window.echoes(), "{signal}");
    }
}

#[tokio::test]
async fn at_an_interrupt_the_terminal_echoes_again() {
    let mut window = Window::open(&["http://127.0.0.1:1/"]).await;
    window.shows("Room key, or the whole invitation: ").await;
    window.types("secret\u{3}");
    assert_eq!(window.ends().await, Some(64));
    assert!(window.echoes() && !window.seen.contains("secret"));
}

#[tokio::test]
async fn an_invitation_is_drawn_for_a_camera_where_somebody_sees_it() {
    let daemon = Daemon::start().await;
    let mut window =
        Window::open(&["open", "--plain", "--alias", "ada", &format!("http://{}/", daemon.address())]).await;
    window.shows("* Invitation: http://").await;
    window.shows("\u{2588}\u{2588}\u{2588}\u{2588}").await;
}

#[tokio::test]
async fn nobody_but_root_looks_into_it_and_no_core_is_dumped() {
    let daemon = Daemon::start().await;
    let (ada, _) = super::joined::Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", ada.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().rev().nth(1), Some("0"), "{core}");
}
