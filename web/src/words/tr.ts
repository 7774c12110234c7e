// All words of the page in Turkish: en.ts says what each is for.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

const { listed, number, plural } = grammar('tr');

// The documents.

export const LANGUAGE = 'tr';
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const TRY_AGAIN = 'Yeniden dene';
export const OVER = 'Sohbet bitti.';
export const NOTHING_KEPT = 'Ondan geriye hiçbir şey kalmadı: ne burada ne de sunucuda.';
export const BACK = 'Girişe dön';

export const FAREWELLS: Record<Ending, string> = {
  left: 'Odadan ayrıldın.',
  kicked: 'Odadan atıldın. Geri döneceksen bir üyeden yeni bir davet iste.',
  stopped: 'Oda sonlandırıldı. Sohbet herkes için bitti. Konuşmaya devam etmek için yeni bir oda aç.',
  'put-out':
    'Sunucu seni odadan çıkardı. Bunu yetkili bir üyenin isteyip istemediği kontrol edilemedi. Diğerlerine başka bir yoldan sor ve davetle yeniden gir.',
  'left-out':
    'Odaya yeni bir parola verildi ve sunucunun dediğine göre onu alanlar arasında sen yoksun. Bir üyeden yeni bir davet iste.',
  'stopped-by-host':
    'Sunucuyu işleten, odayı sonlandırdı. Sohbet herkes için bitti. Yeni bir oda aç ya da nedenini ona sor.',
  'stopped-unread':
    'Sunucu, odanın sonlandırıldığını söylüyor. Bunu yetkili bir üyenin isteyip istemediği kontrol edilemedi. Diğerlerine başka bir yoldan sor ve yeni bir oda aç.',
  'stopped-away':
    'Sunucunun dediğine göre, bağlantın kopukken oda sonlandırıldı. Bu süre içinde yazdıklarını kimse okumadı. Sohbet herkes için bitti. Konuşmaya devam etmek için yeni bir oda aç.',
  'too-slow': 'Bağlantın odaya yetişemeyecek kadar yavaştı. Daha iyi bir hat üzerinden, davetle yeniden gir.',
  flooding:
    'Çok kısa sürede çok fazla şey gönderdin, sunucu da bağlantını kesti. Davetle yeniden gir ve bir seferde daha az gönder.',
  'resumed-elsewhere':
    'Odadaki yerini başka bir bağlantı devraldı. Bu, senin kendi sayfan değilse diğerlerini uyar ve yeni bir oda aç.',
  'shutting-down':
    'Sunucu kapanıyor. Sohbet herkes için bitti. Sunucu yeniden çalışmaya başlayınca yeni bir oda aç.',
  malformed: 'Sunucu bu sayfayı anlamadı ve bağlantıyı kesti. Sayfayı yeniden yükle ve davetle yeniden gir.',
};

const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who => `\u2068${who}\u2069 seni odadan attı. Geri döneceksen ondan yeni bir davet iste.`,
  stopped: who =>
    `\u2068${who}\u2069 odayı sonlandırdı. Sohbet herkes için bitti. Konuşmaya devam etmek için yeni bir oda aç.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

export const STATES: Record<View['phase'], string> = {
  entrance: 'Bağlı değil',
  deriving: 'Anahtarlar üretiliyor…',
  connecting: 'Bağlanıyor…',
  room: 'Bağlı',
  reconnecting: 'Yeniden bağlanıyor…',
  over: 'Bağlantı kesildi',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Dil';
export const LEAD = 'Uçtan uca mühürlü bir oda. Geriye hiçbir şey kalmaz.';
export const ROOM_KEY = 'Oda anahtarı';
export const ALIAS = 'Takma ad';
export const ALIAS_HINT = 'Diğerlerinin gördüğü ad.';
export const OPEN_ROOM = 'Oda aç';
export const OPEN_ROOM_HINT = 'Anahtarı ve parolası kendiliğinden oluşturulur.';
export const HAVE_INVITATION = 'Davetim var';
export const INVITATION_HINT = 'Link ya da oda anahtarı ile parola.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Parola';
export const ENTER_ROOM = 'Odaya gir';
export const OPTIONS = 'Seçenekler';
export const OWN_ROOM_KEY = 'Kendi oda anahtarın';
export const OWN_ROOM_KEY_HINT = 'Boş bırakırsan bir tane oluşturulur.';
export const OWN_PASSWORD = 'Kendi parolan';
export const OWN_PASSWORD_HINT = 'Boş bırakırsan kimsenin tahmin edemeyeceği bir tane oluşturulur.';
export const CODE = 'Oda açma kodu';
export const APPEARANCE = 'Açık ya da koyu';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'Cihazdaki gibi', light: 'Açık', dark: 'Koyu' })[theme];
export const TEXT_SIZE = 'Yazı boyutu';
export const percent = (size: string): string => `%${size}`;
export const SHOW = 'Göster';
export const SHOW_CHARACTERS = 'Karakterleri göster';
export const HIDE = 'Gizle';
export const HIDE_CHARACTERS = 'Karakterleri gizle';
export const invited = <E>(room: E): Pieces<E> => [room, ' odasına davetlisin. '];
export const USE_ANOTHER_ROOM = 'Başka bir oda seç';
export const WHO_MODERATES = 'Odayı kim yönetebilir?';
export const KEEPER_ALONE = 'Yalnızca sorumlu';
export const EVERY_MEMBER = 'Her üye';
export const OPEN_ANEW = 'Bu anahtarla yeni oda aç';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  key,
  ' anahtarıyla yeni bir oda açılsın mı? Aynı anahtar ve parolayla biri gelene kadar orada yalnız olursun.',
];

export const PLAIN_HTTP = 'Bu sayfa düz http ile geldi';
export const PLAIN_HTTP_MORE =
  'Mesajlar yine de tarayıcında mühürlenir ve sunucu onları okuyamaz. Ama seninle sunucu arasındaki ağı elinde tutan biri bu sayfayı yolda değiştirip konuşulanları okuyabilir. Güvenmediğin bir ağda https ya da VPN kullan.';

export const MAKING_KEYS = 'Anahtarlar üretiliyor';
export const PASSWORD_IS_STRETCHED =
  'Anahtarlar paroladan burada, tarayıcında üretilir; parola tarayıcından hiç çıkmaz.';
export const percentDone = (percent: number) => `Anahtarlar üretiliyor… %${number(percent)}`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Anahtarlar üretiliyor… %${number(percent)}, ${number(seconds)} sn. kaldı`;

