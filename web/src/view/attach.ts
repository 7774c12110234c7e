// Pictures that are to be sent: each to whom the box led when it was given, shown and described before it goes.

import { fetchPictures } from '../lazy.ts';
import type { Member } from '../state.ts';
import * as words from '../words/en.ts';
import { button, element, ofInputMethod } from './element.ts';
import { createPile, type Given, type Pile, type PileActions } from './pile.ts';

export type Attach = {
  /** Stands in the row with the box. */
  button: HTMLElement;
  /** Stands above the box. */
  node: HTMLElement;
  take(files: readonly File[]): void;
  /** What is given from now on goes to this member, or to all. */
  turnTo(member: Member | undefined): void;
  /** Where what is given goes, in words. */
  whom(): (Node | string)[];
  /** Sends what stands above the box. */
  submit(): void;
  /** What Escape does: whether there was anything to take away. */
  escape(): boolean;
  hasDraft(): boolean;
  /** Gives away what is not sent yet. */
  handOver(): Handed;
  takeOver(handed: Handed): void;
};

/** Somebody may be choosing still. */
type Handed = { given: Given[]; chooser: HTMLInputElement };

/** Kinds that are offered to choose from: for these, telephones turn their own into JPEG. */
const OFFERED = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

export function createAttach(actions: PileActions): Attach {
  // Loaded before it is wanted: who wants it later may have lost the line.
  fetchPictures().catch(() => {});
  const piles = new Map<string, Pile>();
  let chooser = element('input', {
    type: 'file',
    accept: OFFERED,
    multiple: true,
    autocomplete: 'off',
    hidden: true,
  });
  const chosen = (): void => {
    const files = [...(chooser.files ?? [])];
    // The same file may be chosen again.
    chooser.value = '';
    take(files);
  };
  chooser.onchange = chosen;
  const opener = button('', () => chooser.click(), {
    class: 'attach',
    'aria-label': words.ATTACH,
    title: words.ATTACH,
  });
  opener.append(paperclip());
  let pile = pileOf(undefined);
  const node = element('div', {}, chooser, pile.node);

  function pileOf(member: Member | undefined): Pile {
    // Under another voice, the same id is somebody else's.
    const key = member ? `${member.id} ${member.number}` : '';
    const known = piles.get(key) ?? createPile(member, actions);
    piles.set(key, known);
    return known;
  }

  function take(files: readonly File[]): void {
    if (files.length > 0) pile.take(files);
  }

  node.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || ofInputMethod(event) || !(event.target instanceof HTMLInputElement)) return;
    // The form around it would send what stands in the box.
    event.preventDefault();
    if (!event.repeat) pile.send();
  });

  return {
    button: opener,
    node,
    take,
    turnTo(member) {
      const next = pileOf(member);
      pile.node.replaceWith(next.node);
      pile = next;
    },
    whom: () => words.dropFor(pile.whom()),
    submit: () => pile.send(),
    escape: () => pile.escape(),
    hasDraft: () => [...piles.values()].some(each => each.hasPicture()),
    handOver: () => ({ given: [...piles.values()].flatMap(each => each.handOver() ?? []), chooser }),
    takeOver(handed) {
      chooser.replaceWith(handed.chooser);
      chooser = handed.chooser;
      chooser.onchange = chosen;
      for (const each of handed.given) pileOf(each.to).takeOver(each);
    },
  };
}

const SVG = 'http://www.w3.org/2000/svg';

function paperclip(): SVGElement {
  const [icon, path] = [document.createElementNS(SVG, 'svg'), document.createElementNS(SVG, 'path')];
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', 'M7 13.5 14 6.5a3.2 3.2 0 0 1 4.5 4.5l-8.6 8.6a5.2 5.2 0 0 1-7.4-7.4L11 3.8');
  icon.append(path);
  return icon;
}
