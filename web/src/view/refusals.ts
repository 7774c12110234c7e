// Why somebody is at the entrance again: in words, by which field, and whether to try again.

import { PASSWORD_LEAST, PASSWORD_MOST } from '../seal/password.ts';
import type { Refusal } from '../state.ts';
import * as words from '../words/en.ts';

/** `offline`: as the browser says; `withCode`: a code to open rooms was given. */
export function tellRefusal(refusal: Refusal, known: { offline: boolean; withCode: boolean }): string {
  if (typeof refusal === 'object') return words.describeAliasFault(refusal);
  if (refusal === 'bad-password') return words.badPassword(PASSWORD_LEAST, PASSWORD_MOST);
  if (known.offline) return words.OFFLINE;
  if (refusal === 'needs-code' && known.withCode) return words.WRONG_CODE;
  return words.REFUSALS[refusal];
}

/** Whether the same may go better the next time. */
export const isWorthRetrying = (refusal: Refusal): boolean => RETRIED.has(refusal);

const RETRIED: ReadonlySet<Refusal> = new Set([
  ...(['no-entry', 'unreachable', 'not-loaded', 'no-worker', 'busy', 'draining'] as const),
  ...(['locked', 'full'] as const),
]);

/** The field that a refusal is about. */
export const wrongField = (refusal: Refusal): Field | undefined =>
  typeof refusal === 'object' ? 'alias' : FIELDS[refusal];

type Field = 'alias' | 'room' | 'password' | 'code';

const FIELDS: Partial<Record<Refusal & string, Field>> = {
  'alias-in-use': 'alias',
  'bad-room-key': 'room',
  taken: 'room',
  'no-entry': 'password',
  'bad-password': 'password',
  'needs-code': 'code',
};
