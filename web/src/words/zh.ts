// All words of the page in simplified Chinese: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('zh', 'zh-Hans');

// The documents.

export const LANGUAGE = 'zh-Hans';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = '再试一次';
export const OVER = '对话已经结束。';
export const NOTHING_KEPT = '什么都没有留下：这里没有，服务器上也没有。';
export const BACK = '回到入口';

export const FAREWELLS: Record<Ending, string> = {
  left: '你已离开房间。',
  kicked: '你被踢出了房间。想再回来，请向成员要一份新邀请。',
  stopped: '房间已解散，所有人的对话到此结束。想继续聊，请创建新房间。',
  'put-out':
    '服务器把你移出了房间。这是不是有权限的成员的意思，无法核实。请通过别的途径问问其他人，再凭邀请进入。',
  'left-out': '房间换了新密码，而据服务器说，拿到新密码的人里没有你。请向成员要一份新邀请。',
  'stopped-by-host': '服务器管理员解散了房间，所有人的对话到此结束。请创建新房间，或向服务器管理员询问原因。',
  'stopped-unread':
    '服务器说房间已解散。这是不是有权限的成员的意思，无法核实。请通过别的途径问问其他人，再创建新房间。',
  'stopped-away':
    '服务器说，在你连接断开期间，房间已解散，所有人的对话到此结束。你在此期间写的内容没有人看到。想继续聊，请创建新房间。',
  'too-slow': '你的连接太慢，跟不上房间里的对话。请换个更好的网络，再凭邀请进入。',
  flooding: '你发得太多太快，服务器断开了你的连接。请凭邀请再次进入，一次少发一些。',
  'resumed-elsewhere':
    '另一个连接接管了你在房间里的位置。如果那不是你自己的页面，请提醒其他人，并创建新房间。',
  'shutting-down': '服务器正在关闭，所有人的对话到此结束。等它重新运行后，请创建新房间。',
  malformed: '服务器没能理解这个页面，断开了连接。请重新加载页面，再凭邀请进入。',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who => `\u2068${who}\u2069把你踢出了房间。想再回来，请向对方要一份新邀请。`,
  stopped: who => `\u2068${who}\u2069解散了房间，所有人的对话到此结束。想继续聊，请创建新房间。`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: '未连接',
  deriving: '正在生成密钥…',
  connecting: '正在连接…',
  room: '已连接',
  reconnecting: '正在重新连接…',
  over: '已断开',
};

// The entrance.

export const CHOOSE_LANGUAGE = '语言';
export const LEAD = '端到端加密的房间，什么都不会留下。';
export const ROOM_KEY = '房间号';
export const ALIAS = '昵称';
export const ALIAS_HINT = '其他人看到的名字。';
export const OPEN_ROOM = '创建房间';
export const OPEN_ROOM_HINT = '房间号和密码会自动生成。';
export const HAVE_INVITATION = '我有邀请';
export const INVITATION_HINT = '链接，或者房间号和密码。';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = '密码';
export const ENTER_ROOM = '进入房间';
export const OPTIONS = '选项';
export const OWN_ROOM_KEY = '自定房间号';
export const OWN_ROOM_KEY_HINT = '留空则自动生成。';
export const OWN_PASSWORD = '自定密码';
export const OWN_PASSWORD_HINT = '留空则自动生成一个谁也猜不到的密码。';
export const CODE = '创建房间的授权码';
export const APPEARANCE = '外观';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: '跟随设备', light: '浅色', dark: '深色' })[theme];
export const TEXT_SIZE = '文字大小';
export const percent = (size: string): string => `${size}%`;
export const SHOW = '显示';
export const SHOW_CHARACTERS = '显示字符';
export const HIDE = '隐藏';
export const HIDE_CHARACTERS = '隐藏字符';
export const invited = <E>(room: E): Pieces<E> => ['你受邀进入房间 ', room, '。'];
export const USE_ANOTHER_ROOM = '换一个房间';
export const WHO_MODERATES = '谁可以管理房间？';
export const KEEPER_ALONE = '仅房主';
export const EVERY_MEMBER = '所有成员';
export const OPEN_ANEW = '用这个房间号创建新房间';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  '用房间号 ',
  key,
  ' 创建新房间吗？在有人用同样的房间号和密码进来之前，里面只有你一个人。',
];

export const PLAIN_HTTP = '这个页面是通过未加密的 http 传来的';
export const PLAIN_HTTP_MORE =
  '消息仍会在你的浏览器里加密，服务器读不到。但如果有人控制了你和服务器之间的网络，就可以在途中篡改这个页面，从而偷看对话。在不信任的网络里，请使用 https 或 VPN。';

