import { otherOf, stepsOf, timeOf } from './cycle-words';

const session = (number: number, status: 'held' | 'scheduled') => ({
  ...{ id: `s${number}`, number, status },
  startsAt: '2026-10-20T07:00:00.000Z',
});

describe('the steps of a cycle', () => {
  it.each([
    ['nothing booked', [], 0, ['free', 'free', 'free', 'free']],
    ['one held, one booked', [session(1, 'held'), session(2, 'scheduled')], 1, ['held', 'booked', 'free', 'free']],
    [
      'a booked one before a held one',
      [session(1, 'scheduled'), session(2, 'held')],
      1,
      ['booked', 'held', 'free', 'free'],
    ],
    ['a reader of its note, who sees no sessions', [], 3, ['held', 'held', 'held', 'free']],
  ])('given %s', (_name, sessions, held, steps) => {
    expect(stepsOf({ sessions, held, of: 4 })).toEqual(steps);
  });
});

describe('the time a cycle has', () => {
  const window = { from: '2026-10-20', until: '2026-11-20', daysLeft: 12, begun: true };
  it.each([
    ['days', window, '2026-11-08', 'days'],
    ['its last day', { ...window, daysLeft: 0 }, '2026-11-20', 'last'],
    ['none any more', { ...window, daysLeft: 0 }, '2026-11-21', 'over'],
    ['not begun', { ...window, begun: false }, '2026-11-08', 'ahead'],
  ])('given %s', (_name, given, today, kind) => {
    expect(timeOf({ window: given }, today).kind).toBe(kind);
  });
});

it('given one of the two, then the other one; given somebody else, nobody', () => {
  const pair = {
    coach: { id: 'c', name: 'Hanna', avatarUrl: null },
    fellow: { id: 'f', name: 'Inès', avatarUrl: null },
  };
  expect([otherOf(pair, 'c')?.id, otherOf(pair, 'f')?.id, otherOf(pair, 's')]).toEqual(['f', 'c', null]);
});
