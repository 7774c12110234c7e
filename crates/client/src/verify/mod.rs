//! `verify`: holds a page to account. It fetches the page with all its files, or takes what a browser has saved of it, and
//! compares that with what releases hold (`docs/verify.md`).

mod compare;
mod fetch;
mod references;
mod releases;
mod request;
mod saved;
mod told;
mod unpack;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use hyper::HeaderMap;
use sha2::{Digest as _, Sha256};
use tokio::sync::oneshot;

use crate::cli::{Failure, Trusted, chain, close_in, invitation_is_not_read};
use crate::confine::STACK;
use crate::exit::Exit;
use crate::line::Dialler;
use compare::{Found, Headers, Page, Report, Verdict, claimed, judge};
use fetch::{Fetched, Fetcher};
use releases::{LIST_MOST, Release};
use told::Source;

/// Exit statuses, as the help and docs/verify.md have them.
pub(crate) const STATUSES: [(u8, &str); 8] = [
    (Verdict::Same as u8, "it is the page of a release, to the byte"),
    (Verdict::Differs as u8, "it differs from the release that it says to be, or is nearest to"),
    (Verdict::Unknown as u8, "it can't be told: the version is unknown here, or not all was saved"),
    (Verdict::Incomplete as u8, "it can't be told now: not all came, try again"),
    (Exit::Usage as u8, "the command line is wrong"),
    (Exit::NoInput as u8, "a file or folder that was named cannot be read"),
    (Exit::Unavailable as u8, "there is no page: nothing answers there, or it leads elsewhere"),
    (Exit::OsError as u8, "the system refused what it should grant"),
];

/// The file that is served at the page's own address.
const ENTRY: &str = "index.html";

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The page's address
    #[arg(value_name = "URL", required_unless_present = "saved", conflicts_with = "saved")]
    address: Option<String>,

    /// Compare with the releases of this list alone
    #[arg(long, value_name = "FILE")]
    digests: Option<PathBuf>,

    /// Compare what a browser has saved in FOLDER, file by file
    #[arg(long, value_name = "FOLDER")]
    saved: Option<PathBuf>,

    /// Tell it as one object, for programs
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    trusted: Trusted,
}

/// What stands below the options.
pub(crate) fn after_help() -> String {
    let mut help = format!("{}\n\nExit status:\n", Source::Served.caution());
    for (status, meaning) in STATUSES {
        let _ = writeln!(help, "  {status:<3} {meaning}");
    }
    help
}

/// Compares, and tells what it comes to.
pub(crate) fn begin(verify: &Verify) -> Result<ExitCode, Failure> {
    let releases = match &verify.digests {
        Some(file) => list(file)?,
        None => releases::known(),
    };
    // A page is no secret, wherever it comes to stand.
    let (nobody, _) = oneshot::channel();
    let (report, page, source) = match (&verify.saved, &verify.address) {
        (Some(folder), _) => {
            let report = saved::compare(folder, &releases, || close_in(&[], &[folder], nobody));
            let report = report.map_err(|why| Failure(Exit::NoInput, why.to_string()))?;
            (report, folder.display().to_string(), Source::Saved)
        }
        (None, Some(address)) => {
            invitation_is_not_read(address, "a page is compared without one");
            let dialler = verify.trusted.dialler(crate::cli::address(address)?)?;
            close_in(&dialler.ports(), &[], nobody);
            (served(&dialler, &releases)?, dialler.address().to_string(), Source::Served)
        }
        (None, None) => return Err(Failure::usage(&"give the page's address")),
    };
    let told =
        if verify.json { told::object(&report, &page, source) } else { told::text(&report, &page, source) };
    // Where nobody reads the output, the status still tells.
    let _ = writeln!(io::stdout(), "{told}");
    Ok((report.verdict as u8).into())
}

/// The releases of a list.
fn list(file: &Path) -> Result<Vec<Release>, Failure> {
    let failure = |why: &dyn std::fmt::Display| Failure(Exit::NoInput, format!("{}: {why}", file.display()));
    let mut text = String::new();
    let read = File::open(file).and_then(|file| file.take(LIST_MOST + 1).read_to_string(&mut text));
    if read.map_err(|why| failure(&why))? > usize::try_from(LIST_MOST).unwrap_or(usize::MAX) {
        return Err(failure(&"it is too long for a list of digests"));
    }
    releases::read(&text).map_err(|why| failure(&why))
}

