// Turns what is typed into the HTML that is sealed: a script of its own, which a room loads before anything is said.
//
// It is CommonMark 0.31 for people who chat: of its blocks paragraphs, quotes, lists, fences and HTML, of the rest
// emphasis, code, links, HTML and escapes. A newline is a newline, and what follows a quote or a list on the next line is
// no part of it. `testdata/markdown.json` has what becomes of what.

import { compile, parse, postprocess, preprocess } from 'micromark';
import type { Event, Extension, HtmlExtension } from 'micromark-util-types';
import { DEPTH_MOST, TAGS_MOST } from './view/bounds.ts';

/**
 * Signs of Markdown and HTML, and lines, in one text; one with more is sent as it was typed. The parser takes the square
 * of them.
 */
export const MARKS_MOST = 2 * TAGS_MOST;
/** Letters of a text: no frame takes more bytes. */
export const TEXT_MOST = 65_536;

const MARK = /[*_`[\]<>\n]|[-+.)][ \t]/g;

/** The HTML of a message as it was typed; all that is shown of it as plain text is that text. */
export function toHtml(typed: string): string {
  const text = typed.replace(/\r\n?/g, '\n');
  if (text.length > TEXT_MOST || (text.match(MARK)?.length ?? 0) > MARKS_MOST) return escape(text);
  const html = unshield(formatted(shield(text)));
  return isWithinBounds(html) ? html : escape(text);
}

function formatted(text: string): string {
  const chunks = preprocess()(text, undefined, true);
  const events = withIndents(
    postprocess(
      parse({ extensions: [SYNTAX] })
        .document()
        .write(chunks),
    ),
  );
  const html = compile({ allowDangerousHtml: true, htmlExtensions: [HTML] })(events).trimEnd();
  // A message that is one paragraph says so by itself.
  const blocks = events.filter(([what, { type }]) => what === 'enter' && BLOCKS.has(type));
  return blocks.length === 1 && blocks[0]?.[1].type === 'paragraph' ? html.slice(3, -4) : html;
}

const BLOCKS = new Set(['paragraph', 'blockQuote', 'listOrdered', 'listUnordered', 'codeFenced', 'htmlFlow']);

/** Ends a paragraph before a line that CommonMark would take for more of the quote or the item above (5.1, laziness). */
const endsLazily: Extension = {
  flow: {
    null: {
      tokenize(_effects, ok, nok) {
        return code => (this.interrupt && this.parser.lazy[this.now().line] ? ok(code) : nok(code));
      },
    },
  },
};

/** What of CommonMark is turned off, and left out of what is built (`narrow` in `web/build.mjs`). */
export const LEFT_OUT = [
  'characterReference',
  'codeIndented',
  'definition',
  'hardBreakEscape',
  'headingAtx',
  'labelStartImage',
  'setextUnderline',
  'thematicBreak',
];

const SYNTAX: Extension = { ...endsLazily, disable: { null: LEFT_OUT } };

const HTML: HtmlExtension = {
  enter: {
    linePrefix(token) {
      this.raw(this.sliceSerialize(token));
    },
  },
  exit: {
    // Character references are HTML, and stay what was typed.
    data(token) {
      const text = this.sliceSerialize(token);
      this.raw(this.getData('ignoreEncode') ? text : escape(text, REFERENCES));
    },
    // Its newline says it.
    hardBreakTrailing() {},
    // No reader asks for the language.
    codeFencedFenceInfo() {
      this.resume();
    },
  },
};

const STRAY = /[&<]/g;
/** Those that begin no character reference. */
const REFERENCES = /&(?!(?:#\d+|#x[\da-f]+|[a-z][a-z\d]+);)|</gi;
const escape = (text: string, sign = STRAY): string =>
  text.replace(sign, found => (found === '<' ? '&lt;' : '&amp;'));

/** Leaves the indents of lines within paragraphs, which are shown, and takes away all others. */
function withIndents(events: Event[]): Event[] {
  const kept: Event[] = [];
  let indent: Event[] = [];
  let paragraphs = 0;
  for (const event of events) {
    const [what, { type }] = event;
    if (type === 'linePrefix' && paragraphs === 0) {
      indent.push(event);
      continue;
    }
    kept.push(event);
    if (type === 'paragraph') {
      paragraphs += what === 'enter' ? 1 : -1;
      if (what === 'enter') kept.push(...indent);
    }
    if (type !== 'content') indent = [];
  }
  return kept;
}

/** No character (Unicode, chapter 23.7): what it stands before is none of Markdown's signs there. */
const SHIELD = '\ufdd0';
/** In their place where they are letters: within addresses, and `*` between digits. */
const LETTERS: Record<string, string> = { '*': '\ufdd1', _: '\ufdd2' };

/** Where signs begin a line without meaning a rule, a quote or a list: `* * *`, `>_<`, `-`, `1.` */
const LINE_START =
  /^[ \t]*(?:(?=([-*_])(?:[ \t]*\1){2,}[ \t]*$)|(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]+)*(?=>[^ \t\n]|(?:[-+*]|\d{1,9}[.)])[ \t]*$))/gm;
/** Before a quote, and a fence, of nothing. */
const EMPTY_QUOTE = /(?<!^[ \t]*>.*\n)^[ \t]*(?=>[ \t]*$)/gm;
const EMPTY_FENCE = /^\s*(?=(?:`{3}|~{3}).*\s*$)/;
/** Before links and tags to what no reader goes to, or knows: `list[0](x)`, `<std::string>`, comments. */
const ELSEWHERE = /\](?=\((?!<?(?:https?:\/\/|mailto:)))|<(?=[!?]|(?!https?:|mailto:)[a-z][\w+.-]*:)/gi;
const ADDRESS = /https?:\/\/[^\s<>[\]`"']+/gi;
/** Signs in an address, but for those that may close what surrounds it. */
const WITHIN = /[*_](?![*_.,;:!?)]*$)/g;
const BETWEEN_DIGITS = /(?<=\d)\*{1,2}(?=\d)/g;

const shield = (text: string): string =>
  [LINE_START, EMPTY_QUOTE, EMPTY_FENCE, ELSEWHERE]
    .reduce((shielded, before) => shielded.replace(before, `$&${SHIELD}`), text.replace(NO_CHARACTERS, ''))
    .replace(ADDRESS, address => address.replace(WITHIN, asLetter))
    .replace(BETWEEN_DIGITS, stars => stars.replace(/\*/g, asLetter));

const NO_CHARACTERS = /[\ufdd0-\ufdd2]/g;
const asLetter = (sign: string): string => LETTERS[sign] ?? sign;

/** In the destination of a link they are percent-encoded. */
const unshield = (html: string): string =>
  html
    .replace(/\ufdd1|%EF%B7%91/g, '*')
    .replace(/\ufdd2|%EF%B7%92/g, '_')
    .replace(/\ufdd0|%EF%B7%90/g, '');

const NESTING = /<(\/?)(?:(em|strong|blockquote)|[uo]l)\b/g;

/** Whether readers show its formatting. */
function isWithinBounds(html: string): boolean {
  if ((html.match(/<\/?[a-z]/gi)?.length ?? 0) > TAGS_MOST) return false;
  let depth = 0;
  for (const [, close, single] of html.matchAll(NESTING)) {
    // A list, its item, and what that holds.
    depth += (close ? -1 : 1) * (single ? 1 : 2);
    if (depth > DEPTH_MOST - 2) return false;
  }
  return true;
}