export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = plural(minutes, { one: 'bir dakika', other: '# dakika' });
  const plain = secure ? '' : ' Https ile tarayıcının kendi kriptografisine bir saniye yeterdi.';
  return `Bu yaklaşık ${time} sürer, çünkü bu tarayıcı betikleri yavaş çalıştırıyor: Kilitleme Modu’nda ya da sıkılaştırılmış ayarlarda olduğu gibi derleyici kapalı, ya da cihaz yavaş.${plain}`;
}

export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'Giriş yok: Böyle bir oda yok ya da parola doğru değil. Odaya yeni bir parola verilmiş olabilir, o zaman eski davetler geçmez: Yenisini iste.',
  taken: 'Bu anahtarla açılmış bir oda zaten var. Onun davetiyle gir ya da başka bir anahtar seç.',
  'alias-in-use': 'Odada bu takma adı kullanan biri zaten var. Başka bir tane seç.',
  full: 'Oda dolu. Biri ayrılınca yeniden dene.',
  locked: 'Oda kilitli. İçeridekilerden birinden kilidi açmasını iste.',
  busy: 'Sunucu meşgul ya da senin adresinden çok fazla deneme yapıldı. Biraz bekle ve yeniden dene.',
  malformed: 'Sunucu bu sayfayı anlamadı. Sayfayı yeniden yükle ve bir daha dene.',
  'needs-code': 'Burada oda açmak için bir kod gerekiyor. Kodu bu sunucuyu işletenden iste.',
  'not-from-here':
    'Burada odalar yalnızca sunucunun kendi ağlarından açılabiliyor. Bu sunucuyu işletene sor ya da oradan bağlan.',
  unreachable: 'Sunucuya ulaşılamıyor. Bağlantıyı kontrol et ve yeniden dene.',
  'not-loaded':
    'Bu sayfanın bir parçası yüklenmedi. Bağlantıyı kontrol et, betikleri bir eklenti engelliyorsa o parçaya izin ver ve yeniden dene.',
  'no-worker':
    'Anahtarları üreten yardımcı betik, derive.js, başlamadı. Bir eklenti ya da yoldaki bir şey onu engelliyor: Bu sayfada ona izin ver ya da başka bir tarayıcı dene.',
  'break-over':
    'Bağlantı yarım saat boyunca kopuk kaldı: Sohbet ve parola silindi. Yeniden girmek için parolayı bir kez daha yaz.',
  'grace-over': 'Bağlantı çok uzun süre kopuk kaldı ve odadaki yerini kaybettin. Davetle yeniden gir.',
  kicked: 'Bağlantı kopukken odadan çıkarıldın. Geri döneceksen bir üyeden yeni bir davet iste.',
  'room-gone':
    'Bağlantı kopukken oda kapandı. Aynı anahtar ve parolayla onu yeniden aç ya da yeni bir oda aç.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'Bu sunucu birazdan yeniden başlayacağı için oda açmıyor. Birkaç dakika sonra yeniden dene.',
  'false-room':
    'Sunucunun gösterdiği, bu parolanın açtığı oda değil. Bu parolayı bu sunucuya emanet etme: Sunucuyu işletene sor.',
  'bad-room-key': 'Oda anahtarında K7QM-4XZD gibi 8 harf ve rakam olur. Davettekiyle karşılaştır.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `Oda açmak için parola en az ${number(characters)} karakter, en çok ${number(bytes)} bayt olmalı.`;

export const tryAgainIn = (seconds: number): string => `${counted(seconds)} sonra yeniden deneyebilirsin.`;
export const TRY_AGAIN_NOW = 'Şimdi yeniden deneyebilirsin.';

export const CHOSEN_PASSWORD =
  'İnsanın kendi seçtiği parola tahmin edilebilir: Sunucuyu işleten ya da bir girişi kaydeden, makinelerinin gücü yettiği kadar parola deneyebilir. Buna karşı yalnızca otomatik oluşturulan bir parola güvenlidir.';

export const OFFLINE = 'Bu cihaz çevrimdışı. Onu sunucunun ağına bağla ve yeniden dene.';

export const WRONG_CODE =
  'Burada oda açma kodu bu değil; büyük ve küçük harfler farklıdır. Kodu bu sunucuyu işletenden iste.';

const ALPHABETS: Record<string, string> = { Latin: 'Latin', Greek: 'Yunan', Cyrillic: 'Kiril' };

export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `Takma ad en az 1, en çok ${number(error.most)} karakter olur.`;
    case 'slash':
      return 'Takma ad “/” ile başlamaz.';
    case 'space':
      return `Takma adda boşluk olmaz (${codePoint}).`;
    case 'unseen':
      return `Takma adda görünmez karakter olmaz (${codePoint}).`;
    case 'unknown':
      return `${codePoint} karakterini her cihaz tanımaz.`;
    case 'enclosing':
      return `Takma adda, başka karakterlerin çevresine çizilen karakter olmaz (${codePoint}).`;
    case 'marks':
      return `“◌${character}” (${codePoint}) işareti, harfinin üzerinde bir tane fazla.`;
    case 'baseless':
      return `“◌${character}” (${codePoint}) işaretinin üzerinde duracağı bir harf yok.`;
    case 'mixed':
      return `“${character}” (${codePoint}, ${ALPHABETS[error.alphabet]}), ${ALPHABETS[error.beside]} harflerinin yanında duramaz.`;
    case 'joiner':
      return `${codePoint} birleştiricisi, bulunduğu yerde hiçbir şeyi değiştirmiyor.`;
    case 'emoji':
      return `${codePoint} orada her cihazın tanıdığı bir emoji oluşturmuyor.`;
  }
}

