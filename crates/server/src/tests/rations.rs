//! What a member may send, and what it costs.

use sanctuary_wire::{Command, Denial, End, Id, Passes};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// So many frames at once and one each second, where the address's share is no bound.
fn with_burst(burst: u32) -> Options {
    let frames = Rate { burst, every: SECOND };
    let allowance = Allowance { frames: options().frames, ..options().allowance };
    let rooms = Limits { members: 10, ..options().rooms };
    let (largest_frame, backlog) = (64 * 1024, 1024 * 1024);
    Options { largest_frame, backlog, frames, allowance, rooms, ..options() }
}

fn denied(frame: u8, seconds: u64) -> Vec<u8> {
    DaemonFrame::Denied { frame, why: Denial::TooFast, retry_ms: seconds * 1000 }.encode()
}

impl Client {
    /// Sends a frame, and returns the next that comes.
    async fn ask(&mut self, frame: &ClientFrame<'_>) -> Vec<u8> {
        self.send(frame).await;
        self.next().await.unwrap().unwrap()
    }

    /// Says so many bytes. `true` if that was not denied.
    async fn says(&mut self, bytes: usize) -> bool {
        let answer = self.ask(&ClientFrame::Say { payload: &vec![0; bytes] }).await;
        matches!(DaemonFrame::decode(&answer).unwrap(), DaemonFrame::Said { .. })
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_said_is_paid_by_the_kib_begun() {
    for (bytes, fit) in [(0, 8), (1, 8), (1024, 8), (1025, 4), (2048, 4), (2049, 2), (8192, 1)] {
        let server = having(with_burst(8));
        let mut member = member(&server, LOOPBACK, 1).await;
        let mut said = 0;
        while member.says(bytes).await {
            said += 1;
        }
        assert_eq!(said, fit, "{bytes} bytes");
    }
}

#[tokio::test(start_paused = true)]
async fn what_costs_more_than_may_be_sent_at_once_is_said_and_owed() {
    let server = having(with_burst(8));
    let mut member = member(&server, LOOPBACK, 1).await;
    assert!(member.says(20 * 1024).await);
    let say = ClientFrame::Say { payload: b"" };
    assert_eq!(member.ask(&say).await, denied(4, 13), "20 of 8, and one more");
    tokio::time::sleep(13 * SECOND).await;
    assert!(member.says(1).await);
}

#[tokio::test(start_paused = true)]
async fn an_order_costs_four_frames_and_is_denied_by_its_own_number() {
    let server = having(with_burst(11));
    let mut member = member(&server, LOOPBACK, 1).await;
    let nonce = member.nonce.clone();
    let mut lock = async |turn, locked| {
        let (mut bytes, command) = (Vec::new(), Command::Lock { turn, locked });
        member.ask(&signers::order(&nonce, 1, &command, &mut bytes)).await
    };
    for (turn, locked) in [(1, true), (2, false)] {
        assert_eq!(lock(turn, locked).await, DaemonFrame::Locked { locked, by: Id(1) }.encode());
    }
    assert_eq!(lock(3, true).await, denied(10, 1), "three are left");
    assert!(member.says(3 * 1024).await);
}

#[tokio::test(start_paused = true)]
async fn passes_are_paid_each_by_its_kib_unless_they_are_small_and_there_is_credit() {
    let server = having(with_burst(8));
    let mut keeper = member(&server, LOOPBACK, 1).await;
    let mut other = member(&server, LOOPBACK, 2).await;
    // It has got credit for itself, and for who has come.
    assert!(keeper.next().await.is_some_and(|joined| joined.is_ok()));
    let credit = 2;
    let pass = |bytes: &'static [u8]| ClientFrame::Pass(Passes::of([(Id(2), bytes)]));
    for _ in 0..8 + credit {
        keeper.send(&pass(&[0; 256])).await;
        assert!(other.next().await.unwrap().is_ok());
    }
    assert_eq!(keeper.ask(&pass(&[0; 256])).await, denied(5, 1));
    // A larger one is paid, whatever credit there is.
    let third = member(&server, LOOPBACK, 3).await;
    keeper.next().await.unwrap().unwrap();
    other.next().await.unwrap().unwrap();
    let large = ClientFrame::Pass(Passes::of([(Id(2), &[0; 1025]), (Id(3), b"small")]));
    assert_eq!(keeper.ask(&large).await, denied(5, 2), "the small one was free");
    assert_eq!(keeper.ask(&pass(&[0; 257])).await, denied(5, 1));
    keeper.send(&pass(&[0; 256])).await;
    let passed = DaemonFrame::Passed { from: Id(1), passed: &[0; 256] };
    assert_eq!(other.next().await, Some(Ok(passed.encode())), "credit, which a denial did not spend");
    assert_eq!(keeper.ask(&pass(b"")).await, denied(5, 1));
    drop(third);
}

/// One member sent another a thousand whispers a second: each frame of 64 was one to the ration.
#[tokio::test(start_paused = true)]
async fn a_frame_full_of_passes_costs_as_many_frames() {
    let server = having(with_burst(128));
    let mut keeper = member(&server, LOOPBACK, 1).await;
    let mut other = member(&server, LOOPBACK, 2).await;
    assert!(keeper.next().await.is_some_and(|joined| joined.is_ok()));
    let full = ClientFrame::Pass(Passes::of::<64>(std::array::from_fn(|at| (Id(at as u64 + 2), &b"a"[..]))));
    let nobody = DaemonFrame::Denied { frame: 5, why: Denial::NoSuchMember, retry_ms: 0 }.encode();
    for _ in 0..2 {
        assert_eq!(keeper.ask(&full).await, nobody, "most of them are not there");
    }
    assert_eq!(keeper.ask(&full).await, denied(5, 62), "two were free");
    let passed = DaemonFrame::Passed { from: Id(1), passed: b"a" }.encode();
    for expected in [passed.clone(), passed] {
        assert_eq!(other.next().await, Some(Ok(expected)));
    }
    keeper.send(&ClientFrame::Exit).await;
    let left = DaemonFrame::Left { id: Id(1), how: sanctuary_wire::Departure::Exit };
    assert_eq!(other.next().await, Some(Ok(left.encode())), "there were no more");
}

/// A burst made the keeper's line too slow.
#[tokio::test(start_paused = true)]
async fn nobody_alone_makes_another_too_slow_by_all_that_it_may_send_at_once() {
    const BACKLOG: usize = 512 * 1024;
    let burst = u32::try_from(BACKLOG / 4 / 1024).unwrap();
    for bytes in [0, 1, 1000, 1024, 1025, 60_000] {
        let server = having(Options { backlog: BACKLOG, ..with_burst(burst) });
        let deaf = member(&server, LOOPBACK, 1).await;
        let mut speaker = member(&server, LOOPBACK, 2).await;
        while speaker.says(bytes).await {}
        assert_eq!(server.counts().members, 2, "{bytes}");
        drop(deaf);
        let away = DaemonFrame::Away(Id(1)).encode();
        assert_eq!(speaker.next().await, Some(Ok(away)), "not before, {bytes}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_exit_is_never_too_fast() {
    let server = having(with_burst(1));
    let mut member = member(&server, LOOPBACK, 1).await;
    assert!(member.says(32 * 1024).await && !member.says(1).await);
    member.send(&ClientFrame::Exit).await;
    assert_eq!(member.next().await, Some(Err(1000)));
}

#[tokio::test(start_paused = true)]
async fn who_goes_on_beyond_its_own_rate_is_flooding_at_the_33rd() {
    let server = having(with_burst(1));
    let mut member = member(&server, LOOPBACK, 1).await;
    assert!(member.says(1).await);
    for number in 0..32 {
        assert!(!member.says(1).await, "{number}");
    }
    let over = DaemonFrame::Over { end: End::Flooding, by: None, payload: None };
    assert_eq!(member.ask(&ClientFrame::Say { payload: b"" }).await, over.encode());
}

/// Each line that a member opened gave it all that it may send at once.
#[tokio::test(start_paused = true)]
async fn a_resume_gives_no_more_frames_and_forgets_no_denial() {
    let server = having(with_burst(8));
    let mut lost = member(&server, LOOPBACK, 1).await;
    assert!(lost.says(8 * 1024).await);
    // As often as a seat may be resumed at once.
    for number in 0..8 {
        let mut back = Client::greeted(&server, LOOPBACK).await;
        back.send(&signers::resume(&back.nonce, 1, 1)).await;
        assert!(back.next().await.unwrap().is_ok(), "it is welcome");
        assert!(!back.says(1).await, "{number}");
        lost = back;
    }
    for number in 8..32 {
        assert!(!lost.says(1).await, "{number}");
    }
    let over = DaemonFrame::Over { end: End::Flooding, by: None, payload: None };
    assert_eq!(lost.ask(&ClientFrame::Say { payload: b"" }).await, over.encode());
}

/// And so did each entry, to which an address has 60 tries at once.
#[tokio::test(start_paused = true)]
async fn all_that_those_of_an_address_send_at_once_is_bounded_however_often_they_enter() {
    let mut options = with_burst(8);
    options.allowance.frames = Rate { burst: 10, every: SECOND };
    let server = having(options);
    for fits in [5, 3, 1, 1, 0] {
        let mut member = member(&server, LOOPBACK, 1).await;
        for _ in 0..fits {
            assert!(member.says(1).await, "{fits}");
        }
        assert!(!member.says(1).await, "{fits}");
        member.send(&ClientFrame::Exit).await;
        assert_eq!(member.next().await, Some(Err(1000)));
    }
    tokio::time::sleep(10 * SECOND).await;
    let mut member = member(&server, LOOPBACK, 1).await;
    for _ in 0..5 {
        assert!(member.says(1).await);
    }
    assert!(!member.says(1).await);
}

/// Its frames made others at its address count as flooding.
#[tokio::test(start_paused = true)]
async fn members_of_one_address_share_equally_and_nobody_floods_for_the_others_sake() {
    let mut options = with_burst(1000);
    options.allowance.frames = Rate { burst: 4, every: SECOND };
    let server = having(options);
    let mut first = member(&server, LOOPBACK, 1).await;
    let mut second = member(&server, LOOPBACK, 2).await;
    first.next().await.unwrap().unwrap();
    // Until then their address has less that newcomers may send at once.
    tokio::time::sleep(4 * SECOND).await;
    // Those who have no seat take nothing of it, whatever they send.
    let mut stranger = Client::greeted(&server, LOOPBACK).await;
    for _ in 0..100 {
        stranger.socket.send(Message::Ping(bytes::Bytes::new())).await.unwrap();
    }
    let say = ClientFrame::Say { payload: b"" };
    assert!(second.says(1).await && second.says(1).await);
    for number in 0..100 {
        assert_eq!(second.ask(&say).await, denied(4, 2), "{number}: half of the rate, and no flood");
    }
    for _ in 0..2 {
        first.next().await.unwrap().unwrap();
    }
    assert!(first.says(1).await && first.says(1).await, "the other's share is untouched");
    assert_eq!(first.ask(&say).await, denied(4, 2));
    // Alone, it has all.
    second.socket.close(None).await.unwrap();
    while second.next().await.is_some() {}
    first.next().await.unwrap().unwrap();
    tokio::time::sleep(4 * SECOND).await;
    for _ in 0..4 {
        assert!(first.says(1).await);
    }
    assert_eq!(first.ask(&say).await, denied(4, 1));
}

#[tokio::test(start_paused = true)]
async fn who_spams_beyond_its_share_runs_out_of_its_own_rate_and_is_flooding() {
    let mut options = with_burst(100);
    options.allowance.frames = Rate { burst: 1, every: 1000 * SECOND };
    let server = having(options);
    let mut member = member(&server, LOOPBACK, 1).await;
    let mut sent = 0;
    while member.next_is_no_end(&ClientFrame::Say { payload: b"" }).await {
        sent += 1;
    }
    assert_eq!(sent, 100 + 32);
}

impl Client {
    /// Sends a frame. `false` if the next that comes is an end.
    async fn next_is_no_end(&mut self, frame: &ClientFrame<'_>) -> bool {
        let answer = self.ask(frame).await;
        !matches!(DaemonFrame::decode(&answer).unwrap(), DaemonFrame::Over { .. })
    }
}

#[tokio::test(start_paused = true)]
async fn the_daemon_is_never_silent_for_longer_than_it_says() {
    let server = having(options());
    let mut member = member(&server, LOOPBACK, 1).await;
    for _ in 0..3 {
        let alive = async {
            loop {
                if let Message::Binary(frame) = member.socket.next().await.unwrap().unwrap() {
                    break assert_eq!(frame, DaemonFrame::Alive.encode());
                }
            }
        };
        lasts(PING, alive).await;
    }
}

#[tokio::test(start_paused = true)]
async fn hello_says_the_largest_frame_and_for_how_long_nothing_may_come() {
    let server = having(options());
    let mut request = "ws://localhost/ws/0af".into_client_request().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", SUBPROTOCOL.parse().unwrap());
    let (mut socket, _) = client_async(request, connect(&server, WIDE)).await.unwrap();
    let Message::Binary(hello) = socket.next().await.unwrap().unwrap() else { panic!() };
    let DaemonFrame::Hello { largest_frame, silence_ms, .. } = DaemonFrame::decode(&hello).unwrap() else {
        panic!()
    };
    assert_eq!((largest_frame.bytes(), silence_ms), (2048, 46_500));
}
