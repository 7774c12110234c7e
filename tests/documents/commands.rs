//! Every command that a document prints is tried, where it does no harm, or it is said why not: the list of all is
//! `packaging/tests/guest/commands`. What takes a booted system is tried by `packaging/tests/boot`, all else here, in a
//! root that is this machine's but for what is written to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::texts;
use super::{read, repository};

const LIST: &str = "packaging/tests/guest/commands";

/// A line of the list.
struct Listed {
    how: String,
    command: String,
    rest: String,
}

fn listed() -> Vec<Listed> {
    let list = read(LIST);
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let fields = lines.map(|line| {
        let mut fields = line.splitn(3, "::").map(|field| field.trim().to_owned());
        let mut field = || fields.next().unwrap_or_else(|| panic!("{LIST}: a field is missing: {line}"));
        Listed { how: field(), command: field(), rest: field() }
    });
    fields.collect()
}

#[test]
fn every_command_of_the_documents_is_listed_and_no_other() {
    let printed = texts::commands();
    let listed = listed();
    let names: BTreeSet<_> = listed.iter().map(|line| &line.command).collect();
    assert_eq!(names.len(), listed.len(), "a command is listed twice");
    let unlisted: Vec<_> = printed.iter().filter(|(command, _)| !names.contains(command)).collect();
    assert!(unlisted.is_empty(), "{LIST} lacks what documents print: {unlisted:#?}");
    for command in names {
        assert!(printed.contains_key(command), "no document prints `{command}`: {LIST} has it in vain");
    }
    for Listed { how, command, rest } in &listed {
        assert!(["here", "serve", "deb", "arch", "not"].contains(&how.as_str()), "{how}: {command}");
        assert!(
            !["serve", "not"].contains(&how.as_str()) || !rest.is_empty(),
            "{command}: until when, or why not?"
        );
    }
}

/// What is not run is there all the same: make's targets, and the tests and examples that cargo is told.
#[test]
fn what_is_not_tried_names_what_there_is() {
    for Listed { command, .. } in
        listed().iter().filter(|line| line.how == "not" && !line.command.contains('…'))
    {
        for part in command.split(" && ").map(|part| part.trim_start_matches("sudo ")) {
            let words: Vec<_> = part.split(' ').collect();
            match words[..] {
                ["make", ref arguments @ ..] => {
                    let mut make = Command::new("make");
                    make.arg("--dry-run").args(arguments).current_dir(repository(""));
                    let output = make.output().unwrap();
                    assert!(output.status.success(), "{part}: {}", String::from_utf8_lossy(&output.stderr));
                }
                ["cargo", "test", "--locked", "--lib", module] => {
                    assert!(repository("src").join(module).is_dir(), "{part}: no such module");
                }
                ["cargo", "test", "--locked", "--test", file, ref names @ ..] => {
                    let sources = sources_of(&repository("tests"), file);
                    assert!(!sources.is_empty(), "{part}: no such file");
                    for name in names {
                        assert!(sources.contains(&format!("fn {name}")), "{part}: no such test");
                    }
                }
                ["cargo", "bench", "--bench", name, ..] => {
                    let folder = repository("benches").join(name);
                    assert!(
                        folder.is_dir() || folder.with_extension("rs").exists(),
                        "{part}: no such benchmark"
                    );
                }
                ["cargo", "run", "--example", name] => {
                    assert!(repository("examples").join(name).with_extension("rs").exists(), "{part}");
                }
                ["cargo", "build", "--release", "--package", name] => {
                    assert!(read("Cargo.lock").contains(&format!("name = \"{name}\"")), "{part}");
                }
                ["cargo", "test" | "run", "--", ..] | ["npm", "ci"] | ["cargo", "vendor" | "--locked"] => {}
                ["npm", "run", script, ..] => {
                    let package: serde_json::Value = serde_json::from_str(&read("web/package.json")).unwrap();
                    assert!(package["scripts"][script].is_string(), "{part}");
                }
                ["cargo" | "npm", ..] => panic!("whether that is there is not looked at: {part}"),
                _ => {}
            }
        }
    }
}

/// The text of a file of tests, or of all in its folder.
fn sources_of(folder: &Path, name: &str) -> String {
    let within = fs::read_dir(folder.join(name)).into_iter().flatten().map(|entry| entry.unwrap().path());
    let files = within.chain([folder.join(name).with_extension("rs")]);
    files.filter_map(|file| fs::read_to_string(file).ok()).collect()
}