// Faults of an invitation.

export const INVITATION_EXPOSED =
  'Bu sayfanın linki yolda bozulmuş (belki kare işaretinin yerini “%23” almış); bu yüzden tarayıcın daveti, parolayla birlikte sunucuya gönderdi. Sunucu bundan hiçbir şey saklamaz, ama okumuş olabilir; bir vekil sunucu da okumuş ya da kayıtlarına geçirmiş olabilir. Bu parolayı artık kullanma: Oda başka bir parolayla yeniden açılsın ve buraya yapıştıracağın bir davet iste.';
export const INVITATION_BROKEN =
  'Bu linkteki davet bütün değil: Bir şey eksik ya da fazla. Yeniden iste ya da oda anahtarını ve parolayı elle yaz.';
export const INVITATION_TOO_LONG =
  'Yapıştırdığın şey bir davet için fazla uzun, o yüzden alınmadı. Yalnızca linki yapıştır.';
export const invitationElsewhere = (there: string, here: string) =>
  `Bu davet ${there} adresindeki bir oda için, bu sayfa ise ${here} adresinde. İkisi aynı sunucu değilse linki orada aç.`;

const OPERATOR = 'Bunu sunucuyu işleten düzeltebilir: ';

const PASS_HOST = 'nginx’te “proxy_set_header Host $http_host;”';

