//! Another door, sealed for one member that stays when the room is relocked.

use sanctuary_sign::SigningKey;
use sanctuary_wire::cbor::{self, Reader};
use sanctuary_wire::{Hash, RoomId, SealedDoor};
use sha2::{Digest, Sha256};
use x25519_dalek::SharedSecret;

use super::pair::Side;
use super::{Door, KeyPair, Public, Random, RoomSalt, SealError, Secret, Voice, aead};

/// A door that was sealed for one member, opened but not yet believed.
pub(super) struct Unboxed {
    door: Door,
    lock: u32,
    ephemeral: Public,
    to: Voice,
    signature: [u8; 64],
}

/// Seals a door for one member, under the lock number that the room will have.
pub(super) fn seal(
    salt: &RoomSalt,
    lock: u32,
    door: &Door,
    signer: &SigningKey,
    staying: &Hash,
    to: Side,
    random: &mut Random,
) -> Result<SealedDoor, SealError> {
    let ephemeral = KeyPair::draw(random);
    seal_with(salt, lock, door, signer, staying, to, &ephemeral, random.bytes())
}

#[expect(clippy::too_many_arguments, reason = "a box holds all of it")]
pub(super) fn seal_with(
    salt: &RoomSalt,
    lock: u32,
    door: &Door,
    signer: &SigningKey,
    staying: &Hash,
    to: Side,
    ephemeral: &KeyPair,
    iv: [u8; 16],
) -> Result<SealedDoor, SealError> {
    let public = ephemeral.public();
    let signature = signer.sign(&signed(lock, public, to.0, door, staying));
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
    let door = Door::of(salt.room(), Secret(door));
    Ok(Unboxed { door, lock, ephemeral: public, to: voice, signature })
}

impl Unboxed {
    /// The door, if that voice has signed it, for a room in which these stay.
    pub(super) fn by(self, voice: &Voice, staying: &Hash) -> Result<Door, SealError> {
        let signed = signed(self.lock, self.ephemeral, self.to, &self.door, staying);
        voice.verify(&signed, &self.signature)?;
        Ok(self.door)
    }
}

pub(super) fn key(
    salt: &RoomSalt,
    shared: &SharedSecret,
    lock: u32,
    ephemeral: Public,
    to: Side,
) -> Secret<64> {
    let info = cbor::encode(&("box", salt.room(), lock, ephemeral, to.0.to_bytes(), to.1));
    salt.derive(shared.as_bytes(), &info)
}

pub(super) fn aad(room: RoomId, lock: u32) -> Vec<u8> {
    cbor::encode(&("box", room, lock))
}

fn signed(lock: u32, ephemeral: Public, to: Voice, door: &Door, staying: &Hash) -> Vec<u8> {
    let key: [u8; 32] = Sha256::digest(door.key().0).into();
    cbor::encode(&("sanctuary/1 box", door.room(), lock, ephemeral, to.to_bytes(), key, *staying))
}
