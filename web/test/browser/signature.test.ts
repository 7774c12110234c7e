// Ed25519 in real browsers, with WebCrypto and without: the verdicts of testdata/signatures.json.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import vectors from '../../../testdata/signatures.json' with { type: 'json' };
import type * as Signature from '../../src/seal/signature.ts';
import type * as Suite from '../../src/seal/suite.ts';
import { INSECURE_HOST, launch, launchFirefox } from './browsers.ts';

type Harness = typeof globalThis & { seal: typeof Signature & typeof Suite };

const bundle = await build({
  stdin: {
    contents: "export * from './seal/signature.ts'; export * from './seal/suite.ts';",
    loader: 'ts',
    resolveDir: 'src',
  },
  bundle: true,
  format: 'iife',
  globalName: 'seal',
  write: false,
});
const script = bundle.outputFiles[0]?.text ?? '';

/** What the browser says of each signature, and how often its own Ed25519 was asked. */
async function judge(browser: Browser, host: string): Promise<{ verdicts: string[]; asked: number }> {
  const page = await browser.newPage();
  const address = `http://${host}/`;
  await page.route(address, route => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(address);
  await page.addScriptTag({ content: script });
  const judged = await page.evaluate(async cases => {
    const { bestSuite, publicKey, verify } = (globalThis as Harness).seal;
    const unhex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16));
    let asked = 0;
    if (crypto.subtle) {
      const native = crypto.subtle.verify.bind(crypto.subtle);
      crypto.subtle.verify = (...all: Parameters<SubtleCrypto['verify']>) => {
        asked += 1;
        return native(...all);
      };
    }
    const suite = bestSuite();
    const verdicts: string[] = [];
    for (const { key, message, signature } of cases) {
      try {
        const holds = await verify(suite, publicKey(unhex(key)), unhex(message), unhex(signature));
        verdicts.push(holds ? 'holds' : 'forged');
      } catch (error) {
        verdicts.push((error as { fault?: string }).fault ?? String(error));
      }
    }
    return { verdicts, asked };
  }, vectors.judged);
  await page.close();
  return judged;
}

for (const [name, launchOne] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const)
  describe(name, () => {
    let browser: Browser;
    before(async () => {
      browser = await launchOne();
    });
    after(() => browser.close());

    for (const [how, host, isAsked] of [
      ['with WebCrypto', 'localhost', true],
      ['without WebCrypto', INSECURE_HOST, false],
    ] as const)
      test(`the verdicts are those of the rule, ${how}`, async () => {
        const { verdicts, asked } = await judge(browser, host);
        for (const [at, { name, verdict }] of vectors.judged.entries())
          assert.equal(verdicts[at], verdict, name);
        assert.ok(isAsked ? asked > 20 : asked === 0, `asked ${asked} times`);
      });
  });
