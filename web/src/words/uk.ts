// All words of the page in Ukrainian: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('uk');

// The documents.

export const LANGUAGE = 'uk';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Спробувати ще раз';
export const OVER = 'Розмову завершено.';
export const NOTHING_KEPT = 'Від неї нічого не лишається: ні тут, ні на сервері.';
export const BACK = 'Назад до входу';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Ти вже не в кімнаті.',
  kicked: 'Тебе вигнали з кімнати. Якщо маєш повернутися, попроси когось із учасників про нове запрошення.',
  stopped: 'Кімнату закрито. Розмову завершено для всіх. Щоб говорити далі, відкрий нову кімнату.',
  'put-out':
    'Сервер вилучив тебе з кімнати. Чи наказав це хтось, хто має на це право, перевірити не вдалося. Запитай решту іншим каналом і ввійди знову за запрошенням.',
  'left-out':
    'Кімната отримала новий пароль, і, за словами сервера, тебе немає серед тих, хто його має. Попроси когось із учасників про нове запрошення.',
  'stopped-by-host':
    'Кімнату закрив той, хто тримає сервер. Розмову завершено для всіх. Відкрий нову кімнату або запитай про причину.',
  'stopped-unread':
    'Сервер стверджує, що кімнату закрито. Чи наказав це хтось, хто має на це право, перевірити не вдалося. Запитай решту іншим каналом і відкрий нову кімнату.',
  'stopped-away':
    'Сервер стверджує, що кімнату закрито, поки в тебе не було з’єднання. Того, що написано тут за цей час, ніхто не прочитав. Розмову завершено для всіх. Щоб говорити далі, відкрий нову кімнату.',
  'too-slow':
    'Твоє з’єднання було надто повільним і не встигало за кімнатою. Увійди знову за запрошенням, з кращим зв’язком.',
  flooding:
    'Від тебе надійшло забагато й зашвидко, і сервер розірвав з’єднання. Увійди знову за запрошенням і надсилай менше за раз.',
  'resumed-elsewhere':
    'Твоє місце в кімнаті зайняло інше з’єднання. Якщо це не твоя власна сторінка, попередь інших і відкрий нову кімнату.',
  'shutting-down':
    'Сервер вимикається. Розмову завершено для всіх. Відкрий нову кімнату, коли він знову запрацює.',
  malformed:
    'Сервер не зрозумів цієї сторінки й розірвав з’єднання. Онови сторінку й увійди знову за запрошенням.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 виганяє тебе з кімнати. Якщо маєш повернутися, попроси цю людину про нове запрошення.`,
  stopped: who =>
    `\u2068${who}\u2069 закриває кімнату. Розмову завершено для всіх. Щоб говорити далі, відкрий нову кімнату.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Немає з’єднання',
  deriving: 'Створення ключів…',
  connecting: 'З’єднання…',
  room: 'З’єднано',
  reconnecting: 'Повторне з’єднання…',
  over: 'Роз’єднано',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Мова';
export const LEAD = 'Кімната з наскрізним шифруванням. Від розмов нічого не лишається.';
export const ROOM_KEY = 'Ключ кімнати';
export const ALIAS = 'Псевдонім';
export const ALIAS_HINT = 'Ім’я, яке бачать інші.';
export const OPEN_ROOM = 'Відкрити кімнату';
export const OPEN_ROOM_HINT = 'Ключ і пароль з’являться самі.';
export const HAVE_INVITATION = 'Маю запрошення';
export const INVITATION_HINT = 'Посилання або ключ кімнати й пароль.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Пароль';
export const ENTER_ROOM = 'Увійти до кімнати';
export const OPTIONS = 'Параметри';
export const OWN_ROOM_KEY = 'Власний ключ кімнати';
export const OWN_ROOM_KEY_HINT = 'Лиши порожнім, і він з’явиться сам.';
export const OWN_PASSWORD = 'Власний пароль';
export const OWN_PASSWORD_HINT = 'Лиши порожнім, і з’явиться такий, якого ніхто не вгадає.';
export const CODE = 'Код для відкривання кімнат';
export const APPEARANCE = 'Світлий чи темний вигляд';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Як на пристрої', light: 'Світлий', dark: 'Темний' })[theme];
export const TEXT_SIZE = 'Розмір тексту';
export const percent = (size: string): string => `${size} %`;
export const SHOW = 'Показати';
export const SHOW_CHARACTERS = 'Показати символи';
export const HIDE = 'Сховати';
export const HIDE_CHARACTERS = 'Сховати символи';
export const invited = <E>(room: E): Pieces<E> => ['Тебе запрошено до кімнати ', room, '. '];
export const USE_ANOTHER_ROOM = 'Інша кімната';
export const WHO_MODERATES = 'Хто може модерувати кімнату?';
export const KEEPER_ALONE = 'Лише той, хто її веде';
export const EVERY_MEMBER = 'Усі учасники';
export const OPEN_ANEW = 'Відкрити з цим ключем';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Відкрити нову кімнату з ключем ',
  key,
  '? Там не буде нікого, крім тебе, доки хтось не прийде з тим самим ключем і паролем.',
];

export const PLAIN_HTTP = 'Ця сторінка прийшла через звичайний http';
export const PLAIN_HTTP_MORE =
  'Повідомлення все одно шифрує твій браузер, і сервер не може їх прочитати. Та хто керує мережею між тобою і сервером, міг би дорогою змінити цю сторінку й читати разом із вами. У мережі, якій не довіряєш, користуйся https або VPN.';

export const MAKING_KEYS = 'Створення ключів';
export const PASSWORD_IS_STRETCHED =
  'Ключі створюються з пароля тут, у твоєму браузері; сам пароль ніколи його не покидає.';
export const percentDone = (percent: number) => `Створення ключів… ${number(percent)} %`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Створення ключів… ${number(percent)} %, ще ${number(seconds)} с`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: '# хвилини', few: '# хвилин', many: '# хвилин' });
  const plain = secure ? '' : ' Через https власній криптографії браузера вистачило б секунди.';
  return `Це триватиме близько ${time}, бо цей браузер виконує скрипти повільно: без компілятора, як у режимі блокування чи з посиленим захистом, або на повільному пристрої.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Входу немає: такої кімнати не існує або пароль не той. Можливо, кімната має новий пароль, і старіші запрошення вже не діють: попроси нове.',
  taken: 'Кімнату з цим ключем уже відкрито. Увійди за її запрошенням або вибери інший ключ.',
  'alias-in-use': 'Хтось у кімнаті вже має цей псевдонім. Вибери інший.',
  full: 'Кімната заповнена. Спробуй ще раз, коли хтось вийде.',
  locked: 'Кімнату замкнено. Попроси когось усередині відімкнути її.',
  busy: 'Сервер зайнятий, або з твоєї адреси було забагато спроб. Зачекай трохи й спробуй ще раз.',
  malformed: 'Сервер не зрозумів цієї сторінки. Онови її й спробуй ще раз.',
  'needs-code': 'Щоб відкрити тут кімнату, потрібен код. Попроси його в того, хто тримає сервер.',
  'not-from-here':
    'Кімнати тут відкривають лише з мереж сервера. Запитай того, хто його тримає, або під’єднайся звідти.',
  unreachable: 'Сервер недосяжний. Перевір з’єднання й спробуй ще раз.',
  'not-loaded':
    'Частина цієї сторінки не завантажилася. Перевір з’єднання, дозволь її, якщо якесь розширення затримує скрипти, і спробуй ще раз.',
  'no-worker':
    'Воркер, який створює ключі, derive.js, не запустився. Його затримує розширення або щось дорогою: дозволь його для цієї сторінки або спробуй інший браузер.',
  'break-over':
    'З’єднання не було пів години: розмову й пароль стерто. Щоб увійти знову, введи пароль ще раз.',
  'grace-over':
    'З’єднання не було надто довго, і твоє місце в кімнаті втрачено. Увійди знову за запрошенням.',
  kicked:
    'Поки не було з’єднання, тебе вилучили з кімнати. Якщо маєш повернутися, попроси когось із учасників про нове запрошення.',
  'room-gone':
    'Поки не було з’єднання, кімнату закрили. Відкрий її знову з тим самим ключем і паролем або відкрий нову.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Цей сервер ось-ось перезапуститься й не відкриває кімнат. Спробуй ще раз за кілька хвилин.',
  'false-room':
    'Те, що показує сервер, — не та кімната, яку відкриває цей пароль. Не довіряй пароль цьому серверу: запитай того, хто його тримає.',
  'bad-room-key': 'Ключ кімнати має 8 літер і цифр, як-от K7QM-4XZD. Звір його із запрошенням.',
};

const inBytes = (bytes: number): string => plural(bytes, { one: '# байт', few: '# байти', many: '# байтів' });

export const badPassword = (characters: number, bytes: number): string =>
  `Пароль, щоб відкрити кімнату, має щонайменше ${plural(characters, { one: '# символ', few: '# символи', many: '# символів' })} і щонайбільше ${inBytes(bytes)}.`;

export const tryAgainIn = (seconds: number): string => `Через ${counted(seconds)} можна спробувати ще раз.`;
export const TRY_AGAIN_NOW = 'Уже можна спробувати ще раз.';

export const CHOSEN_PASSWORD =
  'Вигаданий пароль можна вгадати: хто тримає сервер або запише один вхід, може перебрати стільки паролів, скільки подужають його машини. Безпечний лише згенерований.';

export const OFFLINE = 'Цей пристрій не в мережі. З’єднай його з мережею сервера й спробуй ще раз.';

export const WRONG_CODE =
  'Це не той код, яким тут відкривають кімнати; великі й малі літери мають значення. Попроси його в того, хто тримає сервер.';

/** In the genitive. */
const ALPHABETS: Record<string, string> = {
  Latin: 'латинської',
  Greek: 'грецької',
  Cyrillic: 'кириличної',
};

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Псевдонім може мати від 1 до ${number(error.most)} символів.`;
    case 'slash':
      return 'Псевдонім не може починатися з «/».';
    case 'space':
      return `Псевдонім не може мати пробілів (${codePoint}).`;
    case 'unseen':
      return `Псевдонім не може мати невидимих символів (${codePoint}).`;
    case 'unknown':
      return `Не кожен пристрій знає символ ${codePoint}.`;
    case 'enclosing':
      return `Псевдонім не може мати символів, що малюються довкола інших (${codePoint}).`;
    case 'marks':
      return `Знак «◌${character}» (${codePoint}) на цій літері зайвий.`;
    case 'baseless':
      return `Знак «◌${character}» (${codePoint}) не має літери, на якій стояти.`;
    case 'mixed':
      return `«${character}» (${codePoint}, з ${ALPHABETS[error.alphabet]} абетки) не може стояти поруч із літерами ${ALPHABETS[error.beside]} абетки.`;
    case 'joiner':
      return `З’єднувач ${codePoint} там, де стоїть, нічого не змінює.`;
    case 'emoji':
      return `${codePoint} не утворює там емодзі, яке знає кожен пристрій.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'Посилання на цю сторінку дорогою пошкодилося (можливо, у ньому «%23» замість решітки), тож твій браузер надіслав запрошення з паролем на сервер. Сервер нічого з нього не зберігає, але міг його прочитати, як і проксі або його журнал. Не користуйся більше цим паролем: нехай хтось відкриє кімнату наново з іншим, а ти попроси запрошення й встав його тут.';
export const INVITATION_BROKEN =
  'У цьому посиланні немає цілого запрошення: чогось бракує або щось додано. Попроси його ще раз або введи ключ кімнати й пароль вручну.';
export const INVITATION_TOO_LONG =
  'Вставлений текст задовгий для запрошення, тож його пропущено. Встав лише посилання.';
export const invitationElsewhere = (there: string, here: string) =>
  `Це запрошення до кімнати на ${there}, а ця сторінка — на ${here}. Якщо це не той самий сервер, відкрий посилання там.`;

const OPERATOR = 'Хто тримає сервер, може це виправити: ';

const PASS_HOST = 'у nginx «proxy_set_header Host $http_host;»';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}у sanctuary.toml має бути hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `Сервер є, але WebSocket, що несе розмову, не проходить. Його затримує проксі, фільтр або розширення. ${OPERATOR}проксі має передавати Upgrade і Connection; у nginx «proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";».`,
  origin: ({ origin, hostname }: Location) =>
    `Сервер відхиляє цю сторінку, бо до нього звертаються не за іменем ${origin}: проксі змінює Host. ${OPERATOR}проксі має передавати Host, ${PASS_HOST}${named(hostname, ', а ')}; або в sanctuary.toml має бути origins = ["${origin}"].`,
  host: ({ hostname }: Location) =>
    `До сервера звертаються за іменем, на яке він не відгукується: змінилися його налаштування, або проксі змінює Host. ${OPERATOR}проксі має передавати Host, ${PASS_HOST}${named(hostname, '; а ')}.`,
  full: 'Сервер має стільки з’єднань, скільки приймає, — загалом або з твоєї адреси. Закрий інші вкладки з ним або зачекай трохи й спробуй ще раз.',
  gone: (status: number) =>
    `Щось перед сервером відповідає ${status}: сам сервер не працює або недосяжний звідти. Спробуй ще раз пізніше. ${OPERATOR}служба має працювати й слухати там, де її шукає проксі.`,
  elsewhere:
    'Щось у мережі спрямовує з’єднання цієї сторінки деінде: можливо, на сторінку входу до мережі. Онови сторінку й спробуй ще раз.',
  other: (status: number, path: string) =>
    `Щось перед сервером відповідає замість нього ${status}, коли сторінка просить ${path}. ${OPERATOR}проксі має передавати все, що лежить під шляхом сторінки, без власної авторизації.`,
};

