//! The completions, in the shells that they are for: keys are pressed, and what the command is then called with is seen.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Names that shells take for something else: a reply that a shell splits, or expands once more, loses them.
const NAMES: [&str; 4] = ["two words.toml", "it's $HOME.toml", "br[ack]et*.toml", "plain.toml"];

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/completions")
}

/// A folder with all of `NAMES`.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for name in NAMES {
        fs::write(folder.join(name), "").unwrap();
    }
    folder
}

/// Loads each program's script, for a shell's own way.
fn loads(way: &str, ending: &str) -> String {
    let load = |name| format!("{way} '{}'\n", scripts().join(format!("{name}{ending}")).display());
    load("sanctuary") + &load("sanctuary-join")
}

/// A shell in a terminal, in which the programs say what they were called with: `<one><two>.`
struct Shell {
    terminal: Child,
    keys: ChildStdin,
    said: Receiver<Vec<u8>>,
    seen: String,
}

impl Shell {
    fn start(command: &str, folder: &Path, setup: &str) -> Self {
        let mut terminal = Command::new("script")
            .args(["--quiet", "--flush", "--command", command, "/dev/null"])
            .current_dir(folder)
            .env("TERM", "dumb")
            .env("HOME", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (keys, mut output) = (terminal.stdin.take().unwrap(), terminal.stdout.take().unwrap());
        let (sender, said) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut shell = Self { terminal, keys, said, seen: String::new() };
        shell.types(setup);
        shell.types("\nsanctuary() { printf '<%s>' \"$@\"; echo .; }; sanctuary-join() { sanctuary \"$@\"; }; PS1='; '\n");
        shell.types("sanctuary rea''dy\n");
        shell.shows("<ready>.");
        shell
    }

    fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    fn shows(&mut self, text: &str) {
        while !self.seen.contains(text) {
            let Ok(bytes) = self.said.recv_timeout(PATIENCE) else {
                panic!("waited in vain for {text:?} in {:?}", self.seen);
            };
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// What comes of a line whose last word is completed: the daemon's arguments.
    fn completes(&mut self, line: &str, arguments: &[&str]) {
        self.completes_of("sanctuary", line, arguments);
    }

    fn completes_of(&mut self, program: &str, line: &str, arguments: &[&str]) {
        self.seen.clear();
        self.types(&format!("{program} {line}\t\n"));
        self.shows(&format!("<{}>.", arguments.join("><")));
    }

    fn completes_names_and_users(&mut self) {
        self.completes("--config two", &["--config", "two words.toml"]);
        self.completes("check -c it", &["check", "-c", "it's $HOME.toml"]);
        self.completes("serve --config br", &["serve", "--config", "br[ack]et*.toml"]);
        self.completes("-c 'two wo", &["-c", "two words.toml"]);
        self.completes("-c two\\ w", &["-c", "two words.toml"]);
        self.completes("--config=two", &["--config=two words.toml"]);
        self.completes("--user nobod", &["--user", "nobody"]);
        self.completes("serve -u nobod", &["serve", "-u", "nobody"]);
        self.completes("--user=nobod", &["--user=nobody"]);
        self.completes("doc", &["doctor"]);
        self.completes("check --conf", &["check", "--config"]);
        // Neither a file nor a user is an address.
        self.completes("--listen pla", &["--listen", "pla"]);
        // The terminal's client, by itself and by the daemon's command.
        self.completes("join --ca two", &["join", "--ca", "two words.toml"]);
        self.completes("open --rule ev", &["open", "--rule", "everyone"]);
        self.completes("joi", &["join"]);
        self.completes_of("sanctuary-join", "--ca=br", &["--ca=br[ack]et*.toml"]);
        self.completes_of("sanctuary-join", "open --ca it", &["open", "--ca", "it's $HOME.toml"]);
        self.completes_of("sanctuary-join", "--alias pla", &["--alias", "pla"]);
        self.completes_of("sanctuary-join", "open --alia", &["open", "--alias"]);
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.terminal.kill();
        let _ = self.terminal.wait();
    }
}

#[test]
fn bash_completes_names_with_spaces_and_users() {
    let folder = folder("completions-bash");
    let setup = loads(".", ".bash");
    Shell::start("bash --norc --noprofile -i", &folder, &setup).completes_names_and_users();
}

#[test]
#[ignore = "needs zsh"]
fn zsh_completes_names_with_spaces_and_users() {
    let folder = folder("completions-zsh");
    let setup = format!("fpath=('{}' $fpath); autoload -U compinit; compinit -u -D", scripts().display());
    Shell::start("zsh -f -i", &folder, &setup).completes_names_and_users();
}

/// fish says what it would offer.
#[test]
#[ignore = "needs fish"]
fn fish_completes_names_with_spaces_and_users() {
    let folder = folder("completions-fish");
    let offered = |line: &str| {
        let asked = loads("source", ".fish") + &format!("complete -C '{line}'");
        let output = Command::new("fish")
            .args(["--no-config", "--command", &asked])
            .current_dir(&folder)
            .env("HOME", &folder)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        told.lines().map(|line| line.split('\t').next().unwrap().replace('\\', "")).collect::<Vec<_>>()
    };
    assert_eq!(offered("sanctuary -c two"), ["two words.toml"]);
    assert_eq!(offered("sanctuary check --config br"), ["br[ack]et*.toml"]);
    assert_eq!(offered("sanctuary --user nobod"), ["nobody"]);
    assert_eq!(offered("sanctuary serve -u nobod"), ["nobody"]);
    assert_eq!(offered("sanctuary --listen pla"), [""; 0]);
    assert_eq!(offered("sanctuary doc"), ["doctor"]);
    assert_eq!(offered("sanctuary join --ca two"), ["two words.toml"]);
    assert_eq!(offered("sanctuary-join --ca br"), ["br[ack]et*.toml"]);
    assert_eq!(offered("sanctuary-join open --rule ev"), ["everyone"]);
    assert_eq!(offered("sanctuary-join --alias pla"), [""; 0]);
}
