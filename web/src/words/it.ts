// All words of the page in Italian: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('it');

// The documents.

export const LANGUAGE = 'it';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Riprova';
export const OVER = 'La conversazione è finita.';
export const NOTHING_KEPT = 'Non ne resta nulla: né qui né sul server.';
export const BACK = 'Torna all’ingresso';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Hai lasciato la stanza.',
  kicked: 'Ti hanno espulso dalla stanza. Per tornare serve un nuovo invito: chiedilo a un membro.',
  stopped:
    'La stanza è stata chiusa. La conversazione è finita per tutti. Per continuare a parlare, apri una nuova stanza.',
  'put-out':
    'Il server ti ha messo fuori dalla stanza. Non si è potuto accertare che l’ordine venisse da un membro che può darlo. Chiedi agli altri per un’altra via, ed entra di nuovo con l’invito.',
  'left-out':
    'La stanza ha una nuova password e, a quanto dice il server, non sei fra quelli che l’hanno ricevuta. Chiedi un nuovo invito a un membro.',
  'stopped-by-host':
    'Chi gestisce il server ha chiuso la stanza. La conversazione è finita per tutti. Apri una nuova stanza, o chiedi il perché a chi l’ha chiusa.',
  'stopped-unread':
    'Il server dice che la stanza è stata chiusa. Non si è potuto accertare che l’ordine venisse da un membro che può darlo. Chiedi agli altri per un’altra via, e apri una nuova stanza.',
  'stopped-away':
    'Mentre ti mancava la connessione, la stanza è stata chiusa, dice il server. Quello che hai scritto nel frattempo non l’ha letto nessuno. La conversazione è finita per tutti. Per continuare a parlare, apri una nuova stanza.',
  'too-slow':
    'La tua connessione era troppo lenta per stare al passo con la stanza. Entra di nuovo con l’invito, da una linea migliore.',
  flooding:
    'Hai inviato troppo e troppo in fretta, e il server ha chiuso la tua connessione. Entra di nuovo con l’invito, e invia meno per volta.',
  'resumed-elsewhere':
    'Un’altra connessione ha preso il tuo posto nella stanza. Se non era una tua pagina, avvisa gli altri e apri una nuova stanza.',
  'shutting-down':
    'Il server si sta spegnendo. La conversazione è finita per tutti. Apri una nuova stanza quando sarà di nuovo in funzione.',
  malformed:
    'Il server non ha capito questa pagina e ha chiuso la connessione. Ricarica la pagina, ed entra di nuovo con l’invito.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 ti ha espulso dalla stanza. Per tornare serve un nuovo invito: chiedilo lì.`,
  stopped: who =>
    `\u2068${who}\u2069 ha chiuso la stanza. La conversazione è finita per tutti. Per continuare a parlare, apri una nuova stanza.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Non ancora in linea',
  deriving: 'Creazione delle chiavi…',
  connecting: 'Connessione…',
  room: 'In linea',
  reconnecting: 'Riconnessione…',
  over: 'Connessione chiusa',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Lingua';
export const LEAD = 'Una stanza sigillata da un capo all’altro. Non ne resta nulla.';
export const ROOM_KEY = 'Chiave della stanza';
export const ALIAS = 'Alias';
export const ALIAS_HINT = 'Il nome che vedono gli altri.';
export const OPEN_ROOM = 'Apri una stanza';
export const OPEN_ROOM_HINT = 'La chiave e la password si creano da sole.';
export const HAVE_INVITATION = 'Ho un invito';
export const INVITATION_HINT = 'Il link, o la chiave della stanza e la password.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Password';
export const ENTER_ROOM = 'Entra nella stanza';
export const OPTIONS = 'Opzioni';
export const OWN_ROOM_KEY = 'Chiave della stanza scelta da te';
export const OWN_ROOM_KEY_HINT = 'Se resta vuoto, se ne crea una.';
export const OWN_PASSWORD = 'Password scelta da te';
export const OWN_PASSWORD_HINT = 'Se resta vuoto, se ne crea una che nessuno può indovinare.';
export const CODE = 'Codice per aprire stanze';
export const APPEARANCE = 'Chiaro o scuro';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Come il dispositivo', light: 'Chiaro', dark: 'Scuro' })[theme];
export const TEXT_SIZE = 'Dimensione del testo';
export const percent = (size: string): string => `${size}%`;
export const SHOW = 'Mostra';
export const SHOW_CHARACTERS = 'Mostra i caratteri';
export const HIDE = 'Nascondi';
export const HIDE_CHARACTERS = 'Nascondi i caratteri';
export const invited = <E>(room: E): Pieces<E> => ['Hai un invito per la stanza ', room, '. '];
export const USE_ANOTHER_ROOM = 'Usa un’altra stanza';
export const WHO_MODERATES = 'Chi può moderare la stanza?';
export const KEEPER_ALONE = 'Solo chi la custodisce';
export const EVERY_MEMBER = 'Ogni membro';
export const OPEN_ANEW = 'Apri una stanza con questa chiave';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Aprire una nuova stanza con la chiave ',
  key,
  '? Lì non ci sarà nessun altro, finché qualcuno non arriva con la stessa chiave e la stessa password.',
];

export const PLAIN_HTTP = 'Questa pagina è arrivata via http semplice';
export const PLAIN_HTTP_MORE =
  'I messaggi vengono comunque sigillati nel tuo browser, e il server non può leggerli. Ma chi controlla la rete fra te e il server potrebbe modificare questa pagina lungo la strada, e così leggere tutto. In una rete di cui non ti fidi, usa https o una VPN.';

export const MAKING_KEYS = 'Creazione delle chiavi';
export const PASSWORD_IS_STRETCHED =
  'La password si trasforma in chiavi qui, nel tuo browser, e non ne esce mai.';
export const percentDone = (percent: number) => `Creazione delle chiavi… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Creazione delle chiavi… ${number(percent)}%, ancora ${number(seconds)} s`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const takes = plural(minutes, { one: 'Ci vuole circa un minuto', other: 'Ci vogliono circa # minuti' });
  const plain = secure ? '' : ' Via https, alla crittografia del browser basterebbe un secondo.';
  return `${takes}, perché questo browser esegue gli script lentamente: senza compilatore, come in modalità di isolamento o con impostazioni rafforzate, o su un dispositivo lento.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Non si entra: questa stanza non esiste, o la password non è quella giusta. Forse la stanza ha una nuova password, e gli inviti di prima non valgono più: chiedine uno nuovo.',
  taken: 'C’è già una stanza aperta con questa chiave. Entra con il suo invito, o scegli un’altra chiave.',
  'alias-in-use': 'Qualcuno nella stanza ha già questo alias. Scegline un altro.',
  full: 'La stanza è piena. Riprova quando qualcuno sarà uscito.',
  locked: 'La stanza è bloccata. Chiedi a qualcuno che è dentro di sbloccarla.',
  busy: 'Il server è occupato, o dal tuo indirizzo sono arrivati troppi tentativi. Aspetta un po’ e riprova.',
  malformed: 'Il server non ha capito questa pagina. Ricaricala e riprova.',
  'needs-code': 'Per aprire una stanza qui serve un codice. Chiedilo a chi gestisce questo server.',
  'not-from-here':
    'Qui si aprono stanze solo dalle reti del server. Chiedi a chi lo gestisce, o connettiti da lì.',
  unreachable: 'Il server non è raggiungibile. Controlla la connessione e riprova.',
  'not-loaded':
    'Una parte di questa pagina non si è caricata. Controlla la connessione, consentila se un’estensione ferma gli script, e riprova.',
  'no-worker':
    'Il worker che crea le chiavi, derive.js, non è partito. Un’estensione o qualcosa lungo la strada lo ferma: consentilo per questa pagina, o usa un altro browser.',
  'break-over':
    'La connessione è mancata per mezz’ora: la conversazione e la password sono cancellate. Per entrare di nuovo, inserisci ancora una volta la password.',
  'grace-over':
    'La connessione è mancata troppo a lungo e il tuo posto nella stanza è stato liberato. Entra di nuovo con l’invito.',
  kicked:
    'Mentre mancava la connessione, ti hanno messo fuori dalla stanza. Per tornare serve un nuovo invito: chiedilo a un membro.',
  'room-gone':
    'Mentre mancava la connessione, la stanza si è chiusa. Aprila di nuovo con la stessa chiave e la stessa password, o aprine un’altra.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Questo server sta per riavviarsi e non apre stanze. Riprova fra qualche minuto.',
  'false-room':
    'Ciò che il server mostra non è la stanza che questa password apre. Non affidarla a questo server: chiedi a chi lo gestisce.',
  'bad-room-key': 'La chiave di una stanza ha 8 lettere e cifre, come K7QM-4XZD. Confrontala con l’invito.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `Per aprire una stanza serve una password di almeno ${number(characters)} caratteri e al massimo ${number(bytes)} byte.`;

