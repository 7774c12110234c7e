//! Sizes and times as people write them: a whole number and its unit, `64 KiB`, `30 s`.

use std::time::Duration;

use super::bounds::{KIB, MIB};

const SIZES: [(&str, u64); 3] = [("B", 1), ("KiB", KIB as u64), ("MiB", MIB as u64)];
const MILLISECONDS: [(&str, u64); 4] = [("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)];

/// Why a text is no size or time, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// It is not a whole number followed by something.
    #[error("{0:?} is not a whole number and its unit: write it as in {1:?}")]
    Number(String, &'static str),
    /// A number by itself.
    #[error("a unit is missing: write \"{0} {1}\" or another of {2}")]
    NoUnit(String, &'static str, &'static str),
    /// No such unit.
    #[error("{0:?} is not a unit here: write one of {1}")]
    Unit(String, &'static str),
    /// More than can be counted.
    #[error("{0:?} is too much to count")]
    TooMuch(String),
}

/// One way to measure, and how to speak of it.
struct Measure {
    units: &'static [(&'static str, u64)],
    names: &'static str,
    usual: &'static str,
    example: &'static str,
}

const SIZE: Measure = Measure { units: &SIZES, names: "B, KiB, MiB", usual: "KiB", example: "64 KiB" };
const TIME: Measure = Measure { units: &MILLISECONDS, names: "ms, s, min, h", usual: "s", example: "30 s" };

/// Reads a size, in bytes: `512 B`, `64 KiB`, `1 MiB`.
pub fn size(text: &str) -> Result<u64, UnitError> {
    SIZE.read(text)
}

/// Reads a time: `500 ms`, `30 s`, `2 min`, `1 h`.
pub fn time(text: &str) -> Result<Duration, UnitError> {
    TIME.read(text).map(Duration::from_millis)
}

/// Writes a size so that [`size`] reads it, in the largest unit that leaves it whole.
#[must_use]
pub fn written_size(bytes: u64) -> String {
    SIZE.write(bytes)
}

/// Writes a time so that [`time`] reads it; what is below a millisecond is cut off.
#[must_use]
pub fn written_time(time: Duration) -> String {
    TIME.write(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

impl Measure {
    fn read(&self, text: &str) -> Result<u64, UnitError> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let unit = unit.trim_matches(' ');
        if number.is_empty() || unit.starts_with(['.', ',']) {
            return Err(UnitError::Number(text.to_owned(), self.example));
        }
        if unit.is_empty() {
            return Err(UnitError::NoUnit(number.to_owned(), self.usual, self.names));
        }
        let (_, worth) = self
            .units
            .iter()
            .find(|(name, _)| *name == unit)
            .ok_or_else(|| UnitError::Unit(unit.to_owned(), self.names))?;
        let number = number.parse::<u64>().ok().and_then(|number| number.checked_mul(*worth));
        number.ok_or_else(|| UnitError::TooMuch(text.to_owned()))
    }

    fn write(&self, amount: u64) -> String {
        let whole = |(_, worth): &&(&str, u64)| amount.is_multiple_of(*worth);
        let largest = if amount == 0 { None } else { self.units.iter().rev().find(whole) };
        let (name, worth) = largest.unwrap_or(&self.units[0]);
        format!("{} {name}", amount / worth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_are_read() {
        let cases = [
            ("0 B", 0),
            ("1 B", 1),
            ("64 KiB", 65_536),
            ("64KiB", 65_536),
            ("64  KiB ", 65_536),
            ("1 MiB", 1_048_576),
            ("17592186044415 MiB", 17_592_186_044_415 << 20),
        ];
        for (text, bytes) in cases {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn times_are_read() {
        let cases = [("0 s", 0), ("500 ms", 500), ("30 s", 30_000), ("2 min", 120_000), ("1h", 3_600_000)];
        for (text, milliseconds) in cases {
            assert_eq!(time(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
    }

    #[test]
    fn what_is_no_size_is_refused() {
        let unit = |text: &str| UnitError::Unit(text.to_owned(), "B, KiB, MiB");
        let number = |text: &str| UnitError::Number(text.to_owned(), "64 KiB");
        let cases = [
            ("64", UnitError::NoUnit("64".to_owned(), "KiB", "B, KiB, MiB")),
            ("64 ", UnitError::NoUnit("64".to_owned(), "KiB", "B, KiB, MiB")),
            ("64 kB", unit("kB")),
            ("64 kib", unit("kib")),
            ("1.5 MiB", number("1.5 MiB")),
            ("1,5 MiB", number("1,5 MiB")),
            ("1 GiB", unit("GiB")),
            ("1 s", unit("s")),
            ("", number("")),
            ("KiB", number("KiB")),
            ("-1 KiB", number("-1 KiB")),
            (" 1 KiB", number(" 1 KiB")),
            ("17592186044416 MiB", UnitError::TooMuch("17592186044416 MiB".to_owned())),
            ("18446744073709551616 B", UnitError::TooMuch("18446744073709551616 B".to_owned())),
        ];
        for (text, error) in cases {
            assert_eq!(size(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(amount: u64) {
            prop_assert_eq!(size(&written_size(amount)), Ok(amount));
            let span = Duration::from_millis(amount);
            prop_assert_eq!(time(&written_time(span)), Ok(span));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = (size(&text), time(&text));
        }
    }

    #[test]
    fn the_largest_whole_unit_is_written() {
        let sizes = [(0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1025, "1025 B"), (1 << 20, "1 MiB")];
        for (bytes, text) in sizes {
            assert_eq!(written_size(bytes), text);
        }
        assert_eq!(written_time(Duration::from_secs(3600)), "1 h");
        assert_eq!(written_time(Duration::from_secs(90)), "90 s");
    }
}
