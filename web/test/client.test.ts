// What the view talks to, over a relay in memory: the connection and the worker are doubles, the rest is real.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { type Client, createClient } from '../src/client.ts';
import * as markdown from '../src/markdown.ts';
import type { Answer, Task } from '../src/derive.ts';
import { readRoomKey } from '../src/seal/room-key.ts';
import { stretchNatively } from '../src/seal/stretch.ts';
import { Session } from '../src/session.ts';
import type { Line, View } from '../src/state.ts';
import { TYPING_AFTER } from '../src/session/typing.ts';
import { ALIASES, type Caller, inside, World } from './relay.ts';
import { informs, tellNote } from '../src/view/notes.ts';
import { hex } from './vectors.ts';

let world: World;
let started: FakeWorker[] = [];
let workersFail = false;
/** What comes later, or does not. */
let loadAliases = async () => ALIASES;
let loadMarkdown = async () => markdown;

/** Stretches with few rounds. */
class FakeWorker {
  onmessage: ((event: { data: Answer }) => void) | null = null;
  onerror: (() => void) | null = null;
  terminated = false;

  constructor(address: string) {
    assert.equal(address, '/derive.js');
    if (workersFail) throw new TypeError('refused');
    started.push(this);
  }

  async postMessage({ password, salt }: Task, handedOver: ArrayBuffer[]) {
    assert.deepEqual(handedOver, [password.buffer]);
    this.onmessage?.({ data: { progress: 0.5 } });
    const door = await stretchNatively(crypto.subtle, password, salt, 2);
    if (!this.terminated) this.onmessage?.({ data: { door } });
  }

  terminate() {
    this.terminated = true;
  }
}

