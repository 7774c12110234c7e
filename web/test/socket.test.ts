// The connection: when it tries again, and what it tells. The network is a double; time is node's mock.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { PAUSE_FIRST, PAUSE_MOST, pause, Socket, THAWED_WITHIN } from '../src/socket.ts';

class FakeWebSocket {
  static OPEN = 1;
  static made: FakeWebSocket[] = [];
  readyState = 0;
  closed: number | undefined | null = null;
  sent: unknown[] = [];
  binaryType = '';
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;

  readonly address: string;
  readonly protocol: string;

  constructor(address: string, protocol: string) {
    this.address = address;
    this.protocol = protocol;
    FakeWebSocket.made.push(this);
  }

  opens() {
    this.readyState = 1;
    this.onopen?.();
  }

  hears(frame: number) {
    this.onmessage?.({ data: Uint8Array.of(frame).buffer });
  }

  /** The daemon greets, and lets in. */
  answers() {
    this.opens();
    this.hears(0);
    this.hears(1);
  }

  ends() {
    this.readyState = 3;
    this.onclose?.();
  }

  send(data: unknown) {
    this.sent.push(data);
  }

  close(code?: number) {
    this.closed = code;
    queueMicrotask(() => this.ends());
  }
}

const globals = globalThis as Record<string, unknown>;
const network = new EventTarget();
const show = (hidden: boolean) => {
  globals.document = { hidden };
  network.dispatchEvent(new Event('visibilitychange'));
};
let told: string[] = [];
let tries: (number | undefined)[] = [];
let socket: Socket;
const last = () => {
  const made = FakeWebSocket.made.at(-1);
  assert.ok(made);
  return made;
};

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  FakeWebSocket.made = [];
  told = [];
  tries = [];
  globals.WebSocket = FakeWebSocket;
  globals.location = { protocol: 'http:', host: '[::1]:8080', pathname: '/' };
  globals.addEventListener = network.addEventListener.bind(network);
  globals.removeEventListener = network.removeEventListener.bind(network);
  socket = new Socket({
    frame: bytes => told.push(`frame ${bytes.join()}`),
    lost: () => told.push('lost'),
    waits: nextTry => tries.push(nextTry),
  });
});

afterEach(() => {
  socket.destroy();
  mock.timers.reset();
});

test('pauses double from the first to the most, by chance half as long', () => {
  assert.equal(pause(0, 1), 0);
  assert.equal(pause(1, 1), PAUSE_FIRST);
  assert.equal(pause(1, 0), PAUSE_FIRST / 2);
  assert.equal(pause(2, 1), 2 * PAUSE_FIRST);
  assert.equal(pause(6, 1), PAUSE_MOST);
  assert.equal(pause(5, 1), 8000);
  assert.equal(pause(1000, 1), PAUSE_MOST);
});

test('it connects where the page is from, by the subprotocol, once', () => {
  socket.connect('de8');
  assert.deepEqual(
    [last().address, last().protocol, last().binaryType],
    ['ws://[::1]:8080/ws/de8', 'sanctuary.1', 'arraybuffer'],
  );
  last().ends();
  assert.deepEqual(told, ['lost']);
  mock.timers.tick(60_000);
  assert.equal(FakeWebSocket.made.length, 1);
  globals.location = { protocol: 'https:', host: 'example.org', pathname: '/chat/' };
  socket.connect('001');
  assert.equal(last().address, 'wss://example.org/chat/ws/001');
});

test('frames come in as bytes; text is handed on as no frame', () => {
  socket.connect('de8');
  last().opens();
  last().onmessage?.({ data: Uint8Array.of(1, 2).buffer });
  last().onmessage?.({ data: 'stop' });
  assert.deepEqual(told, ['frame 1,2', 'frame ']);
});

test('nothing is sent on a connection that is not open', () => {
  socket.connect('de8');
  socket.send(Uint8Array.of(1));
  last().opens();
  socket.send(Uint8Array.of(2));
  assert.deepEqual(last().sent, [Uint8Array.of(2)]);
});

test('a lost connection is made again at once, then after growing pauses, without being closed', () => {
  socket.connect('de8');
  last().opens();
  const first = last();
  socket.reconnect();
  assert.equal(first.closed, null);
  first.ends();
  mock.timers.tick(0);
  assert.equal(FakeWebSocket.made.length, 2);
  last().ends();
  mock.timers.tick(PAUSE_FIRST / 2 - 1);
  assert.equal(FakeWebSocket.made.length, 2);
  mock.timers.tick(PAUSE_FIRST / 2 + 1);
  assert.equal(FakeWebSocket.made.length, 3);
  last().opens();
  last().ends();
  assert.equal(told.at(-1), 'lost');
});

test('a connection that opens and ends over and over is not tried without pause', () => {
  socket.connect('de8');
  for (let round = 0; round < 5; round++) {
    last().opens();
    last().ends();
    socket.reconnect();
    mock.timers.tick(PAUSE_MOST);
  }
  const before = FakeWebSocket.made.length;
  last().opens();
  socket.reconnect();
  mock.timers.tick(PAUSE_FIRST);
  assert.equal(FakeWebSocket.made.length, before);
});

test('after a steady while the first try is made at once again', () => {
  socket.connect('de8');
  for (let round = 0; round < 3; round++) {
    last().opens();
    socket.reconnect();
    mock.timers.tick(PAUSE_MOST);
  }
  last().answers();
  mock.timers.tick(10_000);
  const before = FakeWebSocket.made.length;
  socket.reconnect();
  mock.timers.tick(0);
  assert.equal(FakeWebSocket.made.length, before + 1);
});

