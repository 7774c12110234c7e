// All words of the page in Portuguese: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('pt');

// The documents.

export const LANGUAGE = 'pt-BR';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Tentar de novo';
export const OVER = 'A conversa acabou.';
export const NOTHING_KEPT = 'Nada dela fica guardado: nem aqui, nem no servidor.';
export const BACK = 'Voltar à entrada';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Você saiu da sala.',
  kicked: 'Expulsaram você da sala. Se for para você voltar, peça um novo convite a um membro.',
  stopped: 'A sala foi encerrada. A conversa acabou para todos. Para continuar, abra uma nova sala.',
  'put-out':
    'O servidor tirou você da sala. Não foi possível confirmar que a ordem veio de um membro que pode dá-la. Pergunte aos outros por outro meio e entre de novo com o convite.',
  'left-out':
    'A sala recebeu uma nova senha e, pelo que diz o servidor, você não está entre os que a receberam. Peça um novo convite a um membro.',
  'stopped-by-host':
    'Quem administra o servidor encerrou a sala. A conversa acabou para todos. Abra uma nova sala ou pergunte o motivo a quem a encerrou.',
  'stopped-unread':
    'O servidor diz que a sala foi encerrada. Não foi possível confirmar que a ordem veio de um membro que pode dá-la. Pergunte aos outros por outro meio e abra uma nova sala.',
  'stopped-away':
    'Enquanto você estava sem conexão, a sala foi encerrada, segundo o servidor. Ninguém leu o que você escreveu nesse meio-tempo. A conversa acabou para todos. Para continuar, abra uma nova sala.',
  'too-slow':
    'Sua conexão foi lenta demais para acompanhar a sala. Entre de novo com o convite, por uma conexão melhor.',
  flooding:
    'Você enviou demais em pouco tempo, e o servidor encerrou sua conexão. Entre de novo com o convite e envie menos de cada vez.',
  'resumed-elsewhere':
    'Outra conexão tomou seu lugar na sala. Se não foi uma página sua, avise os outros e abra uma nova sala.',
  'shutting-down':
    'O servidor está sendo desligado. A conversa acabou para todos. Abra uma nova sala quando ele voltar.',
  malformed:
    'O servidor não entendeu esta página e encerrou a conexão. Recarregue a página e entre de novo com o convite.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 expulsou você da sala. Se for para você voltar, peça um novo convite por lá.`,
  stopped: who =>
    `\u2068${who}\u2069 encerrou a sala. A conversa acabou para todos. Para continuar, abra uma nova sala.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Ainda sem conexão',
  deriving: 'Criando chaves…',
  connecting: 'Conectando…',
  room: 'Conexão ativa',
  reconnecting: 'Reconectando…',
  over: 'Conexão encerrada',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Idioma';
export const LEAD = 'Uma sala selada de ponta a ponta. Nada dela fica guardado.';
export const ROOM_KEY = 'Chave da sala';
export const ALIAS = 'Pseudônimo';
export const ALIAS_HINT = 'O nome que os outros veem.';
export const OPEN_ROOM = 'Abrir uma sala';
export const OPEN_ROOM_HINT = 'A chave e a senha se criam sozinhas.';
export const HAVE_INVITATION = 'Tenho um convite';
export const INVITATION_HINT = 'O link, ou a chave da sala e a senha.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Senha';
export const ENTER_ROOM = 'Entrar na sala';
export const OPTIONS = 'Opções';
export const OWN_ROOM_KEY = 'Sua própria chave da sala';
export const OWN_ROOM_KEY_HINT = 'Se ficar em branco, é criada uma.';
export const OWN_PASSWORD = 'Sua própria senha';
export const OWN_PASSWORD_HINT = 'Se ficar em branco, é criada uma que ninguém consegue adivinhar.';
export const CODE = 'Código para abrir salas';
export const APPEARANCE = 'Claro ou escuro';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Como no dispositivo', light: 'Claro', dark: 'Escuro' })[theme];
export const TEXT_SIZE = 'Tamanho do texto';
export const percent = (size: string): string => `${size}%`;
export const SHOW = 'Mostrar';
export const SHOW_CHARACTERS = 'Mostrar os caracteres';
export const HIDE = 'Ocultar';
export const HIDE_CHARACTERS = 'Ocultar os caracteres';
export const invited = <E>(room: E): Pieces<E> => ['Você tem um convite para a sala ', room, '. '];
export const USE_ANOTHER_ROOM = 'Usar outra sala';
export const WHO_MODERATES = 'Quem pode moderar a sala?';
export const KEEPER_ALONE = 'Só quem tem a guarda da sala';
export const EVERY_MEMBER = 'Todos os membros';
export const OPEN_ANEW = 'Abrir uma sala com esta chave';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Abrir uma nova sala com a chave ',
  key,
  '? Lá não haverá mais ninguém até que alguém chegue com a mesma chave e a mesma senha.',
];

export const PLAIN_HTTP = 'Esta página veio por http simples';
export const PLAIN_HTTP_MORE =
  'Ainda assim, as mensagens são seladas no seu navegador, e o servidor não consegue lê-las. Mas quem controla a rede entre você e o servidor poderia alterar esta página no caminho e, assim, ler tudo também. Numa rede em que você não confia, use https ou uma VPN.';

export const MAKING_KEYS = 'Criando chaves';
export const PASSWORD_IS_STRETCHED =
  'A senha se transforma em chaves aqui mesmo, no seu navegador, e nunca sai dele.';
export const percentDone = (percent: number) => `Criando chaves… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Criando chaves… ${number(percent)}%, mais ${number(seconds)} s`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'um minuto', other: '# minutos' });
  const plain = secure ? '' : ' Por https, a criptografia do próprio navegador levaria um segundo.';
  return `Isto leva cerca de ${time}, porque este navegador executa scripts devagar: sem compilador, como no Modo de Isolamento ou com configurações reforçadas, ou num dispositivo lento.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Não deu para entrar: esta sala não existe, ou a senha não está certa. Talvez a sala tenha uma nova senha, e aí os convites antigos já não valem: peça um novo.',
  taken: 'Já há uma sala aberta com esta chave. Entre com o convite dela ou escolha outra chave.',
  'alias-in-use': 'Alguém na sala já usa este pseudônimo. Escolha outro.',
  full: 'A sala está cheia. Tente de novo quando alguém tiver saído.',
  locked: 'A sala está trancada. Peça a alguém lá dentro que a destranque.',
  busy: 'O servidor está ocupado, ou houve tentativas demais do seu endereço. Espere um pouco e tente de novo.',
  malformed: 'O servidor não entendeu esta página. Recarregue-a e tente de novo.',
  'needs-code': 'Para abrir uma sala aqui é preciso um código. Peça-o a quem administra este servidor.',
  'not-from-here':
    'Aqui só se abrem salas a partir das redes do servidor. Fale com quem o administra ou conecte-se a partir delas.',
  unreachable: 'Não foi possível alcançar o servidor. Confira a conexão e tente de novo.',
  'not-loaded':
    'Uma parte desta página não carregou. Confira a conexão, permita essa parte se uma extensão barra scripts, e tente de novo.',
  'no-worker':
    'O worker que cria as chaves, derive.js, não iniciou. Uma extensão ou algo no caminho o barra: permita-o para esta página ou use outro navegador.',
  'break-over':
    'Você ficou meia hora sem conexão: a conversa e a senha foram apagadas. Para entrar de novo, digite a senha mais uma vez.',
  'grace-over':
    'Você ficou tempo demais sem conexão, e seu lugar na sala foi liberado. Entre de novo com o convite.',
  kicked:
    'Enquanto você estava sem conexão, tiraram você da sala. Se for para você voltar, peça um novo convite a um membro.',
  'room-gone':
    'Enquanto você estava sem conexão, a sala se fechou. Abra-a de novo com a mesma chave e a mesma senha, ou abra outra.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Este servidor vai reiniciar em breve e não abre salas. Tente de novo em alguns minutos.',
  'false-room':
    'O que o servidor mostra não é a sala que esta senha abre. Não confie a senha a este servidor: fale com quem o administra.',
  'bad-room-key': 'Uma chave de sala tem 8 letras e algarismos, como K7QM-4XZD. Compare-a com a do convite.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `Para abrir uma sala é preciso uma senha de pelo menos ${number(characters)} caracteres e no máximo ${number(bytes)} bytes.`;

