//! Who has no seat takes nobody's place, and makes way.

use sanctuary_wire::{End, Refusal};

use super::*;

const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// Two seats and two connections without one for each address, and one try an hour.
fn narrow() -> Options {
    let two = Places { all: 10, of_one: 2 };
    let try_again = Duration::from_secs(3600);
    let allowance = Allowance {
        seats: two,
        knocking: two,
        tries: Rate { burst: 1, every: try_again },
        frames: Rate { burst: 1000, every: Duration::from_millis(1) },
        ..options().allowance
    };
    Options { allowance, rooms: Limits { members: 10, tombstones: 10, ..options().rooms }, ..options() }
}

fn refused(why: Refusal, retry_ms: u64) -> Vec<u8> {
    DaemonFrame::Refused { why, retry_ms }.encode()
}

/// Tries to come in, and returns the answer.
async fn asks(
    server: &Arc<Server>,
    address: IpAddr,
    frame: impl FnOnce(&Nonce) -> ClientFrame<'static>,
) -> Result<Vec<u8>, u16> {
    let mut client = Client::greeted(server, address).await;
    client.send(&frame(&client.nonce)).await;
    client.next().await.expect("an answer")
}

/// Whether somebody came in. Its connection is broken by now.
fn is_in(answer: Result<Vec<u8>, u16>) -> bool {
    let Ok(frame) = answer else { return false };
    matches!(DaemonFrame::decode(&frame).unwrap(), DaemonFrame::Welcome { .. })
}

/// A member's connection breaks without a close frame.
async fn breaks(server: &Arc<Server>, client: Client) {
    let there = server.limits.connections();
    drop(client);
    while server.limits.connections() == there {
        tokio::time::sleep(MOMENT).await;
    }
}

/// Its false resumes used up the tries, its connections all places, and the seat was lost.
#[tokio::test(start_paused = true)]
async fn a_stranger_behind_the_same_router_keeps_no_member_from_coming_back() {
    let server = having(narrow());
    let keeper = member(&server, LOOPBACK, 1).await;
    // The only try was spent by the keeper.
    let busy = asks(&server, LOOPBACK, |nonce| signers::enter(nonce, 2)).await;
    let busy = busy.unwrap();
    let DaemonFrame::Refused { why, retry_ms } = DaemonFrame::decode(&busy).unwrap() else { panic!() };
    assert!(why == Refusal::Busy && (3_590_000..=3_600_000).contains(&retry_ms), "{why:?} {retry_ms}");
    breaks(&server, keeper).await;
    for _ in 0..20 {
        let answer = asks(&server, LOOPBACK, |nonce| signers::resume(nonce, 66, 1)).await;
        assert_eq!(answer, Ok(refused(Refusal::NoEntry, 0)), "checked, and false");
    }
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(connect(&server, WIDE));
        silent.push(Client::greeted(&server, LOOPBACK).await.socket.into_inner());
    }
    assert!(is_in(asks(&server, LOOPBACK, |nonce| signers::resume(nonce, 1, 1)).await));
    assert_eq!(server.counts().members, 1);
}

/// Who connected fast enough closed the line of who came back, between its `hello` and its
/// `resume`.
#[tokio::test(start_paused = true)]
async fn who_has_been_greeted_makes_way_for_nobody_who_merely_connects() {
    let server = having(narrow());
    let keeper = member(&server, LOOPBACK, 1).await;
    breaks(&server, keeper).await;
    let mut back = Client::greeted(&server, LOOPBACK).await;
    let (mut silent, mut greeted) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        silent.push(connect(&server, WIDE));
    }
    // As many may be greeted as may have seats.
    greeted.push(Client::greeted(&server, LOOPBACK).await);
    back.send(&signers::resume(&back.nonce, 1, 1)).await;
    assert!(is_in(back.next().await.unwrap()));
    greeted.push(Client::greeted(&server, LOOPBACK).await);
    greeted.push(Client::greeted(&server, LOOPBACK).await);
    assert_eq!(greeted[0].next().await, None, "a third makes the first go");
}

