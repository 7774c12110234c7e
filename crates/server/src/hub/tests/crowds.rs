//! Those who come and go before anything has been written to them.

use super::*;

/// Each of them had a place of its own among those to be written to, for as long as nobody wrote: a crowd that knocked made
/// it longer and longer, and whoever talked waited behind all of it.
#[tokio::test]
async fn who_has_gone_is_not_waited_for_and_a_crowd_takes_no_more_places_than_were_there_at_once() {
    const AT_ONCE: usize = 3;
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let stranger = async || {
        let (_, handle, _) = connected(&hub).await;
        handle.tell(&DaemonFrame::Alive);
        handle
    };
    for _ in 0..100 {
        let crowd: [_; AT_ONCE] = [stranger().await, stranger().await, stranger().await];
        drop(crowd);
    }
    let queued = std::iter::from_fn(|| hub.state().due.pop()).count();
    assert_eq!(queued, AT_ONCE);
    // Of a crowd that has gone nothing is left after one turn, however large it was.
    let mut crowd = Vec::new();
    for _ in 0..300 {
        crowd.push(stranger().await);
    }
    drop(crowd);
    hub.state().deliver();
    assert!(hub.state().due.is_empty());
}
