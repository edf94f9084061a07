import { countFiles, medianOf, summed, withoutSmall } from './counting.js';

const at = (day: string, hour = '10') => new Date(`${day}T${hour}:00:00.000Z`);
const words = { en: '', fr: '' };
const decision = (day: string) => ({
  kind: 'accepted' as const,
  at: at(day),
  sendAt: at(day),
  byId: null as never,
  words,
  turn: 1,
});
const file = (day: string, more: Record<string, unknown> = {}) => ({
  ...{ createdAt: at(day), state: 'submitted' as const, submitted: { at: at(day), answers: { craft: 'designer' } } },
  ...more,
});

describe('countFiles', () => {
  it('counts by the days of the zone, drafts and what was taken back only as such', () => {
    const files = [
      file('2026-10-01', { createdAt: at('2026-10-01', '22'), state: 'draft', submitted: null }),
      file('2026-10-02', { state: 'withdrawn' }),
      file('2026-10-02', { decision: decision('2026-10-12') }),
      file('2026-10-03', { decision: decision('2026-12-01') }),
    ];
    expect(countFiles(files, ['craft', 'sex'], 'Europe/Paris', at('2026-11-01'))).toEqual({
      begun: { '2026-10-02': 3, '2026-10-03': 1 },
      submitted: { '2026-10-02': 2, '2026-10-03': 1 },
      options: { craft: { designer: 2 } },
      standing: { all: 2 },
      decisions: { accepted: 1 },
      waited: { '10': 1 },
      letters: { '2026-10-12': 1 },
    });
  });
});

describe('summed', () => {
  it('adds what was erased', () => {
    const one = countFiles([file('2026-10-02')], ['craft'], 'UTC', at('2026-11-01'));
    const sum = summed(one, {
      begun: { '2026-10-02': 2 },
      options: { craft: { designer: 1, data: 1 }, sex: { f: 1 } },
    });
    expect(sum).toMatchObject({
      begun: { '2026-10-02': 3 },
      options: { craft: { designer: 2, data: 1 }, sex: { f: 1 } },
    });
    expect(summed(one)).toEqual(one);
  });
});

describe('withoutSmall', () => {
  it.each([
    [
      [12, 7, 30],
      [12, 7, 30],
    ],
    [
      [12, 4, 30],
      [null, null, 30],
    ],
    [
      [12, 4, 3],
      [12, null, null],
    ],
    [
      [12, 4, 0],
      [12, null, null],
    ],
    [
      [0, 12],
      [0, 12],
    ],
    [
      [3, 0, 0],
      [null, null, null],
    ],
    [[4], [null]],
    [[], []],
  ])('of %j is %j', (groups, shown) => {
    expect(withoutSmall(groups)).toEqual(shown);
  });

  it('leaves two answers to how many there are in each small group, whoever knows the whole and these rules', () => {
    const told = new Map<string, Set<number>[]>();
    const all = (most: number) => Array.from({ length: most + 1 }, (_, n) => n);
    for (const a of all(12))
      for (const b of all(12))
        for (const c of all(12)) {
          const groups = [a, b, c];
          const key = JSON.stringify([withoutSmall(groups), a + b + c]);
          const known = told.get(key) ?? groups.map(() => new Set<number>());
          groups.forEach((n, index) => known[index]?.add(n));
          told.set(key, known);
        }
    const exact = [...told].filter(([key, values]) => {
      const [shown] = JSON.parse(key) as [(number | null)[]];
      return shown.some((n, index) => n === null && values[index]?.size === 1);
    });
    expect(exact).toEqual([]);
  });
});

describe('medianOf', () => {
  it.each([
    [{}, null],
    [{ '10': 1 }, 10],
    [{ '9': 1, '10': 1 }, 9],
    [{ '2': 1, '10': 3, '30': 1 }, 10],
  ])('of %j is %s', (tally: Record<string, number>, median) => {
    expect(medianOf(tally)).toBe(median);
  });
});
