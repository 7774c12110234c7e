//! What a single value may be: each function makes one out of TOML or says what to write instead.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use toml::de::DeValue;

use super::units::{self, UnitError, written_size, written_time};

/// Letters of the longest name of a user (Linux: `UT_NAMESIZE`).
const USER: usize = 32;

pub(super) fn boolean(value: &DeValue) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "write true or false, without quotes".to_owned())
}

pub(super) fn user(value: &DeValue) -> Result<String, String> {
    user_name(text(value)?)
}

/// A name that every tool takes (useradd(8), `NAME_REGEX` of Debian's adduser), or what to write instead.
pub fn user_name(name: &str) -> Result<String, String> {
    let first = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    let rest =
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte));
    if first && rest && name.len() <= USER {
        Ok(name.to_owned())
    } else {
        Err(format!(
            "{name:?} is not the name of a user: write up to {USER} small letters, such as \"sanctuary\""
        ))
    }
}

/// The path of a setting that need not be. The daemon may be started from any directory, so only a whole
/// path names one file.
pub(super) fn path(value: &DeValue) -> Result<Option<PathBuf>, String> {
    let path = PathBuf::from(text(value)?);
    if path.is_absolute() {
        Ok(Some(path))
    } else {
        Err(format!("{} is not a whole path: write it from the first \"/\" on", path.display()))
    }
}

pub(super) fn number<T: TryFrom<u64>>(within: RangeInclusive<u64>) -> impl Fn(&DeValue) -> Result<T, String> {
    move |value| {
        let number = integer(value).filter(|number| within.contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| format!("write a whole number from {} to {}", within.start(), within.end()))
    }
}

pub(super) fn size(within: RangeInclusive<u64>) -> impl Fn(&DeValue) -> Result<usize, String> {
    move |value| {
        let bytes = measured(value, units::size)?;
        let bytes = usize::try_from(bytes).ok().filter(|_| within.contains(&bytes));
        bytes.ok_or_else(|| between(&written_size(*within.start()), &written_size(*within.end())))
    }
}

pub(super) fn time(within: RangeInclusive<Duration>) -> impl Fn(&DeValue) -> Result<Duration, String> {
    move |value| {
        let time = Some(measured(value, units::time)?).filter(|time| within.contains(time));
        time.ok_or_else(|| between(&written_time(*within.start()), &written_time(*within.end())))
    }
}

/// A bare number gets the same answer as one in quotes without a unit.
fn measured<T>(value: &DeValue, read: fn(&str) -> Result<T, UnitError>) -> Result<T, String> {
    let read = match value {
        DeValue::Integer(number) => read(&number.to_string()),
        DeValue::Float(number) => read(&number.to_string()),
        other => read(text(other)?),
    };
    read.map_err(|error| error.to_string())
}

fn between(least: &str, most: &str) -> String {
    format!("write something from \"{least}\" to \"{most}\"")
}

fn integer(value: &DeValue) -> Option<u64> {
    value.as_integer().and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok())
}

fn text<'a>(value: &'a DeValue) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| format!("write it in quotes, not as {}", with_article(value.type_str())))
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {noun}")
}
