// All words of the page in Hindi: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('hi');

// The documents.

export const LANGUAGE = 'hi';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'फिर कोशिश करें';
export const OVER = 'बातचीत खत्म हुई।';
export const NOTHING_KEPT = 'इसका कुछ भी नहीं बचा: न यहाँ, न सर्वर पर।';
export const BACK = 'वापस शुरुआत पर';

export const FAREWELLS: Record<Ending, string> = {
  left: 'आपने रूम छोड़ दिया।',
  kicked: 'आपको रूम से निकाल दिया गया। लौटना हो तो किसी सदस्य से नया न्योता माँगें।',
  stopped: 'रूम बंद कर दिया गया। बातचीत सबके लिए खत्म हुई। आगे बात करने के लिए नया रूम खोलें।',
  'put-out':
    'सर्वर ने आपको रूम से बाहर कर दिया। जिस सदस्य को इसका हक हो, उसने ऐसा कहा या नहीं, यह जाँचा नहीं जा सका। दूसरों से किसी और ज़रिए से पूछें, और न्योते से फिर अंदर जाएँ।',
  'left-out': 'रूम को नया पासवर्ड दिया गया, और सर्वर के मुताबिक वह आपको नहीं मिला। किसी सदस्य से नया न्योता माँगें।',
  'stopped-by-host': 'सर्वर चलाने वाले ने रूम बंद कर दिया। बातचीत सबके लिए खत्म हुई। नया रूम खोलें, या उनसे वजह पूछें।',
  'stopped-unread':
    'सर्वर का कहना है कि रूम बंद कर दिया गया। जिस सदस्य को इसका हक हो, उसने ऐसा कहा या नहीं, यह जाँचा नहीं जा सका। दूसरों से किसी और ज़रिए से पूछें, और नया रूम खोलें।',
  'stopped-away':
    'सर्वर का कहना है कि जब आपका कनेक्शन टूटा हुआ था, तब रूम बंद कर दिया गया। इस बीच आपने जो लिखा, उसे किसी ने नहीं पढ़ा। बातचीत सबके लिए खत्म हुई। आगे बात करने के लिए नया रूम खोलें।',
  'too-slow': 'आपका कनेक्शन इतना धीमा था कि रूम के साथ नहीं चल सका। बेहतर कनेक्शन लेकर न्योते से फिर अंदर जाएँ।',
  flooding:
    'आपने बहुत जल्दी-जल्दी बहुत कुछ भेजा, इसलिए सर्वर ने आपका कनेक्शन काट दिया। न्योते से फिर अंदर जाएँ, और एक बार में कम भेजें।',
  'resumed-elsewhere':
    'रूम में आपकी जगह किसी दूसरे कनेक्शन ने ले ली। अगर वह आपका ही पेज नहीं था, तो दूसरों को सावधान करें और नया रूम खोलें।',
  'shutting-down': 'सर्वर बंद हो रहा है। बातचीत सबके लिए खत्म हुई। उसके फिर चलने पर नया रूम खोलें।',
  malformed: 'सर्वर इस पेज को समझ नहीं पाया और उसने कनेक्शन काट दिया। पेज फिर से लोड करें, और न्योते से फिर अंदर जाएँ।',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who => `\u2068${who}\u2069 ने आपको रूम से निकाल दिया। लौटना हो तो वहीं से नया न्योता माँगें।`,
  stopped: who => `\u2068${who}\u2069 ने रूम बंद कर दिया। बातचीत सबके लिए खत्म हुई। आगे बात करने के लिए नया रूम खोलें।`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'कनेक्ट नहीं है',
  deriving: 'कुंजियाँ बन रही हैं…',
  connecting: 'कनेक्ट हो रहा है…',
  room: 'कनेक्ट है',
  reconnecting: 'फिर कनेक्ट हो रहा है…',
  over: 'डिस्कनेक्ट हो गया',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'भाषा';
export const LEAD = 'इस सिरे से उस सिरे तक सीलबंद रूम। इसका कुछ भी कहीं नहीं रखा जाता।';
export const ROOM_KEY = 'रूम की कुंजी';
export const ALIAS = 'निकनेम';
export const ALIAS_HINT = 'दूसरों को यही नाम दिखेगा।';
export const OPEN_ROOM = 'रूम खोलें';
export const OPEN_ROOM_HINT = 'इसकी कुंजी और पासवर्ड अपने-आप बन जाते हैं।';
export const HAVE_INVITATION = 'मेरे पास न्योता है';
export const INVITATION_HINT = 'लिंक, या रूम की कुंजी और पासवर्ड।';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'पासवर्ड';
export const ENTER_ROOM = 'रूम में जाएँ';
export const OPTIONS = 'विकल्प';
export const OWN_ROOM_KEY = 'रूम की मनचाही कुंजी';
export const OWN_ROOM_KEY_HINT = 'खाली छोड़ें, तो अपने-आप बन जाएगी।';
export const OWN_PASSWORD = 'मनचाहा पासवर्ड';
export const OWN_PASSWORD_HINT = 'खाली छोड़ें, तो ऐसा बन जाएगा जिसका कोई अंदाज़ा न लगा सके।';
export const CODE = 'रूम खोलने का कोड';
export const APPEARANCE = 'हल्के या गहरे रंग';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'जैसे डिवाइस पर हों', light: 'हल्के', dark: 'गहरे' })[theme];
export const TEXT_SIZE = 'अक्षरों का आकार';
export const percent = (size: string): string => `${size}%`;
export const SHOW = 'दिखाएँ';
export const SHOW_CHARACTERS = 'लिखा हुआ दिखाएँ';
export const HIDE = 'छिपाएँ';
export const HIDE_CHARACTERS = 'लिखा हुआ छिपाएँ';
export const invited = <E>(room: E): Pieces<E> => ['आपको रूम ', room, ' में बुलाया गया है। '];
export const USE_ANOTHER_ROOM = 'कोई और रूम चुनें';
export const WHO_MODERATES = 'रूम को कौन सँभाल सकता है?';
export const KEEPER_ALONE = 'सिर्फ़ संचालक';
export const EVERY_MEMBER = 'हर सदस्य';
export const OPEN_ANEW = 'इसी कुंजी से नया रूम खोलें';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'कुंजी ',
  key,
  ' से नया रूम खोलें? जब तक कोई इसी कुंजी और पासवर्ड के साथ न आए, वहाँ आप अकेले होंगे।',
];

export const PLAIN_HTTP = 'यह पेज सादे http से आया';
export const PLAIN_HTTP_MORE =
  'मैसेज फिर भी आपके ब्राउज़र में ही सील होते हैं, और सर्वर उन्हें पढ़ नहीं सकता। लेकिन आपके और सर्वर के बीच का नेटवर्क जिसके हाथ में हो, वह इस पेज को रास्ते में बदलकर सब पढ़ सकता है। जिस नेटवर्क पर भरोसा न हो, उसमें https या VPN का इस्तेमाल करें।';