// The room.

export const ROOM = 'Кімната';
export const roomIs = <E>(key: E): Pieces<E> => ['Кімната ', key];
export const hereAre = (count: number): string => `${number(count)} тут`;
export const MORE = 'Більше';
export const LOCKED = 'замкнено';
export const LOCKED_MORE = 'Більше ніхто не ввійде.';
export const INVITE = 'Запросити';
export const LOCK = 'Замкнути';
export const UNLOCK = 'Відімкнути';
export const SETTINGS = 'Налаштування';
export const SETTINGS_KEPT = 'Усе це забудеться, щойно вкладку закриють.';
export const SOUND = 'Звук, коли хтось шепоче тобі чи згадує тебе';
export const NOTIFY = 'Сповіщення про це, без самих слів';
export const NOT_NOTIFIED =
  'Цей браузер не показує сповіщень цієї сторінки. Дозволь їх для неї й увімкни ще раз.';
export const NOTIFIED = { whisper: 'Хтось шепоче тобі', mention: 'Хтось згадує тебе' };
export const TIMER = 'Зникомі повідомлення';
export const TIMER_AFTER = 'Скільки лишається сказане відтепер';
export const TIMER_NEVER = 'До кінця';
export const TIMER_BINDS = 'Чесні сторінки цього дотримуються; нечесну ніхто не змусить забути.';
export const TIMER_SET = 'Установити для всіх';
export const fadesAfter = (time: string): string =>
  `Час від надходження повідомлення до його зникнення: ${time}.`;
