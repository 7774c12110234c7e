// The page after a conversation: a document of its own, so that the room's whole memory is gone with the old one.

import { speakOneOf } from './language.ts';
import * as words from './words/en.ts';
import { languageOf } from './words/languages.ts';

/** Why it is over, and the language that was spoken. */
const [reason = '', language = ''] = location.hash.slice(1).split('&');
history.replaceState(null, '', location.pathname);

/** The document is in English, for when no words come. */
async function tell(): Promise<void> {
  const card = document.querySelector('main');
  if (!card) return;
  card.hidden = true;
  const spoken = await speakOneOf(language ? [language] : navigator.languages);
  card.hidden = false;
  if (!spoken) return;
  const why = Object.hasOwn(words.FAREWELLS, reason)
    ? words.FAREWELLS[reason as keyof typeof words.FAREWELLS]
    : words.OVER;
  const texts = [why, words.NOTHING_KEPT, words.BACK];
  for (const [at, node] of card.querySelectorAll('#reason, .quiet, a').entries())
    node.textContent = texts[at] ?? '';
  // The entrance goes on in it.
  card.querySelector('a')?.setAttribute('href', `./#${languageOf(words.LANGUAGE)}`);
}
void tell();
