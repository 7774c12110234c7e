//! The answer by which HTTP ends, which goes out together with the first frame.

use super::*;

/// The answer waits for the first frame, and both were dropped with the connection. To a client that says no more HTTP has
/// an answer all the same.
#[tokio::test]
async fn who_asks_for_a_websocket_and_ends_its_direction_has_the_answer() {
    let mut all = Vec::new();
    for is_tcp in [false, true] {
        let server = Server::new(options()).unwrap();
        let serving = server.serve(vec![]).unwrap();
        let mut heard = Vec::new();
        if is_tcp {
            let (ours, mut theirs) = accepted().await;
            let from = Peer { address: LOOPBACK, secure: false, introduced: false };
            tokio::spawn(Arc::clone(&server).serve_stream(ours, from, server.limits.admit(Some(LOOPBACK))));
            theirs.write_all(UPGRADE).await.unwrap();
            theirs.shutdown().await.unwrap();
            theirs.read_to_end(&mut heard).await.unwrap();
        } else {
            let mut theirs = connect(&server, WIDE);
            theirs.write_all(UPGRADE).await.unwrap();
            theirs.shutdown().await.unwrap();
            theirs.read_to_end(&mut heard).await.unwrap();
        }
        all.push((is_tcp, String::from_utf8_lossy(&heard).into_owned()));
        serving.stop().await;
    }
    assert!(
        all.iter().all(|(_, heard)| heard.starts_with("HTTP/1.1 101 ")),
        "by TCP, and what is heard: {all:?}"
    );
}

/// What was read ahead stays in front of the stream, where the answer was held back once more, for good. A plain socket is
/// written to past that; what TLS is spoken on is not.
#[tokio::test(start_paused = true)]
async fn who_says_something_with_the_request_for_a_websocket_has_the_answer_and_the_greeting() {
    let server = having(options());
    let mut line = connect(&server, WIDE);
    // A pong of nothing (RFC 6455, 5.5.3).
    line.write_all(&[UPGRADE, &[0x8a, 0x80, 0, 0, 0, 0]].concat()).await.unwrap();
    let mut heard = Vec::new();
    let _ = tokio::time::timeout(2 * HANDSHAKE, line.read_to_end(&mut heard)).await;
    assert_eq!(heard.strip_prefix(b"HTTP/1.1 101 ").map(is_greeting), Some(true), "{heard:?}");
}

/// Whether `hello` comes after the rest of this head (RFC 6455, 5.2).
fn is_greeting(head: &[u8]) -> bool {
    let end = head.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let [0x82, length, frame @ ..] = &head[end..] else { panic!("{head:?}") };
    matches!(DaemonFrame::decode(&frame[..usize::from(*length)]), Ok(DaemonFrame::Hello { .. }))
}

/// Its answer was dropped with the connection once the time was over in which it was to say something.
#[tokio::test(start_paused = true)]
async fn who_ends_its_direction_and_has_its_turn_late_has_the_answer_too() {
    let server = Server::new(options()).unwrap();
    let mut line = connect(&server, WIDE);
    line.write_all(UPGRADE).await.unwrap();
    line.shutdown().await.unwrap();
    tokio::time::sleep(2 * HANDSHAKE).await;
    keep(&server);
    let mut heard = Vec::new();
    line.read_to_end(&mut heard).await.unwrap();
    assert_eq!(heard.strip_prefix(b"HTTP/1.1 101 ").map(is_greeting), Some(true), "{heard:?}");
}