export const tryAgainIn = (seconds: number): string => `Você pode tentar de novo em ${counted(seconds)}.`;
export const TRY_AGAIN_NOW = 'Você já pode tentar de novo.';

export const CHOSEN_PASSWORD =
  'Uma senha inventada por alguém pode ser adivinhada: quem administra o servidor, ou grava uma entrada, pode testar tantas quantas suas máquinas aguentarem. Disso só uma senha gerada protege.';

export const OFFLINE = 'Este dispositivo está sem rede. Conecte-o à rede do servidor e tente de novo.';

export const WRONG_CODE =
  'Este não é o código para abrir salas aqui; maiúsculas contam. Peça-o a quem administra este servidor.';

const ALPHABETS: Record<string, string> = { Latin: 'latino', Greek: 'grego', Cyrillic: 'cirílico' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Um pseudônimo tem de 1 a ${number(error.most)} caracteres.`;
    case 'slash':
      return 'Um pseudônimo não começa com “/”.';
    case 'space':
      return `Um pseudônimo não tem espaços (${codePoint}).`;
    case 'unseen':
      return `Um pseudônimo não tem caracteres invisíveis (${codePoint}).`;
    case 'unknown':
      return `Nem todo dispositivo conhece o caractere ${codePoint}.`;
    case 'enclosing':
      return `Um pseudônimo não tem caracteres desenhados em volta de outros (${codePoint}).`;
    case 'marks':
      return `O sinal “◌${character}” (${codePoint}) está sobrando na letra dele.`;
    case 'baseless':
      return `O sinal “◌${character}” (${codePoint}) não tem letra em que se apoiar.`;
    case 'mixed':
      return `“${character}” (${codePoint}, alfabeto ${ALPHABETS[error.alphabet]}) não pode ficar ao lado de letras do alfabeto ${ALPHABETS[error.beside]}.`;
    case 'joiner':
      return `O caractere de ligação ${codePoint} não muda nada onde está.`;
    case 'emoji':
      return `${codePoint} não forma ali um emoji que todo dispositivo conheça.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'O link para esta página se estragou no caminho (talvez “%23” no lugar de “#”), e por isso seu navegador enviou o convite, com a senha, ao servidor. O servidor não guarda nada disso, mas pode ter lido, assim como um proxy ou o registro dele. Não use mais esta senha: peça que a sala seja aberta de novo com outra, e peça um convite para colar aqui.';
export const INVITATION_BROKEN =
  'Este link não traz um convite inteiro: falta ou sobra alguma coisa. Peça-o de novo, ou preencha a chave da sala e a senha à mão.';
export const INVITATION_TOO_LONG =
  'O que você colou é longo demais para um convite e ficou de fora. Cole só o link.';
export const invitationElsewhere = (there: string, here: string) =>
  `Este convite é para uma sala em ${there}, e esta página está em ${here}. A menos que os dois sejam o mesmo servidor, abra o link lá.`;

const OPERATOR = 'Quem administra o servidor pode resolver: ';

const PASS_HOST = 'no nginx, “proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml precisa dizer hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `O servidor está no ar, mas o WebSocket que leva a conversa não passa. Um proxy, um filtro ou uma extensão o barra. ${OPERATOR}o proxy precisa repassar Upgrade e Connection; no nginx, “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”.`,
  origin: ({ origin, hostname }: Location) =>
    `O servidor recusa esta página, porque o chamam por um nome que não é ${origin}: um proxy altera o Host. ${OPERATOR}o proxy precisa repassar o Host, ${PASS_HOST}${named(hostname, ', e ')}; ou sanctuary.toml precisa dizer origins = ["${origin}"].`,
  host: ({ hostname }: Location) =>
    `O servidor é chamado por um nome pelo qual não atende: as configurações dele mudaram, ou um proxy altera o Host. ${OPERATOR}um proxy precisa repassar o Host, ${PASS_HOST}${named(hostname, '; e ')}.`,
  full: 'O servidor tem tantas conexões quantas aceita, ao todo ou do seu endereço. Feche outras abas dele, ou espere um pouco, e tente de novo.',
  gone: (status: number) =>
    `Algo diante do servidor responde ${status}: o próprio servidor não está rodando, ou não pode ser alcançado dali. Tente de novo mais tarde. ${OPERATOR}o serviço precisa estar rodando e escutar onde o proxy o procura.`,
  elsewhere:
    'Algo na rede desvia as conexões desta página, talvez para uma página de login. Recarregue a página e tente de novo.',
  other: (status: number, path: string) =>
    `Algo diante do servidor responde ${status} no lugar dele, quando a página pede ${path}. ${OPERATOR}o proxy precisa repassar tudo o que fica abaixo do caminho da página, sem um login próprio.`,
};

