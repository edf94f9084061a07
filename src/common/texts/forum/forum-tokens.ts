import { ANY, MENTION, hasToken, withStems } from '../search-words.js';
import { withoutQuoted } from './quote-marks.js';

const IMAGE = /!\[[^[\]\n]*\]\([^()\s]/;

/** The token of a topic that has a tag. */
export const tagToken = (tag: string) => `tag:${tag}`;

/** What a post says, with its poll: `heading` is the title of the topic that it began, before that was merged into another one. */
interface Said {
  body?: string | null | undefined;
  heading?: string | null | undefined;
  attachments?: readonly { kind: string }[] | null | undefined;
  poll?: { question: string; options: readonly { text: string }[] } | null | undefined;
}

/**
 * What a post is found by: the stems of its own words, and that it has an image, be it attached, or a poll. Words that it quotes are found where they were written, as long
 * as they stand there.
 */
export function postTokens({ body, heading, attachments, poll }: Said): string[] {
  const text = withoutQuoted(body ?? '');
  const hasImage = IMAGE.test(text) || (attachments ?? []).some(({ kind }) => kind === 'image');
  const things = [hasImage ? [hasToken('image')] : [], poll ? [hasToken('poll')] : []].flat();
  const choices = poll ? [poll.question, ...poll.options.map((one) => one.text)] : [];
  return withStems([ANY, ...things], [heading ?? '', text.replace(MENTION, ' '), ...choices]);
}

/** What a topic is found by: the stems of the words of its title, its tags and its question. */
export const topicTokens = (words: readonly string[]): string[] => withStems([ANY], words);

/** What a topic is found by before all others: the stems of the words of its title alone, and its tags. */
export const titleTokens = (title: string, tags: readonly string[]): string[] =>
  withStems([ANY, ...tags.map(tagToken)], [title]);
