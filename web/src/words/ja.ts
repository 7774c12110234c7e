// All words of the page in Japanese: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('ja');

/** `Benさん、Chloéさん、Dora`: what follows begins with the last one's さん. */
const together = <E>(all: E[]): Pieces<E> => all.flatMap((one, at) => (at > 0 ? ['さん、', one] : [one]));

// The documents.

export const LANGUAGE = 'ja';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'もう一度試す';
export const OVER = '会話は終わりました。';
export const NOTHING_KEPT = 'ここにもサーバーにも、何も残っていません。';
export const BACK = '入口に戻る';

export const FAREWELLS: Record<Ending, string> = {
  left: 'ルームから退室しました。',
  kicked: 'ルームからキックされました。また入るには、メンバーに新しい招待をもらってください。',
  stopped: 'ルームは終了しました。会話は全員ここまでです。話を続けるには、新しいルームを作ってください。',
  'put-out':
    'サーバーがあなたをルームから退室させました。それが権限のあるメンバーの指示かどうかは、確かめられませんでした。ほかの方法でみんなに尋ね、招待からもう一度入ってください。',
  'left-out':
    'ルームのパスワードが新しくなりました。サーバーによると、あなたはそれを受け取った人に含まれていません。メンバーに新しい招待をもらってください。',
  'stopped-by-host':
    'サーバーの運営者がルームを終了しました。会話は全員ここまでです。新しいルームを作るか、運営者に理由を尋ねてください。',
  'stopped-unread':
    'サーバーは、ルームが終了されたと言っています。それが権限のあるメンバーの指示かどうかは、確かめられませんでした。ほかの方法でみんなに尋ね、新しいルームを作ってください。',
  'stopped-away':
    'サーバーによると、接続が切れている間にルームは終了しました。その間に書いたものは、誰にも読まれていません。会話は全員ここまでです。話を続けるには、新しいルームを作ってください。',
  'too-slow':
    '接続が遅く、ルームの会話に追いつけませんでした。もっと速い回線で、招待からもう一度入ってください。',
  flooding:
    '短い時間に多くを送りすぎたため、サーバーが接続を切りました。招待からもう一度入り、一度に送る量を減らしてください。',
  'resumed-elsewhere':
    'ルームでのあなたの席を、別の接続が引き継ぎました。それがあなた自身のページでなければ、みんなに知らせ、新しいルームを作ってください。',
  'shutting-down':
    'サーバーが停止します。会話は全員ここまでです。サーバーがまた動き出したら、新しいルームを作ってください。',
  malformed:
    'サーバーがこのページを理解できず、接続を切りました。ページを読み込み直し、招待からもう一度入ってください。',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069さんにルームからキックされました。また入るには、本人に新しい招待をもらってください。`,
  stopped: who =>
    `\u2068${who}\u2069さんがルームを終了しました。会話は全員ここまでです。話を続けるには、新しいルームを作ってください。`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: '未接続',
  deriving: '鍵を作成中…',
  connecting: '接続中…',
  room: '接続済み',
  reconnecting: '再接続中…',
  over: '切断済み',
};

// The entrance.

export const CHOOSE_LANGUAGE = '言語';
export const LEAD = 'エンドツーエンドで暗号化されたルーム。あとには何も残りません。';
export const ROOM_KEY = 'ルームキー';
export const ALIAS = 'ニックネーム';
export const ALIAS_HINT = 'ほかの人に見える名前です。';
export const OPEN_ROOM = 'ルームを作る';
export const OPEN_ROOM_HINT = 'ルームキーとパスワードは自動で作られます。';
export const HAVE_INVITATION = '招待を受けている';
export const INVITATION_HINT = 'リンク、またはルームキーとパスワード。';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'パスワード';
export const ENTER_ROOM = 'ルームに入る';
export const OPTIONS = 'オプション';
export const OWN_ROOM_KEY = 'ルームキーを自分で決める';
export const OWN_ROOM_KEY_HINT = '空のままなら、自動で作られます。';
export const OWN_PASSWORD = 'パスワードを自分で決める';
export const OWN_PASSWORD_HINT = '空のままなら、誰にも推測できないものが自動で作られます。';
export const CODE = 'ルームを作るためのコード';
export const APPEARANCE = '外観モード';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'デバイスに合わせる', light: 'ライト', dark: 'ダーク' })[theme];
export const TEXT_SIZE = '文字の大きさ';
export const percent = (size: string): string => `${size}%`;
export const SHOW = '表示';
export const SHOW_CHARACTERS = '文字を表示';
export const HIDE = '隠す';
export const HIDE_CHARACTERS = '文字を隠す';
export const invited = <E>(room: E): Pieces<E> => ['ルーム ', room, ' に招待されています。'];
export const USE_ANOTHER_ROOM = '別のルームを使う';
export const WHO_MODERATES = 'ルームを管理できるのは？';
export const KEEPER_ALONE = '管理人だけ';
export const EVERY_MEMBER = 'メンバー全員';
export const OPEN_ANEW = 'このルームキーで新しく作る';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'ルームキー ',
  key,
  ' で新しいルームを作りますか？ 同じルームキーとパスワードで誰かが入ってくるまで、中はあなたひとりです。',
];

export const PLAIN_HTTP = 'このページは暗号化なしのhttpで届きました';
export const PLAIN_HTTP_MORE =
  'それでもメッセージはあなたのブラウザーの中で暗号化されるので、サーバーには読めません。ただし、あなたとサーバーの間のネットワークを握る人がいれば、届く途中でこのページを書き換え、会話を盗み見ることもできます。信頼できないネットワークでは、httpsかVPNを使ってください。';

export const MAKING_KEYS = '鍵の作成';
export const PASSWORD_IS_STRETCHED =
  '鍵はパスワードをもとに、あなたのブラウザーの中で作られます。パスワードがブラウザーの外に出ることはありません。';
export const percentDone = (percent: number) => `鍵を作成中… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `鍵を作成中… ${number(percent)}%、残り${number(seconds)}秒`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { other: '#分' });
  const plain = secure ? '' : 'httpsなら、ブラウザー自身の暗号機能が使え、1秒ほどで済みます。';
  return `${time}ほどかかります。このブラウザーではスクリプトの動きが遅いためです。ロックダウンモードや厳しいセキュリティ設定でコンパイラーが使えないか、デバイスそのものが遅いのかもしれません。${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    '入室できません。そのルームがないか、パスワードが違います。ルームのパスワードが新しくなり、以前の招待が使えなくなったのかもしれません。新しい招待をもらってください。',
  taken:
    'このルームキーのルームはすでにあります。そのルームの招待から入るか、別のルームキーを選んでください。',
  'alias-in-use': 'このニックネームは、ルームの誰かがすでに使っています。別のものを選んでください。',
  full: 'ルームは満員です。誰かが退室したら、もう一度試してください。',
  locked: 'ルームはロックされています。中にいる人に解除を頼んでください。',
  busy: 'サーバーが混み合っているか、あなたのアドレスからの試行が多すぎます。少し待って、もう一度試してください。',
  malformed: 'サーバーがこのページを理解できませんでした。ページを読み込み直し、もう一度試してください。',
  'needs-code': 'ここでルームを作るにはコードが必要です。サーバーの運営者に尋ねてください。',
  'not-from-here':
    'ここでルームを作れるのは、運営者のネットワークからだけです。サーバーの運営者に尋ねるか、そのネットワークから接続してください。',
  unreachable: 'サーバーにつながりません。接続を確かめて、もう一度試してください。',
  'not-loaded':
    'このページの一部が読み込まれませんでした。接続を確かめ、拡張機能がスクリプトを止めていれば許可して、もう一度試してください。',
  'no-worker':
    '鍵を作るワーカー derive.js が起動しませんでした。拡張機能か、通信途中の何かが止めています。このページでは許可するか、別のブラウザーを使ってください。',
  'break-over':
    '接続が30分間切れていたため、会話とパスワードを消去しました。もう一度入るには、パスワードを入力し直してください。',
  'grace-over':
    '接続が切れている時間が長すぎたため、ルームの席がなくなりました。招待からもう一度入ってください。',
  kicked:
    '接続が切れている間に、ルームから退室させられました。また入るには、メンバーに新しい招待をもらってください。',
  'room-gone':
    '接続が切れている間に、ルームが閉じられました。同じルームキーとパスワードで作り直すか、新しいルームを作ってください。',
  stopped: FAREWELLS['stopped-away'],
  draining: 'このサーバーはまもなく再起動するため、今はルームを作れません。数分後にもう一度試してください。',
  'false-room':
    'サーバーが見せているのは、このパスワードで開くルームではありません。このサーバーにそのパスワードを託さず、サーバーの運営者に尋ねてください。',
  'bad-room-key': 'ルームキーは、K7QM-4XZD のような8文字の英数字です。招待に書かれたものと見比べてください。',
};

export const badPassword = (characters: number, bytes: number): string =>
  `ルームを作るには、${number(characters)}文字以上、${number(bytes)}バイト以内のパスワードが必要です。`;

export const tryAgainIn = (seconds: number): string => `あと${counted(seconds)}で、もう一度試せます。`;
export const TRY_AGAIN_NOW = '今なら、もう一度試せます。';

export const CHOSEN_PASSWORD =
  '人が考えたパスワードは、推測されるおそれがあります。サーバーの運営者や、入室の通信を一度でも記録した人は、手元のマシンの力が続くかぎり何度でも試せます。それでも安全なのは、自動で作られたパスワードだけです。';

export const OFFLINE =
  'このデバイスはオフラインです。サーバーのあるネットワークにつないで、もう一度試してください。';

export const WRONG_CODE =
  'このコードでは、ここでルームを作れません。大文字と小文字は区別されます。サーバーの運営者に尋ねてください。';

const ALPHABETS: Record<string, string> = {
  Latin: 'ラテン文字',
  Greek: 'ギリシャ文字',
  Cyrillic: 'キリル文字',
};

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `ニックネームは1～${number(error.most)}文字です。`;
    case 'slash':
      return 'ニックネームは「/」で始められません。';
    case 'space':
      return `ニックネームに空白（${codePoint}）は使えません。`;
    case 'unseen':
      return `ニックネームに見えない文字（${codePoint}）は使えません。`;
    case 'unknown':
      return `文字 ${codePoint} を表示できないデバイスがあります。`;
    case 'enclosing':
      return `ニックネームに、ほかの文字を囲む文字（${codePoint}）は使えません。`;
    case 'marks':
      return `記号「◌${character}」（${codePoint}）が、1つの文字に重なりすぎています。`;
    case 'baseless':
      return `記号「◌${character}」（${codePoint}）を載せる文字がありません。`;
    case 'mixed':
      return `「${character}」（${codePoint}、${ALPHABETS[error.alphabet]}）は、${ALPHABETS[error.beside]}と並べて使えません。`;
    case 'joiner':
      return `接合子 ${codePoint} は、その位置では何のはたらきもしません。`;
    case 'emoji':
      return `その位置の ${codePoint} は、どのデバイスでも表示できる絵文字にはなりません。`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'このページへのリンクが途中で壊れていたため（ハッシュ記号が「%23」になったなど）、ブラウザーが招待をパスワードごとサーバーに送ってしまいました。サーバーは何も残しませんが、読むことはできましたし、プロキシやそのログも同じです。このパスワードはもう使わず、別のパスワードでルームを作り直してもらい、新しい招待をここに貼り付けてください。';
export const INVITATION_BROKEN =
  'このリンクの招待は不完全です。何かが欠けているか、余分なものが付いています。もう一度もらうか、ルームキーとパスワードを手で入力してください。';
export const INVITATION_TOO_LONG =
  '貼り付けたものは招待としては長すぎるため、取り込みませんでした。リンクだけを貼り付けてください。';
export const invitationElsewhere = (there: string, here: string) =>
  `この招待は ${there} のルームへのもので、このページは ${here} にあります。同じサーバーでなければ、リンクは ${there} のほうで開いてください。`;

const OPERATOR = 'これを直せるのは、サーバーの運営者です。';

const PASS_HOST = 'nginxでは「proxy_set_header Host $http_host;」';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname)
    ? ''
    : `${before}sanctuary.toml に hosts = ["${hostname}"] と書く必要があります。`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `サーバーは動いていますが、会話を運ぶWebSocketが通りません。プロキシか、フィルターか、拡張機能が止めています。${OPERATOR}プロキシは、UpgradeとConnectionをそのまま渡す必要があります。nginxでは「proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";」です。`,
  origin: ({ origin, hostname }: Location) =>
    `サーバーがこのページを拒んでいます。プロキシがHostを書き換え、${origin} とは別の名前でサーバーに尋ねているためです。${OPERATOR}プロキシは、Hostをそのまま渡す必要があります（${PASS_HOST}）。${named(hostname, 'また、')}これらの代わりに、sanctuary.toml に origins = ["${origin}"] と書いてもかまいません。`,
  host: ({ hostname }: Location) =>
    `サーバーが、自分のものではない名前で尋ねられています。サーバーの設定が変わったか、プロキシがHostを書き換えています。${OPERATOR}プロキシは、Hostをそのまま渡す必要があります（${PASS_HOST}）。${named(hostname, 'また、')}`,
  full: 'サーバー全体、またはあなたのアドレスからの接続が、上限に達しています。このサーバーを開いているほかのタブを閉じるか、少し待って、もう一度試してください。',
  gone: (status: number) =>
    `サーバーの手前にある何かが ${status} を返しています。サーバーそのものが動いていないか、そこからつながりません。しばらくしてから、もう一度試してください。${OPERATOR}デーモンを動かし、プロキシの探す場所で待ち受けさせる必要があります。`,
  elsewhere:
    'ネットワークの中の何かが、このページの接続を別の場所へ向けています。ログインページかもしれません。ページを読み込み直し、もう一度試してください。',
  other: (status: number, path: string) =>
    `このページが ${path} を求めると、サーバーの手前にある何かが、代わりに ${status} を返します。${OPERATOR}プロキシは、このページのパスより下にあるものを、独自のログインを挟まずにすべて渡す必要があります。`,
};

