// The documents of one tab hand on to each other what stands in its name, which no browser writes down, and which goes
// with the tab.

export const THEMES = ['auto', 'light', 'dark'] as const;
/** Per cent of the browser's own size of text. */
export const SIZES = ['100', '125', '150', '200'] as const;

export type Appearance = { theme: (typeof THEMES)[number]; size: (typeof SIZES)[number] };

/** UTF-16 code units of a name for who ended the conversation. */
const BY_MOST = 80;

type Tab = Appearance & { by: string };

/** Another site may have written it. */
function read(): Tab {
  let found: Record<string, unknown> = {};
  try {
    found = Object(JSON.parse(window.name));
  } catch {
    // It has no name.
  }
  const by = typeof found.by === 'string' ? found.by.slice(0, BY_MOST) : '';
  return {
    theme: THEMES.find(theme => theme === found.theme) ?? 'auto',
    size: SIZES.find(size => size === found.size) ?? '100',
    by,
  };
}

const write = (changed: Partial<Tab>): void => void (window.name = JSON.stringify({ ...read(), ...changed }));

/** As chosen by hand. */
export function appearance(): Appearance {
  const { theme, size } = read();
  return { theme, size };
}

export function chooseAppearance(changed: Partial<Appearance>): void {
  write(changed);
  applyAppearance();
}

/** The style sheet has the rest. */
export function applyAppearance(): void {
  Object.assign(document.documentElement.dataset, appearance());
}

/** Names to the next document who ended the conversation: an address would be written down. */
export const handOnWho = (by: string): void => write({ by });

/** Who that was; it is said once. */
export function takeWho(): string {
  const { by } = read();
  write({ by: '' });
  return by;
}

export const forgetTab = (): void => void (window.name = '');
