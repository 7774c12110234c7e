//! One reverse proxy's settings, with all that they include.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use super::glob::{self, Pattern};
use super::parser::{Directive, Syntax, parse};
use super::read_budget::ReadBudget;
use crate::files::{self, ReadError};

/// Bytes of each file; real ones have a few KiB.
const LARGEST: usize = 1 << 20;

/// How deep files, snippets and the blocks around them may lie within others.
const DEPTH: usize = 16;

/// Reads one proxy's files.
pub(super) struct SettingsReader<'a> {
    syntax: Syntax,
    /// Where the system's files are: `/`, but for tests.
    root: &'a Path,
    /// Where paths begin that do not begin at the root.
    pub(super) folder: PathBuf,
    /// Caddy's blocks that are there to be imported, as `(name)`.
    snippets: Vec<Directive>,
    /// Whether there was something that may not be read.
    pub(super) is_hidden: bool,
    /// Whether something was left out that this user might have read.
    is_short: bool,
    pub(super) budget: ReadBudget,
}

impl<'a> SettingsReader<'a> {
    pub(super) fn new(syntax: Syntax, root: &'a Path) -> Self {
        Self {
            syntax,
            root,
            folder: PathBuf::new(),
            snippets: Vec::new(),
            is_hidden: false,
            is_short: false,
            budget: ReadBudget::new(),
        }
    }

    /// Whether there is more than was read.
    pub(super) fn is_short(&self) -> bool {
        self.is_short || self.budget.is_empty
    }

    /// All that stands in the snippet or the files `name`, which may be a pattern, and in what they include.
    pub(super) fn read(&mut self, name: &str, depth: usize) -> Vec<Directive> {
        if depth > DEPTH {
            self.is_short = true;
            return Vec::new();
        }
        let snippet = format!("({})", name.to_lowercase());
        self.budget.pay(self.snippets.len(), 0);
        if let Some(snippet) = self.snippets.iter().rfind(|other| other.name() == snippet) {
            let inner = self.budget.copy(&snippet.inner);
            return self.expand(inner, depth);
        }
        let mut found = Vec::new();
        for path in self.matching(name) {
            if self.budget.is_empty {
                break;
            }
            if let Some(text) = self.text(&path) {
                let directives = parse(&text, self.syntax, &mut self.budget);
                found.extend(self.expand(directives, depth));
            } else if path.is_dir() {
                // A pattern of Apache's may name a folder, for all that lies in it.
                let inside = Path::new("/").join(path.strip_prefix(self.root).unwrap_or(&path)).join("*");
                found.extend(self.read(&inside.to_string_lossy(), depth + 1));
            }
        }
        found
    }

    /// Puts what is included in the place of what includes it.
    fn expand(&mut self, directives: Vec<Directive>, depth: usize) -> Vec<Directive> {
        let mut expanded = Vec::new();
        for mut directive in directives {
            if self.budget.is_empty {
                break;
            }
            match directive.name() {
                "include" | "includeoptional" | "import" => {
                    expanded.extend(self.read(directive.word(1), depth + 1));
                }
                // Debian's way to name what is enabled.
                "include_shell" => expanded.extend(self.read("conf-enabled/*.conf", depth + 1)),
                "serverroot" => self.folder = directive.word(1).into(),
                name if name.starts_with('(') => self.snippets.push(directive),
                name if self.syntax == Syntax::Apache && name.starts_with("if") => {
                    expanded.extend(self.expand(directive.inner, depth + 1));
                }
                _ => {
                    directive.inner = self.expand(directive.inner, depth + 1);
                    expanded.push(directive);
                }
            }
        }
        expanded
    }

    /// What stands in a file.
    pub(super) fn text(&mut self, path: &Path) -> Option<String> {
        match path.metadata() {
            Ok(found) if found.is_dir() => return None,
            // Merely to open a device may set it going.
            Ok(found) if !found.is_file() || !self.budget.pay_file() => {
                self.is_short = true;
                return None;
            }
            _ => {}
        }
        let most = LARGEST.min(self.budget.bytes);
        match files::read(path, most as u64) {
            Ok(text) => {
                self.budget.pay(0, text.len());
                return Some(String::from_utf8_lossy(&text).into_owned());
            }
            Err(ReadError::Missing(_) | ReadError::Dangling(_)) => {}
            Err(error) if error.is_a_matter_of_rights() => self.is_hidden = true,
            Err(error) => {
                self.is_short = true;
                if matches!(error, ReadError::TooLarge(_)) {
                    self.budget.pay(0, most);
                }
            }
        }
        None
    }

    /// The files of a pattern in which each part may hold `*`, `?` and `[...]`, in their order.
    fn matching(&mut self, pattern: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let pattern = self.folder.join(pattern);
        let pattern = pattern.to_string_lossy();
        let parts: Vec<&str> = pattern.split('/').filter(|part| !["", "."].contains(part)).collect();
        let mut open = vec![(self.root.to_owned(), &parts[..])];
        while let Some((mut path, parts)) = open.pop() {
            if !self.budget.pay(1, pattern.len()) {
                break;
            }
            let at = parts.iter().position(|part| glob::is_pattern(part)).unwrap_or(parts.len());
            path.extend(&parts[..at]);
            if let Some(part) = parts.get(at) {
                let inside = self.inside(&path, &Pattern::of(part));
                open.extend(inside.into_iter().rev().map(|path| (path, &parts[at + 1..])));
            } else {
                found.push(path);
            }
        }
        found
    }

    /// What lies in a folder and is called so, in its order.
    fn inside(&mut self, folder: &Path, pattern: &Pattern) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder);
        self.is_hidden |= entries.as_ref().is_err_and(|error| error.kind() == ErrorKind::PermissionDenied);
        let mut found = Vec::new();
        for entry in entries.into_iter().flatten().flatten() {
            let path = entry.path();
            if !self.budget.pay(1, path.as_os_str().len()) {
                break;
            }
            let name = entry.file_name();
            let name = name.as_bytes();
            if !name.starts_with(b".") && pattern.matches(name) {
                found.push(path);
            }
        }
        found.sort_unstable();
        found
    }
}
