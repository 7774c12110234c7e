//! The work that a message makes is bounded: at each bound, below, and above.

use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthChar;

use super::super::{
    CELL_ROWS_MOST, COLUMN_LEAST, COLUMNS_MOST, DEPTH_MOST, JOINED_MOST, MARKS_MOST, ROWS_MOST, SET_IN_LEAST,
    SPAN_MOST, TAGS_MOST, rows, text,
};
use super::drawn;

/// Work that grows with the square of a message would take hours.
const WITHIN: Duration = Duration::from_mins(1);

/// Bytes of the largest message that a daemon can be told to take.
const MESSAGE_MOST: usize = 1024 * 1024;

#[test]
fn a_message_of_too_many_tags_or_too_deep_is_shown_as_it_was_typed() {
    for (count, is_formatted) in [(TAGS_MOST - 1, true), (TAGS_MOST, true), (TAGS_MOST + 1, false)] {
        let html = "<br>".repeat(count);
        assert_eq!(text(&html).contains('<'), !is_formatted, "{count}");
    }
    for html in ["<b>", "<div>", "<ul><li>"] {
        let each = html.matches('<').count();
        for (count, is_formatted) in
            [(DEPTH_MOST - each, true), (DEPTH_MOST, true), (DEPTH_MOST + each, false)]
        {
            let html = format!("{}x", html.repeat(count / each));
            assert_eq!(text(&html).contains('<'), !is_formatted, "{count} {html}");
        }
    }
}

#[test]
fn a_message_has_no_more_lines_than_the_bound_and_says_so() {
    for (count, is_cut) in [(ROWS_MOST - 1, false), (ROWS_MOST, false), (ROWS_MOST + 1, true)] {
        let lines = drawn(&vec!["x"; count].join("\n"), 10);
        assert_eq!(lines.iter().filter(|line| *line == "x").count(), count.min(ROWS_MOST));
        assert_eq!(lines.iter().any(|line| line.starts_with("[the")), is_cut);
        // A program that reads lines gets all.
        assert_eq!(text(&vec!["x"; count].join("\n")).lines().count(), count);
    }
}

#[test]
fn a_sign_has_no_more_marks_and_letters_than_the_bounds() {
    for (marks, dropped) in
        [(MARKS_MOST - 1, 0), (MARKS_MOST, 0), (MARKS_MOST + 1, 1), (999, 999 - MARKS_MOST)]
    {
        let lines = drawn(&format!("Z{}", "\u{301}".repeat(marks)), 40);
        assert_eq!(lines[0].chars().count(), 1 + marks.min(MARKS_MOST));
        assert_eq!(lines.get(1).cloned(), (dropped > 0).then(|| format!("[marks not shown: {dropped}]")));
    }
    for (letters, dropped) in [(JOINED_MOST - 1, 0), (JOINED_MOST, 0), (JOINED_MOST + 1, 1)] {
        let lines = drawn(&"\u{1100}".repeat(letters), 40);
        assert_eq!(lines[0].chars().count(), letters.min(JOINED_MOST));
        assert_eq!(lines.len(), 1 + dropped);
    }
}

#[test]
fn a_table_of_many_columns_or_little_room_is_drawn_as_rows() {
    let table =
        |columns: usize, cell: &str| format!("<table><tr>{}</table>", format!("<td>{cell}").repeat(columns));
    for (columns, is_side_by_side) in
        [(COLUMNS_MOST - 1, true), (COLUMNS_MOST, true), (COLUMNS_MOST + 1, false)]
    {
        assert_eq!(drawn(&table(columns, "x"), 200)[0].contains('│'), is_side_by_side, "{columns}");
    }
    let width = |column: usize| u16::try_from(2 * column + 3).unwrap();
    for (column, is_side_by_side) in
        [(COLUMN_LEAST - 1, false), (COLUMN_LEAST, true), (COLUMN_LEAST + 1, true)]
    {
        assert_eq!(
            drawn(&table(2, "some words"), width(column))[0].contains('│'),
            is_side_by_side,
            "{column}"
        );
    }
    for (span, is_spanned) in [(SPAN_MOST - 1, true), (SPAN_MOST, true), (SPAN_MOST + 1, false)] {
        let html = format!("<table><tr><td colspan={span}>a<td>b</table>");
        // One that counts makes more columns than are drawn side by side.
        assert_eq!(drawn(&html, 40)[0].contains('|'), is_spanned, "{span}");
    }
    for (rows, shown) in [
        (CELL_ROWS_MOST - 1, CELL_ROWS_MOST - 1),
        (CELL_ROWS_MOST, CELL_ROWS_MOST),
        (CELL_ROWS_MOST + 1, CELL_ROWS_MOST),
    ] {
        assert_eq!(drawn(&table(2, &vec!["x"; rows].join("<br>")), 40).len(), shown);
    }
}

