//! The command line as typed, and what each command comes to.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PathBufValueParser, TypedValueParser as _};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::config::{ConfigError, DEFAULT_FILE, ListenAddress, Settings, user_name};
use crate::daemon::{self, DaemonError, DryRun};
use crate::doctor;
use crate::exit::Exit;
use crate::hardening;
use crate::join::{self, JoinError};
use crate::unit::{self, Unit};

/// Columns that the help fills on a wider terminal.
const WIDTH: usize = 80;

const EXAMPLES: &str = "\
Examples:
  sanctuary                       serve on port 80, or as the configuration says
  sanctuary --listen 8080         serve on port 8080, which needs no root
  sanctuary --listen 127.0.0.1:8080
                                  serve this machine alone, say a proxy on it
  sanctuary check                 say what is wrong with the configuration
  sanctuary doctor                say where the page is, and what is in its way
  sanctuary join http://pi.local/
                                  be in a room from this terminal";

const LISTEN: &str = "\
Listen on ADDR instead of the configured addresses

ADDR is a port, \"8080\", for every address of this machine, or an address and a port, \
\"192.168.1.5:80\", \"[fd00::5]:80\". May be given several times.";

/// A chatroom with zero logging and total transience.
///
/// Serves the chat's page and its rooms, from memory alone: when the last member of a room leaves, or the
/// daemon stops, nothing is left.
#[derive(Debug, Parser)]
#[command(name = "sanctuary", version, args_conflicts_with_subcommands = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve; what `sanctuary` by itself does, too
    Serve(Serve),
    /// Say what is wrong with the configuration, and whether the daemon can start with it
    ///
    /// Does all that the daemon does at its start but listen: as the service would, where that is installed and reads
    /// these settings, or else as you would. As root it says for certain what the service can read.
    Check(Serve),
    /// Say where to open the page, and what on this machine stands in the way
    Doctor(Serve),
    /// Be in a room from this terminal: sanctuary-join(1), a package of its own
    Join(Handed),
    /// Open a room from this terminal, by the same
    Open(Handed),
    /// Compare the page that a server hands out with what releases hold, by the same
    Verify(Handed),
}

/// What is handed on as it stands, options and all.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
struct Handed {
    /// As sanctuary-join(1) has it
    #[arg(value_name = "ARGUMENTS", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

#[derive(Clone, Debug, Args)]
struct Serve {
    /// Read the settings from FILE
    #[arg(short, long, value_name = "FILE", long_help = config_help(), value_parser = PathBufValueParser::new().try_map(whole))]
    config: Option<PathBuf>,

    /// Listen on ADDR instead of the configured addresses
    #[arg(short, long, value_name = "ADDR", long_help = LISTEN)]
    listen: Vec<ListenAddress>,

    /// Become USER when started as root, instead of the configured user
    #[arg(short, long, value_name = "USER", value_parser = user_name)]
    user: Option<String>,
}

impl Serve {
    fn is_empty(&self) -> bool {
        self.config.is_none() && self.listen.is_empty()
    }

    fn settings(&self) -> Result<Settings, ConfigError> {
        let mut settings = Settings::load(self.config.as_deref())?.with_listen(&self.listen)?;
        if let Some(user) = &self.user {
            settings.user.clone_from(user);
        }
        Ok(settings)
    }

    /// The service, where it is what these arguments and `settings` are for.
    fn unit(&self, settings: &Settings) -> Option<Unit> {
        if !self.listen.is_empty() || self.user.is_some() {
            return None;
        }
        let is_its_own = |unit: &Unit| {
            let read = served_by(&unit.command_line()).and_then(|its| its.config);
            read.unwrap_or_else(|| DEFAULT_FILE.into()) == settings.file
        };
        Unit::installed().filter(is_its_own)
    }
}

fn config_help() -> String {
    format!("Read the settings from FILE\n\nWithout this option {DEFAULT_FILE} is read if it exists.")
}

/// The daemon may change its directory before it reads the file again.
fn whole(path: PathBuf) -> io::Result<PathBuf> {
    std::path::absolute(path)
}

/// The command line's definition, from which man pages and completions are made.
#[must_use]
pub fn command() -> clap::Command {
    let mut statuses = String::from("Exit status:\n");
    for exit in Exit::ALL {
        let _ = writeln!(statuses, "  {:>2}  {}", exit.status(), exit.meaning());
    }
    CommandLine::command()
        .max_term_width(WIDTH)
        .after_help(EXAMPLES)
        .after_long_help(format!("{EXAMPLES}\n\n{}", statuses.trim_end()))
}

/// Does what the process's command line says.
#[must_use]
pub fn main() -> ExitCode {
    run(std::env::args_os()).into()
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let parsed =
        command().try_get_matches_from(arguments).and_then(|matches| CommandLine::from_arg_matches(&matches));
    let result = match parsed {
        Err(answer) => return print_answer(&answer),
        Ok(CommandLine { command: Some(Command::Check(arguments)), .. }) => check(&arguments),
        Ok(CommandLine { command: Some(Command::Doctor(arguments)), .. }) => examine(&arguments),
        Ok(CommandLine { command: Some(Command::Join(handed)), .. }) => hand_on(None, handed),
        Ok(CommandLine { command: Some(Command::Open(handed)), .. }) => hand_on(Some("open"), handed),
        Ok(CommandLine { command: Some(Command::Verify(handed)), .. }) => hand_on(Some("verify"), handed),
        Ok(
            CommandLine { command: Some(Command::Serve(arguments)), .. }
            | CommandLine { serve: arguments, .. },
        ) => {
            // Nobody may be there to read what a daemon says at its start.
            return serve(arguments).unwrap_or_else(|Failure { why, exit }| {
                hardening::complain(&why);
                exit
            });
        }
    };
    result.unwrap_or_else(|Failure { why, exit }| {
        let _ = writeln!(io::stderr(), "{why}");
        exit
    })
}

/// Why a command ended, for standard error.
struct Failure {
    why: String,
    exit: Exit,
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let exit = match &error {
            ConfigError::Unreadable { .. } => Exit::NoInput,
            ConfigError::Covered { .. } | ConfigError::TooManyAddresses => Exit::Usage,
            // Each line begins with its place in the file, as editors like it.
            ConfigError::Faults { .. } => return Self { why: error.to_string(), exit: Exit::Config },
        };
        Self { why: format!("sanctuary: {error}"), exit }
    }
}

