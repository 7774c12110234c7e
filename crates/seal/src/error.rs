//! Why something typed is not taken, and why something sealed is not opened.

use sanctuary_sign::SignatureError;
use sanctuary_wire::WireError;

/// Why a room key, a password or an invitation is not taken. It repeats nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not eight symbols of the alphabet.
    #[error("a room key has 8 letters and digits, such as K7QM-4XZD")]
    RoomKey,
    /// No password at all.
    #[error("a password is needed")]
    PasswordEmpty,
    /// Too short to open a room with.
    #[error("choose a password of 8 characters or more")]
    PasswordShort,
    /// Above the limit.
    #[error("choose a password of 256 bytes or fewer")]
    PasswordLong,
    /// No room key and password after the `#`.
    #[error("copy the whole invitation: it ends with #, a room key, a colon and a password")]
    Invitation,
    /// Above [`super::INVITATION_MOST`].
    #[error("that is too long for an invitation: copy the link alone")]
    InvitationLong,
}

/// Why sealed bytes are not opened, or nothing can be sealed. It names no byte of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The system has no randomness to give.
    #[error("the system gave no random bytes")]
    Random,
    /// The tag does not fit: another key, another place, or altered bytes.
    #[error("not sealed for this place with this key")]
    Forged,
    /// The tag fits, but what it covers is not of the protocol's form.
    #[error("sealed, but not of the protocol's form")]
    Malformed,
    /// The tag fits, but the voice has not signed it: somebody else sealed it.
    #[error("not signed by the voice it claims")]
    Unsigned,
    /// An alias that breaks the rules.
    #[error("an alias that may not be shown")]
    Alias,
    /// A member who is present has this alias.
    #[error("an alias that somebody present has")]
    AliasInUse,
    /// A voice or a public key that another member has shown, or one's own.
    #[error("keys that another member has shown")]
    Taken,
    /// A counter, generation or number that was there already.
    #[error("a repetition of what came before")]
    Replayed,
    /// A card that was there before a later one, or of a number that was given before.
    #[error("of before")]
    Outdated,
    /// The sender's chain of this generation is not known here.
    #[error("sent before its sender handed over the key")]
    NoChain,
    /// More than [`super::MAX_SKIP`] messages of this chain were missed, or claimed to be.
    #[error("too many messages were missed")]
    TooFar,
    /// A public key that is none: not canonical, of small order, or one that agrees on all zeros.
    #[error("a public key that keeps no secret")]
    WeakKey,
    /// Of a later version, and nothing that must be shown.
    #[error("of a later version")]
    PassedOver,
    /// Nobody of that number is known here.
    #[error("no such member")]
    NoSuchMember,
    /// Sealed for another door.
    #[error("sealed for another password")]
    NotReady,
    /// Put out by who had the right to.
    #[error("of somebody who was put out")]
    ShutOut,
    /// The new door comes from somebody who may not give one, or opens another heart.
    #[error("no password of this room")]
    NoDoor,
    /// The last generation, counter or number has been used.
    #[error("every counter is used up: enter the room anew")]
    Exhausted,
    /// A clock or a count of 2⁵³ or more.
    #[error("a number that the protocol does not have")]
    OutOfBounds,
    /// Larger than the daemon takes.
    #[error("too long for one message")]
    TooLong,
    /// Too many words wait to be sent.
    #[error("too much waits to be sent")]
    TooMuch,
    /// There is no seat, or its connection is broken.
    #[error("not connected")]
    NotSeated,
}

impl SealError {
    /// Whether a message may well be its sender's, and only its chain is not known here.
    pub(super) fn is_for_want_of_chain(self) -> bool {
        matches!(self, Self::NoChain | Self::TooFar)
    }
}

impl From<WireError> for SealError {
    fn from(_: WireError) -> Self {
        Self::Malformed
    }
}

impl From<SignatureError> for SealError {
    fn from(error: SignatureError) -> Self {
        match error {
            SignatureError::WeakKey => Self::WeakKey,
            SignatureError::Forged => Self::Unsigned,
        }
    }
}
