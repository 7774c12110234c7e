// All words of the page in Arabic: en.ts says what each is for.
//
// Nobody is given a gender: deeds are named by nouns and passives. U+2068 … U+2069 keep commands, settings and
// addresses from left to right.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('ar');

// The documents.

export const LANGUAGE = 'ar';
export const DIRECTION = 'rtl';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'إعادة المحاولة';
export const OVER = 'انتهت المحادثة.';
export const NOTHING_KEPT = 'لا يبقى منها شيء: لا هنا ولا على الخادم.';
export const BACK = 'العودة إلى المدخل';

export const FAREWELLS: Record<Ending, string> = {
  left: 'لقد غادرت الغرفة.',
  kicked: 'طُردت من الغرفة. للعودة تلزمك دعوة جديدة من أحد الأعضاء.',
  stopped: 'أُنهيت الغرفة. انتهت المحادثة للجميع. لمواصلة الحديث، يمكنك فتح غرفة جديدة.',
  'put-out':
    'أخرجك الخادم من الغرفة. تعذّر التحقق من أن عضوًا يحق له ذلك هو من قرره. الأفضل سؤال الآخرين بطريقة أخرى، ثم الدخول من جديد بالدعوة.',
  'left-out':
    'صارت للغرفة كلمة سر جديدة، وبحسب ما يقوله الخادم لست بين من حصلوا عليها. يمكنك طلب دعوة جديدة من أحد الأعضاء.',
  'stopped-by-host':
    'من يشغّل الخادم أنهى الغرفة. انتهت المحادثة للجميع. يمكنك فتح غرفة جديدة، أو السؤال هناك عن السبب.',
  'stopped-unread':
    'يقول الخادم إن الغرفة أُنهيت. تعذّر التحقق من أن عضوًا يحق له ذلك هو من قرره. الأفضل سؤال الآخرين بطريقة أخرى، وفتح غرفة جديدة.',
  'stopped-away':
    'أثناء انقطاع اتصالك أُنهيت الغرفة، بحسب الخادم. لم يقرأ أحد ما كتبته في تلك الأثناء. انتهت المحادثة للجميع. لمواصلة الحديث، يمكنك فتح غرفة جديدة.',
  'too-slow': 'كان اتصالك أبطأ من أن يواكب الغرفة. يمكنك الدخول من جديد بالدعوة، عبر اتصال أفضل.',
  flooding:
    'أرسلت الكثير بسرعة كبيرة، فأنهى الخادم اتصالك. يمكنك الدخول من جديد بالدعوة، مع إرسال أقل في المرة الواحدة.',
  'resumed-elsewhere':
    'أخذ اتصال آخر مكانك في الغرفة. إن لم يكن ذلك من صفحتك أنت، فعليك تحذير الآخرين وفتح غرفة جديدة.',
  'shutting-down': 'الخادم في طور الإيقاف. انتهت المحادثة للجميع. يمكنك فتح غرفة جديدة حين يعود إلى العمل.',
  malformed: 'لم يفهم الخادم هذه الصفحة، فأنهى الاتصال. يمكنك إعادة تحميل الصفحة، ثم الدخول من جديد بالدعوة.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who => `طُردت من الغرفة بقرار من \u2068${who}\u2069. للعودة تلزمك دعوة جديدة من هناك.`,
  stopped: who =>
    `أُنهيت الغرفة بقرار من \u2068${who}\u2069. انتهت المحادثة للجميع. لمواصلة الحديث، يمكنك فتح غرفة جديدة.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'غير متصل',
  deriving: 'إنشاء المفاتيح…',
  connecting: 'جارٍ الاتصال…',
  room: 'متصل',
  reconnecting: 'جارٍ استعادة الاتصال…',
  over: 'انتهى الاتصال',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'اللغة';
export const LEAD = 'غرفة مختومة من طرف إلى طرف. لا يبقى منها شيء.';
export const ROOM_KEY = 'مفتاح الغرفة';
export const ALIAS = 'الاسم المستعار';
export const ALIAS_HINT = 'الاسم الذي يراه الآخرون.';
export const OPEN_ROOM = 'فتح غرفة';
export const OPEN_ROOM_HINT = 'يُنشأ مفتاحها وكلمة سرها تلقائيًا.';
export const HAVE_INVITATION = 'لديّ دعوة';
export const INVITATION_HINT = 'الرابط، أو مفتاح الغرفة وكلمة السر.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'كلمة السر';
export const ENTER_ROOM = 'دخول الغرفة';
export const OPTIONS = 'خيارات';
export const OWN_ROOM_KEY = 'مفتاح غرفة من اختيارك';
export const OWN_ROOM_KEY_HINT = 'إن بقي فارغًا، يُنشأ واحد تلقائيًا.';
export const OWN_PASSWORD = 'كلمة سر من اختيارك';
export const OWN_PASSWORD_HINT = 'إن بقيت فارغة، تُنشأ واحدة لا يمكن لأحد تخمينها.';
export const CODE = 'رمز فتح الغرف';
export const APPEARANCE = 'فاتح أو داكن';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'كما في الجهاز', light: 'فاتح', dark: 'داكن' })[theme];
export const TEXT_SIZE = 'حجم النص';
export const percent = (size: string): string => `${size}%`;
export const SHOW = 'إظهار';
export const SHOW_CHARACTERS = 'إظهار الأحرف';
export const HIDE = 'إخفاء';
export const HIDE_CHARACTERS = 'إخفاء الأحرف';
export const invited = <E>(room: E): Pieces<E> => ['لديك دعوة إلى الغرفة ', room, '. '];
export const USE_ANOTHER_ROOM = 'غرفة أخرى';
export const WHO_MODERATES = 'من يحق له إدارة الغرفة؟';
export const KEEPER_ALONE = 'من يتولى الإشراف فقط';
export const EVERY_MEMBER = 'كل الأعضاء';
export const OPEN_ANEW = 'فتح غرفة جديدة بهذا المفتاح';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'فتح غرفة جديدة بالمفتاح ',
  key,
  '؟ لن يكون فيها غيرك حتى يأتي أحد بالمفتاح نفسه وكلمة السر نفسها.',
];

export const PLAIN_HTTP = 'جاءت هذه الصفحة عبر http العادي';
export const PLAIN_HTTP_MORE =
  'تُختم الرسائل في متصفحك مع ذلك، ولا يستطيع الخادم قراءتها. لكن من يتحكم بالشبكة بينك وبين الخادم قد يغيّر هذه الصفحة في طريقها، فيقرأ كل شيء. في شبكة ليست محل ثقتك، الأفضل استخدام https أو VPN.';

export const MAKING_KEYS = 'إنشاء المفاتيح';
export const PASSWORD_IS_STRETCHED = 'تُشتق المفاتيح من كلمة السر هنا، في متصفحك، ولا تغادره كلمة السر أبدًا.';
export const percentDone = (percent: number) => `إنشاء المفاتيح… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `إنشاء المفاتيح… ${number(percent)}%، بقي ${inSeconds(seconds)}`;

export function slowness(seconds: number, secure: boolean): string {
  const time = inUnits(Math.max(1, Math.round(seconds / 60)), 'minute');
  const plain = secure ? '' : ' وعبر https يكفي تشفير المتصفح نفسه ثانية واحدة لذلك.';
  return `يستغرق هذا نحو ${time}، لأن هذا المتصفح ينفّذ البرامج النصية ببطء: بلا مترجم، كما في Lockdown Mode أو مع إعدادات مشددة، أو على جهاز بطيء.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'لا دخول: إما أن هذه الغرفة غير موجودة، أو أن كلمة السر غير صحيحة. ربما صارت للغرفة كلمة سر جديدة تُبطل الدعوات السابقة: يمكنك طلب دعوة جديدة.',
  taken: 'توجد غرفة مفتوحة بهذا المفتاح. يمكنك دخولها بدعوتها، أو اختيار مفتاح آخر.',
  'alias-in-use': 'في الغرفة من يحمل هذا الاسم المستعار. يمكنك اختيار غيره.',
  full: 'الغرفة ممتلئة. يمكنك إعادة المحاولة حين يغادر أحد.',
  locked: 'الغرفة مقفلة. يمكن لأحد في الداخل فك قفلها إن طلبت ذلك.',
  busy: 'الخادم مشغول، أو كثرت المحاولات من عنوانك. يمكنك إعادة المحاولة بعد قليل.',
  malformed: 'لم يفهم الخادم هذه الصفحة. يمكنك إعادة تحميلها والمحاولة من جديد.',
  'needs-code': 'فتح غرفة هنا يحتاج إلى رمز. يمكنك طلبه ممن يشغّل هذا الخادم.',
  'not-from-here':
    'لا تُفتح الغرف هنا إلا من شبكات المضيف. يمكنك سؤال من يشغّل هذا الخادم، أو الاتصال من هناك.',
  unreachable: 'تعذّر الوصول إلى الخادم. عليك فحص الاتصال، ثم إعادة المحاولة.',
  'not-loaded':
    'لم يُحمَّل جزء من هذه الصفحة. عليك فحص الاتصال، والسماح بهذا الجزء إن كانت إضافة تمنع البرامج النصية، ثم إعادة المحاولة.',
  'no-worker':
    'لم يبدأ derive.js، وهو العامل الذي ينشئ المفاتيح. تمنعه إضافة أو شيء في الطريق: يمكنك السماح به لهذه الصفحة، أو استخدام متصفح آخر.',
  'break-over':
    'انقطع الاتصال نصف ساعة: مُحيت المحادثة وكلمة السر. للدخول من جديد، عليك إدخال كلمة السر مرة أخرى.',
  'grace-over': 'طال انقطاع الاتصال، ولم يعد مكانك في الغرفة محجوزًا. يمكنك الدخول من جديد بالدعوة.',
  kicked: 'أثناء انقطاع الاتصال أُخرجت من الغرفة. للعودة تلزمك دعوة جديدة من أحد الأعضاء.',
  'room-gone':
    'أثناء انقطاع الاتصال أُغلقت الغرفة. يمكنك فتحها من جديد بالمفتاح نفسه وكلمة السر نفسها، أو فتح غرفة جديدة.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'سيُعاد تشغيل هذا الخادم قريبًا، ولا تُفتح فيه غرف الآن. يمكنك إعادة المحاولة بعد بضع دقائق.',
  'false-room':
    'ما يعرضه الخادم ليس الغرفة التي تفتحها كلمة السر هذه. لا ينبغي ائتمان هذا الخادم عليها: الأفضل سؤال من يشغّله.',
  'bad-room-key': 'مفتاح الغرفة 8 أحرف وأرقام، مثل K7QM-4XZD. يمكنك مقارنته بما في الدعوة.',
};

const characters = (count: number): string =>
  plural(count, {
    zero: '# حرف',
    one: 'حرف واحد',
    two: 'حرفين',
    few: '# أحرف',
    many: '# حرفًا',
    other: '# حرف',
  });

export const badPassword = (least: number, bytes: number): string =>
  `فتح غرفة يحتاج إلى كلمة سر من ${characters(least)} على الأقل، و${number(bytes)} بايت على الأكثر.`;

export const tryAgainIn = (seconds: number): string => `يمكنك إعادة المحاولة بعد ${counted(seconds)}.`;
export const TRY_AGAIN_NOW = 'يمكنك إعادة المحاولة الآن.';

export const CHOSEN_PASSWORD =
  'كلمة السر التي اختارها إنسان يمكن تخمينها: فمن يشغّل الخادم، أو يسجّل عملية دخول واحدة، يستطيع تجربة كل ما تقدر عليه أجهزته. لا تسلم من ذلك إلا كلمة سر أُنشئت تلقائيًا.';

export const OFFLINE = 'هذا الجهاز غير متصل بأي شبكة. عليك وصله بشبكة الخادم، ثم إعادة المحاولة.';

export const WRONG_CODE =
  'ليس هذا رمز فتح الغرف هنا؛ والفرق بين الأحرف الكبيرة والصغيرة مهم. يمكنك طلبه ممن يشغّل هذا الخادم.';

const ALPHABETS: Record<string, string> = { Latin: 'اللاتينية', Greek: 'اليونانية', Cyrillic: 'السيريلية' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `طول الاسم المستعار من 1 إلى ${characters(error.most)}.`;
    case 'slash':
      return 'لا يبدأ الاسم المستعار بالعلامة «/».';
    case 'space':
      return `لا مسافات في الاسم المستعار (${codePoint}).`;
    case 'unseen':
      return `لا أحرف خفية في الاسم المستعار (${codePoint}).`;
    case 'unknown':
      return `لا تعرف كل الأجهزة الحرف ${codePoint}.`;
    case 'enclosing':
      return `لا أحرف تُرسم حول غيرها في الاسم المستعار (${codePoint}).`;
    case 'marks':
      return `العلامة «◌${character}» (${codePoint}) زائدة على حرفها.`;
    case 'baseless':
      return `العلامة «◌${character}» (${codePoint}) بلا حرف تقف عليه.`;
    case 'mixed':
      return `«${character}» (${codePoint}، من الأبجدية ${ALPHABETS[error.alphabet]}) لا يجوز بجانب حروف الأبجدية ${ALPHABETS[error.beside]}.`;
    case 'joiner':
      return `الحرف الواصل ${codePoint} لا يغيّر شيئًا في موضعه.`;
    case 'emoji':
      return `${codePoint} لا يكوّن في موضعه إيموجي تعرفه كل الأجهزة.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'تلف رابط هذه الصفحة في طريقه (ربما «%23» بدل «#»)، فأرسل متصفحك الدعوة إلى الخادم، ومعها كلمة السر. لا يحتفظ الخادم بشيء منها، لكن كان بإمكانه قراءتها، وكذلك وكيل في الطريق أو سجلّه. لا ينبغي استخدام كلمة السر هذه بعد الآن: الأفضل أن تُفتح الغرفة من جديد بكلمة سر أخرى، ثم لصق دعوتها الجديدة هنا.';
export const INVITATION_BROKEN =
  'لا يحمل هذا الرابط دعوة كاملة: نقص منه شيء أو زيد عليه. يمكنك طلبها مرة أخرى، أو كتابة مفتاح الغرفة وكلمة السر يدويًا.';
export const INVITATION_TOO_LONG = 'النص الملصق أطول من أن يكون دعوة، فلم يُؤخذ به. يكفي لصق الرابط وحده.';
export const invitationElsewhere = (there: string, here: string) =>
  `هذه الدعوة إلى غرفة على \u2068${there}\u2069، وهذه الصفحة على \u2068${here}\u2069. إن لم يكونا خادمًا واحدًا، فعليك فتح الرابط هناك.`;

const OPERATOR = 'من يشغّل الخادم يستطيع إصلاح ذلك: ';

const PASS_HOST = 'وفي nginx: «\u2068proxy_set_header Host $http_host;\u2069»';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname)
    ? ''
    : `${before}يجب أن يرد في sanctuary.toml السطر \u2068hosts = ["${hostname}"]\u2069`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `الخادم موجود، لكن WebSocket الذي يحمل المحادثة لا يصل إليه. يمنعه وكيل أو مرشّح أو إضافة. ${OPERATOR}على الوكيل أن يمرّر Upgrade وConnection، وفي nginx: «\u2068proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";\u2069».`,
  origin: ({ origin, hostname }: Location) =>
    `يرفض الخادم هذه الصفحة، لأنه يُطلب باسم غير \u2068${origin}\u2069: هناك وكيل يغيّر Host. ${OPERATOR}على الوكيل أن يمرّر Host، ${PASS_HOST}${named(hostname, '، و')}؛ أو يجب أن يرد في sanctuary.toml السطر \u2068origins = ["${origin}"]\u2069.`,
  host: ({ hostname }: Location) =>
    `يُطلب الخادم باسم لا يستجيب له: تغيّرت إعداداته، أو هناك وكيل يغيّر Host. ${OPERATOR}على الوكيل أن يمرّر Host، ${PASS_HOST}${named(hostname, '؛ و')}.`,
  full: 'لدى الخادم كل ما يقبله من الاتصالات، إجمالًا أو من عنوانك. يمكنك إغلاق علامات التبويب الأخرى المتصلة به، أو الانتظار قليلًا، ثم إعادة المحاولة.',
  gone: (status: number) =>
    `شيء أمام الخادم يردّ بالرمز ${status}: الخادم نفسه لا يعمل، أو لا يمكن الوصول إليه من هناك. يمكنك إعادة المحاولة لاحقًا. ${OPERATOR}يجب أن تعمل خدمته وأن تستمع حيث يبحث عنها الوكيل.`,
  elsewhere:
    'شيء في الشبكة يحوّل اتصالات هذه الصفحة إلى مكان آخر، ربما إلى صفحة تسجيل دخول. يمكنك إعادة تحميل الصفحة والمحاولة من جديد.',
  other: (status: number, path: string) =>
    `شيء أمام الخادم يردّ بدلًا منه بالرمز ${status} حين تطلب الصفحة \u2068${path}\u2069. ${OPERATOR}على الوكيل أن يمرّر كل ما تحت مسار الصفحة، دون تسجيل دخول من عنده.`,
};

