// Milliseconds that one message takes: to sign and seal it, to open and check it; and that a card
// takes to be checked: in node, Chromium and Firefox, with WebCrypto and without. And how many
// bytes a message has.

import { build } from 'esbuild';
import { launch, launchFirefox } from '../browser/browsers.ts';

const MODULES = ['alias', 'card', 'chain', 'curves', 'door', 'native', 'portable', 'signature'] as const;

type Seal = typeof import('../../src/seal/alias.ts') &
  typeof import('../../src/seal/card.ts') &
  typeof import('../../src/seal/chain.ts') &
  typeof import('../../src/seal/curves.ts') &
  typeof import('../../src/seal/door.ts') &
  typeof import('../../src/seal/native.ts') &
  typeof import('../../src/seal/portable.ts') &
  typeof import('../../src/seal/signature.ts');
type Harness = typeof globalThis & { seal: Seal; measure: typeof measure };

/** Runs in browsers too, so that it uses nothing of this module. */
async function measure(seal: Seal): Promise<string[]> {
  const filled = (length: number) => new Uint8Array(length).fill(1);
  const room = filled(5) as Parameters<typeof seal.deriveDoor>[0];
  const roomSalt = { room, salt: filled(32) };
  const door = seal.deriveDoor(room, filled(32));
  const voice = seal.signingKey(filled(32));
  const { public: key } = seal.keyPair(filled(32));
  const card = { alias: 'Ada', voice: seal.publicKey(voice.public), public: key, n: 0 };
  const chain = () => ({ generation: 0, counter: 0, key: filled(32) });
  const sight = { n: 1, lock: 1, count: 1000, view: filled(16) };
  const text = 'Shall we meet at eight, at the usual place?';
  const said = { kind: 'message', at: 1_700_000_000_000, timer: 0, text } as const;
  /** The least of some rounds: the machine does other things, too. */
  const least = async (work: () => Promise<unknown>) => {
    let least = Infinity;
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      for (let time = 0; time < 40; time++) await work();
      least = Math.min(least, (performance.now() - start) / 40);
    }
    return `${least.toFixed(2).padStart(6)} ms`;
  };
  const lines: string[] = [];
  for (const suite of [seal.nativeSuite(globalThis.crypto?.subtle), seal.portableSuite]) {
    if (!suite) continue;
    const say = () => seal.sealSaid(suite, roomSalt, voice, chain(), sight, said, filled(16));
    const payload = await say();
    const shown = await seal.sealCard(suite, door, filled(16), card, voice, filled(16));
    const name = suite === seal.portableSuite ? 'without' : 'WebCrypto';
    const read = () =>
      seal.openSaid(suite, roomSalt, card.voice, seal.renewChain(undefined, chain()), payload);
    const check = () => seal.openCard(suite, door, filled(16), shown, seal.checkAlias);
    for (const [what, work] of [
      ['sign and seal', say],
      ['open and check', read],
      ['check a card', check],
    ] as const)
      lines.push(`${name.padEnd(12)}${what.padEnd(16)}${await least(work)}`);
    if (suite === seal.portableSuite) lines.push(`${text.length} letters are ${payload.length} bytes`);
  }
  return lines;
}

const report = (where: string, lines: string[]) => {
  for (const line of lines) console.log(`${where.padEnd(10)}${line}`);
};

const contents = MODULES.map(name => `export * from './seal/${name}.ts';`).join('');
const bundled = async (format: 'iife' | 'esm') => {
  const stdin = { contents, loader: 'ts', resolveDir: 'src' } as const;
  const options = { stdin, bundle: true, globalName: 'seal', target: 'es2022', write: false } as const;
  return (await build({ ...options, format })).outputFiles[0]?.text ?? '';
};
report(
  'node',
  await measure(await import(`data:text/javascript,${encodeURIComponent(await bundled('esm'))}`)),
);
const content = `${await bundled('iife')}; globalThis.measure = ${measure}`;
for (const [name, launchOne] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const) {
  const browser = await launchOne();
  const page = await browser.newPage();
  // WebCrypto is for secure contexts, and this is one.
  await page.route('http://localhost/', route => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto('http://localhost/');
  await page.addScriptTag({ content });
  report(name, await page.evaluate(() => (globalThis as Harness).measure((globalThis as Harness).seal)));
  await browser.close();
}
