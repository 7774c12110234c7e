// A member whose page does what it likes: runs in a browser, with the keys that a member has, and without its manners.

import type { Bytes } from '../../src/cbor.ts';
import { checkAlias, Looks } from '../../src/looks/aliases.ts';
import { skeletonsOf } from '../../src/looks/confusables.ts';
import { readWritten } from '../../src/seal/invitation.ts';
import { signOrder } from '../../src/seal/seat.ts';
import { signingKey } from '../../src/seal/signature.ts';
import { ROUNDS, stretchNatively } from '../../src/seal/stretch.ts';
import { bestSuite } from '../../src/seal/suite.ts';
import type { Effect } from '../../src/session/effects.ts';
import { passTo } from '../../src/session/passing.ts';
import { Session } from '../../src/session.ts';
import { carryOut, readTyped } from '../../src/typed.ts';
import { type Command, decodeDaemonFrame, encodeClientFrame, SUBPROTOCOL } from '../../src/wire.ts';

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** Stretched passwords: who comes a hundred times does it once. */
const stretched = new Map<string, Promise<Bytes>>();

export class HostileMember {
  readonly #session = new Session({ suite: bestSuite(), random });
  readonly #closed: Promise<number>;
  #socket!: WebSocket;
  #nonce: Bytes = new Uint8Array();
  #queue: Promise<unknown> = Promise.resolve();
  #denied = 0;
  #closeWith!: (code: number) => void;

  constructor() {
    this.#closed = new Promise(resolve => (this.#closeWith = resolve));
  }

  /** Enters a room by its invitation; ready when it is in. */
  static async enter(link: string, alias: string): Promise<HostileMember> {
    const member = new HostileMember();
    const invitation = readWritten(link.slice(link.indexOf('#')));
    if (!invitation) throw new Error('no invitation');
    const entry = { alias, ...invitation, mode: 'enter' } as const;
    await member.#carryOut(member.#session.enter(entry, { checkAlias, Looks, skeletonsOf }));
    while (!member.#session.membership()) {
      const { phase } = member.#session.view(Date.now());
      if (phase === 'entrance' || phase === 'over')
        throw new Error(JSON.stringify(member.#session.view(Date.now())));
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    return member;
  }

  /** Says something to all, as anybody does. */
  say(text: string): void {
    this.#run(
      async now => (await carryOut(this.#session, readTyped(this.#session, text), {}, now, String)).effects,
    );
  }

  /** Whispers to somebody, sealed in advance and sent all at once. */
  async whisper(alias: string, texts: string[]): Promise<void> {
    const { stay, parts } = this.#membership();
    const peer = parts.roster.of(this.#idOf(alias));
    if (!peer) throw new Error(`nobody called ${alias}`);
    const frames: Bytes[] = [];
    for (const text of texts) {
      const said = { kind: 'message', at: Date.now(), timer: 0, text } as const;
      const pass = await passTo(stay, peer, { kind: 'whisper', counter: peer.told.nextWhisper++, said });
      if (pass) frames.push(encodeClientFrame({ kind: 'pass', passes: [pass] }));
    }
    for (const frame of frames) this.#socket.send(frame);
  }

  /** Messages that nobody can open. */
  mumble(times: number): void {
    for (let said = 0; said < times; said += 1)
      this.raw(encodeClientFrame({ kind: 'say', payload: random(500) }));
  }

  /** An order to put somebody out: in this member's own name, or signed by a key that is not its seat's. */
  kick(alias: string, by: 'own seat' | 'another key'): void {
    const { seat } = this.#membership().stay;
    const command: Command = { kind: 'kick', turn: 1000, id: this.#idOf(alias), payload: random(200) };
    const key = by === 'own seat' ? seat : signingKey(random(32));
    this.raw(encodeClientFrame(signOrder(key, this.#nonce, command)));
  }

  /** From now on, it opens nothing that others say. */
  deafen(): void {
    this.#membership().parts.hearing.open = () => Promise.resolve('replayed');
  }

  raw(bytes: Uint8Array): void {
    this.#socket.send(Uint8Array.from(bytes));
  }

  leave(): void {
    this.#socket.close(1000);
  }

  /** How often the daemon has said that something is not this member's to do. */
  denied(): number {
    return this.#denied;
  }

  /** By which code the connection ended. */
  closed(): Promise<number> {
    return this.#closed;
  }

  #membership() {
    const membership = this.#session.membership();
    if (!membership) throw new Error('not in a room');
    return membership;
  }

  #idOf(alias: string): number {
    const found = this.#membership()
      .view()
      .members.find(member => member.alias === alias);
    return found?.id ?? 0;
  }

  #run(work: (now: number) => Effect[] | Promise<Effect[]>): void {
    this.#queue = this.#queue.then(async () => this.#carryOut(await work(Date.now())));
  }

  async #carryOut(effects: Effect[]): Promise<void> {
    for (const effect of effects) {
      if (effect.do === 'derive') {
        const { password, salt } = effect;
        const name = `${password} ${salt}`;
        const known = stretched.get(name) ?? stretchNatively(crypto.subtle, password, salt, ROUNDS);
        stretched.set(name, known);
        const door = new Uint8Array(await known);
        this.#run(now => this.#session.derived(door, now));
      } else if (effect.do === 'connect') this.#connect(effect.shard);
      else if (effect.do === 'send') this.#socket.send(effect.frame);
    }
  }

  #connect(shard: string): void {
    this.#socket = new WebSocket(`ws://${location.host}/ws/${shard}`, SUBPROTOCOL);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onclose = ({ code }) => this.#closeWith(code);
    this.#socket.onmessage = ({ data }) => {
      const bytes = new Uint8Array(data as ArrayBuffer);
      const frame = decodeDaemonFrame(bytes);
      if (frame.kind === 'hello') this.#nonce = frame.nonce;
      if (frame.kind === 'denied' && frame.why === 'not-yours') this.#denied += 1;
      this.#run(now => this.#session.frame(bytes, now));
    };
  }
}
