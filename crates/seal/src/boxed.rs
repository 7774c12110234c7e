//! Another door, sealed for one member that stays when the room is relocked.

use sanctuary_sign::SigningKey;
use sanctuary_wire::cbor::{self, Reader};
use sanctuary_wire::{RoomId, SealedDoor};
use sha2::{Digest, Sha256};
use x25519_dalek::SharedSecret;

use super::pair::Side;
use super::{Door, KeyPair, Public, Random, RoomSalt, SealError, Secret, Voice, aead};

/// A door that was sealed for one member, opened but not yet believed.
pub(super) struct Unboxed {
    pub(super) door: Door,
    signed: Vec<u8>,
    signature: [u8; 64],
}

/// Seals a door for one member, under the lock number that the room will have.
pub(super) fn seal(
    salt: &RoomSalt,
    lock: u32,
    door: &Door,
    signer: &SigningKey,
    to: Side,
    random: &mut Random,
) -> Result<SealedDoor, SealError> {
    let ephemeral = KeyPair::draw(random);
    seal_with(salt, lock, door, signer, to, &ephemeral, random.bytes())
}

pub(super) fn seal_with(
    salt: &RoomSalt,
    lock: u32,
    door: &Door,
    signer: &SigningKey,
    to: Side,
    ephemeral: &KeyPair,
    iv: [u8; 16],
) -> Result<SealedDoor, SealError> {
    let public = ephemeral.public();
    let signature = signer.sign(&signed(salt.room(), lock, public, to.0, door.key()));
    let plaintext = aead::filled(&(door.key().0.as_slice(), signature));
    let key = key(salt, &ephemeral.agree(to.1)?, lock, public, to);
    let sealed = aead::seal_with(iv, &key, &plaintext, &aad(salt.room(), lock));
    let mut boxed = SealedDoor([0; 224]);
    boxed.0[..32].copy_from_slice(&public.to_bytes());
    boxed.0[32..].copy_from_slice(&sealed);
    Ok(boxed)
}

/// Opens a box with one's own pair.
pub(super) fn open(
    salt: &RoomSalt,
    lock: u32,
    voice: Voice,
    own: &KeyPair,
    boxed: &SealedDoor,
) -> Result<Unboxed, SealError> {
    let (public, sealed) = boxed.0.split_first_chunk::<32>().ok_or(SealError::Malformed)?;
    let public = Public::from_bytes(*public)?;
    let key = key(salt, &own.agree(public)?, lock, public, (voice, own.public()));
    let plaintext = aead::open(&key, sealed, &aad(salt.room(), lock))?;
    let mut reader = Reader::new(&plaintext);
    let (door, signature) = reader.read()?;
    aead::end(&reader)?;
    let door = Secret(door);
    let signed = signed(salt.room(), lock, public, voice, &door);
    Ok(Unboxed { door: Door::of(salt.room(), door), signed, signature })
}

impl Unboxed {
    /// The door, if that voice has signed it.
    pub(super) fn by(self, voice: &Voice) -> Result<Door, SealError> {
        voice.verify(&self.signed, &self.signature)?;
        Ok(self.door)
    }
}

fn key(salt: &RoomSalt, shared: &SharedSecret, lock: u32, ephemeral: Public, to: Side) -> Secret<64> {
    let info = cbor::encode(&("box", salt.room(), lock, ephemeral, to.0.to_bytes(), to.1));
    salt.derive(shared.as_bytes(), &info)
}

fn aad(room: RoomId, lock: u32) -> Vec<u8> {
    cbor::encode(&("box", room, lock))
}

fn signed(room: RoomId, lock: u32, ephemeral: Public, to: Voice, door: &Secret<32>) -> Vec<u8> {
    let door: [u8; 32] = Sha256::digest(door.0).into();
    cbor::encode(&("sanctuary/1 box", room, lock, ephemeral, to.to_bytes(), door))
}
