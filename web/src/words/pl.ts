// All words of the page in Polish: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('pl');

// The documents.

export const LANGUAGE = 'pl';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Spróbuj ponownie';
export const OVER = 'Rozmowa skończona.';
export const NOTHING_KEPT = 'Nic z niej nie zostaje: ani tutaj, ani na serwerze.';
export const BACK = 'Wróć do wejścia';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Jesteś już poza pokojem.',
  kicked: 'Wyrzucono cię z pokoju. Poproś kogoś z pokoju o nowe zaproszenie, jeśli masz wrócić.',
  stopped: 'Pokój zamknięto. Rozmowa skończyła się dla wszystkich. Żeby rozmawiać dalej, otwórz nowy pokój.',
  'put-out':
    'Serwer usunął cię z pokoju. Nie dało się sprawdzić, czy zlecił to ktoś, komu wolno. Zapytaj pozostałych inną drogą i wejdź ponownie z zaproszeniem.',
  'left-out':
    'Pokój ma nowe hasło i według serwera nie należysz do osób, które je dostały. Poproś kogoś z pokoju o nowe zaproszenie.',
  'stopped-by-host':
    'Pokój zamknął ten, kto utrzymuje serwer. Rozmowa skończyła się dla wszystkich. Otwórz nowy pokój albo zapytaj o powód.',
  'stopped-unread':
    'Serwer twierdzi, że pokój zamknięto. Nie dało się sprawdzić, czy zlecił to ktoś, komu wolno. Zapytaj pozostałych inną drogą i otwórz nowy pokój.',
  'stopped-away':
    'Serwer podaje, że pokój zamknięto, gdy nie było u ciebie połączenia. Tego, co w tym czasie powstało u ciebie, nikt nie przeczytał. Rozmowa skończyła się dla wszystkich. Żeby rozmawiać dalej, otwórz nowy pokój.',
  'too-slow':
    'Twoje połączenie było zbyt wolne i nie nadążało za pokojem. Wejdź ponownie z zaproszeniem, przez lepsze łącze.',
  flooding:
    'Z twojej strony przyszło za dużo za szybko i serwer zakończył połączenie. Wejdź ponownie z zaproszeniem i wysyłaj mniej naraz.',
  'resumed-elsewhere':
    'Twoje miejsce w pokoju przejęło inne połączenie. Jeśli to nie twoja własna strona, ostrzeż pozostałych i otwórz nowy pokój.',
  'shutting-down':
    'Serwer się wyłącza. Rozmowa skończyła się dla wszystkich. Otwórz nowy pokój, gdy serwer znów ruszy.',
  malformed:
    'Serwer nie zrozumiał tej strony i zakończył połączenie. Odśwież stronę i wejdź ponownie z zaproszeniem.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 wyrzuca cię z pokoju. Poproś tę osobę o nowe zaproszenie, jeśli masz wrócić.`,
  stopped: who =>
    `\u2068${who}\u2069 zamyka pokój. Rozmowa skończyła się dla wszystkich. Żeby rozmawiać dalej, otwórz nowy pokój.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Brak połączenia',
  deriving: 'Powstają klucze…',
  connecting: 'Łączenie…',
  room: 'Połączono',
  reconnecting: 'Ponowne łączenie…',
  over: 'Rozłączono',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Język';
export const LEAD = 'Pokój szyfrowany od końca do końca. Nic z niego nie zostaje.';
export const ROOM_KEY = 'Klucz pokoju';
export const ALIAS = 'Pseudonim';
export const ALIAS_HINT = 'Nazwa, którą widzą inni.';
export const OPEN_ROOM = 'Otwórz pokój';
export const OPEN_ROOM_HINT = 'Klucz i hasło powstaną same.';
export const HAVE_INVITATION = 'Mam zaproszenie';
export const INVITATION_HINT = 'Link albo klucz pokoju i hasło.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Hasło';
export const ENTER_ROOM = 'Wejdź do pokoju';
export const OPTIONS = 'Opcje';
export const OWN_ROOM_KEY = 'Własny klucz pokoju';
export const OWN_ROOM_KEY_HINT = 'Zostaw puste, a powstanie sam.';
export const OWN_PASSWORD = 'Własne hasło';
export const OWN_PASSWORD_HINT = 'Zostaw puste, a powstanie takie, którego nikt nie odgadnie.';
export const CODE = 'Kod do otwierania pokoi';
export const APPEARANCE = 'Jasno czy ciemno';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Jak w urządzeniu', light: 'Jasno', dark: 'Ciemno' })[theme];
export const TEXT_SIZE = 'Wielkość tekstu';
export const percent = (size: string): string => `${size}%`;
export const SHOW = 'Pokaż';
export const SHOW_CHARACTERS = 'Pokaż znaki';
export const HIDE = 'Ukryj';
export const HIDE_CHARACTERS = 'Ukryj znaki';
export const invited = <E>(room: E): Pieces<E> => ['Masz zaproszenie do pokoju ', room, '. '];
export const USE_ANOTHER_ROOM = 'Wybierz inny pokój';
export const WHO_MODERATES = 'Kto może moderować pokój?';
export const KEEPER_ALONE = 'Tylko osoba prowadząca';
export const EVERY_MEMBER = 'Każda osoba w pokoju';
export const OPEN_ANEW = 'Otwórz pokój z tym kluczem';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Otworzyć nowy pokój z kluczem ',
  key,
  '? Nie będzie tam nikogo prócz ciebie, dopóki ktoś nie przyjdzie z tym samym kluczem i hasłem.',
];

export const PLAIN_HTTP = 'Ta strona przyszła przez zwykłe http';
export const PLAIN_HTTP_MORE =
  'Wiadomości i tak szyfruje twoja przeglądarka, a serwer nie może ich odczytać. Ale kto panuje nad siecią między tobą a serwerem, mógłby po drodze zmienić tę stronę i czytać razem z wami. W sieci, której nie ufasz, użyj https albo VPN.';

export const MAKING_KEYS = 'Powstają klucze';
export const PASSWORD_IS_STRETCHED =
  'Z hasła powstają klucze, tutaj, w twojej przeglądarce; hasło nigdy jej nie opuszcza.';
export const percentDone = (percent: number) => `Powstają klucze… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Powstają klucze… ${number(percent)}%, jeszcze ${number(seconds)} s`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'minuty', few: '# minut', many: '# minut' });
  const plain = secure ? '' : ' Przez https własnej kryptografii przeglądarki wystarczyłaby sekunda.';
  return `To potrwa około ${time}, bo ta przeglądarka wolno wykonuje skrypty: bez kompilatora, jak w trybie blokady albo przy zaostrzonych ustawieniach, lub na wolnym urządzeniu.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Nie ma wejścia: takiego pokoju nie ma albo hasło się nie zgadza. Być może pokój ma nowe hasło i starsze zaproszenia straciły ważność: poproś o nowe.',
  taken: 'Pokój z tym kluczem jest już otwarty. Wejdź z zaproszeniem do niego albo wybierz inny klucz.',
  'alias-in-use': 'Ktoś w pokoju ma już ten pseudonim. Wybierz inny.',
  full: 'Pokój jest pełny. Spróbuj ponownie, gdy ktoś wyjdzie.',
  locked: 'Pokój jest zaryglowany. Poproś kogoś w środku, żeby go odryglował.',
  busy: 'Serwer jest zajęty albo z twojego adresu przyszło zbyt wiele prób. Poczekaj chwilę i spróbuj ponownie.',
  malformed: 'Serwer nie zrozumiał tej strony. Odśwież ją i spróbuj ponownie.',
  'needs-code': 'Żeby otworzyć tu pokój, trzeba kodu. Poproś o niego tego, kto utrzymuje serwer.',
  'not-from-here':
    'Pokoje otwiera się tu tylko z sieci serwera. Zapytaj tego, kto go utrzymuje, albo połącz się stamtąd.',
  unreachable: 'Serwer jest nieosiągalny. Sprawdź połączenie i spróbuj ponownie.',
  'not-loaded':
    'Część tej strony się nie załadowała. Sprawdź połączenie, zezwól na nią, jeśli jakieś rozszerzenie wstrzymuje skrypty, i spróbuj ponownie.',
  'no-worker':
    'Worker, który tworzy klucze, derive.js, nie ruszył. Wstrzymuje go jakieś rozszerzenie albo coś po drodze: zezwól na niego na tej stronie lub spróbuj w innej przeglądarce.',
  'break-over':
    'Połączenia nie było przez pół godziny: rozmowa i hasło są wymazane. Żeby wejść ponownie, podaj hasło jeszcze raz.',
  'grace-over':
    'Połączenia nie było zbyt długo i twoje miejsce w pokoju przepadło. Wejdź ponownie z zaproszeniem.',
  kicked:
    'Gdy nie było połączenia, usunięto cię z pokoju. Poproś kogoś z pokoju o nowe zaproszenie, jeśli masz wrócić.',
  'room-gone':
    'Gdy nie było połączenia, pokój zamknięto. Otwórz go ponownie z tym samym kluczem i hasłem albo otwórz nowy.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Ten serwer zaraz uruchomi się ponownie i nie otwiera pokoi. Spróbuj ponownie za kilka minut.',
  'false-room':
    'To, co pokazuje serwer, nie jest pokojem, który otwiera to hasło. Nie powierzaj hasła temu serwerowi: zapytaj tego, kto go utrzymuje.',
  'bad-room-key': 'Klucz pokoju ma 8 liter i cyfr, jak K7QM-4XZD. Porównaj go z zaproszeniem.',
};

