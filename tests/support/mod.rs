//! What the tests drive the real binary with: [`Daemon`] starts it, [`Line`] speaks its wire and
//! nothing more, [`Member`] is a whole client over [`sanctuary_seal`], [`ByHand`] one that puts each
//! frame together itself, [`Sitting`] such a one in its room, [`Tap`] records what passes between.
//! [`Started`] starts the binary with any command line at all, in a [`Network`] of its own if need be.
//!
//! Nothing here sleeps: everything waits for the daemon's own readiness or for the next frame, and
//! gives up loudly after [`PATIENCE`].

// Each test crate takes what it needs of this.
#![allow(dead_code, unused_imports, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

mod by_hand;
mod copy;
mod daemon;
mod grace;
mod http;
mod line;
mod member;
mod network;
mod started;
mod tap;
mod tls;
mod trust;

use std::time::Duration;

pub use by_hand::{ByHand, CARD, HEART, Sitting, answered, refused, welcomed};
pub use copy::{Copy, NOBODY, copy_program};
pub use daemon::Daemon;
pub use grace::Grace;
pub use http::{begin, exchange, exchange_on, read_to_end, status};
pub use line::{Carrier, Line, Next};
pub use member::{Absent, Heard, Member, PASSWORD, ROOM, Standing, door, password, words};
pub use network::Network;
pub use started::{Started, binary};
pub use tap::{Capture, Tap};
pub use tls::{Issued, base64, client_hello, secure, secure_from, secure_over};

/// Far more than anything here takes; what is over it has hung.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for `future`, but not for ever.
#[track_caller]
pub fn patiently<F: Future>(what: &str, future: F) -> impl Future<Output = F::Output> {
    let caller = std::panic::Location::caller();
    async move {
        let in_time = tokio::time::timeout(PATIENCE, future).await;
        in_time.unwrap_or_else(|_| panic!("waited in vain for {what}, at {caller}"))
    }
}
