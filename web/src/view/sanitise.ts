// What a member typed, made safe to show. Nothing of it loads, runs, styles or positions.
//
// First every `&` that begins no whole character reference, and every `<` that does not begin a well-formed tag of
// the list, is escaped, so `1 < 2` shows as typed and the parser sees nothing but the tags below. DOMPurify then
// holds the same list once more. No string is ever written into the page: DOMPurify hands back nodes.

import DOMPurify from 'dompurify';
import { fromSeen } from '../commands.ts';
import * as words from '../words/en.ts';
import { linkAddresses } from './addresses.ts';
import {
  boundMarks,
  boundPlaces,
  checkDepth,
  ELEMENTS_MOST,
  ESCAPED_MOST,
  IMAGES_MOST,
  LANGUAGES_MOST,
  PIXELS_MOST,
  SPAN_MOST,
  TAGS_MOST,
  TITLE_MOST,
  textsOf,
  TooMuch,
} from './bounds.ts';
import { element } from './element.ts';
import { tellDestination } from './links.ts';
import { readPicture } from './picture.ts';
import { escapeReferences } from './references.ts';
import { isBlock, KIN, TAGS } from './tags.ts';
import { Marks } from './weight.ts';

/** The attribute as it is kept, or whether it is kept as it is. */
type Rule = (value: string) => string | boolean;

const whole = (most: number) => (value: string) => /^[1-9]\d{0,3}$/.test(value) && Number(value) <= most;
const anything = () => true;
const number = (value: string) => /^-?\d{1,9}(?:\.\d{1,9})?$/.test(value);
const short = (value: string) => new Marks().take(value.slice(0, TITLE_MOST));

