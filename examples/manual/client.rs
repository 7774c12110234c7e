//! sanctuary-join(1) out of the command line's definition.

use std::io::{self, Write as _};

use clap::Command;

use super::{program, roff};

/// Draws the page.
pub(crate) fn page(command: &Command) -> io::Result<Vec<u8>> {
    program::page(command, |page| {
        program::list(page, "SIGNALS", &SIGNALS)?;
        program::list(page, "ENVIRONMENT", &ENVIRONMENT)?;
        program::exit_statuses(page, sanctuary_join::cli::exit_statuses())?;
        program::exit_statuses_of(page, "verify", sanctuary_join::cli::exit_statuses_of_verify())?;
        program::examples(page, command)?;
        writeln!(
            page,
            ".SH FILES\nNone but those that options name, the roots of the machine, and the resolver's."
        )?;
        roff::see_also(page, &[("sanctuary", 1)])
    })
}

const SIGNALS: [(&str, &str); 1] = [("SIGTERM, SIGINT", "Leave the room, and end.")];

const ENVIRONMENT: [(&str, &str); 3] = [
    (
        "ALL_PROXY",
        "A proxy that speaks SOCKS 5 and resolves names itself, as `socks5h://127.0.0.1:9050`. Where it can't be used, \
         nothing goes past it.",
    ),
    (
        "COLORTERM, TERM",
        "How many colours the terminal has. Where there are 256, pictures are drawn as half blocks: PNG, JPEG, WebP and \
         the first frame of GIF, up to 1600 by 1600 pixels.",
    ),
    ("NO_COLOR", "Nothing is coloured, and no picture is decoded."),
];
