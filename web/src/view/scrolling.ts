// Parts of a message that are larger than their place scroll there, also by the keyboard.

import * as words from '../words/en.ts';
import { element } from './element.ts';

let watched: ResizeObserver | undefined;

/** Gives tables of a message that is drawn places to scroll in, and watches what may be too large. */
export function letScroll(body: HTMLElement): void {
  for (const table of body.querySelectorAll('table')) {
    // Those within another one scroll with it.
    if (table.closest('.wide')) continue;
    const place = element('div', { class: 'wide' });
    table.replaceWith(place);
    place.append(table);
  }
  // It is told of each at once, before that is painted, then of each change of size, and of what is gone.
  watched ??= new ResizeObserver(entries => {
    for (const { target } of entries)
      if (target.isConnected) update(target as HTMLElement);
      else watched?.unobserve(target);
  });
  for (const part of [body, ...body.querySelectorAll('pre, .wide')]) watched.observe(part);
}

/** Who has no pointer comes to what scrolls, and nobody has to stop at what does not. */
function update(part: HTMLElement): void {
  const scrolls = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight;
  if (part.hasAttribute('role') === scrolls) return;
  const isWide = part.matches('.wide');
  const name = part.matches('pre') ? words.CODE_BLOCK : isWide ? words.TABLE : words.LONG_MESSAGE;
  const attributes = { role: 'group', tabindex: '0', 'aria-label': name };
  for (const [attribute, value] of Object.entries(attributes))
    if (scrolls) part.setAttribute(attribute, value);
    else part.removeAttribute(attribute);
}
