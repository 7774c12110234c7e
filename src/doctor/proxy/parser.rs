//! What stands in one text of a reverse proxy's settings: directives within directives.

use std::iter::Peekable;
use std::str::Chars;

use super::read_budget::ReadBudget;

/// How deep blocks may lie within others; what lies deeper is taken to lie in the last of these.
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

/// Reads a text, be it right or wrong, as far as its words and blocks can be paid.
pub(super) fn parse(text: &str, syntax: Syntax, budget: &mut ReadBudget) -> Vec<Directive> {
    let open = vec![Directive::default()];
    let mut parser = Parser { syntax, budget, open, words: Vec::new(), word: None, brackets: 0 };
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

struct Parser<'a> {
    syntax: Syntax,
    budget: &'a mut ReadBudget,
    /// The blocks that have begun, the innermost last.
    open: Vec<Directive>,
    words: Vec<String>,
    word: Option<String>,
    /// Of lighttpd's, within which lines go on.
    brackets: usize,
}

impl Parser<'_> {
    fn read(&mut self, mut text: Peekable<Chars<'_>>) {
        use Syntax::{Apache, Caddy, Lighttpd, Nginx};
        while let Some(letter) = text.next()
            && !self.budget.is_empty
        {
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
        if let Some(word) = self.word.take()
            && self.budget.pay(1, 0)
        {
            self.words.push(word);
        }
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
        if !self.budget.pay(1, 0) {
            return;
        }
        if let Some(name) = self.words.first_mut() {
            name.make_ascii_lowercase();
        }
        self.open.push(Directive { words: std::mem::take(&mut self.words), inner: Vec::new() });
        // Deeper blocks count as part of this one.
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
    use super::super::read_budget::STEPS;
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
            assert_eq!(written(&parse(text, syntax, &mut ReadBudget::new())), expected, "{text}");
        }
    }

    #[test]
    fn blocks_within_each_other_end_somewhere() {
        for (depth, expected) in
            [(DEPTH - 1, DEPTH - 2), (DEPTH, DEPTH - 1), (DEPTH + 1, DEPTH - 1), (90_000, DEPTH - 1)]
        {
            let deep = parse(&"a {".repeat(depth), Syntax::Nginx, &mut ReadBudget::new());
            assert_eq!(written(&deep).matches('{').count(), expected);
        }
    }

    #[test]
    fn what_cannot_be_paid_is_left_out() {
        for (steps, expected) in
            [(0, ""), (1, "a"), (2, "a|b"), (3, "a|b;c"), (4, "a|b;c"), (5, "a|b;c{d}"), (6, "a|b;c{d}")]
        {
            let mut budget = ReadBudget::new();
            budget.pay(STEPS - steps, 0);
            assert_eq!(written(&parse("a b; c { d }", Syntax::Nginx, &mut budget)), expected, "{steps}");
            assert_eq!(budget.is_empty, steps < 5, "{steps}");
        }
    }
}
