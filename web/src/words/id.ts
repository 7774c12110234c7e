// All words of the page in Indonesian: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number } = grammar('id');

// The documents.

export const LANGUAGE = 'id';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Coba lagi';
export const OVER = 'Percakapan selesai.';
export const NOTHING_KEPT = 'Tak ada yang disimpan: tidak di sini, tidak pula di server.';
export const BACK = 'Kembali ke pintu masuk';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Kamu sudah keluar dari ruangan.',
  kicked: 'Kamu diusir dari ruangan. Kalau mau kembali, minta undangan baru kepada salah satu anggota.',
  stopped:
    'Ruangan dibubarkan. Percakapan selesai untuk semua orang. Untuk lanjut mengobrol, buka ruangan baru.',
  'put-out':
    'Server mengeluarkanmu dari ruangan. Apakah itu kemauan anggota yang berhak, tidak bisa diperiksa. Tanyai yang lain lewat jalur lain, lalu masuk lagi dengan undangan.',
  'left-out':
    'Ruangan diberi kata sandi baru, dan menurut server kamu tidak termasuk yang mendapatkannya. Minta undangan baru kepada salah satu anggota.',
  'stopped-by-host':
    'Ruangan dibubarkan oleh yang menjalankan server. Percakapan selesai untuk semua orang. Buka ruangan baru, atau tanyakan alasannya ke sana.',
  'stopped-unread':
    'Menurut server, ruangan dibubarkan. Apakah itu kemauan anggota yang berhak, tidak bisa diperiksa. Tanyai yang lain lewat jalur lain, lalu buka ruangan baru.',
  'stopped-away':
    'Menurut server, ruangan dibubarkan selagi koneksimu terputus. Yang kamu tulis sementara itu tidak dibaca siapa pun. Percakapan selesai untuk semua orang. Untuk lanjut mengobrol, buka ruangan baru.',
  'too-slow':
    'Koneksimu terlalu lambat untuk mengikuti ruangan ini. Masuk lagi dengan undangan, lewat jaringan yang lebih baik.',
  flooding:
    'Kamu mengirim terlalu banyak terlalu cepat, jadi server memutus koneksimu. Masuk lagi dengan undangan, dan jangan kirim sebanyak itu sekaligus.',
  'resumed-elsewhere':
    'Tempatmu di ruangan diambil alih koneksi lain. Kalau itu bukan halamanmu sendiri, peringatkan yang lain dan buka ruangan baru.',
  'shutting-down':
    'Server sedang dimatikan. Percakapan selesai untuk semua orang. Buka ruangan baru setelah server berjalan lagi.',
  malformed:
    'Server tidak memahami halaman ini dan memutus koneksi. Muat ulang halaman, lalu masuk lagi dengan undangan.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 mengusirmu dari ruangan. Kalau mau kembali, minta undangan baru kepadanya.`,
  stopped: who =>
    `\u2068${who}\u2069 membubarkan ruangan. Percakapan selesai untuk semua orang. Untuk lanjut mengobrol, buka ruangan baru.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Tidak terhubung',
  deriving: 'Membuat kunci…',
  connecting: 'Menghubungkan…',
  room: 'Terhubung',
  reconnecting: 'Menghubungkan lagi…',
  over: 'Terputus',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Bahasa';
export const LEAD = 'Ruangan yang tersegel dari ujung ke ujung. Tak ada yang disimpan.';
export const ROOM_KEY = 'Kode ruangan';
export const ALIAS = 'Nama panggilan';
export const ALIAS_HINT = 'Nama yang dilihat orang lain.';
export const OPEN_ROOM = 'Buka ruangan';
export const OPEN_ROOM_HINT = 'Kode dan kata sandinya dibuat otomatis.';
export const HAVE_INVITATION = 'Punya undangan';
export const INVITATION_HINT = 'Tautan, atau kode ruangan dan kata sandi.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Kata sandi';
export const ENTER_ROOM = 'Masuk ke ruangan';
export const OPTIONS = 'Opsi';
export const OWN_ROOM_KEY = 'Kode ruangan buatanmu';
export const OWN_ROOM_KEY_HINT = 'Kalau kosong, dibuat otomatis.';
export const OWN_PASSWORD = 'Kata sandi buatanmu';
export const OWN_PASSWORD_HINT = 'Kalau kosong, dibuatkan yang tak bisa ditebak siapa pun.';
export const CODE = 'Kode izin membuka ruangan';
export const APPEARANCE = 'Terang atau gelap';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Ikuti perangkat', light: 'Terang', dark: 'Gelap' })[theme];
export const TEXT_SIZE = 'Ukuran teks';
export const percent = (size: string): string => `${size}%`;
export const SHOW = 'Tampilkan';
export const SHOW_CHARACTERS = 'Tampilkan karakter';
export const HIDE = 'Sembunyikan';
export const HIDE_CHARACTERS = 'Sembunyikan karakter';
export const invited = <E>(room: E): Pieces<E> => ['Kamu diundang ke ruangan ', room, '. '];
export const USE_ANOTHER_ROOM = 'Pakai ruangan lain';
export const WHO_MODERATES = 'Siapa yang boleh mengatur ruangan?';
export const KEEPER_ALONE = 'Hanya pengelola';
export const EVERY_MEMBER = 'Setiap anggota';
export const OPEN_ANEW = 'Buka ruangan dengan kode ini';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Buka ruangan baru dengan kode ',
  key,
  '? Kamu akan sendirian di sana sampai ada yang datang dengan kode dan kata sandi yang sama.',
];

export const PLAIN_HTTP = 'Halaman ini datang lewat http biasa';
export const PLAIN_HTTP_MORE =
  'Pesan tetap disegel di browsermu, dan server tidak bisa membacanya. Namun, orang yang menguasai jaringan antara kamu dan server bisa mengubah halaman ini di tengah jalan, lalu ikut membaca. Di jaringan yang tidak kamu percaya, pakai https atau VPN.';

export const MAKING_KEYS = 'Membuat kunci';
export const PASSWORD_IS_STRETCHED =
  'Kunci dibuat dari kata sandi di sini, di browsermu; kata sandi itu tidak pernah keluar dari sana.';
export const percentDone = (percent: number) => `Membuat kunci… ${number(percent)}%`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Membuat kunci… ${number(percent)}%, ${number(seconds)} detik lagi`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = minutes === 1 ? 'satu menit' : `${number(minutes)} menit`;
  const plain = secure ? '' : ' Lewat https, kriptografi bawaan browser hanya perlu satu detik.';
  return `Ini perlu sekitar ${time}, karena browser ini menjalankan skrip dengan lambat: tanpa kompilator, seperti dalam Mode Lockdown atau dengan setelan yang diperketat, atau di perangkat yang lambat.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Tidak bisa masuk: ruangan itu tidak ada, atau kata sandinya salah. Mungkin ruangan sudah diberi kata sandi baru, sehingga undangan lama tidak berlaku: minta yang baru.',
  taken: 'Ruangan dengan kode ini sudah ada. Masuk dengan undangannya, atau pilih kode lain.',
  'alias-in-use': 'Nama panggilan ini sudah dipakai seseorang di ruangan. Pilih yang lain.',
  full: 'Ruangan penuh. Coba lagi kalau sudah ada yang keluar.',
  locked: 'Ruangan terkunci. Minta seseorang di dalam untuk membuka kuncinya.',
  busy: 'Server sedang sibuk, atau terlalu banyak percobaan dari alamatmu. Tunggu sebentar, lalu coba lagi.',
  malformed: 'Server tidak memahami halaman ini. Muat ulang, lalu coba lagi.',
  'needs-code': 'Membuka ruangan di sini perlu kode izin. Minta kepada yang menjalankan server ini.',
  'not-from-here':
    'Di sini ruangan hanya bisa dibuka dari jaringan server sendiri. Tanyakan kepada yang menjalankan server ini, atau masuk dari jaringan itu.',
  unreachable: 'Server tidak bisa dijangkau. Periksa koneksi, lalu coba lagi.',
  'not-loaded':
    'Ada bagian halaman ini yang tidak termuat. Periksa koneksi, izinkan bagian itu kalau ada ekstensi yang menahan skrip, lalu coba lagi.',
  'no-worker':
    'Skrip pembuat kunci, derive.js, tidak berjalan. Ada ekstensi atau sesuatu di jalan yang menahannya: izinkan skrip itu untuk halaman ini, atau coba browser lain.',
  'break-over':
    'Koneksi terputus selama setengah jam: percakapan dan kata sandi sudah dihapus. Untuk masuk lagi, isi kata sandi sekali lagi.',
  'grace-over':
    'Koneksi terputus terlalu lama dan tempatmu di ruangan sudah dilepas. Masuk lagi dengan undangan.',
  kicked:
    'Selagi koneksi terputus, kamu dikeluarkan dari ruangan. Kalau mau kembali, minta undangan baru kepada salah satu anggota.',
  'room-gone':
    'Selagi koneksi terputus, ruangan ditutup. Buka lagi dengan kode dan kata sandi yang sama, atau buka ruangan baru.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Server ini akan segera dimulai ulang dan tidak membuka ruangan. Coba lagi beberapa menit lagi.',
  'false-room':
    'Yang ditunjukkan server bukan ruangan yang dibuka kata sandi ini. Jangan percayakan kata sandi ini kepada server ini: tanyai yang menjalankannya.',
  'bad-room-key': 'Kode ruangan terdiri dari 8 huruf dan angka, seperti K7QM-4XZD. Cocokkan dengan undangan.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `Membuka ruangan perlu kata sandi minimal ${number(characters)} karakter dan maksimal ${number(bytes)} byte.`;

export const tryAgainIn = (seconds: number): string => `Kamu bisa mencoba lagi dalam ${counted(seconds)}.`;
export const TRY_AGAIN_NOW = 'Kamu bisa mencoba lagi sekarang.';

export const CHOSEN_PASSWORD =
  'Kata sandi yang dipilih orang bisa ditebak: siapa pun yang menjalankan server, atau merekam orang masuk satu kali saja, bisa mencoba sebanyak yang sanggup dikerjakan mesinnya. Hanya yang dibuat otomatis yang aman dari itu.';

export const OFFLINE =
  'Perangkat ini sedang offline. Hubungkan ke jaringan tempat server berada, lalu coba lagi.';

export const WRONG_CODE =
  'Ini bukan kode izin untuk membuka ruangan di sini; huruf besar dan kecil dibedakan. Minta kepada yang menjalankan server ini.';

const ALPHABETS: Record<string, string> = { Latin: 'Latin', Greek: 'Yunani', Cyrillic: 'Sirilik' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Nama panggilan terdiri dari 1 sampai ${number(error.most)} karakter.`;
    case 'slash':
      return 'Nama panggilan tidak diawali “/”.';
    case 'space':
      return `Nama panggilan tidak memuat spasi (${codePoint}).`;
    case 'unseen':
      return `Nama panggilan tidak memuat karakter yang tak terlihat (${codePoint}).`;
    case 'unknown':
      return `Tidak semua perangkat mengenal karakter ${codePoint}.`;
    case 'enclosing':
      return `Nama panggilan tidak memuat karakter yang digambar mengelilingi karakter lain (${codePoint}).`;
    case 'marks':
      return `Tanda “◌${character}” (${codePoint}) kelebihan satu pada hurufnya.`;
    case 'baseless':
      return `Tanda “◌${character}” (${codePoint}) tidak punya huruf untuk ditempati.`;
    case 'mixed':
      return `“${character}” (${codePoint}, ${ALPHABETS[error.alphabet]}) tidak bisa berdampingan dengan huruf ${ALPHABETS[error.beside]}.`;
    case 'joiner':
      return `Karakter penyambung ${codePoint} tidak mengubah apa pun di tempatnya.`;
    case 'emoji':
      return `${codePoint} di situ tidak membentuk emoji yang dikenal semua perangkat.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'Tautan ke halaman ini rusak di tengah jalan (mungkin tanda pagar berubah menjadi “%23”), sehingga browsermu mengirim undangan beserta kata sandinya ke server. Server tidak menyimpannya, tetapi bisa saja sudah membacanya, begitu juga proxy atau lognya. Jangan pakai kata sandi ini lagi: minta ruangan dibuka ulang dengan kata sandi lain, dan minta undangan untuk kamu tempel di sini.';
export const INVITATION_BROKEN =
  'Undangan di tautan ini tidak utuh: ada yang kurang atau ada yang ditambahkan. Minta lagi, atau isi sendiri kode ruangan dan kata sandinya.';
export const INVITATION_TOO_LONG =
  'Yang kamu tempel terlalu panjang untuk sebuah undangan, jadi tidak dimasukkan. Tempel tautannya saja.';
export const invitationElsewhere = (there: string, here: string) =>
  `Undangan ini untuk ruangan di ${there}, sedangkan halaman ini ada di ${here}. Kalau keduanya bukan server yang sama, buka tautannya di sana.`;

const OPERATOR = 'Ini bisa diperbaiki oleh yang menjalankan server: ';

const PASS_HOST = 'di nginx “proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml harus berisi hosts = ["${hostname}"]`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `Servernya ada, tetapi WebSocket yang membawa percakapan tidak bisa lewat. Ada proxy, filter, atau ekstensi yang menahannya. ${OPERATOR}proxy harus meneruskan Upgrade dan Connection; di nginx “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”.`,
  origin: ({ origin, hostname }: Location) =>
    `Server menolak halaman ini, karena dihubungi dengan nama selain ${origin}: ada proxy yang mengubah Host. ${OPERATOR}proxy harus meneruskan Host, ${PASS_HOST}${named(hostname, ' dan ')}; atau sanctuary.toml harus berisi origins = ["${origin}"].`,
  host: ({ hostname }: Location) =>
    `Server dihubungi dengan nama yang bukan namanya: setelannya berubah, atau ada proxy yang mengubah Host. ${OPERATOR}proxy harus meneruskan Host, ${PASS_HOST}${named(hostname, '; dan ')}.`,
  full: 'Koneksi ke server sudah sebanyak yang bisa diterimanya, secara keseluruhan atau dari alamatmu. Tutup tab lain yang membukanya, atau tunggu sebentar, lalu coba lagi.',
  gone: (status: number) =>
    `Sesuatu di depan server menjawab ${status}: server itu sendiri tidak berjalan, atau tidak bisa dijangkau dari sana. Coba lagi nanti. ${OPERATOR}layanannya harus berjalan dan mendengarkan di tempat yang dituju proxy.`,
  elsewhere:
    'Sesuatu di jaringan mengalihkan koneksi halaman ini ke tempat lain: mungkin ke halaman login. Muat ulang halaman, lalu coba lagi.',
  other: (status: number, path: string) =>
    `Sesuatu di depan server menjawab ${status} sebagai gantinya ketika halaman meminta ${path}. ${OPERATOR}proxy harus meneruskan semua yang ada di bawah jalur halaman ini, tanpa login sendiri.`,
};

