// Milliseconds that it takes to sign and to verify a message of 300 bytes, and to check a public key:
// in node, Chromium and Firefox, with WebCrypto and without.

import { build } from 'esbuild';
import type * as Native from '../../src/seal/native.ts';
import type * as Portable from '../../src/seal/portable.ts';
import type * as Signature from '../../src/seal/signature.ts';
import { nativeSuite } from '../../src/seal/native.ts';
import { portableSuite } from '../../src/seal/portable.ts';
import { publicKey, sign, signingKey, verify } from '../../src/seal/signature.ts';
import { launch, launchFirefox } from '../browser/browsers.ts';

type Seal = typeof Native & typeof Portable & Omit<typeof Signature, 'SIGNATURE'>;
type Harness = typeof globalThis & { seal: Seal; measure: typeof measure };

/** Runs here and in browsers, so that it uses nothing of this module. */
async function measure(seal: Seal): Promise<Record<string, number>> {
  const message = new Uint8Array(300);
  const { seed, public: bytes } = seal.signingKey(new Uint8Array(32).fill(1));
  const [key, signature] = [seal.publicKey(bytes), seal.sign(seed, message)];
  /** The least of some rounds: the machine does other things, too. */
  const least = async (work: () => unknown) => {
    let least = Infinity;
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      for (let time = 0; time < 40; time++) await work();
      least = Math.min(least, (performance.now() - start) / 40);
    }
    return least;
  };
  const taken: Record<string, number> = {
    sign: await least(() => seal.sign(seed, message)),
    'check a key': await least(() => seal.publicKey(bytes)),
    'verify without': await least(() => seal.verify(seal.portableSuite, key, message, signature)),
  };
  const native = seal.nativeSuite(globalThis.crypto?.subtle);
  if (native)
    taken['verify with WebCrypto'] = await least(() => seal.verify(native, key, message, signature));
  return taken;
}

function report(where: string, taken: Record<string, number>): void {
  for (const [what, ms] of Object.entries(taken))
    console.log(`${where.padEnd(10)}${what.padEnd(24)}${ms.toFixed(2).padStart(6)} ms`);
}

report('node', await measure({ nativeSuite, portableSuite, publicKey, sign, signingKey, verify }));

const contents = ['native', 'portable', 'signature']
  .map(name => `export * from './seal/${name}.ts';`)
  .join('');
const bundle = await build({
  stdin: { contents, loader: 'ts', resolveDir: 'src' },
  bundle: true,
  format: 'iife',
  globalName: 'seal',
  target: 'es2022',
  write: false,
});
for (const [name, launchOne] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const) {
  const browser = await launchOne();
  const page = await browser.newPage();
  // WebCrypto is for secure contexts, and this is one.
  await page.route('http://localhost/', route => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto('http://localhost/');
  await page.addScriptTag({ content: `${bundle.outputFiles[0]?.text}; globalThis.measure = ${measure}` });
  report(name, await page.evaluate(() => (globalThis as Harness).measure((globalThis as Harness).seal)));
  await browser.close();
}
