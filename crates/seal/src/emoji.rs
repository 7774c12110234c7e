//! Emoji as Unicode lists them (RGI, Unicode Technical Standard 51), in sorted lines that build.rs writes.

use std::cmp::Ordering;

const WHOLE: &str = include_str!(concat!(env!("OUT_DIR"), "/whole.txt"));
/// What lacks a selector of the colourful form.
const SHORT: &str = include_str!(concat!(env!("OUT_DIR"), "/short.txt"));
/// A name, as others write it between colons, and behind a tab its emoji.
const NAMED: &str = include_str!(concat!(env!("OUT_DIR"), "/named.txt"));

/// Whether this is one emoji, which may lack a selector of its colourful form.
#[must_use]
pub fn is_emoji(text: &str) -> bool {
    is_whole_emoji(text) || line(SHORT, text).is_some()
}

/// The emoji of a name: "tada", say.
#[must_use]
pub fn emoji_named(name: &str) -> Option<&'static str> {
    line(NAMED, name)?.split_once('\t').map(|(_, emoji)| emoji)
}

/// Whether this is one emoji that everybody's device shows as such.
pub(crate) fn is_whole_emoji(text: &str) -> bool {
    line(WHOLE, text).is_some()
}

/// The line of a table that is this, up to a tab.
fn line<'a>(table: &'a str, wanted: &str) -> Option<&'a str> {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let bytes = table.as_bytes();
        let before = bytes[low..middle].iter().rposition(|&byte| byte == b'\n');
        let start = before.map_or(low, |at| low + at + 1);
        let after = bytes[middle..high].iter().position(|&byte| byte == b'\n');
        let end = after.map_or(high, |at| middle + at);
        let found = &table[start..end];
        match found.split('\t').next().cmp(&Some(wanted)) {
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start.saturating_sub(1),
            Ordering::Equal => return Some(found),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_every_emoji_and_nothing_else() {
        let toned = emojis::iter().filter_map(emojis::Emoji::skin_tones).flatten();
        let mut count = 0;
        for whole in emojis::iter().chain(toned).map(emojis::Emoji::as_str) {
            count += 1;
            assert!(is_emoji(whole) && is_whole_emoji(whole), "{whole}");
            let short = whole.replace('\u{fe0f}', "");
            assert_eq!(is_emoji(&short), emojis::get(&short).is_some(), "{short}");
            assert_eq!(is_whole_emoji(&short), short == whole, "{short}");
            for other in [format!("{whole}{whole}"), format!("{whole}\n"), format!("\n{whole}")] {
                assert_eq!(is_emoji(&other), emojis::get(&other).is_some(), "{other:?}");
            }
        }
        assert!(count > 3700, "{count}");
        for emoji in emojis::iter() {
            for name in emoji.shortcodes() {
                assert_eq!(emoji_named(name), Some(emoji.as_str()), "{name}");
            }
        }
        for none in ["", "\t", "tad", "tadaa", "tada\t🎉", "🎉"] {
            assert_eq!(emoji_named(none), None, "{none:?}");
        }
        assert_eq!(WHOLE.lines().chain(SHORT.lines()).filter(|line| emojis::get(line).is_none()).count(), 0);
        for (text, expected) in
            [("❤", true), ("👍🏽", true), ("👍\u{fe0f}", false), ("", false), ("\n", false), ("a", false)]
        {
            assert_eq!(is_emoji(text), expected, "{text}");
        }
    }
}
