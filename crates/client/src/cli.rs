//! The command line as typed, and what it comes to.

use std::env;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::os::fd::RawFd;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use nix::unistd::close;
use sanctuary_seal::{Alias, INVITATION_MOST, Invitation, Password, Random, RoomKey, Text};
use sanctuary_wire::Rule;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::confine::{STACK, confine};
use crate::drive::{in_lines, on_screen};
use crate::exit::Exit;
use crate::input::{self, Input};
use crate::line::{Address, Dialler, Proxy, Trust};
use crate::panics;
use crate::picture::{self, Decoders};
use crate::plain::{Json, Output, Plain};
use crate::rich::{Colours, harmless};
use crate::screen::{Bell, Looks};
use crate::session::{Entry, Opening};
use crate::terminal::Terminal;
use crate::verify::{self, Verify};
use crate::window;

/// Columns that the help fills on a wider terminal.
const WIDTH: usize = 80;

/// The first file descriptor beside the standard streams.
const DESCRIPTOR_LEAST: RawFd = 3;

const EXAMPLES: &str = "\
Examples:
  sanctuary-join http://pi.local/          ask for key, password and alias
  sanctuary-join --alias ada -             read the link from standard input
  sanctuary-join open http://pi.local/     open a room, and print its invitation
  sanctuary-join verify http://pi.local/   compare the page with what releases hold

A link that stands in the command line stands in the list of processes and in the
shell's history as well: let it come from standard input (-) or from a file
descriptor (--link-fd).";

/// What is said of a link that was given as an argument.
const IN_ARGUMENTS: &str = "sanctuary-join: this link, with the password, stands in the list of processes, and perhaps \
                            in your shell's history";

/// A Sanctuary room from a terminal: on a screen, or lines in, lines out.
#[derive(Debug, Parser)]
#[command(
    name = "sanctuary-join",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Subcommands>,
    #[command(flatten)]
    join: Join,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Open a room, and print the invitation to it
    Open(Open),
    /// Compare the page, and all its files, with what releases hold
    Verify(Verify),
}

#[derive(Debug, Args)]
struct Join {
    /// The invitation's link, the page's address, or - for a link from standard input
    #[arg(value_name = "LINK", required_unless_present = "link_fd")]
    link: Option<String>,

