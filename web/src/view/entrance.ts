// The entrance: who you are, and whether you open a room or are invited to one. Knows no keys and no connection.

import { fetchLate } from '../lazy.ts';
import type { Invitation } from '../seal/invitation.ts';
import { type RoomKey, writeRoomKey } from '../seal/room-key.ts';
import type { Entry, Refusal, View } from '../state.ts';
import * as words from '../words/en.ts';
import { confirm } from './confirm.ts';
import { AS_WRITTEN, button, element, setText } from './element.ts';
import { field, textField } from './fields.ts';
import { createInvited, takeInvitations } from './invited.ts';
import { networkNote } from './network-note.ts';
import { createOpening } from './opening.ts';
import { createPatience } from './patience.ts';
import { createProgress } from './progress.ts';
import { isWorthRetrying, tellRefusal, wrongField } from './refusals.ts';

export type Entrance = {
  node: HTMLElement;
  update(view: View): void;
  /** Takes an invitation, in whatever state it is: then nothing is asked for but the alias. */
  read(text: string): Promise<unknown>;
  /** Puts the cursor where the next thing is to be typed. */
  focus(): void;
  /** Drops the password; alias and room key stay for another entry. */
  forget(): void;
  /** Takes over what was filled in at an entrance in another language. */
  takeOver(before: Entrance): void;
  given(): Given;
  explain(text: string): void;
};

/** What is filled in, field by field. */
type Given = { texts: string[]; rule: NonNullable<Entry['rule']>; invitation: Invitation | undefined };

