//! What is told of a comparison: to people in lines, to programs as one object.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::compare::{Difference, Report, Verdict};
use super::fetch::{FILE_MOST, NoFile};
use super::releases::digits_of;
use crate::rich::harmless;

/// Letters that are told of what others have written.
const TOLD_MOST: usize = 300;

/// Differences of one kind that are told to people; programs get all.
const DIFFERENCES_MOST: usize = 100;

/// Whether the page was asked for just now, or saved before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Served,
    Saved,
}

impl Source {
    /// What it is not: said whatever the comparison comes to.
    pub(crate) fn caution(self) -> &'static str {
        match self {
            Self::Served => {
                "This tells what this request was given, and not what others get, or you in a browser: a server may \
                 give another page to each."
            }
            Self::Saved => {
                "This tells what was saved there, without the headers that came with it, and not what others get, or \
                 you another time: a server may give another page to each."
            }
        }
    }
}

/// In words.
pub(crate) fn text(report: &Report, page: &str, source: Source) -> String {
    let mut told = format!("{}\n", head(report, page, source));
    for difference in report.differences.iter().take(DIFFERENCES_MOST) {
        told.push_str(&in_words(difference));
    }
    let more = report.differences.len().saturating_sub(DIFFERENCES_MOST);
    if more > 0 {
        let _ = writeln!(told, "  and {more} more: --json tells all");
    }
    if let Some(newer) = &report.newer {
        let _ = writeln!(
            told,
            "It is not the newest that is known here: Sanctuary {} is, and mends what this one lacks.",
            short(newer)
        );
    }
    told.push_str(source.caution());
    harmless(&told)
}

fn head(report: &Report, page: &str, source: Source) -> String {
    let version = report.version.as_deref().map(short).unwrap_or_default();
    let nearest = if report.differences.is_empty() || version.is_empty() {
        String::new()
    } else {
        format!(" From {version}, the nearest that is known, it differs so:")
    };
    match (report.verdict, &report.claims) {
        (Verdict::Same, _) => {
            let headers = if source == Source::Served { ", and the headers of each" } else { "" };
            let count = report.files.len();
            format!("{page} is the page of Sanctuary {version}: all {count} files, to the byte{headers}.")
        }
        (Verdict::Differs, Some(_)) => {
            format!("{page} is NOT the page of Sanctuary {version}, which it says to be. It differs so:")
        }
        (Verdict::Differs, None) => format!("{page} is of no release that is known.{nearest}"),
        (Verdict::Incomplete, _) => {
            format!(
                "{page} can't be told now: not all of it came. What came is of Sanctuary {version}. Try again; this \
                 did not come:"
            )
        }
        (Verdict::Unknown, claims)
            if is_part(report) && claims.as_ref().is_none_or(|claims| *claims == version) =>
        {
            format!(
                "What was saved in {page} is of Sanctuary {version}, but it is not all, or not as it came:"
            )
        }
        (Verdict::Unknown, Some(claims)) => format!(
            "{page} says that it is Sanctuary {}, a version that is unknown here: it may be right or not. A newer \
             sanctuary-join may know it, or a list of its digests (--digests).{nearest}",
            short(claims)
        ),
        (Verdict::Unknown, None) => {
            format!(
                "{page} says no version, and nothing of it is of a release that is known: it is unknown.{nearest}"
            )
        }
    }
}

/// Whether nothing is wrong with it but that something was not saved, or not as it came.
fn is_part(report: &Report) -> bool {
    !report.files.is_empty() && report.differences.iter().all(Difference::is_lack)
}

fn in_words(difference: &Difference) -> String {
    match difference {
        Difference::Bytes { file, released, found } => format!(
            "  {}: other bytes\n    released  {}\n    found     {}\n",
            short(file),
            digits_of(released),
            digits_of(found)
        ),
        Difference::NoFile { file, why } => format!("  {}: {}\n", short(file), in_vain(why)),
        Difference::NotSaved { file } => format!("  {}: not saved\n", short(file)),
        Difference::Reference { document, reference, found } => {
            let digest =
                found.map(|found| format!("\n    found     {}", digits_of(&found))).unwrap_or_default();
            format!(
                "  {}: no file of the release, but {} refers to it{digest}\n",
                short(reference),
                short(document)
            )
        }
        Difference::Extra { file, found } => {
            format!("  {}: no file of the release\n    found     {}\n", short(file), digits_of(found))
        }
        Difference::Document { file, found } => format!(
            "  {}: no document of the release\n    found     {}\n    A browser writes a document anew that it saves as \
             \"complete\": save it as \"HTML only\".\n",
            short(file),
            digits_of(found)
        ),
        Difference::Header { name, released, found, files } => format!(
            "  header {}, of {}\n    released  {}\n    found     {}\n",
            short(name),
            some_of(files),
            released.as_deref().map_or("none".into(), short),
            found.as_deref().map_or("none".into(), short)
        ),
    }
}

