//! The command line of the real binary: what it prints, where, and with which exit status.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail, or hold nothing")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

/// What is there on every machine.
const HERE: &[&str] = &["--user", "nobody", "--listen", "127.0.0.1:0"];

/// Exit status, standard output and standard error.
type Answer = (Option<i32>, String, String);

fn sanctuary(arguments: &[&str]) -> Answer {
    sanctuary_with(arguments, &[])
}

fn sanctuary_with(arguments: &[&str], environment: &[(&str, &str)]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanctuary"));
    for variable in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS"] {
        command.env_remove(variable);
    }
    answer(command.args(arguments).envs(environment.iter().copied()))
}

fn answer(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A file of this content, whose name no other test uses.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_version_is_that_of_the_crate() {
    let version = format!("sanctuary {}\n", env!("CARGO_PKG_VERSION"));
    for option in ["--version", "-V"] {
        assert_eq!(sanctuary(&[option]), (Some(0), version.clone(), String::new()));
    }
}

#[test]
fn the_help_fits_80_columns_and_names_everything() {
    for arguments in [&["--help"][..], &["-h"], &["help"], &["serve", "--help"], &["check", "--help"]] {
        let (status, help, errors) = sanctuary(arguments);
        assert_eq!((status, errors.as_str()), (Some(0), ""), "{arguments:?}");
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        for option in ["--config <FILE>", "--listen <ADDR>", "--help"] {
            assert!(help.contains(option), "{arguments:?} {option}");
        }
    }
    let (_, help, _) = sanctuary(&["--help"]);
    let named = [
        "serve",
        "check",
        "doctor",
        "join",
        "open",
        "verify",
        "--version",
        "Examples:",
        "sanctuary --listen 8080",
        "Exit status:",
        "  78  ",
    ];
    for word in named {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn every_example_of_the_help_is_understood() {
    let (_, help, _) = sanctuary(&["--help"]);
    let examples = help.split("Examples:").nth(1).unwrap().split("Exit status:").next().unwrap();
    let lines: Vec<_> = examples.lines().filter(|line| line.starts_with("  sanctuary")).collect();
    assert_eq!(lines.len(), 6);
    let empty = file("examples.toml", "");
    // The other program's is tried by tests/join.
    for line in lines.into_iter().filter(|line| !line.starts_with("  sanctuary join ")) {
        let typed = line.trim().split("   ").next().unwrap();
        let typed: Vec<_> =
            typed.split(' ').skip(1).filter(|word| !["check", "doctor"].contains(word)).collect();
        let check = ["check", "--config", &empty, "--user", "nobody"];
        let (status, _, errors) = sanctuary(&[&check[..], &typed[..]].concat());
        // Whether the port is to be had is another matter.
        assert!([Some(0), Some(69), Some(77)].contains(&status), "{line}: {errors}");
    }
}

#[test]
fn colours_stay_away_when_asked() {
    let (_, coloured, _) = sanctuary_with(&["--help"], &[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.contains('\x1b'));
    let (_, plain, _) = sanctuary_with(&["--help"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]);
    assert!(!plain.contains('\x1b'));
}

#[test]
fn a_wrong_command_line_is_64() {
    let cases = [
        (&["--lisen", "80"][..], "'--listen'"),
        (&["chekc"], "'check'"),
        (&["--listen"], "a value is required"),
        (&["--config", ""], "a value is required"),
        (&["--listen", "localhost:80"], "\"localhost\" is not an address"),
        (&["--listen", "65536"], "\"65536\" is not a port"),
        (&["--listen", "80", "check"], "cannot be used with"),
        (&["check", "--listen", "80", "--listen", "127.0.0.1:80"], "[::]:80 includes it already"),
        (&["serve", "--listen", "80", "-l", "[::]:80"], "[::]:80 includes it already"),
    ];
    for (arguments, reason) in cases {
        let (status, output, errors) = sanctuary(arguments);
        assert_eq!((status, output.as_str()), (Some(64), ""), "{arguments:?}");
        assert!(errors.contains(reason), "{arguments:?}: {errors}");
    }
}

#[test]
fn check_says_that_a_file_is_fine() {
    // The crate may lie where the daemon's user may not go, which is told.
    let folder = std::env::temp_dir().join(format!("sanctuary-fine-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let path = folder.join("sanctuary.toml");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/sanctuary.toml"), &path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let path = path.to_str().unwrap();
    let fine = (Some(0), format!("{path} is fine\n"), String::new());
    assert_eq!(sanctuary(&[&["check", "--config", path][..], HERE].concat()), fine);
    assert_eq!(sanctuary(&[&["check", "-c", path, "-l", "[::1]:0"][..], HERE].concat()), fine);
    let mut beside = Command::new(env!("CARGO_BIN_EXE_sanctuary"));
    beside.current_dir(&folder).args(["check", "--config", "sanctuary.toml"]).args(HERE);
    assert_eq!(answer(&mut beside), fine);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn every_fault_is_told_with_its_line_and_column_and_is_78() {
    let path = file("faults.toml", "grce = \"30 s\"\n\n  members = 0\nbacklog = 64\n");
    let told = format!(
        "{path}:1:1: there is no setting `grce`: did you mean `grace`?\n\
         {path}:3:13: `members`: write a whole number from 1 to 10000\n\
         {path}:4:11: `backlog`: a unit is missing: write \"64 KiB\" or another of B, KiB, MiB\n"
    );
    for command in [&["check"][..], &["serve"], &[]] {
        let answer = sanctuary(&[command, &["--config", &path]].concat());
        assert_eq!(answer, (Some(78), String::new(), told.clone()), "{command:?}");
    }
}

#[test]
fn a_broken_file_is_78() {
    let files = [
        ("syntax.toml", &b"listen = [\n"[..], ":1:11: unclosed array"),
        ("latin1.toml", b"# caf\xe9\n", ":1:6: this is not text in UTF-8"),
        ("tls.toml", b"tls_certificate = \"/c\"\n", ":1:1: `tls_certificate` is of no use alone"),
    ];
    for (name, content, told) in files {
        let (status, output, errors) = sanctuary(&["check", "--config", &file(name, content)]);
        assert_eq!((status, output.as_str()), (Some(78), ""), "{name}");
        assert!(errors.contains(told), "{errors}");
    }
}

#[test]
fn a_named_file_that_cannot_be_read_is_66() {
    let (huge, most) = (vec![b'\n'; 1024 * 1024 + 1], vec![b'\n'; 1024 * 1024]);
    let cases = [
        ("/nonexistent/sanctuary.toml".to_owned(), "name another file with `--config`"),
        (env!("CARGO_TARGET_TMPDIR").to_owned(), "directory"),
        (file("huge.toml", huge), "more than 1 MiB, which no such file has"),
    ];
    for (path, reason) in cases {
        for command in ["check", "serve"] {
            let (status, output, errors) = sanctuary(&[command, "--config", &path]);
            assert_eq!((status, output.as_str()), (Some(66), ""), "{path}");
            assert!(errors.starts_with(&format!("sanctuary: cannot read {path}: ")), "{errors}");
            assert!(errors.contains(reason), "{errors}");
        }
    }
    let most = file("most.toml", most);
    assert_eq!(sanctuary(&[&["check", "--config", &most][..], HERE].concat()).0, Some(0));
}

#[test]
fn the_default_file_may_be_missing() {
    let path = "/etc/sanctuary.toml";
    let told = if PathBuf::from(path).exists() {
        "is fine"
    } else {
        "is not there, so every setting is at its default"
    };
    assert_eq!(
        sanctuary(&[&["check"][..], HERE].concat()),
        (Some(0), format!("{path} {told}\n"), String::new())
    );
}

#[test]
fn check_warns_of_settings_that_ask_for_more_memory_than_there_is() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not root: nobody else can show a program another limit of memory, so nothing is held");
        return;
    }
    let file = std::env::temp_dir().join(format!("sanctuary-memory-{}.toml", std::process::id()));
    // As where the unit runs in a group of 32 MiB, and this does in none.
    let group = "/sys/fs/cgroup/system.slice/sanctuary.service";
    let limited = format!(
        "mount -t tmpfs none /sys/fs/cgroup && mkdir -p {group} && echo 33554432 >{group}/memory.max && exec \"$@\""
    );
    for (connections, warned) in [(200, false), (2000, true)] {
        std::fs::write(
            &file,
            format!("listen = [\"127.0.0.1:0\"]\nuser = \"nobody\"\nconnections = {connections}\n"),
        )
        .unwrap();
        let mut check = Command::new("unshare");
        check.args([
            "--mount",
            "sh",
            "-c",
            &limited,
            "sh",
            env!("CARGO_BIN_EXE_sanctuary"),
            "check",
            "--config",
        ]);
        let output = check.arg(&file).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && said.contains(" is fine"), "{said}");
        assert_eq!(said.contains("and there are 32: lower `connections`"), warned, "{said}");
    }
    std::fs::remove_file(&file).unwrap();
}
