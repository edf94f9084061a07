import type { Post } from '../../../../../src/contracts/forums';

/** Posts that stood one after the other, and went to the same topic by one person at one time. */
export interface MovedRun {
  posts: [Post, ...Post[]];
  moved: NonNullable<Post['moved']>;
}

/** The rows of a topic: its posts, and in the place of those that were moved together one row. */
export function rowsOf(posts: readonly Post[]): (Post | MovedRun)[] {
  const rows: (Post | MovedRun)[] = [];
  for (const post of posts) {
    const last = rows.at(-1);
    if (!post.moved) rows.push(post);
    else if (last && isRun(last) && isTogether(last, post)) last.posts.push(post);
    else rows.push({ posts: [post], moved: post.moved });
  }
  return rows;
}

export const isRun = (row: Post | MovedRun): row is MovedRun => 'posts' in row;

const isTogether = ({ moved, posts }: MovedRun, { moved: other, number }: Post) =>
  number === (posts.at(-1)?.number ?? 0) + 1 &&
  moved.at === other?.at &&
  moved.by.id === other.by.id &&
  moved.topic?.id === other.topic?.id;