// The room.

export const ROOM = 'Ruangan';
export const roomIs = <E>(key: E): Pieces<E> => ['Ruangan ', key];
export const hereAre = (count: number): string => `${number(count)} orang`;
export const MORE = 'Lainnya';
export const LOCKED = 'terkunci';
export const LOCKED_MORE = 'Tak ada orang lain yang bisa masuk.';
export const INVITE = 'Undang';
export const LOCK = 'Kunci';
export const UNLOCK = 'Buka kunci';
export const SETTINGS = 'Setelan';
export const SETTINGS_KEPT = 'Semua ini dilupakan begitu tab ditutup.';
export const SOUND = 'Bunyi saat ada yang berbisik kepadamu atau menyebutmu';
export const NOTIFY = 'Notifikasi untuk itu, tanpa isi ucapannya';
export const NOT_NOTIFIED =
  'Browser ini tidak menampilkan notifikasi dari halaman ini. Izinkan, lalu nyalakan lagi.';
export const NOTIFIED = { whisper: 'Ada yang berbisik kepadamu', mention: 'Ada yang menyebutmu' };
export const TIMER = 'Pesan sementara';
export const TIMER_AFTER = 'Yang diucapkan mulai sekarang hilang setelah';
export const TIMER_NEVER = 'Tidak hilang';
export const TIMER_BINDS = 'Halaman yang jujur mematuhinya; yang tidak jujur tak bisa dipaksa lupa.';
export const TIMER_SET = 'Tetapkan untuk semua';
export const fadesAfter = (time: string): string => `Pesan hilang ${time} setelah tiba.`;
export const FADING_MORE = 'Saat itu pesan ini hilang dari setiap halaman yang mematuhinya.';
export const SEEING = 'Siapa bisa melihat apa';
export const THIS_CONNECTION = 'Di tengah jalan';
export const OVER_HTTPS =
  'Halaman ini datang lewat https. Jaringan dan proxy di tengah jalan melihat siapa yang terhubung ke server ini, kapan, dan seberapa banyak data yang lalu-lalang; tak ada yang membaca atau mengubah apa pun di sana, asalkan sertifikatnya memang milik server.';
