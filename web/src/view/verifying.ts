// The number of a member, to be compared with what that member reads aloud.

import type { Member } from '../state.ts';
import * as words from '../words/en.ts';
import { showAlias } from './alias.ts';
import { openDialog, tick } from './confirm.ts';
import { AS_WRITTEN, button, element } from './element.ts';

export function askVerify(member: Member, you: Member, verify: (isSame: boolean) => void): HTMLDialogElement {
  const same = tick(words.IS_SAME_NUMBER, member.verified);
  same.input.addEventListener('change', () => verify(same.input.checked));
  return openDialog(
    words.verifyWhom(showAlias(member)),
    [
      element('p', { class: 'code number', ...AS_WRITTEN }, member.number),
      element('p', {}, words.VERIFY_HOW),
      same.node,
      element(
        'p',
        { class: 'quiet' },
        words.YOUR_NUMBER,
        ' ',
        element('span', { class: 'code', ...AS_WRITTEN }, you.number),
      ),
    ],
    close => [button(words.CLOSE, close, { autofocus: true })],
  );
}
