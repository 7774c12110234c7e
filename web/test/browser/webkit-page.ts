// A page of WebKit as tests ask of it, by W3C WebDriver (https://www.w3.org/TR/webdriver2/).

import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { type ConsoleMessage, type Locator, type Page, PATIENCE, textOf } from './driver.ts';
import type * as Finder from './finder.ts';
import type { Ask, WebDriverError } from './webkit.ts';

type Step = Finder.Step;
type Found = { count: number; visible: boolean; element?: object };

/** Milliseconds between two looks. */
const PACE = 25;

/** What WebDriver says while a page changes under its hands. */
const PASSING = [
  'stale element reference',
  'element not interactable',
  'element click intercepted',
  'no such element',
  'javascript error',
  'move target out of bounds',
];

const finder = build({
  entryPoints: ['test/browser/finder.ts'],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'finder',
}).then(built => `${built.outputFiles[0]?.text}; globalThis.finder = finder;`);

/** Keys that WebDriver has no letters for (section 17.4.2). */
const KEYS: Record<string, string> = {
  Backspace: '\ue003',
  Tab: '\ue004',
  Enter: '\ue007',
  Shift: '\ue008',
  Control: '\ue009',
  Alt: '\ue00a',
  Escape: '\ue00c',
  End: '\ue010',
  Home: '\ue011',
  ArrowLeft: '\ue012',
  ArrowUp: '\ue013',
  ArrowRight: '\ue014',
  ArrowDown: '\ue015',
  Delete: '\ue017',
};

export class WebKitPage implements Page {
  readonly #ask: Ask;
  readonly #context: { close(): Promise<void> };
  #told: ((kind: 'pageerror' | 'console', text: string) => void)[] = [];

  constructor(ask: Ask, context: { close(): Promise<void> }) {
    this.#ask = ask;
    this.#context = context;
  }