export const OVER_LOOPBACK =
  'Halaman ini dibuka di alamat perangkat ini sendiri. Apakah terowongan atau proksi di sini meneruskannya ke perangkat lain tidak bisa diketahui dari halaman ini.';
export const OVER_ONION =
  'Halaman ini dibuka di alamat onion. Tor mengenkripsi semua yang lewat sampai ujungnya di server, dan menyembunyikan dari mana kamu datang.';
export const OVER_HTTP =
  'Halaman ini datang lewat http biasa. Jaringan dan proxy di tengah jalan melihat semua yang dilihat server; yang diucapkan tersegel juga bagi mereka. Namun, yang menguasai salah satunya bisa saja sudah mengubah halaman ini di tengah jalan supaya membocorkan semuanya ke sana. Di jaringan yang tidak kamu percaya, pakai https atau VPN.';
export const THE_SERVER = 'Yang menjalankan server';
export const serverSees = (host: string): string =>
  `Yang menjalankan ${host} melihat kode ruangan, berapa orang di dalamnya dan dari alamat mana, kapan seseorang mengucapkan sesuatu dan kira-kira seberapa banyak, dan siapa berbisik kepada siapa: tanpa kata sandi, tanpa nama panggilan, tanpa sepatah kata pun. Namun, halaman ini juga datang dari sana, dan halaman lain yang menggantikannya bisa membocorkan semuanya ke sana: perlu server yang pemiliknya kamu percaya.`;
