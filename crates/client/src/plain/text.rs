//! What is said, as text, and what is typed, as HTML.

use crate::rich;

/// The text of HTML, in lines: nothing of it reaches a terminal as control.
#[must_use]
pub fn text_of(html: &str) -> String {
    rich::text(html).trim_matches('\n').to_owned()
}

/// As HTML that a page shows as it was typed.
#[must_use]
pub fn html_of(typed: &str) -> String {
    let escaped = typed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_read_as_the_page_reads_it() {
        for (html, text) in [
            ("<b>a</b> <i>b</i>\n c", "a b\n c"),
            ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
            ("<blockquote>said</blockquote>", "> said"),
            ("<pre>\n  x\n    y</pre>", "  x\n    y"),
            ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b\n1 | 2"),
            ("&lt;b&gt; &amp;amp; &#65;", "<b> &amp; A"),
            ("<script>alert('x')</script>", "<script>alert('x')</script>"),
            ("1 < 2 && x<b", "1 < 2 && x<b"),
            ("\n\na<br><br>", "a"),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn what_is_typed_is_shown_as_it_was_typed() {
        for typed in ["a < b && c > d", "<b>no</b>", "&amp;", "a  b", "one\n  two"] {
            assert_eq!(text_of(&html_of(typed)), typed);
        }
    }
}
