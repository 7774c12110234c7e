// Where a message is typed. Knows whether it goes to the room or to one member.

import { answerIn, parseCommand } from '../commands.ts';
import type { Member, Named, Note, RoomView, Taken } from '../state.ts';
import * as words from '../words/en.ts';
import { lookalikeMark, nameOf, showAlias } from './alias.ts';
import { type Attach, createAttach } from './attach.ts';
import { createBox, fill, grow, hasKeys, insert, sends } from './composer/box.ts';
import { createCompletion } from './composer/completion.ts';
import { createCount } from './composer/count.ts';
import { createFormatBar, formatIn } from './composer/format-bar.ts';
import { createPreview, type Render } from './composer/preview.ts';
import { type Answered, type Target, Targets } from './composer/targets.ts';
import { button, element, freshId, ofInputMethod, setText } from './element.ts';
import { tellNote } from './notes.ts';

export type Composer = {
  node: HTMLElement;
  attach: Pick<Attach, 'take' | 'whom'>;
  focus(): void;
  update(view: RoomView): void;
  /**
   * The next messages go to this member alone, until Escape. That the member leaves changes nothing here: what was
   * meant for one must not go to all because of it.
   */
  whisperTo(member: Member): void;
  /** The same to whoever last whispered. */
  whisperBack(): void;
  /** Names a member in what is being written. */
  mention(named: Named): void;
  /** Says why something can't be said. */
  object(note: Note): void;
  /** Says something else, and leaves the focus where it is. */
  explain(text: string): void;
  /** Whether something stands in a box that was not sent. */
  hasDraft(): boolean;
  /** What is sent next answers this line: to a member alone, or to all. */
  answer(line: Answered, to: Member | undefined): void;
  /** Once nothing is on its way from here. */
  settled(): Promise<unknown>;
  /** Gives away all that is being written. */
  handOver(): Written;
  /** Nothing that was written stays. */
  forget(): void;
};

/** What goes on in another view of the same room. */
export type Written = { targets: Targets; target: Target; pictures: ReturnType<Attach['handOver']> };

type ComposerActions = {
  /** `answers`: the key of the line that is answered. */
  send(text: string, to: Member | undefined, answers: number | undefined): Promise<Taken>;
  /** HTML that was made here. */
  say(html: string, to: Member | undefined, answers: number | undefined): Promise<Taken>;
  /** Bytes of the longest message. */
  textMost(): number;
  /** A text to all is being typed. */
  typing(text: string): void;
  /** Bytes that are left for a message; negative where it is too long, undefined where it is none. */
  bytesLeft(text: string, to: Member | undefined, answers: number | undefined): number | undefined;
  /** Why nothing can be whispered to a member now. */
  obstacle(to: Member): Note | undefined;
  preview: Render;
};

