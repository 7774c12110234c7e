//! Reads what is typed: a message, or a command that begins with a slash. The page reads it alike (web/src/commands.ts).

mod slips;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A message.
    Say(String),
    /// What one does.
    Act(String),
    /// Leaves; the farewell is empty where none was typed.
    Exit(String),
    /// Ends the room.
    Stop,
    /// Something about one member.
    On(OnMember, String, Option<usize>),
    /// Another alias of one's own.
    Alias(String),
    /// Gives the room another password.
    Relock,
    /// Shows one's own number.
    Number,
    /// Whispers to one member.
    Whisper(String, String),
    /// Whispers to the last who whispered.
    Answer(String),
    /// Lets nobody in any more, or again.
    Lock(bool),
    /// For how many seconds messages are to be seen; 0: they stay.
    Timer(u64),
    /// Tells of the commands.
    Help,
    /// Nothing was typed.
    Nothing,
    /// Not understood, and why.
    Mistake(Mistake),
}

/// What is done about one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnMember {
    /// Puts it out.
    Kick,
    /// Makes it keeper.
    Hand,
    /// Compares its number.
    Verify,
    /// Shows nothing of it.
    Ignore,
}

/// Why what was typed is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// A text that looks like a command, but does not begin as one.
    Slip,
    /// There is no such command.
    NoCommand(String),
    /// Something else has to follow the name.
    Usage(&'static Row),
}

/// What may follow a command's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// An alias, and a text.
    AliasAndText,
    /// A text.
    Text,
    /// One's own new alias.
    Name,
    /// An alias, and its number where several have it.
    Member,
    /// A text, perhaps.
    Farewell,
    /// How long.
    Time,
    /// Whatever follows at once.
    Message,
    /// The number of a message ...
    Line,
    /// ... with a text, ...
    LineAndText,
    /// ... or an emoji.
    LineAndEmoji,
}

impl Takes {
    /// As it is written in the help.
    #[must_use]
    pub fn written(self) -> &'static str {
        match self {
            Self::Nothing | Self::Message => "",
            Self::AliasAndText => " ALIAS TEXT",
            Self::Text => " TEXT",
            Self::Name => " NAME",
            Self::Member => " ALIAS",
            Self::Farewell => " [FAREWELL]",
            Self::Time => " 30s/5m/1h/7d/off",
            Self::Line => " N",
            Self::LineAndText => " N TEXT",
            Self::LineAndEmoji => " N EMOJI",
        }
    }
}

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: &'static str,
    /// What follows.
    pub takes: Takes,
    /// What it does, for the help; nothing where the line before tells it.
    pub help: &'static str,
}

pub(crate) const fn row(name: &'static str, takes: Takes, help: &'static str) -> Row {
    Row { name, takes, help }
}

/// Every command, in the order of the help.
pub static COMMANDS: [Row; 17] = [
    row("purr", Takes::AliasAndText, "whisper to one member"),
    row("r", Takes::Text, "whisper back to whoever last whispered to you"),
    row("me", Takes::Text, "say what you do"),
    row("alias", Takes::Name, "go by another alias"),
    row("ignore", Takes::Member, "see nothing more of a member, or all again; nobody is told"),
    row("exit", Takes::Farewell, "leave the room"),
    row("kick", Takes::Member, "put a member out, and give the room a new password"),
    row("stop", Takes::Nothing, "end the room for everyone"),
    row("lock", Takes::Nothing, "let nobody in any more, or again"),
    row("unlock", Takes::Nothing, ""),
    row("relock", Takes::Nothing, "give the room a new password"),
    row("timer", Takes::Time, "let what is said from now on disappear after that time, or stay"),
    row("keeper", Takes::Member, "make another member the keeper"),
    row("verify", Takes::Member, "compare the number of a member"),
    row("number", Takes::Nothing, "show your own number"),
    row("/", Takes::Message, "begin a message with a slash"),
    row("help", Takes::Nothing, "list the commands"),
];

/// Reads what was typed.
#[must_use]
pub fn parse(typed: &str) -> Command {
    if typed.chars().all(is_space) {
        return Command::Nothing;
    }
    let text = typed.trim_start_matches(is_unseen);
    let Some(after) = text.strip_prefix(SLASHES) else {
        let is_slip = slips::is_slip(text);
        return if is_slip { Command::Mistake(Mistake::Slip) } else { Command::Say(typed.to_owned()) };
    };
    if after.starts_with(SLASHES) {
        // Of two slashes the first goes, and all else stays as it was typed.
        let unseen = &typed[..typed.len() - text.len()];
        return Command::Say(format!("{unseen}{after}"));
    }
    let (name, rest) = split(after);
    let Some(row) = COMMANDS.iter().find(|row| row.name == name) else {
        return Command::Mistake(Mistake::NoCommand(name));
    };
    // A command with more after it than it takes is not carried out: it might not be meant.
    made(row, rest).unwrap_or(Command::Mistake(Mistake::Usage(row)))
}

