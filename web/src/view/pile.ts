// Pictures on their way to one member, or to all: one after the other is made small enough, shown, described and sent.

import { fetchPictures } from '../lazy.ts';
import { FILE_MOST, inspect, SOURCE_MOST } from '../picture/inspect.ts';
import { DESCRIPTION_MOST, pictureMarkup, pictureMost } from '../picture/markup.ts';
import type { Prepared } from '../pictures.ts';
import type { Member, PictureFault, Taken } from '../state.ts';
import * as words from '../words/en.ts';
import { lookalikeMark, showAlias } from './alias.ts';
import { AS_WRITTEN, button, element, freshId, setText, TYPED } from './element.ts';

/** Pictures that may wait for one member, or for all. */
export const PICTURES_MOST = 8;
const LIMITS = { megabytes: FILE_MOST / 2 ** 20, megapixels: SOURCE_MOST / 1e6 };
/** Letters of a file's name that are shown. */
const NAME_MOST = 40;

export type Pile = {
  node: HTMLElement;
  take(files: readonly File[]): void;
  send(): void;
  /** Takes away the picture that is shown, or what is said; whether there was either. */
  escape(): boolean;
  hasPicture(): boolean;
  /** Gives away what is not sent yet. */
  handOver(): Given | undefined;
  takeOver(given: Given): void;
  /** The member whom they go to; nothing where that is all. */
  whom(): (Node | string)[];
};

/** Pictures that go on in another view, and the description of the first. */
export type Given = { to: Member | undefined; files: File[]; description: string };

export type PileActions = {
  say(html: string, to: Member | undefined): Promise<Taken>;
  /** Bytes of the longest message. */
  textMost(): number;
  /** Something is on its way until then. */
  follow(sending: Promise<void>): void;
  /** Nothing is left to do here. */
  done(): void;
};

/** `isMoving`: of an animation, whose first picture alone is sent. */
type Ready = Prepared & { isMoving: boolean };

type Shown = { file: File; cancel: AbortController; prepared?: Ready; hasFailed?: boolean; isSent?: boolean };

/** Faults that may be over another time. */
const PASSING: ReadonlySet<PictureFault> = new Set(['failed', 'not-loaded'] as const);

