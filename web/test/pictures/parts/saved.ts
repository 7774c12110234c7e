// Where the README's pictures stand, and how large they may be.

import { mkdirSync, statSync } from 'node:fs';
import type { Page } from 'playwright-core';

const FOLDER = '../docs/pictures';
/** Bytes of a picture: whoever reads the README waits for it. */
const PICTURE_MOST = 100_000;

export async function save(page: Page, name: string, quality = 90): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const path = `${FOLDER}/${name}.webp`;
  await page.screenshot({ path, type: 'webp', quality, caret: 'hide' });
  const { size } = statSync(path);
  if (size > PICTURE_MOST) throw new Error(`${path} has ${size} bytes, of ${PICTURE_MOST} at the most`);
  console.log(`${path.slice(3)}: ${size} bytes`);
}
