import { closedProblem, closedTo } from './block-rule.js';

const blocks = (...pairs: [string, string][]) => pairs.map(([userId, blockedId]) => ({ userId, blockedId }));

describe('to whom a conversation of two is closed', () => {
  it.each([
    ['nobody has blocked', [], {}],
    ['one has blocked the other', [['a', 'b']], { b: 'blocked', a: 'you_blocked' }],
    ['the other has', [['b', 'a']], { a: 'blocked', b: 'you_blocked' }],
    [
      'both have',
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
      { a: 'blocked', b: 'blocked' },
    ],
    ['somebody else is blocked', [['a', 'c']], {}],
  ] as const)('given %s', (_, pairs, closed) => {
    const rows = blocks(...pairs.map(([by, whom]) => [by, whom] as [string, string]));
    expect(Object.fromEntries(closedTo(['a', 'b'], rows))).toEqual(closed);
  });

  it('is said without shaming', () => {
    expect(closedProblem('blocked')).toMatchObject({ status: 403, code: 'blocked' });
    expect(closedProblem('you_blocked')).toMatchObject({ status: 409, code: 'you_blocked' });
  });
});
