// Messages that are slow to draw, each as large as a frame allows.

/** Bytes of text that a message may have at the most, about. */
export const SIZE = 60_000;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** This unit as often as fits. */
const fill = (unit: string, start = ''): string =>
  start + unit.repeat(Math.floor((SIZE - bytes(start)) / bytes(unit)));

/** Characters from here on, each once: few of them are in the same font. */
const each = (from: number, to: number): string => {
  let text = '';
  for (let code = from; code < to && bytes(text) < SIZE - 4; code++) {
    const one = String.fromCodePoint(code);
    if (/[\p{L}\p{N}\p{S}\p{P}]/u.test(one)) text += one;
  }
  return text;
};

/** A letter of each script and block in turn. */
const scripts = [...'aяωשعकকਕકକకகకಕകසกກကაሀᄀᏣᐁᚁᚠᜀកᠠᥐᬅⴰㄅ漢あ한꓀ꔀꠀꡀꦀꨀ𐌀𐍐𐎠𐐀𐒀𐠀𐤀𐨀𑀅𒀀𓀀𝄞𝒜🀀🂡😀☀→∀①㊀'].join('');

/** The signature of a PNG and its size, one by one pixel, and no pixel. */
const EMPTY_PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB';

export const PLAIN = fill('the quick brown fox jumps over the lazy dog ');

