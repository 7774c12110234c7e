//! Sizes and times as people write them: a whole number and its unit, `64 KiB`, `30 s`.

/// Bytes of a KiB.
pub(super) const KIB: usize = 1024;
/// Bytes of a MiB.
pub(super) const MIB: usize = 1024 * KIB;

/// Milliseconds of a second.
pub(super) const SECOND: u64 = 1000;
/// Milliseconds of a minute.
pub(super) const MINUTE: u64 = 60 * SECOND;
/// Milliseconds of an hour.
pub(super) const HOUR: u64 = 60 * MINUTE;

const SIZES: [(&str, u64); 3] = [("B", 1), ("KiB", KIB as u64), ("MiB", MIB as u64)];
const MILLISECONDS: [(&str, u64); 4] = [("ms", 1), ("s", SECOND), ("min", MINUTE), ("h", HOUR)];

/// Why a text is no size or time, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum UnitError {
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
pub(super) struct Measure {
    units: &'static [(&'static str, u64)],
    names: &'static str,
    usual: &'static str,
    example: &'static str,
}

/// Bytes: `512 B`, `64 KiB`, `1 MiB`.
pub(super) const SIZE: Measure =
    Measure { units: &SIZES, names: "B, KiB, MiB", usual: "KiB", example: "64 KiB" };

/// Milliseconds: `500 ms`, `30 s`, `2 min`, `1 h`.
pub(super) const TIME: Measure =
    Measure { units: &MILLISECONDS, names: "ms, s, min, h", usual: "s", example: "30 s" };

impl Measure {
    pub(super) fn read(&self, text: &str) -> Result<u64, UnitError> {
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

    /// In the largest unit that leaves it whole, and nothing in the usual one.
    pub(super) fn write(&self, amount: u64) -> String {
        let usual = |(name, _): &&(&str, u64)| *name == self.usual;
        let whole = |(_, worth): &&(&str, u64)| amount.is_multiple_of(*worth);
        let mut units = self.units.iter().rev();
        let largest = if amount == 0 { units.find(usual) } else { units.find(whole) };
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
            assert_eq!(SIZE.read(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn times_are_read() {
        let cases = [("0 s", 0), ("500 ms", 500), ("30 s", 30_000), ("2 min", 120_000), ("1h", 3_600_000)];
        for (text, milliseconds) in cases {
            assert_eq!(TIME.read(text), Ok(milliseconds), "{text}");
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
            assert_eq!(SIZE.read(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(amount: u64) {
            for measure in [SIZE, TIME] {
                prop_assert_eq!(measure.read(&measure.write(amount)), Ok(amount));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = (SIZE.read(&text), TIME.read(&text));
        }
    }

    #[test]
    fn the_largest_whole_unit_is_written() {
        let sizes = [(0, "0 KiB"), (1023, "1023 B"), (1024, "1 KiB"), (1025, "1025 B"), (1 << 20, "1 MiB")];
        for (bytes, text) in sizes {
            assert_eq!(SIZE.write(bytes), text);
        }
        assert_eq!(TIME.write(0), "0 s");
        assert_eq!(TIME.write(HOUR), "1 h");
        assert_eq!(TIME.write(90 * SECOND), "90 s");
    }
}