    /// Read the link from this file descriptor
    #[arg(long, value_name = "N", conflicts_with = "link", value_parser = clap::value_parser!(RawFd).range(i64::from(DESCRIPTOR_LEAST)..))]
    link_fd: Option<RawFd>,

    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Open {
    /// The page's address
    #[arg(value_name = "URL")]
    address: String,

    /// Who may moderate the room
    #[arg(long, value_enum, default_value = "keeper")]
    rule: WhoModerates,

    /// Ask for the code that the host wants for opening rooms
    #[arg(long)]
    code: bool,

    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WhoModerates {
    /// The keeper alone
    Keeper,
    /// Every member
    Everyone,
}

#[derive(Debug, Args)]
struct Common {
    /// The name that the others see
    #[arg(long, value_name = "NAME")]
    alias: Option<String>,

    /// Lines in, lines out, for screen readers; in pipes it is so anyway
    #[arg(long)]
    plain: bool,

    /// The same, and what comes out is an object a line, for programs
    #[arg(long, conflicts_with = "plain")]
    json: bool,

    /// When the terminal rings
    #[arg(long, value_enum, default_value = "mentions")]
    bell: Bell,

    #[command(flatten)]
    trusted: Trusted,
}

/// Whose certificate is trusted.
#[derive(Debug, Args)]
pub(crate) struct Trusted {
    /// Trust whoever the certificates of FILE (PEM) vouch for, and nobody else
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,

    /// Trust the certificate of this fingerprint alone, whoever vouches for it
    #[arg(long, value_name = "SHA256", conflicts_with = "ca")]
    fingerprint: Option<String>,
}

impl Trusted {
    /// How connections to this address are made.
    pub(crate) fn dialler(&self, address: Address) -> Result<Dialler, Failure> {
        if !address.secure && (self.ca.is_some() || self.fingerprint.is_some()) {
            return Err(Failure::usage(&"a certificate is trusted where the address begins with https://"));
        }
        let trust = match (&self.ca, &self.fingerprint) {
            (Some(file), _) => Trust::authorities(file)
                .map_err(|why| Failure(Exit::NoInput, format!("{}: {why}", file.display())))?,
            (None, Some(typed)) => Trust::fingerprint(typed).map_err(|why| Failure::usage(&why))?,
            (None, None) => Trust::System,
        };
        let proxy = Proxy::from_environment().map_err(|why| Failure::usage(&why))?;
        Dialler::new(address, proxy, &trust).map_err(|why| Failure(Exit::NoInput, why.to_string()))
    }
}

/// Why it does not begin.
pub(crate) struct Failure(pub(crate) Exit, pub(crate) String);

impl Failure {
    pub(crate) fn usage(why: &dyn std::fmt::Display) -> Self {
        Self(Exit::Usage, why.to_string())
    }
}

/// The command line's definition, from which man page and completions are made.
#[must_use]
pub fn command() -> clap::Command {
    let command = CommandLine::command().max_term_width(WIDTH).after_help(after_help());
    command.mut_subcommand("verify", |verify| verify.after_help(verify::after_help()))
}

/// Every exit status with what it means.
pub fn exit_statuses() -> impl Iterator<Item = (u8, &'static str)> {
    Exit::ALL.into_iter().map(|(exit, meaning)| (exit as u8, meaning))
}

/// Every exit status of `verify` with what it means.
pub fn exit_statuses_of_verify() -> impl Iterator<Item = (u8, &'static str)> {
    verify::STATUSES.into_iter()
}

/// Does what the command line says.
#[must_use]
pub fn main() -> ExitCode {
    if let Some(ended) = picture::serve() {
        return ended;
    }
    panics::hush();
    let typed = command().try_get_matches().and_then(|matches| CommandLine::from_arg_matches(&matches));
    let typed = match typed {
        Ok(typed) => typed,
        // A fault quotes what was typed, and a link has a password in it.
        Err(error) if error.context().any(|(_, value)| value.to_string().contains('#')) => {
            tell(
                "sanctuary-join: the command line is wrong, and not repeated, for a link is in it: see --help",
            );
            return Exit::Usage.into();
        }
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { ExitCode::SUCCESS };
        }
    };
    if let Err(why) = sanctuary_harden::forbid_dumps() {
        tell(&format!("sanctuary-join: a crash may leave a copy of the memory: {why}"));
    }
    let outcome = match typed.command {
        Some(Subcommands::Open(open)) => begin_open(&open).map(ExitCode::from),
        Some(Subcommands::Verify(verify)) => verify::begin(&verify),
        None => begin_join(typed.join).map(ExitCode::from),
    };
    match outcome {
        Ok(exit) => exit,
        Err(Failure(exit, why)) => {
            tell(&format!("sanctuary-join: {why}"));
            exit.into()
        }
    }
}

fn after_help() -> String {
    let mut help = format!("{EXAMPLES}\n\nExit status:\n");
    for (status, meaning) in exit_statuses() {
        let _ = writeln!(help, "  {status:<3} {meaning}");
    }
    help
}

fn begin_join(join: Join) -> Result<Exit, Failure> {
    let in_arguments = join.link.as_deref().is_some_and(|link| link.contains('#'));
    let link = match (join.link, join.link_fd) {
        (_, Some(descriptor)) => link_of(descriptor)?,
        (Some(link), _) if link == "-" => from_stdin(&join.common)?,
        (Some(link), _) => Zeroizing::new(link),
        (None, None) => return Err(Failure::usage(&"give a link")),
    };
    if in_arguments {
        tell(&format!("{IN_ARGUMENTS}. Let it come from standard input (-) or --link-fd."));
    }
    let address = address(&link)?;
    let invitation = if link.contains('#') {
        Invitation::read(&link).map_err(|why| Failure::usage(&why))?
    } else {
        ask_invitation()?
    };
    let alias = alias(join.common.alias.as_deref())?;
    let Invitation { room_key, password } = invitation;
    let entry = Entry { room: room_key.room(), password, alias, opening: None };
    run(entry, address, &join.common)
}

fn begin_open(open: &Open) -> Result<Exit, Failure> {
    invitation_is_not_read(&open.address, "a new room has one of its own");
    let address = address(&open.address)?;
    let alias = alias(open.common.alias.as_deref())?;
    let code = if open.code {
        let typed = terminal()?.ask_unseen("Code to open rooms").map_err(|why| no_terminal(&why))?;
        Some(Text::from(typed.as_str()))
    } else {
        None
    };
    let mut random = Random::from_system().map_err(|why| Failure(Exit::OsError, why.to_string()))?;
    let rule = match open.rule {
        WhoModerates::Keeper => Rule::Keeper,
        WhoModerates::Everyone => Rule::Everyone,
    };
    let (room, password) = (RoomKey::draw(&mut random).room(), Password::generate(&mut random));
    let entry = Entry { room, password, alias, opening: Some(Opening { rule, code }) };
    run(entry, address, &open.common)
}

fn run(entry: Entry, address: Address, common: &Common) -> Result<Exit, Failure> {
    let dialler = common.trusted.dialler(address)?;
    // Threads would make the system's answer about the time of day unsafe.
    let looks = looks();
    let draws_pictures = is_for_screen(common) && looks.colours.draw_pictures();
    let decoders = if draws_pictures { Decoders::begin() } else { Decoders::default() };
    let (tells, outgrown) = oneshot::channel();
    close_in(&dialler.ports(), &[], tells);
    let (mut plain, mut json) = (Plain::new(io::stdout().is_terminal().then_some(window::columns)), Json);
    let output: &mut dyn Output = if common.json { &mut json } else { &mut plain };
    let runtime = Builder::new_current_thread().enable_all().thread_stack_size(STACK).build();
    let runtime = runtime.map_err(|why| Failure(Exit::OsError, why.to_string()))?;
    let ended = runtime.block_on(async {
        if is_for_screen(common) {
            on_screen::run(entry, &dialler, outgrown, decoders, looks, common.bell).await
        } else {
            in_lines::run(entry, &dialler, outgrown, output).await
        }
    });
    // Standard input may still be waited for.
    runtime.shutdown_background();
    match ended {
        Ok(ended) => {
            if let Some(why) = ended.why.filter(|_| ended.exit == Exit::Unavailable) {
                tell(&format!("sanctuary-join: {}", chain(&why)));
            }
            Ok(ended.exit)
        }
        // Nobody reads the output any more.
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Left),
        Err(why) => Err(Failure(Exit::OsError, why.to_string())),
    }
}

