// All words of the page in Spanish: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('es');

// The documents.

export const LANGUAGE = 'es';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Reintentar';
export const OVER = 'La conversación ha terminado.';
export const NOTHING_KEPT = 'No queda nada de ella: ni aquí ni en el servidor.';
export const BACK = 'Volver a la entrada';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Has salido de la sala.',
  kicked: 'Te han expulsado de la sala. Pide una nueva invitación a un miembro si vas a volver.',
  stopped:
    'Han cerrado la sala. La conversación ha terminado para todo el mundo. Para seguir hablando, abre una nueva sala.',
  'put-out':
    'El servidor te ha sacado de la sala. No se pudo comprobar que lo dijera un miembro con derecho a hacerlo. Pregunta a los demás por otra vía y vuelve a entrar con la invitación.',
  'left-out':
    'La sala tiene una nueva contraseña y, según el servidor, no estás entre quienes la recibieron. Pide una nueva invitación a un miembro.',
  'stopped-by-host':
    'Quien administra el servidor ha cerrado la sala. La conversación ha terminado para todo el mundo. Abre una nueva sala o pregúntale por qué.',
  'stopped-unread':
    'El servidor dice que han cerrado la sala. No se pudo comprobar que lo dijera un miembro con derecho a hacerlo. Pregunta a los demás por otra vía y abre una nueva sala.',
  'stopped-away':
    'Mientras tu conexión estaba cortada, cerraron la sala, según dice el servidor. Nadie ha leído lo que escribiste entretanto. La conversación ha terminado para todo el mundo. Para seguir hablando, abre una nueva sala.',
  'too-slow':
    'Tu conexión era demasiado lenta para seguir el ritmo de la sala. Vuelve a entrar con la invitación, por una línea mejor.',
  flooding:
    'Enviaste demasiado y demasiado rápido, y el servidor cortó tu conexión. Vuelve a entrar con la invitación y envía menos de una vez.',
  'resumed-elsewhere':
    'Otra conexión ha ocupado tu lugar en la sala. Si no fue tu propia página, avisa a los demás y abre una nueva sala.',
  'shutting-down':
    'El servidor se está apagando. La conversación ha terminado para todo el mundo. Abre una nueva sala cuando vuelva a funcionar.',
  malformed:
    'El servidor no entendió esta página y cortó la conexión. Recarga la página y vuelve a entrar con la invitación.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 te ha expulsado de la sala. Pídele una nueva invitación si vas a volver.`,
  stopped: who =>
    `\u2068${who}\u2069 ha cerrado la sala. La conversación ha terminado para todo el mundo. Para seguir hablando, abre una nueva sala.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Sin conexión',
  deriving: 'Creando claves…',
  connecting: 'Conectando…',
  room: 'En línea',
  reconnecting: 'Reconectando…',
  over: 'Conexión terminada',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Idioma';
export const LEAD = 'Una sala sellada de extremo a extremo. No queda nada de ella.';
export const ROOM_KEY = 'Llave de la sala';
export const ALIAS = 'Alias';
export const ALIAS_HINT = 'El nombre que ven los demás.';
export const OPEN_ROOM = 'Abrir una sala';
export const OPEN_ROOM_HINT = 'La llave y la contraseña se crean solas.';
export const HAVE_INVITATION = 'Tengo una invitación';
export const INVITATION_HINT = 'El enlace, o la llave de la sala y la contraseña.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Contraseña';
export const ENTER_ROOM = 'Entrar en la sala';
export const OPTIONS = 'Opciones';
export const OWN_ROOM_KEY = 'Tu propia llave de sala';
export const OWN_ROOM_KEY_HINT = 'Si lo dejas vacío, se crea una.';
export const OWN_PASSWORD = 'Tu propia contraseña';
export const OWN_PASSWORD_HINT = 'Si lo dejas vacío, se crea una que nadie puede adivinar.';
export const CODE = 'Código para abrir salas';
export const APPEARANCE = 'Claro u oscuro';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Como el dispositivo', light: 'Claro', dark: 'Oscuro' })[theme];
export const TEXT_SIZE = 'Tamaño del texto';
export const percent = (size: string): string => `${size} %`;
export const SHOW = 'Mostrar';
export const SHOW_CHARACTERS = 'Mostrar los caracteres';
export const HIDE = 'Ocultar';
export const HIDE_CHARACTERS = 'Ocultar los caracteres';
export const invited = <E>(room: E): Pieces<E> => ['Te han invitado a la sala ', room, '. '];
export const USE_ANOTHER_ROOM = 'Usar otra sala';
export const WHO_MODERATES = '¿Quién puede moderar la sala?';
export const KEEPER_ALONE = 'Solo quien está a cargo';
export const EVERY_MEMBER = 'Todos los miembros';
export const OPEN_ANEW = 'Abrir una nueva sala con esta llave';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  '¿Abrir una nueva sala con la llave ',
  key,
  '? No habrá nadie más hasta que alguien llegue con la misma llave y la misma contraseña.',
];

export const PLAIN_HTTP = 'Esta página llegó por http sin cifrar';
export const PLAIN_HTTP_MORE =
  'Los mensajes se sellan igualmente en tu navegador, y el servidor no puede leerlos. Pero alguien que controle la red entre tú y el servidor podría cambiar esta página por el camino y así leerlo todo. En una red en la que no confías, usa https o una VPN.';

export const MAKING_KEYS = 'Creando claves';
export const PASSWORD_IS_STRETCHED =
  'La contraseña se convierte en claves aquí, en tu navegador; nunca sale de él.';
export const percentDone = (percent: number) => `Creando claves… ${number(percent)} %`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Creando claves… ${number(percent)} %, quedan ${number(seconds)} s`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'un minuto', other: '# minutos' });
  const plain = secure ? '' : ' Por https, la criptografía del propio navegador tardaría un segundo.';
  return `Esto tarda más o menos ${time}, porque este navegador ejecuta los scripts despacio: sin compilador, como en el modo de aislamiento o con ajustes reforzados, o en un dispositivo lento.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'No se puede entrar: esa sala no existe, o la contraseña no es la correcta. Puede que la sala tenga una nueva contraseña, y entonces las invitaciones anteriores ya no valen: pide una nueva.',
  taken: 'Ya hay una sala abierta con esta llave. Entra con su invitación o elige otra llave.',
  'alias-in-use': 'Alguien en la sala ya usa este alias. Elige otro.',
  full: 'La sala está llena. Inténtalo de nuevo cuando alguien haya salido.',
  locked: 'La sala está bloqueada. Pide a alguien de dentro que la desbloquee.',
  busy: 'El servidor está ocupado, o hubo demasiados intentos desde tu dirección. Espera un poco e inténtalo de nuevo.',
  malformed: 'El servidor no entendió esta página. Recárgala e inténtalo de nuevo.',
  'needs-code': 'Para abrir una sala aquí hace falta un código. Pídelo a quien administra este servidor.',
  'not-from-here':
    'Aquí solo se abren salas desde las redes del servidor. Pregunta a quien lo administra, o conéctate desde una de ellas.',
  unreachable: 'No se puede llegar al servidor. Revisa la conexión e inténtalo de nuevo.',
  'not-loaded':
    'Una parte de esta página no se cargó. Revisa la conexión, permite esa parte si una extensión bloquea los scripts, e inténtalo de nuevo.',
  'no-worker':
    'El worker que crea las claves, derive.js, no arrancó. Una extensión o algo en el camino lo bloquea: permítelo para esta página, o prueba con otro navegador.',
  'break-over':
    'La conexión estuvo cortada media hora: la conversación y la contraseña se han borrado. Para volver a entrar, escribe la contraseña otra vez.',
  'grace-over':
    'La conexión estuvo cortada demasiado tiempo y has perdido tu lugar en la sala. Vuelve a entrar con la invitación.',
  kicked:
    'Mientras la conexión estaba cortada, te sacaron de la sala. Pide una nueva invitación a un miembro si vas a volver.',
  'room-gone':
    'Mientras la conexión estaba cortada, se cerró la sala. Ábrela otra vez con la misma llave y la misma contraseña, o abre una nueva.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Este servidor está a punto de reiniciarse y no abre salas. Inténtalo de nuevo en unos minutos.',
  'false-room':
    'Lo que muestra el servidor no es la sala que abre esta contraseña. No se la confíes a este servidor: pregunta a quien lo administra.',
  'bad-room-key': 'Una llave de sala tiene 8 letras y números, como K7QM-4XZD. Compárala con la invitación.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `Para abrir una sala hace falta una contraseña de al menos ${number(characters)} caracteres y como máximo ${number(bytes)} bytes.`;

export const tryAgainIn = (seconds: number): string => `Puedes intentarlo de nuevo en ${counted(seconds)}.`;
export const TRY_AGAIN_NOW = 'Ya puedes intentarlo de nuevo.';

export const CHOSEN_PASSWORD =
  'Una contraseña que alguien ha elegido se puede adivinar: quien administre el servidor, o registre una entrada, puede probar tantas como den de sí sus máquinas. Solo una generada está a salvo de eso.';

export const OFFLINE =
  'Este dispositivo está sin conexión. Conéctalo a la red del servidor e inténtalo de nuevo.';

export const WRONG_CODE =
  'Este no es el código para abrir salas aquí; las mayúsculas cuentan. Pídelo a quien administra este servidor.';

const ALPHABETS: Record<string, string> = {
  Latin: 'alfabeto latino',
  Greek: 'alfabeto griego',
  Cyrillic: 'alfabeto cirílico',
};

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Un alias tiene de 1 a ${number(error.most)} caracteres.`;
    case 'slash':
      return 'Un alias no empieza por «/».';
    case 'space':
      return `Un alias no lleva espacios (${codePoint}).`;
    case 'unseen':
      return `Un alias no lleva caracteres invisibles (${codePoint}).`;
    case 'unknown':
      return `No todos los dispositivos conocen el carácter ${codePoint}.`;
    case 'enclosing':
      return `Un alias no lleva caracteres que rodean a otros (${codePoint}).`;
    case 'marks':
      return `El signo «◌${character}» (${codePoint}) está de más sobre su letra.`;
    case 'baseless':
      return `El signo «◌${character}» (${codePoint}) no tiene letra en la que apoyarse.`;
    case 'mixed':
      return `«${character}» (${codePoint}, ${ALPHABETS[error.alphabet]}) no puede ir junto a letras del ${ALPHABETS[error.beside]}.`;
    case 'joiner':
      return `El carácter de unión ${codePoint} no cambia nada donde está.`;
    case 'emoji':
      return `${codePoint} no forma ahí ningún emoji que conozcan todos los dispositivos.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'El enlace a esta página se dañó por el camino (quizá «%23» en lugar de «#»), y por eso tu navegador envió la invitación, con la contraseña, al servidor. El servidor no guarda nada de ella, pero pudo leerla, y también un proxy o su registro. No uses más esta contraseña: haz que abran la sala de nuevo con otra, y pide una invitación que pegarás aquí.';
export const INVITATION_BROKEN =
  'Este enlace no contiene una invitación completa: le falta algo, o se le añadió algo. Pídelo otra vez, o escribe a mano la llave de la sala y la contraseña.';
export const INVITATION_TOO_LONG =
  'Lo que pegaste es demasiado largo para una invitación y se descartó. Pega solo el enlace.';
export const invitationElsewhere = (there: string, here: string) =>
  `Esta invitación es para una sala en ${there}, y esta página está en ${here}. Si no son el mismo servidor, abre el enlace allí.`;

const OPERATOR = 'Quien administra el servidor puede arreglarlo: ';

const PASS_HOST = 'en nginx «proxy_set_header Host $http_host;»';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml debe contener hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `El servidor está ahí, pero el WebSocket que lleva la conversación no pasa. Un proxy, un filtro o una extensión lo bloquea. ${OPERATOR}el proxy tiene que transmitir Upgrade y Connection; en nginx, «proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";».`,
  origin: ({ origin, hostname }: Location) =>
    `El servidor rechaza esta página, porque le llega con un nombre distinto de ${origin}: un proxy cambia el Host. ${OPERATOR}el proxy tiene que transmitir Host, ${PASS_HOST}${named(hostname, ', y ')}; o bien sanctuary.toml debe contener origins = ["${origin}"].`,
  host: ({ hostname }: Location) =>
    `Al servidor lo llaman por un nombre que no es el suyo: sus ajustes han cambiado, o un proxy cambia el Host. ${OPERATOR}un proxy tiene que transmitir Host, ${PASS_HOST}${named(hostname, '; y ')}.`,
  full: 'El servidor tiene tantas conexiones como admite, en total o desde tu dirección. Cierra otras pestañas suyas, o espera un poco, e inténtalo de nuevo.',
  gone: (status: number) =>
    `Algo delante del servidor responde ${status}: el propio servidor no está en marcha, o no se puede llegar a él desde ahí. Inténtalo más tarde. ${OPERATOR}el servicio tiene que estar en marcha y escuchar donde el proxy lo busca.`,
  elsewhere:
    'Algo en la red desvía las conexiones de esta página: quizá a una página de inicio de sesión. Recarga la página e inténtalo de nuevo.',
  other: (status: number, path: string) =>
    `Algo delante del servidor responde ${status} en su lugar cuando la página pide ${path}. ${OPERATOR}el proxy tiene que transmitir todo lo que hay bajo la ruta de la página, sin un inicio de sesión propio.`,
};