// The room.

export const ROOM = 'Sala';
export const roomIs = <E>(key: E): Pieces<E> => ['Sala ', key];
export const hereAre = (count: number): string => `${number(count)} aqui`;
export const MORE = 'Mais';
export const LOCKED = 'trancada';
export const LOCKED_MORE = 'Ninguém mais pode entrar.';
export const INVITE = 'Convidar';
export const LOCK = 'Trancar a sala';
export const UNLOCK = 'Destrancar a sala';
export const SETTINGS = 'Configurações';
export const SETTINGS_KEPT = 'Tudo isto é esquecido quando você fecha a aba.';
export const SOUND = 'Um som para sussurros e menções';
export const NOTIFY = 'Uma notificação nesses casos, sem o que foi dito';
export const NOT_NOTIFIED =
  'Este navegador não mostra notificações desta página. Permita-as para ela e ative-as de novo.';
export const NOTIFIED = { whisper: 'Um sussurro para você', mention: 'Alguém mencionou você' };
export const TIMER = 'Mensagens temporárias';
export const TIMER_AFTER = 'O que se diz a partir de agora desaparece depois de';
export const TIMER_NEVER = 'Nunca: fica';
export const TIMER_BINDS = 'Páginas honestas obedecem; ninguém consegue obrigar uma desonesta a esquecer.';
export const TIMER_SET = 'Definir para todos';
export const fadesAfter = (time: string): string => `As mensagens desaparecem ${time} depois de chegar.`;
export const FADING_MORE = 'Nessa hora esta mensagem desaparece de toda página que obedece.';
export const SEEING = 'Quem pode ver o quê';
export const THIS_CONNECTION = 'No caminho';
export const OVER_HTTPS =
  'Esta página veio por https. As redes e os proxies no caminho veem quem está conectado a este servidor, quando, e quanto vai e vem; ali ninguém lê nem altera nada, se o certificado for o do próprio servidor.';
export const OVER_LOOPBACK =
  'Esta página foi aberta num endereço deste mesmo dispositivo. Se um túnel ou proxy leva daqui a outro, não dá para saber pela página.';
export const OVER_ONION =
  'Esta página foi aberta num endereço onion. O Tor cifra tudo o que passa até a sua ponta no servidor e esconde de onde você vem.';
