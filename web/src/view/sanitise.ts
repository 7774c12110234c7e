// What a member typed, made safe to show. Nothing of it loads, runs, styles or positions.
//
// First every `<` that does not begin a well-formed tag of the list is escaped, so `1 < 2` shows as typed and the
// parser sees nothing but the tags below. DOMPurify then holds the same list once more. No string is ever written
// into the page: DOMPurify hands back nodes.

import DOMPurify from 'dompurify';
import { imageSize } from './image-size.ts';

/** Most tags in a message, opening and closing; one with more is shown as plain text. */
export const TAGS_MOST = 1000;
/** Most elements the parser may make of those tags: unclosed formatting is opened again in every paragraph. */
export const ELEMENTS_MOST = 1000;
/** Deepest nesting; a message nested deeper is shown as plain text. */
export const DEPTH_MOST = 32;
/** Most columns or rows a cell may span: a browser lays out a thousand by a thousand of them if asked to. */
export const SPAN_MOST = 50;
/** Most pixels of a message's images together: unpacked they take four bytes each, whatever they took packed. */
export const PIXELS_MOST = 4_000_000;

const INLINE = `a em strong small s cite q dfn abbr ruby rt rp data time code var samp kbd sub sup i b u mark
  bdi bdo span br wbr ins del img`.split(/\s+/);
