// What shows messages, as a file of its own: the page loads it once its entrance is there.

import { showBody } from './view/body.ts';

globalThis.showBody = showBody;