const inBytes = (bytes: number): string => plural(bytes, { one: '# bajt', few: '# bajty', many: '# bajtów' });

export const badPassword = (characters: number, bytes: number): string =>
  `Hasło do otwarcia pokoju ma co najmniej ${plural(characters, { one: '# znak', few: '# znaki', many: '# znaków' })} i co najwyżej ${inBytes(bytes)}.`;

export const tryAgainIn = (seconds: number): string => `Za ${counted(seconds)} możesz spróbować ponownie.`;
export const TRY_AGAIN_NOW = 'Możesz już spróbować ponownie.';

export const CHOSEN_PASSWORD =
  'Wymyślone hasło da się odgadnąć: kto utrzymuje serwer albo zapisze jedno wejście, może wypróbować tyle haseł, ile zdołają jego maszyny. Bezpieczne jest tylko wygenerowane.';

export const OFFLINE =
  'To urządzenie jest offline. Połącz je z siecią, w której jest serwer, i spróbuj ponownie.';

export const WRONG_CODE =
  'To nie jest kod do otwierania tu pokoi; wielkość liter ma znaczenie. Poproś o niego tego, kto utrzymuje serwer.';

/** In the genitive. */
const ALPHABETS: Record<string, string> = {
  Latin: 'łacińskiego',
  Greek: 'greckiego',
  Cyrillic: 'cyrylickiego',
};

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Pseudonim może mieć od 1 do ${number(error.most)} znaków.`;
    case 'slash':
      return 'Pseudonim nie może zaczynać się od „/”.';
    case 'space':
      return `Pseudonim nie może mieć spacji (${codePoint}).`;
    case 'unseen':
      return `Pseudonim nie może mieć niewidocznych znaków (${codePoint}).`;
    case 'unknown':
      return `Nie każde urządzenie zna znak ${codePoint}.`;
    case 'enclosing':
      return `Pseudonim nie może mieć znaków rysowanych wokół innych (${codePoint}).`;
    case 'marks':
      return `Znak „◌${character}” (${codePoint}) to o jeden za dużo na tej literze.`;
    case 'baseless':
      return `Znak „◌${character}” (${codePoint}) nie ma litery, na której mógłby stać.`;
    case 'mixed':
      return `„${character}” (${codePoint}, z alfabetu ${ALPHABETS[error.alphabet]}) nie może stać obok liter alfabetu ${ALPHABETS[error.beside]}.`;
    case 'joiner':
      return `Łącznik ${codePoint} niczego nie zmienia tam, gdzie stoi.`;
    case 'emoji':
      return `${codePoint} nie tworzy tam emoji, które zna każde urządzenie.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'Link do tej strony uszkodził się po drodze (być może jest w nim „%23” zamiast krzyżyka), przez co twoja przeglądarka wysłała zaproszenie z hasłem na serwer. Serwer nic z niego nie zachowuje, ale mógł je przeczytać, podobnie jak proxy albo jego dziennik. Nie używaj już tego hasła: niech ktoś otworzy pokój od nowa z innym, a ty poproś o zaproszenie i wklej je tutaj.';
