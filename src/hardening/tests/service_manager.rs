//! What the service manager hands over and is told.

use std::{
    env,
    net::{TcpListener, UdpSocket},
    os::{
        fd::{BorrowedFd, IntoRawFd, OwnedFd},
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr, UnixDatagram},
    },
};

use nix::{libc, unistd::dup2_raw};

use super::super::{HardeningError, Notifier, NotifyState, harden, take_sockets};
use super::{alone, policy};

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
    alone(|| {
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
    alone(|| {
        announce(std::process::id() + 1, "1");
        assert!(take_sockets().unwrap().is_empty());
        assert!(env::var_os("LISTEN_FDS").is_none());
    });
}

#[test]
fn what_is_no_listener_is_refused_by_number() {
    alone(|| {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        hand_over(socket);
        let error = take_sockets().unwrap_err();
        assert!(matches!(error, HardeningError::NotAListener { number: 3 }), "{error}");
    });
}

#[test]
fn descriptors_that_are_not_there_are_refused() {
    alone(|| {
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
    alone(|| {
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
    alone(|| {
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
    alone(|| {
        // SAFETY: this process runs one test in one thread.
        unsafe { env::remove_var("NOTIFY_SOCKET") };
        let notifier = Notifier::from_environment().unwrap();
        notifier.tell(&[NotifyState::Ready]);
        assert_eq!(notifier.watchdog(), None);
    });
}
