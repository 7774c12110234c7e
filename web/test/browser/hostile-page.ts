// Puts a hostile member into a page, as from its console, where no policy of the page's keeps it out.

import type { Page } from 'playwright-core';
import { build } from 'esbuild';
import type * as Members from './hostile-member.ts';

/** What such a page has in reach. */
export type Hostile = typeof globalThis & {
  members: typeof Members;
  mallory: Members.HostileMember;
};

/** Has to be a page with WebCrypto. */
export async function enterHostile(page: Page, link: string, alias: string): Promise<void> {
  const built = await build({
    entryPoints: ['test/browser/hostile-member.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'members',
  });
  await page.goto(`${new URL(link).origin}/farewell`);
  await page.evaluate(`${built.outputFiles[0]?.text}; globalThis.members = members; undefined`);
  await page.evaluate(
    async ([link, alias]) => {
      const hostile = globalThis as Hostile;
      hostile.mallory = await hostile.members.HostileMember.enter(link, alias);
    },
    [link, alias] as const,
  );
}
