//! Invitations that reach the server because a messenger has encoded or dropped their `#`. The
//! browser then sends as a path what it should have kept to itself.

use zeroize::Zeroizing;

/// Symbols of a room key.
const KEY: usize = 8;

/// How often a link may be encoded within links.
const DEPTH: usize = 4;

/// Where to send a browser whose request may hold an invitation in its path or query. Nothing of
/// that is repeated. The fragment, which no browser sends, makes the page say what has happened.
pub(super) fn redirect(path: &str, query: Option<&str>) -> Option<String> {
    let in_path = path.strip_prefix('/').is_some_and(|path| {
        let path = decoded(path.as_bytes());
        path.contains(&b'#') || path.split(|&byte| byte == b'/').any(is_invitation)
    });
    let in_query = query.is_some_and(|query| {
        let query = decoded(query.as_bytes());
        query.split(|byte| b"#&=?/".contains(byte)).any(is_invitation)
    });
    // Relative, for a proxy may serve the page below a path that it removes.
    (in_path || in_query)
        .then(|| format!("./{}#exposed", "../".repeat(path.matches('/').count().saturating_sub(1))))
}

/// A room key after anything that is no letter or digit, then a colon or a blank, and something
/// more.
fn is_invitation(text: &[u8]) -> bool {
    let start = text.iter().position(u8::is_ascii_alphanumeric).unwrap_or(text.len());
    let (mut symbols, mut rest) = (0, &text[start..]);
    while symbols < KEY {
        let Some((byte, after)) = rest.split_first() else { return false };
        match byte {
            b'U' | b'u' => return false,
            byte if byte.is_ascii_alphanumeric() => symbols += 1,
            // Hyphens, blanks, and dashes, invisible and full-width characters in UTF-8.
            b'-' | b' ' | 0x80.. => {}
            _ => return false,
        }
        rest = after;
    }
    let colon = ["：".as_bytes(), b":", b" ", b"+"].iter().find_map(|colon| rest.strip_prefix(*colon));
    colon.is_some_and(|password| !password.is_empty())
}

/// Decodes percent signs (RFC 3986, 2.1) as often as they were encoded.
fn decoded(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut read = Zeroizing::new(text.to_vec());
    for _ in 0..DEPTH {
        if !read.contains(&b'%') {
            break;
        }
        let mut once = Zeroizing::new(Vec::with_capacity(read.len()));
        let mut rest = &read[..];
        while let Some((&byte, after)) = rest.split_first() {
            let digit = |at: usize| after.get(at).and_then(|&digit| char::from(digit).to_digit(16));
            rest = after;
            match (byte, digit(0), digit(1)) {
                (b'%', Some(high), Some(low)) => {
                    once.extend(u8::try_from(high << 4 | low));
                    rest = &after[2..];
                }
                _ => once.push(byte),
            }
        }
        read = once;
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_an_invitation_leads_out_and_nothing_else_does() {
        for (path, query, expected) in [
            ("/%23K7QM-4XZD:secret", None, Some("./#exposed")),
            ("/%23k7qm4xzd:secret", None, Some("./#exposed")),
            ("/%2523K7QM-4XZD%253Asecret", None, Some("./#exposed")),
            ("/%23K7QM-4XZ:secret", None, Some("./#exposed")),
            ("/%23K7QM-4XZD:a/b/c", None, Some("./../../#exposed")),
            ("/room/%23K7QM-4XZD:secret", None, Some("./../#exposed")),
            ("/K7QM-4XZD:secret", None, Some("./#exposed")),
            ("/K7QM%E2%80%914XZD%EF%BC%9Asecret", None, Some("./#exposed")),
            ("/K7QM-4XZD%20secret", None, Some("./#exposed")),
            ("/*K7QM-4XZD:secret", None, Some("./#exposed")),
            ("/(K7QM-4XZD:secret)", None, Some("./#exposed")),
            ("/%E2%80%9CK7QM-4XZD:secret", None, Some("./#exposed")),
            ("/.well-known/security.txt", None, None),
            ("/***", None, None),
            ("/x/K7QM-4XZD:secret/", None, Some("./../../#exposed")),
            ("/", Some("K7QM-4XZD:secret"), Some("./#exposed")),
            ("/", Some("utm=1&%23K7QM-4XZD:secret"), Some("./#exposed")),
            ("/", Some("u=http%3A%2F%2Fh%2F%23K7QM-4XZD%3Asecret&h=x"), Some("./#exposed")),
            ("/nowhere", Some("K7QM-4XZD:secret"), Some("./#exposed")),
            ("/", None, None),
            ("/", Some(""), None),
            ("/", Some("fbclid=IwAR0K7QM-4XZD"), None),
            ("/", Some("utm_source=%23x&t=12:34"), None),
            ("/farewell", None, None),
            ("/K7QM-4XZD", None, None),
            ("/K7QM-4XZD:", None, None),
            ("/K7QM-4XZU:secret", None, None),
            ("/ws/0af", None, None),
            ("/app.js", None, None),
            ("/%", None, None),
            ("/%zz%2", None, None),
            ("*", None, None),
        ] {
            assert_eq!(redirect(path, query).as_deref(), expected, "{path} {query:?}");
        }
    }
}
