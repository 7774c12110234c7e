//! What is shown of each element (web/src/view/tags.ts). Of one that does not stand here the tags are shown as text.

use ratatui::style::{Modifier, Style};

/// Attributes that are kept, as the page has them; a terminal heeds few.
pub(super) const ATTRIBUTES: [&str; 21] = [
    "href", "src", "alt", "title", "lang", "datetime", "value", "dir", "scope", "type", "start", "colspan",
    "rowspan", "span", "min", "max", "low", "high", "optimum", "open", "reversed",
];

/// Attributes that stand without a value. Another bare word after a tag's name makes it text: `a<b and c>d`.
pub(super) const BARE: [&str; 2] = ["open", "reversed"];

/// What is made of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A break of the line.
    Break,
    /// A place where one may be; a column.
    Void,
    /// A picture.
    Picture,
    /// A line across.
    Rule,
    /// Text within a line. Whether it is formatting in the sense of HTML, which goes on where its block is closed.
    Inline(Inline, bool),
    /// A block that stands as it is.
    Block,
    /// One that begins another of its kind, as headings do.
    Heading(u8),
    /// As it was typed.
    Preformatted,
    /// What somebody else said.
    Quote,
    /// A list, with numbers or without.
    List(bool),
    /// An item of one.
    Item,
    /// A word that is explained, ...
    Term,
    /// ... and what explains it.
    Explanation,
    /// What can be unfolded on the page, ...
    Details,
    /// ... and the line that names it.
    Summary,
    /// A table, ...
    Table,
    /// ... a part of it, ...
    Rows,
    /// ... a row, ...
    Row,
    /// ... a place, perhaps of a header, ...
    Cell(bool),
    /// ... and what it is called.
    Caption,
}

impl Kind {
    /// Whether items within close no item around it.
    pub(super) fn holds_items(self) -> bool {
        !matches!(self, Self::Block | Self::Item | Self::Term | Self::Explanation)
    }

    pub(super) fn is_cell(self) -> bool {
        matches!(self, Self::Cell(_) | Self::Caption)
    }

    /// Whether an element within closes none of another kind around it: in a cell it closes the table alone, and its
    /// parts.
    pub(super) fn shields(self, other: Self) -> bool {
        let is_of_table = matches!(other, Self::Table | Self::Rows | Self::Row) || other.is_cell();
        if is_of_table { self == Self::Table } else { self.is_cell() }
    }
}

/// How text within a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Plain,
    Bold,
    Italic,
    Underlined,
    Struck,
    Marked,
    Code,
    Link,
    Quoted,
    Lowered,
    Raised,
    /// Stands above others.
    Above,
    /// What stands in for something that is shown.
    Hidden,
    Gauge,
}

impl Inline {
    /// `has_colours`: the terminal has some.
    pub(super) fn style(self, has_colours: bool) -> Style {
        let style = Style::new();
        match self {
            Self::Bold => style.add_modifier(Modifier::BOLD),
            Self::Italic => style.add_modifier(Modifier::ITALIC),
            Self::Underlined | Self::Link => style.add_modifier(Modifier::UNDERLINED),
            Self::Struck => style.add_modifier(Modifier::CROSSED_OUT),
            Self::Marked => style.add_modifier(Modifier::REVERSED),
            // Of the sixteen it is the one that can be read on black and on white.
            Self::Code if has_colours => style.fg(ratatui::style::Color::Magenta),
            _ => style,
        }
    }
}

/// What is made of an element; nothing of those that are not known.
pub(super) fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "br" => Kind::Break,
        "wbr" | "col" | "colgroup" => Kind::Void,
        "img" => Kind::Picture,
        "hr" => Kind::Rule,
        "a" => Kind::Inline(Inline::Link, true),
        "b" | "strong" => Kind::Inline(Inline::Bold, true),
        "i" | "em" => Kind::Inline(Inline::Italic, true),
        "u" => Kind::Inline(Inline::Underlined, true),
        "s" | "strike" => Kind::Inline(Inline::Struck, true),
        "code" | "tt" => Kind::Inline(Inline::Code, true),
        "big" | "small" | "font" | "nobr" => Kind::Inline(Inline::Plain, true),
        "cite" | "dfn" | "var" => Kind::Inline(Inline::Italic, false),
        "ins" => Kind::Inline(Inline::Underlined, false),
        "del" => Kind::Inline(Inline::Struck, false),
        "mark" => Kind::Inline(Inline::Marked, false),
        "kbd" | "samp" => Kind::Inline(Inline::Code, false),
        "q" => Kind::Inline(Inline::Quoted, false),
        "sub" => Kind::Inline(Inline::Lowered, false),
        "sup" => Kind::Inline(Inline::Raised, false),
        "rt" => Kind::Inline(Inline::Above, false),
        "rp" => Kind::Inline(Inline::Hidden, false),
        "meter" | "progress" => Kind::Inline(Inline::Gauge, false),
        "abbr" | "acronym" | "ruby" | "data" | "time" | "bdi" | "bdo" | "span" => {
            Kind::Inline(Inline::Plain, false)
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading(name.as_bytes()[1] - b'0'),
        "pre" => Kind::Preformatted,
        "blockquote" => Kind::Quote,
        "ul" | "menu" | "dir" | "dl" => Kind::List(false),
        "ol" => Kind::List(true),
        "li" => Kind::Item,
        "dt" => Kind::Term,
        "dd" => Kind::Explanation,
        "details" => Kind::Details,
        "summary" => Kind::Summary,
        "table" => Kind::Table,
        "thead" | "tbody" | "tfoot" => Kind::Rows,
        "tr" => Kind::Row,
        "td" => Kind::Cell(false),
        "th" => Kind::Cell(true),
        "caption" => Kind::Caption,
        "p" | "figure" | "figcaption" | "div" | "hgroup" | "article" | "section" | "nav" | "aside"
        | "header" | "footer" | "main" | "search" | "address" | "center" => Kind::Block,
        _ => return None,
    })
}

/// Whether an element is shown, however its name is written.
pub(super) fn is_known(name: &str) -> bool {
    kind(&name.to_ascii_lowercase()).is_some()
}
