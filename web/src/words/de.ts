// All words of the page in German: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('de');

// The documents.

export const LANGUAGE = 'de';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Noch einmal';
export const OVER = 'Die Unterhaltung ist vorbei.';
export const NOTHING_KEPT = 'Nichts davon bleibt: weder hier noch auf dem Server.';
export const BACK = 'Zurück zum Eingang';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Du hast den Raum verlassen.',
  kicked:
    'Du wurdest aus dem Raum geworfen. Bitte ein Mitglied um eine neue Einladung, wenn du zurückkommen sollst.',
  stopped:
    'Der Raum wurde beendet. Die Unterhaltung ist für alle vorbei. Um weiterzureden, öffne einen neuen Raum.',
  'put-out':
    'Der Server hat dich aus dem Raum gesetzt. Ob das jemand angeordnet hat, der es darf, ließ sich nicht prüfen. Frag die anderen auf anderem Weg, und tritt mit der Einladung wieder ein.',
  'left-out':
    'Der Raum hat ein neues Passwort bekommen, und nach dem, was der Server sagt, gehörst du nicht zu denen, die es haben. Bitte ein Mitglied um eine neue Einladung.',
  'stopped-by-host':
    'Wer den Server betreibt, hat den Raum beendet. Die Unterhaltung ist für alle vorbei. Öffne einen neuen Raum, oder frag dort nach dem Grund.',
  'stopped-unread':
    'Der Server sagt, der Raum sei beendet worden. Ob das jemand angeordnet hat, der es darf, ließ sich nicht prüfen. Frag die anderen auf anderem Weg, und öffne einen neuen Raum.',
  'stopped-away':
    'Während deine Verbindung weg war, wurde der Raum beendet, sagt der Server. Was du inzwischen geschrieben hast, hat niemand gelesen. Die Unterhaltung ist für alle vorbei. Um weiterzureden, öffne einen neuen Raum.',
  'too-slow':
    'Deine Verbindung war zu langsam, um mit dem Raum mitzukommen. Tritt mit der Einladung wieder ein, über eine bessere Leitung.',
  flooding:
    'Du hast zu viel zu schnell gesendet, und der Server hat deine Verbindung beendet. Tritt mit der Einladung wieder ein, und sende weniger auf einmal.',
  'resumed-elsewhere':
    'Eine andere Verbindung hat deinen Platz im Raum übernommen. War das nicht deine eigene Seite, dann warne die anderen, und öffne einen neuen Raum.',
  'shutting-down':
    'Der Server wird heruntergefahren. Die Unterhaltung ist für alle vorbei. Öffne einen neuen Raum, sobald er wieder läuft.',
  malformed:
    'Der Server hat diese Seite nicht verstanden und die Verbindung beendet. Lade die Seite neu, und tritt mit der Einladung wieder ein.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 hat dich aus dem Raum geworfen. Bitte dort um eine neue Einladung, wenn du zurückkommen sollst.`,
  stopped: who =>
    `\u2068${who}\u2069 hat den Raum beendet. Die Unterhaltung ist für alle vorbei. Um weiterzureden, öffne einen neuen Raum.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Nicht verbunden',
  deriving: 'Schlüssel entstehen …',
  connecting: 'Verbinden …',
  room: 'Verbunden',
  reconnecting: 'Neu verbinden …',
  over: 'Getrennt',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Sprache';
export const LEAD = 'Ein Raum, versiegelt von Ende zu Ende. Nichts davon bleibt.';
export const ROOM_KEY = 'Raumschlüssel';
export const ALIAS = 'Alias';
export const ALIAS_HINT = 'Der Name, den die anderen sehen.';
export const OPEN_ROOM = 'Raum öffnen';
export const OPEN_ROOM_HINT = 'Schlüssel und Passwort entstehen von selbst.';
export const HAVE_INVITATION = 'Ich bin eingeladen';
export const INVITATION_HINT = 'Der Link, oder Raumschlüssel und Passwort.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Passwort';
export const ENTER_ROOM = 'Eintreten';
export const OPTIONS = 'Optionen';
export const OWN_ROOM_KEY = 'Eigener Raumschlüssel';
export const OWN_ROOM_KEY_HINT = 'Bleibt das leer, entsteht einer.';
export const OWN_PASSWORD = 'Eigenes Passwort';
export const OWN_PASSWORD_HINT = 'Bleibt das leer, entsteht eines, das niemand erraten kann.';
export const CODE = 'Code zum Öffnen von Räumen';
export const APPEARANCE = 'Hell oder dunkel';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Wie auf dem Gerät', light: 'Hell', dark: 'Dunkel' })[theme];
export const TEXT_SIZE = 'Schriftgröße';
export const percent = (size: string): string => `${size} %`;
export const SHOW = 'Zeigen';
export const SHOW_CHARACTERS = 'Zeichen zeigen';
export const HIDE = 'Verbergen';
export const HIDE_CHARACTERS = 'Zeichen verbergen';
export const invited = <E>(room: E): Pieces<E> => ['Du bist in den Raum ', room, ' eingeladen. '];
export const USE_ANOTHER_ROOM = 'Anderer Raum';
export const WHO_MODERATES = 'Wer darf im Raum moderieren?';
export const KEEPER_ALONE = 'Nur die Leitung';
export const EVERY_MEMBER = 'Alle Mitglieder';
export const OPEN_ANEW = 'Mit diesem Schlüssel öffnen';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Einen neuen Raum mit dem Schlüssel ',
  key,
  ' öffnen? Du bist dort allein, bis jemand mit demselben Schlüssel und Passwort kommt.',
];

export const PLAIN_HTTP = 'Diese Seite kam über einfaches http';
export const PLAIN_HTTP_MORE =
  'Nachrichten werden trotzdem in deinem Browser versiegelt, und der Server kann sie nicht lesen. Wer aber das Netz zwischen dir und dem Server beherrscht, könnte diese Seite unterwegs verändern und so mitlesen. In einem Netz, dem du nicht traust, nimm https oder ein VPN.';

export const MAKING_KEYS = 'Schlüssel entstehen';
export const PASSWORD_IS_STRETCHED =
  'Aus dem Passwort entstehen hier in deinem Browser die Schlüssel; es verlässt ihn nie.';
export const percentDone = (percent: number) => `Schlüssel entstehen … ${number(percent)} %`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Schlüssel entstehen … ${number(percent)} %, noch ${number(seconds)} s`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'eine Minute', other: '# Minuten' });
  const plain = secure ? '' : ' Über https bräuchte die Kryptografie des Browsers selbst eine Sekunde.';
  return `Das dauert etwa ${time}, weil dieser Browser Skripte langsam ausführt: ohne Compiler, wie im Blockierungsmodus oder mit gehärteten Einstellungen, oder auf einem langsamen Gerät.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Kein Einlass: Diesen Raum gibt es nicht, oder das Passwort stimmt nicht. Vielleicht hat der Raum ein neues Passwort, und ältere Einladungen gelten nicht mehr: Bitte um eine neue.',
  taken:
    'Ein Raum mit diesem Schlüssel ist schon offen. Tritt mit seiner Einladung ein, oder wähl einen anderen Schlüssel.',
  'alias-in-use': 'Diesen Alias hat schon jemand im Raum. Nimm einen anderen.',
  full: 'Der Raum ist voll. Versuch es noch einmal, wenn jemand gegangen ist.',
  locked: 'Der Raum ist abgeschlossen. Bitte jemanden, der drin ist, ihn aufzuschließen.',
  busy: 'Der Server ist beschäftigt, oder von deiner Adresse kamen zu viele Versuche. Warte ein wenig und versuch es noch einmal.',
  malformed: 'Der Server hat diese Seite nicht verstanden. Lade sie neu und versuch es noch einmal.',
  'needs-code':
    'Um hier einen Raum zu öffnen, braucht es einen Code. Frag danach, wer diesen Server betreibt.',
  'not-from-here':
    'Räume werden hier nur aus den Netzen des Servers geöffnet. Frag, wer ihn betreibt, oder verbinde dich von dort.',
  unreachable: 'Der Server ist nicht zu erreichen. Prüf die Verbindung und versuch es noch einmal.',
  'not-loaded':
    'Ein Teil dieser Seite wurde nicht geladen. Prüf die Verbindung, erlaube ihn, falls eine Erweiterung Skripte aufhält, und versuch es noch einmal.',
  'no-worker':
    'Der Worker, der die Schlüssel macht, derive.js, ist nicht gestartet. Eine Erweiterung oder etwas unterwegs hält ihn auf: Erlaube ihn für diese Seite, oder nimm einen anderen Browser.',
  'break-over':
    'Die Verbindung war eine halbe Stunde lang weg: Unterhaltung und Passwort sind gelöscht. Gib das Passwort noch einmal ein, um wieder einzutreten.',
  'grace-over':
    'Die Verbindung war zu lange weg, und dein Platz im Raum ist vergeben. Tritt mit der Einladung wieder ein.',
  kicked:
    'Während die Verbindung weg war, wurdest du aus dem Raum gesetzt. Bitte ein Mitglied um eine neue Einladung, wenn du zurückkommen sollst.',
  'room-gone':
    'Während die Verbindung weg war, wurde der Raum geschlossen. Öffne ihn wieder, mit demselben Schlüssel und Passwort, oder einen neuen.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Dieser Server startet gleich neu und öffnet keine Räume. Versuch es in ein paar Minuten.',
  'false-room':
    'Was der Server zeigt, ist nicht der Raum, den dieses Passwort öffnet. Vertrau es diesem Server nicht an: Frag, wer ihn betreibt.',
  'bad-room-key':
    'Ein Raumschlüssel hat 8 Buchstaben und Ziffern, wie K7QM-4XZD. Vergleich ihn mit der Einladung.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `Um einen Raum zu öffnen, braucht es ein Passwort von mindestens ${number(characters)} Zeichen und höchstens ${number(bytes)} Byte.`;

export const tryAgainIn = (seconds: number): string =>
  `Du kannst es in ${counted(seconds)} noch einmal versuchen.`;
export const TRY_AGAIN_NOW = 'Du kannst es jetzt noch einmal versuchen.';

export const CHOSEN_PASSWORD =
  'Ein ausgedachtes Passwort lässt sich erraten: Wer den Server betreibt oder einen Eintritt aufzeichnet, kann so viele durchprobieren, wie die eigenen Rechner schaffen. Sicher davor ist nur ein erzeugtes.';

export const OFFLINE =
  'Dieses Gerät ist offline. Verbinde es mit dem Netz des Servers und versuch es noch einmal.';

export const WRONG_CODE =
  'Mit diesem Code lassen sich hier keine Räume öffnen; Groß- und Kleinschreibung zählt. Frag danach, wer diesen Server betreibt.';

const ALPHABETS: Record<string, string> = {
  Latin: 'lateinisch',
  Greek: 'griechisch',
  Cyrillic: 'kyrillisch',
};

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Ein Alias hat 1 bis ${number(error.most)} Zeichen.`;
    case 'slash':
      return 'Ein Alias beginnt nicht mit „/“.';
    case 'space':
      return `Ein Alias hat keine Leerzeichen (${codePoint}).`;
    case 'unseen':
      return `Ein Alias hat keine unsichtbaren Zeichen (${codePoint}).`;
    case 'unknown':
      return `Nicht jedes Gerät kennt das Zeichen ${codePoint}.`;
    case 'enclosing':
      return `Ein Alias hat keine Zeichen, die um andere herum gezeichnet werden (${codePoint}).`;
    case 'marks':
      return `Das Zeichen „◌${character}“ (${codePoint}) ist auf seinem Buchstaben eines zu viel.`;
    case 'baseless':
      return `Das Zeichen „◌${character}“ (${codePoint}) hat keinen Buchstaben, auf dem es steht.`;
    case 'mixed':
      return `„${character}“ (${codePoint}, ${ALPHABETS[error.alphabet]}) passt nicht neben Buchstaben, die ${ALPHABETS[error.beside]} sind.`;
    case 'joiner':
      return `Das Verbindungszeichen ${codePoint} ändert nichts, wo es steht.`;
    case 'emoji':
      return `${codePoint} ergibt dort kein Emoji, das jedes Gerät kennt.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'Der Link zu dieser Seite wurde unterwegs beschädigt (vielleicht „%23“ statt „#“), sodass dein Browser die Einladung mit dem Passwort an den Server geschickt hat. Der Server behält nichts davon, aber er hätte es lesen können, und ein Proxy oder dessen Protokoll auch. Benutze dieses Passwort nicht mehr: Lass den Raum unter einem anderen neu öffnen, und bitte um eine Einladung, die du hier einfügst.';
export const INVITATION_BROKEN =
  'Dieser Link enthält keine ganze Einladung: Etwas fehlt oder kam hinzu. Bitte noch einmal darum, oder gib Raumschlüssel und Passwort von Hand ein.';
export const INVITATION_TOO_LONG =
  'Was du eingefügt hast, ist zu lang für eine Einladung und wurde weggelassen. Füge nur den Link ein.';
export const invitationElsewhere = (there: string, here: string) =>
  `Diese Einladung gilt für einen Raum auf ${there}, und diese Seite ist auf ${here}. Wenn das nicht derselbe Server ist, öffne den Link dort.`;

const OPERATOR = 'Wer den Server betreibt, kann das beheben: ';

const PASS_HOST = 'in nginx „proxy_set_header Host $http_host;“';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}in sanctuary.toml muss hosts = ["${hostname}"] stehen`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `Der Server ist da, aber der WebSocket, der die Unterhaltung trägt, kommt nicht durch. Ein Proxy, ein Filter oder eine Erweiterung hält ihn auf. ${OPERATOR}Der Proxy muss Upgrade und Connection weitergeben; in nginx „proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";“.`,
  origin: ({ origin, hostname }: Location) =>
    `Der Server weist diese Seite ab, denn er wird unter einem anderen Namen als ${origin} gefragt: Ein Proxy ändert den Host. ${OPERATOR}Der Proxy muss Host weitergeben, ${PASS_HOST}${named(hostname, ', und ')}; oder in sanctuary.toml muss origins = ["${origin}"] stehen.`,
  host: ({ hostname }: Location) =>
    `Der Server wird unter einem Namen gefragt, auf den er nicht hört: Seine Einstellungen sind andere geworden, oder ein Proxy ändert den Host. ${OPERATOR}Ein Proxy muss Host weitergeben, ${PASS_HOST}${named(hostname, '; und ')}.`,
  full: 'Der Server hat so viele Verbindungen, wie er annimmt, insgesamt oder von deiner Adresse. Schließ andere Tabs mit ihm, oder warte ein wenig, und versuch es noch einmal.',
  gone: (status: number) =>
    `Etwas vor dem Server antwortet mit ${status}: Der Server selbst läuft nicht oder ist von dort nicht zu erreichen. Versuch es später noch einmal. ${OPERATOR}Der Dienst muss laufen und dort lauschen, wo der Proxy ihn sucht.`,
  elsewhere:
    'Etwas im Netz leitet die Verbindungen dieser Seite um, vielleicht zu einer Anmeldung. Lade die Seite neu und versuch es noch einmal.',
  other: (status: number, path: string) =>
    `Etwas vor dem Server antwortet an seiner Stelle mit ${status}, wo die Seite nach ${path} fragt. ${OPERATOR}Der Proxy muss alles weitergeben, was unter dem Pfad der Seite liegt, ohne eigene Anmeldung.`,
};

