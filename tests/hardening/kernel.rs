//! What this kernel has, and what it says of a process.
#![allow(unsafe_code)] // landlock_create_ruleset(2) has no binding with Rust's types that only asks.

use std::collections::HashMap;
use std::fs;

use nix::libc;
use nix::unistd::Pid;

/// Whether it has Landlock, whatever the daemon says.
pub(crate) fn has_landlock() -> bool {
    const VERSION: u32 = 1;
    // SAFETY: takes no pointer when it is asked for its version.
    let version =
        unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, std::ptr::null::<u8>(), 0_usize, VERSION) };
    version > 0
}

/// `/proc/PID/status`, by name.
pub(crate) fn status(process: Pid) -> HashMap<String, String> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    text.lines().filter_map(|line| line.split_once(':')).map(|(k, v)| (k.into(), v.trim().into())).collect()
}

/// A line of `/proc/PID/limits`: soft and hard.
pub(crate) fn limits(process: Pid, name: &str) -> [String; 2] {
    let text = fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    let mut fields = line.split_whitespace().map(str::to_owned);
    [fields.next().unwrap(), fields.next().unwrap()]
}

/// Mappings that can be written and are not locked (proc(5), `smaps`).
pub(crate) fn not_locked(process: Pid) -> Vec<String> {
    let text = fs::read_to_string(format!("/proc/{process}/smaps")).unwrap();
    let (mut found, mut mapping, mut count) = (Vec::new(), "", 0);
    for line in text.lines() {
        let mut words = line.split_whitespace();
        if let Some(flags) = line.strip_prefix("VmFlags:") {
            let has = |flag| flags.split_whitespace().any(|found| found == flag);
            count += usize::from(has("wr"));
            found.extend((has("wr") && !has("lo")).then(|| mapping.to_owned()));
        } else if words.next().is_some_and(|word| !word.ends_with(':')) {
            mapping = line;
        }
    }
    assert!(count > 0, "{text}");
    found
}
