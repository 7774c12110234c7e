//! A message to the whole room: sealed under its sender's chain, signed by its voice.

use sanctuary_sign::SigningKey;
use sanctuary_wire::cbor::{self, Reader};
use zeroize::Zeroizing;

use super::bounds::Count;
use super::{Body, Chain, Name, Random, Reading, RoomSalt, SealError, View, Voice, aead};

/// Bytes of the smallest plaintext of a message.
pub(super) const LEAST: usize = 256;

/// A message, and the room as its sender saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// The number of the sender's X25519 key.
    pub n: u32,
    /// The room's lock number.
    pub lock: u32,
    /// How many frames had concerned the whole room.
    pub count: u64,
    /// The room after these.
    pub view: View,
    /// What is said.
    pub body: Body,
}

/// A message that was opened.
#[derive(Debug)]
pub(super) struct Opened {
    /// The message, whose body is none where it is passed over.
    pub(super) say: Said,
    /// Its name.
    pub(super) name: Name,
    /// How many should have come between it and the one that was opened before.
    pub(super) between: u64,
}

/// A message as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) n: u32,
    pub(super) lock: u32,
    pub(super) count: u64,
    pub(super) view: View,
    pub(super) body: Result<Option<Body>, SealError>,
}

impl Say {
    /// Seals it at the chain's present counter. The chain takes its step when the message is known to
    /// have been relayed.
    pub fn seal(
        &self,
        salt: &RoomSalt,
        chain: &Chain,
        voice: &SigningKey,
        random: &mut Random,
    ) -> Result<Vec<u8>, SealError> {
        self.seal_with(salt, chain, voice, random.bytes())
    }

    pub(super) fn seal_with(
        &self,
        salt: &RoomSalt,
        chain: &Chain,
        voice: &SigningKey,
        iv: [u8; 16],
    ) -> Result<Vec<u8>, SealError> {
        let place =
            Place { voice: voice.public(), generation: chain.generation(), counter: chain.counter()? };
        let body = self.body.encode()?;
        let count = Count::of(self.count)?;
        let seen = Seen { n: self.n, lock: self.lock, count, view: self.view };
        let signature = voice.sign(&place.signed(salt, &seen, &body));
        let item = (seen.n, seen.lock, seen.count, seen.view.0, body.as_slice(), signature);
        let plaintext = aead::filled_to(LEAST, &item);
        let sealed = aead::seal_with(iv, &chain.message_key(salt), &plaintext, &place.aad(salt));
        Ok([&place.generation.to_be_bytes()[..], &place.counter.to_be_bytes(), &sealed].concat())
    }
}

/// Opens a message of that voice and goes past it. Bytes that it has not sealed and signed move
/// nothing but the count of steps.
pub(super) fn open(
    salt: &RoomSalt,
    reading: &mut Reading,
    voice: Voice,
    payload: &[u8],
) -> Result<Opened, SealError> {
    let (generation, counter, sealed) = split(payload)?;
    let chain = reading.ahead(salt, generation, counter)?;
    let place = Place { voice, generation, counter };
    let plaintext = aead::open(&chain.message_key(salt), sealed, &place.aad(salt))?;
    let mut reader = Reader::new(&plaintext);
    let (n, lock, count, view, body, signature): (_, _, _, _, &[u8], _) = reader.read()?;
    aead::end(&reader)?;
    let seen = Seen { n, lock, count, view: View(view) };
    voice.verify(&place.signed(salt, &seen, body), &signature)?;
    let say = Said { n, lock, count: count.0, view: seen.view, body: Body::read(body) };
    let name = Name::of_say(salt.room(), voice, counter, body);
    Ok(Opened { say, name, between: reading.pass(salt, chain) })
}

/// Whose message, and which.
struct Place {
    voice: Voice,
    generation: u32,
    counter: u32,
}

/// The room as the sender saw it.
struct Seen {
    n: u32,
    lock: u32,
    count: Count,
    view: View,
}

impl Place {
    fn aad(&self, salt: &RoomSalt) -> Vec<u8> {
        cbor::encode(&("say", salt.room(), self.voice.to_bytes(), self.generation, self.counter))
    }

    fn signed(&self, salt: &RoomSalt, seen: &Seen, body: &[u8]) -> Zeroizing<Vec<u8>> {
        let (label, room, voice) = ("sanctuary/1 say", salt.room(), self.voice.to_bytes());
        let Seen { n, lock, count, view } = seen;
        let (generation, counter) = (self.generation, self.counter);
        Zeroizing::new(cbor::encode(&(
            label, room, voice, generation, counter, *n, *lock, *count, view.0, body,
        )))
    }
}

/// What a voice signs.
#[cfg(test)]
pub(super) fn signed_bytes(salt: &RoomSalt, chain: &Chain, voice: &SigningKey, say: &Say) -> Vec<u8> {
    let (generation, counter) = (chain.generation(), chain.counter().unwrap());
    let place = Place { voice: voice.public(), generation, counter };
    let seen = Seen { n: say.n, lock: say.lock, count: Count(say.count), view: say.view };
    place.signed(salt, &seen, &say.body.encode().unwrap()).to_vec()
}

/// Generation, counter and box of a payload.
fn split(payload: &[u8]) -> Result<(u32, u32, &[u8]), SealError> {
    let (generation, rest) = payload.split_first_chunk().ok_or(SealError::Malformed)?;
    let (counter, sealed) = rest.split_first_chunk().ok_or(SealError::Malformed)?;
    Ok((u32::from_be_bytes(*generation), u32::from_be_bytes(*counter), sealed))
}
