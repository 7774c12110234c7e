//! What the tables state of a setting, and [`settings!`], which makes all else out of them.

use std::ops::RangeInclusive;

use toml::de::DeValue;

use super::units::{Measure, SIZE, TIME};
use super::value::text;

/// A key of `sanctuary.toml`.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    pub(super) effect: Effect,
}

/// What may stand behind a key. Lower bounds keep the daemon usable; upper ones keep a slip of the finger from
/// asking for more than a machine has.
#[derive(Debug)]
pub(super) enum Kind {
    /// A whole number.
    Number(RangeInclusive<u64>),
    /// Bytes, written with a unit.
    Size(RangeInclusive<u64>),
    /// Milliseconds, written with a unit.
    Time(RangeInclusive<u64>),
    /// So many entries, in quotes.
    List(RangeInclusive<usize>),
    /// True or false.
    Switch,
    /// The name of a user.
    User,
    /// The path of a file.
    Path,
    /// See [`super::OpenRooms`].
    OpenRooms,
}

/// When a changed setting takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// On a reload.
    Reload,
    /// On a reload too, unless that takes more memory than may be locked.
    RestartToRaise,
    /// On a restart: sockets, privileges and memory are settled before the daemon gives up the right to change them.
    Restart,
}

impl Kind {
    /// What is counted: a number, bytes or milliseconds.
    pub(super) fn read(&self, value: &DeValue) -> Result<u64, String> {
        let amount = match self.measure() {
            Some(measure) => Some(measured(value, measure)?),
            None => integer(value),
        };
        let is_within = |amount: &u64| self.bounds().is_some_and(|bounds| bounds.contains(amount));
        amount.filter(is_within).ok_or_else(|| self.refusal())
    }

    /// Writes it as it is read.
    pub(super) fn write(&self, amount: u64) -> String {
        match self.measure() {
            Some(measure) => format!("{:?}", measure.write(amount)),
            None => amount.to_string(),
        }
    }

    /// What to write instead of something out of bounds.
    pub(super) fn refusal(&self) -> String {
        let noun = if self.measure().is_some() { "something" } else { "a whole number" };
        format!("write {noun} from {}", self.range().unwrap_or_default())
    }

    /// From the least to the most that is counted, as it is written.
    pub(super) fn range(&self) -> Option<String> {
        let bounds = self.bounds()?;
        Some(format!("{} to {}", self.write(*bounds.start()), self.write(*bounds.end())))
    }

    /// The bounds of what is counted.
    pub(super) fn bounds(&self) -> Option<&RangeInclusive<u64>> {
        match self {
            Self::Number(bounds) | Self::Size(bounds) | Self::Time(bounds) => Some(bounds),
            Self::List(_) | Self::Switch | Self::User | Self::Path | Self::OpenRooms => None,
        }
    }

    fn measure(&self) -> Option<&'static Measure> {
        match self {
            Self::Size(_) => Some(&SIZE),
            Self::Time(_) => Some(&TIME),
            _ => None,
        }
    }
}

/// A bare number gets the same answer as one in quotes without a unit.
fn measured(value: &DeValue, measure: &Measure) -> Result<u64, String> {
    let read = match value {
        DeValue::Integer(number) => measure.read(&number.to_string()),
        DeValue::Float(number) => measure.read(&number.to_string()),
        other => measure.read(text(other)?),
    };
    read.map_err(|error| error.to_string())
}

fn integer(value: &DeValue) -> Option<u64> {
    value.as_integer().and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok())
}

/// Makes a struct of settings out of a table. A line of it, such as
///
/// ```text
/// /// Rooms at a time.
/// rooms: usize = 1_000, Number(1..=100_000), Reload;
/// ```
///
/// says that `rooms` is a key of `sanctuary.toml` and a field of that type, what it is unless the file says
/// otherwise, what it may be, and when a change of it takes effect. Fields that are no keys stand behind `beside`.
macro_rules! settings {
    (
        $(#[$about:meta])*
        $visibility:vis struct $group:ident {
            $($(#[$doc:meta])* $key:ident: $type:ty = $default:expr, $kind:expr, $effect:ident;)*
        }
        $(beside { $($(#[$other_doc:meta])* $other:ident: $other_type:ty = $other_default:expr;)* })?
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $visibility struct $group {
            $($($(#[$other_doc])* $visibility $other: $other_type,)*)?
            $($(#[$doc])* $visibility $key: $type,)*
        }

        impl Default for $group {
            fn default() -> Self {
                Self { $($($other: $other_default,)*)? $($key: $default,)* }
            }
        }

        impl $group {
            /// What is stated of each setting, in the order of its fields.
            pub(super) const TABLE: &[Setting] =
                &[$(Setting { key: stringify!($key), kind: $kind, effect: Effect::$effect }),*];

            /// Takes what the file says of each.
            pub(super) fn read(&mut self, reader: &mut TomlReader) {
                let fields: &mut [&mut dyn ReadToml] = &mut [$(&mut self.$key),*];
                for (setting, field) in Self::TABLE.iter().zip(fields) {
                    reader.take(setting, *field);
                }
            }

            /// A line of the file for each that is set.
            pub(super) fn lines(&self) -> Vec<String> {
                let fields: &[&dyn WriteToml] = &[$(&self.$key),*];
                let line = |(setting, field): (&Setting, &&dyn WriteToml)| {
                    Some(format!("{} = {}", setting.key, field.write_toml(&setting.kind)?))
                };
                Self::TABLE.iter().zip(fields).filter_map(line).collect()
            }

            /// The settings that have another value in `other`, and take a restart for it.
            pub(super) fn needing_restart(&self, other: &Self) -> impl Iterator<Item = &'static str> {
                let need_it = [$(matches!(Effect::$effect, Effect::Restart) && self.$key != other.$key),*];
                Self::TABLE.iter().zip(need_it).filter(|(_, needs_it)| *needs_it).map(|(setting, _)| setting.key)
            }

            /// Takes the settings of memory from `other`.
            #[allow(dead_code, reason = "those of https are none")]
            fn take_memory_from(&mut self, other: &Self) {
                $(if matches!(Effect::$effect, Effect::RestartToRaise) {
                    self.$key.clone_from(&other.$key);
                })*
            }
        }
    };
}

pub(super) use settings;