export const tryAgainIn = (seconds: number): string => `Puoi riprovare fra ${counted(seconds)}.`;
export const TRY_AGAIN_NOW = 'Ora puoi riprovare.';

export const CHOSEN_PASSWORD =
  'Una password pensata da qualcuno si può indovinare: chi gestisce il server, o registra un ingresso, può provarne quante ne reggono le sue macchine. Solo una password generata ne è al sicuro.';

export const OFFLINE = 'Questo dispositivo non è in rete. Collegalo alla rete del server, e riprova.';

export const WRONG_CODE =
  'Non è questo il codice per aprire stanze qui; le maiuscole contano. Chiedilo a chi gestisce questo server.';

const ALPHABETS: Record<string, string> = { Latin: 'latino', Greek: 'greco', Cyrillic: 'cirillico' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Un alias ha da 1 a ${number(error.most)} caratteri.`;
    case 'slash':
      return 'Un alias non comincia con «/».';
    case 'space':
      return `Un alias non ha spazi (${codePoint}).`;
    case 'unseen':
      return `Un alias non ha caratteri invisibili (${codePoint}).`;
    case 'unknown':
      return `Non tutti i dispositivi conoscono il carattere ${codePoint}.`;
    case 'enclosing':
      return `Un alias non ha caratteri disegnati intorno ad altri (${codePoint}).`;
    case 'marks':
      return `Il segno «◌${character}» (${codePoint}) è di troppo sulla sua lettera.`;
    case 'baseless':
      return `Il segno «◌${character}» (${codePoint}) non ha una lettera su cui stare.`;
    case 'mixed':
      return `«${character}» (${codePoint}, alfabeto ${ALPHABETS[error.alphabet]}) non può stare accanto a lettere dell’alfabeto ${ALPHABETS[error.beside]}.`;
    case 'joiner':
      return `Il carattere di unione ${codePoint} non cambia nulla lì dov’è.`;
    case 'emoji':
      return `${codePoint} lì non forma un’emoji che tutti i dispositivi conoscano.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'Il link a questa pagina si è rovinato per strada (forse «%23» al posto di «#»), così il tuo browser ha inviato l’invito, con la password, al server. Il server non ne conserva nulla, ma avrebbe potuto leggerlo, e così un proxy o il suo log. Non usare più questa password: fa’ riaprire la stanza con un’altra, e chiedi un invito da incollare qui.';
export const INVITATION_BROKEN =
  'Questo link non contiene un invito intero: manca qualcosa, o qualcosa è di troppo. Chiedilo di nuovo, o inserisci a mano la chiave della stanza e la password.';
export const INVITATION_TOO_LONG =
  'Ciò che hai incollato è troppo lungo per un invito, ed è stato scartato. Incolla solo il link.';
export const invitationElsewhere = (there: string, here: string) =>
  `Questo invito è per una stanza su ${there}, e questa pagina è su ${here}. Se non sono lo stesso server, apri il link lì.`;

const OPERATOR = 'Chi gestisce il server può rimediare: ';

const PASS_HOST = 'in nginx «proxy_set_header Host $http_host;»';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}in sanctuary.toml deve esserci hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `Il server c’è, ma il WebSocket che porta la conversazione non passa. Un proxy, un filtro o un’estensione lo ferma. ${OPERATOR}il proxy deve inoltrare Upgrade e Connection; in nginx, «proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";».`,
  origin: ({ origin, hostname }: Location) =>
    `Il server rifiuta questa pagina, perché viene chiamato con un nome diverso da ${origin}: un proxy cambia l’Host. ${OPERATOR}il proxy deve inoltrare l’Host, ${PASS_HOST}${named(hostname, ', e ')}; oppure in sanctuary.toml deve esserci origins = ["${origin}"].`,
  host: ({ hostname }: Location) =>
    `Il server viene chiamato con un nome a cui non risponde: le sue impostazioni sono cambiate, o un proxy cambia l’Host. ${OPERATOR}un proxy deve inoltrare l’Host, ${PASS_HOST}${named(hostname, '; e ')}.`,
  full: 'Il server ha già tutte le connessioni che accetta, in totale o dal tuo indirizzo. Chiudi le altre schede che lo usano, o aspetta un po’, e riprova.',
  gone: (status: number) =>
    `Qualcosa davanti al server risponde ${status}: il server stesso non è in funzione, o da lì non è raggiungibile. Riprova più tardi. ${OPERATOR}il servizio deve essere in funzione e in ascolto dove il proxy lo cerca.`,
  elsewhere:
    'Qualcosa nella rete porta altrove le connessioni di questa pagina, forse a una pagina di accesso. Ricarica la pagina e riprova.',
  other: (status: number, path: string) =>
    `Qualcosa davanti al server risponde ${status} al suo posto, quando la pagina chiede ${path}. ${OPERATOR}il proxy deve inoltrare tutto ciò che sta sotto il percorso della pagina, senza un accesso suo.`,
};

