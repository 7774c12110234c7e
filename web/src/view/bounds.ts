// How much a message may hold, and what is done about more.

import * as words from '../words/en.ts';
import { placesOf } from './pieces.ts';
import { Marks } from './weight.ts';

/** Most tags in a message, opening and closing, and attributes of them; one with more is shown as plain text. */
export const TAGS_MOST = 1000;
/** Most elements and attributes the parser may make of those: unclosed formatting is opened again in every paragraph. */
export const ELEMENTS_MOST = 1000;
/** Deepest nesting; a message nested deeper is shown as plain text. */
export const DEPTH_MOST = 32;
/** Most columns or rows a cell may span: a browser lays out a thousand by a thousand of them if asked to. */
export const SPAN_MOST = 50;
/** Most places that the cells and columns of a message take; those that span too many more span none. */
export const PLACES_MOST = 500;
/** Most places that the rows and columns of a message's tables have, empty ones too. */
export const GRID_MOST = 5000;
/** Most languages a message may be marked with: for each the browser looks for fonts anew. */
export const LANGUAGES_MOST = 8;
/** Most characters of what is shown in an image's or a tooltip's place. */
export const TITLE_MOST = 1000;
/** Most characters that escaping may add to a message: parsers take long over each. */
export const ESCAPED_MOST = 30_000;
/** Most images that a message may hold. */
export const IMAGES_MOST = 64;
/** Most pixels of a message's images together: unpacked they take four bytes each, whatever they took packed. */
export const PIXELS_MOST = 4_000_000;

/** A message is beyond a bound: it is shown as plain text. */
export class TooMuch extends Error {}

/** Throws {@link TooMuch} where elements are nested too deep. */
export function checkDepth(fragment: DocumentFragment): void {
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

/** Leaves cells and columns their spans as far as the bound goes; throws {@link TooMuch} for too large a grid. */
export function boundPlaces(fragment: DocumentFragment): void {
  let places = 0;
  for (const element of fragment.querySelectorAll('td, th, col, colgroup')) {
    if (places + placesOf(element) > PLACES_MOST) {
      for (const name of ['colspan', 'rowspan', 'span']) element.removeAttribute(name);
    }
    places += placesOf(element);
  }
  let grid = 0;
  for (const table of fragment.querySelectorAll('table')) grid += table.rows.length * columnsOf(table);
  if (grid > GRID_MOST) throw new TooMuch();
}

/** At the most: cells of rows further up may stand in each row. */
function columnsOf(table: HTMLTableElement): number {
  let widest = 0;
  let hanging = 0;
  for (const row of table.rows) {
    let width = 0;
    for (const cell of row.cells) {
      width += cell.colSpan;
      if (cell.rowSpan > 1) hanging += cell.colSpan;
    }
    widest = Math.max(widest, width);
  }
  let columns = 0;
  for (const column of table.querySelectorAll('col, colgroup')) columns += placesOf(column);
  return Math.max(widest + hanging, columns);
}

export function textsOf(fragment: Node): Text[] {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}

/** Leaves so many marks on each letter as can be read, and says what is left out. */
export function boundMarks(fragment: DocumentFragment): void {
  const marks = new Marks();
  for (const text of textsOf(fragment)) {
    const kept = marks.take(text.data);
    if (kept !== text.data) text.data = kept;
  }
  if (marks.dropped > 0) fragment.append(` ${words.marksDropped(marks.dropped)}`);
}
