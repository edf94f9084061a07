import fc from 'fast-check';
import type { Phase } from '../../contracts/cohorts/cohorts.js';
import { plusDays } from '../../common/times/zoned.js';
import { milestoneMoves } from './phase-moves.js';
import { type ClosedOn, closedBy } from './closed-days.js';
import { holidaysOf } from './public-holidays.js';

const KEYS = ['discover', 'build', 'deploy', 'handover'] as const;

/** Four phases from a first day and their last days. */
function phases(first: string, ...ends: [string, string, string, string]): Phase[] {
  return KEYS.map((key, index) => {
    const before = ends[index - 1];
    return { key, name: null, startsOn: before ? plusDays(before, 1) : first, endsOn: ends[index] ?? first };
  });
}

const before = phases('2026-09-01', '2026-10-31', '2027-01-31', '2027-04-30', '2027-06-30');
const always: ClosedOn = () => null;
const moved = (after: Phase[], on: string, today = '2026-08-01', holidays: ClosedOn = always) =>
  milestoneMoves(before, after, [{ on }], today, holidays).map(({ to }) => to);

describe('milestones of phases that move', () => {
  const twoWeeksLater = phases('2026-09-15', '2026-11-14', '2027-02-14', '2027-05-14', '2027-07-14');
  const longerBuild = phases('2026-09-01', '2026-10-31', '2027-02-28', '2027-04-30', '2027-06-30');
  const shorterBuild = phases('2026-09-01', '2026-10-31', '2026-12-31', '2027-04-30', '2027-06-30');

  it.each([
    ['all move by two weeks: it does too', twoWeeksLater, '2027-03-24', ['2027-04-07']],
    ['all move by two weeks: the first day stays the first', twoWeeksLater, '2026-09-01', ['2026-09-15']],
    ['its phase is longer: the last working day stays the last', longerBuild, '2027-01-29', ['2027-02-26']],
    ['its phase is longer: the middle stays the middle', longerBuild, '2026-12-16', ['2026-12-30']],
    ['its phase is shorter: it stays inside', shorterBuild, '2027-01-29', ['2026-12-31']],
    ['its phase begins later, and ends as before', longerBuild, '2027-02-01', ['2027-03-01']],
    ['its phase begins later, and ends as before: the end stays', longerBuild, '2027-04-30', []],
    ['another phase changes', longerBuild, '2026-10-15', []],
    ['nothing changes', before, '2026-10-15', []],
  ])('given %s', (_, after, on, to) => expect(moved(after, on)).toEqual(to));

  it('given what is over or is today, then it stays', () => {
    expect(moved(twoWeeksLater, '2026-10-15', '2026-10-16')).toEqual([]);
    expect(moved(twoWeeksLater, '2026-10-15', '2026-10-15')).toEqual([]);
    expect(moved(twoWeeksLater, '2026-10-15', '2026-10-14')).toEqual(['2026-10-29']);
  });

  it('given a weekend or a public holiday, then the next working day of the phase, else the one before', async () => {
    const holidays = closedBy([], await holidaysOf('FR'));
    const aDayLater = phases('2026-09-02', '2026-11-01', '2027-02-01', '2027-05-01', '2027-07-01');
    expect(moved(aDayLater, '2026-11-10', '2026-08-01', holidays)).toEqual(['2026-11-12']);
    expect(moved(aDayLater, '2026-10-31', '2026-08-01', holidays)).toEqual(['2026-10-30']);
    expect(moved(aDayLater, '2027-04-30', '2026-08-01', holidays)).toEqual([]);
  });

  it('given any move, then each falls inside its phase, and a move by whole weeks keeps weekdays and back is where it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8, max: 30 }), fc.integer({ min: 0, max: 300 }), (weeks, offset) => {
        const by = (days: string) => plusDays(days, weeks * 7);
        const after = before.map((phase) => ({ ...phase, startsOn: by(phase.startsOn), endsOn: by(phase.endsOn) }));
        const on = plusDays('2026-09-01', offset);
        const isWeekend = new Date(on).getUTCDay() % 6 === 0;
        fc.pre(!isWeekend && weeks !== 0);
        const [there] = milestoneMoves(before, after, [{ on }], '2026-01-01', always);
        expect(there?.to).toBe(by(on));
        expect(milestoneMoves(after, before, [{ on: by(on) }], '2026-01-01', always)[0]?.to).toBe(on);
      }),
    );
  });
});
