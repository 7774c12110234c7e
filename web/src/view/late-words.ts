// Sentences for what seldom happens. They are fetched when they are needed. No DOM.

/** The invitation was part of what the browser asks the server for. */
export const EXPOSED =
  'The link to this page was damaged on its way (“%23” for “#”, perhaps), so that your browser sent the invitation, with the password, to the server. The server keeps nothing of it, but it could have read it, and so could a proxy or its log. Do not use this password any more: let the room be opened anew under another one, and ask for an invitation that you paste here.';

export const NO_INVITATION =
  'This link holds no whole invitation: something is missing of it, or was added. Ask for it again, or fill in room key and password by hand.';

export const TOO_LONG =
  'What you pasted is too long for an invitation, and was left out. Paste the link alone.';

/** An invitation to another address than this page's. */
export const elsewhere = (there: string, here: string): string =>
  `This invitation is to a room at ${there}, and this page is at ${here}. Unless both are the same server, open the link there.`;

/** Why making keys takes long. */
export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.round(seconds / 60);
  const time = seconds < 90 ? 'a minute' : `${minutes} minutes`;
  const plain = secure ? '' : ' By https the browser’s own cryptography would take a second.';
  return `This takes about ${time}, because this browser runs scripts slowly: without a compiler, as in Lockdown Mode or with hardened settings, or on a slow device.${plain}`;
}

/** What somebody else has to mend. */
const OPERATOR = 'Whoever runs the server can mend this: ';

const PASS_HOST = 'in nginx “proxy_set_header Host $http_host;”';

/** What to set so that pages are served under this name; addresses always are. */
const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml has to say hosts = ["${hostname}"]`;

/** What stands between the page and the daemon's WebSocket, by what a plain request is answered. */
export const CONNECTION_FAULTS = {
  /** 426: the daemon is asked for a page. */
  upgrade: `The server is there, but the WebSocket that carries the conversation does not get through. A proxy, a filter or an extension holds it back. ${OPERATOR}the proxy has to pass Upgrade and Connection on; in nginx, “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”.`,
  /** 403: the daemon takes the page for another site's. */
  origin: ({ origin, hostname }: Location) =>
    `The server refuses this page, for it is asked under another name than ${origin}: a proxy changes the Host. ${OPERATOR}the proxy has to pass Host on, ${PASS_HOST}${named(hostname, ' and ')}; or sanctuary.toml has to say origins = ["${origin}"].`,
  /** 421: the daemon is asked under a name that it is not served under. */
  host: ({ hostname }: Location) =>
    `The server is asked under a name that it does not go by: its settings have changed, or a proxy changes the Host. ${OPERATOR}a proxy has to pass Host on, ${PASS_HOST}${named(hostname, '; and ')}.`,
  full: 'The server has as many connections as it takes, in all or from your address. Close other tabs of it, or wait a little, and try again.',
  /** 502, 503, 504 of a proxy. */
  gone: (status: number) =>
    `Something in front of the server answers ${status}: the server itself does not run, or can’t be reached from there. Try again later. ${OPERATOR}the daemon has to run and listen where the proxy looks for it.`,
  /** A page to sign in, or the like. */
  elsewhere:
    'Something in the network sends this page’s connections elsewhere: a page to sign in at, perhaps. Reload the page, and try again.',
  other: (status: number, path: string) =>
    `Something in front of the server answers ${status} in its place where the page asks for ${path}. ${OPERATOR}the proxy has to pass on all that is below the page’s path, without a sign-in of its own.`,
};
