//! sanctuary(1) out of the command line's definition.

use std::io::{self, Write as _};

use clap::Command;
use sanctuary::exit::Exit;

use super::{program, roff};

/// Draws the page.
pub(crate) fn page(command: &Command) -> io::Result<Vec<u8>> {
    program::page(command, |page| {
        program::list(page, "SIGNALS", &SIGNALS)?;
        program::sections(page, &SECTIONS)?;
        program::exit_statuses(page, Exit::ALL.map(|exit| (exit.status(), exit.meaning())))?;
        program::examples(page, command)?;
        writeln!(page, ".SH FILES\n.TP\n.I /etc/sanctuary.toml\nThe settings, see\n.BR sanctuary.toml (5).")?;
        roff::see_also(page, &[("sanctuary-join", 1), ("sanctuary.toml", 5), ("systemctl", 1)])
    })
}

const SIGNALS: [(&str, &str); 4] = [
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
         is left, with a status by which systemd starts it again. Where `drain` is set, make way for other daemons: \
         open no more rooms, let those go on that there are, and end for good when no room is left or that time is \
         over, of which rooms are told a minute before. /healthz answers 404 meanwhile, either way: by that a \
         balancer sends others elsewhere, and nobody should end the daemon for it.",
    ),
];

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

Stopped by systemctl(1), or by the machine's own end, it waits for nobody.

A daemon whose settings have `drain`, one of several behind a balancer, is left alone by an upgrade. Take it out, wait \
until its rooms have ended, which the status counts, and start the new program:

    systemctl kill -s USR2 sanctuary
    while systemctl is-active --quiet sanctuary; do sleep 10; done
    systemctl start sanctuary

Behind systemd's socket, stop the socket before that, for the next visitor would start it again.",
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
