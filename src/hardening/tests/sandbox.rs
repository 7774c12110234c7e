//! No file but those of a reload, no connection outward, no system call but the listed ones.

use std::{
    env, fs, io,
    net::{TcpListener, TcpStream, UdpSocket},
    os::{
        linux::net::SocketAddrExt,
        unix::{
            net::{SocketAddr, UnixDatagram},
            process::ExitStatusExt,
        },
    },
    process::Command,
};

use landlock::{ABI, LandlockStatus};
use nix::{
    errno::Errno,
    libc,
    sys::{
        prctl,
        signal::{Signal, kill},
    },
    unistd::Pid,
};

use sanctuary_harden::filter::is_known;

use super::super::{State, filter, harden, load_filter, sandbox};
use super::{alone, last_cause, output_alone, policy};

/// The version of Landlock that this kernel has, asked as `landlock_create_ruleset(2)`
/// says; 0 or less without one.
fn landlock_of_the_kernel() -> libc::c_long {
    const VERSION: u32 = 1;
    // SAFETY: takes no pointer when it is asked for its version.
    unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, std::ptr::null::<u8>(), 0usize, VERSION) }
}

#[test]
fn the_sandbox_opens_what_a_reload_reads_and_nothing_else() {
    alone(|| {
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
    alone(|| {
        let error = sandbox::close(&["/nonexistent/sanctuary.toml".into()]).unwrap_err();
        assert!(error.to_string().contains("/nonexistent/sanctuary.toml"), "{error}");
        let cause = last_cause(&error).downcast_ref::<io::Error>().unwrap();
        assert_eq!(cause.kind(), io::ErrorKind::NotFound);
    });
}

/// Asked of the kernel, for each number that there could be.
#[test]
fn every_call_that_is_not_listed_is_not_permitted_or_does_not_exist() {
    alone(|| {
        let listed: Vec<libc::c_long> = {
            let with = filter::CALLS.allowed_with.iter().map(|(call, _)| call);
            filter::CALLS.allowed.iter().copied().flatten().chain(with).copied().collect()
        };
        prctl::set_no_new_privs().unwrap();
        assert_eq!(load_filter::load().unwrap().state, State::InForce);
        // Linux 6.14 and later keep uretprobe and uprobe from filters, and end whoever calls them.
        let unfiltered = |call: &libc::c_long| cfg!(target_arch = "x86_64") && [335, 336].contains(call);
        for call in (0..1024).filter(|call| !listed.contains(call) && !unfiltered(call)) {
            let expected = if is_known(call.try_into().unwrap()) { Errno::EPERM } else { Errno::ENOSYS };
            // SAFETY: no argument is a valid address or size, so that nothing happens if the call
            // is not refused.
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
    alone(|| {
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
    let hardened = output_alone(|| {
        harden(&policy(vec![])).unwrap();
        std::process::abort();
    });
    if let Some(output) = hardened {
        assert_eq!(output.status.signal(), Some(libc::SIGABRT), "{output:?}");
    }
}
