//! Whatever a document leads to is there: in the repository, and where the document is installed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{read, repository};

/// All files below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    folders.iter().flat_map(|folder| below(folder)).chain(files).collect()
}

/// Where the links of a Markdown file lead that are no address of the web.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://"))
}

/// The headings of a Markdown file, as links name them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    let headings =
        headings.map(|heading| heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"));
    headings.map(|heading| heading.replace(|c: char| !c.is_alphanumeric() && c != '-', "")).collect()
}

/// Follows every link of these files.
fn lead_somewhere(files: &[PathBuf]) {
    let mut followed = 0;
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for link in links(&text) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            assert!(target.is_file(), "{} leads to {link}, which is not there", file.display());
            let there = || anchors(&fs::read_to_string(&target).unwrap()).contains(anchor);
            assert!(
                anchor.is_empty() || there(),
                "{} leads to {link}, where no such heading is",
                file.display()
            );
            followed += 1;
        }
    }
    assert!(followed >= 3, "only {followed} links were found");
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "md")
}

#[test]
fn every_link_of_the_repository_leads_somewhere() {
    let folders =
        [".", "docs", "docs/models", "packaging"].map(|folder| fs::read_dir(repository(folder)).unwrap());
    let files: Vec<_> = folders.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    lead_somewhere(&files.into_iter().filter(|file| is_markdown(file)).collect::<Vec<_>>());
}

/// The files of `make install-files`, in a folder that is gone with the guard.
struct Installed(PathBuf);

impl Installed {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents-installed");
        let _ = fs::remove_dir_all(&folder);
        let mut make = Command::new("make");
        // Which programs they are is nothing to the documents.
        make.args(["--silent", "install-files"]);
        make.args(["BINARY=", "JOIN="].map(|name| format!("{name}{}", env!("CARGO_BIN_EXE_sanctuary"))));
        make.arg(format!("DESTDIR={}", folder.display())).current_dir(repository(""));
        let output = make.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self(folder)
    }

    fn has(&self, path: &str) -> bool {
        self.0.join(path.trim_start_matches('/')).exists()
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_link_of_what_is_installed_leads_somewhere_too() {
    let installed = Installed::new();
    let files = below(&installed.0);
    lead_somewhere(&files.iter().filter(|file| is_markdown(file)).cloned().collect::<Vec<_>>());

    // Places below /usr/share that are named, and pages of the manual, are ours.
    let mut named = 0;
    let is_program = |file: &Path| file.parent().is_some_and(|folder| folder.ends_with("bin"));
    let is_text = |file: &&PathBuf| !is_program(file) && file.extension().is_none_or(|e| e != "webp");
    for file in files.iter().filter(is_text) {
        let text = fs::read_to_string(file).unwrap().replace("\\-", "-");
        let is_part = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        for place in text.match_indices("/usr/share/").map(|(at, _)| &text[at..]) {
            let place = place.split(|c: char| !is_part(c)).next().unwrap().trim_end_matches('.');
            assert!(installed.has(place), "{} names {place}, which is not installed", file.display());
            named += 1;
        }
        for page in text.split("man:sanctuary").skip(1).map(|rest| rest.split_whitespace().next().unwrap()) {
            let page = format!("sanctuary{page}").replace(['(', ')'], " ");
            let (name, section) = page.trim().split_once(' ').unwrap();
            assert!(installed.has(&format!("/usr/share/man/man{section}/{name}.{section}")), "{page}");
            named += 1;
        }
    }
    assert!(named >= 4, "only {named} places were found");
}

/// Every file and module that a document names in code is there, whole or as from `src` and `web/src`.
#[test]
fn every_file_that_is_named_is_there() {
    let mut named = 0;
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "packaging/README.md"]
    {
        let text = read(document);
        let text: String = text.split("```").step_by(2).collect();
        let spans = text.split('`').skip(1).step_by(2).filter_map(|span| span.split_whitespace().next());
        let is_part = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        let is_path = |span: &&str| span.contains('/') && span.starts_with(|c: char| c.is_ascii_lowercase());
        for path in spans.filter(is_path).filter(|span| span.chars().all(is_part)) {
            // Made by a build, or a place of the system.
            if ["web/dist", "target/", "text/", "apparmor.d/"].iter().any(|made| path.starts_with(made)) {
                continue;
            }
            let path = path.trim_end_matches('/');
            let mut places = ["", "src/", "crates/", "web/src/"].iter().flat_map(|from| {
                ["", ".rs", ".ts"].map(|ending| repository(&format!("{from}{path}{ending}")))
            });
            assert!(places.any(|place| place.exists()), "{document} names {path}");
            named += 1;
        }
    }
    assert!(named > 30, "only {named} were found");
}
