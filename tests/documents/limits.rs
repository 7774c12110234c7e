//! What the protocol says of those who say nothing or too much, where no constant of ours stands behind it.

use sanctuary::wire::{DaemonFrame, End};

use super::support::{Daemon, Line, Next, ROOM, exchange, status};

#[tokio::test]
async fn who_says_nothing_after_hello_is_told_that_it_is_too_slow() {
    let daemon = Daemon::with(&[("handshake", "\"1 s\"")]).await;
    let mut line = Line::open(daemon.address(), ROOM).await;
    let Next::Frame(over) = line.next().await else { panic!("closed without a word") };
    assert_eq!(DaemonFrame::decode(&over).unwrap(), DaemonFrame::Over { end: End::TooSlow, by: None });
    assert_eq!(line.next().await, Next::Closed(End::TooSlow.close_code()));
}

#[tokio::test]
async fn who_says_nothing_before_is_told_nothing() {
    let daemon = Daemon::with(&[("handshake", "\"1 s\"")]).await;
    for begun in ["", "GET /ws/abc HTTP/1.1\r\nHo"] {
        assert_eq!(exchange(daemon.address(), begun.as_bytes()).await, "", "{begun:?}");
    }
}

#[tokio::test]
async fn a_request_has_up_to_100_fields() {
    let daemon = Daemon::start().await;
    for (fields, expected) in [(99, "200"), (100, "200"), (101, "431")] {
        let more = "X: a\r\n".repeat(fields - 2);
        let request = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n");
        assert_eq!(
            status(&exchange(daemon.address(), request.as_bytes()).await),
            expected,
            "{fields} fields"
        );
    }
}

#[tokio::test]
async fn a_host_s_name_has_up_to_253_letters() {
    let daemon = Daemon::start().await;
    for (letters, expected) in [(252, "200"), (253, "200"), (254, "400")] {
        let name = format!("{}{}", "a.".repeat(100), "a".repeat(letters - 200));
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        assert_eq!(
            status(&exchange(daemon.address(), request.as_bytes()).await),
            expected,
            "{letters} letters"
        );
    }
}
