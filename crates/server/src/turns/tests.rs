use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::Poll;

use tokio::task::{JoinHandle, yield_now};

use super::*;

/// Turns that are kept, and how many steps have been taken in them.
fn kept() -> (Arc<Turns>, Arc<AtomicU64>) {
    let turns = Arc::<Turns>::default();
    let keeper = Arc::clone(&turns);
    tokio::spawn(async move { keeper.keep().await });
    (turns, Arc::default())
}

/// A stranger that could take a step at once whenever it is asked.
fn stranger(turns: &Arc<Turns>, steps: &Arc<AtomicU64>) -> JoinHandle<()> {
    let (turns, steps) = (Arc::clone(turns), Arc::clone(steps));
    let restless = poll_fn(move |cx| {
        steps.fetch_add(1, Relaxed);
        cx.waker().wake_by_ref();
        Poll::Pending::<()>
    });
    tokio::spawn(turns.pace(restless))
}

/// The most steps in one of so many rounds, in each of which a member has its turn; and how many in all.
async fn most_in_a_round(rounds: u32, steps: &AtomicU64, mut round: impl FnMut()) -> (u64, u64) {
    let (begin, mut most) = (steps.load(Relaxed), 0);
    for _ in 0..rounds {
        let before = steps.load(Relaxed);
        round();
        yield_now().await;
        most = most.max(steps.load(Relaxed) - before);
    }
    (most, steps.load(Relaxed) - begin)
}

#[tokio::test]
async fn however_many_strangers_knock_few_of_their_steps_come_between_two_of_a_member() {
    let (turns, steps) = kept();
    let crowd: Vec<_> = (0..1000).map(|_| stranger(&turns, &steps)).collect();
    turns.heard();
    let (most, all) = most_in_a_round(500, &steps, || turns.heard()).await;
    assert!(most <= 2 * STEPS, "{most} steps in a round");
    assert!(all >= 200 * STEPS, "{all} steps: strangers have their turns as well");
    // Nobody talks any more.
    let (most, _) = most_in_a_round(ROUNDS_OF_TALK * 2 + 1000, &steps, || {}).await;
    assert!((STEPS_IN_QUIET..=2 * STEPS_IN_QUIET).contains(&most), "{most} steps in a round");
    crowd.iter().for_each(JoinHandle::abort);
}

#[tokio::test]
async fn at_the_end_nobody_waits_for_a_turn() {
    let turns = Arc::<Turns>::default();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let turns = Arc::clone(&turns);
            tokio::spawn(turns.pace(std::future::ready(())))
        })
        .collect();
    yield_now().await;
    assert!(!tasks[0].is_finished(), "nobody keeps them");
    turns.end();
    for task in tasks {
        assert!(task.await.is_ok());
    }
    turns.begin_round();
    let nobody = Context::from_waker(Waker::noop());
    for _ in 0..=STEPS_IN_QUIET {
        assert!(Ticket::new(Arc::clone(&turns)).poll(&nobody).is_ready(), "after a round that had begun");
    }
}

#[tokio::test]
async fn strangers_are_served_in_the_order_in_which_they_came_and_who_goes_holds_nobody_up() {
    let (turns, _) = kept();
    turns.heard();
    let served = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = (0..100)
        .map(|number| {
            let (turns, served) = (Arc::clone(&turns), Arc::clone(&served));
            tokio::spawn(async move {
                turns.pace(std::future::ready(())).await;
                served.lock().unwrap_or_else(PoisonError::into_inner).push(number);
            })
        })
        .collect();
    yield_now().await;
    for gone in tasks.iter().skip(50).step_by(2) {
        gone.abort();
    }
    for task in tasks {
        let _ = task.await;
    }
    let served = served.lock().unwrap_or_else(PoisonError::into_inner);
    let expected: Vec<_> = (0..100).filter(|number| *number < 50 || number % 2 == 1).collect();
    assert_eq!(*served, expected);
    let waiting = turns.state().strangers.waiting.len();
    turns.shrink();
    assert!(waiting == 0 && turns.state().strangers.waiting.capacity() == 0);
}

/// A connection waited behind all who were there, to be accepted, and then once more.
#[tokio::test]
async fn a_connection_is_accepted_whatever_crowd_is_there_and_few_in_a_round() {
    let (turns, steps) = kept();
    let crowd: Vec<_> = (0..1000).map(|_| stranger(&turns, &steps)).collect();
    // However long nobody has come.
    most_in_a_round(500, &steps, || turns.heard()).await;
    let accepted = Arc::<AtomicU64>::default();
    let listeners: Vec<_> = (0..100)
        .map(|_| {
            let (turns, accepted) = (Arc::clone(&turns), Arc::clone(&accepted));
            tokio::spawn(async move {
                turns.listener().await;
                accepted.fetch_add(1, Relaxed);
            })
        })
        .collect();
    let (most, all) = most_in_a_round(100, &accepted, || turns.heard()).await;
    assert_eq!(all, 100);
    assert!(most <= 2 * STEPS, "{most} were accepted in a round");
    crowd.iter().chain(&listeners).for_each(JoinHandle::abort);
}

/// Somebody who waits is woken where it is by then, however often it was asked before.
#[tokio::test]
async fn a_ticket_that_is_moved_to_another_task_wakes_that_one() {
    let (turns, _) = kept();
    let mut ticket = Ticket::new(turns);
    assert!(ticket.poll(&Context::from_waker(Waker::noop())).is_pending());
    poll_fn(|cx| ticket.poll(cx)).await;
}

/// A connection that was silent took twice as much memory as one that was there without a crowd's turns.
#[test]
fn a_task_that_is_paced_takes_its_memory_once() {
    let large = [0; 1000];
    let paced = Arc::<Turns>::default().pace(async move {
        tokio::task::yield_now().await;
        large
    });
    assert!(size_of_val(&paced) <= 64, "{} bytes", size_of_val(&paced));
}

/// Connections that made way for others before they had a turn stood in the queue all the same, and each took one: it grew
/// without end, as did the time that a newcomer waits.
#[tokio::test]
async fn who_makes_way_before_its_turn_takes_none_and_keeps_no_place() {
    const RESTLESS: u64 = 100;
    let (turns, steps) = kept();
    let crowd: Vec<_> = (0..RESTLESS).map(|_| stranger(&turns, &steps)).collect();
    let mut newcomers = VecDeque::new();
    for _ in 0..20_000 {
        turns.heard();
        turns.listener().await;
        newcomers.push_back(stranger(&turns, &steps));
        if newcomers.len() > 16
            && let Some(oldest) = newcomers.pop_front()
        {
            oldest.abort();
        }
    }
    let waiting = turns.state().strangers.waiting.len() as u64;
    assert!(waiting < 8 * RESTLESS, "{waiting} wait, of {RESTLESS} and 16");
    let newcomer = tokio::spawn(Arc::clone(&turns).pace(std::future::ready(())));
    let (_, rounds) = most_in_a_round(4 * u32::try_from(RESTLESS).unwrap(), &steps, || turns.heard()).await;
    assert!(newcomer.is_finished(), "not after {rounds} steps of others");
    crowd.iter().chain(&newcomers).for_each(JoinHandle::abort);
}