// The room.

export const ROOM = 'Sala';
export const roomIs = <E>(key: E): Pieces<E> => ['Sala ', key];
export const hereAre = (count: number): string => `${number(count)} aquí`;
export const MORE = 'Más';
export const LOCKED = 'bloqueada';
export const LOCKED_MORE = 'Nadie más puede entrar.';
export const INVITE = 'Invitar';
export const LOCK = 'Bloquear la sala';
export const UNLOCK = 'Desbloquear la sala';
export const SETTINGS = 'Ajustes';
export const SETTINGS_KEPT = 'Todo esto se olvida al cerrar la pestaña.';
export const SOUND = 'Un sonido cuando te susurran o te mencionan';
export const NOTIFY = 'También una notificación, sin lo que se dijo';
export const NOT_NOTIFIED =
  'Este navegador no muestra notificaciones de esta página. Permíteselas y vuelve a activarlas aquí.';
export const NOTIFIED = { whisper: 'Te susurran algo', mention: 'Te mencionan' };
export const TIMER = 'Mensajes temporales';
export const TIMER_AFTER = 'Lo que se diga a partir de ahora desaparece después de';
export const TIMER_NEVER = 'Nunca: todo se queda';
export const TIMER_BINDS = 'Las páginas honestas obedecen; a una deshonesta nadie puede obligarla a olvidar.';
export const TIMER_SET = 'Fijar para todo el mundo';
export const fadesAfter = (time: string): string => `Los mensajes desaparecen ${time} después de llegar.`;
export const FADING_MORE = 'Este mensaje desaparece entonces de todas las páginas que obedecen.';
export const SEEING = 'Quién puede ver qué';
export const THIS_CONNECTION = 'Por el camino';
export const OVER_HTTPS =
  'Esta página llegó por https. Las redes y los proxies del camino ven quién se conecta a este servidor, cuándo, y cuánto va y viene; nadie lee ni cambia nada allí, si el certificado es el del propio servidor.';
