//! A time that the daemon itself measures, to hold others against: a machine that is slow is slow
//! for both.

use std::net::SocketAddr;

use super::{Heard, Member, patiently};

/// The grace of somebody's seat, for as long as the setting says.
pub struct Grace(Member);

impl Grace {
    /// Begins it, in a room of its own.
    pub async fn begins(address: SocketAddr) -> Self {
        let mut stays = Member::create(address, "Sits").await;
        Member::enter(address, "Goes").await.cut();
        assert!(matches!(stays.next_few(2).await[..], [Heard::Joined(..), Heard::Away(2)]));
        Self(stays)
    }

    /// Waits for `future`, which must be ready before the seat is given up.
    #[track_caller]
    pub fn outlasts<F: Future>(mut self, future: F) -> impl Future<Output = F::Output> {
        let caller = std::panic::Location::caller();
        async move {
            tokio::select! {
                biased;
                done = patiently("what ends within a grace", future) => done,
                heard = self.0.next() => panic!("{heard:?} came first, at {caller}"),
            }
        }
    }
}