const CELLED = ['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'col'];
const LISTS = ['ul', 'ol', 'menu', 'dl'];
const BLOCKS =
  `p hr pre blockquote li dt dd figure figcaption div h1 h2 h3 h4 h5 h6 hgroup caption td th details
  summary`.split(/\s+/);
const TAGS = new Set([...INLINE, ...CELLED, ...LISTS, ...BLOCKS]);

const whole = (most: number) => (value: string) => /^\d{1,4}$/.test(value) && Number(value) <= most;
const anything = () => true;

/** Attributes by what their values may be. Whatever places, styles, names or loads is not here. */
const ATTRIBUTES = new Map<string, (value: string) => boolean>(
  Object.entries({
    href: value => /^(?:https?:\/\/|mailto:)/i.test(value),
    src: shownImage,
    alt: anything,
    title: anything,
    lang: anything,
    datetime: anything,
    value: anything,
    dir: value => /^(?:ltr|rtl|auto)$/i.test(value),
    scope: value => /^(?:col|row|colgroup|rowgroup)$/i.test(value),
    type: value => /^[1aAiI]$/.test(value),
    start: value => /^-?\d{1,6}$/.test(value),
    colspan: whole(SPAN_MOST),
    rowspan: whole(SPAN_MOST),
    span: whole(SPAN_MOST),
    open: anything,
    reversed: anything,
  }),
);
/** Attributes that stand without a value. Another bare word after a tag's name makes it text: `a<b and c>d`. */
const BARE = /^(?:open|reversed)$/i;

const VALUE = `=\\s*(?:"[^"]*"|'[^']*'|[^\\s"'=<>\`]+)`;
const TAG = new RegExp(`<(/?)([a-z][a-z0-9]*)((?:\\s+[a-z-]+(?:\\s*${VALUE})?)*)\\s*/?>|<`, 'gi');
const ATTRIBUTE = new RegExp(`([a-z-]+)(\\s*${VALUE})?`, 'gi');

const CONFIGURATION = {
  ALLOWED_TAGS: [...TAGS],
  ALLOWED_ATTR: [...ATTRIBUTES.keys()],
  ADD_URI_SAFE_ATTR: [...ATTRIBUTES.keys()].filter(name => name !== 'href' && name !== 'src'),
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

class TooMuch extends Error {}

let pixels = 0;
/** Whether an image's bytes are in the message itself, and its pixels within what is left of the bound. */
function shownImage(source: string): boolean {
  const [, packed] = /^data:image\/(?:png|jpeg|gif|webp);base64,([a-z0-9+/]+=*)$/i.exec(source) ?? [];
  const size = packed && imageSize(unpacked(packed));
  if (!size || pixels + size.width * size.height > PIXELS_MOST) return false;
  pixels += size.width * size.height;
  return true;
}

function unpacked(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  } catch {
    // No multiple of four letters, which browsers refuse too.
    return new Uint8Array();
  }
}

let elements = 0;
DOMPurify.addHook('uponSanitizeElement', node => {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  elements += 1;
  if (elements > ELEMENTS_MOST) throw new TooMuch();
});
DOMPurify.addHook('uponSanitizeAttribute', (_node, attribute) => {
  if (!ATTRIBUTES.get(attribute.attrName)?.(attribute.attrValue)) attribute.keepAttr = false;
});

/** The message as nodes: formatted where it is well within the bounds above, as plain text where it is not. */
export function sanitise(html: string): DocumentFragment {
  try {
    return formatted(html);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    const plain = document.createDocumentFragment();
    plain.append(html);
    return plain;
  }
}

function formatted(html: string): DocumentFragment {
  elements = pixels = 0;
  const fragment = DOMPurify.sanitize(escapeStray(html), CONFIGURATION);
  checkDepth(fragment);
  for (const link of fragment.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
    // Where it leads, for who looks before following.
    link.setAttribute('title', link.getAttribute('href') ?? '');
  }
  for (const image of fragment.querySelectorAll('img')) {
    if (image.hasAttribute('src')) image.setAttribute('decoding', 'async');
    else image.replaceWith(`[image not shown${image.alt && `: ${image.alt}`}]`);
  }
  tidyWhitespace(fragment);
  return fragment;
}

function escapeStray(html: string): string {
  let tags = 0;
  return html.replace(TAG, (match, close: string, name = '', attributes = '') => {
    const kept = TAGS.has(name.toLowerCase()) ? keptAttributes(close, attributes) : undefined;
    if (kept === undefined) return match.replaceAll('<', '&lt;');
    tags += 1;
    if (tags > TAGS_MOST) throw new TooMuch();
    return `<${close}${name}${kept}>`;
  });
}

/** Those attributes that the list has, as typed; undefined where no tag has such attributes. */
function keptAttributes(close: string, attributes: string): string | undefined {
  if (close) return attributes === '' ? '' : undefined;
  let kept = '';
  for (const [attribute, name = '', value] of attributes.matchAll(ATTRIBUTE)) {
    if (value === undefined && !BARE.test(name)) return undefined;
    if (ATTRIBUTES.has(name.toLowerCase())) kept += ` ${attribute}`;
  }
  return kept;
}

function checkDepth(fragment: DocumentFragment): void {
  let depth = 0;
  let node: Node = fragment;
  for (;;) {
    if (node.firstChild) {
      node = node.firstChild;
      depth += 1;
      if (depth > DEPTH_MOST + 1) throw new TooMuch();
      continue;
    }
    while (!node.nextSibling) {
      if (!node.parentNode) return;
      node = node.parentNode;
      depth -= 1;
    }
    node = node.nextSibling;
  }
}

const SPACED = new Set([...CELLED, ...LISTS, ...BLOCKS]);
const isBlock = (node: Node | null): boolean => node !== null && SPACED.has(node.nodeName.toLowerCase());

/** Typed newlines are shown (`white-space: pre-wrap`), except those which merely set tags apart. */
function tidyWhitespace(fragment: DocumentFragment): void {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement?.closest('pre')) continue;
    const opens = isBlock(text.previousSibling) || (!text.previousSibling && isBlock(text.parentNode));
    const closes = isBlock(text.nextSibling) || (!text.nextSibling && isBlock(text.parentNode));
    if ((opens || closes) && !/\S/.test(text.data)) text.remove();
    else if (opens) text.data = text.data.replace(/^[ \t]*\r?\n/, '');
  }
}
