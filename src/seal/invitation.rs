//! What a member gives to whom it would see in the room: `#K7QM-4XZD:PASSWORD` after the page's address.

use zeroize::Zeroizing;

use super::{CodeError, Password, RoomKey};

/// A room key and its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The room.
    pub room_key: RoomKey,
    /// What opens it.
    pub password: Password,
}

impl Invitation {
    /// Reads the fragment of a whole address, or a fragment alone with or without its `#`.
    pub fn read(typed: &str) -> Result<Self, CodeError> {
        let fragment = typed.split_once('#').map_or(typed, |(_, fragment)| fragment);
        let (room_key, password) = fragment.split_once(':').ok_or(CodeError::Invitation)?;
        Ok(Self { room_key: decoded(room_key)?.parse()?, password: Password::read(&decoded(password)?)? })
    }

    /// The fragment, percent-encoded, with its `#`. The page's address goes before it.
    #[must_use]
    pub fn write(&self) -> Zeroizing<String> {
        let password = self.password.write();
        let mut written = Zeroizing::new(String::with_capacity(16 + 3 * password.len()));
        written.push('#');
        written.push_str(&self.room_key.to_string());
        written.push(':');
        for byte in password.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    written.push(byte.into());
                }
                _ => {
                    written.push('%');
                    written.push(hexadecimal(byte >> 4));
                    written.push(hexadecimal(byte & 15));
                }
            }
        }
        written
    }
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

/// Percent-decoding (RFC 3986, 2.1) to UTF-8.
fn decoded(encoded: &str) -> Result<Zeroizing<String>, CodeError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { digit(rest.next())? << 4 | digit(rest.next())? } else { byte });
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| CodeError::Invitation)?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn digit(byte: Option<u8>) -> Result<u8, CodeError> {
    let value = byte.and_then(|byte| char::from(byte).to_digit(16)).ok_or(CodeError::Invitation)?;
    u8::try_from(value).map_err(|_| CodeError::Invitation)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(password: &str) -> Invitation {
        Invitation { room_key: "K7QM-4XZD".parse().unwrap(), password: Password::read(password).unwrap() }
    }

    #[test]
    fn it_is_written_as_browsers_write_it() {
        assert_eq!(of("9f3ktq2mxa7b0c1d").write().as_str(), "#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D");
        assert_eq!(of("a b:c#%é").write().as_str(), "#K7QM-4XZD:a%20b%3Ac%23%25%C3%A9");
    }

    #[test]
    fn a_whole_address_or_its_end_is_read() {
        for typed in [
            "http://[::1]:8080/#K7QM-4XZD:a%20b",
            "https://example.org/x?y:z#k7qm4xzd:a%20b",
            "#K7QM-4XZD:a b",
            "K7QM-4XZD:a%20b",
            "#K7QM%2D4XZD:a b",
        ] {
            assert_eq!(Invitation::read(typed).unwrap(), of("a b"), "{typed}");
        }
        assert_eq!(Invitation::read("#K7QM-4XZD:a:b#c").unwrap(), of("a:b#c"));
        assert_eq!(Invitation::read("#K7QM-4XZD:%C3%a9").unwrap(), of("é"));
    }

    #[test]
    fn half_an_invitation_is_refused() {
        for typed in ["", "#", "#:", "#K7QM-4XZD", "#K7QM-4XZD:", "#K7QM-4XZ:abcdefgh", "#:abcdefgh"] {
            assert!(Invitation::read(typed).is_err(), "{typed}");
        }
        for typed in ["#K7QM-4XZD:%", "#K7QM-4XZD:%4", "#K7QM-4XZD:%zz", "#K7QM-4XZD:%ff", "#K7QM-4XZD:%+4"] {
            assert_eq!(Invitation::read(typed), Err(CodeError::Invitation), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(room: [u8; 5], typed in "\\PC{1,64}") {
            let room_key = crate::wire::RoomId(room).into();
            if let Ok(password) = Password::read(&typed) {
                let invitation = Invitation { room_key, password };
                let written = invitation.write();
                prop_assert!(written.is_ascii());
                prop_assert_eq!(Invitation::read(&written), Ok(invitation));
            }
        }

        #[test]
        fn anything_is_read_or_refused(typed in any::<String>()) {
            let _ = Invitation::read(&typed);
        }
    }
}
