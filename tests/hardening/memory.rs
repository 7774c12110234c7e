//! A look through all memory of a process, as root can take it.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use nix::unistd::Pid;

/// Bytes compared at a time: of random bytes, so many never recur by chance.
const WINDOW: usize = 16;

/// What is looked for, cut into windows so that even a part of it is found.
#[derive(Default)]
pub(crate) struct Secrets(HashMap<[u8; WINDOW], String>);

impl Secrets {
    /// Looks for every window of `secret`.
    pub(crate) fn add(&mut self, name: &str, secret: &[u8]) {
        for (at, window) in secret.chunks_exact(WINDOW).enumerate() {
            // Constant bytes, as in a test's own padding, may be anybody's.
            if window.iter().any(|byte| *byte != window[0]) {
                self.0.insert(
                    window.try_into().unwrap(),
                    format!("{name}, part {at} of {} bytes", secret.len()),
                );
            }
        }
    }

    /// Looks for a text, which may be shorter than a window: as UTF-8, by its first bytes.
    pub(crate) fn add_text(&mut self, name: &str, text: &str) {
        assert!(text.len() >= 8, "too short to be told from chance");
        let mut window = [0; WINDOW];
        let length = text.len().min(WINDOW);
        window[..length].copy_from_slice(&text.as_bytes()[..length]);
        self.0.insert(window, format!("{name} {text:?}"));
    }

    /// The names of those that the readable and writable memory of `process` holds.
    pub(crate) fn found_in(&self, process: Pid) -> Vec<String> {
        let beginnings: BTreeSet<[u8; 2]> = self.0.keys().map(|window| [window[0], window[1]]).collect();
        let mut is_beginning = vec![false; 1 << 16];
        for beginning in beginnings {
            is_beginning[usize::from(u16::from_be_bytes(beginning))] = true;
        }
        let mut found = BTreeSet::new();
        for (place, memory) in regions(process) {
            for at in 0..memory.len().saturating_sub(WINDOW - 1) {
                let beginning = u16::from_be_bytes([memory[at], memory[at + 1]]);
                if is_beginning[usize::from(beginning)]
                    && let Some(name) = self.matching(&memory[at..at + WINDOW])
                {
                    found.insert(format!("{name} in {place}"));
                }
            }
        }
        found.into_iter().collect()
    }

    /// Windows of texts end in zeros, which stand for anything.
    fn matching(&self, memory: &[u8]) -> Option<&str> {
        if let Some(name) = self.0.get(memory) {
            return Some(name);
        }
        self.0.iter().find_map(|(window, name)| {
            let length = WINDOW - window.iter().rev().take_while(|byte| **byte == 0).count();
            ((8..WINDOW).contains(&length) && memory[..length] == window[..length]).then_some(name.as_str())
        })
    }
}

/// Every part of memory that can be read and written, with what it is.
fn regions(process: Pid) -> Vec<(String, Vec<u8>)> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let mut regions = Vec::new();
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
        if !rights.starts_with("rw") {
            continue;
        }
        let (start, end) = range.split_once('-').unwrap();
        let (start, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(end - start).unwrap()];
        memory.read_exact_at(&mut bytes, start).unwrap();
        regions.push((fields.nth(3).unwrap_or("anonymous memory").to_owned(), bytes));
    }
    assert!(regions.iter().any(|(place, _)| place == "[heap]" || place == "anonymous memory"));
    regions
}