// The room.

export const ROOM = 'Raum';
export const roomIs = <E>(key: E): Pieces<E> => ['Raum ', key];
export const hereAre = (count: number): string => `${number(count)} hier`;
export const MORE = 'Mehr';
export const LOCKED = 'abgeschlossen';
export const LOCKED_MORE = 'Niemand kann mehr eintreten.';
export const INVITE = 'Einladen';
export const LOCK = 'Abschließen';
export const UNLOCK = 'Aufschließen';
export const SETTINGS = 'Einstellungen';
export const SETTINGS_KEPT = 'All das ist vergessen, sobald der Tab geschlossen wird.';
export const SOUND = 'Ein Ton, wenn dir jemand zuflüstert oder dich erwähnt';
export const NOTIFY = 'Eine Benachrichtigung dafür, ohne das Gesagte';
export const NOT_NOTIFIED =
  'Dieser Browser zeigt keine Benachrichtigungen dieser Seite. Erlaube sie ihr, und schalte sie noch einmal ein.';
export const NOTIFIED = { whisper: 'Jemand flüstert dir zu', mention: 'Jemand erwähnt dich' };
export const TIMER = 'Nachrichten auf Zeit';
export const TIMER_AFTER = 'Was von jetzt an gesagt wird, bleibt';
export const TIMER_NEVER = 'Bis zum Schluss';
export const TIMER_BINDS =
  'Ehrliche Seiten halten sich daran; eine unehrliche kann niemand zum Vergessen zwingen.';
