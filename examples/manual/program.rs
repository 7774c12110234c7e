//! What the pages of both programs have in common, out of a command line's definition.

use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;

use super::roff;

/// From the title to the options, with what `more` draws behind them.
pub(crate) fn page(
    command: &Command,
    more: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let name = command.get_name();
    let man = Man::new(command.clone())
        .title(name.to_uppercase())
        .section("1")
        .date(super::date())
        .source(format!("{name} {}", env!("CARGO_PKG_VERSION")))
        .manual("Sanctuary");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    let mut built = command.clone();
    built.build();
    synopsis(&mut page, &built)?;
    man.render_description_section(&mut page)?;
    commands(&mut page, &built)?;
    man.render_options_section(&mut page)?;
    more(&mut page)?;
    Ok(page)
}

fn commands_of(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| command.get_name() != "help" && !command.is_hide_set())
}

fn synopsis(page: &mut impl Write, command: &Command) -> io::Result<()> {
    let name = command.get_name();
    writeln!(page, ".SH SYNOPSIS")?;
    usage(page, name, command)?;
    for subcommand in commands_of(command) {
        writeln!(page, ".br")?;
        usage(page, &format!("{name} {}", subcommand.get_name()), subcommand)?;
    }
    Ok(())
}

fn usage(page: &mut impl Write, name: &str, command: &Command) -> io::Result<()> {
    let options = command.get_opts().next().map(|_| r"[\fIoptions\fR]".to_owned());
    let others =
        command.get_positionals().map(|other| format!(r"\fI{}\fR", roff::escape(&other.to_string())));
    let words: Vec<_> = options.into_iter().chain(others).collect();
    writeln!(page, ".B {}\n{}", roff::escape(name), words.join(" "))
}

fn commands(page: &mut impl Write, command: &Command) -> io::Result<()> {
    writeln!(page, ".SH COMMANDS")?;
    for subcommand in commands_of(command) {
        let about = subcommand.get_long_about().or_else(|| subcommand.get_about());
        let about = about.map(ToString::to_string).unwrap_or_default();
        writeln!(page, ".TP\n.B {}", roff::escape(subcommand.get_name()))?;
        roff::text(page, about.lines(), ".IP")?;
        // Options that the command shares with the program by itself stand under OPTIONS.
        let own = subcommand.get_arguments().filter(|own| {
            !own.is_hide_set()
                && !own.is_trailing_var_arg_set()
                && !command.get_arguments().any(|shared| shared.get_id() == own.get_id())
        });
        for argument in own.filter(|own| !["help", "version"].contains(&own.get_id().as_str())) {
            let help = argument.get_long_help().or_else(|| argument.get_help());
            let help = help.map(ToString::to_string).unwrap_or_default();
            writeln!(page, ".RS\n.TP\n\\fB{}\\fR", roff::escape(&argument.to_string()))?;
            roff::text(page, help.lines(), ".IP")?;
            writeln!(page, ".RE")?;
        }
    }
    Ok(())
}

/// Titles with running text.
pub(crate) fn sections(page: &mut impl Write, sections: &[(&str, &str)]) -> io::Result<()> {
    for (title, text) in sections {
        writeln!(page, ".SH \"{title}\"")?;
        roff::text(page, text.lines(), ".PP")?;
    }
    Ok(())
}

/// Words with what each means.
pub(crate) fn list(page: &mut impl Write, title: &str, entries: &[(&str, &str)]) -> io::Result<()> {
    writeln!(page, ".SH \"{title}\"")?;
    for (word, meaning) in entries {
        writeln!(page, ".TP\n.B {word}\n{}", roff::escape(meaning))?;
    }
    Ok(())
}

pub(crate) fn exit_statuses<'a>(
    page: &mut impl Write,
    statuses: impl IntoIterator<Item = (u8, &'a str)>,
) -> io::Result<()> {
    writeln!(page, ".SH \"EXIT STATUS\"")?;
    meanings(page, statuses)
}

/// Those of one command, which come behind the others.
pub(crate) fn exit_statuses_of<'a>(
    page: &mut impl Write,
    command: &str,
    statuses: impl IntoIterator<Item = (u8, &'a str)>,
) -> io::Result<()> {
    writeln!(page, ".SS \"Of {command}\"")?;
    meanings(page, statuses)
}

fn meanings<'a>(page: &mut impl Write, statuses: impl IntoIterator<Item = (u8, &'a str)>) -> io::Result<()> {
    for (status, meaning) in statuses {
        writeln!(page, ".TP\n.B {status}\n{}.", roff::escape(meaning))?;
    }
    Ok(())
}

/// The examples of the help, which begins with them.
pub(crate) fn examples(page: &mut impl Write, command: &Command) -> io::Result<()> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let examples = help.split("\n\nExit status:").next().unwrap_or_default();
    writeln!(page, ".SH EXAMPLES")?;
    roff::text(page, examples.lines().skip(1), ".PP")
}
