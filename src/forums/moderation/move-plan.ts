import type { Types } from 'mongoose';
import type { PostRow } from '../post.schema.js';

/** What of a post says how it moves, and what it says. */
export type Movable = Pick<PostRow, '_id' | 'number' | 'authorId' | 'deletedAt' | 'createdAt'> &
  Partial<Pick<PostRow, 'body' | 'attachments' | 'poll'>>;

/** A post with its number where it stood, and where it will. */
export interface Step {
  post: Movable;
  number: number;
}

/** What moving some posts makes of the counters of a topic: how many living ones there are of them, and how many of those are not by its author. */
export interface Counted {
  posts: number;
  others: number;
}

/** Posts keep their order and stand behind the last one of where they go. */
export const stepsOf = (posts: readonly Movable[], lastNumber: number): Step[] =>
  posts.toSorted((a, b) => a.number - b.number).map((post, at) => ({ post, number: lastNumber + 1 + at }));

/** What some posts are to the topic of an author. */
export function counted(posts: readonly Movable[], authorId: Types.ObjectId): Counted {
  const living = posts.filter(({ deletedAt }) => !deletedAt);
  return { posts: living.length, others: living.filter((post) => !post.authorId.equals(authorId)).length };
}

/** The answer goes along where the other topic is a question that has none, and does not begin with it. */
export const takesAnswer = (to: { kind: string; answerId: Types.ObjectId | null }, answer: Step | undefined): boolean =>
  to.kind === 'question' && to.answerId === null && answer !== undefined && answer.number > 1;
