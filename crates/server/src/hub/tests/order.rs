//! Who gets what, and in which order, however little is taken at once.

use std::future::poll_fn;
use std::rc::Rc;

use socket2::SockRef;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::timeout;

use super::super::super::stream::Tcp;
use super::*;

const MEMBERS: u8 = 4;

#[derive(Clone, Copy, Debug)]
enum Deed {
    /// One that is not there enters, or one that is there goes.
    ComeOrGo(u8, Going),
    Say(u8, usize),
    Pass(u8, u8, usize),
    Take(u8, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Going {
    BreaksOff,
    Closes,
    IsPutOut,
}

fn any_going() -> impl Strategy<Value = Going> {
    prop_oneof![Just(Going::BreaksOff), Just(Going::Closes), Just(Going::IsPutOut)]
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let (who, bytes) = (1..=MEMBERS, prop_oneof![0..300_usize, 0..3 * HALF]);
    prop_oneof![
        1 => (2..=MEMBERS, any_going()).prop_map(|(who, how)| Deed::ComeOrGo(who, how)),
        4 => (who.clone(), bytes.clone()).prop_map(|(who, bytes)| Deed::Say(who, bytes)),
        4 => (who.clone(), who.clone(), bytes.clone()).prop_map(|(who, to, bytes)| Deed::Pass(who, to, bytes)),
        6 => (who, bytes).prop_map(|(who, bytes)| Deed::Take(who, bytes)),
    ]
}

/// How a member gets what waits for it.
trait Line: Sized {
    /// The line of this connection.
    fn new(runtime: &Rc<Runtime>, handle: &HubHandle) -> Self;

    /// Has what waits written once, and takes so many bytes at the most of what has been written.
    fn take(&mut self, handle: &HubHandle, most: usize) -> Vec<u8>;

    /// Waits for what has been written and is on its way.
    fn wait(&self);
}

/// The test takes it from the hub.
struct ByHand;

impl Line for ByHand {
    fn new(_: &Rc<Runtime>, handle: &HubHandle) -> Self {
        deafen(handle);
        Self
    }

    fn take(&mut self, handle: &HubHandle, most: usize) -> Vec<u8> {
        taken(handle, most)
    }

    fn wait(&self) {
        panic!("all was taken");
    }
}

/// The hub writes it to a socket, or where that takes no more the connection's task does.
struct BySocket {
    runtime: Rc<Runtime>,
    task: Tcp,
    client: TcpStream,
}

/// Bytes of the system's buffers at either end: fewer than one of the larger messages has.
const BUFFER: usize = 4096;

impl Line for BySocket {
    fn new(runtime: &Rc<Runtime>, handle: &HubHandle) -> Self {
        let (socket, task) = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            SockRef::from(&listener).set_recv_buffer_size(BUFFER).unwrap();
            let socket = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            SockRef::from(&socket).set_send_buffer_size(BUFFER).unwrap();
            socket.set_nodelay(true).unwrap();
            socket.writable().await.unwrap();
            (listener.accept().await.unwrap().0, Tcp::new(socket))
        });
        let mut line = Self { runtime: Rc::clone(runtime), task, client: socket };
        handle.write_to(line.task.take_socket().unwrap());
        line
    }

    fn take(&mut self, handle: &HubHandle, most: usize) -> Vec<u8> {
        handle.hub.state().deliver();
        self.runtime.block_on(async {
            // The runtime looks at its sockets.
            yield_now().await;
            let _ = poll_fn(|cx| Poll::Ready(handle.poll_write(cx, &mut self.task))).await;
        });
        let mut bytes = vec![0; most.min(3 * HALF)];
        match self.client.try_read(&mut bytes) {
            Ok(read) => {
                assert!(read > 0 || most == 0, "the end");
                bytes.truncate(read);
                bytes
            }
            Err(error) => {
                assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
                vec![]
            }
        }
    }

    fn wait(&self) {
        let patience = Duration::from_secs(20);
        let readable = async { timeout(patience, self.client.readable()).await };
        self.runtime.block_on(readable).expect("more to read").unwrap();
    }
}

/// A member, what it has taken, and the numbers of all that it is to get.
struct Hears<L> {
    line: L,
    handle: HubHandle,
    nonce: Nonce,
    id: u64,
    bytes: Vec<u8>,
    expected: Vec<u32>,
}

impl<L: Line> Hears<L> {
    /// Enters as this number. A seat has a key of its own; whoever comes again is somebody else.
    fn enter(runtime: &Rc<Runtime>, hub: &Arc<Hub>, number: u8) -> Self {
        let (handle, nonce) = hub.connect(number.into());
        let line = L::new(runtime, &handle);
        let frame = if number == 1 { signers::create } else { signers::enter };
        assert!(handle.request_entry(frame(&nonce, number), &nonce, None));
        Self { line, handle, nonce, id: number.into(), bytes: vec![], expected: vec![] }
    }