/// A command's name, and what follows it; nothing where a message was typed.
pub(crate) fn named(typed: &str) -> Option<(String, &str)> {
    let after = typed.trim_start_matches(is_unseen).strip_prefix(SLASHES)?;
    (!after.starts_with(SLASHES)).then(|| split(after))
}

/// What follows `/r` as soon as that stands there: from then on it is for one alone.
pub(crate) fn answer_in(typed: &str) -> Option<&str> {
    let after = typed.trim_start_matches(is_unseen).strip_prefix(SLASHES)?;
    let (word, rest) = after.split_once(is_space)?;
    (name_of(word) == "r").then_some(rest)
}

fn split(after: &str) -> (String, &str) {
    let after = after.trim_end_matches(is_space);
    let (word, rest) = after.split_at(after.find(is_space).unwrap_or(after.len()));
    (name_of(word), rest.trim_start_matches(is_space))
}

fn name_of(word: &str) -> String {
    word.nfkc().collect::<String>().to_lowercase()
}

/// The row of a command that there is.
#[must_use]
pub fn usage(name: &str) -> Mistake {
    COMMANDS.iter().find(|row| row.name == name).map_or(Mistake::Slip, Mistake::Usage)
}

fn made(row: &Row, rest: &str) -> Option<Command> {
    let text = || (!rest.is_empty()).then(|| rest.to_owned());
    let nothing = |command| rest.is_empty().then_some(command);
    let word = || (!rest.is_empty() && !rest.contains(is_space)).then(|| rest.to_owned());
    let on = |what| member(rest).map(|(alias, nth)| Command::On(what, alias, nth));
    match row.name {
        "purr" => {
            let (alias, text) = rest.split_once(is_space)?;
            let text = text.trim_start_matches(is_space);
            (!text.is_empty()).then(|| Command::Whisper(alias.to_owned(), text.to_owned()))
        }
        "r" => text().map(Command::Answer),
        "me" => text().map(Command::Act),
        "alias" => word().map(Command::Alias),
        "ignore" => on(OnMember::Ignore),
        "exit" => Some(Command::Exit(rest.to_owned())),
        "kick" => on(OnMember::Kick),
        "stop" => nothing(Command::Stop),
        "lock" => nothing(Command::Lock(true)),
        "unlock" => nothing(Command::Lock(false)),
        "relock" => nothing(Command::Relock),
        "timer" => seconds(rest).map(Command::Timer),
        "keeper" => on(OnMember::Hand),
        "verify" => on(OnMember::Verify),
        "number" => nothing(Command::Number),
        "help" => nothing(Command::Help),
        _ => None,
    }
}

/// An alias, and its number where several have it.
pub(crate) fn member(rest: &str) -> Option<(String, Option<usize>)> {
    let mut words = rest.split(is_space).filter(|word| !word.is_empty());
    let alias = words.next()?.to_owned();
    let nth = match words.next() {
        None => None,
        Some(nth) => Some(ordinal(nth).filter(|_| !nth.starts_with('0'))?),
    };
    words.next().is_none().then_some((alias, nth))
}

/// One to three digits.
#[must_use]
pub fn ordinal(digits: &str) -> Option<usize> {
    let is_short = (1..=3).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_short { digits.parse().ok() } else { None }
}

fn seconds(rest: &str) -> Option<u64> {
    if rest.eq_ignore_ascii_case("off") {
        return Some(0);
    }
    let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=9).contains(end))?;
    let (count, unit) = rest.split_at(end);
    let each = match unit.trim_start_matches(is_space).to_ascii_lowercase().as_str() {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    Some(count.parse::<u64>().ok()? * each)
}

/// The slash, and the full-width one that input methods write.
pub(crate) const SLASHES: [char; 2] = ['/', '／'];

/// As JavaScript has it.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || c != '\u{85}' && c.is_whitespace()
}

/// Blanks, controls, fillers, marks on nothing, all unseen; slashes laid over others are seen.
fn is_unseen(c: char) -> bool {
    let group = c.general_category_group();
    let is_blank = c.is_whitespace()
        || matches!(group, GeneralCategoryGroup::Other | GeneralCategoryGroup::Mark)
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' | '\u{fffc}')
        || matches!(c, '\u{13441}' | '\u{13442}' | '\u{1d159}');
    is_blank && !matches!(c, '\u{337}' | '\u{338}')
}

#[cfg(test)]
mod tests;
