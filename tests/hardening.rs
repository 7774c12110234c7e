//! What the daemon promises of memory, files, rights and silence, held against the real binary from
//! outside.
//!
//! Looking into the daemon takes root, as it should; elsewhere these tests say so and hold nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

#[path = "hardening/forgotten.rs"]
mod forgotten;
#[cfg(target_arch = "x86_64")]
#[path = "hardening/intruder.rs"]
mod intruder;
#[path = "hardening/kernel.rs"]
mod kernel;
#[path = "hardening/memory.rs"]
mod memory;
#[path = "hardening/trace.rs"]
mod trace;

mod support;

use std::collections::HashMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use forgotten::{ALICE, BOB, FAREWELL, SPOKEN, WHISPERED, conversation};
use nix::libc;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::signal::Signal;
use nix::unistd::Pid;
use sanctuary_wire::{ClientFrame, DaemonFrame, Signature};
use support::{ByHand, Daemon, Line, Member, NOBODY, ROOM, patiently};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Few and small enough that their memory can be locked within the 8 MiB that most systems allow.
const SMALL: &[(&str, &str)] =
    &[("connections", "4"), ("members", "4"), ("largest_frame", "\"2 KiB\""), ("backlog", "\"16 KiB\"")];

/// As little as one needs: 8 MiB, which is all that some machines let anybody lock, nearly go to
/// the program as it is built for tests. glibc is told to ask for no more heap than it needs.
const SMALLEST: &[(&str, &str)] =
    &[("connections", "1"), ("members", "1"), ("largest_frame", "\"2 KiB\""), ("backlog", "\"16 KiB\"")];
const SMALLEST_HEAP: &[&str] = &["env", "MALLOC_TOP_PAD_=0"];

fn is_root() -> bool {
    let root = nix::unistd::geteuid().is_root();
    if !root {
        eprintln!("not root: nobody else can look into the daemon, so nothing is held");
    }
    root
}

fn kib(status: &HashMap<String, String>, name: &str) -> u64 {
    status[name].strip_suffix(" kB").unwrap().parse().unwrap()
}

#[tokio::test]
async fn all_resident_memory_is_locked_and_none_is_swapped() {
    let daemon = Daemon::under(SMALLEST_HEAP, SMALLEST).await;
    let mut alice = Member::create(daemon.address(), ALICE).await;
    alice.say(SPOKEN).await;
    alice.next().await;
    assert!(daemon.printed().iter().any(|line| line.ends_with("memory locked")), "{:?}", daemon.printed());
    // Also what it may come to have later.
    #[cfg(target_arch = "x86_64")]
    if is_root() {
        let mut intruder = intruder::Intruder::into(daemon.pid());
        let end = intruder.calls(libc::SYS_brk, [0; 3]);
        let more = end + 16 * 1024;
        assert_eq!(intruder.calls(libc::SYS_brk, [more, 0, 0]), more, "the heap grows");
    }
    if is_root() {
        assert_eq!(kernel::not_locked(daemon.pid()), [] as [String; 0]);
    }
    let status = kernel::status(daemon.pid());
    assert!(kib(&status, "VmLck") >= kib(&status, "VmRSS"), "{status:?}");
    assert_eq!(kib(&status, "VmSwap"), 0);
}

/// Names of protections as the daemon prints them, in the order of the bits by which members are told.
const TOLD: [&str; 7] =
    ["memory lock", "core dumps", "privileges", "new privileges", "Landlock", "system calls", "terminal"];

