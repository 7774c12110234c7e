//! The page's vectors: of what is said the same is text, and the same is markup.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::text;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../../testdata/html.json")).unwrap()
}

/// Differ in how they are told, not in what is text: addresses stand in full, a picture is drawn at no cost of pixels, and
/// marks are counted in each piece of a text.
const TOLD_OTHERWISE: [&str; 6] = [
    "an address in letters that look alike",
    "an address of another host than it seems",
    "an image of more pixels",
    "images of more pixels together",
    "emoji joined without an end",
    "more marks by number and over tags",
];

/// Letters alone: lines are drawn otherwise here, and what the page says of hosts stands elsewhere.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || "<>&".contains(*c)).collect()
}

/// Without the hosts that the page tells.
fn without_hosts(html: &str) -> String {
    let mut parts = html.split("<bdi class=\"host\">");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |html, part| html + part.split_once("</bdi>").map_or(part, |(_, after)| after))
}

#[test]
fn whatever_the_page_shows_as_text_is_text_here() {
    let mut differ = BTreeMap::new();
    for vector in vectors()["shown"].as_array().unwrap() {
        let field = |name: &str| vector[name].as_str().unwrap();
        // A title tells in full where a link leads; here its text does.
        let (shown, page) = (text(field("typed")), text(&without_hosts(field("html"))));
        if letters(&shown) != letters(&page) {
            differ.insert(field("name").to_owned(), (shown, page));
        }
    }
    for name in TOLD_OTHERWISE {
        assert!(differ.remove(name).is_some(), "{name} is told alike");
    }
    assert!(differ.is_empty(), "{differ:#?}");
}
