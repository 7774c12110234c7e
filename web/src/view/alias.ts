// A member's alias as it is written everywhere: in its hue, never mixed up with the text around it, and with a word
// beside it where it can be taken for another.

import type { Lookalike, Named } from '../state.ts';
import { AS_WRITTEN, type Attributes, element } from './element.ts';
import { UNNAMED } from './words.ts';

/** The class that says whose something is; style/hues.css has it. */
export const hueClass = ({ hue }: Pick<Named, 'hue'>): string => `hue-${hue}`;

export const showAlias = (named: Named, attributes: Attributes = {}): HTMLElement =>
  element('bdi', { ...attributes, ...AS_WRITTEN, class: `alias ${hueClass(named)}` }, named.alias || UNNAMED);

/** Says for whom a member can be taken; nothing where there is nobody. */
export const lookalikeMark = (like: Lookalike | undefined): HTMLElement | undefined =>
  like &&
  element(
    'span',
    { class: 'alike', title: like.alias && 'Written with other characters.' },
    like.words,
    like.alias && element('bdi', AS_WRITTEN, like.alias),
  );
