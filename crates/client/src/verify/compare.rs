//! Compares what was found with what releases hold; pure.

use std::collections::{BTreeMap, BTreeSet};

use super::fetch::NoFile;
use super::references::is_document;
use super::releases::{Digest, Release};

/// Headers that no release sends, and by which a browser does more than the page says, or says more to others.
const NEVER_SENT: [&str; 18] = [
    "accept-ch",
    "access-control-allow-credentials",
    "access-control-allow-origin",
    "content-disposition",
    "content-security-policy-report-only",
    "critical-ch",
    "link",
    "nel",
    "origin-trial",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "service-worker-allowed",
    "set-cookie",
    "sourcemap",
    "speculation-rules",
    "use-as-dictionary",
    "x-sourcemap",
];

/// How the page stands to the releases. The number is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Verdict {
    /// It is the page of a release.
    Same = 0,
    /// It is not the release that it says to be.
    Differs = 1,
    /// It can't be told: nothing is known of it, or not all was saved.
    Unknown = 2,
    /// It can't be told now, for not all came.
    Incomplete = 3,
}

/// A file as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Its digest, and the headers that came with it; files that were saved have none.
    File(Digest, Option<Headers>),
    /// It did not come.
    None(NoFile),
}

/// Names, in small letters, and values; what comes several times is one, with commas.
pub(crate) type Headers = BTreeMap<String, String>;

/// The page as it was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// The version that it says to be.
    pub(crate) claims: Option<String>,
    /// All that was asked for, by name.
    pub(crate) files: BTreeMap<String, Found>,
    /// What documents refer to, with the document's name.
    pub(crate) references: BTreeSet<(String, String)>,
    /// What was saved beside it.
    pub(crate) extras: BTreeMap<String, Digest>,
}

/// One thing that is not as the release has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// A file holds something else.
    Bytes { file: String, released: Digest, found: Digest },
    /// A file did not come.
    NoFile { file: String, why: NoFile },
    /// Nobody saved it, so that nothing is known of it.
    NotSaved { file: String },
    /// A document refers to what the release does not refer to.
    Reference { document: String, reference: String, found: Option<Digest> },
    /// A file that was saved, and is none of the release.
    Extra { file: String, found: Digest },
    /// A document that was saved and is none of the release, where the page itself was not: browsers write documents anew
    /// that they save as a whole.
    Document { file: String, found: Digest },
    /// A header of these files.
    Header { name: String, released: Option<String>, found: Option<String>, files: Vec<String> },
}

/// What the comparison comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) verdict: Verdict,
    /// The version that the page says to be.
    pub(crate) claims: Option<String>,
    /// The release that it was compared with.
    pub(crate) version: Option<String>,
    /// Files of the page, by name.
    pub(crate) files: BTreeMap<String, Digest>,
    /// The newest release that is known, where the page is older.
    pub(crate) newer: Option<String>,
    /// What differs from that release.
    pub(crate) differences: Vec<Difference>,
}

impl Difference {
    /// Whether it says nothing of what the file holds.
    pub(crate) fn is_lack(&self) -> bool {
        match self {
            Self::NotSaved { .. } | Self::Document { .. } => true,
            Self::NoFile { why, .. } => why.is_for_now(),
            _ => false,
        }
    }
}

/// The release that a page says to be, where that is known.
pub(crate) fn claimed<'a>(claims: Option<&str>, releases: &'a [Release]) -> Option<&'a Release> {
    releases.iter().rev().find(|release| Some(release.version.as_str()) == claims)
}

/// Compares a page with the release that it says to be, or else with the nearest.
pub(crate) fn judge(page: &Page, releases: &[Release]) -> Report {
    let claimed = claimed(page.claims.as_deref(), releases);
    let same = |release: &Release| {
        release.files.iter().filter(|(name, released)| digest(page, name) == Some(**released)).count()
    };
    let nearest = claimed.or_else(|| releases.iter().max_by_key(|release| same(release)));
    let differences = nearest.map(|release| differences(page, release)).unwrap_or_default();
    let verdict = match (claimed, &page.claims) {
        (None, Some(_)) => Verdict::Unknown,
        (None, None) if nearest.is_none_or(|release| same(release) == 0) => Verdict::Unknown,
        _ if differences.is_empty() => Verdict::Same,
        _ if !differences.iter().all(Difference::is_lack) => Verdict::Differs,
        _ if differences.iter().any(|difference| matches!(difference, Difference::NoFile { .. })) => {
            Verdict::Incomplete
        }
        _ => Verdict::Unknown,
    };
    let version = nearest.map(|release| release.version.as_str());
    let newer = page.claims.as_deref().or(version).and_then(|version| {
        let newer = releases.iter().filter(|release| release.is_newer_than(version));
        newer.reduce(|best, next| if next.is_newer_than(&best.version) { next } else { best })
    });
    Report {
        verdict,
        claims: page.claims.clone(),
        version: version.map(str::to_owned),
        newer: newer.map(|release| release.version.clone()),
        files: page.files.keys().filter_map(|name| Some((name.clone(), digest(page, name)?))).collect(),
        differences,
    }
}

fn digest(page: &Page, name: &str) -> Option<Digest> {
    match page.files.get(name) {
        Some(Found::File(digest, _)) => Some(*digest),
        _ => None,
    }
}

fn differences(page: &Page, release: &Release) -> Vec<Difference> {
    let mut differences = vec![];
    for (name, released) in &release.files {
        let file = name.clone();
        match page.files.get(name) {
            Some(Found::File(found, _)) if found == released => {}
            Some(Found::File(found, _)) => {
                differences.push(Difference::Bytes { file, released: *released, found: *found });
            }
            Some(Found::None(why)) => differences.push(Difference::NoFile { file, why: why.clone() }),
            None => differences.push(Difference::NotSaved { file }),
        }
    }
    for (document, reference) in &page.references {
        let name = super::references::name_of(reference);
        if name.is_none_or(|name| !release.files.contains_key(name)) {
            let found = name.and_then(|name| digest(page, name));
            let (document, reference) = (document.clone(), reference.clone());
            differences.push(Difference::Reference { document, reference, found });
        }
    }
    let has_page = page.files.contains_key(super::ENTRY);
    differences.extend(page.extras.iter().map(|(file, found)| {
        let (is_rewritten, file, found) = (is_document(file) && !has_page, file.clone(), *found);
        if is_rewritten { Difference::Document { file, found } } else { Difference::Extra { file, found } }
    }));
    differences.extend(headers(page, release));
    differences
}

/// Headers that differ, each told once with its files.
fn headers(page: &Page, release: &Release) -> Vec<Difference> {
    let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for (file, headers) in page.files.iter().filter_map(|(file, found)| match found {
        Found::File(_, Some(headers)) => Some((file, headers)),
        _ => None,
    }) {
        let mut differs = |name: &str, released: Option<&str>| {
            let value = headers.get(name).map(String::as_str);
            if value != released {
                let key = (name.to_owned(), released.map(str::to_owned), value.map(str::to_owned));
                found.entry(key).or_default().push(file.clone());
            }
        };
        for (name, value) in &release.headers {
            differs(name, Some(value));
        }
        differs("content-type", Some(media_type(file)));
        for name in NEVER_SENT {
            differs(name, None);
        }
    }
    let told = found.into_iter();
    told.map(|((name, released, found), files)| Difference::Header { name, released, found, files }).collect()
}

/// As the daemon serves a file of this name.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => "image/svg+xml",
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