/** By what they are. */
export const HOSTILE: Record<string, string> = {
  'combining marks on one letter': fill('\u0301', 'a'),
  'combining marks of many kinds': fill('\u0301\u0316\u035c\u0489\u20dd', 'a'),
  'combining marks, 20 on each letter': fill(`a${'\u0301\u0316'.repeat(10)}`),
  'combining marks, 8 on each letter': fill(`a${'\u0301\u0316'.repeat(4)}`),
  'combining marks without a letter': fill('\u0301'),
  'combining marks by reference': fill('&#x301;', 'a'),
  'combining marks over tags': fill('<b>\u0301</b>', 'a'),
  'enclosing marks': fill('\u20dd', 'a'),
  'variation selectors': fill('\ufe0f', '☺'),
  'joiners between emoji': fill('👩\u200d'),
  'joiners alone': fill('\u200d'),
  'skin tones': fill('👩🏽'),
  flags: fill('🇩🇪'),
  'emoji of many kinds': each(0x1f300, 0x1faff).repeat(20).slice(0, 28_000),
  'Devanagari joined without an end': fill('क्'),
  'Devanagari vowels': fill('कि'),
  'Tibetan stacks': fill('\u0f40\u0fb2\u0f72'),
  'Hangul letters': fill('ᄀ'),
  'Hangul syllables in letters': fill('각'),
  'Arabic joined without an end': fill('ب'),
  'N’Ko joined without an end': fill('ߒߞߏ'),
  'Arabic with marks': fill('بّ'),
  'Nastaliq words': fill('لا بي '),
  Thai: fill('กำ้'),
  Khmer: fill('ក្ក'),
  Mongolian: fill('ᠠᠮ'),
  'directions in turn': fill('אa1'),
  'directions and spaces': fill('א a '),
  'digits and Arabic': fill('ب1+'),
  'digits and spaces from the right': fill('1 ', 'א'),
  'embeddings unclosed': fill('\u202ba'),
  'embeddings closed': fill('\u202ba\u202c'),
  'isolates unclosed': fill('\u2067a'),
  'isolates closed': fill('\u2067a\u2069'),
  'overrides in turn': fill('\u202ea\u202db'),
  'marks of direction': fill('\u200fa\u200eא'),
  'brackets of two directions': fill('(א[a]'),
  'brackets unclosed': fill('(['),
  'bdo in turn': fill('<bdo dir=rtl>a<bdo dir=ltr>b</bdo></bdo>'),
  'bdi in turn': fill('<bdi>אa1</bdi>'),
  'many scripts': fill(scripts),
  'each Chinese character': each(0x4e00, 0xa000),
  'each rare Chinese character': each(0x20000, 0x2a000),
  'each character': each(0xa1, 0x4e00),
  'each character beyond': each(0x10000, 0x20000),
  'unassigned characters': Array.from({ length: 15_000 }, (_, at) => String.fromCodePoint(0xe0200 + at)).join(
    '',
  ),
  'private characters': Array.from({ length: 6400 }, (_, at) => String.fromCodePoint(0xe000 + at)).join(''),
  'a long word': fill('x'),
  'a long word of wide letters': fill('漢'),
  'a long word in a table': fill('x', '<table><td>'),
  'words of one letter': fill('a '),
  'soft hyphens': fill('a\u00ad'),
  'soft hyphens alone': fill('\u00ad'),
  'spaces of no width': fill('a\u200b'),
  'word joiners': fill('a\u2060'),
  'line separators': fill('\u2028'),
  newlines: fill('\n'),
  'newlines and letters': fill('a\n'),
  'newlines in pre': fill('a\n', '<pre>'),
  tabs: fill('\t'),
  'tabs and letters in pre': fill('\ta', '<pre>'),
  spaces: fill(' ', 'a'),
  'spaces in pre': fill(' ', '<pre>a'),
  'object replacements': fill('\ufffc'),
  'controls of lines': fill('\v\f'),
  controls: fill('\u0001\u007f\u0085'),
  'lone surrogates': '\ud800'.repeat(20_000),
  'musical symbols joined': fill('𝅘𝅥𝅮'),
  ligatures: fill('ﷺ'),
  'fractions and ligatures': fill('1⁄2fi'),
  'breaks by the thousand': fill('<br>').slice(0, 4 * 1000),
  'word breaks': fill('x<wbr>').slice(0, 6 * 999),
  rules: '<hr>'.repeat(999),
  'a table of many empty places': `<table><tr>${'<td>x'.repeat(490)}${'<tr><td>x'.repeat(240)}`,
  'a table of wide rows': `<table>${'<tr><td colspan=50>x'.repeat(490)}`,
  'a table of wide and many rows': `<table><tr>${'<td colspan=50>x'.repeat(20)}${'<tr><td>x'.repeat(150)}`,
  'a table of deep and many columns': `<table><tr>${'<td rowspan=50>x'.repeat(20)}${'<td>x'.repeat(120)}${'<tr>'.repeat(200)}`,
  'tables side by side in cells': `<table>${'<td><table><td colspan=50>x</table>'.repeat(60)}`,
  'a table of spans': '<table>' + '<tr><td colspan=50 rowspan=50>'.repeat(123),
  'many tables of spans': '<table><td colspan=50 rowspan=50>x</table>'.repeat(330),
  'columns of spans': `<table>${'<col span=50>'.repeat(990)}<td>x`,
  'groups of columns': `<table>${'<colgroup span=50></colgroup>'.repeat(490)}<td>x`,
  'a table of cells': `<table>${'<td>x'.repeat(990)}`,
  'a table of rows': `<table>${'<tr><td>x'.repeat(480)}`,
  'a square table': `<table>${`<tr>${'<td>x y z'.repeat(30)}`.repeat(30)}`,
  'tables in tables': '<table><td>'.repeat(8) + 'x y z '.repeat(5000),
  'tables in tables, each of many': '<table>' + '<td><table><td>a b<td>c d</table>'.repeat(190),
  'tables in tables, with words': '<table><td>a b c<td>'.repeat(7) + fill('x y z ').slice(0, 50_000),
  'empty tables': '<table></table>'.repeat(499),
  'lists in lists': '<ul><li>'.repeat(16) + 'x y z '.repeat(5000),
  'lists in lists, with letters': '<ol type=i><li>a'.repeat(16) + fill('漢').slice(0, 19_000),
  'quotations in quotations': '<blockquote>'.repeat(31) + fill('x').slice(0, 59_000),
  'list items': `<ol start=300000 type=I>${'<li>x'.repeat(990)}`,
  'lists side by side': '<ul><li>x</ul>'.repeat(330),
  'descriptions in descriptions': '<dl><dd>'.repeat(16) + fill('x').slice(0, 59_000),
  'ruby by the hundred': '<ruby>漢<rt>kan</rt></ruby>'.repeat(240),
  'ruby of many parts': `<ruby>${'漢<rt>kan</rt>'.repeat(490)}</ruby>`,
  'ruby in ruby': '<ruby>a<rt>'.repeat(15) + 'x y z '.repeat(5000),
  'ruby of a long text': `<ruby>${fill('x ').slice(0, 29_000)}<rt>${fill('y ').slice(0, 29_000)}`,
  'details open': '<details open><summary>a</summary>b</details>'.repeat(240),
  'details in details': '<details open><summary>a'.repeat(15) + 'x y z '.repeat(5000),
  'headings by the hundred': '<h1>a</h1>'.repeat(490),
  'a long heading': fill('Word ', '<h1>'),
  'formatting by letter': '<b>a</b>'.repeat(490),
  'formatting in formatting': '<b><i>'.repeat(15) + fill('x').slice(0, 59_000),
  'raised and lowered': '<sup>a<sub>b</sub></sup>'.repeat(240),
  'raised on raised': '<sup>'.repeat(31) + fill('x y ').slice(0, 50_000),
  'quotes by the hundred': '<q>a</q>'.repeat(490),
  'formatting opened again':
    Array.from({ length: 30 }, (_, at) => `<b title="${at}">`).join('') + '<p>x'.repeat(30),
  'languages by the hundred': Array.from(
    { length: 490 },
    (_, at) => `<span lang="${at.toString(36)}-x">漢</span>`,
  ).join(''),
  'directions by element': '<p dir=rtl>a א b</p>'.repeat(490),
  'links by the hundred': '<a href=http://a.b>x</a>'.repeat(490),
  'images by the hundred':
    '<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" alt="x">'.repeat(
      400,
    ),
  'words for images': '<img alt="x y z">'.repeat(990),
  'words for images that are none':
    `<img src="data:image/png;base64,${EMPTY_PNG}" alt="a${'\u0301'.repeat(20)}${'אa1'.repeat(340)}">`.repeat(
      40,
    ),
  'attributes by the hundred': fill(
    '<b title=x dir=ltr lang=a open reversed start=1 type=1 scope=col value=x span=2 colspan=2 rowspan=2 alt=x>y</b>',
  ),
  'a long title': `<b title="${fill('a\u0301\u0301').slice(0, 19_000)}">x</b>`,
  'brackets beside a tag': fill('<', '<b>x</b>'),
  'ampersands beside a tag': fill('&', '<b>x</b>'),
  'brackets of tags': fill('<'),
  'tags without an end': fill('<a href="'),
  'attributes without an end': fill('a="b" ', '<a '),
  'attributes of one tag': fill('a ', '<a ').slice(0, 59_000) + '>',
  'spaces in a tag': fill(' ', '<a'),
  'quotes unclosed': fill(`<b title='"`),
  ampersands: fill('&'),
  references: fill('&lt;'),
  'references without an end': fill('&#1'),
  'a long reference': fill('1', '&#'),
  'a long name of a reference': fill('a', '&'),
  'names of references': fill('&CounterClockwiseContourIntegral;'),
  'names of no references, all other': Array.from({ length: 7000 }, (_, at) => `&a${at.toString(36)};`).join(
    '',
  ),
  'names of no references': fill('&nothing;'),
};
