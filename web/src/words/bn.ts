// All words of the page in Bengali: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('bn');

// The documents.

export const LANGUAGE = 'bn';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'আবার চেষ্টা করুন';
export const OVER = 'আলাপ শেষ।';
export const NOTHING_KEPT = 'এর কিছুই রইল না: এখানেও না, সার্ভারেও না।';
export const BACK = 'শুরুতে ফিরুন';

export const FAREWELLS: Record<Ending, string> = {
  left: 'আপনি রুম ছেড়ে দিয়েছেন।',
  kicked: 'আপনাকে রুম থেকে বের করে দেওয়া হয়েছে। ফেরার কথা থাকলে কোনো সদস্যের কাছে নতুন আমন্ত্রণ চেয়ে নিন।',
  stopped: 'রুম বন্ধ করে দেওয়া হয়েছে। আলাপ সবার জন্যই শেষ। কথা চালিয়ে যেতে নতুন রুম খুলুন।',
  'put-out':
    'সার্ভার আপনাকে রুম থেকে সরিয়ে দিয়েছে। যাঁর সেই অধিকার আছে, এমন কোনো সদস্য তা বলেছেন কি না, যাচাই করা যায়নি। অন্য কোনো পথে বাকিদের জিজ্ঞেস করুন, আর আমন্ত্রণ দিয়ে আবার ঢুকুন।',
  'left-out':
    'রুমে নতুন পাসওয়ার্ড দেওয়া হয়েছে, আর সার্ভারের কথা অনুযায়ী আপনি তা পাননি। কোনো সদস্যের কাছে নতুন আমন্ত্রণ চেয়ে নিন।',
  'stopped-by-host':
    'যিনি সার্ভার চালান, তিনি রুম বন্ধ করে দিয়েছেন। আলাপ সবার জন্যই শেষ। নতুন রুম খুলুন, বা তাঁকে কারণ জিজ্ঞেস করুন।',
  'stopped-unread':
    'সার্ভার বলছে, রুম বন্ধ করে দেওয়া হয়েছে। যাঁর সেই অধিকার আছে, এমন কোনো সদস্য তা বলেছেন কি না, যাচাই করা যায়নি। অন্য কোনো পথে বাকিদের জিজ্ঞেস করুন, আর নতুন রুম খুলুন।',
  'stopped-away':
    'সার্ভার বলছে, আপনার সংযোগ যখন ছিল না, তখন রুম বন্ধ করে দেওয়া হয়েছে। এর মধ্যে আপনি যা লিখেছেন, তা কেউ পড়েননি। আলাপ সবার জন্যই শেষ। কথা চালিয়ে যেতে নতুন রুম খুলুন।',
  'too-slow': 'আপনার সংযোগ এত ধীর ছিল যে রুমের সঙ্গে তাল রাখতে পারেনি। আরও ভালো সংযোগে, আমন্ত্রণ দিয়ে আবার ঢুকুন।',
  flooding:
    'আপনি খুব তাড়াতাড়ি খুব বেশি পাঠিয়েছেন, তাই সার্ভার আপনার সংযোগ কেটে দিয়েছে। আমন্ত্রণ দিয়ে আবার ঢুকুন, আর একবারে কম পাঠান।',
  'resumed-elsewhere':
    'রুমে আপনার জায়গা অন্য একটি সংযোগ নিয়ে নিয়েছে। সেটি আপনার নিজের পেজ না হলে বাকিদের সাবধান করুন, আর নতুন রুম খুলুন।',
  'shutting-down': 'সার্ভার বন্ধ হচ্ছে। আলাপ সবার জন্যই শেষ। সার্ভার আবার চালু হলে নতুন রুম খুলুন।',
  malformed: 'সার্ভার এই পেজ বুঝতে না পেরে সংযোগ কেটে দিয়েছে। পেজটি নতুন করে লোড করুন, আর আমন্ত্রণ দিয়ে আবার ঢুকুন।',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 আপনাকে রুম থেকে বের করে দিয়েছেন। ফেরার কথা থাকলে তাঁর কাছে নতুন আমন্ত্রণ চেয়ে নিন।`,
  stopped: who => `\u2068${who}\u2069 রুম বন্ধ করে দিয়েছেন। আলাপ সবার জন্যই শেষ। কথা চালিয়ে যেতে নতুন রুম খুলুন।`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'সংযোগ নেই',
  deriving: 'চাবি তৈরি হচ্ছে…',
  connecting: 'সংযোগ হচ্ছে…',
  room: 'সংযোগ আছে',
  reconnecting: 'আবার সংযোগ হচ্ছে…',
  over: 'সংযোগ বিচ্ছিন্ন',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'ভাষা';
export const LEAD = 'এক প্রান্ত থেকে অন্য প্রান্ত পর্যন্ত সিল করা রুম। এর কিছুই রাখা হয় না।';
export const ROOM_KEY = 'রুমের চাবি';
export const ALIAS = 'ছদ্মনাম';
export const ALIAS_HINT = 'অন্যরা এই নামটিই দেখবেন।';
export const OPEN_ROOM = 'রুম খুলুন';
export const OPEN_ROOM_HINT = 'এর চাবি ও পাসওয়ার্ড নিজে থেকেই তৈরি হয়।';
export const HAVE_INVITATION = 'আমার আমন্ত্রণ আছে';
export const INVITATION_HINT = 'লিংক, অথবা রুমের চাবি ও পাসওয়ার্ড।';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'পাসওয়ার্ড';
export const ENTER_ROOM = 'রুমে ঢুকুন';
export const OPTIONS = 'বিকল্প';
export const OWN_ROOM_KEY = 'রুমের চাবি, নিজের পছন্দে';
export const OWN_ROOM_KEY_HINT = 'ফাঁকা রাখলে একটি তৈরি হবে।';
export const OWN_PASSWORD = 'পাসওয়ার্ড, নিজের পছন্দে';
export const OWN_PASSWORD_HINT = 'ফাঁকা রাখলে এমন একটি তৈরি হবে যা কেউ আন্দাজ করতে পারবে না।';
export const CODE = 'রুম খোলার কোড';
export const APPEARANCE = 'হালকা বা গাঢ় রং';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'ডিভাইসে যেমন আছে', light: 'হালকা', dark: 'গাঢ়' })[theme];
export const TEXT_SIZE = 'লেখার আকার';
export const percent = (size: string): string => `${number(Number(size))}%`;
export const SHOW = 'দেখান';
export const SHOW_CHARACTERS = 'লেখা দেখান';
export const HIDE = 'লুকান';
export const HIDE_CHARACTERS = 'লেখা লুকান';
export const invited = <E>(room: E): Pieces<E> => ['আপনি রুম ', room, '-এ আমন্ত্রিত। '];
export const USE_ANOTHER_ROOM = 'অন্য রুম বেছে নিন';
export const WHO_MODERATES = 'রুম কে কে সামলাতে পারবেন?';
export const KEEPER_ALONE = 'শুধু সঞ্চালক';
export const EVERY_MEMBER = 'প্রত্যেক সদস্য';
export const OPEN_ANEW = 'এই চাবি দিয়েই নতুন রুম খুলুন';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'চাবি ',
  key,
  ' দিয়ে নতুন রুম খুলবেন? একই চাবি ও পাসওয়ার্ড নিয়ে কেউ না আসা পর্যন্ত আপনি সেখানে একা থাকবেন।',
];

export const PLAIN_HTTP = 'এই পেজ সাধারণ http-তে এসেছে';
export const PLAIN_HTTP_MORE =
  'মেসেজ তবুও আপনার ব্রাউজারেই সিল করা হয়, আর সার্ভার তা পড়তে পারে না। কিন্তু আপনার ও সার্ভারের মাঝের নেটওয়ার্ক যার হাতে, সে পথে এই পেজ বদলে দিয়ে সব পড়ে ফেলতে পারে। যে নেটওয়ার্কে ভরসা নেই, সেখানে https বা VPN ব্যবহার করুন।';

export const MAKING_KEYS = 'চাবি তৈরি হচ্ছে';
export const PASSWORD_IS_STRETCHED =
  'পাসওয়ার্ড থেকে চাবি এখানেই, আপনার ব্রাউজারে তৈরি হয়; পাসওয়ার্ড কখনো এর বাইরে যায় না।';
export const percentDone = (percent: number) => `চাবি তৈরি হচ্ছে… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `চাবি তৈরি হচ্ছে… ${number(percent)}%, আর ${number(seconds)} সেকেন্ড`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'এক মিনিট', other: '# মিনিট' });
  const plain = secure ? '' : ' https হলে ব্রাউজারের নিজস্ব ক্রিপ্টোগ্রাফির এক সেকেন্ড লাগত।';
  return `এতে প্রায় ${time} লাগবে, কারণ এই ব্রাউজার স্ক্রিপ্ট ধীরে চালায়: কম্পাইলার ছাড়া, যেমন লকডাউন মোডে বা কড়া সেটিংসে, অথবা ডিভাইসটি ধীর।${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'ঢোকা গেল না: এমন কোনো রুম নেই, অথবা পাসওয়ার্ড ঠিক নয়। হয়তো রুমে নতুন পাসওয়ার্ড দেওয়া হয়েছে, তাই পুরোনো আমন্ত্রণ আর চলে না: নতুন একটি চেয়ে নিন।',
  taken: 'এই চাবির একটি রুম আগে থেকেই খোলা। তার আমন্ত্রণ দিয়ে ঢুকুন, অথবা অন্য চাবি বেছে নিন।',
  'alias-in-use': 'রুমে এই ছদ্মনাম আগে থেকেই কারও আছে। অন্য একটি বেছে নিন।',
  full: 'রুম ভর্তি। কেউ চলে গেলে আবার চেষ্টা করুন।',
  locked: 'রুমে তালা দেওয়া আছে। ভেতরের কাউকে তালা খুলতে বলুন।',
  busy: 'সার্ভার ব্যস্ত, অথবা আপনার ঠিকানা থেকে খুব বেশিবার চেষ্টা হয়েছে। একটু অপেক্ষা করে আবার চেষ্টা করুন।',
  malformed: 'সার্ভার এই পেজ বুঝতে পারেনি। পেজটি নতুন করে লোড করে আবার চেষ্টা করুন।',
  'needs-code': 'এখানে রুম খুলতে কোড লাগে। যিনি এই সার্ভার চালান, তাঁর কাছে চেয়ে নিন।',
  'not-from-here':
    'এখানে রুম শুধু সার্ভারের নিজস্ব নেটওয়ার্ক থেকেই খোলা যায়। যিনি সার্ভার চালান তাঁকে জিজ্ঞেস করুন, অথবা সেখান থেকে যুক্ত হোন।',
  unreachable: 'সার্ভারের নাগাল পাওয়া যাচ্ছে না। সংযোগ দেখে নিয়ে আবার চেষ্টা করুন।',
  'not-loaded':
    'এই পেজের একটি অংশ লোড হয়নি। সংযোগ দেখে নিন, কোনো এক্সটেনশন স্ক্রিপ্ট আটকালে অংশটিকে অনুমতি দিন, আর আবার চেষ্টা করুন।',
  'no-worker':
    'চাবি তৈরির ওয়ার্কার, derive.js, চালু হয়নি। কোনো এক্সটেনশন বা পথের কিছু একে আটকাচ্ছে: এই পেজের জন্য একে অনুমতি দিন, অথবা অন্য ব্রাউজারে চেষ্টা করুন।',
  'break-over': 'আধ ঘণ্টা সংযোগ ছিল না: আলাপ আর পাসওয়ার্ড মুছে ফেলা হয়েছে। আবার ঢুকতে পাসওয়ার্ডটি আরও একবার দিন।',
  'grace-over': 'অনেকক্ষণ সংযোগ ছিল না, তাই রুমে আপনার জায়গা আর নেই। আমন্ত্রণ দিয়ে আবার ঢুকুন।',
  kicked:
    'যখন সংযোগ ছিল না, তখন আপনাকে রুম থেকে সরিয়ে দেওয়া হয়েছে। ফেরার কথা থাকলে কোনো সদস্যের কাছে নতুন আমন্ত্রণ চেয়ে নিন।',
  'room-gone':
    'যখন সংযোগ ছিল না, তখন রুম বন্ধ হয়ে গেছে। একই চাবি ও পাসওয়ার্ড দিয়ে সেটি আবার খুলুন, অথবা নতুন একটি খুলুন।',
  stopped: FAREWELLS['stopped-away'],
  draining: 'এই সার্ভার একটু পরেই নতুন করে চালু হবে, এখন রুম খোলে না। কয়েক মিনিট পরে আবার চেষ্টা করুন।',
  'false-room':
    'সার্ভার যা দেখাচ্ছে, তা এই পাসওয়ার্ডে খোলা রুম নয়। এই সার্ভারের হাতে পাসওয়ার্ডটি দেবেন না: যিনি সার্ভার চালান, তাঁকে জিজ্ঞেস করুন।',
  'bad-room-key': 'রুমের চাবিতে ৮টি অক্ষর ও সংখ্যা থাকে, যেমন K7QM-4XZD। আমন্ত্রণের সঙ্গে মিলিয়ে দেখুন।',
};

export const badPassword = (characters: number, bytes: number): string =>
  `রুম খুলতে কমপক্ষে ${number(characters)} ক্যারেক্টারের ও বড়জোর ${number(bytes)} বাইটের পাসওয়ার্ড লাগে।`;

export const tryAgainIn = (seconds: number): string => `${counted(seconds)} পরে আবার চেষ্টা করতে পারবেন।`;
export const TRY_AGAIN_NOW = 'এখন আবার চেষ্টা করতে পারেন।';

export const CHOSEN_PASSWORD =
  'কারও ভেবে বের করা পাসওয়ার্ড আন্দাজ করা যায়: যিনি সার্ভার চালান, বা যিনি কারও ঢোকা রেকর্ড করে রাখেন, তিনি তাঁর মেশিনে যত কুলোয় ততগুলো পরখ করে দেখতে পারেন। এর থেকে নিরাপদ শুধু নিজে থেকে তৈরি হওয়া পাসওয়ার্ড।';

export const OFFLINE = 'এই ডিভাইস অফলাইনে আছে। একে সার্ভারের নেটওয়ার্কে যুক্ত করে আবার চেষ্টা করুন।';

export const WRONG_CODE =
  'এখানে রুম খোলার কোড এটি নয়; ছোট-বড় হাতের অক্ষরে তফাত হয়। যিনি এই সার্ভার চালান, তাঁর কাছে কোড চেয়ে নিন।';

const ALPHABETS: Record<string, string> = { Latin: 'লাতিন', Greek: 'গ্রিক', Cyrillic: 'সিরিলিক' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `ছদ্মনামে ১ থেকে ${number(error.most)}টি ক্যারেক্টার থাকে।`;
    case 'slash':
      return 'ছদ্মনাম “/” দিয়ে শুরু হয় না।';
    case 'space':
      return `ছদ্মনামে স্পেস থাকে না (${codePoint})।`;
    case 'unseen':
      return `ছদ্মনামে অদৃশ্য ক্যারেক্টার থাকে না (${codePoint})।`;
    case 'unknown':
      return `${codePoint} ক্যারেক্টারটি সব ডিভাইস চেনে না।`;
    case 'enclosing':
      return `ছদ্মনামে এমন ক্যারেক্টার থাকে না যা অন্যগুলোকে ঘিরে আঁকা হয় (${codePoint})।`;
    case 'marks':
      return `“◌${character}” (${codePoint}) চিহ্নটি তার অক্ষরে একটি বেশি হয়ে গেছে।`;
    case 'baseless':
      return `“◌${character}” (${codePoint}) চিহ্নটি বসার মতো কোনো অক্ষর নেই।`;
    case 'mixed':
      return `“${character}” (${codePoint}, ${ALPHABETS[error.alphabet]}) ${ALPHABETS[error.beside]} অক্ষরের পাশে বসতে পারে না।`;
    case 'joiner':
      return `${codePoint} সংযোজকটি যেখানে আছে, সেখানে কিছুই বদলায় না।`;
    case 'emoji':
      return `ওখানে ${codePoint} দিয়ে এমন কোনো ইমোজি হয় না যা সব ডিভাইস চেনে।`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'এই পেজের লিংক পথে নষ্ট হয়ে গেছে (হয়তো হ্যাশ চিহ্নের জায়গায় “%23” এসে গেছে), তাই আপনার ব্রাউজার পাসওয়ার্ডসহ আমন্ত্রণটি সার্ভারে পাঠিয়ে দিয়েছে। সার্ভার এর কিছুই রাখে না, কিন্তু পড়তে পারত, কোনো প্রক্সি বা তার লগও পারত। এই পাসওয়ার্ড আর ব্যবহার করবেন না: অন্য পাসওয়ার্ডে রুমটি নতুন করে খুলতে বলুন, আর নতুন আমন্ত্রণ চেয়ে এখানে পেস্ট করুন।';
export const INVITATION_BROKEN =
  'এই লিংকে আমন্ত্রণ পুরোটা নেই: কিছু বাদ গেছে, নয়তো জুড়ে গেছে। আবার চেয়ে নিন, অথবা রুমের চাবি ও পাসওয়ার্ড নিজে লিখে দিন।';
export const INVITATION_TOO_LONG =
  'যা পেস্ট করেছেন তা আমন্ত্রণের পক্ষে বেশি লম্বা, তাই বাদ দেওয়া হয়েছে। শুধু লিংকটি পেস্ট করুন।';
export const invitationElsewhere = (there: string, here: string) =>
  `এই আমন্ত্রণ ${there} ঠিকানার একটি রুমের, আর এই পেজ ${here} ঠিকানায়। দুটি একই সার্ভার না হলে লিংকটি সেখানেই খুলুন।`;

const OPERATOR = 'যিনি সার্ভার চালান, তিনি এটি ঠিক করতে পারেন: ';

const PASS_HOST = 'nginx-এ “proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml ফাইলে hosts = ["${hostname}"] থাকতে হবে`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `সার্ভার আছে, কিন্তু যে WebSocket আলাপ বয়ে নেয়, তা পৌঁছাতে পারছে না। কোনো প্রক্সি, ফিল্টার বা এক্সটেনশন তাকে আটকাচ্ছে। ${OPERATOR}প্রক্সিকে Upgrade ও Connection এগিয়ে দিতে হবে; nginx-এ “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”।`,
  origin: ({ origin, hostname }: Location) =>
    `সার্ভার এই পেজ নিচ্ছে না, কারণ তাকে ${origin} ছাড়া অন্য নামে ডাকা হচ্ছে: কোনো প্রক্সি Host বদলে দেয়। ${OPERATOR}প্রক্সিকে Host এগিয়ে দিতে হবে, ${PASS_HOST}${named(hostname, ', আর ')}; অথবা sanctuary.toml ফাইলে origins = ["${origin}"] থাকতে হবে।`,
  host: ({ hostname }: Location) =>
    `সার্ভারকে এমন নামে ডাকা হচ্ছে যা তার নয়: তার সেটিংস বদলেছে, অথবা কোনো প্রক্সি Host বদলে দেয়। ${OPERATOR}প্রক্সিকে Host এগিয়ে দিতে হবে, ${PASS_HOST}${named(hostname, '; আর ')}।`,
  full: 'সার্ভার যত সংযোগ নেয়, তত হয়ে গেছে, সব মিলিয়ে বা আপনার ঠিকানা থেকে। এর অন্য ট্যাবগুলো বন্ধ করুন, বা একটু অপেক্ষা করুন, তারপর আবার চেষ্টা করুন।',
  gone: (status: number) =>
    `সার্ভারের সামনের কিছু একটা ${status} জবাব দিচ্ছে: সার্ভার নিজে চলছে না, অথবা সেখান থেকে তার নাগাল পাওয়া যাচ্ছে না। পরে আবার চেষ্টা করুন। ${OPERATOR}সার্ভারের প্রোগ্রামকে চালু থাকতে হবে, আর প্রক্সি যেখানে তাকে খোঁজে সেখানেই শুনতে হবে।`,
  elsewhere:
    'নেটওয়ার্কের কিছু একটা এই পেজের সংযোগ অন্য কোথাও পাঠিয়ে দিচ্ছে: হয়তো কোনো সাইন-ইন পেজে। পেজটি নতুন করে লোড করে আবার চেষ্টা করুন।',
  other: (status: number, path: string) =>
    `পেজ যখন ${path} চায়, তখন সার্ভারের বদলে তার সামনের কিছু একটা ${status} জবাব দেয়। ${OPERATOR}পেজের পাথের নিচে যা কিছু আছে, প্রক্সিকে তার সবই এগিয়ে দিতে হবে, নিজের কোনো সাইন-ইন ছাড়া।`,
};