export const MAKING_KEYS = '生成密钥';
export const PASSWORD_IS_STRETCHED = '密钥由密码在你的浏览器里生成，密码绝不会离开浏览器。';
export const percentDone = (percent: number) => `正在生成密钥… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `正在生成密钥… ${number(percent)}%，还需${number(seconds)}秒`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { other: '#分钟' });
  const plain = secure ? '' : '如果用 https，浏览器自带的加密功能只要一秒钟。';
  return `这大约需要${time}，因为这个浏览器运行脚本很慢：可能是锁定模式或严格的安全设置停用了编译器，也可能是设备本身较慢。${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    '无法进入：没有这个房间，或者密码不对。也可能是房间换了新密码，旧邀请已经失效：请要一份新邀请。',
  taken: '这个房间号的房间已经存在。请凭它的邀请进入，或换一个房间号。',
  'alias-in-use': '房间里已经有人用了这个昵称，请换一个。',
  full: '房间已满。等有人离开后再试。',
  locked: '房间已上锁。请里面的人解锁。',
  busy: '服务器正忙，或者从你的地址尝试的次数太多。请稍等片刻再试。',
  malformed: '服务器没能理解这个页面。请重新加载后再试。',
  'needs-code': '在这里创建房间需要授权码。请向服务器管理员索取。',
  'not-from-here': '这里只能从服务器管理员的网络创建房间。请联系服务器管理员，或从那里连接。',
  unreachable: '连不上服务器。请检查网络连接后再试。',
  'not-loaded':
    '页面的一部分没有加载。请检查网络连接；如果有扩展程序拦截脚本，请允许这个页面的脚本，然后再试。',
  'no-worker':
    '生成密钥的 derive.js 没有启动，可能被扩展程序或途中的什么东西拦住了。请允许它在这个页面上运行，或换一个浏览器。',
  'break-over': '连接断了半小时，对话和密码已经清除。要再次进入，请重新输入密码。',
  'grace-over': '连接断得太久，你在房间里的位置已经没有了。请凭邀请再次进入。',
  kicked: '连接断开期间，你被移出了房间。想再回来，请向成员要一份新邀请。',
  'room-gone': '连接断开期间，房间关闭了。请用同样的房间号和密码重新创建，或创建一个新房间。',
  stopped: FAREWELLS['stopped-away'],
  draining: '这个服务器即将重启，暂时不能创建房间。请过几分钟再试。',
  'false-room':
    '服务器给出的，并不是这个密码能打开的房间。不要把这个密码托付给这个服务器：请询问服务器管理员。',
  'bad-room-key': '房间号由8个字母和数字组成，例如 K7QM-4XZD。请对照邀请检查一下。',
};

export const badPassword = (characters: number, bytes: number): string =>
  `创建房间的密码至少要有${number(characters)}个字符，最多${number(bytes)}字节。`;

export const tryAgainIn = (seconds: number): string => `${counted(seconds)}后可以再试。`;
export const TRY_AGAIN_NOW = '现在可以再试了。';

export const CHOSEN_PASSWORD =
  '人想出来的密码都有可能被猜中：无论是服务器管理员，还是录下过一次进入过程的人，机器有多快，就能试多少次。只有自动生成的密码才挡得住。';

export const OFFLINE = '这台设备没有联网。请接入服务器所在的网络后再试。';

export const WRONG_CODE =
  '用这个授权码不能在这里创建房间；授权码区分大小写。请向服务器管理员索取正确的授权码。';

const ALPHABETS: Record<string, string> = {
  Latin: '拉丁字母',
  Greek: '希腊字母',
  Cyrillic: '西里尔字母',
};

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `昵称的长度是1到${number(error.most)}个字符。`;
    case 'slash':
      return '昵称不能以“/”开头。';
    case 'space':
      return `昵称里不能有空格（${codePoint}）。`;
    case 'unseen':
      return `昵称里不能有看不见的字符（${codePoint}）。`;
    case 'unknown':
      return `不是每台设备都认识字符 ${codePoint}。`;
    case 'enclosing':
      return `昵称里不能有套在其他字符外面的字符（${codePoint}）。`;
    case 'marks':
      return `附加符号“◌${character}”（${codePoint}）在这个字母上多了一个。`;
    case 'baseless':
      return `附加符号“◌${character}”（${codePoint}）没有可以依附的字母。`;
    case 'mixed':
      return `“${character}”（${codePoint}，${ALPHABETS[error.alphabet]}）不能和${ALPHABETS[error.beside]}混用。`;
    case 'joiner':
      return `连接符 ${codePoint} 在那个位置不起作用。`;
    case 'emoji':
      return `${codePoint} 在那个位置拼不出每台设备都认识的表情符号。`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  '打开这个页面的链接在途中损坏了（可能是井号变成了“%23”），于是浏览器把邀请连同密码一起发给了服务器。服务器什么都不会留存，但它本可以读到，途中的代理及其日志也一样。这个密码不要再用了：请让人用另一个密码重新创建房间，再要一份邀请粘贴到这里。';