/// The shipped settings, each with the comment above it.
fn shipped() -> Vec<(String, String, String)> {
    let (mut shipped, mut comment) = (Vec::new(), String::new());
    for line in read("packaging/sanctuary.toml").lines() {
        let setting = line.trim_start_matches('#').split_once(" = ");
        match setting.filter(|(key, _)| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')) {
            Some((key, value)) if !line.starts_with("# ") => {
                shipped.push((key.to_owned(), value.to_owned(), std::mem::take(&mut comment)));
            }
            _ if line.is_empty() => comment.clear(),
            _ => comment += line.trim_start_matches('#'),
        }
    }
    shipped
}

/// The values in a comment: what is in quotes, brackets or braces, and both numbers of "1 to 1000".
fn values(comment: &str) -> Vec<String> {
    let words: Vec<_> = comment.split([' ', '.']).collect();
    let is_number = |word: &str| word.parse::<u64>().is_ok();
    let ranges = words.windows(3).filter(|of| is_number(of[0]) && of[1] == "to" && is_number(of[2]));
    let mut values: Vec<_> = ranges.flat_map(|of| [of[0], of[2]].map(str::to_owned)).collect();
    let mut rest = comment;
    while let Some(begin) = rest.find(['"', '[', '{']) {
        rest = &rest[begin..];
        let close = match rest.as_bytes()[0] {
            b'[' => "]",
            b'{' => "}",
            _ => "\"",
        };
        let Some(end) = rest[1..].find(close) else { break };
        // An address in brackets closes none.
        let end = if close == "]" { rest.find("\"]").map_or(end + 2, |end| end + 2) } else { end + 2 };
        values.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    values
}

/// All settings that the documents print, as files that `sanctuary check` is to find fine.
fn files_of_settings() -> Vec<(String, String)> {
    let shipped = shipped();
    let keys: BTreeSet<_> = shipped.iter().map(|(key, ..)| key.clone()).collect();
    assert!(keys.len() > 20, "{keys:?}");
    let mut files = texts::settings(&keys);
    files.push(("packaging/sanctuary.toml".to_owned(), read("packaging/sanctuary.toml")));
    for (key, default, comment) in &shipped {
        let is_number = default.parse::<u64>().is_ok();
        let values = [vec![default.clone()], values(comment)].concat();
        // Of what a setting holds, its comment may count the letters.
        for value in values.into_iter().filter(|value| is_number == value.parse::<u64>().is_ok()) {
            let is_list = default.starts_with('[') && !value.starts_with('[');
            let value = if is_list { format!("[{value}]") } else { value };
            // The settings that one asks for beside it.
            let beside = match key.as_str() {
                "tls_certificate" => "tls_key = \"/etc/sanctuary/key.pem\"",
                "tls_key" => "tls_certificate = \"/etc/sanctuary/certificate.pem\"",
                "hsts" => {
                    "tls_certificate = \"/etc/sanctuary/certificate.pem\"\ntls_key = \"/etc/sanctuary/key.pem\""
                }
                "members" | "largest_frame" => "backlog = \"16 MiB\"",
                "backlog" => "members = 1\nlargest_frame = \"2 KiB\"\nwaiting = \"128 MiB\"",
                "waiting" => "members = 1\nlargest_frame = \"2 KiB\"\nbacklog = \"16 KiB\"",
                _ => "",
            };
            files.push((format!("packaging/sanctuary.toml, {key}"), format!("{key} = {value}\n{beside}\n")));
        }
    }
    files
}

#[test]
#[ignore = "needs iproute2 openssl systemd"]
fn commands_and_settings_do_what_the_documents_say_in_a_scratch_root() {
    if !nix::unistd::geteuid().is_root() {
        // As `make test` says.
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (number, (place, text)) in files_of_settings().into_iter().enumerate() {
        fs::write(folder.join(format!("{number:03}.toml")), format!("# {place}\n{text}\n")).unwrap();
    }
    let output = Command::new("unshare")
        .args(["--mount", "--net", "--pid", "--fork", "--kill-child", "tests/documents/scratch.sh"])
        .args([env!("CARGO_BIN_EXE_sanctuary"), folder.to_str().unwrap()])
        .current_dir(repository(""))
        .output()
        .unwrap();
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(output.status.success(), "{said}");
}