export const INVITATION_BROKEN =
  'W tym linku nie ma całego zaproszenia: czegoś brakuje albo coś dodano. Poproś o nie jeszcze raz lub wpisz klucz pokoju i hasło ręcznie.';
export const INVITATION_TOO_LONG =
  'Wklejony tekst jest za długi na zaproszenie i został pominięty. Wklej sam link.';
export const invitationElsewhere = (there: string, here: string) =>
  `To zaproszenie prowadzi do pokoju na ${there}, a ta strona jest na ${here}. Jeśli to nie ten sam serwer, otwórz link tam.`;

const OPERATOR = 'Kto utrzymuje serwer, może to naprawić: ';

const PASS_HOST = 'w nginx „proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}w sanctuary.toml musi być hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `Serwer jest, ale WebSocket, który niesie rozmowę, nie przechodzi. Wstrzymuje go proxy, filtr albo rozszerzenie. ${OPERATOR}proxy musi przekazywać Upgrade i Connection; w nginx „proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”.`,
  origin: ({ origin, hostname }: Location) =>
    `Serwer odrzuca tę stronę, bo jest pytany pod inną nazwą niż ${origin}: proxy zmienia Host. ${OPERATOR}proxy musi przekazywać Host, ${PASS_HOST}${named(hostname, ', a ')}; albo w sanctuary.toml musi być origins = ["${origin}"].`,
  host: ({ hostname }: Location) =>
    `Serwer jest pytany pod nazwą, na którą nie odpowiada: zmieniły się jego ustawienia albo proxy zmienia Host. ${OPERATOR}proxy musi przekazywać Host, ${PASS_HOST}${named(hostname, '; a ')}.`,
  full: 'Serwer ma już tyle połączeń, ile przyjmuje, w sumie albo z twojego adresu. Zamknij inne karty z nim lub poczekaj chwilę i spróbuj ponownie.',
  gone: (status: number) =>
    `Coś przed serwerem odpowiada ${status}: sam serwer nie działa albo jest stamtąd nieosiągalny. Spróbuj ponownie później. ${OPERATOR}usługa musi działać i nasłuchiwać tam, gdzie szuka jej proxy.`,
  elsewhere:
    'Coś w sieci kieruje połączenia tej strony gdzie indziej, być może do strony logowania. Odśwież stronę i spróbuj ponownie.',
  other: (status: number, path: string) =>
    `Coś przed serwerem odpowiada za niego ${status}, gdy strona pyta o ${path}. ${OPERATOR}proxy musi przekazywać wszystko, co leży pod ścieżką strony, bez własnego logowania.`,
};

// The room.

export const ROOM = 'Pokój';
export const roomIs = <E>(key: E): Pieces<E> => ['Pokój ', key];
export const hereAre = (count: number): string => `${number(count)} tutaj`;
export const MORE = 'Więcej';
export const LOCKED = 'zaryglowany';
export const LOCKED_MORE = 'Nikt więcej nie wejdzie.';
export const INVITE = 'Zaproś';
export const LOCK = 'Zarygluj';
export const UNLOCK = 'Odrygluj';
export const SETTINGS = 'Ustawienia';
export const SETTINGS_KEPT = 'Wszystko to zniknie z pamięci, gdy karta zostanie zamknięta.';
export const SOUND = 'Dźwięk przy szeptach i wzmiankach';
export const NOTIFY = 'Powiadomienie o nich, bez ich treści';
export const NOT_NOTIFIED =
  'Ta przeglądarka nie pokazuje powiadomień tej strony. Zezwól na nie i włącz je jeszcze raz.';
export const NOTIFIED = { whisper: 'Ktoś do ciebie szepcze', mention: 'Ktoś o tobie wspomina' };
export const TIMER = 'Znikające wiadomości';
export const TIMER_AFTER = 'Jak długo zostaje to, co padnie od teraz';
export const TIMER_NEVER = 'Do końca';
export const TIMER_BINDS = 'Uczciwe strony się do tego stosują; nieuczciwej nikt nie zmusi, żeby zapomniała.';
export const TIMER_SET = 'Ustaw dla wszystkich';
export const fadesAfter = (time: string): string =>
  `Czas od nadejścia wiadomości do jej zniknięcia: ${time}.`;
export const FADING_MORE = 'Wtedy ta wiadomość zniknie z każdej strony, która się do tego stosuje.';
export const SEEING = 'Kto co widzi';
export const THIS_CONNECTION = 'Po drodze';
export const OVER_HTTPS =
  'Ta strona przyszła przez https. Sieci i proxy po drodze widzą, kto jest połączony z tym serwerem, kiedy i ile danych płynie w obie strony; nikt tam niczego nie czyta ani nie zmienia, jeśli certyfikat naprawdę należy do serwera.';
export const OVER_LOOPBACK =
  'Tę stronę otwarto pod adresem tego samego urządzenia. Czy tunel albo proxy prowadzi stąd do innego, tego strona nie może wiedzieć.';
export const OVER_ONION =
  'Tę stronę otwarto pod adresem onion. Tor szyfruje wszystko aż do swojego końca przy serwerze i ukrywa, skąd się łączysz.';