export const INVITATION_BROKEN =
  '这个链接里的邀请不完整：可能少了什么，也可能多了什么。请重新要一份，或手动填写房间号和密码。';
export const INVITATION_TOO_LONG = '粘贴的内容太长，不像是邀请，所以没有采用。请只粘贴链接。';
export const invitationElsewhere = (there: string, here: string) =>
  `这份邀请对应的房间在 ${there}，而这个页面在 ${here}。如果两者不是同一个服务器，请到那边打开链接。`;

const OPERATOR = '这要由服务器管理员来解决：';

const PASS_HOST = '在 nginx 里是“proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml 里要写上 hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `服务器在运行，但承载对话的 WebSocket 连不通，被代理、过滤器或扩展程序拦住了。${OPERATOR}代理要原样传递 Upgrade 和 Connection；在 nginx 里是“proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”。`,
  origin: ({ origin, hostname }: Location) =>
    `服务器拒绝了这个页面，因为它收到的请求用的名称不是 ${origin}：有代理改动了 Host。${OPERATOR}代理要原样传递 Host（${PASS_HOST}）${named(hostname, '，并且 ')}；或者在 sanctuary.toml 里写上 origins = ["${origin}"]。`,
  host: ({ hostname }: Location) =>
    `服务器收到的请求用的不是它的名称：可能是服务器改了设置，也可能是代理改动了 Host。${OPERATOR}代理要原样传递 Host（${PASS_HOST}）${named(hostname, '，并且 ')}。`,
  full: '服务器的连接总数，或来自你的地址的连接数，已达上限。请关闭打开这个服务器的其他标签页，或稍等片刻，然后再试。',
  gone: (status: number) =>
    `服务器前面的某个环节返回了 ${status}：服务器本身没有运行，或者从那里连不上。请稍后再试。${OPERATOR}守护进程要在运行，并在代理寻找它的地方监听。`,
  elsewhere: '网络里的某个环节把这个页面的连接引到了别处，可能是一个登录页面。请重新加载页面后再试。',
  other: (status: number, path: string) =>
    `页面请求 ${path} 时，服务器前面的某个环节代它返回了 ${status}。${OPERATOR}代理要放行页面路径之下的一切，不能另外要求登录。`,
};

// The room.

export const ROOM = '房间';
export const roomIs = <E>(key: E): Pieces<E> => ['房间 ', key];
export const hereAre = (count: number): string => `房内${number(count)}人`;
export const MORE = '更多';
export const LOCKED = '已上锁';
export const LOCKED_MORE = '其他人不能再进入。';
export const INVITE = '邀请';
export const LOCK = '上锁';
export const UNLOCK = '解锁';
export const SETTINGS = '设置';
export const SETTINGS_KEPT = '关闭标签页后，这里的设置都会清除。';
export const SOUND = '有悄悄话或提到我时，播放提示音';
export const NOTIFY = '有悄悄话或提到我时，发送通知，不显示内容';
export const NOT_NOTIFIED = '这个浏览器不显示这个页面的通知。请允许它发送通知，再重新打开这一项。';
export const NOTIFIED = { whisper: '有人对你说悄悄话', mention: '有人提到了你' };
export const TIMER = '限时消息';
export const TIMER_AFTER = '今后的消息多久后消失';
export const TIMER_NEVER = '不消失，一直保留';
export const TIMER_BINDS = '诚实的页面会照办；不诚实的页面，谁也没法让它忘记。';
export const TIMER_SET = '对所有人生效';
export const fadesAfter = (time: string): string => `消息在到达${time}后消失。`;
export const FADING_MORE = '到时候，这条消息会从每个照办的页面上消失。';
export const SEEING = '谁能看到什么';
export const THIS_CONNECTION = '传输途中';
export const OVER_HTTPS =
  '这个页面是通过 https 传来的。途中的网络和代理能看到谁在什么时候连接了这个服务器，以及往来的数据量；只要证书是服务器自己的，途中就没有人能读取或改动任何内容。';
