// All words of the page in Korean: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { number } = grammar('ko');

/** `Ben님, Chloé님, Dora`: what follows takes up the last. */
const listed = <E>(items: E[]): Pieces<E> =>
  items.flatMap((item, at): Pieces<E> => (at > 0 ? ['님, ', item] : [item]));

// The documents.

export const LANGUAGE = 'ko';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = '다시 시도';
export const OVER = '대화가 끝났어요.';
export const NOTHING_KEPT = '여기에도 서버에도 아무것도 남지 않아요.';
export const BACK = '입구로 돌아가기';

export const FAREWELLS: Record<Ending, string> = {
  left: '방에서 나왔어요.',
  kicked: '방에서 강퇴당했어요. 다시 들어와도 된다면 멤버에게 새 초대장을 부탁하세요.',
  stopped: '방이 종료되어 모두의 대화가 끝났어요. 더 이야기하려면 새 방을 여세요.',
  'put-out':
    '서버가 나를 방에서 내보냈어요. 그럴 권한이 있는 멤버가 정한 일인지는 확인할 수 없었어요. 다른 방법으로 멤버들에게 물어보고, 초대장으로 다시 들어가세요.',
  'left-out':
    '방 비밀번호가 바뀌었는데, 서버에 따르면 새 비밀번호를 받은 사람 중에 내가 없어요. 멤버에게 새 초대장을 부탁하세요.',
  'stopped-by-host':
    '서버를 운영하는 사람이 방을 종료해 모두의 대화가 끝났어요. 새 방을 열거나, 그 사람에게 이유를 물어보세요.',
  'stopped-unread':
    '서버에 따르면 방이 종료됐어요. 그럴 권한이 있는 멤버가 정한 일인지는 확인할 수 없었어요. 다른 방법으로 멤버들에게 물어보고, 새 방을 여세요.',
  'stopped-away':
    '서버에 따르면 연결이 끊긴 사이 방이 종료되어 모두의 대화가 끝났어요. 그동안 쓴 글은 아무도 읽지 않았어요. 더 이야기하려면 새 방을 여세요.',
  'too-slow': '연결이 너무 느려서 방을 따라가지 못했어요. 더 나은 연결에서 초대장으로 다시 들어가세요.',
  flooding:
    '너무 많은 것을 너무 빨리 보내서 서버가 연결을 끊었어요. 초대장으로 다시 들어가서 한 번에 조금씩 보내세요.',
  'resumed-elsewhere':
    '다른 연결이 방에서 내 자리를 가져갔어요. 내가 연 페이지가 아니라면 멤버들에게 알리고 새 방을 여세요.',
  'shutting-down': '서버가 꺼지고 있어서 모두의 대화가 끝났어요. 서버가 다시 켜지면 새 방을 여세요.',
  malformed:
    '서버가 이 페이지를 이해하지 못해 연결을 끊었어요. 페이지를 새로 불러오고 초대장으로 다시 들어가세요.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069님에게 강퇴당했어요. 다시 들어와도 된다면 그 멤버에게 새 초대장을 부탁하세요.`,
  stopped: who =>
    `\u2068${who}\u2069님이 방을 종료해 모두의 대화가 끝났어요. 더 이야기하려면 새 방을 여세요.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: '연결 안 됨',
  deriving: '키 만드는 중…',
  connecting: '연결하는 중…',
  room: '연결됨',
  reconnecting: '다시 연결하는 중…',
  over: '연결 끊김',
};

// The entrance.

export const CHOOSE_LANGUAGE = '언어';
export const LEAD = '끝에서 끝까지 봉인된 방. 아무것도 남지 않아요.';
export const ROOM_KEY = '방 키';
export const ALIAS = '닉네임';
export const ALIAS_HINT = '다른 사람에게 보이는 이름이에요.';
export const OPEN_ROOM = '방 열기';
export const OPEN_ROOM_HINT = '방 키와 비밀번호는 자동으로 만들어져요.';
export const HAVE_INVITATION = '초대장이 있어요';
export const INVITATION_HINT = '링크, 또는 방 키와 비밀번호.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = '비밀번호';
export const ENTER_ROOM = '방에 들어가기';
export const OPTIONS = '옵션';
export const OWN_ROOM_KEY = '방 키 직접 정하기';
export const OWN_ROOM_KEY_HINT = '비워 두면 자동으로 만들어져요.';
export const OWN_PASSWORD = '비밀번호 직접 정하기';
export const OWN_PASSWORD_HINT = '비워 두면 아무도 추측할 수 없는 비밀번호가 만들어져요.';
export const CODE = '방을 여는 코드';
export const APPEARANCE = '밝게 또는 어둡게';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: '기기 설정대로', light: '밝게', dark: '어둡게' })[theme];
export const TEXT_SIZE = '글자 크기';
export const percent = (size: string): string => `${size}%`;
export const SHOW = '보기';
export const SHOW_CHARACTERS = '글자 보기';
export const HIDE = '숨기기';
export const HIDE_CHARACTERS = '글자 숨기기';
export const invited = <E>(room: E): Pieces<E> => ['방 ', room, '에 초대받았어요. '];
export const USE_ANOTHER_ROOM = '다른 방으로';
export const WHO_MODERATES = '누가 방을 관리할 수 있나요?';
export const KEEPER_ALONE = '방장만';
export const EVERY_MEMBER = '모든 멤버';
export const OPEN_ANEW = '이 키로 새 방 열기';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  '방 키가 ',
  key,
  '인 새 방을 열까요? 누군가 같은 키와 비밀번호로 들어올 때까지는 혼자예요.',
];

export const PLAIN_HTTP = '이 페이지는 암호화되지 않은 http로 불러왔어요';
export const PLAIN_HTTP_MORE =
  '그래도 메시지는 브라우저에서 봉인되고, 서버는 읽을 수 없어요. 하지만 나와 서버 사이의 네트워크를 장악한 사람은 전송 중에 이 페이지를 바꿔서 엿볼 수 있어요. 믿을 수 없는 네트워크에서는 https나 VPN을 쓰세요.';

export const MAKING_KEYS = '키 만드는 중';
export const PASSWORD_IS_STRETCHED =
  '키는 여기, 이 브라우저 안에서 비밀번호로 만들어요. 비밀번호는 브라우저를 떠나지 않아요.';
export const percentDone = (percent: number) => `키 만드는 중… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `키 만드는 중… ${number(percent)}%, ${number(seconds)}초 남음`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const plain = secure ? '' : ' https라면 브라우저의 자체 암호 기능으로 1초면 돼요.';
  return `이 브라우저가 스크립트를 느리게 실행해서 ${number(minutes)}분쯤 걸려요. 차단 모드나 보안을 강화한 설정 때문에 컴파일러가 꺼져 있거나, 기기가 느린 탓이에요.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    '들어갈 수 없어요. 그런 방이 없거나 비밀번호가 달라요. 방 비밀번호가 바뀌어 예전 초대장이 무효가 됐을 수도 있으니, 새 초대장을 부탁하세요.',
  taken: '이 키로 이미 열린 방이 있어요. 그 방의 초대장으로 들어가거나 다른 키를 고르세요.',
  'alias-in-use': '방에 이 닉네임을 쓰는 사람이 있어요. 다른 닉네임을 고르세요.',
  full: '방이 가득 찼어요. 누군가 나가면 다시 시도하세요.',
  locked: '방이 잠겨 있어요. 안에 있는 사람에게 잠금을 풀어 달라고 하세요.',
  busy: '서버가 바쁘거나, 이 주소에서 시도가 너무 많았어요. 잠시 기다렸다가 다시 시도하세요.',
  malformed: '서버가 이 페이지를 이해하지 못했어요. 새로 불러와서 다시 시도하세요.',
  'needs-code': '여기서 방을 열려면 코드가 필요해요. 이 서버를 운영하는 사람에게 물어보세요.',
  'not-from-here':
    '여기서는 호스트의 네트워크에서만 방을 열 수 있어요. 이 서버를 운영하는 사람에게 물어보거나, 그 네트워크에서 연결하세요.',
  unreachable: '서버에 연결할 수 없어요. 연결을 확인하고 다시 시도하세요.',
  'not-loaded':
    '이 페이지의 일부를 불러오지 못했어요. 연결을 확인하고, 확장 프로그램이 스크립트를 막는다면 허용한 뒤 다시 시도하세요.',
  'no-worker':
    '키를 만드는 워커 derive.js가 시작되지 않았어요. 확장 프로그램이나 중간의 무언가가 막고 있어요. 이 페이지에서 허용하거나 다른 브라우저를 쓰세요.',
  'break-over':
    '연결이 30분 동안 끊겨 대화와 비밀번호를 지웠어요. 다시 들어가려면 비밀번호를 한 번 더 입력하세요.',
  'grace-over': '연결이 너무 오래 끊겨 방에서 자리를 잃었어요. 초대장으로 다시 들어가세요.',
  kicked: '연결이 끊긴 사이 방에서 내보내졌어요. 다시 들어와도 된다면 멤버에게 새 초대장을 부탁하세요.',
  'room-gone': '연결이 끊긴 사이 방이 닫혔어요. 같은 키와 비밀번호로 그 방을 다시 열거나, 새 방을 여세요.',
  stopped: FAREWELLS['stopped-away'],
  draining: '이 서버는 곧 다시 시작해서 지금은 방을 열 수 없어요. 몇 분 뒤에 다시 시도하세요.',
  'false-room':
    '서버가 보여 주는 것은 이 비밀번호로 여는 방이 아니에요. 이 서버에 비밀번호를 맡기지 말고, 운영하는 사람에게 물어보세요.',
  'bad-room-key': '방 키는 K7QM-4XZD처럼 영문자와 숫자 8자로 되어 있어요. 초대장과 비교해 보세요.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `방을 열려면 비밀번호가 ${number(characters)}자 이상, ${number(bytes)}바이트 이하여야 해요.`;

export const tryAgainIn = (seconds: number): string => `${counted(seconds)} 뒤에 다시 시도할 수 있어요.`;
export const TRY_AGAIN_NOW = '이제 다시 시도할 수 있어요.';

export const CHOSEN_PASSWORD =
  '사람이 정한 비밀번호는 추측당할 수 있어요. 서버를 운영하거나 입장을 한 번이라도 기록한 사람은 자기 컴퓨터의 힘이 닿는 만큼 시도해 볼 수 있어요. 자동으로 만든 비밀번호만 이런 시도에 안전해요.';

export const OFFLINE = '이 기기가 오프라인이에요. 서버가 있는 네트워크에 연결하고 다시 시도하세요.';

export const WRONG_CODE =
  '방을 여는 코드가 아니에요. 대문자와 소문자를 구별해요. 이 서버를 운영하는 사람에게 물어보세요.';

const ALPHABETS: Record<string, string> = { Latin: '라틴 문자', Greek: '그리스 문자', Cyrillic: '키릴 문자' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `닉네임은 1자에서 ${number(error.most)}자까지예요.`;
    case 'slash':
      return '닉네임은 “/”로 시작할 수 없어요.';
    case 'space':
      return `닉네임에는 공백을 쓸 수 없어요(${codePoint}).`;
    case 'unseen':
      return `닉네임에는 보이지 않는 문자를 쓸 수 없어요(${codePoint}).`;
    case 'unknown':
      return `${codePoint} 문자를 모르는 기기도 있어요.`;
    case 'enclosing':
      return `닉네임에는 다른 문자를 둘러싸는 문자를 쓸 수 없어요(${codePoint}).`;
    case 'marks':
      return `부호 “◌${character}”(${codePoint})는 그 글자에 하나 더 붙일 수 없어요.`;
    case 'baseless':
      return `부호 “◌${character}”(${codePoint})가 붙을 글자가 없어요.`;
    case 'mixed':
      return `“${character}”(${codePoint}, ${ALPHABETS[error.alphabet]})는 ${ALPHABETS[error.beside]} 옆에 쓸 수 없어요.`;
    case 'joiner':
      return `연결 문자(${codePoint})는 그 자리에서 아무것도 바꾸지 않아요.`;
    case 'emoji':
      return `그 자리의 문자(${codePoint})는 모든 기기가 아는 이모지가 되지 않아요.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  '이 페이지의 링크가 전해지는 중에 손상되어(“#”이 “%23”으로 바뀐 듯해요), 브라우저가 비밀번호가 든 초대장을 서버로 보냈어요. 서버는 아무것도 보관하지 않지만 읽을 수는 있었고, 프록시나 그 로그도 마찬가지예요. 이 비밀번호는 더 쓰지 마세요. 다른 비밀번호로 방을 새로 열어 달라고 하고, 새 초대장을 받아 여기에 붙여 넣으세요.';
export const INVITATION_BROKEN =
  '이 링크의 초대장은 온전하지 않아요. 무언가 빠졌거나 덧붙었어요. 초대장을 다시 부탁하거나, 방 키와 비밀번호를 직접 입력하세요.';
export const INVITATION_TOO_LONG =
  '붙여 넣은 내용이 초대장이라기엔 너무 길어서 넣지 않았어요. 링크만 붙여 넣으세요.';
export const invitationElsewhere = (there: string, here: string) =>
  `이 초대장은 ${there}에 있는 방의 것인데, 이 페이지는 ${here}에 있어요. 둘이 같은 서버가 아니라면 링크를 그곳에서 여세요.`;

const OPERATOR = '서버를 운영하는 사람이 고칠 수 있어요: ';

const PASS_HOST = 'nginx에서는 “proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml에 hosts = ["${hostname}"] 줄이 있어야 해요`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `서버는 있지만, 대화를 전하는 WebSocket이 통과하지 못해요. 프록시나 필터, 확장 프로그램이 막고 있어요. ${OPERATOR}프록시가 Upgrade와 Connection을 그대로 전달해야 해요(nginx에서는 “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”).`,
  origin: ({ origin, hostname }: Location) =>
    `서버가 이 페이지를 거절해요. ${origin} 주소와 다른 이름으로 요청받기 때문인데, 프록시가 Host를 바꾸고 있어요. ${OPERATOR}프록시가 Host를 그대로 전달해야 해요(${PASS_HOST})${named(hostname, '. 그리고 ')}. 아니면 sanctuary.toml에 origins = ["${origin}"] 줄이 있어야 해요.`,
  host: ({ hostname }: Location) =>
    `서버가 자기 것이 아닌 이름으로 요청받고 있어요. 서버 설정이 바뀌었거나, 프록시가 Host를 바꾸고 있어요. ${OPERATOR}프록시가 Host를 그대로 전달해야 해요(${PASS_HOST})${named(hostname, '. 그리고 ')}.`,
  full: '서버가 받을 수 있는 연결이 전체로든 이 주소로든 다 찼어요. 이 서버를 연 다른 탭을 닫거나, 잠시 기다렸다가 다시 시도하세요.',
  gone: (status: number) =>
    `서버 앞의 무언가가 ${status} 응답을 보내요. 서버가 실행되고 있지 않거나, 그곳에서 서버에 연결할 수 없어요. 나중에 다시 시도하세요. ${OPERATOR}서버 데몬이 실행되어, 프록시가 찾는 곳에서 연결을 기다려야 해요.`,
  elsewhere:
    '네트워크의 무언가가 이 페이지의 연결을 다른 곳으로 보내요. 로그인 페이지일 수 있어요. 페이지를 새로 불러와서 다시 시도하세요.',
  other: (status: number, path: string) =>
    `페이지가 ${path} 주소를 요청하는데, 서버 앞의 무언가가 서버 대신 ${status} 응답을 보내요. ${OPERATOR}프록시가 페이지 경로 아래의 모든 것을, 따로 로그인을 요구하지 말고 그대로 전달해야 해요.`,
};

