// The page after a conversation: a document of its own, so that the room's whole memory is gone with the old one.

import { speakOneOf } from './language.ts';
import { applyAppearance, takeWho } from './view/tab.ts';
import * as words from './words/en.ts';
import { languageOf } from './words/languages.ts';

applyAppearance();
/** Why it is over, and the language that was spoken. */
const [reason = '', language = ''] = location.hash.slice(1).split('&');
history.replaceState(null, '', location.pathname);
const who = takeWho();

/** The document is in English, for when no words come. */
async function tell(): Promise<void> {
  const card = document.querySelector('main');
  if (!card) return;
  card.hidden = true;
  const spoken = await speakOneOf(language ? [language] : navigator.languages);
  card.hidden = false;
  if (!spoken) return;
  const why = Object.hasOwn(words.FAREWELLS, reason)
    ? words.farewell(reason as keyof typeof words.FAREWELLS, who)
    : words.OVER;
  const texts = [why, words.NOTHING_KEPT, words.BACK];
  for (const [at, node] of card.querySelectorAll('#reason, .quiet, a').entries())
    node.textContent = texts[at] ?? '';
  // The entrance goes on in it.
  back?.setAttribute('href', `./#${languageOf(words.LANGUAGE)}`);
}

// The way back to the entrance leaves no second entry in the history.
const back = document.querySelector('a');
back?.addEventListener('click', event => {
  event.preventDefault();
  location.replace(back.href);
});
void tell();
