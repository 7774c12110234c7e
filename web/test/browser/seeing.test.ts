// The panel that tells who can see what of this very connection, with the numbers to compare and the daemon's protections.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { INSECURE_HOST, launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { choose, complaints, dismiss, enterRoom, field, inside, newPage, openRoom, press } from './people.ts';

let daemon: Daemon;
let browser: Browser;
let origin: string;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

async function look(page: Page): Promise<Locator> {
  await choose(page, 'Who can see what');
  return page.getByRole('dialog', { name: 'Who can see what' });
}

test('it tells the way that the page came, who runs the server, and what the daemon says of itself', async () => {
  for (const [host, came, not] of [
    ['localhost', 'at an address of this very machine', 'over plain http'],
    [INSECURE_HOST, 'over plain http', 'of this very machine'],
  ] as const) {
    const page = await newPage(browser);
    await openRoom(page, `http://${host}:${daemon.port}`, 'alice');
    const panel = await look(page);
    const text = (await panel.textContent()) ?? '';
    assert.ok(text.includes(came) && !text.includes(not), text);
    assert.ok(text.includes(`Whoever runs ${host}:${daemon.port} sees`), text);
    // Such a daemon has these wherever it runs.
    const inForce = panel.locator('ul').first();
    for (const protection of ['a crash leaves no copy of the memory', 'it can get no further rights'])
      await inForce.getByText(protection).waitFor();
    assert.equal(await panel.getByRole('listitem').count(), 7);
    dismiss(page);
  }
});

test('a password that somebody chose is told from one that was drawn', async () => {
  const [drawn, chosen] = await Promise.all([newPage(browser), newPage(browser)]);
  await openRoom(drawn, origin, 'alice');
  await (await look(drawn)).getByText('It has the form of one that was made by itself').waitFor();
  await chosen.goto(`${origin}/`);
  await field(chosen, 'Alias').fill('alice');
  await chosen.getByText('Options').click();
  await field(chosen, 'Your own password').fill('correct horse');
  await press(chosen, 'Open a room');
  await inside(chosen);
  await (await look(chosen)).getByText('A password that somebody chose can be guessed').waitFor();
  dismiss(drawn, chosen);
});

test('the numbers are compared there, also of who comes while it is open, and the focus stays', async () => {
  const [alice, bob, carol] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)]);
  const link = await openRoom(alice, origin, 'alice');
  await enterRoom(bob, link, 'bob');
  const panel = await look(alice);
  await panel.getByText('alice keeps the room: only the keeper may').waitFor();
  const ofBob = panel.getByRole('checkbox', { name: /^bob / });
  const number = (await ofBob.locator('..').textContent()) ?? '';
  await choose(bob, 'Who can see what');
  const own = await bob.getByText('Your own number').locator('.code').textContent();
  assert.ok(own && /^(\d{5} ){3}\d{5}$/.test(own), `${own}`);
  assert.ok(number.includes(own), 'as the other reads it aloud');
  await ofBob.press('Space');
  await alice.locator('.mark.verified').first().waitFor({ state: 'attached' });
  assert.ok(await ofBob.isChecked());
  await enterRoom(carol, link, 'carol');
  await panel.getByRole('checkbox', { name: /^carol / }).waitFor();
  assert.ok(await ofBob.evaluate(node => node === document.activeElement));
  await carol.close({ runBeforeUnload: true });
  await panel.getByRole('checkbox', { name: /^carol / }).waitFor({ state: 'detached' });
  await alice.keyboard.press('Escape');
  await alice.locator('.bar .mark.verified').waitFor();
  dismiss(alice, bob, carol);
});

test('it begins at its top, with the focus on what closes it', async () => {
  const page = await newPage(browser, { viewport: { width: 360, height: 640 } });
  await openRoom(page, origin, 'alice');
  const panel = await look(page);
  assert.equal(await panel.evaluate(node => node.scrollTop), 0);
  assert.equal(await page.locator(':focus').textContent(), 'Close');
  const box = await page.locator(':focus').boundingBox();
  assert.ok(box && box.y + box.height <= 640);
  dismiss(page);
});
