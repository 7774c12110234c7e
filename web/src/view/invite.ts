// The invitation: copied where the browser lets us, and always there to be copied by hand.

import * as words from '../words/en.ts';
import { button, element, freshId, ofInputMethod, setText, TYPED } from './element.ts';

export type InvitePanel = {
  node: HTMLElement;
  show(link: string): void;
  /** The link that lets in now, and whether this member may give the room a new password. */
  update(link: string, moderator: boolean, relocking: boolean): void;
  hide(): void;
};

export function createInvitePanel(opener: () => HTMLElement, relock: () => void): InvitePanel {
  const id = freshId('invitation');
  const link = element('input', { ...TYPED, id, type: 'text', readonly: true, class: 'code' });
  link.addEventListener('focus', () => link.select());
  const said = element('p', { role: 'status', class: 'quiet' });
  const anew = button(words.RELOCK, relock);
  const node = element(
    'section',
    { class: 'panel invitation', 'aria-label': words.INVITATION, hidden: true },
    element('label', { for: id }, words.INVITATION_LINK),
    element(
      'div',
      { class: 'row' },
      link,
      button(words.COPY, () => void copyLink()),
      button(words.CLOSE, hide),
    ),
    element('div', { class: 'actions' }, anew),
    said,
  );
  node.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !ofInputMethod(event)) hide();
  });

  async function copyLink(): Promise<void> {
    const copied = await copy(link);
    setText(said, copied ? words.COPIED : words.COPY_BY_HAND);
  }

  function hide(): void {
    if (node.hidden) return;
    node.hidden = true;
    link.value = '';
    setText(said, '');
    opener().focus();
  }

  return {
    node,
    show(invitation) {
      link.value = invitation;
      node.hidden = false;
      link.focus();
      void copyLink();
    },
    update(invitation, moderator, relocking) {
      anew.hidden = !moderator;
      anew.disabled = relocking;
      if (node.hidden || link.value === invitation) return;
      link.value = invitation;
      setText(said, words.NEW_INVITATION);
    },
    hide,
  };
}

/** Copies a field's text. Over plain http there is no clipboard API, so the field's selection is copied. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand('copy');
  }
}
