import { arrivalOf, numberOf, readTo } from './read-posts';

const post = (number: number, author = 'ali', deleted = false) => ({
  ...{ number, author: { id: author } },
  deletedAt: deleted ? '2026-10-13T09:45:00Z' : null,
});
const seen =
  (...numbers: number[]) =>
  (number: number) =>
    numbers.includes(number);

describe('how far one has read', () => {
  it.each([
    ['nothing seen', [], 0],
    ['the question', [1], 1],
    ['up to a gap', [1, 2, 4], 2],
    ['all', [1, 2, 3, 4], 4],
  ])('%s', (_name, numbers, to) => {
    expect(readTo([post(1), post(2), post(3), post(4)], 0, 'me', seen(...numbers))).toBe(to);
  });

  it('passes over what is mine or deleted, and never moves back', () => {
    const posts = [post(4), post(5, 'me'), post(6, 'ali', true), post(7), post(8, 'me')];
    expect(readTo(posts, 4, 'me', seen())).toBe(6);
    expect(readTo(posts, 4, 'me', seen(7))).toBe(8);
    expect(readTo(posts, 9, 'me', seen())).toBe(9);
    expect(readTo([], 3, 'me', seen())).toBe(3);
  });

  it('does not jump over what was not on screen', () => {
    expect(readTo([post(40), post(41)], 10, 'me', seen(40, 41))).toBe(10);
    expect(readTo([post(40), post(41)], 39, 'me', seen(40, 41))).toBe(41);
    // The question stands above a late post of the address.
    expect(readTo([post(40), post(41)], 0, 'me', seen(1, 40, 41))).toBe(1);
    expect(readTo([post(40), post(41)], 0, 'me', seen(40, 41))).toBe(0);
    expect(readTo([post(40), post(41)], 10, 'me', seen(1, 40, 41))).toBe(10);
  });
});

describe('where a topic opens', () => {
  const topic = (readNumber: number, unread: number) => ({ readNumber, unread, readAt: null }) as never;

  it.each([
    ['never opened', topic(0, 9), null, 1],
    ['few that I have read', topic(4, 2), null, 1],
    ['many', topic(15, 3), null, 15],
    ['nothing new', topic(15, 0), null, 1],
    ['a post of the address', topic(15, 3), 40, 40],
    ['one near the start', topic(15, 3), 2, 1],
  ])('%s', (_name, of, wanted, from) => expect(arrivalOf(of, wanted).from).toBe(from));

  it('reads the number of an address', () => {
    expect([numberOf('post-7'), numberOf('post-x'), numberOf('')]).toEqual([7, null, null]);
  });
});
