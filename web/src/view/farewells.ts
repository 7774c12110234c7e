// The last sentences: apart from the others, for the farewell has a page of its own. No DOM.

import type { Ending } from '../state.ts';

/** Why the conversation is over. */
export const FAREWELLS: Record<Ending, string> = {
  left: 'You have left the room.',
  kicked: 'You were kicked out of the room.',
  stopped: 'The room was stopped. The conversation is over for everybody.',
  'too-slow': 'Your connection was too slow to keep up with the room.',
  flooding: 'You sent too much too fast, and the server ended your connection.',
  'resumed-elsewhere': 'Your place in the room was taken over by another connection.',
  'shutting-down': 'The server is shutting down. The conversation is over for everybody.',
  malformed: 'The server did not understand this page and ended the connection.',
};
