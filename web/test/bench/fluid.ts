// How fluid the page is in a busy room: tasks that hold it up for more than 50 ms, and how long its frames take, at 50
// messages a second for a minute and at 200, its conversation full from the beginning. BASE=PROGRAM, another build of the
// daemon with its page, is measured beside it in short turns, for a machine is not as fast at one time as at another.

import type { Browser, Page } from 'playwright-core';
import { MESSAGES_MOST } from '../../src/session/lines.ts';
import { launch } from '../browser/browsers.ts';
import { binary, type Daemon, startDaemon } from '../browser/daemon.ts';
import { enterHostile, type Hostile } from '../browser/hostile-page.ts';
import { newPage, openRoom } from '../browser/people.ts';

/** No more of one sender is drawn whole (view/budget). */
const SENDERS = 6;
const LOADS = [
  { rate: 50, seconds: 60 },
  { rate: 200, seconds: 20 },
];
/** Seconds of a turn where two are measured. */
const TURN = 5;
/** Sizes between which the window changes meanwhile. */
const SIZES = [
  { width: 600, height: 800 },
  { width: 360, height: 500 },
];

/** What happened in a page meanwhile, in milliseconds. */
type Taken = { long: number[]; frames: number[]; hidden: number };

/** An event of Chromium's tracing; `tdur`: microseconds of the processor. */
type Traced = { name: string; pid: number; tid: number; tdur?: number; args?: { name?: string } };

class Room {
  readonly taken: Taken = { long: [], frames: [], hidden: 0 };
  readonly name: string;
  readonly #daemon: Daemon;
  readonly #browsers: [Browser, Browser];
  readonly #page: Page;
  readonly #senders: Page[];

  private constructor(
    name: string,
    daemon: Daemon,
    browsers: [Browser, Browser],
    page: Page,
    senders: Page[],
  ) {
    this.name = name;
    this.#daemon = daemon;
    this.#browsers = browsers;
    this.#page = page;
    this.#senders = senders;
  }

  static async open(name: string, program: string): Promise<Room> {
    const daemon = await startDaemon('', program);
    const [browser, others] = await Promise.all([launch(), launch()]);
    const page = await newPage(browser, { viewport: SIZES[0] ?? null });
    const link = await openRoom(page, `http://localhost:${daemon.port}`, 'reader');
    const senders: Page[] = [];
    for (let at = 0; at < SENDERS; at++) {
      const sender = await newPage(others);
      await enterHostile(sender, link, `sender${at}`);
      // They share the machine with the page that is measured.
      await sender.evaluate(() => (globalThis as Hostile).mallory.deafen());
      senders.push(sender);
    }
    const room = new Room(name, daemon, [browser, others], page, senders);
    await room.run(150, (MESSAGES_MOST * 1.2) / 150);
    return room;
  }

  /** Has so many messages said a second, and keeps what they took. */
  async run(rate: number, seconds: number, changing = false): Promise<void> {
    const measured = this.#page.evaluate(measure, seconds * 1000);
    const said = this.#senders.map(sender =>
      sender.evaluate(
        async ([gap, until]) => {
          const texts = ['Yes.', 'Shall we meet at eight, at the usual place?', 'I can’t tell. '.repeat(12)];
          const { mallory } = globalThis as Hostile;
          const end = performance.now() + until;
          for (let at = 0, due = performance.now(); due < end; at++, due += gap) {
            await new Promise(later => setTimeout(later, due - performance.now()));
            mallory.say(`${at} ${texts[at % texts.length]}`);
          }
        },
        [(SENDERS / rate) * 1000, seconds * 1000] as const,
      ),
    );
    if (changing)
      for (const size of [...SIZES, ...SIZES]) {
        await new Promise(later => setTimeout(later, (seconds * 1000) / 5));
        await this.#page.setViewportSize(size);
      }
    await Promise.all(said);
    const { long, frames, hidden } = await measured;
    this.taken.long.push(...long);
    this.taken.frames.push(...frames);
    this.taken.hidden += hidden;
  }

  /**
   * The longest task of the page at so many messages a second, in milliseconds of the processor: these do not grow when
   * others want it too.
   */
  async longestTask(rate: number): Promise<number> {
    await this.#browsers[0].startTracing(this.#page, { categories: ['toplevel'] });
    await this.run(rate, TURN);
    const trace = JSON.parse(`${await this.#browsers[0].stopTracing()}`) as { traceEvents: Traced[] };
    const events = trace.traceEvents;
    const main = events.find(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
    const isTask = ({ name, pid, tid }: Traced) =>
      name === 'ThreadControllerImpl::RunTask' && pid === main?.pid && tid === main.tid;
    return Math.max(...events.filter(isTask).map(({ tdur = 0 }) => tdur / 1000));
  }

  /** What was measured, which begins anew. */
  take(): Taken {
    const taken = { ...this.taken };
    Object.assign(this.taken, { long: [], frames: [], hidden: 0 });
    return taken;
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map(browser => browser.close()));
    await this.#daemon.stop();
  }
}

/** Runs in the page. A frame in which the newest line is out of sight is counted as `hidden`. */
async function measure(milliseconds: number): Promise<Taken> {
  const taken: Taken = { long: [], frames: [], hidden: 0 };
  const observer = new PerformanceObserver(list => {
    taken.long.push(...list.getEntries().map(entry => entry.duration));
  });
  observer.observe({ type: 'longtask' });
  const log = document.querySelector('[role=log]') as HTMLElement;
  const end = performance.now() + milliseconds;
  let before = performance.now();
  while (before < end) {
    const now = await new Promise<number>(resolve => requestAnimationFrame(resolve));
    taken.frames.push(now - before);
    before = now;
    // After the frame's own work.
    await new Promise(later => setTimeout(later));
    if (log.scrollHeight - log.scrollTop - log.clientHeight > 2) taken.hidden++;
  }
  observer.disconnect();
  return taken;
}

const BASE = process.env.BASE;
const rooms = [
  await Room.open('this', binary()),
  ...(BASE === undefined ? [] : [await Room.open('base', BASE)]),
];
for (const { rate, seconds } of LOADS) {
  console.log(`${rate} messages a second for ${seconds} s`);
  const turn = rooms.length > 1 ? TURN : seconds;
  for (let passed = 0; passed < seconds; passed += turn) for (const room of rooms) await room.run(rate, turn);
  report(rooms.map(room => [room.name, room.take()]));
}
for (const { rate } of LOADS)
  for (const room of rooms) {
    const longest = await room.longestTask(rate);
    console.log(
      `  ${room.name}  ${rate} a second: the longest task takes ${longest.toFixed(0)} ms of the processor`,
    );
    room.take();
  }
console.log('50 messages a second, while the window changes its size');
for (const room of rooms) await room.run(50, 10, true);
report(rooms.map(room => [room.name, room.take()]));
for (const room of rooms) await room.close();

function report(all: [string, Taken][]): void {
  const lines = all.map(([name, { long, frames, hidden }]) => ({
    name,
    long: long.length,
    longest: Math.max(0, ...long),
    p95: frames.sort((one, other) => one - other)[Math.floor(frames.length * 0.95)] ?? 0,
    hidden,
  }));
  for (const { name, long, longest, p95, hidden } of lines)
    console.log(
      `  ${name}  ${long} long tasks, the longest ${longest.toFixed(0)} ms; p95 of a frame ${p95.toFixed(1)} ms; ` +
        `newest line out of sight in ${hidden} frames`,
    );
  const [one, other] = lines;
  if (one && other) console.log(`  p95 of a frame: ${(one.p95 / other.p95).toFixed(2)} of base`);
}