export const OVER_LOOPBACK =
  'Esta página se abrió en una dirección de esta misma máquina. Desde la página no se puede saber si un túnel o un proxy lleva de aquí a otra.';
export const OVER_ONION =
  'Esta página se abrió en una dirección onion. Tor cifra todo lo que pasa hasta su extremo en el servidor y oculta desde dónde llegas.';
export const OVER_HTTP =
  'Esta página llegó por http sin cifrar. Las redes y los proxies del camino ven todo lo que ve el servidor; lo que se dice está sellado también para ellos. Pero quien controle uno de ellos pudo cambiar esta página por el camino para que se lo cuente todo. En una red en la que no confías, usa https o una VPN.';
export const THE_SERVER = 'Quien administra el servidor';
export const serverSees = (host: string): string =>
  `Quien administra ${host} ve la llave de la sala, cuántos miembros hay y desde qué direcciones, cuándo alguien dice algo y más o menos cuánto, y quién susurra a quién: ni contraseña, ni alias, ni una palabra. Pero también esta página viene de allí, y otra en su lugar podría contárselo todo: hace falta un servidor de alguien en quien confíes.`;
export const PROTECTIONS = [
  'su memoria está fijada en la RAM y nunca se escribe en un disco',
  'si falla, no deja ninguna copia de la memoria',
  'funciona sin permisos de administración',
  'no puede obtener más permisos',
  'no abre archivos de salas ni conexiones por su cuenta',
  'es poco lo que puede pedirle al sistema',
  'no lee terminales',
];
export const PROTECTED = 'El servidor dice que no lleva ningún registro, y además:';
export const UNPROTECTED = 'No se aplica allí, o no del todo:';
export const THE_MEMBERS = 'Los miembros';
export const MEMBERS_SEE =
  'Cada miembro lee lo que se dice a toda la sala desde que llegó; un susurro lo lee solo la persona a quien va dirigido. Cualquiera puede guardar lo que ha leído.';
