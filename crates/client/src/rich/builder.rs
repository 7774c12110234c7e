//! Builds blocks of the tokens of a message, as browsers nest them: what is not closed is closed by what follows, and
//! formatting goes on where its block ends.

use std::cell::RefCell;

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSinkResult};

use super::Drawing;
use super::attributes::{attribute, gauge, has};
use super::blocks::{Block, Run};
use super::formatting::{Formatting, Open};
use super::frame::Frame;
use super::link::tell_hosts;
use super::picture::Picture;
use super::signs::harmless;
use super::source::{TooMuch, vetted};
use super::tags::{Inline, Kind, kind};
use crate::tokens;

/// Deepest nesting; a message nested deeper is shown as it was typed.
pub const DEPTH_MOST: usize = 32;

/// In the place of a tab, which would jump.
const TAB: &str = "    ";

/// Pictures of one message that are drawn; of others it is told what they are.
pub const PICTURES_MOST: usize = 8;

/// What a message comes to.
pub(super) struct Built {
    pub(super) blocks: Vec<Block>,
    /// Pictures that can be drawn, in their order.
    pub(super) pictures: Vec<Picture>,
}

/// The blocks of a message.
pub(super) fn build(html: &str, drawing: Drawing) -> Built {
    formatted(html, drawing).unwrap_or_else(|TooMuch| {
        let text = harmless(&html.replace("\r\n", "\n").replace('\r', "\n").replace('\t', TAB));
        let blocks = vec![Block::Text(vec![Run { text, style: ratatui::style::Style::new() }])];
        Built { blocks, pictures: vec![] }
    })
}

fn formatted(html: &str, drawing: Drawing) -> Result<Built, TooMuch> {
    let builder = RefCell::new(Builder::new(drawing));
    tokens::read(&vetted(html)?, &|token| {
        builder.borrow_mut().token(&token);
        TokenSinkResult::Continue
    });
    builder.into_inner().finish()
}

struct Builder {
    drawing: Drawing,
    /// Blocks that are open, the message itself first.
    frames: Vec<Frame>,
    /// Formatting that is open.
    formatting: Formatting,
    /// The text that is written now.
    runs: Vec<Run>,
    /// How many texts there were before it.
    texts: usize,
    /// Pictures that can be drawn, and how many of them stand in the blocks.
    pictures: Vec<Picture>,
    placed: usize,
    is_too_deep: bool,
}

impl Builder {
    fn new(drawing: Drawing) -> Self {
        let formatting = Formatting::default();
        let frames = vec![Frame::new("", Kind::Block)];
        let (runs, pictures) = (vec![], vec![]);
        Self { drawing, frames, formatting, runs, texts: 0, pictures, placed: 0, is_too_deep: false }
    }

