// Leaving without a trace and without a question: Escape twice, or a finger on the room's icon.

import { ofInputMethod } from './element.ts';

/** Milliseconds within which Escape is pressed for the second time. */
export const TWICE_WITHIN = 600;
/** Milliseconds for which a finger stays on the icon. */
export const HELD_FOR = 1000;

/** What Escape closes, wherever the focus is; whatever else it closes prevents its default. */
const OPEN = 'dialog[open], [aria-haspopup="menu"][aria-expanded="true"]';

/** Calls `leave` then, until what is returned is called. */
export function onPanic(icon: HTMLElement, leave: () => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;

  let first = Number.NEGATIVE_INFINITY;
  let before = first;
  let isForNothing = false;
  // A menu keeps the key to itself: that one was pressed is noted on its way down, and that it closed nothing on its way up.
  const goesDown = (event: KeyboardEvent): void => {
    if (event.repeat) return;
    [before, first] = [first, Number.NEGATIVE_INFINITY];
    isForNothing = event.key === 'Escape' && !ofInputMethod(event) && !document.querySelector(OPEN);
  };
  const comesUp = (event: KeyboardEvent): void => {
    if (event.repeat || !isForNothing || event.defaultPrevented) return;
    if (event.timeStamp - before <= TWICE_WITHIN) leave();
    else first = event.timeStamp;
  };
  addEventListener('keydown', goesDown, { capture: true, signal });
  addEventListener('keydown', comesUp, { signal });

  let holding: ReturnType<typeof setTimeout> | undefined;
  const letGo = () => clearTimeout(holding);
  icon.addEventListener(
    'pointerdown',
    ({ pointerType, isPrimary, pointerId, target }) => {
      letGo();
      if (pointerType === 'mouse' || !isPrimary) return;
      // A finger would count as on the icon wherever it goes (Pointer Events, "Implicit pointer capture").
      if ((target as Element).hasPointerCapture(pointerId))
        (target as Element).releasePointerCapture(pointerId);
      holding = setTimeout(leave, HELD_FOR);
    },
    { signal },
  );
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
    icon.addEventListener(end, letGo, { signal });
  // Telephones would offer to save the picture.
  icon.addEventListener('contextmenu', event => event.preventDefault(), { signal });
  return () => {
    letGo();
    listening.abort();
  };
}
