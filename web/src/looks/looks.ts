// Tells members apart for the reader: by hues, and by a mark where one can be taken for another.

import { folded } from '../seal/folded.ts';
import type { Lookalike } from '../state.ts';
import * as words from '../words/en.ts';

/** How many hues there are; style/hues.css has them. */
export const HUES = 16;

/** How a member looks, for as long as it is here or its lines are. */
type Appearance = { id: number; alias: string; skeletons: readonly string[]; hue: number; here: boolean };

export class Looks {
  readonly #skeletonsOf: (alias: string) => readonly string[];
  readonly #hasLinesOf: (id: number) => boolean;
  readonly #ownSkeletons: readonly string[];
  readonly #appearances = new Map<number, Appearance>();
  /** Those of one skeleton can be taken for one another. */
  readonly #alike = new Map<string, Set<Appearance>>();
  #you: Appearance | undefined;
  /** All hues, the one that was longest not in use first. */
  #hues = Array.from({ length: HUES }, (_, hue) => hue);
  /** Made when asked for, until somebody comes or goes. */
  #lookalikes = new Map<number, Lookalike | undefined>();

  /** `hasLinesOf`: whether lines of one who has left are still to be read. */
  constructor(skeletonsOf: (alias: string) => readonly string[], hasLinesOf: (id: number) => boolean) {
    this.#skeletonsOf = skeletonsOf;
    this.#hasLinesOf = hasLinesOf;
    this.#ownSkeletons = words.OWN_WORDS.flatMap(skeletonsOf);
  }

  /** Takes a member in and gives it a hue for its stay. An alias that is not shown is empty. */
  add(id: number, alias: string, you = false): void {
    this.#forget(id);
    const skeletons = alias ? this.#skeletonsOf(alias) : [];
    const appearance = { id, alias, skeletons, hue: this.#choose(skeletons), here: true };
    if (you) this.#you = appearance;
    this.#appearances.set(id, appearance);
    for (const skeleton of skeletons)
      this.#alike.set(skeleton, (this.#alike.get(skeleton) ?? new Set()).add(appearance));
    this.#used(appearance.hue);
  }

  /** A member has left: its hue may be given again, last of all. */
  remove(id: number): void {
    const appearance = this.#appearances.get(id);
    if (!appearance) return;
    appearance.here = false;
    this.#used(appearance.hue);
    for (const gone of this.#appearances.values()) {
      if (!gone.here && !this.#hasLinesOf(gone.id)) this.#forget(gone.id);
    }
  }

  #forget(id: number): void {
    const appearance = this.#appearances.get(id);
    if (!appearance) return;
    this.#appearances.delete(id);
    for (const skeleton of appearance.skeletons) {
      const alike = this.#alike.get(skeleton);
      alike?.delete(appearance);
      if (alike?.size === 0) this.#alike.delete(skeleton);
    }
  }

  hue(id: number): number {
    return this.#appearances.get(id)?.hue ?? 0;
  }

  /** Whom a member can be taken for: you, somebody who is here or whose lines are, or the page. */
  lookalike(id: number): Lookalike | undefined {
    if (!this.#lookalikes.has(id)) this.#lookalikes.set(id, this.#find(id));
    return this.#lookalikes.get(id);
  }

  #find(id: number): Lookalike | undefined {
    const appearance = this.#appearances.get(id);
    if (!appearance || appearance === this.#you) return undefined;
    if (this.#you && meet(this.#you.skeletons, appearance.skeletons)) return { of: 'you' };
    // A member that comes again under the same alias is most often the same person.
    const isOther = (gone: Appearance) => folded(gone.alias) !== folded(appearance.alias);
    const other =
      this.#near(appearance, ({ here }) => here) ??
      this.#near(appearance, near => isOther(near) && this.#hasLinesOf(near.id));
    if (other) return { of: 'member', alias: other.alias };
    return meet(this.#ownSkeletons, appearance.skeletons) ? { of: 'page' } : undefined;
  }

  /** One that can be taken for `appearance`, of those that `is` accepts. */
  #near(appearance: Appearance, is: (near: Appearance) => boolean): Appearance | undefined {
    for (const skeleton of appearance.skeletons) {
      for (const near of this.#alike.get(skeleton) ?? []) if (near !== appearance && is(near)) return near;
    }
    return undefined;
  }

  /** The hue that mixes up least: no look-alike has it, few have it, none that left looked alike, long not in use. */
  #choose(skeletons: readonly string[]): number {
    const costs = new Map(this.#hues.map(hue => [hue, 0]));
    const add = (hue: number, cost: number) => costs.set(hue, (costs.get(hue) ?? 0) + cost);
    for (const { hue, here } of this.#appearances.values()) if (here) add(hue, 2);
    const near = skeletons.flatMap(skeleton => [...(this.#alike.get(skeleton) ?? [])]);
    const huesOf = (appearances: Appearance[]) => new Set(appearances.map(({ hue }) => hue));
    for (const hue of huesOf(near)) add(hue, 1);
    for (const hue of huesOf(near.filter(({ here }) => here))) add(hue, this.#appearances.size * 2);
    const least = Math.min(...costs.values());
    return this.#hues.find(hue => costs.get(hue) === least) ?? 0;
  }

  #used(hue: number): void {
    this.#hues = [...this.#hues.filter(other => other !== hue), hue];
    this.#lookalikes.clear();
  }
}

const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some(skeleton => others.includes(skeleton));
