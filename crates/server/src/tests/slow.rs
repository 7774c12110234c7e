//! Who takes nothing of what waits for it.

use sanctuary_wire::{Id, Passes};

use super::*;

/// A pong of nothing, as a client sends it (RFC 6455, 5.5.3).
const PONG: &[u8] = &[0x8a, 0x80, 0, 0, 0, 0];

/// What was passed to those who read nothing, and answered pings, waited as long as they liked.
#[tokio::test(start_paused = true)]
async fn who_takes_nothing_from_one_ping_to_the_next_is_away_whatever_it_sends() {
    let allowance = Allowance { frames: options().frames, ..options().allowance };
    for (taken, is_passed) in [(0, false), (0, true), (1, false)] {
        let server = having(Options { allowance, ..options() });
        let mut keeper = member(&server, LOOPBACK, 1).await;
        let mut deaf = Client::over(connect(&server, 2048)).await;
        deaf.send(&signers::enter(&deaf.nonce, 2)).await;
        assert!(deaf.next().await.unwrap().is_ok() && keeper.next().await.unwrap().is_ok());
        for _ in 0..4 {
            if is_passed {
                keeper.send(&ClientFrame::Pass(Passes::of([(Id(2), &[0; 1000][..])]))).await;
            } else {
                keeper.send(&ClientFrame::Say { payload: &[0; 1000] }).await;
                assert!(keeper.next().await.unwrap().is_ok());
            }
        }
        let (begun, mut line) = (tokio::time::Instant::now(), deaf.socket.into_inner());
        let answers = async {
            loop {
                tokio::time::sleep(PING / 2).await;
                line.write_all(PONG).await.unwrap();
                if taken > 0 {
                    line.read_exact(&mut [0]).await.unwrap();
                }
            }
        };
        let heard = tokio::select! {
            heard = keeper.next() => Some(heard.unwrap().unwrap()),
            () = answers => unreachable!(),
            () = tokio::time::sleep(10 * PING) => None,
        };
        if taken == 0 {
            assert_eq!(heard, Some(DaemonFrame::Away(Id(2)).encode()));
            let after = begun.elapsed();
            assert!(after.abs_diff(2 * PING) < MOMENT, "{after:?}");
        } else {
            assert_eq!(heard, None, "it is slow, and there");
        }
    }
}
