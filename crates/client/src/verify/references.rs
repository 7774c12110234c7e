//! What a document of the page has a browser load.

use std::cell::{RefCell, RefMut};

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSinkResult};

use crate::tokens;

/// References of one document that are told; a release's has a few.
pub(crate) const REFERENCES_MOST: usize = 64;

/// The same of all documents.
pub(crate) const REFERENCES_OF_ALL: usize = 256;

/// Bytes of a reference that is told.
pub(crate) const REFERENCE_MOST: usize = 1024;

/// Attributes by which an element has something loaded, or sends something there.
const LOADING: [&str; 10] = [
    "src",
    "srcset",
    "href",
    "xlink:href",
    "data",
    "poster",
    "background",
    "manifest",
    "action",
    "formaction",
];

/// How a document that says its version begins that.
const GENERATOR: &str = "Sanctuary ";

/// What stands in a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    /// The version that it says to be.
    pub(crate) version: Option<String>,
    /// What it refers to, each once, as it is written.
    pub(crate) references: Vec<String>,
    /// It holds scripts of its own, which no release does.
    pub(crate) has_script: bool,
    /// It refers to more than is told.
    pub(crate) has_more: bool,
}

/// Whether a file of this name is a document.
pub(crate) fn is_document(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((_, "html" | "htm")))
}

/// Reads a document as browsers do.
pub(crate) fn read(html: &[u8]) -> Document {
    let document = RefCell::default();
    tokens::read(&String::from_utf8_lossy(html), &|token| match token {
        Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
            let mut document: RefMut<'_, Document> = document.borrow_mut();
            document.element(&tag)
        }
        _ => TokenSinkResult::Continue,
    });
    document.into_inner()
}

/// The file beside the page that a reference leads to. An address that is written in any other way than a release writes
/// it leads to none.
pub(crate) fn name_of(reference: &str) -> Option<&str> {
    let name = reference.trim_start_matches("./");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let is_beside = !name.starts_with('/') && !name.contains("..") && !name.contains("//");
    (is_beside && !name.is_empty() && name.chars().all(is_plain)).then_some(name)
}

impl Document {
    /// What it refers to, in words where that has no address.
    pub(crate) fn told(&self) -> impl Iterator<Item = String> {
        let own = self.has_script.then(|| "a script within the document".to_owned());
        let more = self.has_more.then(|| {
            format!("more than {REFERENCES_MOST} addresses, or longer ones than {REFERENCE_MOST} bytes")
        });
        self.references.iter().cloned().chain(own).chain(more)
    }

    fn element(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let attribute = |name: &str| {
            let mut all = tag.attrs.iter();
            all.find(|attribute| attribute.name.local.as_ref() == name).map(|found| found.value.as_ref())
        };
        let name = tag.name.as_ref();
        if name == "meta"
            && attribute("name") == Some("generator")
            && let Some(version) = attribute("content").and_then(|content| content.strip_prefix(GENERATOR))
        {
            self.version.get_or_insert(version.to_owned());
        }
        if name == "meta" && attribute("http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh"))
        {
            self.refers(attribute("content").unwrap_or_default());
        }
        // A link of this kind is followed by who presses it.
        if !matches!(name, "a" | "area") {
            for written in LOADING.iter().filter_map(|loading| attribute(loading)) {
                self.refers(written);
            }
        }
        if name == "script" {
            self.has_script |= attribute("src").is_none();
            return TokenSinkResult::RawData(RawKind::ScriptData);
        }
        if name == "style" { TokenSinkResult::RawData(RawKind::Rawtext) } else { TokenSinkResult::Continue }
    }

    fn refers(&mut self, written: &str) {
        if written.is_empty() || self.references.iter().any(|known| known == written) {
            return;
        }
        if self.references.len() == REFERENCES_MOST || written.len() > REFERENCE_MOST {
            self.has_more = true;
            return;
        }
        self.references.push(written.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whatever_a_document_has_loaded_is_found() {
        for (html, references) in [
            ("<script src=a.js></script><SCRIPT SRC='b.js'></SCRIPT>", &["a.js", "b.js"][..]),
            (
                "<link rel=stylesheet href=a.css><base href=https://a.example/>",
                &["a.css", "https://a.example/"],
            ),
            ("<img src=a.svg srcset='b.svg 2x'><object data=c>", &["a.svg", "b.svg 2x", "c"]),
            ("<meta http-equiv=Refresh content='0; url=/b'><form action=/c>", &["0; url=/b", "/c"]),
            ("<script>'<img src=no>'</script><img src=yes>", &["yes"]),
            ("<!-- <img src=no> --><a href=no></a><img src=''>", &[]),
            ("<img src=a><img src=a>", &["a"]),
        ] {
            assert_eq!(read(html.as_bytes()).references, references, "{html}");
        }
    }

    #[test]
    fn a_version_is_what_the_document_says_first_and_scripts_of_its_own_are_seen() {
        let html =
            "<meta name=generator content='Sanctuary 1.2.3'><meta name=generator content='Sanctuary 4'>";
        assert_eq!(read(html.as_bytes()).version.as_deref(), Some("1.2.3"));
        assert_eq!(read(b"<meta name=generator content=WordPress>").version, None);
        assert!(read(b"<script>x</script>").has_script);
        assert!(!read(b"<script src=a></script>").has_script);
    }

    #[test]
    fn references_are_bounded() {
        let html = |count: usize| {
            (0..count).map(|number| format!("<img src={number}>")).collect::<Vec<_>>().concat()
        };
        for (count, told, has_more) in [
            (REFERENCES_MOST - 1, REFERENCES_MOST - 1, false),
            (REFERENCES_MOST, REFERENCES_MOST, false),
            (REFERENCES_MOST + 1, REFERENCES_MOST, true),
        ] {
            let document = read(html(count).as_bytes());
            assert_eq!((document.references.len(), document.has_more), (told, has_more));
        }
        for (length, has_more) in
            [(REFERENCE_MOST - 1, false), (REFERENCE_MOST, false), (REFERENCE_MOST + 1, true)]
        {
            let document = read(format!("<img src={}>", "a".repeat(length)).as_bytes());
            assert_eq!((document.references.is_empty(), document.has_more), (has_more, has_more), "{length}");
        }
    }

    #[test]
    fn a_reference_leads_beside_the_page_or_to_no_file() {
        for (written, name) in [
            ("app.js", Some("app.js")),
            ("./words/en.js", Some("words/en.js")),
            ("/app.js", None),
            ("//a.example/app.js", None),
            ("https://a.example/app.js", None),
            ("../app.js", None),
            ("app.js?x", None),
            ("data:text/javascript,1", None),
            ("", None),
        ] {
            assert_eq!(name_of(written), name, "{written}");
        }
    }

    proptest! {
        #[test]
        fn any_document_is_read_within_bounds(html in "[<>a-z/ =\"'&#;!-]{0,300}", bytes: Vec<u8>) {
            for html in [html.as_bytes(), &bytes] {
                prop_assert!(read(html).references.len() <= REFERENCES_MOST);
            }
        }
    }
}