// The room.

export const ROOM = 'ルーム';
export const roomIs = <E>(key: E): Pieces<E> => ['ルーム ', key];
export const hereAre = (count: number): string => `${number(count)}人在室`;
export const MORE = 'その他';
export const LOCKED = 'ロック中';
export const LOCKED_MORE = 'ほかの人はもう入れません。';
export const INVITE = '招待';
export const LOCK = 'ロックする';
export const UNLOCK = 'ロックを解除する';
export const SETTINGS = '設定';
export const SETTINGS_KEPT = 'ここでの設定は、タブを閉じるとすべて消えます。';
export const SOUND = 'ささやきとメンションを音で知らせる';
export const NOTIFY = 'ささやきとメンションを通知する（内容は伏せます）';
export const NOT_NOTIFIED =
  'このブラウザーは、このページの通知を表示しません。通知を許可してから、もう一度オンにしてください。';
export const NOTIFIED = { whisper: 'ささやきが届きました', mention: 'メンションされました' };
export const TIMER = '消えるメッセージ';
export const TIMER_AFTER = 'これからのメッセージが消えるまでの時間';
export const TIMER_NEVER = 'なし（消えずに残る）';
export const TIMER_BINDS =
  '正直なページはこれを守ります。守らないページに忘れさせることは、誰にもできません。';