export const MAKING_KEYS = 'कुंजियाँ बन रही हैं';
export const PASSWORD_IS_STRETCHED = 'पासवर्ड से कुंजियाँ यहीं, आपके ब्राउज़र में बनती हैं; वह इससे बाहर कभी नहीं जाता।';
export const percentDone = (percent: number) => `कुंजियाँ बन रही हैं… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `कुंजियाँ बन रही हैं… ${number(percent)}%, ${number(seconds)} सेकंड बाकी`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'एक मिनट लगेगा', other: '# मिनट लगेंगे' });
  const plain = secure ? '' : ' https पर ब्राउज़र की अपनी क्रिप्टोग्राफ़ी को एक ही सेकंड लगता।';
  return `इसमें करीब ${time}, क्योंकि यह ब्राउज़र स्क्रिप्ट धीरे चलाता है: बिना कंपाइलर के, जैसा लॉकडाउन मोड या सख्त सेटिंग में होता है, या धीमे डिवाइस पर।${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'प्रवेश नहीं मिला: ऐसा कोई रूम नहीं है, या पासवर्ड सही नहीं है। शायद रूम को नया पासवर्ड मिल चुका है, जिससे पुराने न्योते बेकार हो गए: नया माँगें।',
  taken: 'इस कुंजी का रूम पहले से खुला है। उसके न्योते से अंदर जाएँ, या कोई और कुंजी चुनें।',
  'alias-in-use': 'रूम में यह निकनेम पहले से किसी का है। कोई और चुनें।',
  full: 'रूम भरा हुआ है। किसी के जाने पर फिर कोशिश करें।',
  locked: 'रूम में ताला लगा है। अंदर किसी से कहें कि ताला खोल दें।',
  busy: 'सर्वर व्यस्त है, या आपके पते से बहुत ज़्यादा कोशिशें हुईं। थोड़ा रुककर फिर कोशिश करें।',
  malformed: 'सर्वर इस पेज को समझ नहीं पाया। इसे फिर से लोड करें और फिर कोशिश करें।',
  'needs-code': 'यहाँ रूम खोलने के लिए कोड चाहिए। सर्वर चलाने वाले से माँगें।',
  'not-from-here': 'यहाँ रूम सिर्फ़ सर्वर के अपने नेटवर्क से खुलते हैं। सर्वर चलाने वाले से पूछें, या वहाँ से कनेक्ट करें।',
  unreachable: 'सर्वर तक पहुँच नहीं बन पा रही। कनेक्शन देख लें और फिर कोशिश करें।',
  'not-loaded':
    'इस पेज का एक हिस्सा लोड नहीं हुआ। कनेक्शन देख लें, कोई एक्सटेंशन स्क्रिप्ट रोक रहा हो तो इसे अनुमति दें, और फिर कोशिश करें।',
  'no-worker':
    'कुंजियाँ बनाने वाला वर्कर, derive.js, शुरू नहीं हुआ। कोई एक्सटेंशन या रास्ते की कोई चीज़ उसे रोक रही है: इस पेज के लिए उसे अनुमति दें, या कोई और ब्राउज़र आज़माएँ।',
  'break-over':
    'कनेक्शन आधे घंटे तक टूटा रहा: बातचीत और पासवर्ड मिटा दिए गए हैं। फिर अंदर जाने के लिए पासवर्ड एक बार और दें।',
  'grace-over': 'कनेक्शन बहुत देर तक टूटा रहा और रूम में आपकी जगह चली गई। न्योते से फिर अंदर जाएँ।',
  kicked: 'जब कनेक्शन टूटा हुआ था, तब आपको रूम से बाहर कर दिया गया। लौटना हो तो किसी सदस्य से नया न्योता माँगें।',
  'room-gone': 'जब कनेक्शन टूटा हुआ था, तब रूम बंद हो गया। उसी कुंजी और पासवर्ड से उसे फिर खोलें, या कोई नया रूम खोलें।',
  stopped: FAREWELLS['stopped-away'],
  draining: 'यह सर्वर फिर से चालू होने वाला है और अभी रूम नहीं खोलता। कुछ मिनट बाद फिर कोशिश करें।',
  'false-room':
    'सर्वर जो दिखा रहा है, वह इस पासवर्ड से खुलने वाला रूम नहीं है। यह पासवर्ड इस सर्वर को न सौंपें: सर्वर चलाने वाले से पूछें।',
  'bad-room-key': 'रूम की कुंजी में 8 अक्षर और अंक होते हैं, जैसे K7QM-4XZD। न्योते से मिलाकर देखें।',
};

export const badPassword = (characters: number, bytes: number): string =>
  `रूम खोलने के लिए पासवर्ड कम से कम ${number(characters)} कैरेक्टर और ज़्यादा से ज़्यादा ${number(bytes)} बाइट का होना चाहिए।`;

export const tryAgainIn = (seconds: number): string => `${counted(seconds)} बाद फिर कोशिश की जा सकती है।`;
export const TRY_AGAIN_NOW = 'अब फिर कोशिश की जा सकती है।';

export const CHOSEN_PASSWORD =
  'किसी के सोचे हुए पासवर्ड का अंदाज़ा लगाया जा सकता है: सर्वर चलाने वाला, या किसी का अंदर जाना रिकॉर्ड करने वाला, उतने पासवर्ड आज़मा सकता है जितने उसकी मशीनें कर पाएँ। इससे सिर्फ़ अपने-आप बना पासवर्ड सुरक्षित है।';

export const OFFLINE = 'यह डिवाइस ऑफ़लाइन है। इसे सर्वर के नेटवर्क से जोड़ें और फिर कोशिश करें।';

export const WRONG_CODE = 'यहाँ रूम खोलने का कोड यह नहीं है; छोटे-बड़े अक्षरों से फ़र्क पड़ता है। सर्वर चलाने वाले से कोड माँगें।';