#[test]
fn text_keeps_some_width_however_deep_it_is_set_in() {
    for (room, is_set_in) in [(SET_IN_LEAST - 1, false), (SET_IN_LEAST, true), (SET_IN_LEAST + 1, true)] {
        let width = u16::try_from(room + 2).unwrap();
        assert_eq!(drawn("<blockquote>x</blockquote>", width)[0].starts_with('│'), is_set_in, "{room}");
    }
    let deep = format!("{}{}", "<blockquote>".repeat(DEPTH_MOST), "word ".repeat(9));
    assert!(drawn(&deep, 20).iter().all(|line| line.chars().count() <= 20));
}

#[test]
fn the_worst_of_the_largest_messages_take_bounded_work() {
    let filled = |unit: &str| unit.repeat(MESSAGE_MOST / unit.len());
    let table = "<table><tr><td>".repeat(DEPTH_MOST / 3);
    let cells = format!("<table>{}", "<tr><td colspan=50><td rowspan=50>x".repeat(TAGS_MOST / 5));
    let within = |before: &str, unit: &str| {
        format!("{before}{}", unit.repeat((MESSAGE_MOST - before.len()) / unit.len()))
    };
    for html in [
        filled("x"),
        filled(" "),
        filled("\n"),
        filled("<"),
        filled("&"),
        filled("&#1;"),
        filled("<a b=\""),
        filled("<a href=\"x\" "),
        filled("<a b=\"<a\" c='"),
        filled("<b "),
        filled("\u{301}"),
        filled("👨‍"),
        filled("\u{1100}"),
        filled("漢"),
        filled("\u{1b}"),
        within(&table, "x "),
        within(&table, "\n"),
        within(&cells, "x\n"),
        within(&"<sup>".repeat(DEPTH_MOST), "1"),
        within(&"<a href=\"http://a\">x</a>".repeat(TAGS_MOST / 3), "y "),
        format!("<a href=\"http://{}\">x</a>", filled("é")),
        format!(
            "<a href=\"http://a/{}\">{}</a>",
            filled("é").split_at(MESSAGE_MOST / 2).0,
            "x".repeat(MESSAGE_MOST / 2)
        ),
        format!("<img src=\"data:image/png;base64,{}\">", filled("A")),
    ] {
        let start: String = html.chars().take(40).collect();
        for width in [1, 40, 1000] {
            let began = Instant::now();
            let lines = drawn(&html, width);
            assert!(lines.len() <= ROWS_MOST + 20, "{start}");
            let spent = began.elapsed();
            assert!(spent < WITHIN, "{spent:?} for {start} in {width}");
        }
    }
}

/// Terminals differ in what they join and take for wide.
#[test]
fn no_row_is_wider_on_any_terminal_than_it_may_be() {
    for sign in ["x", "界", "👩‍👩‍👧‍👦", "я", "…", "e\u{301}", "🇩🇪", "☺\u{fe0f}"]
    {
        for row in rows(&format!("Ada: {}", sign.repeat(100)), 40) {
            let widest: usize = row.chars().map(|c| c.width_cjk().unwrap_or_default()).sum();
            assert!(widest <= 40, "{widest} columns of {sign}");
        }
    }
}