/** A WebSocket whose other end is the relay. */
class RelaySocket implements Caller {
  static OPEN = 1;
  static made: RelaySocket[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor() {
    RelaySocket.made.push(this);
    setImmediate(() => {
      this.readyState = 1;
      this.onopen?.();
      world.greet(this);
    });
  }

  hear(bytes: Uint8Array<ArrayBuffer>) {
    const data = Uint8Array.from(bytes).buffer;
    setImmediate(() => this.onmessage?.({ data }));
  }

  cut() {
    this.readyState = 3;
    setImmediate(() => this.onclose?.());
  }

  send(bytes: Uint8Array<ArrayBuffer>) {
    world.take(this, Uint8Array.from(bytes));
  }

  close() {
    const seat = world.seatOf(this);
    if (seat) world.giveUp(seat);
    this.cut();
  }
}

const network = new EventTarget();
let clients: Client[] = [];

beforeEach(() => {
  world = new World();
  started = [];
  workersFail = false;
  loadAliases = async () => ALIASES;
  loadMarkdown = async () => markdown;
  clients = [];
  RelaySocket.made = [];
  Object.assign(globalThis, {
    WebSocket: RelaySocket,
    Worker: FakeWorker,
    location: { protocol: 'http:', host: 'here:8080', origin: 'http://here:8080', pathname: '/' },
    addEventListener: network.addEventListener.bind(network),
    removeEventListener: network.removeEventListener.bind(network),
  });
});

afterEach(() => {
  for (const client of clients) client.destroy();
});

/** A client, and a way to wait for its view to be as wanted. */
function open(alias: string, mode: 'open' | 'enter', password = '9F3K-TQ2M-XA7B-0C1D') {
  const views: View[] = [];
  const waiting = new Set<() => void>();
  const client = createClient(
    view => {
      views.push(view);
      for (const check of waiting) check();
    },
    { loadAliases, loadMarkdown },
  );
  clients.push(client);
  const room = readRoomKey('Y1HE-DCG7');
  assert.ok(room);
  const until = (wanted: (view: View) => boolean) =>
    new Promise<View>(resolve => {
      const check = () => {
        if (!wanted(client.view())) return;
        waiting.delete(check);
        resolve(client.view());
      };
      waiting.add(check);
      check();
    });
  client.enter({ alias, room, password, mode });
  return { client, views, until };
}

const linesOf = (view: View) => ('lines' in view ? view.lines : []);
const membersOf = (view: View) => ('members' in view ? view.members : []);
const last = (view: View) => linesOf(view).at(-1);
const refusalOf = (view: View) => 'refusal' in view && view.refusal;
const isRefused = (view: View) => !!refusalOf(view);
const isOver = (view: View) => view.phase === 'over';
const isLocked = (view: View) => 'locked' in view && view.locked;
const sent = (line: Line) => line.kind === 'message' && line.state === 'sent';
const inRoom = (view: View) => view.phase === 'room';

async function two() {
  const ada = open('Ada', 'open');
  await ada.until(inRoom);
  const bob = open('Bob', 'enter');
  await bob.until(inRoom);
  await ada.until(view => membersOf(view).length === 2);
  return { ada, bob };
}

test('entering goes through its phases, and gives an invitation', async () => {
  const { client, views, until } = open('Ada', 'open');
  await until(inRoom);
  const phases = views.map(view => `${view.phase} ${('progress' in view && view.progress) || ''}`.trim());
  assert.deepEqual(phases, ['deriving', 'deriving 0.5', 'connecting', 'connecting', 'room']);
  assert.equal(client.invitation(), 'http://here:8080/#Y1HE-DCG7:9F3K-TQ2M-XA7B-0C1D');
  assert.ok(started[0]?.terminated);
});

test('all that is random comes whole from the browser’s own source', async t => {
  const given: string[] = [];
  const draw = crypto.getRandomValues.bind(crypto);
  t.mock.method(crypto, 'getRandomValues', (into: Uint8Array<ArrayBuffer>) => {
    given.push(hex(draw(into)));
    return into;
  });
  const { ada } = await two();
  await ada.client.type('hello');
  await ada.until(view => last(view)?.kind === 'message');
  const sealed = world.seen.flatMap(({ frame }) => {
    if (frame.kind === 'create' || frame.kind === 'enter') return [frame.card];
    if (frame.kind === 'pass') return frame.passes.map(({ passed }) => passed);
    return frame.kind === 'say' ? [frame.payload.subarray(8)] : [];
  });
  assert.equal(sealed.length, 4);
  for (const box of sealed) assert.ok(given.includes(hex(box.subarray(0, 16))), 'an IV that was not drawn');
  // Of each the X25519 secret and the seeds of seat and voice; the room's secret and a chain.
  assert.equal(given.filter(bytes => bytes.length === 64).length, 8);
});

test('a worker that does not start leads back to the entrance', async () => {
  workersFail = true;
  const { until } = open('Ada', 'open');
  assert.equal(refusalOf(await until(isRefused)), 'unreachable');
});

test('a worker that never begins, or goes silent, is given up in its time', async () => {
  for (const [sign, milliseconds] of [
    [undefined, 20_000],
    [{ begun: true }, 60_000],
    [{ progress: 0.5 }, 60_000],
  ] as const) {
    mock.timers.enable({ apis: ['setTimeout'] });
    const silent = mock.method(FakeWorker.prototype, 'postMessage', async () => {});
    const { client, until } = open('Ada', 'open');
    await until(view => view.phase === 'deriving');
    const worker = started.at(-1);
    if (sign) worker?.onmessage?.({ data: sign });
    mock.timers.tick(milliseconds - 1);
    assert.equal(worker?.terminated, false);
    mock.timers.tick(1);
    assert.equal(worker?.terminated, true);
    mock.timers.reset();
    await until(view => view.phase === 'entrance');
    assert.equal(refusalOf(client.view()), 'unreachable');
    silent.mock.restore();
  }
});

test('what did not load leads back to the entrance, and is loaded at the next try', async () => {
  let tries = 0;
  loadAliases = async () => {
    if (++tries === 1) throw new TypeError('not loaded');
    return ALIASES;
  };
  const { client, until } = open('Ada', 'open');
  assert.equal(refusalOf(await until(isRefused)), 'not-loaded');
  const room = readRoomKey('Y1HE-DCG7');
  assert.ok(room);
  client.enter({ alias: 'Ada', room, password: '9F3K-TQ2M-XA7B-0C1D', mode: 'open' });
  await until(inRoom);
  assert.equal(tries, 2);
});

test('without the table of look-alikes a line says so', async () => {
  loadAliases = async () => ({ ...ALIASES, skeletonsOf: null });
  const { until } = open('Ada', 'open');
  const line = last(await until(inRoom));
  assert.ok(line?.kind === 'note' && line.note.code === 'unmarked' && informs(line.note));
});

test('messages, whispers and farewells arrive', async () => {
  const { ada, bob } = await two();
  assert.equal(await ada.client.type('hello'), 'taken');
  const heard = last(await bob.until(view => last(view)?.kind === 'message'));
  assert.ok(heard?.kind === 'message' && heard.html === 'hello' && heard.from.alias === 'Ada');
  assert.equal(await bob.client.type('/purr ada psst'), 'taken');
  const whispered = last(await ada.until(view => last(view)?.kind === 'whisper'));
  assert.ok(whispered?.kind === 'whisper' && whispered.html === 'psst' && !whispered.to);
  assert.equal(await ada.client.type('/exit so long'), 'taken');
  assert.deepEqual(await ada.until(isOver), { phase: 'over', ending: 'left' });
  const lines = linesOf(await bob.until(view => membersOf(view).length === 1));
  assert.ok(lines.some(line => line.kind === 'farewell' && line.html === 'so long'));
});

test('what is typed in Markdown is sent as HTML, aloud, aside, as an action and at last', async () => {
  const { ada, bob } = await two();
  for (const [typed, html] of [
    ['*one*', '<em>one</em>'],
    ['/purr bob `<b>`', '<code>&lt;b&gt;</code>'],
    ['/me **waves**', '<strong>waves</strong>'],
    ['/exit _bye_', '<em>bye</em>'],
  ] as const) {
    await ada.client.type(typed);
    await bob.until(view => linesOf(view).some(line => 'html' in line && line.html === html));
  }
});

test('nothing is said before what makes HTML of it is there, and what was typed first comes first, commands too', async () => {
  let isThere = (_: typeof markdown) => {};
  loadMarkdown = () => new Promise(there => (isThere = there));
  const { client, until } = open('Ada', 'open');
  await until(inRoom);
  const typed = ['*one*', '/number', 'two'].map(text => client.type(text));
  assert.deepEqual(linesOf(client.view()), []);
  isThere(markdown);
  assert.deepEqual(await Promise.all(typed), ['taken', 'taken', 'taken']);
  assert.deepEqual(
    linesOf(client.view()).map(line => ('html' in line ? line.html : line.kind)),
    ['<em>one</em>', 'note', 'two'],
  );
});

test('where what makes HTML does not load, text stays in its box, commands are obeyed, and it is tried again', async () => {
  let tries = 0;
  loadMarkdown = async () => {
    if (++tries < 3) throw new TypeError('not loaded');
    return markdown;
  };
  const { client, until } = open('Ada', 'open');
  await until(inRoom);
  assert.equal(await client.type('/number'), 'taken');
  assert.equal(await client.type('*one*'), 'kept');
  const line = last(client.view());
  assert.ok(line?.kind === 'note' && line.note.code === 'not-loaded');
  assert.equal(await client.type('*one*'), 'taken');
  const said = last(client.view());
  assert.ok(said?.kind === 'message' && said.html === '<em>one</em>');
  assert.equal(tries, 3);
});

test('what fails by a fault of the page holds up nothing that is typed after it', async () => {
  loadMarkdown = async () => ({
    ...markdown,
    toHtml(typed: string) {
      if (typed === 'fault') throw new RangeError('a fault');
      return typed;
    },
  });
  const { client, until } = open('Ada', 'open');
  await until(inRoom);
  await assert.rejects(client.type('fault'));
  assert.equal(await client.type('goes on'), 'taken');
});

test('what is not understood stays in its box, and a line only its sender sees says why', async () => {
  const { ada, bob } = await two();
  for (const [typed, why] of [
    ['/nonsense', /no command \/nonsense/],
    ['/kick', /^Write \/kick ALIAS\.$/],
    ['/stop it', /^Write \/stop with nothing after it\.$/],
    ['/kick Zoe', /Nobody called Zoe/],
    ['/purr Zoe psst', /Nobody called Zoe/],
    ['/purr Ada psst', /That is you/],
    ['x'.repeat(70_000), /too long/],
    [`/exit ${'x'.repeat(70_000)}`, /too long/],
  ] as const) {
    assert.equal(await ada.client.type(typed), 'kept', typed.slice(0, 20));
    const line = last(ada.client.view());
    assert.ok(line?.kind === 'note' && !informs(line.note));
    assert.match(tellNote(line.note), why);
  }
  assert.equal(ada.client.view().phase, 'room');
  assert.equal(await ada.client.type('  '), 'kept');
  assert.equal(await ada.client.type('psst', { to: { id: 77, number: '' } }), 'kept');
  const gone = last(ada.client.view());
  assert.ok(gone?.kind === 'note' && gone.note.code === 'gone');
  assert.equal(await ada.client.type('  ', { to: inside(ada.client.view()).you }), 'kept');
  assert.deepEqual(linesOf(bob.client.view()), []);
});

test('who is away is not whispered to, and what was typed stays', async () => {
  const { ada, bob } = await two();
  const to = inside(bob.client.view()).you;
  world.break(RelaySocket.made.at(-1) as RelaySocket);
  await ada.until(view => membersOf(view).some(({ id, away }) => id === to.id && away));
  assert.equal(await ada.client.type('psst', { to }), 'kept');
  const line = last(ada.client.view());
  assert.ok(
    line?.kind === 'note' &&
      tellNote(line.note) ===
        'Bob is away at the moment. Try again once the list of members says so no more.',
  );
});

test('while whispering, commands are obeyed and only messages are whispered', async () => {
  const { ada, bob } = await two();
  const to = inside(bob.client.view()).you;
  assert.equal(await ada.client.type('/help', { to }), 'taken');
  assert.equal(last(ada.client.view())?.kind, 'note');
  assert.equal(await ada.client.type('/nonsense', { to }), 'kept');
  assert.equal(await ada.client.type('//slashed', { to }), 'taken');
  const lines = linesOf(await bob.until(view => last(view)?.kind === 'whisper'));
  assert.deepEqual(
    lines.map(line => ('html' in line ? line.html : line.kind)),
    ['/slashed'],
  );
  assert.equal(await ada.client.type('/stop', { to }), 'taken');
  assert.deepEqual(await bob.until(isOver), { phase: 'over', ending: 'stopped', by: 'Ada' });
});

test('of two with one alias the number says which is meant, and without it nothing is sent', async () => {
  const { ada, bob } = await two();
  const { id } = inside(bob.client.view()).you;
  const line = RelaySocket.made.at(-1) ?? assert.fail();
  world.break(line);
  await ada.until(view => membersOf(view).some(member => member.id === id && member.away));
  const other = open('bob', 'enter');
  await other.until(inRoom);
  // Bob's page learns of the break now, not by the daemon's silence.
  line.cut();
  const named = await ada.until(view => membersOf(view).every(({ away }) => !away));
  await bob.until(inRoom);
  assert.deepEqual(
    membersOf(named).map(({ alias, ordinal }) => [alias, ordinal]),
    [
      ['Ada', undefined],
      ['Bob', 1],
      ['bob', 2],
    ],
  );
  for (const typed of ['/purr bob psst', '/kick bob', '/verify bob', '/keeper BOB']) {
    assert.equal(await ada.client.type(typed), 'kept', typed);
    const line = last(ada.client.view());
    assert.ok(line?.kind === 'note');
    assert.match(tellNote(line.note), /Say which one: bob 1 or bob 2|Say which one: BOB 1 or BOB 2/, typed);
  }
  assert.equal(await ada.client.type('/purr bob 2 3 beers'), 'taken');
  const heard = last(await other.until(view => last(view)?.kind === 'whisper'));
  assert.ok(heard?.kind === 'whisper' && heard.html === '3 beers');
  assert.equal(await ada.client.type('/purr bob 1 psst'), 'taken');
  await bob.until(view => last(view)?.kind === 'whisper');
  assert.ok(!linesOf(other.client.view()).some(line => 'html' in line && line.html === 'psst'));
  // Words meant for one that has left go to nobody.
  other.client.leave();
  await ada.until(view => membersOf(view).length === 2);
  for (const typed of ['/purr bob 2 secret', '/purr bob 1 secret', '/kick bob 2'])
    assert.equal(await ada.client.type(typed), 'kept', typed);
  assert.equal(await ada.client.type('/purr bob secret'), 'taken');
});

test('a number at the beginning of a whisper is text where nobody shared the alias', async () => {
  const { ada, bob } = await two();
  assert.equal(await ada.client.type('/purr Bob 2 beers'), 'taken');
  const heard = last(await bob.until(view => last(view)?.kind === 'whisper'));
  assert.ok(heard?.kind === 'whisper' && heard.html === '2 beers');
});

test('an answer goes to who whispered last, and to nobody once that one has left', async () => {
  const { ada, bob } = await two();
  const eve = open('Eve', 'enter');
  await eve.until(inRoom);
  await ada.until(view => membersOf(view).length === 3);
  const whispers = (view: View) => linesOf(view).filter(({ kind }) => kind === 'whisper').length;
  const refused = async (why: string) => {
    const heard = [bob, eve].map(({ client }) => linesOf(client.view()).length);
    assert.equal(await ada.client.type('/r secret'), 'kept');
    const line = last(ada.client.view());
    assert.ok(line?.kind === 'note' && line.note.code === why);
    await ada.client.type(why);
    for (const { until } of [bob, eve])
      await until(view => linesOf(view).some(line => 'html' in line && line.html === why));
    const since = [bob, eve].map(({ client }) => linesOf(client.view()).length);
    assert.deepEqual(
      since,
      heard.map(count => count + 1),
      'nothing but what was said to all',
    );
  };
  await refused('unwhispered');
  await eve.client.type('/purr ada one');
  await ada.until(view => whispers(view) === 1);
  await bob.client.type('/purr ada two');
  await ada.until(view => whispers(view) === 2);
  assert.equal(inside(ada.client.view()).whisperer, inside(bob.client.view()).you.id);
  assert.equal(await ada.client.type('/r three'), 'taken');
  await bob.until(view => whispers(view) === 2);
  assert.equal(whispers(eve.client.view()), 1);
  // Somebody who is ignored is not answered unawares.
  await ada.client.type('/ignore eve');
  await eve.client.type('/purr ada four');
  await bob.client.type('five');
  await ada.until(view => last(view)?.kind === 'message');
  assert.equal(inside(ada.client.view()).whisperer, inside(bob.client.view()).you.id);
  bob.client.leave();
  await ada.until(view => membersOf(view).length === 2);
  assert.equal(inside(ada.client.view()).whisperer, null);
  assert.equal(await ada.client.type('/r secret'), 'kept');
  const gone = last(ada.client.view());
  assert.ok(gone?.kind === 'note' && gone.note.code === 'whisperer-gone');
  assert.equal(whispers(eve.client.view()), 2);
});

test('what is left for a message is what the daemon takes, to the byte, whomever it goes to', async () => {
  const { ada, bob } = await two();
  const to = inside(bob.client.view()).you;
  await ada.client.type('hello');
  await bob.client.type('/purr ada psst');
  await ada.until(view => last(view)?.kind === 'whisper' && linesOf(view).some(sent));
  const answers = linesOf(ada.client.view()).find(sent)?.key;
  for (const [before, aim] of [
    ['', {}],
    ['', { answers }],
    ['', { to }],
    ['/me ', {}],
    ['/me ', { answers }],
    ['/purr bob ', {}],
    ['/r ', {}],
    ['//', {}],
  ] as const) {
    const left = ada.client.bytesLeft(`${before}x`, aim) ?? 0;
    // Of two bytes each: characters are not what counts.
    const fitting = `${before}x${'é'.repeat(left / 2 - 8)}`;
    const more = ada.client.bytesLeft(fitting, aim) ?? 0;
    const exact = fitting + 'x'.repeat(more);
    assert.equal(ada.client.bytesLeft(exact, aim), 0);
    assert.equal(ada.client.bytesLeft(`${exact}x`, aim), -1);
    assert.equal(await ada.client.type(`${exact}x`, aim), 'kept', before);
    assert.equal(await ada.client.type(exact, aim), 'taken', before);
  }
  for (const none of ['', ' ', '/stop', '/kick bob', '/', '/purr bob'])
    assert.equal(ada.client.bytesLeft(none), undefined, none);
  assert.ok((ada.client.bytesLeft(`/exit ${'x'.repeat(70_000)}`) ?? 0) < 0);
});

test('what is done is an action, aloud and while whispering, and answers nothing', async () => {
  const { ada, bob } = await two();
  const to = inside(bob.client.view()).you;
  await ada.client.type('hello');
  await ada.until(view => linesOf(view).some(line => 'state' in line && line.state === 'sent'));
  const answers = linesOf(ada.client.view()).find(line => 'html' in line)?.key;
  assert.equal(await ada.client.type('/me waves', { answers }), 'taken');
  assert.equal(await ada.client.type('/me winks', { to }), 'taken');
  await bob.until(view => last(view)?.kind === 'whisper');
  assert.deepEqual(
    linesOf(bob.client.view()).flatMap(line =>
      'html' in line ? [[line.kind, line.html, line.isAction, line.answers]] : [],
    ),
    [
      ['message', 'hello', undefined, undefined],
      ['message', 'waves', true, undefined],
      ['whisper', 'winks', true, undefined],
    ],
  );
});

test('a line is answered, reacted to and taken back by its key', async () => {
  const { ada, bob } = await two();
  await ada.client.type('hello');
  const heard = last(await bob.until(view => last(view)?.kind === 'message'));
  const key = heard?.key ?? 0;
  assert.equal(await bob.client.type('hi', { answers: key }), 'taken');
  bob.client.react(key, '👍');
  const reacted = (view: View) => linesOf(view).find(line => 'reactions' in line);
  const line = reacted(await ada.until(view => reacted(view) !== undefined));
  assert.ok(line && 'reactions' in line);
  assert.deepEqual(
    line.reactions?.map(({ text, by }) => [text, by.length]),
    [['👍', 1]],
  );
  const answering = linesOf(ada.client.view()).find(line => 'answers' in line);
  assert.ok(answering && 'answers' in answering && answering.answers === line.key);
  ada.client.unsend(line.key);
  await bob.until(view => linesOf(view).some(line => line.kind === 'event' && line.event === 'unsent'));
  assert.equal(await bob.client.type('and now', { answers: key }), 'kept');
});

test('a text to all tells that it is being typed, a command and a whisper do not', async () => {
  const { ada, bob } = await two();
  const typing = (view: View) => ('typing' in view ? view.typing.map(({ alias }) => alias) : []);
  for (const text of ['', '/purr Bob hel', '/stop', '/', '\\purr bob x']) bob.client.typing(text);
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  for (const text of ['h', 'hel']) {
    bob.client.typing(text);
    mock.timers.tick(TYPING_AFTER);
  }
  await ada.until(view => typing(view).join() === 'Bob');
  mock.timers.reset();
  const said = world.seen.filter(({ frame }) => frame.kind === 'say');
  assert.equal(said.length, 1);
});

test('who is ignored by command is heard again by the same', async () => {
  const { ada, bob } = await two();
  for (const [ignored, code] of [
    [true, 'ignored'],
    [false, 'heeded'],
  ] as const) {
    assert.equal(await ada.client.type('/ignore BOB'), 'taken');
    assert.equal(membersOf(ada.client.view())[1]?.ignored, ignored);
    const line = last(ada.client.view());
    assert.ok(line?.kind === 'note' && line.note.code === code && informs(line.note));
  }
  assert.equal(await ada.client.type('/ignore Ada'), 'kept');
  assert.equal(await bob.client.type('/alias Robert'), 'taken');
  await ada.until(view => membersOf(view).some(({ alias }) => alias === 'Robert'));
  assert.equal(await bob.client.type('/alias Ada'), 'kept');
});

test('to verify a member is asked for, and its number and one’s own are told', async () => {
  const { ada, bob } = await two();
  const { id, number } = inside(bob.client.view()).you;
  assert.match(number, /^(?:\d{5} ){3}\d{5}$/);
  assert.deepEqual(await ada.client.type('/verify Bob'), {
    verify: membersOf(ada.client.view())[1],
  });
  assert.equal(await ada.client.type('/verify Ada'), 'kept');
  assert.equal(membersOf(ada.client.view()).find(member => member.id === id)?.number, number);
  assert.equal(await bob.client.type('/number'), 'taken');
  const line = last(bob.client.view());
  assert.ok(line?.kind === 'note' && informs(line.note) && tellNote(line.note).includes(number));
  ada.client.verify({ id, number }, true);
  await ada.until(view => 'verified' in view && view.verified);
  ada.client.verify({ id, number }, false);
  await ada.until(view => 'verified' in view && !view.verified);
});

test('a kick by command gives the room another password, by which others enter', async () => {
  const { ada, bob } = await two();
  const invitation = ada.client.invitation();
  assert.equal(await ada.client.type('/kick Bob'), 'taken');
  assert.deepEqual(await bob.until(isOver), { phase: 'over', ending: 'kicked', by: 'Ada' });
  await ada.until(view => linesOf(view).some(line => line.kind === 'event' && line.event === 'unlocked'));
  const again = open('Bob', 'enter');
  assert.equal(refusalOf(await again.until(isRefused)), 'no-entry');
  const anew = ada.client.invitation();
  assert.notEqual(anew, invitation);
  const zoe = open('Zoe', 'enter', anew.slice(-19));
  await zoe.until(inRoom);
});

test('help is a line that only its reader sees', async () => {
  const { ada, bob } = await two();
  assert.equal(await bob.client.type('/help'), 'taken');
  const line = last(bob.client.view());
  assert.ok(line?.kind === 'note' && informs(line.note));
  assert.ok(tellNote(line.note).includes('/purr ALIAS TEXT'));
  assert.ok(!linesOf(ada.client.view()).some(line => line.kind === 'note'));
});

test('the keeper locks, unlocks, kicks and stops', async () => {
  const { ada, bob } = await two();
  await ada.client.type('/lock');
  await bob.until(isLocked);
  ada.client.lock(false);
  await bob.until(view => !isLocked(view));
  await ada.client.type('/kick BOB');
  assert.deepEqual(await bob.until(isOver), { phase: 'over', ending: 'kicked', by: 'Ada' });
  ada.client.stop();
  assert.deepEqual(await ada.until(isOver), { phase: 'over', ending: 'stopped' });
});

test('a broken connection is made again, and the talk goes on', async () => {
  const { ada, bob } = await two();
  const broken = RelaySocket.made[1];
  assert.ok(broken);
  world.break(broken);
  broken.cut();
  await bob.until(view => view.phase === 'reconnecting');
  await bob.until(inRoom);
  await bob.client.type('still here');
  await ada.until(view => linesOf(view).some(line => line.kind === 'message' && line.html === 'still here'));
});

test('a connection that broke for too long is made again by entering anew, and what was typed is said', async () => {
  const { ada, bob } = await two();
  const broken = RelaySocket.made[1];
  assert.ok(broken);
  world.break(broken);
  const seat = world.room?.seats.find(({ person }) => !person);
  assert.ok(seat);
  world.giveUp(seat);
  broken.cut();
  await bob.until(view => view.phase === 'reconnecting');
  await bob.client.type('written meanwhile');
  await bob.until(view => linesOf(view).some(line => line.kind === 'event' && line.event === 'reentered'));
  const isSaid = (line: Line) => line.kind === 'message' && line.html === 'written meanwhile';
  await ada.until(view => linesOf(view).some(isSaid));
  assert.ok(bob.views.some(view => view.phase === 'reconnecting' && view.broken?.nextTry !== undefined));
});

test('a room that is gone is opened again when somebody asks for it', async () => {
  const { client, until } = open('Ada', 'open');
  await until(inRoom);
  const [socket] = RelaySocket.made;
  const seat = world.room?.seats[0];
  assert.ok(socket && seat);
  world.giveUp(seat);
  socket.cut();
  await until(view => 'broken' in view && view.broken?.obstacle === 'room-gone');
  const tried = RelaySocket.made.length;
  client.retry('open');
  await until(view => view.phase === 'room');
  assert.equal(RelaySocket.made.length, tried + 1);
});

test('a whisper that was meant for another voice goes to nobody', async () => {
  const { ada, bob } = await two();
  const { id, number } = inside(bob.client.view()).you;
  assert.equal(await ada.client.type('psst', { to: { id, number: `${number}1` } }), 'kept');
  const note = last(ada.client.view());
  assert.ok(note?.kind === 'note' && note.note.code === 'gone');
  assert.equal(await ada.client.type('psst', { to: { id, number } }), 'taken');
  await bob.until(view => last(view)?.kind === 'whisper');
});

test('after destroying nothing is taken, shown or left', async () => {
  const { ada, bob } = await two();
  const shown = ada.views.length;
  ada.client.destroy();
  assert.equal(await ada.client.type('hello?'), 'kept');
  assert.equal(ada.client.invitation(), '');
  assert.deepEqual(linesOf(ada.client.view()), []);
  await bob.until(view => membersOf(view).length === 1);
  assert.equal(ada.views.length, shown);
});

test('leaving while the password is stretched stops the worker', async () => {
  const { client, until } = open('Ada', 'open');
  await until(view => 'progress' in view && view.progress === 0.5);
  client.leave();
  await until(view => view.phase === 'entrance');
  assert.ok(started[0]?.terminated);
  assert.equal(RelaySocket.made.length, 0);
});

test('the text that was typed last is made anew once it was sent, or the room left: nothing of it was kept', async () => {
  let made = 0;
  loadMarkdown = async () => ({
    ...markdown,
    toHtml(typed: string) {
      made += 1;
      return typed;
    },
  });
  const { client, until } = open('Ada', 'open');
  await until(inRoom);
  const madeBy = async (work: () => unknown): Promise<number> => {
    const before = made;
    await work();
    return made - before;
  };
  assert.equal(await madeBy(() => client.format('a draft')), 1);
  assert.equal(await madeBy(() => client.format('a draft')), 0);
  assert.equal(await client.type('a draft'), 'taken');
  assert.equal(await madeBy(() => client.format('a draft')), 1);
  assert.equal(await madeBy(() => client.format('a draft')), 0);
  client.leave();
  await until(({ phase }) => phase === 'over');
  assert.equal(await madeBy(() => client.format('a draft')), 1);
});

test('a password to be stretched, and one that was, are wiped where all is wiped meanwhile', async () => {
  const ada = open('Ada', 'open');
  const enters = mock.method(Session.prototype, 'enter');
  ada.client.destroy();
  const bob = open('Bob', 'open');
  await new Promise(setImmediate);
  const [derive] = enters.mock.calls[0]?.result ?? [];
  enters.mock.restore();
  assert.ok(derive?.do === 'derive' && derive.password.every(byte => byte === 0));
  const [worker] = started;
  assert.ok(worker);
  const door = new Uint8Array(32).fill(1);
  worker.onmessage?.({ data: { door } });
  bob.client.destroy();
  await new Promise(setImmediate);
  assert.ok(door.every(byte => byte === 0));
});