    fn take(&mut self, most: usize) {
        self.bytes.extend(self.line.take(&self.handle, most));
    }

    /// Holds that it has got all that it was to get, behind its welcome, when it gets this.
    fn has_all_before(&mut self, last: &DaemonFrame<'_>) -> Result<(), TestCaseError> {
        while !self.bytes.ends_with(&websocket_frame(&last.encode())) {
            let before = self.bytes.len();
            self.take(usize::MAX);
            if self.bytes.len() == before {
                self.line.wait();
            }
        }
        let number = |payload: &[u8]| u32::from_be_bytes(payload[..4].try_into().unwrap());
        let all = messages(&self.bytes);
        let mut all = all.iter().map(|message| DaemonFrame::decode(message).unwrap());
        let is_welcome = matches!(all.next(), Some(DaemonFrame::Welcome { .. }));
        prop_assert!(is_welcome, "the first frame");
        let got: Vec<_> = all
            .filter_map(|frame| match frame {
                DaemonFrame::Said { payload, .. } => Some(number(payload)),
                DaemonFrame::Passed { passed, .. } => Some(number(passed)),
                _ => None,
            })
            .collect();
        prop_assert_eq!(&got, &self.expected);
        Ok(())
    }

    /// Holds that it has got all that it is to get.
    fn has_all(&mut self) -> Result<(), TestCaseError> {
        self.handle.tell(&DaemonFrame::Alive);
        self.has_all_before(&DaemonFrame::Alive)
    }

    fn goes(&mut self, how: Going) -> Result<(), TestCaseError> {
        match how {
            Going::BreaksOff => return self.has_all(),
            Going::Closes => self.handle.closed(),
            Going::IsPutOut => {
                self.handle.end(End::Malformed, End::Malformed.close_code());
                self.has_all_before(&DaemonFrame::Over { end: End::Malformed, by: None, payload: None })?;
            }
        }
        Ok(())
    }
}

/// Does all of that. Everybody gets what is for it, at the end or before it goes.
fn holds<L: Line>(deeds: Vec<Deed>) -> Result<(), TestCaseError> {
    let runtime = Rc::new(Builder::new_current_thread().enable_all().build().unwrap());
    // Large enough that nobody is too slow, and no pass is denied.
    let hub = Hub::new(Limits { members: 100, ..LIMITS }, 1 << 30, 1 << 30).unwrap();
    let mut room: [Option<Hears<L>>; MEMBERS as usize] = Default::default();
    let (mut seats, mut left) = (0, vec![]);
    let mut enter = || {
        seats += 1;
        Some(Hears::enter(&runtime, &hub, seats))
    };
    room[0] = enter();
    for (number, deed) in (0..).zip(deeds) {
        let slot = |who: u8| usize::from(who - 1);
        let payload = |bytes: usize| [&u32::to_be_bytes(number)[..], &vec![0; bytes]].concat();
        match deed {
            Deed::ComeOrGo(who, how) => match room[slot(who)].take() {
                Some(mut gone) => {
                    gone.goes(how)?;
                    if how != Going::BreaksOff {
                        left.push(gone);
                    }
                }
                None => room[slot(who)] = enter(),
            },
            Deed::Say(who, bytes) => {
                if let Some(hears) = &room[slot(who)] {
                    let payload = payload(bytes);
                    hears.handle.frame(ClientFrame::Say { payload: &payload }, &hears.nonce);
                    room.iter_mut().flatten().for_each(|hears| hears.expected.push(number));
                }
            }
            Deed::Pass(who, to, bytes) => {
                if who != to
                    && let Some(id) = room[slot(to)].as_ref().map(|hears| hears.id)
                    && let Some(hears) = &room[slot(who)]
                {
                    let payload = payload(bytes);
                    let passes = Passes::of([(Id(id), &payload[..])]);
                    hears.handle.frame(ClientFrame::Pass(passes), &hears.nonce);
                    room[slot(to)].as_mut().unwrap().expected.push(number);
                }
            }
            Deed::Take(who, bytes) => {
                if let Some(hears) = &mut room[slot(who)] {
                    hears.take(bytes);
                }
            }
        }
    }
    room.iter_mut().flatten().try_for_each(Hears::has_all)?;
    // Nor is anything kept for those who have gone, and whose connections are still there.
    prop_assert_eq!(hub.state().channels.segments.in_use(), 0);
    drop((room, left));
    prop_assert_eq!(used(&hub), 0);
    Ok(())
}

proptest! {
    #[test]
    fn everybody_gets_all_that_is_for_it_in_the_order_in_which_it_happened(deeds in prop::collection::vec(any_deed(), 0..100)) {
        holds::<ByHand>(deeds)?;
    }

    #[test]
    fn so_does_everybody_to_whose_socket_the_hub_writes(deeds in prop::collection::vec(any_deed(), 0..100)) {
        holds::<BySocket>(deeds)?;
    }
}