#[tokio::test]
async fn members_are_told_what_protects_the_daemon() {
    for (settings, has_lock) in [(SMALLEST, None), (&[("connections", "100000")][..], Some(false))] {
        let daemon = Daemon::under(SMALLEST_HEAP, settings).await;
        let printed = daemon.printed();
        let in_force = |name: &str| printed.iter().any(|line| is_in_force(line, name));
        let expected: u64 = (0..).zip(TOLD).filter(|(_, name)| in_force(name)).map(|(bit, _)| 1 << bit).sum();
        let (_, hard) = getrlimit(Resource::RLIMIT_MEMLOCK).unwrap();
        if let Some(has_lock) = has_lock.filter(|_| hard != libc::RLIM_INFINITY) {
            assert_eq!(expected & 1 == 1, has_lock, "{printed:?}");
        }
        let mut line = Line::open(daemon.address(), ROOM).await;
        line.send_bytes(ByHand::new().create(&line.nonce, None)).await;
        let welcome = line.frame().await;
        let DaemonFrame::Welcome { protections, .. } = DaemonFrame::decode(&welcome).unwrap() else {
            panic!()
        };
        assert_eq!(protections, expected, "{printed:?}");
        assert!(protections >= 0b1110, "{printed:?}");
    }
}

/// Whether a line of the report says so of this one.
fn is_in_force(line: &str, name: &str) -> bool {
    line.strip_prefix(name)
        .is_some_and(|rest| rest.trim_start().starts_with("in force") && rest.starts_with("  "))
}

#[tokio::test]
async fn memory_that_cannot_be_locked_is_told_or_forbids_the_start() {
    // More than a limit can be, so that the outcome is the same for whoever runs this.
    let (_, hard) = getrlimit(Resource::RLIMIT_MEMLOCK).unwrap();
    if hard == libc::RLIM_INFINITY {
        return; // everything can be locked here
    }
    let daemon = Daemon::with(&[("connections", "100000")]).await;
    let printed = daemon.printed().join("\n");
    assert!(
        printed.contains("MEMORY NOT LOCKED") && printed.contains("LimitMEMLOCK=infinity in its unit"),
        "{printed}"
    );
}

#[tokio::test]
async fn no_core_is_dumped_however_the_daemon_dies() {
    let (_, hard) = getrlimit(Resource::RLIMIT_CORE).unwrap();
    setrlimit(Resource::RLIMIT_CORE, hard, hard).unwrap();
    for signal in [Signal::SIGABRT, Signal::SIGSEGV] {
        let mut daemon = Daemon::start().await;
        // The limit is the daemon's own, whatever else forbids a dump on this machine.
        assert_eq!(kernel::limits(daemon.pid(), "Max core file size"), ["0", "0"]);
        daemon.signal(signal);
        if signal == Signal::SIGSEGV {
            // Rust's own handler looks whether the stack has overflowed, and leaves the next one to
            // the system.
            let caught = |status: &HashMap<String, String>| {
                u64::from_str_radix(&status["SigCgt"], 16).unwrap() & (1 << (signal as u64 - 1)) != 0
            };
            patiently("the handler to stand down", async {
                while caught(&kernel::status(daemon.pid())) {
                    tokio::task::yield_now().await;
                }
            })
            .await;
            daemon.signal(signal);
        }
        let ended = daemon.ended().await;
        assert_eq!(ended.signal(), Some(signal as i32));
        assert!(!ended.core_dumped());
    }
}

/// Of who was root and became another the kernel takes care by itself, and so this one is started
/// by that other.
#[tokio::test]
async fn no_program_of_the_same_user_looks_into_the_daemon() {
    let look = |process: Pid, file: &str| {
        let mut cat = if is_root() { Command::new("setpriv") } else { Command::new("cat") };
        if is_root() {
            cat.args(NOBODY).arg("cat");
        }
        cat.arg(format!("/proc/{process}/{file}")).output().unwrap()
    };
    let (daemon, _copy) = if is_root() {
        let copy = support::Copy::for_others();
        (Daemon::under(&copy.run_by(&[&["setpriv"], NOBODY].concat()), &[]).await, Some(copy))
    } else {
        (Daemon::start().await, None)
    };
    assert!(look(daemon.pid(), "status").status.success(), "what anybody may read");
    for file in ["maps", "mem", "environ", "smaps", "auxv"] {
        let looked = look(daemon.pid(), file);
        assert!(!looked.status.success() && looked.stdout.is_empty(), "{file}: {looked:?}");
    }
}