export const TIMER_SET = 'Für alle festlegen';
export const fadesAfter = (time: string): string => `Nachrichten verschwinden ${time} nach ihrer Ankunft.`;
export const FADING_MORE = 'Dann verschwindet diese Nachricht, auf jeder Seite, die sich daran hält.';
export const SEEING = 'Wer was sehen kann';
export const THIS_CONNECTION = 'Unterwegs';
export const OVER_HTTPS =
  'Diese Seite kam über https. Netze und Proxys unterwegs sehen, wer mit diesem Server verbunden ist, wann, und wie viel hin und her geht; lesen oder ändern kann dort niemand etwas, wenn das Zertifikat das des Servers ist.';
export const OVER_LOOPBACK =
  'Diese Seite wurde unter einer Adresse eben dieses Geräts geöffnet. Ob ein Tunnel oder Proxy hier zu einem anderen weiterführt, lässt sich von der Seite aus nicht sagen.';
export const OVER_ONION =
  'Diese Seite wurde unter einer Onion-Adresse geöffnet. Tor verschlüsselt alles bis zu seinem Ende beim Server und verbirgt, woher du kommst.';
export const OVER_HTTP =
  'Diese Seite kam über einfaches http. Netze und Proxys unterwegs sehen alles, was der Server sieht; was gesagt wird, ist auch vor ihnen versiegelt. Wer aber eines davon beherrscht, könnte diese Seite unterwegs so verändert haben, dass sie dort alles verrät. In einem Netz, dem du nicht traust, nimm https oder ein VPN.';
