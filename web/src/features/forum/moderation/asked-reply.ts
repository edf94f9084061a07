import type { Post } from '../../../../../src/contracts/forums';

/** How many people were thankful for a post: who voted for it, and who put an emoji on it, but its author. */
export function thanksFor({ votes, reactions, author }: Pick<Post, 'votes' | 'reactions' | 'author'>): number {
  const people = new Set(reactions.flatMap(({ userIds }) => userIds).filter((id) => id !== author.id));
  return Math.max(votes, people.size);
}

/** The reply of another one for which most people are thankful, the first of several; null where nobody is. Whoever asked is asked whether it is the answer. */
export function askedReply(posts: readonly Post[], myId: string): Post | null {
  const thanked = posts.filter(
    (post) => post.number > 1 && post.deletedAt === null && post.author.id !== myId && thanksFor(post) > 0,
  );
  return thanked.toSorted((a, b) => thanksFor(b) - thanksFor(a))[0] ?? null;
}