export const OVER_LOOPBACK =
  '这个页面是在这台设备自己的地址上打开的。这里的隧道或代理是否通向另一台设备，从页面上看不出来。';
export const OVER_ONION =
  '这个页面是在 onion 地址上打开的。Tor 会加密直到服务器那一端的一切传输，并隐藏你来自哪里。';
export const OVER_HTTP =
  '这个页面是通过未加密的 http 传来的。服务器能看到的，途中的网络和代理也都能看到；说的话对它们同样是加密的。但如果有人控制了其中一个环节，就可能在途中改过这个页面，让它泄露一切。在不信任的网络里，请使用 https 或 VPN。';
export const THE_SERVER = '服务器管理员';
export const serverSees = (host: string): string =>
  `${host} 的管理员能看到房间号、房间里有多少人、各自来自什么地址、什么时候有人说话、大约说了多少，以及谁在对谁说悄悄话；看不到密码、昵称，也看不到任何一句话。但这个页面同样来自那里，要是换成另一个页面，就可能泄露一切：所以要用你信得过的人的服务器。`;
export const PROTECTIONS = [
  '内存已锁定，绝不写入磁盘',
  '崩溃时不留下内存的副本',
  '不以管理员权限运行',
  '无法获得更多权限',
  '不打开任何房间的文件，也不主动建立连接',
  '能向系统请求的操作很少',
  '不读取任何终端',
];
export const PROTECTED = '服务器自称不记日志，并且：';
export const UNPROTECTED = '以下各项在那里没有生效，或没有完全生效：';
export const THE_MEMBERS = '成员';
export const MEMBERS_SEE =
  '这里的每个人，从进入房间时起，都能读到对所有人说的话；悄悄话只有对方能读到。每个人都可以把读到的内容留存下来。';
export const STAYS = '消息会一直保留，直到离开对话。';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? ['房主是', keeper, `：只有房主可以${OFFICE}，以及转让房主。`]
    : [`每个成员都可以${OFFICE}。只有房主`, keeper, '可以转让房主。'];
const OFFICE = '移出成员、给房间上锁、更换密码、设置限时消息、解散房间';
export const DRAWN_PASSWORD = '它符合自动生成的密码的样式，那样的密码谁也猜不到。';
export const WHO_IS_WHO = '谁是谁';
export const TICK_THOSE = '如果本人念出的安全码与这里相同，就勾选：';
export const NO_TRACE = '不留痕迹';
export const NO_TRACE_MORE =
  '这里和服务器上都不保存任何东西；不过浏览器可能会记得来过这个地址。快速连按两次 Esc，或用手指按住最上方的图案一秒钟：一切都会清除，换成一个空白页面。';
export const VANISH = '离开，换成空白页面';
export const STOP_ROOM = '解散房间';
export const LEAVE = '离开';
export const askKick = <E>(alias: E): Pieces<E> => ['把', alias, '踢出房间吗？'];
export const GIVE_NEW_PASSWORD = '给房间换新密码，让旧邀请不能再进入';
export const PASSWORD_GOES_TO = '新密码会发给';
export const PASSWORD_GOES_TO_NOBODY = '新密码不会发给其他任何人。';
export const RELOCK = '更换密码';
export const ASK_RELOCK = '给房间换新密码吗？之前的邀请将不能再让任何人进入。';
export const NOT_READ = '名片无法在这个页面上读取的成员，会被移出房间。';
export const RELOCKING = '正在给房间换新密码…';
export const verifyWhom = <E>(alias: E): Pieces<E> => [alias, '的安全码'];
export const VERIFY_HOW =
  '请你认识的这位成员念出来，打电话或当面都行。如果与这里相同，你们之间就没有人插手，服务器也没有。';
export const IS_SAME_NUMBER = '对方念出的就是这个安全码';
export const YOUR_NUMBER = '你自己的安全码，请念给对方听：';
export const VERIFY = '验证';
export const ALL_VERIFIED = '已验证';
export const ALL_VERIFIED_MORE = '你已核对过所有成员的安全码。';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['由', alias, '创建于 ', time];
export const ASK_STOP = '解散房间吗？所有人的对话都会结束，什么都不会留下。';

export const CANCEL = '取消';

