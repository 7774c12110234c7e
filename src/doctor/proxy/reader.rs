//! What stands in the settings of reverse proxies: directives within directives, with all that they include.

use std::fs;
use std::io::ErrorKind;
use std::iter::Peekable;
use std::path::{Component, Path, PathBuf};
use std::str::Chars;

use crate::files::{self, ReadError};

/// Files that are read of one proxy, and bytes of each; real ones have tens, of a few KiB.
const FILES: usize = 500;
pub(super) const LARGEST: u64 = 1024 * 1024;

/// How deep directives and included files may lie within others.
const DEPTH: usize = 16;

/// How a proxy writes its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Nginx,
    Caddy,
    Apache,
    Haproxy,
    Lighttpd,
}

/// A directive, and what stands in its block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Directive {
    /// Its name in small letters, and the rest.
    pub(super) words: Vec<String>,
    pub(super) inner: Vec<Directive>,
}

impl Directive {
    pub(super) fn name(&self) -> &str {
        self.word(0)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }
}

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

/// Reads a text, be it right or wrong.
pub(super) fn parse(text: &str, syntax: Syntax) -> Vec<Directive> {
    let mut parser =
        Parser { syntax, open: vec![Directive::default()], words: Vec::new(), word: None, brackets: 0 };
    parser.read(text.chars().peekable());
    parser.end_statement();
    while parser.open.len() > 1 {
        parser.close();
    }
    parser.open.pop().map_or_else(Vec::new, |root| root.inner)
}

/// The words that begin a section of `HAProxy`'s, which ends where the next one begins.
const SECTIONS: [&str; 14] = [
    "global",
    "defaults",
    "frontend",
    "backend",
    "listen",
    "resolvers",
    "peers",
    "userlist",
    "mailers",
    "program",
    "cache",
    "ring",
    "http-errors",
    "fcgi-app",
];

struct Parser {
    syntax: Syntax,
    /// The blocks that have begun, the innermost last.
    open: Vec<Directive>,
    words: Vec<String>,
    word: Option<String>,
    /// Of lighttpd's, within which lines go on.
    brackets: usize,
}

impl Parser {
    fn read(&mut self, mut text: Peekable<Chars<'_>>) {
        use Syntax::{Apache, Caddy, Lighttpd, Nginx};
        while let Some(letter) = text.next() {
            let syntax = self.syntax;
            let is_first = self.word.is_none();
            let braces = [Nginx, Lighttpd].contains(&syntax);
            let is_alone = is_first && text.peek().is_none_or(|next| next.is_whitespace());
            match letter {
                '#' if is_first && (syntax != Apache || self.words.is_empty()) => {
                    while text.next_if(|letter| *letter != '\n').is_some() {}
                }
                '\\' => match text.next() {
                    Some('\r' | '\n') | None => {}
                    Some(letter) => self.push(letter),
                },
                '"' | '\'' | '`'
                    if (is_first || syntax == Lighttpd) && (letter != '`' || syntax == Caddy) =>
                {
                    self.word.get_or_insert_default();
                    while let Some(inside) = text.next_if(|inside| *inside != letter) {
                        let escaped = if inside == '\\' { text.next() } else { None };
                        self.push(escaped.unwrap_or(inside));
                    }
                    text.next();
                }
                '\n' if syntax != Nginx && self.brackets == 0 => self.end_statement(),
                ';' if syntax == Nginx => self.end_statement(),
                // A variable's name, not a block.
                '{' if syntax == Nginx && self.word.as_ref().is_some_and(|word| word.ends_with('$')) => {
                    while let Some(inside) = text.next_if(|inside| *inside != '}') {
                        self.push(inside);
                    }
                    text.next();
                }
                '{' if braces || (syntax == Caddy && is_alone) => self.begin(),
                '}' if braces || (syntax == Caddy && is_alone && self.words.is_empty()) => {
                    self.end_statement();
                    self.close();
                }
                '(' | ')' | ',' | '=' | '>' | '+' if syntax == Lighttpd => {
                    self.end_word();
                    self.brackets += usize::from(letter == '(');
                    self.brackets -= usize::from(letter == ')' && self.brackets > 0);
                }
                _ if letter.is_whitespace() => self.end_word(),
                _ => self.push(letter),
            }
        }
    }

