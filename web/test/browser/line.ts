// A line between browsers and the daemon that can be cut, as when a cable is pulled: no close frame passes.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Line = {
  port: number;
  /** Breaks every connection; new ones are not let through. */
  cut(): void;
  mend(): void;
  close(): void;
};

export async function layLine(to: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer(near => {
    if (!whole) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
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
    mend() {
      whole = true;
    },
    close() {
      server.close();
      breakAll();
    },
  };
}