// The room.

export const ROOM = 'রুম';
export const roomIs = <E>(key: E): Pieces<E> => ['রুম ', key];
export const hereAre = (count: number): string => `${number(count)} জন`;
export const MORE = 'আরও';
export const LOCKED = 'তালাবন্ধ';
export const LOCKED_MORE = 'আর কেউ ঢুকতে পারবেন না।';
export const INVITE = 'আমন্ত্রণ';
export const LOCK = 'তালা দিন';
export const UNLOCK = 'তালা খুলুন';
export const SETTINGS = 'সেটিংস';
export const SETTINGS_KEPT = 'ট্যাব বন্ধ হলেই এর সব ভুলে যাওয়া হয়।';
export const SOUND = 'কেউ কানে কানে কিছু বললে বা আপনার উল্লেখ করলে শব্দ';
export const NOTIFY = 'তখন একটি বিজ্ঞপ্তিও, কী বলা হলো তা না জানিয়ে';
export const NOT_NOTIFIED =
  'এই ব্রাউজার এই পেজের বিজ্ঞপ্তি দেখায় না। পেজটিকে অনুমতি দিন, আর বিজ্ঞপ্তি আবার চালু করুন।';
export const NOTIFIED = {
  whisper: 'কেউ আপনাকে কানে কানে কিছু বলেছেন',
  mention: 'কেউ আপনার উল্লেখ করেছেন',
};
export const TIMER = 'অদৃশ্য হয়ে যাওয়া মেসেজ';
export const TIMER_AFTER = 'এখন থেকে বলা কথা যতক্ষণ থাকবে';
export const TIMER_NEVER = 'আলাপের শেষ পর্যন্ত';
export const TIMER_BINDS = 'সৎ পেজ এটি মেনে চলে; অসৎ পেজকে জোর করে কিছু ভোলানো যায় না।';
export const TIMER_SET = 'সবার জন্য ঠিক করুন';
export const fadesAfter = (time: string): string => `মেসেজ আসার ${time} পরে অদৃশ্য হয়ে যায়।`;
export const FADING_MORE = 'যেসব পেজ এটি মেনে চলে, তার প্রতিটি থেকে এই মেসেজ তখন অদৃশ্য হয়ে যাবে।';
export const SEEING = 'কে কী দেখতে পান';
export const THIS_CONNECTION = 'পথে';
export const OVER_HTTPS =
  'এই পেজ https-এ এসেছে। পথের নেটওয়ার্ক ও প্রক্সিগুলো দেখে কে কখন এই সার্ভারের সঙ্গে যুক্ত, আর কতটা আসা-যাওয়া করে; সার্টিফিকেট সার্ভারের নিজের হলে সেখানে কেউ কিছু পড়ে না, বদলায়ও না।';
