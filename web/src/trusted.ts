// The page's Trusted Types policy: which addresses may become scripts.

/** The worker that stretches passwords. */
const WORKER = '/derive.js';
/** What shows messages. */
const MESSAGES = '/messages.js';

const policy = globalThis.window?.trustedTypes?.createPolicy('sanctuary', {
  createScriptURL: address => {
    if (address !== WORKER && address !== MESSAGES) throw new TypeError('not a script of this page');
    return address;
  },
});

/** A new worker that stretches one password. */
export function startWorker(): Worker {
  // The types of the DOM know no TrustedScriptURL here.
  return new Worker((policy?.createScriptURL(WORKER) ?? WORKER) as string);
}

/** Loads what shows messages, which is large and not needed before there is a room. */
export function loadMessages(): Promise<unknown> {
  const script = document.createElement('script');
  const loaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
  });
  script.src = (policy?.createScriptURL(MESSAGES) ?? MESSAGES) as string;
  document.head.append(script);
  return loaded;
}
