// The rule of aliases, needed to enter a room: a script of its own, loaded once the page is there.

export { checkAlias } from '../seal/alias.ts';
export { Looks } from './looks.ts';
