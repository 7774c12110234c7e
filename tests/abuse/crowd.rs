//! More slow readers than there is memory for.

use futures_util::future::join_all;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use sanctuary_wire::{ClientFrame, DaemonFrame, Rule};

use super::bystanders::Company;
use super::senders::{Hostile, line_from, narrow_line_from, room};
use super::support::{Daemon, patiently};
use super::{SETTINGS, memory, recovered};

const ROOMS: u8 = 31;
const DEAF: u8 = 64;

#[tokio::test]
async fn two_thousand_slow_readers_where_memory_is_short() {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard).unwrap();
    let settings = [
        ("connections", "2100"),
        ("members", "70"),
        ("waiting", "\"16 MiB\""),
        ("connections_by_address", "2100"),
        ("tries_by_address", "1000000"),
        ("rooms_by_address", "1000000"),
        ("frame_rate", "1000000"),
        ("frame_burst", "1000000"),
        ("frames_by_address", "1000000"),
        ("handshake", "\"30 s\""),
    ];
    // A sixteenth of what may wait for each of them, were it not for all of them together.
    let limited = ["prlimit", "--data=134217728:134217728"];
    let daemon = Daemon::under(&limited, &[&SETTINGS[..], &settings].concat()).await;
    // Once: that they leave nothing behind is shown by others, who are fewer.
    let company = Company::gather(daemon.address());
    join_all((0..ROOMS).map(|number| deafen(&daemon, number))).await;
    println!("2000 slow readers: {}; {} KiB at most", company.part(), memory(&daemon, "VmHWM"));
    recovered(&daemon, 0).await;
}

/// Fills a room with members who never read, and talks and passes to them until some were put out.
async fn deafen(daemon: &Daemon, number: u8) {
    let (address, from) = (daemon.address(), usize::from(number));
    let mut talker = Hostile::opens(line_from(from, address).await, room(number), Rule::Keeper).await;
    let mut deaf = Vec::new();
    for member in 1..=DEAF {
        let line = narrow_line_from(from, address).await;
        deaf.push(Hostile::enters(line, room(number), member).await);
    }
    let junk = vec![0x66; 900];
    let passes: Vec<_> = deaf.iter().map(|member| (member.id, &*junk)).collect();
    let passes = ClientFrame::Pass(passes.try_into().unwrap());
    let mut away = 0;
    for turn in 0.. {
        assert!(turn < 5000, "4 MB were taken without a reader");
        talker.line.send(&passes).await;
        talker.says(&junk).await;
        talker.kicks(talker.id.0).await;
        // Until that is denied, the answer to all that came before.
        let answered = talker.until(|frame| {
            away += usize::from(matches!(frame, DaemonFrame::Away(_)));
            matches!(frame, DaemonFrame::Denied { frame: 8, .. })
        });
        answered.await.expect("the talker reads");
        if away > 0 {
            break;
        }
    }
    patiently("the end", async { talker.line.close().await }).await;
}
