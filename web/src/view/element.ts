// Elements in one call. The page is small and its state flows one way, so plain DOM is enough: a view library
// would weigh more than what it saves, and each line here can be read by who audits the page.

export type Child = Node | string | false | undefined;
export type Attributes = Record<string, string | boolean | undefined>;

/** What people wrote, and codes: a service that translates the page is not to be sent them. */
export const AS_WRITTEN = { translate: 'no' };

/** A field that people type in: nothing of it is sent away to be checked or completed, and nothing is corrected. */
export const TYPED = {
  ...AS_WRITTEN,
  autocomplete: 'off',
  autocorrect: 'off',
  spellcheck: 'false',
  writingsuggestions: 'false',
};

/** An element with its attributes and children; `true` sets an empty attribute, `false` and `undefined` none. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== false && child !== undefined));
  return made;
}

/** A button that does one thing. It submits nothing unless its type says so. */
export function button(label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', press);
  return made;
}

/** Sets text only where it differs: a live region would read out what has not changed. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Whether a key belongs to an input method, which takes or drops what it composes by Enter and Escape. Safari sends
 * the key after the composition has ended, and tells by its code alone (UI Events, section 7.3.1).
 */
export const ofInputMethod = ({ isComposing, keyCode }: KeyboardEvent): boolean =>
  isComposing || keyCode === 229;

let drawn = 0;

/** An id that no other element of this document has. */
export function freshId(name: string): string {
  drawn += 1;
  return `${name}-${drawn}`;
}
