//! Why an alias is not taken.

use super::ALIAS_MOST;

/// Why an alias is not taken, and the first character that is wrong. Nothing else of the alias is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AliasError {
    /// No alias, or a long one.
    #[error("an alias has 1 to {ALIAS_MOST} characters")]
    Length,
    /// It would read as a command.
    #[error("an alias does not begin with “/”")]
    Slash,
    /// White space.
    #[error("an alias has no spaces ({})", code(*.character))]
    Space {
        /// The character that is wrong.
        character: char,
    },
    /// Drawn as nothing, a control character, or for private use.
    #[error("an alias has no invisible characters ({})", code(*.character))]
    Unseen {
        /// The character that is wrong.
        character: char,
    },
    /// Not assigned, or too new to be normalised by every browser.
    #[error("not every device knows the character {}", code(*.character))]
    Unknown {
        /// The character that is wrong.
        character: char,
    },
    /// A mark that is drawn around other characters.
    #[error("an alias has no characters that are drawn around others ({})", code(*.character))]
    Enclosing {
        /// The character that is wrong.
        character: char,
    },
    /// A mark too many on one base.
    #[error("the mark “◌{character}” ({}) is one too many on its letter", code(*.character))]
    Marks {
        /// The character that is wrong.
        character: char,
    },
    /// A mark at the beginning.
    #[error("the mark “◌{character}” ({}) has no letter to stand on", code(*.character))]
    Baseless {
        /// The character that is wrong.
        character: char,
    },
    /// Alphabets that look alike are mixed.
    #[error("“{character}” ({}, {alphabet}) can’t stand beside {beside} letters", code(*.character))]
    Mixed {
        /// The character that is wrong.
        character: char,
        /// The name of its alphabet.
        alphabet: &'static str,
        /// The name of the alphabet that the alias began with.
        beside: &'static str,
    },
    /// A joiner that joins nothing.
    #[error("the joiner {} changes nothing where it stands", code(*.character))]
    Joiner {
        /// The character that is wrong.
        character: char,
    },
    /// A piece of an emoji that is none, or not one that every device knows.
    #[error("{} makes no emoji there that every device knows", code(*.character))]
    Emoji {
        /// The character that is wrong.
        character: char,
    },
}

/// `U+0410`, as Unicode writes it.
fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