const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml dosyasında hosts = ["${hostname}"] yazmalı`;

export const CONNECTION_FAULTS = {
  upgrade: () =>
    `Sunucu yerinde, ama sohbeti taşıyan WebSocket geçemiyor. Bir vekil sunucu, bir filtre ya da bir eklenti onu engelliyor. ${OPERATOR}Vekil sunucu Upgrade ve Connection başlıklarını iletmeli; nginx’te “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”.`,
  origin: ({ origin, hostname }: Location) =>
    `Sunucu bu sayfayı geri çeviriyor, çünkü istek ona ${origin} yerine başka bir adla geliyor: Bir vekil sunucu Host başlığını değiştiriyor. ${OPERATOR}Vekil sunucu Host başlığını iletmeli, ${PASS_HOST}${named(hostname, ', ve ')}; ya da sanctuary.toml dosyasında origins = ["${origin}"] yazmalı.`,
  host: ({ hostname }: Location) =>
    `İstek, sunucuya onun tanımadığı bir adla geliyor: Ayarları değişmiş ya da bir vekil sunucu Host başlığını değiştiriyor. ${OPERATOR}Vekil sunucu Host başlığını iletmeli, ${PASS_HOST}${named(hostname, '; ayrıca ')}.`,
  full: 'Sunucu, toplamda ya da senin adresinden alabileceği kadar bağlantı almış durumda. Sunucunun açık olduğu diğer sekmeleri kapat ya da biraz bekle, sonra yeniden dene.',
  gone: (status: number) =>
    `Sunucunun önündeki bir şey ${status} yanıtını veriyor: Sunucunun kendisi çalışmıyor ya da ona oradan ulaşılamıyor. Daha sonra yeniden dene. ${OPERATOR}Hizmet çalışmalı ve vekil sunucunun onu aradığı yerde dinlemeli.`,
  elsewhere:
    'Ağdaki bir şey bu sayfanın bağlantılarını başka bir yere, belki bir oturum açma sayfasına yönlendiriyor. Sayfayı yeniden yükle ve bir daha dene.',
  other: (status: number, path: string) =>
    `Sayfa ${path} yolunu isteyince sunucunun yerine, önündeki bir şey ${status} yanıtını veriyor. ${OPERATOR}Vekil sunucu, sayfanın yolunun altındaki her şeyi kendi oturum açma adımı olmadan iletmeli.`,
};

// The room.

export const ROOM = 'Oda';
export const roomIs = <E>(key: E): Pieces<E> => ['Oda ', key];
export const hereAre = (count: number): string => `${number(count)} kişi`;
export const MORE = 'Daha fazla';
export const LOCKED = 'kilitli';
export const LOCKED_MORE = 'Başka kimse giremez.';
export const INVITE = 'Davet et';
export const LOCK = 'Kilitle';
export const UNLOCK = 'Kilidi aç';
export const SETTINGS = 'Ayarlar';
export const SETTINGS_KEPT = 'Sekme kapanınca bunların hepsi unutulur.';
export const SOUND = 'Biri sana fısıldayınca ya da senden bahsedince ses';
export const NOTIFY = 'Bunlar için, söyleneni göstermeyen bir bildirim';
export const NOT_NOTIFIED =
  'Bu tarayıcı bu sayfanın bildirimlerini göstermiyor. Sayfaya bunun için izin ver ve bildirimleri yeniden aç.';
export const NOTIFIED = { whisper: 'Biri sana fısıldıyor', mention: 'Biri senden bahsediyor' };
export const TIMER = 'Süreli mesajlar';
export const TIMER_AFTER = 'Bundan sonra söylenenlerin kalacağı süre';
export const TIMER_NEVER = 'Sonuna kadar';
export const TIMER_BINDS = 'Dürüst sayfalar buna uyar; dürüst olmayana kimse unutturamaz.';
export const TIMER_SET = 'Herkes için ayarla';
export const fadesAfter = (time: string): string => `Mesajlar geldikten ${time} sonra kaybolur.`;
export const FADING_MORE = 'Bu mesaj o zaman, buna uyan her sayfadan kaybolur.';
export const SEEING = 'Kim neyi görebilir';
export const THIS_CONNECTION = 'Yolda';
export const OVER_HTTPS =
  'Bu sayfa https ile geldi. Yoldaki ağlar ve vekil sunucular, bu sunucuya kimin ne zaman bağlı olduğunu ve ne kadar veri gidip geldiğini görür; sertifika sunucunun kendisininse orada kimse bir şey okuyamaz ve değiştiremez.';
export const OVER_LOOPBACK =
  'Bu sayfa, bu cihazın kendi adresinde açıldı. Buradaki bir tünelin ya da vekil sunucunun başka bir cihaza götürüp götürmediği sayfadan anlaşılamaz.';
export const OVER_ONION =
  'Bu sayfa bir onion adresinde açıldı. Tor, sunucudaki ucuna kadar geçen her şeyi şifreler ve nereden geldiğini gizler.';
export const OVER_HTTP =
  'Bu sayfa düz http ile geldi. Yoldaki ağlar ve vekil sunucular, sunucunun gördüğü her şeyi görür; söylenenler onlara karşı da mühürlüdür. Ama bunlardan birini elinde tutan kişi, bu sayfayı yolda her şeyi kendisine anlatacak biçimde değiştirmiş olabilir. Güvenmediğin bir ağda https ya da VPN kullan.';
export const THE_SERVER = 'Sunucuyu işleten';
export const serverSees = (host: string): string =>
  `${host} sunucusunu işleten; odanın anahtarını, odada kaç kişinin bulunduğunu ve hangi adreslerden bağlandığını, birinin ne zaman ve aşağı yukarı ne kadar şey söylediğini, kimin kime fısıldadığını görür. Parolayı, takma adları ve söylenenleri ise görmez. Ama bu sayfa da oradan geliyor ve onun yerine konacak bir başkası her şeyi oraya anlatabilir: Sahibine güvendiğin bir sunucu gerekir.`;
export const PROTECTIONS = [
  'belleği yerinde sabit, hiçbir zaman diske yazılmıyor',
  'çökerse belleğinin kopyası kalmıyor',
  'yönetici hakları olmadan çalışıyor',
  'başka hak edinemiyor',
  'oda dosyası açmıyor, kendiliğinden bağlantı kurmuyor',
  'sistemden pek az şey isteyebiliyor',
  'hiçbir terminali okumuyor',
];
export const PROTECTED = 'Sunucu, kayıt tutmadığını ve şunların geçerli olduğunu söylüyor:';
export const UNPROTECTED = 'Orada hiç ya da tam olarak geçerli olmayanlar:';
export const THE_MEMBERS = 'Üyeler';
export const MEMBERS_SEE =
  'Buradaki herkes, geldiği andan sonra herkese söylenenleri okur; fısıltıyı yalnızca fısıldanan kişi okur. Herkes okuduğunu saklayabilir.';
export const STAYS = 'Mesajlar, sohbetten ayrılınana kadar kalır.';
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [
        'Odanın sorumlusu: ',
        keeper,
        `. Yalnızca sorumlu ${OFFICE}, bu sorumluluğu da yalnızca o devredebilir.`,
      ]
    : [`Her üye ${OFFICE}. Sorumluluğu ise yalnızca sorumlu olan devredebilir: `, keeper, '.'];
const OFFICE =
  'üyeleri odadan atabilir, odayı kilitleyebilir, odaya yeni bir parola verebilir, mesajları süreli yapabilir ya da odayı sonlandırabilir';
export const DRAWN_PASSWORD =
  'Parola, kimsenin tahmin edemeyeceği, kendiliğinden oluşturulmuş parolaların biçiminde.';
export const WHO_IS_WHO = 'Kim kim';
export const TICK_THOSE = 'Sesli okudukları numara buradakiyle aynı olanları işaretle:';
export const NO_TRACE = 'İz bırakmamak';
export const NO_TRACE_MORE =
  'Ne burada ne de sunucuda bir şey saklanır; ama tarayıcı bu adrese uğradığını hatırlayabilir. Esc’e peş peşe iki kez basarsan ya da parmağını en üstteki resimde bir saniye tutarsan her şey silinir, burada boş bir sayfa kalır.';
export const VANISH = 'Boş bir sayfaya geç';
export const STOP_ROOM = 'Odayı sonlandır';
export const LEAVE = 'Ayrıl';
export const askKick = <E>(alias: E): Pieces<E> => [alias, ' odadan atılsın mı?'];
export const GIVE_NEW_PASSWORD = 'Eski davet odayı artık açmasın diye odaya yeni bir parola ver';
export const PASSWORD_GOES_TO = 'Yeni parolayı alacaklar';
export const PASSWORD_GOES_TO_NOBODY = 'Yeni parolayı başka kimse almaz.';
export const RELOCK = 'Yeni parola';
export const ASK_RELOCK = 'Odaya yeni bir parola verilsin mi? Önceki davetlerle artık kimse giremez.';
export const NOT_READ = 'Kartı bu sayfada okunamayan üyeler odadan çıkarılır.';
export const RELOCKING = 'Odaya yeni bir parola veriliyor…';
export const verifyWhom = <E>(alias: E): Pieces<E> => [alias, ' adlı üyenin numarası'];
export const VERIFY_HOW =
  'Numarayı, tanıdığın o üye sana telefonda ya da yüz yüze sesli okusun. Bu numaraysa aranızda kimse yok, sunucu bile yok.';
export const IS_SAME_NUMBER = 'Sesli okunan numara bu';
export const YOUR_NUMBER = 'Sesli okuyacağın kendi numaran:';
export const VERIFY = 'Doğrula';
export const ALL_VERIFIED = 'doğrulandı';
export const ALL_VERIFIED_MORE = 'Bütün üyelerin numaralarını karşılaştırdın.';
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Odayı açan: ', alias, ', saat ', time];
export const ASK_STOP = 'Oda sonlandırılsın mı? Sohbet herkes için biter ve geriye hiçbir şey kalmaz.';

export const CANCEL = 'Vazgeç';

export const MEMBERS = 'Üyeler';
export const MARKS = {
  you: 'sen',
  keeper: 'sorumlu',
  away: 'uzakta',
  verified: 'doğrulandı',
  differs: 'başka bir oda görüyor',
  'not-ready': 'hazır değil',
  unreadable: 'okunamıyor',
  'shut-out': 'çıkarıldı',
  ignored: 'yok sayılıyor',
};
export const MARKS_MORE = {
  verified: 'Bu üyenin numarasını karşılaştırdın.',
  differs: 'Bu üyenin gördüğü, senin gördüğünden farklı: Sunucu size farklı şeyler gösteriyor.',
  'not-ready': 'Bu üye yeni parolayla kendini henüz göstermedi.',
  unreadable: 'Sunucunun bu üyeye dair gösterdiği kabul edilmiyor: O senden bir şey duymaz, sen de ondan.',
  ignored: 'Bu üyenin söylediği hiçbir şeyi görmüyorsun.',
  'shut-out': 'Bir üye onu odadan çıkardı, ama sunucu onu odada tutuyor: Ona artık hiçbir şey gitmiyor.',
};
export const doingsWith = (alias: string): string => `${alias} için yapılabilecekler`;
export const WHISPER = 'Fısılda';
export const KICK = 'Odadan at';
export const IGNORE = 'Yok say';
export const HEED = 'Yok saymayı bırak';
export const MAKE_KEEPER = 'Sorumluluğu devret';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Odanın sorumluluğu ',
  alias,
  ' adlı üyeye devredilsin mi? Geri vermek yalnızca yeni sorumlunun elinde olur.',
];

export const UNNAMED = '(adsız)';

export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'sana benziyor',
  page: 'bir üyenin takma adı',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['şuna benziyor: ', alias];
export const OTHER_CHARACTERS = 'Başka karakterlerle yazılmış.';

export const OWN_WORDS = [
  ...[
    'sen',
    'sorumlu',
    'uzakta',
    'kilitli',
    'adsız',
    'doğrulandı',
    'okunamıyor',
    'çıkarıldı',
    'sanctuary',
    'sistem',
    'system',
    'sunucu',
    'server',
  ],
];

export const INVITATION = 'Davet';
export const INVITATION_LINK = 'Davet linki';
export const COPY = 'Kopyala';
export const CLOSE = 'Kapat';
export const NEW_INVITATION =
  'Odanın yeni bir parolası var: Yeni link bu, eski linklerle artık kimse giremez.';
export const COPIED = 'Kopyalandı';
export const ADDRESS_FOR_OTHERS =
  'Bu sayfayı yalnızca bu cihazda geçerli bir adreste açtın. Diğerleri onu şurada bulur:';
export const THIS_MACHINE_ALONE =
  'Bu link yalnızca bu cihazdan buraya çıkar. Başkalarını davet etmek için sayfayı onların da açabileceği bir adreste aç ya da kodları sesli oku.';
export const SHARE = 'Paylaş';
export const PRINT = 'Yazdır';
export const QR = 'QR kod olarak davet';
export const PASS_ON_WITH_CARE = 'Bu linke sahip olan herkes girebilir: Kime verdiğine dikkat et.';
export const COPY_BY_HAND = 'Linki elle kopyala. Ona sahip olan herkes girebilir: Kime verdiğine dikkat et.';

// A broken connection.

export const BROKEN = 'Bağlantı koptu. Yazdıkların sen geri dönene kadar bekler.';
export const OBSTACLES: Record<Obstacle, string> = {
  locked: 'Yerini kaybettin ve oda kilitli. İçeriden biri kilidi açınca kendiliğinden girersin.',
  full: 'Yerini kaybettin ve oda dolu. Biri ayrılınca kendiliğinden girersin.',
  'alias-in-use':
    'Yerini kaybettin ve takma adın artık odadaki başka birinde. O ayrılana kadar bekle; ya da daveti kopyala, ayrıl ve başka bir takma adla davetle gir.',
  'room-gone':
    'Oda artık yok: Son yeri de boşaldı. Onu aynı anahtar ve parolayla yeniden açabilirsin; aynı davet yine oraya çıkar.',
  'no-entry':
    'Oda artık yok ya da ona başka bir parola verildi: Seninkiyle kimse giremiyor. Oda artık yoksa onu aynı anahtar ve parolayla yeniden açabilirsin.',
  'another-password':
    'Davetin artık geçmiyor: Odanın başka bir parolası var. İçeriden birinden yenisini iste.',
  'needs-code':
    'Oda artık yok ve yeniden açmak için bir kod gerekiyor. Kodu, odayı açandan ya da bu sunucuyu işletenden iste; daveti kopyala, ayrıl ve odayı kodla aç.',
  'not-from-here':
    'Oda artık yok ve burada odalar yalnızca sunucunun kendi ağlarından açılabiliyor. Daveti kopyala, ayrıl ve bu sunucuyu işletene sor.',
  draining:
    'Oda artık yok; bu sunucu da birazdan yeniden başlayacağı için oda açmıyor. Odayı birkaç dakika sonra yeniden aç.',
};
export const nextTryIn = (seconds: number): string => `${number(seconds)} sn. sonra yeniden denenecek.`;
export const TRYING = 'Deneniyor…';
export const TRY_NOW = 'Şimdi dene';
export const OPEN_IT_AGAIN = 'Yeniden aç';
export const keptUntil = <E>(time: E): Pieces<E> => [
  'Bunların hepsi saat ',
  time,
  ' olana kadar durur, sonra silinir.',
];

export const LOSSES = {
  room: 'Burada senden başka kimse yok: Oda seninle birlikte biter.',
  draft: 'Yazdığın henüz gönderilmedi.',
};
export const askLeave = (losses: string[]): string => `Ayrılmak istiyor musun? ${losses.join(' ')}`;

export const MESSAGE = 'Mesaj';
export const SEND = 'Gönder';
export const MESSAGE_TO_EVERYONE = 'Herkese mesaj';
export const whisperTo = (alias: string): string => `${alias} ile fısıldaş`;
export const COMPOSER_HINT = 'Shift+Enter yeni satıra geçer.';
export const COMPOSER_HINT_TOUCH = 'Enter yeni satıra geçer, düğme gönderir.';
export const FAREWELL_TO_ALL = 'Veda sözünü herkes okur: söylemek için herkese yazmaya dön.';
export const ACTION_ANSWERS_NOTHING =
  'Yaptığın şey (/me) bir mesajı yanıtlamaz: mesaj olarak yaz ya da önce “Yanıttan vazgeç” düğmesine bas.';
export const STAYS_HERE = 'Yazdığın burada duruyor.';
export const bytesLeft = (bytes: number): string => `${number(bytes)} bayt kaldı`;
export const TOO_LONG = 'Göndermek için fazla uzun.';
export const tooLongBy = (bytes: number): string => `Sınırı ${number(bytes)} bayt aşıyor.`;
export const PROPOSALS = 'Öneriler';
export const proposals = (count: number): string => `${number(count)} öneri: Ok tuşları seçer, Tab tamamlar.`;
export const LIST_COMMANDS = 'komutları göster';
export const COMMANDS = 'Komutlar';
export const MENTION = 'Bahset';
export const FORMAT = 'Biçim';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'K', name: 'Kalın' },
  italic: { sign: 'İ', name: 'İtalik' },
  code: { sign: '<>', name: 'Kod' },
  list: { sign: '•', name: 'Liste' },
  quote: { sign: '❝', name: 'Alıntı' },
  link: { sign: 'Link', name: 'Link' },
};
export const PREVIEW = 'Önizleme';
export const NOTHING_TO_PREVIEW = 'Mesajının nasıl görüneceği burada belirir.';
export const whisperingTo = <E>(alias: E): Pieces<E> => [alias, ' ile fısıldaşıyorsun'];
export const BACK_TO_EVERYONE = 'Yeniden herkese';

// Pictures.

export const PICTURE = 'Resim';
export const ATTACH = 'Resim ekle';
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['Resimleri buraya bırak, fısıldanacak kişi: ', ...whom]
    : ['Herkes için resimleri buraya bırak'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Resim, fısıldanacak kişi: ', ...whom] : ['Resim, herkes için'];
export const PREPARING = 'Resim yeterince küçültülüyor…';
const kilobytes = (bytes: number): string => `${number(Math.ceil(bytes / 1000))} KB`;
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${number(width)} × ${number(height)}, ${kilobytes(bytes)}.`,
    isMoving && 'Animasyonun yalnızca ilk karesi gönderilir.',
    more > 0 && `Sırada ${number(more)} resim daha var.`,
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Açıklama';
export const DESCRIPTION_HINT = 'Resimde ne var?';
export const SEND_PICTURE = 'Resmi gönder';
export const REMOVE = 'Kaldır';
export const picturesLeftOut = (most: number, count: number): string =>
  `Aynı anda en çok ${number(most)} resim bekleyebilir: ${number(count)} tanesi alınmadı.`;
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' bir resim değil; başka bir şey de gönderilemez.'];
    case 'svg':
      return [file, ' bir SVG çizimi, içinde resimden fazlası olabilir: PNG olarak kaydet.'];
    case 'kind':
      return [file, ' bu tarayıcının okuyamadığı türden bir resim: JPEG ya da PNG olarak kaydet.'];
    case 'large-file':
      return [file, `, ${number(most.megabytes)} MB sınırını aşıyor: Önce küçült.`];
    case 'large-picture':
      return [file, `, ${number(most.megapixels)} milyon piksel sınırını aşıyor: Önce küçült.`];
    case 'broken':
      return [file, ' okunamıyor: Bozuk ya da bu tarayıcının tanımadığı türden.'];
    case 'noise':
      return [
        file,
        ' küçültülemiyor: Bu tarayıcı parmak izi alınmasına karşı korunuyor ve sayfanın çizdiğinin yerine gürültü veriyor. Bu sayfanın canvas verilerini okumasına izin ver ya da başka bir tarayıcı kullan.',
      ];
    case 'too-small':
      return [file, ' bu sunucunun tek bir mesaj olarak kabul ettiği boyuta küçültülemiyor.'];
    case 'failed':
      return [
        file,
        ' küçültülemedi. Bu cihazın belleği şu anda yetmiyor olabilir: Yeniden dene ya da önce küçült.',
      ];
    case 'not-loaded':
      return [file, ' küçültülemedi: Bu sayfanın bir parçası yüklenmedi. Yeniden dene.'];
  }
}

