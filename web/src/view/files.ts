// Files that are dropped onto the room or pasted in it.

import { element } from './element.ts';

/** `label` says, while files are held above the place, what becomes of them. */
export function takeFiles(
  place: HTMLElement,
  label: () => (Node | string)[],
  take: (files: File[]) => void,
): void {
  // It covers all: what leaves it leaves the place.
  const target = element('div', { class: 'drop', hidden: true });
  place.append(target);
  place.addEventListener('dragenter', event => {
    if (!target.hidden || !hasFiles(event)) return;
    target.replaceChildren(element('p', {}, ...label()));
    target.hidden = false;
  });
  target.addEventListener('dragover', event => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  });
  target.addEventListener('dragleave', () => (target.hidden = true));
  target.addEventListener('drop', event => {
    event.preventDefault();
    target.hidden = true;
    take([...(event.dataTransfer?.files ?? [])]);
  });

  place.addEventListener('paste', event => {
    const { clipboardData: pasted } = event;
    const has = (type: string) => pasted?.types.includes(type);
    // Formatted text comes with a picture of itself.
    if (!pasted?.files.length || (has('text/plain') && has('text/html'))) return;
    event.preventDefault();
    take([...pasted.files]);
  });
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
