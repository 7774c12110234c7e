//! What stands in the file.

use serde_json::{Value, json};

pub(super) fn about() -> Value {
    json!({
        "about": "All of docs/protocol.md, section 2, and all frames of section 3. Bytes are in hexadecimal. Made by crates/seal/src/tests/vectors, not by hand. What follows `doors` is behind the first of them. `failure` names why something must not be taken: `forged`, the tag does not fit; `malformed`, it fits but the form does not; `unsigned`, the signature does not hold; `alias`; `weak_key`, a public key that counts for none; `replayed`; `no_chain`; `too_far`, more than 128 steps.",
        "bounds": "What a client holds itself to, as section 4 has it.",
        "doors": "Of a room key and a password as typed: all that the password opens. `tags` are those of aliases.",
        "heart": "A heart, its plaintext before and its bytes after sealing with this IV, and the room salt that follows from its secret. All that follows is sealed under this salt.",
        "people": "Two members with all their keys; `secret` is that of X25519, `seat` the public key of a seat, `number` the number of the voice, read aloud.",
        "cards": "Cards, `signed` what the voice signs. The third is Ada's with another alias and key, the last as large as a card can be.",
        "signatures": "What is signed for the daemon, in the room of the first door, by Ada's keys.",
        "pairs": "The keys of both directions.",
        "passes": "From Ada to Ben: `body` as the protocol writes it, the body of a whisper encoded, and its plaintext; `name` is a whisper's.",
        "passed_over": "From Ada to Ben: each opens, and nothing follows from it.",
        "bodies": "Bodies of messages: `body` as the protocol writes it, `encoded` its CBOR. Unknown ones are passed over, or shown as something that can't be shown.",
        "says": "Messages of Ada, one after the other: `chain` is the chain before and `next_chain` after each. `signed` is what the voice signs, `name` how `to` names the message.",
        "skips": "What a reader of Ada makes, in order, of chains that she hands out and of payloads.",
        "hand_overs": "Chains that a member hands out, in order, and whether a reader takes them.",
        "box": "The door behind another password, sealed by Ada for Ben. `lock` is the lock number from then on, `staying` who stays, `staying_hash` its hash.",
        "bad_hearts": "Hearts that must not open.",
        "bad_cards": "Cards that must not open, shown for this entry.",
        "bad_publics": "Public keys of X25519 that count for none: not canonical, or of small order.",
        "bad_passes": "From Ada to Ben: what must not open.",
        "bad_bodies": "Bodies that must not be read.",
        "bad_says": "What must not be read of Ada's, when her chain is at the first of `says`. None of it moves the chain.",
        "bad_boxes": "What Ben must not take for a box of Ada's under that lock number and list.",
        "bad_encodings": "What differs from something good in nothing but how it is written, each where its `place` says: a frame of a `client` or the `daemon`, a `command`, a `heart`, Ada's `card` for her entry, a `pass` from Ada to Ben, a `say` of Ada's when her chain is at the first of `says`, which moves no chain, a `box` for Ben as in `box`, or a `body`.",
        "order": "A room as Ben sees it who has resumed: `welcome`, the state that it begins with, and the state after each frame. Where `obeyed` is false, `handed` is refuted; where `agrees` is false, the frame contradicts what was told before, and is counted all the same. `empty` is the hash before all frames.",
        "frames": "Frames of each side, and commands, which stand in a client's `order`.",
        "bad_client_frames": "What is no frame of a client.",
        "bad_commands": "What is no command.",
        "bad_daemon_frames": "What is no frame of the daemon.",
    })
}
