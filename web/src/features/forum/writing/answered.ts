import type { Post } from '../../../../../src/contracts/forums';

type PostFacts = Pick<Post, 'number' | 'createdAt' | 'deletedAt'> & { author: Pick<Post['author'], 'id' | 'name'> };

/** The last post that was there when one began to write, or when what was begun was last kept. */
export function lastBefore(posts: readonly PostFacts[], keptAt: string | null): number {
  const seen = keptAt === null ? posts : posts.filter(({ createdAt }) => Date.parse(createdAt) <= Date.parse(keptAt));
  return seen.reduce((last, { number }) => Math.max(last, number), 0);
}

/** What others wrote since, in their order. */
export const answeredSince = <T extends PostFacts>(posts: readonly T[], since: number, myId: string): T[] =>
  posts
    .filter(({ number, author, deletedAt }) => number > since && author.id !== myId && deletedAt === null)
    .sort((one, other) => one.number - other.number);