// The room.

export const ROOM = '방';
export const roomIs = <E>(key: E): Pieces<E> => ['방 ', key];
export const hereAre = (count: number): string => `${number(count)}명`;
export const MORE = '더 보기';
export const LOCKED = '잠김';
export const LOCKED_MORE = '이제 아무도 들어올 수 없어요.';
export const INVITE = '초대';
export const LOCK = '잠그기';
export const UNLOCK = '잠금 풀기';
export const SETTINGS = '설정';
export const SETTINGS_KEPT = '탭을 닫으면 모두 잊혀요.';
export const SOUND = '귓속말이 오거나 내가 언급되면 소리 내기';
export const NOTIFY = '그때 알림 띄우기(내용은 빼고)';
export const NOT_NOTIFIED = '이 브라우저가 이 페이지의 알림을 띄우지 않아요. 알림을 허용하고 다시 켜 주세요.';
export const NOTIFIED = { whisper: '귓속말이 왔어요', mention: '누가 나를 언급했어요' };
export const TIMER = '사라지는 메시지';
export const TIMER_AFTER = '지금부터 하는 말이 사라지기까지';
export const TIMER_NEVER = '사라지지 않음';
export const TIMER_BINDS =
  '정직한 페이지는 이를 따라요. 정직하지 않은 페이지까지 잊게 할 방법은 누구에게도 없어요.';