export const THE_SERVER = 'Wer den Server betreibt';
export const serverSees = (host: string): string =>
  `Wer ${host} betreibt, sieht den Schlüssel des Raums, wie viele darin sind und von welchen Adressen, wann jemand etwas sagt und ungefähr wie viel, und wer mit wem flüstert: kein Passwort, keinen Alias, kein Wort. Aber auch diese Seite kommt von dort, und eine andere an ihrer Stelle könnte dort alles verraten: Es braucht einen Server von jemandem, dem du vertraust.`;
export const PROTECTIONS = [
  'sein Speicher ist festgehalten und kommt nie auf einen Datenträger',
  'ein Absturz hinterlässt keine Kopie des Speichers',
  'er läuft ohne Administratorrechte',
  'er kann keine weiteren Rechte bekommen',
  'er öffnet keine Dateien von Räumen und von sich aus keine Verbindungen',
  'er kann vom System nur wenig verlangen',
  'er liest von keinem Terminal',
];
export const PROTECTED = 'Der Server sagt von sich, dass er kein Protokoll führt und dass gilt:';
export const UNPROTECTED = 'Nicht oder nicht ganz gilt dort:';
export const THE_MEMBERS = 'Die Mitglieder';
export const MEMBERS_SEE =
  'Alle hier lesen, was zu allen gesagt wird, seit sie da sind; Geflüstertes liest, wem es gilt. Alle können behalten, was sie gelesen haben.';
export const STAYS = 'Nachrichten bleiben, bis die Unterhaltung verlassen wird.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [keeper, ` leitet den Raum: Nur die Leitung darf ${OFFICE}, und nur sie kann das weitergeben.`]
    : [`Alle Mitglieder dürfen ${OFFICE}. Die Leitung übergeben darf nur `, keeper, '.'];
const OFFICE =
  'Mitglieder hinauswerfen, den Raum abschließen, ihm ein neues Passwort geben, Nachrichten verschwinden lassen oder ihn beenden';
export const DRAWN_PASSWORD = 'Es hat die Form eines erzeugten, das niemand erraten kann.';
export const WHO_IS_WHO = 'Wer wer ist';
export const TICK_THOSE = 'Hak alle an, deren Nummer die ist, die sie dir vorlesen:';
export const NO_TRACE = 'Keine Spur hinterlassen';
export const NO_TRACE_MORE =
  'Nichts wird gespeichert, weder hier noch auf dem Server; der Browser merkt sich vielleicht, dass er unter dieser Adresse war. Zweimal Esc kurz nacheinander, oder ein Finger eine Sekunde lang auf dem Bild ganz oben: Alles ist gelöscht, und hier steht stattdessen eine leere Seite.';
export const VANISH = 'Weg, auf eine leere Seite';
export const STOP_ROOM = 'Raum beenden';
export const LEAVE = 'Verlassen';
export const askKick = <E>(alias: E): Pieces<E> => [alias, ' aus dem Raum werfen?'];
export const GIVE_NEW_PASSWORD =
  'Dem Raum ein neues Passwort geben, damit die alte Einladung ihn nicht mehr öffnet';
export const PASSWORD_GOES_TO = 'Das neue Passwort bekommen';
export const PASSWORD_GOES_TO_NOBODY = 'Das neue Passwort bekommt sonst niemand.';
export const RELOCK = 'Neues Passwort';
export const ASK_RELOCK =
  'Dem Raum ein neues Passwort geben? Einladungen von vorher lassen niemanden mehr ein.';
export const NOT_READ = 'Hinaus muss, wessen Karte diese Seite nicht lesen kann.';
export const RELOCKING = 'Der Raum bekommt ein neues Passwort …';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['Die Nummer von ', alias];
export const VERIFY_HOW =
  'Lass sie dir vorlesen, am Telefon oder von Angesicht zu Angesicht, von dem Mitglied, das du kennst. Ist es diese Nummer, steht niemand zwischen euch, auch der Server nicht.';
export const IS_SAME_NUMBER = 'Diese Nummer wurde vorgelesen';
export const YOUR_NUMBER = 'Deine eigene Nummer, zum Vorlesen:';
export const VERIFY = 'Prüfen';
export const ALL_VERIFIED = 'geprüft';
export const ALL_VERIFIED_MORE = 'Du hast die Nummern aller Mitglieder verglichen.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Geöffnet von ', alias, ' um ', time];
export const ASK_STOP = 'Den Raum beenden? Die Unterhaltung endet für alle, und nichts davon bleibt.';

export const CANCEL = 'Abbrechen';

