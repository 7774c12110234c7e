//! sanctuary.toml(5) out of the shipped file: its first comment is the description, each `# --- Title ---` begins
//! a section, and the comment above a setting is that setting's text.

use std::io::{self, Write};

use super::roff;

/// Draws the page from the shipped file's text.
pub(crate) fn page(shipped: &str) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let (version, date) = (env!("CARGO_PKG_VERSION"), super::date());
    writeln!(page, r#".TH SANCTUARY.TOML 5 "{date}" "sanctuary {version}" "Sanctuary""#)?;
    writeln!(page, ".SH NAME\nsanctuary.toml \\- settings of sanctuary(1)")?;
    writeln!(page, ".SH SYNOPSIS\n.I /etc/sanctuary.toml\n.SH DESCRIPTION")?;
    let (mut comment, mut lines) = (Vec::new(), shipped.lines().peekable());
    // Settings that follow each other share the comment above the first.
    let mut macro_name = ".TP";
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("# --- ") {
            paragraphs(&mut page, &mut comment)?;
            let title = title.trim_end_matches(['-', ' ']).to_uppercase();
            writeln!(page, ".SH \"{}\"", roff::escape(&title))?;
        } else if line == "#" {
            comment.push("");
        } else if let Some(text) = line.strip_prefix("# ") {
            comment.push(text);
        } else if line.contains(" = ") {
            writeln!(page, "{macro_name}\n\\fB{}\\fR", roff::escape(line.trim_start_matches('#')))?;
            let is_last = lines.peek().is_none_or(|next| !next.contains(" = ") || next.starts_with("# "));
            macro_name = if is_last { ".TP" } else { ".TQ" };
            if is_last {
                roff::text(&mut page, comment.drain(..), ".IP")?;
            }
        } else {
            paragraphs(&mut page, &mut comment)?;
        }
    }
    writeln!(page, ".SH FILES\n.TP\n.I /etc/sanctuary.toml\nWhat the file does not say is at its default.")?;
    roff::see_also(&mut page, &[("sanctuary", 1)])?;
    Ok(page)
}

/// The comment as paragraphs of the section itself; the empty line below a title is none.
fn paragraphs(page: &mut impl Write, comment: &mut Vec<&str>) -> io::Result<()> {
    let lines: Vec<_> = comment.drain(..).skip_while(|line| line.is_empty()).collect();
    roff::text(page, lines, ".PP")
}
