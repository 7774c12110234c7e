// What members say about messages: that they answer one, react to it, or take it back; and that they are typing. Each may
// name what nobody has, or what is not its own: nothing comes of that.

import type { Bytes } from '../cbor.ts';
import { type Body, messageName, type Whispered, whisperName, writeBody } from '../seal/body.ts';
import type { PublicKey } from '../seal/signature.ts';
import type { Named } from '../state.ts';
import type { Lines, Speech } from './lines.ts';
import type { Stay } from './stay.ts';

export class About {
  readonly #stay: Stay;
  readonly #lines: Lines;
  readonly #named: (id: number) => Named;

  constructor(stay: Stay, lines: Lines, named: (id: number) => Named) {
    this.#stay = stay;
    this.#lines = lines;
    this.#named = named;
  }

  /** What this member says itself, to the room or to another voice. */
  ownSpeech(to?: PublicKey): Speech {
    const voice = voiceId(this.#stay.voiceKey.bytes);
    return { voice, between: to ? voice + voiceId(to.bytes) : '' };
  }

  /** The line of one's own is known to all who read it by the counter at which it was said. */
  said(key: number, counter: number, body: Body): void {
    const { door, voiceKey } = this.#stay;
    this.#lines.name(key, nameId(messageName(door.room, voiceKey, counter, writeBody(body))));
  }

  whispered(key: number, to: PublicKey, counter: number, body: Whispered): void {
    this.#lines.name(key, this.#nameOfWhisper(this.#stay.voiceKey, to, counter, body));
  }

  /** What a member whispered to this one is called. */
  nameOfHeard(from: PublicKey, counter: number, body: Whispered): string {
    return this.#nameOfWhisper(from, this.#stay.voiceKey, counter, body);
  }

  /** The key of the line that a reply answers; null where it is not here. */
  answered(body: Body, between: string): number | null | undefined {
    return body.kind === 'reply' ? (this.#lines.named(nameId(body.to), between) ?? null) : undefined;
  }

  /** Carries out what a member, this one too, says about a message. */
  carryOut(body: Body, id: number, { voice, between }: Speech): void {
    if (body.kind !== 'reaction' && body.kind !== 'unsend') return;
    const key = this.#lines.named(nameId(body.to), between);
    const known = key !== undefined && this.#lines.of(key)?.known;
    if (!known) return;
    if (body.kind === 'reaction')
      this.#lines.react(key, voice, body.text, this.#named(id), id === this.#stay.you);
    else if (known.voice === voice) this.#lines.unsend(key, this.#named(id));
  }

  #nameOfWhisper(from: PublicKey, to: PublicKey, counter: number, body: Whispered): string {
    return nameId(whisperName(this.#stay.door.room, from, to, counter, writeBody(body)));
  }
}

/** Names and voices as keys of maps, and back. */
export const nameId = (name: Bytes): string => String.fromCharCode(...name);
export const nameBytes = (name: string): Bytes => Uint8Array.from(name, each => each.charCodeAt(0));
export const voiceId = nameId;
