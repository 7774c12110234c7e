// Where a message is typed. Knows whether it goes to the room or to one member.

import type { Member } from '../state.ts';
import { likeMark, showAlias } from './alias.ts';
import { button, element, freshId } from './element.ts';

export type Composer = {
  node: HTMLElement;
  focus(): void;
  /**
   * The next messages go to this member alone, until Escape. That the member leaves changes nothing here: what was
   * meant for one must not go to all because of it.
   */
  whisperTo(member: Member): void;
};

type Send = (text: string, to: Member | undefined) => Promise<'taken' | 'kept'>;

export function createComposer(send: Send): Composer {
  let to: Member | undefined;
  const id = freshId('message');
  const box = element('textarea', {
    id,
    rows: '1',
    autocomplete: 'off',
    spellcheck: 'true',
    'aria-describedby': `${id}-hint`,
    enterkeyhint: 'send',
  });
  const target = element('span');
  const banner = element(
    'p',
    { class: 'whispering', role: 'status', hidden: true },
    element('span', {}, 'Whispering to ', target),
    button('Back to everyone', () => address(undefined), { class: 'link' }),
  );
  const node = element(
    'form',
    { class: 'composer' },
    banner,
    element('label', { for: id, class: 'unseen' }, 'Message'),
    element('div', { class: 'row' }, box, element('button', { class: 'primary' }, 'Send')),
    element(
      'small',
      { id: `${id}-hint` },
      'Enter sends, Shift+Enter begins a new line, /help lists the commands.',
    ),
  );

  function address(member: Member | undefined): void {
    to = member;
    target.replaceChildren(...(member ? [showAlias(member), likeMark(member.like) ?? ''] : []));
    banner.hidden = !member;
    node.classList.toggle('to-one', Boolean(member));
    box.focus();
  }

  async function submit(): Promise<void> {
    const text = box.value;
    if (!text.trim()) return;
    // Cleared before the answer, so that the next line can be typed; given back if this one is not taken.
    box.value = '';
    if ((await send(text, to)) === 'taken') return;
    box.value = box.value ? `${text}\n${box.value}` : text;
    box.setSelectionRange(box.value.length, box.value.length);
  }

  node.addEventListener('submit', event => {
    event.preventDefault();
    void submit();
    box.focus();
  });
  box.addEventListener('keydown', event => {
    // Enter also ends the choice of a character in an input method; that is no sending.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape' && to) {
      address(undefined);
    }
  });

  return {
    node,
    focus: () => box.focus(),
    whisperTo: address,
  };
}