// The room.

export const ROOM = 'Stanza';
export const roomIs = <E>(key: E): Pieces<E> => ['Stanza ', key];
export const hereAre = (count: number): string => `${number(count)} qui`;
export const MORE = 'Altro';
export const LOCKED = 'bloccata';
export const LOCKED_MORE = 'Nessun altro può entrare.';
export const INVITE = 'Invita';
export const LOCK = 'Blocca la stanza';
export const UNLOCK = 'Sblocca la stanza';
export const SETTINGS = 'Impostazioni';
export const SETTINGS_KEPT = 'Tutto questo viene dimenticato quando chiudi la scheda.';
export const SOUND = 'Un suono per sussurri e menzioni';
export const NOTIFY = 'Una notifica in questi casi, senza ciò che è stato detto';
export const NOT_NOTIFIED =
  'Questo browser non mostra le notifiche di questa pagina. Consentile per la pagina, e riattivale.';
export const NOTIFIED = { whisper: 'Qualcuno ti sussurra', mention: 'Qualcuno ti menziona' };
export const TIMER = 'Messaggi a scomparsa';
export const TIMER_AFTER = 'Ciò che si dice d’ora in poi scompare dopo';
export const TIMER_NEVER = 'Mai: resta';
export const TIMER_BINDS =
  'Le pagine oneste obbediscono; nessuno può costringere una disonesta a dimenticare.';
export const TIMER_SET = 'Imposta per tutti';
export const fadesAfter = (time: string): string => `I messaggi scompaiono ${time} dopo l’arrivo.`;
export const FADING_MORE = 'A quel punto questo messaggio scompare, da ogni pagina che obbedisce.';
export const SEEING = 'Chi può vedere che cosa';
export const THIS_CONNECTION = 'Lungo la strada';
export const OVER_HTTPS =
  'Questa pagina è arrivata via https. Le reti e i proxy lungo la strada vedono chi è connesso a questo server, quando, e quanto va e viene; lì nessuno legge o cambia nulla, se il certificato è proprio quello del server.';
export const OVER_LOOPBACK =
  'Questa pagina è stata aperta a un indirizzo di questo stesso dispositivo. Se un tunnel o un proxy porti da qui a un altro, dalla pagina non si può sapere.';
