//! The types of settings. Each makes itself out of TOML, or says what to write instead.

use std::fmt::{Display, Write as _};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use toml::Spanned;
use toml::de::DeValue;

use super::network::network;
use super::open_rooms::open_rooms;
use super::table::{Kind, Setting};
use super::{HostName, ListenAddress, OpenRooms, Origin};

/// Letters of the longest name of a user (Linux: `UT_NAMESIZE`).
const USER: usize = 32;

/// A place in the text, in bytes, and what is wrong there.
pub(super) type Misfit = (usize, String);

/// Becomes what the file says.
pub(super) trait ReadToml {
    fn read_toml(&mut self, value: &Spanned<DeValue>, setting: &Setting) -> Result<(), Vec<Misfit>>;
}

/// Is written as [`ReadToml`] reads it, if there is anything to write. A trait of its own: the daemon writes no file, and
/// so has no code for it.
pub(super) trait WriteToml {
    fn write_toml(&self, kind: &Kind) -> Option<String>;
}

/// A value by itself, which is told to be wrong as a whole.
trait Scalar: Sized {
    fn read(value: &DeValue, kind: &Kind) -> Result<Self, String>;
    fn write(&self, kind: &Kind) -> String;
}

impl<T: Scalar> ReadToml for T {
    fn read_toml(&mut self, value: &Spanned<DeValue>, setting: &Setting) -> Result<(), Vec<Misfit>> {
        let read = T::read(value.get_ref(), &setting.kind);
        *self = read.map_err(|what| misfit(value, setting.key, &format!(": {what}")))?;
        Ok(())
    }
}

impl<T: Scalar> WriteToml for T {
    fn write_toml(&self, kind: &Kind) -> Option<String> {
        Some(self.write(kind))
    }
}

impl<T: Scalar + Default> ReadToml for Option<T> {
    fn read_toml(&mut self, value: &Spanned<DeValue>, setting: &Setting) -> Result<(), Vec<Misfit>> {
        let mut read = T::default();
        read.read_toml(value, setting)?;
        *self = Some(read);
        Ok(())
    }
}

impl<T: Scalar> WriteToml for Option<T> {
    fn write_toml(&self, kind: &Kind) -> Option<String> {
        self.as_ref().map(|value| value.write(kind))
    }
}

fn misfit(value: &Spanned<DeValue>, key: &str, what: &str) -> Vec<Misfit> {
    vec![(value.span().start, format!("`{key}`{what}"))]
}

impl Scalar for bool {
    fn read(value: &DeValue, _: &Kind) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| "write true or false, without quotes".to_owned())
    }

    fn write(&self, _: &Kind) -> String {
        self.to_string()
    }
}

impl Scalar for u32 {
    fn read(value: &DeValue, kind: &Kind) -> Result<Self, String> {
        Self::try_from(kind.read(value)?).map_err(|_| kind.refusal())
    }

    fn write(&self, kind: &Kind) -> String {
        kind.write((*self).into())
    }
}

impl Scalar for usize {
    fn read(value: &DeValue, kind: &Kind) -> Result<Self, String> {
        Self::try_from(kind.read(value)?).map_err(|_| kind.refusal())
    }

    fn write(&self, kind: &Kind) -> String {
        kind.write(*self as u64)
    }
}

impl Scalar for Duration {
    fn read(value: &DeValue, kind: &Kind) -> Result<Self, String> {
        kind.read(value).map(Self::from_millis)
    }

    fn write(&self, kind: &Kind) -> String {
        kind.write(u64::try_from(self.as_millis()).unwrap_or(u64::MAX))
    }
}

/// The name of a user.
impl Scalar for String {
    fn read(value: &DeValue, _: &Kind) -> Result<Self, String> {
        user_name(text(value)?)
    }

    fn write(&self, _: &Kind) -> String {
        quoted(self)
    }
}

/// The daemon may be started from any directory, so only a whole path names one file.
impl Scalar for PathBuf {
    fn read(value: &DeValue, _: &Kind) -> Result<Self, String> {
        let path = Self::from(text(value)?);
        if path.is_absolute() {
            Ok(path)
        } else {
            Err(format!("{} is not a whole path: write it from the first \"/\" on", path.display()))
        }
    }

    fn write(&self, _: &Kind) -> String {
        quoted(&self.to_string_lossy())
    }
}

impl Scalar for OpenRooms {
    fn read(value: &DeValue, _: &Kind) -> Result<Self, String> {
        open_rooms(value)
    }

    fn write(&self, _: &Kind) -> String {
        match self {
            Self::Anyone => quoted("anyone"),
            Self::From(networks) => written_list(networks),
            Self::With(code) => format!("{{ code = {} }}", quoted(code.as_str())),
        }
    }
}

/// What stands in a list, in quotes.
trait Entry: FromStr<Err: Display> + Display {
    fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|error: Self::Err| error.to_string())
    }
}

impl Entry for ListenAddress {}
impl Entry for HostName {}
impl Entry for Origin {}
impl Entry for IpNet {
    /// Stricter than its own `FromStr`, which takes a network of everybody.
    fn read(text: &str) -> Result<Self, String> {
        network(text).map_err(|error| error.to_string())
    }
}

/// Each wrong entry is reported by itself, and the right ones are taken all the same.
impl<T: Entry> ReadToml for Vec<T> {
    fn read_toml(&mut self, value: &Spanned<DeValue>, setting: &Setting) -> Result<(), Vec<Misfit>> {
        let entries = entries(value, setting)?;
        self.clear();
        let mut misfits = Vec::new();
        for entry in entries {
            let text = entry.get_ref().as_str().ok_or_else(|| "every entry goes in quotes".to_owned());
            match text.and_then(T::read) {
                Ok(read) => self.push(read),
                Err(what) => misfits.extend(misfit(entry, setting.key, &format!(": {what}"))),
            }
        }
        if misfits.is_empty() { Ok(()) } else { Err(misfits) }
    }
}

impl<T: Entry> WriteToml for Vec<T> {
    fn write_toml(&self, _: &Kind) -> Option<String> {
        Some(written_list(self))
    }
}

/// The entries of a list, if there are as many as may be.
fn entries<'v, 'a>(
    value: &'v Spanned<DeValue<'a>>,
    setting: &Setting,
) -> Result<&'v [Spanned<DeValue<'a>>], Vec<Misfit>> {
    let DeValue::Array(entries) = value.get_ref() else {
        let what = " is a list: write its entries in quotes, between [ and ]";
        return Err(misfit(value, setting.key, what));
    };
    if let Kind::List(within) = &setting.kind
        && !within.contains(&entries.len())
    {
        let count = entries.len();
        let what = format!(" holds {count} entries: write {} to {}", within.start(), within.end());
        return Err(misfit(value, setting.key, &what));
    }
    Ok(entries)
}

fn written_list<T: Display>(entries: &[T]) -> String {
    let entries: Vec<_> = entries.iter().map(|entry| quoted(&entry.to_string())).collect();
    format!("[{}]", entries.join(", "))
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

pub(super) fn text<'a>(value: &'a DeValue) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| format!("write it in quotes, not as {}", with_article(value.type_str())))
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// As a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}
