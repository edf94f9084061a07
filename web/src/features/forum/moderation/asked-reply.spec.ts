import type { Post } from '../../../../../src/contracts/forums';
import { askedReply, thanksFor } from './asked-reply';

const post = (number: number, over: Partial<Post> = {}) =>
  ({
    ...{ id: `p${number}`, number, deletedAt: null, votes: 0, reactions: [] },
    author: { id: 'ali', name: 'Ali', avatarUrl: null },
    ...over,
  }) as Post;
const reaction = (...userIds: string[]) => [{ emoji: '🙏', userIds }];

describe('the reply that is asked about', () => {
  it('counts people, and not its author', () => {
    expect(thanksFor(post(2, { reactions: [...reaction('zoe', 'ines'), ...reaction('zoe', 'ali')] }))).toBe(2);
    expect(thanksFor(post(2, { votes: 3, reactions: reaction('zoe') }))).toBe(3);
  });

  it.each<[string, Post[], number | null]>([
    ['the most thanked one', [post(2, { votes: 1 }), post(3, { votes: 2 })], 3],
    ['the first of several', [post(2, { votes: 1 }), post(3, { reactions: reaction('zoe') })], 2],
    ['not the question', [post(1, { votes: 9 })], null],
    ['not one that is gone', [post(2, { votes: 1, deletedAt: '2026-11-20T10:00:00.000Z' })], null],
    ['not one of mine', [post(2, { votes: 1, author: { id: 'zoe', name: 'Zoé', avatarUrl: null } })], null],
    ['none where nobody is thankful', [post(2)], null],
  ])('is %s', (_name, posts, number) => expect(askedReply(posts, 'zoe')?.number ?? null).toBe(number));
});
