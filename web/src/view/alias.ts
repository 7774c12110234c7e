// A member's alias as it is written everywhere: in its colour, and never mixed up with the text around it.

import type { Author } from '../state.ts';
import { type Attributes, element } from './element.ts';
import { UNNAMED } from './words.ts';

/** How many colours tell members apart. */
const HUES = 8;

export const showAlias = (
  { id, alias }: Pick<Author, 'id' | 'alias'>,
  attributes: Attributes = {},
): HTMLElement => element('bdi', { ...attributes, class: `alias hue-${id % HUES}` }, alias || UNNAMED);
