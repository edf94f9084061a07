import type { Types } from 'mongoose';
import { foldedWords } from '../common/texts/fold.js';
import type { TopicSummary } from '../contracts/forums.js';

const MAX_WORDS = 200;
const MAX_MENTIONS = 20;
/** A thread can quote and name more people than a question may call. */
export const MAX_QUOTED = 200;
const MENTION = /<@([0-9a-f]{24})>/gi;

/** Where a topic stands: an accepted answer beats all, then whether anybody but its author wrote. */
export function stateOf(topic: { solved: boolean; others: number }): TopicSummary['state'] {
  if (topic.solved) return 'solved';
  return topic.others > 0 ? 'open' : 'unanswered';
}

/** The words under which a topic is found: its title's and tags' first, then those of the question. */
export function topicWords(title: string, tags: readonly string[], body: string): string[] {
  return foldedWords([title, ...tags, body.replace(MENTION, ' ')], MAX_WORDS);
}

/** The ids named as `<@userId>` in a text, without doubles, at most 20 unless it quotes more. */
export function mentionedIds(body: string, most = MAX_MENTIONS): string[] {
  const ids = [...body.matchAll(MENTION)].flatMap(([, id]) => (id ? [id.toLowerCase()] : []));
  return [...new Set(ids)].slice(0, most);
}

/** The text with names in the place of `<@userId>`. */
export function withNames(body: string, names: ReadonlyMap<string, string>): string {
  return body.replace(MENTION, (_mention, id: string) => `@${names.get(id.toLowerCase()) ?? '…'}`);
}

/** How alike a topic is to some words: in how many of them it agrees, words of the title counting double. */
export function likeness(topic: { title: string; words: readonly string[] }, words: readonly string[]): number {
  const title = new Set(foldedWords([topic.title]));
  const all = new Set(topic.words);
  return words.reduce((sum, word) => sum + (title.has(word) ? 2 : 0) + (all.has(word) ? 1 : 0), 0);
}

/** The words of a title that say what it is about: those of four letters or more, at most 8, the longest first. */
export function tellingWords(title: string): string[] {
  return foldedWords([title])
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length)
    .slice(0, 8);
}

/** Ids as texts. */
export const hexes = (ids: readonly Types.ObjectId[]): string[] => ids.map(String);