/** Attributes by what their values may be. None that places, styles, names or loads is here. */
const ATTRIBUTES = new Map<string, Rule>(
  Object.entries({
    href: value => /^(?:https?:\/\/|mailto:)/i.test(value),
    src: shownImage,
    alt: short,
    title: short,
    lang: knownLanguage,
    datetime: anything,
    value: anything,
    dir: value => /^(?:ltr|rtl|auto)$/i.test(value),
    scope: value => /^(?:col|row|colgroup|rowgroup)$/i.test(value),
    type: value => /^[1aAiI]$/.test(value),
    start: value => /^-?\d{1,6}$/.test(value),
    colspan: whole(SPAN_MOST),
    rowspan: whole(SPAN_MOST),
    span: whole(SPAN_MOST),
    ...Object.fromEntries(['min', 'max', 'low', 'high', 'optimum'].map(name => [name, number])),
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

let images = 0;
let pixels = 0;
/** An image that the message itself holds, its pixels within what is left of the bound. */
function shownImage(source: string): string | false {
  images += 1;
  const picture = images <= IMAGES_MOST && readPicture(source);
  if (!picture || pixels + picture.pixels > PIXELS_MOST) return false;
  pixels += picture.pixels;
  return picture.address;
}

const languages = new Set<string>();
/** A language tag (RFC 5646) that is among the first of its message. */
function knownLanguage(tag: string): boolean {
  if (!/^[a-z]{2,8}(?:-[a-z\d]{1,8}){0,3}$/i.test(tag)) return false;
  if (languages.size < LANGUAGES_MOST) languages.add(tag.toLowerCase());
  return languages.has(tag.toLowerCase());
}

let elements = 0;
/** One more element, or attribute of one. */
function count(): void {
  elements += 1;
  if (elements > ELEMENTS_MOST) throw new TooMuch();
}
DOMPurify.addHook('uponSanitizeElement', node => {
  if (node.nodeType === Node.ELEMENT_NODE) count();
});
DOMPurify.addHook('uponSanitizeAttribute', (_node, attribute) => {
  count();
  const kept = ATTRIBUTES.get(attribute.attrName)?.(attribute.attrValue) ?? false;
  if (typeof kept === 'string') attribute.attrValue = kept;
  else attribute.keepAttr = kept;
});

/** The message as nodes: formatted where it is well within the bounds above, as plain text where it is not. */
export function sanitise(html: string): DocumentFragment {
  const fragment = formattedOrPlain(html);
  linkAddresses(fragment);
  boundMarks(fragment);
  return fragment;
}

function formattedOrPlain(html: string): DocumentFragment {
  try {
    return formatted(html);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return plain(html);
  }
}

function plain(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(html.replace(/\r\n?/g, '\n'));
  return fragment;
}

const parse = (html: string): DocumentFragment => DOMPurify.sanitize(html, CONFIGURATION);

function formatted(html: string): DocumentFragment {
  elements = images = pixels = 0;
  languages.clear();
  const escaped = escapeStray(escapeReferences(html, text => parse(text).textContent));
  // Without a tag or a reference nothing is to be parsed.
  const typed = !/<|&(?!lt;|amp;)/.test(escaped) && escaped.replace(/&lt;/g, '<').replace(/&amp;/g, '&');
  if (typed === html) return plain(html);
  if (escaped.length > html.length + ESCAPED_MOST) throw new TooMuch();
  const fragment = parse(escaped);
  checkDepth(fragment);
  boundPlaces(fragment);
  putKin(fragment);
  for (const link of fragment.querySelectorAll('a')) tellDestination(link);
  for (const image of fragment.querySelectorAll('img')) {
    if (image.hasAttribute('src')) {
      image.setAttribute('decoding', 'async');
      // Somebody who can't see it is to know that it is there.
      if (fromSeen(image.alt)) continue;
      image.alt = words.PICTURE;
      image.dataset.unnamed = '';
    } else image.replaceWith(fromSeen(image.alt) ? words.noImageOf(image.alt) : words.NO_IMAGE);
  }
  for (const gauge of fragment.querySelectorAll<HTMLElement>('meter, progress')) nameGauge(gauge);
  tidyWhitespace(fragment);
  return fragment;
}

/** Puts its kin in the place of each element that is not shown as itself. */
function putKin(fragment: DocumentFragment): void {
  for (const old of fragment.querySelectorAll(Object.keys(KIN).join())) {
    const [tag, look] = KIN[old.localName] ?? ['span'];
    const kin = element(tag, { class: look });
    for (const { name, value } of old.attributes) kin.setAttribute(name, value);
    kin.append(...old.childNodes);
    old.replaceWith(kin);
  }
}

/** Says what a gauge shows by what stands in it; one without a value would move for ever, and is that text. */
function nameGauge(gauge: HTMLElement): void {
  if (!number(gauge.getAttribute('value') ?? '')) gauge.replaceWith(...gauge.childNodes);
  else {
    const names = [short(gauge.textContent.trim()), gauge.title, words.GAUGE];
    gauge.setAttribute('aria-label', names.find(fromSeen) ?? words.GAUGE);
  }
}

function escapeStray(html: string): string {
  let tags = 0;
  return html.replace(TAG, (match, close: string, name?: string, attributes = '') => {
    if (!name) return '&lt;';
    const kept = TAGS.has(name.toLowerCase()) ? keptAttributes(close, attributes) : undefined;
    if (kept === undefined) return match.replaceAll('<', '&lt;');
    tags += 1 + kept.length;
    if (tags > TAGS_MOST) throw new TooMuch();
    return `<${[close + name, ...kept].join(' ')}>`;
  });
}

/** Those attributes that the list has, as typed; undefined where no tag has such attributes. */
function keptAttributes(close: string, attributes: string): string[] | undefined {
  if (close) return attributes === '' ? [] : undefined;
  const kept: string[] = [];
  for (const [attribute, name = '', value] of attributes.matchAll(ATTRIBUTE)) {
    if (value === undefined && !BARE.test(name)) return undefined;
    if (ATTRIBUTES.has(name.toLowerCase())) kept.push(attribute);
  }
  return kept;
}

/** Typed newlines are shown (`white-space: pre-wrap`), except those which merely set tags apart. */
function tidyWhitespace(fragment: DocumentFragment): void {
  for (const text of textsOf(fragment)) {
    if (text.parentElement?.closest('pre')) continue;
    const opens = isBlock(text.previousSibling) || (!text.previousSibling && isBlock(text.parentNode));
    const closes = isBlock(text.nextSibling) || (!text.nextSibling && isBlock(text.parentNode));
    if ((opens || closes) && !/\S/.test(text.data)) text.remove();
    else if (opens) text.data = text.data.replace(/^[ \t]*\r?\n/, '');
  }
}