const ALPHABETS: Record<string, string> = { Latin: 'लैटिन', Greek: 'ग्रीक', Cyrillic: 'सिरिलिक' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `निकनेम में 1 से ${number(error.most)} कैरेक्टर होते हैं।`;
    case 'slash':
      return 'निकनेम “/” से शुरू नहीं होता।';
    case 'space':
      return `निकनेम में स्पेस नहीं होते (${codePoint})।`;
    case 'unseen':
      return `निकनेम में अदृश्य कैरेक्टर नहीं होते (${codePoint})।`;
    case 'unknown':
      return `हर डिवाइस ${codePoint} कैरेक्टर को नहीं पहचानता।`;
    case 'enclosing':
      return `निकनेम में ऐसे कैरेक्टर नहीं होते जो दूसरों के चारों ओर बनते हैं (${codePoint})।`;
    case 'marks':
      return `चिह्न “◌${character}” (${codePoint}) अपने अक्षर पर एक ज़्यादा है।`;
    case 'baseless':
      return `चिह्न “◌${character}” (${codePoint}) के टिकने के लिए कोई अक्षर नहीं है।`;
    case 'mixed':
      return `“${character}” (${codePoint}, ${ALPHABETS[error.alphabet]}) ${ALPHABETS[error.beside]} अक्षरों के साथ नहीं आ सकता।`;
    case 'joiner':
      return `जोड़ने वाला कैरेक्टर ${codePoint} जहाँ लगा है, वहाँ कुछ नहीं बदलता।`;
    case 'emoji':
      return `वहाँ ${codePoint} से ऐसा कोई इमोजी नहीं बनता जिसे हर डिवाइस पहचाने।`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'इस पेज का लिंक रास्ते में बिगड़ गया (शायद हैश के निशान की जगह “%23” आ गया), जिससे आपके ब्राउज़र ने न्योता, पासवर्ड समेत, सर्वर को भेज दिया। सर्वर इसका कुछ नहीं रखता, पर वह इसे पढ़ सकता था, और कोई प्रॉक्सी या उसका लॉग भी। यह पासवर्ड अब इस्तेमाल न करें: रूम को किसी और पासवर्ड के साथ नए सिरे से खुलवाएँ, और नया न्योता माँगकर यहाँ पेस्ट करें।';
export const INVITATION_BROKEN =
  'इस लिंक में पूरा न्योता नहीं है: कुछ छूट गया है या जुड़ गया है। इसे फिर माँगें, या रूम की कुंजी और पासवर्ड खुद भरें।';
export const INVITATION_TOO_LONG =
  'आपका पेस्ट किया हुआ न्योते के लिए बहुत लंबा है, इसलिए छोड़ दिया गया। सिर्फ़ लिंक पेस्ट करें।';
export const invitationElsewhere = (there: string, here: string) =>
  `यह न्योता ${there} के एक रूम का है, और यह पेज ${here} पर है। अगर दोनों एक ही सर्वर नहीं हैं, तो लिंक वहीं खोलें।`;

const OPERATOR = 'इसे सर्वर चलाने वाला ठीक कर सकता है: ';

const PASS_HOST = 'nginx में “proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml में hosts = ["${hostname}"] होना चाहिए`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `सर्वर मौजूद है, पर बातचीत पहुँचाने वाला WebSocket उस तक नहीं पहुँच पाता। कोई प्रॉक्सी, फ़िल्टर या एक्सटेंशन उसे रोक रहा है। ${OPERATOR}प्रॉक्सी को Upgrade और Connection आगे भेजने होंगे; nginx में “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”।`,
  origin: ({ origin, hostname }: Location) =>
    `सर्वर इस पेज को स्वीकार नहीं करता, क्योंकि उसे ${origin} के बजाय किसी और नाम से पुकारा जा रहा है: कोई प्रॉक्सी Host बदल देता है। ${OPERATOR}प्रॉक्सी को Host आगे भेजना होगा, ${PASS_HOST}${named(hostname, ', और ')}; या फिर sanctuary.toml में origins = ["${origin}"] होना चाहिए।`,
  host: ({ hostname }: Location) =>
    `सर्वर को ऐसे नाम से पुकारा जा रहा है जो उसका नहीं है: उसकी सेटिंग बदल गई हैं, या कोई प्रॉक्सी Host बदल देता है। ${OPERATOR}प्रॉक्सी को Host आगे भेजना होगा, ${PASS_HOST}${named(hostname, '; और ')}।`,
  full: 'सर्वर जितने कनेक्शन लेता है, उतने हो चुके हैं, कुल मिलाकर या आपके पते से। उसके दूसरे टैब बंद करें, या थोड़ा रुकें, और फिर कोशिश करें।',
  gone: (status: number) =>
    `सर्वर के आगे की कोई चीज़ ${status} जवाब देती है: सर्वर खुद नहीं चल रहा, या वहाँ से उस तक पहुँच नहीं है। बाद में फिर कोशिश करें। ${OPERATOR}सर्वर का प्रोग्राम चलता रहे और वहीं सुने जहाँ प्रॉक्सी उसे खोजता है।`,
  elsewhere:
    'नेटवर्क में कोई चीज़ इस पेज के कनेक्शन कहीं और भेज रही है: शायद किसी साइन-इन पेज पर। पेज फिर से लोड करें और फिर कोशिश करें।',
  other: (status: number, path: string) =>
    `पेज जब ${path} माँगता है, तो सर्वर के बदले उसके आगे की कोई चीज़ ${status} जवाब देती है। ${OPERATOR}पेज के पाथ के नीचे जो कुछ है, प्रॉक्सी को वह सब आगे भेजना होगा, बिना अपने किसी साइन-इन के।`,
};

// The room.

export const ROOM = 'रूम';
export const roomIs = <E>(key: E): Pieces<E> => ['रूम ', key];
export const hereAre = (count: number): string => `${number(count)} मौजूद`;
export const MORE = 'और';
export const LOCKED = 'तालाबंद';
export const LOCKED_MORE = 'अब कोई और अंदर नहीं आ सकता।';
export const INVITE = 'बुलाएँ';
export const LOCK = 'ताला लगाएँ';
export const UNLOCK = 'ताला खोलें';
export const SETTINGS = 'सेटिंग';
export const SETTINGS_KEPT = 'टैब बंद होते ही यह सब भुला दिया जाता है।';
export const SOUND = 'कोई फुसफुसाए या आपका ज़िक्र करे, तो आवाज़';
export const NOTIFY = 'तब एक सूचना भी, बिना यह बताए कि क्या कहा गया';
export const NOT_NOTIFIED = 'यह ब्राउज़र इस पेज की सूचनाएँ नहीं दिखाता। इस पेज को अनुमति दें, और सूचनाएँ फिर चालू करें।';
export const NOTIFIED = { whisper: 'किसी ने आपसे फुसफुसाकर कुछ कहा', mention: 'किसी ने आपका ज़िक्र किया' };
export const TIMER = 'गायब होने वाले मैसेज';
export const TIMER_AFTER = 'अब से कही गई बातें कितनी देर रहें';
export const TIMER_NEVER = 'बातचीत के अंत तक';
export const TIMER_BINDS = 'ईमानदार पेज इसे मानते हैं; बेईमान पेज से कोई ज़बरदस्ती भुलवा नहीं सकता।';
export const TIMER_SET = 'सबके लिए लागू करें';
export const fadesAfter = (time: string): string => `मैसेज आने के बाद ${time} रहते हैं, फिर गायब हो जाते हैं।`;
export const FADING_MORE = 'तब यह मैसेज हर उस पेज से गायब हो जाएगा जो इसे मानता है।';
export const SEEING = 'कौन क्या देख सकता है';
export const THIS_CONNECTION = 'रास्ते में';
export const OVER_HTTPS =
  'यह पेज https से आया। रास्ते के नेटवर्क और प्रॉक्सी देखते हैं कि इस सर्वर से कौन, कब जुड़ा है, और कितना आता-जाता है; सर्टिफ़िकेट सर्वर का अपना हो, तो वहाँ कोई न कुछ पढ़ता है, न बदलता है।';
