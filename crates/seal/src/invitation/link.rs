//! Invitations in links, which programs encode, wrap into other links, break and lengthen.

use zeroize::Zeroizing;

use super::super::lenient::{as_sent, is_invisible, narrow, plain};
use super::super::{Password, base32};
use super::escapes::{WRAPPED_MOST, beyond_ascii, decoded, escape, is_written, unescaped};
use super::{Invitation, generated, is_word, separator};

/// Room keys after a `#` that are looked at in one text.
pub(super) const LINKS_MOST: usize = 16;

/// What follows a `#`, which may have been encoded together with the whole link.
pub(super) fn read_link(typed: &str) -> Option<Invitation> {
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

/// In a link, all but letters and digits of a password is encoded, so the password ends before
/// anything else. The password may have been encoded again up to `most` times; where it was surely
/// `least` times, further parameters of the link may have been as well.
pub(super) fn linked_password(text: &str, most: usize, least: usize) -> Option<Password> {
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

/// Drops `&name=` and all that follows, where they were encoded together with the link.
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