export const MEMBERS = '成员';
export const MARKS = {
  you: '你',
  keeper: '房主',
  away: '暂离',
  verified: '已验证',
  differs: '看到的房间不同',
  'not-ready': '未就绪',
  unreadable: '无法读取',
  'shut-out': '已移出',
  ignored: '已忽略',
};
export const MARKS_MORE = {
  verified: '你已核对过这位成员的安全码。',
  differs: '这位成员看到的和你看到的不同：服务器给你们看的东西不一样。',
  'not-ready': '换了新密码之后，这位成员还没有亮明身份。',
  unreadable: '服务器给出的这位成员的资料不被接受：对方听不到你，你也听不到对方。',
  ignored: '你看不到这位成员说的任何话。',
  'shut-out': '有成员移出了这位成员，但服务器仍让其留在房间里：不会再有任何内容发给这位成员。',
};
export const doingsWith = (alias: string): string => `对${alias}的操作`;
export const WHISPER = '说悄悄话';
export const KICK = '踢出';
export const IGNORE = '忽略';
export const HEED = '不再忽略';
export const MAKE_KEEPER = '设为房主';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  '让',
  alias,
  '成为房主吗？之后只有新房主才能把它转让回来。',
];

export const UNNAMED = '（无名）';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: '看起来像你',
  page: '成员的昵称',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['看起来像', alias];
export const OTHER_CHARACTERS = '用了不同的字符。';

export const OWN_WORDS = [
  ...[
    '你',
    '房主',
    '暂离',
    '已上锁',
    '无名',
    '已验证',
    '无法读取',
    '已忽略',
    '系统',
    '服务器',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = '邀请';
export const INVITATION_LINK = '邀请链接';
export const COPY = '复制';
export const CLOSE = '关闭';
export const NEW_INVITATION = '房间换了新密码：这是新链接，旧链接不能再让任何人进入。';
export const COPIED = '已复制';
export const ADDRESS_FOR_OTHERS = '你打开这个页面所用的地址只在这台设备上有效。其他人可用的地址：';
export const THIS_MACHINE_ALONE =
  '这个链接只有在这台设备上才有效。要邀请其他人，请用他们也能打开的地址打开这个页面，或把房间号和密码念给他们听。';
export const SHARE = '分享';
export const PRINT = '打印';
export const QR = '邀请的二维码';
export const PASS_ON_WITH_CARE = '有这个链接的人都能进入：请谨慎转发。';
export const COPY_BY_HAND = '请手动复制链接。有这个链接的人都能进入：请谨慎转发。';

// A broken connection.

export const BROKEN = '连接断了。你写的内容会先留着，等你回来。';
export const OBSTACLES: Record<Obstacle, string> = {
  locked: '你的位置已不再保留，而房间上了锁。等里面有人解锁，你就会自动进入。',
  full: '你的位置已不再保留，而房间已满。等有人离开，你就会自动进入。',
  'alias-in-use':
    '你的位置已不再保留，而房间里现在有别人用了你的昵称。请等那个人离开；或者复制邀请、离开，再凭它用另一个昵称进入。',
  'room-gone':
    '房间已经没有了：最后一个位置也不再保留。你可以用同样的房间号和密码重新创建，这样原来的邀请仍然有效。',
  'no-entry':
    '房间已经没有了，或者换了密码：用你的密码谁也进不去。如果是没有了，你可以用同样的房间号和密码重新创建。',
  'another-password': '你的邀请已经失效：房间换了密码。请向里面的人要一份新邀请。',
  'needs-code':
    '房间已经没有了，重新创建需要授权码。请向当初创建房间的人或服务器管理员索取；复制邀请、离开，再用授权码创建房间。',
  'not-from-here':
    '房间已经没有了，而这里只能从服务器管理员的网络创建房间。请复制邀请、离开，并联系服务器管理员。',
  draining: '房间已经没有了，而这个服务器即将重启，暂时不能创建房间。请过几分钟再重新创建。',
};
export const nextTryIn = (seconds: number): string => `${number(seconds)}秒后自动重试。`;
export const TRYING = '正在尝试…';
export const TRY_NOW = '立即尝试';
export const OPEN_IT_AGAIN = '重新创建';
export const keptUntil = <E>(time: E): Pieces<E> => ['这些内容都会保留到 ', time, '，然后清除。'];

export const LOSSES = {
  room: '这里没有别人：你一走，房间就结束了。',
  draft: '你写的内容还没有发送。',
};
export const askLeave = (losses: string[]): string => `要离开吗？${losses.join('')}`;

export const MESSAGE = '消息';
export const SEND = '发送';
export const MESSAGE_TO_EVERYONE = '发给所有人的消息';
export const whisperTo = (alias: string): string => `对${alias}说悄悄话`;
export const COMPOSER_HINT = 'Shift+Enter 换行。';
export const COMPOSER_HINT_TOUCH = 'Enter 换行，按钮发送。';
export const FAREWELL_TO_ALL = '告别的话所有人都会看到：请先回到对所有人说话。';
export const ACTION_ANSWERS_NOTHING = '动作（/me）不能用来回复消息：请写成消息，或先点“不回复了”。';
export const STAYS_HERE = '你写的内容还留在这里。';
export const bytesLeft = (bytes: number): string => `还剩${number(bytes)}字节`;
export const TOO_LONG = '太长了，无法发送。';
export const tooLongBy = (bytes: number): string => `超出${number(bytes)}字节。`;
export const PROPOSALS = '建议';
export const proposals = (count: number): string => `${number(count)}条建议：用方向键选择，按 Tab 补全。`;
export const LIST_COMMANDS = '列出所有命令';
export const COMMANDS = '命令';
export const MENTION = '提到';
export const FORMAT = '格式';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'B', name: '粗体' },
  italic: { sign: 'I', name: '斜体' },
  code: { sign: '<>', name: '代码' },
  list: { sign: '•', name: '列表' },
  quote: { sign: '❝', name: '引用' },
  link: { sign: '链接', name: '链接' },
};
export const PREVIEW = '预览';
export const NOTHING_TO_PREVIEW = '这里会显示消息发出后的样子。';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['正在对', alias, '说悄悄话'];
export const BACK_TO_EVERYONE = '回到所有人';

