//! Where a link leads, in plain letters, so that nothing written in or around it can say otherwise.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;

/// Letters of the longest host (RFC 1035, section 2.3.4); a longer one leads nowhere.
const HOST_MOST: usize = 253;

/// The address of a link as a browser reads it, in ASCII, without a user's name before the host; nothing where it leads
/// nowhere that can be told.
pub(super) fn destination(address: &str) -> Option<String> {
    let address: String = address.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let (scheme, rest) = address.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => recipient(rest),
        scheme @ ("http" | "https") => {
            let rest = rest.trim_start_matches(['/', '\\']);
            let (authority, path) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
            // A name before the host looks like one.
            let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
            Some(format!("{scheme}://{}{}", self::host(host)?, escaped(path)))
        }
        _ => None,
    }
}

/// Whether a text says of itself where its link leads.
pub(super) fn says_where(text: &str, destination: &str) -> bool {
    let text = text.trim();
    let short = destination.split_once("://").map_or(destination, |(_, short)| short);
    let short = short.strip_prefix("mailto:").unwrap_or(short);
    [destination, short].into_iter().any(|whole| text == whole || Some(text) == whole.strip_suffix('/'))
}

/// Says behind each address in a text where it leads, where its host is not what is read there.
pub(super) fn tell_hosts(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\n']) {
        let address = word.trim_end_matches([' ', '\n']);
        told.push_str(address);
        let begins = ["https://", "http://"].iter().filter_map(|scheme| address.find(scheme)).min();
        if let Some(host) = begins.and_then(|at| other_host(&address[at..])) {
            let _ = write!(told, " ({host})");
        }
        told.push_str(&word[address.len()..]);
    }
    told
}

/// The host of an address, unless it is read there as it is.
fn other_host(address: &str) -> Option<String> {
    let destination = destination(address)?;
    let host_of = |address: &str| {
        let (_, after) = address.split_once("://")?;
        after.split(['/', '?', '#']).next().map(str::to_owned)
    };
    let (host, read) = (host_of(&destination)?, host_of(address)?);
    // A sentence may end behind it, or a bracket.
    let read = read.trim_end_matches(|c: char| c.is_ascii_punctuation());
    (!read.eq_ignore_ascii_case(&host)).then_some(host)
}

/// One recipient alone: copies to others, and a text that somebody else wrote, are left out.
fn recipient(address: &str) -> Option<String> {
    let recipient = address.split('?').next()?.to_ascii_lowercase();
    let (name, host) = recipient.split_once('@')?;
    let is_plain = |text: &str, more: &str, most: usize| {
        let fits = (1..=most).contains(&text.len());
        fits && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    (is_plain(name, "_.+-", 64) && is_plain(host, "_.-", HOST_MOST)).then(|| format!("mailto:{recipient}"))
}

/// Host and port; letters that are none of ASCII's as names have them (RFC 3492).
fn host(written: &str) -> Option<String> {
    if written.len() > 4 * HOST_MOST {
        return None;
    }
    let read: String = unescaped(written)?.nfkc().flat_map(char::to_lowercase).collect();
    let labels = read.split(['.', '。']).map(label).collect::<Option<Vec<_>>>()?;
    let host = labels.join(".");
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    (!host.is_empty() && host.len() <= HOST_MOST && host.chars().all(is_host)).then_some(host)
}

fn label(label: &str) -> Option<String> {
    if label.is_ascii() { Some(label.to_owned()) } else { Some(format!("xn--{}", punycode(label)?)) }
}

/// RFC 3492, section 6.3.
fn punycode(label: &str) -> Option<String> {
    const LEAST: u32 = 0x80;
    let (mut next, mut delta, mut bias) = (LEAST, 0_u32, 72);
    let mut written: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(written.len()).ok()?;
    let count = u32::try_from(label.chars().count()).ok()?;
    let mut handled = basic;
    if basic > 0 {
        written.push('-');
    }
    while handled < count {
        let least = label.chars().map(u32::from).filter(|code| *code >= next).min()?;
        delta = delta.checked_add((least - next).checked_mul(handled + 1)?)?;
        for code in label.chars().map(u32::from) {
            if code < least {
                delta = delta.checked_add(1)?;
            }
            if code == least {
                number(delta, bias, &mut written);
                bias = adapted(delta, handled + 1, handled == basic);
                (delta, handled) = (0, handled + 1);
            }
        }
        (next, delta) = (least + 1, delta + 1);
    }
    Some(written)
}

fn number(mut delta: u32, bias: u32, written: &mut String) {
    let mut position = 36;
    loop {
        let threshold = position.clamp(bias + 1, bias + 26) - bias;
        if delta < threshold {
            break written.push(sign(delta));
        }
        written.push(sign(threshold + (delta - threshold) % (36 - threshold)));
        delta = (delta - threshold) / (36 - threshold);
        position += 36;
    }
}

/// Letters come before digits.
fn sign(value: u32) -> char {
    let sign = if value < 26 { u32::from('a') + value } else { u32::from('0') + value - 26 };
    char::from_u32(sign).unwrap_or('0')
}

fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { 700 } else { 2 };
    delta += delta / count;
    let mut position = 0;
    while delta > 455 {
        delta /= 35;
        position += 36;
    }
    position + 36 * delta / (delta + 38)
}

pub(super) fn unescaped(written: &str) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = written.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// As browsers ask for it.
fn escaped(path: &str) -> String {
    let mut written = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '\\' => written.push('/'),
            '!'..='~' => written.push(c),
            c => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(written, "%{byte:02X}");
                }
            }
        }
    }
    written
}
