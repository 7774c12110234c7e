//! Patterns of names, see glob(7); a bracket stands for any one letter here.

/// Whether a part of a path is one.
pub(super) fn is_pattern(part: &str) -> bool {
    part.contains(['*', '?', '['])
}

/// A pattern, without what makes it longer than what it says.
pub(super) struct Pattern(Vec<u8>);

impl Pattern {
    pub(super) fn of(part: &str) -> Self {
        let mut pattern = Vec::new();
        let mut letters = part.bytes();
        while let Some(letter) = letters.next() {
            match letter {
                b'[' => {
                    letters.find(|letter| *letter == b']');
                    pattern.push(b'?');
                }
                b'*' if pattern.last() == Some(&b'*') => {}
                _ => pattern.push(letter),
            }
        }
        Self(pattern)
    }

    /// Takes time as the square of the name's length at the most: only the last `*` so far is tried once more.
    pub(super) fn matches(&self, name: &[u8]) -> bool {
        let Self(pattern) = self;
        let (mut at, mut place) = (0, 0);
        let mut last = None;
        while let Some(letter) = name.get(at) {
            match (pattern.get(place), last) {
                (Some(b'*'), _) => {
                    place += 1;
                    last = Some((at, place));
                }
                (Some(one), _) if one == letter || *one == b'?' => {
                    at += 1;
                    place += 1;
                }
                (_, Some((from, after))) => {
                    (at, place) = (from + 1, after);
                    last = Some((at, place));
                }
                (_, None) => return false,
            }
        }
        pattern[place..].iter().all(|letter| *letter == b'*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_matched_as_the_shell_does() {
        for (name, pattern, expected) in [
            ("chat.conf", "*.conf", true),
            ("chat.conf.bak", "*.conf", false),
            ("chat", "*", true),
            ("", "*", true),
            ("", "**", true),
            ("10-chat", "??-c*t", true),
            ("10-chat", "??-c*", true),
            ("a", "[a-c]", true),
            ("ab", "[a-c][", true),
            ("ab", "[a-c]", false),
            ("", "?", false),
            ("ab", "a?c", false),
            ("ab", "a*?", true),
            ("a", "a*?", false),
            ("aab", "*ab", true),
            ("abcabd", "*ab?d", false),
            ("abcabxd", "*ab?d", true),
            ("a.b.c", "*.*.*", true),
            ("a.b", "*.*.*", false),
            ("ba", "*b", false),
        ] {
            let matched = Pattern::of(pattern).matches(name.as_bytes());
            assert_eq!(matched, expected, "{name} {pattern}");
        }
        for (part, expected) in [("chat.conf", false), ("*", true), ("a?", true), ("a[b]", true)] {
            assert_eq!(is_pattern(part), expected, "{part}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let name = [b'a'; 255];
        for (pattern, expected) in [
            ("*a".repeat(100) + "b", false),
            ("*a".repeat(100), true),
            ("*".repeat(1_000_000) + "b", false),
            (format!("*[{}]b", "a".repeat(1_000_000)), false),
        ] {
            let pattern = Pattern::of(&pattern);
            assert!((0..100).all(|_| pattern.matches(&name) == expected));
        }
    }
}
