// A sound, and a notification without anybody's words, for what is meant for this member alone: off until switched on.

import type { Line } from '../state.ts';
import * as words from '../words/en.ts';

type Spoken = Extract<Line, { html: string }>;

export type Alerts = {
  sounds(): boolean;
  sound(isOn: boolean): void;
  /** Whether the browser shows notifications of pages that came this way. */
  readonly mayNotify: boolean;
  notifies(): boolean;
  /** Asks whoever sits there; whether they are on now. */
  notify(isOn: boolean): Promise<boolean>;
  /** The lines of the room have changed; `isMention`: whether one names this member. */
  update(lines: readonly Line[], isMention: (key: number) => boolean): void;
  /** Takes away what is still shown. */
  close(): void;
};

/** Milliseconds between two sounds, however much is said. */
export const SOUND_EVERY = 2000;
/** Seconds, hertz and loudness of one. */
const TONE = { lasts: 0.3, pitch: 660, volume: 0.1 };
/** Each notification takes the place of the one before. */
const TAG = 'sanctuary';

export function createAlerts(): Alerts {
  let context: AudioContext | undefined;
  let soundedAt = Number.NEGATIVE_INFINITY;
  let isNotifying = false;
  let shown: Notification | undefined;
  /** Nothing that was said before counts. */
  let heard: number | undefined;
  const mayNotify = isSecureContext && 'Notification' in globalThis;

  function play(): void {
    if (!context || performance.now() < soundedAt + SOUND_EVERY) return;
    soundedAt = performance.now();
    const { lasts, pitch, volume } = TONE;
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(volume, context.currentTime);
    gain.gain.exponentialRampToValueAtTime(0.001, context.currentTime + lasts);
    tone.connect(gain).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + lasts);
  }

  function show(sentence: string): void {
    // A line in sight needs no word.
    if (!isNotifying || (!document.hidden && document.hasFocus())) return;
    try {
      shown = new Notification(words.TITLE, { body: sentence, tag: TAG, silent: true });
      shown.onclick = () => {
        window.focus();
        takeAway();
      };
    } catch {
      // Browsers of telephones take none from a page.
      isNotifying = false;
    }
  }
  function takeAway(): void {
    shown?.close();
    shown = undefined;
  }
  const looked = new AbortController();
  addEventListener('focus', takeAway, { signal: looked.signal });

  function alert(sentence: string): void {
    play();
    show(sentence);
  }

  return {
    sounds: () => context !== undefined,
    sound(isOn) {
      void context?.close();
      context = isOn ? new AudioContext() : undefined;
      play();
    },
    mayNotify,
    notifies: () => isNotifying,
    async notify(isOn) {
      isNotifying = isOn && mayNotify && (await Notification.requestPermission()) === 'granted';
      if (!isNotifying) takeAway();
      return isNotifying;
    },
    update(lines, isMention) {
      const last = lines.at(-1)?.key ?? 0;
      const [before, isFirst] = [heard ?? last, heard === undefined];
      heard = Math.max(before, last);
      if (isFirst) return;
      const fresh = lines.filter(
        (line): line is Spoken => 'html' in line && line.key > before && !line.from.you,
      );
      if (fresh.some(({ kind }) => kind === 'whisper')) alert(words.NOTIFIED.whisper);
      else if (fresh.some(({ key }) => isMention(key))) alert(words.NOTIFIED.mention);
    },
    close() {
      looked.abort();
      takeAway();
      void context?.close();
    },
  };
}
