//! What a member gives to whom it would see in the room, `#K7QM-4XZD:PASSWORD` after the page's address, and what is
//! read of it once messengers and people have passed it on (protocol, section 1).

use zeroize::Zeroizing;

use super::escapes::{Escape, WRAPPED_MOST, beyond_ascii, decoded, encoded, escape, is_written, unescaped};
use super::typed::{as_sent, is_invisible, narrow, plain};
use super::{CodeError, Password, RoomKey, base32};

/// Bytes of the longest text that an invitation is looked for in.
pub const INVITATION_MOST: usize = 4096;

/// Characters before a room key within a sentence that may belong to it.
const BEFORE_MOST: usize = 16;

/// Symbols of a room key.
const KEY_SYMBOLS: usize = 8;

/// Symbols of a room key and a generated password.
const BOTH_SYMBOLS: usize = KEY_SYMBOLS + 16;

/// Room keys after a `#` that are looked at in one text.
const LINKS_MOST: usize = 16;

/// What opens and what closes, in pairs; Markdown's marks among them.
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
    /// Reads a link, the end of one, or a room key and its password, whatever got attached to it. Of what was typed
    /// by hand after the room key, nothing is dropped.
    pub fn read(typed: &str) -> Result<Self, CodeError> {
        if typed.len() > INVITATION_MOST {
            return Err(CodeError::InvitationLong);
        }
        typed_pair(typed, true)
            .or_else(|| linked_pair(typed))
            .or_else(|| typed_pair(typed, false))
            .or_else(|| in_sentence(typed))
            .or_else(|| spoken(typed))
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
fn in_sentence(text: &str) -> Option<Invitation> {
    let at = within_sentence(text)?;
    let rest = &text[at..];
    let word = text[..at].rsplit(char::is_whitespace).next()?;
    if !format!("{word}{}", rest.split(is_word).next()?).contains("://") {
        return typed_pair(rest, true);
    }
    // A link whose `#` was lost, or made a `*`; of more that became one, nothing can be read.
    if rest.matches('*').count() > 1 { None } else { linked_pair(&Zeroizing::new(format!("#{rest}"))) }
}

/// The symbols of both and nothing else, as they are read aloud: in groups of any size.
fn spoken(text: &str) -> Option<Invitation> {
    let mut symbols = Zeroizing::new(String::with_capacity(BOTH_SYMBOLS));
    let visible = text.chars().filter(|&c| !is_invisible(c)).map(plain);
    for c in visible.filter(|&c| c != '-' && !c.is_whitespace()) {
        base32::value(c).filter(|_| symbols.len() < BOTH_SYMBOLS)?;
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
fn typed_pair(typed: &str, hyphened: bool) -> Option<Invitation> {
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

/// What follows a `#`, which may have been encoded together with the whole link.
fn linked_pair(typed: &str) -> Option<Invitation> {
    let sent = as_sent(typed);
    let mut flat = Zeroizing::new(String::with_capacity(sent.len()));
    flat.extend(sent.chars().filter(|&c| !is_invisible(c)).map(narrow));
    // Where the last `#` before a colon ends, and how often it was encoded.
    let mut hash = None;
    let mut tries = 0;
    for (at, c) in flat.char_indices() {
        let rest = &flat[at..];
        if c == '#' {
            hash = Some((at + 1, 0));
        } else if let Some(found) = escape(rest, &["23"]) {
            hash = Some((at + found.length, found.depth));
        } else if let Some(colon) = separator(rest)
            && let Some((key, depth)) = hash.take()
            && let Ok(room_key) = unescaped(&flat[key..at]).parse()
        {
            tries += 1;
            if tries > LINKS_MOST {
                return None;
            }
            let (most, least) = (colon.depth.max(depth), colon.depth.min(depth));
            if let Some(password) = linked_password(&rest[colon.length..], most, least) {
                return Some(Invitation { room_key, password });
            }
        }
    }
    None
}

/// The colon that `text` begins with, full-width or encoded perhaps.
fn separator(text: &str) -> Option<Escape> {
    match text.chars().next()? {
        c @ (':' | '：') => Some(Escape { length: c.len_utf8(), depth: 0 }),
        '%' => escape(text, &["3A", "EFBC9A"]),
        _ => None,
    }
}

/// In a link, all but letters and digits of a password is encoded: with anything else, what was attached begins. The
/// password may have been encoded again up to `most` times; where it was surely `least` times, further parameters of
/// the link may have been as well.
fn linked_password(text: &str, most: usize, least: usize) -> Option<Password> {
    let folded = Zeroizing::new(beyond_ascii(text));
    if let Some(generated) = generated(&folded) {
        return Some(generated);
    }
    // Of half a generated password, nobody shall think that it is one.
    if is_half(&folded) {
        return None;
    }
    let line = unbroken(text.trim_start());
    let line = before_parameters(&line, least);
    let mut end = 0;
    for (at, c) in line.char_indices() {
        let goes_on = |c: u8| c.is_ascii_alphanumeric() || c == b'%';
        let interior =
            matches!(c, '-' | '.' | '_' | '~') && line.as_bytes().get(at + 1).is_some_and(|&c| goes_on(c));
        if !interior && !u8::try_from(c).is_ok_and(goes_on) {
            break;
        }
        end = at + 1;
    }
    let mut written = Zeroizing::new(line[..end].to_owned());
    for _ in 0..most.min(WRAPPED_MOST) {
        match decoded(&written) {
            Some(inner) if is_written(&inner) => written = inner,
            _ => break,
        }
    }
    Password::read(&decoded(&written)?).ok()
}

/// Without the breaks of a line that are in an escape or before one.
fn unbroken(text: &str) -> Zeroizing<String> {
    let mut line = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        line.push_str(&rest[..at]);
        let after = rest[at..].trim_start_matches(['\r', '\n']);
        let in_escape = line.ends_with('%') || {
            let mut last = line.bytes().rev();
            last.next().is_some_and(|byte| byte.is_ascii_hexdigit()) && last.next() == Some(b'%')
        };
        let word = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        let digits = word.strip_prefix('%').map_or(&[][..], str::as_bytes);
        let before_escape = digits.len() >= 2 && digits[..2].iter().all(u8::is_ascii_hexdigit);
        if !in_escape && !before_escape {
            return line;
        }
        rest = after;
    }
    line.push_str(rest);
    line
}

/// Without `&name=` and what follows, where they were encoded together with the link.
fn before_parameters(line: &str, least: usize) -> &str {
    let shallow = |text: &str, of| escape(text, &[of]).filter(|found| found.depth <= least);
    for (at, _) in line.match_indices('%') {
        if let Some(and) = shallow(&line[at..], "26") {
            let rest = &line[at + and.length..];
            let value = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            if value.len() < rest.len() && shallow(value, "3D").is_some() {
                return &line[..at];
            }
        }
    }
    line
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

/// Whether `text` begins with a generated password of which something is missing.
fn is_half(text: &str) -> bool {
    let mut visible = text.trim_start().chars().filter(|&c| !is_invisible(c)).map(plain).peekable();
    let is_symbol = |c: &char| base32::value(*c).is_some() && !c.is_ascii_lowercase() && !"OIL".contains(*c);
    for group in 0..4 {
        let whole = (0..4).all(|_| visible.next_if(is_symbol).is_some());
        if group == 3 || !whole || visible.next_if_eq(&'-').is_none() {
            return group > 0 && !visible.peek().is_some_and(|&c| is_word(c) || "-%".contains(c));
        }
        while visible.next_if(|c| c.is_whitespace()).is_some() {}
    }
    false
}

/// A letter or digit of any script.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    static VECTORS: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(include_str!("../../testdata/invitations.json")).unwrap());

    /// The rows of a list; a text alone is a row of its own.
    fn rows(name: &str) -> Vec<Vec<Value>> {
        let rows = VECTORS[name].as_array().unwrap().clone();
        rows.into_iter().map(|row| row.as_array().cloned().unwrap_or_else(|| vec![row])).collect()
    }

    fn text(value: &Value) -> &str {
        value.as_str().unwrap()
    }

    fn of(password: &str) -> Invitation {
        Invitation { room_key: "K7QM-4XZD".parse().unwrap(), password: Password::read(password).unwrap() }
    }

    /// As a browser's `encodeURIComponent` has it.
    fn wrapped(link: &str, times: u64) -> String {
        let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
        let once = |link: String| {
            link.bytes().map(|b| if kept(b) { char::from(b).into() } else { format!("%{b:02X}") }).collect()
        };
        (0..times).fold(link.to_owned(), |link, _| once(link))
    }

    #[test]
    fn invitations_are_written_as_the_vectors_are() {
        for row in rows("written") {
            let fragment = format!("#K7QM-4XZD:{}", text(&row[1]));
            let invitation = of(text(&row[0]));
            assert_eq!(*invitation.write(), fragment);
            assert_eq!(Invitation::read(&fragment), Ok(invitation), "{fragment}");
        }
    }

    #[test]
    fn what_got_attached_to_an_invitation_is_left_out() {
        for row in rows("read") {
            assert_eq!(Invitation::read(text(&row[0])), Ok(of(text(&row[1]))), "{row:?}");
        }
    }

    #[test]
    fn what_holds_no_invitation_is_none() {
        for row in rows("none") {
            assert_eq!(Invitation::read(text(&row[0])), Err(CodeError::Invitation), "{row:?}");
        }
    }

    #[test]
    fn a_room_key_is_read_in_whatever_stands_around_it() {
        for row in rows("keys") {
            assert_eq!(text(&row[0]).parse(), Ok(of("x").room_key), "{row:?}");
        }
        for row in rows("no_keys") {
            assert_eq!(text(&row[0]).parse::<RoomKey>(), Err(CodeError::RoomKey), "{row:?}");
        }
    }

    #[test]
    fn only_what_can_be_an_invitation_is_looked_through() {
        let link = "https://example.org/#K7QM-4XZD:sesame";
        assert_eq!(Invitation::read(&format!("{link:>INVITATION_MOST$}")), Ok(of("sesame")));
        let long = Invitation::read(&format!("{link:>0$}", INVITATION_MOST + 1));
        assert_eq!(long, Err(CodeError::InvitationLong));
    }

    #[test]
    fn of_many_room_keys_only_the_first_are_looked_at() {
        let after =
            |broken| Invitation::read(&format!("{}#K7QM-4XZD:sesame", "#K7QM-4XZD:% ".repeat(broken)));
        assert_eq!(after(LINKS_MOST - 1), Ok(of("sesame")));
        assert_eq!(after(LINKS_MOST), Err(CodeError::Invitation));
    }

    fn passwords() -> impl Strategy<Value = String> {
        let marks = prop::sample::select("ab0-._~!*'()\"%&#?:;<>[]{}«» é".chars().collect::<Vec<_>>());
        prop_oneof![
            "\\PC{1,40}",
            prop::collection::vec(marks, 1..40).prop_map(String::from_iter),
            "[0-9A-HJKMNP-TV-Z]{16}",
        ]
    }

    proptest! {
        #[test]
        fn any_password_comes_through_any_messenger(password in passwords()) {
            let invitation = of(&password);
            let written = invitation.write();
            prop_assert!(written.bytes().last().is_some_and(|last| last.is_ascii_alphanumeric()));
            for address in ["http://192.168.1.5:8080/", "https://chat.example.org/a/b/", ""] {
                for row in rows("around") {
                    let link = wrapped(&format!("{address}{}", *written), row[1].as_u64().unwrap());
                    let passed_on = format!("{}{link}{}", text(&row[0]), text(&row[2]));
                    prop_assert_eq!(Invitation::read(&passed_on), Ok(invitation.clone()), "{}", passed_on);
                }
            }
        }

        #[test]
        fn a_password_typed_by_hand_after_the_room_key_is_read_as_it_is(password in passwords()) {
            prop_assume!(!is_written(&password) || !password.contains('%'));
            prop_assert_eq!(Invitation::read(&format!("K7QM-4XZD:{password}")), Ok(of(&password)));
        }

        #[test]
        fn a_password_after_a_blank_is_never_taken_for_encoded(password in passwords()) {
            prop_assume!(!password.starts_with(|c: char| c == ':' || c == '：' || c.is_whitespace()));
            prop_assert_eq!(Invitation::read(&format!("k7qm4xzd {password}")), Ok(of(&password)));
        }

        #[test]
        fn anything_is_read_or_refused(typed in any::<String>(), close in "[K7QM4XZD:#%25 3A\n.\"(-]{0,80}") {
            let _ = Invitation::read(&typed);
            let _ = Invitation::read(&close);
        }
    }
}
