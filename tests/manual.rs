//! Man pages and completions in the repository are those that the program's definitions make today.

#[path = "../examples/manual.rs"]
#[allow(dead_code, unreachable_pub, reason = "its main is for `cargo run --example manual`")]
mod manual;

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn man_pages_and_completions_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, made) in manual::files().unwrap() {
        let shipped = fs::read(root.join(path)).unwrap_or_default();
        assert!(shipped == made, "{path} is out of date: cargo run --example manual");
    }
}

#[test]
fn every_setting_has_its_entry() {
    let shipped = include_str!("../packaging/sanctuary.toml");
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/man/sanctuary.toml.5"))
            .unwrap();
    let keys =
        shipped.lines().filter_map(|line| line.trim_start_matches('#').split_once(" = ")).map(|(key, _)| key);
    let keys: Vec<_> = keys.filter(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '_')).collect();
    assert!(keys.len() > 10, "the shipped settings were not read: {keys:?}");
    for key in keys {
        let has = |heading: &str| page.contains(&format!("{heading}\n\\fB{key} = "));
        assert!(has(".TP") || has(".TQ"), "{key} is not in sanctuary.toml(5)");
    }
}

#[test]
fn every_option_has_a_text_and_stands_in_the_page_and_in_the_shells_completions() {
    for command in [sanctuary::cli::command(), sanctuary_join::cli::command()] {
        let name = command.get_name();
        let read = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let page = read(&format!("packaging/man/{name}.1"));
        let scripts = ["_NAME", "NAME.bash", "NAME.fish"]
            .map(|script| read(&format!("packaging/completions/{}", script.replace("NAME", name))));
        let commands: Vec<_> = std::iter::once(&command).chain(command.get_subcommands()).collect();
        let options = commands.iter().flat_map(|command| command.get_arguments());
        let mut seen = 0;
        for option in options {
            let text = option.get_long_help().or_else(|| option.get_help());
            assert!(text.is_some_and(|text| text.to_string().len() > 3), "{name}: {option} has no text");
            let Some(long) = option.get_long() else { continue };
            assert!(page.contains(&format!(r"\-\-{}", long.replace('-', r"\-"))), "{name}(1): --{long}");
            assert!(scripts.iter().all(|script| script.contains(long)), "{name}'s completions: --{long}");
            seen += 1;
        }
        for command in &commands[1..] {
            let begins = format!("\n.B {}\n", command.get_name());
            assert!(page.contains(&begins), "{name}(1): {}", command.get_name());
        }
        assert!(seen >= 3, "{name}: {seen} options");
    }
}

#[test]
#[ignore = "needs groff-base"]
fn man_formats_the_pages_without_a_warning() {
    for (path, made) in manual::files().unwrap() {
        if !path.contains("/man/") {
            continue;
        }
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(Path::new(path).file_name().unwrap());
        fs::write(&file, made).unwrap();
        let groff = Command::new("groff").args(["-man", "-Tutf8", "-ww", "-z"]).arg(&file).output();
        let groff = groff.expect("groff formats man pages: apt-get install groff-base");
        assert!(
            groff.status.success() && groff.stderr.is_empty(),
            "{path}: {}",
            String::from_utf8_lossy(&groff.stderr)
        );
    }
}