export const TIMER_SET = '모두에게 적용';
export const fadesAfter = (time: string): string => `메시지는 도착한 지 ${time} 뒤에 사라져요.`;
export const FADING_MORE = '그때 이 메시지는 규칙을 따르는 모든 페이지에서 사라져요.';
export const SEEING = '누가 무엇을 볼 수 있나요';
export const THIS_CONNECTION = '연결 경로';
export const OVER_HTTPS =
  '이 페이지는 https로 불러왔어요. 중간의 네트워크와 프록시는 누가 언제 이 서버에 연결했고 얼마나 많은 데이터가 오가는지 볼 수 있어요. 인증서가 이 서버의 것이라면, 거기서 무언가를 읽거나 바꿀 수는 없어요.';
export const OVER_LOOPBACK =
  '이 페이지는 바로 이 기기의 주소에서 열렸어요. 여기 있는 터널이나 프록시가 다른 기기로 이어지는지는 페이지에서 알 수 없어요.';
export const OVER_ONION =
  '이 페이지는 onion 주소에서 열렸어요. Tor가 서버 쪽 끝까지 오가는 모든 것을 암호화하고, 어디에서 접속하는지 숨겨요.';
export const OVER_HTTP =
  '이 페이지는 암호화되지 않은 http로 불러왔어요. 중간의 네트워크와 프록시는 서버가 보는 것을 모두 볼 수 있지만, 주고받는 말은 그들에게도 봉인되어 있어요. 하지만 그중 하나를 장악한 사람이 전송 중에 이 페이지를 바꿔서 모든 것을 알리게 했을 수도 있어요. 믿을 수 없는 네트워크에서는 https나 VPN을 쓰세요.';