// Pictures.

export const PICTURE = '图片';
export const ATTACH = '添加图片';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['把图片拖到这里，悄悄发给', ...whom] : ['把图片拖到这里，发给所有人'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['悄悄发给', ...whom, '的图片'] : ['发给所有人的图片'];
export const PREPARING = '正在把图片缩小…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}，${kilobytes(bytes)}。`,
    isMoving && '动画只发送第一帧。',
    more > 0 && plural(more, { other: '后面还有#张。' }),
  ]
    .filter(Boolean)
    .join('');
export const DESCRIPTION = '描述';
export const DESCRIPTION_HINT = '图片里有什么？';
export const SEND_PICTURE = '发送图片';
export const REMOVE = '移除';
export const picturesLeftOut = (most: number, count: number): string =>
  `最多只能有${number(most)}张图片同时等待：有${number(count)}张没有加入。`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' 不是图片，而这里只能发送图片。'];
    case 'svg':
      return [file, ' 是 SVG 图形，里面可能不只有图片：请存为 PNG。'];
    case 'kind':
      return [file, ' 是这个浏览器读不了的图片格式：请存为 JPEG 或 PNG。'];
    case 'large-file':
      return [file, ` 超过了${number(most.megabytes)} MB：请先缩小。`];
    case 'large-picture':
      return [file, ` 超过了${number(most.megapixels)}百万像素：请先缩小。`];
    case 'broken':
      return [file, ' 无法读取：文件已损坏，或是这个浏览器不认识的格式。'];
    case 'noise':
      return [
        file,
        ' 无法缩小：这个浏览器会防止指纹追踪，对页面绘制的内容只返回噪点。请允许这个页面读取 canvas 数据，或换一个浏览器。',
      ];
    case 'too-small':
      return [file, ' 无法缩小到这个服务器能作为一条消息接收的大小。'];
    case 'failed':
      return [file, ' 没能缩小。这台设备现在可能内存不足：请再试一次，或先把它缩小。'];
    case 'not-loaded':
      return [file, ' 没能缩小：页面的一部分没有加载。请再试一次。'];
  }
}