export const OVER_LOOPBACK =
  'यह पेज इसी मशीन के एक पते पर खोला गया। यहाँ की कोई टनल या प्रॉक्सी आगे किसी और मशीन तक ले जाती है या नहीं, यह पेज से पता नहीं चल सकता।';
export const OVER_ONION =
  'यह पेज एक onion पते पर खोला गया। सर्वर के पास अपने सिरे तक जो कुछ गुज़रता है, Tor उस सब को एन्क्रिप्ट करता है और छिपाता है कि आप कहाँ से आते हैं।';
export const OVER_HTTP =
  'यह पेज सादे http से आया। रास्ते के नेटवर्क और प्रॉक्सी वह सब देखते हैं जो सर्वर देखता है; जो कहा जाता है, वह उनसे भी सीलबंद है। लेकिन इनमें से कोई जिसके हाथ में हो, उसने इस पेज को रास्ते में ऐसे बदला हो सकता है कि यह उसे सब बता दे। जिस नेटवर्क पर भरोसा न हो, उसमें https या VPN का इस्तेमाल करें।';
export const THE_SERVER = 'सर्वर चलाने वाला';
export const serverSees = (host: string): string =>
  `${host} चलाने वाला देखता है: रूम की कुंजी, उसमें कितने लोग हैं और किन पतों से, कब कोई कुछ कहता है और मोटे तौर पर कितना, और कौन किससे फुसफुसाता है। वह न पासवर्ड देखता है, न निकनेम, न एक भी शब्द। लेकिन यह पेज भी वहीं से आता है, और इसकी जगह आया कोई और पेज उसे सब बता सकता है: इसलिए सर्वर ऐसे व्यक्ति का हो जिस पर आपको भरोसा है।`;
export const PROTECTIONS = [
  'मेमोरी लॉक है, और कभी डिस्क पर नहीं लिखी जाती',
  'क्रैश होने पर मेमोरी की कोई नकल नहीं बचती',
  'वह एडमिनिस्ट्रेटर के अधिकारों के बिना चलता है',
  'उसे और अधिकार नहीं मिल सकते',
  'वह रूम की कोई फ़ाइल नहीं खोलता, न खुद कोई कनेक्शन बनाता है',
  'वह सिस्टम से बहुत कम माँग सकता है',
  'वह कोई टर्मिनल नहीं पढ़ता',
];
export const PROTECTED = 'सर्वर अपने बारे में कहता है कि वह कोई लॉग नहीं रखता, और यह भी:';
export const UNPROTECTED = 'यह वहाँ लागू नहीं है, या पूरी तरह नहीं:';
export const THE_MEMBERS = 'सदस्य';
export const MEMBERS_SEE =
  'सबसे कही गई बात यहाँ हर कोई पढ़ता है, अपने आने के बाद से; फुसफुसाहट वही पढ़ता है जिसके लिए वह है। जिसने जो पढ़ा, वह उसे सँभालकर रख सकता है।';
export const STAYS = 'बातचीत छोड़ने तक मैसेज बने रहते हैं।';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? ['रूम का संचालन ', keeper, ` के पास है: ${OFFICE} का, और संचालन आगे सौंपने का हक सिर्फ़ संचालक को है।`]
    : [`${OFFICE} का हक हर सदस्य को है। संचालन आगे सौंपने का हक सिर्फ़ संचालक को है: `, keeper, '।'];
const OFFICE = 'सदस्यों को निकालने, रूम में ताला लगाने, उसे नया पासवर्ड देने, मैसेज गायब होने का समय तय करने या रूम बंद करने';
export const DRAWN_PASSWORD = 'यह अपने-आप बने पासवर्ड जैसा है, जिसका कोई अंदाज़ा नहीं लगा सकता।';
export const WHO_IS_WHO = 'कौन असल में कौन है';
export const TICK_THOSE = 'उन पर निशान लगाएँ जिनका नंबर वही है जो उन्होंने पढ़कर सुनाया:';
export const NO_TRACE = 'कोई निशान न छोड़ना';
export const NO_TRACE_MORE =
  'कुछ भी जमा नहीं होता, न यहाँ, न सर्वर पर; हाँ, ब्राउज़र को याद रह सकता है कि वह इस पते पर आया था। झट से दो बार Esc दबाएँ, या सबसे ऊपर की तस्वीर पर एक सेकंड तक उँगली रखें: सब मिट जाता है, और यहाँ एक खाली पेज आ जाता है।';
export const VANISH = 'खाली पेज पर निकल जाएँ';
export const STOP_ROOM = 'रूम बंद करें';
export const LEAVE = 'रूम छोड़ें';
export const askKick = <E>(alias: E): Pieces<E> => [alias, ' को रूम से निकालें?'];
export const GIVE_NEW_PASSWORD = 'रूम को नया पासवर्ड दें, ताकि वह पुराने न्योते से न खुले';
export const PASSWORD_GOES_TO = 'नया पासवर्ड इन्हें मिलेगा';
export const PASSWORD_GOES_TO_NOBODY = 'नया पासवर्ड और किसी को नहीं मिलेगा।';
export const RELOCK = 'नया पासवर्ड';
export const ASK_RELOCK = 'रूम को नया पासवर्ड दें? पहले के न्योतों से कोई अंदर नहीं आ सकेगा।';
export const NOT_READ = 'जिनके कार्ड यह पेज नहीं पढ़ पाता, वे बाहर हो जाएँगे।';
export const RELOCKING = 'रूम को नया पासवर्ड मिल रहा है…';
export const verifyWhom = <E>(alias: E): Pieces<E> => [alias, ' का नंबर'];
export const VERIFY_HOW =
  'जिस सदस्य को आप जानते हैं, उसी से यह नंबर पढ़वाकर सुनें, फ़ोन पर या आमने-सामने। अगर यही नंबर हो, तो आप दोनों के बीच कोई नहीं है, सर्वर भी नहीं।';
export const IS_SAME_NUMBER = 'पढ़कर यही नंबर सुनाया गया';
export const YOUR_NUMBER = 'आपका अपना नंबर, पढ़कर सुनाने के लिए:';
export const VERIFY = 'सत्यापित करें';
export const ALL_VERIFIED = 'सत्यापित';
export const ALL_VERIFIED_MORE = 'आपने सभी सदस्यों के नंबरों का मिलान कर लिया है।';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => [alias, ' ने ', time, ' पर खोला'];
export const ASK_STOP = 'रूम बंद करें? बातचीत सबके लिए खत्म हो जाएगी, और उसका कुछ भी नहीं बचेगा।';

export const CANCEL = 'रद्द करें';