export const CONVERSATION = 'Sohbet';
export const NEW_MESSAGES = 'Yeni mesajlar';
export const EARLIER_GONE = 'Daha önceki mesajlar artık yok.';
export const sentAt = <E>(time: E): Pieces<E> => ['(gönderildiği saat: ', time, ')'];
export const DELIVERY = {
  sending: 'gönderiliyor…',
  sent: '',
  delivered: 'ulaştı',
  failed: 'gönderilemedi',
  unsure: 'belki gönderilemedi',
};
export const REPLY = 'Yanıtla';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `${alias || UNNAMED} yazdı, mesaj için yapılabilecekler: ${excerpt}`;
export const REACT = 'Tepki ver…';
export const UNSEND = 'Geri al';
export const DISCARD = 'Sil';
export const NOT_COPIED = 'Kopyalanamadı';
export const ANSWERED_IS_GONE = 'Burada olmayan bir mesaja yanıt';
export const EMOJI = {
  '👍': 'başparmak yukarı',
  '❤️': 'kalp',
  '😂': 'kahkaha',
  '🎉': 'kutlama',
  '😮': 'şaşkınlık',
  '😢': 'gözyaşı',
  '🙏': 'teşekkür',
  '👎': 'başparmak aşağı',
};
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `${number(more)} kişi daha`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3 ? ['Birkaç kişi yazıyor…'] : [...listed(aliases), ' yazıyor…'];
export const TELL_TYPING = 'Kimin yazdığını göster';
export const replyingTo = <E>(line: E): Pieces<E> => ['Yanıtlanan: ', line];
export const NO_REPLY = 'Yanıttan vazgeç';
export const NOBODY_ELSE = 'Burada henüz başka kimse yok.';
export const INVITE_SOMEBODY = 'Birini davet et';
export const MENTIONS_YOU = 'senden bahsediyor';
export const SAYS_FAREWELL = 'veda ediyor';
export const WHISPERS_TO_YOU = 'sana fısıldıyor';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['şu kişiye fısıldıyor: ', ...alias];

