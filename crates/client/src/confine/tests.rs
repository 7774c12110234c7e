//! What is closed can't be opened again, so each test closes it in a process of its own.
#![allow(unsafe_code)] // Calls are made by their numbers.

use std::any::type_name;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};
use std::os::fd::AsRawFd;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::{env, fs, thread};

use nix::errno::Errno;
use nix::libc::{self, c_long};
use sanctuary_harden::filter::is_known;
use tokio::sync::oneshot;

use super::files::folder_behind;
use super::{calls, confine};

/// Set in the processes that run a test's body.
const ALONE: &str = "SANCTUARY_TEST_ALONE";

/// Runs the body of a test in a process of its own, which must succeed: this test program again, told to run the one test
/// that `body` is written in.
fn alone<Body: FnOnce()>(body: Body) {
    if env::var_os(ALONE).is_some() {
        return body();
    }
    let name = type_name::<Body>().split_once("::").unwrap().1.trim_end_matches("::{{closure}}");
    let mut again = Command::new(env::current_exe().unwrap());
    again.args([name, "--exact", "--nocapture", "--test-threads=1"]).env(ALONE, "1");
    let output = again.output().unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

#[test]
fn it_reaches_where_it_was_told_to_go_and_nothing_else() {
    alone(|| {
        let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
        let (told, other) = (listen(), listen());
        let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
        let file = env::temp_dir().join(format!("sanctuary-join-{}", std::process::id()));

        let missing = confine(&[port(&told)], &[], oneshot::channel().0);
        let has_landlock = !missing.iter().any(|what| what.starts_with("files"));
        assert!(!missing.iter().any(|what| what.starts_with("system calls")), "{missing:?}");

        // The purpose of the program goes on.
        assert!(TcpStream::connect(("localhost", port(&told))).is_ok());
        assert!(("localhost", 1).to_socket_addrs().unwrap().next().is_some());
        assert_eq!(
            thread::spawn(|| fs::read("/etc/hosts").is_ok()).join().unwrap(),
            fs::exists("/etc/hosts").unwrap()
        );
        assert!(UdpSocket::bind("127.0.0.1:0").is_ok(), "resolvers answer by UDP");

        for writing in [fs::File::create(&file), fs::File::options().append(true).open("/dev/null")] {
            assert!(writing.is_err());
        }
        assert!(Command::new("/bin/true").spawn().is_err(), "no program is started");
        // SAFETY: what is forked, if it is, ends at once.
        let forked = unsafe { libc::fork() };
        if forked == 0 {
            // SAFETY: ends this process.
            unsafe { libc::_exit(0) };
        }
        assert_eq!((forked, Errno::last()), (-1, Errno::EPERM));
        for request in [libc::TIOCSTI, libc::TIOCLINUX, libc::TIOCSCTTY, libc::TIOCSETD] {
            // SAFETY: the kernel is asked for nothing that could be written to.
            assert_eq!(unsafe { libc::ioctl(0, request, 0) }, -1);
            assert_eq!(Errno::last(), Errno::EPERM, "{request:#x}");
        }
        for (family, kind, protocol) in [
            (libc::AF_UNIX, libc::SOCK_STREAM, 0),
            (libc::AF_INET, libc::SOCK_STREAM, libc::IPPROTO_MPTCP),
            (libc::AF_INET, libc::SOCK_SEQPACKET, 0),
            (libc::AF_INET6, libc::SOCK_DCCP | libc::SOCK_CLOEXEC, 0),
            (libc::AF_PACKET, libc::SOCK_RAW, 0),
            (libc::AF_INET, libc::SOCK_RAW, libc::IPPROTO_TCP),
            (libc::AF_INET6, libc::SOCK_RAW | libc::SOCK_CLOEXEC, libc::IPPROTO_UDP),
            (libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_KOBJECT_UEVENT),
            (libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_XFRM),
            (libc::AF_NETLINK, libc::SOCK_RAW | libc::SOCK_CLOEXEC, libc::IPPROTO_UDP),
            (libc::AF_VSOCK, libc::SOCK_STREAM, 0),
        ] {
            // SAFETY: takes no pointer.
            let made = unsafe { libc::socket(family, kind, protocol) };
            assert_eq!((made, Errno::last()), (-1, Errno::EPERM), "{family} {kind} {protocol}");
        }
        // SAFETY: takes no pointer.
        let made = unsafe { libc::socket(libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_ROUTE) };
        assert!(made >= 0, "resolvers ask for the addresses that there are");
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        // SAFETY: sends one byte that is there, to nobody.
        let sent = unsafe {
            let flags = libc::MSG_FASTOPEN;
            libc::sendto(socket.as_raw_fd(), [0u8].as_ptr().cast(), 1, flags, std::ptr::null(), 0)
        };
        assert_eq!((sent, Errno::last()), (-1, Errno::EPERM));
        let flags = c_long::from(libc::MSG_FASTOPEN);
        let descriptor = c_long::from(socket.as_raw_fd());
        let tcp = c_long::from(libc::IPPROTO_TCP);
        for (call, arguments) in [
            (libc::SYS_sendmsg, [descriptor, 0, flags, 0]),
            (libc::SYS_sendmmsg, [descriptor, 0, 0, flags]),
            (libc::SYS_setsockopt, [descriptor, tcp, c_long::from(libc::TCP_FASTOPEN_CONNECT), 0]),
            (libc::SYS_setsockopt, [descriptor, tcp, c_long::from(libc::TCP_ULP), 0]),
            (libc::SYS_setsockopt, [descriptor, c_long::from(libc::SOL_SOCKET), 0, 0]),
        ] {
            let [first, second, third, fourth] = arguments;
            // SAFETY: there is nothing at the address that is given, so that nothing happens if it is not refused.
            let result = unsafe { libc::syscall(call, first, second, third, fourth, 0) };
            assert_eq!((result, Errno::last()), (-1, Errno::EPERM), "{call} {arguments:?}");
        }
        if has_landlock {
            assert!(fs::read("/etc/passwd").is_err());
            assert!(fs::read_dir("/").is_err());
            assert!(TcpStream::connect(("127.0.0.1", port(&other))).is_err());
            assert!(TcpListener::bind("127.0.0.1:0").is_err(), "nobody connects to it");
        }
    });
}

#[test]
fn a_folder_that_is_named_is_read_and_nothing_beside_it() {
    alone(|| {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let missing = confine(&[], &[&sources.join("verify")], oneshot::channel().0);
        assert!(fs::read(sources.join("verify/mod.rs")).is_ok());
        if !missing.iter().any(|what| what.starts_with("files")) {
            for beside in ["lib.rs", "verify/../lib.rs", "confine/mod.rs"] {
                assert!(fs::read(sources.join(beside)).is_err(), "{beside}");
            }
            let refused = TcpStream::connect("127.0.0.1:80").unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::PermissionDenied);
        }
    });
}

