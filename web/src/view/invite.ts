// The invitation: a picture to point a telephone at, a link to hand on, and two codes to read out.

import { fetchQr } from '../lazy.ts';
import * as words from '../words/en.ts';
import { openDialog } from './confirm.ts';
import { copyField } from './copying.ts';
import { AS_WRITTEN, button, element, freshId, setText, TYPED } from './element.ts';
import { isThisMachine } from './this-machine.ts';

export type Invitation = {
  show(link: () => string): Promise<void>;
  /** The link that lets in now; none where this member has it no more. */
  update(link: string): void;
};

/** Milliseconds that the daemon has to tell its addresses. */
const TOLD_WITHIN = 3000;

/** Lines of a link at the most, of the longest address and password there are. */
const LINES_MOST = 8;

/** Milliseconds for which a button says what it has done. */
const SAID_FOR = 3000;

let others: Promise<string[] | undefined> | undefined;

/** Where others open the page: asked for before anybody wants to invite, and again only where there was no answer. */
function addresses(): Promise<string[] | undefined> {
  const asked = (others ??= isOfThisMachineAlone() ? fetchAddresses() : Promise.resolve([]));
  void asked.then(found => {
    if (!found && others === asked) others = undefined;
  });
  return asked;
}

/** `isWanted`: whether the room is still there, when it is known which address to name. */
export function createInvitation(isWanted: () => boolean): Invitation {
  let shown: ReturnType<typeof showLink> | undefined;
  void addresses();
  return {
    async show(link) {
      const found = (await addresses()) ?? [];
      if (shown || !isWanted()) return;
      const now = (shown = showLink(link(), found));
      now.closed(() => {
        if (shown === now) shown = undefined;
      });
    },
    update(link) {
      shown?.change(link);
    },
  };
}

/** `others`: where others open the page, if it was opened at an address of this machine alone. */
function showLink(link: string, others: readonly string[]) {
  const id = freshId('invitation');
  const field = element('textarea', { ...TYPED, id, rows: '1', readonly: true, class: 'code' });
  field.addEventListener('focus', () => field.select());
  // It is seen whole before it is handed on.
  const fit = () => {
    field.rows = 1;
    while (field.scrollHeight > field.clientHeight && field.rows < LINES_MOST) field.rows += 1;
  };
  new ResizeObserver(fit).observe(field);
  const said = element('p', { role: 'status', class: 'quiet' });
  const picture = element('div', { class: 'qr' });
  const room = element('dd', { class: 'code', ...AS_WRITTEN });
  const password = element('dd', { class: 'code', ...AS_WRITTEN });
  const codes = element(
    'dl',
    { class: 'codes' },
    element('div', {}, element('dt', {}, words.ROOM_KEY), room),
    element('div', {}, element('dt', {}, words.PASSWORD), password),
  );

  const copyButton = button(words.COPY, () => void copyLink(), { class: 'primary' });
  async function copyLink(): Promise<void> {
    const copied = await copyField(field);
    copyButton.textContent = copied ? words.COPIED : words.COPY;
    setText(said, copied ? words.PASS_ON_WITH_CARE : words.COPY_BY_HAND);
    if (copied) setTimeout(() => (copyButton.textContent = words.COPY), SAID_FOR);
  }
  const share = button(words.SHARE, () => void shareLink());
  async function shareLink(): Promise<void> {
    // To close the browser's own choice is a change of mind.
    const refused = (error: Error) => error.name !== 'AbortError' && setText(said, words.COPY_BY_HAND);
    await navigator.share({ url: field.value }).catch(refused);
  }
  share.hidden = !('share' in navigator);
  const byLink = element(
    'div',
    { class: 'by-link' },
    picture,
    element('label', { for: id }, words.INVITATION_LINK),
    element('div', { class: 'row' }, field, copyButton),
  );

  const places = isOfThisMachineAlone() ? createPlaces(others, () => show()) : undefined;

  let fragment = '';
  function change(now: string): void {
    const before = fragment;
    fragment = now.slice(now.indexOf('#'));
    if (fragment === before) return;
    setText(said, before && now ? words.NEW_INVITATION : words.PASS_ON_WITH_CARE);
    const [key = '', secret = ''] = fragment.slice(1).split(':');
    setText(room, key);
    setText(password, decodeURIComponent(secret));
    show();
  }
  function show(): void {
    const place = places?.chosen() ?? pageAddress();
    field.value = fragment && place + fragment;
    fit();
    // A camera is on another device.
    picture.hidden = !fragment || (place === pageAddress() && isOfThisMachineAlone());
    void draw(field.value);
  }
  async function draw(now: string): Promise<void> {
    const qr = picture.hidden ? undefined : await fetchQr().catch(() => undefined);
    if (field.value === now) picture.replaceChildren(qr?.picture(now, words.QR) ?? '');
  }

  change(link);
  const dialog = openDialog([words.INVITATION], [places?.node, byLink, said, codes], close => [
    button(words.PRINT, () => print()),
    share,
    button(words.CLOSE, close),
  ]);
  dialog.classList.add('invitation');
  copyButton.focus();
  return { change, closed: (act: () => void) => dialog.addEventListener('close', act) };
}

/** Where the page is opened at, without its fragment. */
const pageAddress = (): string => `${location.origin}${location.pathname}`;

/** Whether the page's address leads to another machine from every other one. */
const isOfThisMachineAlone = (): boolean => isThisMachine(location.hostname);

/** Where the link is to lead, of a page that was opened at an address of this machine alone. */
function createPlaces(others: readonly string[], changed: () => void) {
  const options = [...others, pageAddress()].map(each => element('option', {}, each));
  const select = element('select', { autocomplete: 'off' }, ...options);
  const warning = element('p', { role: 'status' });
  const chosen = () => select.value;
  const warn = () => setText(warning, chosen() === pageAddress() ? words.THIS_MACHINE_ALONE : '');
  select.addEventListener('change', () => {
    warn();
    changed();
  });
  warn();
  const choice = element('label', { hidden: others.length === 0 }, words.ADDRESS_FOR_OTHERS, ' ', select);
  return { node: element('div', { class: 'places' }, choice, warning), chosen };
}

/** The addresses at which others reach this machine, the likeliest first: the daemon tells this machine alone. */
async function fetchAddresses(): Promise<string[] | undefined> {
  try {
    const answer = await fetch('./addresses', { signal: AbortSignal.timeout(TOLD_WITHIN) });
    return answer.ok ? (await answer.text()).split('\n').filter(line => line !== '') : [];
  } catch {
    return undefined;
  }
}