export function createEntrance(enter: (entry: Entry) => void, cancel: () => void): Entrance {
  const alias = textField({ maxlength: '64', required: true });
  const code = textField({ class: 'code', maxlength: '64' });
  const codeField = field(words.CODE, code);
  codeField.hidden = true;

  const refusalText = element('span');
  const retryButton = button(
    '',
    () => patience.isOver() && void (refused === 'no-entry' ? askOpenAnew() : submit(how)),
  );
  const patience = createPatience(retryButton);
  const refusal = element(
    'div',
    { class: 'refusal', role: 'alert', hidden: true },
    refusalText,
    patience.node,
    retryButton,
  );

  const invited = createInvited({ changed, explain, isExplained: () => !refusal.hidden });
  const opening = createOpening(invited.read);
  takeInvitations(alias, text => (alias.value = text), invited.read);

  const openButton = button(words.OPEN_ROOM, () => void submit('open'));
  const enterButton = button(words.ENTER_ROOM, () => void submit('enter'));
  const open = element('div', { class: 'open' }, openButton, element('small', {}, words.OPEN_ROOM_HINT));
  const form = element(
    'form',
    { class: 'fields', autocomplete: 'off', novalidate: true },
    refusal,
    invited.sentence,
    field(words.ALIAS, alias, words.ALIAS_HINT),
    codeField,
    open,
    invited.node,
    enterButton,
    opening.options,
  );
  form.addEventListener('submit', event => event.preventDefault());

  const progress = createProgress(cancel);
  const node = element(
    'section',
    { class: 'card entrance' },
    element('p', { class: 'lead' }, words.LEAD),
    form,
    progress.node,
    networkNote(),
  );

  type Given = Pick<Entry, 'room' | 'password' | 'drawn'>;

  /** What was asked for last; `anew`: to open a room by the key and password of an invitation, as it was confirmed. */
  let how: 'open' | 'enter' | 'anew' = 'enter';
  let confirmed: Given | undefined;

  /** Something else is given: what was refused before does not concern it. */
  function changed(): void {
    if (invited.isGiven()) needsCode = false;
    if (invited.isGiven() || how === 'anew') how = 'enter';
    confirmed = undefined;
    arrange();
  }

  /** Shows what there is to choose from, and which of it the Enter key does. */
  function arrange(): void {
    open.hidden = opening.own.hidden = invited.isKnown();
    enterButton.hidden = !invited.isGiven();
    const opens = how === 'anew' ? retryButton : openButton;
    const preferred = invited.isGiven() && (!needsCode || how === 'enter') ? enterButton : opens;
    for (const each of [openButton, enterButton, retryButton]) {
      each.type = each === preferred ? 'submit' : 'button';
      each.classList.toggle('primary', each === preferred);
    }
  }

  function explain(text: string): void {
    setText(refusalText, text);
    refusal.hidden = !text;
    retryButton.hidden = true;
  }

  let refused: Refusal | undefined;
  let needsCode = false;
  function refuse(because: Refusal | undefined, retryMs = 0): void {
    refused = because;
    patience.wait(retryMs);
    const offline = because === 'unreachable' && navigator.onLine === false;
    explain(because ? tellRefusal(because, { offline, withCode: code.value !== '' }) : '');
    if (because === 'unreachable' && !offline) void diagnose();
    if (because === 'no-entry') invited.mend();
    const wrong = because && wrongField(because);
    needsCode = wrong === 'code';
    if (needsCode) codeField.hidden = false;
    retryButton.hidden = !(because && (isWorthRetrying(because) || how === 'anew'));
    setText(retryButton, because === 'no-entry' ? words.OPEN_ANEW : words.TRY_AGAIN);
    const { room, password } = how === 'open' ? opening : invited;
    for (const each of fields) each.removeAttribute('aria-invalid');
    if (wrong) ({ alias, room, password, code })[wrong].setAttribute('aria-invalid', 'true');
    if (opening.options.querySelector('[aria-invalid]')) opening.options.open = true;
    arrange();
  }

  /** Says more, unless something else has been said meanwhile. */
  async function diagnose(): Promise<void> {
    const said = refusalText.textContent;
    const more = await (await fetchLate().catch(() => undefined))?.diagnoseConnection();
    if (more && refusalText.textContent === said) setText(refusalText, more);
  }

  async function submit(asked: typeof how): Promise<void> {
    how = asked;
    refuse(undefined);
    const given = asked === 'open' ? opening.ask() : asked === 'anew' ? confirmed : await invited.ask();
    // Something else was asked for while this was read.
    if (how !== asked) return;
    if (given === 'bad-room-key') {
      refuse(given);
      focus();
    } else if (given) {
      request(given);
    }
  }

  /** An answer is awaited; when it comes, the focus is put where it is needed. */
  let awaited = false;
  let requested: RoomKey | undefined;
  function request(given: Given): void {
    awaited = true;
    requested = given.room;
    enter({
      ...given,
      alias: alias.value,
      mode: how === 'enter' ? 'enter' : 'open',
      rule: opening.rule(),
      // A code is ASCII without spaces; anything else was pasted along with it.
      code: code.value.replace(/[^!-~]/g, ''),
    });
  }

  /** A mistyped key would lead into an empty room: opening one by it is asked for apart. */
  async function askOpenAnew(): Promise<void> {
    const given = await invited.ask();
    if (!given || given === 'bad-room-key') return;
    const key = element('strong', { class: 'code', ...AS_WRITTEN }, writeRoomKey(given.room));
    const open = () => {
      [how, confirmed] = ['anew', given];
      refuse(undefined);
      request(given);
    };
    confirm(words.askOpenAnew(key), words.OPEN_ROOM, open, { harmless: true });
  }

  const fields = [alias, code, invited.room, invited.password, opening.room, opening.password];
  function focus(): void {
    const wrong = fields.find(input => input.hasAttribute('aria-invalid'));
    const again = !retryButton.hidden && !refusal.hidden ? retryButton : undefined;
    const empty = [alias, invited.password].find(
      input => !input.value && input.checkVisibility?.() !== false,
    );
    (wrong ?? again ?? empty ?? (invited.isGiven() ? enterButton : alias)).focus();
    // A password that can't be seen is typed anew.
    if (wrong?.type === 'password') wrong.select();
  }

  arrange();
  return {
    node,
    update(view) {
      const busy = view.phase === 'deriving' || view.phase === 'connecting';
      form.hidden = busy;
      progress.show(busy ? view : undefined);
      if (view.phase === 'entrance' && awaited) {
        if (view.refusal) refuse(view.refusal, view.retryMs);
        focus();
      }
      awaited = busy;
    },
    read: invited.read,
    focus,
    forget() {
      if (requested) invited.forget(requested);
      opening.forget();
      [how, confirmed] = ['enter', undefined];
      awaited = true;
    },
    takeOver(before) {
      const { texts, rule, invitation } = before.given();
      for (const [at, input] of fields.entries()) input.value = texts[at] ?? '';
      // The texts beside each follow.
      for (const input of fields) input.dispatchEvent(new Event('input'));
      codeField.hidden = code.value === '';
      opening.setRule(rule);
      if (invitation) invited.accept(invitation);
    },
    given: () => ({
      texts: fields.map(({ value }) => value),
      rule: opening.rule(),
      invitation: invited.whole(),
    }),
    explain,
  };
}
