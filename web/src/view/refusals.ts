// Why somebody is at the entrance again: in words, by which field, and whether to try again.

import { PASSWORD_LEAST, PASSWORD_MOST } from '../seal/password.ts';
import type { Refusal } from '../state.ts';
import * as words from '../words/en.ts';

/** `offline`: as the browser says; `withCode`: a code to open rooms was given. */
export function tellRefusal(refusal: Refusal, known: { offline: boolean; withCode: boolean }): string {
  if (typeof refusal === 'object') return words.describeAliasFault(refusal);
  if (refusal === 'bad-password') return words.badPassword(PASSWORD_LEAST, PASSWORD_MOST);
  if (known.offline) return words.OFFLINE;
  return refusal === 'needs-code' && known.withCode ? words.WRONG_CODE : words.REFUSALS[refusal];
}

/** Whether the same may go better the next time. */
export const isWorthRetrying = (refusal: Refusal): boolean =>
  refusal === 'no-entry' || refusal === 'unreachable' || refusal === 'not-loaded' || refusal === 'no-worker';

/** The field that a refusal is about. */
export const wrongField = (refusal: Refusal): Field | undefined =>
  typeof refusal === 'object' ? 'alias' : FIELDS[refusal];

type Field = 'alias' | 'room' | 'password' | 'code';

const FIELDS: Partial<Record<Refusal & string, Field>> = {
  'alias-in-use': 'alias',
  'bad-room-key': 'room',
  taken: 'room',
  'bad-password': 'password',
  'needs-code': 'code',
};