export const MEMBERS = 'Mitglieder';
export const MARKS = {
  you: 'du',
  keeper: 'Leitung',
  away: 'abwesend',
  verified: 'geprüft',
  differs: 'sieht einen anderen Raum',
  'not-ready': 'noch nicht bereit',
  unreadable: 'nicht lesbar',
  'shut-out': 'hinausgesetzt',
  ignored: 'ignoriert',
};
export const MARKS_MORE = {
  verified: 'Du hast die Nummer dieses Mitglieds verglichen.',
  differs:
    'Was dieses Mitglied sieht, ist anders als das, was du siehst: Der Server zeigt euch Verschiedenes.',
  'not-ready': 'Dieses Mitglied muss sich unter dem neuen Passwort noch zeigen.',
  unreadable:
    'Was der Server von diesem Mitglied zeigt, wird nicht angenommen: Es hört nichts von dir und du nichts von ihm.',
  ignored: 'Du siehst nichts von dem, was dieses Mitglied sagt.',
  'shut-out':
    'Ein Mitglied hat dieses hinausgesetzt, aber der Server behält es im Raum: Es bekommt nichts mehr.',
};
export const doingsWith = (alias: string): string => `Was mit ${alias} zu tun ist`;
export const WHISPER = 'Flüstern';
export const KICK = 'Hinauswerfen';
export const IGNORE = 'Ignorieren';
export const HEED = 'Nicht mehr ignorieren';
export const MAKE_KEEPER = 'Leitung übergeben';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Die Leitung des Raums an ',
  alias,
  ' übergeben? Nur von dort kommt sie wieder zurück.',
];

export const UNNAMED = '(ohne Namen)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'sieht aus wie du',
  page: 'der Alias eines Mitglieds',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['sieht aus wie ', alias];
export const OTHER_CHARACTERS = 'Mit anderen Zeichen geschrieben.';

export const OWN_WORDS = [
  ...['du', 'leitung', 'abwesend', 'abgeschlossen', 'geprüft', 'ignoriert', 'sanctuary', 'system', 'server'],
];

export const INVITATION = 'Einladung';
export const INVITATION_LINK = 'Link zum Einladen';
export const COPY = 'Kopieren';
export const CLOSE = 'Schließen';
export const NEW_INVITATION =
  'Der Raum hat ein neues Passwort: Das ist der neue Link, und ältere lassen niemanden mehr ein.';
export const COPIED = 'Kopiert';
export const ADDRESS_FOR_OTHERS =
  'Du hast diese Seite unter einer Adresse geöffnet, die nur auf diesem Gerät gilt. Andere finden sie unter';
export const THIS_MACHINE_ALONE =
  'Dieser Link führt nur auf diesem Gerät hierher. Um andere einzuladen, öffne die Seite unter einer Adresse, die auch sie öffnen können, oder lies die Codes vor.';
export const SHARE = 'Teilen';
export const PRINT = 'Drucken';
export const QR = 'Die Einladung als QR-Code';
export const PASS_ON_WITH_CARE = 'Wer diesen Link hat, kann eintreten: Gib ihn mit Bedacht weiter.';
export const COPY_BY_HAND =
  'Kopiere den Link von Hand. Wer ihn hat, kann eintreten: Gib ihn mit Bedacht weiter.';

// A broken connection.

export const BROKEN = 'Die Verbindung ist unterbrochen. Was du schreibst, wartet, bis du zurück bist.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Dein Platz ist vergeben, und der Raum ist abgeschlossen. Du kommst von selbst hinein, sobald ihn drinnen jemand aufschließt.',
  full: 'Dein Platz ist vergeben, und der Raum ist voll. Du kommst von selbst hinein, sobald jemand gegangen ist.',
  'alias-in-use':
    'Dein Platz ist vergeben, und jemand anders im Raum hat jetzt deinen Alias. Warte, bis er frei wird; oder kopiere die Einladung, verlass den Raum und tritt mit ihr unter einem anderen Alias ein.',
  'room-gone':
    'Den Raum gibt es nicht mehr: Sein letzter Platz wurde aufgegeben. Du kannst ihn wieder öffnen, mit demselben Schlüssel und Passwort, sodass dieselbe Einladung dorthin führt.',
  'no-entry':
    'Den Raum gibt es nicht mehr, oder er hat ein anderes Passwort: Mit deinem kommt niemand hinein. Wenn es ihn nicht mehr gibt, kannst du ihn wieder öffnen, mit demselben Schlüssel und Passwort.',
  'another-password':
    'Deine Einladung gilt nicht mehr: Der Raum hat ein anderes Passwort. Bitte jemanden, der drin ist, um eine neue.',
  'needs-code':
    'Den Raum gibt es nicht mehr, und um ihn wieder zu öffnen, braucht es einen Code. Frag danach, wer ihn geöffnet hat oder diesen Server betreibt; kopiere die Einladung, verlass den Raum und öffne ihn mit dem Code.',
  'not-from-here':
    'Den Raum gibt es nicht mehr, und Räume werden hier nur aus den Netzen des Servers geöffnet. Kopiere die Einladung, verlass den Raum und frag, wer diesen Server betreibt.',
  draining:
    'Den Raum gibt es nicht mehr, und dieser Server startet gleich neu und öffnet keine Räume. Öffne ihn in ein paar Minuten wieder.',
};
export const nextTryIn = (seconds: number): string => `Nächster Versuch in ${number(seconds)} s.`;
export const TRYING = 'Versuch läuft …';
export const TRY_NOW = 'Jetzt versuchen';
export const OPEN_IT_AGAIN = 'Wieder öffnen';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'All das bleibt bis ',
  time,
  ' erhalten und wird dann gelöscht.',
];

export const LOSSES = {
  room: 'Außer dir ist niemand hier: Der Raum endet mit dir.',
  draft: 'Was du geschrieben hast, ist noch nicht gesendet.',
};
export const askLeave = (losses: string[]): string => `Den Raum verlassen? ${losses.join(' ')}`;

export const MESSAGE = 'Nachricht';
export const SEND = 'Senden';
export const MESSAGE_TO_EVERYONE = 'Nachricht an alle';
export const whisperTo = (alias: string): string => `Flüstern mit ${alias}`;
export const COMPOSER_HINT = 'Umschalt+Enter beginnt eine neue Zeile.';
export const COMPOSER_HINT_TOUCH = 'Enter beginnt eine neue Zeile, der Knopf sendet.';
export const FAREWELL_TO_ALL = 'Ein Abschiedswort lesen alle: Wechsle dafür zurück zu allen.';
export const ACTION_ANSWERS_NOTHING =
  'Was du tust (/me), beantwortet keine Nachricht: Schreib es als Nachricht, oder drücke vorher „Nicht antworten“.';