fn served(dialler: &Dialler, releases: &[Release]) -> Result<Report, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().thread_stack_size(STACK).build();
    let runtime = runtime.map_err(|why| Failure(Exit::OsError, why.to_string()))?;
    let page = runtime.block_on(gather(dialler, releases));
    // A name may still be looked up.
    runtime.shutdown_background();
    Ok(judge(&page?, releases))
}

/// Fetches the document that comes first, all that the release has which it says to be, and all that documents refer to.
async fn gather(dialler: &Dialler, releases: &[Release]) -> Result<Page, Failure> {
    let mut fetcher = Fetcher::new(dialler);
    let mut page = Page::default();
    match fetcher.fetch("", false).await {
        Ok(Fetched::File(bytes, headers)) => page.add(ENTRY, &bytes, &headers),
        Ok(Fetched::None(why)) => {
            let why = format!("there is no page at {}: {}", dialler.address(), told::in_vain(&why));
            return Err(Failure(Exit::Unavailable, why));
        }
        Err(why) => return Err(Failure(Exit::Unavailable, chain(&why))),
    }
    // As a browser does, what the page refers to comes first.
    fetch_referred(&mut fetcher, &mut page).await;
    let claimed = claimed(page.claims.as_deref(), releases).map(std::slice::from_ref);
    for name in claimed.unwrap_or(releases).iter().flat_map(|release| release.files.keys()) {
        fetch(&mut fetcher, &mut page, name).await;
        fetch_referred(&mut fetcher, &mut page).await;
    }
    Ok(page)
}

/// Fetches all that documents refer to, so far as they are known.
async fn fetch_referred(fetcher: &mut Fetcher<'_>, page: &mut Page) {
    let referred: Vec<_> = page.references.iter().map(|(_, reference)| reference.clone()).collect();
    for name in referred.iter().filter_map(|reference| references::name_of(reference)) {
        fetch(fetcher, page, name).await;
    }
}

async fn fetch(fetcher: &mut Fetcher<'_>, page: &mut Page, name: &str) {
    if page.files.contains_key(name) {
        return;
    }
    let mut referred = page.references.iter().map(|(_, reference)| references::name_of(reference));
    let is_referred_to = referred.any(|referred| referred == Some(name));
    match fetcher.fetch(name, is_referred_to).await {
        Ok(Fetched::File(bytes, headers)) => page.add(name, &bytes, &headers),
        Ok(Fetched::None(why)) => drop(page.files.insert(name.to_owned(), Found::None(why))),
        Err(why) => drop(page.files.insert(name.to_owned(), Found::None(why.into()))),
    }
}

impl Page {
    fn add(&mut self, name: &str, bytes: &[u8], headers: &HeaderMap) {
        if references::is_document(name) {
            let document = references::read(bytes);
            // No release has as many.
            let place = references::REFERENCES_OF_ALL.saturating_sub(self.references.len());
            self.references.extend(document.told().take(place).map(|reference| (name.to_owned(), reference)));
            if name == ENTRY {
                self.claims = document.version;
            }
        }
        let mut told = Headers::new();
        for (name, value) in headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            told.entry(name.as_str().to_owned())
                .and_modify(|before| *before = format!("{before}, {value}"))
                .or_insert_with(|| value.into_owned());
        }
        self.files.insert(name.to_owned(), Found::File(Sha256::digest(bytes).into(), Some(told)));
    }
}

#[cfg(test)]
mod tests {
    use super::references::{REFERENCES_MOST, REFERENCES_OF_ALL};
    use super::*;

    #[test]
    fn however_many_documents_there_are_their_references_are_bounded() {
        let mut page = Page::default();
        for document in 0..10 {
            let html: Vec<String> =
                (0..REFERENCES_MOST).map(|at| format!("<img src={document}-{at}>")).collect();
            page.add(&format!("{document}.html"), html.concat().as_bytes(), &HeaderMap::new());
            assert_eq!(page.references.len(), REFERENCES_OF_ALL.min((document + 1) * REFERENCES_MOST));
        }
    }
}