export const MEMBERS = 'सदस्य';
export const MARKS = {
  you: 'आप',
  keeper: 'संचालक',
  away: 'अभी यहाँ नहीं',
  verified: 'सत्यापित',
  differs: 'अलग रूम दिखता है',
  'not-ready': 'तैयार नहीं',
  unreadable: 'अपठनीय',
  'shut-out': 'बाहर कर दिया',
  ignored: 'अनदेखा',
};
export const MARKS_MORE = {
  verified: 'आपने इस सदस्य के नंबर का मिलान कर लिया है।',
  differs: 'इस सदस्य को जो दिखता है, वह आपको दिखने वाले से अलग है: सर्वर आपको अलग-अलग चीज़ें दिखा रहा है।',
  'not-ready': 'नए पासवर्ड के साथ इस सदस्य का सामने आना अभी बाकी है।',
  unreadable: 'सर्वर इस सदस्य का जो कुछ दिखाता है, वह नामंज़ूर है: न आपकी कोई बात इस तक पहुँचती है, न इसकी आप तक।',
  ignored: 'यह सदस्य जो कहता है, वह आपको नहीं दिखता।',
  'shut-out': 'किसी सदस्य ने इसे बाहर कर दिया, पर सर्वर इसे रूम में रखे हुए है: अब इस तक कुछ नहीं जाता।',
};
export const doingsWith = (alias: string): string => `${alias} के साथ क्या करना है`;
export const WHISPER = 'फुसफुसाएँ';
export const KICK = 'निकालें';
export const IGNORE = 'अनदेखा करें';
export const HEED = 'अब अनदेखा न करें';
export const MAKE_KEEPER = 'संचालन सौंपें';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'रूम का संचालन ',
  alias,
  ' को सौंपें? फिर यह सिर्फ़ नए संचालक से ही वापस मिल सकेगा।',
];

export const UNNAMED = '(बेनाम)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'आप जैसा दिखता है',
  page: 'किसी सदस्य का निकनेम',
};
export const looksLike = <E>(alias: E): Pieces<E> => [alias, ' जैसा दिखता है'];
export const OTHER_CHARACTERS = 'दूसरे कैरेक्टरों से लिखा है।';

export const OWN_WORDS = [
  ...[
    'आप',
    'संचालक',
    'तालाबंद',
    'बेनाम',
    'सत्यापित',
    'अपठनीय',
    'अनदेखा',
    'सर्वर',
    'सिस्टम',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = 'न्योता';
export const INVITATION_LINK = 'न्योते का लिंक';
export const COPY = 'कॉपी करें';
export const CLOSE = 'बंद करें';
export const NEW_INVITATION = 'रूम का पासवर्ड नया है: यह नया लिंक है, और पुराने लिंक से अब कोई अंदर नहीं आ सकता।';
export const COPIED = 'कॉपी हो गया';
export const ADDRESS_FOR_OTHERS =
  'आपने यह पेज ऐसे पते पर खोला है जो सिर्फ़ इसी मशीन पर चलता है। दूसरों को यह यहाँ मिलेगा:';
export const THIS_MACHINE_ALONE =
  'यह लिंक सिर्फ़ इसी मशीन पर यहाँ लाता है। दूसरों को बुलाने के लिए पेज ऐसे पते पर खोलें जिसे वे भी खोल सकें, या कोड पढ़कर सुनाएँ।';
export const SHARE = 'शेयर करें';
export const PRINT = 'प्रिंट करें';
export const QR = 'न्योता, QR कोड के रूप में';
export const PASS_ON_WITH_CARE = 'यह लिंक जिसके पास हो, वह अंदर आ सकता है: सोच-समझकर दें।';
export const COPY_BY_HAND = 'लिंक खुद कॉपी करें। यह जिसके पास हो, वह अंदर आ सकता है: सोच-समझकर दें।';

// A broken connection.

export const BROKEN = 'कनेक्शन टूट गया है। आपका लिखा हुआ आपके लौटने तक रुका रहेगा।';
export const OBSTACLES: Record<Obstacle, string> = {
  locked: 'आपकी जगह चली गई, और रूम में ताला लगा है। अंदर कोई ताला खोलेगा, तो आप अपने-आप अंदर पहुँच जाएँगे।',
  full: 'आपकी जगह चली गई, और रूम भरा हुआ है। कोई जाएगा, तो आप अपने-आप अंदर पहुँच जाएँगे।',
  'alias-in-use':
    'आपकी जगह चली गई, और आपका निकनेम अब रूम में किसी और का है। उनके जाने तक रुकें; या न्योता कॉपी करके रूम छोड़ें, और उसी न्योते से किसी और निकनेम के साथ अंदर जाएँ।',
  'room-gone':
    'रूम अब नहीं रहा: उसकी आखिरी जगह भी चली गई। आप उसे उसी कुंजी और पासवर्ड से फिर खोल सकते हैं, ताकि वही न्योता वहाँ तक ले जाए।',
  'no-entry':
    'रूम अब नहीं रहा, या उसे कोई और पासवर्ड दिया गया: आपके पासवर्ड से कोई अंदर नहीं जा सकता। अगर रूम नहीं रहा, तो आप उसे उसी कुंजी और पासवर्ड से फिर खोल सकते हैं।',
  'another-password': 'आपका न्योता अब काम का नहीं रहा: रूम का पासवर्ड अब कोई और है। अंदर किसी से नया न्योता माँगें।',
  'needs-code':
    'रूम अब नहीं रहा, और उसे फिर खोलने के लिए कोड चाहिए। जिसने उसे खोला था या जो यह सर्वर चलाता है, उससे कोड माँगें; न्योता कॉपी करें, रूम छोड़ें, और कोड के साथ रूम खोलें।',
  'not-from-here':
    'रूम अब नहीं रहा, और यहाँ रूम सिर्फ़ सर्वर के अपने नेटवर्क से खुलते हैं। न्योता कॉपी करें, रूम छोड़ें, और सर्वर चलाने वाले से पूछें।',
  draining: 'रूम अब नहीं रहा, और यह सर्वर फिर से चालू होने वाला है और अभी रूम नहीं खोलता। कुछ मिनट बाद उसे फिर खोलें।',
};
export const nextTryIn = (seconds: number): string => `अगली कोशिश ${number(seconds)} सेकंड में।`;
export const TRYING = 'कोशिश जारी है…';
export const TRY_NOW = 'अभी कोशिश करें';
export const OPEN_IT_AGAIN = 'फिर खोलें';
export const keptUntil = <E>(time: E): Pieces<E> => ['यह सब ', time, ' तक रहेगा, फिर मिटा दिया जाएगा।'];

export const LOSSES = {
  room: 'यहाँ और कोई नहीं है: आपके जाते ही रूम खत्म हो जाएगा।',
  draft: 'आपका लिखा हुआ अभी भेजा नहीं गया है।',
};
export const askLeave = (losses: string[]): string => `रूम छोड़ें? ${losses.join(' ')}`;

export const MESSAGE = 'मैसेज';
export const SEND = 'भेजें';
export const MESSAGE_TO_EVERYONE = 'सबके लिए मैसेज';
export const whisperTo = (alias: string): string => `${alias} से फुसफुसाएँ`;
export const COMPOSER_HINT = 'Shift+Enter से नई पंक्ति शुरू होती है।';
export const COMPOSER_HINT_TOUCH = 'Enter से नई पंक्ति शुरू होती है, बटन से मैसेज जाता है।';
export const FAREWELL_TO_ALL = 'विदाई के शब्द सब पढ़ते हैं: उन्हें कहने के लिए सबको लिखने पर लौटें।';
export const ACTION_ANSWERS_NOTHING =
  '/me से लिखा हुआ किसी मैसेज का जवाब नहीं बनता: उसे मैसेज की तरह लिखें, या पहले “जवाब रहने दें” दबाएँ।';
export const STAYS_HERE = 'आपका लिखा हुआ यहीं रहेगा।';
export const bytesLeft = (bytes: number): string => `${number(bytes)} बाइट बाकी`;
export const TOO_LONG = 'भेजने के लिए बहुत लंबा है।';
export const tooLongBy = (bytes: number): string => `${number(bytes)} बाइट ज़्यादा लंबा है।`;
export const PROPOSALS = 'सुझाव';
export const proposals = (count: number): string =>
  `${number(count)} सुझाव: तीर वाली कुंजियों से चुनें, Tab से पूरा करें।`;
export const LIST_COMMANDS = 'सभी कमांड दिखाना';
export const COMMANDS = 'कमांड';
export const MENTION = 'ज़िक्र करें';
export const FORMAT = 'फ़ॉर्मैट करें';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'B', name: 'बोल्ड' },
  italic: { sign: 'I', name: 'इटैलिक' },
  code: { sign: '<>', name: 'कोड' },
  list: { sign: '•', name: 'सूची' },
  quote: { sign: '❝', name: 'उद्धरण' },
  link: { sign: 'लिंक', name: 'लिंक' },
};
export const PREVIEW = 'झलक';
export const NOTHING_TO_PREVIEW = 'आपका मैसेज कैसा दिखेगा, यह यहाँ नज़र आएगा।';
export const whisperingTo = <E>(alias: E): Pieces<E> => [alias, ' से फुसफुसाहट'];
export const BACK_TO_EVERYONE = 'वापस सबके बीच';