export const STAYS_HERE = 'Was du geschrieben hast, bleibt hier.';
export const bytesLeft = (bytes: number): string => `Noch ${number(bytes)} Byte frei`;
export const TOO_LONG = 'Zu lang zum Senden.';
export const tooLongBy = (bytes: number): string => `Um ${number(bytes)} Byte zu lang.`;
export const PROPOSALS = 'Vorschläge';
export const proposals = (count: number): string =>
  `${plural(count, { one: 'Ein Vorschlag', other: '# Vorschläge' })}: Pfeiltasten wählen, Tab ergänzt.`;
export const LIST_COMMANDS = 'die Befehle zeigen';
export const COMMANDS = 'Befehle';
export const MENTION = 'Erwähnen';
export const FORMAT = 'Formatieren';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'F', name: 'Fett' },
  italic: { sign: 'K', name: 'Kursiv' },
  code: { sign: '<>', name: 'Code' },
  list: { sign: '•', name: 'Liste' },
  quote: { sign: '❝', name: 'Zitat' },
  link: { sign: 'Link', name: 'Link' },
};
export const PREVIEW = 'Vorschau';
export const NOTHING_TO_PREVIEW = 'Hier steht, wie deine Nachricht aussehen wird.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Du flüsterst mit ', alias];
export const BACK_TO_EVERYONE = 'Zurück zu allen';

// Pictures.

