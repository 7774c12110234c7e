// Takes what would mislead assistive technology out of messages: lists, glossaries and tables that are broken, and
// languages that are none.

/** Lists that hold something else beside their items. */
const MIXED = ':is(ul, ol, menu):has(> :not(li))';
/** Items of these, and of none. */
const STRAY = 'li:not(:is(ul, ol, menu):not([role]) > li)';
/** Parts of glossaries that are none. */
const FOREIGN = 'dl:has(> :not(dt, dd, div)), :is(dt, dd):not(dl > *, dl > div > *)';

/** Takes marks away that would mislead; all is drawn as before. */
export function makeReadable(message: DocumentFragment): DocumentFragment {
  for (const selector of [MIXED, STRAY])
    for (const marked of message.querySelectorAll(selector)) marked.role = 'presentation';
  // The second look finds what a glossary leaves.
  for (let look = 0; look < 2; look++)
    for (const foreign of message.querySelectorAll(FOREIGN)) rename(foreign, 'div');
  for (const cell of message.querySelectorAll('th')) if (!cell.textContent?.trim()) rename(cell, 'td');
  for (const named of message.querySelectorAll('[lang]'))
    if (!isLanguage(named.getAttribute('lang') ?? '')) named.removeAttribute('lang');
  return message;
}

function rename(element: Element, tag: string): void {
  const renamed = document.createElement(tag);
  for (const { name, value } of element.attributes) renamed.setAttribute(name, value);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

let languages: Intl.DisplayNames | undefined;
function isLanguage(lang: string): boolean {
  languages ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  try {
    return languages.of(lang.split('-')[0] ?? '') !== undefined;
  } catch {
    return false;
  }
}
