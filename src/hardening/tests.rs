//! Protections can't be taken back, so each test puts them in force in a process of its own.
#![allow(unsafe_code, clippy::unwrap_used, clippy::expect_used)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    collections::HashMap,
    env,
    error::Error,
    fs, io,
    net::{TcpListener, TcpStream, UdpSocket},
    os::{
        fd::{BorrowedFd, IntoRawFd, OwnedFd},
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr, UnixDatagram},
    },
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use landlock::{ABI, LandlockStatus};
use nix::{
    errno::Errno,
    libc,
    sys::{
        prctl,
        resource::{RLIM_INFINITY, Resource, getrlimit, setrlimit},
        signal::{Signal, kill},
    },
    unistd::{Pid, Uid, dup2_raw, geteuid, getgid, setresuid},
};

use super::{
    HardeningError, LockError, Notifier, NotifyState, Policy, Protection, Report, State, Wiping, filter,
    harden, memory, privileges, sandbox, system_calls, take_sockets,
};

/// Set in the processes that run a test's body.
const ALONE: &str = "SANCTUARY_TEST_ALONE";

/// A user that every Linux has; the tests of privileges run as root.
const NOBODY: &str = "nobody";

/// Runs `body` in a process of its own: this test program again, told to run this one test.
fn alone(test: &str, body: impl FnOnce()) {
    if env::var_os(ALONE).is_some() {
        body();
        return;
    }
    let name = format!("hardening::tests::{test}");
    let output = Command::new(env::current_exe().unwrap())
        .args([&name, "--exact", "--nocapture", "--test-threads=1"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

fn root() -> bool {
    geteuid().is_root()
}

/// `/proc/thread-self/status`, by name.
fn status() -> HashMap<String, String> {
    let text = fs::read_to_string("/proc/thread-self/status").unwrap();
    text.lines().filter_map(|line| line.split_once(':')).map(|(k, v)| (k.into(), v.trim().into())).collect()
}

fn kib(status: &HashMap<String, String>, name: &str) -> u64 {
    status[name].strip_suffix(" kB").unwrap().parse().unwrap()
}

/// The version of Landlock that this kernel has, asked as `landlock_create_ruleset(2)`
/// says; 0 or less without one.
fn landlock_of_the_kernel() -> libc::c_long {
    const VERSION: u32 = 1;
    // SAFETY: takes no pointer when it is asked for its version.
    unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, std::ptr::null::<u8>(), 0usize, VERSION) }
}

/// What all of an error comes from.
fn last_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    std::iter::successors(Some(error), |error| (*error).source()).last().unwrap()
}

fn policy(readable: Vec<PathBuf>) -> Policy {
    Policy { user: NOBODY.into(), require_memory_lock: false, growth: 0, readable }
}

#[test]
fn locked_memory_covers_resident_memory_and_grows() {
    alone("locked_memory_covers_resident_memory_and_grows", || {
        let locked = memory::lock_pages();
        if !root() && locked.is_err() {
            return; // no limit that allows it: told as absent, which another test holds
        }
        locked.unwrap();
        let before = status();
        let block = vec![7u8; 32 << 20];
        let after = status();
        assert!(kib(&after, "VmLck") >= kib(&before, "VmLck") + (block.len() as u64 >> 10), "{after:?}");
        assert!(kib(&after, "VmLck") >= kib(&after, "VmRSS"), "{after:?}");
        assert_eq!(kib(&after, "VmSwap"), 0);
    });
}

#[test]
fn locking_leaves_untouched_memory_out() {
    alone("locking_leaves_untouched_memory_out", || {
        let locked = memory::lock_pages();
        if !root() && locked.is_err() {
            return;
        }
        locked.unwrap();
        let before = kib(&status(), "VmRSS");
        let block: Vec<u8> = Vec::with_capacity(64 << 20);
        let after = kib(&status(), "VmRSS");
        assert!(after < before + 16 * 1024, "{before} {after} {}", block.capacity());
    });
}