export const OVER_HTTP =
  'Ta strona przyszła przez zwykłe http. Sieci i proxy po drodze widzą wszystko, co widzi serwer; słowa są zaszyfrowane także przed nimi. Ale kto panuje nad którymś z nich, mógł po drodze zmienić tę stronę tak, żeby wszystko mu zdradziła. W sieci, której nie ufasz, użyj https albo VPN.';
export const THE_SERVER = 'Kto utrzymuje serwer';
export const serverSees = (host: string): string =>
  `Kto utrzymuje ${host}, widzi klucz pokoju, ile osób w nim jest i z jakich adresów, kiedy ktoś coś mówi i mniej więcej jak wiele oraz kto do kogo szepcze. Hasła, pseudonimów ani słów nie widzi. Ale i ta strona pochodzi stamtąd, a inna na jej miejscu mogłaby zdradzić mu wszystko: trzeba serwera kogoś, komu ufasz.`;
export const PROTECTIONS = [
  'jego pamięć jest przypięta i nigdy nie trafia na dysk',
  'awaria nie zostawia kopii pamięci',
  'działa bez uprawnień administratora',
  'nie może dostać dalszych uprawnień',
  'nie otwiera plików pokoi ani własnych połączeń',
  'może prosić system o niewiele',
  'nie czyta z żadnego terminala',
];
export const PROTECTED = 'Serwer mówi o sobie, że nie prowadzi dziennika i że:';
export const UNPROTECTED = 'To nie obowiązuje tam wcale albo nie w pełni:';
export const THE_MEMBERS = 'Osoby w pokoju';
export const MEMBERS_SEE =
  'Wszyscy tutaj czytają to, co mówi się do wszystkich, od chwili swojego wejścia; szept czyta ta osoba, do której trafia. Każdy może zachować to, co czyta.';
export const STAYS = 'Wiadomości zostają do wyjścia z rozmowy.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [keeper, ` prowadzi pokój: tylko osoba prowadząca może ${OFFICE}, a także przekazać prowadzenie.`]
    : [`Każda osoba może ${OFFICE}. Przekazać prowadzenie może tylko `, keeper, '.'];
const OFFICE =
  'wyrzucać osoby, ryglować pokój, nadawać mu nowe hasło, ustawiać znikanie wiadomości i zamknąć go dla wszystkich';
export const DRAWN_PASSWORD = 'Ma postać wygenerowanego, którego nikt nie odgadnie.';
export const WHO_IS_WHO = 'Kto jest kim';
export const TICK_THOSE = 'Zaznacz osoby, których numer jest dokładnie tym, który czytają na głos:';
export const NO_TRACE = 'Bez śladu';
export const NO_TRACE_MORE =
  'Nic nie jest zapisywane, ani tutaj, ani na serwerze; przeglądarka może pamiętać, że była pod tym adresem. Naciśnij Esc dwa razy z rzędu albo przytrzymaj przez sekundę palec na obrazku u góry: wszystko zostanie wymazane, a zamiast tego pojawi się tu pusta strona.';
export const VANISH = 'Zniknij na pustą stronę';
export const STOP_ROOM = 'Zamknij dla wszystkich';
export const LEAVE = 'Wyjdź';
export const askKick = <E>(alias: E): Pieces<E> => ['Wyrzucić z pokoju osobę ', alias, '?'];
export const GIVE_NEW_PASSWORD = 'Nadaj pokojowi nowe hasło, żeby stare zaproszenie już go nie otwierało';
export const PASSWORD_GOES_TO = 'Nowe hasło dostaną';
export const PASSWORD_GOES_TO_NOBODY = 'Nowego hasła nie dostanie nikt inny.';
export const RELOCK = 'Nowe hasło';
export const ASK_RELOCK = 'Nadać pokojowi nowe hasło? Wcześniejsze zaproszenia nikogo już nie wpuszczą.';
export const NOT_READ = 'Usunięte zostaną osoby, których wizytówek ta strona nie umie odczytać.';
export const RELOCKING = 'Pokój dostaje nowe hasło…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['Numer osoby ', alias];
export const VERIFY_HOW =
  'Niech przeczyta ci go na głos, przez telefon albo twarzą w twarz, osoba, którą znasz. Jeśli to ten numer, nikt nie stoi między wami, serwer też nie.';
export const IS_SAME_NUMBER = 'Ten numer został przeczytany na głos';
export const YOUR_NUMBER = 'Twój własny numer, do przeczytania na głos:';
export const VERIFY = 'Sprawdź';
export const ALL_VERIFIED = 'sprawdzono';
export const ALL_VERIFIED_MORE = 'Numery wszystkich osób zostały przez ciebie porównane.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Otwarcie pokoju: ', alias, ', ', time];
export const ASK_STOP = 'Zamknąć pokój? Rozmowa skończy się dla wszystkich i nic z niej nie zostanie.';

export const CANCEL = 'Anuluj';

export const MEMBERS = 'Osoby w pokoju';
export const MARKS = {
  you: 'ty',
  keeper: 'prowadzi',
  away: 'poza zasięgiem',
  verified: 'sprawdzono',
  differs: 'widzi inny pokój',
  'not-ready': 'prawie gotowe',
  unreadable: 'nieczytelne',
  'shut-out': 'usunięto',
  ignored: 'ignorujesz',
};
export const MARKS_MORE = {
  verified: 'Numer tej osoby został przez ciebie porównany.',
  differs: 'Ta osoba widzi co innego niż ty: serwer pokazuje wam różne rzeczy.',
  'not-ready': 'Ta osoba musi się jeszcze pokazać pod nowym hasłem.',
  unreadable:
    'To, co serwer pokazuje o tej osobie, jest odrzucane: ona nic nie słyszy od ciebie, a ty od niej.',
  ignored: 'Nie widzisz nic z tego, co ta osoba mówi.',
  'shut-out': 'Ktoś z pokoju usunął tę osobę, ale serwer trzyma ją w środku: nic już do niej nie trafia.',
};
export const doingsWith = (alias: string): string => `Co zrobić z osobą ${alias}`;
export const WHISPER = 'Szepnij';
export const KICK = 'Wyrzuć';
export const IGNORE = 'Ignoruj';
export const HEED = 'Przestań ignorować';
export const MAKE_KEEPER = 'Przekaż prowadzenie';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Przekazać prowadzenie pokoju osobie ',
  alias,
  '? Tylko ona będzie mogła je oddać.',
];