// The room.

export const ROOM = 'الغرفة';
export const roomIs = <E>(key: E): Pieces<E> => ['الغرفة ', key];
export const hereAre = (count: number): string => `${number(count)} هنا`;
export const MORE = 'المزيد';
export const LOCKED = 'مقفلة';
export const LOCKED_MORE = 'لا يمكن لأحد آخر الدخول.';
export const INVITE = 'دعوة';
export const LOCK = 'إقفال';
export const UNLOCK = 'فك القفل';
export const SETTINGS = 'الإعدادات';
export const SETTINGS_KEPT = 'يُنسى كل هذا عند إغلاق علامة التبويب.';
export const SOUND = 'صوت للهمسات وللإشارات إليك';
export const NOTIFY = 'إشعار بها، دون ما قيل';
export const NOT_NOTIFIED =
  'لا يعرض هذا المتصفح إشعارات هذه الصفحة. عليك السماح بها فيه، ثم تفعيلها هنا من جديد.';
export const NOTIFIED = { whisper: 'همسة إليك', mention: 'إشارة إليك' };
export const TIMER = 'رسائل ذاتية الاختفاء';
export const TIMER_AFTER = 'ما يقال من الآن يختفي بعد';
export const TIMER_NEVER = 'لا يختفي';
export const TIMER_BINDS = 'تلتزم الصفحات الأمينة بذلك؛ أما غير الأمينة فلا يستطيع أحد إجبارها على النسيان.';
export const TIMER_SET = 'تطبيق على الجميع';
export const fadesAfter = (time: string): string => `تختفي الرسائل بعد ${time} من وصولها.`;
export const FADING_MORE = 'عندها تختفي هذه الرسالة، من كل صفحة تلتزم بذلك.';
export const SEEING = 'من يرى ماذا';
export const THIS_CONNECTION = 'في الطريق';
export const OVER_HTTPS =
  'جاءت هذه الصفحة عبر https. ترى الشبكات والوكلاء في الطريق من يتصل بهذا الخادم، ومتى، وكم يمر ذهابًا وإيابًا؛ ولا أحد هناك يقرأ شيئًا أو يغيّره، إن كانت الشهادة شهادة الخادم نفسه.';
