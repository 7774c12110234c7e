// The README's picture of a terminal and a telephone in one room: both are real, and stand beside each other on a page of
// this file's own. `make pictures` makes it anew in docs/pictures, in light and dark.

import type { Browser, Page } from 'playwright-core';
import { launch } from '../browser/browsers.ts';
import { startDaemon } from '../browser/daemon.ts';
import { type Given, give } from '../browser/files.ts';
import { enterRoom, field, hears, inside, invitation, log, newPage, press, say } from '../browser/people.ts';
import { Terminal } from '../browser/terminal.ts';
import { CELL, type Theme, terminalMarkup } from './parts/cells.ts';
import { save } from './parts/saved.ts';

const PHONE = { viewport: { width: 360, height: 700 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const SIZE = { columns: 92, rows: 34 };
const WHOLE = { viewport: { width: 1240, height: 790 }, deviceScaleFactor: 1.5 };

/** What is around both. */
type Room = Theme & { wall: string; frame: string; bar: string; title: string };

const ROOMS: Record<'light' | 'dark', Room> = {
  light: {
    wall: 'linear-gradient(160deg, #e8ecf4, #d4dceb)',
    frame: '#c3cad8',
    bar: '#e4e7ee',
    title: '#565d6b',
    ground: '#fcfcfa',
    ink: '#20242b',
    sixteen: ['#20242b', '#b3261e', '#1b6e3c', '#8a5a00', '#2456b8', '#8d2f9c', '#0b6b78', '#5c6370'],
  },
  dark: {
    wall: 'linear-gradient(160deg, #1d222c, #0b0d12)',
    frame: '#343a46',
    bar: '#262b34',
    title: '#a8b0bf',
    ground: '#14171d',
    ink: '#e3e6eb',
    sixteen: ['#14171d', '#f2777a', '#79c98b', '#e5b567', '#7aa6f2', '#d79bea', '#62c5d1', '#c9ced6'],
  },
};

/** Zones in which it is evening now, for browsers and for C libraries, which count the other way. */
function evening(): { timezoneId: string; TZ: string } {
  const ahead = ((18 - new Date().getUTCHours() + 10 + 24) % 24) - 10;
  return { timezoneId: `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`, TZ: `EVE${-ahead}` };
}

/** A house at a lake as the sun goes down. */
async function photograph(page: Page): Promise<Given> {
  const packed = await page.evaluate(() => {
    const [width, height] = [880, 320];
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const fill = (style: string | CanvasGradient, ...at: [number, number, number, number]) => {
      context.fillStyle = style;
      context.fillRect(...at);
    };
    const shades = (from: number, to: number, ...colours: string[]) => {
      const gradient = context.createLinearGradient(0, from, 0, to);
      colours.forEach((colour, at) => gradient.addColorStop(at / (colours.length - 1), colour));
      return gradient;
    };
    const shape = (colour: string, ...points: [number, number][]) => {
      context.fillStyle = colour;
      context.beginPath();
      for (const point of points) context.lineTo(...point);
      context.fill();
    };
    const horizon = 190;
    fill(shades(0, horizon, '#27305f', '#7b4a86', '#e8795f', '#fbc56d'), 0, 0, width, horizon);
    context.fillStyle = '#fff1c4';
    context.arc(600, 168, 30, 0, 2 * Math.PI);
    context.fill();
    shape('#3a2f57', [0, 190], [0, 140], [130, 96], [280, 160], [430, 120], [560, 190]);
    shape('#2d2648', [520, 190], [690, 138], [790, 104], [880, 132], [880, 190]);
    fill(shades(horizon, height, '#f0a566', '#a75a74', '#2b2c55'), 0, horizon, width, height - horizon);
    for (let y = 196; y < height; y += 12) {
      const half = 20 + (y - horizon) * 0.7;
      fill('#ffe2a055', 600 - half + (y % 5) * 5, y, 2 * half, 5);
    }
    fill('#1b1830', 130, 150, 170, 66);
    shape('#110f20', [112, 152], [215, 92], [318, 152]);
    for (const x of [152, 238]) fill('#ffd97a', x, 168, 34, 26);
    fill('#110f20', 60, 212, 330, 9);
    for (const x of [80, 180, 280, 372]) fill('#110f20', x, 216, 8, 44);
    for (const x of [158, 244]) fill('#ffd97a66', x, 232, 22, 50);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  });
  return { name: 'boathouse.jpg', type: 'image/jpeg', bytes: Buffer.from(packed, 'base64') };
}

/** Ada sits before the telephone and Ben before the terminal, which is waited for as well. */
async function converse(ada: Page, ben: Terminal, chloe: Page): Promise<void> {
  await say(ada, 'Good evening! Who is coming on Saturday?');
  await ben.shows('Good evening!');
  ben.say('I am. Seven, at the boathouse?');
  await hears(chloe, 'I am. Seven, at the boathouse?');
  await say(chloe, '<b>Half past six</b>, or we lose the light.');
  await ben.shows('Half past six');
  await give(chloe, 'choose', await photograph(chloe));
  await chloe.getByLabel('Description').fill('The boathouse, last year');
  await chloe.getByLabel('Description').press('Enter');
  await ben.shows(/The boathouse, last year\]\s*│?[^\n]*\n\s*▀/);
  await log(ada).locator('.body img').waitFor();
  await say(ada, 'Then I bring:<ul><li>bread and olives</li><li>the small stove</li></ul>');
  await ben.shows('the small stove');
  ben.say('And I the lanterns 🏮');
  await hears(ada, 'And I the lanterns 🏮');
  await say(ada, '/purr Ben Her present is at my place.');
  await ben.shows('Her present is at my place.');
  ben.say('/r Not a word!');
  await hears(ada, 'Not a word!');
}

async function picture(browser: Browser, port: number, colorScheme: 'light' | 'dark'): Promise<void> {
  const room = ROOMS[colorScheme];
  const { timezoneId, TZ } = evening();
  const ada = await newPage(browser, { locale: 'en-GB', timezoneId, colorScheme, ...PHONE });
  const chloe = await newPage(browser, { locale: 'en-GB', timezoneId });
  await ada.goto(`http://localhost:${port}/`);
  await field(ada, 'Alias').fill('Ada');
  await press(ada, 'Open a room');
  await inside(ada);
  const link = await invitation(ada);
  const ben = new Terminal(link, 'Ben', SIZE, { COLORTERM: 'truecolor', TZ });
  await ben.shows('2 here');
  await enterRoom(chloe, link, 'Chloé');
  await converse(ada, ben, chloe);
  // Nothing is pointed at in the picture.
  await ada.mouse.move(0, 0);
  const phone = (await ada.screenshot({ caret: 'hide' })).toString('base64');
  const page = await newPage(browser, WHOLE);
  const screen = terminalMarkup(ben.buffer, SIZE.columns, SIZE.rows, room);
  await page.setContent(`<!doctype html><style>
    body { margin: 0; height: 100vh; display: flex; align-items: center; justify-content: center; gap: 36px;
      background: ${room.wall}; }
    .window { border-radius: 10px; overflow: hidden; border: 1px solid ${room.frame}; background: ${room.ground};
      box-shadow: 0 18px 50px #0006; }
    .bar { height: 34px; background: ${room.bar}; color: ${room.title}; font: 13px/34px 'DejaVu Sans'; text-align: center; }
    .bar b { float: left; width: 12px; height: 12px; margin: 11px -4px 0 12px; border-radius: 50%; background: ${room.frame}; }
    .screen { padding: 6px; font: 13.3px/${CELL.height}px 'DejaVu Sans Mono', 'Noto Color Emoji'; }
    i { font-style: normal; white-space: pre; }
    .phone { border: 10px solid ${colorScheme === 'dark' ? '#2b303a' : '#22262e'}; border-radius: 34px; width: ${PHONE.viewport.width}px;
      box-shadow: 0 18px 50px #0006; }
    </style><div class="window"><div class="bar"><b></b><b></b><b></b>sanctuary join</div>${screen}</div>
    <img class="phone" src="data:image/png;base64,${phone}">`);
  await page.locator('.phone').evaluate(image => (image as HTMLImageElement).decode());
  await save(page, `terminal-${colorScheme}`, 80);
  ben.close();
  for (const each of [ada, chloe, page]) await each.context().close();
}

const daemon = await startDaemon();
const browser = await launch();
for (const colorScheme of ['light', 'dark'] as const) await picture(browser, daemon.port, colorScheme);
await browser.close();
await daemon.stop();
