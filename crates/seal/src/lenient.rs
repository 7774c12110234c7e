//! Texts as people's programs pass them on, and their characters.

use zeroize::Zeroizing;

/// A filter of mails puts this before a link, in which it writes `-` for `%` and `_` for `/`.
const FILTERED: &str = "urldefense.proofpoint.com/v2/url?u=";

/// Whether it is drawn as nothing, and comes along when people copy.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// A full-width character as ASCII has it.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The same, and any dash as a hyphen.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        _ => narrow(c),
    }
}

/// Undoes what mails, web pages and Markdown do to any text: quoting, soft breaks (RFC 2045, 6.7),
/// references.
pub(super) fn as_sent(text: &str) -> Zeroizing<String> {
    let mut sent = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = after;
        match c {
            '\r' | '\n' => {
                rest = unquoted(after);
                sent.push(if rest.len() < after.len() { '\n' } else { c });
            }
            '=' => match after.strip_prefix('\r').unwrap_or(after).strip_prefix('\n') {
                Some(line) => rest = unquoted(line),
                None => sent.push(c),
            },
            '\\' if after.starts_with(['-', '#', ':', '%']) => {}
            'u' if let Some(link) = after.strip_prefix(&FILTERED[1..]) => {
                let end = link.find(|c: char| c == '&' || c.is_whitespace()).unwrap_or(link.len());
                sent.extend(link[..end].chars().map(|c| match c {
                    '-' => '%',
                    '_' => '/',
                    _ => c,
                }));
                rest = &link[end..];
            }
            '&' => match reference(after) {
                Some((character, length)) => {
                    sent.push(character);
                    rest = &after[length..];
                }
                None => sent.push(c),
            },
            _ => sent.push(c),
        }
    }
    sent
}

/// Drops the marks of quoting that a line of a mail begins with.
fn unquoted(mut line: &str) -> &str {
    while let Some(inner) = line.trim_start_matches([' ', '\t']).strip_prefix('>') {
        line = inner;
    }
    line
}

/// The character that `text`, which follows an `&`, refers to by its number, and the bytes of that.
fn reference(text: &str) -> Option<(char, usize)> {
    let number = &text[..text.bytes().take(8).position(|byte| byte == b';')?];
    let code = match number.strip_prefix('#')?.strip_prefix(['x', 'X']) {
        Some(digits) => (digits.len() <= 4).then(|| u32::from_str_radix(digits, 16).ok())?,
        None => number[1..].parse().ok(),
    };
    let character = char::from_u32(code.filter(|&code| code < 0xd800)?)?;
    Some((character, number.len() + 1))
}