#[tokio::test]
async fn the_daemon_runs_as_nobody_in_particular_and_without_rights() {
    // Root with groups beside its own; and a user with a right, as the unit starts it for low
    // ports.
    let mut starts = vec![(Daemon::start().await, None)];
    if is_root() {
        starts.push((Daemon::under(&["setpriv", "--groups=0,4,27"], &[]).await, None));
        let right = ["--inh-caps=+net_bind_service", "--ambient-caps=+net_bind_service"];
        let copy = support::Copy::for_others();
        let started = Daemon::under(&copy.run_by(&[&["setpriv"], NOBODY, &right].concat()), &[]).await;
        starts.push((started, Some(copy)));
    }
    for (at, (daemon, _)) in starts.iter().enumerate() {
        let status = kernel::status(daemon.pid());
        if is_root() {
            let nobody = nix::unistd::User::from_name("nobody").unwrap().unwrap();
            assert_eq!(status["Uid"], [nobody.uid.to_string().as_str(); 4].join("\t"));
            assert_eq!(status["Gid"], [nobody.gid.to_string().as_str(); 4].join("\t"));
            assert_eq!(status["Groups"], "");
            // Only root may empty it, and nobody gains from it without new privileges.
            assert!(at == 2 || status["CapBnd"] == "0000000000000000");
        }
        for set in ["CapInh", "CapPrm", "CapEff", "CapAmb"] {
            assert_eq!(status[set], "0000000000000000", "{set} of start {at}");
        }
        assert_eq!(status["NoNewPrivs"], "1");
        assert_eq!(status["Seccomp"], "2");
        assert_eq!(status["Threads"], "1");
    }
}

/// Every system call of a daemon that has closed itself in, by name and result, as an intruder
/// would make it.
#[cfg(target_arch = "x86_64")]
#[tokio::test]
async fn an_intruder_in_the_daemon_opens_no_file_and_reaches_nobody() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::start().await;
    let command = fs::read_to_string(format!("/proc/{}/cmdline", daemon.pid())).unwrap();
    let settings = command.split('\0').nth(3).unwrap();
    let landlocked = kernel::has_landlock();
    let told = daemon.printed().iter().any(|line| line.contains("landlock v"));
    assert_eq!(told, landlocked, "{:?}", daemon.printed());

    let mut intruder = intruder::Intruder::into(daemon.pid());
    let refused = -i64::from(libc::EPERM);
    let denied = -i64::from(libc::EACCES);
    assert_eq!(intruder.calls(libc::SYS_getpid, [0, 0, 0]), i64::from(daemon.pid().as_raw()));
    let own = intruder.opens(settings, libc::O_RDONLY);
    assert!(own >= 0, "{settings}: {own}"); // what a reload reads
    for (path, flags) in [
        (settings, libc::O_RDWR),
        ("/dev/null", libc::O_WRONLY),
        ("/tmp/of-an-intruder", libc::O_WRONLY | libc::O_CREAT),
        ("/tmp", libc::O_RDWR | libc::O_TMPFILE),
    ] {
        assert_eq!(intruder.opens(path, flags), refused, "{path}");
    }
    if landlocked {
        for path in ["/etc/passwd", "/proc/self/maps", "/dev/null", "/", env!("CARGO_BIN_EXE_sanctuary")] {
            assert_eq!(intruder.opens(path, libc::O_RDONLY), denied, "{path}");
        }
    }
    let parent = i64::from(std::process::id());
    assert_eq!(intruder.calls(libc::SYS_kill, [parent, 0, 0]), refused);
    let (stream, datagram) = (libc::SOCK_STREAM.into(), libc::SOCK_DGRAM.into());
    for family in [libc::AF_INET, libc::AF_INET6, libc::AF_UNIX, libc::AF_NETLINK, libc::AF_PACKET] {
        assert_eq!(intruder.calls(libc::SYS_socket, [family.into(), stream, 0]), refused);
        assert_eq!(intruder.calls(libc::SYS_socket, [family.into(), datagram, 0]), refused);
    }
    assert_eq!(intruder.calls(libc::SYS_connect, [0, 0, 0]), refused);
    assert_eq!(intruder.calls(libc::SYS_setuid, [0, 0, 0]), refused);
    assert_eq!(intruder.executes("/bin/true"), refused);
    drop(intruder);
    Line::open(daemon.address(), sanctuary_wire::RoomId([1; 5])).await; // and serves on
}

