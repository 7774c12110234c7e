// The page's Trusted Types policy: which addresses may become scripts of workers.

import { pathTo } from './paths.ts';

/** The worker that stretches passwords. */
const WORKER = 'derive.js';

const policy = globalThis.window?.trustedTypes?.createPolicy('sanctuary', {
  createScriptURL: address => {
    if (address !== pathTo(WORKER)) throw new TypeError('not a script of this page');
    return address;
  },
});

/** A new worker that stretches one password. */
export function startWorker(): Worker {
  const address = pathTo(WORKER);
  // The types of the DOM know no TrustedScriptURL here.
  return new Worker((policy?.createScriptURL(address) ?? address) as string);
}