#[test]
fn memory_without_a_limit_to_lock_it_is_told_or_a_reason_not_to_start() {
    alone("memory_without_a_limit_to_lock_it_is_told_or_a_reason_not_to_start", || {
        setrlimit(Resource::RLIMIT_MEMLOCK, 64 << 10, 64 << 10).unwrap();
        if root() {
            setresuid(Uid::from_raw(65534), Uid::from_raw(65534), Uid::from_raw(65534)).unwrap();
        }
        let (told, most) = memory::lock(false, 0).unwrap();
        assert_eq!(most, None);
        let State::Absent { why, remedy } = told.state else { panic!("{told:?}") };
        assert!(why.starts_with("only 0 MiB may be locked of"), "{why}");
        assert_eq!(remedy, "the package's systemd unit allows it");
        assert_eq!(kib(&status(), "VmLck"), 0);
        let refused = memory::lock(true, 0).unwrap_err();
        assert!(matches!(refused, HardeningError::MemoryNotLocked { .. }));
        assert!(refused.to_string().contains("require_memory_lock = false"));
        assert!(matches!(last_cause(&refused).downcast_ref(), Some(LockError::LimitTooLow { limit: 0, .. })));
    });
}

#[test]
fn the_limit_of_locked_memory_leaves_room_to_grow() {
    let (used, growth) = (10 << 20, 64 << 20);
    assert!(!memory::suffices(used + growth - 1, used, growth));
    assert!(memory::suffices(used + growth, used, growth));
    assert!(memory::suffices(used + growth + 1, used, growth));
    assert!(memory::suffices(RLIM_INFINITY, used, growth));
}

#[test]
fn root_becomes_a_user_without_any_rights() {
    alone("root_becomes_a_user_without_any_rights", || {
        if !root() {
            return;
        }
        let told = privileges::drop_to(NOBODY).unwrap();
        assert_eq!(told, Protection::in_force("privileges", "user nobody"));
        privileges::refuse_new().unwrap();
        let status = status();
        let (uid, gid) = (geteuid(), getgid());
        assert!(uid.as_raw() != 0 && gid.as_raw() != 0);
        assert_eq!(status["Uid"], [uid.to_string().as_str(); 4].join("\t"));
        assert_eq!(status["Gid"], [gid.to_string().as_str(); 4].join("\t"));
        assert_eq!(status["Groups"], "");
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            assert_eq!(status[set], "0000000000000000", "{set}");
        }
        assert_eq!(status["NoNewPrivs"], "1");
    });
}

#[test]
fn a_user_that_kept_capabilities_gives_them_up() {
    alone("a_user_that_kept_capabilities_gives_them_up", || {
        if !root() {
            return;
        }
        prctl::set_keepcaps(true).unwrap();
        setresuid(Uid::from_raw(65534), Uid::from_raw(65534), Uid::from_raw(65534)).unwrap();
        assert_ne!(status()["CapPrm"], "0000000000000000");
        privileges::drop_to("whoever").unwrap();
        for set in ["CapInh", "CapPrm", "CapEff", "CapAmb"] {
            assert_eq!(status()[set], "0000000000000000", "{set}");
        }
    });
}

#[test]
fn root_without_a_user_to_become_does_not_go_on() {
    alone("root_without_a_user_to_become_does_not_go_on", || {
        if !root() {
            return;
        }
        let missing = privileges::drop_to("sanctuary-missing").unwrap_err();
        assert!(matches!(&missing, HardeningError::NoSuchUser(name) if name == "sanctuary-missing"));
        assert!(missing.to_string().contains("useradd --system"), "{missing}");
        assert!(matches!(privileges::drop_to("root"), Err(HardeningError::UserIsRoot(_))));
        assert!(root());
    });
}

