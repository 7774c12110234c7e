// The page: reads the invitation, shows the entrance or the room, and covers the tracks of both.
//
// No storage of the browser is ever used. All that the page knows is in its memory, and goes with the document.

import type { Client } from './client.ts';
import { speak, speakOneOf } from './language.ts';
import { loadInside } from './lazy.ts';
import type { Ended, Entry, View } from './state.ts';
import { element } from './view/element.ts';
import { createEntrance, type Entrance } from './view/entrance.ts';
import { createLanguageChoice } from './view/language-choice.ts';
import type { createRoom, Room } from './view/room.ts';
import { showState } from './view/status.ts';
import { applyAppearance, forgetTab, handOnWho } from './view/tab.ts';
import * as words from './words/en.ts';
import { isLanguage, type Language } from './words/languages.ts';

/** The address's fragment, which is removed from the address bar and the history. */
function takeFragment(): string {
  const fragment = location.hash;
  if (fragment) history.replaceState(null, '', location.pathname);
  return fragment;
}

// Before anything is drawn: the password must not stand in the address bar for longer than it has to.
let fragment = takeFragment();
// The browser remembers with a page under which address it was first opened, an invitation perhaps. Where the page
// is opened again, by a reload or from the history, a fresh entry takes that one's place.
const [opened] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
const again = opened?.type === 'reload' || opened?.type === 'back_forward';

applyAppearance();
const page = document.getElementById('page') as HTMLElement;
const state = document.getElementById('state') as HTMLElement;
const icon = document.querySelector('.bar h1') as HTMLElement;
const languages = createLanguageChoice(language => void change(language));
const around = { icon, languages: languages.node, vanish };
let isSpoken = false;
/** There once there are words, until all is wiped. */
let entrance: Entrance | undefined;
let room: Room | undefined;

/** What a room takes, once it is there. */
let inside: { client: Client; createRoom: typeof createRoom } | undefined;
async function load(): Promise<NonNullable<typeof inside>> {
  if (inside) return inside;
  const { createClient, createRoom } = await loadInside();
  return (inside ??= { client: createClient(schedule), createRoom });
}

function show(view: View): void {
  showState(state, view);
  if (view.phase === 'room' || view.phase === 'reconnecting') {
    if (!room) openRoom();
    room?.update(view);
  } else {
    if (room) closeRoom();
    if (view.phase === 'entrance') entering = undefined;
    // A room's settings may have had it.
    if (!languages.node.isConnected) state.before(languages.node);
    entrance?.update(view);
    languages.node.hidden = view.phase !== 'entrance';
  }
}

/** Enters once there is what that takes; what could not be loaded is tried again. */
let entering: Entry | undefined;
async function enter(entry: Entry): Promise<void> {
  entering = entry;
  show({ phase: 'connecting' });
  const loaded = await load().catch(() => undefined);
  if (entering !== entry) return;
  if (loaded) loaded.client.enter(entry);
  else show({ phase: 'entrance', refusal: 'not-loaded' });
}

function cancel(): void {
  entering = undefined;
  if (inside) inside.client.leave();
  else show({ phase: 'entrance' });
}

/** Makes the entrance in the language that the page speaks now. */
function makeEntrance(): void {
  const before = entrance;
  const now = (entrance = createEntrance(entry => void enter(entry), cancel));
  if (before) now.takeOver(before);
  languages.update();
  if (room) return now.forget();
  page.replaceChildren(now.node);
  show({ phase: 'entrance' });
}

/** Makes the room's view anew; all that it shows, and that is being written, goes on. */
function makeRoomAnew(): void {
  if (!room || !inside) return;
  const before = room;
  room = inside.createRoom(inside.client, around, before.handOver());
  before.tools.replaceWith(room.tools);
  before.node.replaceWith(room.node);
  const view = inside.client.view();
  if ('members' in view) show(view);
  room.focus();
}

async function change(language: Language): Promise<void> {
  // Nothing that goes on meanwhile speaks two languages.
  const asking = room;
  const isWanted = async (): Promise<boolean> => {
    await room?.settled();
    return !ended && !entering && room === asking && languages.isChosen(language);
  };
  if (await speak(language, isWanted)) {
    makeEntrance();
    makeRoomAnew();
  } else if (await isWanted()) (room ?? entrance)?.explain(words.REFUSALS['not-loaded']);
  if (languages.isChosen(language)) languages.update();
}

function openRoom(): void {
  if (!inside) return;
  entering = undefined;
  room = inside.createRoom(inside.client, around);
  languages.node.hidden = true;
  entrance?.forget();
  state.before(room.tools);
  page.replaceChildren(room.node);
  document.body.classList.add('inside');
  room.focus();
}

function closeRoom(): void {
  room?.close();
  room?.tools.remove();
  room = undefined;
  for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
  document.body.classList.remove('inside');
  document.title = words.TITLE;
  if (entrance) page.replaceChildren(entrance.node);
  forgetSearched();
}

