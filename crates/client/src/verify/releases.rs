//! What releases consist of: lists of digests, as `docs/verify.md` has them.

use std::collections::BTreeMap;

/// The SHA-256 of a file.
pub(crate) type Digest = [u8; 32];

/// Bytes of the largest list that is read: some hundred releases.
pub(crate) const LIST_MOST: u64 = 1024 * 1024;

/// Files of one release.
pub(crate) const FILES_MOST: usize = 256;

/// How a list begins, and how it ends.
const HEAD: &str = "# Sanctuary ";
const END: &str = " files in all";

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
    /// A line has no place there.
    #[error("line {0} is none of a list of digests")]
    Line(usize),
    /// There is no list.
    #[error("it holds no list of digests")]
    None,
    /// The last line of a list is missing, or counts other files.
    #[error(
        "the list that begins in line {0} was cut, or changed: it does not hold as many files as it says"
    )]
    Cut(usize),
    /// A release has more files than may be, or not the one that is the page.
    #[error("the list that begins in line {0} names no page of at most {FILES_MOST} files")]
    Files(usize),
    /// Nobody could say by which of them a page is to be judged.
    #[error("the list that begins in line {0} is of a version that stands there before")]
    Twice(usize),
}

/// All releases that this program knows, its own the last.
pub(crate) fn known() -> Vec<Release> {
    read(KNOWN).unwrap_or_default()
}

/// Reads all lists of a text, as `sanctuary doctor` prints one. All else in it is passed over, unless it seems to be of a
/// list.
pub(crate) fn read(text: &str) -> Result<Vec<Release>, ListError> {
    let mut releases: Vec<Release> = vec![];
    let mut open: Option<(usize, Release)> = None;
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    for (at, line) in lines.map(|(before, line)| (before + 1, line)) {
        if let Some(version) = line.strip_prefix(HEAD) {
            if let Some((begun, _)) = open {
                return Err(ListError::Cut(begun));
            }
            open = Some((at, Release::of(version)));
        } else if let Some((begun, release)) = &mut open {
            if let Some(count) = line.strip_prefix("# ").and_then(|line| line.strip_suffix(END)) {
                release.ends(count, *begun, &releases)?;
                releases.extend(open.take().map(|(_, release)| release));
            } else {
                release.add(line).ok_or(ListError::Line(at))?;
            }
        } else if line.starts_with('#')
            || line.split_once("  ").is_some_and(|(digits, _)| digest_of(digits).is_some())
        {
            return Err(ListError::Line(at));
        }
    }
    match open {
        Some((begun, _)) => Err(ListError::Cut(begun)),
        None if releases.is_empty() => Err(ListError::None),
        None => Ok(releases),
    }
}

impl Release {
    fn of(version: &str) -> Self {
        Self { version: version.to_owned(), headers: vec![], files: BTreeMap::new() }
    }

    /// Takes a header or a file of a list; headers come first, and nothing comes twice.
    fn add(&mut self, line: &str) -> Option<()> {
        let is_new = if let Some(header) = line.strip_prefix("# ") {
            let (name, value) = header.split_once(": ")?;
            let is_new = self.files.is_empty() && self.headers.iter().all(|(known, _)| known != name);
            self.headers.push((name.to_owned(), value.to_owned()));
            is_new
        } else {
            let (digits, name) = line.split_once("  ")?;
            self.files.insert(name.to_owned(), digest_of(digits)?).is_none()
        };
        is_new.then_some(())
    }

    /// Looks, at the end of its list, whether it is whole.
    fn ends(&self, count: &str, begun: usize, before: &[Self]) -> Result<(), ListError> {
        if count != self.files.len().to_string() {
            return Err(ListError::Cut(begun));
        }
        if self.files.len() > FILES_MOST || !self.files.contains_key(super::ENTRY) {
            return Err(ListError::Files(begun));
        }
        let is_new = before.iter().all(|known| known.version != self.version);
        is_new.then_some(()).ok_or(ListError::Twice(begun))
    }

    /// Whether this version comes after another, where both are numbers.
    pub(crate) fn is_newer_than(&self, version: &str) -> bool {
        let numbers = |version: &str| {
            version.split('.').map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<_>>>()
        };
        matches!((numbers(&self.version), numbers(version)), (Some(own), Some(other)) if own > other)
    }
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

    /// What makes the lists.
    mod made {
        #![allow(dead_code)] // The build reads folders by it, too.
        use std::fmt::Write as _;
        use std::path::Path;
        use std::{fs, io};

        use sha2::{Digest, Sha256};

        include!("../../../../digests/list.rs");

        #[test]
        fn a_line_of_the_headers_that_is_none_is_told_and_not_passed_over() {
            let read = |text: &str| headers_in(text).map_err(|why| why.to_string());
            let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            assert_eq!(read("# why\na-b: c: d\n\ne: f\n").unwrap(), [pair("a-b", "c: d"), pair("e", "f")]);
            for wrong in ["a: b\nc:d", "a: b\nc d", "a: b\n : d", "a: b\nC: d", "a: b\nc: ", "a: b\n c: d"] {
                assert_eq!(read(wrong), Err("line 2 of the headers is none".to_owned()), "{wrong}");
            }
        }
    }

