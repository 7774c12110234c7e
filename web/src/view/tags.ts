// What is shown of each element of the HTML standard. Of one that does not stand here the tags are shown as text.

import { PHRASING } from './links.ts';

const INLINE = [...PHRASING, 'a', 'br', 'img', 'meter', 'progress'];
const CELLED = ['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'col'];
const LISTS = ['ul', 'ol', 'menu', 'dl'];
const BLOCKS = 'p hr pre blockquote li dt dd figure figcaption div caption td th details summary'.split(' ');

/**
 * Shown as another element, of the class after it: headings and sections would stand in the outline of the page, and what
 * the standard has given up has kin that it has not.
 */
export const KIN: Readonly<
  Record<string, readonly [tag: 'div' | 'span' | 'code' | 's' | 'abbr' | 'ul', look?: string]>
> = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map(level => [`h${level}`, ['div', `h${level}`] as const])),
  ...Object.fromEntries(
    'hgroup article section nav aside header footer main search'
      .split(' ')
      .map(tag => [tag, ['div'] as const]),
  ),
  address: ['div', 'address'],
  center: ['div', 'center'],
  font: ['span'],
  nobr: ['span'],
  big: ['span', 'big'],
  tt: ['code'],
  strike: ['s'],
  acronym: ['abbr'],
  dir: ['ul'],
};

export const TAGS: ReadonlySet<string> = new Set([
  ...INLINE,
  ...CELLED,
  ...LISTS,
  ...BLOCKS,
  ...Object.keys(KIN),
]);

const SPACED = new Set([...CELLED, ...LISTS, ...BLOCKS]);

/** Whether an element, once kin have taken the places of others, stands in lines of its own. */
export const isBlock = (node: Node | null): boolean =>
  node !== null && SPACED.has(node.nodeName.toLowerCase());

/** The text of what is shown, in lines as it is shown in; no more than it takes to reach `most` letters. */
export function plainText(shown: Node, most = Infinity): string {
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let text = '';
  while (text.length < most && walker.nextNode()) {
    const node = walker.currentNode;
    const begins = isBlock(node) || isBlock(node.previousSibling);
    if (node.nodeName === 'BR' || (begins && text && !text.endsWith('\n'))) text += '\n';
    if (node instanceof Text) text += node.data;
  }
  return text;
}

/** The same; of pictures without any text beside them, what they are called. */
export function textIn(shown: ParentNode & Node, most?: number): string {
  const text = plainText(shown, most);
  return text.trim() ? text : [...shown.querySelectorAll('img')].map(({ alt }) => alt).join(' ');
}
