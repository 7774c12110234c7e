// Carries out what was typed: a message, or a command.

import { type Command, parseCommand } from './commands.ts';
import type { Written } from './session/capacity.ts';
import type { Effect } from './session/effects.ts';
import type { Membership } from './session/membership.ts';
import type { Session } from './session.ts';
import type { Member, Note } from './state.ts';

/** The outcome of one step; `taken`: what was typed can be cleared away. */
export type Done = { taken: boolean; effects: Effect[]; verify?: number };

/** What was typed stays in its box. */
export const KEPT: Done = { taken: false, effects: [] };

/** Who a whisper is meant for: under another voice, the same id is somebody else's. */
export type Addressee = Pick<Member, 'id' | 'number'>;

/** The member that what is typed goes to, if not to all; and the line that it answers. */
export type Aim = { to?: Addressee | undefined; answers?: number | undefined };

/** Makes HTML of what was typed; null where what does that could not be loaded. */
export type ToHtml = ((typed: string) => string) | null;

type Outcome = Done | Effect[] | Promise<Done | Effect[]>;

export const carryOut = (
  session: Session,
  text: string,
  aim: Aim,
  now: number,
  toHtml: ToHtml,
): Promise<Done> =>
  asMember(session, membership =>
    !toHtml && isSaid(text)
      ? reject(membership, { code: 'not-loaded' })
      : execute(session, membership, parseCommand(text), { ...aim, now, toHtml: toHtml ?? String }),
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
export function isSaid(text: string): boolean {
  const command = parseCommand(text);
  return 'html' in command || (command.kind === 'exit' && command.farewell !== '');
}

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

/** Why nothing can be whispered to a member now. */
export function obstacle(session: Session, to: Addressee): Note | undefined {
  const membership = session.membership();
  return membership ? obstacleTo(membership, to) : undefined;
}

/** Whether what is being typed is a message to all. */
export const isMessage = (text: string): boolean => parseCommand(text).kind === 'say';

type Typing = Aim & { now: number; toHtml: (typed: string) => string };

function execute(session: Session, membership: Membership, command: Command, typing: Typing): Outcome {
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
      return whisperTo(membership, command.alias, command.html, typing);
    case 'answer':
      return answerWhisper(membership, command.html, typing);
    case 'kick':
    case 'hand':
    case 'verify':
    case 'ignore': {
      const member = find(membership, command.alias, command.ordinal);
      if ('code' in member) return reject(membership, member);
      return carryOutOn(membership, command.kind, member, now);
    }
    case 'alias':
      return membership.rename(command.alias, now);
    case 'exit':
      return exit(session, toHtml(command.farewell), now);
    case 'stop':
      return membership.stop(now);
    case 'lock':
      return membership.lock(command.locked, now);
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

function carryOutOn(
  membership: Membership,
  kind: 'kick' | 'hand' | 'verify' | 'ignore',
  member: Member,
  now: number,
): Outcome {
  if (member.you) return reject(membership, { code: 'yourself' });
  if (kind === 'kick') return membership.kick(member.id, true, now);
  if (kind === 'hand') return membership.hand(member.id, now);
  if (!member.number) return reject(membership, { code: 'unnamed' });
  if (kind === 'verify') return { taken: true, effects: [], verify: member.id };
  membership.ignore(member.id, !member.ignored);
  return [];
}

async function exit(session: Session, farewell: string, now: number): Promise<Done> {
  const effects = await session.leave(farewell, now);
  return { taken: session.membership() === null, effects };
}

/** Nothing that was meant for one goes to another. */
function whisperTo(membership: Membership, alias: string, text: string, typing: Typing): Outcome {
  const { ordinal, typed } = addressed(membership, alias, text);
  const member = find(membership, alias, ordinal);
  if ('code' in member) return reject(membership, member);
  return typed ? speak(membership, 'message', typed, { ...typing, to: member, answers: undefined }) : KEPT;
}

/** A number at the beginning says which of several it is for. */
function addressed(membership: Membership, alias: string, text: string): { ordinal?: number; typed: string } {
  const [, ordinal, typed = ''] =
    (membership.wasNumbered(alias) && /^(\d{1,3})(?:\s+(.*))?$/s.exec(text)) || [];
  return ordinal === undefined ? { typed: text } : { ordinal: Number(ordinal), typed };
}

function answerWhisper(membership: Membership, typed: string, typing: Typing): Outcome {
  const { whisperer, members } = membership.view();
  if (whisperer === undefined) return reject(membership, { code: 'unwhispered' });
  const to = members.find(({ id }) => id === whisperer);
  if (!to) return reject(membership, { code: 'whisperer-gone' });
  return speak(membership, 'message', typed, { ...typing, to, answers: undefined });
}

function speak(
  membership: Membership,
  kind: 'message' | 'action',
  typed: string,
  { to, answers, now, toHtml }: Typing,
): Outcome {
  const body = { kind, at: now, timer: membership.parts.timer.seconds, text: toHtml(typed) } as const;
  // An action answers nothing.
  const answered = kind === 'message' ? answers : undefined;
  if (to === undefined) return membership.say({ to: null, body }, now, answered);
  const why = obstacleTo(membership, to);
  return why ? reject(membership, why) : membership.say({ to: to.id, body }, now, answered);
}

function obstacleTo(membership: Membership, to: Addressee): Note | undefined {
  const member = membership.view().members.find(({ id }) => id === to.id);
  if (member?.number !== to.number) return { code: 'gone' };
  if (member.you) return { code: 'yourself' };
  if (member.standing !== 'ready') return { code: 'unnamed' };
  return member.away ? { code: 'away', alias: member.alias } : undefined;
}

/** Leaves what was typed in its box, and says why. */
function reject(membership: Membership, note: Note): Done {
  membership.note(note);
  return KEPT;
}

/** The member that is meant, or why it can't be told. */
function find(membership: Membership, alias: string, ordinal: number | undefined): Member | Note {
  const named = membership.named(alias);
  if (ordinal === undefined && named.length > 1) return { code: 'several', alias, count: named.length };
  const found = named.find(member => member.ordinal === ordinal);
  return found ?? { code: 'nobody', alias: ordinal === undefined ? alias : `${alias} ${ordinal}` };
}