export const TIMER_SET = '全員に適用';
export const fadesAfter = (time: string): string => `メッセージは、届いてから${time}で消えます。`;
export const FADING_MORE = 'このメッセージはそのとき、設定を守るすべてのページから消えます。';
export const SEEING = '誰に何が見えるか';
export const THIS_CONNECTION = '通信の途中';
export const OVER_HTTPS =
  'このページはhttpsで届きました。途中のネットワークやプロキシには、誰がいつこのサーバーにつながり、どれだけやり取りしたかが見えます。証明書がサーバー自身のものなら、途中で読んだり書き換えたりすることは誰にもできません。';
export const OVER_LOOPBACK =
  'このページは、このデバイス自身のアドレスで開かれました。トンネルやプロキシがここから別のデバイスへ中継しているかどうかは、ページからは分かりません。';
export const OVER_ONION =
  'このページはonionアドレスで開かれました。Torは、サーバー側の端までの通信をすべて暗号化し、接続元を隠します。';
export const OVER_HTTP =
  'このページは暗号化なしのhttpで届きました。途中のネットワークやプロキシには、サーバーに見えるものがすべて見えます。話の中身は暗号化されていて、そこからも読めません。ただし、途中のどこかを握る人がいれば、すべてを明かすようにこのページを書き換えているおそれもあります。信頼できないネットワークでは、httpsかVPNを使ってください。';
