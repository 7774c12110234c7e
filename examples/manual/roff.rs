//! The little of roff's language that the pages need.

use std::io::{self, Write};

/// Text that roff must not take for its own commands.
pub(crate) fn escape(text: &str) -> String {
    let text = text.replace('\\', r"\e").replace('-', r"\-");
    match text.chars().next() {
        Some('.' | '\'') => format!(r"\&{text}"),
        _ => text,
    }
}

/// Running text, an empty line between its paragraphs; lines that are indented stay lines of their own.
/// `pause` is the macro between paragraphs.
pub(crate) fn text<'a>(
    page: &mut impl Write,
    lines: impl IntoIterator<Item = &'a str>,
    pause: &str,
) -> io::Result<()> {
    let mut indented = false;
    for line in lines {
        let deeper = line.starts_with("  ");
        if deeper != indented {
            writeln!(page, "{}", if deeper { ".RS 4\n.nf" } else { ".fi\n.RE" })?;
            indented = deeper;
        }
        match line.trim_end().strip_prefix("  ").unwrap_or(line.trim_end()) {
            "" => writeln!(page, "{pause}")?,
            line => writeln!(page, "{}", escape(line))?,
        }
    }
    if indented {
        writeln!(page, ".fi\n.RE")?;
    }
    Ok(())
}

/// Names other pages, in the usual last section.
pub(crate) fn see_also(page: &mut impl Write, pages: &[(&str, u8)]) -> io::Result<()> {
    let names: Vec<_> = pages.iter().map(|(name, section)| format!(".BR {name} ({section})")).collect();
    writeln!(page, ".SH \"SEE ALSO\"\n{}", names.join(",\n"))
}