export const PICTURE = 'Bild';
export const ATTACH = 'Ein Bild anhängen';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Bilder hier ablegen, geflüstert an ', ...whom] : ['Bilder hier ablegen, für alle'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Bild, geflüstert an ', ...whom] : ['Bild, für alle'];
export const PREPARING = 'Das Bild wird klein genug gemacht …';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'Von der Animation wird nur das erste Bild gesendet.',
    more > 0 && plural(more, { one: 'Eines kommt noch.', other: '# kommen noch.' }),
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Beschreibung';
export const DESCRIPTION_HINT = 'Was ist zu sehen?';
export const SEND_PICTURE = 'Bild senden';
export const REMOVE = 'Entfernen';
export const picturesLeftOut = (most: number, count: number): string =>
  `${number(most)} Bilder können zugleich warten: ${plural(count, { one: 'eines wurde', other: '# wurden' })} weggelassen.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' ist kein Bild, und anderes lässt sich nicht senden.'];
    case 'svg':
      return [file, ' ist eine SVG-Zeichnung, die mehr als ein Bild enthalten kann: Speichere sie als PNG.'];
    case 'kind':
      return [
        file,
        ' ist ein Bild einer Art, die dieser Browser nicht lesen kann: Speichere es als JPEG oder PNG.',
      ];
    case 'large-file':
      return [file, ` ist größer als ${number(most.megabytes)} MB: Mach es vorher kleiner.`];
    case 'large-picture':
      return [file, ` hat mehr als ${number(most.megapixels)} Millionen Pixel: Mach es vorher kleiner.`];
    case 'broken':
      return [file, ' lässt sich nicht lesen: Es ist beschädigt, oder dieser Browser kennt die Art nicht.'];
    case 'noise':
      return [
        file,
        ' lässt sich nicht kleiner machen: Dieser Browser schützt davor, wiedererkannt zu werden, und gibt Rauschen für das, was eine Seite zeichnet. Erlaube dieser Seite, Canvas-Daten zu lesen, oder nimm einen anderen Browser.',
      ];
    case 'too-small':
      return [
        file,
        ' lässt sich nicht klein genug machen für das, was dieser Server als eine Nachricht annimmt.',
      ];
    case 'failed':
      return [
        file,
        ' ließ sich nicht kleiner machen. Vielleicht hat dieses Gerät gerade zu wenig Speicher dafür: Versuch es noch einmal, oder mach es vorher kleiner.',
      ];
    case 'not-loaded':
      return [
        file,
        ' ließ sich nicht kleiner machen: Ein Teil dieser Seite wurde nicht geladen. Versuch es noch einmal.',
      ];
  }
}

export const CONVERSATION = 'Unterhaltung';
export const NEW_MESSAGES = 'Neue Nachrichten';
export const EARLIER_GONE = 'Frühere Nachrichten sind weg.';
export const sentAt = <E>(time: E): Pieces<E> => ['(gesendet um ', time, ')'];
export const DELIVERY = {
  sending: 'wird gesendet …',
  sent: '',
  delivered: 'angekommen',
  failed: 'nicht gesendet',
  unsure: 'vielleicht nicht gesendet',
};
export const REPLY = 'Antworten';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `Was mit der Nachricht von ${alias || UNNAMED} zu tun ist: ${excerpt}`;
export const REACT = 'Reagieren …';
export const UNSEND = 'Zurücknehmen';
export const DISCARD = 'Verwerfen';
export const NOT_COPIED = 'Ließ sich nicht kopieren';
export const ANSWERED_IS_GONE = 'Antwort auf eine Nachricht, die nicht hier ist';
export const EMOJI = {
  '👍': 'Daumen hoch',
  '❤️': 'Herz',
  '😂': 'Lachen',
  '🎉': 'Feiern',
  '😮': 'Staunen',
  '😢': 'Weinen',
  '🙏': 'Danke',
  '👎': 'Daumen runter',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `${number(more)} weitere`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Mehrere schreiben …']
    : [...listed(aliases), plural(aliases.length, { one: ' schreibt …', other: ' schreiben …' })];
export const TELL_TYPING = 'Zeigen, wer schreibt';
export const replyingTo = <E>(line: E): Pieces<E> => ['Antwort an ', line];
export const NO_REPLY = 'Nicht antworten';
export const NOBODY_ELSE = 'Noch ist niemand sonst hier.';
export const INVITE_SOMEBODY = 'Jemanden einladen';
export const MENTIONS_YOU = 'erwähnt dich';
export const SAYS_FAREWELL = 'sagt zum Abschied';
export const WHISPERS_TO_YOU = 'flüstert dir zu';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['flüstert mit ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Keine Nachricht kam, während du weg warst'
    : plural(count, {
        one: 'Höchstens eine Nachricht kam, während du weg warst',
        other: 'Bis zu # Nachrichten kamen, während du weg warst',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `weg in ${counted(seconds)}`;
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

export const happened = (times: number): string => ` (${number(times)}-mal)`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const are = (one: string, other: string) => plural(1 + others.length, { one, other });
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, are(' ist gekommen', ' sind gekommen')];
    case 'renamed':
      return [alias, ' heißt jetzt ', other];
    case 'exit':
      return [...aliases, are(' ist gegangen', ' sind gegangen')];
    case 'gone':
      return [...aliases, are(' hat die Verbindung verloren', ' haben die Verbindung verloren')];
    case 'kicked':
      return [alias, ' wurde von ', other, ' hinausgeworfen'];
    case 'put-out-unread':
      return [
        alias,
        ' wurde von ',
        other,
        ' hinausgesetzt, sagt der Server; lesen konntest du das noch nicht',
      ];
    case 'put-out':
      return ['Der Server sagt, ', alias, ' sei hinausgesetzt worden, aber kein Mitglied hat das gesagt'];
    case 'shut-out':
      return [
        other,
        ' hat ',
        alias,
        ' hinausgesetzt, aber der Server behält dieses Mitglied im Raum: Es bekommt nichts mehr',
      ];
    case 'left-out':
      return [alias, ' hat von ', other, ' das neue Passwort nicht bekommen und ist draußen'];
    case 'away':
      return [...aliases, are(' ist gerade nicht da', ' sind gerade nicht da')];
    case 'back':
      return [...aliases, are(' ist zurück', ' sind zurück')];
    case 'keeper':
      return by ? [by, ' hat ', alias, ' die Leitung übergeben'] : [alias, ' leitet jetzt den Raum'];
    case 'handed-unread':
      return [
        other,
        ' hat ',
        alias,
        ' die Leitung übergeben, sagt der Server; lesen konntest du das noch nicht',
      ];
    case 'keeper-unsaid':
      return [
        'Der Server sagt, ',
        alias,
        ' leite jetzt den Raum, aber weder seine Regeln noch ein Mitglied sagen das',
      ];
    case 'locked':
      return by
        ? [by, ' hat den Raum abgeschlossen: Niemand kann mehr eintreten']
        : ['Der Raum ist abgeschlossen: Niemand kann mehr eintreten'];
    case 'unlocked':
      return by ? [by, ' hat den Raum aufgeschlossen'] : ['Der Raum ist aufgeschlossen'];
    case 'relocked':
      return by
        ? [by, ' hat dem Raum ein neues Passwort gegeben: Ältere Einladungen lassen niemanden mehr ein']
        : ['Der Raum hat ein neues Passwort: Ältere Einladungen lassen niemanden mehr ein'];
    case 'keyless':
      return [
        'Der Raum hat ein neues Passwort, das du nicht bekommen hast: Du kannst niemanden einladen und nicht lesen, wer von jetzt an kommt. Verlass den Raum und bitte um eine neue Einladung.',
      ];
    case 'unrenewed':
      return [
        'Der Server erneuert deine Schlüssel nicht, wie er soll: Verlass den Raum und tritt neu ein, oder nimm einen anderen Server',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [
        `Dein Platz wurde vergeben, während du weg warst, und du bist neu eingetreten. ${missed(count)}`,
      ];
    case 'reopened':
      return [
        'Du hast den Raum wieder geöffnet. Wer sonst die Verbindung verlor, kommt mit derselben Einladung herein.',
      ];
    case 'another-room':
      return [
        'Du bist neu eingetreten, aber das ist ein anderer Raum mit demselben Schlüssel und Passwort, geöffnet von ',
        alias,
        ': Wie viele Nachrichten inzwischen kamen, kann niemand sagen',
      ];
    case 'missing':
      return [
        plural(count, { one: 'Eine Nachricht von ', other: '# Nachrichten von ' }),
        alias,
        plural(count, { one: ' fehlt', other: ' fehlen' }),
      ];
    case 'timer':
      return count > 0
        ? [other, ` lässt Nachrichten ${lasting(count)} nach ihrer Ankunft verschwinden. ${TIMER_BINDS}`]
        : [other, ' lässt Nachrichten von jetzt an stehen'];
    case 'closing':
      return [
        `Der Server startet ${plural(count, { one: 'in einer Sekunde', other: 'in # Sekunden' })} neu: Dann ist die Unterhaltung für alle vorbei. Öffne den Raum danach neu.`,
      ];
    case 'unreadable':
      return who
        ? ['Eine Nachricht von ', alias, ' ließ sich nicht lesen']
        : ['Eine Nachricht ließ sich nicht lesen'];
    case 'unsent':
      return [alias, ' hat eine Nachricht zurückgenommen'];
    case 'unshowable':
      return [alias, ' hat etwas gesendet, das diese Seite nicht zeigen kann'];
    case 'differs':
      return [
        'Was ',
        alias,
        ' sieht, ist anders als das, was du siehst: Der Server zeigt euch Verschiedenes. Fragt einander auf anderem Weg, und nehmt einen anderen Server',
      ];
    case 'contradicted':
      return [
        'Was der Server sagt, passt nicht zu dem, was er vorher gesagt hat: Nimm einen anderen Server, wenn das so weitergeht',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Ein Teil dieser Seite wurde nicht geladen: Aliase, die sich ähneln, sind hier nicht markiert. Sonst geht alles.';
    case 'too-much':
      return 'Das ist zu lang zum Senden, oder zu viel auf einmal. Kürz es, oder warte, bis alles weg ist, was noch wartet.';
    case 'not-loaded':
      return 'Ein Teil dieser Seite, den das Senden braucht, wurde nicht geladen. Sende es gleich noch einmal.';
    case 'not-yours':
      return `Das darf nur die Leitung, und die hat ${note.keeper || UNNAMED}. Bitte dort darum, oder um die Leitung des Raums.`;
    case 'nobody':
      return `Niemand hier heißt ${note.alias}. Sieh in der Liste der Mitglieder nach, wie es geschrieben wird.`;
    case 'several':
      return `${number(note.count)} Mitglieder heißen ${note.alias}. Sag, welches: ${note.alias} 1 oder ${note.alias} 2.`;
    case 'gone':
      return 'Dieses Mitglied ist nicht mehr hier.';
    case 'no-voice':
      return 'Dieses Mitglied lässt sich nur durch ein neues Passwort hinaussetzen: Schreib /relock.';
    case 'number':
      return `Deine Nummer: ${note.number}. Lies sie den anderen vor; alle vergleichen sie mit /verify.`;
    case 'not-carried-out':
      return 'Dein Platz wurde inzwischen vergeben: Was du im Raum angeordnet hattest, ist nicht geschehen. Ordne es noch einmal an.';
    case 'relock-failed':
      return 'Ein neues Passwort ließ sich nicht machen. Wurde der Raum dafür abgeschlossen, bleibt er es: Versuch es noch einmal mit /relock, oder schließ ihn mit /unlock auf.';
    case 'relock-crossed':
      return 'Jemand anders hat dem Raum zur selben Zeit ein neues Passwort gegeben. Wurde der Raum dafür abgeschlossen, bleibt er es: Schließ ihn mit /unlock auf.';
    case 'unwhispered':
      return 'Niemand hat dir zugeflüstert.';
    case 'whisperer-gone':
      return 'Wer dir zuletzt zugeflüstert hat, ist nicht mehr hier.';
    case 'yourself':
      return 'Das bist du selbst.';
    case 'away':
      return `${note.alias} ist gerade nicht da. Versuch es noch einmal, sobald die Liste der Mitglieder das nicht mehr sagt.`;
    case 'unnamed':
      return 'Dieses Mitglied hat keine Schlüssel mit dir gemeinsam. Warte, bis die Liste der Mitglieder es als bereit zeigt.';
    case 'no-line':
      return 'Diese Nachricht ist nicht mehr hier, oder die, denen du schreibst, hatten sie nie.';
    case 'former-voice':
      return 'Das hast du gesagt, bevor du neu eingetreten bist: Es lässt sich nicht mehr zurücknehmen.';
    case 'amiss':
      return 'In dieser Seite ist etwas schiefgegangen, und was du zuletzt getan hast, ist vielleicht nicht geschehen. Versuch es noch einmal; hilft das nicht, verlass den Raum und betritt ihn neu.';
    case 'untold':
      return 'Was du mit einer Nachricht getan hast, kam bei den anderen nicht an: Versuch es noch einmal.';
    case 'perhaps-untold':
      return 'Was du mit einer Nachricht getan hast, kam bei den anderen vielleicht nicht an: Frag sie, bevor du es noch einmal versuchst.';
    case 'ignored':
      return `Du siehst nichts mehr von ${note.alias}, und niemand erfährt davon. Schreib noch einmal /ignore ${note.alias}, um das aufzuheben.`;
    case 'heeded':
      return `Du siehst wieder, was ${note.alias} sagt.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Diesen Alias hat jemand im Raum: Nimm einen anderen.';
    case 'keyless':
      return 'Du hast keinen Schlüssel zum Raum mehr, sodass niemand einen anderen Alias von dir lesen könnte. Verlass den Raum und bitte um eine neue Einladung.';
    case 'slip':
      return 'Ein Befehl beginnt mit /, und anderer Text mit einem Wort.';
    case 'no-command':
      return `Den Befehl /${note.name} gibt es nicht. Schreib /help, um zu sehen, was es gibt.`;
  }
}

