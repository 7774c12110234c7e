// All that a room takes: the page loads it once its entrance is there.

export { createClient } from './client.ts';
export { createRoom } from './view/room.ts';
