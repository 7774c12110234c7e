// Milliseconds that hostile messages take in real browsers, beside a plain one as long: until they are laid out and
// until the page is drawn again, and how a page fares that is flooded by them. KIND=table names some alone.

import { launch, launchFirefox } from '../browser/browsers.ts';
import { hear, openConversation } from '../browser/conversation.ts';
import { HOSTILE, PLAIN } from '../hostile.ts';

/** Times that each is measured; the least counts, for the machine does other things too. */
const ROUNDS = 3;
/** Messages of a flood, and the milliseconds that they come in. */
const FLOOD = 25;
const WITHIN = 2000;

const kinds = Object.entries(HOSTILE).filter(([name]) => new RegExp(process.env.KIND ?? '').test(name));
const shown = (ms: number) => ms.toFixed(0).padStart(8);

for (const [name, launchOne] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const) {
  const browser = await launchOne();
  console.log(`${name.padEnd(34)}laid out   drawn, ms; times the plain one`);
  let plain: number | undefined;
  for (const [kind, text] of [['plain', PLAIN], ...kinds] as const) {
    let least = { laidOut: Infinity, drawn: Infinity };
    for (let round = 0; round < ROUNDS; round++) {
      const page = await openConversation(browser);
      await hear(page, ['x']);
      const taken = await hear(page, [text]);
      if (taken.laidOut < least.laidOut) least = taken;
      await page.close();
    }
    plain ??= least.laidOut;
    const times = (least.laidOut / plain).toFixed(1).padStart(8);
    console.log(`${kind.padEnd(34)}${shown(least.laidOut)}${shown(least.drawn)}${times}`);
  }
  for (const [kind, text] of kinds.slice(0, 5)) {
    const page = await openConversation(browser);
    let longest = 0;
    for (let at = 0; at < FLOOD; at++) {
      const { drawn } = await hear(page, [text]);
      longest = Math.max(longest, drawn);
      await new Promise(later => setTimeout(later, Math.max(0, WITHIN / FLOOD - drawn)));
    }
    console.log(`${`a flood of ${kind}`.padEnd(44)}${shown(longest)} at the longest`);
    await page.close();
  }
  await browser.close();
}
