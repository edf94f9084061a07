import fc from 'fast-check';
import { TICK, capClaim, freePlace, timeClaims } from './claims.js';

describe('claims', () => {
  it('given 45 minutes, then nine ticks of one person, padded so that they sort like time', () => {
    const from = Date.parse('2026-10-14T07:00:00Z');
    const claims = timeClaims('hanna', from, from + 9 * TICK);
    expect(claims).toHaveLength(9);
    expect(claims[0]).toBe('hanna#05973204');
    expect([...claims].sort()).toEqual(claims);
  });

  it('given two stretches of one person, then they share a claim exactly when they overlap', () => {
    const ticks = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(ticks, ticks, ([a, long], [b, wide]) => {
        const one = new Set(timeClaims('x', a * TICK, (a + long) * TICK));
        const shared = timeClaims('x', b * TICK, (b + wide) * TICK).some((claim) => one.has(claim));
        expect(shared).toBe(a < b + wide && b < a + long);
        expect(timeClaims('y', b * TICK, (b + wide) * TICK).some((claim) => one.has(claim))).toBe(false);
      }),
    );
  });

  it.each<[number[], number, number | null]>([
    [[], 3, 1],
    [[1, 3], 3, 2],
    [[1, 2, 3], 3, null],
    [[1, 5], 2, null],
    [[4], 2, 1],
  ])('given places %j taken of %i, then the next is %p', (taken, cap, place) => {
    expect(freePlace(new Set(taken), cap)).toBe(place);
  });

  it('given a place, then it has one name', () => {
    expect(capClaim('hanna', 'd20740', 2)).toBe('cap:hanna#d20740#2');
  });
});
