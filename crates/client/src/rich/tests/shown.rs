//! Formatting, as far as a terminal has it.

use ratatui::style::{Color, Modifier, Style};

use super::super::{Canvas, Colours, lines, text};
use super::{drawn, drawn_in};

#[test]
fn blocks_stand_in_lines_of_their_own() {
    for (html, shown) in [
        ("hello", vec!["hello"]),
        ("<p>one</p><p>two<br>three</p>", vec!["one", "two", "three"]),
        ("a<p></p><p></p>b", vec!["a", "b"]),
        ("one\ntwo\n\nthree", vec!["one", "two", "", "three"]),
        ("<p>one</p>\n<p>two</p>\n", vec!["one", "two"]),
        ("a<br><br>b<br>", vec!["a", "", "b"]),
        ("<p>one<p>two<div>three", vec!["one", "two", "three"]),
        ("<pre>  x\n    y\n</pre>", vec!["  x", "    y"]),
        ("<ul><li>a<li>b</ul>after", vec!["- a", "- b", "after"]),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", vec!["- a", "  - b", "- c"]),
        ("<ul><li>a<p>b</ul>", vec!["- a", "  b"]),
        ("<ol><li>a<li>b</ol>", vec!["1. a", "2. b"]),
        ("<ol start=9 type=i><li>a<li>b</ol>", vec!["ix. a", "x. b"]),
        ("<ol type=A start=26><li>a<li>b</ol>", vec!["Z. a", "AA. b"]),
        ("<ol reversed><li>a<li>b<li value=7>c<li>d</ol>", vec!["4. a", "3. b", "7. c", "6. d"]),
        ("<dl><dt>word<dd>sense<dd>other</dl>", vec!["word", "  sense", "  other"]),
        ("<blockquote>said<br>more</blockquote>now", vec!["│ said", "│ more", "now"]),
        ("a<hr>b", vec!["a", "──────────────", "b"]),
        ("<details><summary>more</summary>inside</details>", vec!["▾ more", "inside"]),
        ("<h1>Title</h1>text", vec!["Title", "text"]),
    ] {
        assert_eq!(drawn(html, 14), shown, "{html}");
    }
}