// Pictures.

export const PICTURE = 'तस्वीर';
export const ATTACH = 'तस्वीर लगाएँ';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? [...whom, ' को फुसफुसाकर भेजने के लिए तस्वीरें यहाँ छोड़ें'] : ['तस्वीरें यहाँ छोड़ें, सबके लिए'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['तस्वीर, फुसफुसाकर सिर्फ़ ', ...whom, ' को'] : ['तस्वीर, सबके लिए'];
export const PREPARING = 'तस्वीर को ज़रूरत भर छोटा किया जा रहा है…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}।`,
    isMoving && 'एनिमेशन की सिर्फ़ पहली तस्वीर भेजी जाएगी।',
    more > 0 && `${number(more)} और बाकी।`,
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'विवरण';
export const DESCRIPTION_HINT = 'तस्वीर में क्या है?';
export const SEND_PICTURE = 'तस्वीर भेजें';
export const REMOVE = 'हटाएँ';
export const picturesLeftOut = (most: number, count: number): string =>
  `एक साथ ${number(most)} तस्वीरें ही रुक सकती हैं: ${plural(count, { one: '# छोड़ दी गई', other: '# छोड़ दी गईं' })}।`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' कोई तस्वीर नहीं है, और कुछ और भेजा नहीं जा सकता।'];
    case 'svg':
      return [file, ' एक SVG चित्र है, जिसमें तस्वीर के अलावा भी कुछ हो सकता है: इसे PNG में सेव करें।'];
    case 'kind':
      return [file, ' ऐसी किस्म की तस्वीर है जिसे यह ब्राउज़र नहीं पढ़ सकता: इसे JPEG या PNG में सेव करें।'];
    case 'large-file':
      return [file, ` ${number(most.megabytes)} MB से बड़ी है: पहले इसे छोटा करें।`];
    case 'large-picture':
      return [file, ` में ${number(most.megapixels)} मेगापिक्सेल से ज़्यादा हैं: पहले इसे छोटा करें।`];
    case 'broken':
      return [file, ' को पढ़ा नहीं जा सकता: यह खराब है, या ऐसी किस्म की है जिसे यह ब्राउज़र नहीं जानता।'];
    case 'noise':
      return [
        file,
        ' को छोटा नहीं किया जा सकता: यह ब्राउज़र फ़िंगरप्रिंटिंग से बचाता है, और पेज जो बनाता है, उसकी जगह बेमतलब बिंदु देता है। इस पेज को कैनवस डेटा पढ़ने की अनुमति दें, या कोई और ब्राउज़र आज़माएँ।',
      ];
    case 'too-small':
      return [file, ' को इतना छोटा नहीं किया जा सकता कि यह सर्वर उसे एक मैसेज में ले सके।'];
    case 'failed':
      return [
        file,
        ' को छोटा नहीं किया जा सका। शायद इस डिवाइस में अभी इसके लिए मेमोरी कम है: फिर कोशिश करें, या पहले उसे छोटा कर लें।',
      ];
    case 'not-loaded':
      return [file, ' को छोटा नहीं किया जा सका: इस पेज का एक हिस्सा लोड नहीं हुआ। फिर कोशिश करें।'];
  }
}

