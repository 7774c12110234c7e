// Carries out what was typed: a message, or a command.

import { type Command, parseCommand, usage } from './commands.ts';
import type { Written } from './session/capacity.ts';
import type { Effect } from './session/effects.ts';
import type { Membership } from './session/membership.ts';
import { TIMER_MOST } from './session/timer.ts';
import type { Session } from './session.ts';
import type { Addressee, Member, Note } from './state.ts';

/** The outcome of one step; `taken`: what was typed can be cleared away. */
export type Done = { taken: boolean; effects: Effect[]; verify?: Addressee };

/** What was typed stays in its box. */
export const KEPT: Done = { taken: false, effects: [] };

/** The member that what is typed goes to, if not to all; and the line that it answers. */
export type Aim = { to?: Addressee | undefined; answers?: number | undefined };

/** Makes HTML of what was typed; null where what does that could not be loaded. */
export type ToHtml = ((typed: string) => string) | null;

type Outcome = Done | Effect[] | Promise<Done | Effect[]>;

type OnMember = 'kick' | 'hand' | 'verify' | 'ignore';

/**
 * A command with the member that it was for when it was typed, or why there was none: nobody who comes, whispers or is
 * renamed before it is carried out takes that one's place.
 */
type Read =
  | Exclude<Command, { kind: OnMember | 'whisper' | 'answer' }>
  | { kind: OnMember; whom: Addressee | Note }
  | { kind: 'whisper'; whom: Addressee | Note; html: string };

/** To be called when it is typed. */
export function readTyped(session: Session, text: string): Read {
  const command = parseCommand(text);
  const membership = session.membership();
  switch (command.kind) {
    case 'kick':
    case 'hand':
    case 'verify':
    case 'ignore':
      return { kind: command.kind, whom: find(membership, command.alias, command.ordinal) };
    case 'whisper': {
      const { ordinal, typed } = addressed(membership, command.alias, command.html);
      return { kind: 'whisper', whom: find(membership, command.alias, ordinal), html: typed };
    }
    case 'answer':
      return { kind: 'whisper', whom: whisperer(membership), html: command.html };
    default:
      return command;
  }
}

export const carryOut = (
  session: Session,
  read: Read,
  aim: Aim,
  now: number,
  toHtml: ToHtml,
): Promise<Done> =>
  asMember(session, membership =>
    !toHtml && isSaid(read)
      ? reject(membership, { code: 'not-loaded' })
      : execute(session, membership, read, { ...aim, now, toHtml: toHtml ?? String }),
  );

/** Says HTML that the page has made, in which no command is looked for. */
export const say = (session: Session, html: string, aim: Aim, now: number): Promise<Done> =>
  asMember(session, membership => speak(membership, 'message', html, { ...aim, now, toHtml: String }));

async function asMember(session: Session, work: (membership: Membership) => Outcome): Promise<Done> {
  const membership = session.membership();
  const outcome = membership ? await work(membership) : KEPT;
  return Array.isArray(outcome) ? { taken: true, effects: outcome } : outcome;
}

/** Whether any of what was typed is to be said, to whomever. */
export const isSaid = (read: Read): boolean =>
  'html' in read || (read.kind === 'exit' && read.farewell !== '');

/** Bytes that are left of what a message may hold, negative where it is too long; undefined where none is typed. */
export function bytesLeft(session: Session, text: string, aim: Aim, toHtml: ToHtml): number | undefined {
  const membership = session.membership();
  if (!membership) return undefined;
  const command = parseCommand(text);
  const left = (typed: string, written: Omit<Written, 'text'>) =>
    membership.bytesLeft({ text: toHtml ? toHtml(typed) : typed, ...written });
  const isWhisper = aim.to !== undefined;
  switch (command.kind) {
    case 'say':
      return left(command.html, { isWhisper, isAnswer: aim.answers !== undefined });
    case 'act':
      return left(command.html, { isWhisper });
    case 'whisper':
      return left(addressed(membership, command.alias, command.html).typed, { isWhisper: true });
    case 'answer':
      return left(command.html, { isWhisper: true });
    case 'exit':
      return left(command.farewell, {});
    default:
      return undefined;
  }
}

