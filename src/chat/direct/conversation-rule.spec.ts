import { closedConversation, isConnected } from './conversation-rule.js';

const cohorts = (of: Record<string, string[]>) => new Map(Object.entries(of));

describe('whether the people of a conversation belong together', () => {
  it.each([
    ['one alone, who belongs nowhere', ['a'], {}, true],
    ['two of one cohort', ['a', 'b'], { a: ['1', '2'], b: ['2'] }, true],
    ['two of different ones', ['a', 'b'], { a: ['1'], b: ['2'] }, false],
    ['two of whom one belongs nowhere', ['a', 'b'], { a: ['1'] }, false],
    ['several, roped by one of them', ['a', 'b', 'c'], { a: ['1'], b: ['1', '2'], c: ['2'] }, true],
    ['several of whom one has nobody', ['a', 'b', 'c'], { a: ['1'], b: ['1'], c: ['2'] }, false],
    ['two pairs without a rope', ['a', 'b', 'c', 'd'], { a: ['1'], b: ['1'], c: ['2'], d: ['2'] }, false],
    ['a long rope in an odd order', ['a', 'd', 'c', 'b'], { a: ['1'], b: ['1', '2'], c: ['2', '3'], d: ['3'] }, true],
  ] as const)('given %s', (_, people, of, expected) => {
    expect(isConnected(people, cohorts(of as unknown as Record<string, string[]>))).toBe(expected);
  });
});

describe('to whom a conversation is closed', () => {
  it('given nobody who shares a cohort, then to all, whoever blocked whom', () => {
    const closed = closedConversation(['a', 'b'], [{ userId: 'a', blockedId: 'b' }], cohorts({ a: ['1'], b: ['2'] }));
    expect([...closed]).toEqual([
      ['a', 'no_common_cohort'],
      ['b', 'no_common_cohort'],
    ]);
  });

  it('given two of one cohort, then as they blocked; given several, blocks close nothing', () => {
    const blocks = [{ userId: 'a', blockedId: 'b' }];
    const together = cohorts({ a: ['1'], b: ['1'], c: ['1'] });
    expect(closedConversation(['a', 'b'], blocks, together).get('b')).toBe('blocked');
    expect(closedConversation(['a', 'b', 'c'], blocks, together).size).toBe(0);
  });
});
