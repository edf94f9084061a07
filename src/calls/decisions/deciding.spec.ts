import { isHeld, sendAtOf, standingDecision, stateFor, whyNotDecided } from './deciding.js';

const NOW = new Date('2026-11-03T10:00:00.000Z');
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const decision = (kind: 'accepted' | 'waiting' | 'declined', sendAt: Date) => ({
  ...{ kind, sendAt, at: NOW, turn: 1, words: { en: 'a', fr: 'b' }, byId: undefined as never },
});
const file = (more: object = {}) => ({ state: 'submitted' as const, number: 1, ...more });

describe('deciding', () => {
  it.each([
    ['nothing', undefined, 'accepted', 'unknown'],
    ['a draft', { state: 'draft', number: undefined }, 'accepted', 'unknown'],
    ['one that was withdrawn', file({ state: 'withdrawn' }), 'accepted', 'withdrawn'],
    ['one that was handed in', file(), 'declined', null],
    ['one that is asked for a piece', file({ asked: { until: at(5) } }), 'declined', 'asked'],
    ['one that was asked in vain', file({ asked: { until: at(0) } }), 'declined', null],
    ['one whose piece came', file({ asked: { until: at(5), cameAt: NOW } }), 'declined', null],
    ['one that is decided', file({ decision: decision('declined', at(-5)) }), 'accepted', 'decided'],
    ['one that is held', file({ decision: decision('waiting', at(5)) }), 'accepted', 'decided'],
    ['one on the waiting list', file({ decision: decision('waiting', at(0)) }), 'accepted', null],
    [
      'one whose place is lost',
      file({ decision: { ...decision('declined', at(0)), kind: 'lapsed' } }),
      'accepted',
      null,
    ],
    [
      'one whose place is lost',
      file({ decision: { ...decision('declined', at(0)), kind: 'lapsed' } }),
      'waiting',
      'decided',
    ],
    ['one on the waiting list, once more', file({ decision: decision('waiting', at(0)) }), 'waiting', 'decided'],
  ] as const)('given %s, then it is told why not', (_, of, kind, expected) => {
    expect(whyNotDecided(of as never, kind, NOW)).toBe(expected);
  });

  it('given an hour, then it is held until shortly before its end, and stands from its end on', () => {
    const held = decision('accepted', sendAtOf(NOW));
    expect([isHeld(held, at(57)), isHeld(held, at(58)), isHeld(held, at(60))]).toEqual([true, false, false]);
    expect([stateFor(file({ decision: held }), at(59)), stateFor(file({ decision: held }), at(60))]).toEqual([
      ...['submitted', 'accepted'],
    ]);
    const before = decision('waiting', at(-60));
    expect(standingDecision({ decision: held, decidedBefore: before }, at(59))).toBe(before);
    expect(standingDecision({ decision: held, decidedBefore: before }, at(60))).toBe(held);
    expect(stateFor({ ...file(), decision: held, decidedBefore: before }, at(59))).toBe('waiting');
    expect(stateFor({ state: 'withdrawn', decision: held }, at(60))).toBe('withdrawn');
  });
});