test('when the network is back it tries at once', () => {
  socket.connect('de8');
  last().opens();
  for (let round = 0; round < 6; round++) {
    socket.reconnect();
    mock.timers.tick(0);
  }
  const before = FakeWebSocket.made.length;
  network.dispatchEvent(new Event('online'));
  assert.equal(FakeWebSocket.made.length, before + 1);
});

test('when the next try comes is told, and that it is under way', () => {
  socket.connect('de8');
  last().answers();
  assert.deepEqual(tries, [], 'nothing is made again yet');
  socket.reconnect(4000);
  assert.deepEqual(tries, [Date.now() + 4000]);
  mock.timers.tick(4000);
  assert.deepEqual(tries.slice(1), [undefined]);
  socket.close();
  mock.timers.tick(60_000);
  assert.equal(tries.length, 2);
});

test('a try that somebody asks for is made at once, and others follow it', () => {
  socket.connect('de8');
  last().answers();
  socket.reconnect(60_000);
  const before = FakeWebSocket.made.length;
  socket.retry();
  assert.equal(FakeWebSocket.made.length, before + 1);
  last().ends();
  mock.timers.tick(PAUSE_MOST);
  assert.equal(FakeWebSocket.made.length, before + 2);
  mock.timers.tick(60_000);
  assert.equal(FakeWebSocket.made.length, before + 2, 'the try that was put off is not made beside it');
});

test('a try that takes too long is ended', async () => {
  socket.connect('de8');
  mock.timers.tick(9_999);
  assert.equal(last().closed, null);
  mock.timers.tick(1);
  assert.equal(last().closed, undefined);
  await Promise.resolve();
  assert.deepEqual(told, ['lost']);
});

test('a connection that opens and says nothing, or nothing after its greeting, is lost and tried again', () => {
  socket.connect('de8');
  last().answers();
  socket.reconnect();
  mock.timers.tick(PAUSE_FIRST);
  for (const greeted of [false, true]) {
    const silent = last();
    silent.opens();
    if (greeted) {
      mock.timers.tick(9_999);
      silent.hears(0);
    }
    told = [];
    mock.timers.tick(9_999);
    assert.deepEqual(told, []);
    mock.timers.tick(1);
    assert.deepEqual(told, ['lost']);
    // Closed after the greeting, it would give up the seat that it may have taken again.
    assert.equal(silent.closed, greeted ? null : undefined);
    silent.hears(1);
    assert.deepEqual(told, ['lost']);
    socket.reconnect();
    const before = FakeWebSocket.made.length;
    mock.timers.tick(PAUSE_MOST);
    assert.equal(FakeWebSocket.made.length, before + 1);
  }
});

test('a silent first connection is closed', () => {
  socket.connect('de8');
  last().opens();
  last().hears(0);
  mock.timers.tick(10_000);
  assert.deepEqual([told.at(-1), last().closed], ['lost', undefined]);
});

test('a connection that was let in may be silent for ever', () => {
  socket.connect('de8');
  last().answers();
  told = [];
  mock.timers.tick(3_600_000);
  assert.deepEqual([told, last().closed], [[], null]);
});

test('when the network is back, an open connection counts as lost', () => {
  socket.connect('de8');
  last().opens();
  last().hears(0);
  network.dispatchEvent(new Event('online'));
  assert.deepEqual(told, ['frame 0']);
  last().hears(1);
  told = [];
  network.dispatchEvent(new Event('online'));
  assert.deepEqual([told, last().closed], [['lost'], null]);
});

test('in sight again after more than 20 s, a connection that is not heard of within a second counts as lost', () => {
  socket.connect('de8');
  last().answers();
  told = [];
  show(true);
  mock.timers.tick(20_000);
  show(false);
  mock.timers.tick(THAWED_WITHIN);
  assert.deepEqual(told, []);
  show(true);
  mock.timers.tick(20_001);
  show(false);
  mock.timers.tick(THAWED_WITHIN - 1);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  assert.deepEqual([told, last().closed], [['lost'], null]);
  const before = FakeWebSocket.made.length;
  socket.reconnect();
  mock.timers.tick(0);
  assert.equal(FakeWebSocket.made.length, before + 1);
});

test('a page that was frozen out of sight hears what came meanwhile, and keeps its connection', () => {
  socket.connect('de8');
  last().answers();
  show(true);
  mock.timers.tick(60_000);
  show(false);
  last().hears(2);
  told = [];
  mock.timers.tick(THAWED_WITHIN);
  assert.deepEqual(told, []);
});

test('in sight again, a connection that was heard of meanwhile is left alone', () => {
  socket.connect('de8');
  last().answers();
  show(true);
  mock.timers.tick(15_000);
  last().hears(2);
  told = [];
  mock.timers.tick(20_000);
  show(false);
  assert.deepEqual(told, []);
});

test('closing is final and silent', async () => {
  socket.connect('de8');
  last().opens();
  socket.close();
  assert.equal(last().closed, 1000);
  await Promise.resolve();
  mock.timers.tick(60_000);
  network.dispatchEvent(new Event('online'));
  assert.deepEqual(told, []);
  assert.equal(FakeWebSocket.made.length, 1);
});