export const PROTECTIONS = [
  'memorinya ditahan di tempat dan tidak pernah ditulis ke disk',
  'kalau mogok, tidak ada salinan memori yang tertinggal',
  'ia berjalan tanpa hak administrator',
  'ia tidak bisa mendapat hak lebih',
  'ia tidak membuka berkas ruangan dan tidak memulai koneksi sendiri',
  'ia hanya bisa meminta sedikit kepada sistem',
  'ia tidak membaca terminal mana pun',
];
export const PROTECTED = 'Menurut server sendiri, ia tidak menyimpan log, dan:';
export const UNPROTECTED = 'Yang di sana tidak, atau tidak sepenuhnya, berlaku:';
export const THE_MEMBERS = 'Para anggota';
export const MEMBERS_SEE =
  'Setiap orang di sini membaca yang diucapkan kepada semua sejak ia datang; bisikan dibaca oleh yang dibisiki. Masing-masing bisa menyimpan yang dibacanya.';
export const STAYS = 'Pesan tetap ada sampai percakapan ditinggalkan.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [keeper, ` mengelola ruangan: hanya pengelola yang boleh ${OFFICE}, dan menyerahkan tugas ini.`]
    : [`Setiap anggota boleh ${OFFICE}. Hanya pengelola, `, keeper, ', yang boleh menyerahkan pengelolaan.'];
const OFFICE =
  'mengusir anggota, mengunci ruangan, memberinya kata sandi baru, membuat pesan hilang, atau membubarkan ruangan';
export const DRAWN_PASSWORD =
  'Bentuknya seperti kata sandi yang dibuat otomatis, yang tak bisa ditebak siapa pun.';
export const WHO_IS_WHO = 'Siapa itu siapa';
export const TICK_THOSE = 'Centang yang nomornya sama dengan nomor yang dibacakannya:';
export const NO_TRACE = 'Tanpa jejak';
export const NO_TRACE_MORE =
  'Tak ada yang disimpan, di sini maupun di server; browser mungkin ingat pernah membuka alamat ini. Tekan Esc dua kali berturut-turut, atau tahan jari pada gambar paling atas selama satu detik: semuanya dihapus, dan di sini tinggal halaman kosong.';
export const VANISH = 'Pergi ke halaman kosong';
export const STOP_ROOM = 'Bubarkan ruangan';
export const LEAVE = 'Keluar';
export const askKick = <E>(alias: E): Pieces<E> => ['Usir ', alias, ' dari ruangan?'];
export const GIVE_NEW_PASSWORD =
  'Beri ruangan kata sandi baru, supaya undangan lama tidak bisa lagi membukanya';
export const PASSWORD_GOES_TO = 'Kata sandi baru diberikan kepada';
export const PASSWORD_GOES_TO_NOBODY = 'Kata sandi baru tidak diberikan kepada orang lain.';
export const RELOCK = 'Kata sandi baru';
export const ASK_RELOCK =
  'Beri ruangan kata sandi baru? Undangan sebelumnya tidak bisa lagi dipakai untuk masuk.';
export const NOT_READ = 'Yang kartunya tidak bisa dibaca halaman ini akan dikeluarkan.';
export const RELOCKING = 'Memberi ruangan kata sandi baru…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['Nomor ', alias];
export const VERIFY_HOW =
  'Minta anggota yang kamu kenal itu membacakan nomornya, lewat telepon atau tatap muka. Kalau nomornya ini, tak ada siapa pun di antara kalian, server pun tidak.';
export const IS_SAME_NUMBER = 'Inilah nomor yang dibacakan';
export const YOUR_NUMBER = 'Nomormu sendiri, untuk dibacakan:';
export const VERIFY = 'Verifikasi';
export const ALL_VERIFIED = 'terverifikasi';
export const ALL_VERIFIED_MORE = 'Kamu sudah mencocokkan nomor semua anggota.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Dibuka oleh ', alias, ' pukul ', time];
export const ASK_STOP = 'Bubarkan ruangan? Percakapan selesai untuk semua orang, dan tak ada yang disimpan.';

export const CANCEL = 'Batal';

