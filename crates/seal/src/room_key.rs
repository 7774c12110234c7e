//! The name of a room as people write it.

use std::fmt;
use std::str::FromStr;

use super::lenient::{is_invisible, plain};
use super::{CodeError, Random, base32};
use sanctuary_wire::RoomId;

const SYMBOLS: usize = 8;

/// Bytes of the longest text that a room key is looked for in.
const KEY_MOST: usize = 256;

/// A room's name, `K7QM-4XZD`: 40 random bits, not secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RoomKey(RoomId);

impl RoomKey {
    /// A new room's name.
    pub fn draw(random: &mut Random) -> Self {
        Self(RoomId(random.bytes()))
    }

    /// The name as frames carry it.
    #[must_use]
    pub fn room(self) -> RoomId {
        self.0
    }
}

impl From<RoomId> for RoomKey {
    fn from(room: RoomId) -> Self {
        Self(room)
    }
}

impl FromStr for RoomKey {
    type Err = CodeError;

    fn from_str(typed: &str) -> Result<Self, CodeError> {
        let plain = plainly(typed).ok_or(CodeError::RoomKey)?;
        let values = base32::read::<SYMBOLS>(&plain).ok_or(CodeError::RoomKey)?;
        let bits = values.iter().fold(0u64, |bits, &value| bits << 5 | u64::from(value));
        let [_, _, _, room @ ..] = bits.to_be_bytes();
        Ok(Self(RoomId(room)))
    }
}

/// The key however it is parted and whatever stands around it; nothing where it is too long for one.
fn plainly(typed: &str) -> Option<String> {
    if typed.len() > KEY_MOST {
        return None;
    }
    let visible: String = typed.chars().filter(|&c| !is_invisible(c)).map(plain).collect();
    Some(visible.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
}

impl fmt::Display for RoomKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.0.iter().fold(0u64, |bits, &byte| bits << 8 | u64::from(byte));
        let symbols = (0..SYMBOLS).rev().map(|place| base32::symbol((bits >> (5 * place) & 31) as u8));
        f.write_str(&base32::write(symbols))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_is_read() {
        let key: RoomKey = "1011-00ZZ".parse().unwrap();
        for typed in ["101100zz", " 1o1L-0Ozz ", "IOii\t00-Z-Z", "1-0-1-1 0 0 Z Z"] {
            assert_eq!(typed.parse(), Ok(key), "{typed}");
        }
    }

    #[test]
    fn eight_symbols_and_no_others() {
        for typed in ["", "K7QM4XZ", "K7QM4XZDA", "K7QM4XZU", "K7QM_4XZD", "K7QM4XZé", "ＫK7QM4XZD"] {
            assert_eq!(typed.parse::<RoomKey>(), Err(CodeError::RoomKey), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(room: [u8; 5]) {
            let key = RoomKey::from(RoomId(room));
            prop_assert_eq!(key.to_string().len(), 9);
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }

        #[test]
        fn anything_typed_is_refused_or_reads_alike_when_written_again(typed in "\\PC{0,20}") {
            if let Ok(key) = typed.parse::<RoomKey>() {
                prop_assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
    }
}