export const OVER_LOOPBACK =
  'এই পেজ এই মেশিনেরই একটি ঠিকানায় খোলা হয়েছে। এখানকার কোনো টানেল বা প্রক্সি অন্য মেশিনে নিয়ে যায় কি না, পেজ থেকে তা জানা যায় না।';
export const OVER_ONION =
  'এই পেজ একটি onion ঠিকানায় খোলা হয়েছে। সার্ভারের কাছে নিজের প্রান্ত পর্যন্ত যা কিছু যায়, Tor তার সব এনক্রিপ্ট করে, আর আপনি কোথা থেকে আসছেন তা লুকিয়ে রাখে।';
export const OVER_HTTP =
  'এই পেজ সাধারণ http-তে এসেছে। সার্ভার যা দেখে, পথের নেটওয়ার্ক ও প্রক্সিগুলো তার সবই দেখে; যা বলা হয়, তা তাদের কাছেও সিল করা। কিন্তু এদের কোনোটি যার হাতে, সে হয়তো পথে এই পেজ এমনভাবে বদলে দিয়েছে যে পেজটি তাকে সব বলে দেয়। যে নেটওয়ার্কে ভরসা নেই, সেখানে https বা VPN ব্যবহার করুন।';
export const THE_SERVER = 'যিনি সার্ভার চালান';
export const serverSees = (host: string): string =>
  `যিনি ${host} চালান, তিনি দেখেন রুমের চাবি, রুমে কতজন আছেন ও কোন ঠিকানা থেকে, কেউ কখন কিছু বলেন ও মোটামুটি কতটা, আর কে কাকে কানে কানে বলেন: কোনো পাসওয়ার্ড নয়, কোনো ছদ্মনাম নয়, একটি শব্দও নয়। কিন্তু এই পেজও সেখান থেকেই আসে, আর এর জায়গায় অন্য কোনো পেজ তাঁকে সব বলে দিতে পারে: তাই এমন কারও সার্ভার চাই, যাঁর ওপর আপনার ভরসা আছে।`;
