//! Who may create rooms.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use subtle::ConstantTimeEq;

use super::forwarded::is_within;
use sanctuary_wire::{Refusal, limits};

/// Who may create rooms; everybody who has the password may enter.
#[derive(Clone, Debug)]
pub enum Creators {
    /// Everybody who reaches the machine.
    Anyone,
    /// Clients from one of these networks.
    From(Vec<IpNet>),
    /// Clients that have the code.
    With(Code),
}

/// A code for creating rooms. It is padded with zeros, which no code contains, so that comparing
/// takes the same time for short and long ones.
#[derive(Clone)]
pub struct Code([u8; limits::CODE_MOST]);

impl Code {
    /// `None` for a code that is too long or contains a zero.
    #[must_use]
    pub fn new(code: &[u8]) -> Option<Self> {
        if code.contains(&0) {
            return None;
        }
        let mut filled = [0; limits::CODE_MOST];
        filled.get_mut(..code.len())?.copy_from_slice(code);
        Some(Self(filled))
    }

    fn is(&self, other: &[u8]) -> bool {
        Self::new(other).is_some_and(|other| self.0.ct_eq(&other.0).into())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

impl Creators {
    /// Whether a client may create rooms because of its address. It has none if its proxy does not
    /// name it.
    pub(super) fn include(&self, client: Option<IpAddr>) -> bool {
        match self {
            Self::From(networks) => client.is_some_and(|client| is_within(client, networks)),
            Self::Anyone | Self::With(_) => false,
        }
    }

    /// Whether a client may create a room, by its address (see [`Creators::include`]) or with this
    /// code.
    pub(super) fn check(&self, is_included: bool, code: Option<&[u8]>) -> Result<(), Refusal> {
        match self {
            Self::Anyone => Ok(()),
            Self::From(_) if is_included => Ok(()),
            Self::From(_) => Err(Refusal::NotFromHere),
            Self::With(expected) if code.is_some_and(|code| expected.is(code)) => Ok(()),
            Self::With(_) => Err(Refusal::NeedsCode),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_network_lets_open_those_who_come_from_it() {
        let creators = Creators::From(vec!["192.168.0.0/16".parse().unwrap(), "fd00::/8".parse().unwrap()]);
        for (client, allowed) in [
            (Some("192.168.0.0"), true),
            (Some("192.168.255.255"), true),
            (Some("192.169.0.0"), false),
            (Some("::ffff:192.168.1.1"), true),
            (Some("::ffff:192.169.0.1"), false),
            (Some("::192.168.1.1"), false),
            (Some("fd12::1"), true),
            (Some("fe80::1"), false),
            (None, false),
        ] {
            let is_included = creators.include(client.map(|client| client.parse().unwrap()));
            let expected = if allowed { Ok(()) } else { Err(Refusal::NotFromHere) };
            assert_eq!(creators.check(is_included, Some(b"any code")), expected, "{client:?}");
        }
    }

    #[test]
    fn a_code_lets_open_those_who_have_it_to_the_byte() {
        for length in [8, 63, 64] {
            let code = vec![b'x'; length];
            let creators = Creators::With(Code::new(&code).unwrap());
            let opens = |code: Option<&[u8]>| creators.check(true, code);
            assert_eq!(opens(Some(&code)), Ok(()));
            let mut other = code.clone();
            other[length - 1] = b'y';
            let longer = [&code[..], b"x"].concat();
            let filled = [&code[..], &[0]].concat();
            for wrong in [None, Some(&code[1..]), Some(&other[..]), Some(&longer), Some(&filled), Some(b"")] {
                assert_eq!(opens(wrong), Err(Refusal::NeedsCode), "{wrong:?}");
            }
            assert!(!format!("{creators:?}").contains("120"), "silent in debug");
        }
        assert!(Code::new(&[b'x'; 65]).is_none());
    }

    #[test]
    fn anyone_is_let_open_with_any_code_or_none() {
        for code in [None, Some(&b"whatever"[..])] {
            assert_eq!(Creators::Anyone.check(false, code), Ok(()));
        }
    }
}