export const MEMBERS = 'Anggota';
export const MARKS = {
  you: 'kamu',
  keeper: 'pengelola',
  away: 'sedang pergi',
  verified: 'terverifikasi',
  differs: 'melihat ruangan lain',
  'not-ready': 'belum siap',
  unreadable: 'tak terbaca',
  'shut-out': 'dikeluarkan',
  ignored: 'diabaikan',
};
export const MARKS_MORE = {
  verified: 'Kamu sudah mencocokkan nomor anggota ini.',
  differs:
    'Yang dilihat anggota ini berbeda dari yang kamu lihat: server menunjukkan hal yang berbeda kepada kalian.',
  'not-ready': 'Anggota ini masih harus menunjukkan diri dengan kata sandi baru.',
  unreadable:
    'Yang ditunjukkan server tentang anggota ini ditolak: ia tidak mendengar apa pun darimu, kamu pun tidak darinya.',
  ignored: 'Kamu tidak melihat apa pun yang diucapkan anggota ini.',
  'shut-out':
    'Seorang anggota mengeluarkannya, tetapi server menahannya di ruangan: ia tidak menerima apa pun lagi.',
};
export const doingsWith = (alias: string): string => `Yang bisa dilakukan dengan ${alias}`;
export const WHISPER = 'Bisiki';
export const KICK = 'Usir';
export const IGNORE = 'Abaikan';
export const HEED = 'Berhenti abaikan';
export const MAKE_KEEPER = 'Jadikan pengelola';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Jadikan ',
  alias,
  ' pengelola ruangan? Setelah itu, hanya pengelola baru yang bisa mengembalikannya.',
];

export const UNNAMED = '(tanpa nama)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'mirip kamu',
  page: 'nama panggilan anggota',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['mirip ', alias];
export const OTHER_CHARACTERS = 'Ditulis dengan karakter lain.';

export const OWN_WORDS = [
  ...[
    'kamu',
    'pengelola',
    'pergi',
    'terkunci',
    'terverifikasi',
    'diabaikan',
    'dikeluarkan',
    'sanctuary',
    'sistem',
    'system',
    'server',
  ],
];

export const INVITATION = 'Undangan';
export const INVITATION_LINK = 'Tautan undangan';
export const COPY = 'Salin';
export const CLOSE = 'Tutup';
export const NEW_INVITATION =
  'Ruangan punya kata sandi baru: inilah tautan barunya, yang lama tidak bisa lagi dipakai untuk masuk.';
export const COPIED = 'Tersalin';
export const ADDRESS_FOR_OTHERS =
  'Kamu membuka halaman ini di alamat yang hanya berlaku di perangkat ini. Orang lain menemukannya di';
export const THIS_MACHINE_ALONE =
  'Tautan ini hanya mengarah ke sini dari perangkat ini. Untuk mengundang orang lain, buka halaman di alamat yang bisa mereka buka, atau bacakan kode ruangan dan kata sandinya.';
export const SHARE = 'Bagikan';
export const PRINT = 'Cetak';
export const QR = 'Undangan sebagai kode QR';
export const PASS_ON_WITH_CARE = 'Siapa pun yang punya tautan ini bisa masuk: bagikan dengan hati-hati.';
export const COPY_BY_HAND =
  'Salin tautannya secara manual. Siapa pun yang punya tautan itu bisa masuk: bagikan dengan hati-hati.';

// A broken connection.

export const BROKEN = 'Koneksi terputus. Yang kamu tulis menunggu sampai kamu kembali.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Tempatmu sudah dilepas, dan ruangan terkunci. Kamu masuk dengan sendirinya begitu ada yang membuka kuncinya dari dalam.',
  full: 'Tempatmu sudah dilepas, dan ruangan penuh. Kamu masuk dengan sendirinya begitu ada yang keluar.',
  'alias-in-use':
    'Tempatmu sudah dilepas, dan nama panggilanmu kini dipakai orang lain di ruangan. Tunggu sampai ia keluar; atau salin undangan, keluar, lalu masuk dengan nama panggilan lain.',
  'room-gone':
    'Ruangan sudah tidak ada: tempat terakhirnya sudah dilepas. Kamu bisa membukanya lagi dengan kode dan kata sandi yang sama, sehingga undangan yang sama tetap mengarah ke sana.',
  'no-entry':
    'Ruangan sudah tidak ada, atau diberi kata sandi lain: dengan milikmu tak ada yang bisa masuk. Kalau memang sudah tidak ada, kamu bisa membukanya lagi dengan kode dan kata sandi yang sama.',
  'another-password':
    'Undanganmu tidak berlaku lagi: ruangan punya kata sandi lain. Minta undangan baru kepada seseorang di dalam.',
  'needs-code':
    'Ruangan sudah tidak ada, dan untuk membukanya lagi perlu kode izin. Minta kepada yang membuka ruangan itu, atau yang menjalankan server ini; salin undangan, keluar, lalu buka ruangan dengan kode izin itu.',
  'not-from-here':
    'Ruangan sudah tidak ada, dan di sini ruangan hanya bisa dibuka dari jaringan server sendiri. Salin undangan, keluar, lalu tanyai yang menjalankan server ini.',
  draining:
    'Ruangan sudah tidak ada, dan server ini akan segera dimulai ulang dan tidak membuka ruangan. Buka lagi beberapa menit lagi.',
};
export const nextTryIn = (seconds: number): string => `Dicoba lagi dalam ${number(seconds)} detik.`;
export const TRYING = 'Mencoba…';
export const TRY_NOW = 'Coba sekarang';
export const OPEN_IT_AGAIN = 'Buka lagi';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'Semua ini disimpan sampai pukul ',
  time,
  ', lalu dihapus.',
];

export const LOSSES = {
  room: 'Tak ada orang lain di sini: ruangan ini berakhir bersamamu.',
  draft: 'Yang kamu tulis belum terkirim.',
};
export const askLeave = (losses: string[]): string => `Keluar dari ruangan? ${losses.join(' ')}`;

export const MESSAGE = 'Pesan';
export const SEND = 'Kirim';
export const MESSAGE_TO_EVERYONE = 'Pesan untuk semua';
export const whisperTo = (alias: string): string => `Bisikan untuk ${alias}`;
export const COMPOSER_HINT = 'Shift+Enter memulai baris baru.';
export const COMPOSER_HINT_TOUCH = 'Enter memulai baris baru, tombol untuk mengirim.';
export const FAREWELL_TO_ALL =
  'Salam perpisahan dibaca semua orang: kembalilah ke semua orang untuk mengucapkannya.';
