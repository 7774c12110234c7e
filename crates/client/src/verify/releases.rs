//! What releases consist of: lists of digests, as `docs/verify.md` has them.

use std::collections::BTreeMap;

/// The SHA-256 of a file.
pub(crate) type Digest = [u8; 32];

/// Bytes of the largest list that is read: some hundred releases.
pub(crate) const LIST_MOST: u64 = 1024 * 1024;

/// Files of one release.
pub(crate) const FILES_MOST: usize = 256;

/// What is built in: all that were released, and the page that this program was built with.
const KNOWN: &str = include_str!(concat!(env!("OUT_DIR"), "/digests.txt"));

/// The page of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    /// As the page itself names it.
    pub(crate) version: String,
    /// What comes with every file: names, in small letters, and values.
    pub(crate) headers: Vec<(String, String)>,
    /// Digests by name.
    pub(crate) files: BTreeMap<String, Digest>,
}

/// What is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ListError {
    /// A line is none of a list.
    #[error("line {0} is none of a list of digests")]
    Line(usize),
    /// A release has no file, or more than may be.
    #[error("it names no release with 1 to {FILES_MOST} files")]
    Files,
}

/// All releases that this program knows, its own the last.
pub(crate) fn known() -> Vec<Release> {
    read(KNOWN).unwrap_or_default()
}

/// Reads lists that follow each other.
pub(crate) fn read(text: &str) -> Result<Vec<Release>, ListError> {
    let mut releases: Vec<Release> = vec![];
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    for (at, line) in lines {
        let wrong = ListError::Line(at + 1);
        if let Some(version) = line.strip_prefix("# Sanctuary ") {
            let version = version.to_owned();
            releases.push(Release { version, headers: vec![], files: BTreeMap::new() });
            continue;
        }
        let release = releases.last_mut().ok_or(wrong)?;
        if let Some(header) = line.strip_prefix("# ") {
            let (name, value) = header.split_once(": ").ok_or(wrong)?;
            release.headers.push((name.to_owned(), value.to_owned()));
        } else {
            let (digits, name) = line.split_once("  ").ok_or(wrong)?;
            release.files.insert(name.to_owned(), digest_of(digits).ok_or(wrong)?);
        }
    }
    let fits = |release: &Release| (1..=FILES_MOST).contains(&release.files.len());
    if releases.is_empty() || !releases.iter().all(fits) { Err(ListError::Files) } else { Ok(releases) }
}

fn digest_of(digits: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    let is_whole = digits.len() == 2 * digest.len() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    for (at, byte) in digest.iter_mut().enumerate().filter(|_| is_whole) {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    is_whole.then_some(digest)
}

/// As sha256sum writes it.
pub(crate) fn digits_of(digest: &Digest) -> String {
    digest.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_has_this_version_as_the_last() {
        let known = known();
        let own = known.last().unwrap();
        assert_eq!(own.version, env!("CARGO_PKG_VERSION"));
        assert!(own.files.contains_key("index.html") && own.files.contains_key("words/en.js"));
        assert!(own.headers.iter().any(|(name, _)| name == "content-security-policy"));
    }

    #[test]
    fn lists_follow_each_other_and_are_read_as_the_doctor_prints_them() {
        let (one, other) = ("ab".repeat(32), "CD".repeat(32));
        let text = format!(
            "# Sanctuary 1.0.0\n# a: b: c\n{one}  x y.js\n\n  # Sanctuary 2.0.0\n  {other}  w/en.js\n"
        );
        let releases = read(&text).unwrap();
        assert_eq!(releases.len(), 2);
        assert_eq!(releases[0].headers, [("a".to_owned(), "b: c".to_owned())]);
        assert_eq!(releases[0].files["x y.js"], [0xab; 32]);
        assert_eq!((releases[1].version.as_str(), releases[1].files["w/en.js"]), ("2.0.0", [0xcd; 32]));
        assert_eq!(digits_of(&releases[1].files["w/en.js"]), other.to_lowercase());
    }

    #[test]
    fn what_is_no_list_is_refused_by_its_line() {
        let digits = "ab".repeat(32);
        for (text, why) in [
            (String::new(), ListError::Files),
            ("# Sanctuary 1\n".to_owned(), ListError::Files),
            (format!("{digits}  x\n"), ListError::Line(1)),
            (format!("# Sanctuary 1\n{digits} x\n"), ListError::Line(2)),
            (format!("# Sanctuary 1\n{}  x\n", &digits[1..]), ListError::Line(2)),
            (format!("# Sanctuary 1\n+{}  x\n", &digits[1..]), ListError::Line(2)),
            ("# Sanctuary 1\n# nothing\n".to_owned(), ListError::Line(2)),
            ("<html>".to_owned(), ListError::Line(1)),
        ] {
            assert_eq!(read(&text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn files_of_a_release_are_bounded() {
        let list = |count: usize| {
            let line = |number| format!("{}  {number}\n", "ab".repeat(32));
            format!("# Sanctuary 1\n{}", (0..count).map(line).collect::<Vec<_>>().concat())
        };
        for (count, is_read) in [(FILES_MOST - 1, true), (FILES_MOST, true), (FILES_MOST + 1, false)] {
            assert_eq!(read(&list(count)).is_ok(), is_read, "{count}");
        }
    }
}
