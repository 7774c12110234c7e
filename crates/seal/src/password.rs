//! The secret that opens a room.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{CodeError, Random, base32};

/// Characters that a room's opener is asked for at least, in Unicode's scalar values.
pub const PASSWORD_LEAST: usize = 8;

/// Bytes of the longest password.
pub const PASSWORD_MOST: usize = 256;

/// Symbols of a generated password: 80 random bits.
const SYMBOLS: usize = 16;

/// A password in the one form from which keys are derived (protocol, section 1).
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// A password to enter with, whatever its opener chose, 1 to [`PASSWORD_MOST`] bytes.
    pub fn read(typed: &str) -> Result<Self, CodeError> {
        let generated = if typed.is_ascii() { base32::read::<SYMBOLS>(typed) } else { None };
        let form = match generated.map(Zeroizing::new) {
            Some(values) => gathered(values.iter().map(|&value| base32::symbol(value)))?,
            None => gathered(typed.nfc())?,
        };
        if form.is_empty() { Err(CodeError::PasswordEmpty) } else { Ok(Self(form)) }
    }

    /// A password to open a room with: [`PASSWORD_LEAST`] characters or more.
    pub fn choose(typed: &str) -> Result<Self, CodeError> {
        let password = Self::read(typed)?;
        let long_enough = password.0.chars().count() >= PASSWORD_LEAST;
        if long_enough { Ok(password) } else { Err(CodeError::PasswordShort) }
    }

    /// A new one of 80 random bits.
    pub fn generate(random: &mut Random) -> Self {
        let drawn = random.secret::<SYMBOLS>();
        Self(Zeroizing::new(drawn.0.iter().map(|&byte| base32::symbol(byte)).collect()))
    }

    /// As it is shown and put into invitations: a generated one in groups of four.
    #[must_use]
    pub fn write(&self) -> Zeroizing<String> {
        if self.is_generated() { Zeroizing::new(base32::write(self.0.chars())) } else { self.0.clone() }
    }

    /// Whether it is a generated one, or of that form.
    pub(super) fn is_generated(&self) -> bool {
        base32::read::<SYMBOLS>(&self.0).is_some()
    }

    /// One that somebody else has read: the bytes must be of that form.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let read = Self::read(std::str::from_utf8(bytes).ok()?).ok()?;
        (read.as_bytes() == bytes).then_some(read)
    }

    /// What the key derivation takes.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The characters in one buffer that never moves, so that no copy stays behind.
fn gathered(characters: impl Iterator<Item = char>) -> Result<Zeroizing<String>, CodeError> {
    let mut form = Zeroizing::new(String::with_capacity(PASSWORD_MOST));
    for character in characters {
        if form.len() + character.len_utf8() > PASSWORD_MOST {
            return Err(CodeError::PasswordLong);
        }
        form.push(character);
    }
    Ok(form)
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_generated_password_is_read_however_it_is_typed() {
        let form = Password::read("9F3KTQ2MXA7B0C1D").unwrap();
        for typed in
            ["9F3K-TQ2M-XA7B-0C1D", "9f3k tq2m xa7b oc1d", " 9F3KTQ2MXA7BOCLD\n", "9F3KTQ2MXA7B0C-ID"]
        {
            assert_eq!(Password::read(typed).unwrap(), form, "{typed}");
        }
        assert_eq!(form.write().as_str(), "9F3K-TQ2M-XA7B-0C1D");
    }

    #[test]
    fn any_other_password_keeps_case_space_and_hyphens() {
        for typed in
            ["9F3KTQ2MXA7B0C1", "9F3KTQ2MXA7B0C1D2", "9f3ktq2mxa7b0c1u", " a-B c ", "９f3ktq2mxa7b0c1d"]
        {
            let password = Password::read(typed).unwrap();
            assert_eq!((password.as_bytes(), password.write().as_str()), (typed.as_bytes(), typed));
        }
    }

    #[test]
    fn composed_and_decomposed_are_one() {
        assert_eq!(Password::read("cre\u{300}me!!!").unwrap(), Password::read("cr\u{e8}me!!!").unwrap());
    }

    #[test]
    fn an_opener_is_asked_for_eight_characters() {
        for (typed, ok) in
            [("1234567", false), ("12345678", true), ("123456789", true), ("パスワード安全", false)]
        {
            assert_eq!(Password::choose(typed).is_ok(), ok, "{typed}");
            assert!(Password::read(typed).is_ok(), "{typed}");
        }
        assert_eq!(Password::choose("e\u{301}234567").err(), Some(CodeError::PasswordShort));
    }

    #[test]
    fn one_to_256_bytes_are_taken() {
        assert_eq!(Password::read("").err(), Some(CodeError::PasswordEmpty));
        for (count, ok) in [(1, true), (255, true), (256, true), (257, false), (100_000, false)] {
            assert_eq!(Password::read(&"x".repeat(count)).is_ok(), ok, "{count} bytes");
        }
        assert!(Password::read(&"é".repeat(128)).is_ok());
        assert!(Password::read(&"é".repeat(129)).is_err());
    }

    #[test]
    fn spaces_do_not_count_in_a_generated_one() {
        let typed = format!("9F3K{}TQ2MXA7B0C1D", " ".repeat(300));
        assert_eq!(Password::read(&typed).unwrap(), Password::read("9F3KTQ2MXA7B0C1D").unwrap());
    }

    #[test]
    fn a_generated_password_is_in_its_own_form() {
        let mut random = Random::from_system().unwrap();
        let password = Password::generate(&mut random);
        assert_eq!(password.write().len(), 19);
        assert_eq!(Password::choose(&password.write()).unwrap(), password);
        assert_ne!(Password::generate(&mut random), password);
    }

    #[test]
    fn debug_says_nothing() {
        assert_eq!(format!("{:?}", Password::read("correct horse").unwrap()), "Password(…)");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(typed in "\\PC{1,64}") {
            if let Ok(password) = Password::read(&typed) {
                prop_assert_eq!(Password::read(&password.write()).unwrap(), password);
            }
        }
    }
}
