// The panel that tells who can see what, in plain words, of this very connection.

import type { Member, RoomView } from '../state.ts';
import * as words from '../words/en.ts';
import { showAlias } from './alias.ts';
import { openDialog } from './confirm.ts';
import { AS_WRITTEN, button, type Child, element } from './element.ts';
import { isThisMachine } from './this-machine.ts';

export type Seeing = {
  show(view: RoomView): void;
  /** The room has changed. */
  update(view: RoomView): void;
};

type SeeingActions = {
  /** Whether a member's number is the one that it read aloud. */
  verify(member: Member, isSame: boolean): void;
  /** Leaves to a blank page. */
  vanish(): void;
};

export function createSeeing({ verify, vanish }: SeeingActions): Seeing {
  let parts: { members: HTMLElement; numbers: HTMLElement } | undefined;
  let told = '';

  function update(view: RoomView): void {
    if (!parts) return;
    const { members, you, timer, rule } = view;
    const now = JSON.stringify([members, timer, rule]);
    if (now === told) return;
    told = now;
    parts.members.replaceChildren(...paragraphs([words.MEMBERS_SEE], officeOf(view), [fadingOf(view)]));
    const at = parts.numbers.querySelector<HTMLElement>(':focus')?.dataset.id;
    const others = members.filter(member => !member.you && member.number && member.standing === 'ready');
    const list = others.map(member => row(member, isSame => verify(member, isSame)));
    parts.numbers.replaceChildren(
      ...paragraphs([words.VERIFY_HOW], [words.YOUR_NUMBER, ' ', number(you)]),
      ...(list.length > 0 ? [element('p', {}, words.TICK_THOSE), ...list] : []),
    );
    parts.numbers.querySelector<HTMLElement>(`[data-id="${at}"]`)?.focus();
  }

  return {
    show(view) {
      const now = (parts = { members: element('div'), numbers: element('div') });
      told = '';
      update(view);
      const dialog = openDialog(
        [words.SEEING],
        [
          ...section(words.THIS_CONNECTION, ...paragraphs([wayTo(location, isSecureContext)])),
          ...section(
            words.THE_SERVER,
            ...paragraphs([words.serverSees(location.host)]),
            ...protections(view),
          ),
          ...section(words.THE_MEMBERS, now.members),
          ...section(
            words.PASSWORD,
            ...paragraphs([view.isPasswordDrawn ? words.DRAWN_PASSWORD : words.CHOSEN_PASSWORD]),
          ),
          ...section(words.WHO_IS_WHO, now.numbers),
          ...section(words.NO_TRACE, ...paragraphs([words.NO_TRACE_MORE]), button(words.VANISH, vanish)),
        ],
        close => [button(words.CLOSE, close, { autofocus: true })],
      );
      dialog.classList.add('seeing');
      // The button that has the focus is in sight there, too.
      dialog.scrollTop = 0;
      dialog.addEventListener('close', () => (parts = undefined));
    },
    update,
  };
}

const section = (title: string, ...body: Child[]): Child[] => [element('h2', {}, title), ...body];

const paragraphs = (...all: Child[][]): HTMLElement[] => all.map(pieces => element('p', {}, ...pieces));

/** As much of the way that the page came as its address says. */
export function wayTo(
  { protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>,
  isSecure: boolean,
): string {
  if (protocol === 'https:') return words.OVER_HTTPS;
  if (isThisMachine(hostname)) return words.OVER_LOOPBACK;
  // Other browsers than Tor's would look such a name up as any other.
  return isSecure && hostname.endsWith('.onion') ? words.OVER_ONION : words.OVER_HTTP;
}

/** Those that are in force, and those that are not, by the daemon's own word. */
function protections({ protections: told }: RoomView): Child[] {
  const named = (isIn: boolean): HTMLElement[] =>
    words.PROTECTIONS.filter((_, bit) => Boolean(told & (1 << bit)) === isIn).map(name =>
      element('li', {}, name),
    );
  return [[words.PROTECTED, named(true)] as const, [words.UNPROTECTED, named(false)] as const].flatMap(
    ([sentence, items]) =>
      items.length > 0 ? [element('p', {}, sentence), element('ul', {}, ...items)] : [],
  );
}

function officeOf({ members, rule }: RoomView): Child[] {
  const keeper = members.find(each => each.keeper);
  return words.mayDo(keeper ? showAlias(keeper) : words.UNNAMED, rule);
}

const fadingOf = ({ timer }: RoomView): string =>
  timer > 0 ? `${words.fadesAfter(words.lasting(timer))} ${words.TIMER_BINDS}` : words.STAYS;

function row(member: Member, verify: (isSame: boolean) => void): HTMLElement {
  const input = element('input', {
    type: 'checkbox',
    checked: member.verified,
    'data-id': `${member.id}`,
  });
  input.addEventListener('change', () => verify(input.checked));
  return element(
    'label',
    { class: 'tick' },
    input,
    element('span', {}, showAlias(member), ' ', number(member)),
  );
}

const number = (member: Member): HTMLElement =>
  element('span', { class: 'code', ...AS_WRITTEN }, member.number);
