//! sanctuary(1) out of the command line's definition.

use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;
use sanctuary::exit::Exit;

use super::roff;

/// Draws the page.
pub(crate) fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = Man::new(command.clone())
        .title("SANCTUARY")
        .section("1")
        .date(super::date())
        .source(format!("sanctuary {}", env!("CARGO_PKG_VERSION")))
        .manual("Sanctuary");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(&mut page, command)?;
    man.render_description_section(&mut page)?;
    commands(&mut page, command)?;
    man.render_options_section(&mut page)?;
    signals(&mut page)?;
    sections(&mut page)?;
    exit_statuses(&mut page)?;
    examples(&mut page, command)?;
    writeln!(page, ".SH FILES\n.TP\n.I /etc/sanctuary.toml\nThe settings, see\n.BR sanctuary.toml (5).")?;
    roff::see_also(&mut page, &[("sanctuary.toml", 5), ("systemctl", 1)])?;
    Ok(page)
}

fn commands_of(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| command.get_name() != "help" && !command.is_hide_set())
}

fn synopsis(page: &mut impl Write, command: &Command) -> io::Result<()> {
    writeln!(page, ".SH SYNOPSIS\n.B sanctuary\n[\\fIoptions\\fR]")?;
    for subcommand in commands_of(command) {
        writeln!(page, ".br\n.B sanctuary {}\n[\\fIoptions\\fR]", roff::escape(subcommand.get_name()))?;
    }
    Ok(())
}

fn commands(page: &mut impl Write, command: &Command) -> io::Result<()> {
    writeln!(page, ".SH COMMANDS")?;
    for subcommand in commands_of(command) {
        let about = subcommand.get_long_about().or_else(|| subcommand.get_about());
        let about = about.map(ToString::to_string).unwrap_or_default();
        writeln!(page, ".TP\n.B {}", roff::escape(subcommand.get_name()))?;
        roff::text(page, about.lines(), ".IP")?;
        // Options that the command shares with `sanctuary` by itself stand under OPTIONS.
        let own = subcommand.get_arguments().filter(|own| {
            !own.is_hide_set() && !command.get_arguments().any(|shared| shared.get_id() == own.get_id())
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

fn signals(page: &mut impl Write) -> io::Result<()> {
    let signals = [
        ("SIGTERM, SIGINT", "Say so to every member, close, and end."),
        (
            "SIGHUP",
            "Read the settings again; nobody in a room notices. Where the terminal that it prints to is gone, \
             its window having been closed: end, as by SIGTERM.",
        ),
        ("SIGUSR1", "End every room at once."),
        (
            "SIGUSR2",
            "Make way for a restart: say to every room that it ends in a minute, and end when that is over or no room \
             is left, with a status by which systemd starts it again.",
        ),
    ];
    writeln!(page, ".SH SIGNALS")?;
    for (signal, meaning) in signals {
        writeln!(page, ".TP\n.B {signal}\n{}", roff::escape(meaning))?;
    }
    Ok(())
}

/// What is the service's rather than the program's.
const SECTIONS: [(&str, &str); 2] = [
    (
        "UPGRADES",
        "\
An upgraded package lets the new program take over as SIGUSR2 does: rooms are told a minute before, and the upgrade \
waits for that; where there is no room, it takes a second. To be told that a restart is due instead, and to choose the \
time, say so in what this opens:

    systemctl edit sanctuary

with the lines

    [Unit]
    X-RestartOnUpgrade=no

and restart it when it suits, a minute after the rooms were told:

    systemctl kill -s USR2 sanctuary

Stopped by systemctl(1), or by the machine's own end, it waits for nobody.",
    ),
    (
        "SYSTEMD'S SOCKET",
        "\
The ports can be bound by systemd. The daemon is started by the first visitor then, has no right to any port, and is in \
a network of its own, in which there is nothing but these sockets: it can answer who came, and reach nobody.

    install -D /usr/share/sanctuary/behind-socket.conf \
/etc/systemd/system/sanctuary.service.d/behind-socket.conf
    systemctl daemon-reload
    systemctl disable --now sanctuary.service
    systemctl enable --now sanctuary.socket

The settings `listen` and `listen_tls` bind nothing then. Keep them at the ports of the socket all the same: `sanctuary \
doctor` goes by them, which names the addresses to open, for the daemon sees none of them; and https is spoken at the \
ports of `listen_tls`. Another port is a `ListenStream=` in what `systemctl edit sanctuary.socket` opens, below \
`[Socket]`, and an empty `ListenStream=` before it takes port 80 away; then

    systemctl restart sanctuary.socket

A daemon that does not start, its settings being wrong, say, is tried four times a minute from the first visitor on, \
so that nothing is to be done but to mend them. And back again:

    systemctl disable --now sanctuary.socket
    rm /etc/systemd/system/sanctuary.service.d/behind-socket.conf
    systemctl daemon-reload
    systemctl enable --now sanctuary.service",
    ),
];

fn sections(page: &mut impl Write) -> io::Result<()> {
    for (title, text) in SECTIONS {
        writeln!(page, ".SH \"{title}\"")?;
        roff::text(page, text.lines(), ".PP")?;
    }
    Ok(())
}

fn exit_statuses(page: &mut impl Write) -> io::Result<()> {
    writeln!(page, ".SH \"EXIT STATUS\"")?;
    for exit in Exit::ALL {
        writeln!(page, ".TP\n.B {}\n{}.", exit.status(), roff::escape(exit.meaning()))?;
    }
    Ok(())
}

fn examples(page: &mut impl Write, command: &Command) -> io::Result<()> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    writeln!(page, ".SH EXAMPLES")?;
    roff::text(page, help.lines().skip(1), ".PP")
}
