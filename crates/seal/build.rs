//! Writes the tables of emoji. Whole, the crate's own takes 1.4 MB of a binary, names and all; these take a twentieth.

#![allow(clippy::print_stdout)] // Cargo reads what is printed.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs, io};

/// An emoji's colourful form is asked for by this, which Unicode lets one leave out at some places.
const SELECTOR: char = '\u{fe0f}';

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let toned = emojis::iter().filter_map(emojis::Emoji::skin_tones).flatten();
    let whole: BTreeSet<_> = emojis::iter().chain(toned).map(|emoji| emoji.as_str().to_owned()).collect();
    let without = whole.iter().flat_map(|emoji| without_selectors(emoji));
    let short: BTreeSet<_> = without.filter(|emoji| !whole.contains(emoji)).collect();
    // By name, a name and its emoji a line.
    let named =
        emojis::iter().flat_map(|emoji| emoji.shortcodes().map(move |name| format!("{name}\t{emoji}")));
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    for (name, lines) in [("whole.txt", whole), ("short.txt", short), ("named.txt", named.collect())] {
        fs::write(Path::new(&folder).join(name), lines.into_iter().collect::<Vec<_>>().join("\n"))?;
    }
    Ok(())
}

/// An emoji without some of its selectors, or without all, as far as Unicode lists it.
fn without_selectors(whole: &str) -> impl Iterator<Item = String> {
    let choices = 1_u32 << whole.matches(SELECTOR).count();
    let written = move |left_out: u32| {
        let mut selectors = 0;
        let kept = whole.chars().filter(|&letter| {
            let is_left_out = letter == SELECTOR && left_out & (1 << selectors) != 0;
            selectors += u32::from(letter == SELECTOR);
            !is_left_out
        });
        kept.collect::<String>()
    };
    (1..choices).map(written).filter(|emoji| emojis::get(emoji).is_some())
}