export const OVER_ONION =
  'Questa pagina è stata aperta a un indirizzo onion. Tor cifra tutto ciò che passa fino al suo capo presso il server e nasconde da dove arrivi.';
export const OVER_HTTP =
  'Questa pagina è arrivata via http semplice. Le reti e i proxy lungo la strada vedono tutto ciò che vede il server; ciò che si dice è sigillato anche per loro. Ma chi ne controlla uno potrebbe aver modificato questa pagina lungo la strada, in modo che gli riveli tutto. In una rete di cui non ti fidi, usa https o una VPN.';
export const THE_SERVER = 'Chi gestisce il server';
export const serverSees = (host: string): string =>
  `Chi gestisce ${host} vede la chiave della stanza, quanti ci sono dentro e da quali indirizzi, quando qualcuno dice qualcosa e più o meno quanto, e chi sussurra a chi: nessuna password, nessun alias, nessuna parola. Ma anche questa pagina viene da lì, e un’altra al suo posto potrebbe rivelare tutto: serve un server di qualcuno di cui ti fidi.`;
export const PROTECTIONS = [
  'la memoria resta nella RAM e non finisce mai su un disco',
  'un arresto improvviso non lascia copie della memoria',
  'funziona senza diritti di amministratore',
  'non può ottenere altri diritti',
  'non apre file di stanze né connessioni di sua iniziativa',
  'può chiedere ben poco al sistema',
  'non legge da nessun terminale',
];
export const PROTECTED = 'Il server dice di sé che non tiene log e che:';
export const UNPROTECTED = 'Lì non vale, o non del tutto:';
export const THE_MEMBERS = 'I membri';
export const MEMBERS_SEE =
  'Ogni membro legge ciò che si dice a tutti da quando è arrivato; un sussurro lo legge chi lo riceve. Tutti possono conservare ciò che hanno letto.';
export const STAYS = 'I messaggi restano finché non si lascia la conversazione.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [keeper, ` custodisce la stanza: solo chi è custode può ${OFFICE}, e passare la custodia ad altri.`]
    : [`Ogni membro può ${OFFICE}. Solo chi è custode, `, keeper, ', può passare la custodia ad altri.'];
const OFFICE =
  'espellere membri, bloccare la stanza, darle una nuova password, far scomparire i messaggi o chiudere la stanza';
export const DRAWN_PASSWORD = 'Ha la forma di una password generata, che nessuno può indovinare.';
export const WHO_IS_WHO = 'Chi è chi';
export const TICK_THOSE = 'Spunta chi ti legge a voce lo stesso numero che vedi qui:';
export const NO_TRACE = 'Senza lasciare traccia';
export const NO_TRACE_MORE =
  'Nulla viene salvato, né qui né sul server; il browser forse ricorda di essere stato a questo indirizzo. Esc due volte di seguito, o un dito per un secondo sull’immagine in alto: tutto è cancellato, e al suo posto c’è una pagina vuota.';
export const VANISH = 'Via, su una pagina vuota';
export const STOP_ROOM = 'Chiudi la stanza';
export const LEAVE = 'Esci';
export const askKick = <E>(alias: E): Pieces<E> => ['Espellere ', alias, ' dalla stanza?'];
export const GIVE_NEW_PASSWORD = 'Dai alla stanza una nuova password, così il vecchio invito non la apre più';
export const PASSWORD_GOES_TO = 'La nuova password va a';
export const PASSWORD_GOES_TO_NOBODY = 'La nuova password non va a nessun altro.';
export const RELOCK = 'Nuova password';
export const ASK_RELOCK =
  'Dare alla stanza una nuova password? Con gli inviti di prima non entra più nessuno.';
export const NOT_READ = 'Resta fuori chi ha una tessera che questa pagina non riesce a leggere.';
export const RELOCKING = 'La stanza riceve una nuova password…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['Il numero di ', alias];
export const VERIFY_HOW =
  'Fattelo leggere a voce, al telefono o a quattr’occhi, dal membro che conosci. Se è questo numero, fra voi non c’è nessuno, nemmeno il server.';
export const IS_SAME_NUMBER = 'È questo il numero letto a voce';
export const YOUR_NUMBER = 'Il tuo numero, da leggere a voce:';
export const VERIFY = 'Verifica';
export const ALL_VERIFIED = 'verificata';
export const ALL_VERIFIED_MORE = 'Hai confrontato i numeri di tutti i membri.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Aperta da ', alias, ' alle ', time];
export const ASK_STOP = 'Chiudere la stanza? La conversazione finisce per tutti, e non ne resta nulla.';

export const CANCEL = 'Annulla';

export const MEMBERS = 'Membri';
export const MARKS = {
  you: 'tu',
  keeper: 'custode',
  away: 'assente',
  verified: 'verificato',
  differs: 'vede un’altra stanza',
  'not-ready': 'in attesa',
  unreadable: 'illeggibile',
  'shut-out': 'messo fuori',
  ignored: 'ignorato',
};
export const MARKS_MORE = {
  verified: 'Hai confrontato il numero di questo membro.',
  differs: 'Ciò che vede questo membro è diverso da ciò che vedi tu: il server vi mostra cose diverse.',
  'not-ready': 'Questo membro deve ancora mostrarsi con la nuova password.',
  unreadable:
    'Ciò che il server mostra di questo membro non viene accettato: nulla di tuo gli arriva, e nulla di suo arriva a te.',
  ignored: 'Non vedi nulla di ciò che dice questo membro.',
  'shut-out':
    'Un altro membro lo ha messo fuori, ma il server lo tiene nella stanza: non gli arriva più nulla.',
};
export const doingsWith = (alias: string): string => `Che cosa fare con ${alias}`;
export const WHISPER = 'Sussurra';
export const KICK = 'Espelli';
export const IGNORE = 'Ignora';
export const HEED = 'Non ignorare più';
export const MAKE_KEEPER = 'Passa la custodia';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Passare a ',
  alias,
  ' la custodia della stanza? Solo da lì può tornare indietro.',
];

