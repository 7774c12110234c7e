// What may be done with a line: one button for all of them, which stands beside the line that is pointed at, or that arrow
// keys lead to, and else beside the newest. A button in each of a thousand lines would weigh, to see and to go through.

import { isUnsent, type Line } from '../state.ts';
import * as words from '../words/en.ts';
import { copyText } from './copying.ts';
import { element, setText } from './element.ts';
import { type Choice, closeMenu, menuButton } from './menu.ts';
import { textOf } from './message-body.ts';
import { excerptOf, quotation } from './quote.ts';
import { emojiChoices } from './reactions.ts';

type Spoken = Extract<Line, { html: string }>;

export type LineDoings = {
  /** Whether those who read a line are still to be reached. */
  isAnswerable(line: Spoken): boolean;
  answer(line: Spoken, quotation: (Node | string)[]): void;
  /** Names who said it in what is being written. */
  mention(line: Spoken): void;
  react(key: number, emoji: string): void;
  unsend(key: number): void;
  sayAgain(key: number): void;
};

/** A line as it is shown, of which something may be done. */
export type Doable = { line: Spoken; node: HTMLElement; body: HTMLElement };

export type LineMenu = {
  node: HTMLElement;
  /** Lines have come, gone or changed. */
  update(): void;
  /** Lines have been laid out. */
  place(): void;
};

export function createLineMenu(
  log: HTMLElement,
  lines: HTMLElement,
  doableOf: (node: Element | null | undefined) => Doable | undefined,
  doings: LineDoings,
): LineMenu {
  let at: Doable | undefined;
  /** It follows the newest line until another one is pointed at. */
  let follows = true;
  const said = element('span', { class: 'quiet', role: 'status' });
  const opener = menuButton('⋯', '', () => (at ? choicesOf(at) : []));
  const node = element('div', { class: 'doings', hidden: true }, said, opener);

  function stand(by: Doable | undefined): void {
    if (at?.node !== by?.node) {
      at?.node.classList.remove('chosen');
      by?.node.classList.add('chosen');
      setText(said, '');
    }
    const isSame = at?.line === by?.line;
    at = by;
    node.hidden = !by;
    if (!by) return opener.removeAttribute('aria-label');
    if (isSame) return;
    opener.setAttribute('aria-label', words.doingsWithLine(by.line.from.alias, excerptOf(by.body)));
  }

  function place(): void {
    if (!at) return;
    const { top } = at.node.getBoundingClientRect();
    node.style.top = `${top - log.getBoundingClientRect().top + log.scrollTop}px`;
  }

  const isOpen = () => opener.getAttribute('aria-expanded') === 'true';
  /** It is open, or was come to by the keyboard: it stays where it is. */
  const isInUse = () => isOpen() || opener.matches(':focus-visible');
  function point({ target }: Event): void {
    const pointed = doableOf((target as Element).closest('.part > .line'));
    if (!pointed || isInUse()) return;
    follows = false;
    stand(pointed);
    place();
  }
  lines.addEventListener('pointerover', point);
  lines.addEventListener('focusin', point);
  // Where nothing is pointed at any more, the newest line is the one to go on from.
  log.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType === 'mouse') follows = true;
  });
  opener.addEventListener('focus', () => lines.classList.add('keyed'));
  opener.addEventListener('blur', () => lines.classList.remove('keyed'));
  opener.addEventListener('keydown', event => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || !at || isOpen()) return;
    event.preventDefault();
    const next = beside(at.node, step);
    if (!next) return;
    follows = false;
    stand(next);
    place();
    next.node.scrollIntoView({ block: 'nearest' });
  });

  function beside(from: Element, step: number): Doable | undefined {
    const towards = (each: Element) =>
      step < 0
        ? (each.previousElementSibling ?? each.parentElement?.previousElementSibling?.lastElementChild)
        : (each.nextElementSibling ?? each.parentElement?.nextElementSibling?.firstElementChild);
    let next = towards(from);
    while (next && !doableOf(next)) next = towards(next);
    return doableOf(next);
  }

  function choicesOf({ line, node, body }: Doable): Choice[] {
    const { key, state, from } = line;
    const copy = { label: words.COPY, act: () => void copied(node, line, body) };
    if (isUnsent(state))
      return [
        { label: words.TRY_AGAIN, act: () => doings.sayAgain(key) },
        copy,
        { label: words.DISCARD, act: () => doings.unsend(key), class: 'danger' },
      ];
    // A message on its way has no name yet by which others would know it.
    if (state === 'sending') return [copy];
    return [
      ...(doings.isAnswerable(line)
        ? [
            {
              label: words.REPLY,
              act: () => doings.answer(line, quotation({ from, excerpt: excerptOf(body) })),
            },
          ]
        : []),
      ...(from.you || line.kind === 'whisper'
        ? []
        : [{ label: words.MENTION, act: () => doings.mention(line) }]),
      { label: words.REACT, act: () => emojiChoices(emoji => doings.react(key, emoji)) },
      copy,
      ...(from.you ? [{ label: words.UNSEND, act: () => doings.unsend(key), class: 'danger' }] : []),
    ];
  }

  /** As it is drawn, in lines; where that is not all of it, all of its text. */
  async function copied(of: HTMLElement, { html }: Spoken, body: HTMLElement): Promise<void> {
    const isWhole = !of.querySelector(':scope > .more');
    const isCopied = await copyText((isWhole && body.innerText.trim()) || textOf(html));
    setText(said, isCopied ? words.COPIED : words.NOT_COPIED);
  }

  return {
    node,
    place,
    update() {
      const still = at?.node.isConnected ? doableOf(at.node) : undefined;
      if (still && (!follows || isInUse())) return stand(still);
      // Its choices are about a line that is gone.
      if (isOpen()) {
        log.focus({ preventScroll: true });
        closeMenu();
      }
      follows = true;
      const last = lines.lastElementChild?.lastElementChild;
      stand(last ? (doableOf(last) ?? beside(last, -1)) : undefined);
    },
  };
}