/** Whether what is being typed is a message to all. */
export const isMessage = (text: string): boolean => parseCommand(text).kind === 'say';

type Typing = Aim & { now: number; toHtml: (typed: string) => string };

function execute(session: Session, membership: Membership, command: Read, typing: Typing): Outcome {
  const { now, toHtml } = typing;
  switch (command.kind) {
    case 'nothing':
      return KEPT;
    case 'say':
    case 'act': {
      const kind = command.kind === 'act' ? 'action' : 'message';
      return speak(membership, kind, command.html, typing);
    }
    case 'whisper':
      return whisperTo(membership, command.whom, command.html, typing);
    case 'kick':
    case 'hand':
    case 'verify':
    case 'ignore':
      return carryOutOn(membership, command.kind, command.whom, now);
    case 'alias':
      return membership.rename(command.alias, now);
    case 'exit':
      return exit(session, toHtml(command.farewell), now);
    case 'stop':
      return membership.stop(now);
    case 'lock':
      return membership.lock(command.locked, now);
    case 'timer':
      return command.seconds <= TIMER_MOST
        ? membership.setTimer(command.seconds, now)
        : reject(membership, usage('timer'));
    case 'relock':
      return membership.relock(now);
    case 'number':
      membership.note({ code: 'number', number: membership.view().you.number });
      return [];
    case 'help':
      membership.note({ code: 'help' });
      return [];
    case 'mistake':
      return reject(membership, command.mistake);
  }
}

function carryOutOn(membership: Membership, kind: OnMember, whom: Addressee | Note, now: number): Outcome {
  if ('code' in whom) return reject(membership, whom);
  if (whom.number === membership.view().you.number) return reject(membership, { code: 'yourself' });
  if (kind === 'kick') return membership.kick(whom, true, now);
  if (kind === 'hand') return membership.hand(whom, now);
  if (!whom.number) return reject(membership, { code: 'unnamed' });
  if (kind === 'verify') return { taken: true, effects: [], verify: whom };
  membership.ignore(whom);
  return [];
}

async function exit(session: Session, farewell: string, now: number): Promise<Done> {
  const effects = await session.leave(farewell, now);
  return { taken: session.membership() === null, effects };
}

/** Nothing that was meant for one goes to another. */
function whisperTo(membership: Membership, whom: Addressee | Note, typed: string, typing: Typing): Outcome {
  if ('code' in whom) return reject(membership, whom);
  return typed ? speak(membership, 'message', typed, { ...typing, to: whom, answers: undefined }) : KEPT;
}

/** A number at the beginning says which of several it is for. */
function addressed(
  membership: Membership | null,
  alias: string,
  text: string,
): { ordinal?: number; typed: string } {
  const [, ordinal, typed = ''] =
    (membership?.wasNumbered(alias) && /^(\d{1,3})(?:\s+(.*))?$/s.exec(text)) || [];
  return ordinal === undefined ? { typed: text } : { ordinal: Number(ordinal), typed };
}

function whisperer(membership: Membership | null): Member | Note {
  const { whisperer, members = [] } = membership?.view() ?? {};
  if (whisperer === undefined) return { code: 'unwhispered' };
  return members.find(({ id }) => id === whisperer) ?? { code: 'whisperer-gone' };
}

function speak(
  membership: Membership,
  kind: 'message' | 'action',
  typed: string,
  { to, answers, now, toHtml }: Typing,
): Outcome {
  const body = { kind, at: now, timer: membership.parts.timer.own(), text: toHtml(typed) } as const;
  // An action answers nothing.
  const answered = kind === 'message' ? answers : undefined;
  return membership.say({ to: to ?? null, body }, now, answered);
}

/** Leaves what was typed in its box, and says why. */
function reject(membership: Membership, note: Note): Done {
  membership.note(note);
  return KEPT;
}

/** The member that is meant, or why it can't be told. */
function find(membership: Membership | null, alias: string, ordinal: number | undefined): Member | Note {
  const named = membership?.named(alias) ?? [];
  if (ordinal === undefined && named.length > 1) return { code: 'several', alias, count: named.length };
  const found = named.find(member => member.ordinal === ordinal);
  return found ?? { code: 'nobody', alias: ordinal === undefined ? alias : `${alias} ${ordinal}` };
}