export const UNNAMED = '(senza nome)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'somiglia a te',
  page: 'alias di un membro',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['somiglia a ', alias];
export const OTHER_CHARACTERS = 'Scritto con altri caratteri.';

export const OWN_WORDS = [
  ...[
    'tu',
    'custode',
    'assente',
    'bloccata',
    'verificato',
    'verificata',
    'illeggibile',
    'ignorato',
    'sistema',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = 'Invito';
export const INVITATION_LINK = 'Link d’invito';
export const COPY = 'Copia';
export const CLOSE = 'Chiudi';
export const NEW_INVITATION =
  'La stanza ha una nuova password: questo è il nuovo link, e con quelli di prima non entra più nessuno.';
export const COPIED = 'Copiato';
export const ADDRESS_FOR_OTHERS =
  'Hai aperto questa pagina a un indirizzo che vale solo su questo dispositivo. Gli altri la trovano a';
export const THIS_MACHINE_ALONE =
  'Questo link porta qui solo da questo dispositivo. Per invitare altri, apri la pagina a un indirizzo che possano aprire anche loro, o leggi i codici a voce.';
export const SHARE = 'Condividi';
export const PRINT = 'Stampa';
export const QR = 'L’invito come codice QR';
export const PASS_ON_WITH_CARE = 'Chi ha questo link può entrare: fai attenzione a chi lo dai.';
export const COPY_BY_HAND = 'Copia il link a mano. Chi ce l’ha può entrare: fai attenzione a chi lo dai.';

// A broken connection.

export const BROKEN = 'La connessione è caduta. Ciò che scrivi aspetta finché non torni.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Il tuo posto è stato liberato, e la stanza è bloccata. Entri senza fare nulla appena qualcuno che è dentro la sblocca.',
  full: 'Il tuo posto è stato liberato, e la stanza è piena. Entri senza fare nulla appena qualcuno esce.',
  'alias-in-use':
    'Il tuo posto è stato liberato, e ora un altro membro della stanza ha il tuo alias. Aspetta che esca; oppure copia l’invito, esci, ed entra con quello sotto un altro alias.',
  'room-gone':
    'La stanza non c’è più: il suo ultimo posto è stato liberato. Puoi aprirla di nuovo, con la stessa chiave e la stessa password, così lo stesso invito porta lì.',
  'no-entry':
    'La stanza non c’è più, o ha ricevuto un’altra password: con la tua non entra nessuno. Se non c’è più, puoi aprirla di nuovo, con la stessa chiave e la stessa password.',
  'another-password':
    'Il tuo invito non vale più: la stanza ha un’altra password. Chiedine uno nuovo a qualcuno che è dentro.',
  'needs-code':
    'La stanza non c’è più, e per aprirla di nuovo serve un codice. Chiedilo a chi l’ha aperta, o a chi gestisce questo server; copia l’invito, esci, e apri la stanza con il codice.',
  'not-from-here':
    'La stanza non c’è più, e qui si aprono stanze solo dalle reti del server. Copia l’invito, esci, e chiedi a chi gestisce questo server.',
  draining:
    'La stanza non c’è più, e questo server sta per riavviarsi e non apre stanze. Aprila di nuovo fra qualche minuto.',
};
export const nextTryIn = (seconds: number): string => `Prossimo tentativo fra ${number(seconds)} s.`;
export const TRYING = 'Tentativo in corso…';
export const TRY_NOW = 'Prova ora';
export const OPEN_IT_AGAIN = 'Aprila di nuovo';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'Tutto questo resta fino alle ',
  time,
  ', poi viene cancellato.',
];

export const LOSSES = {
  room: 'Qui non c’è nessun altro: la stanza finisce con te.',
  draft: 'Ciò che hai scritto non è ancora inviato.',
};
export const askLeave = (losses: string[]): string => `Uscire dalla stanza? ${losses.join(' ')}`;

export const MESSAGE = 'Messaggio';
export const SEND = 'Invia';
export const MESSAGE_TO_EVERYONE = 'Messaggio a tutti';
export const whisperTo = (alias: string): string => `Sussurro a ${alias}`;
export const COMPOSER_HINT = 'Maiusc+Invio va a capo.';
export const COMPOSER_HINT_TOUCH = 'Invio va a capo, il pulsante invia.';
export const FAREWELL_TO_ALL = 'Un saluto d’addio lo leggono tutti: torna a scrivere a tutti per dirlo.';
export const ACTION_ANSWERS_NOTHING =
  'Ciò che fai (/me) non risponde a nessun messaggio: scrivilo come messaggio, o premi prima “Non rispondere”.';
export const STAYS_HERE = 'Ciò che hai scritto resta qui.';
export const bytesLeft = (bytes: number): string =>
  plural(bytes, { one: 'Resta # byte', other: 'Restano # byte' });
