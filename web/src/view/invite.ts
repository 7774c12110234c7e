// The invitation: a picture to point a telephone at, a link to hand on, and two codes to read out.

import { fetchQr } from '../lazy.ts';
import * as words from '../words/en.ts';
import { openDialog } from './confirm.ts';
import { AS_WRITTEN, button, element, freshId, setText, TYPED } from './element.ts';

export type Invitation = {
  show(link: string): void;
  /** The link that lets in now; none where this member has it no more. */
  update(link: string): void;
};

/** Milliseconds for which a button says what it has done. */
const SAID_FOR = 3000;

export function createInvitation(): Invitation {
  let shown: ReturnType<typeof showLink> | undefined;
  return {
    show(link) {
      const now = (shown = showLink(link));
      now.closed(() => {
        if (shown === now) shown = undefined;
      });
    },
    update(link) {
      shown?.change(link);
    },
  };
}

function showLink(link: string) {
  const id = freshId('invitation');
  const field = element('input', { ...TYPED, id, type: 'text', readonly: true, class: 'code' });
  field.addEventListener('focus', () => field.select());
  const said = element('p', { role: 'status', class: 'quiet' });
  const picture = element('div', { class: 'qr' });
  const [room, password] = [words.ROOM_KEY, words.PASSWORD].map(name => {
    const code = element('dd', { class: 'code', ...AS_WRITTEN });
    return { name, code };
  }) as [Code, Code];
  const codes = element(
    'dl',
    { class: 'codes' },
    ...[room, password].map(({ name, code }) => element('div', {}, element('dt', {}, name), code)),
  );

  const copyButton = button(words.COPY, () => void copyLink(), { class: 'primary' });
  async function copyLink(): Promise<void> {
    const copied = await copy(field);
    copyButton.textContent = copied ? words.COPIED : words.COPY;
    setText(said, copied ? words.PASS_ON_WITH_CARE : words.COPY_BY_HAND);
    if (copied) setTimeout(() => (copyButton.textContent = words.COPY), SAID_FOR);
  }
  const share = button(words.SHARE, () => void navigator.share({ url: field.value }).catch(() => {}));
  share.hidden = !('share' in navigator);

  function change(now: string): void {
    if (field.value === now) return;
    setText(said, field.value && now ? words.NEW_INVITATION : words.PASS_ON_WITH_CARE);
    field.value = now;
    const [key = '', secret = ''] = now.slice(now.indexOf('#') + 1).split(':');
    setText(room.code, key);
    setText(password.code, decodeURIComponent(secret));
    void draw(now);
  }
  async function draw(now: string): Promise<void> {
    const qr = await fetchQr().catch(() => undefined);
    if (qr && field.value === now) picture.replaceChildren(now ? qr.picture(now, words.QR) : '');
  }

  change(link);
  const dialog = openDialog(
    [words.INVITATION],
    [
      picture,
      element('label', { for: id }, words.INVITATION_LINK),
      element('div', { class: 'row' }, field, copyButton),
      said,
      codes,
    ],
    close => [button(words.PRINT, () => print()), share, button(words.CLOSE, close)],
  );
  dialog.classList.add('invitation');
  copyButton.focus();
  return { change, closed: (act: () => void) => dialog.addEventListener('close', act) };
}

type Code = { name: string; code: HTMLElement };

/** Copies a field's text. Over plain http there is no clipboard API, so the field's selection is copied. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    const before = document.activeElement;
    field.focus();
    field.select();
    const copied = document.execCommand('copy');
    if (copied && before instanceof HTMLElement) before.focus();
    return copied;
  }
}
