import fc from 'fast-check';
import { plusDays } from '../../common/times/zoned.js';
import type { Phase } from '../../contracts/cohorts/cohorts.js';
import { type ClosedOn, closedBy } from '../timeline/closed-days.js';
import { holidaysOf } from '../timeline/public-holidays.js';
import { planFrom } from '../timeline/ten-month-template.js';
import { milestonesLike, phasesLike } from './copied-plan.js';

const always: ClosedOn = () => null;
const old = planFrom('2026-09-01', 10, always).phases;
const spans = (phases: readonly Phase[]) => phases.map(({ startsOn, endsOn }) => `${startsOn}/${endsOn}`);

describe('phases of a cohort from another first day on', () => {
  it('given a year later, then what began on the first of a month does again, also through a leap year', () => {
    expect(spans(phasesLike(old, '2027-09-01'))).toEqual([
      '2027-09-01/2027-10-31',
      '2027-11-01/2028-01-31',
      '2028-02-01/2028-04-30',
      '2028-05-01/2028-06-30',
    ]);
  });

  it('given 52 weeks later, then all keep their weekdays', () => {
    expect(spans(phasesLike(old, '2027-08-31'))[3]).toBe('2028-04-29/2028-06-28');
  });

  it('given names of their own, then they keep them', () => {
    expect(phasesLike([{ ...old[0]!, name: 'Explore' }, ...old.slice(1)], '2027-09-01')[0]?.name).toBe('Explore');
  });

  it('given phases of a day or two at the end of a month, then none ends before it begins in a shorter one', () => {
    const short: Phase[] = [
      { key: 'discover', name: null, startsOn: '2026-01-28', endsOn: '2026-01-28' },
      { key: 'build', name: null, startsOn: '2026-01-29', endsOn: '2026-01-29' },
      { key: 'deploy', name: null, startsOn: '2026-01-30', endsOn: '2026-01-30' },
      { key: 'handover', name: null, startsOn: '2026-01-31', endsOn: '2026-02-02' },
    ];
    expect(spans(phasesLike(short, '2026-02-28'))).toEqual([
      '2026-02-28/2026-02-28',
      '2026-03-01/2026-03-01',
      '2026-03-02/2026-03-02',
      '2026-03-03/2026-03-05',
    ]);
  });

  it('given any first day, then they follow each other without gap or overlap from that day on', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800, max: 1600 }), (days) => {
        const startsOn = plusDays('2026-09-01', days);
        const phases = phasesLike(old, startsOn);
        expect(phases[0]?.startsOn).toBe(startsOn);
        phases.forEach(({ startsOn: first, endsOn }, index) => {
          expect(endsOn >= first).toBe(true);
          if (phases[index + 1]) expect(phases[index + 1]?.startsOn).toBe(plusDays(endsOn, 1));
        });
      }),
    );
  });
});

describe('milestones of a cohort in the phases of another one', () => {
  const milestone = (on: string, title = 'Demo') => ({ on, title, titleKey: null });

  it('given days that are closed then, then each falls on a working day of its phase, and its first and last stay so', async () => {
    const french = closedBy([], await holidaysOf('FR'));
    const [from, to] = [
      { phases: old, on: french },
      { phases: phasesLike(old, '2027-09-01'), on: french },
    ];
    const days = milestonesLike(
      [milestone('2026-09-01', 'First'), milestone('2026-11-11', 'Holiday'), milestone('2027-06-30', 'Last')],
      from,
      to,
    );
    expect(days).toEqual([
      { on: '2027-09-01', title: 'First', titleKey: null },
      { on: '2027-11-12', title: 'Holiday', titleKey: null },
      { on: '2028-06-30', title: 'Last', titleKey: null },
    ]);
  });

  it('given a pause of the old cohort alone, then what stood on its last open day is on the last one of the new', () => {
    const paused = closedBy([{ from: '2026-10-26', to: '2026-10-31', name: 'Autumn' }], () => null);
    const to = { phases: phasesLike(old, '2027-09-01'), on: always };
    expect(milestonesLike([milestone('2026-10-23')], { phases: old, on: paused }, to)[0]?.on).toBe('2027-10-29');
  });
});