/** Engines keep the text in which something was last searched (`RegExp.$_`). */
const forgetSearched = (): boolean => /^/.test('');

/** Another document takes this one's place in the history: the conversation goes with the whole heap. */
function farewell({ ending, by = '' }: Ended): void {
  const taken = [...document.body.querySelectorAll('*')];
  wipe();
  // A server that shuts down serves no other page.
  if (ending === 'shutting-down') {
    // Taken apart, so that an element which something still holds holds none of the others.
    for (const each of taken) each.remove();
    document.body.append(lastCard(words.FAREWELLS[ending]));
  } else {
    handOnWho(by);
    location.replace(`farewell#${ending}&${document.documentElement.lang}`);
  }
}

/** Nothing is asked, and no way back leads here. */
function vanish(): void {
  ended = true;
  wipe();
  forgetTab();
  location.replace('about:blank');
}

function lastCard(sentence: string): HTMLElement {
  const back = element('a', { class: 'button primary', href: './' }, words.BACK);
  const said = element('p', { role: 'status' }, sentence);
  return element('main', {}, element('section', { class: 'card farewell' }, said, element('p', {}, back)));
}

function wipe(): void {
  room?.close();
  inside?.client.destroy();
  // A page that can't be replaced stays, and would keep all that is in reach of these.
  room = inside = entrance = entering = waiting = undefined;
  document.body.replaceChildren();
  document.body.className = '';
  forgetSearched();
}

// A busy room changes more often than a screen can show; what is shown is the latest state.
let waiting: View | undefined;
let ended = false;
function schedule(view: View): void {
  if (ended) return;
  if (view.phase === 'over') {
    ended = true;
    farewell(view);
    return;
  }
  if (!waiting) {
    // Frames are not drawn in a hidden tab, but its conversation goes on.
    if (document.hidden) setTimeout(draw);
    else requestAnimationFrame(draw);
  }
  waiting = view;
}
function draw(): void {
  const view = waiting;
  waiting = undefined;
  if (view && !ended) show(view);
}

// A frame that was asked for is not drawn once the tab is hidden; and what is in sight has been read.
document.addEventListener('visibilitychange', () => {
  if (room) waiting = inside?.client.view();
  draw();
});

if (document.documentElement.dataset.lacks) {
  // start.js says so.
} else if (again && !fragment) {
  location.replace(location.pathname);
} else {
  document.documentElement.dataset.started = '';
  void start();
}

/** In which somebody was bidden farewell. */
function languageIn(text: string): Language | undefined {
  const language = text.slice(1);
  return isLanguage(language) ? language : undefined;
}

async function start(): Promise<void> {
  const language = languageIn(fragment);
  const spoken = await speakOneOf(language ? [language] : navigator.languages);
  if (!spoken) {
    dispatchEvent(new Event('wordless'));
    return;
  }
  isSpoken = true;
  makeEntrance();
  void entrance?.read(languageIn(fragment) ? '' : fragment);
  fragment = '';
  entrance?.focus();
  // The rest is asked for when the entrance is on the screen: it would share the line and the processor with it.
  requestAnimationFrame(() => setTimeout(() => load().catch(() => {})));
}

// An invitation opened in this very tab: at the entrance it counts, also in place of one by which somebody is entering; in
// a room it is merely removed.
addEventListener('hashchange', () => {
  const given = takeFragment();
  if (!isSpoken) fragment = given;
  if (!isSpoken || room || ended || !given) return;
  if (entering) cancel();
  void entrance?.read(given);
});
/** Milliseconds between two words on errors: what goes wrong in each frame would be told of in each. */
const TOLD_EVERY = 10_000;
let toldAt = Number.NEGATIVE_INFINITY;
// Errors that nobody caught are told to whoever sits there.
for (const kind of ['error', 'unhandledrejection'] as const)
  addEventListener(kind, event => {
    // Browsers tell in the same way that sizes were observed late, without an error.
    if ((event instanceof ErrorEvent && !event.error) || performance.now() < toldAt + TOLD_EVERY) return;
    toldAt = performance.now();
    // Not by a line of the conversation: it may be what can't be drawn.
    (room ?? entrance)?.explain(words.describeNote({ code: 'amiss' }));
  });
// The browser asks in its own words, and only where something would be lost that can't come back.
addEventListener('beforeunload', event => {
  if (ended || !room || room.losses().length === 0) return;
  event.preventDefault();
  // Chrome before 119 asks by this alone.
  event.returnValue = true;
});
// A file that is dropped beside its place would be opened in the place of the page.
for (const kind of ['dragover', 'drop'] as const)
  addEventListener(kind, event => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
// Nothing is wiped before that: the reader may stay, and the conversation goes on.
addEventListener('pagehide', () => {
  ended = true;
  wipe();
});
// Should a browser bring the page back from its memory all the same, it is the empty entrance.
addEventListener('pageshow', event => {
  if (event.persisted) location.reload();
});
