// Emoji that members put to a message: one of each member, and few kinds to a message.

import type { Named, Reaction } from '../state.ts';

/** Kinds of reactions to one message. */
export const KINDS_MOST = 8;
/** Reactions to one message. */
export const REACTIONS_MOST = 256;
/** UTF-16 units of an emoji: the longest that Unicode lists has 15. */
export const EMOJI_MOST = 32;

/** By the voices of those who reacted. */
export type Reactions = Map<string, { text: string; who: Named; yours: boolean }>;

/** One emoji as Unicode Technical Standard 51 builds them, by whatever platform, known there or not. */
const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|[\d#*]\ufe0f\u20e3|(?![\d#*]|\p{Regional_Indicator})(?:\p{Emoji}(?:\p{Emoji_Modifier}|\ufe0f)?(?:[\u{e0020}-\u{e007e}]+\u{e007f})?)(?:\u200d\p{Emoji}(?:\p{Emoji_Modifier}|\ufe0f)?)*)$/u;

/** Whether somebody may react by this. */
export const isReaction = (text: string): boolean => text.length <= EMOJI_MOST && EMOJI.test(text);

/** Takes over what a member reacts by; an empty text takes it back, and what is no emoji changes nothing. */
export function react(
  reactions: Reactions,
  voice: string,
  text: string,
  who: Named,
  yours: boolean,
): boolean {
  if (text === '') return reactions.delete(voice);
  if (!isReaction(text)) return false;
  const before = reactions.get(voice);
  if (before && isSameEmoji(before.text, text)) return false;
  const others = [...reactions].filter(([other]) => other !== voice).map(([, each]) => each);
  const same = others.find(each => isSameEmoji(each.text, text));
  const kinds = new Set(others.map(each => each.text));
  if (others.length >= REACTIONS_MOST || (!same && kinds.size >= KINDS_MOST)) return false;
  reactions.delete(voice);
  reactions.set(voice, { text: same?.text ?? text, who, yours });
  return true;
}

/** Counts them by kinds, without those of voices that are ignored. */
export function countReactions(reactions: Reactions, ignored: ReadonlySet<string>): Reaction[] {
  const kinds = new Map<string, Reaction>();
  for (const [voice, { text, who, yours }] of reactions) {
    if (ignored.has(voice)) continue;
    const kind = kinds.get(text) ?? { text, by: [], yours: false };
    kind.by.push(who);
    kind.yours ||= yours;
    kinds.set(text, kind);
  }
  return [...kinds.values()];
}

/** Emoji that are shown large where a message is nothing else. */
export const LONE_MOST = 3;
const LONE = new RegExp(`^(?:\\s*${EMOJI.source.slice(1, -1)}){1,${LONE_MOST}}\\s*$`, 'u');

/** Whether a text is a few emoji, and nothing else. */
export const isLoneEmoji = (text: string): boolean =>
  text.length <= LONE_MOST * EMOJI_MOST && LONE.test(text);

/** The same emoji may be written with and without a selector of its colourful form. */
export const isSameEmoji = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => text.replaceAll('\ufe0f', '');
