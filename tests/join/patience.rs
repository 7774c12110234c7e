//! Ten seconds of a room that never rests. Times are figures, for a machine without other work.

use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt;
use tokio::process::ChildStdin;

use super::joined::Joined;
use super::screen::opens;
use super::support::Daemon;

const SECONDS: usize = 10;
const LASTS: Duration = Duration::from_secs(10);
const EACH_SECOND: usize = 2_000;
const SENDERS: usize = 4;

/// Lines are typed so many at a time.
const AT_A_TIME: usize = 5;

#[tokio::test]
#[ignore = "takes ten seconds"]
#[allow(clippy::print_stdout, reason = "figures")]
async fn two_thousand_messages_a_second_lose_no_line_and_hold_up_no_key() {
    let daemon = Daemon::with(&[("frame_rate", "100000"), ("frame_burst", "100000")]).await;
    let (mut window, link) = opens(&daemon).await;
    let mut reader = Joined::enters(&link, "reader", &[]).await;
    reader.reads("* Room").await;
    let mut senders = vec![];
    for sender in 0..SENDERS {
        let alias = format!("sender{sender}");
        senders.push(Joined::enters(&link, &alias, &[]).await);
        reader.reads(&format!("* {alias} joined")).await;
        window.has(&format!("* {alias} joined")).await;
    }
    let began = Instant::now();
    let talks = senders.iter_mut().map(async |sender| {
        let each = EACH_SECOND / SENDERS;
        let times = u32::try_from(SECONDS * each / AT_A_TIME).unwrap();
        let mut every = tokio::time::interval(LASTS / times);
        let types = async |stdin: &mut ChildStdin| {
            for first in (0..SECONDS * each).step_by(AT_A_TIME) {
                every.tick().await;
                let lines: Vec<String> =
                    (first..first + AT_A_TIME).map(|at| format!("line {at}\n")).collect();
                stdin.write_all(lines.concat().as_bytes()).await.unwrap();
            }
        };
        sender.reads_on(types).await;
    });
    let reads = async {
        let mut next = [0; SENDERS];
        while next != [SECONDS * EACH_SECOND / SENDERS; SENDERS] {
            let heard = reader.next().await;
            let (sender, at) = heard.split_once(": line ").expect("a line of a sender");
            let sender: usize = sender.trim_start_matches("sender").parse().unwrap();
            assert_eq!(at, next[sender].to_string());
            next[sender] += 1;
        }
        began.elapsed()
    };
    let presses = async {
        let mut waits = vec![];
        while began.elapsed() < LASTS {
            let pressed = Instant::now();
            window.types("x");
            window.has("> x").await;
            waits.push(pressed.elapsed());
            window.types("\u{3}");
            window.reads_until("an empty box", |window| !window.screen().contents().contains("> x")).await;
        }
        waits.sort();
        waits
    };
    let all_is_read = async { tokio::join!(reads, presses) };
    let (took, waits) = tokio::select! {
        _ = futures_util::future::join_all(talks) => panic!("nobody says anything any more"),
        read = all_is_read => read,
    };
    println!("FIGURE {SECONDS} s of {EACH_SECOND} messages were read after {} ms", took.as_millis());
    let at = |share: usize| waits[(waits.len() - 1) * share / 100].as_millis();
    println!(
        "FIGURE of {} keys half were seen after {} ms, the last after {} ms",
        waits.len(),
        at(50),
        at(100)
    );
}
