//! How comments read.

use std::path::Path;

use super::everything;

/// Sentences that begin with a clause, so that their subject comes late. They are rewritten where
/// somebody works on them: this number only falls, and is set to what is left.
const LATE_SUBJECTS: usize = 6;

/// How such a sentence begins.
const CLAUSES: [&str; 8] =
    ["Who ", "Whom ", "Whose ", "Whoever ", "What ", "Whatever ", "That of ", "Those of "];

/// The mark that makes a line a comment. One of three signs makes it a title, which says what
/// something is.
fn mark(path: &Path, line: &str) -> Option<&'static str> {
    let marks: &[_] = match path.extension().and_then(|extension| extension.to_str()) {
        Some("rs" | "ts" | "js" | "mjs" | "css") => &["///", "//!", "//", "/**", "/*", "* "],
        Some("sh" | "mk") | None => &["#!/", "# "],
        _ => &[],
    };
    marks.iter().find(|mark| line.starts_with(**mark)).copied()
}

/// The sentences of a file's comments, with their lines. A title's first, and a file's, is none.
fn sentences(path: &str, text: &str) -> Vec<(usize, String)> {
    let mut comments: Vec<(usize, String)> = Vec::new();
    let mut goes_on = false;
    for (number, line) in text.lines().map(str::trim).enumerate() {
        let Some(mark) = mark(Path::new(path), line) else {
            goes_on = false;
            continue;
        };
        if !goes_on {
            // With this before it, a title's first sentence begins as none does.
            let before = if mark.len() == 3 || number == 0 { "=" } else { "" };
            comments.push((number + 1, before.to_owned()));
        }
        goes_on = true;
        let comment = &mut comments.last_mut().unwrap().1;
        comment.push_str(line[mark.len()..].trim_end_matches("*/").trim());
        comment.push(' ');
    }
    let split = |(line, comment): (usize, String)| {
        comment.split_inclusive(". ").map(|sentence| (line, sentence.to_owned())).collect::<Vec<_>>()
    };
    comments.into_iter().flat_map(split).collect()
}

#[test]
fn sentences_that_keep_their_subject_for_the_end_grow_fewer() {
    let mut found = Vec::new();
    for (path, text) in everything() {
        for (line, sentence) in sentences(&path, &text) {
            if CLAUSES.iter().any(|clause| sentence.starts_with(clause)) {
                found.push(format!("{path}:{line}: {sentence}"));
            }
        }
    }
    assert!(
        found.len() == LATE_SUBJECTS,
        "{}\n{} of these: if that is more than {LATE_SUBJECTS}, begin with the subject; if fewer, say so",
        found.join("\n"),
        found.len()
    );
}

#[test]
fn a_sentence_is_found_wherever_it_begins() {
    let found =
        |path, text| -> Vec<_> { sentences(path, text).into_iter().map(|(_, sentence)| sentence).collect() };
    assert_eq!(
        found("a.rs", "/// What it is. Who asks\n    /// waits.\nlet a = 1; // Who"),
        ["=What it is. ", "Who asks waits. "]
    );
    assert_eq!(
        found("a.ts", "/** What it is. */\n// One. What\n// two"),
        ["=What it is. ", "One. ", "What two "]
    );
    assert_eq!(found("a.sh", "#!/bin/sh\n# Who asks waits.\nset -eu"), ["=bin/sh Who asks waits. "]);
    assert_eq!(found("a.md", "# Who"), [""; 0]);
}