const missed = (count: number): string =>
  count === 0
    ? 'Sen uzaktayken hiç mesaj gelmedi'
    : plural(count, {
        one: 'Sen uzaktayken en çok bir mesaj geldi',
        other: 'Sen uzaktayken en çok # mesaj geldi',
      });

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
export const goesIn = (seconds: number): string => `${counted(seconds)} sonra kaybolur`;
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

export const happened = (times: number): string => ` (${number(times)} kez)`;

export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, ' geldi'];
    case 'renamed':
      return [alias, ' artık ', other, ' adını kullanıyor'];
    case 'exit':
      return [...aliases, ' ayrıldı'];
    case 'gone':
      return [...aliases, ' bağlantıyı kaybetti'];
    case 'kicked':
      return [other, ', ', alias, ' adlı üyeyi odadan attı'];
    case 'put-out-unread':
      return [
        'Sunucunun dediğine göre ',
        other,
        ', ',
        alias,
        ' adlı üyeyi odadan çıkardı; sen bunu henüz okuyamadın',
      ];
    case 'put-out':
      return ['Sunucu, ', alias, ' adlı üyenin odadan çıkarıldığını söylüyor, ama bunu hiçbir üye söylemedi'];
    case 'shut-out':
      return [
        other,
        ', ',
        alias,
        ' adlı üyeyi odadan çıkardı, ama sunucu onu odada tutuyor: Ona artık hiçbir şey gitmiyor',
      ];
    case 'left-out':
      return [other, ', ', alias, ' adlı üyeye yeni parolayı vermedi; bu üye artık dışarıda'];
    case 'away':
      return [...aliases, ' şu an uzakta'];
    case 'back':
      return [...aliases, ' geri döndü'];
    case 'keeper':
      return by
        ? [by, ', odanın sorumluluğunu ', alias, ' adlı üyeye devretti']
        : [alias, ' artık odanın sorumlusu'];
    case 'handed-unread':
      return [
        'Sunucunun dediğine göre ',
        other,
        ', odanın sorumluluğunu ',
        alias,
        ' adlı üyeye devretti; sen bunu henüz okuyamadın',
      ];
    case 'keeper-unsaid':
      return [
        'Sunucu, odanın sorumlusunun artık ',
        alias,
        ' olduğunu söylüyor, ama bunu ne odanın kuralları ne de bir üye söylüyor',
      ];
    case 'locked':
      return by ? [by, ' odayı kilitledi: Başka kimse giremez'] : ['Oda kilitli: Başka kimse giremez'];
    case 'unlocked':
      return by ? [by, ' odanın kilidini açtı'] : ['Odanın kilidi açık'];
    case 'relocked':
      return by
        ? [by, ' odaya yeni bir parola verdi: Eski davetlerle artık kimse giremez']
        : ['Odanın yeni bir parolası var: Eski davetlerle artık kimse giremez'];
    case 'keyless':
      return [
        'Odanın yeni bir parolası var, ama sana verilmedi: Kimseyi davet edemez, bundan sonra kimin geldiğini okuyamazsın. Ayrıl ve yeni bir davet iste.',
      ];
    case 'unrenewed':
      return [
        'Sunucu, anahtarlarının yenilenmesini yerine getirmiyor: Ayrılıp yeniden gir ya da başka bir sunucu kullan',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Yerini kaybettin ve yeniden girdin. ${missed(count)}`];
    case 'reopened':
      return ['Odayı yeniden açtın. Bağlantısı kopan diğerleri de aynı davetle gelir.'];
    case 'another-room':
      return [
        'Yeniden girdin, ama bu, aynı anahtar ve parolayla açılmış başka bir oda. Açan: ',
        alias,
        '. Bu arada kaç mesaj geldiğini kimse söyleyemez',
      ];
    case 'missing':
      return [
        alias,
        plural(count, { one: ' adlı üyenin bir mesajı eksik', other: ' adlı üyenin # mesajı eksik' }),
      ];
    case 'timer':
      return count > 0
        ? [other, `, mesajları geldikten ${lasting(count)} sonra kaybolacak biçimde ayarladı. ${TIMER_BINDS}`]
        : [other, ', mesajları bundan sonra kalacak biçimde ayarladı'];
    case 'closing':
      return [
        `Sunucu ${number(count)} saniye sonra yeniden başlıyor: O zaman sohbet herkes için bitecek. Ardından odayı yeniden aç.`,
      ];
    case 'unreadable':
      return who ? [alias, ' adlı üyenin bir mesajı okunamadı'] : ['Bir mesaj okunamadı'];
    case 'unsent':
      return [alias, ' bir mesajını geri aldı'];
    case 'unshowable':
      return [alias, ' bu sayfanın gösteremediği bir şey gönderdi'];
    case 'differs':
      return [
        alias,
        ' adlı üyenin gördüğü, senin gördüğünden farklı: Sunucu size farklı şeyler gösteriyor. Birbirinize başka bir yoldan sorun ve başka bir sunucu kullanın',
      ];
    case 'contradicted':
      return ['Sunucunun söylediği, daha önce söylediğine uymuyor: Böyle sürerse başka bir sunucu kullan'];
  }
}

export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'Bu sayfanın bir parçası yüklenmedi: Birbirine benzeyen takma adlar burada işaretlenmiyor. Geri kalan her şey çalışıyor.';
    case 'too-much':
      return 'Bu, göndermek için çok uzun ya da bir seferde çok fazla. Kısalt ya da bekleyenlerin hepsi gidene kadar bekle.';
    case 'not-loaded':
      return 'Bu sayfanın, göndermek için gereken bir parçası yüklenmedi. Birazdan yeniden gönder.';
    case 'not-yours':
      return `Bunu yalnızca sorumlu yapabilir, o da ${note.keeper || UNNAMED}. Ondan bunu yapmasını ya da odanın sorumluluğunu sana devretmesini iste.`;
    case 'nobody':
      return `Burada takma adı ${note.alias} olan kimse yok. Nasıl yazıldığına üye listesinden bak.`;
    case 'several':
      return `${number(note.count)} üyenin takma adı ${note.alias}. Hangisi olduğunu belirt: ${note.alias} 1 ya da ${note.alias} 2.`;
    case 'gone':
      return 'Bu üye artık burada değil.';
    case 'no-voice':
      return 'Bu üye ancak yeni bir parolayla odadan çıkarılabilir: /relock yaz.';
    case 'number':
      return `Numaran: ${note.number}. Diğerlerine sesli oku; her biri /verify ile karşılaştırsın.`;
    case 'not-carried-out':
      return 'Bu arada yerini kaybettin: Odada yapılmasını istediğin şey yapılmadı. Yeniden iste.';
    case 'relock-failed':
      return 'Yeni bir parola oluşturulamadı. Oda bunun için kilitlendiyse kilitli kalır: /relock ile yeniden dene ya da /unlock ile aç.';
    case 'relock-crossed':
      return 'Aynı anda başka biri odaya yeni bir parola verdi. Oda bunun için kilitlendiyse kilitli kalır: /unlock ile aç.';
    case 'unwhispered':
      return 'Sana kimse fısıldamadı.';
    case 'whisperer-gone':
      return 'Sana en son fısıldayan artık burada değil.';
    case 'yourself':
      return 'Bu sensin.';
    case 'away':
      return `${note.alias} şu an uzakta. Üye listesinde artık uzakta görünmediğinde yeniden dene.`;
    case 'unnamed':
      return 'Bu üyeyle ortak anahtarın yok. Üye listesinde hazır görünene kadar bekle.';
    case 'no-line':
      return 'Bu mesaj artık burada değil ya da yazdığın kişilere hiç ulaşmadı.';
    case 'former-voice':
      return 'Bunu yeniden girmeden önce söylemiştin: Artık geri alınamaz.';
    case 'amiss':
      return 'Bu sayfada bir şeyler ters gitti ve son yaptığın gerçekleşmemiş olabilir. Yeniden dene; işe yaramazsa çık ve yeniden gir.';
    case 'untold':
      return 'Bir mesaja yaptığın şey diğerlerine ulaşmadı: Yeniden dene.';
    case 'perhaps-untold':
      return 'Bir mesaja yaptığın şey diğerlerine belki ulaşmadı: Yeniden denemeden önce onlara sor.';
    case 'ignored':
      return `${note.alias} adlı üyeden artık hiçbir şey görmüyorsun ve bunu kimse öğrenmiyor. Geri almak için bir daha /ignore ${note.alias} yaz.`;
    case 'heeded':
      return `${note.alias} adlı üyenin söylediklerini yeniden görüyorsun.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Odada bu takma adı kullanan biri var: Başka bir tane seç.';
    case 'keyless':
      return 'Odanın yeni parolası sende yok, bu yüzden başka bir takma adını kimse okuyamaz. Ayrıl ve yeni bir davet iste.';
    case 'slip':
      return 'Komut / ile, diğer metinler bir sözcükle başlar.';
    case 'no-command':
      return `/${note.name} diye bir komut yok. Neler olduğunu görmek için /help yaz.`;
  }
}