export const THE_SERVER = 'サーバーの運営者';
export const serverSees = (host: string): string =>
  `${host} の運営者に見えるのは、ルームキー、ルームの人数と接続元のアドレス、誰かが話した時刻とおおよその分量、そして誰が誰にささやいたかです。パスワードも、ニックネームも、話の中身も見えません。ただし、このページもそこから届いたものです。別のページとすり替えられれば、すべて明かされかねません。信頼できる人の運営するサーバーが必要です。`;
export const PROTECTIONS = [
  'メモリーを固定し、ディスクには決して書き出さない',
  '異常終了しても、メモリーの写しを残さない',
  '管理者権限なしで動く',
  '権限をあとから増やせない',
  'ルームのファイルを開かず、自分から接続もしない',
  'システムに頼めることを、ごくわずかに絞る',
  '端末を読み取らない',
];
export const PROTECTED = 'サーバー自身の説明では、ログは残さず、次のようになっています：';
export const UNPROTECTED = '次の守りは、そのサーバーでは働いていないか、完全ではありません：';
export const THE_MEMBERS = 'メンバー';
export const MEMBERS_SEE =
  '全員に向けた話は、入室してからの分を、ここにいるみんなが読めます。ささやきを読めるのは、その相手だけです。読んだものは、誰でも手元に残せます。';
export const STAYS = 'メッセージは、会話から抜けるまで残ります。';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? ['管理人は', keeper, `さんです。${OFFICE}、そして管理人を譲ることは、管理人だけができます。`]
    : [
        `${OFFICE}は、メンバー全員ができます。管理人を譲ることは、今の管理人の`,
        keeper,
        'さんだけができます。',
      ];
const OFFICE =
  'メンバーを退室させること、ルームのロック、新しいパスワードの設定、消えるメッセージの設定、ルームの終了';
export const DRAWN_PASSWORD =
  'このパスワードは、自動で作られたものの形をしています。そうしたものは、誰にも推測できません。';
export const WHO_IS_WHO = '誰が誰か';
export const TICK_THOSE = '本人が読み上げた番号と同じなら、チェックを入れてください：';
export const NO_TRACE = '跡を残さない';
export const NO_TRACE_MORE =
  'ここにもサーバーにも、何も保存されません。ただ、このアドレスを開いたことを、ブラウザーが覚えているかもしれません。Escを続けて2回押すか、一番上の絵に1秒間触れつづけると、すべてが消え、代わりに白紙のページが現れます。';
export const VANISH = '白紙のページへ抜ける';
export const STOP_ROOM = 'ルームを終了する';
export const LEAVE = '退室する';
export const askKick = <E>(alias: E): Pieces<E> => [alias, 'さんをルームからキックしますか？'];
export const GIVE_NEW_PASSWORD = 'ルームのパスワードを新しくして、以前の招待では入れないようにする';
export const PASSWORD_GOES_TO = '新しいパスワードを受け取る人';
export const PASSWORD_GOES_TO_NOBODY = '新しいパスワードは、ほかの誰にも渡りません。';
export const RELOCK = 'パスワードを新しくする';
export const ASK_RELOCK =
  'ルームのパスワードを新しくしますか？ これまでの招待では、もう誰も入れなくなります。';
export const NOT_READ = 'このページでカードを読めないメンバーは、退室になります。';
export const RELOCKING = 'ルームのパスワードを新しくしています…';
export const verifyWhom = <E>(alias: E): Pieces<E> => [alias, 'さんの安全番号'];
export const VERIFY_HOW =
  'あなたの知っているその人に、電話で、または会って、読み上げてもらってください。この番号と同じなら、ふたりの間には誰も入り込んでいません。サーバーもです。';
export const IS_SAME_NUMBER = '読み上げられた番号と同じ';
export const YOUR_NUMBER = '読み上げて伝える、あなたの安全番号：';
export const VERIFY = '確認する';
export const ALL_VERIFIED = '確認済み';
export const ALL_VERIFIED_MORE = 'メンバー全員の安全番号を照らし合わせました。';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => [alias, 'さんが ', time, ' に作成'];
export const ASK_STOP = 'ルームを終了しますか？ 会話は全員ここまでとなり、何も残りません。';

export const CANCEL = 'キャンセル';

