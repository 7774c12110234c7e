//! Draws the screen into a frame: a title, the conversation with the members beside it, a row of status, the box.

use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Position, Rect};
use ratatui::text::{Line as Row, Text};
use ratatui::widgets::{Paragraph, Wrap};

use super::looks::{DIM, REVERSED};
use super::mention::Mentions;
use super::view::View;
use super::{Mode, Screen, Waits, members, membership, panel, text};
use crate::rich::{self, Canvas};
use crate::session::{Membership, Phase, Session};
use crate::{plain, words};

/// The smallest window in which there is place for anything.
const WINDOW_LEAST: (u16, u16) = (20, 5);

/// Rows of the box at the most.
const BOX_MOST: u16 = 6;

/// What stands before what is typed: to all, or, as before whispers, to one alone.
const PROMPT: &str = "> ";
const PROMPT_TO_ONE: &str = "» ";
const PROMPT_WIDTH: u16 = 2;

impl Screen {
    /// Draws all.
    pub fn draw(&mut self, frame: &mut Frame<'_>, session: &Session, waits: Waits<'_>) {
        let area = frame.area();
        if area.width < WINDOW_LEAST.0 || area.height < WINDOW_LEAST.1 {
            frame.render_widget(Text::raw(text::TOO_SMALL), area);
            return;
        }
        let typed = self.rows_of_box(area.width);
        let rows =
            [Constraint::Length(1), Constraint::Min(1), Constraint::Length(1), Constraint::Length(typed)];
        let [title, middle, status, typed] = area.layout(&Layout::vertical(rows));
        frame.render_widget(Paragraph::new(self.title(session)).style(REVERSED), title);
        if let Some(membership) = membership(session) {
            self.loses_line(membership);
            self.draw_room(frame, middle, membership, session);
        } else {
            self.forgets();
            frame.render_widget(told(session, waits), middle);
        }
        let (left, right) = self.status(session, waits);
        // The end of the row stays, however long the rest is.
        let width = u16::try_from(right.width()).unwrap_or(0).min(status.width);
        let [at_left, at_right] =
            status.layout(&Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]));
        frame.render_widget(left, at_left);
        frame.render_widget(right, at_right);
        self.draw_box(frame, typed);
        if let Some(panel) = &self.panel {
            self.scrolled.1 = panel::draw(panel, self.scrolled.0, frame, area, self.looks);
            self.scrolled.0 = self.scrolled.0.min(self.scrolled.1);
        }
    }

    fn draw_room(&mut self, frame: &mut Frame<'_>, area: Rect, membership: &Membership, session: &Session) {
        self.is_wide = area.width >= members::WINDOW_LEAST;
        let (talk, beside) = match (self.members.unwrap_or(self.is_wide), self.is_wide) {
            (false, _) => (area, None),
            (true, true) => {
                let columns = [Constraint::Min(1), Constraint::Length(members::WIDTH)];
                let [talk, beside] = area.layout(&Layout::horizontal(columns));
                (talk, Some(beside))
            }
            (true, false) => (Rect::ZERO, Some(area)),
        };
        if let Some(beside) = beside {
            let inner = Rect { x: beside.x + 1, width: beside.width.saturating_sub(1), ..beside };
            let rows = members::rows(membership, self.looks, inner.width, inner.height.into());
            frame.render_widget(Text::from(rows), inner);
            for y in beside.y..beside.bottom() {
                frame.buffer_mut().set_string(beside.x, y, "│", DIM);
            }
        }
        if talk.is_empty() {
            return;
        }
        let talk = Rect { width: talk.width - 1, ..talk };
        let above = self.obstacle(session, talk.width);
        let length = u16::try_from(above.len()).unwrap_or(u16::MAX).min(talk.height / 2);
        let [top, talk] = talk.layout(&Layout::vertical([Constraint::Length(length), Constraint::Min(1)]));
        frame.render_widget(Text::from(above).style(self.looks.warning()), top);
        let rows = self.view.draw(membership, self.looks, talk.width, talk.height.into());
        // The newest line stands above the box.
        let gap = talk.height.saturating_sub(u16::try_from(rows.len()).unwrap_or(u16::MAX));
        let talk = Rect { y: talk.y + gap, height: talk.height - gap, ..talk };
        frame.render_widget(Text::from(rows), talk);
    }

    /// Before the room and after it nothing of it is kept but what is being typed.
    fn forgets(&mut self) {
        self.view = View::new();
        (self.panel, self.mode, self.mentions) = (None, Mode::Typing, Mentions::default());
        self.composer.forgets();
    }

    /// Why nobody lets this member in again.
    fn obstacle(&self, session: &Session, width: u16) -> Vec<Row<'static>> {
        let Phase::Reconnecting(_, reconnection) = session.phase() else { return vec![] };
        let canvas = Canvas { width: width.max(1), colours: self.looks.colours };
        let told = reconnection.obstacle().map(words::obstacle);
        told.map_or(vec![], |told| rich::lines(&plain::html_of(told), canvas))
    }

    fn draw_box(&mut self, frame: &mut Frame<'_>, area: Rect) {
        let is_to_one = self.composer.target.as_ref().is_some_and(|target| target.to.is_some());
        let prompt =
            if is_to_one { Text::styled(PROMPT_TO_ONE, self.looks.whisper()) } else { PROMPT.into() };
        frame.render_widget(prompt, Rect { width: PROMPT_WIDTH, height: 1, ..area });
        let area = Rect { x: area.x + PROMPT_WIDTH, width: area.width - PROMPT_WIDTH, ..area };
        frame.render_widget(&self.composer.area, area);
        let (cursor, top) = (self.composer.area.screen_cursor(), self.composer.area.scroll_offset());
        let within = |at: usize, from: u16, length: u16| {
            u16::try_from(at).unwrap_or(u16::MAX).saturating_sub(from).min(length.saturating_sub(1))
        };
        let column = area.x + within(cursor.col, top.1, area.width);
        frame.set_cursor_position(Position::new(column, area.y + within(cursor.row, top.0, area.height)));
    }

    fn rows_of_box(&self, width: u16) -> u16 {
        let width = usize::from(width.saturating_sub(PROMPT_WIDTH)).max(1);
        let rows = |line: &String| Row::raw(line.as_str()).width() / width + 1;
        let rows: usize = self.composer.area.lines().iter().take(BOX_MOST.into()).map(rows).sum();
        u16::try_from(rows).unwrap_or(BOX_MOST).min(BOX_MOST)
    }
}

/// What is told before the room, and after it.
fn told(session: &Session, waits: Waits<'_>) -> Paragraph<'static> {
    let mut lines = vec![Row::default()];
    match session.phase() {
        Phase::Deriving => lines.push(text::DERIVING.into()),
        Phase::Connecting => lines.push(text::CONNECTING.into()),
        Phase::Over(over) => {
            lines.push(rich::harmless(&words::over(over)).into());
            lines.extend(waits.why.map(|why| Row::from(rich::harmless(why))));
            lines.extend([Row::default(), Row::from(text::CLOSES)]);
        }
        Phase::Room(_) | Phase::Reconnecting(..) => {}
    }
    Paragraph::new(lines).alignment(Alignment::Center).wrap(Wrap { trim: true })
}