export const ACTION_ANSWERS_NOTHING =
  'Yang kamu lakukan (/me) tidak membalas pesan: tulis sebagai pesan, atau tekan “Batal membalas” dulu.';
export const STAYS_HERE = 'Yang kamu tulis tetap ada di sini.';
export const bytesLeft = (bytes: number): string => `Sisa ${number(bytes)} byte`;
export const TOO_LONG = 'Terlalu panjang untuk dikirim.';
export const tooLongBy = (bytes: number): string => `Kelebihan ${number(bytes)} byte.`;
export const PROPOSALS = 'Usulan';
export const proposals = (count: number): string =>
  `${number(count)} usulan: tombol panah memilih, Tab melengkapi.`;
export const LIST_COMMANDS = 'menampilkan daftar perintah';
export const COMMANDS = 'Perintah';
export const MENTION = 'Sebut';
export const FORMAT = 'Gaya teks';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'T', name: 'Tebal' },
  italic: { sign: 'M', name: 'Miring' },
  code: { sign: '<>', name: 'Kode' },
  list: { sign: '•', name: 'Daftar' },
  quote: { sign: '❝', name: 'Kutipan' },
  link: { sign: 'Tautan', name: 'Tautan' },
};
export const PREVIEW = 'Pratinjau';
export const NOTHING_TO_PREVIEW = 'Di sini terlihat seperti apa pesanmu nanti.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Berbisik kepada ', alias];
export const BACK_TO_EVERYONE = 'Kembali ke semua';

// Pictures.

export const PICTURE = 'Gambar';
export const ATTACH = 'Lampirkan gambar';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['Letakkan gambar di sini, untuk dibisikkan kepada ', ...whom]
    : ['Letakkan gambar di sini, untuk semua'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Gambar, untuk dibisikkan kepada ', ...whom] : ['Gambar, untuk semua'];
export const PREPARING = 'Mengecilkan gambar secukupnya…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'Dari animasinya, hanya gambar pertama yang dikirim.',
    more > 0 && `Masih ada ${number(more)} lagi.`,
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Keterangan';
export const DESCRIPTION_HINT = 'Apa yang terlihat di gambar?';
export const SEND_PICTURE = 'Kirim gambar';
export const REMOVE = 'Hapus';
export const picturesLeftOut = (most: number, count: number): string =>
  `Paling banyak ${number(most)} gambar bisa menunggu sekaligus: ${number(count)} tidak dimasukkan.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' bukan gambar, dan selain gambar tidak bisa dikirim.'];
    case 'svg':
      return [file, ' adalah gambar SVG, yang bisa berisi lebih dari sekadar gambar: simpan sebagai PNG.'];
    case 'kind':
      return [file, ' adalah jenis gambar yang tidak bisa dibaca browser ini: simpan sebagai JPEG atau PNG.'];
    case 'large-file':
      return [file, ` lebih besar dari ${number(most.megabytes)} MB: kecilkan dulu.`];
    case 'large-picture':
      return [file, ` memuat lebih dari ${number(most.megapixels)} juta piksel: kecilkan dulu.`];
    case 'broken':
      return [file, ' tidak bisa dibaca: berkasnya rusak, atau jenisnya tidak dikenal browser ini.'];
    case 'noise':
      return [
        file,
        ' tidak bisa dikecilkan: browser ini melindungi dari pelacakan sidik jari, dan memberi derau sebagai ganti yang digambar halaman. Izinkan halaman ini membaca data canvas, atau pakai browser lain.',
      ];
    case 'too-small':
      return [file, ' tidak bisa dikecilkan sampai muat dalam satu pesan yang diterima server ini.'];
    case 'failed':
      return [
        file,
        ' tidak bisa dikecilkan. Mungkin memori perangkat ini sedang kurang: coba lagi, atau kecilkan dulu.',
      ];
    case 'not-loaded':
      return [file, ' tidak bisa dikecilkan: ada bagian halaman ini yang tidak termuat. Coba lagi.'];
  }
}

export const CONVERSATION = 'Percakapan';
export const NEW_MESSAGES = 'Pesan baru';
export const EARLIER_GONE = 'Pesan sebelumnya sudah tidak ada.';
export const sentAt = <E>(time: E): Pieces<E> => ['(dikirim pukul ', time, ')'];
export const DELIVERY = {
  sending: 'mengirim…',
  sent: '',
  delivered: 'sampai',
  failed: 'tidak terkirim',
  unsure: 'mungkin tidak terkirim',
};
export const REPLY = 'Balas';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `Yang bisa dilakukan dengan pesan ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'Beri reaksi…';
export const UNSEND = 'Tarik kembali';
export const DISCARD = 'Buang';
export const NOT_COPIED = 'Tidak bisa disalin';
export const ANSWERED_IS_GONE = 'Membalas pesan yang tidak ada di sini';
export const EMOJI = {
  '👍': 'jempol',
  '❤️': 'hati',
  '😂': 'tertawa',
  '🎉': 'merayakan',
  '😮': 'kaget',
  '😢': 'menangis',
  '🙏': 'terima kasih',
  '👎': 'jempol ke bawah',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `${number(more)} lainnya`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['Beberapa orang sedang mengetik…'] : [...listed(aliases), ' sedang mengetik…'];
export const TELL_TYPING = 'Perlihatkan siapa yang mengetik';
export const replyingTo = <E>(line: E): Pieces<E> => ['Membalas ', line];
export const NO_REPLY = 'Batal membalas';
export const NOBODY_ELSE = 'Belum ada orang lain di sini.';
export const INVITE_SOMEBODY = 'Undang seseorang';
export const MENTIONS_YOU = 'menyebutmu';
export const SAYS_FAREWELL = 'berpamitan';
export const WHISPERS_TO_YOU = 'berbisik kepadamu';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['berbisik kepada ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Tidak ada pesan yang lewat selagi kamu pergi'
    : `Paling banyak ${number(count)} pesan lewat selagi kamu pergi`;

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit);
}
export const goesIn = (seconds: number): string => `hilang dalam ${counted(seconds)}`;
function counted(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  return inUnits(Math.round(seconds / length), unit);
}
const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const inUnits = (count: number, unit: string): string =>
  new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay: 'long' }).format(count);