#[test]
fn text_within_a_line_says_what_a_terminal_cannot_show() {
    for (html, shown) in [
        ("<q>a</q>", "“a”"),
        ("x<sup>2</sup> H<sub>2</sub>O", "x² H₂O"),
        ("x<sup>a+b</sup>", "x^(a+b)"),
        ("x<sub><b>a</b></sub>", "x_(a)"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢 (kan)"),
        ("<progress value=7 max=10>seven</progress> done", "[70 %] done"),
        ("<meter value=3 min=1 max=5></meter>", "[50 %]"),
        ("<meter>half</meter>", "half"),
        (
            "<a href=\"https://evil.example/\">https://bank.example/</a>",
            "https://bank.example/ (https://evil.example/)",
        ),
        ("<a href=\"https://a.example/\">https://a.example/</a>", "https://a.example/"),
        ("<a href=\"https://a.example/\">a.example</a>", "a.example"),
        ("<a href=\"HTTPS://u:p@A.example:1/b c\">x</a>", "x (https://a.example:1/b%20c)"),
        ("<a href=\"https://bank.example\\@evil.example/\">x</a>", "x (https://bank.example/@evil.example/)"),
        (
            "<a href=\"https://bücher.example/\">bücher.example</a>",
            "bücher.example (https://xn--bcher-kva.example/)",
        ),
        (
            "<a href=\"https://аррle.example\">apple.example</a>",
            "apple.example (https://xn--le-6kc8da.example)",
        ),
        ("<a href=\"https://%65vil.example\">x</a>", "x (https://evil.example)"),
        ("<a href=\"mailto:A@b.example?cc=c@d.example\">write</a>", "write (mailto:a@b.example)"),
        ("see http://a.example/x, or HTTP://b.example.", "see http://a.example/x, or HTTP://b.example."),
        ("(https://good.example@evil.example/)", "(https://good.example@evil.example/) (evil.example)"),
        ("https://аррle.example/ x", "https://аррle.example/ (xn--le-6kc8da.example) x"),
        ("<a href=\"javascript:alert(1)\">x</a>", "x"),
        ("<img alt=\"a cat\" src=x> <img>", "[image not shown: a cat] [image not shown]"),
    ] {
        assert_eq!(drawn(html, 200), [shown], "{html}");
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn looks_are_those_of_a_terminal_and_end_where_they_are_closed() {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let both = bold.add_modifier(Modifier::ITALIC);
    let italic = Style::new().add_modifier(Modifier::ITALIC);
    let spans = |html: &str, colours| -> Vec<(String, Style)> {
        let lines = lines(html, Canvas { width: 80, colours });
        let spans = lines.into_iter().flat_map(|line| line.spans);
        spans.map(|span| (span.content.into_owned(), span.style)).collect()
    };
    let text = |text: &str, style| (text.to_owned(), style);
    for (html, shown) in [
        (
            "<b>a<i>b</b>c</i>d",
            vec![text("a", bold), text("b", both), text("c", italic), text("d", Style::new())],
        ),
        ("<p><b>a<p>b</b>c", vec![text("a", bold), text("b", bold), text("c", Style::new())]),
        ("<p><cite>a<p>b", vec![text("a", italic), text("b", Style::new())]),
        ("<h2>a</h2>b", vec![text("a", bold), text("b", Style::new())]),
        (
            "<u>a</u><s>b</s><mark>c</mark>",
            vec![
                text("a", Style::new().add_modifier(Modifier::UNDERLINED)),
                text("b", Style::new().add_modifier(Modifier::CROSSED_OUT)),
                text("c", Style::new().add_modifier(Modifier::REVERSED)),
            ],
        ),
        ("<code>a</code>", vec![text("a", Style::new().fg(Color::Magenta))]),
    ] {
        assert_eq!(spans(html, Colours::Basic), shown, "{html}");
    }
    // Without colours code is told apart by signs.
    assert_eq!(drawn_in("<code>a</code>", 80, Colours::None), ["`a`"]);
    for html in ["<code>a</code>", "<b>a</b> <mark>b</mark> <a href=\"http://a.b\">c</a>", "<pre>a</pre>"] {
        assert!(spans(html, Colours::None).iter().all(|(_, style)| style.fg.is_none() && style.bg.is_none()));
    }
}

#[test]
fn a_table_stands_in_columns_where_it_fits_and_else_in_rows() {
    let table = "<table><caption>Fruit</caption><tr><th>name<th>weight<tr><td>apple<td>80 g<tr><td>melon<td>2 kg</table>";
    assert_eq!(
        drawn(table, 40),
        ["Fruit", "name  │ weight", "──────┼───────", "apple │ 80 g  ", "melon │ 2 kg  "]
    );
    assert_eq!(drawn(table, 12), ["Fruit", "name |", "weight", "apple | 80 g", "melon | 2 kg"]);
    let long = "<table><tr><td>a long cell with many words<td>x</table>";
    assert_eq!(drawn(long, 20), ["a long cell with │ x", "many words       │  "]);
    let spanned = "<table><tr><td rowspan=2>a<td colspan=2>bb<tr><td>c<td>d</table>";
    assert_eq!(drawn(spanned, 20), ["a │ bb   ", "  │ c │ d"]);
    assert_eq!(drawn("<table><tr><td>a<table><tr><td>b<td>c</table></table>", 20), ["a    ", "b | c"]);
    assert_eq!(drawn("<table>lost<tr>too<td>a</table>", 20), ["lost", "too", "a"]);
    assert_eq!(drawn("<td>a</td><td>b", 20), ["a", "b"]);
}

#[test]
fn words_go_to_the_next_line_whole_and_signs_are_never_cut() {
    for (html, width, shown) in [
        ("one two three", 8, vec!["one two", "three"]),
        ("one two", 7, vec!["one two"]),
        ("abcdefghij", 4, vec!["abcd", "efgh", "ij"]),
        ("a abcdefgh", 4, vec!["a", "abcd", "efgh"]),
        ("漢字漢字", 5, vec!["漢字", "漢字"]),
        ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3, vec!["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]),
        ("éééé", 2, vec!["éé", "éé"]),
        ("漢字", 1, vec!["……"].into_iter().flat_map(|_| ["…", "…"]).collect()),
        ("a<b>b</b>c def", 4, vec!["abc", "def"]),
        ("- <b>x</b>", 4, vec!["- x"]),
    ] {
        assert_eq!(drawn(html, width), shown, "{html}");
    }
}

#[test]
fn letters_from_right_to_left_stay_in_the_order_in_which_they_are_said() {
    assert_eq!(drawn("שלום <b>עולם</b> 123", 40), ["שלום עולם 123"]);
    assert_eq!(drawn("<bdo dir=rtl>abc</bdo>", 40), ["abc"]);
}

#[test]
fn the_environment_says_how_many_colours_there_are() {
    for (no_color, colorterm, term, colours) in [
        (Some("1"), Some("truecolor"), Some("xterm"), Colours::None),
        (Some(""), Some("truecolor"), Some("xterm"), Colours::True),
        (None, Some("24bit"), Some("xterm"), Colours::True),
        (None, None, Some("xterm-256color"), Colours::Indexed),
        (None, Some("yes"), Some("linux"), Colours::Basic),
        (None, None, Some("dumb"), Colours::None),
        (None, None, None, Colours::None),
    ] {
        assert_eq!(Colours::of(no_color, colorterm, term), colours);
    }
}
