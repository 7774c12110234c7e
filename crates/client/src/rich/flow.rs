//! Text in lines of a width: words go to the next line whole, and signs are never cut.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::signs::{Sign, signs};

/// Stands for a sign that no line can hold.
const TOO_WIDE: Sign<'_> = Sign { text: Cow::Borrowed("…"), width: 1, dropped: 0 };

/// Words on their way into lines.
pub(super) struct Flow {
    width: usize,
    /// Lines beyond which nothing more is taken.
    most: usize,
    /// Signs count for as much as the widest terminal makes of them.
    is_wary: bool,
    lines: Vec<Line<'static>>,
    line: Run,
    word: Run,
    /// Marks that were too many.
    pub(super) dropped: usize,
}

/// Texts side by side, and the columns that they take.
#[derive(Default)]
struct Run {
    spans: Vec<(String, Style)>,
    width: usize,
}

impl Run {
    fn push(&mut self, text: &str, style: Style, width: usize) {
        self.width += width;
        match self.spans.last_mut() {
            Some((last, same)) if *same == style => last.push_str(text),
            _ => self.spans.push((text.to_owned(), style)),
        }
    }

    fn append(&mut self, other: &mut Self) {
        for (text, style) in other.spans.drain(..) {
            self.push(&text, style, 0);
        }
        self.width += std::mem::take(&mut other.width);
    }

    /// Blanks at the end of a line are not seen.
    fn line(&mut self) -> Line<'static> {
        let run = std::mem::take(self);
        let mut spans = run.spans;
        while let Some((text, style)) = spans.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if !text.is_empty() || style.add_modifier.contains(ratatui::style::Modifier::REVERSED) {
                break;
            }
            spans.pop();
        }
        let spans = spans.into_iter().map(|(text, style)| Span::styled(text, style));
        Line::from(spans.collect::<Vec<_>>())
    }
}

impl Flow {
    /// Into lines of so many columns, and so many lines.
    pub(super) fn new(width: usize, most: usize) -> Self {
        let (line, word) = (Run::default(), Run::default());
        Self { width: width.max(1), most, is_wary: false, lines: vec![], line, word, dropped: 0 }
    }

    /// The same where no terminal may break a line once more, whatever it takes for wide.
    pub(super) fn wary(self) -> Self {
        Self { is_wary: true, ..self }
    }

    /// Takes a text that is harmless.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        for mut sign in signs(text) {
            if self.lines.len() >= self.most {
                return;
            }
            self.dropped += sign.dropped;
            if self.is_wary {
                sign.width = sign.widest();
            }
            match sign.text.as_ref() {
                "\n" => self.ends_line(),
                " " => {
                    self.ends_word();
                    if self.line.width < self.width {
                        self.line.push(" ", style, 1);
                    }
                }
                _ => self.sign(&sign, style),
            }
        }
    }

    /// Of a word that fills a line the rest goes on in the next; between wide signs any line may end.
    fn sign(&mut self, sign: &Sign<'_>, style: Style) {
        if sign.width > self.width {
            return self.sign(&TOO_WIDE, style);
        }
        if self.word.width + sign.width > self.width {
            self.ends_word();
        }
        if sign.width > 1 {
            self.ends_word();
        }
        self.word.push(&sign.text, style, sign.width);
        if sign.width > 1 {
            self.ends_word();
        }
    }

    fn ends_word(&mut self) {
        if self.line.width > 0 && self.line.width + self.word.width > self.width {
            self.lines.push(self.line.line());
        }
        self.line.append(&mut self.word);
    }

    fn ends_line(&mut self) {
        self.ends_word();
        self.lines.push(self.line.line());
    }

    /// The lines, of which the last need not be full.
    pub(super) fn finish(mut self) -> Vec<Line<'static>> {
        if self.lines.len() < self.most {
            self.ends_line();
        }
        self.lines.truncate(self.most);
        self.lines
    }
}