export const OVER_HTTP =
  'Esta página veio por http simples. As redes e os proxies no caminho veem tudo o que o servidor vê; o que se diz está selado para eles também. Mas quem controla um deles pode ter alterado esta página no caminho, para que ela lhe conte tudo. Numa rede em que você não confia, use https ou uma VPN.';
export const THE_SERVER = 'Quem administra o servidor';
export const serverSees = (host: string): string =>
  `Quem administra ${host} vê a chave da sala, quantos estão nela e de que endereços, quando alguém diz algo e mais ou menos quanto, e quem sussurra para quem: nenhuma senha, nenhum pseudônimo, nenhuma palavra. Mas esta página também vem de lá, e outra em seu lugar poderia contar tudo isso: é preciso um servidor de alguém em quem você confia.`;
export const PROTECTIONS = [
  'a memória fica presa na RAM e nunca vai para um disco',
  'uma falha não deixa cópia da memória',
  'ele roda sem direitos de administrador',
  'ele não pode ganhar mais direitos',
  'ele não abre arquivos de salas nem conexões por conta própria',
  'ele pode pedir pouco ao sistema',
  'ele não lê de nenhum terminal',
];
export const PROTECTED = 'O servidor diz de si que não mantém registros e que:';
export const UNPROTECTED = 'Lá não vale, ou não por inteiro:';
export const THE_MEMBERS = 'Os membros';
export const MEMBERS_SEE =
  'Cada membro lê o que se diz a todos desde que chegou; um sussurro é lido por quem o recebe. Todos podem guardar o que leram.';
export const STAYS = 'As mensagens ficam até que se saia da conversa.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [
        keeper,
        ` tem a guarda da sala: só quem tem a guarda pode ${OFFICE}, e passar a guarda a outro membro.`,
      ]
    : [`Todos os membros podem ${OFFICE}. Só quem tem a guarda, `, keeper, ', pode passá-la a outro membro.'];
const OFFICE =
  'expulsar membros, fazer mensagens desaparecerem, trancar a sala, dar a ela uma nova senha ou encerrá-la';
export const DRAWN_PASSWORD = 'Tem a forma de uma senha gerada, que ninguém consegue adivinhar.';
export const WHO_IS_WHO = 'Quem é quem';
export const TICK_THOSE = 'Marque quem ler em voz alta para você o mesmo número que está aqui:';
export const NO_TRACE = 'Sem deixar rastro';
export const NO_TRACE_MORE =
  'Nada é armazenado, nem aqui nem no servidor; o navegador talvez se lembre de que esteve neste endereço. Esc duas vezes seguidas, ou um dedo por um segundo na imagem do topo: tudo se apaga, e em seu lugar fica uma página em branco.';
export const VANISH = 'Sair para página em branco';
export const STOP_ROOM = 'Encerrar a sala';
export const LEAVE = 'Sair';
export const askKick = <E>(alias: E): Pieces<E> => ['Expulsar ', alias, ' da sala?'];
export const GIVE_NEW_PASSWORD = 'Dar à sala uma nova senha, para que o convite antigo não a abra mais';
export const PASSWORD_GOES_TO = 'A nova senha vai para';
export const PASSWORD_GOES_TO_NOBODY = 'A nova senha não vai para mais ninguém.';
export const RELOCK = 'Nova senha';
export const ASK_RELOCK = 'Dar à sala uma nova senha? Com os convites de antes ninguém mais entra.';
export const NOT_READ = 'Fica de fora quem tem uma ficha que esta página não consegue ler.';
export const RELOCKING = 'Dando à sala uma nova senha…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['O número de ', alias];
export const VERIFY_HOW =
  'Peça que o membro que você conhece o leia em voz alta, por telefone ou cara a cara. Se for este número, não há ninguém entre vocês, nem mesmo o servidor.';
export const IS_SAME_NUMBER = 'Este é o número que foi lido em voz alta';
export const YOUR_NUMBER = 'Seu próprio número, para ler em voz alta:';
export const VERIFY = 'Verificar';
export const ALL_VERIFIED = 'verificada';
export const ALL_VERIFIED_MORE = 'Você comparou os números de todos os membros.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Sala aberta por ', alias, ' às ', time];
export const ASK_STOP = 'Encerrar a sala? A conversa acaba para todos, e nada dela fica guardado.';

export const CANCEL = 'Cancelar';

export const MEMBERS = 'Membros';
export const MARKS = {
  you: 'você',
  keeper: 'guarda',
  away: 'ausente',
  verified: 'verificado',
  differs: 'vê outra sala',
  'not-ready': 'em espera',
  unreadable: 'ilegível',
  'shut-out': 'tirado da sala',
  ignored: 'ignorado',
};
export const MARKS_MORE = {
  verified: 'Você comparou o número deste membro.',
  differs: 'O que este membro vê é diferente do que você vê: o servidor mostra coisas diferentes a cada um.',
  'not-ready': 'Este membro ainda precisa se mostrar sob a nova senha.',
  unreadable:
    'O que o servidor mostra deste membro não é aceito: ele não recebe nada de você, nem você dele.',
  ignored: 'Você não vê nada do que este membro diz.',
  'shut-out': 'Outro membro o tirou da sala, mas o servidor o mantém nela: nada mais vai para ele.',
};
export const doingsWith = (alias: string): string => `O que fazer com ${alias}`;
export const WHISPER = 'Sussurrar';
export const KICK = 'Expulsar';
export const IGNORE = 'Ignorar';
export const HEED = 'Deixar de ignorar';
export const MAKE_KEEPER = 'Passar a guarda';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Passar a guarda da sala a ',
  alias,
  '? Só de lá ela pode voltar.',
];