export const OVER_LOOPBACK =
  'فُتحت هذه الصفحة على عنوان لهذا الجهاز نفسه. أما هل يقود نفق أو وكيل هنا إلى جهاز آخر فلا يمكن معرفته من الصفحة.';
export const OVER_ONION =
  'فُتحت هذه الصفحة على عنوان onion. يشفّر Tor كل ما يمر حتى طرفه عند الخادم، ويخفي من أين تأتي.';
export const OVER_HTTP =
  'جاءت هذه الصفحة عبر http العادي. ترى الشبكات والوكلاء في الطريق كل ما يراه الخادم؛ أما ما يقال فمختوم عنها أيضًا. لكن من يتحكم بإحداها ربما غيّر هذه الصفحة في طريقها لتبوح هناك بكل شيء. في شبكة ليست محل ثقتك، الأفضل استخدام https أو VPN.';
export const THE_SERVER = 'من يشغّل الخادم';
export const serverSees = (host: string): string =>
  `من يشغّل \u2068${host}\u2069 يرى مفتاح الغرفة، وكم عضوًا فيها ومن أي عناوين، ومتى يقال شيء وكم حجمه تقريبًا، ومن يهمس لمن: لا كلمة سر، ولا اسمًا مستعارًا، ولا كلمة مما يقال. لكن هذه الصفحة تأتي من هناك أيضًا، وقد تحل محلها صفحة أخرى تبوح بكل شيء: لا بد من خادم صاحبه محل ثقتك.`;