export const THE_SERVER = '서버를 운영하는 사람';
export const serverSees = (host: string): string =>
  `${host} 서버를 운영하는 사람은 방 키가 무엇인지, 몇 명이 어떤 주소에서 들어와 있는지, 누군가 언제 얼마나 말하는지, 누가 누구에게 귓속말하는지를 볼 수 있어요. 비밀번호도, 닉네임도, 말 한마디도 볼 수 없어요. 하지만 이 페이지도 그 서버에서 오니, 다른 페이지로 바꿔치기되면 모든 것이 새어 나갈 수 있어요. 그러니 믿을 수 있는 사람의 서버여야 해요.`;
export const PROTECTIONS = [
  '메모리를 고정해 디스크에 절대 쓰지 않아요',
  '비정상 종료되어도 메모리 사본이 남지 않아요',
  '관리자 권한 없이 실행돼요',
  '더 높은 권한을 얻을 수 없어요',
  '방에 관한 파일을 열지 않고, 스스로 연결을 맺지 않아요',
  '시스템에 요청할 수 있는 일이 얼마 없어요',
  '터미널을 읽지 않아요',
];
export const PROTECTED = '서버 스스로 밝힌 바로는, 로그를 남기지 않고 다음을 적용하고 있어요.';
export const UNPROTECTED = '다음은 적용하지 않거나 일부만 적용하고 있어요.';
export const THE_MEMBERS = '멤버';
export const MEMBERS_SEE =
  '여기 있는 모두가 자기가 들어온 뒤에 모두에게 한 말을 읽어요. 귓속말은 받는 사람만 읽어요. 누구나 자기가 읽은 것을 간직할 수 있어요.';
export const STAYS = '메시지는 대화를 떠날 때까지 남아 있어요.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? ['방장은 ', keeper, `님이에요. ${OFFICE}, 방장 넘기기는 방장만 할 수 있어요.`]
    : [`${OFFICE}는 모든 멤버가 할 수 있어요. 방장 넘기기는 방장인 `, keeper, '님만 할 수 있어요.'];
const OFFICE = '멤버 강퇴, 방 잠그기, 비밀번호 바꾸기, 메시지 사라지게 하기, 방 종료하기';
export const DRAWN_PASSWORD = '자동으로 만든 비밀번호의 형태예요. 그런 비밀번호는 아무도 추측할 수 없어요.';
export const WHO_IS_WHO = '누가 누구인지';
export const TICK_THOSE = '소리 내어 읽어 준 번호가 여기 번호와 같은 멤버에게 표시하세요.';
export const NO_TRACE = '흔적 남기지 않기';
export const NO_TRACE_MORE =
  '여기에도 서버에도 아무것도 저장되지 않아요. 다만 브라우저가 이 주소에 온 적이 있다고 기억할 수는 있어요. Esc를 연달아 두 번 누르거나 맨 위 그림을 손가락으로 1초간 누르고 있으면, 모든 것이 지워지고 빈 페이지만 남아요.';
export const VANISH = '빈 페이지로 나가기';
export const STOP_ROOM = '방 종료하기';
export const LEAVE = '나가기';
export const askKick = <E>(alias: E): Pieces<E> => [alias, '님을 방에서 강퇴할까요?'];
export const GIVE_NEW_PASSWORD = '방 비밀번호를 바꿔서 예전 초대장으로는 들어올 수 없게 하기';
export const PASSWORD_GOES_TO = '새 비밀번호를 받는 사람';
export const PASSWORD_GOES_TO_NOBODY = '나 말고는 아무도 새 비밀번호를 받지 않아요.';
export const RELOCK = '비밀번호 바꾸기';
export const ASK_RELOCK = '방 비밀번호를 바꿀까요? 예전 초대장으로는 더 이상 아무도 들어올 수 없어요.';
export const NOT_READ = '이 페이지가 카드를 읽을 수 없는 멤버는 내보내요.';
export const RELOCKING = '방 비밀번호를 바꾸는 중…';
export const verifyWhom = <E>(alias: E): Pieces<E> => [alias, '님의 번호'];
export const VERIFY_HOW =
  '내가 아는 그 멤버에게 전화로든 얼굴을 맞대고든 번호를 소리 내어 읽어 달라고 하세요. 이 번호와 같다면 둘 사이에 아무도 끼어 있지 않아요. 서버도요.';
export const IS_SAME_NUMBER = '읽어 준 번호가 이 번호와 같아요';
export const YOUR_NUMBER = '소리 내어 읽어 줄 내 번호:';
export const VERIFY = '번호 확인';
export const ALL_VERIFIED = '확인됨';
export const ALL_VERIFIED_MORE = '모든 멤버의 번호를 비교해 봤어요.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => [alias, '님이 ', time, '에 열었어요'];
export const ASK_STOP = '방을 종료할까요? 모두의 대화가 끝나고, 아무것도 남지 않아요.';

export const CANCEL = '취소';

