import { answeredSince, lastBefore } from './answered';

const post = (number: number, minute: number, id = 'ali', deletedAt: string | null = null) => ({
  ...{ number, deletedAt, createdAt: `2026-10-13T10:${minute}:00.000Z` },
  author: { id, name: id },
});
const posts = [post(1, 10), post(2, 20), post(4, 30, 'me'), post(3, 25)];

describe('who answered while one writes', () => {
  it('is whoever wrote after the last post that was there, in their order, but oneself and what is deleted', () => {
    const later = [...posts, post(7, 50), post(6, 45, 'zoe'), post(5, 40, 'bea', '2026-10-13T10:41:00.000Z')];
    expect(lastBefore(posts, null)).toBe(4);
    expect(answeredSince(later, 4, 'me').map(({ number }) => number)).toEqual([6, 7]);
    expect(answeredSince(posts, 4, 'me')).toEqual([]);
  });

  it('counts from when it was kept, for what was begun before', () => {
    expect(lastBefore(posts, '2026-10-13T10:20:00.000Z')).toBe(2);
    expect(answeredSince(posts, 2, 'me').map(({ number }) => number)).toEqual([3]);
    expect(lastBefore([], null)).toBe(0);
  });
});