export const correctUsage = (usage: string): string => `Şöyle yaz: ${usage}.`;
export const nothingAfter = (usage: string): string => `Yalnızca ${usage} yaz, arkasına bir şey ekleme.`;

export const PARAMETERS: Record<Parameter, string> = {
  alias: 'AD',
  name: 'YENİ-AD',
  member: 'AD',
  text: 'METİN',
  farewell: '[VEDA]',
  message: '',
};

export const HELP: Record<HelpLine, string> = {
  purr: 'bir üyeye fısılda',
  r: 'sana en son fısıldayana sen de fısılda; Alt+R oraya geçer',
  me: 'ne yaptığını söyle',
  alias: 'başka bir takma ad al',
  ignore: 'bir üyeden artık hiçbir şey görme ya da yeniden her şeyi gör; bunu kimse öğrenmez',
  exit: 'odadan ayrıl',
  kick: 'bir üyeyi odadan at ve odaya yeni bir parola ver',
  stop: 'odayı herkes için sonlandır',
  lock: 'artık kimseyi içeri alma ya da yeniden al',
  relock: 'odaya yeni bir parola ver',
  timer: 'bundan sonra söylenenler bu süre sonunda kaybolsun ya da kalsın',
  keeper: 'sorumluluğu başka bir üyeye devret',
  verify: 'bir üyenin numarasını karşılaştır',
  number: 'kendi numaranı göster',
  slash: 'mesaja eğik çizgiyle başla',
};
export const HELP_END = [
  'Mesajlarını Markdown ile (**kalın** *italik* `kod` > alıntı - liste) ve HTML ile yazabilirsin.',
  'Esc’e iki kez bas ya da parmağını en üstteki resimde bir saniye tut: Hemen ayrılırsın, boş bir sayfa gelir. Hiçbir şey sorulmaz.',
];

// Messages.

export const SHOW_MESSAGE = 'Göster';
export const SHOW_ALL = 'Tümünü göster';
export const marksDropped = (count: number) => `[gösterilmeyen işaret sayısı: ${number(count)}]`;
export const LONG_MESSAGE = 'Uzun mesaj';
export const CODE_BLOCK = 'Kod';
export const TABLE = 'Tablo';
export const GAUGE = 'Gösterge';
export const NO_IMAGE = '[resim gösterilmiyor]';
export const noImageOf = (alt: string) => `[resim gösterilmiyor: ${alt}]`;
