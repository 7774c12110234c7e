//! Percent-encoding (RFC 3986, 2.1), and what becomes of it when links are encoded within links.

use zeroize::Zeroizing;

/// How often links are wrapped into others' queries at most.
pub(super) const WRAPPED_MOST: usize = 4;

/// A character as it was encoded, and how often: `%23` once, `%2523` twice.
pub(super) struct Escape {
    pub(super) length: usize,
    pub(super) depth: usize,
}

/// The escape of one of these, each in upper case, that `text` begins with.
pub(super) fn escape(text: &str, of: &[&str]) -> Option<Escape> {
    let text = text.as_bytes();
    let (b'%', mut at) = (*text.first()?, 1) else { return None };
    let mut depth = 1;
    loop {
        for bytes in of {
            if let Some(length) = matched(&text[at..], bytes.as_bytes(), depth) {
                return Some(Escape { length: at + length, depth });
            }
        }
        if !text[at..].starts_with(b"25") {
            return None;
        }
        (at, depth) = (at + 2, depth + 1);
    }
}

/// Bytes of these hexadecimal digits, each two after a `%` that was itself encoded `depth` times but for the first.
fn matched(text: &[u8], digits: &[u8], depth: usize) -> Option<usize> {
    let mut at = 0;
    for (index, pair) in digits.chunks(2).enumerate() {
        if index > 0 {
            let percent = [b"%".as_slice(), &b"25".repeat(depth - 1)].concat();
            text[at..].starts_with(&percent).then_some(())?;
            at += percent.len();
        }
        text.get(at..at + 2)?.eq_ignore_ascii_case(pair).then_some(())?;
        at += 2;
    }
    Some(at)
}

/// What is not ASCII decoded, as browsers encode it in an address; the rest as it is.
pub(super) fn beyond_ascii(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, escapes) = rest.split_at(at);
        read.push_str(before);
        let mut length = 0;
        while let Some(found) = high_escape(&escapes[length..]) {
            length += found;
        }
        read.push_str(&unescaped(&escapes[..length]));
        if length == 0 {
            read.push('%');
            length = 1;
        }
        rest = &escapes[length..];
    }
    read.push_str(rest);
    read
}

/// Bytes of the escape, encoded however often, of a byte above ASCII that `text` begins with.
fn high_escape(text: &str) -> Option<usize> {
    let mut digits = text.strip_prefix('%')?;
    while let Some(inner) = digits.strip_prefix("25") {
        digits = inner;
    }
    let [first, second, ..] = digits.as_bytes() else { return None };
    let is_high =
        matches!(first.to_ascii_uppercase(), b'8' | b'9' | b'A'..=b'F') && second.is_ascii_hexdigit();
    is_high.then_some(text.len() - digits.len() + 2)
}

/// Whether this is how [`encoded`] writes something, but for the case of its escapes.
pub(super) fn is_written(text: &str) -> bool {
    let Some(written) = decoded(text).map(|read| encoded(&read)) else { return false };
    // Letters outside of escapes are the same in both: they were decoded from this text.
    written.eq_ignore_ascii_case(text)
}

/// Encodes all but ASCII's letters and digits.
pub(super) fn encoded(text: &str) -> Zeroizing<String> {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase();
    let mut written = Zeroizing::new(String::with_capacity(3 * text.len()));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            written.push(byte.into());
        } else {
            written.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    written
}

/// The text that was percent-encoded.
pub(super) fn decoded(encoded: &str) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    let mut rest = encoded.bytes();
    let digit = |rest: &mut std::str::Bytes<'_>| char::from(rest.next()?).to_digit(16);
    while let Some(byte) = rest.next() {
        let byte =
            if byte == b'%' { u8::try_from(digit(&mut rest)? << 4 | digit(&mut rest)?).ok()? } else { byte };
        bytes.push(byte);
    }
    Some(Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned()))
}

/// Decoded as often as it was encoded.
pub(super) fn unescaped(text: &str) -> Zeroizing<String> {
    let mut read = Zeroizing::new(text.to_owned());
    for _ in 0..WRAPPED_MOST {
        let Some(inner) = decoded(&read) else { break };
        read = inner;
    }
    read
}
