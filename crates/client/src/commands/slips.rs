//! Texts that were probably meant as commands.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::is_space;

/// Letters at the beginning within which a slip is looked for.
const WITHIN: usize = 200;

/// What looks like a slash, or is one the other way round.
const LIKE_SLASHES: &str = "⁄∕╱⟋⧸⫽\\∖⧵\u{337}\u{338}";

/// Letters that are typed for a slash on keyboards of Chinese and Japanese.
const STROKES: [char; 2] = ['ノ', '丿'];

/// The name that is whispered by.
const PURR: &str = "purr";

/// A word after what looks like a slash; or `purr` after another key, or after markup that draws nothing.
pub(super) fn is_slip(text: &str) -> bool {
    let start: String = text.chars().take(WITHIN).collect::<String>().nfkc().collect();
    is_after_like_slash(&start) || is_purr_after_else(&start)
}

fn is_after_like_slash(text: &str) -> bool {
    let mut after = text.chars();
    if !after.next().is_some_and(|c| LIKE_SLASHES.contains(c)) {
        return false;
    }
    let mut word = after.as_str().trim_start_matches(is_space).chars();
    word.next().is_some_and(is_letter) && word.next().is_some_and(|c| is_letter(c) || is_space(c))
}

fn is_purr_after_else(text: &str) -> bool {
    if after_purr(text).is_some() {
        return false;
    }
    let mut rest = text;
    loop {
        if ends_in_purr(rest) {
            return true;
        }
        let Some(next) = after_nothing_drawn(rest) else { return false };
        rest = next;
    }
}

/// At most two signs, or a stroke, and then the name with a blank.
fn ends_in_purr(text: &str) -> bool {
    let is_command = |rest: &str| after_purr(rest).is_some_and(|after| after.starts_with(is_space));
    let mut rest = text;
    for _ in 0..2 {
        if is_command(rest) {
            return true;
        }
        let Some(next) = rest.strip_prefix(|c| !is_letter(c) && !is_space(c)) else { break };
        rest = next;
    }
    is_command(rest) || text.strip_prefix(STROKES).is_some_and(is_command)
}

fn after_purr(text: &str) -> Option<&str> {
    let (start, after) = text.split_at_checked(PURR.len())?;
    start.eq_ignore_ascii_case(PURR).then_some(after)
}

/// Without a tag, a reference or a blank at the beginning.
fn after_nothing_drawn(text: &str) -> Option<&str> {
    if let Some(tag) = text.strip_prefix('<') {
        let end = tag.find(['<', '>'])?;
        return tag[end..].strip_prefix('>');
    }
    if let Some(reference) = text.strip_prefix('&') {
        let name = reference.strip_prefix('#').unwrap_or(reference);
        let after = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        return if after.len() < name.len() { after.strip_prefix(';') } else { None };
    }
    text.strip_prefix(is_space)
}

fn is_letter(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Letter
}