export const TOO_LONG = 'Troppo lungo da inviare.';
export const tooLongBy = (bytes: number): string => `Troppo lungo di ${number(bytes)} byte.`;
export const PROPOSALS = 'Suggerimenti';
export const proposals = (count: number): string =>
  `${plural(count, { one: '# suggerimento', other: '# suggerimenti' })}: le frecce scelgono, Tab completa.`;
export const LIST_COMMANDS = 'mostrare i comandi';
export const COMMANDS = 'Comandi';
export const MENTION = 'Menziona';
export const FORMAT = 'Formattazione';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'G', name: 'Grassetto' },
  italic: { sign: 'C', name: 'Corsivo' },
  code: { sign: '<>', name: 'Codice' },
  list: { sign: '•', name: 'Elenco' },
  quote: { sign: '❝', name: 'Citazione' },
  link: { sign: 'Link', name: 'Link' },
};
export const PREVIEW = 'Anteprima';
export const NOTHING_TO_PREVIEW = 'Qui vedi come apparirà il tuo messaggio.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Stai sussurrando a ', alias];
export const BACK_TO_EVERYONE = 'Torna a scrivere a tutti';

// Pictures.

export const PICTURE = 'Immagine';
export const ATTACH = 'Allega un’immagine';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['Rilascia qui le immagini, da sussurrare a ', ...whom]
    : ['Rilascia qui le immagini, per tutti'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Immagine, da sussurrare a ', ...whom] : ['Immagine, per tutti'];
export const PREPARING = 'L’immagine viene rimpicciolita…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'Dell’animazione si invia solo la prima immagine.',
    more > 0 && plural(more, { one: 'Ne manca ancora una.', other: 'Ne mancano ancora #.' }),
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Descrizione';
export const DESCRIPTION_HINT = 'Che cosa mostra?';
export const SEND_PICTURE = 'Invia l’immagine';
export const REMOVE = 'Rimuovi';
export const picturesLeftOut = (most: number, count: number): string =>
  `Possono aspettare ${number(most)} immagini alla volta: ${plural(count, { one: 'una è rimasta', other: '# sono rimaste' })} fuori.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' non è un’immagine, e altro non si può inviare.'];
    case 'svg':
      return [file, ' è un disegno SVG, che può contenere più di un’immagine: salvalo come PNG.'];
    case 'kind':
      return [file, ' è un’immagine di un tipo che questo browser non sa leggere: salvala come JPEG o PNG.'];
    case 'large-file':
      return [file, ` supera ${number(most.megabytes)} MB: prima rimpiccioliscilo.`];
    case 'large-picture':
      return [file, ` ha più di ${number(most.megapixels)} milioni di pixel: prima rimpiccioliscilo.`];
    case 'broken':
      return [file, ' non si può leggere: è danneggiato, o di un tipo che questo browser non conosce.'];
    case 'noise':
      return [
        file,
        ' non si può rimpicciolire: questo browser protegge dal fingerprinting e restituisce rumore al posto di ciò che una pagina disegna. Consenti a questa pagina di leggere i dati canvas, o usa un altro browser.',
      ];
    case 'too-small':
      return [file, ' non si può rimpicciolire abbastanza per ciò che questo server accetta come messaggio.'];
    case 'failed':
      return [
        file,
        ' non è stato rimpicciolito. Forse questo dispositivo ha ora troppo poca memoria: riprova, o rimpiccioliscilo prima.',
      ];
    case 'not-loaded':
      return [file, ' non è stato rimpicciolito: una parte di questa pagina non si è caricata. Riprova.'];
  }
}

export const CONVERSATION = 'Conversazione';
export const NEW_MESSAGES = 'Nuovi messaggi';
export const EARLIER_GONE = 'I messaggi precedenti non ci sono più.';
export const sentAt = <E>(time: E): Pieces<E> => ['(inviato alle ', time, ')'];
export const DELIVERY = {
  sending: 'invio in corso…',
  sent: '',
  delivered: 'consegnato',
  failed: 'non inviato',
  unsure: 'forse non inviato',
};
export const REPLY = 'Rispondi';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `Che cosa fare con il messaggio di ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'Reagisci…';
export const UNSEND = 'Ritira';
export const DISCARD = 'Scarta';
export const NOT_COPIED = 'Copia non riuscita';
export const ANSWERED_IS_GONE = 'Risposta a un messaggio che qui non c’è';
export const EMOJI = {
  '👍': 'pollice in su',
  '❤️': 'cuore',
  '😂': 'risata',
  '🎉': 'festa',
  '😮': 'stupore',
  '😢': 'pianto',
  '🙏': 'grazie',
  '👎': 'pollice in giù',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, plural(more, { one: 'un’altra persona', other: 'altri #' })] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Più persone stanno scrivendo…']
    : [...listed(aliases), plural(aliases.length, { one: ' sta scrivendo…', other: ' stanno scrivendo…' })];
export const TELL_TYPING = 'Mostra chi sta scrivendo';
export const replyingTo = <E>(line: E): Pieces<E> => ['In risposta a ', line];
export const NO_REPLY = 'Non rispondere';
export const NOBODY_ELSE = 'Qui non c’è ancora nessun altro.';
export const INVITE_SOMEBODY = 'Invita qualcuno';
export const MENTIONS_YOU = 'ti menziona';
export const SAYS_FAREWELL = 'saluta ed esce';
export const WHISPERS_TO_YOU = 'ti sussurra';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['sussurra a ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Nessun messaggio è passato mentre non c’eri'
    : plural(count, {
        one: 'Al massimo un messaggio è passato mentre non c’eri',
        other: 'Fino a # messaggi sono passati mentre non c’eri',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `scompare fra ${counted(seconds)}`;
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
  ` (${plural(times, { one: '# volta', other: '# volte' })})`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const they = (one: string, other: string) => plural(1 + others.length, { one, other });
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, they(' è qui', ' sono qui')];
    case 'renamed':
      return [alias, ' ora si chiama ', other];
    case 'exit':
      return [...aliases, they(' ha lasciato la stanza', ' hanno lasciato la stanza')];
    case 'gone':
      return [...aliases, they(' ha perso la connessione', ' hanno perso la connessione')];
    case 'kicked':
      return [other, ' ha espulso ', alias];
    case 'put-out-unread':
      return [other, ' ha messo fuori ', alias, ', dice il server; non hai ancora potuto leggerlo'];
    case 'put-out':
      return ['Il server dice che hanno messo fuori ', alias, ', ma nessun membro lo ha detto'];
    case 'shut-out':
      return [
        other,
        ' ha messo fuori ',
        alias,
        ', ma il server tiene questo membro nella stanza: non gli arriva più nulla',
      ];
    case 'left-out':
      return [other, ' non ha dato la nuova password a ', alias, ', che ora è fuori'];
    case 'away':
      return [...aliases, they(' per il momento non c’è', ' per il momento non ci sono')];
    case 'back':
      return [...aliases, they(' è di nuovo qui', ' sono di nuovo qui')];
    case 'keeper':
      return by
        ? [by, ' ha passato a ', alias, ' la custodia della stanza']
        : [alias, ' ora custodisce la stanza'];
    case 'handed-unread':
      return [
        other,
        ' ha passato a ',
        alias,
        ' la custodia della stanza, dice il server; non hai ancora potuto leggerlo',
      ];
    case 'keeper-unsaid':
      return [
        'Il server dice che ',
        alias,
        ' ora custodisce la stanza, ma non lo dicono né le regole della stanza né un membro',
      ];
    case 'locked':
      return by
        ? [by, ' ha bloccato la stanza: nessun altro può entrare']
        : ['La stanza è bloccata: nessun altro può entrare'];
    case 'unlocked':
      return by ? [by, ' ha sbloccato la stanza'] : ['La stanza è sbloccata'];
    case 'relocked':
      return by
        ? [by, ' ha dato alla stanza una nuova password: con gli inviti di prima non entra più nessuno']
        : ['La stanza ha una nuova password: con gli inviti di prima non entra più nessuno'];
    case 'keyless':
      return [
        'La stanza ha una nuova password che non hai ricevuto: non puoi invitare nessuno, né leggere chi si mostra d’ora in poi. Esci, e chiedi un nuovo invito.',
      ];
    case 'unrenewed':
      return [
        'Il server non esegue il rinnovo delle tue chiavi: esci ed entra di nuovo, o usa un altro server',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Il tuo posto è stato liberato mentre non c’eri, e hai preso un nuovo posto. ${missed(count)}`];
    case 'reopened':
      return [
        'Hai aperto di nuovo la stanza. Chi altro ha perso la connessione arriva con lo stesso invito.',
      ];
    case 'another-room':
      return [
        'Hai preso un nuovo posto, ma questa è un’altra stanza con la stessa chiave e la stessa password, aperta da ',
        alias,
        ': quanti messaggi siano passati nel frattempo, nessuno può dirlo',
      ];
    case 'missing':
      return [plural(count, { one: 'Manca un messaggio di ', other: 'Mancano # messaggi di ' }), alias];
    case 'timer':
      return count > 0
        ? [other, ` fa scomparire i messaggi ${lasting(count)} dopo l’arrivo. ${TIMER_BINDS}`]
        : [other, ' d’ora in poi lascia restare i messaggi'];
    case 'closing':
      return [
        `Il server si riavvia fra ${plural(count, { one: '# secondo', other: '# secondi' })}: allora la conversazione finisce per tutti. Dopo, riapri la stanza.`,
      ];
    case 'unreadable':
      return who
        ? ['Non si è potuto leggere un messaggio di ', alias]
        : ['Non si è potuto leggere un messaggio'];
    case 'unsent':
      return [alias, ' ha ritirato un messaggio'];
    case 'unshowable':
      return [alias, ' ha inviato qualcosa che questa pagina non può mostrare'];
    case 'differs':
      return [
        'Ciò che vede ',
        alias,
        ' è diverso da ciò che vedi tu: il server vi mostra cose diverse. Sentitevi per un’altra via, e usate un altro server',
      ];
    case 'contradicted':
      return [
        'Ciò che dice il server non si accorda con ciò che ha detto prima: se continua così, usa un altro server',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Una parte di questa pagina non si è caricata: qui gli alias che si somigliano non sono segnalati. Tutto il resto funziona.';
    case 'too-much':
      return 'È troppo lungo da inviare, o è troppo in una volta. Accorcialo, o aspetta che parta tutto ciò che è in attesa.';
    case 'not-loaded':
      return 'Una parte di questa pagina che serve per inviare non si è caricata. Invialo di nuovo fra un momento.';
    case 'not-yours':
      return `Può farlo solo chi è custode della stanza, cioè ${note.keeper || UNNAMED}. Chiedilo lì, o chiedi la custodia della stanza.`;
    case 'nobody':
      return `Qui nessuno si chiama ${note.alias}. Guarda nella lista dei membri come si scrive.`;
    case 'several':
      return `${number(note.count)} membri si chiamano ${note.alias}. Di’ quale: ${note.alias} 1 o ${note.alias} 2.`;
    case 'gone':
      return 'Quel membro non è più qui.';
    case 'no-voice':
      return 'Quel membro si può mettere fuori solo con una nuova password: scrivi /relock.';
    case 'number':
      return `Il tuo numero: ${note.number}. Leggilo a voce agli altri; ognuno lo confronta con /verify.`;
    case 'not-carried-out':
      return 'Nel frattempo il tuo posto è stato liberato: ciò che avevi ordinato nella stanza non è stato fatto. Ordinalo di nuovo.';
    case 'relock-failed':
      return 'Non si è potuta creare una nuova password. Se la stanza era stata bloccata per questo, resta bloccata: riprova con /relock, o sbloccala con /unlock.';
    case 'relock-crossed':
      return 'Qualcun altro ha dato alla stanza una nuova password nello stesso momento. Se la stanza era stata bloccata per questo, resta bloccata: sbloccala con /unlock.';
    case 'unwhispered':
      return 'Nessuno ti ha sussurrato.';
    case 'whisperer-gone':
      return 'Chi ti ha sussurrato per ultimo non è più qui.';
    case 'yourself':
      return 'Sei tu.';
    case 'away':
      return `${note.alias} al momento non c’è. Riprova quando la lista dei membri non lo dice più.`;
    case 'unnamed':
      return 'Quel membro non ha chiavi in comune con te. Aspetta che la lista dei membri non lo dia più in attesa.';
    case 'no-line':
      return 'Quel messaggio non è più qui, o coloro a cui scrivi non lo hanno mai avuto.';
    case 'former-voice':
      return 'Lo hai detto prima di entrare di nuovo: non si può più ritirare.';
    case 'amiss':
      return 'Qualcosa è andato storto in questa pagina, e ciò che hai fatto per ultimo forse non è avvenuto. Riprova; se non aiuta, esci ed entra di nuovo.';
    case 'untold':
      return 'Ciò che hai fatto con un messaggio non è arrivato agli altri: riprova.';
    case 'perhaps-untold':
      return 'Forse ciò che hai fatto con un messaggio non è arrivato agli altri: chiedi a loro prima di riprovare.';
    case 'ignored':
      return `Non vedi più nulla di ${note.alias}, e nessuno viene a saperlo. Scrivi di nuovo /ignore ${note.alias} per annullare.`;
    case 'heeded':
      return `Vedi di nuovo ciò che dice ${note.alias}.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Qualcuno nella stanza ha questo alias: scegline un altro.';
    case 'keyless':
      return 'Non hai più una chiave d’accesso alla stanza, e nessuno potrebbe leggere un altro tuo alias. Esci, e chiedi un nuovo invito.';
    case 'slip':
      return 'Un comando comincia con /, e ogni altro testo con una parola.';
    case 'no-command':
      return `Il comando /${note.name} non esiste. Scrivi /help per vedere quali ci sono.`;
  }
}

export const correctUsage = (usage: string): string => `Scrivi ${usage}.`;
export const nothingAfter = (usage: string): string => `Scrivi ${usage} senza nulla dopo.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'ALIAS',
  name: 'NOME',
  member: 'ALIAS',
  text: 'TESTO',
  farewell: '[SALUTO]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'sussurrare a un membro',
  r: 'sussurrare a chi ti ha sussurrato per ultimo; Alt+R passa lì',
  me: 'dire che cosa fai',
  alias: 'usare un altro alias',
  ignore: 'non vedere più nulla di un membro, o di nuovo tutto; nessuno viene a saperlo',
  exit: 'uscire dalla stanza',
  kick: 'espellere un membro e dare alla stanza una nuova password',
  stop: 'chiudere la stanza per tutti',
  lock: 'non far entrare più nessuno, o far entrare di nuovo',
  relock: 'dare alla stanza una nuova password',
  timer: 'far sparire dopo questo tempo ciò che si dice da ora, o lasciarlo',
  keeper: 'passare la custodia a un altro membro',
  verify: 'confrontare il numero di un membro',
  number: 'mostrare il tuo numero',
  slash: 'cominciare un messaggio con una barra',
};
export const HELP_END = [
  'Puoi scrivere i messaggi in Markdown (**grassetto** *corsivo* `codice` > citazione - elenco) e in HTML.',
  'Esc due volte, o un dito per un secondo sull’immagine in alto: via subito, su una pagina vuota. Non si chiede nulla.',
];

// Messages.

export const SHOW_MESSAGE = 'Mostra';
export const SHOW_ALL = 'Mostra tutto';
export const marksDropped = (count: number) => `[segni non mostrati: ${number(count)}]`;
export const LONG_MESSAGE = 'Messaggio lungo';
export const CODE_BLOCK = 'Codice';
export const TABLE = 'Tabella';
export const GAUGE = 'Indicatore';
export const NO_IMAGE = '[immagine non mostrata]';
export const noImageOf = (alt: string) => `[immagine non mostrata: ${alt}]`;
