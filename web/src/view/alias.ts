// A member's alias as it is written everywhere: in its hue, never mixed up with the text around it, and with a word
// beside it where it can be taken for another.

import type { Lookalike, Named } from '../state.ts';
import { AS_WRITTEN, type Attributes, element } from './element.ts';
import * as words from '../words/en.ts';

/** The class that says whose something is; style/hues.css has it. */
export const hueClass = ({ hue }: Pick<Named, 'hue'>): string => `hue-${hue}`;

export const showAlias = (named: Named, attributes: Attributes = {}): HTMLElement =>
  element(
    'bdi',
    { ...attributes, ...AS_WRITTEN, class: `alias ${hueClass(named)}` },
    nameOf(named) || words.UNNAMED,
  );

/** `alice 2` where several have the alias; none has a blank of its own. */
export const nameOf = ({ alias, ordinal }: Named): string =>
  ordinal === undefined ? alias : `${alias} ${ordinal}`;

/** Says for whom a member can be taken; nothing where there is nobody. */
export function lookalikeMark(lookalike: Lookalike | undefined): HTMLElement | undefined {
  if (!lookalike) return undefined;
  if (lookalike.of !== 'member') return element('span', { class: 'alike' }, words.LOOKALIKES[lookalike.of]);
  const like = words.looksLike(element('bdi', AS_WRITTEN, lookalike.alias));
  return element('span', { class: 'alike', title: words.OTHER_CHARACTERS }, ...like);
}