#[test]
fn what_is_made_anew_behind_a_link_is_read_too() {
    let folder = env::temp_dir().join(format!("sanctuary-behind-{}", std::process::id()));
    let made = folder.join("run/made");
    fs::create_dir_all(&made).unwrap();
    fs::create_dir(folder.join("etc")).unwrap();
    for name in ["run/made/asked", "run/asked", "etc/asked"] {
        fs::write(folder.join(name), "").unwrap();
    }
    let link = |name: &str, target: &str| {
        symlink(target, folder.join(name)).unwrap();
        folder_behind(&folder.join(name), &folder.join("run"))
    };
    assert_eq!(link("etc/link", "../run/made/asked"), Some(made));
    assert_eq!(link("etc/twice", "link"), Some(folder.join("run/made")));
    for (name, target) in [("etc/above", "../run/asked"), ("etc/elsewhere", "asked"), ("etc/nowhere", "none")]
    {
        assert_eq!(link(name, target), None, "{name}: no folder is opened that holds other things");
    }
    for others in ["run/host/etc", "run/user/7"] {
        fs::create_dir_all(folder.join(others)).unwrap();
        fs::write(folder.join(others).join("asked"), "").unwrap();
        let name = format!("etc/{}", others.replace('/', "-"));
        assert_eq!(link(&name, &format!("../{others}/asked")), None, "{others}");
    }
    assert_eq!(folder_behind(&folder.join("run/made/asked"), &folder.join("run")), None, "no link");
    fs::remove_dir_all(folder).unwrap();
}

/// Asked of the kernel, for each number that there could be.
#[test]
fn it_makes_no_call_that_is_not_listed() {
    alone(|| {
        let with = calls::CALLS.allowed_with.iter().map(|(call, _)| call);
        let listed: Vec<c_long> =
            calls::CALLS.allowed.iter().copied().flatten().chain(with).copied().collect();
        confine(&[], &[], oneshot::channel().0);
        // Linux 6.14 and later keep uretprobe and uprobe from filters, and end whoever calls them.
        let unfiltered = |call: &c_long| cfg!(target_arch = "x86_64") && [335, 336].contains(call);
        for call in (0..1024).filter(|call| !listed.contains(call) && !unfiltered(call)) {
            let is_there = is_known(call.try_into().unwrap()) && !calls::CALLS.hidden.contains(&call);
            let expected = if is_there { Errno::EPERM } else { Errno::ENOSYS };
            // SAFETY: no argument is a valid address or size, so that nothing happens if the call is not refused.
            let result = unsafe { libc::syscall(call, -1i64, -1i64, -1i64, -1i64, -1i64, -1i64) };
            assert_eq!((result, Errno::last()), (-1, expected), "system call {call}");
        }
    });
}

#[test]
fn no_call_stands_twice_and_all_that_are_listed_are_known() {
    let with = calls::CALLS.allowed_with.iter().map(|(call, _)| call);
    let mut seen = std::collections::BTreeSet::new();
    for call in calls::CALLS.allowed.iter().copied().flatten().chain(with).chain(calls::CALLS.hidden) {
        assert!(seen.insert(call), "{call}");
        assert!(is_known((*call).try_into().unwrap()), "{call}");
    }
}
