// The pictures of the README: a conversation of four, as one of them sees it, on a telephone and on a desk, in light and
// dark. `make pictures` makes them anew in docs/pictures.

import type { Browser, Page } from 'playwright-core';
import { launch } from '../browser/browsers.ts';
import { startDaemon } from '../browser/daemon.ts';
import { enterRoom, field, hears, inside, invitation, log, newPage, press, say } from '../browser/people.ts';
import { save } from './parts/saved.ts';

const SCREENS = [
  {
    name: 'phone',
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  },
  { name: 'desktop', viewport: { width: 1120, height: 780 }, deviceScaleFactor: 1.5 },
] as const;

type Screen = (typeof SCREENS)[number];

/** In the order in which they speak. The one who looks is Ada, who keeps the room. */
async function converse({ ada, ben, chloe, dora }: Record<'ada' | 'ben' | 'chloe' | 'dora', Page>) {
  const all = [ada, ben, chloe, dora];
  const said = async (by: Page, text: string, shown = text.replace(/<[^>]*>/g, '')) => {
    await say(by, text);
    for (const each of all) await hears(each, shown);
  };
  await said(ada, 'Good evening! Who is coming on Saturday?');
  await said(ben, 'I am. Seven, at the boathouse?');
  await said(chloe, '<b>Half past six</b>, or we lose the light.', 'Half past six');
  await said(chloe, 'I bring the lanterns 🏮');
  await said(
    dora,
    'Then I bring:<ul><li>bread and olives</li><li>the small stove</li><li>blankets for four</li></ul>',
    'blankets for four',
  );
  await say(ben, '/purr Ada Her present is at my place. Not a word!');
  await hears(ada, 'Her present is at my place. Not a word!');
  await said(ada, 'Half past six it is.');
  for (const by of [ben, chloe, dora]) await react(by, 'Half past six it is.');
  await log(ada).locator('.reactions', { hasText: '3' }).waitFor();
}

async function react(page: Page, text: string): Promise<void> {
  await log(page).getByText(text, { exact: true }).hover();
  await log(page).locator('.doings > .opener').click();
  await page.getByRole('menuitem', { name: 'React' }).click();
  await page.getByRole('menuitem').first().click();
}

async function picture(browser: Browser, port: number, screen: Screen, colorScheme: 'light' | 'dark') {
  const { name, ...options } = screen;
  const evening = new Date(2026, 5, 18, 18, 4);
  const open = async (options: Parameters<typeof newPage>[1]) => {
    const page = await newPage(browser, { locale: 'en-GB', ...options });
    await page.clock.setFixedTime(evening);
    return page;
  };
  const ada = await open({ ...options, colorScheme });
  const [ben, chloe, dora] = await Promise.all([open({}), open({}), open({})]);
  await ada.goto(`http://localhost:${port}/`);
  await field(ada, 'Alias').fill('Ada');
  await press(ada, 'Open a room');
  await inside(ada);
  const link = await invitation(ada);
  for (const [page, alias] of [
    [ben, 'Ben'],
    [chloe, 'Chloé'],
    [dora, 'Dora'],
  ] as const)
    await enterRoom(page, link, alias);
  await converse({ ada, ben, chloe, dora });
  // Nothing is pointed at in the picture.
  await ada.mouse.move(0, 0);
  await save(ada, `${name}-${colorScheme}`);
  for (const page of [ada, ben, chloe, dora]) await page.context().close();
}

const daemon = await startDaemon();
const browser = await launch();
for (const screen of SCREENS)
  for (const colorScheme of ['light', 'dark'] as const)
    await picture(browser, daemon.port, screen, colorScheme);
await browser.close();
await daemon.stop();
