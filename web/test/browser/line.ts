// A line between browsers and the daemon that can be cut, as when a cable is pulled, or swallow all that is sent, as when
// a phone goes from one network to another: no close frame passes.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Line = {
  port: number;
  /** Breaks every connection; new ones are not let through. */
  cut(): void;
  /** Takes what comes from both sides and hands nothing on; new connections are taken, too, and hear nothing. */
  swallow(): void;
  mend(): void;
  close(): void;
};

export async function layLine(to: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let whole = true;
  let swallows = false;
  const server = createServer(near => {
    if (!whole) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', data => {
        if (!swallows) other.write(data);
      });
      one.on('end', () => {
        if (!swallows) other.end();
      });
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        if (!swallows) other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      whole = false;
      breakAll();
    },
    swallow() {
      swallows = true;
    },
    mend() {
      whole = true;
      // A connection of which something was swallowed is no connection any more.
      if (swallows) breakAll();
      swallows = false;
    },
    close() {
      server.close();
      breakAll();
    },
  };
}