export const FADING_MORE = 'Тоді це повідомлення зникне з кожної сторінки, яка цього дотримується.';
export const SEEING = 'Хто що бачить';
export const THIS_CONNECTION = 'На шляху';
export const OVER_HTTPS =
  'Ця сторінка прийшла через https. Мережі й проксі на шляху бачать, хто з’єднаний із цим сервером, коли і скільки йде туди й назад; ніхто там нічого не читає й не змінює, якщо сертифікат справді належить серверу.';
export const OVER_LOOPBACK =
  'Цю сторінку відкрито за адресою цього ж пристрою. Чи веде звідси тунель або проксі до іншого, зі сторінки не видно.';
export const OVER_ONION =
  'Цю сторінку відкрито за адресою onion. Tor шифрує все аж до свого кінця біля сервера й приховує, звідки ти приходиш.';
export const OVER_HTTP =
  'Ця сторінка прийшла через звичайний http. Мережі й проксі на шляху бачать усе, що бачить сервер; сказане зашифроване й від них. Та хто керує чимось із них, міг дорогою змінити цю сторінку так, щоб вона все йому видавала. У мережі, якій не довіряєш, користуйся https або VPN.';
export const THE_SERVER = 'Хто тримає сервер';
export const serverSees = (host: string): string =>
  `Хто тримає ${host}, бачить ключ кімнати, скільки в ній людей і з яких адрес, коли хтось щось каже й приблизно скільки, а також хто кому шепоче. Ні пароля, ні псевдонімів, ні слів він не бачить. Але й ця сторінка приходить звідти, а інша на її місці могла б видати йому все: потрібен сервер того, кому довіряєш.`;
