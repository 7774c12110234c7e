// The page after a conversation: a document of its own, so that the room's whole memory is gone with the old one.

import { FAREWELLS } from './view/farewells.ts';

const reason = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

const sentence = Object.hasOwn(FAREWELLS, reason) ? FAREWELLS[reason as keyof typeof FAREWELLS] : undefined;
const shown = document.getElementById('reason');
if (sentence && shown) shown.textContent = sentence;
