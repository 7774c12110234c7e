//! Invitations, `#K7QM-4XZD:PASSWORD` after the page's address: as they are written, and as they
//! are read once messengers and people have passed them on (protocol, section 1).

mod escapes;
mod link;
#[cfg(test)]
mod tests;

use zeroize::Zeroizing;

use self::escapes::{Escape, decoded, encoded, escape, is_written};
use self::link::{linked_password, read_link};
use super::lenient::{is_invisible, plain};
use super::{CodeError, Password, RoomKey, base32};

/// Bytes of the longest text that an invitation is looked for in.
pub const INVITATION_MOST: usize = 4096;

/// Characters before a room key within a sentence that may belong to it.
const BEFORE_MOST: usize = 16;

/// Symbols of a room key.
const KEY_SYMBOLS: usize = 8;

/// Symbols of a room key and a generated password.
const BOTH_SYMBOLS: usize = KEY_SYMBOLS + 16;

/// Quotes, brackets and Markdown's marks: each that opens, with the one that closes it.
const PAIRS: &str = "()[]{}<>\"\"''``**__~~«»»«‹››‹“”„“„”””‘’‚‘‚’「」『』《》〈〉【】〔〕";

/// A room key and its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The room.
    pub room_key: RoomKey,
    /// What opens it.
    pub password: Password,
}

impl Invitation {
    /// Reads a link, the end of one, or a room key and its password, whatever got attached to it.
    /// Nothing is dropped that was typed by hand after the room key.
    pub fn read(typed: &str) -> Result<Self, CodeError> {
        if typed.len() > INVITATION_MOST {
            return Err(CodeError::InvitationLong);
        }
        read_typed(typed, true)
            .or_else(|| read_link(typed))
            .or_else(|| read_typed(typed, false))
            .or_else(|| read_sentence(typed))
            .or_else(|| read_spoken(typed))
            .ok_or(CodeError::Invitation)
    }

    /// The fragment, with its `#`: a generated password in its groups, of any other all but ASCII's letters and
    /// digits percent-encoded, so that it ends in one of them. The page's address goes before it.
    #[must_use]
    pub fn write(&self) -> Zeroizing<String> {
        let password = self.password.write();
        let mut written = Zeroizing::new(String::with_capacity(16 + 3 * password.len()));
        written.push('#');
        written.push_str(&self.room_key.to_string());
        written.push(':');
        if self.password.is_generated() {
            written.push_str(&password);
        } else {
            written.push_str(&encoded(&password));
        }
        written
    }
}

/// A hyphened room key somewhere in a text, with a colon after it and no `#` before it.
fn read_sentence(text: &str) -> Option<Invitation> {
    let at = within_sentence(text)?;
    let rest = &text[at..];
    let word = text[..at].rsplit(char::is_whitespace).next()?;
    if !format!("{word}{}", rest.split(is_word).next()?).contains("://") {
        return read_typed(rest, true);
    }
    // A link whose `#` was lost, or made a `*`; of more that became one, nothing can be read.
    if rest.matches('*').count() > 1 { None } else { read_link(&Zeroizing::new(format!("#{rest}"))) }
}

/// The symbols of both and nothing else, as they are read aloud: in groups of any size.
fn read_spoken(text: &str) -> Option<Invitation> {
    let mut symbols = Zeroizing::new(String::with_capacity(BOTH_SYMBOLS));
    let visible = text.chars().filter(|&c| !is_invisible(c)).map(plain);
    for c in visible.filter(|&c| c != '-' && !c.is_whitespace()) {
        base32::value(c)?;
        if symbols.len() == BOTH_SYMBOLS {
            return None;
        }
        symbols.push(c);
    }
    // Without a digit, these may be words.
    if symbols.len() < BOTH_SYMBOLS || !symbols.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (key, password) = symbols.split_at(KEY_SYMBOLS);
    Some(Invitation { room_key: key.parse().ok()?, password: Password::read(password).ok()? })
}

/// A room key and its password, without a `#` before them.
fn read_typed(typed: &str, hyphened: bool) -> Option<Invitation> {
    let start = typed.find(|c| is_word(plain(c)) || plain(c) == '%')?;
    let (before, rest) = typed.split_at(start);
    if before.contains(['#', '＃']) {
        return None;
    }
    let key = end_of_key(rest)?;
    let (key, rest) = rest.split_at(key);
    let rest = rest.trim_start_matches(is_invisible);
    let blank = rest.len() - rest.trim_start().len();
    let colon = separator(&rest[blank..]).filter(|colon| blank == 0 || colon.depth == 0);
    let length = colon.as_ref().map_or(blank, |colon| blank + colon.length);
    // Words before a blank are no room key.
    if length == 0
        || hyphened != key.contains(|c| plain(c) == '-')
        || colon.is_none() && key.contains(char::is_whitespace)
    {
        return None;
    }
    let rest = &rest[length..];
    let password = match colon {
        Some(colon) if colon.depth > 0 => linked_password(rest, colon.depth, 0)?,
        _ => typed_password(rest, before, hyphened && colon.is_some())?,
    };
    Some(Invitation { room_key: key.parse().ok()?, password })
}