/// What the daemon may ask of the kernel, once more and by hand: whoever lengthens its list
/// lengthens this one too.
#[cfg(target_arch = "x86_64")]
const ALLOWED: &[libc::c_long] = &[
    libc::SYS_accept4,
    libc::SYS_access,
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_close,
    libc::SYS_epoll_ctl,
    libc::SYS_epoll_pwait,
    libc::SYS_epoll_wait,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fcntl,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_ioctl,
    libc::SYS_lseek,
    libc::SYS_lstat,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_munmap,
    libc::SYS_newfstatat,
    libc::SYS_open,
    libc::SYS_openat,
    libc::SYS_poll,
    libc::SYS_read,
    libc::SYS_readlink,
    libc::SYS_readlinkat,
    libc::SYS_recvfrom,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sendto,
    libc::SYS_setsockopt,
    libc::SYS_shutdown,
    libc::SYS_sigaltstack,
    libc::SYS_stat,
    libc::SYS_statx,
    libc::SYS_tgkill,
    libc::SYS_tkill,
    libc::SYS_write,
    libc::SYS_writev,
];

/// Semaphores, queues, rings, anonymous files, rights of files: whatever a kernel has, and what it
/// will have.
#[cfg(target_arch = "x86_64")]
#[tokio::test]
async fn an_intruder_in_the_daemon_makes_no_call_that_is_not_listed() {
    if !is_root() {
        return;
    }
    let daemon = Daemon::start().await;
    let mut intruder = intruder::Intruder::into(daemon.pid());
    let (refused, unknown) = (-i64::from(libc::EPERM), -i64::from(libc::ENOSYS));
    // Linux 6.14 and later keep uretprobe and uprobe from filters, and end whoever calls them.
    for call in (0..1024)
        .chain([9999, 0x3FFF_FFFF])
        .filter(|call| !ALLOWED.contains(call) && !(335..=336).contains(call))
    {
        let expected = if call <= 334 || (424..=470).contains(&call) { refused } else { unknown };
        assert_eq!(intruder.calls(call, [-1, -1, -1]), expected, "system call {call}");
    }
    let process = i64::from(daemon.pid().as_raw());
    let parent = i64::from(std::process::id());
    let exec = i64::from(libc::PROT_READ | libc::PROT_EXEC);
    for (call, arguments) in [
        (libc::SYS_mmap, [0, 4096, exec]),
        (libc::SYS_mprotect, [0, 4096, exec]),
        (libc::SYS_tgkill, [parent, parent, 0]),
        (libc::SYS_tkill, [parent, 0, 0]),
        (libc::SYS_fcntl, [3, libc::F_DUPFD.into(), 0]),
        (libc::SYS_fcntl, [3, libc::F_SETOWN.into(), process]),
        (libc::SYS_setsockopt, [3, libc::SOL_SOCKET.into(), libc::SO_ATTACH_FILTER.into()]),
        (libc::SYS_futex, [0, libc::FUTEX_LOCK_PI.into(), 0]),
    ] {
        assert_eq!(intruder.calls(call, arguments), refused, "system call {call} {arguments:?}");
    }
    drop(intruder);
    Line::open(daemon.address(), sanctuary_wire::RoomId([1; 5])).await; // and serves on
}