    fn line(byte: u8, name: &str) -> String {
        format!("{}  {name}\n", digits_of(&[byte; 32]))
    }

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
        let text = format!(
            "The page that this program serves:\n  # Sanctuary 1.0.0\n  # a: b: c\n  {}  {}  # 2 files in all\nAt: http://pi.local/\n\n\
             # Sanctuary 2.0.0\r\n{}# 1 files in all",
            line(0xab, "index.html"),
            line(0xcd, "x y.js"),
            line(0xef, "index.html").to_uppercase().replace("INDEX.HTML", "index.html")
        );
        let releases = read(&text).unwrap();
        let versions: Vec<_> = releases.iter().map(|release| release.version.as_str()).collect();
        assert_eq!(versions, ["1.0.0", "2.0.0"]);
        assert_eq!(releases[0].headers, [("a".to_owned(), "b: c".to_owned())]);
        assert_eq!(
            releases[0].files,
            [("index.html".to_owned(), [0xab; 32]), ("x y.js".to_owned(), [0xcd; 32])].into()
        );
        assert_eq!(releases[1].files["index.html"], [0xef; 32]);
    }

    #[test]
    fn a_list_that_was_cut_anywhere_is_refused() {
        let whole =
            format!("# Sanctuary 1\n# a: b\n{}{}# 2 files in all\n", line(1, "index.html"), line(2, "a.js"));
        assert!(read(&whole).is_ok());
        for end in 0..whole.trim_end().len() {
            assert!(read(&whole[..end]).is_err(), "{}", &whole[..end]);
        }
        let lines: Vec<_> = whole.lines().collect();
        for lost in (0..lines.len()).filter(|lost| *lost != 1) {
            let rest: Vec<_> =
                lines.iter().enumerate().filter(|(at, _)| *at != lost).map(|(_, line)| *line).collect();
            assert!(read(&rest.join("\n")).is_err(), "without line {}", lost + 1);
        }
        assert_eq!(read(&format!("# Sanctuary 0\n{}{whole}", line(1, "index.html"))), Err(ListError::Cut(1)));
    }

    #[test]
    fn what_is_no_list_is_refused_by_its_line() {
        let (page, end) = (line(1, "index.html"), "# 1 files in all\n");
        let whole = format!("# Sanctuary 1\n{page}{end}");
        let digits = "ab".repeat(32);
        for (text, why) in [
            (String::new(), ListError::None),
            ("<html>".to_owned(), ListError::None),
            ("# Sanctuary 1\n".to_owned(), ListError::Cut(1)),
            ("# Sanctuary 1\n# 0 files in all\n".to_owned(), ListError::Files(1)),
            (format!("# Sanctuary 1\n{digits}  x\n{end}"), ListError::Files(1)),
            (format!("{page}{whole}"), ListError::Line(1)),
            (format!("{whole}{page}"), ListError::Line(4)),
            (format!("{whole}# Sanctuary1\n{page}{end}"), ListError::Line(4)),
            (format!("{whole}{whole}"), ListError::Twice(4)),
            (format!("# Sanctuary 1\n{page}{page}# 2 files in all\n"), ListError::Line(3)),
            (format!("# Sanctuary 1\n{page}# a: b\n{end}"), ListError::Line(3)),
            (format!("# Sanctuary 1\n# a: b\n# a: b\n{page}{end}"), ListError::Line(3)),
            (format!("# Sanctuary 1\n{digits} x\n"), ListError::Line(2)),
            (format!("# Sanctuary 1\n{}  x\n", &digits[1..]), ListError::Line(2)),
            (format!("# Sanctuary 1\n+{}  x\n", &digits[1..]), ListError::Line(2)),
            ("# Sanctuary 1\n# nothing\n".to_owned(), ListError::Line(2)),
        ] {
            assert_eq!(read(&text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn files_of_a_release_are_bounded() {
        let list = |count: usize| {
            let names = (1..count).map(|number| number.to_string()).chain([super::super::ENTRY.to_owned()]);
            let lines: String = names.map(|name| line(1, &name)).collect();
            format!("# Sanctuary 1\n{lines}# {count} files in all\n")
        };
        for (count, is_read) in [(FILES_MOST - 1, true), (FILES_MOST, true), (FILES_MOST + 1, false)] {
            assert_eq!(read(&list(count)).is_ok(), is_read, "{count}");
        }
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        for (own, other, is_newer) in [
            ("0.10.0", "0.9.0", true),
            ("1.0.0", "0.9.9", true),
            ("0.9.0", "0.10.0", false),
            ("0.1.0", "0.1.0", false),
            ("0.2.0", "x", false),
            ("0.2.0-rc", "0.1.0", false),
        ] {
            assert_eq!(Release::of(own).is_newer_than(other), is_newer, "{own} {other}");
        }
    }
}