export const PROTECTIONS = [
  'মেমরি লক করা, কখনো ডিস্কে লেখা হয় না',
  'ক্র্যাশ হলেও মেমরির কোনো কপি থেকে যায় না',
  'এটি অ্যাডমিনিস্ট্রেটরের অধিকার ছাড়া চলে',
  'এটি আর কোনো অধিকার পেতে পারে না',
  'এটি রুমের কোনো ফাইল খোলে না, নিজে থেকে কোনো সংযোগও করে না',
  'এটি সিস্টেমের কাছে খুব কমই চাইতে পারে',
  'এটি কোনো টার্মিনাল পড়ে না',
];
export const PROTECTED = 'সার্ভার নিজের সম্পর্কে বলে যে সে কোনো লগ রাখে না, আর:';
export const UNPROTECTED = 'সেখানে কার্যকর নয়, বা পুরোপুরি নয়:';
export const THE_MEMBERS = 'সদস্যরা';
export const MEMBERS_SEE =
  'সবাইকে বলা কথা এখানে সবাই পড়েন, যে যখন এসেছেন তখন থেকে; কানে কানে বলা কথা পড়েন শুধু তিনি, যাঁকে বলা। যিনি যা পড়েছেন, তা রেখে দিতে পারেন।';
export const STAYS = 'আলাপ ছেড়ে যাওয়া পর্যন্ত মেসেজ থাকে।';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? ['রুমের সঞ্চালক ', keeper, `: ${OFFICE} অধিকার শুধু সঞ্চালকের, সঞ্চালনা অন্যকে দেওয়ারও।`]
    : [`${OFFICE} অধিকার প্রত্যেক সদস্যের আছে। সঞ্চালনা অন্যকে দিতে পারেন শুধু সঞ্চালক, `, keeper, '।'];
const OFFICE =
  'সদস্যদের বের করে দেওয়ার, রুমে তালা দেওয়ার, নতুন পাসওয়ার্ড দেওয়ার, মেসেজ অদৃশ্য হওয়ার সময় ঠিক করার বা রুম বন্ধ করার';
export const DRAWN_PASSWORD = 'এটি নিজে থেকে তৈরি হওয়া পাসওয়ার্ডের মতো, যা কেউ আন্দাজ করতে পারে না।';
export const WHO_IS_WHO = 'কে আসলে কে';
export const TICK_THOSE = 'যাঁদের নম্বর তাঁদের পড়ে শোনানো নম্বরটিই, তাঁদের পাশে টিক দিন:';
export const NO_TRACE = 'কোনো চিহ্ন না রাখা';
export const NO_TRACE_MORE =
  'কিছুই জমা থাকে না, এখানেও না, সার্ভারেও না; তবে এই ঠিকানায় আসার কথা ব্রাউজারের মনে থাকতে পারে। চট করে দুবার Esc চাপুন, বা একেবারে ওপরের ছবিতে এক সেকেন্ড আঙুল রাখুন: সব মুছে যায়, এখানে থাকে একটি ফাঁকা পেজ।';
export const VANISH = 'ফাঁকা পেজে চলে যান';
export const STOP_ROOM = 'রুম বন্ধ করুন';
export const LEAVE = 'রুম ছাড়ুন';
export const askKick = <E>(alias: E): Pieces<E> => [alias, '-কে রুম থেকে বের করে দেবেন?'];
export const GIVE_NEW_PASSWORD = 'রুমে নতুন পাসওয়ার্ড দিন, যাতে পুরোনো আমন্ত্রণে তা আর না খোলে';
export const PASSWORD_GOES_TO = 'নতুন পাসওয়ার্ড পাবেন';
export const PASSWORD_GOES_TO_NOBODY = 'নতুন পাসওয়ার্ড আর কেউ পাবেন না।';
export const RELOCK = 'নতুন পাসওয়ার্ড';
export const ASK_RELOCK = 'রুমে নতুন পাসওয়ার্ড দেবেন? আগের আমন্ত্রণ দিয়ে আর কেউ ঢুকতে পারবেন না।';
export const NOT_READ = 'যাঁদের কার্ড এই পেজ পড়তে পারে না, তাঁদের সরিয়ে দেওয়া হবে।';
export const RELOCKING = 'রুমে নতুন পাসওয়ার্ড দেওয়া হচ্ছে…';
export const verifyWhom = <E>(alias: E): Pieces<E> => [alias, '-এর নম্বর'];
export const VERIFY_HOW =
  'যে সদস্যকে আপনি চেনেন, তাঁকে এটি পড়ে শোনাতে বলুন, ফোনে বা সামনাসামনি। নম্বর এটিই হলে আপনাদের মাঝে কেউ নেই, সার্ভারও না।';
export const IS_SAME_NUMBER = 'এই নম্বরটিই পড়ে শোনানো হয়েছে';
export const YOUR_NUMBER = 'আপনার নিজের নম্বর, পড়ে শোনানোর জন্য:';
export const VERIFY = 'যাচাই করুন';
export const ALL_VERIFIED = 'যাচাই করা';
export const ALL_VERIFIED_MORE = 'আপনি সব সদস্যের নম্বর মিলিয়ে দেখেছেন।';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => [alias, ' খুলেছেন ', time, '-এ'];
export const ASK_STOP = 'রুম বন্ধ করবেন? আলাপ সবার জন্যই শেষ হবে, আর এর কিছুই থাকবে না।';