export const correctUsage = (usage: string): string => `Schreib ${usage}.`;
export const nothingAfter = (usage: string): string => `Schreib ${usage} und nichts dahinter.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'ALIAS',
  name: 'NAME',
  member: 'ALIAS',
  text: 'TEXT',
  farewell: '[ABSCHIED]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'mit einem Mitglied flüstern',
  r: 'mit dem Mitglied flüstern, das dir zuletzt zugeflüstert hat; Alt+R wechselt dorthin',
  me: 'sagen, was du tust',
  alias: 'einen anderen Alias annehmen',
  ignore: 'von einem Mitglied nichts mehr sehen, oder wieder alles; niemand erfährt davon',
  exit: 'den Raum verlassen',
  kick: 'ein Mitglied hinauswerfen und dem Raum ein neues Passwort geben',
  stop: 'den Raum für alle beenden',
  lock: 'niemanden mehr einlassen, oder wieder',
  relock: 'dem Raum ein neues Passwort geben',
  timer: 'Nachrichten von jetzt an nach dieser Zeit verschwinden lassen, oder bleiben',
  keeper: 'einem anderen Mitglied die Leitung übergeben',
  verify: 'die Nummer eines Mitglieds vergleichen',
  number: 'deine eigene Nummer zeigen',
  slash: 'eine Nachricht mit einem Schrägstrich beginnen',
};
export const HELP_END = [
  'Du kannst Nachrichten in Markdown schreiben, **fett**, *kursiv*, `Code`, > Zitat, - Liste, und in HTML.',
  'Zweimal Esc, oder ein Finger eine Sekunde lang auf dem Bild ganz oben: sofort weg, auf eine leere Seite. Gefragt wird nichts.',
];

// Messages.

export const SHOW_MESSAGE = 'Zeigen';
export const SHOW_ALL = 'Alles zeigen';
export const marksDropped = (count: number) => `[nicht gezeigte Zeichen: ${number(count)}]`;
export const LONG_MESSAGE = 'Lange Nachricht';
export const CODE_BLOCK = 'Code';
export const TABLE = 'Tabelle';
export const GAUGE = 'Messbalken';
export const NO_IMAGE = '[Bild nicht gezeigt]';
export const noImageOf = (alt: string) => `[Bild nicht gezeigt: ${alt}]`;