export const MEMBERS = 'メンバー';
export const MARKS = {
  you: 'あなた',
  keeper: '管理人',
  away: '離席中',
  verified: '確認済み',
  differs: '別のルームが見えている',
  'not-ready': '準備中',
  unreadable: '読み取り不可',
  'shut-out': '退室扱い',
  ignored: '無視中',
};
export const MARKS_MORE = {
  verified: 'このメンバーの安全番号を照らし合わせました。',
  differs:
    'このメンバーに見えるものは、あなたに見えるものと違います。サーバーがふたりに別々のものを見せています。',
  'not-ready': 'このメンバーは、新しいパスワードになってから、まだ姿を見せていません。',
  unreadable:
    'サーバーが見せるこのメンバーの情報は、受け入れられません。あなたの言葉は相手に届かず、相手の言葉もあなたに届きません。',
  ignored: 'このメンバーの言うことは、あなたには表示されません。',
  'shut-out':
    'ほかのメンバーが退室させましたが、サーバーがルームに残しています。このメンバーには、もう何も届きません。',
};
export const doingsWith = (alias: string): string => `${alias}さんへの操作`;
export const WHISPER = 'ささやく';
export const KICK = 'キックする';
export const IGNORE = '無視する';
export const HEED = '無視をやめる';
export const MAKE_KEEPER = '管理人にする';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  alias,
  'さんをルームの管理人にしますか？ あなたに戻せるのは、新しい管理人だけです。',
];

export const UNNAMED = '（名前なし）';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'あなたに似ています',
  page: 'メンバーのニックネーム',
};
export const looksLike = <E>(alias: E): Pieces<E> => [alias, 'さんに似ています'];
export const OTHER_CHARACTERS = '別の文字で書かれています。';

export const OWN_WORDS = [
  ...[
    'あなた',
    '管理人',
    '離席中',
    'ロック中',
    '名前なし',
    '確認済み',
    '読み取り不可',
    '無視中',
    'システム',
    'サーバー',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = '招待';
export const INVITATION_LINK = '招待リンク';
export const COPY = 'コピー';
export const CLOSE = '閉じる';
export const NEW_INVITATION =
  'ルームのパスワードが新しくなりました。これが新しいリンクです。以前のリンクでは、もう誰も入れません。';
export const COPIED = 'コピーしました';
export const ADDRESS_FOR_OTHERS =
  'このページは、このデバイスでしか通じないアドレスで開かれています。ほかの人が開けるアドレス：';
export const THIS_MACHINE_ALONE =
  'このリンクでここに来られるのは、このデバイスからだけです。人を招待するには、相手も開けるアドレスでこのページを開くか、ルームキーとパスワードを読み上げて伝えてください。';
export const SHARE = '共有';
export const PRINT = '印刷';
export const QR = '招待のQRコード';
export const PASS_ON_WITH_CARE = 'このリンクがあれば誰でも入れます。渡す相手には気をつけてください。';
export const COPY_BY_HAND =
  'リンクを手でコピーしてください。リンクがあれば誰でも入れます。渡す相手には気をつけてください。';

// A broken connection.

export const BROKEN = '接続が切れています。書いたものは、戻るまでここで待っています。';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'あなたの席はなくなり、ルームはロックされています。中の誰かがロックを解除すれば、自動で入室します。',
  full: 'あなたの席はなくなり、ルームは満員です。誰かが退室すれば、自動で入室します。',
  'alias-in-use':
    'あなたの席はなくなり、ルームでは今、別の人があなたのニックネームを使っています。その人が退室するのを待つか、招待をコピーして退室し、別のニックネームでそこから入ってください。',
  'room-gone':
    '最後の席がなくなり、ルームは消えました。同じルームキーとパスワードで作り直せば、同じ招待でそこに入れます。',
  'no-entry':
    'ルームが消えたか、別のパスワードになりました。あなたのパスワードでは、誰も入れません。消えたのであれば、同じルームキーとパスワードで作り直せます。',
  'another-password':
    'ルームが別のパスワードになったため、あなたの招待はもう使えません。中にいる人に、新しい招待をもらってください。',
  'needs-code':
    'ルームは消えました。作り直すにはコードが必要です。ルームを作った人か、サーバーの運営者に尋ねてください。招待をコピーして退室し、そのコードでルームを作り直してください。',
  'not-from-here':
    'ルームは消えました。ここでルームを作れるのは、運営者のネットワークからだけです。招待をコピーして退室し、サーバーの運営者に尋ねてください。',
  draining:
    'ルームは消えました。このサーバーはまもなく再起動するため、今はルームを作れません。数分後に作り直してください。',
};
export const nextTryIn = (seconds: number): string => `${number(seconds)}秒後にまた試します。`;
export const TRYING = '試しています…';
export const TRY_NOW = '今すぐ試す';
export const OPEN_IT_AGAIN = 'ルームを作り直す';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'ここにあるものはすべて ',
  time,
  ' まで残り、その後は消去されます。',
];

export const LOSSES = {
  room: 'ほかには誰もいないので、ルームもここで終わります。',
  draft: '書いたものは、まだ送信されていません。',
};
export const askLeave = (losses: string[]): string => `退室しますか？ ${losses.join('')}`;

export const MESSAGE = 'メッセージ';
export const SEND = '送信';
export const MESSAGE_TO_EVERYONE = '全員へのメッセージ';
export const whisperTo = (alias: string): string => `${alias}さんへのささやき`;
export const COMPOSER_HINT = 'Shift+Enterで改行します。';
export const COMPOSER_HINT_TOUCH = 'Enterで改行し、ボタンで送信します。';
export const FAREWELL_TO_ALL = '別れの言葉は全員に読まれます。言うには、全員あてに戻ってください。';
export const ACTION_ANSWERS_NOTHING =
  '/me で書いたものは返信になりません。メッセージとして書くか、先に「返信をやめる」を押してください。';
