//! Attributes of a tag, as the page reads them.

use html5ever::tokenizer::Tag;

/// How full it is.
pub(super) fn gauge(tag: &Tag) -> Option<String> {
    let number = |name| attribute(tag, name).as_deref().and_then(number);
    let (value, least) = (number("value")?, number("min").unwrap_or(0.0));
    let most = number("max").unwrap_or(1.0);
    let share = if most > least { ((value - least) / (most - least)).clamp(0.0, 1.0) } else { 0.0 };
    Some(format!("[{:.0} %]", share * 100.0))
}

/// As the page reads one: up to nine digits, and as many behind a point.
fn number(written: &str) -> Option<f64> {
    let is_digits =
        |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let digits = written.strip_prefix('-').unwrap_or(written);
    let (whole, parts) = digits.split_once('.').unwrap_or((digits, "0"));
    if is_digits(whole) && is_digits(parts) { written.parse().ok() } else { None }
}

pub(super) fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|attribute| attribute.name.local.as_ref() == name)?;
    Some(found.value.to_string())
}

pub(super) fn has(tag: &Tag, name: &str) -> bool {
    tag.attrs.iter().any(|attribute| attribute.name.local.as_ref() == name)
}