export const MEMBERS = '멤버';
export const MARKS = {
  you: '나',
  keeper: '방장',
  away: '자리 비움',
  verified: '확인됨',
  differs: '다른 방을 봄',
  'not-ready': '준비 안 됨',
  unreadable: '읽을 수 없음',
  'shut-out': '내보냄',
  ignored: '무시함',
};
export const MARKS_MORE = {
  verified: '이 멤버의 번호를 비교해 봤어요.',
  differs: '이 멤버가 보는 것과 내가 보는 것이 달라요. 서버가 서로 다른 것을 보여 주고 있어요.',
  'not-ready': '이 멤버는 아직 새 비밀번호로 나타나지 않았어요.',
  unreadable: '서버가 이 멤버에 대해 보여 주는 것을 받아들일 수 없어요. 서로의 말이 전혀 전해지지 않아요.',
  ignored: '이 멤버가 하는 말은 보이지 않아요.',
  'shut-out':
    '한 멤버가 내보냈는데도 서버가 방에 그대로 두고 있어요. 이제 이 멤버에게는 아무것도 가지 않아요.',
};
export const doingsWith = (alias: string): string => `${alias}님에게 할 수 있는 일`;
export const WHISPER = '귓속말';
export const KICK = '강퇴';
export const IGNORE = '무시';
export const HEED = '무시 해제';
export const MAKE_KEEPER = '방장 넘기기';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  alias,
  '님에게 방장을 넘길까요? 돌려줄 수 있는 사람은 새 방장뿐이에요.',
];

export const UNNAMED = '(이름 없음)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: '내 닉네임과 비슷함',
  page: '멤버의 닉네임',
};
export const looksLike = <E>(alias: E): Pieces<E> => [alias, '님과 비슷함'];
export const OTHER_CHARACTERS = '다른 문자로 적혀 있어요.';

export const OWN_WORDS = [
  ...[
    '나',
    '방장',
    '잠김',
    '확인됨',
    '무시함',
    '내보냄',
    '귓속말',
    '시스템',
    '서버',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = '초대장';
export const INVITATION_LINK = '초대 링크';
export const COPY = '복사';
export const CLOSE = '닫기';
export const NEW_INVITATION =
  '방 비밀번호가 바뀌었어요. 이것이 새 링크이고, 예전 링크로는 더 이상 아무도 들어올 수 없어요.';
export const COPIED = '복사했어요';
export const ADDRESS_FOR_OTHERS =
  '이 기기에서만 통하는 주소로 이 페이지를 열었어요. 다른 사람이 찾아올 주소:';
export const THIS_MACHINE_ALONE =
  '이 링크는 이 기기에서만 여기로 이어져요. 다른 사람을 초대하려면, 그 사람도 열 수 있는 주소로 페이지를 열거나 코드를 읽어 주세요.';
export const SHARE = '공유';
export const PRINT = '인쇄';
export const QR = 'QR 코드로 된 초대장';
export const PASS_ON_WITH_CARE = '이 링크가 있으면 누구나 들어올 수 있으니 조심해서 전하세요.';
export const COPY_BY_HAND =
  '링크를 직접 복사하세요. 이 링크가 있으면 누구나 들어올 수 있으니 조심해서 전하세요.';

// A broken connection.

export const BROKEN = '연결이 끊겼어요. 쓴 글은 다시 연결될 때까지 기다려요.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked: '자리를 잃었고, 방이 잠겨 있어요. 안에서 누군가 잠금을 풀면 자동으로 들어가요.',
  full: '자리를 잃었고, 방이 가득 찼어요. 누군가 나가면 자동으로 들어가요.',
  'alias-in-use':
    '자리를 잃었고, 방에서 다른 사람이 내 닉네임을 쓰고 있어요. 그 사람이 나갈 때까지 기다리거나, 초대장을 복사하고 나간 뒤 다른 닉네임으로 들어가세요.',
  'room-gone':
    '방이 없어졌어요. 마지막 자리까지 사라졌기 때문이에요. 같은 키와 비밀번호로 다시 열면 같은 초대장으로 들어올 수 있어요.',
  'no-entry':
    '방이 없어졌거나 비밀번호가 바뀌었어요. 지금 비밀번호로는 아무도 들어갈 수 없어요. 방이 없어졌다면 같은 키와 비밀번호로 다시 열 수 있어요.',
  'another-password':
    '초대장이 더는 통하지 않아요. 방 비밀번호가 달라졌어요. 안에 있는 사람에게 새 초대장을 부탁하세요.',
  'needs-code':
    '방이 없어졌고, 다시 열려면 코드가 필요해요. 방을 열었던 사람이나 이 서버를 운영하는 사람에게 물어보세요. 초대장을 복사하고 나간 뒤 코드로 방을 여세요.',
  'not-from-here':
    '방이 없어졌고, 여기서는 호스트의 네트워크에서만 방을 열 수 있어요. 초대장을 복사하고 나간 뒤 이 서버를 운영하는 사람에게 물어보세요.',
  draining: '방이 없어졌고, 이 서버는 곧 다시 시작해서 지금은 방을 열 수 없어요. 몇 분 뒤에 다시 여세요.',
};
export const nextTryIn = (seconds: number): string => `${number(seconds)}초 뒤에 다시 시도해요.`;
export const TRYING = '시도하는 중…';
export const TRY_NOW = '지금 시도';
export const OPEN_IT_AGAIN = '방 다시 열기';
export const keptUntil = <E>(time: E): Pieces<E> => [
  '여기 있는 것은 모두 ',
  time,
  '까지 남아 있다가 지워져요.',
];

export const LOSSES = {
  room: '나 말고는 아무도 없어서, 내가 나가면 방도 끝나요.',
  draft: '쓰던 글을 아직 보내지 않았어요.',
};
export const askLeave = (losses: string[]): string => `나갈까요? ${losses.join(' ')}`;

export const MESSAGE = '메시지';
export const SEND = '보내기';
export const MESSAGE_TO_EVERYONE = '모두에게 보내는 메시지';
export const whisperTo = (alias: string): string => `${alias}님에게 귓속말`;
export const COMPOSER_HINT = 'Shift+Enter로 줄을 바꿔요.';
export const COMPOSER_HINT_TOUCH = 'Enter로 줄을 바꾸고, 버튼으로 보내요.';
export const FAREWELL_TO_ALL = '작별 인사는 모두가 읽어요. 남기려면 모두에게 쓰기로 돌아가세요.';
export const ACTION_ANSWERS_NOTHING =
  '/me로 쓴 것은 답장이 되지 않아요. 메시지로 쓰거나, 먼저 ‘답장하지 않기’를 누르세요.';
export const STAYS_HERE = '쓴 글은 여기 남아 있어요.';
export const bytesLeft = (bytes: number): string => `${number(bytes)}바이트 남음`;
export const TOO_LONG = '너무 길어서 보낼 수 없어요.';
export const tooLongBy = (bytes: number): string => `${number(bytes)}바이트가 넘쳐요.`;
export const PROPOSALS = '제안';
export const proposals = (count: number): string =>
  `제안 ${number(count)}개: 화살표 키로 고르고 Tab으로 채워요.`;
export const LIST_COMMANDS = '명령어 보기';
export const COMMANDS = '명령어';
export const MENTION = '언급';
export const FORMAT = '서식';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: '가', name: '굵게' },
  italic: { sign: '가', name: '기울임' },
  code: { sign: '<>', name: '코드' },
  list: { sign: '•', name: '목록' },
  quote: { sign: '❝', name: '인용' },
  link: { sign: '링크', name: '링크' },
};
export const PREVIEW = '미리보기';
export const NOTHING_TO_PREVIEW = '메시지가 어떻게 보일지 여기에 나타나요.';
export const whisperingTo = <E>(alias: E): Pieces<E> => [alias, '님에게 귓속말하는 중'];
export const BACK_TO_EVERYONE = '모두에게로 돌아가기';

