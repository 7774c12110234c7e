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
            vec![fault(&readable, readable.len(), what)]
        })?;
        // Some editors put a byte order mark in front; no place in the text is counted from it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            let left = table.into_inner();
            return Ok(Self { text, left, known: BTreeMap::new(), misfits: Vec::new() });
        }
        let place = |error: &toml::de::Error| error.span().map_or(text.len(), |span| span.start);
        let faults = errors.iter().map(|error| fault(text, place(error), error.message().to_owned()));
        Err(in_order(faults.collect()))
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
        let faults: Vec<Fault> =
            self.misfits.into_iter().map(|(place, what)| fault(self.text, place, what)).collect();
        if faults.is_empty() { Ok(()) } else { Err(in_order(faults)) }
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
