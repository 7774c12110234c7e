// Finds elements by what people and assistive technology call them. It runs in the page, where webkit-page.ts puts it.

import { computeAccessibleName, getRole, isInaccessible } from 'dom-accessibility-api';

export type Text = { text: string; exact: boolean } | { source: string; flags: string };

/** Each looks among the descendants of what the one before has found, or chooses of it. */
export type Step =
  | { by: 'selector'; selector: string }
  | { by: 'role'; role: string; name?: Text }
  | { by: 'text' | 'label' | 'has'; text: Text }
  | { by: 'place'; at: number };

export function find(steps: Step[]): Element[] {
  let found: ParentNode[] = [document];
  for (const step of steps) {
    if (step.by === 'place') found = found.slice(step.at).slice(0, 1);
    else if (step.by === 'has')
      found = found.filter(node => isCalled((node as Element).textContent, step.text));
    else found = [...new Set(found.flatMap(node => within(node, step)))];
  }
  return found as Element[];
}

export function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible';
}

function within(root: ParentNode, step: Exclude<Step, { by: 'place' | 'has' }>): Element[] {
  if (step.by === 'selector') return [...root.querySelectorAll(step.selector)];
  const all = [...root.querySelectorAll('*')];
  switch (step.by) {
    case 'role':
      return all.filter(
        element =>
          getRole(element) === step.role &&
          (!step.name || isCalled(computeAccessibleName(element), step.name)) &&
          !isInaccessible(element),
      );
    case 'text': {
      // The innermost ones that have it.
      const having = new Set(
        all.filter(each => !each.matches('script, style, noscript') && isCalled(each.textContent, step.text)),
      );
      return [...having].filter(each => ![...each.children].some(child => having.has(child)));
    }
    default:
      return all.filter(element => labelsOf(element).some(label => isCalled(label, step.text)));
  }
}

function labelsOf(element: Element): (string | null)[] {
  const named = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
  if (named.length > 0) return [named.map(id => document.getElementById(id)?.textContent ?? '').join(' ')];
  const labels = [...((element as HTMLInputElement).labels ?? [])].map(label => label.textContent);
  return [element.getAttribute('aria-label'), ...labels];
}

function isCalled(found: string | null, wanted: Text): boolean {
  if (found === null) return false;
  const text = plain(found);
  if ('source' in wanted) return new RegExp(wanted.source, wanted.flags).test(text);
  if (wanted.exact) return text === plain(wanted.text);
  return text.toLowerCase().includes(plain(wanted.text).toLowerCase());
}

const plain = (text: string): string =>
  text
    .replace(/[\u200b\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
