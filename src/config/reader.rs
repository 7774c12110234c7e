//! Takes one key after the other out of a TOML text and remembers each fault with its place.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;

/// A TOML text of which some keys are taken already.
pub(super) struct Reader<'a> {
    text: &'a str,
    left: DeTable<'a>,
    /// The keys there could be, and where each stands that does.
    known: BTreeMap<&'static str, Option<usize>>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// Reads the text's syntax; where that is wrong, only that is told.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Vec<Fault>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let what = "this is not text in UTF-8: save the file as UTF-8".to_owned();
            vec![fault(&readable, readable.len(), what)]
        })?;
        // Some editors put a byte order mark in front; no place in the text is counted from it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            let left = table.into_inner();
            return Ok(Self { text, left, known: BTreeMap::new(), faults: Vec::new() });
        }
        let place = |error: &toml::de::Error| error.span().map_or(text.len(), |span| span.start);
        let faults = errors.iter().map(|error| fault(text, place(error), error.message().to_owned()));
        Err(in_order(faults.collect()))
    }

    /// Takes the value of `key`, if it is there, into `setting`.
    pub(super) fn take<T>(
        &mut self,
        key: &'static str,
        setting: &mut T,
        read: impl FnOnce(&DeValue) -> Result<T, String>,
    ) {
        let Some(value) = self.value(key) else { return };
        match read(value.get_ref()) {
            Ok(read) => *setting = read,
            Err(what) => self.push(value.span().start, format!("`{key}`: {what}")),
        }
    }

    /// Takes the list under `key`, if it is there, into `setting`. A fault is told for each entry.
    pub(super) fn list<T, E: ToString>(
        &mut self,
        key: &'static str,
        within: RangeInclusive<usize>,
        setting: &mut Vec<T>,
        read: fn(&str) -> Result<T, E>,
    ) {
        let Some(value) = self.value(key) else { return };
        let place = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            return self.push(
                place.start,
                format!("`{key}` is a list: write its entries in quotes, between [ and ]"),
            );
        };
        if !within.contains(&entries.len()) {
            let (least, most) = within.into_inner();
            let what = format!("`{key}` holds {} entries: write {least} to {most}", entries.len());
            return self.push(place.start, what);
        }
        *setting = entries.iter().filter_map(|entry| self.entry(key, entry, read)).collect();
    }

    fn entry<T, E: ToString>(
        &mut self,
        key: &str,
        entry: &Spanned<DeValue>,
        read: fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let read = match entry.get_ref() {
            DeValue::String(text) => read(text).map_err(|error| error.to_string()),
            _ => Err("every entry goes in quotes".to_owned()),
        };
        read.map_err(|what| self.push(entry.span().start, format!("`{key}`: {what}"))).ok()
    }

    fn value(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        let taken = self.left.remove_entry(key);
        self.known.insert(key, taken.as_ref().map(|(name, _)| name.span().start));
        taken.map(|(_, value)| value)
    }

    /// Remembers a fault at the first of these keys that is set.
    pub(super) fn fault(&mut self, keys: &[&str], what: &str) {
        let place = keys.iter().find_map(|key| self.known.get(key).copied().flatten());
        self.push(place.unwrap_or_default(), what.to_owned());
    }

    fn push(&mut self, place: usize, what: String) {
        self.faults.push(fault(self.text, place, what));
    }

    /// Ends the reading: a key that is left is one that nobody knows.
    pub(super) fn end(mut self) -> Result<(), Vec<Fault>> {
        for (key, value) in std::mem::take(&mut self.left) {
            let what = self.unknown(key.get_ref(), value.get_ref());
            self.push(key.span().start, what);
        }
        if self.faults.is_empty() { Ok(()) } else { Err(in_order(self.faults)) }
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

fn fault(text: &str, place: usize, what: String) -> Fault {
    let before = text.get(..place).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Fault { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1, what }
}

fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    faults
}
