// The rule of aliases, needed before a room is entered: a script of its own, loaded after the page is there.

export { checkAlias } from '../seal/alias.ts';
export { Looks } from './looks.ts';
