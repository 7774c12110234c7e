// A sanitised message is drawn in pieces, none of which holds the page up.

import { tellBoth } from './links.ts';
import { Capacity, ELEMENT_WEIGHT, hasRightToLeft, IMAGE_WEIGHT, PIECE_MOST, SPAN_WEIGHT } from './weight.ts';

/** Takes off the start of a message what may be drawn at once; elements that go on are in both. */
export function takePiece(message: DocumentFragment): { piece: DocumentFragment; weight: number } {
  const words = [...message.querySelectorAll('img')].map(({ alt }) => alt).join('');
  const turning = hasRightToLeft(message.textContent + words) || message.querySelector('[dir]') !== null;
  const room = new Capacity(PIECE_MOST, turning);
  const range = document.createRange();
  range.selectNodeContents(message);
  const walker = document.createTreeWalker(message, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Text) {
      const end = room.text(node.data);
      if (end === node.length) continue;
      range.setEnd(node, end);
      break;
    }
    if (room.full) {
      range.setEndBefore(node);
      break;
    }
    room.take(weightOf(node as Element));
    // They are drawn where the image turns out to be none.
    if (node instanceof HTMLImageElement) room.text(node.alt);
  }
  const host = range.endContainer.parentElement?.closest('.host');
  if (host) range.setEndAfter(host);
  if (range.endContainer !== message) numberItems(message);
  const cut: Node[] = [];
  for (let open = range.endContainer; open !== message; open = open.parentNode as Node) cut.unshift(open);
  const piece = range.extractContents();
  let begun: Node | null = piece;
  for (const open of cut) {
    begun = begun?.lastChild ?? null;
    // An item that goes on has no second bullet.
    if (open instanceof HTMLLIElement) open.classList.add('continued');
    if (open instanceof HTMLAnchorElement && begun instanceof HTMLAnchorElement) tellBoth(begun, open);
  }
  return { piece, weight: room.taken };
}

function weightOf(element: Element): number {
  if (element instanceof HTMLImageElement) return IMAGE_WEIGHT;
  // With the place where it scrolls.
  if (element instanceof HTMLTableElement) return 2 * ELEMENT_WEIGHT;
  return ELEMENT_WEIGHT + (placesOf(element) - 1) * SPAN_WEIGHT;
}

/** How many places of its table an element takes. */
export function placesOf(element: Element): number {
  if (element instanceof HTMLTableCellElement) return element.colSpan * element.rowSpan;
  return element instanceof HTMLTableColElement ? element.span : 1;
}

/** Numbers the items of lists as the whole list does, so that a list which is taken apart goes on. */
function numberItems(message: DocumentFragment): void {
  for (const list of message.querySelectorAll('ol')) {
    const items = [...list.children].filter(child => child instanceof HTMLLIElement);
    let number = list.reversed && !list.hasAttribute('start') ? items.length : list.start;
    for (const item of items) {
      if (item.hasAttribute('value')) number = item.value;
      item.value = number;
      number += list.reversed ? -1 : 1;
    }
  }
}
