import { newSince, unreadOf } from './unread-rule.js';

describe('how many posts are unread', () => {
  it.each([
    ['all read', 7, 7, [], [], 0],
    ['read further than it is', 7, 9, [], [], 0],
    ['never opened', 7, 0, [], [], 7],
    ['some read', 7, 4, [], [], 3],
    ['own ones after it', 7, 4, [2, 5], [], 2],
    ['deleted ones after it', 7, 4, [], [4, 6, 7], 1],
    ['both', 7, 0, [1, 3], [2], 4],
    ['written since the topic was read', 7, 6, [8], [9], 1],
  ])('%s', (_name, lastNumber, readNumber, own, deleted, unread) => {
    expect(unreadOf(lastNumber, readNumber, { own, deleted })).toBe(unread);
  });
});

describe('since when a topic is new', () => {
  const now = new Date('2026-10-31T10:00:00Z');

  it.each([
    ['joined yesterday', new Date('2026-10-30T10:00:00Z'), '2026-10-30T10:00:00.000Z'],
    ['joined long ago', new Date('2026-01-30T10:00:00Z'), '2026-10-01T10:00:00.000Z'],
    ['never joined', null, '2026-10-01T10:00:00.000Z'],
  ])('%s', (_name, joinedAt, since) => expect(newSince(joinedAt, now).toISOString()).toBe(since));
});
