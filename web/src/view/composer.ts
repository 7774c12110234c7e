// Where a message is typed. Knows whether it goes to the room or to one member.

import type { Member, Taken } from '../state.ts';
import * as words from '../words/en.ts';
import { lookalikeMark, showAlias } from './alias.ts';
import { button, element, freshId, ofInputMethod, TYPED } from './element.ts';

export type Composer = {
  node: HTMLElement;
  focus(): void;
  /**
   * The next messages go to this member alone, until Escape. That the member leaves changes nothing here: what was
   * meant for one must not go to all because of it.
   */
  whisperTo(member: Member): void;
  /** Whether something stands in a box that was not sent. */
  hasDraft(): boolean;
  /** What is sent next answers this line: to a member alone, or to all. */
  answer(line: Answered, to: Member | undefined): void;
};

type ComposerActions = {
  /** `answers`: the key of the line that is answered. */
  send(text: string, to: Member | undefined, answers: number | undefined): Promise<Taken>;
  /** A text to all is being typed. */
  typing(text: string): void;
};

/** A line that is to be answered. */
export type Answered = { key: number; quotation: (Node | string)[] };

/** Where what is typed goes: the room, or one member. */
type Target = {
  member: Member | undefined;
  /**
   * A box of its own, with its own draft, history of undoing and input method, so that nothing of a whisper can come
   * to stand where it would go to all.
   */
  box: HTMLTextAreaElement;
  /** Not taken while something newer was being typed; each comes back alone, never as a line of another text. */
  kept: string[];
  answered?: Answered | undefined;
};

export function createComposer({ send, typing }: ComposerActions): Composer {
  const id = freshId('message');
  const room = createTarget(undefined);
  const whispers = new Map<number, Target>();
  let target = room;

  const whom = element('span');
  const banner = element(
    'p',
    { class: 'whispering', role: 'status', hidden: true },
    element('span', {}, ...words.whisperingTo(whom)),
    button(words.BACK_TO_EVERYONE, () => turnTo(room), { class: 'link' }),
  );
  const line = element('span', { class: 'quotation' });
  const replying = element(
    'p',
    { class: 'replying', role: 'status', hidden: true },
    element('span', {}, ...words.replyingTo(line)),
    button(words.NO_REPLY, () => answer(undefined), { class: 'link' }),
  );
  const row = element('div', { class: 'row' }, room.box, element('button', { class: 'primary' }, words.SEND));
  const node = element(
    'form',
    { class: 'composer' },
    banner,
    replying,
    element('label', { for: id, class: 'unseen' }, words.MESSAGE),
    row,
    element('small', { id: `${id}-hint` }, words.COMPOSER_HINT),
  );

  function createTarget(member: Member | undefined): Target {
    const box = element('textarea', {
      ...TYPED,
      id,
      rows: '1',
      'aria-describedby': `${id}-hint`,
      enterkeyhint: 'send',
    });
    box.addEventListener('keydown', event => {
      if (ofInputMethod(event)) return;
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        // A key that is held down sends once.
        if (!event.repeat) void submit();
      } else if (event.key === 'Escape' && target.answered) {
        answer(undefined);
      } else if (event.key === 'Escape' && target !== room) {
        turnTo(room);
      }
    });
    if (!member) box.addEventListener('input', () => typing(box.value));
    return { member, box, kept: [] };
  }

  function turnTo(next: Target): void {
    target.box.replaceWith(next.box);
    target = next;
    const { member } = next;
    whom.replaceChildren(...(member ? [showAlias(member), lookalikeMark(member.lookalike) ?? ''] : []));
    banner.hidden = !member;
    node.classList.toggle('to-one', Boolean(member));
    answer(next.answered);
  }

  function answer(answered: Answered | undefined): void {
    setAnswered(target, answered);
    target.box.focus();
  }

  function setAnswered(of: Target, answered: Answered | undefined): void {
    of.answered = answered;
    if (of !== target) return;
    replying.hidden = !answered;
    line.replaceChildren(...(answered?.quotation ?? []));
  }

  function addressTo(member: Member): void {
    const known = whispers.get(member.id) ?? createTarget(member);
    whispers.set(member.id, known);
    turnTo(known);
  }

  async function submit(): Promise<void> {
    const sending = target;
    const { member, box, kept, answered } = sending;
    const text = box.value;
    // Cleared before the answer, so that the next line can be typed; given back if this one is not taken.
    box.value = kept.shift() ?? '';
    if (!text.trim()) return;
    setAnswered(sending, undefined);
    if ((await send(text, member, answered?.key)) === 'taken') return;
    if (!sending.answered) setAnswered(sending, answered);
    if (box.value) kept.push(text);
    else box.value = text;
  }

  node.addEventListener('submit', event => {
    event.preventDefault();
    void submit();
    target.box.focus();
  });

  return {
    node,
    focus: () => target.box.focus(),
    hasDraft: () =>
      [room, ...whispers.values()].some(({ box, kept }) => box.value.trim() !== '' || kept.length > 0),
    whisperTo: addressTo,
    answer(line, to) {
      if (to) addressTo(to);
      else if (target !== room) turnTo(room);
      answer(line);
    },
  };
}
