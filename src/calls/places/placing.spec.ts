import { confirmByFor, lapsed, remindersOf, reranked } from './placing.js';

const at = (iso: string) => new Date(iso);

describe('placing', () => {
  it('given who lost a place, then the next one has as many days, to the same hour of the zone, over the change of the clocks too', () => {
    const lost = { sendAt: at('2026-10-20T11:00:00.000Z'), confirmBy: at('2026-10-24T16:00:00.000Z') };
    expect(confirmByFor(at('2026-10-24T17:00:00.000Z'), lost, 'Europe/Paris')).toEqual(at('2026-10-28T17:00:00.000Z'));
    const sameDay = { sendAt: at('2026-10-20T08:00:00.000Z'), confirmBy: at('2026-10-20T16:00:00.000Z') };
    expect(confirmByFor(at('2026-10-20T17:00:00.000Z'), sameDay, 'Europe/Paris')).toEqual(
      at('2026-10-21T16:00:00.000Z'),
    );
  });

  it('given little time to confirm, then only the reminders that come well after the letter', () => {
    const days = (confirmBy: string) =>
      remindersOf({ sendAt: at('2026-11-03T10:00:00.000Z'), confirmBy: at(confirmBy) }).map((one) => one.days);
    expect(days('2026-11-13T10:00:00.000Z')).toEqual([3, 1]);
    expect(days('2026-11-06T10:00:00.000Z')).toEqual([1]);
    expect(days('2026-11-04T10:00:00.000Z')).toEqual([]);
  });

  it('given a lost place, then it names its turn, and whom it came from and went to', () => {
    const place = {
      state: 'open' as const,
      confirmBy: at('2026-11-13T10:00:00.000Z'),
      since: at('2026-11-03T10:00:00.000Z'),
    };
    const now = at('2026-11-13T10:01:00.000Z');
    expect(lapsed({ turn: 3, place: { ...place, insteadOf: '8-0001' } }, 'not-answered', now, '8-0004')).toMatchObject({
      ...{ kind: 'lapsed', turn: 4, sendAt: now },
      place: { state: 'not-answered', insteadOf: '8-0001', passedTo: '8-0004', since: now },
    });
  });

  it.each([
    ['c', 'a', ['c', 'a', 'b', 'd']],
    ['a', 'c', ['b', 'a', 'c', 'd']],
    ['a', null, ['b', 'c', 'd', 'a']],
    ['b', 'b', ['a', 'b', 'c', 'd']],
    ['b', 'c', ['a', 'b', 'c', 'd']],
  ] as const)(
    'given %s put before %s, then they stand in that order, though some had one rank',
    (id, before, expected) => {
      const list = [
        { id: 'a', rank: 5 },
        { id: 'b', rank: 5 },
        { id: 'c', rank: 7 },
        { id: 'd', rank: 9 },
      ];
      const changed = new Map(reranked(list, id, before)!.map((one) => [one.id, one.rank]));
      const after = list.map((one) => ({ ...one, rank: changed.get(one.id) ?? one.rank }));
      // Who stands by the rank of before and by number where nothing moved.
      expect(after.toSorted((one, other) => one.rank - other.rank).map((one) => one.id)).toEqual(expected);
    },
  );

  it('given somebody who is not on the list, then nothing', () => {
    expect(reranked([{ id: 'a', rank: 1 }], 'x', null)).toBeNull();
    expect(reranked([{ id: 'a', rank: 1 }], 'a', 'x')).toBeNull();
  });
});
