import { stemmer as englishStem } from '@orama/stemmers/english';
import { stemmer as frenchStem } from '@orama/stemmers/french';
import { fold } from './fold.js';

/** A word of a text as it is compared: folded, with its place in the text as typed. */
export interface Word {
  word: string;
  from: number;
  to: number;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const LONGEST_WORD = 40;
const MAX_KEPT = 20_000;

/**
 * Words that hold sentences together and tell nothing apart, in English and French, folded. Those that are a word of substance in the
 * other language ("but", "car", "son") are not among them.
 */
const SMALL_WORDS = new Set(
  (
    'the and of to is it in that for with you are this was be have has at we they from by as or an if our your ' +
    'la le les de des du et un une est que qui dans au aux ce cette ces il elle ils elles ne pas nous vous je se sur par avec ' +
    'pour ou ont mais plus sont ai qu'
  ).split(' '),
);

const kept = new Map<string, readonly string[]>();

/** The words of a text, in its order. */
export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: typed, index } of text.matchAll(WORD)) {
    const word = fold(typed).slice(0, LONGEST_WORD);
    if (word !== '') words.push({ word, from: index, to: index + typed.length });
  }
  return words;
}

/** One letter (what an apostrophe leaves: "l'atelier") or a word that holds sentences together. */
export const isSmall = (word: string) => (word.length === 1 && !/\p{N}/u.test(word)) || SMALL_WORDS.has(word);

/**
 * What a folded word is found by: its stem in English and in French, often the same. A message may be in either language, or both, and
 * short ones do not say which, so both count.
 */
export function stemsOf(word: string): readonly string[] {
  const known = kept.get(word);
  if (known) return known;
  const stems = [...new Set([englishStem(word), frenchStem(word)])].filter((stem) => stem !== '');
  // Words repeat: most are met again soon. Emptied at once, so that what a text invents cannot fill the memory.
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(word, stems);
  return stems;
}

/** The token of every message, by which all of a channel are found. */
export const ANY = '*';
export const fromToken = (userId: string) => `from:${userId}`;
export const hasToken = (what: 'file' | 'link' | 'image' | 'poll') => `has:${what}`;
export const isToken = (what: 'pinned' | 'thread') => `is:${what}`;
/** Of those whom a message names, and of one that names all of its channel. */
export const namesToken = (userId: string) => `names:${userId}`;
export const NAMES_ALL = 'names:all';

/** A person named in a text. */
export const MENTION = /<@[0-9a-f]{24}>/gi;
const LINK = /\bhttps?:\/\/[^\s<>]/i;
const OWN_FILE = /\]\(\/files\//;
const MAX_TOKENS = 600;

/** What of a message its tokens come from. */
export interface Searchable {
  senderId: { toString: () => string };
  body: string;
  deletedAt?: Date | null | undefined;
  attachments?: readonly { name: string; alt: string }[];
  channelId?: { toString: () => string };
  threadId?: object | null;
  pinnedAt?: Date | null;
  /** The channel's own id stands for all in it. */
  names?: readonly { toString: () => string }[];
}

/**
 * The tokens of a message: the stems of its words and of the names of its files, who wrote it, whom it names, what it holds and is. A deleted one has none, so
 * that no index leads to it. At most 600: of the longest texts the last rare words are not found.
 */
export function messageTokens(message: Searchable): string[] {
  const { senderId, body, deletedAt, attachments = [] } = message;
  if (deletedAt) return [];
  const tokens = new Set([ANY, fromToken(String(senderId)), ...marksOf(message)]);
  if (LINK.test(body)) tokens.add(hasToken('link'));
  if (attachments.length > 0 || OWN_FILE.test(body)) tokens.add(hasToken('file'));
  return withStems(tokens, [body.replace(MENTION, ' '), ...attachments.flatMap((file) => [file.name, file.alt])]);
}

/** The tokens of a message that say what it is and whom it names. */
export function marksOf({
  channelId,
  threadId,
  pinnedAt,
  names = [],
}: Omit<Searchable, 'senderId' | 'body'>): string[] {
  return [
    ...(threadId ? [isToken('thread')] : []),
    ...(pinnedAt ? [isToken('pinned')] : []),
    ...names.map((id) => (String(id) === String(channelId) ? NAMES_ALL : namesToken(String(id)))),
  ];
}

/** Some tokens with the stems of all telling words of some texts, at most 600 together. */
export function withStems(some: Iterable<string>, texts: readonly string[]): string[] {
  const tokens = new Set(some);
  for (const text of texts) {
    for (const { word } of wordsIn(text)) {
      if (isSmall(word)) continue;
      for (const stem of stemsOf(word)) tokens.add(stem);
      if (tokens.size >= MAX_TOKENS) return [...tokens].slice(0, MAX_TOKENS);
    }
  }
  return [...tokens];
}