export const CANCEL = 'বাতিল করুন';

export const MEMBERS = 'সদস্যরা';
export const MARKS = {
  you: 'আপনি',
  keeper: 'সঞ্চালক',
  away: 'এখন নেই',
  verified: 'যাচাই করা',
  differs: 'অন্য রুম দেখেন',
  'not-ready': 'প্রস্তুত নন',
  unreadable: 'পড়া যায় না',
  'shut-out': 'সরিয়ে দেওয়া',
  ignored: 'উপেক্ষিত',
};
export const MARKS_MORE = {
  verified: 'আপনি এই সদস্যের নম্বর মিলিয়ে দেখেছেন।',
  differs: 'এই সদস্য যা দেখেন, তা আপনি যা দেখেন তার থেকে আলাদা: সার্ভার আপনাদের আলাদা জিনিস দেখাচ্ছে।',
  'not-ready': 'নতুন পাসওয়ার্ডে এই সদস্যের নিজেকে দেখানো এখনো বাকি।',
  unreadable:
    'সার্ভার এই সদস্যের যা দেখায়, তা গ্রহণ করা হয় না: আপনার কোনো কথা তাঁর কাছে যায় না, তাঁরও কিছু আপনার কাছে আসে না।',
  ignored: 'এই সদস্য যা বলেন, তার কিছুই আপনি দেখেন না।',
  'shut-out': 'একজন সদস্য এঁকে সরিয়ে দিয়েছেন, কিন্তু সার্ভার রুমে রেখে দিয়েছে: এঁর কাছে আর কিছুই যায় না।',
};
export const doingsWith = (alias: string): string => `${alias}-কে নিয়ে কী করবেন`;
export const WHISPER = 'কানে কানে বলুন';
export const KICK = 'বের করে দিন';
export const IGNORE = 'উপেক্ষা করুন';
export const HEED = 'আর উপেক্ষা নয়';
export const MAKE_KEEPER = 'সঞ্চালক করুন';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  alias,
  '-কে রুমের সঞ্চালক করবেন? সঞ্চালনা ফেরত দিতে পারবেন শুধু নতুন সঞ্চালকই।',
];

export const UNNAMED = '(নামহীন)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'দেখতে আপনার মতো',
  page: 'কোনো সদস্যের ছদ্মনাম',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['দেখতে ', alias, '-এর মতো'];
export const OTHER_CHARACTERS = 'অন্য ক্যারেক্টারে লেখা।';

export const OWN_WORDS = [
  ...['আপনি', 'সঞ্চালক', 'তালাবন্ধ', 'নামহীন', 'উপেক্ষিত', 'সার্ভার', 'সিস্টেম', 'sanctuary', 'system', 'server'],
];

export const INVITATION = 'আমন্ত্রণ';
export const INVITATION_LINK = 'আমন্ত্রণের লিংক';
export const COPY = 'কপি করুন';
export const CLOSE = 'বন্ধ করুন';
export const NEW_INVITATION = 'রুমের পাসওয়ার্ড নতুন: এটি নতুন লিংক, পুরোনো লিংক দিয়ে আর কেউ ঢুকতে পারবেন না।';
export const COPIED = 'কপি হয়েছে';
export const ADDRESS_FOR_OTHERS =
  'আপনি এই পেজ এমন ঠিকানায় খুলেছেন যা শুধু এই মেশিনেই চলে। অন্যরা এটি পাবেন এখানে:';
export const THIS_MACHINE_ALONE =
  'এই লিংক শুধু এই মেশিন থেকেই এখানে আনে। অন্যদের আমন্ত্রণ জানাতে পেজটি এমন ঠিকানায় খুলুন যা তাঁরাও খুলতে পারেন, অথবা কোডগুলো পড়ে শোনান।';
export const SHARE = 'শেয়ার করুন';
export const PRINT = 'প্রিন্ট করুন';
export const QR = 'আমন্ত্রণ, QR কোড হিসেবে';
export const PASS_ON_WITH_CARE = 'এই লিংক যাঁর কাছে থাকবে, তিনিই ঢুকতে পারবেন: ভেবেচিন্তে দিন।';
export const COPY_BY_HAND = 'লিংকটি নিজে কপি করুন। যাঁর কাছে এটি থাকবে, তিনিই ঢুকতে পারবেন: ভেবেচিন্তে দিন।';

// A broken connection.

export const BROKEN = 'সংযোগ কেটে গেছে। আপনি যা লিখবেন, ফিরে না আসা পর্যন্ত তা অপেক্ষায় থাকবে।';
export const OBSTACLES: Record<Obstacle, string> = {
  locked: 'আপনার জায়গা আর নেই, আর রুমে তালা দেওয়া আছে। ভেতরের কেউ তালা খুললেই আপনি নিজে থেকে ঢুকে যাবেন।',
  full: 'আপনার জায়গা আর নেই, আর রুম ভর্তি। কেউ চলে গেলেই আপনি নিজে থেকে ঢুকে যাবেন।',
  'alias-in-use':
    'আপনার জায়গা আর নেই, আর রুমে আপনার ছদ্মনাম এখন অন্য কারও। তিনি চলে যাওয়া পর্যন্ত অপেক্ষা করুন; অথবা আমন্ত্রণ কপি করে রুম ছাড়ুন, আর তা দিয়ে অন্য ছদ্মনামে ঢুকুন।',
  'room-gone':
    'রুমটি আর নেই: তার শেষ জায়গাটিও চলে গেছে। একই চাবি ও পাসওয়ার্ড দিয়ে আপনি সেটি আবার খুলতে পারেন, যাতে একই আমন্ত্রণ সেখানে নিয়ে যায়।',
  'no-entry':
    'রুমটি আর নেই, অথবা তাতে অন্য পাসওয়ার্ড দেওয়া হয়েছে: আপনারটি দিয়ে কেউ ঢুকতে পারেন না। রুমটি না থাকলে একই চাবি ও পাসওয়ার্ড দিয়ে আপনি সেটি আবার খুলতে পারেন।',
  'another-password': 'আপনার আমন্ত্রণ আর চলে না: রুমের পাসওয়ার্ড এখন অন্য। ভেতরের কারও কাছে নতুন আমন্ত্রণ চেয়ে নিন।',
  'needs-code':
    'রুমটি আর নেই, আর আবার খুলতে কোড লাগে। যিনি রুমটি খুলেছিলেন বা এই সার্ভার চালান, তাঁর কাছে কোড চেয়ে নিন; আমন্ত্রণ কপি করুন, রুম ছাড়ুন, আর কোড দিয়ে রুমটি খুলুন।',
  'not-from-here':
    'রুমটি আর নেই, আর এখানে রুম শুধু সার্ভারের নিজস্ব নেটওয়ার্ক থেকেই খোলা যায়। আমন্ত্রণ কপি করুন, রুম ছাড়ুন, আর যিনি সার্ভার চালান তাঁকে জিজ্ঞেস করুন।',
  draining:
    'রুমটি আর নেই, আর এই সার্ভার একটু পরেই নতুন করে চালু হবে, এখন রুম খোলে না। কয়েক মিনিট পরে রুমটি আবার খুলুন।',
};
export const nextTryIn = (seconds: number): string => `${number(seconds)} সেকেন্ড পরে আবার চেষ্টা।`;
export const TRYING = 'চেষ্টা চলছে…';
export const TRY_NOW = 'এখনই চেষ্টা করুন';
export const OPEN_IT_AGAIN = 'আবার খুলুন';
export const keptUntil = <E>(time: E): Pieces<E> => ['এর সবই ', time, ' পর্যন্ত থাকবে, তারপর মুছে ফেলা হবে।'];

