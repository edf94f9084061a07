import { wordsIn } from '../../common/texts/search-words.js';
import { type Meaning, agreeing } from './likeness.js';

const CODE_QUOTE_OR_ADDRESS =
  /```[\s\S]*?(?:```|(?![\s\S]))|`[^`\n]*`|^[ \t]*>.*$|<[@#!][^<>\s]*>|\b(?:https?:\/\/|www\.)\S+/gim;
const QUESTION = /\?(?=[\s)"'*_»”’!]|$)/;
const FEWEST_WORDS = 3;
/** As much of a message is read as of a title that is typed. */
const MOST_READ = 300;
const FEWEST_AGREEING = 2;

/** What of a message asks something: its words without code, quotes, names and addresses. Null for what looks like no question. */
export function questionIn(body: string): string | null {
  const words = body.replace(CODE_QUOTE_OR_ADDRESS, ' ').replace(/\s+/g, ' ').trim();
  if (!QUESTION.test(words) || wordsIn(words).length < FEWEST_WORDS) return null;
  return words.slice(0, MOST_READ);
}

/** Words that ask, in English and French, folded: two questions that share them share nothing. */
const ASKING = new Set(
  (
    'what which where when whose whom does have know knows anyone anybody someone somebody could should would there please ' +
    'quel quelle quels quelles quoi comment pourquoi quand combien lequel laquelle sait savez quelqu faut peut peux pouvez'
  ).split(' '),
);

/** What a question is about: its words without those that ask. */
export const subjectOf = (question: string): string =>
  wordsIn(question)
    .filter(({ word }) => !ASKING.has(word))
    .map(({ from, to }) => question.slice(from, to))
    .join(' ');

/**
 * Does a topic resemble what is asked, so that its answer may be one to it? At least two of its meanings are in the topic, half of all of them, and one in the
 * title or tags: a topic that merely names the same things is none.
 */
export function resembles(
  { tokens, titleTokens }: { tokens: readonly string[]; titleTokens: readonly string[] },
  asked: readonly Meaning[],
): boolean {
  const all = agreeing(asked, [...tokens, ...titleTokens]);
  return all >= FEWEST_AGREEING && 2 * all >= asked.length && agreeing(asked, titleTokens) > 0;
}
