//! What is said at the same time, and what is said alone.

use tokio::task::yield_now;

use super::*;

/// Each time that it yields, all that is ready has its turn, and the runtime looks at its sockets.
#[tokio::test]
async fn what_is_said_alone_is_written_without_a_look_at_what_others_say() {
    let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
    let ((_theirs, one, _), (_others, other, _)) = (connected(&hub).await, connected(&hub).await);
    let deliverer = tokio::spawn({
        let hub = Arc::clone(&hub);
        async move { hub.deliver().await }
    });
    yield_now().await;
    for _ in 0..2 {
        one.tell(&DaemonFrame::Alive);
        yield_now().await;
        assert!(hub.state().due.is_empty());

        one.tell(&DaemonFrame::Alive);
        other.tell(&DaemonFrame::Alive);
        yield_now().await;
        assert!(!hub.state().due.is_empty(), "more may have come with them");
        yield_now().await;
        assert!(hub.state().due.is_empty());
    }
    deliverer.abort();
}