export const UNNAMED = '(bez nazwy)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'wygląda jak ty',
  page: 'to czyjś pseudonim',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['wygląda jak ', alias];
export const OTHER_CHARACTERS = 'Zapis innymi znakami.';

export const OWN_WORDS = [
  ...[
    'ty',
    'prowadzi',
    'prowadząca',
    'prowadzący',
    'zaryglowany',
    'sprawdzono',
    'nieczytelne',
    'usunięto',
    'ignorujesz',
    'sanctuary',
    'system',
    'serwer',
    'server',
  ],
];

export const INVITATION = 'Zaproszenie';
export const INVITATION_LINK = 'Link z zaproszeniem';
export const COPY = 'Kopiuj';
export const CLOSE = 'Zamknij';
export const NEW_INVITATION = 'Pokój ma nowe hasło: to jest nowy link, a starsze nikogo już nie wpuszczą.';
export const COPIED = 'Skopiowano';
export const ADDRESS_FOR_OTHERS =
  'Ta strona jest u ciebie otwarta pod adresem, który działa tylko na tym urządzeniu. Inni znajdą ją pod adresem';
export const THIS_MACHINE_ALONE =
  'Ten link prowadzi tu tylko z tego urządzenia. Żeby zaprosić innych, otwórz stronę pod adresem, który oni też mogą otworzyć, albo przeczytaj im kody na głos.';
export const SHARE = 'Udostępnij';
export const PRINT = 'Drukuj';
export const QR = 'Zaproszenie jako kod QR';
export const PASS_ON_WITH_CARE = 'Kto ma ten link, może wejść: przekazuj go z rozwagą.';
export const COPY_BY_HAND = 'Skopiuj link ręcznie. Kto go ma, może wejść: przekazuj go z rozwagą.';

// A broken connection.

export const BROKEN = 'Połączenie jest przerwane. To, co piszesz, czeka na twój powrót.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Twoje miejsce przepadło, a pokój jest zaryglowany. Wejdziesz automatycznie, gdy ktoś w środku go odrygluje.',
  full: 'Twoje miejsce przepadło, a pokój jest pełny. Wejdziesz automatycznie, gdy ktoś wyjdzie.',
  'alias-in-use':
    'Twoje miejsce przepadło, a twój pseudonim ma teraz w pokoju ktoś inny. Poczekaj, aż ta osoba wyjdzie; albo skopiuj zaproszenie, wyjdź i wejdź z nim pod innym pseudonimem.',
  'room-gone':
    'Pokoju już nie ma: przepadło w nim ostatnie miejsce. Możesz go ponownie otworzyć z tym samym kluczem i hasłem, żeby prowadziło tam to samo zaproszenie.',
  'no-entry':
    'Pokoju już nie ma albo ma inne hasło: z twoim nikt nie wejdzie. Jeśli go nie ma, możesz go ponownie otworzyć z tym samym kluczem i hasłem.',
  'another-password':
    'Twoje zaproszenie straciło ważność: pokój ma inne hasło. Poproś kogoś w środku o nowe zaproszenie.',
  'needs-code':
    'Pokoju już nie ma, a do ponownego otwarcia trzeba kodu. Poproś o niego tego, kto otwierał pokój albo utrzymuje serwer; skopiuj zaproszenie, wyjdź i otwórz pokój z kodem.',
  'not-from-here':
    'Pokoju już nie ma, a pokoje otwiera się tu tylko z sieci serwera. Skopiuj zaproszenie, wyjdź i zapytaj tego, kto utrzymuje serwer.',
  draining:
    'Pokoju już nie ma, a ten serwer zaraz uruchomi się ponownie i nie otwiera pokoi. Otwórz go ponownie za kilka minut.',
};
export const nextTryIn = (seconds: number): string => `Następna próba za ${number(seconds)} s.`;
export const TRYING = 'Trwa próba…';
export const TRY_NOW = 'Spróbuj teraz';
export const OPEN_IT_AGAIN = 'Otwórz ponownie';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'Wszystko to zostaje do ',
  time,
  ', a potem będzie wymazane.',
];

export const LOSSES = {
  room: 'Prócz ciebie nikogo tu nie ma: pokój skończy się z twoim wyjściem.',
  draft: 'Twój tekst nie jest jeszcze wysłany.',
};
export const askLeave = (losses: string[]): string => `Wyjść? ${losses.join(' ')}`;

export const MESSAGE = 'Wiadomość';
export const SEND = 'Wyślij';
export const MESSAGE_TO_EVERYONE = 'Do wszystkich';
export const whisperTo = (alias: string): string => `Szept do osoby ${alias}`;
export const COMPOSER_HINT = 'Shift+Enter zaczyna nowy wiersz.';
export const COMPOSER_HINT_TOUCH = 'Enter zaczyna nowy wiersz, przycisk wysyła.';
export const FAREWELL_TO_ALL =
  'Pożegnanie czytają wszyscy: wróć do pisania do wszystkich, żeby je powiedzieć.';
export const ACTION_ANSWERS_NOTHING =
  'To, co robisz (/me), nie odpowiada na żadną wiadomość: napisz to jako wiadomość albo najpierw naciśnij „Nie odpowiadaj”.';
export const STAYS_HERE = 'Twój tekst zostaje tutaj.';
export const bytesLeft = (bytes: number): string => `Pozostało bajtów: ${number(bytes)}`;
export const TOO_LONG = 'Za długie, żeby wysłać.';
export const tooLongBy = (bytes: number): string => `Za długie o ${inBytes(bytes)}.`;
export const PROPOSALS = 'Podpowiedzi';
export const proposals = (count: number): string =>
  `${plural(count, { one: 'Jedna podpowiedź', few: '# podpowiedzi', many: '# podpowiedzi' })}: strzałki wybierają, Tab uzupełnia.`;