export const CONVERSATION = 'बातचीत';
export const NEW_MESSAGES = 'नए मैसेज';
export const EARLIER_GONE = 'पहले के मैसेज अब नहीं रहे।';
export const sentAt = <E>(time: E): Pieces<E> => ['(', time, ' पर भेजा गया)'];
export const DELIVERY = {
  sending: 'भेजा जा रहा है…',
  sent: '',
  delivered: 'पहुँच गया',
  failed: 'नहीं भेजा गया',
  unsure: 'शायद नहीं भेजा गया',
};
export const REPLY = 'जवाब दें';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `${alias || UNNAMED} के मैसेज के साथ क्या करना है: ${excerpt}`;
export const REACT = 'प्रतिक्रिया दें…';
export const UNSEND = 'वापस लें';
export const DISCARD = 'हटा दें';
export const NOT_COPIED = 'कॉपी नहीं हो सका';
export const ANSWERED_IS_GONE = 'उस मैसेज का जवाब जो यहाँ नहीं है';
export const EMOJI = {
  '👍': 'अँगूठा ऊपर',
  '❤️': 'दिल',
  '😂': 'हँसी',
  '🎉': 'जश्न',
  '😮': 'हैरानी',
  '😢': 'आँसू',
  '🙏': 'शुक्रिया',
  '👎': 'अँगूठा नीचे',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `${number(more)} अन्य`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['कई लोग लिख रहे हैं…'] : [...listed(aliases), ' लिख रहे हैं…'];
export const TELL_TYPING = 'कौन लिख रहा है, यह दिखाना';
export const replyingTo = <E>(line: E): Pieces<E> => ['इसका जवाब: ', line];
export const NO_REPLY = 'जवाब रहने दें';
export const NOBODY_ELSE = 'यहाँ अभी और कोई नहीं है।';
export const INVITE_SOMEBODY = 'किसी को बुलाएँ';
export const MENTIONS_YOU = 'आपके ज़िक्र के साथ';
export const SAYS_FAREWELL = 'विदा लेते हुए';
export const WHISPERS_TO_YOU = 'आपसे फुसफुसाकर';
export const whispersTo = <E>(alias: E[]): Pieces<E> => [...alias, ' से फुसफुसाकर'];

const missed = (count: number): string =>
  count === 0
    ? 'आपके दूर रहते कोई मैसेज नहीं आया'
    : plural(count, {
        one: 'आपके दूर रहते ज़्यादा से ज़्यादा एक मैसेज आया',
        other: 'आपके दूर रहते ज़्यादा से ज़्यादा # मैसेज आए',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit);
}
export const goesIn = (seconds: number): string => `${counted(seconds)} में गायब`;
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

export const happened = (times: number): string => ` (${number(times)} बार)`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, ' अब यहाँ हैं'];
    case 'renamed':
      return [alias, ' का निकनेम अब ', other, ' है'];
    case 'exit':
      return [...aliases, ' ने रूम छोड़ दिया'];
    case 'gone':
      return [...aliases, ' का कनेक्शन टूट गया'];
    case 'kicked':
      return [other, ' ने ', alias, ' को निकाल दिया'];
    case 'put-out-unread':
      return ['सर्वर का कहना है कि ', other, ' ने ', alias, ' को बाहर कर दिया; आपसे यह अभी पढ़ा नहीं जा सका'];
    case 'put-out':
      return ['सर्वर का कहना है कि ', alias, ' को बाहर कर दिया गया, पर किसी सदस्य ने ऐसा नहीं कहा'];
    case 'shut-out':
      return [other, ' ने ', alias, ' को बाहर कर दिया, पर सर्वर उन्हें रूम में रखे हुए है: अब उन तक कुछ नहीं जाता'];
    case 'left-out':
      return [alias, ' को ', other, ' से नया पासवर्ड नहीं मिला, इसलिए वे अब बाहर हैं'];
    case 'away':
      return [...aliases, ' अभी यहाँ नहीं हैं'];
    case 'back':
      return [...aliases, ' फिर से यहाँ हैं'];
    case 'keeper':
      return by ? [by, ' ने ', alias, ' को रूम का संचालन सौंपा'] : ['अब रूम का संचालन ', alias, ' के पास है'];
    case 'handed-unread':
      return ['सर्वर का कहना है कि ', other, ' ने ', alias, ' को रूम का संचालन सौंपा; आपसे यह अभी पढ़ा नहीं जा सका'];
    case 'keeper-unsaid':
      return ['सर्वर का कहना है कि अब रूम का संचालन ', alias, ' के पास है, पर ऐसा न रूम के नियम कहते हैं, न कोई सदस्य'];
    case 'locked':
      return by
        ? [by, ' ने रूम में ताला लगा दिया: अब कोई और अंदर नहीं आ सकता']
        : ['रूम में ताला लगा है: अब कोई और अंदर नहीं आ सकता'];
    case 'unlocked':
      return by ? [by, ' ने रूम का ताला खोल दिया'] : ['रूम का ताला खुला है'];
    case 'relocked':
      return by
        ? [by, ' ने रूम को नया पासवर्ड दिया: पुराने न्योतों से अब कोई अंदर नहीं आ सकता']
        : ['रूम का पासवर्ड नया है: पुराने न्योतों से अब कोई अंदर नहीं आ सकता'];
    case 'keyless':
      return [
        'रूम का पासवर्ड नया है, और वह आपको नहीं मिला: अब आप न किसी को बुला सकते हैं, न यह पढ़ सकते हैं कि आगे कौन आता है। रूम छोड़ें, और नया न्योता माँगें।',
      ];
    case 'unrenewed':
      return ['सर्वर आपकी कुंजियाँ नई नहीं कर रहा: रूम छोड़कर नए सिरे से अंदर आएँ, या कोई और सर्वर चुनें'];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`आपके दूर रहते आपकी जगह चली गई, और आपको नए सिरे से अंदर आना पड़ा। ${missed(count)}`];
    case 'reopened':
      return ['आपने रूम फिर से खोला। और जिनका कनेक्शन टूटा था, वे उसी न्योते से आ जाएँगे।'];
    case 'another-room':
      return [
        'आपको नए सिरे से अंदर आना पड़ा, पर यह उसी कुंजी और पासवर्ड वाला कोई दूसरा रूम है, जिसे ',
        alias,
        ' ने खोला: इस बीच कितने मैसेज आए, यह कोई नहीं बता सकता',
      ];
    case 'missing':
      return [alias, plural(count, { one: ' का एक मैसेज नहीं मिला', other: ' के # मैसेज नहीं मिले' })];
    case 'timer':
      return count > 0
        ? [other, ` ने तय किया है कि मैसेज आने के बाद ${lasting(count)} रहें, फिर गायब हो जाएँ। ${TIMER_BINDS}`]
        : [other, ' ने तय किया है कि मैसेज अब से बने रहें'];
    case 'closing':
      return [
        `सर्वर ${number(count)} सेकंड में फिर से चालू होगा: तब बातचीत सबके लिए खत्म हो जाएगी। उसके बाद रूम नए सिरे से खोलें।`,
      ];
    case 'unreadable':
      return who ? [alias, ' का एक मैसेज पढ़ा नहीं जा सका'] : ['एक मैसेज पढ़ा नहीं जा सका'];
    case 'unsent':
      return [alias, ' ने एक मैसेज वापस ले लिया'];
    case 'unshowable':
      return [alias, ' ने कुछ ऐसा भेजा जो यह पेज नहीं दिखा सकता'];
    case 'differs':
      return [
        alias,
        ' को जो दिखता है, वह आपको दिखने वाले से अलग है: सर्वर आपको अलग-अलग चीज़ें दिखा रहा है। एक-दूसरे से किसी और ज़रिए से पूछें, और कोई और सर्वर चुनें',
      ];
    case 'contradicted':
      return ['सर्वर अब जो कहता है, वह उसकी पहले कही बात से मेल नहीं खाता: ऐसा चलता रहे, तो कोई और सर्वर चुनें'];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'इस पेज का एक हिस्सा लोड नहीं हुआ: एक जैसे दिखने वाले निकनेम यहाँ चिह्नित नहीं हैं। बाकी सब काम करता है।';
    case 'too-much':
      return 'यह भेजने के लिए बहुत लंबा है, या एक बार में बहुत ज़्यादा। इसे छोटा करें, या जो रुका हुआ है, उसके चले जाने तक रुकें।';
    case 'not-loaded':
      return 'इस पेज का वह हिस्सा लोड नहीं हुआ जो भेजने के लिए चाहिए। थोड़ी देर में फिर भेजें।';
    case 'not-yours':
      return `इसका हक सिर्फ़ संचालक को है, यानी ${note.keeper || UNNAMED} को। उनसे यह करने को कहें, या रूम का संचालन माँगें।`;
    case 'nobody':
      return `यहाँ ${note.alias} नाम का कोई नहीं है। सदस्यों की सूची में देखें कि नाम कैसे लिखा है।`;
    case 'several':
      return `${number(note.count)} सदस्यों का निकनेम ${note.alias} है। बताएँ कि किसकी बात है: ${note.alias} 1 या ${note.alias} 2।`;
    case 'gone':
      return 'वह सदस्य अब यहाँ नहीं है।';
    case 'no-voice':
      return 'उस सदस्य को सिर्फ़ नए पासवर्ड से बाहर किया जा सकता है: /relock लिखें।';
    case 'number':
      return `आपका नंबर: ${note.number}। इसे दूसरों को पढ़कर सुनाएँ; हर कोई /verify से इसका मिलान करे।`;
    case 'not-carried-out':
      return 'इस बीच आपकी जगह चली गई: रूम में आपने जो करने को कहा था, वह नहीं हुआ। फिर से कहें।';
    case 'relock-failed':
      return 'नया पासवर्ड नहीं बन सका। अगर इसके लिए रूम में ताला लगाया गया था, तो वह लगा रहेगा: /relock से फिर कोशिश करें, या /unlock से ताला खोलें।';
    case 'relock-crossed':
      return 'ठीक उसी समय किसी और ने रूम को नया पासवर्ड दे दिया। अगर इसके लिए रूम में ताला लगाया गया था, तो वह लगा रहेगा: /unlock से ताला खोलें।';
    case 'unwhispered':
      return 'किसी ने आपसे फुसफुसाकर कुछ नहीं कहा है।';
    case 'whisperer-gone':
      return 'जिसने आखिरी बार आपसे फुसफुसाकर कुछ कहा, वह अब यहाँ नहीं है।';
    case 'yourself':
      return 'यह तो आप ही हैं।';
    case 'away':
      return `${note.alias} अभी यहाँ नहीं हैं। जब सदस्यों की सूची ऐसा न कहे, तब फिर कोशिश करें।`;
    case 'unnamed':
      return 'आपकी और उस सदस्य की कोई साझा कुंजी नहीं है। सदस्यों की सूची में उसके तैयार दिखने तक रुकें।';
    case 'no-line':
      return 'वह मैसेज अब यहाँ नहीं है, या जिन्हें आप लिख रहे हैं, उन्हें वह कभी मिला ही नहीं।';
    case 'former-voice':
      return 'यह आपने नए सिरे से अंदर आने से पहले कहा था: अब इसे वापस नहीं लिया जा सकता।';
    case 'amiss':
      return 'इस पेज में कुछ गड़बड़ हुई, और आपका आखिरी काम शायद नहीं हुआ। फिर कोशिश करें; उससे भी न हो, तो बाहर जाकर फिर से अंदर आएँ।';
    case 'untold':
      return 'किसी मैसेज के साथ आपने जो किया, वह दूसरों तक नहीं पहुँचा: फिर कोशिश करें।';
    case 'perhaps-untold':
      return 'किसी मैसेज के साथ आपने जो किया, वह शायद दूसरों तक नहीं पहुँचा: फिर कोशिश करने से पहले उनसे पूछें।';
    case 'ignored':
      return `अब आपको ${note.alias} का कुछ नहीं दिखेगा, और इसकी खबर किसी को नहीं होगी। इसे पलटने के लिए /ignore ${note.alias} फिर से लिखें।`;
    case 'heeded':
      return `${note.alias} की बातें आपको फिर दिखेंगी।`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'रूम में यह निकनेम किसी का है: कोई और चुनें।';
    case 'keyless':
      return 'रूम के लिए अब आपके पास कोई कुंजी नहीं है, इसलिए आपका नया निकनेम कोई पढ़ नहीं पाएगा। रूम छोड़ें, और नया न्योता माँगें।';
    case 'slip':
      return 'कमांड / से शुरू होता है, और बाकी टेक्स्ट किसी शब्द से।';
    case 'no-command':
      return `/${note.name} नाम का कोई कमांड नहीं है। सभी कमांड देखने के लिए /help लिखें।`;
  }
}

