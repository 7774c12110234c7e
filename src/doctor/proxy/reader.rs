//! What stands in the settings of reverse proxies: directives within directives, with all that they include.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::parser::{Directive, Syntax, parse};
use crate::files::{self, ReadError};

/// Files that are read of one proxy, and bytes of each; real ones have tens, of a few KiB.
const FILES: usize = 500;
pub(super) const LARGEST: u64 = 1024 * 1024;

/// How deep directives and included files may lie within others.
pub(super) const DEPTH: usize = 16;

/// Reads one proxy's files.
pub(super) struct Reader<'a> {
    pub(super) syntax: Syntax,
    /// Where the system's files are: `/`, but for tests.
    pub(super) root: &'a Path,
    /// Where paths begin that do not begin at the root.
    pub(super) folder: PathBuf,
    /// Whether there was something that may not be read.
    pub(super) is_hidden: bool,
    pub(super) files: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(syntax: Syntax, root: &'a Path, folder: &str) -> Self {
        Self { syntax, root, folder: folder.into(), is_hidden: false, files: 0 }
    }

    /// All that stands in `path`, which may be a pattern, and in what it includes.
    pub(super) fn read(&mut self, path: &str, depth: usize) -> Vec<Directive> {
        let mut found = Vec::new();
        for path in self.matching(&self.folder.join(path)) {
            self.files += 1;
            if self.files > FILES || depth > DEPTH {
                self.is_hidden = true;
                break;
            }
            match files::read(&path, LARGEST) {
                Ok(text) => found.extend(parse(&String::from_utf8_lossy(&text), self.syntax)),
                // A pattern of Apache's may name a folder, for all that lies in it.
                Err(_) if path.is_dir() => {
                    let inside = Path::new("/").join(path.strip_prefix(self.root).unwrap_or(&path)).join("*");
                    found.extend(self.read(&inside.to_string_lossy(), depth + 1));
                }
                Err(error) => self.is_hidden |= is_there(&error),
            }
        }
        self.expand(found, &[], depth)
    }

    /// Puts what is included in the place of what includes it.
    fn expand(&mut self, directives: Vec<Directive>, above: &[Directive], depth: usize) -> Vec<Directive> {
        let snippets: Vec<Directive> = directives
            .iter()
            .filter(|directive| directive.name().starts_with('('))
            .chain(above)
            .cloned()
            .collect();
        let mut expanded = Vec::new();
        for mut directive in directives {
            let named = directive.word(1).to_owned();
            match directive.name() {
                "include" | "includeoptional" | "import" if depth < DEPTH => {
                    let of_that_name =
                        |snippet: &&Directive| snippet.name() == format!("({})", named.to_lowercase());
                    match snippets.iter().find(of_that_name).cloned() {
                        Some(snippet) => expanded.extend(self.expand(snippet.inner, &snippets, depth + 1)),
                        None => expanded.extend(self.read(&named, depth + 1)),
                    }
                }
                // Debian's way to name what is enabled.
                "include_shell" => expanded.extend(self.read("conf-enabled/*.conf", depth + 1)),
                "serverroot" => self.folder = named.into(),
                name if self.syntax == Syntax::Apache && name.starts_with("if") => {
                    expanded.extend(self.expand(directive.inner, &snippets, depth + 1));
                }
                _ => {
                    directive.inner = self.expand(directive.inner, &snippets, depth);
                    expanded.push(directive);
                }
            }
        }
        expanded
    }

    /// The files of a pattern in which each part may hold `*`, `?` and `[...]`, in their order.
    fn matching(&mut self, pattern: &Path) -> Vec<PathBuf> {
        let mut found = vec![self.root.to_owned()];
        for part in pattern.components().filter(|part| !matches!(part, Component::RootDir)) {
            let part = part.as_os_str().to_string_lossy();
            if !part.contains(['*', '?', '[']) {
                for path in &mut found {
                    path.push(&*part);
                }
                continue;
            }
            let mut next = Vec::new();
            for folder in &found {
                let entries = fs::read_dir(folder);
                self.is_hidden |=
                    entries.as_ref().is_err_and(|error| error.kind() == ErrorKind::PermissionDenied);
                for entry in entries.into_iter().flatten().flatten() {
                    let name = entry.file_name();
                    let name = name.to_string_lossy();
                    if !name.starts_with('.') && is_like(name.as_bytes(), part.as_bytes()) {
                        let at = next.partition_point(|other: &PathBuf| *other < entry.path());
                        next.insert(at, entry.path());
                    }
                }
            }
            found = next;
        }
        found
    }
}

/// Whether what cannot be read may be there all the same.
pub(super) fn is_there(error: &ReadError) -> bool {
    !matches!(error, ReadError::Missing(_) | ReadError::Dangling(_))
}

/// See glob(7); a bracket stands for any one letter here.
fn is_like(name: &[u8], pattern: &[u8]) -> bool {
    match (pattern, name) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=name.len()).any(|from| is_like(&name[from..], rest)),
        ([b'?', rest @ ..], [_, name @ ..]) => is_like(name, rest),
        ([b'[', rest @ ..], [_, name @ ..]) => {
            let end = rest.iter().position(|byte| *byte == b']').map_or(rest.len(), |end| end + 1);
            is_like(name, &rest[end..])
        }
        ([one, rest @ ..], [other, name @ ..]) => one == other && is_like(name, rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parser::tests::written;
    use super::*;

    #[test]
    fn blocks_and_files_within_each_other_end_somewhere() {
        let deep = parse(&"a {".repeat(100_000), Syntax::Nginx);
        assert_eq!(written(&deep).matches('{').count(), DEPTH - 1);
        let folder = std::env::temp_dir().join(format!("sanctuary-includes-{}", std::process::id()));
        fs::create_dir(&folder).unwrap_or_default();
        fs::write(folder.join("main"), "a; include main; include o*[rs];").unwrap_or_default();
        fs::write(folder.join("other"), "b;").unwrap_or_default();
        let mut reader = Reader::new(Syntax::Nginx, &folder, "/");
        let found = written(&reader.read("main", 0));
        fs::remove_dir_all(&folder).unwrap_or_default();
        assert!(found.starts_with("a;a;") && found.ends_with("b;b"), "{found}");
        assert!(!reader.is_hidden || reader.files > DEPTH, "{}", reader.files);
    }

    #[test]
    fn a_pattern_is_matched_as_the_shell_does() {
        for (name, pattern, expected) in [
            ("chat.conf", "*.conf", true),
            ("chat.conf.bak", "*.conf", false),
            ("chat", "*", true),
            ("10-chat", "??-c*t", true),
            ("a", "[a-c]", true),
            ("", "?", false),
            ("ab", "a", false),
        ] {
            assert_eq!(is_like(name.as_bytes(), pattern.as_bytes()), expected, "{name} {pattern}");
        }
    }
}