    fn push(&mut self, letter: char) {
        self.word.get_or_insert_default().push(letter);
    }

    fn end_word(&mut self) {
        self.words.extend(self.word.take());
    }

    fn end_statement(&mut self) {
        self.end_word();
        let Some(name) = self.words.first_mut() else { return };
        name.make_ascii_lowercase();
        let name = name.clone();
        match self.syntax {
            Syntax::Apache if name.starts_with("</") => {
                self.words.clear();
                self.close();
            }
            Syntax::Apache if name.starts_with('<') => {
                self.words[0].remove(0);
                if let Some(last) = self.words.last_mut() {
                    last.truncate(last.trim_end_matches('>').len());
                }
                self.begin();
            }
            Syntax::Haproxy if SECTIONS.contains(&&*name) => {
                if self.open.len() > 1 {
                    self.close();
                }
                self.begin();
            }
            _ => {
                let words = std::mem::take(&mut self.words);
                self.add(Directive { words, inner: Vec::new() });
            }
        }
    }

    fn begin(&mut self) {
        self.end_word();
        if let Some(name) = self.words.first_mut() {
            name.make_ascii_lowercase();
        }
        self.open.push(Directive { words: std::mem::take(&mut self.words), inner: Vec::new() });
        // What lies deeper is taken to lie in this one.
        if self.open.len() > DEPTH {
            self.close();
        }
    }

    /// Ends the innermost block, if one has begun.
    fn close(&mut self) {
        if self.open.len() > 1 {
            let closed = self.open.pop().unwrap_or_default();
            self.add(closed);
        }
    }

    fn add(&mut self, directive: Directive) {
        if let Some(block) = self.open.last_mut() {
            block.inner.push(directive);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As in `server {listen 80;}`.
    fn written(directives: &[Directive]) -> String {
        let one = |directive: &Directive| {
            let words = directive.words.join("|");
            if directive.inner.is_empty() {
                words
            } else {
                format!("{words}{{{}}}", written(&directive.inner))
            }
        };
        directives.iter().map(one).collect::<Vec<_>>().join(";")
    }

    #[test]
    fn each_proxy_s_way_to_write_is_read() {
        use Syntax::{Apache, Caddy, Haproxy, Lighttpd, Nginx};
        for (syntax, text, expected) in [
            (Nginx, "a b; # c;\nd { e 'f g' \"h;{\"; i{j;}}", "a|b;d{e|f g|h;{;i{j}}"),
            (Nginx, "a ${b}c;\nd\n  e;", "a|$bc;d|e"),
            (Nginx, "a#b;", "a#b"),
            (Nginx, "a b", "a|b"),
            (Nginx, "}} a;", "a"),
            (Nginx, "a { b;", "a{b}"),
            (Caddy, "a.example, b {\n\tc `d {` # e\n\tf {$G}\n}\nh", "a.example,|b{c|d {;f|{$G}};h"),
            (Caddy, "a \\\n b\n(s) {\n\tlog\n}", "a|b;(s){log}"),
            (
                Apache,
                "A \"b c\"\n<VirtualHost *:80>\n D e\\\n  f\n</VirtualHost>\n# g\n",
                "a|b c;virtualhost|*:80{d|e|f}",
            ),
            (
                Haproxy,
                "global\n log x # y\nfrontend a from b\n no log\nbackend c\n server d 1:2\n",
                "global{log|x};frontend|a|from|b{no|log};backend|c{server|d|1:2}",
            ),
            (
                Lighttpd,
                "a.b = \"c\"\nproxy.server = ( \"\" =>\n ( ( \"host\" => \"h\", \"port\" => 8080 ) ) )\n\
                $HTTP[\"host\"] == \"x\" {\n d = \"e\"\n}",
                "a.b|c;proxy.server||host|h|port|8080;$http[host]|x{d|e}",
            ),
        ] {
            assert_eq!(written(&parse(text, syntax)), expected, "{text}");
        }
    }

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
