import { excerptOf } from '../common/markdown/excerpt.js';
import { foldedWords } from '../common/texts/fold.js';
import { MENTION, namingOnly } from '../common/texts/forum/own-words.js';

const MAX_WORDS = 600;

/** The ids that a text names. */
export const namedIn = (body: string): string[] => [
  ...new Set([...body.matchAll(MENTION)].map(([, id = '']) => id.toLowerCase())),
];

/** How a topic begins, in plain words. */
export const beginningOf = (body: string): string => excerptOf(namingOnly(body, () => false)) || '…';

/** The words under which a topic is found: its title's and tags' first, then those of its question. */
export const wordsOf = (title: string, tags: readonly string[], body: string): string[] =>
  foldedWords([title, ...tags, body.replace(MENTION, ' ')], MAX_WORDS);

/** The words of an answer, under which its topic is found, too. */
export const wordsOfAnswer = (body: string): string[] => foldedWords([body.replace(MENTION, ' ')], MAX_WORDS);