export function createComposer(actions: ComposerActions, before?: Written): Composer {
  const id = freshId('message');
  let view: RoomView | undefined;

  const completion = createCompletion(() => view?.members ?? []);
  const count = createCount();
  const preview = createPreview(actions.preview);
  const bar = createFormatBar({
    format: format => formatIn(target.box, format),
    commands,
    preview: () => preview.turn(),
  });
  const targets = before?.targets ?? new Targets(makeBox);
  if (before) targets.moveInto(makeBox);
  const { room } = targets;
  let target = before?.target ?? room;

  const whom = element('span');
  const hindrance = element('span', { class: 'quiet' });
  const banner = element(
    'p',
    { class: 'whispering', role: 'status', hidden: true },
    element('span', {}, ...words.whisperingTo(whom)),
    hindrance,
    button(words.BACK_TO_EVERYONE, () => turnTo(room), { class: 'link' }),
  );
  const line = element('span', { class: 'quotation' });
  const replying = element(
    'p',
    { class: 'replying', role: 'status', hidden: true },
    element('span', {}, ...words.replyingTo(line)),
    button(words.NO_REPLY, () => answer(undefined), { class: 'link' }),
  );
  const attach = createAttach({
    say: sayAnswering,
    textMost: actions.textMost,
    follow,
    done: () => target.box.focus(),
  });
  const objection = element('span', { class: 'objection', role: 'status' });
  const hint = element(
    'small',
    { id: `${id}-hint` },
    hasKeys() ? words.COMPOSER_HINT : words.COMPOSER_HINT_TOUCH,
  );
  const node = element(
    'form',
    { class: 'composer', autocomplete: 'off' },
    banner,
    replying,
    preview.node,
    attach.node,
    element('label', { for: id, class: 'unseen' }, words.MESSAGE),
    element('p', { class: 'told' }, objection, count.node),
    completion.node,
    element(
      'div',
      { class: 'row' },
      bar.opener,
      attach.button,
      target.box,
      element('button', { class: 'primary' }, words.SEND),
    ),
    element('div', { class: 'below' }, bar.node, hint),
  );

  function makeBox(): HTMLTextAreaElement {
    const box = createBox({ id, 'aria-describedby': `${id}-hint`, 'aria-keyshortcuts': 'Alt+R' });
    box.addEventListener('keydown', press);
    box.addEventListener('input', event => written((event as InputEvent).isComposing));
    completion.attach(box);
    return box;
  }

  function press(event: KeyboardEvent): void {
    if (ofInputMethod(event)) return;
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isArrow = !(altKey || ctrlKey || metaKey || shiftKey) && /^Arrow(?:Up|Down)$/.test(key);
    const isFormat = (ctrlKey || metaKey) && !(altKey || shiftKey) && /^[bi]$/.test(key);
    if (completion.takes(event)) event.stopPropagation();
    // A key that is held down sends once.
    else if (sends(event)) event.repeat || send();
    else if (key === 'Escape' && target.answered) answer(undefined);
    else if (key === 'Escape' && target !== room) turnTo(room);
    else if (isFormat) formatIn(target.box, key === 'b' ? 'bold' : 'italic');
    else if (!isArrow || !recall(key === 'ArrowUp' ? -1 : 1)) return;
    event.preventDefault();
  }

  /** Puts what was sent in the box, where the caret can't go further; whether there is any. */
  function recall(by: -1 | 1): boolean {
    const { box, recall } = target;
    const beyond = by < 0 ? box.value.slice(0, box.selectionStart) : box.value.slice(box.selectionEnd);
    const text = beyond.includes('\n') ? undefined : recall.step(box.value, by);
    if (text === undefined) return false;
    insert(box, text, 0, box.value.length);
    completion.close();
    return true;
  }

  function written(isComposing: boolean): void {
    const { member, box } = target;
    const rest = isComposing ? undefined : answerIn(box.value);
    const whisperer = rest === undefined ? undefined : lastWhisperer();
    if (rest !== undefined && whisperer) return moveTo(targets.of(whisperer), rest);
    if (!member) actions.typing(box.value);
    object(target, '');
    measure();
  }

  const lastWhisperer = () => view?.members.find(({ id }) => id === view?.whisperer);

  /** What follows `/r` is for one from here on, and seen to be, even if somebody else whispers meanwhile. */
  function moveTo(next: Target, rest: string): void {
    const before = target;
    fill(before.box, '');
    turnTo(next);
    if (next !== before) next.back = before;
    insert(next.box, rest);
  }

  function turnTo(next: Target): void {
    completion.close();
    target.box.replaceWith(next.box);
    target = next;
    target.back = undefined;
    attach.turnTo(next.member);
    object(next, next.objection);
    show();
    answer(next.answered);
    // Where a box does not grow by itself, one that comes from another view has the height of an empty one.
    grow(next.box);
  }

  let shown = '';
  /** Says whom it goes to. */
  function show(): void {
    const { member, box } = target;
    const now = JSON.stringify(member && [member.id, nameOf(member), member.hue, member.lookalike]);
    box.setAttribute('placeholder', member ? words.whisperTo(nameOf(member)) : words.MESSAGE_TO_EVERYONE);
    if (now === shown) return;
    shown = now;
    whom.replaceChildren(...(member ? [showAlias(member), lookalikeMark(member.lookalike) ?? ''] : []));
    banner.hidden = !member;
    node.classList.toggle('to-one', Boolean(member));
  }

  function answer(answered: Answered | undefined): void {
    setAnswered(target, answered);
    target.box.focus();
    measure();
  }

  function setAnswered(of: Target, answered: Answered | undefined): void {
    of.answered = answered;
    if (of !== target) return;
    replying.hidden = !answered;
    line.replaceChildren(...(answered?.quotation ?? []));
  }

  /** Tells of what stands in the box how long it may still be, how it looks, and what is in its way. */
  function measure(): void {
    const { member, box, answered } = target;
    const hinders = member && actions.obstacle(member);
    setText(hindrance, hinders ? tellNote(hinders) : '');
    count.update(actions.bytesLeft(box.value, member, answered?.key));
    preview.update(box.value);
  }

  function reasonToKeep(): string | undefined {
    const { member, box, answered } = target;
    const command = parseCommand(box.value);
    const { kind } = command;
    if (member && command.kind === 'exit' && command.farewell) return words.FAREWELL_TO_ALL;
    if (answered && kind === 'act') return words.ACTION_ANSWERS_NOTHING;
    const hinders = member && (kind === 'say' || kind === 'act') && actions.obstacle(member);
    const left = actions.bytesLeft(box.value, member, answered?.key) ?? 0;
    if (hinders) return tellNote(hinders);
    return left < 0 ? words.tooLongBy(-left) : undefined;
  }

  function object(to: Target, why: string): void {
    to.objection = why;
    if (to === target) setText(objection, why);
  }

  function refuse(why: string): void {
    object(target, why);
    target.box.focus();
  }

  async function sayAnswering(html: string, to: Member | undefined): Promise<Taken> {
    const sending = to ? targets.of(to) : room;
    const { answered } = sending;
    const taken = await actions.say(html, to, answered?.key);
    if (taken === 'taken' && sending.answered === answered) setAnswered(sending, undefined);
    return taken;
  }

  let underWay = Promise.resolve();
  function follow(sending: Promise<void>): void {
    const done = sending.catch(reportError);
    underWay = underWay.then(() => done);
  }
  async function settled(): Promise<void> {
    // Something else may go on its way meanwhile.
    for (let seen: unknown; seen !== underWay;) await (seen = underWay);
  }
  const send = () => follow(submit());
  async function submit(): Promise<void> {
    const reason = reasonToKeep();
    if (reason) return refuse(`${reason} ${words.STAYS_HERE}`);
    const sending = target;
    object(sending, '');
    const { member, box, kept } = sending;
    const text = box.value;
    const { kind } = parseCommand(text);
    // A command carries neither: both stay for what is said next.
    const answered = kind === 'say' ? sending.answered : undefined;
    if (kind === 'say' || kind === 'act' || kind === 'nothing') attach.submit();
    completion.close();
    // Cleared before the answer, so that the next line can be typed; given back if this one is not taken.
    fill(box, kept.shift() ?? '');
    measure();
    if (!text.trim()) return;
    if (answered) setAnswered(sending, undefined);
    const timer = view?.timer ?? 0;
    const forgetAt = timer > 0 ? Date.now() + timer * 1000 : undefined;
    // An error is told where errors are, and loses nobody a text.
    const taken = await actions.send(text, member, answered?.key).catch(error => {
      reportError(error);
      return 'kept';
    });
    if (taken === 'taken') {
      sending.recall.add(text, forgetAt);
      if (sending === target && sending.back && !box.value) turnTo(sending.back);
      return;
    }
    if (answered && !sending.answered) setAnswered(sending, answered);
    if (box.value) kept.push(text);
    else fill(box, text);
    measure();
  }

  /** Shows which commands there are: to choose from, where one may stand. */
  function commands(): void {
    if (target.box.value) void actions.send('/help', undefined, undefined);
    else insert(target.box, '/');
  }

  // Pictures above the box go first.
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || ofInputMethod(event) || !attach.escape()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  node.addEventListener('keydown', escape, { capture: true });
  node.addEventListener('submit', event => {
    event.preventDefault();
    send();
    target.box.focus();
  });
  if (before) {
    attach.takeOver(before.pictures);
    attach.turnTo(target.member);
    setAnswered(target, target.answered);
  }
  show();

  return {
    node,
    attach,
    focus: () => target.box.focus(),
    update(now) {
      view = now;
      targets.update(now.members, target);
      // Nothing of a line that is gone is shown any more.
      for (const each of targets.all()) {
        each.recall.forget(Date.now());
        if (!each.answered || now.lines.some(line => 'html' in line && line.key === each.answered?.key))
          continue;
        setAnswered(each, undefined);
        object(each, tellNote({ code: 'no-line' }));
      }
      show();
      measure();
      // It has a size now.
      if (before) grow(target.box);
      before = undefined;
    },
    whisperTo: member => turnTo(targets.of(member)),
    whisperBack() {
      const whisperer = lastWhisperer();
      const code = view?.whisperer === undefined ? 'unwhispered' : 'whisperer-gone';
      if (whisperer) turnTo(targets.of(whisperer));
      else refuse(tellNote({ code }));
    },
    mention(named) {
      const { box } = target;
      const isApart = /(?:^|\s)$/.test(box.value.slice(0, box.selectionStart));
      insert(box, `${isApart ? '' : ' '}@${nameOf(named)} `);
      completion.close();
    },
    object: note => refuse(tellNote(note)),
    explain: why => object(target, why),
    hasDraft: () => attach.hasDraft() || targets.hasDraft(),
    answer(line, to) {
      const next = to ? targets.of(to) : room;
      if (next !== target) turnTo(next);
      answer(line);
    },
    settled,
    handOver: () => ({ targets, target, pictures: attach.handOver() }),
    forget: () => targets.forget(),
  };
}