export const LOSSES = {
  room: 'এখানে আর কেউ নেই: আপনি গেলেই রুম শেষ।',
  draft: 'যা লিখেছেন, তা এখনো পাঠানো হয়নি।',
};
export const askLeave = (losses: string[]): string => `রুম ছাড়বেন? ${losses.join(' ')}`;

export const MESSAGE = 'মেসেজ';
export const SEND = 'পাঠান';
export const MESSAGE_TO_EVERYONE = 'সবার জন্য মেসেজ';
export const whisperTo = (alias: string): string => `${alias}-কে কানে কানে বলুন`;
export const COMPOSER_HINT = 'Shift+Enter চাপলে নতুন লাইন শুরু হয়।';
export const COMPOSER_HINT_TOUCH = 'Enter চাপলে নতুন লাইন শুরু হয়, বোতাম টিপলে মেসেজ যায়।';
export const FAREWELL_TO_ALL = 'বিদায়ের কথা সবাই পড়ে: তা বলতে সবার কাছে লেখায় ফিরে যান।';
export const ACTION_ANSWERS_NOTHING =
  '/me দিয়ে যা লেখা হয়, তা কোনো মেসেজের উত্তর হয় না: মেসেজ হিসেবে লিখুন, অথবা আগে “উত্তর বাদ দিন” চাপুন।';
export const STAYS_HERE = 'যা লিখেছেন, তা এখানেই থাকছে।';
export const bytesLeft = (bytes: number): string => `আর ${number(bytes)} বাইট বাকি`;
export const TOO_LONG = 'পাঠানোর পক্ষে বেশি লম্বা।';
export const tooLongBy = (bytes: number): string => `${number(bytes)} বাইট বেশি লম্বা।`;
export const PROPOSALS = 'পরামর্শ';
export const proposals = (count: number): string =>
  `${number(count)}টি পরামর্শ: তীর বোতামে বাছুন, Tab দিয়ে পূর্ণ করুন।`;
export const LIST_COMMANDS = 'সব কমান্ড দেখানো';
export const COMMANDS = 'কমান্ড';
export const MENTION = 'উল্লেখ করুন';
export const FORMAT = 'লেখার সাজ';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'B', name: 'বোল্ড' },
  italic: { sign: 'I', name: 'ইটালিক' },
  code: { sign: '<>', name: 'কোড' },
  list: { sign: '•', name: 'তালিকা' },
  quote: { sign: '❝', name: 'উদ্ধৃতি' },
  link: { sign: 'লিংক', name: 'লিংক' },
};
export const PREVIEW = 'প্রিভিউ';
export const NOTHING_TO_PREVIEW = 'আপনার মেসেজ কেমন দেখাবে, তা এখানে দেখা যাবে।';
export const whisperingTo = <E>(alias: E): Pieces<E> => [alias, '-কে কানে কানে'];
export const BACK_TO_EVERYONE = 'সবার কাছে ফিরুন';

// Pictures.

export const PICTURE = 'ছবি';
export const ATTACH = 'ছবি জুড়ুন';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? [...whom, '-কে কানে কানে পাঠাতে ছবি এখানে ছাড়ুন'] : ['ছবি এখানে ছাড়ুন, সবার জন্য'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['ছবি, কানে কানে শুধু ', ...whom, '-কে'] : ['ছবি, সবার জন্য'];
export const PREPARING = 'ছবিটিকে যথেষ্ট ছোট করা হচ্ছে…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}।`,
    isMoving && 'অ্যানিমেশনের শুধু প্রথম ছবিটি পাঠানো হয়।',
    more > 0 && `আরও ${number(more)}টি বাকি।`,
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'বর্ণনা';
export const DESCRIPTION_HINT = 'ছবিতে কী আছে?';
export const SEND_PICTURE = 'ছবি পাঠান';
export const REMOVE = 'বাদ দিন';
export const picturesLeftOut = (most: number, count: number): string =>
  `একসঙ্গে ${number(most)}টি ছবি অপেক্ষায় থাকতে পারে: ${number(count)}টি বাদ পড়েছে।`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' কোনো ছবি নয়, আর ছবি ছাড়া কিছু পাঠানো যায় না।'];
    case 'svg':
      return [file, ' একটি SVG ড্রয়িং, যাতে ছবির বাইরেও কিছু থাকতে পারে: PNG হিসেবে সেভ করুন।'];
    case 'kind':
      return [file, ' এমন ধরনের ছবি যা এই ব্রাউজার পড়তে পারে না: JPEG বা PNG হিসেবে সেভ করুন।'];
    case 'large-file':
      return [file, ` ${number(most.megabytes)} MB-র চেয়ে বড়: আগে ছোট করে নিন।`];
    case 'large-picture':
      return [file, ` ${number(most.megapixels)} মেগাপিক্সেলের চেয়ে বড়: আগে ছোট করে নিন।`];
    case 'broken':
      return [file, ' পড়া যাচ্ছে না: এটি নষ্ট, অথবা এমন ধরনের যা এই ব্রাউজার চেনে না।'];
    case 'noise':
      return [
        file,
        ' ছোট করা যাচ্ছে না: এই ব্রাউজার ফিঙ্গারপ্রিন্টিং থেকে বাঁচায়, আর পেজ যা আঁকে তার বদলে এলোমেলো বিন্দু ফেরত দেয়। এই পেজকে ক্যানভাসের ডেটা পড়ার অনুমতি দিন, অথবা অন্য ব্রাউজার ব্যবহার করুন।',
      ];
    case 'too-small':
      return [file, ' এতটা ছোট করা যাচ্ছে না যে এই সার্ভার একটি মেসেজে তা নেবে।'];
    case 'failed':
      return [
        file,
        ' ছোট করা গেল না। হয়তো এই মুহূর্তে ডিভাইসে যথেষ্ট মেমোরি নেই: আবার চেষ্টা করুন, অথবা আগে ছোট করে নিন।',
      ];
    case 'not-loaded':
      return [file, ' ছোট করা গেল না: এই পেজের একটি অংশ লোড হয়নি। আবার চেষ্টা করুন।'];
  }
}

export const CONVERSATION = 'আলাপ';
export const NEW_MESSAGES = 'নতুন মেসেজ';
export const EARLIER_GONE = 'আগের মেসেজ আর নেই।';
export const sentAt = <E>(time: E): Pieces<E> => ['(', time, '-এ পাঠানো)'];
export const DELIVERY = {
  sending: 'পাঠানো হচ্ছে…',
  sent: '',
  delivered: 'পৌঁছেছে',
  failed: 'পাঠানো হয়নি',
  unsure: 'হয়তো পাঠানো হয়নি',
};
export const REPLY = 'উত্তর দিন';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `${alias || UNNAMED}-এর মেসেজ নিয়ে কী করবেন: ${excerpt}`;
export const REACT = 'প্রতিক্রিয়া দিন…';
export const UNSEND = 'ফিরিয়ে নিন';
export const DISCARD = 'ফেলে দিন';
export const NOT_COPIED = 'কপি করা গেল না';
export const ANSWERED_IS_GONE = 'এমন মেসেজের উত্তর যা এখানে নেই';
export const EMOJI = {
  '👍': 'বুড়ো আঙুল ওপরে',
  '❤️': 'হৃদয়',
  '😂': 'হাসি',
  '🎉': 'উৎসব',
  '😮': 'বিস্ময়',
  '😢': 'কান্না',
  '🙏': 'ধন্যবাদ',
  '👎': 'বুড়ো আঙুল নিচে',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `আরও ${number(more)} জন`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['কয়েকজন লিখছেন…'] : [...listed(aliases), ' লিখছেন…'];
export const TELL_TYPING = 'কে লিখছেন, তা দেখানো';
export const replyingTo = <E>(line: E): Pieces<E> => ['এর উত্তর: ', line];
export const NO_REPLY = 'উত্তর বাদ দিন';
export const NOBODY_ELSE = 'এখানে এখনো আর কেউ নেই।';
export const INVITE_SOMEBODY = 'কাউকে আমন্ত্রণ জানান';
export const MENTIONS_YOU = 'আপনার উল্লেখ করে';
export const SAYS_FAREWELL = 'বিদায় জানিয়ে';
export const WHISPERS_TO_YOU = 'আপনাকে কানে কানে';
export const whispersTo = <E>(alias: E[]): Pieces<E> => [...alias, '-কে কানে কানে'];

const missed = (count: number): string =>
  count === 0
    ? 'আপনি যখন ছিলেন না, তখন কোনো মেসেজ আসেনি'
    : plural(count, {
        one: 'আপনি যখন ছিলেন না, তখন বড়জোর একটি মেসেজ এসেছে',
        other: 'আপনি যখন ছিলেন না, তখন বড়জোর #টি মেসেজ এসেছে',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit);
}
export const goesIn = (seconds: number): string => `${counted(seconds)} পরে অদৃশ্য`;
function counted(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  return inUnits(Math.round(seconds / length), unit);
}
const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const inUnits = (count: number, unit: string): string =>
  new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay: 'long' }).format(count);