export const STAYS = 'Los mensajes se quedan hasta que se sale de la conversación.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [
        keeper,
        ` está a cargo de la sala: solo quien está a cargo puede ${OFFICE}, y dejar la sala a cargo de otro miembro.`,
      ]
    : [
        `Todos los miembros pueden ${OFFICE}. Solo quien está a cargo, `,
        keeper,
        ', puede dejar la sala a cargo de otro miembro.',
      ];
const OFFICE =
  'expulsar a miembros, bloquear la sala, darle una nueva contraseña, hacer que los mensajes desaparezcan o cerrar la sala';
export const DRAWN_PASSWORD = 'Tiene la forma de una contraseña generada, que nadie puede adivinar.';
export const WHO_IS_WHO = 'Quién es quién';
export const TICK_THOSE = 'Marca los miembros cuyo número es el que te leen en voz alta:';
export const NO_TRACE = 'No dejar rastro';
export const NO_TRACE_MORE =
  'No se guarda nada, ni aquí ni en el servidor; el navegador puede recordar que estuvo en esta dirección. Esc dos veces seguidas, o un dedo sobre la imagen de arriba durante un segundo: todo se borra, y en su lugar queda una página en blanco.';
export const VANISH = 'Irse a una página en blanco';
export const STOP_ROOM = 'Cerrar la sala';
export const LEAVE = 'Salir';
export const askKick = <E>(alias: E): Pieces<E> => ['¿Expulsar a ', alias, ' de la sala?'];
export const GIVE_NEW_PASSWORD =
  'Dar a la sala una nueva contraseña, para que la invitación anterior ya no la abra';
export const PASSWORD_GOES_TO = 'Recibirán la nueva contraseña:';
export const PASSWORD_GOES_TO_NOBODY = 'Nadie más recibe la nueva contraseña.';
export const RELOCK = 'Nueva contraseña';
export const ASK_RELOCK =
  '¿Dar a la sala una nueva contraseña? Las invitaciones anteriores ya no dejarán entrar a nadie.';
export const NOT_READ = 'Quedarán fuera los miembros cuya ficha esta página no puede leer.';
export const RELOCKING = 'Dando a la sala una nueva contraseña…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['El número de ', alias];
export const VERIFY_HOW =
  'Haz que te lo lea en voz alta, por teléfono o cara a cara, el miembro al que conoces. Si es este número, no hay nadie entre tú y ese miembro, tampoco el servidor.';
export const IS_SAME_NUMBER = 'Este es el número que se leyó en voz alta';
export const YOUR_NUMBER = 'Tu propio número, para leerlo en voz alta:';
export const VERIFY = 'Verificar';
export const ALL_VERIFIED = 'todo verificado';
export const ALL_VERIFIED_MORE = 'Has comparado los números de todos los miembros.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Abierta por ', alias, ' a las ', time];
export const ASK_STOP =
  '¿Cerrar la sala? La conversación termina para todo el mundo, y no queda nada de ella.';

export const CANCEL = 'Cancelar';

export const MEMBERS = 'Miembros';
export const MARKS = {
  you: 'tú',
  keeper: 'a cargo',
  away: 'ausente',
  verified: 'verificado',
  differs: 've otra sala',
  'not-ready': 'pendiente',
  unreadable: 'ilegible',
  'shut-out': 'fuera',
  ignored: 'ignorado',
};
export const MARKS_MORE = {
  verified: 'Has comparado el número de este miembro.',
  differs: 'Lo que ve este miembro no es lo que ves tú: el servidor muestra cosas distintas a cada cual.',
  'not-ready': 'Este miembro aún tiene que presentarse con la nueva contraseña.',
  unreadable: 'Lo que el servidor muestra de este miembro se rechaza: no oye nada de ti, ni tú de él.',
  ignored: 'No ves nada de lo que dice este miembro.',
  'shut-out': 'Otro miembro lo sacó, pero el servidor lo mantiene en la sala: ya no se le envía nada.',
};
export const doingsWith = (alias: string): string => `Qué hacer con ${alias}`;
export const WHISPER = 'Susurrar';
export const KICK = 'Expulsar';
export const IGNORE = 'Ignorar';
export const HEED = 'Dejar de ignorar';
export const MAKE_KEEPER = 'Dejar a cargo';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  '¿Dejar la sala a cargo de ',
  alias,
  '? Solo esa persona podrá devolvértela.',
];