#[tokio::test]
async fn settings_are_read_anew_from_inside_the_sandbox_even_from_a_new_file() {
    let daemon = Daemon::start().await;
    let command = fs::read_to_string(format!("/proc/{}/cmdline", daemon.pid())).unwrap();
    let settings = command.split('\0').nth(3).unwrap();
    let text = fs::read_to_string(settings).unwrap();
    let fresh = format!("{settings}.new");
    fs::write(&fresh, text.replace("\"nobody\"", "\"daemon\"")).unwrap();
    fs::rename(&fresh, settings).unwrap(); // as editors do
    daemon.signal(Signal::SIGHUP);
    patiently("word of the new settings", async {
        while !daemon.printed().iter().any(|line| line.contains("`user` has changed")) {
            assert!(!daemon.printed().iter().any(|line| line.contains("stay as they were")));
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
#[ignore = "needs strace"]
async fn nothing_is_written_anywhere_of_anybody() {
    if !is_root() {
        return;
    }
    let rations = [("frame_rate", "5"), ("frame_burst", "5"), ("largest_frame", "\"4 KiB\"")];
    let mut daemon = Daemon::with(&rations).await;
    let trace = trace::Trace::of(daemon.pid());

    let (mut alice, mut bob, tap) = conversation(&daemon).await;
    let room = support::ROOM;
    // Somebody with a wrong password, one who sends rubbish, one who speaks no HTTP, one who breaks
    // off, one who floods.
    let mut stranger = Line::open(daemon.address(), room).await;
    stranger.send_bytes(ByHand::new().enter_with(Signature([7; 64]))).await;
    stranger.next().await;
    let mut rubbish = Line::open(daemon.address(), room).await;
    rubbish.send_bytes(vec![0xff; 100]).await;
    rubbish.next().await;
    let mut mute = tokio::net::TcpStream::connect(daemon.address()).await.unwrap();
    mute.write_all(b"\x16\x03\x01 this is not http\r\n\r\n").await.unwrap();
    let _ = patiently("the end", mute.read_to_end(&mut Vec::new())).await;
    drop(Line::open(daemon.address(), room).await);
    for _ in 0..40 {
        bob.line.send(&ClientFrame::Say { payload: SPOKEN.as_bytes() }).await;
    }
    daemon.signal(Signal::SIGHUP);
    daemon.notice("RELOADING=1").await;
    daemon.notice("READY=1").await;
    alice.exit(FAREWELL).await;
    alice.line.close().await;
    daemon.signal(Signal::SIGUSR1);
    bob.line.close().await;
    daemon.signal(Signal::SIGTERM);
    daemon.ended().await;
    let trace = trace.ended();

    assert_eq!(trace.opened_for_writing(), [] as [&str; 0]);
    assert_eq!(
        trace.made(&["execve", "connect", "socket", "bind", "unlink", "rename", "mkdir"]),
        [] as [&str; 0]
    );
    assert_eq!(trace.printed(), "Sanctuary stops.\n");
    let told = trace.told_to_the_supervisor();
    let reloading = told
        .split("READY=1\nSTATUS=")
        .next()
        .and_then(|told| told.strip_prefix("RELOADING=1\nMONOTONIC_USEC="));
    assert!(reloading.is_some_and(|time| time.bytes().all(|byte| byte.is_ascii_digit())), "{told}");
    assert!(told.ends_with(" membersSTOPPING=1"), "counts and nothing more: {told}");
    assert_eq!(trace.written_elsewhere(), [] as [&str; 0]);
    let mut said = daemon.printed().join("\n");
    said.push_str(&trace.told_to_the_supervisor());
    let client = tap.address.port().to_string();
    let room_key = sanctuary_seal::RoomKey::from(room).to_string();
    for of_somebody in [ALICE, BOB, SPOKEN, WHISPERED, FAREWELL, support::PASSWORD, &client, &room_key] {
        assert!(!said.contains(of_somebody), "{of_somebody}: {said}");
    }
}