export const happened = (times: number): string => ` (${number(times)} বার)`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, ' এসেছেন'];
    case 'renamed':
      return [alias, '-এর ছদ্মনাম এখন ', other];
    case 'exit':
      return [...aliases, ' চলে গেছেন'];
    case 'gone':
      return [...aliases, ' সংযোগ হারিয়েছেন'];
    case 'kicked':
      return [alias, '-কে বের করে দিয়েছেন ', other];
    case 'put-out-unread':
      return ['সার্ভার বলছে, ', alias, '-কে সরিয়ে দিয়েছেন ', other, '; আপনি নিজে তা এখনো পড়তে পারেননি'];
    case 'put-out':
      return ['সার্ভার বলছে, ', alias, '-কে সরিয়ে দেওয়া হয়েছে, কিন্তু কোনো সদস্য তা বলেননি'];
    case 'shut-out':
      return [
        other,
        ' সরিয়ে দিয়েছেন ',
        alias,
        '-কে, কিন্তু সার্ভার তাঁকে রুমে রেখে দিয়েছে: তাঁর কাছে আর কিছুই যায় না',
      ];
    case 'left-out':
      return [alias, ' এখন বাইরে: নতুন পাসওয়ার্ড তাঁকে দেননি ', other];
    case 'away':
      return [...aliases, ' এখন নেই'];
    case 'back':
      return [...aliases, ' ফিরে এসেছেন'];
    case 'keeper':
      return by ? [alias, '-কে রুমের সঞ্চালক করেছেন ', by] : ['রুমের সঞ্চালক এখন ', alias];
    case 'handed-unread':
      return ['সার্ভার বলছে, ', alias, '-কে রুমের সঞ্চালক করেছেন ', other, '; আপনি নিজে তা এখনো পড়তে পারেননি'];
    case 'keeper-unsaid':
      return ['সার্ভার বলছে, রুমের সঞ্চালক এখন ', alias, ', কিন্তু রুমের নিয়ম তা বলে না, কোনো সদস্যও বলেননি'];
    case 'locked':
      return by
        ? [by, ' রুমে তালা দিয়েছেন: আর কেউ ঢুকতে পারবেন না']
        : ['রুমে তালা দেওয়া আছে: আর কেউ ঢুকতে পারবেন না'];
    case 'unlocked':
      return by ? [by, ' রুমের তালা খুলেছেন'] : ['রুমের তালা খোলা'];
    case 'relocked':
      return by
        ? [by, ' রুমে নতুন পাসওয়ার্ড দিয়েছেন: পুরোনো আমন্ত্রণ দিয়ে আর কেউ ঢুকতে পারবেন না']
        : ['রুমের পাসওয়ার্ড নতুন: পুরোনো আমন্ত্রণ দিয়ে আর কেউ ঢুকতে পারবেন না'];
    case 'keyless':
      return [
        'রুমের পাসওয়ার্ড নতুন, আর আপনি তা পাননি: আপনি কাউকে আমন্ত্রণ জানাতে পারবেন না, এখন থেকে কে আসেন তা-ও পড়তে পারবেন না। রুম ছাড়ুন, আর নতুন আমন্ত্রণ চেয়ে নিন।',
      ];
    case 'unrenewed':
      return ['সার্ভার আপনার চাবির নবায়ন কার্যকর করছে না: রুম ছেড়ে নতুন করে ঢুকুন, অথবা অন্য সার্ভার বেছে নিন'];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`আপনি না থাকতে আপনার জায়গা চলে গেছে, তাই আপনি নতুন করে ঢুকেছেন। ${missed(count)}`];
    case 'reopened':
      return ['আপনি রুমটি আবার খুলেছেন। আর যাঁরা সংযোগ হারিয়েছেন, তাঁরা একই আমন্ত্রণ দিয়ে আসবেন।'];
    case 'another-room':
      return [
        'আপনি নতুন করে ঢুকেছেন, কিন্তু এটি একই চাবি ও পাসওয়ার্ডের অন্য একটি রুম, যা খুলেছেন ',
        alias,
        ': মাঝে কতগুলো মেসেজ এসেছে, কেউ বলতে পারে না',
      ];
    case 'missing':
      return [
        alias,
        plural(count, { one: '-এর একটি মেসেজ পাওয়া যায়নি', other: '-এর #টি মেসেজ পাওয়া যায়নি' }),
      ];
    case 'timer':
      return count > 0
        ? [other, ` ঠিক করেছেন, মেসেজ আসার ${lasting(count)} পরে অদৃশ্য হয়ে যাবে। ${TIMER_BINDS}`]
        : [other, ' ঠিক করেছেন, এখন থেকে মেসেজ থেকে যাবে'];
    case 'closing':
      return [
        `সার্ভার ${number(count)} সেকেন্ড পরে নতুন করে চালু হবে: আলাপ তখন সবার জন্যই শেষ। এরপর রুমটি নতুন করে খুলুন।`,
      ];
    case 'unreadable':
      return who ? [alias, '-এর একটি মেসেজ পড়া যায়নি'] : ['একটি মেসেজ পড়া যায়নি'];
    case 'unsent':
      return [alias, ' একটি মেসেজ ফিরিয়ে নিয়েছেন'];
    case 'unshowable':
      return [alias, ' এমন কিছু পাঠিয়েছেন যা এই পেজ দেখাতে পারে না'];
    case 'differs':
      return [
        alias,
        ' যা দেখেন, তা আপনি যা দেখেন তার থেকে আলাদা: সার্ভার আপনাদের আলাদা জিনিস দেখাচ্ছে। অন্য কোনো পথে একে অন্যকে জিজ্ঞেস করুন, আর অন্য সার্ভার বেছে নিন',
      ];
    case 'contradicted':
      return ['সার্ভার এখন যা বলছে, তা তার আগের কথার সঙ্গে মেলে না: এমন চলতে থাকলে অন্য সার্ভার বেছে নিন'];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'এই পেজের একটি অংশ লোড হয়নি: একই রকম দেখতে ছদ্মনামগুলো এখানে চিহ্নিত নয়। বাকি সবই কাজ করে।';
    case 'too-much':
      return 'এটি পাঠানোর পক্ষে বেশি লম্বা, অথবা একবারে বেশি হয়ে গেছে। ছোট করুন, অথবা যা অপেক্ষায় আছে তার সব যাওয়া পর্যন্ত অপেক্ষা করুন।';
    case 'not-loaded':
      return 'পাঠাতে এই পেজের যে অংশ লাগে, তা লোড হয়নি। একটু পরে আবার পাঠান।';
    case 'not-yours':
      return `এর অধিকার শুধু সঞ্চালকের, আর তিনি ${note.keeper || UNNAMED}। তাঁকে এটি করতে বলুন, অথবা রুমের সঞ্চালনা চেয়ে নিন।`;
    case 'nobody':
      return `এখানে ${note.alias} নামে কেউ নেই। নামের বানান সদস্যদের তালিকায় দেখে নিন।`;
    case 'several':
      return `${number(note.count)} জন সদস্যের ছদ্মনাম ${note.alias}। কোন জন, বলুন: ${note.alias} 1 না ${note.alias} 2।`;
    case 'gone':
      return 'সেই সদস্য আর এখানে নেই।';
    case 'no-voice':
      return 'সেই সদস্যকে শুধু নতুন পাসওয়ার্ড দিয়েই সরানো যায়: /relock লিখুন।';
    case 'number':
      return `আপনার নম্বর: ${note.number}। অন্যদের পড়ে শোনান; প্রত্যেকে /verify দিয়ে মিলিয়ে দেখবেন।`;
    case 'not-carried-out':
      return 'এর মধ্যে আপনার জায়গা চলে গেছে: রুমে আপনি যা করতে বলেছিলেন, তা করা হয়নি। আবার বলুন।';
    case 'relock-failed':
      return 'নতুন পাসওয়ার্ড তৈরি করা গেল না। এর জন্য রুমে তালা দেওয়া হয়ে থাকলে তা থেকে যাবে: /relock দিয়ে আবার চেষ্টা করুন, অথবা /unlock দিয়ে তালা খুলুন।';
    case 'relock-crossed':
      return 'ঠিক একই সময়ে অন্য কেউ রুমে নতুন পাসওয়ার্ড দিয়েছেন। এর জন্য রুমে তালা দেওয়া হয়ে থাকলে তা থেকে যাবে: /unlock দিয়ে তালা খুলুন।';
    case 'unwhispered':
      return 'কেউ আপনাকে কানে কানে কিছু বলেননি।';
    case 'whisperer-gone':
      return 'যিনি শেষবার আপনাকে কানে কানে বলেছেন, তিনি আর এখানে নেই।';
    case 'yourself':
      return 'এ তো আপনিই।';
    case 'away':
      return `${note.alias} এখন নেই। সদস্যদের তালিকায় আর তা লেখা না থাকলে আবার চেষ্টা করুন।`;
    case 'unnamed':
      return 'সেই সদস্যের সঙ্গে আপনার কোনো যৌথ চাবি নেই। সদস্যদের তালিকায় তাঁকে প্রস্তুত না দেখানো পর্যন্ত অপেক্ষা করুন।';
    case 'no-line':
      return 'সেই মেসেজ আর এখানে নেই, অথবা যাঁদের লিখছেন, তাঁরা সেটি কখনো পাননি।';
    case 'former-voice':
      return 'এটি আপনি নতুন করে ঢোকার আগে বলেছিলেন: আর ফিরিয়ে নেওয়া যাবে না।';
    case 'amiss':
      return 'এই পেজে কিছু একটা ভুল হয়েছে, আপনার শেষ কাজটি হয়তো হয়নি। আবার চেষ্টা করুন; তাতে কাজ না হলে বেরিয়ে নতুন করে ঢুকুন।';
    case 'untold':
      return 'একটি মেসেজ নিয়ে আপনি যা করেছেন, তা অন্যদের কাছে পৌঁছায়নি: আবার চেষ্টা করুন।';
    case 'perhaps-untold':
      return 'একটি মেসেজ নিয়ে আপনি যা করেছেন, তা হয়তো অন্যদের কাছে পৌঁছায়নি: আবার চেষ্টা করার আগে তাঁদের জিজ্ঞাসা করুন।';
    case 'ignored':
      return `আপনি আর ${note.alias}-এর কিছুই দেখবেন না, আর কাউকে তা জানানো হবে না। আবার দেখতে চাইলে আরেকবার /ignore ${note.alias} লিখুন।`;
    case 'heeded':
      return `${note.alias} যা বলেন, তা আপনি আবার দেখবেন।`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'রুমে এই ছদ্মনাম কারও আছে: অন্য একটি বেছে নিন।';
    case 'keyless':
      return 'রুমের জন্য আপনার কাছে আর কোনো চাবি নেই, তাই আপনার নতুন ছদ্মনাম কেউ পড়তে পারবেন না। রুম ছাড়ুন, আর নতুন আমন্ত্রণ চেয়ে নিন।';
    case 'slip':
      return 'কমান্ড শুরু হয় / দিয়ে, আর অন্য লেখা কোনো শব্দ দিয়ে।';
    case 'no-command':
      return `/${note.name} নামে কোনো কমান্ড নেই। কী কী আছে দেখতে /help লিখুন।`;
  }
}