/// Leaves whoever breaks in little: these ports, and what these folders hold. `outgrown` is told once memory can't be locked any
/// more.
pub(crate) fn close_in(ports: &[u16], folders: &[&Path], outgrown: oneshot::Sender<()>) {
    for what in confine(ports, folders, outgrown) {
        tell(&format!("sanctuary-join: {what}"));
    }
}

/// Whether somebody sits before a terminal that can show more than lines.
fn is_for_screen(common: &Common) -> bool {
    let is_dumb = env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    !common.plain && !common.json && !is_dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn looks() -> Looks {
    let told = |name| env::var(name).ok();
    let (no_color, colorterm, term) = (told("NO_COLOR"), told("COLORTERM"), told("TERM"));
    let colours = Colours::of(no_color.as_deref(), colorterm.as_deref(), term.as_deref());
    let ahead = time::UtcOffset::current_local_offset().map_or(0, time::UtcOffset::whole_seconds);
    Looks { colours, ahead }
}

/// An error with what caused it, in a line: some of it may be another machine's words.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let _ = write!(told, ": {cause}");
        next = cause.source();
    }
    harmless(&told).replace('\n', " ")
}

pub(crate) fn address(typed: &str) -> Result<Address, Failure> {
    typed.parse().map_err(|why| Failure::usage(&why))
}

