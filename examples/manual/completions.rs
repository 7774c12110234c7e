//! The shells' completions out of the command line's definition.

use clap::{Command, ValueHint};
use clap_complete::Shell;

/// Draws a shell's script.
pub(crate) fn script(shell: Shell) -> Vec<u8> {
    let mut drawn = Vec::new();
    let mut command = hinted(sanctuary::cli::command());
    let names: Vec<_> = command.get_subcommands().map(|found| found.get_name().to_owned()).collect();
    for name in &names {
        command = command.mut_subcommand(name, hinted);
    }
    clap_complete::generate(shell, &mut command, "sanctuary", &mut drawn);
    let drawn = String::from_utf8_lossy(&drawn);
    match shell {
        Shell::Bash => for_bash(&drawn),
        Shell::Fish => for_fish(&drawn),
        _ => drawn.into_owned(),
    }
    .into_bytes()
}

/// Says what the options' values are. Here and not in the daemon, which has no use for it.
fn hinted(command: Command) -> Command {
    command
        .mut_arg("config", |argument| argument.value_hint(ValueHint::AnyPath))
        .mut_arg("listen", |argument| argument.value_hint(ValueHint::Other))
        .mut_arg("user", |argument| argument.value_hint(ValueHint::Username))
}

/// What bash is told knows neither users nor names with spaces, nor that bash makes three words of `--user=NAME`.
fn for_bash(script: &str) -> String {
    const FILES: &str = r#"COMPREPLY=($(compgen -f "${cur}"))"#;
    const PREVIOUS: &str = "    prev=\"$3\"\n";
    let mut option = "";
    let mut lines = Vec::new();
    for line in script.lines() {
        option = if line.trim_start().starts_with('-') { line.trim() } else { option };
        lines.push(match option {
            // Readline's own completion follows where there is no reply, and it knows how to quote.
            "-c)" | "--config)" => line.replace(FILES, "COMPREPLY=()"),
            "-u)" | "--user)" => line.replace(FILES, r#"COMPREPLY=($(compgen -u -- "${cur}"))"#),
            _ => line.to_owned(),
        });
    }
    let script = lines.join("\n") + "\n";
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