export const correctUsage = (usage: string): string => `${usage} লিখুন।`;
export const nothingAfter = (usage: string): string => `${usage} লিখুন, এর পরে কিছু নয়।`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'ছদ্মনাম',
  name: 'নাম',
  member: 'ছদ্মনাম',
  text: 'লেখা',
  farewell: '[বিদায়]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'একজন সদস্যকে কানে কানে বলা',
  r: 'যিনি শেষবার আপনাকে কানে কানে বলেছেন, তাঁকে কানে কানে বলা; Alt+R সেখানেই নিয়ে যায়',
  me: 'আপনি কী করছেন, তা বলা',
  alias: 'অন্য ছদ্মনাম নেওয়া',
  ignore: 'কোনো সদস্যের কিছুই আর না দেখা, বা আবার সব দেখা; কাউকে জানানো হয় না',
  exit: 'রুম ছাড়া',
  kick: 'কোনো সদস্যকে বের করে দেওয়া, আর রুমে নতুন পাসওয়ার্ড দেওয়া',
  stop: 'সবার জন্য রুম বন্ধ করা',
  lock: 'কাউকে আর ঢুকতে না দেওয়া, বা আবার দেওয়া',
  relock: 'রুমে নতুন পাসওয়ার্ড দেওয়া',
  timer: 'এখন থেকে যা বলা হবে তা এই সময় পরে মুছে যাবে, বা থেকে যাবে',
  keeper: 'অন্য কোনো সদস্যকে সঞ্চালক করা',
  verify: 'কোনো সদস্যের নম্বর মিলিয়ে দেখা',
  number: 'নিজের নম্বর দেখা',
  slash: 'স্ল্যাশ দিয়ে মেসেজ শুরু করা',
};
export const HELP_END = [
  'মেসেজ Markdown (**বোল্ড** *ইটালিক* `কোড` > উদ্ধৃতি - তালিকা) আর HTML-এ লেখা যায়।',
  'দুবার Esc, বা একেবারে ওপরের ছবিতে এক সেকেন্ড আঙুল: তখনই বেরিয়ে একটি ফাঁকা পেজে। কিছু জিজ্ঞেস করা হয় না।',
];

// Messages.

export const SHOW_MESSAGE = 'দেখান';
export const SHOW_ALL = 'পুরোটা দেখান';
export const marksDropped = (count: number) => `[না দেখানো চিহ্ন: ${number(count)}]`;
export const LONG_MESSAGE = 'লম্বা মেসেজ';
export const CODE_BLOCK = 'কোড';
export const TABLE = 'সারণি';
export const GAUGE = 'মাপক';
export const NO_IMAGE = '[ছবি দেখানো হয়নি]';
export const noImageOf = (alt: string) => `[ছবি দেখানো হয়নি: ${alt}]`;
