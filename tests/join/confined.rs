//! What leaves whoever breaks into the program little, seen from outside.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::Command;

use nix::sys::signal::Signal;

use super::joined::{Joined, program};
use super::support::{Copy, Daemon, NOBODY, patiently};

/// What a user may lock on most systems, in bytes, and next to nothing.
const USUAL: &str = "8388608";
const NOTHING: &str = "65536";

fn status(pid: i32) -> HashMap<String, String> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    text.lines().filter_map(|line| line.split_once(':')).map(|(k, v)| (k.into(), v.trim().into())).collect()
}

/// Parts of memory that can be written to and are not locked (`proc_pid_smaps(5)`).
fn unlocked(pid: i32) -> Vec<String> {
    let maps = fs::read_to_string(format!("/proc/{pid}/smaps")).unwrap();
    let (mut found, mut part) = (vec![], String::new());
    for line in maps.lines() {
        if line.split(' ').nth(1).is_some_and(|rights| rights.len() == 4) {
            line.clone_into(&mut part);
        }
        let is_written_to = part.split(' ').nth(1) == Some("rw-p");
        if is_written_to && line.starts_with("VmFlags:") && !line.contains(" lo") {
            found.push(part.clone());
        }
    }
    found
}

/// Somebody without rights, who may lock so many bytes, opens a room.
fn by_a_user(copy: &Copy, daemon: &Daemon, bytes: &str) -> Joined {
    let mut command = Command::new("setpriv");
    command.args(NOBODY).args(["prlimit", &format!("--memlock={bytes}:{bytes}")]).arg(&**copy);
    command.args(["open", "--plain", "--alias", "ada", &format!("http://{}/", daemon.address())]);
    Joined::by(command)
}

#[tokio::test]
async fn it_is_closed_in_and_all_that_it_writes_to_is_locked() {
    if !nix::unistd::geteuid().is_root() {
        return; // nobody else becomes another user, or looks into its memory
    }
    let (daemon, copy) = (Daemon::start().await, Copy::of(program()));
    let mut joined = by_a_user(&copy, &daemon, USUAL);
    joined.reads("* Invitation: ").await;
    let pid = joined.pid();
    let status = status(pid);
    assert_eq!((&*status["Seccomp"], &*status["NoNewPrivs"], &*status["CoreDumping"]), ("2", "1", "0"));
    // The kernel gives the files of a process that can't be dumped to root.
    assert_eq!(fs::metadata(format!("/proc/{pid}/mem")).unwrap().uid(), 0);
    for _ in 0..200 {
        joined.types(&"a line that takes some memory ".repeat(30)).await;
    }
    joined.types("/number").await;
    joined.reads("! Your number").await;
    let locked = async {
        while !unlocked(pid).is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    patiently("all memory to be locked", locked).await;
    joined.types("/exit").await;
    let told = joined.complaint().await;
    assert!(!told.contains("memory") && !told.contains("calls"), "{told}");
}

#[tokio::test]
async fn memory_that_outgrows_what_may_be_locked_is_told_once() {
    if !nix::unistd::geteuid().is_root() {
        return;
    }
    let (daemon, copy) = (Daemon::start().await, Copy::of(program()));
    let mut joined = by_a_user(&copy, &daemon, USUAL);
    joined.reads("* Invitation: ").await;
    let long = "x".repeat(30_000);
    // As many may wait, and each is kept to be said and to be shown.
    for _ in 0..200 {
        joined.types(&long).await;
    }
    joined.reads("! This program has taken more memory than may be locked").await;
    joined.types("/number").await;
    joined.signal(Signal::SIGINT);
    let (_, rest) = joined.ends().await;
    assert!(!rest.iter().any(|line| line.contains("memory")), "{rest:?}");
    assert!(!joined.complaint().await.contains("memory"));
}

#[tokio::test]
async fn memory_that_may_not_be_locked_is_told() {
    if !nix::unistd::geteuid().is_root() {
        return;
    }
    let (daemon, copy) = (Daemon::start().await, Copy::of(program()));
    let mut joined = by_a_user(&copy, &daemon, NOTHING);
    joined.reads("* Invitation: ").await;
    joined.types("/exit").await;
    let told = joined.complaint().await;
    assert!(
        told.contains("its memory may come into swap") && told.contains("KiB of it may not be locked"),
        "{told}"
    );
}

/// What comes is read by a process that is closed in, as it is in a room.
#[tokio::test]
async fn a_page_is_read_by_who_is_closed_in() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let page = format!("http://{}/", silent.local_addr().unwrap());
    let joined = Joined::with(&["verify", &page], &[]);
    let (mut asks, _) = patiently("a request", silent.accept()).await.unwrap();
    patiently("a request", asks.read_u8()).await.unwrap();
    let status = status(joined.pid());
    assert_eq!((&*status["Seccomp"], &*status["NoNewPrivs"], &*status["CoreDumping"]), ("2", "1", "0"));
    // Memory that was added since is locked within a second.
    let locked = async {
        while !unlocked(joined.pid()).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    if nix::unistd::geteuid().is_root() {
        patiently("all of its memory to be locked", locked).await;
    }
}

/// So is what a browser has saved.
#[tokio::test]
#[ignore = "needs strace"]
async fn what_was_saved_is_read_by_who_is_closed_in() {
    let traced = std::env::temp_dir().join(format!("sanctuary-saved-{}", std::process::id()));
    let folder = traced.join("page");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("page.html"), "<title>x</title>").unwrap();
    let mut command = Command::new("strace");
    command
        .args(["-f", "-o"])
        .arg(traced.join("calls"))
        .arg(program())
        .args(["verify", "--saved"])
        .arg(&folder);
    let output = patiently("the verdict", command.output()).await.unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let calls = fs::read_to_string(traced.join("calls")).unwrap();
    let place = |what: &str| calls.lines().position(|line| line.contains(what)).expect(what);
    assert!(
        place("landlock_restrict_self(") < place("seccomp(") && place("seccomp(") < place("page.html"),
        "{calls}"
    );
    fs::remove_dir_all(traced).unwrap();
}