/// Of who was root and becomes another the kernel allows no dumps by itself, so that this begins as somebody else.
#[test]
fn no_dump_is_possible_once_all_is_in_force() {
    alone("no_dump_is_possible_once_all_is_in_force", || {
        if root() {
            setresuid(Uid::from_raw(65534), Uid::from_raw(65534), Uid::from_raw(65534)).unwrap();
        }
        prctl::set_dumpable(true).unwrap();
        let (_, hard) = getrlimit(Resource::RLIMIT_CORE).unwrap();
        assert!(hard > 0, "a limit that is there already would hide that none is set");
        // Nobody may ask in the thread that is closed in; what it changed holds for all.
        let (closed, wait) = std::sync::mpsc::channel();
        let witness = std::thread::spawn(move || {
            wait.recv().unwrap();
            assert!(!prctl::get_dumpable().unwrap());
            assert_eq!(getrlimit(Resource::RLIMIT_CORE).unwrap(), (0, 0));
        });
        harden(&policy(vec![])).unwrap();
        closed.send(()).unwrap();
        witness.join().unwrap();
    });
}

#[test]
fn the_sandbox_opens_what_a_reload_reads_and_nothing_else() {
    alone("the_sandbox_opens_what_a_reload_reads_and_nothing_else", || {
        let folder = env::temp_dir().join(format!("sanctuary-sandbox-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let (allowed, other) = (folder.join("allowed"), folder.join("other"));
        fs::write(&allowed, "a").unwrap();
        fs::write(&other, "b").unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let outside =
            UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(format!("{port}")).unwrap()).unwrap();

        prctl::set_no_new_privs().unwrap();
        let version = landlock_of_the_kernel();
        let told = sandbox::close(std::slice::from_ref(&allowed)).unwrap();
        if version <= 0 {
            assert_eq!(told.brief, "no landlock"); // all that can be held on such a kernel
            fs::remove_dir_all(&folder).unwrap();
            return;
        }
        assert!(told.brief.starts_with("landlock v"), "{told:?}");
        assert_eq!(told.state == State::InForce, version >= 6, "version {version}: {told:?}");
        assert_eq!(fs::read_to_string(&allowed).unwrap(), "a");
        for denied in [
            fs::read_to_string(&other).map(drop),
            fs::read_to_string("/etc/passwd").map(drop),
            fs::read_dir(&folder).map(drop),
            fs::write(&allowed, "c"),
            fs::File::create(folder.join("new")).map(drop),
            fs::remove_file(&other),
            Command::new("/bin/true").status().map(drop),
        ] {
            assert_eq!(denied.unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        }
        if told.state == State::InForce {
            let denied = TcpStream::connect(("127.0.0.1", port)).unwrap_err();
            assert_eq!(denied.kind(), io::ErrorKind::PermissionDenied);
            assert_eq!(TcpListener::bind("127.0.0.1:0").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
            assert_eq!(kill(Pid::parent(), Signal::SIGCONT), Err(Errno::EPERM));
            let inside = UnixDatagram::unbound().unwrap();
            let denied = inside.connect_addr(&outside.local_addr().unwrap()).unwrap_err();
            assert_eq!(denied.kind(), io::ErrorKind::PermissionDenied);
        }
    });
}

#[test]
fn landlock_tells_what_each_kernel_has() {
    let with = |effective_abi| LandlockStatus::Available { effective_abi, kernel_abi: None };
    let state = |kernel, enforced| sandbox::protection(kernel, enforced).state;
    assert!(matches!(state(LandlockStatus::NotImplemented, false), State::Absent { .. }));
    assert!(matches!(state(LandlockStatus::NotEnabled, false), State::Absent { .. }));
    assert!(matches!(state(with(ABI::V6), false), State::Absent { .. }));
    assert!(matches!(state(with(ABI::V1), true), State::Partly { .. }));
    assert!(matches!(state(with(ABI::V5), true), State::Partly { .. }));
    assert_eq!(state(with(ABI::V6), true), State::InForce);
    assert_eq!(sandbox::protection(with(ABI::V7), true).brief, "landlock v7");
}

#[test]
fn a_missing_file_of_the_reload_is_named() {
    alone("a_missing_file_of_the_reload_is_named", || {
        let error = sandbox::close(&["/nonexistent/sanctuary.toml".into()]).unwrap_err();
        assert!(error.to_string().contains("/nonexistent/sanctuary.toml"), "{error}");
        let cause = last_cause(&error).downcast_ref::<io::Error>().unwrap();
        assert_eq!(cause.kind(), io::ErrorKind::NotFound);
    });
}

/// Asked of the kernel, for each number that there could be.
#[test]
fn every_call_that_is_not_listed_is_not_permitted_or_does_not_exist() {
    alone("every_call_that_is_not_listed_is_not_permitted_or_does_not_exist", || {
        let listed: Vec<libc::c_long> = filter::allowed().collect();
        prctl::set_no_new_privs().unwrap();
        assert_eq!(system_calls::refuse().unwrap().state, State::InForce);
        // Linux 6.14 and later keep uretprobe and uprobe from filters, and end whoever calls them.
        let unfiltered = |call: &libc::c_long| cfg!(target_arch = "x86_64") && [335, 336].contains(call);
        for call in (0..1024).filter(|call| !listed.contains(call) && !unfiltered(call)) {
            let expected =
                if filter::is_known(call.try_into().unwrap()) { Errno::EPERM } else { Errno::ENOSYS };
            // SAFETY: no argument is a valid address or size, so that nothing happens if the call is not refused.
            let result = unsafe { libc::syscall(call, -1i64, -1i64, -1i64, -1i64, -1i64, -1i64) };
            assert_eq!((result, Errno::last()), (-1, expected), "system call {call}");
        }
        assert!(fs::read_to_string("/etc/passwd").is_ok());
        let file = env::temp_dir().join("sanctuary-never-written");
        for writing in [fs::File::create(&file), fs::File::options().append(true).open("/dev/null")] {
            assert_eq!(writing.unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        }
        assert!(UdpSocket::bind("127.0.0.1:0").is_err());
        assert!(std::thread::Builder::new().spawn(|| ()).is_err());
    });
}

#[test]
fn a_hardened_process_still_serves() {
    alone("a_hardened_process_still_serves", || {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let hangup = tokio::signal::unix::SignalKind::hangup();
        let mut hangups = runtime.block_on(async { tokio::signal::unix::signal(hangup) }).unwrap();
        let report = harden(&policy(vec![])).unwrap();
        assert_eq!(report.protections().len(), 7);
        runtime.block_on(async {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let (mut served, _) = listener.accept().await.unwrap();
            served.write_all(b"hello").await.unwrap();
            drop(served);
            client.set_nonblocking(true).unwrap();
            let mut heard = String::new();
            tokio::net::TcpStream::from_std(client).unwrap().read_to_string(&mut heard).await.unwrap();
            assert_eq!(heard, "hello");
            nix::sys::signal::raise(Signal::SIGHUP).unwrap();
            hangups.recv().await.unwrap();
        });
    });
}

#[test]
fn a_fault_ends_a_hardened_process_by_its_signal() {
    use std::os::unix::process::ExitStatusExt;
    let name = "hardening::tests::a_fault_ends_a_hardened_process_by_its_signal";
    if env::var_os(ALONE).is_some() {
        harden(&policy(vec![])).unwrap();
        std::process::abort();
    }
    let output = Command::new(env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    assert_eq!(output.status.signal(), Some(libc::SIGABRT), "{output:?}");
}

/// Makes `socket` descriptor 3 and hands it over as a service manager would.
fn hand_over(socket: impl Into<OwnedFd>) {
    let socket = socket.into().into_raw_fd();
    if socket != 3 {
        // SAFETY: nothing else in this process uses descriptor 3.
        std::mem::forget(unsafe { dup2_raw(BorrowedFd::borrow_raw(socket), 3) }.unwrap());
    }
    announce(std::process::id(), "1");
}

fn announce(pid: u32, count: &str) {
    // SAFETY: this process runs one test in one thread.
    unsafe {
        env::set_var("LISTEN_PID", pid.to_string());
        env::set_var("LISTEN_FDS", count);
        env::set_var("LISTEN_FDNAMES", "web");
    }
}

#[test]
fn sockets_handed_over_are_taken_once() {
    alone("sockets_handed_over_are_taken_once", || {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        hand_over(listener);
        let taken = take_sockets().unwrap();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].local_addr().unwrap(), address);
        // SAFETY: asks for flags only.
        assert_eq!(unsafe { libc::fcntl(3, libc::F_GETFD) }, libc::FD_CLOEXEC);
        assert!(
            ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"].iter().all(|name| env::var_os(name).is_none())
        );
        assert!(take_sockets().unwrap().is_empty());
    });
}

#[test]
fn sockets_for_another_process_are_left_alone() {
    alone("sockets_for_another_process_are_left_alone", || {
        announce(std::process::id() + 1, "1");
        assert!(take_sockets().unwrap().is_empty());
        assert!(env::var_os("LISTEN_FDS").is_none());
    });
}

#[test]
fn what_is_no_listener_is_refused_by_number() {
    alone("what_is_no_listener_is_refused_by_number", || {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        hand_over(socket);
        let error = take_sockets().unwrap_err();
        assert!(matches!(error, HardeningError::NotAListener { number: 3 }), "{error}");
    });
}

#[test]
fn descriptors_that_are_not_there_are_refused() {
    alone("descriptors_that_are_not_there_are_refused", || {
        // SAFETY: as above.
        unsafe { libc::close(3) };
        announce(std::process::id(), "1");
        let error = take_sockets().unwrap_err();
        assert!(
            matches!(error, HardeningError::NotHandedOver { .. }) && error.is_a_wrong_setting(),
            "{error}"
        );
        assert!(env::var_os("LISTEN_FDS").is_none());
    });
}

#[test]
fn the_service_manager_hears_from_inside_the_sandbox() {
    alone("the_service_manager_hears_from_inside_the_sandbox", || {
        let name = format!("sanctuary-notify-{}", std::process::id());
        let manager = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        // SAFETY: this process runs one test in one thread.
        unsafe {
            env::set_var("NOTIFY_SOCKET", format!("@{name}"));
            env::set_var("WATCHDOG_USEC", "2000000");
            env::set_var("WATCHDOG_PID", std::process::id().to_string());
        }
        let notifier = Notifier::from_environment().unwrap();
        assert_eq!(notifier.watchdog(), Some(std::time::Duration::from_secs(2)));
        harden(&policy(vec![])).unwrap();
        notifier.tell(&[NotifyState::Ready, NotifyState::Status("memory locked")]);
        let mut heard = [0; 64];
        let length = manager.recv(&mut heard).unwrap();
        assert_eq!(&heard[..length], b"READY=1\nSTATUS=memory locked");
    });
}

/// A time of 0 would be no time to tick in.
#[test]
fn a_watchdog_that_waits_for_no_time_is_none() {
    alone("a_watchdog_that_waits_for_no_time_is_none", || {
        let name = format!("sanctuary-watchdog-{}", std::process::id());
        let _manager = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        // SAFETY: this process runs one test in one thread.
        unsafe {
            env::set_var("NOTIFY_SOCKET", format!("@{name}"));
            env::set_var("WATCHDOG_USEC", "0");
        }
        assert_eq!(Notifier::from_environment().unwrap().watchdog(), None);
    });
}

#[test]
fn without_a_service_manager_nothing_is_said() {
    alone("without_a_service_manager_nothing_is_said", || {
        // SAFETY: this process runs one test in one thread.
        unsafe { env::remove_var("NOTIFY_SOCKET") };
        let notifier = Notifier::from_environment().unwrap();
        notifier.tell(&[NotifyState::Ready]);
        assert_eq!(notifier.watchdog(), None);
    });
}

#[test]
fn a_panic_names_its_place_and_nothing_of_what_it_handled() {
    let name = "hardening::tests::a_panic_names_its_place_and_nothing_of_what_it_handled";
    if env::var_os(ALONE).is_some() {
        super::hush_panics();
        panic!("the secret was {}", "xyzzy");
    }
    let output = Command::new(env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("a fault of the program at src/hardening/tests.rs:"), "{told}");
    assert!(!told.contains("xyzzy"), "{told}");
}

/// Counts the bytes that are not zero when a block comes back.
struct Inspecting;

static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);
static GIVEN_BACK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Inspecting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those asked for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the block is still live, and its maker wrote all of it.
        let bytes = unsafe { std::slice::from_raw_parts(memory, layout.size()) };
        LEFT_BEHIND.fetch_add(bytes.iter().filter(|byte| **byte != 0).count(), Ordering::Relaxed);
        GIVEN_BACK.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: as in `alloc`.
        unsafe { System.dealloc(memory, layout) };
    }
}

