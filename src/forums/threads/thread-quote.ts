import { lengthOfBody } from '../../common/texts/within.js';
import type { ThreadMessage } from './threads.js';

/** As long as a post may be, with all that it quotes. */
const MOST = 30_000;

/** A message of chat as a post quotes it; `body` is null once it is gone there. */
export interface Quoted {
  authorId: { toString(): string };
  bot?: string | null | undefined;
  body?: string | null | undefined;
}

/** What a post says: its own words, then what it quotes, each under the name of who wrote it. What is gone in chat is left out. */
export function wholeText(words: string, quotes: readonly Quoted[] = []): string {
  return quotes.reduce((text, quote) => (quote.body ? below(text, quotationOf(quote, quote.body)) : text), words);
}

/** How long a post is, with what it quotes. */
export const lengthOfPost = (post: { body?: string | null; quotes?: readonly Quoted[] }) =>
  [post, ...(post.quotes ?? [])].reduce((sum, one) => sum + lengthOfBody(one), 0);

/** The first messages of a thread, as many as find room below an introduction. */
export function fitting(words: string, thread: readonly ThreadMessage[], most = MOST): ThreadMessage[] {
  const first = thread.findIndex((_, at) => wholeText(words, thread.slice(0, at + 1)).length > most);
  return first < 0 ? [...thread] : thread.slice(0, first);
}

const quotationOf = ({ authorId, bot }: Quoted, body: string) =>
  `${bot ?? `<@${String(authorId)}>`}\n\n${body.trim()}`.replace(/^(.+)$/gm, '> $1').replace(/^$/gm, '>');

const below = (text: string, more: string) => (text === '' ? more : `${text}\n\n${more}`);
