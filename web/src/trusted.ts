// The page's Trusted Types policy: which addresses may become scripts of workers.

/** The worker that stretches passwords. */
const WORKER = '/derive.js';

const policy = globalThis.window?.trustedTypes?.createPolicy('sanctuary', {
  createScriptURL: address => {
    if (address !== WORKER) throw new TypeError('not a script of this page');
    return address;
  },
});

/** A new worker that stretches one password. */
export function startWorker(): Worker {
  // The types of the DOM know no TrustedScriptURL here.
  return new Worker((policy?.createScriptURL(WORKER) ?? WORKER) as string);
}
