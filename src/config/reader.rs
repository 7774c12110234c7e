//! Takes one key after the other out of a TOML text and remembers each fault with its place.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;
use super::table::Setting;
use super::value::{Misfit, ReadToml};

/// A TOML text of which some keys are taken already.
pub(super) struct TomlReader<'a> {
    text: &'a str,
    left: DeTable<'a>,
    /// The keys that there may be, each with its place if it is there.
    known: BTreeMap<&'static str, Option<usize>>,
    misfits: Vec<Misfit>,
}

impl<'a> TomlReader<'a> {
    /// Reads the text's syntax. If that is wrong, nothing else is looked at.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Vec<Fault>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let what = "this is not text in UTF-8: save the file as UTF-8".to_owned();
            in_order(&readable, vec![(readable.len(), what)])
        })?;
        // Some editors put a byte order mark in front; no place in the text is counted from it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            let left = table.into_inner();
            return Ok(Self { text, left, known: BTreeMap::new(), misfits: Vec::new() });
        }
        let place = |error: &toml::de::Error| error.span().map_or(text.len(), |span| span.start);
        let misfits = errors.iter().map(|error| (place(error), error.message().to_owned()));
        Err(in_order(text, misfits.collect()))
    }

    /// Takes the value of a setting, if it is there, into `field`.
    pub(super) fn take(&mut self, setting: &'static Setting, field: &mut dyn ReadToml) {
        let Some(value) = self.value(setting.key) else { return };
        if let Err(misfits) = field.read_toml(&value, setting) {
            self.misfits.extend(misfits);
        }
    }

    fn value(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        let taken = self.left.remove_entry(key);
        self.known.insert(key, taken.as_ref().map(|(name, _)| name.span().start));
        taken.map(|(_, value)| value)
    }

    /// Remembers a fault at the first of these keys that is set.
    pub(super) fn fault(&mut self, keys: &[&str], what: &str) {
        let place = keys.iter().find_map(|key| self.known.get(key).copied().flatten());
        self.misfits.push((place.unwrap_or_default(), what.to_owned()));
    }

    /// Ends the reading: keys that nobody has taken are no settings.
    pub(super) fn end(mut self) -> Result<(), Vec<Fault>> {
        for (key, value) in std::mem::take(&mut self.left) {
            let what = self.unknown(key.get_ref(), value.get_ref());
            self.misfits.push((key.span().start, what));
        }
        if self.misfits.is_empty() { Ok(()) } else { Err(in_order(self.text, self.misfits)) }
    }

    fn unknown(&self, key: &str, value: &DeValue) -> String {
        let alike = self.known.keys().map(|known| (strsim::damerau_levenshtein(known, key), *known));
        // As with cargo's commands: a third of the letters may be wrong.
        let nearest = alike.min().filter(|(distance, known)| *distance <= known.len().div_ceil(3));
        let key = key.escape_debug();
        match (nearest, value) {
            (Some((_, known)), _) => format!("there is no setting `{key}`: did you mean `{known}`?"),
            (None, DeValue::Table(_)) => {
                format!("there is no section `{key}`: every setting stands by itself, without [sections]")
            }
            (None, _) => format!("there is no setting `{key}`: sanctuary.toml(5) lists those there are"),
        }
    }
}

/// Goes through the text once, however many misfits there are: anybody's file may be full of them.
fn in_order(text: &str, mut misfits: Vec<Misfit>) -> Vec<Fault> {
    misfits.sort();
    let (mut at, mut line, mut column) = (0, 1, 1);
    let fault = |(place, what)| {
        let between = text.get(at..place).unwrap_or_default();
        at += between.len();
        for letter in between.chars() {
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        Fault { line, column, what }
    };
    misfits.into_iter().map(fault).collect()
}
