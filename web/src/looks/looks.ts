// By what the reader tells members apart: hues, and a word where one can be taken for another.

import type { Like } from '../state.ts';

/** How many hues there are; style/hues.css has them. */
export const HUES = 16;

/** Words that the page itself writes where aliases stand, or that sound as if it spoke. */
const OWN_WORDS = ['you', 'keeper', 'away', 'locked', 'unnamed', 'sanctuary', 'system', 'server'];

type Face = { alias: string; keys: readonly string[]; hue: number; you: boolean; here: boolean };

/** Said where the table of look-alikes did not load. */
export const UNMARKED =
  'A part of this page did not load: aliases that look alike are not marked here. All else works.';

export class Looks {
  readonly #keysOf: (alias: string) => readonly string[];
  readonly #stands: (id: number) => boolean;
  readonly #ownKeys: readonly string[];
  readonly #faces = new Map<number, Face>();
  /** All hues, the one that was longest not in use first. */
  #hues = Array.from({ length: HUES }, (_, hue) => hue);
  /** Made when asked for, until somebody comes or goes. */
  #likes = new Map<number, Like | undefined>();

  /** `stands`: whether lines of one who has left are still to be read. */
  constructor(keysOf: (alias: string) => readonly string[], stands: (id: number) => boolean) {
    this.#keysOf = keysOf;
    this.#stands = stands;
    this.#ownKeys = OWN_WORDS.flatMap(keysOf);
  }

  /** Takes a member in and gives it a hue for its stay. An alias that is not shown is empty. */
  add(id: number, alias: string, you = false): void {
    const keys = alias ? this.#keysOf(alias) : [];
    const hue = this.#choose(keys);
    this.#faces.set(id, { alias, keys, hue, you, here: true });
    this.#used(hue);
  }

  /** A member has left: its hue may be given again, last of all. */
  remove(id: number): void {
    const face = this.#faces.get(id);
    if (!face) return;
    face.here = false;
    this.#used(face.hue);
    for (const [gone, { here }] of this.#faces) {
      if (!here && !this.#stands(gone)) this.#faces.delete(gone);
    }
  }

  hue(id: number): number {
    return this.#faces.get(id)?.hue ?? 0;
  }

  /** Whom a member can be taken for: you, somebody who is here or whose lines are, or the page. */
  like(id: number): Like | undefined {
    if (!this.#likes.has(id)) this.#likes.set(id, this.#find(id));
    return this.#likes.get(id);
  }

  #find(id: number): Like | undefined {
    const face = this.#faces.get(id);
    if (!face || face.you) return undefined;
    const near = [...this.#faces].filter(([other, { keys }]) => other !== id && meet(keys, face.keys));
    if (near.some(([, { you }]) => you)) return { words: 'looks like you' };
    const here = near.find(([, { here }]) => here);
    // Who comes again under the same alias is most often the same person.
    const isOther = (gone: Face) => gone.alias.toLowerCase() !== face.alias.toLowerCase();
    const [, other] = here ?? near.find(([gone, face]) => isOther(face) && this.#stands(gone)) ?? [];
    if (other) return { words: 'looks like ', alias: other.alias };
    return meet(this.#ownKeys, face.keys) ? { words: 'a member’s alias' } : undefined;
  }

  /** The hue that mixes up least: no look-alike has it, few have it, none that left looked alike, long not in use. */
  #choose(keys: readonly string[]): number {
    const faces = [...this.#faces.values()];
    const cost = (hue: number): number => {
      const holders = faces.filter(face => face.hue === hue);
      const present = holders.filter(({ here }) => here);
      const isNear = (face: Face) => meet(face.keys, keys);
      if (present.some(isNear)) return faces.length * 2 + present.length * 2;
      return present.length * 2 + (holders.some(isNear) ? 1 : 0);
    };
    const costs = this.#hues.map(cost);
    return this.#hues[costs.indexOf(Math.min(...costs))] ?? 0;
  }

  #used(hue: number): void {
    this.#hues = [...this.#hues.filter(other => other !== hue), hue];
    this.#likes.clear();
  }
}

const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some(key => others.includes(key));