fn alias(given: Option<&str>) -> Result<Alias, Failure> {
    match given {
        Some(given) => given.parse().map_err(|why| Failure::usage(&why)),
        None => answer(|terminal| terminal.ask("Alias"), str::parse),
    }
}

/// A room key and its password, or both in one.
fn ask_invitation() -> Result<Invitation, Failure> {
    let (room_key, password) = answer(
        |terminal| terminal.ask_unseen("Room key, or the whole invitation"),
        |typed| match Invitation::read(typed) {
            Ok(Invitation { room_key, password }) => Ok((room_key, Some(password))),
            Err(_) => typed.parse().map(|room_key| (room_key, None)),
        },
    )?;
    let password = match password {
        Some(password) => password,
        None => answer(|terminal| terminal.ask_unseen("Password"), Password::read)?,
    };
    Ok(Invitation { room_key, password })
}

/// Asks until the answer is understood, or somebody gives up.
fn answer<T, E: std::fmt::Display>(
    ask: impl Fn(&mut Terminal) -> io::Result<Zeroizing<String>>,
    read: impl Fn(&str) -> Result<T, E>,
) -> Result<T, Failure> {
    let mut terminal = terminal()?;
    loop {
        let typed = ask(&mut terminal).map_err(|why| no_terminal(&why))?;
        match read(&typed) {
            Ok(answer) => return Ok(answer),
            Err(why) => terminal.tell(&harmless(&why.to_string())).map_err(|why| no_terminal(&why))?,
        }
    }
}

fn terminal() -> Result<Terminal, Failure> {
    Terminal::open().map_err(|why| no_terminal(&why))
}

fn no_terminal(why: &io::Error) -> Failure {
    if why.kind() == io::ErrorKind::Interrupted {
        return Failure::usage(&"nothing was entered");
    }
    Failure(Exit::Usage, format!("no terminal to ask at ({why}): give the whole link, and --alias"))
}

fn link_of(descriptor: RawFd) -> Result<Zeroizing<String>, Failure> {
    let file = File::open(format!("/dev/fd/{descriptor}"));
    let file = file.map_err(|why| Failure(Exit::NoInput, format!("descriptor {descriptor}: {why}")))?;
    // A writer there sees that nobody reads on.
    let _ = close(descriptor);
    first_line(&mut BufReader::new(file))
}

/// Somebody at a terminal types it unseen. Where nothing but the link comes from elsewhere, the rest is typed at the
/// terminal.
fn from_stdin(common: &Common) -> Result<Zeroizing<String>, Failure> {
    if io::stdin().is_terminal() {
        return terminal()?.ask_unseen("Invitation's link").map_err(|why| no_terminal(&why));
    }
    let mut stdin = io::stdin().lock();
    let link = first_line(&mut stdin)?;
    let is_for_people = io::stdout().is_terminal() && !common.plain && !common.json;
    if is_for_people && stdin.fill_buf().is_ok_and(<[u8]>::is_empty) {
        terminal()?.becomes_stdin().map_err(|why| no_terminal(&why))?;
    }
    Ok(link)
}

fn first_line(from: &mut impl io::BufRead) -> Result<Zeroizing<String>, Failure> {
    match input::next(from) {
        Some(Input::Line(line)) if line.len() <= INVITATION_MOST => Ok(line),
        Some(_) => Err(Failure::usage(&"that is too long for a link")),
        None => Err(Failure(Exit::NoInput, "no link can be read there".to_owned())),
    }
}

/// Says of an address that holds an invitation why nothing is done with that, and who saw it.
pub(crate) fn invitation_is_not_read(typed: &str, why: &str) {
    if typed.contains('#') {
        tell(&format!("{IN_ARGUMENTS}. Its invitation is not read: {why}."));
    }
}

/// To whoever started this.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{}", harmless(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Told(&'static str, #[source] Option<Box<Told>>);

    #[test]
    fn an_error_is_a_line_that_no_terminal_obeys() {
        let cause = Told("the name \u{1b}]0;title\u{7}\n* Ada left\u{202e}", None);
        let error = Told("no handshake", Some(Box::new(cause)));
        assert_eq!(chain(&error), "no handshake: the name �]0;title� * Ada left�");
    }
}
