// Why there is no WebSocket. A browser tells a page nothing of it, so that the page asks for the same by a plain request.

import { pathTo } from '../paths.ts';
import * as words from '../words/en.ts';

/** Milliseconds for the answer. */
const ANSWER_WITHIN = 10_000;

/** In the daemon's own answers alone. */
const OWN = 'cross-origin-embedder-policy';

/** Says what stands in the way; undefined where nothing answers. */
export async function diagnoseConnection(): Promise<string | undefined> {
  const path = pathTo('ws/000');
  let answer: Response;
  try {
    answer = await fetch(path, {
      cache: 'no-store',
      redirect: 'manual',
      // Browsers name no origin in a plain request to their own.
      headers: { 'Sanctuary-Origin': location.origin },
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
  } catch {
    return undefined;
  }
  const { status } = answer;
  const own = answer.headers.has(OWN);
  if (status === 0) return words.CONNECTION_FAULTS.elsewhere;
  if (status === 426) return words.CONNECTION_FAULTS.upgrade();
  if (own && status === 403) return words.CONNECTION_FAULTS.origin(location);
  if (own && status === 421) return words.CONNECTION_FAULTS.host(location);
  if (status === 503 && (own || /connections/.test(await answer.text()))) return words.CONNECTION_FAULTS.full;
  if (status >= 502 && status <= 504) return words.CONNECTION_FAULTS.gone(status);
  return words.CONNECTION_FAULTS.other(status, path);
}
