// Serves the page as it stands on disk, for whoever changes it: `node dev.mjs LISTEN DAEMON`. Each
// is a port, or an address and a port; DAEMON may also be a program, which is started then. That is
// what `make dev` does.
//
// Every request is the daemon's to answer, with its own headers, so that what its policy forbids
// fails here too; only the body of a file of the page is taken from the last build. WebSockets are
// passed on byte by byte. A change below src/ builds anew, and the pages that are open load again:
// a script of this server's, which no shipped file has, waits for that; `connect-src 'self'` allows
// it to.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Milliseconds that a daemon may take to say where it listens, or to answer. */
const DAEMON_WITHIN = 10_000;
/** Milliseconds after a change in which more of them, as an editor makes, are of the same build. */
const CHANGES_WITHIN = 50;

/** Where a page waits for the next build, and the script that waits. */
const BUILDS = '/dev';
const WAIT = '/dev.js';
const WAITING = "new EventSource('dev').onmessage = () => location.reload();\n";

const end = sentence => {
  console.error(sentence);
  process.exit(1);
};

const web = new URL('.', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'sanctuary-dev-'));
const children = [];
process.on('exit', () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit());

/** Starts a program and waits for the address that it prints when it listens. */
function started(program) {
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--user', 'nobody']);
  children.push(child);
  const said = [];
  const late = setTimeout(() => end(`${program} says no address:\n${said.join('\n')}`), DAEMON_WITHIN);
  child.on('error', error => end(`there is no daemon to start: ${error.message}; \`cargo build\` makes it`));
  child.on('close', () => end(`the daemon has ended:\n${said.join('\n')}`));
  return new Promise(resolve => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', line => {
        said.push(line);
        const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (!port) return;
        clearTimeout(late);
        resolve({ host: '127.0.0.1', port: Number(port) });
      });
    }
  });
}

/** Reads a port, or an address and a port; nothing else is one. */
function address(text) {
  const found = /^(?:(?<host>[\w.-]+|\[[\da-f:]+\]):)?(?<port>\d+)$/.exec(text)?.groups;
  return found && { host: (found.host ?? '127.0.0.1').replace(/[[\]]/g, ''), port: Number(found.port) };
}

const [here = '8080', given = '../target/debug/sanctuary'] = process.argv.slice(2);
const listen = address(here) ?? end(`${here} is no port, nor an address and a port`);
const daemon = address(given) ?? (await started(given));
const noDaemon = error => `no daemon answers at ${daemon.host}, port ${daemon.port}: ${error.message}\n`;

/** The last build that went well. */
let built;
const waiting = new Set();
let builds = 0;
async function rebuild() {
  const next = join(folder, String(++builds));
  const build = spawn(process.execPath, [join(web, 'build.mjs'), `--out=${next}`, '--quick'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = await once(build, 'exit');
  if (status !== 0) {
    console.error('not built, as said above: the page is as it was before');
    return;
  }
  if (built) rmSync(built, { recursive: true });
  built = next;
  for (const events of waiting) events.write('data: built\n\n');
}

/** A path of the daemon's with the same headers: it knows no script that waits, and no language newer than itself. */
const known = path => (path === WAIT ? '/app.js' : path.startsWith('/words/') ? '/words/en.js' : undefined);

/** What was built for a path, and the script that waits; nothing for any other path. */
function bodyOf(path) {
  if (path === WAIT) return WAITING;
  for (const name of [`${path}index.html`, path, `${path}.html`]) {
    try {
      const bytes = readFileSync(join(built, name));
      return name.endsWith('.html')
        ? `${bytes}`.replace('</head>', `<script src="${WAIT.slice(1)}" defer></script></head>`)
        : bytes;
    } catch {
      // It is of the next name, or of none.
    }
  }
}

const server = createServer((asked, response) => {
  const [path = ''] = asked.url.split('?');
  if (path === BUILDS) {
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      .write(':\n\n');
    waiting.add(response);
    response.on('close', () => waiting.delete(response));
    return;
  }
  const headers = { ...asked.headers, 'accept-encoding': 'identity' };
  const passed = request({ ...daemon, method: asked.method, path: known(path) ?? asked.url, headers });
  passed.setTimeout(DAEMON_WITHIN, () => passed.destroy(new Error('it takes too long')));
  passed.on('error', error => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end(noDaemon(error));
  });
  passed.on('response', theirs => {
    const body = theirs.statusCode === 200 ? bodyOf(path) : undefined;
    if (body === undefined) {
      response.writeHead(theirs.statusCode, theirs.headers);
      theirs.pipe(response);
    } else {
      theirs.resume();
      response.writeHead(200, { ...theirs.headers, 'content-length': Buffer.byteLength(body) }).end(body);
    }
  });
  asked.pipe(passed);
});

server.on('upgrade', (asked, near, begun) => {
  const far = connect(daemon);
  const fields = asked.rawHeaders.map((word, at) => (at % 2 ? `${word}\r\n` : `${word}: `)).join('');
  far.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${fields}\r\n`);
  far.write(begun);
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy()).on('close', () => far.destroy());
  far.on('error', () => near.destroy()).on('close', () => near.destroy());
});

server.on('error', error =>
  end(
    error.code === 'EADDRINUSE'
      ? `port ${listen.port} is taken: name another, as in \`make dev LISTEN=9000\``
      : error.message,
  ),
);

await rebuild();
if (!built) end('there is nothing to serve');
const asked = request({ ...daemon, path: '/', timeout: DAEMON_WITHIN }).end();
asked.on('timeout', () => asked.destroy(new Error('it takes too long')));
await once(asked, 'response').catch(error => end(noDaemon(error)));
asked.destroy();

let changed;
let building = Promise.resolve();
watch(join(web, 'src'), { recursive: true }, () => {
  clearTimeout(changed);
  changed = setTimeout(() => {
    building = building.then(rebuild);
  }, CHANGES_WITHIN);
});
server.listen(listen, () => {
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
  console.log(
    `http://${host}:${server.address().port}/ has the page of web/src, as it is whenever you save it`,
  );
});