export const STAYS_HERE = '書いたものは、ここに残っています。';
export const bytesLeft = (bytes: number): string => `残り${number(bytes)}バイト`;
export const TOO_LONG = '長すぎて送信できません。';
export const tooLongBy = (bytes: number): string => `${number(bytes)}バイト長すぎます。`;
export const PROPOSALS = '候補';
export const proposals = (count: number): string =>
  `候補は${number(count)}件：矢印キーで選び、Tabで補完します。`;
export const LIST_COMMANDS = 'コマンドの一覧を見る';
export const COMMANDS = 'コマンド';
export const MENTION = 'メンション';
export const FORMAT = '書式';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'B', name: '太字' },
  italic: { sign: 'I', name: '斜体' },
  code: { sign: '<>', name: 'コード' },
  list: { sign: '•', name: '箇条書き' },
  quote: { sign: '❝', name: '引用' },
  link: { sign: 'リンク', name: 'リンク' },
};
export const PREVIEW = 'プレビュー';
export const NOTHING_TO_PREVIEW = 'メッセージの仕上がりが、ここに表示されます。';
export const whisperingTo = <E>(alias: E): Pieces<E> => [alias, 'さんにささやき中'];
export const BACK_TO_EVERYONE = '全員宛てに戻す';

// Pictures.

export const PICTURE = '画像';
export const ATTACH = '画像を添付';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['ここに画像をドロップして、', ...whom, 'さんにささやく']
    : ['ここに画像をドロップして、全員に送る'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? [...whom, 'さんにささやく画像'] : ['全員に送る画像'];
export const PREPARING = '送れる大きさにしています…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}、${kilobytes(bytes)}。`,
    isMoving && 'アニメーションは、最初の1コマだけを送ります。',
    more > 0 && plural(more, { other: 'このあと、さらに#枚あります。' }),
  ]
    .filter(Boolean)
    .join('');
export const DESCRIPTION = '説明';
export const DESCRIPTION_HINT = '何が写っていますか？';
export const SEND_PICTURE = '画像を送信';
export const REMOVE = '外す';
export const picturesLeftOut = (most: number, count: number): string =>
  `一度に待たせておける画像は${number(most)}枚までです。${number(count)}枚は外しました。`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' は画像ではありません。送れるのは画像だけです。'];
    case 'svg':
      return [file, ' はSVGの図で、画像以外のものも含まれることがあります。PNGで保存してください。'];
    case 'kind':
      return [file, ' は、このブラウザーでは読めない形式の画像です。JPEGかPNGで保存してください。'];
    case 'large-file':
      return [file, ` は${number(most.megabytes)} MBを超えています。先に小さくしてください。`];
    case 'large-picture':
      return [file, ` は${number(most.megapixels)}メガピクセルを超えています。先に小さくしてください。`];
    case 'broken':
      return [file, ' を読めません。壊れているか、このブラウザーの知らない形式です。'];
    case 'noise':
      return [
        file,
        ' を小さくできません。このブラウザーはフィンガープリントによる追跡を防ぐため、ページが描いたものの代わりにノイズを返します。このページにcanvasデータの読み取りを許可するか、別のブラウザーを使ってください。',
      ];
    case 'too-small':
      return [file, ' を、このサーバーが1通のメッセージとして受け付ける大きさまで小さくできません。'];
    case 'failed':
      return [
        file,
        ' を小さくできませんでした。いまこの端末のメモリが足りないのかもしれません。もう一度試すか、先に小さくしてください。',
      ];
    case 'not-loaded':
      return [
        file,
        ' を小さくできませんでした。このページの一部が読み込まれていません。もう一度試してください。',
      ];
  }
}

