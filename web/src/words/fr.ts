// All words of the page in French: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('fr');

// The documents.

export const LANGUAGE = 'fr';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Réessayer';
export const OVER = 'La conversation est terminée.';
export const NOTHING_KEPT = 'Il n’en reste rien : ni ici, ni sur le serveur.';
export const BACK = 'Retour à l’entrée';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Tu as quitté le salon.',
  kicked: 'On vient de t’expulser du salon. Demande une nouvelle invitation à un membre si tu dois revenir.',
  stopped:
    'Le salon a été fermé. La conversation est terminée pour tout le monde. Pour continuer à parler, ouvre un nouveau salon.',
  'put-out':
    'Le serveur t’a fait sortir du salon. Impossible de vérifier si un membre qui en a le droit l’a demandé. Renseigne-toi auprès des autres par un autre moyen, et entre à nouveau avec l’invitation.',
  'left-out':
    'Le salon a reçu un nouveau mot de passe et, d’après le serveur, tu ne fais pas partie des membres qui l’ont. Demande une nouvelle invitation à l’un d’eux.',
  'stopped-by-host':
    'La personne qui gère le serveur a fermé le salon. La conversation est terminée pour tout le monde. Ouvre un nouveau salon, ou demande-lui pourquoi.',
  'stopped-unread':
    'Le serveur dit que le salon a été fermé. Impossible de vérifier si un membre qui en a le droit l’a demandé. Renseigne-toi auprès des autres par un autre moyen, et ouvre un nouveau salon.',
  'stopped-away':
    'Pendant ta coupure, le salon a été fermé, d’après le serveur. Personne n’a lu ce que tu as écrit entre-temps. La conversation est terminée pour tout le monde. Pour continuer à parler, ouvre un nouveau salon.',
  'too-slow':
    'Ta connexion était trop lente pour suivre le salon. Entre à nouveau avec l’invitation, sur une meilleure ligne.',
  flooding:
    'Tu as envoyé trop de choses trop vite, et le serveur a coupé ta connexion. Entre à nouveau avec l’invitation, et envoie moins à la fois.',
  'resumed-elsewhere':
    'Une autre connexion a pris ta place dans le salon. Si ce n’était pas ta propre page, préviens les autres et ouvre un nouveau salon.',
  'shutting-down':
    'Le serveur s’arrête. La conversation est terminée pour tout le monde. Ouvre un nouveau salon quand il aura redémarré.',
  malformed:
    'Le serveur n’a pas compris cette page et a coupé la connexion. Recharge la page, et entre à nouveau avec l’invitation.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 vient de t’expulser du salon. Demande-lui une nouvelle invitation si tu dois revenir.`,
  stopped: who =>
    `\u2068${who}\u2069 a fermé le salon. La conversation est terminée pour tout le monde. Pour continuer à parler, ouvre un nouveau salon.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Sans connexion',
  deriving: 'Création des clés…',
  connecting: 'Connexion…',
  room: 'En ligne',
  reconnecting: 'Reconnexion…',
  over: 'Connexion terminée',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Langue';
export const LEAD = 'Un salon scellé de bout en bout. Il n’en reste rien.';
export const ROOM_KEY = 'Clé du salon';
export const ALIAS = 'Pseudo';
export const ALIAS_HINT = 'Le nom que voient les autres.';
export const OPEN_ROOM = 'Ouvrir un salon';
export const OPEN_ROOM_HINT = 'La clé et le mot de passe se créent tout seuls.';
export const HAVE_INVITATION = 'J’ai une invitation';
export const INVITATION_HINT = 'Le lien, ou la clé du salon et le mot de passe.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Mot de passe';
export const ENTER_ROOM = 'Entrer dans le salon';
export const OPTIONS = 'Options';
export const OWN_ROOM_KEY = 'Ta propre clé de salon';
export const OWN_ROOM_KEY_HINT = 'Laisse vide pour qu’elle se crée toute seule.';
export const OWN_PASSWORD = 'Ton propre mot de passe';
export const OWN_PASSWORD_HINT = 'Laisse vide pour en créer un que personne ne peut deviner.';
export const CODE = 'Code pour ouvrir des salons';
export const APPEARANCE = 'Clair ou sombre';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Comme l’appareil', light: 'Clair', dark: 'Sombre' })[theme];
export const TEXT_SIZE = 'Taille du texte';
export const percent = (size: string): string => `${size} %`;
export const SHOW = 'Afficher';
export const SHOW_CHARACTERS = 'Afficher les caractères';
export const HIDE = 'Masquer';
export const HIDE_CHARACTERS = 'Masquer les caractères';
export const invited = <E>(room: E): Pieces<E> => ['On t’invite dans le salon ', room, '. '];
export const USE_ANOTHER_ROOM = 'Choisir un autre salon';
export const WHO_MODERATES = 'Qui peut modérer le salon ?';
export const KEEPER_ALONE = 'Seulement la personne responsable';
export const EVERY_MEMBER = 'Tous les membres';
export const OPEN_ANEW = 'Ouvrir un nouveau salon avec cette clé';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Ouvrir un nouveau salon avec la clé ',
  key,
  ' ? Il n’y aura que toi jusqu’à ce que quelqu’un vienne avec la même clé et le même mot de passe.',
];

export const PLAIN_HTTP = 'Cette page est arrivée en http non chiffré';
export const PLAIN_HTTP_MORE =
  'Les messages sont quand même scellés dans ton navigateur, et le serveur ne peut pas les lire. Mais quelqu’un qui contrôle le réseau entre toi et le serveur pourrait modifier cette page en chemin, et ainsi tout lire. Sur un réseau auquel tu ne fais pas confiance, passe par https ou un VPN.';

export const MAKING_KEYS = 'Création des clés';
export const PASSWORD_IS_STRETCHED =
  'Le mot de passe est transformé en clés ici, dans ton navigateur ; il n’en sort jamais.';
export const percentDone = (percent: number) => `Création des clés… ${number(percent)} %`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Création des clés… ${number(percent)} %, encore ${number(seconds)} s`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'une minute', other: '# minutes' });
  const plain = secure ? '' : ' En https, la cryptographie du navigateur lui-même y mettrait une seconde.';
  return `Cela prend environ ${time}, car ce navigateur exécute les scripts lentement : sans compilateur, comme en mode Isolement ou avec des réglages renforcés, ou sur un appareil lent.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Entrée refusée : ce salon n’existe pas, ou le mot de passe n’est pas le bon. Le salon a peut-être reçu un nouveau mot de passe, ce qui annule les anciennes invitations : demandes-en une nouvelle.',
  taken: 'Un salon avec cette clé est déjà ouvert. Entres-y avec son invitation, ou choisis une autre clé.',
  'alias-in-use': 'Quelqu’un dans le salon porte déjà ce pseudo. Choisis-en un autre.',
  full: 'Le salon est plein. Réessaie quand quelqu’un sera parti.',
  locked: 'Le salon est verrouillé. Demande à quelqu’un à l’intérieur de le déverrouiller.',
  busy: 'Le serveur est occupé, ou il y a eu trop d’essais depuis ton adresse. Attends un peu et réessaie.',
  malformed: 'Le serveur n’a pas compris cette page. Recharge-la et réessaie.',
  'needs-code': 'Pour ouvrir un salon ici, il faut un code. Demande-le à la personne qui gère ce serveur.',
  'not-from-here':
    'Ici, on n’ouvre des salons que depuis les réseaux du serveur. Adresse-toi à la personne qui le gère, ou connecte-toi depuis l’un d’eux.',
  unreachable: 'Le serveur est injoignable. Vérifie la connexion et réessaie.',
  'not-loaded':
    'Une partie de cette page ne s’est pas chargée. Vérifie la connexion, autorise cette partie si une extension bloque les scripts, et réessaie.',
  'no-worker':
    'Le worker qui crée les clés, derive.js, n’a pas démarré. Une extension ou quelque chose en chemin le bloque : autorise-le pour cette page, ou essaie un autre navigateur.',
  'break-over':
    'La connexion est restée coupée une demi-heure : la conversation et le mot de passe sont effacés. Pour entrer à nouveau, redonne le mot de passe.',
  'grace-over':
    'La connexion est restée coupée trop longtemps et ta place dans le salon est perdue. Entre à nouveau avec l’invitation.',
  kicked:
    'Pendant la coupure, on t’a fait sortir du salon. Demande une nouvelle invitation à un membre si tu dois revenir.',
  'room-gone':
    'Pendant la coupure, le salon a été fermé. Rouvre-le avec la même clé et le même mot de passe, ou ouvres-en un nouveau.',
  stopped: FAREWELLS['stopped-away'],
  draining:
    'Ce serveur est sur le point de redémarrer et n’ouvre plus de salons. Réessaie dans quelques minutes.',
  'false-room':
    'Ce que montre le serveur n’est pas le salon que ce mot de passe ouvre. Ne confie pas ce mot de passe à ce serveur : adresse-toi à la personne qui le gère.',
  'bad-room-key':
    'Une clé de salon compte 8 lettres et chiffres, comme K7QM-4XZD. Compare-la avec l’invitation.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `Pour ouvrir un salon, il faut un mot de passe d’au moins ${number(characters)} caractères et d’au plus ${number(bytes)} octets.`;

export const tryAgainIn = (seconds: number): string => `Tu peux réessayer dans ${counted(seconds)}.`;
export const TRY_AGAIN_NOW = 'Tu peux réessayer maintenant.';

export const CHOSEN_PASSWORD =
  'Un mot de passe choisi par quelqu’un peut se deviner : la personne qui gère le serveur, ou qui enregistre une entrée, peut en essayer autant que ses machines le permettent. Seul un mot de passe généré met à l’abri.';

export const OFFLINE = 'Cet appareil est hors ligne. Connecte-le au réseau du serveur et réessaie.';

export const WRONG_CODE =
  'Ce n’est pas le code pour ouvrir des salons ici ; les majuscules comptent. Demande-le à la personne qui gère ce serveur.';

const ALPHABETS: Record<string, string> = {
  Latin: 'alphabet latin',
  Greek: 'alphabet grec',
  Cyrillic: 'alphabet cyrillique',
};

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Un pseudo compte de 1 à ${number(error.most)} caractères.`;
    case 'slash':
      return 'Un pseudo ne commence pas par « / ».';
    case 'space':
      return `Un pseudo n’a pas d’espaces (${codePoint}).`;
    case 'unseen':
      return `Un pseudo n’a pas de caractères invisibles (${codePoint}).`;
    case 'unknown':
      return `Tous les appareils ne connaissent pas le caractère ${codePoint}.`;
    case 'enclosing':
      return `Un pseudo n’a pas de caractères qui en entourent d’autres (${codePoint}).`;
    case 'marks':
      return `Le signe « ◌${character} » (${codePoint}) est de trop sur sa lettre.`;
    case 'baseless':
      return `Le signe « ◌${character} » (${codePoint}) n’a pas de lettre où se poser.`;
    case 'mixed':
      return `« ${character} » (${codePoint}, ${ALPHABETS[error.alphabet]}) ne peut pas côtoyer des lettres de l’${ALPHABETS[error.beside]}.`;
    case 'joiner':
      return `Le caractère de liaison ${codePoint} ne change rien là où il est.`;
    case 'emoji':
      return `À cet endroit, ${codePoint} ne donne pas d’emoji que tous les appareils connaissent.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'Le lien vers cette page a été abîmé en chemin (« %23 » au lieu de « # », peut-être), si bien que ton navigateur a envoyé l’invitation, avec le mot de passe, au serveur. Le serveur n’en garde rien, mais il a pu la lire, tout comme un proxy ou son journal. N’utilise plus ce mot de passe : fais rouvrir le salon avec un autre, et demande une invitation que tu colleras ici.';
export const INVITATION_BROKEN =
  'Ce lien ne contient pas d’invitation complète : il y manque quelque chose, ou quelque chose s’y est ajouté. Redemande-le, ou saisis la clé du salon et le mot de passe à la main.';
export const INVITATION_TOO_LONG =
  'Ce que tu as collé est trop long pour une invitation et n’a pas été retenu. Colle seulement le lien.';
export const invitationElsewhere = (there: string, here: string) =>
  `Cette invitation mène à un salon sur ${there}, et cette page est sur ${here}. Si ce n’est pas le même serveur, ouvre le lien là-bas.`;

const OPERATOR = 'La personne qui gère le serveur peut y remédier : ';

const PASS_HOST = 'dans nginx « proxy_set_header Host $http_host; »';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml doit contenir hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `Le serveur est là, mais le WebSocket qui porte la conversation ne passe pas. Un proxy, un filtre ou une extension le bloque. ${OPERATOR}le proxy doit transmettre Upgrade et Connection ; dans nginx, « proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; ».`,
  origin: ({ origin, hostname }: Location) =>
    `Le serveur refuse cette page, car on s’adresse à lui sous un autre nom que ${origin} : un proxy change le Host. ${OPERATOR}le proxy doit transmettre Host, ${PASS_HOST}${named(hostname, ', et ')} ; ou bien sanctuary.toml doit contenir origins = ["${origin}"].`,
  host: ({ hostname }: Location) =>
    `On s’adresse au serveur sous un nom qui n’est pas le sien : ses réglages ont changé, ou un proxy change le Host. ${OPERATOR}un proxy doit transmettre Host, ${PASS_HOST}${named(hostname, ' ; et ')}.`,
  full: 'Le serveur a autant de connexions qu’il en accepte, en tout ou depuis ton adresse. Ferme ses autres onglets, ou attends un peu, et réessaie.',
  gone: (status: number) =>
    `Quelque chose devant le serveur répond ${status} : le serveur lui-même ne tourne pas, ou reste injoignable de là. Réessaie plus tard. ${OPERATOR}le service doit tourner et écouter là où le proxy le cherche.`,
  elsewhere:
    'Quelque chose dans le réseau détourne les connexions de cette page : vers une page d’identification, peut-être. Recharge la page et réessaie.',
  other: (status: number, path: string) =>
    `Quelque chose devant le serveur répond ${status} à sa place quand la page demande ${path}. ${OPERATOR}le proxy doit transmettre tout ce qui se trouve sous le chemin de la page, sans demander lui-même d’identification.`,
};

// The room.

export const ROOM = 'Salon';
export const roomIs = <E>(key: E): Pieces<E> => ['Salon ', key];
export const hereAre = (count: number): string => `${number(count)} ici`;
export const MORE = 'Plus';
export const LOCKED = 'verrouillé';
export const LOCKED_MORE = 'Plus personne ne peut entrer.';
export const INVITE = 'Inviter';
export const LOCK = 'Verrouiller';
export const UNLOCK = 'Déverrouiller';
export const SETTINGS = 'Réglages';
export const SETTINGS_KEPT = 'Tout cela est oublié dès que l’onglet est fermé.';
export const SOUND = 'Un son pour les chuchotements et les mentions';
export const NOTIFY = 'Une notification aussi, sans ce qui a été dit';
export const NOT_NOTIFIED =
  'Ce navigateur n’affiche pas les notifications de cette page. Autorise-les pour elle, puis réactive-les ici.';
export const NOTIFIED = { whisper: 'On te chuchote quelque chose', mention: 'On te mentionne' };
export const TIMER = 'Messages éphémères';
export const TIMER_AFTER = 'Ce qui se dit à partir de maintenant disparaît après';
export const TIMER_NEVER = 'Jamais : tout reste';
export const TIMER_BINDS =
  'Les pages honnêtes obéissent ; personne ne peut forcer une page malhonnête à oublier.';
export const TIMER_SET = 'Régler pour tout le monde';
export const fadesAfter = (time: string): string => `Les messages disparaissent ${time} après leur arrivée.`;
export const FADING_MORE = 'Ce message disparaît alors, sur toutes les pages qui obéissent.';
export const SEEING = 'Qui peut voir quoi';
export const THIS_CONNECTION = 'En chemin';
export const OVER_HTTPS =
  'Cette page est arrivée par https. En chemin, les réseaux et les proxys voient qui est en ligne sur ce serveur, quand, et combien de données vont et viennent ; personne n’y lit ni n’y change rien, si le certificat est bien celui du serveur.';
export const OVER_LOOPBACK =
  'Cette page a été ouverte à une adresse de cette machine même. Si un tunnel ou un proxy mène d’ici à une autre, la page ne peut pas le savoir.';
export const OVER_ONION =
  'Cette page a été ouverte à une adresse onion. Tor chiffre tout ce qui passe jusqu’à son extrémité côté serveur, et cache d’où tu viens.';
export const OVER_HTTP =
  'Cette page est arrivée en http non chiffré. En chemin, les réseaux et les proxys voient tout ce que voit le serveur ; ce qui se dit est scellé pour eux aussi. Mais quiconque contrôle l’un d’eux a pu modifier cette page en chemin pour qu’elle lui révèle tout. Sur un réseau auquel tu ne fais pas confiance, passe par https ou un VPN.';
export const THE_SERVER = 'La personne qui gère le serveur';
export const serverSees = (host: string): string =>
  `La personne qui gère ${host} voit la clé du salon, combien de membres s’y trouvent et depuis quelles adresses, quand quelqu’un parle et à peu près combien, et qui chuchote à qui : aucun mot de passe, aucun pseudo, aucune parole. Mais cette page vient aussi de là, et une autre à sa place pourrait tout lui révéler : il faut un serveur tenu par quelqu’un en qui tu as confiance.`;
export const PROTECTIONS = [
  'sa mémoire reste bloquée en RAM et n’est jamais écrite sur un disque',
  'un plantage ne laisse aucune copie de la mémoire',
  'il tourne sans droits d’administration',
  'il ne peut pas obtenir d’autres droits',
  'il n’ouvre aucun fichier de salons et aucune connexion de lui-même',
  'il ne peut demander que peu de choses au système',
  'il ne lit aucun terminal',
];
export const PROTECTED = 'Le serveur dit ne tenir aucun journal, et affirme aussi :';
export const UNPROTECTED = 'Pas en vigueur là-bas, ou pas entièrement :';
export const THE_MEMBERS = 'Les membres';
export const MEMBERS_SEE =
  'Chaque personne ici lit ce qui se dit à tout le monde depuis son arrivée ; un chuchotement n’est lu que par la personne à qui il s’adresse. Chacune peut garder ce qu’elle a lu.';
export const STAYS = 'Les messages restent jusqu’à ce qu’on quitte la conversation.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [
        keeper,
        ` est responsable du salon : seule cette personne peut ${OFFICE}, et confier le salon à quelqu’un d’autre.`,
      ]
    : [
        `Tous les membres peuvent ${OFFICE}. Seule la personne responsable, `,
        keeper,
        ', peut confier le salon à quelqu’un d’autre.',
      ];
const OFFICE =
  'expulser des membres, verrouiller le salon, lui donner un nouveau mot de passe, rendre les messages éphémères ou fermer le salon';
export const DRAWN_PASSWORD = 'Il a la forme d’un mot de passe généré, que personne ne peut deviner.';
export const WHO_IS_WHO = 'Qui est qui';
export const TICK_THOSE = 'Coche les membres dont le numéro est bien celui qu’ils te lisent à voix haute :';
export const NO_TRACE = 'Ne laisser aucune trace';
export const NO_TRACE_MORE =
  'Rien n’est enregistré, ni ici ni sur le serveur ; le navigateur peut se souvenir d’être passé à cette adresse. Échap deux fois de suite, ou un doigt posé une seconde sur l’image du haut : tout est effacé, et une page blanche prend la place.';
export const VANISH = 'Partir vers une page blanche';
export const STOP_ROOM = 'Fermer le salon';
export const LEAVE = 'Quitter';
export const askKick = <E>(alias: E): Pieces<E> => ['Expulser ', alias, ' du salon ?'];
export const GIVE_NEW_PASSWORD =
  'Donner un nouveau mot de passe au salon, pour que l’ancienne invitation ne l’ouvre plus';
export const PASSWORD_GOES_TO = 'Recevront le nouveau mot de passe :';
export const PASSWORD_GOES_TO_NOBODY = 'Personne d’autre ne reçoit le nouveau mot de passe.';
export const RELOCK = 'Nouveau mot de passe';
export const ASK_RELOCK =
  'Donner un nouveau mot de passe au salon ? Les invitations d’avant ne feront plus entrer personne.';
export const NOT_READ = 'Devront sortir les membres dont cette page ne peut pas lire la fiche.';
export const RELOCKING = 'Le salon reçoit un nouveau mot de passe…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['Le numéro du membre ', alias];
export const VERIFY_HOW =
  'Fais-toi lire le numéro à voix haute, au téléphone ou en face à face, par le membre que tu connais. Si c’est bien celui-ci, personne ne se tient entre vous, pas même le serveur.';
export const IS_SAME_NUMBER = 'C’est le numéro qui a été lu à voix haute';
export const YOUR_NUMBER = 'Ton propre numéro, à lire à voix haute :';
export const VERIFY = 'Vérifier';
export const ALL_VERIFIED = 'tout vérifié';
export const ALL_VERIFIED_MORE = 'Tu as comparé les numéros de tous les membres.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Ouvert par ', alias, ' à ', time];
export const ASK_STOP =
  'Fermer le salon ? La conversation se termine pour tout le monde, et il n’en reste rien.';

export const CANCEL = 'Annuler';

export const MEMBERS = 'Membres';
export const MARKS = {
  you: 'toi',
  keeper: 'responsable',
  away: 'pas là',
  verified: 'vérifié',
  differs: 'voit un autre salon',
  'not-ready': 'en attente',
  unreadable: 'illisible',
  'shut-out': 'dehors',
  ignored: 'ignoré',
};
export const MARKS_MORE = {
  verified: 'Tu as comparé le numéro de ce membre.',
  differs: 'Ce que voit ce membre diffère de ce que tu vois : le serveur vous montre des choses différentes.',
  'not-ready': 'Ce membre doit encore se présenter sous le nouveau mot de passe.',
  unreadable: 'Ce que le serveur montre de ce membre est refusé : il n’entend rien de toi, ni toi de lui.',
  ignored: 'Tu ne vois rien de ce que dit ce membre.',
  'shut-out':
    'Un membre a fait sortir celui-ci, mais le serveur le garde dans le salon : plus rien ne lui est envoyé.',
};
export const doingsWith = (alias: string): string => `Que faire avec ${alias}`;
export const WHISPER = 'Chuchoter';
export const KICK = 'Expulser';
export const IGNORE = 'Ignorer';
export const HEED = 'Ne plus ignorer';
export const MAKE_KEEPER = 'Confier le salon';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Confier le salon à ',
  alias,
  ' ? Seule cette personne pourra ensuite te le rendre.',
];

export const UNNAMED = '(sans nom)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'te ressemble',
  page: 'pseudo d’un membre',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['ressemble à ', alias];
export const OTHER_CHARACTERS = 'S’écrit avec d’autres caractères.';

export const OWN_WORDS = [
  ...[
    'toi',
    'tu',
    'responsable',
    'absent',
    'absente',
    'verrouillé',
    'vérifié',
    'illisible',
    'ignoré',
    'dehors',
    'anonyme',
    'sanctuary',
    'système',
    'system',
    'serveur',
    'server',
  ],
];

export const INVITATION = 'Invitation';
export const INVITATION_LINK = 'Lien d’invitation';
export const COPY = 'Copier';
export const CLOSE = 'Fermer';
export const NEW_INVITATION =
  'Le salon a un nouveau mot de passe : voici le nouveau lien, les anciens ne font plus entrer personne.';
export const COPIED = 'Copié';
export const ADDRESS_FOR_OTHERS =
  'Tu as ouvert cette page à une adresse qui ne vaut que sur cette machine. Les autres la trouvent à';
export const THIS_MACHINE_ALONE =
  'Ce lien ne mène ici que depuis cette machine. Pour inviter d’autres personnes, ouvre la page à une adresse qu’elles peuvent ouvrir, ou dicte-leur les codes.';
export const SHARE = 'Partager';
export const PRINT = 'Imprimer';
export const QR = 'L’invitation en code QR';
export const PASS_ON_WITH_CARE =
  'Toute personne qui a ce lien peut entrer : fais attention à qui tu le donnes.';
export const COPY_BY_HAND =
  'Copie le lien à la main. Toute personne qui l’a peut entrer : fais attention à qui tu le donnes.';

// A broken connection.

export const BROKEN = 'La connexion est coupée. Ce que tu écris attend ton retour.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Ta place a été libérée, et le salon est verrouillé. Tu entreras automatiquement dès que quelqu’un à l’intérieur le déverrouillera.',
  full: 'Ta place a été libérée, et le salon est plein. Tu entreras automatiquement dès que quelqu’un sera parti.',
  'alias-in-use':
    'Ta place a été libérée, et quelqu’un d’autre dans le salon porte maintenant ton pseudo. Attends son départ ; ou copie l’invitation, quitte le salon, et entres-y avec elle sous un autre pseudo.',
  'room-gone':
    'Le salon n’existe plus : sa dernière place a été libérée. Tu peux le rouvrir, avec la même clé et le même mot de passe, pour que la même invitation y mène.',
  'no-entry':
    'Le salon n’existe plus, ou il a reçu un autre mot de passe : personne n’entre avec le tien. S’il n’existe plus, tu peux le rouvrir, avec la même clé et le même mot de passe.',
  'another-password':
    'Ton invitation n’est plus valable : le salon a un autre mot de passe. Demandes-en une nouvelle à quelqu’un à l’intérieur.',
  'needs-code':
    'Le salon n’existe plus, et il faut un code pour le rouvrir. Demande-le à la personne qui l’a ouvert ou qui gère ce serveur ; copie l’invitation, quitte le salon, et ouvre-le avec le code.',
  'not-from-here':
    'Le salon n’existe plus, et ici, on n’ouvre des salons que depuis les réseaux du serveur. Copie l’invitation, quitte le salon, et adresse-toi à la personne qui gère ce serveur.',
  draining:
    'Le salon n’existe plus, et ce serveur est sur le point de redémarrer et n’ouvre plus de salons. Rouvre-le dans quelques minutes.',
};
export const nextTryIn = (seconds: number): string => `Prochain essai dans ${number(seconds)} s.`;
export const TRYING = 'Essai en cours…';
export const TRY_NOW = 'Essayer maintenant';
export const OPEN_IT_AGAIN = 'Rouvrir le salon';
export const keptUntil = <E>(time: E): Pieces<E> => ['Tout ceci reste jusqu’à ', time, ', puis s’efface.'];

export const LOSSES = {
  room: 'Il n’y a que toi ici : le salon se termine avec toi.',
  draft: 'Ce que tu as écrit n’est pas encore envoyé.',
};
export const askLeave = (losses: string[]): string => `Quitter le salon ? ${losses.join(' ')}`;

export const MESSAGE = 'Message';
export const SEND = 'Envoyer';
export const MESSAGE_TO_EVERYONE = 'Message à tous';
export const whisperTo = (alias: string): string => `Chuchoter à ${alias}`;
export const COMPOSER_HINT = 'Maj+Entrée commence une nouvelle ligne.';
export const COMPOSER_HINT_TOUCH = 'Entrée commence une nouvelle ligne, le bouton envoie.';
export const FAREWELL_TO_ALL =
  'Un mot d’adieu est lu par tout le monde : reviens à tout le monde pour le dire.';
export const ACTION_ANSWERS_NOTHING =
  'Une action (/me) ne répond à aucun message : écris-la comme message, ou appuie d’abord sur « Ne pas répondre ».';
export const STAYS_HERE = 'Ce que tu as écrit reste ici.';
export const bytesLeft = (bytes: number): string =>
  plural(bytes, { one: 'Encore # octet', other: 'Encore # octets' });
export const TOO_LONG = 'Trop long à envoyer.';
export const tooLongBy = (bytes: number): string =>
  plural(bytes, { one: 'Trop long de # octet.', other: 'Trop long de # octets.' });
export const PROPOSALS = 'Suggestions';
export const proposals = (count: number): string =>
  `${plural(count, { one: '# suggestion', other: '# suggestions' })} : les flèches choisissent, Tab complète.`;
export const LIST_COMMANDS = 'afficher les commandes';
export const COMMANDS = 'Commandes';
export const MENTION = 'Mentionner';
export const FORMAT = 'Mise en forme';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'G', name: 'Gras' },
  italic: { sign: 'I', name: 'Italique' },
  code: { sign: '<>', name: 'Code' },
  list: { sign: '•', name: 'Liste' },
  quote: { sign: '❝', name: 'Citation' },
  link: { sign: 'Lien', name: 'Lien' },
};
export const PREVIEW = 'Aperçu';
export const NOTHING_TO_PREVIEW = 'Ton message s’affichera ici tel que le verront les autres.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Tu chuchotes à ', alias];
export const BACK_TO_EVERYONE = 'Parler à tout le monde';

// Pictures.

export const PICTURE = 'Image';
export const ATTACH = 'Joindre une image';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['Dépose des images ici, pour les chuchoter à ', ...whom]
    : ['Dépose des images ici, pour tout le monde'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Image à chuchoter à ', ...whom] : ['Image pour tout le monde'];
export const PREPARING = 'Réduction de l’image…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} ko`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'De l’animation, seule la première image est envoyée.',
    more > 0 && plural(more, { one: 'Encore une à suivre.', other: 'Encore # à suivre.' }),
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Description';
export const DESCRIPTION_HINT = 'Que montre-t-elle ?';
export const SEND_PICTURE = 'Envoyer l’image';
export const REMOVE = 'Enlever';
export const picturesLeftOut = (most: number, count: number): string =>
  `${number(most)} images peuvent attendre à la fois : ${plural(count, { one: '# a été laissée de côté', other: '# ont été laissées de côté' })}.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' n’est pas une image, et rien d’autre ne peut être envoyé.'];
    case 'svg':
      return [file, ' est un dessin SVG, qui peut contenir plus qu’une image : enregistre-le au format PNG.'];
    case 'kind':
      return [
        file,
        ' est une image d’un format que ce navigateur ne sait pas lire : enregistre-la en JPEG ou en PNG.',
      ];
    case 'large-file':
      return [file, ` dépasse ${number(most.megabytes)} Mo : réduis-le d’abord.`];
    case 'large-picture':
      return [file, ` dépasse ${number(most.megapixels)} millions de pixels : réduis-le d’abord.`];
    case 'broken':
      return [file, ' est illisible : abîmé, ou d’un format que ce navigateur ne connaît pas.'];
    case 'noise':
      return [
        file,
        ' ne peut pas être réduit : ce navigateur protège contre le pistage par empreinte, et brouille ce qu’une page dessine. Autorise cette page à lire les données canvas, ou utilise un autre navigateur.',
      ];
    case 'too-small':
      return [file, ' ne peut pas être assez réduit pour ce que ce serveur accepte comme un seul message.'];
    case 'failed':
      return [
        file,
        ' n’a pas pu être réduit. Cet appareil a peut-être trop peu de mémoire en ce moment : réessaie, ou réduis-le d’abord.',
      ];
    case 'not-loaded':
      return [file, ' n’a pas pu être réduit : une partie de cette page ne s’est pas chargée. Réessaie.'];
  }
}

export const CONVERSATION = 'Conversation';
export const NEW_MESSAGES = 'Nouveaux messages';
export const EARLIER_GONE = 'Les messages précédents ont disparu.';
export const sentAt = <E>(time: E): Pieces<E> => ['(envoyé à ', time, ')'];
export const DELIVERY = {
  sending: 'envoi…',
  sent: '',
  delivered: 'arrivé',
  failed: 'non envoyé',
  unsure: 'peut-être pas envoyé',
};
export const REPLY = 'Répondre';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `Que faire avec le message écrit par ${alias || UNNAMED} : ${excerpt}`;
export const REACT = 'Réagir…';
export const UNSEND = 'Retirer';
export const DISCARD = 'Supprimer';
export const NOT_COPIED = 'La copie a échoué';
export const ANSWERED_IS_GONE = 'Répond à un message qui n’est pas ici';
export const EMOJI = {
  '👍': 'pouce levé',
  '❤️': 'cœur',
  '😂': 'rire',
  '🎉': 'fête',
  '😮': 'étonnement',
  '😢': 'larmes',
  '🙏': 'merci',
  '👎': 'pouce baissé',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, plural(more, { one: '# autre', other: '# autres' })] : aliases;
  return `${emoji} : ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Plusieurs membres écrivent…']
    : [...listed(aliases), plural(aliases.length, { one: ' écrit…', other: ' écrivent…' })];
