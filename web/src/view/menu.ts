// A button that unfolds a menu, by mouse, finger and keyboard as everywhere (WAI-ARIA Authoring Practices, "Menu Button").

import { AS_WRITTEN, button, element, freshId } from './element.ts';

/** `act` may lead to further choices; `checked` where it is switched on and off. */
export type Choice = {
  label: string;
  /** Where the label is a sign. */
  name?: string;
  act: () => void | Choice[];
  class?: string;
  checked?: boolean;
};

/** Closes the menu that is open: there is one at the most. */
let closeOpen: (() => void) | undefined;
export const closeMenu = (): void => closeOpen?.();

/** `label` is what the button shows, `name` what it is for; `choices` are asked for each time it unfolds. */
export function menuButton(label: string | Node, name: string, choices: () => Choice[]): HTMLButtonElement {
  const id = freshId('menu');
  const opener = button('', () => (menu ? close() : open()), {
    // The name may hold an alias.
    ...AS_WRITTEN,
    id,
    class: 'opener',
    'aria-label': name,
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
    // Safari gives the focus by a press to nothing else.
    tabindex: '0',
  });
  opener.append(label);
  let menu: HTMLElement | undefined;

  function open(offered = choices()): void {
    menu = element('div', { class: 'menu', role: 'menu', 'aria-labelledby': id });
    // Signs stand side by side.
    if (offered.every(({ name }) => name)) menu.classList.add('palette');
    menu.append(...offered.map(item));
    menu.addEventListener('keydown', move);
    menu.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget !== opener && !menu?.contains(relatedTarget as Node | null)) close(false);
    });
    document.addEventListener('pointerdown', pressed);
    closeOpen = () => close(false);
    opener.after(menu);
    opener.setAttribute('aria-expanded', 'true');
    place(menu, opener.getBoundingClientRect());
    items()[0]?.focus();
  }

  function item({ label, name, act, class: kind, checked }: Choice): HTMLElement {
    const choose = () => {
      close();
      const further = act();
      if (Array.isArray(further)) open(further);
    };
    const role = checked === undefined ? 'menuitem' : 'menuitemcheckbox';
    const isChecked = checked === undefined ? undefined : `${checked}`;
    const shown = { role, tabindex: '-1', class: kind, 'aria-label': name, 'aria-checked': isChecked };
    return button(label, choose, shown);
  }

  function close(refocus = true): void {
    const closed = menu;
    menu = closeOpen = undefined;
    opener.setAttribute('aria-expanded', 'false');
    // The focus goes first: not every browser says that something with the focus is gone.
    if (refocus) opener.focus();
    closed?.remove();
    document.removeEventListener('pointerdown', pressed);
  }

  function pressed({ target }: Event): void {
    if (target !== opener && !menu?.contains(target as Node)) close(false);
  }

  const items = (): HTMLElement[] => [...(menu?.querySelectorAll('button') ?? [])];

  function move(event: KeyboardEvent): void {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = isRightToLeft() ? -1 : 1;
    const next = {
      ArrowDown: at + 1,
      ArrowRight: at + step,
      ArrowUp: at - 1,
      ArrowLeft: at - step,
      Home: 0,
      End: -1,
    }[event.key];
    if (next !== undefined) all.at(next % all.length)?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return opener;
}

const isRightToLeft = (): boolean => document.dir === 'rtl';

/** Below its button, or above where there is no room; within the window in any case. */
function place(menu: HTMLElement, opener: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = opener.bottom + height <= innerHeight;
  // Their ends are one below the other.
  const wanted = isRightToLeft() ? opener.left : opener.right - width;
  const left = Math.min(Math.max(0, wanted), innerWidth - width);
  const top = below ? opener.bottom : Math.max(0, opener.top - height);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