export const PROTECTIONS = [
  'ذاكرته مثبّتة، ولا تُكتب على قرص أبدًا',
  'إن انهار لم تبقَ نسخة من ذاكرته',
  'يعمل دون صلاحيات المسؤول',
  'لا يمكنه اكتساب صلاحيات أخرى',
  'لا يفتح ملفات للغرف، ولا اتصالات من تلقاء نفسه',
  'لا يستطيع أن يطلب من النظام إلا القليل',
  'لا يقرأ من أي طرفية',
];
export const PROTECTED = 'يقول الخادم عن نفسه إنه لا يحتفظ بأي سجل، وإن ما يلي سارٍ فيه:';
export const UNPROTECTED = 'وما يلي غير سارٍ فيه، كليًا أو جزئيًا:';
export const THE_MEMBERS = 'الأعضاء';
export const MEMBERS_SEE =
  'كل من هنا يقرأ ما يقال للجميع منذ دخوله؛ والهمسة يقرؤها من وُجّهت إليه. ويستطيع كل منهم أن يحتفظ بما قرأ.';
export const STAYS = 'تبقى الرسائل حتى مغادرة المحادثة.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [
        'الإشراف على الغرفة لدى ',
        keeper,
        `. ومن يتولى الإشراف وحده يحق له ${OFFICE}، وتسليم الإشراف إلى غيره.`,
      ]
    : [`يحق لكل الأعضاء ${OFFICE}. أما تسليم الإشراف فيحق فقط لمن يتولاه: `, keeper, '.'];
const OFFICE = 'طرد الأعضاء، وإقفال الغرفة، وإعطاؤها كلمة سر جديدة، وجعل الرسائل تختفي، وإنهاء الغرفة';
export const DRAWN_PASSWORD = 'لها شكل كلمة سر أُنشئت تلقائيًا، ولا يمكن لأحد تخمينها.';
export const WHO_IS_WHO = 'من هو من';
export const TICK_THOSE = 'المطلوب تحديد كل عضو رقمه هنا هو ما يقرؤه بصوت مسموع:';
export const NO_TRACE = 'دون ترك أثر';
export const NO_TRACE_MORE =
  'لا يُحفظ شيء، لا هنا ولا على الخادم؛ وقد يتذكر المتصفح أنه كان على هذا العنوان. ضغطتان متتاليتان على Esc، أو إصبع على الصورة في الأعلى مدة ثانية: يُمحى كل شيء، وتحل صفحة فارغة محله هنا.';
export const VANISH = 'المغادرة إلى صفحة فارغة';
export const STOP_ROOM = 'إنهاء الغرفة';
export const LEAVE = 'مغادرة';
export const askKick = <E>(alias: E): Pieces<E> => ['طرد ', alias, ' من الغرفة؟'];
export const GIVE_NEW_PASSWORD = 'إعطاء الغرفة كلمة سر جديدة، فلا تفتحها الدعوة القديمة بعد ذلك';
export const PASSWORD_GOES_TO = 'تصل كلمة السر الجديدة إلى';
export const PASSWORD_GOES_TO_NOBODY = 'لا تصل كلمة السر الجديدة إلى أحد غيرك.';
export const RELOCK = 'كلمة سر جديدة';
export const ASK_RELOCK = 'إعطاء الغرفة كلمة سر جديدة؟ الدعوات السابقة لن تُدخل أحدًا بعد ذلك.';
export const NOT_READ = 'يُخرَج من لا تستطيع هذه الصفحة قراءة بطاقته.';
export const RELOCKING = 'جارٍ إعطاء الغرفة كلمة سر جديدة…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['رقم ', alias];
export const VERIFY_HOW =
  'ليكن العضو الذي سبقت لك معرفته هو من يقرأ عليك الرقم بصوت مسموع، عبر الهاتف أو وجهًا لوجه. إن كان هو هذا الرقم، فلا أحد بينكما، ولا حتى الخادم.';
export const IS_SAME_NUMBER = 'هذا هو الرقم الذي قُرئ عليّ';
export const YOUR_NUMBER = 'رقمك أنت، للقراءة بصوت مسموع:';
export const VERIFY = 'التحقق من الرقم';
export const ALL_VERIFIED = 'تم التحقق';
export const ALL_VERIFIED_MORE = 'لقد قارنت أرقام كل الأعضاء.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['فتح الغرفة: ', alias, '، الساعة ', time];
export const ASK_STOP = 'إنهاء الغرفة؟ تنتهي المحادثة للجميع، ولا يبقى منها شيء.';

export const CANCEL = 'إلغاء';

export const MEMBERS = 'الأعضاء';
export const MARKS = {
  you: 'أنت',
  keeper: 'إشراف',
  away: 'غياب مؤقت',
  verified: 'تم التحقق',
  differs: 'غرفة مختلفة',
  'not-ready': 'قيد التجهيز',
  unreadable: 'غير مقروء',
  'shut-out': 'تم الإخراج',
  ignored: 'تم التجاهل',
};
export const MARKS_MORE = {
  verified: 'لقد قارنت رقم هذا العضو.',
  differs: 'ما يظهر لهذا العضو يختلف عما يظهر لك: الخادم يعرض لكما أشياء مختلفة.',
  'not-ready': 'لم يظهر هذا العضو بعد بكلمة السر الجديدة.',
  unreadable: 'ما يعرضه الخادم عن هذا العضو مرفوض: لا يصله منك شيء، ولا يصلك منه شيء.',
  ignored: 'لا يظهر لك شيء مما يقوله هذا العضو.',
  'shut-out': 'أخرج أحد الأعضاء هذا العضو، لكن الخادم يُبقيه في الغرفة: لا يصله شيء بعد الآن.',
};
export const doingsWith = (alias: string): string => `ما يمكن فعله مع ${alias}`;
export const WHISPER = 'همس';
export const KICK = 'طرد';
export const IGNORE = 'تجاهل';
export const HEED = 'إلغاء التجاهل';
export const MAKE_KEEPER = 'تسليم الإشراف';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'تسليم الإشراف على الغرفة إلى ',
  alias,
  '؟ لن يعود الإشراف إليك إلا من هناك.',
];

export const UNNAMED = '(بلا اسم)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'يشبه اسمك',
  page: 'اسم مستعار لعضو',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['يشبه ', alias];
