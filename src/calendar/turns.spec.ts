import fc from 'fast-check';
import { turnsOf } from './turns.js';

const MINUTE = 60_000;
const at = (time: string) => Date.parse(`2026-10-14T${time}:00Z`);

describe('turns', () => {
  it.each([
    ['08:00', '09:30', ['hanna#4']],
    ['08:00', '10:00', ['hanna#4']],
    ['09:55', '10:05', ['hanna#4', 'hanna#5']],
    ['22:30', '23:00', ['hanna#11']],
  ])('given %s to %s, then %j', (from, to, turns) => {
    expect(turnsOf([{ userId: 'hanna', from: at(from), to: at(to) }])).toEqual(turns);
  });

  it('given two stretches of one person that overlap, then they share a turn, and nobody has more than twelve', () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 2000 }));
    fc.assert(
      fc.property(stretch, stretch, ([a, long], [b, wide]) => {
        const of = (from: number, minutes: number) =>
          turnsOf([{ userId: 'x', from: at('00:00') + from * MINUTE, to: at('00:00') + (from + minutes) * MINUTE }]);
        const [one, other] = [of(a, long), of(b, wide)];
        expect(one.length).toBeLessThanOrEqual(12);
        if (a < b + wide && b < a + long) expect(one.some((turn) => other.includes(turn))).toBe(true);
      }),
    );
  });
});