// Pictures.

export const PICTURE = '사진';
export const ATTACH = '사진 첨부';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['사진을 여기에 놓으면 ', ...whom, '님에게 귓속말로 보내요']
    : ['사진을 여기에 놓으면 모두에게 보내요'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? [...whom, '님에게 귓속말로 보낼 사진'] : ['모두에게 보낼 사진'];
export const PREPARING = '사진 크기를 줄이는 중…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))}KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && '움직이는 사진은 첫 장면만 보내요.',
    more > 0 && `뒤에 ${number(more)}장 더 있어요.`,
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = '설명';
export const DESCRIPTION_HINT = '무엇이 보이나요?';
export const SEND_PICTURE = '사진 보내기';
export const REMOVE = '빼기';
export const picturesLeftOut = (most: number, count: number): string =>
  `사진은 한 번에 ${number(most)}장까지 기다릴 수 있어서 ${number(count)}장을 뺐어요.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' 파일은 사진이 아니에요. 사진만 보낼 수 있어요.'];
    case 'svg':
      return [file, ' 파일은 SVG 그림이라 사진 말고 다른 것이 들어 있을 수 있어요. PNG로 저장하세요.'];
    case 'kind':
      return [file, ' 파일은 이 브라우저가 읽을 수 없는 형식의 사진이에요. JPEG나 PNG로 저장하세요.'];
    case 'large-file':
      return [file, ` 파일은 ${number(most.megabytes)}MB보다 커요. 먼저 크기를 줄이세요.`];
    case 'large-picture':
      return [file, ` 파일은 ${number(most.megapixels)}메가픽셀이 넘어요. 먼저 크기를 줄이세요.`];
    case 'broken':
      return [file, ' 파일을 읽을 수 없어요. 망가졌거나 이 브라우저가 모르는 형식이에요.'];
    case 'noise':
      return [
        file,
        ' 파일의 크기를 줄일 수 없어요. 이 브라우저는 지문 추적을 막으려고, 페이지가 그린 것 대신 잡음을 돌려줘요. 이 페이지가 캔버스 데이터를 읽도록 허용하거나 다른 브라우저를 쓰세요.',
      ];
    case 'too-small':
      return [file, ' 파일은 이 서버가 메시지 하나로 받는 크기까지 줄일 수 없어요.'];
    case 'failed':
      return [
        file,
        ' 파일의 크기를 줄이지 못했어요. 지금 이 기기의 메모리가 부족할 수 있어요. 다시 시도하거나, 먼저 크기를 줄이세요.',
      ];
    case 'not-loaded':
      return [file, ' 파일의 크기를 줄이지 못했어요. 이 페이지의 일부를 불러오지 못했어요. 다시 시도하세요.'];
  }
}

export const CONVERSATION = '대화';
export const NEW_MESSAGES = '새 메시지';
export const EARLIER_GONE = '이전 메시지는 사라졌어요.';
export const sentAt = <E>(time: E): Pieces<E> => ['(', time, '에 보냄)'];
export const DELIVERY = {
  sending: '보내는 중…',
  sent: '',
  delivered: '전달됨',
  failed: '보내지 못함',
  unsure: '보내지 못했을 수 있음',
};
export const REPLY = '답장';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `${alias || UNNAMED}님의 메시지로 할 수 있는 일: ${excerpt}`;
export const REACT = '반응…';
export const UNSEND = '보내기 취소';
export const DISCARD = '버리기';
export const NOT_COPIED = '복사하지 못했어요';
export const ANSWERED_IS_GONE = '여기에 없는 메시지에 대한 답장';
export const EMOJI = {
  '👍': '좋아요',
  '❤️': '하트',
  '😂': '웃음',
  '🎉': '축하',
  '😮': '놀람',
  '😢': '울음',
  '🙏': '고마움',
  '👎': '별로예요',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string =>
  `${emoji}: ${listed(aliases).join('')}님${more > 0 ? ` 외 ${number(more)}명` : ''}`;
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['여러 명이 입력하는 중…'] : [...listed(aliases), '님이 입력하는 중…'];
export const TELL_TYPING = '누가 입력하는지 알리기';
export const replyingTo = <E>(line: E): Pieces<E> => ['답장할 메시지: ', line];
export const NO_REPLY = '답장하지 않기';
export const NOBODY_ELSE = '아직 아무도 없어요.';
export const INVITE_SOMEBODY = '사람 초대하기';
export const MENTIONS_YOU = '나를 언급함';
export const SAYS_FAREWELL = '작별 인사';
export const WHISPERS_TO_YOU = '나에게 귓속말';
export const whispersTo = <E>(alias: E[]): Pieces<E> => [...alias, '님에게 귓속말'];

const missed = (count: number): string =>
  count === 0
    ? '연결이 끊긴 사이 오간 메시지는 없어요'
    : `연결이 끊긴 사이 메시지가 많아야 ${number(count)}개 오갔어요`;

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `${counted(seconds)} 뒤 사라짐`;
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

export const happened = (times: number): string => ` (${number(times)}번)`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, '님이 들어왔어요'];
    case 'renamed':
      return [alias, '님이 닉네임을 바꿨어요: ', other];
    case 'exit':
      return [...aliases, '님이 나갔어요'];
    case 'gone':
      return [...aliases, '님의 연결이 끊겼어요'];
    case 'kicked':
      return [other, '님이 ', alias, '님을 강퇴했어요'];
    case 'put-out-unread':
      return ['서버에 따르면 ', other, '님이 ', alias, '님을 내보냈어요. 나는 아직 그 말을 읽지 못했어요'];
    case 'put-out':
      return ['서버는 ', alias, '님이 내보내졌다고 하지만, 그렇게 말한 멤버는 없어요'];
    case 'shut-out':
      return [
        other,
        '님이 ',
        alias,
        '님을 내보냈는데도 서버가 방에 그대로 두고 있어요. 이제 이 멤버에게는 아무것도 가지 않아요',
      ];
    case 'left-out':
      return [alias, '님은 ', other, '님에게서 새 비밀번호를 받지 못해 방에서 빠졌어요'];
    case 'away':
      return [...aliases, '님이 잠시 자리를 비웠어요'];
    case 'back':
      return [...aliases, '님이 돌아왔어요'];
    case 'keeper':
      return by ? [by, '님이 ', alias, '님에게 방장을 넘겼어요'] : [alias, '님이 이제 방장이에요'];
    case 'handed-unread':
      return [
        '서버에 따르면 ',
        other,
        '님이 ',
        alias,
        '님에게 방장을 넘겼어요. 나는 아직 그 말을 읽지 못했어요',
      ];
    case 'keeper-unsaid':
      return [
        '서버는 이제 ',
        alias,
        '님이 방장이라고 하지만, 방의 규칙에도 멤버의 말에도 그런 내용은 없어요',
      ];
    case 'locked':
      return by
        ? [by, '님이 방을 잠갔어요. 이제 아무도 들어올 수 없어요']
        : ['방이 잠겼어요. 이제 아무도 들어올 수 없어요'];
    case 'unlocked':
      return by ? [by, '님이 방의 잠금을 풀었어요'] : ['방의 잠금이 풀렸어요'];
    case 'relocked':
      return by
        ? [by, '님이 방 비밀번호를 바꿨어요. 예전 초대장으로는 더 이상 아무도 들어올 수 없어요']
        : ['방 비밀번호가 바뀌었어요. 예전 초대장으로는 더 이상 아무도 들어올 수 없어요'];
    case 'keyless':
      return [
        '방 비밀번호가 바뀌었는데 새 비밀번호를 받지 못했어요. 아무도 초대할 수 없고, 지금부터 나타나는 사람이 누구인지도 읽을 수 없어요. 나가서 새 초대장을 부탁하세요.',
      ];
    case 'unrenewed':
      return ['서버가 내 키를 갱신해 주지 않아요. 나갔다가 새로 들어오거나, 다른 서버를 쓰세요'];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`연결이 끊긴 사이 자리를 잃어서 새로 들어왔어요. ${missed(count)}`];
    case 'reopened':
      return ['방을 다시 열었어요. 연결이 끊겼던 다른 사람도 같은 초대장으로 들어와요.'];
    case 'another-room':
      return [
        '새로 들어왔지만, 여기는 ',
        alias,
        '님이 같은 키와 비밀번호로 연 다른 방이에요. 그사이 메시지가 몇 개나 오갔는지는 아무도 알 수 없어요',
      ];
    case 'missing':
      return [alias, `님의 메시지 ${number(count)}개가 빠졌어요`];
    case 'timer':
      return count > 0
        ? [other, `님이 메시지를 도착한 지 ${lasting(count)} 뒤에 사라지게 했어요. ${TIMER_BINDS}`]
        : [other, '님이 지금부터 메시지를 사라지지 않게 했어요'];
    case 'closing':
      return [
        `서버가 ${number(count)}초 뒤에 다시 시작해요. 그때 모두의 대화가 끝나요. 그 뒤에 방을 새로 여세요.`,
      ];
    case 'unreadable':
      return who ? [alias, '님의 메시지를 읽지 못했어요'] : ['메시지 하나를 읽지 못했어요'];
    case 'unsent':
      return [alias, '님이 메시지 보내기를 취소했어요'];
    case 'unshowable':
      return [alias, '님이 이 페이지가 보여 줄 수 없는 것을 보냈어요'];
    case 'differs':
      return [
        alias,
        '님이 보는 것과 내가 보는 것이 달라요. 서버가 서로 다른 것을 보여 주고 있어요. 다른 방법으로 서로 물어보고, 다른 서버를 쓰세요',
      ];
    case 'contradicted':
      return ['서버의 말이 앞서 한 말과 맞지 않아요. 계속 그러면 다른 서버를 쓰세요'];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return '이 페이지의 일부를 불러오지 못해 비슷해 보이는 닉네임이 표시되지 않아요. 다른 것은 모두 잘 돼요.';
    case 'too-much':
      return '보내기에는 너무 길거나, 한꺼번에 너무 많아요. 줄이거나, 기다리는 것이 다 나갈 때까지 기다리세요.';
    case 'not-loaded':
      return '이 페이지에서 보내기에 필요한 부분을 불러오지 못했어요. 잠시 뒤에 다시 보내세요.';
    case 'not-yours':
      return `방장만 할 수 있고, 방장은 ${note.keeper || UNNAMED}님이에요. 그분에게 부탁하거나, 방장을 넘겨 달라고 하세요.`;
    case 'nobody':
      return `여기에 ${note.alias}님은 없어요. 멤버 목록에서 어떻게 쓰는지 보세요.`;
    case 'several':
      return `닉네임이 ${note.alias}인 멤버가 ${number(note.count)}명이에요. 누구인지 정해 주세요: ${note.alias} 1 또는 ${note.alias} 2.`;
    case 'gone':
      return '그 멤버는 이제 여기 없어요.';
    case 'no-voice':
      return '그 멤버는 방 비밀번호를 바꿔야만 내보낼 수 있어요. /relock을 쓰세요.';
    case 'number':
      return `내 번호: ${note.number}. 다른 사람들에게 소리 내어 읽어 주세요. 저마다 /verify로 비교해요.`;
    case 'not-carried-out':
      return '그사이 자리를 잃어서, 방에서 하려던 일이 실행되지 않았어요. 다시 해 주세요.';
    case 'relock-failed':
      return '비밀번호를 바꾸지 못했어요. 이 일로 방을 잠갔다면 그대로 잠겨 있어요. /relock으로 다시 시도하거나 /unlock으로 잠금을 푸세요.';
    case 'relock-crossed':
      return '같은 때에 다른 사람이 방 비밀번호를 바꿨어요. 이 일로 방을 잠갔다면 그대로 잠겨 있어요. /unlock으로 잠금을 푸세요.';
    case 'unwhispered':
      return '받은 귓속말이 없어요.';
    case 'whisperer-gone':
      return '마지막으로 귓속말한 사람이 이제 여기 없어요.';
    case 'yourself':
      return '그건 나예요.';
    case 'away':
      return `${note.alias}님은 지금 자리를 비웠어요. 멤버 목록에서 그 표시가 없어지면 다시 시도하세요.`;
    case 'unnamed':
      return '그 멤버와 함께 쓰는 키가 없어요. 멤버 목록에서 “준비 안 됨” 표시가 없어질 때까지 기다리세요.';
    case 'no-line':
      return '그 메시지가 이제 여기 없거나, 지금 받는 사람들이 그 메시지를 받은 적이 없어요.';
    case 'former-voice':
      return '새로 들어오기 전에 한 말이라 이제 취소할 수 없어요.';
    case 'amiss':
      return '이 페이지에 문제가 생겨서, 마지막에 한 일이 되지 않았을 수 있어요. 다시 시도하고, 그래도 안 되면 나갔다가 새로 들어오세요.';
    case 'untold':
      return '메시지에 한 일이 다른 사람들에게 전해지지 않았어요. 다시 시도하세요.';
    case 'perhaps-untold':
      return '메시지에 한 일이 다른 사람들에게 전해지지 않았을 수 있어요. 다시 시도하기 전에 물어보세요.';
    case 'ignored':
      return `이제 ${note.alias}님의 것은 아무것도 보이지 않고, 이 일은 아무에게도 알려지지 않아요. 되돌리려면 /ignore ${note.alias} 명령을 다시 쓰세요.`;
    case 'heeded':
      return `${note.alias}님의 말이 다시 보여요.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return '방에 이 닉네임을 쓰는 사람이 있어요. 다른 닉네임을 고르세요.';
    case 'keyless':
      return '이제 방의 키가 없어서, 닉네임을 바꿔도 아무도 읽을 수 없어요. 나가서 새 초대장을 부탁하세요.';
    case 'slip':
      return '명령어는 /로 시작하고, 다른 글은 낱말로 시작해요.';
    case 'no-command':
      return `/${note.name} 명령어는 없어요. 무엇이 있는지 보려면 /help를 쓰세요.`;
  }
}