export const PROTECTIONS = [
  'його пам’ять закріплено, вона ніколи не потрапляє на диск',
  'збій не лишає копії пам’яті',
  'він працює без прав адміністратора',
  'він не може отримати нових прав',
  'він не відкриває файлів кімнат і власних з’єднань',
  'він мало про що може просити систему',
  'він не читає з термінала',
];
export const PROTECTED = 'Сервер каже про себе, що не веде журналу і що:';
export const UNPROTECTED = 'Не діє там або діє не повністю:';
export const THE_MEMBERS = 'Учасники';
export const MEMBERS_SEE =
  'Усі тут читають сказане для всіх відтоді, як увійшли; шепіт читає той, кому його призначено. Кожен може зберегти те, що читає.';
export const STAYS = 'Повідомлення лишаються до виходу з розмови.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [keeper, ` веде кімнату: лише той, хто її веде, може ${OFFICE}, а також передати ведення.`]
    : [`Усі учасники можуть ${OFFICE}. Передати ведення кімнати може лише `, keeper, '.'];
const OFFICE =
  'виганяти учасників, замикати кімнату, давати їй новий пароль, робити повідомлення зникомими й закрити її';
export const DRAWN_PASSWORD = 'Він має вигляд згенерованого, якого ніхто не вгадає.';
export const WHO_IS_WHO = 'Хто є хто';
export const TICK_THOSE = 'Познач тих, чий номер саме такий, який вони читають уголос:';
export const NO_TRACE = 'Без сліду';
export const NO_TRACE_MORE =
  'Нічого не зберігається ні тут, ні на сервері; браузер може пам’ятати, що був за цією адресою. Двічі поспіль натисни Esc або секунду тримай палець на зображенні вгорі: усе буде стерто, а замість цього тут з’явиться порожня сторінка.';
export const VANISH = 'На порожню сторінку';
export const STOP_ROOM = 'Закрити для всіх';
export const LEAVE = 'Вийти';
export const askKick = <E>(alias: E): Pieces<E> => ['Вигнати з кімнати: ', alias, '?'];
export const GIVE_NEW_PASSWORD = 'Дати кімнаті новий пароль, щоб старе запрошення її більше не відкривало';
export const PASSWORD_GOES_TO = 'Новий пароль отримають';
export const PASSWORD_GOES_TO_NOBODY = 'Нового пароля більше ніхто не отримає.';
export const RELOCK = 'Новий пароль';
export const ASK_RELOCK = 'Дати кімнаті новий пароль? Попередні запрошення більше нікого не впустять.';
export const NOT_READ = 'Буде вилучено тих, чиї картки ця сторінка не може прочитати.';
export const RELOCKING = 'Кімната отримує новий пароль…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['Номер, який має ', alias];
export const VERIFY_HOW =
  'Нехай його прочитає тобі вголос, телефоном або віч-на-віч, та людина, яку ти знаєш. Якщо це цей номер, між вами ніхто не стоїть, навіть сервер.';
export const IS_SAME_NUMBER = 'Саме цей номер прочитано вголос';
export const YOUR_NUMBER = 'Твій власний номер, щоб прочитати вголос:';
export const VERIFY = 'Перевірити';
export const ALL_VERIFIED = 'перевірено';
export const ALL_VERIFIED_MORE = 'Номери всіх учасників звірено тобою.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Кімнату відкрито: ', alias, ', ', time];
export const ASK_STOP = 'Закрити кімнату? Розмова завершиться для всіх, і нічого від неї не лишиться.';

export const CANCEL = 'Скасувати';

export const MEMBERS = 'Учасники';
export const MARKS = {
  you: 'ти',
  keeper: 'веде кімнату',
  away: 'без зв’язку',
  verified: 'перевірено',
  differs: 'бачить іншу кімнату',
  'not-ready': 'ще не готово',
  unreadable: 'не читається',
  'shut-out': 'вилучено',
  ignored: 'ігноруєш',
};
export const MARKS_MORE = {
  verified: 'Номер цієї людини звірено тобою.',
  differs: 'Ця людина бачить не те, що ти: сервер показує вам різне.',
  'not-ready': 'Ця людина ще має показатися під новим паролем.',
  unreadable: 'Те, що сервер показує про цю людину, відхилено: вона нічого не чує від тебе, а ти — від неї.',
  ignored: 'Ти не бачиш нічого, що каже ця людина.',
  'shut-out':
    'Хтось із учасників вилучив цю людину, але сервер лишає її в кімнаті: до неї більше нічого не надходить.',
};
export const doingsWith = (alias: string): string => `Дії: ${alias}`;
export const WHISPER = 'Шепнути';
export const KICK = 'Вигнати';
export const IGNORE = 'Ігнорувати';
export const HEED = 'Більше не ігнорувати';
export const MAKE_KEEPER = 'Передати ведення';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Нехай кімнату веде ',
  alias,
  '? Повернути ведення зможе лише ця людина.',
];