export const LIST_COMMANDS = 'pokazać listę poleceń';
export const COMMANDS = 'Polecenia';
export const MENTION = 'Wspomnij';
export const FORMAT = 'Formatowanie';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'B', name: 'Pogrubienie' },
  italic: { sign: 'I', name: 'Kursywa' },
  code: { sign: '<>', name: 'Kod' },
  list: { sign: '•', name: 'Lista' },
  quote: { sign: '❝', name: 'Cytat' },
  link: { sign: 'Link', name: 'Link' },
};
export const PREVIEW = 'Podgląd';
export const NOTHING_TO_PREVIEW = 'Tu widać, jak będzie wyglądać twoja wiadomość.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Szepczesz do osoby ', alias];
export const BACK_TO_EVERYONE = 'Wróć do wszystkich';

// Pictures.

export const PICTURE = 'Obraz';
export const ATTACH = 'Dołącz obraz';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Upuść tu obrazy, szeptem do osoby ', ...whom] : ['Upuść tu obrazy, dla wszystkich'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Obraz, szeptem do osoby ', ...whom] : ['Obraz, dla wszystkich'];
export const PREPARING = 'Zmniejszanie obrazu…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'Z animacji zostanie wysłany tylko pierwszy obraz.',
    more > 0 &&
      plural(more, { one: 'Czeka jeszcze jeden.', few: 'Czekają jeszcze #.', many: 'Czeka jeszcze #.' }),
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Opis';
export const DESCRIPTION_HINT = 'Co na nim widać?';
export const SEND_PICTURE = 'Wyślij obraz';
export const REMOVE = 'Usuń';
export const picturesLeftOut = (most: number, count: number): string =>
  `Naraz ${plural(most, { one: 'może czekać # obraz', few: 'mogą czekać # obrazy', many: 'może czekać # obrazów' })}: pominięto ${number(count)}.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' to nie obraz, a niczego innego nie da się wysłać.'];
    case 'svg':
      return [file, ' to rysunek SVG, w którym może być coś więcej niż obraz: zapisz go jako PNG.'];
    case 'kind':
      return [
        file,
        ' to obraz w formacie, którego ta przeglądarka nie umie odczytać: zapisz go jako JPEG albo PNG.',
      ];
    case 'large-file':
      return [file, ` ma więcej niż ${number(most.megabytes)} MB: najpierw zmniejsz obraz.`];
    case 'large-picture':
      return [file, ` ma więcej niż ${number(most.megapixels)} mln pikseli: najpierw zmniejsz obraz.`];
    case 'broken':
      return [
        file,
        ' nie daje się odczytać: jest uszkodzony albo w formacie, którego ta przeglądarka nie zna.',
      ];
    case 'noise':
      return [
        file,
        ' nie daje się zmniejszyć: ta przeglądarka broni przed rozpoznawaniem i zamiast tego, co rysuje strona, oddaje szum. Zezwól tej stronie na odczyt danych canvas albo użyj innej przeglądarki.',
      ];
    case 'too-small':
      return [
        file,
        ' nie daje się zmniejszyć tak, żeby zmieścił się w jednej wiadomości, jaką przyjmuje ten serwer.',
      ];
    case 'failed':
      return [
        file,
        ': nie udało się zmniejszyć obrazu. Może to urządzenie ma teraz za mało pamięci: spróbuj ponownie albo najpierw go zmniejsz.',
      ];
    case 'not-loaded':
      return [
        file,
        ': nie udało się zmniejszyć obrazu, bo część tej strony się nie załadowała. Spróbuj ponownie.',
      ];
  }
}

export const CONVERSATION = 'Rozmowa';
export const NEW_MESSAGES = 'Nowe wiadomości';
export const EARLIER_GONE = 'Wcześniejszych wiadomości już nie ma.';
export const sentAt = <E>(time: E): Pieces<E> => ['(wysłano o ', time, ')'];
export const DELIVERY = {
  sending: 'wysyłanie…',
  sent: '',
  delivered: 'dostarczono',
  failed: 'nie wysłano',
  unsure: 'być może nie wysłano',
};
export const REPLY = 'Odpowiedz';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `Co zrobić z wiadomością od osoby ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'Zareaguj…';
export const UNSEND = 'Cofnij wysłanie';
export const DISCARD = 'Odrzuć';
export const NOT_COPIED = 'Nie udało się skopiować';
export const ANSWERED_IS_GONE = 'Odpowiedź na wiadomość, której tu nie ma';
export const EMOJI = {
  '👍': 'kciuk w górę',
  '❤️': 'serce',
  '😂': 'śmiech',
  '🎉': 'świętowanie',
  '😮': 'zdumienie',
  '😢': 'płacz',
  '🙏': 'dziękuję',
  '👎': 'kciuk w dół',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all =
    more > 0
      ? [...aliases, plural(more, { one: '# inna osoba', few: '# inne osoby', many: '# innych osób' })]
      : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Pisze kilka osób…']
    : [...listed(aliases), aliases.length > 1 ? ' piszą…' : ' pisze…'];
export const TELL_TYPING = 'Pokazuj, kto pisze';
export const replyingTo = <E>(line: E): Pieces<E> => ['Odpowiedź na ', line];
export const NO_REPLY = 'Nie odpowiadaj';
export const NOBODY_ELSE = 'Nikogo innego tu jeszcze nie ma.';
export const INVITE_SOMEBODY = 'Zaproś kogoś';
export const MENTIONS_YOU = 'wspomina o tobie';
export const SAYS_FAREWELL = 'mówi na pożegnanie';
export const WHISPERS_TO_YOU = 'szepcze do ciebie';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['szepcze do osoby ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Podczas twojej nieobecności nie przyszła żadna wiadomość'
    : plural(count, {
        one: 'Podczas twojej nieobecności przyszła najwyżej jedna wiadomość',
        few: 'Podczas twojej nieobecności przyszły najwyżej # wiadomości',
        many: 'Podczas twojej nieobecności przyszło najwyżej # wiadomości',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `zniknie za ${counted(seconds)}`;
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
  ` (${plural(times, { one: '# raz', few: '# razy', many: '# razy' })})`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const are = (one: string, more: string) => (others.length > 0 ? more : one);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, are(' wchodzi', ' wchodzą')];
    case 'renamed':
      return [alias, ' nazywa się teraz ', other];
    case 'exit':
      return [...aliases, are(' wychodzi', ' wychodzą')];
    case 'gone':
      return [...aliases, are(' traci połączenie', ' tracą połączenie')];
    case 'kicked':
      return [other, ' wyrzuca z pokoju osobę ', alias];
    case 'put-out-unread':
      return [
        'Serwer twierdzi, że ',
        other,
        ' usuwa z pokoju osobę ',
        alias,
        '; nie można było tego jeszcze odczytać',
      ];
    case 'put-out':
      return ['Serwer twierdzi, że usunięto osobę ', alias, ', ale nikt w pokoju tego nie powiedział'];
    case 'shut-out':
      return [
        other,
        ' usuwa z pokoju osobę ',
        alias,
        ', ale serwer trzyma ją w środku: nic już do niej nie trafia',
      ];
    case 'left-out':
      return [other, ' nie daje nowego hasła osobie ', alias, ', która jest już poza pokojem'];
    case 'away':
      return [...aliases, are(' jest', ' są'), ' chwilowo poza zasięgiem'];
    case 'back':
      return [...aliases, are(' wraca', ' wracają')];
    case 'keeper':
      return by ? [by, ' przekazuje prowadzenie pokoju osobie ', alias] : [alias, ' prowadzi teraz pokój'];
    case 'handed-unread':
      return [
        'Serwer twierdzi, że ',
        other,
        ' przekazuje prowadzenie pokoju osobie ',
        alias,
        '; nie można było tego jeszcze odczytać',
      ];
    case 'keeper-unsaid':
      return [
        'Serwer twierdzi, że pokój prowadzi teraz ',
        alias,
        ', ale nie wynika to z zasad pokoju i nikt w nim tego nie mówi',
      ];
    case 'locked':
      return by
        ? [by, ' rygluje pokój: nikt więcej nie wejdzie']
        : ['Pokój jest zaryglowany: nikt więcej nie wejdzie'];
    case 'unlocked':
      return by ? [by, ' odryglowuje pokój'] : ['Pokój jest odryglowany'];
    case 'relocked':
      return by
        ? [by, ' nadaje pokojowi nowe hasło: starsze zaproszenia nikogo już nie wpuszczą']
        : ['Pokój ma nowe hasło: starsze zaproszenia nikogo już nie wpuszczą'];
    case 'keyless':
      return [
        'Pokój ma nowe hasło, którego nie masz: nie możesz nikogo zaprosić ani odczytać, kto pojawi się od teraz. Wyjdź i poproś o nowe zaproszenie.',
      ];
    case 'unrenewed':
      return [
        'Serwer nie odnawia twoich kluczy, choć powinien: wyjdź i wejdź na nowo albo przejdź na inny serwer',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Twoje miejsce przepadło i zajmujesz teraz nowe. ${missed(count)}`];
    case 'reopened':
      return ['Otwierasz pokój ponownie. Kto jeszcze stracił połączenie, wejdzie z tym samym zaproszeniem.'];
    case 'another-room':
      return [
        'To wejście na nowo, ale do innego pokoju z tym samym kluczem i hasłem, który otworzyła osoba ',
        alias,
        ': ile wiadomości w tym czasie przeszło, nikt nie wie',
      ];
    case 'missing':
      return [
        plural(count, {
          one: 'Brakuje jednej wiadomości od osoby ',
          few: 'Brakuje # wiadomości od osoby ',
          many: 'Brakuje # wiadomości od osoby ',
        }),
        alias,
      ];
    case 'timer':
      return count > 0
        ? [
            other,
            ` ustawia czas od nadejścia wiadomości do jej zniknięcia: ${lasting(count)}. ${TIMER_BINDS}`,
          ]
        : [other, ' wyłącza znikanie wiadomości: odtąd zostają'];
    case 'closing':
      return [
        `Serwer uruchomi się ponownie za ${plural(count, { one: 'sekundę', few: '# sekundy', many: '# sekund' })}: rozmowa skończy się wtedy dla wszystkich. Potem otwórz pokój od nowa.`,
      ];
    case 'unreadable':
      return who
        ? ['Nie udało się odczytać wiadomości od osoby ', alias]
        : ['Nie udało się odczytać wiadomości'];
    case 'unsent':
      return [alias, ' cofa wysłanie wiadomości'];
    case 'unshowable':
      return [alias, ' wysyła coś, czego ta strona nie umie pokazać'];
    case 'differs':
      return [
        'To, co widzi ',
        alias,
        ', różni się od tego, co widzisz ty: serwer pokazuje wam różne rzeczy. Zapytajcie się nawzajem inną drogą i przejdźcie na inny serwer',
      ];
    case 'contradicted':
      return [
        'To, co mówi serwer, nie zgadza się z tym, co mówił wcześniej: jeśli to się powtarza, przejdź na inny serwer',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Część tej strony się nie załadowała: podobne do siebie pseudonimy nie są tu oznaczane. Wszystko inne działa.';
    case 'too-much':
      return 'To za długie, żeby wysłać, albo za dużo naraz. Skróć to albo poczekaj, aż wyjdzie wszystko, co czeka.';
    case 'not-loaded':
      return 'Część tej strony potrzebna do wysyłania się nie załadowała. Wyślij to za chwilę jeszcze raz.';
    case 'not-yours':
      return `To może zrobić tylko osoba prowadząca, a pokój prowadzi ${note.keeper || UNNAMED}. Poproś ją o to albo o przekazanie prowadzenia.`;
    case 'nobody':
      return `Nie ma tu nikogo o pseudonimie ${note.alias}. Sprawdź pisownię na liście osób.`;
    case 'several':
      return `${plural(note.count, { one: '# osoba ma', few: '# osoby mają', many: '# osób ma' })} pseudonim ${note.alias}. Wskaż, która: ${note.alias} 1 czy ${note.alias} 2.`;
    case 'gone':
      return 'Tej osoby już tu nie ma.';
    case 'no-voice':
      return 'Tę osobę da się usunąć tylko nowym hasłem: napisz /relock.';
    case 'number':
      return `Twój numer: ${note.number}. Przeczytaj go pozostałym na głos; każdy porówna go przez /verify.`;
    case 'not-carried-out':
      return 'Twoje miejsce w tym czasie przepadło: twoje polecenia dla pokoju nie zostały wykonane. Wydaj je jeszcze raz.';
    case 'relock-failed':
      return 'Nie udało się utworzyć nowego hasła. Jeśli pokój został w tym celu zaryglowany, pozostaje zaryglowany: spróbuj ponownie przez /relock albo odrygluj go przez /unlock.';
    case 'relock-crossed':
      return 'Ktoś inny w tej samej chwili nadał pokojowi nowe hasło. Jeśli pokój został w tym celu zaryglowany, pozostaje zaryglowany: odrygluj go przez /unlock.';
    case 'unwhispered':
      return 'Nikt do ciebie nie szeptał.';
    case 'whisperer-gone':
      return 'Osoby, która ostatnio do ciebie szeptała, już tu nie ma.';
    case 'yourself':
      return 'To ty.';
    case 'away':
      return `${note.alias} jest chwilowo poza zasięgiem. Spróbuj ponownie, gdy na liście osób już tego nie będzie.`;
    case 'unnamed':
      return 'Ta osoba nie ma z tobą wspólnych kluczy. Poczekaj, aż na liście osób będzie widać, że jest gotowa.';
    case 'no-line':
      return 'Tej wiadomości już tu nie ma albo nigdy jej nie miały osoby, do których piszesz.';
    case 'former-voice':
      return 'To słowa sprzed twojego wejścia na nowo: nie da się ich już cofnąć.';
    case 'amiss':
      return 'Coś poszło nie tak na tej stronie i twoja ostatnia czynność mogła się nie udać. Spróbuj ponownie; jeśli to nie pomoże, wyjdź i wejdź od nowa.';
    case 'untold':
      return 'Twoja zmiana w wiadomości nie dotarła do pozostałych: spróbuj ponownie.';
    case 'perhaps-untold':
      return 'Być może twoja zmiana w wiadomości nie dotarła do pozostałych: zapytaj ich, zanim spróbujesz ponownie.';
    case 'ignored':
      return `Nie widzisz już nic od osoby ${note.alias} i nikt się o tym nie dowie. Napisz ponownie /ignore ${note.alias}, żeby to cofnąć.`;
    case 'heeded':
      return `Znów widzisz, co mówi ${note.alias}.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Ktoś w pokoju ma ten pseudonim: wybierz inny.';
    case 'keyless':
      return 'Nie masz już klucza do pokoju i nikt nie mógłby odczytać twojego nowego pseudonimu. Wyjdź i poproś o nowe zaproszenie.';
    case 'slip':
      return 'Polecenie zaczyna się od /, a inny tekst od słowa.';
    case 'no-command':
      return `Nie ma polecenia /${note.name}. Napisz /help, żeby zobaczyć, jakie są.`;
  }
}

export const correctUsage = (usage: string): string => `Napisz ${usage}.`;
export const nothingAfter = (usage: string): string => `Napisz ${usage} i nic więcej.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'PSEUDONIM',
  name: 'NAZWA',
  member: 'PSEUDONIM',
  text: 'TEKST',
  farewell: '[POŻEGNANIE]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'szepnąć do jednej osoby',
  r: 'odszepnąć osobie, która ostatnio do ciebie szeptała; Alt+R tam przełącza',
  me: 'powiedzieć, co robisz',
  alias: 'przyjąć inny pseudonim',
  ignore: 'nie widzieć już nic od jednej osoby albo znów wszystko; nikt się o tym nie dowie',
  exit: 'wyjść z pokoju',
  kick: 'wyrzucić kogoś i nadać pokojowi nowe hasło',
  stop: 'zamknąć pokój dla wszystkich',
  lock: 'nikogo już nie wpuszczać albo znów wpuszczać',
  relock: 'nadać pokojowi nowe hasło',
  timer: 'sprawić, by to, co odtąd zostanie powiedziane, znikało po tym czasie albo zostawało',
  keeper: 'przekazać komuś prowadzenie pokoju',
  verify: 'porównać numer jednej osoby',
  number: 'pokazać własny numer',
  slash: 'zacząć wiadomość od ukośnika',
};
export const HELP_END = [
  'Wiadomości możesz pisać w Markdownie (**pogrubienie** *kursywa* `kod` > cytat - lista) i w HTML.',
  'Naciśnij dwa razy Esc albo przytrzymaj przez sekundę palec na obrazku u góry: znikasz od razu na pustą stronę. Bez żadnych pytań.',
];

// Messages.

export const SHOW_MESSAGE = 'Pokaż';
export const SHOW_ALL = 'Pokaż wszystko';
export const marksDropped = (count: number) => `[niepokazane znaki: ${number(count)}]`;
export const LONG_MESSAGE = 'Długa wiadomość';
export const CODE_BLOCK = 'Kod';
export const TABLE = 'Tabela';
export const GAUGE = 'Wskaźnik';
export const NO_IMAGE = '[obraz niepokazany]';
export const noImageOf = (alt: string) => `[obraz niepokazany: ${alt}]`;