export const correctUsage = (usage: string): string => `이렇게 쓰세요: ${usage}.`;
export const nothingAfter = (usage: string): string => `뒤에 아무것도 붙이지 말고 ${usage}만 쓰세요.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: '닉네임',
  name: '이름',
  member: '닉네임',
  text: '내용',
  farewell: '[작별인사]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: '한 멤버에게 귓속말하기',
  r: '마지막으로 귓속말한 사람에게 귓속말로 답하기(Alt+R로도 바꿀 수 있어요)',
  me: '내가 하는 일 말하기',
  alias: '닉네임 바꾸기',
  ignore: '한 멤버의 것을 모두 보지 않기, 또는 다시 보기(아무에게도 알려지지 않아요)',
  exit: '방에서 나가기',
  kick: '멤버를 강퇴하고 방 비밀번호 바꾸기',
  stop: '방을 종료해 모두의 대화 끝내기',
  lock: '더는 아무도 못 들어오게 하기, 또는 다시 들어오게 하기',
  relock: '방 비밀번호 바꾸기',
  timer: '지금부터 하는 말이 그 시간 뒤에 사라지거나 남게 하기',
  keeper: '다른 멤버에게 방장 넘기기',
  verify: '한 멤버의 번호 비교하기',
  number: '내 번호 보기',
  slash: '빗금으로 메시지 시작하기',
};
export const HELP_END = [
  '메시지는 Markdown(**굵게** *기울임* `코드` > 인용 - 목록)과 HTML로 쓸 수 있어요.',
  'Esc를 두 번 누르거나 맨 위 그림을 손가락으로 1초간 누르고 있으면, 묻지 않고 바로 빈 페이지로 나가요.',
];

// Messages.

export const SHOW_MESSAGE = '보기';
export const SHOW_ALL = '모두 보기';
export const marksDropped = (count: number) => `[표시하지 않은 부호: ${number(count)}개]`;
export const LONG_MESSAGE = '긴 메시지';
export const CODE_BLOCK = '코드';
export const TABLE = '표';
export const GAUGE = '게이지';
export const NO_IMAGE = '[표시하지 않은 이미지]';
export const noImageOf = (alt: string) => `[표시하지 않은 이미지: ${alt}]`;
