import type { Post, Topic } from '../../../../../src/contracts/forums';

/** How a topic was found when it was opened: up to which post I had read it and when, how many were new, and the post to begin with. */
export interface Arrival {
  readNumber: number;
  readAt: string | null;
  unread: number;
  from: number;
}

/** So many posts that I have read are shown rather than put away. */
const FEW = 3;
/** No topic has so many posts. */
const MAX_NUMBER = 1_000_000;

/** `wanted` is the number of the post in the address, if one is. The last post that I have read stays in sight. */
export function arrivalOf({ readNumber, readAt, unread }: Topic, wanted: number | null): Arrival {
  // An address may name a post that no topic has.
  const first = Math.min(wanted ?? (unread > 0 ? readNumber : 1), MAX_NUMBER);
  return { readNumber, readAt, unread, from: first - 1 > FEW ? first : 1 };
}

/** The number in `#post-7`; null in all else. */
export function numberOf(hash: string): number | null {
  const number = /^post-(\d+)$/.exec(hash)?.[1];
  return number === undefined ? null : Number(number);
}

/** Which addresses name a post, and whether it comes before the first one that is there. */
export const POST_ADDRESS = {
  isPost: (hash: string) => numberOf(hash) !== null,
  isBefore: (hash: string, first: Pick<Post, 'number'> | undefined) => (numberOf(hash) ?? 0) < (first?.number ?? 0),
};

type PostFacts = Pick<Post, 'number' | 'deletedAt'> & { author: { id: string } };

/** Whether a post is news for somebody who has read up to a number. */
export const isNews = (post: PostFacts, readNumber: number, myId: string): boolean =>
  post.number > readNumber && post.author.id !== myId && post.deletedAt === null;

/**
 * How far one has read without a gap: up to the last post on screen (in the order of their numbers) before the first that is news and
 * was not seen. What lies between the pointer and the posts on screen was not seen either, but for the question, which stands above them.
 */
export function readTo(
  posts: readonly PostFacts[],
  readNumber: number,
  myId: string,
  isSeen: (number: number) => boolean,
): number {
  if ((posts[0]?.number ?? 1) > readNumber + 1) return isSeen(1) ? Math.max(readNumber, 1) : readNumber;
  const unseen = posts.find((post) => isNews(post, readNumber, myId) && !isSeen(post.number));
  const last = unseen ? unseen.number - 1 : (posts.at(-1)?.number ?? 0);
  return Math.max(readNumber, last);
}
