//! HTML as the page takes it (web/src/view/sanitise.ts): what begins no tag of the list and no whole reference is text, so
//! that `1 < 2` is shown as it was typed, and a parser sees nothing but tags that are known.

use html5ever::data::NAMED_ENTITIES;

use super::tags::{ATTRIBUTES, BARE, is_known};

/// Tags in a message, opening and closing, and attributes of them; one with more is shown as it was typed.
pub const TAGS_MOST: usize = 1000;

/// Letters of the longest name of a reference.
const NAME_MOST: usize = 31;

/// A message is beyond a bound: it is shown as it was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

/// The same with everything else escaped. Where a tag is sought in vain, its value may hold the beginning of another: no
/// byte is looked at more than three times for that, once outside of values and once in each kind of quotation marks.
pub(super) fn vetted(html: &str) -> Result<String, TooMuch> {
    let mut vetted = String::with_capacity(html.len() + html.len() / 8);
    let (mut rest, mut tags) = (html, 0);
    while let Some(at) = rest.find('<') {
        text(&rest[..at], &mut vetted);
        rest = &rest[at..];
        let mut reader = Reader { rest: &rest[1..] };
        let tag = reader.tag();
        let length = rest.len() - reader.rest.len();
        match tag {
            Some(tag) if tag.is_kept() => {
                tags += tag.write(&mut vetted);
                if tags > TAGS_MOST {
                    return Err(TooMuch);
                }
                rest = &rest[length..];
            }
            Some(_) => {
                text(&rest[..length], &mut vetted);
                rest = &rest[length..];
            }
            None => {
                vetted.push_str("&lt;");
                rest = &rest[1..];
            }
        }
    }
    text(rest, &mut vetted);
    Ok(vetted)
}

/// Escapes what begins a tag, and each `&` that begins no whole reference.
fn text(text: &str, vetted: &mut String) {
    for (at, c) in text.char_indices() {
        match c {
            '<' => vetted.push_str("&lt;"),
            '&' if !is_reference(&text[at + 1..]) => vetted.push_str("&amp;"),
            c => vetted.push(c),
        }
    }
}

fn is_reference(after: &str) -> bool {
    // A name, and a number that is one, are short.
    let within = after.bytes().take(NAME_MOST + 1).position(|byte| byte == b';');
    let Some(name) = within.and_then(|end| after.get(..end)) else { return false };
    let code = |digits: &str, radix| {
        let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
        is_number
            && u32::from_str_radix(digits, radix).is_ok_and(|code| code > 0 && char::from_u32(code).is_some())
    };
    match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => code(digits, 16),
            None => code(digits, 10),
        },
        // Beginnings of names stand in the table as well, for nothing.
        None => NAMED_ENTITIES.get(&after[..=name.len()]).is_some_and(|(first, _)| *first > 0),
    }
}

struct Tag<'a> {
    closes: bool,
    name: &'a str,
    attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl Tag<'_> {
    /// Of an unknown tag, and of one whose attributes no tag has, nothing is a tag.
    fn is_kept(&self) -> bool {
        let is_bare = |name: &str| BARE.iter().any(|bare| name.eq_ignore_ascii_case(bare));
        let fits = self.attributes.iter().all(|(name, value)| value.is_some() || is_bare(name));
        is_known(self.name) && fits && (!self.closes || self.attributes.is_empty())
    }

    /// With those attributes that are known. Returns how much it counts.
    fn write(&self, vetted: &mut String) -> usize {
        vetted.push_str(if self.closes { "</" } else { "<" });
        vetted.push_str(self.name);
        let is_known = |name: &str| ATTRIBUTES.iter().any(|known| name.eq_ignore_ascii_case(known));
        let mut count = 1;
        for (name, value) in self.attributes.iter().filter(|(name, _)| is_known(name)) {
            count += 1;
            vetted.push(' ');
            vetted.push_str(name);
            if let Some(value) = value {
                let quote = if value.contains('"') { '\'' } else { '"' };
                vetted.push('=');
                vetted.push(quote);
                text(value, vetted);
                vetted.push(quote);
            }
        }
        vetted.push('>');
        count
    }
}

/// It is no tag.
struct Malformed;

/// Reads a tag, as the page's expression does.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn tag(&mut self) -> Option<Tag<'a>> {
        let closes = self.takes('/');
        if !self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = self.run(|c| c.is_ascii_alphanumeric());
        let mut attributes = vec![];
        loop {
            let is_apart = !self.run(is_space).is_empty();
            if self.takes('>') {
                return Some(Tag { closes, name, attributes });
            }
            if self.takes('/') {
                return self.takes('>').then_some(Tag { closes, name, attributes });
            }
            let name = self.run(|c| c.is_ascii_alphabetic() || c == '-');
            if name.is_empty() || !is_apart || attributes.len() > TAGS_MOST {
                return None;
            }
            attributes.push((name, self.value().ok()?));
        }
    }

    /// A value, which need not be there; an error where it is begun badly.
    fn value(&mut self) -> Result<Option<&'a str>, Malformed> {
        let before = self.rest;
        self.run(is_space);
        if !self.takes('=') {
            self.rest = before;
            return Ok(None);
        }
        self.run(is_space);
        for quote in ['"', '\''] {
            if self.takes(quote) {
                let value = self.run(|c| c != quote);
                return if self.takes(quote) { Ok(Some(value)) } else { Err(Malformed) };
            }
        }
        let value = self.run(|c| !is_space(c) && !matches!(c, '"' | '\'' | '=' | '<' | '>' | '`'));
        if value.is_empty() { Err(Malformed) } else { Ok(Some(value)) }
    }

    fn takes(&mut self, sign: char) -> bool {
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn run(&mut self, is_in: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !is_in(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run
    }
}

/// As JavaScript has it.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || c != '\u{85}' && c.is_whitespace()
}