export const UNNAMED = '(без імені)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'на вигляд як ти',
  page: 'це чийсь псевдонім',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['на вигляд як ', alias];
export const OTHER_CHARACTERS = 'Написано іншими символами.';

export const OWN_WORDS = [
  ...[
    'ти',
    'веде',
    'ведуча',
    'ведучий',
    'замкнено',
    'перевірено',
    'вилучено',
    'ігноруєш',
    'sanctuary',
    'system',
    'система',
    'server',
    'сервер',
  ],
];

export const INVITATION = 'Запрошення';
export const INVITATION_LINK = 'Посилання-запрошення';
export const COPY = 'Копіювати';
export const CLOSE = 'Закрити';
export const NEW_INVITATION =
  'Кімната має новий пароль: це нове посилання, а старіші більше нікого не впустять.';
export const COPIED = 'Скопійовано';
export const ADDRESS_FOR_OTHERS =
  'Цю сторінку в тебе відкрито за адресою, що діє лише на цьому пристрої. Інші знайдуть її за адресою';
export const THIS_MACHINE_ALONE =
  'Це посилання веде сюди лише з цього пристрою. Щоб запросити інших, відкрий сторінку за адресою, яку можуть відкрити й вони, або прочитай їм коди вголос.';
export const SHARE = 'Поділитися';
export const PRINT = 'Друкувати';
export const QR = 'Запрошення як QR-код';
export const PASS_ON_WITH_CARE = 'Хто має це посилання, може ввійти: передавай його обачно.';
export const COPY_BY_HAND = 'Скопіюй посилання вручну. Хто його має, може ввійти: передавай його обачно.';

// A broken connection.

export const BROKEN = 'Зв’язок обірвався. Те, що ти пишеш, чекає на твоє повернення.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Твоє місце втрачено, а кімнату замкнено. Ти ввійдеш автоматично, щойно хтось усередині її відімкне.',
  full: 'Твоє місце втрачено, а кімната заповнена. Ти ввійдеш автоматично, щойно хтось вийде.',
  'alias-in-use':
    'Твоє місце втрачено, а твій псевдонім у кімнаті тепер має хтось інший. Зачекай, доки ця людина вийде; або скопіюй запрошення, вийди й увійди за ним під іншим псевдонімом.',
  'room-gone':
    'Кімнати вже немає: останнє місце в ній втрачено. Можеш відкрити її знову з тим самим ключем і паролем, щоб те саме запрошення вело туди.',
  'no-entry':
    'Кімнати вже немає, або вона має інший пароль: за твоїм ніхто не ввійде. Якщо її немає, можеш відкрити її знову з тим самим ключем і паролем.',
  'another-password':
    'Твоє запрошення вже не діє: кімната має інший пароль. Попроси когось усередині про нове.',
  'needs-code':
    'Кімнати вже немає, а щоб відкрити її знову, потрібен код. Попроси його в того, хто відкривав кімнату або тримає сервер; скопіюй запрошення, вийди й відкрий кімнату з кодом.',
  'not-from-here':
    'Кімнати вже немає, а відкривають їх тут лише з мереж сервера. Скопіюй запрошення, вийди й запитай того, хто тримає сервер.',
  draining:
    'Кімнати вже немає, а цей сервер ось-ось перезапуститься й не відкриває кімнат. Відкрий її знову за кілька хвилин.',
};
export const nextTryIn = (seconds: number): string => `Наступна спроба за ${number(seconds)} с.`;
export const TRYING = 'Триває спроба…';
export const TRY_NOW = 'Спробувати зараз';
export const OPEN_IT_AGAIN = 'Відкрити знову';
export const keptUntil = <E>(time: E): Pieces<E> => ['Усе це лишається до ', time, ', а тоді буде стерто.'];

export const LOSSES = {
  room: 'Крім тебе, тут нікого немає: з твоїм виходом кімната зникне.',
  draft: 'Твій текст ще не надіслано.',
};
export const askLeave = (losses: string[]): string => `Вийти? ${losses.join(' ')}`;

export const MESSAGE = 'Повідомлення';
export const SEND = 'Надіслати';
export const MESSAGE_TO_EVERYONE = 'Написати всім';
export const whisperTo = (alias: string): string => `Шепіт до: ${alias}`;
export const COMPOSER_HINT = 'Shift+Enter починає новий рядок.';
export const COMPOSER_HINT_TOUCH = 'Enter починає новий рядок, кнопка надсилає.';
export const FAREWELL_TO_ALL = 'Прощання читають усі: щоб його сказати, повернися до всіх.';
export const ACTION_ANSWERS_NOTHING =
  'Те, що ти робиш (/me), не відповідає на повідомлення: напиши це як повідомлення або спершу натисни «Не відповідати».';
export const STAYS_HERE = 'Твій текст лишається тут.';
export const bytesLeft = (bytes: number): string => `Лишилося байтів: ${number(bytes)}`;
export const TOO_LONG = 'Задовге, щоб надіслати.';
export const tooLongBy = (bytes: number): string => `Задовге на ${inBytes(bytes)}.`;
export const PROPOSALS = 'Підказки';
export const proposals = (count: number): string =>
  `${plural(count, { one: '# підказка', few: '# підказки', many: '# підказок' })}: стрілки вибирають, Tab доповнює.`;