#[test]
fn memory_is_wiped_before_it_is_given_back() {
    let allocator = Wiping(Inspecting);
    let small = Layout::from_size_align(4096, 16).unwrap();
    let large = Layout::from_size_align(1 << 20, 16).unwrap();
    // SAFETY: blocks are written within their size and given back once, with the layout they have.
    unsafe {
        let block = allocator.alloc(small);
        block.write_bytes(0xA5, small.size());
        let grown = allocator.realloc(block, small, large.size());
        assert_eq!(*grown.add(small.size() - 1), 0xA5);
        grown.write_bytes(0xA5, large.size());
        allocator.dealloc(grown, large);
    }
    assert_eq!(GIVEN_BACK.load(Ordering::Relaxed), small.size() + large.size());
    assert_eq!(LEFT_BEHIND.load(Ordering::Relaxed), 0);
}

#[test]
fn the_report_reads_as_a_table_and_as_one_line() {
    let report = Report::new([
        Protection::in_force("core dumps", "no dumps"),
        Protection::partly("Landlock", "landlock v3", "files alone", "a newer kernel"),
        Protection::absent("memory lock", "MEMORY NOT LOCKED", "no limit", "raise it"),
    ]);
    assert_eq!(report.summary(), "no dumps, landlock v3, MEMORY NOT LOCKED");
    assert_eq!(
        report.to_string(),
        "core dumps   in force  no dumps\n\
         Landlock     PARTLY    landlock v3: files alone; a newer kernel\n\
         memory lock  ABSENT    MEMORY NOT LOCKED: no limit; raise it\n"
    );
    assert_eq!(report.faults().count(), 2);
}

#[test]
fn every_cause_is_a_source() {
    let system = || io::Error::from(Errno::EPERM);
    let refused = |source| HardeningError::Refused { what: "it", source };
    for error in [
        HardeningError::NotDropped { step: "do it", source: system() },
        HardeningError::NotHandedOver { source: system() },
        refused(system().into()),
        refused(Errno::EPERM.into()),
        HardeningError::MemoryNotLocked {
            source: LockError::Refused { source: Errno::EPERM },
            remedy: String::new(),
        },
    ] {
        let cause = last_cause(&error);
        let errno =
            cause.downcast_ref::<io::Error>().map(|error| Errno::from_raw(error.raw_os_error().unwrap()));
        assert_eq!(errno.or(cause.downcast_ref().copied()), Some(Errno::EPERM), "{error:?}");
        assert!(error.to_string().contains("not permitted"), "{error}");
    }
}
