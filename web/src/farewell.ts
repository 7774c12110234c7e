// The page after a conversation: a document of its own, so that the room's whole memory is gone with the old one.

import * as words from './words/en.ts';

const reason = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

const sentence = Object.hasOwn(words.FAREWELLS, reason)
  ? words.FAREWELLS[reason as keyof typeof words.FAREWELLS]
  : undefined;
const shown = document.getElementById('reason');
if (sentence && shown) shown.textContent = sentence;
