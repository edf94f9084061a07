import type { Post } from '../../../../../src/contracts/forums';
import { rowsOf } from './moved-runs';

const by = { id: 'aurore', name: 'Aurore', avatarUrl: null };
const at = '2026-11-20T10:00:00.000Z';
const stays = (number: number) => ({ number, moved: null }) as Post;
const went = (number: number, topicId: string | null = 'a', when = at) =>
  ({
    number,
    moved: { by, at: when, topic: topicId && { id: topicId, title: 'Where it is', number: number + 10 } },
  }) as Post;

/** Each post by its number, each run by all of them. */
const shown = (posts: Post[]) =>
  rowsOf(posts).map((row) => ('posts' in row ? row.posts.map(({ number }) => number) : row.number));

describe('the rows of a topic', () => {
  it.each([
    ['as it is where nothing was moved', [stays(2), stays(3)], [2, 3]],
    ['one row for what went together', [stays(2), went(3), went(4), stays(5), went(6)], [2, [3, 4], 5, [6]]],
    ['another for what went elsewhere', [went(2), went(3, 'b'), went(4, null)], [[2], [3], [4]]],
    ['another for what went at another time', [went(2), went(3, 'a', '2026-11-21T10:00:00.000Z')], [[2], [3]]],
    ['another for what is not on screen', [went(2), went(4)], [[2], [4]]],
  ])('%s', (_name, posts, rows) => expect(shown(posts)).toEqual(rows));
});
