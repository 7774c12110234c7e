// Where what is typed goes: to the room, or to one member, each with a box of its own.

import type { Member } from '../../state.ts';
import { Recall } from './recall.ts';

/** A line that is to be answered. */
export type Answered = { key: number; quotation: (Node | string)[] };

export type Target = {
  /** Nobody for the room. */
  member: Member | undefined;
  /**
   * With its own draft, history of undoing and input method, so that nothing of a whisper can come to stand where it
   * would go to all.
   */
  box: HTMLTextAreaElement;
  readonly recall: Recall;
  /** Not taken while something newer was being typed; each comes back alone, never as a line of another text. */
  readonly kept: string[];
  answered?: Answered | undefined;
  /** Why something was not sent, or is not as it was chosen; until something else is typed. */
  objection: string;
  /** Turned to by `/r`, for one message: the target before it. */
  back?: Target | undefined;
};

export class Targets {
  readonly room: Target;
  #make: () => HTMLTextAreaElement;
  /** By the ids of those to whom one has begun to whisper. */
  readonly #whispers = new Map<number, Target>();

  constructor(make: () => HTMLTextAreaElement) {
    this.#make = make;
    this.room = this.#create(undefined);
  }

  /** That of a member; an id of somebody who has left may be another's by now. */
  of(member: Member): Target {
    const known = this.#whispers.get(member.id);
    if (known?.member?.number === member.number) return known;
    const made = this.#create(member);
    this.#whispers.set(member.id, made);
    return made;
  }

  /** These are members now. For who has left, only what holds a draft, or is in use, is kept. */
  update(members: readonly Member[], used: Target): void {
    for (const [id, target] of this.#whispers) {
      const member = members.find(member => member.id === id);
      if (member?.number === target.member?.number) target.member = member;
      else if (target !== used && !isDraft(target)) this.#whispers.delete(id);
    }
  }

  /** Another view has boxes of its own: the texts and carets go on in those. */
  moveInto(make: () => HTMLTextAreaElement): void {
    this.#make = make;
    for (const target of this.all()) {
      const { value, selectionStart, selectionEnd } = target.box;
      target.box.value = '';
      target.box = make();
      target.box.value = value;
      target.box.setSelectionRange(selectionStart, selectionEnd);
      target.objection = '';
    }
  }

  all(): Target[] {
    return [this.room, ...this.#whispers.values()];
  }

  hasDraft(): boolean {
    return this.all().some(isDraft);
  }

  /** Nothing that was written stays. */
  forget(): void {
    for (const { box, kept, recall } of this.all()) {
      box.value = '';
      kept.length = 0;
      recall.forget();
    }
    this.#whispers.clear();
  }

  #create(member: Member | undefined): Target {
    return { member, box: this.#make(), recall: new Recall(), kept: [], objection: '' };
  }
}

const isDraft = ({ box, kept }: Target): boolean => box.value.trim() !== '' || kept.length > 0;