    fn token(&mut self, token: &Token) {
        match token {
            Token::CharacterTokens(text) => self.text(text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.opens(tag),
            Token::TagToken(tag) => self.closes(&tag.name),
            _ => {}
        }
    }

    fn finish(mut self) -> Result<Built, TooMuch> {
        self.pop_to(1);
        self.formatting_ends(0);
        self.ends_text();
        if self.is_too_deep {
            return Err(TooMuch);
        }
        let blocks = self.frames.pop().map(Frame::into_blocks).unwrap_or_default();
        Ok(Built { blocks, pictures: self.pictures })
    }

    fn text(&mut self, text: &str) {
        if self.is_too_deep || self.formatting.is_hidden() {
            return;
        }
        // A line's end that merely sets a tag apart.
        let is_preformatted = self.frames.iter().any(|frame| frame.kind == Kind::Preformatted);
        let text = if self.runs.is_empty() { without_first_end(text, is_preformatted) } else { text };
        if !text.is_empty() {
            let text = text.replace('\t', TAB);
            self.says(&if self.formatting.is_link() { text } else { tell_hosts(&text) });
        }
    }

    fn says(&mut self, text: &str) {
        let text = harmless(text);
        let style = self.formatting.style(self.drawing);
        self.formatting.hears(&text);
        self.runs.push(Run { text, style });
    }

    fn opens(&mut self, tag: &Tag) {
        let name = tag.name.as_ref();
        let Some(kind) = kind(name) else { return };
        if self.is_too_deep || self.formatting.is_hidden() {
            return;
        }
        match kind {
            Kind::Break => self.says("\n"),
            Kind::Void => {}
            Kind::Picture => self.picture(tag),
            Kind::Inline(inline, is_formatting) => self.opens_inline(tag, inline, is_formatting),
            Kind::Rule => {
                self.makes_way(kind);
                self.top().blocks.push(Block::Rule);
            }
            kind => {
                self.makes_way(kind);
                self.opens_block(name, kind, tag);
            }
        }
        self.is_too_deep |= self.frames.len() - 1 + self.formatting.count() > DEPTH_MOST;
    }

    fn opens_inline(&mut self, tag: &Tag, inline: Inline, is_formatting: bool) {
        if inline == Inline::Link {
            self.closes("a");
        }
        let told = match inline {
            Inline::Gauge => match gauge(tag) {
                Some(told) => told,
                // Without a value it is the text that stands in it.
                None => return,
            },
            Inline::Quoted => "“".to_owned(),
            Inline::Above => " (".to_owned(),
            Inline::Code if self.drawing.tells_code() => "`".to_owned(),
            _ => String::new(),
        };
        if !told.is_empty() {
            self.says(&told);
        }
        let depth = self.frames.len();
        let address = attribute(tag, "href");
        let began = (self.texts, self.runs.len());
        let look = (inline, is_formatting);
        self.formatting.opens(&tag.name, look, depth, address.as_deref(), began);
    }

    fn opens_block(&mut self, name: &str, kind: Kind, tag: &Tag) {
        let mut frame = Frame::new(name, kind);
        let number = |name: &str| attribute(tag, name).and_then(|value| value.parse::<i64>().ok());
        match kind {
            Kind::List(_) => {
                let digits = attribute(tag, "type").and_then(|digits| digits.chars().next());
                frame.counts(number("start"), digits, has(tag, "reversed"));
            }
            Kind::Item => frame.value = number("value"),
            Kind::Cell(_) => frame.spans(number("colspan"), number("rowspan")),
            _ => {}
        }
        self.frames.push(frame);
        let depth = self.frames.len();
        let look = match kind {
            Kind::Heading(_) | Kind::Term | Kind::Summary | Kind::Caption | Kind::Cell(true) => Inline::Bold,
            Kind::Preformatted => Inline::Code,
            Kind::Block if name == "address" => Inline::Italic,
            _ => return,
        };
        self.formatting.of_block(look, depth);
    }

    /// Closes what can't hold a block of a kind.
    fn makes_way(&mut self, kind: Kind) {
        self.ends_text();
        if self.top().name == "p" {
            self.pop_to(self.frames.len() - 1);
        }
        let is = |wanted: fn(Kind) -> bool| move |frame: &Frame| wanted(frame.kind);
        match kind {
            Kind::Heading(_) if matches!(self.top().kind, Kind::Heading(_)) => {
                self.pop_to(self.frames.len() - 1);
            }
            Kind::Item => self.closes_within(is(|kind| kind == Kind::Item), is(Kind::holds_items)),
            Kind::Term | Kind::Explanation => {
                self.closes_within(
                    is(|kind| matches!(kind, Kind::Term | Kind::Explanation)),
                    is(Kind::holds_items),
                );
            }
            Kind::Table => self.closes_within(is(|kind| kind == Kind::Table), is(Kind::is_cell)),
            Kind::Row => self.closes_within(is(|kind| kind == Kind::Row), is(|kind| kind == Kind::Table)),
            Kind::Rows | Kind::Caption => {
                let is_part = is(|kind| matches!(kind, Kind::Rows | Kind::Row | Kind::Caption));
                self.closes_within(is_part, is(|kind| kind == Kind::Table));
                self.closes_within(is(|kind| kind == Kind::Rows), is(|kind| kind == Kind::Table));
            }
            Kind::Cell(_) => {
                self.closes_within(is(Kind::is_cell), is(|kind| matches!(kind, Kind::Row | Kind::Table)));
            }
            _ => {}
        }
        if matches!(kind, Kind::Cell(_)) && matches!(self.top().kind, Kind::Table | Kind::Rows) {
            self.frames.push(Frame::new("tr", Kind::Row));
        }
    }

    /// Closes the innermost block of a kind, unless another one stands around it.
    fn closes_within(&mut self, is_it: impl Fn(&Frame) -> bool, is_around: impl Fn(&Frame) -> bool) {
        let at = self.frames.iter().rposition(|frame| is_it(frame) || is_around(frame));
        if let Some(at) = at.filter(|at| *at > 0 && is_it(&self.frames[*at])) {
            self.pop_to(at);
        }
    }

    fn closes(&mut self, name: &str) {
        let Some(kind) = kind(name) else { return };
        if let Kind::Inline(..) = kind {
            // Formatting is not closed from within a cell.
            let cell = self.frames.iter().rposition(|frame| frame.kind.is_cell()).map_or(0, |at| at + 1);
            if let Some(ended) = self.formatting.closes(name, cell) {
                self.ends(&ended);
            }
            return;
        }
        let at = self.frames.iter().rposition(|frame| frame.name == name || frame.kind.shields(kind));
        if let Some(at) = at.filter(|at| *at > 0 && self.frames[*at].name == name) {
            self.pop_to(at);
        }
    }

    /// Closes blocks until so many are left.
    fn pop_to(&mut self, count: usize) {
        while self.frames.len() > count.max(1) {
            let depth = self.frames.len();
            let is_cell = self.top().kind.is_cell();
            while let Some(ended) = self.formatting.ends_within(depth, is_cell) {
                self.ends(&ended);
            }
            self.ends_text();
            let Some(frame) = self.frames.pop() else { return };
            frame.close(self.top());
        }
    }

    fn formatting_ends(&mut self, depth: usize) {
        while let Some(ended) = self.formatting.ends_within(depth, true) {
            self.ends(&ended);
        }
    }

    /// Says what stands behind a piece of formatting.
    fn ends(&mut self, ended: &Open) {
        ended.shifts(self.texts, &mut self.runs);
        let told = ended.told(self.drawing);
        let told = if self.runs.is_empty() { told.trim_start() } else { &told };
        if !told.is_empty() {
            self.says(told);
        }
    }

    fn ends_text(&mut self) {
        let mut runs = std::mem::take(&mut self.runs);
        self.texts += 1;
        let is_preformatted = self.top().kind == Kind::Preformatted;
        let is_empty = runs.iter().all(|run| run.text.trim_matches([' ', '\n']).is_empty());
        // A break that ends a block ends no line beside.
        let has_break = runs.iter().any(|run| run.text == "\n");
        if let Some(last) = runs.last_mut()
            && last.text.ends_with('\n')
        {
            last.text.pop();
        }
        if !is_empty || has_break || (is_preformatted && !runs.is_empty()) {
            self.top().blocks.push(Block::Text(runs));
        }
        // A picture stands below the text that tells of it.
        let count = self.pictures.len();
        let placed = std::mem::replace(&mut self.placed, count);
        self.top().blocks.extend((placed..count).map(Block::Picture));
    }

    fn picture(&mut self, tag: &Tag) {
        let alt = attribute(tag, "alt").unwrap_or_default();
        let picture = attribute(tag, "src").and_then(|source| Picture::read(&source, &alt));
        match picture {
            Some(picture) => {
                self.says(&picture.told());
                let is_in_table = self.frames.iter().any(|frame| frame.kind.is_cell());
                if picture.is_drawn() && !is_in_table && self.pictures.len() < PICTURES_MOST {
                    self.pictures.push(picture);
                }
            }
            None if alt.trim().is_empty() => self.says("[image not shown]"),
            None => self.says(&format!("[image not shown: {}]", alt.trim())),
        }
    }

    fn top(&mut self) -> &mut Frame {
        // The message itself is never closed.
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }
}

/// As the page has it: what merely sets tags apart is not shown.
fn without_first_end(text: &str, is_preformatted: bool) -> &str {
    let blanks = if is_preformatted { text } else { text.trim_start_matches([' ', '\t']) };
    blanks.strip_prefix('\n').unwrap_or(text)
}