  readonly getByRole: Page['getByRole'] = (...asked) => this.#all().getByRole(...asked);
  readonly getByText: Page['getByText'] = (...asked) => this.#all().getByText(...asked);
  readonly getByLabel: Page['getByLabel'] = (...asked) => this.#all().getByLabel(...asked);
  readonly locator: Page['locator'] = selector => this.#all().locator(selector);
  #all(): WebKitLocator {
    return new WebKitLocator(this, []);
  }

  goto(url: string): Promise<null> {
    return this.#go('/url', { url });
  }
  reload(): Promise<null> {
    return this.#go('/refresh');
  }
  goBack(): Promise<null> {
    return this.#go('/back');
  }
  goForward(): Promise<null> {
    return this.#go('/forward');
  }
  async #go(path: string, where = {}): Promise<null> {
    await this.#ask('POST', path, where);
    return null;
  }
  async waitForURL(url: string): Promise<void> {
    const end = url.replace(/^\*\*/, '');
    const isThere = (now: unknown) => (end === url ? now === url : String(now).endsWith(end));
    await until(`the address ${url}`, async () => isThere(await this.#ask('GET', '/url')));
  }
  title(): Promise<string> {
    return this.#ask('GET', '/title') as Promise<string>;
  }

  readonly evaluate = ((script: unknown, arg: unknown) =>
    this.run(`return (${script})(arguments[0])`, [arg])) as Page['evaluate'];
  readonly waitForFunction = ((script: unknown, arg: unknown) =>
    until(`${script}`, () => this.evaluate(script as () => unknown, arg as void))) as Page['waitForFunction'];

  async screenshot({ path }: { path: string }): Promise<void> {
    writeFileSync(path, Buffer.from((await this.#ask('GET', '/screenshot')) as string, 'base64'));
  }
  /** The window has more than the page in it. */
  /** Each has a display of its own. */
  async bringToFront(): Promise<void> {}

  async setViewportSize({ width, height }: { width: number; height: number }): Promise<void> {
    const measure = () => this.run<[number, number]>('return [innerWidth, innerHeight]', []);
    await this.#ask('POST', '/window/rect', { x: 0, y: 0, width, height });
    const [left, above] = await measure();
    const whole = { width: 2 * width - left, height: 2 * height - above };
    await this.#ask('POST', '/window/rect', { x: 0, y: 0, ...whole });
    await until(`a page of ${width}×${height}`, async () => String(await measure()) === `${[width, height]}`);
  }

  readonly keyboard: Page['keyboard'] = {
    press: async keys => {
      const held = keys.split('+').map(key => KEYS[key] ?? (keys.length > 1 ? key.toLowerCase() : key));
      const down = held.map(value => ({ type: 'keyDown', value }));
      const up = held.toReversed().map(value => ({ type: 'keyUp', value }));
      await this.#keys([...down, ...up]);
    },
    type: text =>
      this.#keys(
        [...text].flatMap(value => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      ),
    insertText: text => this.evaluate(text => void document.execCommand('insertText', false, text), text),
  };
  #keys(actions: object[]): Promise<void> {
    return this.#ask('POST', '/actions', {
      actions: [{ type: 'key', id: 'keys', actions }],
    }) as Promise<void>;
  }

  on(event: 'pageerror', told: (error: Error) => void): void;
  on(event: 'console', told: (message: ConsoleMessage) => void): void;
  on(
    event: 'pageerror' | 'console',
    told: ((error: Error) => void) & ((message: ConsoleMessage) => void),
  ): void {
    this.#told.push((kind, text) => {
      if (kind !== event) return;
      if (kind === 'pageerror') told(new Error(text));
      else told({ type: () => 'error', text: () => text, location: () => ({ url: '' }) });
    });
  }
  /** A line that the browser printed: what its console has is among them. */
  printed(line: string): void {
    const [, kind, text = ''] = /^CONSOLE (JS ERROR|\w+ (?:ERROR|WARN)) (.*)/.exec(line) ?? [];
    if (kind) for (const told of this.#told) told(kind === 'JS ERROR' ? 'pageerror' : 'console', text);
  }

  context(): { close(): Promise<void> } {
    return this.#context;
  }
  async close(): Promise<void> {
    await this.#ask('DELETE', '/window');
  }

  click(element: object): Promise<unknown> {
    const [id] = Object.values(element);
    return this.#ask('POST', `/element/${id}/click`, {});
  }

  async find(steps: Step[]): Promise<Found> {
    const script = `if (!globalThis.finder) return null;
      const found = finder.find(arguments[0]);
      return { count: found.length, visible: found.some(finder.isVisible), element: found[0] };`;
    const found = await this.run<Found | null>(script, [steps]);
    if (found) return found;
    await this.run(await finder, []);
    return this.find(steps);
  }

  /** Runs a function's body in the page, with these arguments, and waits for what it promises. */
  async run<Result>(body: string, args: unknown[]): Promise<Result> {
    const script = `const done = arguments[arguments.length - 1];
      (async function () { ${body} }).apply(null, arguments).then(
        value => done({ value }), error => done({ error: String(error) }))`;
    const ended = (await this.#ask('POST', '/execute/async', { script, args })) as
      { value: Result; error?: undefined } | { error: string };
    if (ended.error !== undefined) throw new Error(ended.error);
    return ended.value;
  }
}

class WebKitLocator implements Locator {
  readonly #page: WebKitPage;
  readonly #steps: Step[];

  constructor(page: WebKitPage, steps: Step[]) {
    this.#page = page;
    this.#steps = steps;
  }

  #then(step: Step): WebKitLocator {
    return new WebKitLocator(this.#page, [...this.#steps, step]);
  }
  readonly getByRole: Locator['getByRole'] = (role, { name, exact } = {}) =>
    this.#then({ by: 'role', role, ...(name !== undefined && { name: textOf(name, exact) }) });
  readonly getByText: Locator['getByText'] = (text, { exact } = {}) =>
    this.#then({ by: 'text', text: textOf(text, exact) });
  readonly getByLabel: Locator['getByLabel'] = (text, { exact } = {}) =>
    this.#then({ by: 'label', text: textOf(text, exact) });
  readonly locator: Locator['locator'] = selector => this.#then({ by: 'selector', selector });
  filter({ hasText }: { hasText: string | RegExp }): Locator {
    return this.#then({ by: 'has', text: textOf(hasText) });
  }
  first(): Locator {
    return this.nth(0);
  }
  last(): Locator {
    return this.nth(-1);
  }
  nth(at: number): Locator {
    return this.#then({ by: 'place', at });
  }

  async count(): Promise<number> {
    return (await this.#page.find(this.#steps)).count;
  }
  async waitFor({ state = 'visible' }: Parameters<Locator['waitFor']>[0] = {}): Promise<void> {
    await until(`${this} to be ${state}`, async () => {
      const { count, visible } = await this.#page.find(this.#steps);
      return { attached: count > 0, detached: count === 0, visible, hidden: !visible }[state];
    });
  }

  click(): Promise<void> {
    return this.#act(element => this.#page.click(element));
  }
  check(): Promise<void> {
    return this.#tick(true);
  }
  uncheck(): Promise<void> {
    return this.#tick(false);
  }
  async #tick(isOn: boolean): Promise<void> {
    if ((await this.evaluate(box => (box as HTMLInputElement).checked)) !== isOn) await this.click();
  }
  async fill(text: string): Promise<void> {
    await this.#act(() =>
      this.evaluate((box, text) => {
        (box as HTMLInputElement).focus();
        (box as HTMLInputElement).select();
        document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
      }, text),
    );
  }
  focus(): Promise<void> {
    return this.evaluate(element => element.focus());
  }
  async press(keys: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press(keys);
  }

  async isVisible(): Promise<boolean> {
    return (await this.#page.find(this.#steps)).visible;
  }
  inputValue(): Promise<string> {
    return this.evaluate(box => (box as HTMLInputElement).value);
  }
  innerText(): Promise<string> {
    return this.evaluate(element => (element as HTMLElement).innerText);
  }
  getAttribute(name: string): Promise<string | null> {
    return this.evaluate((element, name) => element.getAttribute(name), name);
  }
  async allTextContents(): Promise<string[]> {
    await this.#page.find(this.#steps);
    return this.#page.run('return finder.find(arguments[0]).map(each => each.textContent)', [this.#steps]);
  }

  readonly evaluate = (async (script: unknown, arg: unknown) =>
    this.#page.run(`return (${script})(arguments[0], arguments[1])`, [
      await this.#one('attached'),
      arg,
    ])) as Locator['evaluate'];

  /** Does it to the one element that is meant, once that can be. */
  async #act(act: (element: object) => Promise<unknown>): Promise<void> {
    await until(`${this}`, async () => {
      await act(await this.#one('visible'));
      return true;
    });
  }
  async #one(state: 'attached' | 'visible'): Promise<object> {
    return until(`${this} to be ${state}`, async () => {
      const { count, visible, element } = await this.#page.find(this.#steps);
      if (count > 1) throw new Error(`${count} elements are ${this}`);
      return state === 'visible' && !visible ? undefined : element;
    });
  }
  toString(): string {
    return this.#steps.map(step => JSON.stringify(step)).join(' ');
  }
}

/** Waits until something is so, through what passes by itself. */
async function until<So>(what: string, look: () => Promise<So | undefined | false | null>): Promise<So> {
  const last = Date.now() + PATIENCE;
  let passing: unknown;
  while (Date.now() < last) {
    try {
      const so = await look();
      if (so) return so;
    } catch (error) {
      if (!PASSING.includes((error as WebDriverError).code)) throw error;
      passing = error;
    }
    await pause(PACE);
  }
  throw new Error(`waited in vain for ${what}${passing ? `: ${passing}` : ''}`);
}