export const CONVERSATION = '会話';
export const NEW_MESSAGES = '新しいメッセージ';
export const EARLIER_GONE = 'これより前のメッセージは、もうありません。';
export const sentAt = <E>(time: E): Pieces<E> => ['（', time, ' に送信）'];
export const DELIVERY = {
  sending: '送信中…',
  sent: '',
  delivered: '届きました',
  failed: '送れませんでした',
  unsure: '送れなかったかもしれません',
};
export const REPLY = '返信';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `${alias || UNNAMED}さんのメッセージへの操作：${excerpt}`;
export const REACT = 'リアクション…';
export const UNSEND = '送信を取り消す';
export const DISCARD = '破棄';
export const NOT_COPIED = 'コピーできませんでした';
export const ANSWERED_IS_GONE = 'ここにはないメッセージへの返信';
export const EMOJI = {
  '👍': 'いいね',
  '❤️': 'ハート',
  '😂': '大笑い',
  '🎉': 'お祝い',
  '😮': 'びっくり',
  '😢': '涙',
  '🙏': 'ありがとう',
  '👎': 'よくないね',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `ほか${number(more)}人`] : aliases;
  return `${emoji}：${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['何人かが入力中…'] : [...together(aliases), 'さんが入力中…'];
export const TELL_TYPING = '入力中の人を表示';
export const replyingTo = <E>(line: E): Pieces<E> => ['返信先：', line];
export const NO_REPLY = '返信をやめる';
export const NOBODY_ELSE = 'ほかにはまだ誰もいません。';
export const INVITE_SOMEBODY = '誰かを招待する';
export const MENTIONS_YOU = 'あなたにメンション';
export const SAYS_FAREWELL = '別れのあいさつ';
export const WHISPERS_TO_YOU = 'あなたへのささやき';
export const whispersTo = <E>(alias: E[]): Pieces<E> => [...alias, 'さんへのささやき'];

const missed = (count: number): string =>
  count === 0
    ? '離れている間に、メッセージはありませんでした'
    : plural(count, { other: '離れている間に、最大で#件のメッセージがありました' });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `あと${counted(seconds)}で消えます`;
function counted(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  return inUnits(Math.round(seconds / length), unit, 'short');
}
const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
/** Without the space that browsers put before the unit. */
const inUnits = (count: number, unit: string, unitDisplay: 'long' | 'short'): string =>
  new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay }).format(count).replace(/\s/, '');

export const happened = (times: number): string => `（${number(times)}回）`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = together([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, 'さんが入室しました'];
    case 'renamed':
      return [alias, 'さんは、', other, 'さんに名前を変えました'];
    case 'exit':
      return [...aliases, 'さんが退室しました'];
    case 'gone':
      return [...aliases, 'さんの接続が失われました'];
    case 'kicked':
      return [alias, 'さんが', other, 'さんにキックされました'];
    case 'put-out-unread':
      return [
        other,
        'さんが',
        alias,
        'さんを退室させたと、サーバーは言っています。その指示そのものは、まだ読めていません',
      ];
    case 'put-out':
      return [alias, 'さんが退室させられたと、サーバーは言っていますが、そう言ったメンバーはいません'];
    case 'shut-out':
      return [
        other,
        'さんが',
        alias,
        'さんを退室させましたが、サーバーがルームに残しています。その人には、もう何も届きません',
      ];
    case 'left-out':
      return [alias, 'さんは', other, 'さんから新しいパスワードを渡されず、退室になりました'];
    case 'away':
      return [...aliases, 'さんが席を外しています'];
    case 'back':
      return [...aliases, 'さんが戻りました'];
    case 'keeper':
      return by
        ? [by, 'さんが', alias, 'さんをルームの管理人にしました']
        : [alias, 'さんがルームの管理人になりました'];
    case 'handed-unread':
      return [
        other,
        'さんが',
        alias,
        'さんをルームの管理人にしたと、サーバーは言っています。その指示そのものは、まだ読めていません',
      ];
    case 'keeper-unsaid':
      return [
        alias,
        'さんがルームの管理人になったと、サーバーは言っていますが、サーバーの規則からそうなるわけでも、メンバーがそう言ったわけでもありません',
      ];
    case 'locked':
      return by
        ? [by, 'さんがルームをロックしました。ほかの人はもう入れません']
        : ['ルームがロックされました。ほかの人はもう入れません'];
    case 'unlocked':
      return by ? [by, 'さんがルームのロックを解除しました'] : ['ルームのロックが解除されました'];
    case 'relocked':
      return by
        ? [by, 'さんがルームのパスワードを新しくしました。以前の招待では、もう誰も入れません']
        : ['ルームのパスワードが新しくなりました。以前の招待では、もう誰も入れません'];
    case 'keyless':
      return [
        'ルームのパスワードが新しくなりましたが、あなたには渡されていません。誰かを招待することも、これから現れる人を読み取ることもできません。退室して、新しい招待をもらってください。',
      ];
    case 'unrenewed':
      return ['サーバーが、あなたの鍵の更新を実行しません。退室して入り直すか、別のサーバーを使ってください'];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`離れている間に席がなくなったため、入り直しました。${missed(count)}`];
    case 'reopened':
      return ['ルームを作り直しました。ほかに接続を失った人も、同じ招待で入れます。'];
    case 'another-room':
      return [
        '入り直しましたが、ここは同じルームキーとパスワードで',
        alias,
        'さんが作った、別のルームです。その間にメッセージがいくつあったかは、誰にもわかりません',
      ];
    case 'missing':
      return [alias, plural(count, { other: 'さんのメッセージが#件抜けています' })];
    case 'timer':
      return count > 0
        ? [other, `さんが、メッセージは届いてから${lasting(count)}で消えるように設定しました。${TIMER_BINDS}`]
        : [other, 'さんが、これからのメッセージは消えずに残るように設定しました'];
    case 'closing':
      return [
        `サーバーは${number(count)}秒後に再起動します。会話は全員そこまでです。そのあとでルームを作り直してください。`,
      ];
    case 'unreadable':
      return who
        ? [alias, 'さんからのメッセージを1件読み取れませんでした']
        : ['メッセージを1件読み取れませんでした'];
    case 'unsent':
      return [alias, 'さんがメッセージの送信を取り消しました'];
    case 'unshowable':
      return [alias, 'さんが、このページでは表示できないものを送りました'];
    case 'differs':
      return [
        alias,
        'さんに見えるものは、あなたに見えるものと違います。サーバーがふたりに別々のものを見せています。ほかの方法で尋ね合い、別のサーバーを使ってください',
      ];
    case 'contradicted':
      return [
        'サーバーの言うことが、前に言ったことと合いません。これが続くなら、別のサーバーを使ってください',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'このページの一部が読み込まれなかったため、似たニックネームにここでは印が付きません。ほかはすべて使えます。';
    case 'too-much':
      return '長すぎるか、一度に送る量が多すぎます。短くするか、待っているものがすべて送られるまでお待ちください。';
    case 'not-loaded':
      return '送信に必要なこのページの一部が読み込まれませんでした。少し待って、もう一度送ってください。';
    case 'not-yours':
      return `それができるのは、管理人の${note.keeper || UNNAMED}さんだけです。代わりにしてもらうか、管理人を譲ってもらってください。`;
    case 'nobody':
      return `${note.alias}という人はここにいません。書き方をメンバーの一覧で確かめてください。`;
    case 'several':
      return `${note.alias}というメンバーは${number(note.count)}人います。${note.alias} 1 や ${note.alias} 2 のように、どの人かを示してください。`;
    case 'gone':
      return 'そのメンバーはもうここにいません。';
    case 'no-voice':
      return 'そのメンバーを退室させるには、パスワードを新しくするしかありません。/relock と入力してください。';
    case 'number':
      return `あなたの安全番号：${note.number}。みんなに読み上げてください。それぞれが /verify で照らし合わせます。`;
    case 'not-carried-out':
      return 'その間にあなたの席がなくなったため、ルームへの指示は実行されませんでした。もう一度指示してください。';
    case 'relock-failed':
      return '新しいパスワードを作れませんでした。そのためにロックしていた場合、ルームはロックされたままです。/relock でもう一度試すか、/unlock でロックを解除してください。';
    case 'relock-crossed':
      return '同じときに、ほかの人がルームのパスワードを新しくしました。そのためにロックしていた場合、ルームはロックされたままです。/unlock でロックを解除してください。';
    case 'unwhispered':
      return 'あなたにささやいた人はまだいません。';
    case 'whisperer-gone':
      return '最後にあなたにささやいた人は、もうここにいません。';
    case 'yourself':
      return 'それはあなた自身です。';
    case 'away':
      return `${note.alias}さんは今、席を外しています。メンバーの一覧から離席中の印が消えたら、もう一度試してください。`;
    case 'unnamed':
      return 'そのメンバーとは、共通の鍵がありません。メンバーの一覧で準備ができるまでお待ちください。';
    case 'no-line':
      return 'そのメッセージはもうここにないか、今の相手には届いたことがありません。';
    case 'former-voice':
      return '入り直す前に言ったことなので、もう取り消せません。';
    case 'amiss':
      return 'このページで問題が起きました。最後にしたことは、行われていないかもしれません。もう一度試し、それでもだめなら、退室して入り直してください。';
    case 'untold':
      return 'メッセージへの操作が、ほかの人に届きませんでした。もう一度試してください。';
    case 'perhaps-untold':
      return 'メッセージへの操作が、ほかの人に届かなかったかもしれません。もう一度試す前に、ほかの人に確かめてください。';
    case 'ignored':
      return `${note.alias}さんからのものは、もう何も表示されません。このことは誰にも知らされません。元に戻すには、もう一度 /ignore ${note.alias} と入力してください。`;
    case 'heeded':
      return `${note.alias}さんの言うことが、また表示されます。`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'このニックネームは、ルームの誰かが使っています。別のものを選んでください。';
    case 'keyless':
      return 'あなたはもうこのルームの鍵を持っていないため、ニックネームを変えても誰にも読めません。退室して、新しい招待をもらってください。';
    case 'slip':
      return 'コマンドは「/」から、ふつうの文は言葉から書き始めてください。';
    case 'no-command':
      return `/${note.name} というコマンドはありません。使えるものを見るには、/help と入力してください。`;
  }
}

export const correctUsage = (usage: string): string => `${usage} と入力してください。`;
export const nothingAfter = (usage: string): string =>
  `${usage} とだけ入力し、後ろには何も付けないでください。`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'ニックネーム',
  name: '名前',
  member: 'ニックネーム',
  text: 'テキスト',
  farewell: '[別れのあいさつ]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'メンバーのひとりにささやく',
  r: '最後にささやいてきた人にささやき返す。Alt+Rでその相手に切り替わる',
  me: '自分のしていることを書く',
  alias: '別のニックネームに変える',
  ignore: 'メンバーからのものを一切表示しない、または元に戻す。誰にも知らされない',
  exit: '退室する',
  kick: 'メンバーをキックし、ルームのパスワードを新しくする',
  stop: 'ルームを終了し、全員の会話を終える',
  lock: 'もう誰も入れないようにする、または元に戻す',
  relock: 'ルームのパスワードを新しくする',
  timer: 'これからの発言をその時間のあとに消す、または残す',
  keeper: '別のメンバーを管理人にする',
  verify: 'メンバーの安全番号を照らし合わせる',
  number: '自分の安全番号を表示する',
  slash: 'スラッシュで始まるメッセージを書く',
};
export const HELP_END = [
  'メッセージには、Markdown（**太字** *斜体* `コード` > 引用 - 箇条書き）とHTMLが使えます。',
  'Escを2回押すか、一番上の絵に1秒間触れつづけると、すぐに退室して白紙のページに移ります。確認はありません。',
];

// Messages.

export const SHOW_MESSAGE = '表示';
export const SHOW_ALL = 'すべて表示';
export const marksDropped = (count: number) => `［表示しない記号：${number(count)}個］`;
export const LONG_MESSAGE = '長いメッセージ';
export const CODE_BLOCK = 'コード';
export const TABLE = '表';
export const GAUGE = 'メーター';
export const NO_IMAGE = '［画像は表示されません］';
export const noImageOf = (alt: string) => `［画像は表示されません：${alt}］`;