export const happened = (times: number): string => ` (${number(times)} kali)`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, ' bergabung'];
    case 'renamed':
      return [alias, ' sekarang bernama ', other];
    case 'exit':
      return [...aliases, ' keluar'];
    case 'gone':
      return [...aliases, ' kehilangan koneksi'];
    case 'kicked':
      return [alias, ' diusir oleh ', other];
    case 'put-out-unread':
      return ['Menurut server, ', alias, ' dikeluarkan oleh ', other, '; kamu sendiri belum bisa membacanya'];
    case 'put-out':
      return ['Menurut server, ', alias, ' dikeluarkan, tetapi tak ada anggota yang mengatakannya'];
    case 'shut-out':
      return [
        other,
        ' mengeluarkan ',
        alias,
        ', tetapi server menahannya di ruangan: ia tidak menerima apa pun lagi',
      ];
    case 'left-out':
      return [alias, ' tidak diberi kata sandi baru oleh ', other, ' dan sudah di luar'];
    case 'away':
      return [...aliases, ' sedang pergi'];
    case 'back':
      return [...aliases, ' sudah kembali'];
    case 'keeper':
      return by
        ? [by, ' menyerahkan pengelolaan ruangan kepada ', alias]
        : [alias, ' sekarang mengelola ruangan'];
    case 'handed-unread':
      return [
        'Menurut server, ',
        other,
        ' menyerahkan pengelolaan ruangan kepada ',
        alias,
        '; kamu sendiri belum bisa membacanya',
      ];
    case 'keeper-unsaid':
      return [
        'Menurut server, ',
        alias,
        ' sekarang mengelola ruangan, tetapi aturan ruangan maupun anggota tidak mengatakannya',
      ];
    case 'locked':
      return by
        ? [by, ' mengunci ruangan: tak ada orang lain yang bisa masuk']
        : ['Ruangan terkunci: tak ada orang lain yang bisa masuk'];
    case 'unlocked':
      return by ? [by, ' membuka kunci ruangan'] : ['Ruangan tidak terkunci lagi'];
    case 'relocked':
      return by
        ? [by, ' memberi ruangan kata sandi baru: undangan lama tidak bisa lagi dipakai untuk masuk']
        : ['Ruangan punya kata sandi baru: undangan lama tidak bisa lagi dipakai untuk masuk'];
    case 'keyless':
      return [
        'Ruangan punya kata sandi baru yang tidak diberikan kepadamu: kamu tidak bisa mengundang siapa pun, dan tidak bisa membaca siapa yang datang mulai sekarang. Keluar, lalu minta undangan baru.',
      ];
    case 'unrenewed':
      return ['Server tidak menjalankan pembaruan kuncimu: keluar lalu masuk lagi, atau pakai server lain'];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Tempatmu dilepas, dan kamu masuk lagi. ${missed(count)}`];
    case 'reopened':
      return [
        'Kamu membuka lagi ruangan ini. Yang lain yang kehilangan koneksi datang dengan undangan yang sama.',
      ];
    case 'another-room':
      return [
        'Kamu masuk lagi, tetapi ini ruangan lain dengan kode dan kata sandi yang sama, dibuka oleh ',
        alias,
        ': berapa pesan yang lewat sementara itu, tak ada yang bisa memastikan',
      ];
    case 'missing':
      return [`${number(count)} pesan dari `, alias, ' tidak sampai'];
    case 'timer':
      return count > 0
        ? [other, ` membuat pesan hilang ${lasting(count)} setelah tiba. ${TIMER_BINDS}`]
        : [other, ' membuat pesan tetap ada mulai sekarang'];
    case 'closing':
      return [
        `Server dimulai ulang dalam ${number(count)} detik: saat itu percakapan selesai untuk semua orang. Setelahnya, buka ruangan dari awal.`,
      ];
    case 'unreadable':
      return who ? ['Satu pesan dari ', alias, ' tidak bisa dibaca'] : ['Satu pesan tidak bisa dibaca'];
    case 'unsent':
      return [alias, ' menarik kembali satu pesan'];
    case 'unshowable':
      return [alias, ' mengirim sesuatu yang tidak bisa ditampilkan halaman ini'];
    case 'differs':
      return [
        'Yang dilihat ',
        alias,
        ' berbeda dari yang kamu lihat: server menunjukkan hal yang berbeda kepada kalian. Saling bertanyalah lewat jalur lain, dan pakai server lain',
      ];
    case 'contradicted':
      return [
        'Yang dikatakan server tidak cocok dengan yang dikatakannya sebelumnya: pakai server lain kalau ini berlanjut',
      ];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Ada bagian halaman ini yang tidak termuat: nama panggilan yang mirip tidak ditandai di sini. Selebihnya berfungsi.';
    case 'too-much':
      return 'Itu terlalu panjang untuk dikirim, atau terlalu banyak sekaligus. Persingkat, atau tunggu sampai semua yang mengantre terkirim.';
    case 'not-loaded':
      return 'Ada bagian halaman ini yang perlu untuk mengirim, tetapi tidak termuat. Kirim lagi sebentar lagi.';
    case 'not-yours':
      return `Hanya pengelola yang boleh melakukannya, yaitu ${note.keeper || UNNAMED}. Minta tolong kepadanya, atau minta pengelolaan ruangan.`;
    case 'nobody':
      return `Tidak ada yang bernama ${note.alias} di sini. Lihat cara menulisnya di daftar anggota.`;
    case 'several':
      return `Ada ${number(note.count)} anggota bernama ${note.alias}. Sebutkan yang mana: ${note.alias} 1 atau ${note.alias} 2.`;
    case 'gone':
      return 'Anggota itu sudah tidak di sini.';
    case 'no-voice':
      return 'Anggota itu hanya bisa dikeluarkan dengan kata sandi baru: tulis /relock.';
    case 'number':
      return `Nomormu: ${note.number}. Bacakan kepada yang lain; masing-masing mencocokkannya dengan /verify.`;
    case 'not-carried-out':
      return 'Tempatmu dilepas sementara itu: yang kamu perintahkan di ruangan tidak dilaksanakan. Perintahkan sekali lagi.';
    case 'relock-failed':
      return 'Kata sandi baru tidak bisa dibuat. Ruangan tetap terkunci, kalau tadi dikunci untuk ini: coba lagi dengan /relock, atau buka dengan /unlock.';
    case 'relock-crossed':
      return 'Pada saat yang sama, orang lain memberi ruangan kata sandi baru. Ruangan tetap terkunci, kalau tadi dikunci untuk ini: buka dengan /unlock.';
    case 'unwhispered':
      return 'Belum ada yang berbisik kepadamu.';
    case 'whisperer-gone':
      return 'Yang terakhir berbisik kepadamu sudah tidak di sini.';
    case 'yourself':
      return 'Itu kamu sendiri.';
    case 'away':
      return `${note.alias} sedang pergi. Coba lagi kalau daftar anggota tidak lagi mengatakannya.`;
    case 'unnamed':
      return 'Anggota itu tidak punya kunci bersama denganmu. Tunggu sampai daftar anggota menunjukkan bahwa ia siap.';
    case 'no-line':
      return 'Pesan itu sudah tidak di sini, atau tidak pernah ada pada mereka yang kamu tulisi.';
    case 'former-voice':
      return 'Itu kamu ucapkan sebelum masuk lagi: sudah tidak bisa ditarik kembali.';
    case 'amiss':
      return 'Ada yang salah di halaman ini, dan yang terakhir kamu lakukan mungkin tidak terjadi. Coba lagi; jika tidak membantu, keluar lalu masuk lagi.';
    case 'untold':
      return 'Yang kamu lakukan pada sebuah pesan tidak sampai ke yang lain: coba lagi.';
    case 'perhaps-untold':
      return 'Yang kamu lakukan pada sebuah pesan mungkin tidak sampai ke yang lain: tanyakan kepada mereka sebelum mencoba lagi.';
    case 'ignored':
      return `Kamu tidak melihat apa pun lagi dari ${note.alias}, dan tak ada yang diberi tahu. Tulis /ignore ${note.alias} sekali lagi untuk membatalkannya.`;
    case 'heeded':
      return `Kamu melihat lagi yang diucapkan ${note.alias}.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Nama panggilan ini dipakai seseorang di ruangan: pilih yang lain.';
    case 'keyless':
      return 'Kamu tidak lagi punya kunci ke ruangan ini, jadi nama panggilanmu yang lain tidak akan bisa dibaca siapa pun. Keluar, lalu minta undangan baru.';
    case 'slip':
      return 'Perintah diawali /, dan teks lain diawali kata.';
    case 'no-command':
      return `Tidak ada perintah /${note.name}. Tulis /help untuk melihat yang ada.`;
  }
}

