//! Protections can't be taken back, so each test puts them in force in a process of its own.
#![allow(unsafe_code, clippy::unwrap_used, clippy::expect_used)]

mod memory;
mod output;
mod privileges;
mod report;
mod sandbox;
mod service_manager;

use std::{
    any::type_name,
    collections::HashMap,
    env,
    error::Error,
    fs, io,
    path::PathBuf,
    process::{Command, Output},
};

use nix::{errno::Errno, unistd::geteuid};

use super::{HardeningError, LockError, Policy};

/// Set in the processes that run a test's body.
const ALONE: &str = "SANCTUARY_TEST_ALONE";

/// A user that every Linux has; the tests of privileges run as root.
const NOBODY: &str = "nobody";

/// Runs the body of a test in a process of its own, which must succeed.
fn alone<Body: FnOnce()>(body: Body) {
    if let Some(output) = output_alone(body) {
        let told =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && told.contains("1 passed"), "{told}");
    }
}

/// Runs the body of a test in a process of its own: this test program again, told to run the one
/// test that `body` is written in. In that process itself nothing is returned.
fn output_alone<Body: FnOnce()>(body: Body) -> Option<Output> {
    if env::var_os(ALONE).is_some() {
        body();
        return None;
    }
    let name = type_name::<Body>().split_once("::").unwrap().1.trim_end_matches("::{{closure}}");
    let mut again = Command::new(env::current_exe().unwrap());
    again.args([name, "--exact", "--nocapture", "--test-threads=1"]).env(ALONE, "1");
    Some(again.output().unwrap())
}

fn root() -> bool {
    geteuid().is_root()
}

/// `/proc/thread-self/status`, by name.
fn status() -> HashMap<String, String> {
    let text = fs::read_to_string("/proc/thread-self/status").unwrap();
    text.lines().filter_map(|line| line.split_once(':')).map(|(k, v)| (k.into(), v.trim().into())).collect()
}

fn policy(readable: Vec<PathBuf>) -> Policy {
    Policy { user: NOBODY.into(), require_memory_lock: false, growth: 0, readable }
}

/// The last cause in an error's chain.
fn last_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    std::iter::successors(Some(error), |error| (*error).source()).last().unwrap()
}

#[test]
fn every_cause_is_a_source() {
    let system = || io::Error::from(Errno::EPERM);
    let refused = |source| HardeningError::Refused { what: "it", source };
    for error in [
        HardeningError::NotDropped { step: "do it", source: system() },
        HardeningError::NotHandedOver { source: system() },
        refused(system()),
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