export const UNNAMED = '(sem nome)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'parece você',
  page: 'pseudônimo de um membro',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['parece ', alias];
export const OTHER_CHARACTERS = 'Escrito com outros caracteres.';

export const OWN_WORDS = [
  ...[
    'você',
    'guarda',
    'ausente',
    'trancada',
    'verificado',
    'verificada',
    'ilegível',
    'ignorado',
    'sistema',
    'servidor',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = 'Convite';
export const INVITATION_LINK = 'Link de convite';
export const COPY = 'Copiar';
export const CLOSE = 'Fechar';
export const NEW_INVITATION =
  'A sala tem uma nova senha: este é o novo link, e com os antigos ninguém mais entra.';
export const COPIED = 'Copiado';
export const ADDRESS_FOR_OTHERS =
  'Você abriu esta página num endereço que só vale neste dispositivo. Os outros a encontram em';
export const THIS_MACHINE_ALONE =
  'Este link só traz até aqui neste dispositivo. Para convidar outros, abra a página num endereço que eles também possam abrir, ou leia os códigos em voz alta.';
export const SHARE = 'Compartilhar';
export const PRINT = 'Imprimir';
export const QR = 'O convite como código QR';
export const PASS_ON_WITH_CARE = 'Quem tem este link pode entrar: passe-o adiante com cuidado.';
export const COPY_BY_HAND = 'Copie o link à mão. Quem o tem pode entrar: passe-o adiante com cuidado.';

// A broken connection.

export const BROKEN = 'A conexão caiu. O que você escrever espera até você voltar.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Seu lugar foi liberado, e a sala está trancada. Você entra sem fazer nada assim que alguém lá dentro a destrancar.',
  full: 'Seu lugar foi liberado, e a sala está cheia. Você entra sem fazer nada assim que alguém sair.',
  'alias-in-use':
    'Seu lugar foi liberado, e agora outro membro da sala usa seu pseudônimo. Espere até que ele saia; ou copie o convite, saia da sala e entre com ele sob outro pseudônimo.',
  'room-gone':
    'A sala não existe mais: o último lugar dela foi liberado. Você pode abri-la de novo com a mesma chave e a mesma senha, e o mesmo convite levará até lá.',
  'no-entry':
    'A sala não existe mais, ou recebeu outra senha: com a sua ninguém entra. Se não existe mais, você pode abri-la de novo com a mesma chave e a mesma senha.',
  'another-password': 'Seu convite não vale mais: a sala tem outra senha. Peça um novo a alguém lá dentro.',
  'needs-code':
    'A sala não existe mais, e para abri-la de novo é preciso um código. Peça-o a quem a abriu ou administra este servidor; copie o convite, saia e abra a sala com o código.',
  'not-from-here':
    'A sala não existe mais, e aqui só se abrem salas a partir das redes do servidor. Copie o convite, saia e fale com quem administra este servidor.',
  draining:
    'A sala não existe mais, e este servidor vai reiniciar em breve e não abre salas. Abra-a de novo em alguns minutos.',
};
export const nextTryIn = (seconds: number): string => `Próxima tentativa em ${number(seconds)} s.`;
export const TRYING = 'Tentando…';
export const TRY_NOW = 'Tentar agora';
export const OPEN_IT_AGAIN = 'Abrir de novo';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'Tudo isto fica guardado até ',
  time,
  ' e então se apaga.',
];

export const LOSSES = {
  room: 'Não há mais ninguém aqui: a sala acaba com você.',
  draft: 'O que você escreveu ainda não foi enviado.',
};
export const askLeave = (losses: string[]): string => `Sair da sala? ${losses.join(' ')}`;

export const MESSAGE = 'Mensagem';
export const SEND = 'Enviar';
export const MESSAGE_TO_EVERYONE = 'Mensagem a todos';
export const whisperTo = (alias: string): string => `Sussurro para ${alias}`;
export const COMPOSER_HINT = 'Shift+Enter começa uma nova linha.';
export const COMPOSER_HINT_TOUCH = 'Enter começa uma nova linha, o botão envia.';
export const FAREWELL_TO_ALL = 'Uma despedida é lida por todos: volte a escrever para todos para dizê-la.';
export const ACTION_ANSWERS_NOTHING =
  'O que você faz (/me) não responde a nenhuma mensagem: escreva como mensagem, ou toque antes em “Não responder”.';
export const STAYS_HERE = 'O que você escreveu fica aqui.';
export const bytesLeft = (bytes: number): string =>
  plural(bytes, { one: 'Resta # byte', other: 'Restam # bytes' });