impl From<DaemonError> for Failure {
    fn from(error: DaemonError) -> Self {
        Self { why: format!("sanctuary: {error}"), exit: error.exit() }
    }
}

impl From<JoinError> for Failure {
    fn from(error: JoinError) -> Self {
        let exit = match error {
            JoinError::Missing(_) => Exit::Unavailable,
            JoinError::Unusable { .. } => Exit::OsError,
        };
        Self { why: format!("sanctuary: {error}"), exit }
    }
}

/// To `sanctuary-join`, whose command it is.
fn hand_on(command: Option<&str>, handed: Handed) -> Result<Exit, Failure> {
    Err(join::exec(command.map(OsString::from).into_iter().chain(handed.arguments)).into())
}

fn serve(arguments: Serve) -> Result<Exit, Failure> {
    let settings = arguments.settings()?;
    Ok(daemon::run(settings, move || arguments.settings())?)
}

fn check(arguments: &Serve) -> Result<Exit, Failure> {
    let settings = arguments.settings()?;
    let unit = arguments.unit(&settings);
    // At a reload the service itself asks: it knows its own ports, and may look at no other
    // process.
    let is_service =
        unit.as_ref().is_some_and(|unit| !hardening::is_root() && hardening::can_be(unit.user()));
    let dry_run = DryRun::new(unit.as_ref(), if is_service { &doctor::own_holder } else { &doctor::holder });
    let file = settings.file.display();
    let mut found = if settings.file.exists() {
        format!("{file} is fine")
    } else {
        format!("{file} is not there, so every setting is at its default")
    };
    if let Some(unit) = &unit {
        let _ = write!(found, " for {}, which runs as {}", unit::NAME, unit.user());
    }
    let report = daemon::check(&settings, &dry_run)?;
    if dry_run.is_unprivileged {
        found += ", as far as you can see";
    }
    for warning in report.warnings.iter().chain(&report.limitations) {
        let _ = write!(found, "\nnote: {warning}");
    }
    // A reader that has gone away needs no answer.
    let _ = writeln!(io::stdout(), "{found}");
    Ok(Exit::Success)
}

fn examine(arguments: &Serve) -> Result<Exit, Failure> {
    let running = doctor::Running::look();
    let its = running.command_line(served_by);
    // A question without options is about the daemon that runs, whatever its options are.
    let theirs = its.as_ref().map(|its| (its, its.settings()));
    let (arguments, settings, running) = match theirs {
        // The daemon's own settings may be gone, broken or unreadable to us.
        Some((_, Err(error))) if arguments.is_empty() => {
            (arguments, arguments.settings()?, running.unread(&error))
        }
        Some((its, settings)) if arguments.is_empty() => (its, settings?, running),
        Some((_, Ok(its))) => {
            let settings = arguments.settings()?;
            let is_others = (&its.file, &its.listen) != (&settings.file, &settings.listen);
            (arguments, settings, if is_others { doctor::Running::default() } else { running })
        }
        // A question about other settings is not about the daemon that runs.
        Some((_, Err(_))) => (arguments, arguments.settings()?, doctor::Running::default()),
        None => (arguments, arguments.settings()?, running),
    };
    let unit = arguments.unit(&settings);
    // The diagnosis tells by itself who has a port.
    let mut dry_run = DryRun::new(unit.as_ref(), &|_| Some("sanctuary".to_owned()));
    dry_run.is_unprivileged |= running.has_more_rights();
    let diagnosis = doctor::examine(&settings, &running, || daemon::check(&settings, &dry_run));
    let _ = write!(io::stdout(), "{diagnosis}");
    Ok(if diagnosis.is_healthy() { Exit::Success } else { Exit::Unhealthy })
}

/// What a daemon with this command line serves.
fn served_by(command_line: &[OsString]) -> Option<Serve> {
    let matches = command().try_get_matches_from(command_line).ok()?;
    match CommandLine::from_arg_matches(&matches).ok()? {
        CommandLine { command: None, serve } | CommandLine { command: Some(Command::Serve(serve)), .. } => {
            Some(serve)
        }
        CommandLine { .. } => None,
    }
}

/// Prints the help or the version that was asked for, or what is wrong with the command line.
fn print_answer(answer: &clap::Error) -> Exit {
    // A fault quotes what was typed, and a link has a password in it.
    if answer.context().any(|(_, value)| value.to_string().contains('#')) {
        let _ = writeln!(io::stderr(), "sanctuary: links are for `sanctuary join`");
        return Exit::Usage;
    }
    let _ = answer.print();
    match answer.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Success,
        _ => Exit::Usage,
    }
}