export const TELL_TYPING = 'Montrer qui écrit';
export const replyingTo = <E>(line: E): Pieces<E> => ['En réponse à ', line];
export const NO_REPLY = 'Ne pas répondre';
export const NOBODY_ELSE = 'Il n’y a encore personne d’autre ici.';
export const INVITE_SOMEBODY = 'Inviter quelqu’un';
export const MENTIONS_YOU = 'te mentionne';
export const SAYS_FAREWELL = 'dit au revoir';
export const WHISPERS_TO_YOU = 'te chuchote';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['chuchote à ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Aucun message n’est passé pendant ton absence'
    : plural(count, {
        one: 'Un message au plus est passé pendant ton absence',
        other: 'Jusqu’à # messages sont passés pendant ton absence',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `disparaît dans ${counted(seconds)}`;
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

export const happened = (times: number): string => ` (${number(times)} fois)`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const are = (one: string, other: string) => plural(1 + others.length, { one, other });
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, are(' a rejoint le salon', ' ont rejoint le salon')];
    case 'renamed':
      return [alias, ' s’appelle maintenant ', other];
    case 'exit':
      return [...aliases, are(' a quitté le salon', ' ont quitté le salon')];
    case 'gone':
      return [...aliases, are(' a perdu la connexion', ' ont perdu la connexion')];
    case 'kicked':
      return [other, ' a expulsé ', alias];
    case 'put-out-unread':
      return ['D’après le serveur, ', other, ' a fait sortir ', alias, ' ; tu n’as pas encore pu le lire'];
    case 'put-out':
      return ['Le serveur dit qu’on a fait sortir ', alias, ', mais aucun membre ne l’a dit'];
    case 'shut-out':
      return [
        other,
        ' a fait sortir ',
        alias,
        ', mais le serveur garde ce membre dans le salon : plus rien ne lui est envoyé',
      ];
    case 'left-out':
      return [
        other,
        ' n’a pas donné le nouveau mot de passe à ',
        alias,
        ', qui ne fait plus partie du salon',
      ];
    case 'away':
      return [...aliases, are(' n’est pas là pour le moment', ' ne sont pas là pour le moment')];
    case 'back':
      return [...aliases, are(' est de retour', ' sont de retour')];
    case 'keeper':
      return by ? [by, ' a confié le salon à ', alias] : [alias, ' est maintenant responsable du salon'];
    case 'handed-unread':
      return [
        'D’après le serveur, ',
        other,
        ' a confié le salon à ',
        alias,
        ' ; tu n’as pas encore pu le lire',
      ];
    case 'keeper-unsaid':
      return [
        'D’après le serveur, ',
        alias,
        ' est maintenant responsable du salon, mais ni les règles du salon ni un membre ne le disent',
      ];
    case 'locked':
      return by
        ? [by, ' a verrouillé le salon : plus personne ne peut entrer']
        : ['Le salon est verrouillé : plus personne ne peut entrer'];
    case 'unlocked':
      return by ? [by, ' a déverrouillé le salon'] : ['Le salon est déverrouillé'];
    case 'relocked':
      return by
        ? [
            by,
            ' a donné un nouveau mot de passe au salon : les anciennes invitations ne font plus entrer personne',
          ]
        : ['Le salon a un nouveau mot de passe : les anciennes invitations ne font plus entrer personne'];
    case 'keyless':
      return [
        'Le salon a un nouveau mot de passe que tu n’as pas reçu : tu ne peux inviter personne, ni lire qui se présente désormais. Quitte le salon et demande une nouvelle invitation.',
      ];
    case 'unrenewed':
      return [
        'Le serveur n’effectue pas le renouvellement de tes clés : quitte le salon et entre à nouveau, ou change de serveur',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Ta place a été libérée pendant ton absence, et tu as dû entrer à nouveau. ${missed(count)}`];
    case 'reopened':
      return [
        'Tu as rouvert le salon. Les autres qui ont perdu la connexion reviennent avec la même invitation.',
      ];
    case 'another-room':
      return [
        'Tu as dû entrer à nouveau, mais c’est un autre salon, avec la même clé et le même mot de passe, ouvert par ',
        alias,
        ' : combien de messages sont passés entre-temps, personne ne peut le dire',
      ];
    case 'missing':
      return [
        plural(count, { one: 'Il manque # message écrit par ', other: 'Il manque # messages écrits par ' }),
        alias,
      ];
    case 'timer':
      return count > 0
        ? [other, ` fait disparaître les messages ${lasting(count)} après leur arrivée. ${TIMER_BINDS}`]
        : [other, ' laisse les messages en place à partir de maintenant'];
    case 'closing':
      return [
        `Le serveur redémarre dans ${plural(count, { one: '# seconde', other: '# secondes' })} : la conversation sera alors terminée pour tout le monde. Ouvre le salon à nouveau après cela.`,
      ];
    case 'unreadable':
      return who
        ? ['Un message envoyé par ', alias, ' n’a pas pu être lu']
        : ['Un message n’a pas pu être lu'];
    case 'unsent':
      return [alias, ' a retiré un message'];
    case 'unshowable':
      return [alias, ' a envoyé quelque chose que cette page ne peut pas afficher'];
    case 'differs':
      return [
        'Ce que voit ',
        alias,
        ' diffère de ce que tu vois : le serveur vous montre des choses différentes. Parlez-vous par un autre moyen, et changez de serveur',
      ];
    case 'contradicted':
      return [
        'Ce que dit le serveur ne s’accorde pas avec ce qu’il disait avant : change de serveur si cela continue',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Une partie de cette page ne s’est pas chargée : les pseudos qui se ressemblent ne sont pas signalés ici. Tout le reste fonctionne.';
    case 'too-much':
      return 'C’est trop long à envoyer, ou trop à la fois. Raccourcis, ou attends que tout ce qui patiente soit parti.';
    case 'not-loaded':
      return 'Une partie de cette page, nécessaire à l’envoi, ne s’est pas chargée. Renvoie-le dans un instant.';
    case 'not-yours':
      return `Seule la personne responsable du salon peut faire cela, et c’est ${note.keeper || UNNAMED}. Demande-le-lui, ou demande-lui de te confier le salon.`;
    case 'nobody':
      return `Personne ici ne s’appelle ${note.alias}. Regarde dans la liste des membres comment cela s’écrit.`;
    case 'several':
      return `${number(note.count)} membres s’appellent ${note.alias}. Précise lequel : ${note.alias} 1 ou ${note.alias} 2.`;
    case 'gone':
      return 'Ce membre n’est plus ici.';
    case 'no-voice':
      return 'Seul un nouveau mot de passe peut faire sortir ce membre : écris /relock.';
    case 'number':
      return `Ton numéro : ${note.number}. Lis-le aux autres à voix haute ; chaque membre le compare avec /verify.`;
    case 'not-carried-out':
      return 'Ta place a été libérée entre-temps : ce que tu avais demandé dans le salon n’a pas été fait. Redemande-le.';
    case 'relock-failed':
      return 'Impossible de créer un nouveau mot de passe. Si le salon a été verrouillé pour cela, il le reste : réessaie avec /relock, ou déverrouille-le avec /unlock.';
    case 'relock-crossed':
      return 'Quelqu’un d’autre a donné un nouveau mot de passe au salon en même temps. Si le salon a été verrouillé pour cela, il le reste : déverrouille-le avec /unlock.';
    case 'unwhispered':
      return 'Personne ne t’a rien chuchoté.';
    case 'whisperer-gone':
      return 'La dernière personne qui t’a chuchoté quelque chose n’est plus ici.';
    case 'yourself':
      return 'C’est toi.';
    case 'away':
      return `${note.alias} n’est pas là pour le moment. Réessaie quand la liste des membres ne le dira plus.`;
    case 'unnamed':
      return 'Ce membre n’a pas de clés en commun avec toi. Attends que la liste des membres ne le montre plus « en attente ».';
    case 'no-line':
      return 'Ce message n’est plus ici, ou les personnes à qui tu écris ne l’ont jamais eu.';
    case 'former-voice':
      return 'Tu l’as dit avant d’entrer à nouveau : impossible de le retirer maintenant.';
    case 'amiss':
      return 'Quelque chose a mal tourné dans cette page, et ta dernière action n’a peut-être pas eu lieu. Réessaie ; si cela n’aide pas, quitte le salon et entre de nouveau.';
    case 'untold':
      return 'Ton action sur un message n’est pas parvenue aux autres : réessaie.';
    case 'perhaps-untold':
      return 'Ton action sur un message n’est peut-être pas parvenue aux autres : demande-leur avant de réessayer.';
    case 'ignored':
      return `Tu ne vois plus rien de ce que dit ${note.alias}, et personne n’en sait rien. Écris à nouveau /ignore ${note.alias} pour revenir en arrière.`;
    case 'heeded':
      return `Tu vois à nouveau ce que dit ${note.alias}.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Quelqu’un dans le salon porte ce pseudo : choisis-en un autre.';
    case 'keyless':
      return 'Tu n’as plus de clé pour ce salon : si tu changeais de pseudo, personne ne pourrait le lire. Quitte le salon et demande une nouvelle invitation.';
    case 'slip':
      return 'Une commande commence par / et tout autre texte par un mot.';
    case 'no-command':
      return `La commande /${note.name} n’existe pas. Écris /help pour voir ce qu’il y a.`;
  }
}

export const correctUsage = (usage: string): string => `Écris ${usage}.`;
export const nothingAfter = (usage: string): string => `Écris ${usage} sans rien après.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'PSEUDO',
  name: 'NOM',
  member: 'PSEUDO',
  text: 'TEXTE',
  farewell: '[AU REVOIR]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'chuchoter à un membre',
  r: 'répondre au dernier membre qui t’a chuchoté quelque chose, en chuchotant aussi ; Alt+R y mène',
  me: 'dire ce que tu fais',
  alias: 'prendre un autre pseudo',
  ignore: 'ne plus rien voir d’un membre, ou tout revoir ; personne n’en sait rien',
  exit: 'quitter le salon',
  kick: 'expulser un membre et donner un nouveau mot de passe au salon',
  stop: 'fermer le salon pour tout le monde',
  lock: 'ne plus laisser entrer personne, ou rouvrir l’entrée',
  relock: 'donner un nouveau mot de passe au salon',
  timer: 'faire disparaître après ce temps ce qui sera dit désormais, ou le laisser',
  keeper: 'confier le salon à un autre membre',
  verify: 'comparer le numéro d’un membre',
  number: 'afficher ton propre numéro',
  slash: 'commencer un message par une barre oblique',
};
export const HELP_END = [
  'Tu peux écrire tes messages en Markdown (**gras** *italique* `code` > citation - liste) et en HTML.',
  'Échap deux fois, ou un doigt posé une seconde sur l’image du haut : départ immédiat, vers une page blanche. Rien n’est demandé.',
];

// Messages.

export const SHOW_MESSAGE = 'Afficher';
export const SHOW_ALL = 'Tout afficher';
export const marksDropped = (count: number) => `[signes non affichés : ${number(count)}]`;
export const LONG_MESSAGE = 'Message long';
export const CODE_BLOCK = 'Code';
export const TABLE = 'Tableau';
export const GAUGE = 'Jauge';
export const NO_IMAGE = '[image non affichée]';
export const noImageOf = (alt: string) => `[image non affichée : ${alt}]`;
