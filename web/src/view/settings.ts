// Settings by hand, for as long as the tab lives: how the page looks, which language it speaks, and what it makes heard.

import * as words from '../words/en.ts';
import type { Alerts } from './alerts.ts';
import { createAppearanceFields } from './appearance.ts';
import { openDialog, tick } from './confirm.ts';
import { button, element, setText } from './element.ts';

export type Settings = {
  show(): void;
  isOpen(): boolean;
  is(dialog: HTMLDialogElement): boolean;
  /** Says something about them. */
  explain(text: string): void;
};

/** `languages`: the page's own choice of its language, lent to the dialog. */
export function createSettings(alerts: Alerts, languages: HTMLElement): Settings {
  const said = element('p', { role: 'status', class: 'quiet' });
  let dialog: HTMLDialogElement | undefined;
  return {
    show() {
      const sound = tick(words.SOUND, alerts.sounds());
      sound.input.addEventListener('change', () => alerts.sound(sound.input.checked));
      const notify = tick(words.NOTIFY, alerts.notifies());
      notify.input.addEventListener('change', async () => {
        const isOn = await alerts.notify(notify.input.checked);
        setText(said, notify.input.checked && !isOn ? words.NOT_NOTIFIED : '');
        notify.input.checked = isOn;
      });
      // Without https there are none.
      const ticks = alerts.mayNotify ? [sound.node, notify.node] : [sound.node];
      setText(said, '');
      languages.hidden = false;
      dialog = openDialog(
        [words.SETTINGS],
        [
          createAppearanceFields(),
          languages,
          ...ticks,
          said,
          element('p', { class: 'quiet' }, words.SETTINGS_KEPT),
        ],
        close => [button(words.CLOSE, close, { autofocus: true })],
      );
    },
    isOpen: () => dialog?.open ?? false,
    is: other => other === dialog,
    explain: text => setText(said, text),
  };
}