fn some_of(files: &[String]) -> String {
    match files {
        [one] => short(one),
        [one, other] => format!("{} and {}", short(one), short(other)),
        [first, rest @ ..] => format!("{} and {} other files", short(first), rest.len()),
        [] => String::new(),
    }
}

/// Why there is no file.
pub(crate) fn in_vain(why: &NoFile) -> String {
    match why {
        NoFile::Status(404) => "missing (status 404)".to_owned(),
        NoFile::Status(status) => format!("not given (status {status})"),
        NoFile::Redirect(status, place) => {
            format!("a redirect to {}, which was not followed (status {status})", short(place))
        }
        NoFile::TooLong => format!("longer than {FILE_MOST} bytes, and not read further"),
        NoFile::Packed(how) => format!("packed as {}", short(how)),
        NoFile::Malformed(why) => short(why),
        NoFile::Broken(why) => format!("did not come ({})", short(why)),
    }
}

/// In one line, and bounded: a line's end of others begins no line of ours.
pub(crate) fn short(text: &str) -> String {
    let text = text.replace('\n', "\u{fffd}");
    match text.char_indices().nth(TOLD_MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// As an object.
pub(crate) fn object(report: &Report, page: &str, source: Source) -> String {
    let verdict = match report.verdict {
        Verdict::Same => "same",
        Verdict::Differs => "differs",
        Verdict::Unknown => "unknown",
        Verdict::Incomplete => "incomplete",
    };
    let files: Map<_, _> =
        report.files.iter().map(|(name, digest)| (name.clone(), Value::from(digits_of(digest)))).collect();
    let object = json!({
        "kind": "verified",
        "verdict": verdict,
        "page": page,
        "saved": source == Source::Saved,
        "claims": report.claims,
        "version": report.version,
        "newer": report.newer,
        "files": files,
        "differences": report.differences.iter().map(as_object).collect::<Vec<_>>(),
        "caution": source.caution(),
    });
    harmless(&object.to_string())
}

fn as_object(difference: &Difference) -> Value {
    match difference {
        Difference::Bytes { file, released, found } => {
            json!({"what": "bytes", "file": file, "released": digits_of(released), "found": digits_of(found)})
        }
        Difference::NoFile { file, why } => {
            let what = if why.is_for_now() { "not-come" } else { "no-file" };
            json!({"what": what, "file": file, "why": in_vain(why)})
        }
        Difference::NotSaved { file } => json!({"what": "not-saved", "file": file}),
        Difference::Reference { document, reference, found } => {
            let found = found.as_ref().map(digits_of);
            json!({"what": "reference", "document": document, "reference": reference, "found": found})
        }
        Difference::Extra { file, found } => {
            json!({"what": "extra", "file": file, "found": digits_of(found)})
        }
        Difference::Document { file, found } => {
            json!({"what": "document", "file": file, "found": digits_of(found)})
        }
        Difference::Header { name, released, found, files } => {
            json!({"what": "header", "header": name, "released": released, "found": found, "files": files})
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_others_have_written_is_one_short_line() {
        for (length, told) in
            [(TOLD_MOST - 1, TOLD_MOST - 1), (TOLD_MOST, TOLD_MOST), (TOLD_MOST + 1, TOLD_MOST + 1)]
        {
            let text = short(&"ä".repeat(length));
            assert_eq!((text.chars().count(), text.ends_with('…')), (told, length > TOLD_MOST));
        }
        assert_eq!(short("a\n  app.js: fine"), "a\u{fffd}  app.js: fine");
    }

    #[test]
    fn so_many_differences_are_told_to_people_and_the_rest_is_counted() {
        for (count, lines, rest) in [
            (DIFFERENCES_MOST - 1, DIFFERENCES_MOST - 1, None),
            (DIFFERENCES_MOST, DIFFERENCES_MOST, None),
            (DIFFERENCES_MOST + 1, DIFFERENCES_MOST, Some("  and 1 more: --json tells all")),
        ] {
            let why = NoFile::Status(404);
            let one = |number: usize| Difference::NoFile { file: format!("{number}.js"), why: why.clone() };
            let report = Report {
                verdict: Verdict::Differs,
                claims: Some("1".to_owned()),
                version: Some("1".to_owned()),
                newer: None,
                files: BTreeMap::new(),
                differences: (0..count).map(one).collect(),
            };
            let told = text(&report, "http://pi.local/", Source::Served);
            assert_eq!(told.lines().filter(|line| line.contains("missing")).count(), lines);
            assert_eq!(told.lines().find(|line| line.starts_with("  and ")), rest);
            let object: Value = serde_json::from_str(&object(&report, "x", Source::Served)).unwrap();
            assert_eq!(object["differences"].as_array().unwrap().len(), count);
        }
    }
}
