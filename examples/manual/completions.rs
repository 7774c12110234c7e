//! The shells' completions out of a command line's definition.

use clap::{Command, ValueHint};
use clap_complete::Shell;

/// Options whose value is a file or a folder, and those that name a user.
const FILES: [&str; 4] = ["config", "ca", "digests", "saved"];
const USERS: [&str; 1] = ["user"];

/// The daemon's commands that are the other program's.
const HANDED: [&str; 3] = ["join", "open", "verify"];

/// Draws a shell's script.
pub(crate) fn script(shell: Shell, command: &Command) -> Vec<u8> {
    let (mut drawn, name) = (Vec::new(), command.get_name().to_owned());
    let mut command = hinted(command.clone());
    let names: Vec<_> = command.get_subcommands().map(|found| found.get_name().to_owned()).collect();
    for name in &names {
        command = command.mut_subcommand(name, hinted);
    }
    clap_complete::generate(shell, &mut command, name, &mut drawn);
    let drawn = String::from_utf8_lossy(&drawn);
    match shell {
        Shell::Bash => for_bash(&drawn, command.get_name()),
        Shell::Fish => for_fish(&drawn),
        _ => drawn.into_owned(),
    }
    .into_bytes()
}

/// With what is handed on completed as the program does it that it is handed to.
pub(crate) fn with_handed(command: Command, to: &Command) -> Command {
    HANDED.into_iter().fold(command, |command, name| {
        let theirs = if name == "join" { Some(to) } else { to.find_subcommand(name) };
        let arguments = theirs.into_iter().flat_map(Command::get_arguments).cloned();
        command.mut_subcommand(name, |ours| {
            let about = ours.get_about().cloned().unwrap_or_default();
            Command::new(name).about(about).args(arguments)
        })
    })
}

/// Says what values are. Here and not in the programs, which have no use for it.
fn hinted(command: Command) -> Command {
    command.mut_args(|argument| {
        let id = argument.get_id().as_str();
        let hint = if FILES.contains(&id) {
            ValueHint::AnyPath
        } else if USERS.contains(&id) {
            ValueHint::Username
        } else {
            ValueHint::Other
        };
        if argument.get_action().takes_values() { argument.value_hint(hint) } else { argument }
    })
}

/// What bash is told knows neither users nor names with spaces, nor that bash makes three words of `--user=NAME`.
/// And a program with a hyphen is called one thing where its commands are told apart, and another where they are completed.
fn for_bash(script: &str, name: &str) -> String {
    const COMPLETED: &str = r#"COMPREPLY=($(compgen -f "${cur}"))"#;
    const PREVIOUS: &str = "    prev=\"$3\"\n";
    let is_one_of = |option: &str, ids: &[&str]| {
        let option = option.trim_end_matches(')');
        let long = |id: &&str| option == format!("--{id}");
        ids.iter().any(long)
    };
    let mut lines: Vec<String> = Vec::new();
    let mut option = "";
    for line in script.lines() {
        option = if line.trim_start().starts_with('-') { line.trim() } else { option };
        lines.push(match option {
            // Readline's own completion follows where there is no reply, and it knows how to quote.
            option if option == "-c)" || is_one_of(option, &FILES) => line.replace(COMPLETED, "COMPREPLY=()"),
            option if option == "-u)" || is_one_of(option, &USERS) => {
                line.replace(COMPLETED, r#"COMPREPLY=($(compgen -u -- "${cur}"))"#)
            }
            _ => line.to_owned(),
        });
    }
    let script = lines.join("\n") + "\n";
    let script = script.replace(&name.replace('-', "__subcmd__"), &name.replace('-', "__"));
    let parted = r#"    if [[ "${cur}" == "=" ]]; then
        cur=""
    elif [[ "${prev}" == "=" ]]; then
        prev="${COMP_WORDS[COMP_CWORD-2]}"
    fi
"#;
    script.replacen(PREVIOUS, &format!("{PREVIOUS}{parted}"), 1)
}

/// An option that still lacks its value is a fault to argparse, but here it is what is to be completed.
fn for_fish(script: &str) -> String {
    script.replacen("2>/dev/null\n    or return\n", "2>/dev/null\n", 1)
}
