// Loads what the page can do without at first, each a file of its own: at once, or when needed.

import type { Language } from './words/languages.ts';
import type { Translation } from './words/translation.ts';

/** The rule of aliases and what tells members apart. */
export type Aliases = Pick<typeof import('./looks/aliases.ts'), 'checkAlias' | 'Looks'> & {
  /** Null where the table of look-alikes did not load: then they are not marked. */
  skeletonsOf: ((alias: string) => string[]) | null;
};

/** Milliseconds after which a script that has not come counts as not to be had. */
const LOADED_WITHIN = 15_000;

/** Browsers remember which script did not load: each further try has an address of its own. */
const failures = new Map<string, number>();

/** Fails where it does not load. */
async function load<T>(name: string): Promise<T> {
  const failed = failures.get(name) ?? 0;
  // Beside the script of the page.
  const address = `./${name}.js${failed ? `?${failed}` : ''}`;
  const late = new Promise<never>((_, reject) => setTimeout(reject, LOADED_WITHIN));
  try {
    return await Promise.race([import(address), late]);
  } catch (error) {
    failures.set(name, failed + 1);
    throw error;
  }
}

/** All that the page says in one language. */
export const loadWords = async (language: Language): Promise<Translation> =>
  (await load<{ default: Translation }>(`words/${language}`)).default;

/** What talks to the daemon and shows a room. */
export const loadInside = (): Promise<typeof import('./inside.ts')> => load('inside');

/** Words and readers for what is out of the ordinary; without them the first word has to do. */
export const fetchLate = (): Promise<typeof import('./late.ts')> => load('late');

/** Draws QR codes. */
export const fetchQr = (): Promise<typeof import('./qr.ts')> => load('qr');

/** Makes HTML of what is typed. */
export const loadMarkdown = (): Promise<typeof import('./markdown.ts')> => load('markdown');

/** Makes pictures small enough to be sent. */
export const fetchPictures = (): Promise<typeof import('./pictures.ts')> => load('pictures');

export async function loadAliases(): Promise<Aliases> {
  const [rule, table] = await Promise.all([
    load<typeof import('./looks/aliases.ts')>('aliases'),
    load<typeof import('./looks/confusables.ts')>('confusables').catch(() => null),
  ]);
  return { ...rule, skeletonsOf: table && table.skeletonsOf };
}