export const UNNAMED = '(sin nombre)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'se parece a ti',
  page: 'alias de un miembro',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['se parece a ', alias];
export const OTHER_CHARACTERS = 'Se escribe con otros caracteres.';

export const OWN_WORDS = [
  ...[
    'tú',
    'ti',
    'encargado',
    'encargada',
    'responsable',
    'ausente',
    'bloqueada',
    'verificado',
    'ilegible',
    'ignorado',
    'pendiente',
    'fuera',
    'anónimo',
    'sanctuary',
    'sistema',
    'system',
    'servidor',
    'server',
  ],
];

export const INVITATION = 'Invitación';
export const INVITATION_LINK = 'Enlace de invitación';
export const COPY = 'Copiar';
export const CLOSE = 'Cerrar';
export const NEW_INVITATION =
  'La sala tiene una nueva contraseña: este es el nuevo enlace, y los anteriores ya no dejan entrar a nadie.';
export const COPIED = 'Copiado';
export const ADDRESS_FOR_OTHERS =
  'Abriste esta página en una dirección que solo vale en esta máquina. Los demás la encuentran en';
export const THIS_MACHINE_ALONE =
  'Este enlace solo lleva aquí desde esta máquina. Para invitar a otras personas, abre la página en una dirección que ellas puedan abrir, o díctales los códigos.';
export const SHARE = 'Compartir';
export const PRINT = 'Imprimir';
export const QR = 'La invitación como código QR';
export const PASS_ON_WITH_CARE = 'Quien tenga este enlace puede entrar: ten cuidado a quién se lo das.';
export const COPY_BY_HAND =
  'Copia el enlace a mano. Quien lo tenga puede entrar: ten cuidado a quién se lo das.';

// A broken connection.

export const BROKEN = 'La conexión está cortada. Lo que escribas espera a que vuelvas.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Tu lugar quedó libre, y la sala está bloqueada. Entrarás automáticamente cuando alguien de dentro la desbloquee.',
  full: 'Tu lugar quedó libre, y la sala está llena. Entrarás automáticamente cuando alguien haya salido.',
  'alias-in-use':
    'Tu lugar quedó libre, y ahora otra persona en la sala usa tu alias. Espera a que salga; o copia la invitación, sal, y entra con ella con otro alias.',
  'room-gone':
    'La sala ya no existe: quedó libre su último lugar. Puedes abrirla otra vez, con la misma llave y la misma contraseña, para que la misma invitación lleve allí.',
  'no-entry':
    'La sala ya no existe, o tiene otra contraseña: con la tuya no entra nadie. Si ya no existe, puedes abrirla otra vez, con la misma llave y la misma contraseña.',
  'another-password':
    'Tu invitación ya no vale: la sala tiene otra contraseña. Pide una nueva a alguien de dentro.',
  'needs-code':
    'La sala ya no existe, y para abrirla otra vez hace falta un código. Pídelo a quien la abrió o a quien administra este servidor; copia la invitación, sal, y abre la sala con el código.',
  'not-from-here':
    'La sala ya no existe, y aquí solo se abren salas desde las redes del servidor. Copia la invitación, sal, y pregunta a quien administra este servidor.',
  draining:
    'La sala ya no existe, y este servidor está a punto de reiniciarse y no abre salas. Ábrela otra vez en unos minutos.',
};
export const nextTryIn = (seconds: number): string => `Próximo intento en ${number(seconds)} s.`;
export const TRYING = 'Intentando…';
export const TRY_NOW = 'Intentar ahora';
export const OPEN_IT_AGAIN = 'Abrirla otra vez';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'Todo esto se conserva hasta las ',
  time,
  ' y luego se borra.',
];

export const LOSSES = {
  room: 'No hay nadie más aquí: la sala termina contigo.',
  draft: 'Lo que has escrito aún no se ha enviado.',
};
export const askLeave = (losses: string[]): string => `¿Salir? ${losses.join(' ')}`;

export const MESSAGE = 'Mensaje';
export const SEND = 'Enviar';
export const MESSAGE_TO_EVERYONE = 'Mensaje a todos';
export const whisperTo = (alias: string): string => `Susurrar a ${alias}`;
export const COMPOSER_HINT = 'Mayús+Enter empieza una línea nueva.';
export const COMPOSER_HINT_TOUCH = 'Enter empieza una línea nueva, el botón envía.';
export const FAREWELL_TO_ALL = 'La despedida la leen todos: vuelve a escribir a todos para decirla.';
export const ACTION_ANSWERS_NOTHING =
  'Lo que haces (/me) no responde a ningún mensaje: escríbelo como mensaje, o pulsa antes «No responder».';