#[tokio::test(start_paused = true)]
async fn who_is_away_keeps_its_place_until_the_grace_is_over() {
    let plenty = options().allowance.tries;
    let allowance = Allowance { tries: plenty, ..narrow().allowance };
    let server = having(Options { allowance, ..narrow() });
    let serving = server.serve(vec![]).unwrap();
    let _keeper = member(&server, OTHER, 1).await;
    let (first, second) = (member(&server, LOOPBACK, 2).await, member(&server, LOOPBACK, 3).await);
    breaks(&server, first).await;
    let newcomer = |nonce: &Nonce| signers::enter(nonce, 4);
    assert_eq!(
        asks(&server, LOOPBACK, newcomer).await,
        Ok(refused(Refusal::Busy, 30_000)),
        "above the bound"
    );
    tokio::time::sleep(GRACE).await;
    assert_eq!(server.counts().members, 2);
    assert!(is_in(asks(&server, LOOPBACK, newcomer).await), "at the bound");
    drop(second);
    serving.stop().await;
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_from_a_full_address_is_let_in_and_charged_where_it_was() {
    let plenty = options().allowance.tries;
    let allowance = Allowance { tries: plenty, ..narrow().allowance };
    let server = having(Options { allowance, ..narrow() });
    let keeper = member(&server, LOOPBACK, 1).await;
    let _others = [member(&server, OTHER, 2).await, member(&server, OTHER, 3).await];
    let mut back = Client::greeted(&server, OTHER).await;
    back.send(&signers::resume(&back.nonce, 1, 1)).await;
    assert!(is_in(back.next().await.unwrap()));
    let over = DaemonFrame::Over { end: End::ResumedElsewhere, by: None, payload: None };
    let mut heard = Vec::new();
    let mut keeper = keeper;
    while let Some(Ok(frame)) = keeper.next().await {
        heard.push(frame);
    }
    assert_eq!(heard.last(), Some(&over.encode()));
    // It has one of the two places of its former address still, and its new one no more than two.
    let _fourth = member(&server, LOOPBACK, 4).await;
    let newcomer = |nonce: &Nonce| signers::enter(nonce, 6);
    assert_eq!(asks(&server, LOOPBACK, newcomer).await, Ok(refused(Refusal::Busy, 30_000)));
    assert_eq!(asks(&server, OTHER, newcomer).await, Ok(refused(Refusal::Busy, 30_000)));
}

#[tokio::test(start_paused = true)]
async fn the_oldest_without_a_seat_makes_way_whatever_it_does_and_no_member() {
    let server = having(narrow());
    let mut keeper = member(&server, LOOPBACK, 1).await;
    let mut silent = connect(&server, WIDE);
    let mut page = connect(&server, WIDE);
    page.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    assert!(page.read(&mut [0; 1024]).await.unwrap() > 0);
    let nothing = &mut Vec::new();
    let _newcomer = connect(&server, WIDE);
    lasts(Duration::ZERO, async { assert_eq!(silent.read_to_end(nothing).await.unwrap(), 0) }).await;
    let _newcomer = connect(&server, WIDE);
    lasts(Duration::ZERO, async { assert_eq!(page.read_to_end(nothing).await.unwrap(), 0) }).await;
    let mut greeted = Client::greeted(&server, LOOPBACK).await;
    let _others = [Client::greeted(&server, LOOPBACK).await, Client::greeted(&server, LOOPBACK).await];
    lasts(Duration::ZERO, async { assert_eq!(greeted.next().await, None) }).await;
    assert_eq!(server.counts().members, 1);
    keeper.send(&ClientFrame::Say { payload: b"here" }).await;
    assert!(keeper.next().await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn who_parts_is_counted_until_it_has_gone_so_that_all_connections_are_bounded() {
    let one = Places { all: 1, of_one: 1 };
    let allowance = Allowance { seats: one, knocking: one, ..options().allowance };
    let server = having(Options { allowance, ..options() });
    let mut parting = member(&server, LOOPBACK, 1).await;
    parting.send(&ClientFrame::Exit).await;
    assert_eq!(parting.next().await, Some(Err(1000)));
    let keeper = member(&server, LOOPBACK, 1).await;
    assert!(connect_from(&server, OTHER, WIDE).is_none(), "two may be there");
    breaks(&server, parting).await;
    assert!(connect_from(&server, OTHER, WIDE).is_some());
    drop(keeper);
}