export function createPile(to: Member | undefined, { say, textMost, follow, done }: PileActions): Pile {
  const waiting: File[] = [];
  let shown: Shown | undefined;

  const whom = () => (to ? [showAlias(to), lookalikeMark(to.lookalike) ?? ''] : []);
  const id = freshId('picture');
  const preview = element('div', { class: 'thumbnail' });
  const description = element('input', {
    ...TYPED,
    id: `${id}-description`,
    type: 'text',
    dir: 'auto',
    autocapitalize: 'none',
    maxlength: `${DESCRIPTION_MOST}`,
    placeholder: words.DESCRIPTION_HINT,
    enterkeyhint: 'send',
  });
  const sendButton = button(words.SEND_PICTURE, () => send(), { class: 'primary' });
  const group = element(
    'div',
    { class: 'picture', role: 'group', 'aria-labelledby': id, tabindex: '-1', hidden: true },
    preview,
    element('p', { id }, ...words.pictureFor(whom())),
    element('label', { for: description.id, class: 'unseen' }, words.DESCRIPTION),
    description,
    element('div', { class: 'actions' }, sendButton, button(words.REMOVE, remove)),
  );
  const state = element('p', { class: 'quiet', role: 'status' });
  const refusals = element('div', { class: 'refusals', role: 'status', ...AS_WRITTEN });
  const node = element('div', {}, group, state, refusals);

  function next(): void {
    const file = waiting.shift();
    const had = group.contains(document.activeElement);
    shown = undefined;
    description.value = '';
    group.hidden = !file;
    if (file) void show(file);
    else {
      setText(state, '');
      if (had && node.isConnected) done();
    }
  }

  async function show(file: File): Promise<void> {
    const now: Shown = (shown = { file, cancel: new AbortController() });
    setText(sendButton, words.SEND_PICTURE);
    preview.replaceChildren(element('progress', { 'aria-label': words.PREPARING }));
    sendButton.setAttribute('aria-disabled', 'true');
    setText(state, words.PREPARING);
    const found = await prepareFile(file, pictureMost(textMost()), now.cancel.signal).catch(
      () => 'failed' as const,
    );
    if (shown !== now) return;
    if (typeof found === 'string') {
      refuse(words.refusePicture(found, nameOf(file), LIMITS));
      return PASSING.has(found) ? offerAgain(now) : next();
    }
    now.prepared = found;
    preview.replaceChildren(element('img', { src: found.address, alt: '' }));
    sendButton.removeAttribute('aria-disabled');
    tell();
  }

  function offerAgain(now: Shown): void {
    now.hasFailed = true;
    preview.replaceChildren();
    setText(state, '');
    setText(sendButton, words.TRY_AGAIN);
    sendButton.removeAttribute('aria-disabled');
  }

  function tell(): void {
    if (shown?.prepared) setText(state, words.pictureIs(shown.prepared, waiting.length));
  }

  const send = (): void => follow(sendShown());
  async function sendShown(): Promise<void> {
    refusals.replaceChildren();
    const now = shown;
    if (now?.hasFailed) return show(now.file);
    // A second press sends nothing twice.
    if (!now?.prepared || now.isSent) return;
    now.isSent = true;
    const html = pictureMarkup(now.prepared.address, description.value.trim());
    // An error is told where errors are, and loses nobody a picture.
    const taken = await say(html, to).catch(error => {
      reportError(error);
      return 'kept';
    });
    now.isSent = taken === 'taken';
    if (now.isSent && shown === now) next();
  }

  function remove(): void {
    if (shown?.isSent) return;
    shown?.cancel.abort();
    next();
  }

  function refuse(why: (Node | string)[]): void {
    refusals.append(element('p', {}, ...why));
  }

  function take(files: readonly File[]): void {
    // The reason for which the one that is shown waits is still to be read.
    if (!shown?.hasFailed) refusals.replaceChildren();
    const room = PICTURES_MOST - waiting.length - (shown ? 1 : 0);
    waiting.push(...files.slice(0, room));
    if (files.length > room) refuse([words.picturesLeftOut(PICTURES_MOST, files.length - room)]);
    if (shown) return tell();
    next();
    // Somebody who is writing goes on writing.
    if (!document.activeElement?.matches('textarea, input')) group.focus();
  }

  return {
    node,
    take,
    send,
    escape() {
      const isOpen = shown !== undefined || refusals.hasChildNodes();
      refusals.replaceChildren();
      if (shown) remove();
      return isOpen;
    },
    hasPicture: () => shown !== undefined,
    handOver() {
      if (!shown) return undefined;
      shown.cancel.abort();
      return { to, files: [shown.file, ...waiting], description: description.value };
    },
    takeOver(given) {
      take(given.files);
      description.value = given.description;
    },
    whom,
  };
}

/** The picture in a file, as it is sent; or why it can't be. */
async function prepareFile(file: File, most: number, signal: AbortSignal): Promise<Ready | PictureFault> {
  if (file.size > FILE_MOST) return 'large-file';
  // A folder is a file that can't be read.
  const bytes = await file.arrayBuffer().then(
    buffer => new Uint8Array(buffer),
    () => new Uint8Array(),
  );
  const found = inspect(bytes, file.type);
  if (typeof found === 'string') return found;
  const pictures = await fetchPictures().catch(() => undefined);
  if (!pictures) return 'not-loaded';
  // Of what was looked at, not of what the file may be by now.
  const picture = new Blob([bytes], { type: found.type });
  const prepared = await pictures.prepare(picture, most, signal);
  if (prepared === 'broken' && found.type === 'image/heic') return 'kind';
  return typeof prepared === 'string' ? prepared : { ...prepared, isMoving: found.isMoving };
}

function nameOf({ name }: File): Node {
  const letters = [...name];
  const shown = letters.length > NAME_MOST ? `${letters.slice(0, NAME_MOST).join('')}…` : name;
  return element('bdi', {}, shown);
}