/// Where a room key ends that `text` begins with.
fn end_of_key(text: &str) -> Option<usize> {
    let mut symbols = 0;
    for (at, c) in text.char_indices() {
        let c = plain(c);
        if base32::value(c).is_some() {
            symbols += 1;
        } else if symbols == 0 || !(c == '-' || c.is_whitespace() || is_invisible(c)) {
            return None;
        }
        if symbols == KEY_SYMBOLS {
            return Some(at + text[at..].chars().next()?.len_utf8());
        }
    }
    None
}

/// Where `before` and a hyphened room key with its colon begin in a sentence.
fn within_sentence(text: &str) -> Option<usize> {
    let places: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, plain(c))).collect();
    let is_key = |from: usize| {
        let key = places.get(from..from + KEY_SYMBOLS + 1)?;
        let symbols = |part: &[(usize, char)]| part.iter().all(|&(_, c)| base32::value(c).is_some());
        let colon = places[from + KEY_SYMBOLS + 1..].iter().find(|(_, c)| !c.is_whitespace())?;
        (symbols(&key[..4]) && key[4].1 == '-' && symbols(&key[5..]) && colon.1 == ':').then_some(())
    };
    let stands_apart = |&(_, c): &(usize, char)| !is_word(c) && c != '%';
    let key = (1..places.len()).find(|&at| stands_apart(&places[at - 1]) && is_key(at).is_some())?;
    let run = places[..key].iter().rev().take(BEFORE_MOST).take_while(|&place| stands_apart(place)).count();
    Some(places[key - run].0)
}

/// The password as it was typed, unless it is in the form that invitations have; encoded only after their colon.
fn typed_password(typed: &str, before: &str, may_be_encoded: bool) -> Option<Password> {
    let mut password = typed.trim_start_matches(is_invisible);
    password = password.trim_end_matches(|c| is_invisible(c) || matches!(c, '\r' | '\n'));
    for opener in before.chars().rev() {
        password = unwrapped(password, plain(opener));
    }
    if let Some(generated) = generated(password.trim_start_matches(|c| !is_word(c))) {
        return Some(generated);
    }
    let end = password.find(|c: char| !c.is_ascii_alphanumeric() && c != '%').unwrap_or(password.len());
    let (written, attached) = password.split_at(end);
    let is_attached = !attached.contains(|c| is_word(c) || c == '%');
    if may_be_encoded && is_attached && written.contains('%') && is_written(written) {
        return Password::read(&decoded(written)?).ok();
    }
    Password::read(password).ok()
}

/// Without what closes that which opens before it, and what follows that.
fn unwrapped(text: &str, opener: char) -> &str {
    let pairs = PAIRS.chars().step_by(2).zip(PAIRS.chars().skip(1).step_by(2));
    for (_, closer) in pairs.filter(|pair| pair.0 == opener) {
        if let Some(end) = text.rfind(|c| plain(c) == closer)
            && end > 0
            && !text[end..].contains(is_word)
        {
            return &text[..end];
        }
    }
    text
}

/// The colon that `text` begins with, full-width or encoded perhaps.
fn separator(text: &str) -> Option<Escape> {
    match text.chars().next()? {
        c @ (':' | '：') => Some(Escape { length: c.len_utf8(), depth: 0 }),
        '%' => escape(text, &["3A", "EFBC9A"]),
        _ => None,
    }
}

/// The generated password that `text` begins with, in its groups, broken anywhere.
fn generated(text: &str) -> Option<Password> {
    let mut symbols = Zeroizing::new(String::with_capacity(16));
    let mut visible = text.chars().filter(|&c| !is_invisible(c)).map(plain).peekable();
    for group in 0..4 {
        for _ in 0..4 {
            while visible.next_if(|c| c.is_whitespace()).is_some() {}
            symbols.push(visible.next_if(|&c| base32::value(c).is_some())?);
        }
        if group < 3 {
            while visible.next_if(|c| c.is_whitespace()).is_some() {}
            visible.next_if_eq(&'-')?;
        }
    }
    if visible.peek().is_some_and(|&c| is_word(c)) { None } else { Password::read(&symbols).ok() }
}

/// A letter or digit of any script.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}
