//! Who may open rooms: `"anyone"`, networks, or a code.

use std::fmt;
use std::ops::RangeInclusive;

use ipnet::IpNet;
use sanctuary_wire::limits;
use toml::de::DeValue;

use super::network::network;

/// How many networks there may be.
pub(super) const NETWORKS: RangeInclusive<usize> = 1..=64;
/// Characters of a code.
pub(super) const CODE: RangeInclusive<usize> = 8..=limits::CODE_MOST;

/// Who may open rooms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenRooms {
    /// Whoever reaches the machine.
    Anyone,
    /// Who comes from one of these networks.
    From(Vec<IpNet>),
    /// Who has the code that the host hands out.
    With(Code),
}

/// A code to open rooms with: ASCII characters without spaces, within 8 to 64. It is silent in debug.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The code as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

/// Faults don't repeat what was written: it may be a code.
pub(super) fn open_rooms(value: &DeValue) -> Result<OpenRooms, String> {
    match value {
        DeValue::String(text) if text == "anyone" => Ok(OpenRooms::Anyone),
        DeValue::Array(entries) if NETWORKS.contains(&entries.len()) => {
            let entry = |value: &DeValue| match value.as_str() {
                Some(text) => network(text).map_err(|error| error.to_string()),
                None => Err("every entry goes in quotes".to_owned()),
            };
            entries.iter().map(|value| entry(value.get_ref())).collect::<Result<_, _>>().map(OpenRooms::From)
        }
        DeValue::Array(entries) => {
            let (least, most) = (NETWORKS.start(), NETWORKS.end());
            Err(format!("it holds {} networks: write {least} to {most}", entries.len()))
        }
        DeValue::Table(table) if table.len() == 1 && table.contains_key("code") => {
            let code = table.get("code").and_then(|code| code.get_ref().as_str());
            let fits =
                |code: &&str| CODE.contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_graphic());
            let code = code.filter(fits).ok_or_else(|| {
                let (least, most) = (CODE.start(), CODE.end());
                format!("a code has {least} to {most} letters, digits and signs of ASCII, without spaces")
            })?;
            Ok(OpenRooms::With(Code(code.to_owned())))
        }
        _ => Err("write \"anyone\", a list of networks such as [\"192.168.0.0/16\", \"fd00::/8\"], or \
                  { code = \"…\" }"
            .to_owned()),
    }
}