export const OTHER_CHARACTERS = 'مكتوب بأحرف أخرى.';

export const OWN_WORDS = [
  ...[
    'أنت',
    'إشراف',
    'الإشراف',
    'مشرف',
    'المشرف',
    'غياب',
    'مقفلة',
    'مجهول',
    'إليك',
    'النظام',
    'الخادم',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = 'الدعوة';
export const INVITATION_LINK = 'رابط الدعوة';
export const COPY = 'نسخ';
export const CLOSE = 'إغلاق';
export const NEW_INVITATION =
  'للغرفة كلمة سر جديدة: هذا هو الرابط الجديد، والروابط السابقة لا تُدخل أحدًا بعد الآن.';
export const COPIED = 'تم النسخ';
export const ADDRESS_FOR_OTHERS =
  'هذه الصفحة مفتوحة لديك على عنوان لا يصلح إلا في هذا الجهاز. يجدها الآخرون على';
export const THIS_MACHINE_ALONE =
  'هذا الرابط لا يصل إلى هنا إلا من هذا الجهاز. لدعوة الآخرين، يمكنك فتح الصفحة على عنوان يستطيعون هم أيضًا فتحه، أو قراءة الرموز عليهم.';
export const SHARE = 'مشاركة';
export const PRINT = 'طباعة';
export const QR = 'رمز QR للدعوة';
export const PASS_ON_WITH_CARE = 'كل من لديه هذا الرابط يستطيع الدخول: لتكن مشاركته بحذر.';
export const COPY_BY_HAND = 'يمكنك نسخ الرابط يدويًا. كل من لديه هذا الرابط يستطيع الدخول: لتكن مشاركته بحذر.';

// A broken connection.

export const BROKEN = 'انقطع الاتصال. ما يُكتب هنا ينتظر عودتك.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked: 'لم يعد مكانك محجوزًا، والغرفة مقفلة. يتم دخولك تلقائيًا حالما يُفك قفلها من الداخل.',
  full: 'لم يعد مكانك محجوزًا، والغرفة ممتلئة. يتم دخولك تلقائيًا حالما يغادر أحد.',
  'alias-in-use':
    'لم يعد مكانك محجوزًا، وفي الغرفة الآن من يحمل اسمك المستعار. يمكنك الانتظار حتى يغادر؛ أو نسخ الدعوة والمغادرة، ثم الدخول بها باسم مستعار آخر.',
  'room-gone':
    'لم تعد الغرفة موجودة: لم يبقَ فيها مكان محجوز. يمكنك فتحها من جديد بالمفتاح نفسه وكلمة السر نفسها، فتصل إليها الدعوة نفسها.',
  'no-entry':
    'لم تعد الغرفة موجودة، أو صارت لها كلمة سر أخرى: لا أحد يدخل بكلمة السر التي لديك. إن لم تعد موجودة، يمكنك فتحها من جديد بالمفتاح نفسه وكلمة السر نفسها.',
  'another-password': 'لم تعد دعوتك صالحة: للغرفة كلمة سر أخرى. يمكنك طلب دعوة جديدة من أحد في الداخل.',
  'needs-code':
    'لم تعد الغرفة موجودة، وفتحها من جديد يحتاج إلى رمز. يمكنك طلبه ممن فتحها أو ممن يشغّل هذا الخادم؛ وعليك نسخ الدعوة والمغادرة، ثم فتح الغرفة بالرمز.',
  'not-from-here':
    'لم تعد الغرفة موجودة، ولا تُفتح الغرف هنا إلا من شبكات المضيف. عليك نسخ الدعوة والمغادرة، ثم سؤال من يشغّل هذا الخادم.',
  draining:
    'لم تعد الغرفة موجودة، وسيُعاد تشغيل هذا الخادم قريبًا، ولا تُفتح فيه غرف الآن. يمكنك فتحها من جديد بعد بضع دقائق.',
};
export const nextTryIn = (seconds: number): string => `المحاولة التالية بعد ${inSeconds(seconds)}.`;
export const TRYING = 'جارٍ المحاولة…';
export const TRY_NOW = 'المحاولة الآن';
export const OPEN_IT_AGAIN = 'فتحها من جديد';
export const keptUntil = <E>(time: E): Pieces<E> => ['يُحفظ كل هذا حتى الساعة ', time, '، ثم يُمحى.'];

export const LOSSES = {
  room: 'لا أحد غيرك هنا: تنتهي الغرفة بمغادرتك.',
  draft: 'ما كتبته لم يُرسَل بعد.',
};
export const askLeave = (losses: string[]): string => `مغادرة الغرفة؟ ${losses.join(' ')}`;

export const MESSAGE = 'رسالة';
export const SEND = 'إرسال';
export const MESSAGE_TO_EVERYONE = 'رسالة إلى الجميع';
export const whisperTo = (alias: string): string => `همسة إلى ${alias}`;
export const COMPOSER_HINT = 'السطر الجديد: Shift+Enter.';
export const COMPOSER_HINT_TOUCH = 'السطر الجديد: Enter، والإرسال بالزر.';
export const FAREWELL_TO_ALL = 'الوداع يقرأه الجميع: ارجع إلى الكتابة للجميع لتقوله.';
export const ACTION_ANSWERS_NOTHING =
  'الفعل (\u2066/me\u2069) لا يُردّ به على رسالة: يمكنك كتابته كرسالة، أو اختيار «إلغاء الرد» أولًا.';
export const STAYS_HERE = 'ما كتبته باقٍ هنا.';
export const bytesLeft = (bytes: number): string => `المتبقي: ${number(bytes)} بايت`;
export const TOO_LONG = 'أطول من أن يُرسَل.';
export const tooLongBy = (bytes: number): string => `الزيادة على المسموح: ${number(bytes)} بايت.`;
export const PROPOSALS = 'اقتراحات';
export const proposals = (count: number): string =>
  `${plural(count, {
    zero: 'لا اقتراحات',
    one: 'اقتراح واحد',
    two: 'اقتراحان',
    few: '# اقتراحات',
    many: '# اقتراحًا',
    other: '# اقتراح',
  })}: الاختيار بالأسهم، والإكمال بالمفتاح Tab.`;
export const LIST_COMMANDS = 'عرض الأوامر';
export const COMMANDS = 'الأوامر';
export const MENTION = 'إشارة';
export const FORMAT = 'تنسيق';
export const FORMAT_SIGN = 'أب';
export const FORMATS = {
  bold: { sign: 'غ', name: 'غامق' },
  italic: { sign: 'م', name: 'مائل' },
  code: { sign: '<>', name: 'شيفرة' },
  list: { sign: '•', name: 'قائمة' },
  quote: { sign: '❝', name: 'اقتباس' },
  link: { sign: 'رابط', name: 'رابط' },
};
export const PREVIEW = 'معاينة';
export const NOTHING_TO_PREVIEW = 'هنا يظهر شكل رسالتك.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['همس إلى ', alias];
export const BACK_TO_EVERYONE = 'العودة إلى الجميع';

// Pictures.

export const PICTURE = 'صورة';
export const ATTACH = 'إرفاق صورة';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['إفلات الصور هنا، همسًا إلى ', ...whom] : ['إفلات الصور هنا، للجميع'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['صورة، همسًا إلى ', ...whom] : ['صورة، للجميع'];
export const PREPARING = 'جارٍ تصغير الصورة بما يكفي…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} كيلوبايت`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `\u2068${number(width)} × ${number(height)}\u2069، ${kilobytes(bytes)}.`,
    isMoving && 'من الصورة المتحركة تُرسَل اللقطة الأولى وحدها.',
    more > 0 &&
      plural(more, {
        zero: 'لا صور بعدها.',
        one: 'بعدها صورة أخرى.',
        two: 'بعدها صورتان.',
        few: 'بعدها # صور.',
        many: 'بعدها # صورة.',
        other: 'بعدها # صورة.',
      }),
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'الوصف';
export const DESCRIPTION_HINT = 'ماذا يظهر فيها؟';
export const SEND_PICTURE = 'إرسال الصورة';
export const REMOVE = 'إزالة';
export const picturesLeftOut = (most: number, count: number): string =>
  `عدد الصور التي تنتظر معًا ${number(most)} على الأكثر: ${plural(count, {
    zero: 'لم تُستبعد أي صورة',
    one: 'استُبعدت صورة واحدة',
    two: 'استُبعدت صورتان',
    few: 'استُبعدت # صور',
    many: 'استُبعدت # صورة',
    other: 'استُبعدت # صورة',
  })}.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' ليس صورة، ولا يمكن إرسال غير الصور.'];
    case 'svg':
      return [file, ' رسم SVG، وقد يحوي أكثر من صورة: يمكنك حفظه بصيغة PNG.'];
    case 'kind':
      return [file, ' صورة بصيغة لا يستطيع هذا المتصفح قراءتها: يمكنك حفظها بصيغة JPEG أو PNG.'];
    case 'large-file':
      return [file, ` أكبر من ${number(most.megabytes)} ميغابايت: يجب تصغيره أولًا.`];
    case 'large-picture':
      return [file, ` فيه أكثر من ${number(most.megapixels)} مليون بكسل: يجب تصغيره أولًا.`];
    case 'broken':
      return [file, ' لا يمكن قراءته: إما أنه تالف، أو أن هذا المتصفح لا يعرف صيغته.'];
    case 'noise':
      return [
        file,
        ' لا يمكن تصغيره: يحمي هذا المتصفح من تعقّب بصمته، فيعطي تشويشًا بدل ما ترسمه الصفحات. يمكنك السماح لهذه الصفحة بقراءة بيانات canvas، أو استخدام متصفح آخر.',
      ];
    case 'too-small':
      return [file, ' لا يمكن تصغيره بما يكفي لما يقبله هذا الخادم في رسالة واحدة.'];
    case 'failed':
      return [
        file,
        ' تعذّر تصغيره. ربما لا تكفي ذاكرة هذا الجهاز له الآن: يمكنك إعادة المحاولة، أو تصغيره أولًا.',
      ];
    case 'not-loaded':
      return [file, ' تعذّر تصغيره: لم يُحمَّل جزء من هذه الصفحة. يمكنك إعادة المحاولة.'];
  }
}

export const CONVERSATION = 'المحادثة';
export const NEW_MESSAGES = 'رسائل جديدة';
export const EARLIER_GONE = 'الرسائل الأقدم لم تعد هنا.';
export const sentAt = <E>(time: E): Pieces<E> => ['(أُرسلت الساعة ', time, ')'];
export const DELIVERY = {
  sending: 'جارٍ الإرسال…',
  sent: '',
  delivered: 'وصلت',
  failed: 'لم تُرسَل',
  unsure: 'ربما لم تُرسَل',
};
export const REPLY = 'رد';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `ما يمكن فعله برسالة ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'تفاعل…';
export const UNSEND = 'سحب الرسالة';
export const DISCARD = 'حذف';
export const NOT_COPIED = 'تعذّر النسخ';
export const ANSWERED_IS_GONE = 'رد على رسالة ليست هنا';
export const EMOJI = {
  '👍': 'إبهام لأعلى',
  '❤️': 'قلب',
  '😂': 'ضحك',
  '🎉': 'احتفال',
  '😮': 'دهشة',
  '😢': 'بكاء',
  '🙏': 'شكرًا',
  '👎': 'إبهام لأسفل',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const others = plural(more, {
    zero: '',
    one: 'عضو آخر',
    two: 'عضوان آخران',
    few: '# أعضاء آخرون',
    many: '# عضوًا آخر',
    other: '# عضو آخر',
  });
  return `${emoji}: ${listed(more > 0 ? [...aliases, others] : aliases).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['عدة أعضاء يكتبون…'] : [...listed(aliases), ': جارٍ الكتابة…'];
export const TELL_TYPING = 'إظهار من يكتب';
export const replyingTo = <E>(line: E): Pieces<E> => ['رد على ', line];
export const NO_REPLY = 'إلغاء الرد';
export const NOBODY_ELSE = 'لا أحد غيرك هنا بعد.';
export const INVITE_SOMEBODY = 'دعوة أحد';
export const MENTIONS_YOU = 'إشارة إليك';
export const SAYS_FAREWELL = 'كلمة وداع';
export const WHISPERS_TO_YOU = 'همسة إليك';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['همسة إلى ', ...alias];

const missed = (count: number): string =>
  plural(count, {
    zero: 'لم تمر أي رسالة أثناء غيابك',
    one: 'مرّت رسالة واحدة على الأكثر أثناء غيابك',
    two: 'مرّت رسالتان على الأكثر أثناء غيابك',
    few: 'مرّت # رسائل على الأكثر أثناء غيابك',
    many: 'مرّت # رسالة على الأكثر أثناء غيابك',
    other: 'مرّت # رسالة على الأكثر أثناء غيابك',
  });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit);
}
export const goesIn = (seconds: number): string => `تختفي بعد ${counted(seconds)}`;
function counted(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  return inUnits(Math.round(seconds / length), unit);
}
type Unit = 'day' | 'hour' | 'minute' | 'second';
const UNITS: [unit: Unit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
/** As after “after”: the browser's own are in the nominative. */
const TIMES: Record<Unit, Parameters<typeof plural>[1]> = {
  day: { zero: '# يوم', one: 'يوم', two: 'يومين', few: '# أيام', many: '# يومًا', other: '# يوم' },
  hour: { zero: '# ساعة', one: 'ساعة', two: 'ساعتين', few: '# ساعات', many: '# ساعة', other: '# ساعة' },
  minute: {
    zero: '# دقيقة',
    one: 'دقيقة',
    two: 'دقيقتين',
    few: '# دقائق',
    many: '# دقيقة',
    other: '# دقيقة',
  },
  second: {
    zero: '# ثانية',
    one: 'ثانية',
    two: 'ثانيتين',
    few: '# ثوانٍ',
    many: '# ثانية',
    other: '# ثانية',
  },
};
const inUnits = (count: number, unit: Unit): string => plural(count, TIMES[unit]);
/** Where they are counted down. */
const inSeconds = (seconds: number): string => `${number(seconds)} ث`;

export const happened = (times: number): string =>
  ` (${plural(times, { zero: '# مرة', one: 'مرة', two: 'مرتين', few: '# مرات', many: '# مرة', other: '# مرة' })})`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return ['انضمام ', ...aliases];
    case 'renamed':
      return ['تغيّر الاسم من ', alias, ' إلى ', other];
    case 'exit':
      return ['مغادرة ', ...aliases];
    case 'gone':
      return ['انقطاع اتصال ', ...aliases];
    case 'kicked':
      return ['طرد ', alias, ' بقرار من ', other];
    case 'put-out-unread':
      return ['إخراج ', alias, ' بقرار من ', other, '، كما يقول الخادم؛ ولم تُتح لك قراءة ذلك بعد'];
    case 'put-out':
      return ['يقول الخادم إنه تم إخراج ', alias, '، لكن لا أحد من الأعضاء قال ذلك'];
    case 'shut-out':
      return [
        'إخراج ',
        alias,
        ' بقرار من ',
        other,
        '، لكن الخادم يُبقي هذا العضو في الغرفة: لا يصله شيء بعد الآن',
      ];
    case 'left-out':
      return ['لم تصل كلمة السر الجديدة من ', other, ' إلى ', alias, '، فصار هذا العضو خارج الغرفة'];
    case 'away':
      return ['غياب مؤقت: ', ...aliases];
    case 'back':
      return ['عودة ', ...aliases];
    case 'keeper':
      return by
        ? ['صار الإشراف على الغرفة لدى ', alias, '، بقرار من ', by]
        : ['صار الإشراف على الغرفة لدى ', alias];
    case 'handed-unread':
      return [
        'صار الإشراف على الغرفة لدى ',
        alias,
        '، بقرار من ',
        other,
        '، كما يقول الخادم؛ ولم تُتح لك قراءة ذلك بعد',
      ];
    case 'keeper-unsaid':
      return [
        'يقول الخادم إن الإشراف على الغرفة صار لدى ',
        alias,
        '، لكن لا قواعدها ولا أحد من الأعضاء يقول ذلك',
      ];
    case 'locked':
      return by
        ? ['أُقفلت الغرفة بقرار من ', by, ': لا يمكن لأحد آخر الدخول']
        : ['الغرفة مقفلة: لا يمكن لأحد آخر الدخول'];
    case 'unlocked':
      return by ? ['فُك قفل الغرفة بقرار من ', by] : ['فُك قفل الغرفة'];
    case 'relocked':
      return by
        ? ['كلمة سر جديدة للغرفة من ', by, ': الدعوات السابقة لا تُدخل أحدًا بعد الآن']
        : ['للغرفة كلمة سر جديدة: الدعوات السابقة لا تُدخل أحدًا بعد الآن'];
    case 'keyless':
      return [
        'للغرفة كلمة سر جديدة لم تصلك: لا يمكنك دعوة أحد، ولا معرفة من يظهر من الآن. عليك المغادرة وطلب دعوة جديدة.',
      ];
    case 'unrenewed':
      return ['لا ينفّذ الخادم تجديد مفاتيحك: الأفضل المغادرة والدخول من جديد، أو استخدام خادم آخر'];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`لم يعد مكانك محجوزًا أثناء غيابك، فدخلت من جديد. ${missed(count)}`];
    case 'reopened':
      return ['لقد فتحت الغرفة مرة أخرى. وكل من انقطع اتصاله غيرك يأتي بالدعوة نفسها.'];
    case 'another-room':
      return [
        'لقد دخلت من جديد، لكن هذه غرفة أخرى بالمفتاح نفسه وكلمة السر نفسها (فتح الغرفة: ',
        alias,
        ')، ولا أحد يعرف كم رسالة مرّت في الأثناء',
      ];
    case 'missing':
      return [
        plural(count, {
          zero: '# رسالة من ',
          one: 'رسالة من ',
          two: 'رسالتان من ',
          few: '# رسائل من ',
          many: '# رسالة من ',
          other: '# رسالة من ',
        }),
        alias,
        count === 2 ? ' مفقودتان' : ' مفقودة',
      ];
    case 'timer':
      return count > 0
        ? [`تختفي الرسائل بعد ${lasting(count)} من وصولها، بقرار من `, other, `. ${TIMER_BINDS}`]
        : ['تبقى الرسائل من الآن، بقرار من ', other];
    case 'closing':
      return [
        `يُعاد تشغيل الخادم بعد ${inUnits(count, 'second')}: عندها تنتهي المحادثة للجميع. يمكنك فتح الغرفة من جديد بعد ذلك.`,
      ];
    case 'unreadable':
      return who ? ['تعذّرت قراءة رسالة من ', alias] : ['تعذّرت قراءة رسالة'];
    case 'unsent':
      return ['سُحبت رسالة بطلب من ', alias];
    case 'unshowable':
      return ['وصل من ', alias, ' ما لا تستطيع هذه الصفحة عرضه'];
    case 'differs':
      return [
        'ما يظهر لدى ',
        alias,
        ' يختلف عما يظهر لديك: الخادم يعرض لكما أشياء مختلفة. عليكما السؤال فيما بينكما بطريقة أخرى، واستخدام خادم آخر',
      ];
    case 'contradicted':
      return ['ما يقوله الخادم لا يتفق مع ما قاله من قبل: الأفضل استخدام خادم آخر إن استمر ذلك'];
  }
}

/** A command as it is written. */
const command = (written: string): string => `\u2068${written}\u2069`;

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'لم يُحمَّل جزء من هذه الصفحة: الأسماء المستعارة المتشابهة لا تحمل علامة هنا. وكل ما عدا ذلك يعمل.';
    case 'too-much':
      return 'هذا أطول من أن يُرسَل، أو كثير دفعة واحدة. يمكنك اختصاره، أو الانتظار حتى يُرسَل كل ما ينتظر.';
    case 'not-loaded':
      return 'لم يُحمَّل جزء من هذه الصفحة يحتاج إليه الإرسال. يمكنك الإرسال من جديد بعد لحظة.';
    case 'not-yours':
      return `لا يحق ذلك إلا لمن يتولى الإشراف، والإشراف لدى ${note.keeper || UNNAMED}. يمكنك طلب ذلك هناك، أو طلب الإشراف على الغرفة.`;
    case 'nobody':
      return `لا أحد هنا باسم ${note.alias}. تظهر الأسماء كما تُكتب في قائمة الأعضاء.`;
    case 'several':
      return `${plural(note.count, {
        zero: 'لا أعضاء',
        one: 'عضو واحد',
        two: 'عضوان',
        few: '# أعضاء',
        many: '# عضوًا',
        other: '# عضو',
      })} باسم ${note.alias}. عليك تحديد أحدهم: ${note.alias} 1 أو ${note.alias} 2.`;
    case 'gone':
      return 'لم يعد هذا العضو هنا.';
    case 'no-voice':
      return `لا يمكن إخراج هذا العضو إلا بكلمة سر جديدة، بالأمر ${command('/relock')}.`;
    case 'number':
      return `رقمك: \u2068${note.number}\u2069. يُقرأ على الآخرين بصوت مسموع، ويقارنه كل منهم بالأمر ${command('/verify')}.`;
    case 'not-carried-out':
      return 'لم يعد مكانك محجوزًا في الأثناء: ما طلبته في الغرفة لم يُنفَّذ. يمكنك طلبه من جديد.';
    case 'relock-failed':
      return `تعذّر إنشاء كلمة سر جديدة. إن أُقفلت الغرفة لأجل ذلك، فهي تبقى مقفلة: يمكنك المحاولة من جديد بالأمر ${command('/relock')}، أو فك قفلها بالأمر ${command('/unlock')}.`;
    case 'relock-crossed':
      return `أعطى عضو آخر الغرفة كلمة سر جديدة في الوقت نفسه. إن أُقفلت الغرفة لأجل ذلك، فهي تبقى مقفلة: يمكنك فك قفلها بالأمر ${command('/unlock')}.`;
    case 'unwhispered':
      return 'لم تصلك أي همسة.';
    case 'whisperer-gone':
      return 'صاحب آخر همسة وصلتك لم يعد هنا.';
    case 'yourself':
      return 'هذا الاسم اسمك أنت.';
    case 'away':
      return `${note.alias} في غياب مؤقت. يمكنك إعادة المحاولة حين تزول هذه العلامة من قائمة الأعضاء.`;
    case 'unnamed':
      return `لا مفاتيح مشتركة بينك وبين هذا العضو. عليك الانتظار حتى تزول عنه علامة «${MARKS['not-ready']}» في قائمة الأعضاء.`;
    case 'no-line':
      return 'لم تعد هذه الرسالة هنا، أو لم تكن قط لدى من تُوجَّه إليهم كتابتك.';
    case 'former-voice':
      return 'قلت ذلك قبل دخولك من جديد: لم يعد سحبه ممكنًا.';
    case 'amiss':
      return 'حدث خطأ في هذه الصفحة، وربما لم يتم آخر ما فعلته. يمكنك إعادة المحاولة؛ وإن لم ينفع ذلك، فالخروج ثم الدخول من جديد.';
    case 'untold':
      return 'ما فعلته برسالة لم يصل إلى الآخرين: يمكنك إعادة المحاولة.';
    case 'perhaps-untold':
      return 'ربما لم يصل ما فعلته برسالة إلى الآخرين: اسألهم قبل إعادة المحاولة.';
    case 'ignored':
      return `لا يظهر لك شيء من ${note.alias} بعد الآن، ولا يعلم أحد بذلك. للرجوع عنه يكفي تكرار ${command(`/ignore ${note.alias}`)}.`;
    case 'heeded':
      return `يظهر لك من جديد كل ما يأتي من ${note.alias}.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'في الغرفة من يحمل هذا الاسم المستعار: يمكنك اختيار غيره.';
    case 'keyless':
      return 'لم يعد لديك مفتاح إلى الغرفة، فلن يستطيع أحد قراءة اسم مستعار آخر لك. عليك المغادرة وطلب دعوة جديدة.';
    case 'slip':
      return 'يبدأ الأمر بالعلامة /، ويبدأ غيره من النص بكلمة.';
    case 'no-command':
      return `لا يوجد أمر ${command(`/${note.name}`)}. لعرض الموجود: ${command('/help')}.`;
  }
}

export const correctUsage = (usage: string): string => `يُكتب هكذا: ${command(usage)}.`;
export const nothingAfter = (usage: string): string => `يُكتب هكذا: ${command(usage)}، ولا شيء بعده.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: '\u2068الاسم\u2069',
  name: '\u2068الاسم\u2069',
  member: '\u2068الاسم\u2069',
  text: '\u2068النص\u2069',
  farewell: '\u2068[وداع]\u2069',
  message: '',
};

/** Beside commands, from left to right; what has other script in it is kept together by U+2067 … U+2069. */
export const HELP: Record<HelpLine, string> = {
  purr: 'همس إلى أحد الأعضاء',
  r: '\u2067همس إلى صاحب آخر همسة وصلتك؛ وينقلك Alt+R إليه\u2069',
  me: 'وصف فعل منك',
  alias: 'اتخاذ اسم مستعار آخر',
  ignore: '\u2067إخفاء كل ما يأتي من عضو، أو إظهاره من جديد؛ ولا يعلم أحد بذلك\u2069',
  exit: 'مغادرة الغرفة',
  kick: '\u2067طرد عضو، وإعطاء الغرفة كلمة سر جديدة\u2069',
  stop: 'إنهاء الغرفة للجميع',
  lock: '\u2067منع دخول أي أحد، أو السماح به من جديد\u2069',
  relock: 'إعطاء الغرفة كلمة سر جديدة',
  timer: 'اختفاء ما يقال من الآن بعد هذه المدة، أو بقاؤه',
  keeper: 'تسليم الإشراف إلى عضو آخر',
  verify: 'مقارنة رقم أحد الأعضاء',
  number: 'عرض رقمك أنت',
  slash: 'بدء رسالة بشرطة مائلة',
};
export const HELP_END = [
  '\u2067يمكن كتابة الرسائل بصيغة Markdown (**غامق** *مائل* `شيفرة` > اقتباس - قائمة) وبصيغة HTML.\u2069',
  '\u2067ضغطتان على Esc، أو إصبع على الصورة في الأعلى مدة ثانية: مغادرة فورية إلى صفحة فارغة، دون أي سؤال.\u2069',
];

// Messages.

export const SHOW_MESSAGE = 'إظهار';
export const SHOW_ALL = 'إظهار الكل';
export const marksDropped = (count: number) => `[علامات غير معروضة: ${number(count)}]`;
export const LONG_MESSAGE = 'رسالة طويلة';
export const CODE_BLOCK = 'شيفرة';
export const TABLE = 'جدول';
export const GAUGE = 'مقياس';
export const NO_IMAGE = '[صورة غير معروضة]';
export const noImageOf = (alt: string) => `[صورة غير معروضة: ${alt}]`;