export const CONVERSATION = '对话';
export const NEW_MESSAGES = '新消息';
export const EARLIER_GONE = '更早的消息已经没有了。';
export const sentAt = <E>(time: E): Pieces<E> => ['（发送于 ', time, '）'];
export const DELIVERY = {
  sending: '正在发送…',
  sent: '',
  delivered: '已送达',
  failed: '未发送',
  unsure: '可能未发送',
};
export const REPLY = '回复';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `对${alias || UNNAMED}消息的操作：${excerpt}`;
export const REACT = '回应…';
export const UNSEND = '撤回';
export const DISCARD = '丢弃';
export const NOT_COPIED = '复制失败';
export const ANSWERED_IS_GONE = '回复的消息不在这里';
export const EMOJI = {
  '👍': '赞',
  '❤️': '爱心',
  '😂': '大笑',
  '🎉': '庆祝',
  '😮': '惊讶',
  '😢': '流泪',
  '🙏': '谢谢',
  '👎': '踩',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `另外${number(more)}人`] : aliases;
  return `${emoji}：${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['好几个人正在输入…'] : [...listed(aliases), '正在输入…'];
export const TELL_TYPING = '显示谁正在输入';
export const replyingTo = <E>(line: E): Pieces<E> => ['正在回复', line];
export const NO_REPLY = '不回复了';
export const NOBODY_ELSE = '这里还没有别人。';
export const INVITE_SOMEBODY = '邀请别人';
export const MENTIONS_YOU = '提到了你';
export const SAYS_FAREWELL = '临别留言';
export const WHISPERS_TO_YOU = '悄悄对你说';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['悄悄对', ...alias, '说'];

const missed = (count: number): string =>
  count === 0 ? '你不在的时候没有消息' : plural(count, { other: '你不在的时候最多有#条消息' });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `${counted(seconds)}后消失`;
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

export const happened = (times: number): string => `（${number(times)}次）`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, '进入了房间'];
    case 'renamed':
      return [alias, '现在叫', other];
    case 'exit':
      return [...aliases, '离开了房间'];
    case 'gone':
      return [...aliases, '的连接断了'];
    case 'kicked':
      return [alias, '被', other, '踢出了房间'];
    case 'put-out-unread':
      return ['服务器说', alias, '被', other, '移出了房间；这条指令本身，你还没能读到'];
    case 'put-out':
      return ['服务器说', alias, '被移出了房间，但没有成员这样说过'];
    case 'shut-out':
      return [other, '移出了', alias, '，但服务器仍让其留在房间里：不会再有任何内容发给那位成员'];
    case 'left-out':
      return [alias, '没有从', other, '那里拿到新密码，已不在房间里'];
    case 'away':
      return [...aliases, '暂时离开了'];
    case 'back':
      return [...aliases, '回来了'];
    case 'keeper':
      return by ? [by, '把房主转让给了', alias] : [alias, '现在是房主'];
    case 'handed-unread':
      return ['服务器说', other, '把房主转让给了', alias, '；这条指令本身，你还没能读到'];
    case 'keeper-unsaid':
      return ['服务器说', alias, '现在是房主，但无论是它的规则，还是任何成员，都没有这样说'];
    case 'locked':
      return by ? [by, '给房间上了锁：其他人不能再进入'] : ['房间已上锁：其他人不能再进入'];
    case 'unlocked':
      return by ? [by, '给房间解了锁'] : ['房间已解锁'];
    case 'relocked':
      return by
        ? [by, '给房间换了新密码：旧邀请不能再让任何人进入']
        : ['房间换了新密码：旧邀请不能再让任何人进入'];
    case 'keyless':
      return [
        '房间换了新密码，但没有给你：你不能邀请别人，也读不到今后谁来亮明身份。请离开，并要一份新邀请。',
      ];
    case 'unrenewed':
      return ['服务器没有执行你的密钥更新：请离开后重新进入，或换一个服务器'];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`你不在的时候，你的位置没有保留，你是重新进入的。${missed(count)}`];
    case 'reopened':
      return ['你重新创建了房间。其他断了连接的人，凭同一份邀请就能进来。'];
    case 'another-room':
      return [
        '你重新进入了，但这是另一个房间，房间号和密码相同，由',
        alias,
        '创建：这期间有过多少消息，没有人说得清',
      ];
    case 'missing':
      return [alias, plural(count, { other: '有#条消息缺失' })];
    case 'timer':
      return count > 0
        ? [other, `设置了限时消息：消息在到达${lasting(count)}后消失。${TIMER_BINDS}`]
        : [other, '关闭了限时消息：今后的消息会一直保留'];
    case 'closing':
      return [`服务器将在${number(count)}秒后重启：届时所有人的对话都会结束。之后请重新创建房间。`];
    case 'unreadable':
      return who ? [alias, '的一条消息无法读取'] : ['有一条消息无法读取'];
    case 'unsent':
      return [alias, '撤回了一条消息'];
    case 'unshowable':
      return [alias, '发送了这个页面无法显示的内容'];
    case 'differs':
      return [
        alias,
        '看到的和你看到的不同：服务器给你们看的东西不一样。请通过别的途径互相问问，并换一个服务器',
      ];
    case 'contradicted':
      return ['服务器现在说的和之前说的对不上：如果一直这样，请换一个服务器'];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return '页面的一部分没有加载：相似的昵称在这里不会标出。其他功能都正常。';
    case 'too-much':
      return '内容太长，或者一次发得太多。请缩短，或等排队的内容全部发完。';
    case 'not-loaded':
      return '发送所需的页面部分没有加载。请过一会儿再发送。';
    case 'not-yours':
      return `只有房主可以这样做，房主是${note.keeper || UNNAMED}。请对方来做，或请对方把房主转让给你。`;
    case 'nobody':
      return `这里没有叫${note.alias}的人。请在成员列表里看看是怎么写的。`;
    case 'several':
      return `有${number(note.count)}位成员叫${note.alias}。请说明是哪一位：${note.alias} 1 或 ${note.alias} 2。`;
    case 'gone':
      return '那位成员已经不在这里了。';
    case 'no-voice':
      return '只有更换密码才能移出那位成员：请输入 /relock。';
    case 'number':
      return `你的安全码：${note.number}。请念给其他人听，让每个人用 /verify 核对。`;
    case 'not-carried-out':
      return '这期间你的位置没有保留，你在房间里下的指令没有执行。请重新下达。';
    case 'relock-failed':
      return '没能生成新密码。如果房间为此上了锁，它仍然锁着：请用 /relock 再试，或用 /unlock 解锁。';
    case 'relock-crossed':
      return '同一时间有别人给房间换了新密码。如果房间为此上了锁，它仍然锁着：请用 /unlock 解锁。';
    case 'unwhispered':
      return '还没有人对你说过悄悄话。';
    case 'whisperer-gone':
      return '最后对你说悄悄话的人已经不在这里了。';
    case 'yourself':
      return '那就是你自己。';
    case 'away':
      return `${note.alias}暂时离开了。等成员列表里不再这样显示时，请再试。`;
    case 'unnamed':
      return '那位成员和你没有共同的密钥。请等成员列表显示其已就绪。';
    case 'no-line':
      return '那条消息已经不在这里了，或者你现在的收信人从没收到过它。';
    case 'former-voice':
      return '那是你重新进入之前说的，已经无法撤回。';
    case 'amiss':
      return '这个页面出了问题，你刚才做的可能没有成功。请再试一次；如果还不行，请离开后重新进入。';
    case 'untold':
      return '你对消息的操作没有传到其他人那里：请再试一次。';
    case 'perhaps-untold':
      return '你对消息的操作可能没有传到其他人那里：请先问问他们，再重试。';
    case 'ignored':
      return `你不会再看到${note.alias}的任何内容，也没有人会知道。再次输入 /ignore ${note.alias} 即可恢复。`;
    case 'heeded':
      return `你又能看到${note.alias}说的话了。`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return '房间里有人用了这个昵称：请换一个。';
    case 'keyless':
      return '你已经没有这个房间的密钥，换了昵称也没有人能读到。请离开，并要一份新邀请。';
    case 'slip':
      return '命令以 / 开头，其他内容请以文字开头。';
    case 'no-command':
      return `没有 /${note.name} 这个命令。输入 /help 可以查看所有命令。`;
  }
}

export const correctUsage = (usage: string): string => `请输入 ${usage}。`;
export const nothingAfter = (usage: string): string => `请只输入 ${usage}，后面不要加别的内容。`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: '昵称',
  name: '名字',
  member: '昵称',
  text: '文字',
  farewell: '[告别的话]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: '对一位成员说悄悄话',
  r: '对最后向你说悄悄话的人回一句悄悄话；按 Alt+R 切换到那里',
  me: '描述你在做什么',
  alias: '换一个昵称',
  ignore: '不再看到一位成员的任何内容，或恢复全部；没有人会知道',
  exit: '离开房间',
  kick: '踢出一位成员，并给房间换新密码',
  stop: '解散房间，结束所有人的对话',
  lock: '不再让任何人进入，或恢复进入',
  relock: '给房间换新密码',
  timer: '让此后说的话在这段时间后消失，或保留',
  keeper: '把房主转让给另一位成员',
  verify: '核对一位成员的安全码',
  number: '显示你自己的安全码',
  slash: '发送以斜杠开头的消息',
};
export const HELP_END = [
  '消息可以用 Markdown（**粗体** *斜体* `代码` > 引用 - 列表）和 HTML 书写。',
  '按两次 Esc，或用手指按住最上方的图案一秒钟：立刻离开，换成空白页面，不会再问。',
];

// Messages.

export const SHOW_MESSAGE = '显示';
export const SHOW_ALL = '显示全部';
export const marksDropped = (count: number) => `［未显示的附加符号：${number(count)}］`;
export const LONG_MESSAGE = '长消息';
export const CODE_BLOCK = '代码';
export const TABLE = '表格';
export const GAUGE = '计量条';
export const NO_IMAGE = '［图片未显示］';
export const noImageOf = (alt: string) => `［图片未显示：${alt}］`;
