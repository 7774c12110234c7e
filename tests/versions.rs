//! The version stands in several files; all say the same.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use sanctuary_server::DIGESTS;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What stands after `before` and up to `after`, at the beginning of the file's first line that has it.
fn first_between(path: &str, before: &str, after: char) -> String {
    let text = read(path);
    let rest = text.lines().find_map(|line| line.strip_prefix(before));
    let rest = rest.unwrap_or_else(|| panic!("{path} has no line that begins with {before:?}"));
    rest.split(after).next().unwrap().trim().to_owned()
}

#[test]
fn every_file_has_the_version_of_cargo_toml() {
    assert_eq!(first_between("CHANGELOG.md", "## ", ' '), VERSION, "CHANGELOG.md");
    assert_eq!(first_between("debian/changelog", "sanctuary (", ')'), VERSION, "debian/changelog");
    assert_eq!(first_between("archlinux/PKGBUILD", "pkgver=", '\n'), VERSION, "archlinux/PKGBUILD");
    assert_eq!(first_between("packaging/rpm/sanctuary.spec", "Version:", '\n'), VERSION, "sanctuary.spec");
    let spec = read("packaging/rpm/sanctuary.spec");
    let newest = spec.split("%changelog\n").nth(1).unwrap().lines().next().unwrap();
    assert!(newest.ends_with(&format!(" - {VERSION}-1")), "sanctuary.spec's changes: {newest}");
    for ours in ["sanctuary", "sanctuary-seal", "sanctuary-wire"] {
        let locked = format!("name = \"{ours}\"\nversion = \"{VERSION}\"\n");
        assert!(read("fuzz/Cargo.lock").contains(&locked), "fuzz/Cargo.lock: {ours}");
    }
}

/// A release's digests are what its page is held to, by every later version.
#[test]
fn every_release_has_its_digests_and_the_page_is_that_of_the_last_until_the_next_is_begun() {
    let changes = read("CHANGELOG.md");
    let heads = changes.lines().filter_map(|line| line.strip_prefix("## ")?.split_once(" - "));
    let released: Vec<_> =
        heads.filter(|(_, day)| *day != "unreleased").map(|(version, _)| version).collect();
    let lists = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("digests")).unwrap();
    let lists = lists.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut listed: Vec<_> = lists.filter_map(|name| Some(name.strip_suffix(".txt")?.to_owned())).collect();
    listed.sort();
    let mut expected = released.clone();
    expected.sort_unstable();
    assert_eq!(listed, expected, "lists in digests/, and versions that CHANGELOG.md says are released");
    for version in released {
        let list = read(&format!("digests/{version}.txt"));
        assert!(list.starts_with(&format!("# Sanctuary {version}\n")), "digests/{version}.txt: {list}");
        let is_another = version == VERSION && list != DIGESTS;
        assert!(!is_another, "the page has changed since {version}: begin the next version in CHANGELOG.md");
    }
}
