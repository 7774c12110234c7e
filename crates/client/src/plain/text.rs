//! What is said, as text: HTML is read as browsers read it, and nothing that others send reaches the terminal as control.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::rich::harmless;

/// Elements that begin on a line of their own.
const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tr",
    "ul",
];

/// Elements of which nothing is shown.
const UNSHOWN: [&str; 6] = ["script", "style", "template", "title", "noscript", "iframe"];

/// Links whose addresses are shown behind their texts.
const LINKS_MOST: usize = 64;

/// In the place of a tab, which would jump.
const TAB: &str = "    ";

/// The text of HTML, in lines.
#[must_use]
pub fn text_of(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Gathered::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let text = tokenizer.sink.0.into_inner().text;
    harmless(text.trim_matches('\n'))
}

/// As HTML that a page shows as it was typed.
#[must_use]
pub fn html_of(typed: &str) -> String {
    let escaped = typed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace('\n', "<br>")
}

/// What the tokens come to.
#[derive(Default)]
struct Gathered(RefCell<Shown>);

#[derive(Default)]
struct Shown {
    text: String,
    /// So many elements are open of which nothing is shown.
    unshown: usize,
    /// In `pre` blanks stay as they are.
    preformatted: usize,
    /// A blank stands before the next word.
    is_apart: bool,
    /// Addresses of the links that are open, and where their texts begin.
    links: Vec<(String, usize)>,
}

impl TokenSink for Gathered {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut text = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(characters) => text.says(&characters),
            Token::TagToken(tag) => return text.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Shown {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let (name, begins) = (tag.name.as_ref(), tag.kind == TagKind::StartTag);
        if UNSHOWN.contains(&name) {
            self.unshown = if begins { self.unshown + 1 } else { self.unshown.saturating_sub(1) };
            let is_raw = begins && matches!(name, "script" | "style" | "title" | "noscript" | "iframe");
            return if is_raw {
                TokenSinkResult::RawData(RawKind::Rawtext)
            } else {
                TokenSinkResult::Continue
            };
        }
        if self.unshown > 0 {
            return TokenSinkResult::Continue;
        }
        if BLOCKS.contains(&name) {
            self.breaks();
        }
        match (name, begins) {
            ("br", _) => self.ends_line(),
            ("pre", true) => self.preformatted += 1,
            ("pre", false) => self.preformatted = self.preformatted.saturating_sub(1),
            ("li", true) => self.text.push_str("- "),
            ("blockquote", true) => self.text.push_str("> "),
            ("hr", true) => self.text.push_str("---\n"),
            ("td" | "th", true) if !self.text.ends_with('\n') && !self.text.is_empty() => {
                self.text.push_str(" | ");
            }
            ("img", true) => self.picture(tag),
            ("a", true) if self.links.len() < LINKS_MOST => {
                self.links.push((attribute(tag, "href").unwrap_or_default(), self.text.len()));
            }
            ("a", false) => self.ends_link(),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn says(&mut self, characters: &str) {
        if self.unshown > 0 {
            return;
        }
        if self.preformatted > 0 {
            self.text.push_str(&characters.replace('\t', TAB));
            return;
        }
        for c in characters.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.is_apart = true;
                continue;
            }
            if std::mem::take(&mut self.is_apart)
                && !self.text.is_empty()
                && !self.text.ends_with(['\n', ' '])
            {
                self.text.push(' ');
            }
            self.text.push(c);
        }
    }

    fn breaks(&mut self) {
        self.is_apart = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn ends_line(&mut self) {
        self.is_apart = false;
        self.text.push('\n');
    }

    fn picture(&mut self, tag: &Tag) {
        let shown = match attribute(tag, "alt").filter(|alt| !alt.trim().is_empty()) {
            Some(alt) => format!("[image not shown: {alt}]"),
            None => "[image not shown]".to_owned(),
        };
        self.says(&shown);
    }

    /// A link tells its true address, unless that is its text.
    fn ends_link(&mut self) {
        let Some((address, from)) = self.links.pop() else { return };
        let is_said = self.text.get(from..).is_none_or(|said| said.trim() == address);
        if !address.is_empty() && !is_said {
            self.says(&format!(" ({address})"));
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|attribute| attribute.name.local.as_ref() == name)?;
    Some(found.value.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rich::is_harmful;

    #[test]
    fn html_is_read_as_browsers_read_it() {
        for (html, text) in [
            ("hello", "hello"),
            ("<b>a</b> <i>b</i>\n c", "a b c"),
            ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
            ("<ul><li>a<li>b</ul>after", "- a\n- b\nafter"),
            ("<blockquote>said</blockquote>", "> said"),
            ("<pre>  x\n    y</pre>", "  x\n    y"),
            ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b\n1 | 2"),
            ("&lt;b&gt; &amp;amp; &#65;", "<b> &amp; A"),
            ("<script>alert('<b>')</script><style>x</style>shown", "shown"),
            ("<template><b>x</b></template>y", "y"),
            ("<img alt=\"a cat\" src=x> <img>", "[image not shown: a cat] [image not shown]"),
            (
                "<a href=\"https://evil.example/\">https://bank.example/</a>",
                "https://bank.example/ (https://evil.example/)",
            ),
            ("<a href=\"https://a.example/\">https://a.example/</a>", "https://a.example/"),
            ("<!-- hidden -->x<b", "x"),
            ("a<p></p><p></p>b", "a\nb"),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn what_is_typed_is_shown_as_it_was_typed() {
        for typed in ["a < b && c > d", "<b>no</b>", "&amp;", "a  b".split("  ").next().unwrap()] {
            assert_eq!(text_of(&html_of(typed)), typed);
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        for (html, text) in [
            ("\u{1b}[2J\u{1b}]0;title\u{7}", "�[2J�]0;title�"),
            ("&#27;[31m&#155;31m&#x9b;x", "�[31m›31m›x"),
            ("\u{9b}31m\u{90}q\u{9c}", "�31m�q�"),
            ("a\u{202e}b\u{2066}c\u{200f}", "a�b�c�"),
            ("<pre>a\r\tb\u{8}\u{0}</pre>", "a\n    b�"),
            ("<a href=\"\u{1b}]8;;x\u{7}\">y</a>", "y (�]8;;x�)"),
            ("<img alt=\"\u{1b}[0m\">", "[image not shown: �[0m]"),
        ] {
            assert_eq!(text_of(html), text, "{html:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_harmless(html in "(?s).{0,200}", markup in "[<>a-z/ =\"&#;0-9\u{1b}\u{9b}]{0,200}") {
            for html in [html, markup] {
                prop_assert!(!text_of(&html).chars().any(is_harmful));
            }
        }
    }
}