export const STAYS_HERE = 'Lo que has escrito se queda aquí.';
export const bytesLeft = (bytes: number): string =>
  plural(bytes, { one: 'Queda # byte', other: 'Quedan # bytes' });
export const TOO_LONG = 'Demasiado largo para enviarlo.';
export const tooLongBy = (bytes: number): string =>
  plural(bytes, { one: 'Sobra # byte.', other: 'Sobran # bytes.' });
export const PROPOSALS = 'Sugerencias';
export const proposals = (count: number): string =>
  `${plural(count, { one: '# sugerencia', other: '# sugerencias' })}: las flechas eligen, Tab completa.`;
export const LIST_COMMANDS = 'mostrar los comandos';
export const COMMANDS = 'Comandos';
export const MENTION = 'Mencionar';
export const FORMAT = 'Formato';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'N', name: 'Negrita' },
  italic: { sign: 'C', name: 'Cursiva' },
  code: { sign: '<>', name: 'Código' },
  list: { sign: '•', name: 'Lista' },
  quote: { sign: '❝', name: 'Cita' },
  link: { sign: 'Enlace', name: 'Enlace' },
};
export const PREVIEW = 'Vista previa';
export const NOTHING_TO_PREVIEW = 'Aquí verás cómo quedará tu mensaje.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Susurras a ', alias];
export const BACK_TO_EVERYONE = 'Volver a toda la sala';

// Pictures.