export const correctUsage = (usage: string): string => `${usage} लिखें।`;
export const nothingAfter = (usage: string): string => `${usage} लिखें, और उसके बाद कुछ नहीं।`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'निकनेम',
  name: 'नाम',
  member: 'निकनेम',
  text: 'टेक्स्ट',
  farewell: '[विदाई]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'किसी एक सदस्य से फुसफुसाना',
  r: 'जिसने आखिरी बार आपसे फुसफुसाकर कुछ कहा, उससे फुसफुसाना; Alt+R भी वहीं ले जाता है',
  me: 'बताना कि आप क्या कर रहे हैं',
  alias: 'कोई और निकनेम रखना',
  ignore: 'किसी सदस्य का कुछ न देखना, या फिर से सब देखना; किसी को इसकी खबर नहीं होती',
  exit: 'रूम छोड़ना',
  kick: 'किसी सदस्य को निकालना, और रूम को नया पासवर्ड देना',
  stop: 'रूम को सबके लिए बंद करना',
  lock: 'किसी को अंदर न आने देना, या फिर आने देना',
  relock: 'रूम को नया पासवर्ड देना',
  timer: 'अब से जो कहा जाए वह इतने समय बाद गायब हो, या बना रहे',
  keeper: 'किसी और सदस्य को संचालन सौंपना',
  verify: 'किसी सदस्य के नंबर का मिलान करना',
  number: 'अपना नंबर देखना',
  slash: 'मैसेज को स्लैश से शुरू करना',
};
export const HELP_END = [
  'मैसेज Markdown (**बोल्ड** *इटैलिक* `कोड` > उद्धरण - सूची) और HTML में लिखे जा सकते हैं।',
  'दो बार Esc, या सबसे ऊपर की तस्वीर पर एक सेकंड तक उँगली: तुरंत बाहर, एक खाली पेज पर। कुछ पूछा नहीं जाता।',
];

// Messages.

export const SHOW_MESSAGE = 'दिखाएँ';
export const SHOW_ALL = 'पूरा दिखाएँ';
export const marksDropped = (count: number) => `[न दिखाए गए चिह्न: ${number(count)}]`;
export const LONG_MESSAGE = 'लंबा मैसेज';
export const CODE_BLOCK = 'कोड';
export const TABLE = 'तालिका';
export const GAUGE = 'मापक';
export const NO_IMAGE = '[तस्वीर नहीं दिखाई गई]';
export const noImageOf = (alt: string) => `[तस्वीर नहीं दिखाई गई: ${alt}]`;
