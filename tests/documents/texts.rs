//! What documents print for their readers to type: commands and settings, found by their form.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{read, repository};

/// By these words a span of code is known as a command, and so is a line that stands by itself in a comment or a man
/// page. Of Markdown's blocks each line is one, whatever it begins with.
const PROGRAMS: &str = "adduser apparmor_parser apt apt-get bash caddy cargo cd certbot chgrp chmod chown cp cross curl \
    deb-systemd-invoke dnf docker dpkg dpkg-buildpackage dpkg-reconfigure firewall-cmd git gpg haproxy hostnamectl \
    install ip journalctl kill ln make makepkg man minisign mkdir mv nginx nmcli node npm npx openssl pacman \
    packaging/build/copyright.py podman ps rm rpm rpmbuild rustup sanctuary sed sh sha256sum sudo swapoff sysctl \
    systemctl systemd-analyze systemd-sysusers tail tee ufw useradd usermod wget yay";

/// What of a document may hold code: its lines, with what marks them as a comment taken away.
struct Text {
    name: String,
    /// Lines that stand by themselves.
    blocks: Vec<String>,
    /// All else, in one line.
    prose: String,
    /// Of a block every line is a command.
    all_commands: bool,
}

/// All documents that tell people what to type.
fn texts() -> Vec<Text> {
    let within = |folder: &str, ending: &str| -> Vec<String> {
        let names = fs::read_dir(repository(folder)).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let is_file = |name: &String| repository(folder).join(name).is_file();
        let mut names: Vec<_> = names.filter(is_file).filter(|name| name.ends_with(ending)).collect();
        names.sort();
        names.into_iter().map(|name| format!("{folder}/{name}").trim_start_matches("./").to_owned()).collect()
    };
    let markdown = [
        within(".", ".md"),
        within("docs", ".md"),
        within("packaging", ".md"),
        within("packaging/examples/fleet", ".md"),
    ]
    .concat();
    let commented = [
        within("systemd", ""),
        within("packaging/examples", ""),
        within("packaging/examples/fleet", ".cfg"),
        within("packaging/examples/fleet", ".conf"),
        within("packaging/apparmor", ""),
        ["packaging/sanctuary.toml", "packaging/sysusers.conf"].map(str::to_owned).to_vec(),
    ];
    let mut texts: Vec<_> = markdown.into_iter().map(of_markdown).collect();
    texts.push(of_markdown("packaging/where-to-browse".to_owned()));
    texts.extend(commented.concat().into_iter().map(of_comments));
    texts.extend(within("packaging/man", "").into_iter().map(of_man));
    texts
}

fn of_markdown(name: String) -> Text {
    let (mut blocks, mut prose, mut fenced, mut may_begin) = (Vec::new(), String::new(), false, true);
    for line in read(&name).lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            // Most are no commands there; those are known by their first word.
            let line = line.trim_start();
            let line = line.strip_prefix("$ ").or(line.strip_prefix("# ")).unwrap_or(line);
            blocks.extend(is_command(line).then(|| line.to_owned()));
        } else if may_begin && let Some(code) = line.strip_prefix("    ") {
            blocks.push(code.to_owned());
            continue;
        } else {
            prose += line;
            prose.push(' ');
        }
        // Right after a line of a paragraph or a list it is that one's next.
        may_begin = line.trim().is_empty();
    }
    Text { name, blocks, prose, all_commands: true }
}

fn of_comments(name: String) -> Text {
    let (mut blocks, mut prose) = (Vec::new(), String::new());
    for line in read(&name).lines().filter_map(|line| line.trim_start().strip_prefix('#')) {
        if line.starts_with("   ") {
            blocks.push(line.to_owned());
        } else {
            prose += line;
        }
    }
    Text { name, blocks, prose, all_commands: false }
}

fn of_man(name: String) -> Text {
    let (mut blocks, mut prose, mut as_it_stands) = (Vec::new(), String::new(), false);
    for line in read(&name).lines() {
        let text = line.replace(r"\-", "-").replace(r"\*(Aq", "'").replace(r"\e", r"\").replace(r"\&", "");
        match line {
            ".nf" => as_it_stands = true,
            ".fi" => as_it_stands = false,
            _ if as_it_stands => blocks.push(text),
            _ => prose = format!("{prose}{text} "),
        }
    }
    Text { name, blocks, prose, all_commands: false }
}

/// The spans of code of running text.
fn spans(prose: &str) -> impl Iterator<Item = String> {
    prose.split('`').skip(1).step_by(2).map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What a line has before its explanation.
fn without_comment(line: &str) -> &str {
    let line = line.trim();
    let end = [line.find("  "), line.find(" # ")].into_iter().flatten().min();
    line[..end.unwrap_or(line.len())].trim_end()
}

fn is_command(text: &str) -> bool {
    let mut words = text.split(' ').skip_while(|word| word.contains('='));
    words.next().is_some_and(|first| PROGRAMS.split_whitespace().any(|program| program == first))
}

/// Every command, and where it stands.
pub(crate) fn commands() -> BTreeMap<String, BTreeSet<String>> {
    let mut commands: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for Text { name, blocks, prose, all_commands } in texts() {
        // A line that goes on is one with the next.
        let blocks = blocks.join("\n").replace("\\\n", "");
        let lines = blocks.lines().map(without_comment).filter(|line| !line.is_empty());
        let lines = lines.filter(|line| all_commands || is_command(line)).map(str::to_owned);
        // A program's name by itself is its name.
        let spans = spans(&prose).filter(|span| span.contains(' ') && is_command(span));
        for command in lines.chain(spans) {
            commands.entry(command).or_default().insert(name.clone());
        }
    }
    commands
}

/// Every setting that is printed with a value, and where: those that stand together are together.
pub(crate) fn settings(keys: &BTreeSet<String>) -> Vec<(String, String)> {
    let mut settings = Vec::new();
    let is_setting = |line: &str| line.split_once(" = ").is_some_and(|(key, _)| keys.contains(key));
    for Text { name, blocks, prose, .. } in texts() {
        let lines: Vec<_> = blocks.iter().map(|line| line.trim()).filter(|line| is_setting(line)).collect();
        settings.extend((!lines.is_empty()).then(|| (name.clone(), lines.join("\n"))));
        settings.extend(spans(&prose).filter(|span| is_setting(span)).map(|span| (name.clone(), span)));
    }
    settings
}