export const correctUsage = (usage: string): string => `Tulis ${usage}.`;
export const nothingAfter = (usage: string): string => `Tulis ${usage} saja, tanpa apa pun di belakangnya.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'NAMA',
  name: 'NAMA-BARU',
  member: 'NAMA',
  text: 'TEKS',
  farewell: '[PAMIT]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'berbisik kepada satu anggota',
  r: 'membalas bisikan terakhir untukmu; Alt+R beralih ke sana',
  me: 'mengatakan apa yang sedang kamu lakukan',
  alias: 'memakai nama panggilan lain',
  ignore: 'tidak melihat apa pun lagi dari seorang anggota, atau semuanya lagi; tak ada yang diberi tahu',
  exit: 'keluar dari ruangan',
  kick: 'mengusir seorang anggota, dan memberi ruangan kata sandi baru',
  stop: 'membubarkan ruangan untuk semua orang',
  lock: 'menutup pintu masuk bagi siapa pun, atau membukanya lagi',
  relock: 'memberi ruangan kata sandi baru',
  timer: 'membuat yang dikatakan mulai sekarang hilang setelah waktu itu, atau tetap ada',
  keeper: 'menjadikan anggota lain pengelola',
  verify: 'mencocokkan nomor seorang anggota',
  number: 'menampilkan nomormu sendiri',
  slash: 'mengawali pesan dengan garis miring',
};
export const HELP_END = [
  'Pesan bisa ditulis dengan Markdown (**tebal** *miring* `kode` > kutipan - daftar) dan dengan HTML.',
  'Tekan Esc dua kali, atau tahan jari pada gambar paling atas selama satu detik: kamu langsung pergi, ke halaman kosong. Tak ada yang ditanyakan.',
];

// Messages.

export const SHOW_MESSAGE = 'Tampilkan';
export const SHOW_ALL = 'Tampilkan semua';
export const marksDropped = (count: number) => `[tanda yang tidak ditampilkan: ${number(count)}]`;
export const LONG_MESSAGE = 'Pesan panjang';
export const CODE_BLOCK = 'Kode';
export const TABLE = 'Tabel';
export const GAUGE = 'Pengukur';
export const NO_IMAGE = '[gambar tidak ditampilkan]';
export const noImageOf = (alt: string) => `[gambar tidak ditampilkan: ${alt}]`;