export const LIST_COMMANDS = 'показати список команд';
export const COMMANDS = 'Команди';
export const MENTION = 'Згадати';
export const FORMAT = 'Форматування';
export const FORMAT_SIGN = 'Аа';
export const FORMATS = {
  bold: { sign: 'Ж', name: 'Жирний' },
  italic: { sign: 'К', name: 'Курсив' },
  code: { sign: '<>', name: 'Код' },
  list: { sign: '•', name: 'Список' },
  quote: { sign: '❝', name: 'Цитата' },
  link: { sign: 'URL', name: 'Посилання' },
};
export const PREVIEW = 'Перегляд';
export const NOTHING_TO_PREVIEW = 'Тут видно, який вигляд матиме твоє повідомлення.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Ти шепочеш до: ', alias];
export const BACK_TO_EVERYONE = 'Назад до всіх';

// Pictures.

export const PICTURE = 'Зображення';
export const ATTACH = 'Додати зображення';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['Перетягни зображення сюди, пошепки для: ', ...whom]
    : ['Перетягни зображення сюди, для всіх'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Зображення, пошепки для: ', ...whom] : ['Зображення, для всіх'];
export const PREPARING = 'Зменшення зображення…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} КБ`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'З анімації буде надіслано лише перше зображення.',
    more > 0 && `Ще чекають: ${number(more)}.`,
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Опис';
export const DESCRIPTION_HINT = 'Що на ньому видно?';
export const SEND_PICTURE = 'Надіслати зображення';
export const REMOVE = 'Прибрати';
export const picturesLeftOut = (most: number, count: number): string =>
  `Водночас ${plural(most, { one: 'може чекати # зображення', few: 'можуть чекати # зображення', many: 'можуть чекати # зображень' })}: пропущено ${number(count)}.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' — не зображення, а нічого іншого надіслати не можна.'];
    case 'svg':
      return [file, ' — малюнок SVG, у якому може бути більше за зображення: збережи його як PNG.'];
    case 'kind':
      return [
        file,
        ' — зображення такого формату, якого цей браузер не читає: збережи його як JPEG або PNG.',
      ];
    case 'large-file':
      return [file, ` має понад ${number(most.megabytes)} МБ: спершу зменш його.`];
    case 'large-picture':
      return [file, ` має понад ${number(most.megapixels)} млн пікселів: спершу зменш його.`];
    case 'broken':
      return [file, ' не читається: файл пошкоджено, або його формату цей браузер не знає.'];
    case 'noise':
      return [
        file,
        ' не вдається зменшити: цей браузер захищає від упізнавання й замість того, що малює сторінка, віддає шум. Дозволь цій сторінці читати дані canvas або спробуй інший браузер.',
      ];
    case 'too-small':
      return [file, ' не вдається зменшити так, щоб цей сервер прийняв його одним повідомленням.'];
    case 'failed':
      return [
        file,
        ' не вдалося зменшити. Можливо, цьому пристрою зараз бракує пам’яті: спробуй ще раз або спершу зменш його.',
      ];
    case 'not-loaded':
      return [file, ' не вдалося зменшити: частина цієї сторінки не завантажилася. Спробуй ще раз.'];
  }
}

export const CONVERSATION = 'Розмова';
export const NEW_MESSAGES = 'Нові повідомлення';
export const EARLIER_GONE = 'Раніших повідомлень уже немає.';
export const sentAt = <E>(time: E): Pieces<E> => ['(надіслано о ', time, ')'];
export const DELIVERY = {
  sending: 'надсилання…',
  sent: '',
  delivered: 'доставлено',
  failed: 'не надіслано',
  unsure: 'можливо, не надіслано',
};
export const REPLY = 'Відповісти';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `Дії з повідомленням, ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'Відреагувати…';
export const UNSEND = 'Відкликати';
export const DISCARD = 'Відкинути';
export const NOT_COPIED = 'Не вдалося скопіювати';
export const ANSWERED_IS_GONE = 'Відповідь на повідомлення, якого тут немає';
export const EMOJI = {
  '👍': 'палець угору',
  '❤️': 'серце',
  '😂': 'сміх',
  '🎉': 'свято',
  '😮': 'подив',
  '😢': 'плач',
  '🙏': 'дякую',
  '👎': 'палець униз',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `ще ${number(more)}`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Кілька людей пишуть…']
    : [...listed(aliases), aliases.length > 1 ? ' пишуть…' : ' пише…'];
export const TELL_TYPING = 'Показувати, хто пише';
export const replyingTo = <E>(line: E): Pieces<E> => ['Відповідь на ', line];
export const NO_REPLY = 'Не відповідати';
export const NOBODY_ELSE = 'Тут поки що більше нікого немає.';
export const INVITE_SOMEBODY = 'Запросити когось';
export const MENTIONS_YOU = 'згадує тебе';
export const SAYS_FAREWELL = 'каже на прощання';
export const WHISPERS_TO_YOU = 'шепоче тобі';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['шепоче до: ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Поки тебе не було, не надійшло жодного повідомлення'
    : plural(count, {
        one: 'Поки тебе не було, надійшло щонайбільше # повідомлення',
        few: 'Поки тебе не було, надійшло щонайбільше # повідомлення',
        many: 'Поки тебе не було, надійшло щонайбільше # повідомлень',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `зникне за ${counted(seconds)}`;
function counted(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  return inUnits(Math.round(seconds / length), unit, 'short');
}
const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const inUnits = (count: number, unit: string, unitDisplay: 'long' | 'short'): string =>
  new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay }).format(count);

export const happened = (times: number): string =>
  ` (${plural(times, { one: '# раз', few: '# рази', many: '# разів' })})`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const are = (one: string, more: string) => (others.length > 0 ? more : one);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, are(' заходить', ' заходять')];
    case 'renamed':
      return [alias, ' тепер зветься ', other];
    case 'exit':
      return [...aliases, are(' виходить', ' виходять')];
    case 'gone':
      return [...aliases, are(' втрачає з’єднання', ' втрачають з’єднання')];
    case 'kicked':
      return [other, ' виганяє з кімнати: ', alias];
    case 'put-out-unread':
      return [
        'Сервер стверджує, що ',
        other,
        ' вилучає з кімнати: ',
        alias,
        '. Прочитати це ще не було змоги',
      ];
    case 'put-out':
      return ['Сервер стверджує, що вилучено: ', alias, '. Але ніхто з учасників цього не казав'];
    case 'shut-out':
      return [
        other,
        ' вилучає з кімнати: ',
        alias,
        '. Але сервер лишає цю людину в кімнаті: до неї більше нічого не надходить',
      ];
    case 'left-out':
      return [alias, ' уже поза кімнатою: ', other, ' не дає цій людині нового пароля'];
    case 'away':
      return [...aliases, ' тимчасово без зв’язку'];
    case 'back':
      return [...aliases, ' знову на зв’язку'];
    case 'keeper':
      return by ? [alias, ' тепер веде кімнату: так каже ', by] : [alias, ' тепер веде кімнату'];
    case 'handed-unread':
      return [
        'Сервер стверджує, що ',
        alias,
        ' тепер веде кімнату і що так каже ',
        other,
        '; прочитати це ще не було змоги',
      ];
    case 'keeper-unsaid':
      return [
        'Сервер стверджує, що ',
        alias,
        ' тепер веде кімнату, але її правила цього не кажуть, і ніхто з учасників теж',
      ];
    case 'locked':
      return by
        ? [by, ' замикає кімнату: більше ніхто не ввійде']
        : ['Кімнату замкнено: більше ніхто не ввійде'];
    case 'unlocked':
      return by ? [by, ' відмикає кімнату'] : ['Кімнату відімкнено'];
    case 'relocked':
      return by
        ? [by, ' дає кімнаті новий пароль: старіші запрошення більше нікого не впустять']
        : ['Кімната має новий пароль: старіші запрошення більше нікого не впустять'];
    case 'keyless':
      return [
        'Кімната має новий пароль, якого тобі не дали: ти не можеш ні запросити когось, ні прочитати, хто з’явиться відтепер. Вийди й попроси нове запрошення.',
      ];
    case 'unrenewed':
      return [
        'Сервер не оновлює твоїх ключів, хоч мав би: вийди й увійди наново або перейди на інший сервер',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Твоє місце втрачено, тепер у тебе нове. ${missed(count)}`];
    case 'reopened':
      return ['Ти знову відкриваєш кімнату. Хто ще втратив з’єднання, увійде за тим самим запрошенням.'];
    case 'another-room':
      return [
        'Це вхід наново, але до іншої кімнати з тим самим ключем і паролем, яку відкриває ',
        alias,
        ': скільки повідомлень надійшло тим часом, не скаже ніхто',
      ];
    case 'missing':
      return [
        alias,
        plural(count, {
          one: ': бракує # повідомлення',
          few: ': бракує # повідомлень',
          many: ': бракує # повідомлень',
        }),
      ];
    case 'timer':
      return count > 0
        ? [
            other,
            ` установлює час від надходження повідомлення до його зникнення: ${lasting(count)}. ${TIMER_BINDS}`,
          ]
        : [other, ' скасовує зникнення: відтепер повідомлення лишаються'];
    case 'closing':
      return [
        `Сервер перезапуститься за ${plural(count, { one: '# секунду', few: '# секунди', many: '# секунд' })}: тоді розмову буде завершено для всіх. Після цього відкрий кімнату наново.`,
      ];
    case 'unreadable':
      return who ? [alias, ': повідомлення не вдалося прочитати'] : ['Повідомлення не вдалося прочитати'];
    case 'unsent':
      return [alias, ' відкликає повідомлення'];
    case 'unshowable':
      return [alias, ' надсилає щось, чого ця сторінка не може показати'];
    case 'differs':
      return [
        'Те, що бачить ',
        alias,
        ', відрізняється від того, що бачиш ти: сервер показує вам різне. Запитайте одне одного іншим каналом і перейдіть на інший сервер',
      ];
    case 'contradicted':
      return [
        'Те, що каже сервер, не узгоджується з тим, що він казав раніше: якщо так триватиме, перейди на інший сервер',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Частина цієї сторінки не завантажилася: схожі псевдоніми тут не позначено. Усе інше працює.';
    case 'too-much':
      return 'Це задовге, щоб надіслати, або забагато за раз. Скороти або зачекай, доки піде все, що чекає.';
    case 'not-loaded':
      return 'Частина цієї сторінки, потрібна для надсилання, не завантажилася. Надішли це за мить ще раз.';
    case 'not-yours':
      return `Це може зробити лише той, хто веде кімнату, а веде її ${note.keeper || UNNAMED}. Попроси цю людину про це або про ведення кімнати.`;
    case 'nobody':
      return `Нікого на ім’я ${note.alias} тут немає. Подивися в списку учасників, як це пишеться.`;
    case 'several':
      return `${plural(note.count, { one: '# учасник має', few: '# учасники мають', many: '# учасників мають' })} псевдонім ${note.alias}. Скажи, хто саме: ${note.alias} 1 чи ${note.alias} 2.`;
    case 'gone':
      return 'Цієї людини тут уже немає.';
    case 'no-voice':
      return 'Цю людину можна вилучити лише новим паролем: напиши /relock.';
    case 'number':
      return `Твій номер: ${note.number}. Прочитай його іншим уголос; кожен звірить його командою /verify.`;
    case 'not-carried-out':
      return 'Твоє місце тим часом втрачено: твій наказ у кімнаті не виконано. Дай його ще раз.';
    case 'relock-failed':
      return 'Новий пароль створити не вдалося. Якщо кімнату для цього було замкнено, вона лишається замкненою: спробуй ще раз командою /relock або відімкни її командою /unlock.';
    case 'relock-crossed':
      return 'Хтось інший у ту саму мить дав кімнаті новий пароль. Якщо кімнату для цього було замкнено, вона лишається замкненою: відімкни її командою /unlock.';
    case 'unwhispered':
      return 'Тобі ніхто не шепотів.';
    case 'whisperer-gone':
      return 'Тут уже немає того, хто востаннє шепотів тобі.';
    case 'yourself':
      return 'Це ти.';
    case 'away':
      return `${note.alias} тимчасово без зв’язку. Спробуй ще раз, коли в списку учасників цього вже не буде.`;
    case 'unnamed':
      return 'Ця людина не має з тобою спільних ключів. Зачекай, доки в списку учасників буде видно, що вона готова.';
    case 'no-line':
      return 'Цього повідомлення тут уже немає, або ті, кому ти пишеш, ніколи його не мали.';
    case 'former-voice':
      return 'Це сказано до твого входу наново: відкликати вже не можна.';
    case 'amiss':
      return 'На цій сторінці щось пішло не так, і твоя остання дія могла не відбутися. Спробуй ще раз; якщо не допоможе, вийди й увійди знову.';
    case 'untold':
      return 'Твоя дія з повідомленням не дійшла до інших: спробуй ще раз.';
    case 'perhaps-untold':
      return 'Можливо, твоя дія з повідомленням не дійшла до інших: запитай їх, перш ніж спробувати ще раз.';
    case 'ignored':
      return `Ти більше не бачиш нічого, що каже ${note.alias}, і ніхто про це не дізнається. Напиши ще раз /ignore ${note.alias}, щоб скасувати це.`;
    case 'heeded':
      return `Ти знову бачиш, що каже ${note.alias}.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Хтось у кімнаті має цей псевдонім: вибери інший.';
    case 'keyless':
      return 'У тебе більше немає ключа до кімнати, і ніхто не зміг би прочитати твій інший псевдонім. Вийди й попроси нове запрошення.';
    case 'slip':
      return 'Команда починається з /, а інший текст — зі слова.';
    case 'no-command':
      return `Команди /${note.name} немає. Напиши /help, щоб побачити, які є.`;
  }
}

export const correctUsage = (usage: string): string => `Напиши ${usage}.`;
export const nothingAfter = (usage: string): string => `Напиши ${usage} і більше нічого.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'ПСЕВДОНІМ',
  name: 'ІМ’Я',
  member: 'ПСЕВДОНІМ',
  text: 'ТЕКСТ',
  farewell: '[ПРОЩАННЯ]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'шепнути комусь одному',
  r: 'шепнути у відповідь тому, хто востаннє шепотів тобі; Alt+R перемикає туди',
  me: 'сказати, що ти робиш',
  alias: 'взяти інший псевдонім',
  ignore: 'більше нічого не бачити від когось або знову бачити все; ніхто про це не дізнається',
  exit: 'вийти з кімнати',
  kick: 'вигнати когось і дати кімнаті новий пароль',
  stop: 'закрити кімнату для всіх',
  lock: 'більше нікого не впускати або впускати знову',
  relock: 'дати кімнаті новий пароль',
  timer: 'нехай сказане відтепер зникає за цей час або лишається',
  keeper: 'передати комусь ведення кімнати',
  verify: 'звірити чийсь номер',
  number: 'показати власний номер',
  slash: 'почати повідомлення з косої риски',
};
export const HELP_END = [
  'Повідомлення можна писати в Markdown (**жирний** *курсив* `код` > цитата - список) і в HTML.',
  'Двічі натисни Esc або секунду тримай палець на зображенні вгорі: миттєвий вихід на порожню сторінку. Без жодних запитань.',
];

// Messages.

export const SHOW_MESSAGE = 'Показати';
export const SHOW_ALL = 'Показати все';
export const marksDropped = (count: number) => `[не показано знаків: ${number(count)}]`;
export const LONG_MESSAGE = 'Довге повідомлення';
export const CODE_BLOCK = 'Код';
export const TABLE = 'Таблиця';
export const GAUGE = 'Шкала';
export const NO_IMAGE = '[зображення не показано]';
export const noImageOf = (alt: string) => `[зображення не показано: ${alt}]`;