export const TOO_LONG = 'Longa demais para enviar.';
export const tooLongBy = (bytes: number): string =>
  plural(bytes, { one: '# byte além do limite.', other: '# bytes além do limite.' });
export const PROPOSALS = 'Sugestões';
export const proposals = (count: number): string =>
  `${plural(count, { one: '# sugestão', other: '# sugestões' })}: as setas escolhem, Tab completa.`;
export const LIST_COMMANDS = 'mostrar os comandos';
export const COMMANDS = 'Comandos';
export const MENTION = 'Mencionar';
export const FORMAT = 'Formatar';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'N', name: 'Negrito' },
  italic: { sign: 'I', name: 'Itálico' },
  code: { sign: '<>', name: 'Código' },
  list: { sign: '•', name: 'Lista' },
  quote: { sign: '❝', name: 'Citação' },
  link: { sign: 'Link', name: 'Link' },
};
export const PREVIEW = 'Prévia';
export const NOTHING_TO_PREVIEW = 'Aqui aparece como sua mensagem vai ficar.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Sussurrando para ', alias];
export const BACK_TO_EVERYONE = 'Voltar a falar com todos';

// Pictures.

export const PICTURE = 'Imagem';
export const ATTACH = 'Anexar uma imagem';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Solte imagens aqui, como sussurro para ', ...whom] : ['Solte imagens aqui, para todos'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Imagem, como sussurro para ', ...whom] : ['Imagem, para todos'];
export const PREPARING = 'Reduzindo a imagem…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'Da animação, só se envia a primeira imagem.',
    more > 0 && plural(more, { one: 'Falta mais uma.', other: 'Faltam mais #.' }),
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Descrição';
export const DESCRIPTION_HINT = 'O que ela mostra?';
export const SEND_PICTURE = 'Enviar imagem';
export const REMOVE = 'Remover';
export const picturesLeftOut = (most: number, count: number): string =>
  `${number(most)} imagens podem esperar ao mesmo tempo: ${plural(count, { one: 'uma ficou', other: '# ficaram' })} de fora.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' não é uma imagem, e outra coisa não pode ser enviada.'];
    case 'svg':
      return [file, ' é um desenho SVG, que pode conter mais que uma imagem: salve-o como PNG.'];
    case 'kind':
      return [file, ' é uma imagem de um tipo que este navegador não lê: salve-a como JPEG ou PNG.'];
    case 'large-file':
      return [file, ` tem mais de ${number(most.megabytes)} MB: reduza o arquivo antes.`];
    case 'large-picture':
      return [file, ` tem mais de ${number(most.megapixels)} milhões de pixels: reduza a imagem antes.`];
    case 'broken':
      return [file, ' não pode ser lido: está danificado, ou é de um tipo que este navegador não conhece.'];
    case 'noise':
      return [
        file,
        ' não pode ser reduzido: este navegador se protege contra o rastreamento por impressão digital e devolve ruído no lugar do que uma página desenha. Permita que esta página leia dados de canvas, ou use outro navegador.',
      ];
    case 'too-small':
      return [file, ' não pode ser reduzido o bastante para o que este servidor aceita como uma mensagem.'];
    case 'failed':
      return [
        file,
        ' não pôde ser reduzido. Talvez este aparelho esteja com pouca memória agora: tente de novo, ou reduza-o antes.',
      ];
    case 'not-loaded':
      return [file, ' não pôde ser reduzido: uma parte desta página não carregou. Tente de novo.'];
  }
}

export const CONVERSATION = 'Conversa';
export const NEW_MESSAGES = 'Novas mensagens';
export const EARLIER_GONE = 'As mensagens anteriores se foram.';
export const sentAt = <E>(time: E): Pieces<E> => ['(enviada às ', time, ')'];
export const DELIVERY = {
  sending: 'enviando…',
  sent: '',
  delivered: 'entregue',
  failed: 'não enviada',
  unsure: 'talvez não enviada',
};
export const REPLY = 'Responder';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `O que fazer com a mensagem de ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'Reagir…';
export const UNSEND = 'Retirar';
export const DISCARD = 'Descartar';
export const NOT_COPIED = 'Não foi possível copiar';
export const ANSWERED_IS_GONE = 'Resposta a uma mensagem que não está aqui';
export const EMOJI = {
  '👍': 'polegar para cima',
  '❤️': 'coração',
  '😂': 'risada',
  '🎉': 'festa',
  '😮': 'espanto',
  '😢': 'choro',
  '🙏': 'gratidão',
  '👎': 'polegar para baixo',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `mais ${number(more)}`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Várias pessoas estão escrevendo…']
    : [...listed(aliases), plural(aliases.length, { one: ' está escrevendo…', other: ' estão escrevendo…' })];
export const TELL_TYPING = 'Mostrar quem está escrevendo';
export const replyingTo = <E>(line: E): Pieces<E> => ['Em resposta a ', line];
export const NO_REPLY = 'Não responder';
export const NOBODY_ELSE = 'Ainda não há mais ninguém aqui.';
export const INVITE_SOMEBODY = 'Convidar alguém';
export const MENTIONS_YOU = 'menciona você';
export const SAYS_FAREWELL = 'se despede';
export const WHISPERS_TO_YOU = 'sussurra para você';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['sussurra para ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Nenhuma mensagem passou durante sua ausência'
    : plural(count, {
        one: 'No máximo uma mensagem passou durante sua ausência',
        other: 'Até # mensagens passaram durante sua ausência',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `desaparece em ${counted(seconds)}`;
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

export const happened = (times: number): string => ` (${plural(times, { one: '# vez', other: '# vezes' })})`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const they = (one: string, other: string) => plural(1 + others.length, { one, other });
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, they(' entrou', ' entraram')];
    case 'renamed':
      return [alias, ' agora se chama ', other];
    case 'exit':
      return [...aliases, they(' saiu', ' saíram')];
    case 'gone':
      return [...aliases, they(' perdeu a conexão', ' perderam a conexão')];
    case 'kicked':
      return [other, ' expulsou ', alias];
    case 'put-out-unread':
      return [other, ' tirou ', alias, ' da sala, diz o servidor; você ainda não conseguiu ler isso'];
    case 'put-out':
      return ['O servidor diz que tiraram ', alias, ' da sala, mas nenhum membro disse isso'];
    case 'shut-out':
      return [
        other,
        ' tirou ',
        alias,
        ' da sala, mas o servidor mantém esse membro nela: nada mais vai para ele',
      ];
    case 'left-out':
      return [other, ' não deu a nova senha a ', alias, ', que está fora'];
    case 'away':
      return [...aliases, they(' está ausente no momento', ' estão ausentes no momento')];
    case 'back':
      return [...aliases, they(' voltou', ' voltaram')];
    case 'keeper':
      return by ? [by, ' passou a guarda da sala a ', alias] : [alias, ' agora tem a guarda da sala'];
    case 'handed-unread':
      return [
        other,
        ' passou a guarda da sala a ',
        alias,
        ', diz o servidor; você ainda não conseguiu ler isso',
      ];
    case 'keeper-unsaid':
      return [
        'O servidor diz que ',
        alias,
        ' agora tem a guarda da sala, mas nem as regras dela nem um membro dizem isso',
      ];
    case 'locked':
      return by
        ? [by, ' trancou a sala: ninguém mais pode entrar']
        : ['A sala está trancada: ninguém mais pode entrar'];
    case 'unlocked':
      return by ? [by, ' destrancou a sala'] : ['A sala está destrancada'];
    case 'relocked':
      return by
        ? [by, ' deu à sala uma nova senha: com os convites antigos ninguém mais entra']
        : ['A sala tem uma nova senha: com os convites antigos ninguém mais entra'];
    case 'keyless':
      return [
        'A sala tem uma nova senha que você não recebeu: você não pode convidar ninguém, nem ler quem se mostra de agora em diante. Saia e peça um novo convite.',
      ];
    case 'unrenewed':
      return [
        'O servidor não executa a renovação das suas chaves: saia e entre de novo, ou use outro servidor',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Seu lugar foi liberado durante sua ausência, e você entrou de novo. ${missed(count)}`];
    case 'reopened':
      return ['Você abriu a sala de novo. Quem mais perdeu a conexão chega com o mesmo convite.'];
    case 'another-room':
      return [
        'Você entrou de novo, mas esta é outra sala com a mesma chave e a mesma senha, aberta por ',
        alias,
        ': quantas mensagens passaram nesse meio-tempo, ninguém sabe dizer',
      ];
    case 'missing':
      return [plural(count, { one: 'Falta uma mensagem de ', other: 'Faltam # mensagens de ' }), alias];
    case 'timer':
      return count > 0
        ? [other, ` faz as mensagens desaparecerem ${lasting(count)} depois de chegar. ${TIMER_BINDS}`]
        : [other, ' deixa as mensagens ficarem de agora em diante'];
    case 'closing':
      return [
        `O servidor reinicia em ${plural(count, { one: '# segundo', other: '# segundos' })}: aí a conversa acaba para todos. Depois disso, abra a sala de novo.`,
      ];
    case 'unreadable':
      return who ? ['Não foi possível ler uma mensagem de ', alias] : ['Não foi possível ler uma mensagem'];
    case 'unsent':
      return [alias, ' retirou uma mensagem'];
    case 'unshowable':
      return [alias, ' enviou algo que esta página não consegue mostrar'];
    case 'differs':
      return [
        'O que ',
        alias,
        ' vê é diferente do que você vê: o servidor mostra coisas diferentes a cada um. Falem-se por outro meio e usem outro servidor',
      ];
    case 'contradicted':
      return ['O que o servidor diz não combina com o que disse antes: use outro servidor se isso continuar'];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Uma parte desta página não carregou: pseudônimos parecidos não são marcados aqui. O resto funciona.';
    case 'too-much':
      return 'Isso é longo demais para enviar, ou é demais de uma vez. Encurte, ou espere até sair tudo o que está na fila.';
    case 'not-loaded':
      return 'Uma parte desta página, necessária para enviar, não carregou. Envie de novo daqui a pouco.';
    case 'not-yours':
      return `Só quem tem a guarda da sala pode fazer isso, e a guarda é de ${note.keeper || UNNAMED}. Peça isso por lá, ou peça a guarda da sala.`;
    case 'nobody':
      return `Ninguém aqui se chama ${note.alias}. Veja na lista de membros como se escreve.`;
    case 'several':
      return `${number(note.count)} membros se chamam ${note.alias}. Diga qual: ${note.alias} 1 ou ${note.alias} 2.`;
    case 'gone':
      return 'Esse membro não está mais aqui.';
    case 'no-voice':
      return 'Esse membro só pode ser tirado com uma nova senha: escreva /relock.';
    case 'number':
      return `Seu número: ${note.number}. Leia-o em voz alta para os outros; cada um o compara com /verify.`;
    case 'not-carried-out':
      return 'Nesse meio-tempo seu lugar foi liberado: o que você tinha ordenado na sala não foi feito. Ordene de novo.';
    case 'relock-failed':
      return 'Não foi possível criar uma nova senha. Se a sala foi trancada para isso, continua trancada: tente de novo com /relock, ou destranque-a com /unlock.';
    case 'relock-crossed':
      return 'Outra pessoa deu à sala uma nova senha ao mesmo tempo. Se a sala foi trancada para isso, continua trancada: destranque-a com /unlock.';
    case 'unwhispered':
      return 'Ninguém sussurrou para você.';
    case 'whisperer-gone':
      return 'Quem sussurrou para você por último não está mais aqui.';
    case 'yourself':
      return 'É você.';
    case 'away':
      return `${note.alias} está ausente no momento. Tente de novo quando a lista de membros já não disser isso.`;
    case 'unnamed':
      return 'Esse membro não tem chaves em comum com você. Espere até que a lista de membros já não o mostre em espera.';
    case 'no-line':
      return 'Essa mensagem não está mais aqui, ou aqueles a quem você escreve nunca a tiveram.';
    case 'former-voice':
      return 'Você disse isso antes de entrar de novo: já não pode ser retirado.';
    case 'amiss':
      return 'Algo deu errado nesta página, e o que você fez por último talvez não tenha acontecido. Tente de novo; se não ajudar, saia e entre outra vez.';
    case 'untold':
      return 'O que você fez com uma mensagem não chegou aos outros: tente de novo.';
    case 'perhaps-untold':
      return 'O que você fez com uma mensagem talvez não tenha chegado aos outros: pergunte a eles antes de tentar de novo.';
    case 'ignored':
      return `Você não vê mais nada de ${note.alias}, e ninguém fica sabendo. Escreva /ignore ${note.alias} de novo para desfazer.`;
    case 'heeded':
      return `Você vê de novo o que ${note.alias} diz.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Alguém na sala usa este pseudônimo: escolha outro.';
    case 'keyless':
      return 'Você não tem mais uma chave de acesso à sala, e ninguém poderia ler outro pseudônimo seu. Saia e peça um novo convite.';
    case 'slip':
      return 'Um comando começa com /, e outro texto com uma palavra.';
    case 'no-command':
      return `O comando /${note.name} não existe. Escreva /help para ver quais há.`;
  }
}

export const correctUsage = (usage: string): string => `Escreva ${usage}.`;
export const nothingAfter = (usage: string): string => `Escreva ${usage} sem nada depois.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'PSEUDÔNIMO',
  name: 'NOME',
  member: 'PSEUDÔNIMO',
  text: 'TEXTO',
  farewell: '[DESPEDIDA]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'sussurrar para um membro',
  r: 'sussurrar de volta para quem sussurrou para você por último; Alt+R muda para lá',
  me: 'dizer o que você faz',
  alias: 'usar outro pseudônimo',
  ignore: 'não ver mais nada de um membro, ou ver tudo de novo; ninguém fica sabendo',
  exit: 'sair da sala',
  kick: 'expulsar um membro e dar à sala uma nova senha',
  stop: 'encerrar a sala para todos',
  lock: 'não deixar mais ninguém entrar, ou deixar de novo',
  relock: 'dar à sala uma nova senha',
  timer: 'fazer com que o que for dito a partir de agora desapareça após esse tempo, ou fique',
  keeper: 'passar a guarda da sala a outro membro',
  verify: 'comparar o número de um membro',
  number: 'mostrar seu próprio número',
  slash: 'começar uma mensagem com uma barra',
};
export const HELP_END = [
  'Dá para escrever mensagens em Markdown (**negrito** *itálico* `código` > citação - lista) e em HTML.',
  'Esc duas vezes, ou um dedo por um segundo na imagem do topo: sair na hora, para uma página em branco. Nada é perguntado.',
];

// Messages.

export const SHOW_MESSAGE = 'Mostrar';
export const SHOW_ALL = 'Mostrar tudo';
export const marksDropped = (count: number) => `[sinais não mostrados: ${number(count)}]`;
export const LONG_MESSAGE = 'Mensagem longa';
export const CODE_BLOCK = 'Código';
export const TABLE = 'Tabela';
export const GAUGE = 'Medidor';
export const NO_IMAGE = '[imagem não mostrada]';
export const noImageOf = (alt: string) => `[imagem não mostrada: ${alt}]`;