export const PICTURE = 'Imagen';
export const ATTACH = 'Adjuntar una imagen';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['Suelta imágenes aquí, para susurrárselas a ', ...whom]
    : ['Suelta imágenes aquí, para toda la sala'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Imagen para susurrar a ', ...whom] : ['Imagen para toda la sala'];
export const PREPARING = 'Reduciendo la imagen…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'De la animación solo se envía la primera imagen.',
    more > 0 && plural(more, { one: 'Falta una más.', other: 'Faltan # más.' }),
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Descripción';
export const DESCRIPTION_HINT = '¿Qué muestra?';
export const SEND_PICTURE = 'Enviar imagen';
export const REMOVE = 'Quitar';
export const picturesLeftOut = (most: number, count: number): string =>
  `Pueden esperar ${number(most)} imágenes a la vez: ${plural(count, { one: '# se descartó', other: '# se descartaron' })}.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' no es una imagen, y no se puede enviar otra cosa.'];
    case 'svg':
      return [file, ' es un dibujo SVG, que puede contener más que una imagen: guárdalo como PNG.'];
    case 'kind':
      return [file, ' es una imagen de un tipo que este navegador no puede leer: guárdala como JPEG o PNG.'];
    case 'large-file':
      return [file, ` pasa de ${number(most.megabytes)} MB: redúcelo antes.`];
    case 'large-picture':
      return [file, ` pasa de ${number(most.megapixels)} millones de píxeles: redúcelo antes.`];
    case 'broken':
      return [file, ' no se puede leer: está dañado, o es de un tipo que este navegador no conoce.'];
    case 'noise':
      return [
        file,
        ' no se puede reducir: este navegador protege contra el rastreo por huella digital y devuelve ruido en lugar de lo que dibuja una página. Permite que esta página lea los datos de canvas, o usa otro navegador.',
      ];
    case 'too-small':
      return [file, ' no se puede reducir lo bastante para lo que este servidor admite en un mensaje.'];
    case 'failed':
      return [
        file,
        ' no se pudo reducir. Quizá este dispositivo tenga ahora poca memoria para ello: inténtalo de nuevo, o redúcelo antes.',
      ];
    case 'not-loaded':
      return [file, ' no se pudo reducir: una parte de esta página no se cargó. Inténtalo de nuevo.'];
  }
}

export const CONVERSATION = 'Conversación';
export const NEW_MESSAGES = 'Mensajes nuevos';
export const EARLIER_GONE = 'Los mensajes anteriores ya no están.';
export const sentAt = <E>(time: E): Pieces<E> => ['(enviado a las ', time, ')'];
export const DELIVERY = {
  sending: 'enviando…',
  sent: '',
  delivered: 'entregado',
  failed: 'no enviado',
  unsure: 'quizá no enviado',
};
export const REPLY = 'Responder';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `Qué hacer con el mensaje de ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'Reaccionar…';
export const UNSEND = 'Retirar';
export const DISCARD = 'Descartar';
export const NOT_COPIED = 'No se pudo copiar';
export const ANSWERED_IS_GONE = 'Responde a un mensaje que no está aquí';
export const EMOJI = {
  '👍': 'pulgar arriba',
  '❤️': 'corazón',
  '😂': 'risa',
  '🎉': 'celebración',
  '😮': 'asombro',
  '😢': 'llanto',
  '🙏': 'gracias',
  '👎': 'pulgar abajo',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `${number(more)} más`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Varios miembros están escribiendo…']
    : [
        ...listed(aliases),
        plural(aliases.length, { one: ' está escribiendo…', other: ' están escribiendo…' }),
      ];
export const TELL_TYPING = 'Mostrar quién escribe';
export const replyingTo = <E>(line: E): Pieces<E> => ['En respuesta a ', line];
export const NO_REPLY = 'No responder';
export const NOBODY_ELSE = 'Aún no hay nadie más aquí.';
export const INVITE_SOMEBODY = 'Invitar a alguien';
export const MENTIONS_YOU = 'te menciona';
export const SAYS_FAREWELL = 'se despide';
export const WHISPERS_TO_YOU = 'te susurra';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['susurra a ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'No pasó ningún mensaje en tu ausencia'
    : plural(count, {
        one: 'Pasó como máximo un mensaje en tu ausencia',
        other: 'Pasaron hasta # mensajes en tu ausencia',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `desaparece en ${counted(seconds)}`;
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

export const happened = (times: number): string => plural(times, { one: ' (# vez)', other: ' (# veces)' });

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const are = (one: string, other: string) => plural(1 + others.length, { one, other });
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, are(' entró', ' entraron')];
    case 'renamed':
      return [alias, ' ahora se llama ', other];
    case 'exit':
      return [...aliases, are(' salió', ' salieron')];
    case 'gone':
      return [...aliases, are(' perdió la conexión', ' perdieron la conexión')];
    case 'kicked':
      return [other, ' expulsó a ', alias];
    case 'put-out-unread':
      return ['Según el servidor, ', other, ' sacó a ', alias, '; tú aún no has podido leerlo'];
    case 'put-out':
      return ['El servidor dice que sacaron a ', alias, ', pero ningún miembro lo ha dicho'];
    case 'shut-out':
      return [
        other,
        ' sacó a ',
        alias,
        ', pero el servidor mantiene a ese miembro en la sala: ya no se le envía nada',
      ];
    case 'left-out':
      return [other, ' no dio la nueva contraseña a ', alias, ', que se queda fuera'];
    case 'away':
      return [...aliases, are(' está ausente por el momento', ' están ausentes por el momento')];
    case 'back':
      return [...aliases, are(' ha vuelto', ' han vuelto')];
    case 'keeper':
      return by ? [by, ' dejó la sala a cargo de ', alias] : [alias, ' está ahora a cargo de la sala'];
    case 'handed-unread':
      return [
        'Según el servidor, ',
        other,
        ' dejó la sala a cargo de ',
        alias,
        '; tú aún no has podido leerlo',
      ];
    case 'keeper-unsaid':
      return [
        'El servidor dice que ',
        alias,
        ' está ahora a cargo de la sala, pero ni las reglas de la sala ni ningún miembro lo dicen',
      ];
    case 'locked':
      return by
        ? [by, ' bloqueó la sala: nadie más puede entrar']
        : ['La sala está bloqueada: nadie más puede entrar'];
    case 'unlocked':
      return by ? [by, ' desbloqueó la sala'] : ['La sala está desbloqueada'];
    case 'relocked':
      return by
        ? [by, ' dio a la sala una nueva contraseña: las invitaciones anteriores ya no dejan entrar a nadie']
        : ['La sala tiene una nueva contraseña: las invitaciones anteriores ya no dejan entrar a nadie'];
    case 'keyless':
      return [
        'La sala tiene una nueva contraseña que no te han dado: no puedes invitar a nadie, ni leer quién se presenta a partir de ahora. Sal y pide una nueva invitación.',
      ];
    case 'unrenewed':
      return [
        'El servidor no lleva a cabo la renovación de tus claves: sal y vuelve a entrar, o usa otro servidor',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Tu lugar quedó libre en tu ausencia, y has vuelto a entrar. ${missed(count)}`];
    case 'reopened':
      return [
        'Has abierto la sala otra vez. Las demás personas que perdieron la conexión entran con la misma invitación.',
      ];
    case 'another-room':
      return [
        'Has vuelto a entrar, pero esta es otra sala con la misma llave y la misma contraseña, abierta por ',
        alias,
        ': cuántos mensajes pasaron entretanto, nadie puede decirlo',
      ];
    case 'missing':
      return [plural(count, { one: 'Falta # mensaje de ', other: 'Faltan # mensajes de ' }), alias];
    case 'timer':
      return count > 0
        ? [other, ` hace que los mensajes desaparezcan ${lasting(count)} después de llegar. ${TIMER_BINDS}`]
        : [other, ' deja que los mensajes se queden a partir de ahora'];
    case 'closing':
      return [
        `El servidor se reinicia en ${plural(count, { one: '# segundo', other: '# segundos' })}: entonces la conversación termina para todo el mundo. Abre la sala de nuevo después.`,
      ];
    case 'unreadable':
      return who ? ['No se pudo leer un mensaje de ', alias] : ['No se pudo leer un mensaje'];
    case 'unsent':
      return [alias, ' retiró un mensaje'];
    case 'unshowable':
      return [alias, ' envió algo que esta página no puede mostrar'];
    case 'differs':
      return [
        'Lo que ve ',
        alias,
        ' no es lo que ves tú: el servidor muestra cosas distintas a cada cual. Habla con esa persona por otra vía, y usa otro servidor',
      ];
    case 'contradicted':
      return [
        'Lo que dice el servidor no concuerda con lo que dijo antes: usa otro servidor si esto continúa',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Una parte de esta página no se cargó: aquí no se señalan los alias que se parecen. Todo lo demás funciona.';
    case 'too-much':
      return 'Es demasiado largo para enviarlo, o demasiado de una vez. Acórtalo, o espera a que salga todo lo que está en cola.';
    case 'not-loaded':
      return 'Una parte de esta página que hace falta para enviar no se cargó. Envíalo otra vez en un momento.';
    case 'not-yours':
      return `Eso solo puede hacerlo quien está a cargo de la sala: ${note.keeper || UNNAMED}. Pídeselo, o pídele que deje la sala a tu cargo.`;
    case 'nobody':
      return `Aquí nadie se llama ${note.alias}. Mira en la lista de miembros cómo se escribe.`;
    case 'several':
      return `${number(note.count)} miembros se llaman ${note.alias}. Di cuál: ${note.alias} 1 o ${note.alias} 2.`;
    case 'gone':
      return 'Ese miembro ya no está aquí.';
    case 'no-voice':
      return 'A ese miembro solo se le puede sacar con una nueva contraseña: escribe /relock.';
    case 'number':
      return `Tu número: ${note.number}. Léelo en voz alta a los demás; cada miembro lo compara con /verify.`;
    case 'not-carried-out':
      return 'Tu lugar quedó libre entretanto: lo que habías pedido en la sala no se hizo. Pídelo otra vez.';
    case 'relock-failed':
      return 'No se pudo crear una nueva contraseña. Si la sala se bloqueó para esto, sigue bloqueada: inténtalo de nuevo con /relock, o desbloquéala con /unlock.';
    case 'relock-crossed':
      return 'Otra persona dio a la sala una nueva contraseña al mismo tiempo. Si la sala se bloqueó para esto, sigue bloqueada: desbloquéala con /unlock.';
    case 'unwhispered':
      return 'Nadie te ha susurrado nada.';
    case 'whisperer-gone':
      return 'Quien te susurró por última vez ya no está aquí.';
    case 'yourself':
      return 'Eres tú.';
    case 'away':
      return `${note.alias} está ausente por el momento. Inténtalo de nuevo cuando la lista de miembros ya no lo diga.`;
    case 'unnamed':
      return 'Ese miembro no comparte claves contigo. Espera a que la lista de miembros deje de mostrarlo como pendiente.';
    case 'no-line':
      return 'Ese mensaje ya no está aquí, o las personas a quienes escribes nunca lo tuvieron.';
    case 'former-voice':
      return 'Lo dijiste antes de volver a entrar: ya no se puede retirar.';
    case 'amiss':
      return 'Algo ha fallado en esta página, y puede que lo último que hiciste no se haya hecho. Inténtalo de nuevo; si no ayuda, sal y vuelve a entrar.';
    case 'untold':
      return 'Lo que hiciste con un mensaje no llegó a los demás: inténtalo de nuevo.';
    case 'perhaps-untold':
      return 'Quizá lo que hiciste con un mensaje no llegó a los demás: pregúntales antes de intentarlo de nuevo.';
    case 'ignored':
      return `Ya no ves nada de ${note.alias}, y nadie se entera. Escribe otra vez /ignore ${note.alias} para deshacerlo.`;
    case 'heeded':
      return `Vuelves a ver lo que dice ${note.alias}.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Alguien en la sala tiene este alias: elige otro.';
    case 'keyless':
      return 'Ya no tienes ninguna clave para esta sala: si cambiaras de alias, nadie podría leerlo. Sal y pide una nueva invitación.';
    case 'slip':
      return 'Un comando empieza por / y cualquier otro texto, por una palabra.';
    case 'no-command':
      return `No existe el comando /${note.name}. Escribe /help para ver los que hay.`;
  }
}

export const correctUsage = (usage: string): string => `Escribe ${usage}.`;
export const nothingAfter = (usage: string): string => `Escribe ${usage} sin nada detrás.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'ALIAS',
  name: 'NOMBRE',
  member: 'ALIAS',
  text: 'TEXTO',
  farewell: '[DESPEDIDA]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'susurrar a un miembro',
  r: 'responder con otro susurro a quien te susurró por última vez; Alt+R lleva ahí',
  me: 'decir lo que haces',
  alias: 'usar otro alias',
  ignore: 'no ver nada más de un miembro, o verlo todo otra vez; nadie se entera',
  exit: 'salir de la sala',
  kick: 'expulsar a un miembro y dar a la sala una nueva contraseña',
  stop: 'cerrar la sala para todo el mundo',
  lock: 'no dejar entrar a nadie más, o dejar entrar de nuevo',
  relock: 'dar a la sala una nueva contraseña',
  timer: 'hacer que lo que se diga desde ahora desaparezca tras ese tiempo, o se quede',
  keeper: 'dejar la sala a cargo de otro miembro',
  verify: 'comparar el número de un miembro',
  number: 'mostrar tu propio número',
  slash: 'empezar un mensaje con una barra',
};
export const HELP_END = [
  'Puedes escribir los mensajes en Markdown (**negrita** *cursiva* `código` > cita - lista) y en HTML.',
  'Esc dos veces, o un dedo sobre la imagen de arriba durante un segundo: te vas al instante, a una página en blanco. No se pregunta nada.',
];

// Messages.

export const SHOW_MESSAGE = 'Mostrar';
export const SHOW_ALL = 'Mostrar todo';
export const marksDropped = (count: number) => `[signos no mostrados: ${number(count)}]`;
export const LONG_MESSAGE = 'Mensaje largo';
export const CODE_BLOCK = 'Código';
export const TABLE = 'Tabla';
export const GAUGE = 'Indicador';
export const NO_IMAGE = '[imagen no mostrada]';
export const noImageOf = (alt: string) => `[imagen no mostrada: ${alt}]`;
