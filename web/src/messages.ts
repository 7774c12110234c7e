// The script that shows messages: the page loads it once its entrance is there.

import { showBody } from './view/message-body.ts';

globalThis.showBody = showBody;
