import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type ClosedOn, closedBy } from './closed-days.js';
import { holidaysOf } from './public-holidays.js';
import { TEMPLATE_MILESTONES, planFrom } from './ten-month-template.js';

const closedOn =
  (...days: string[]): ClosedOn =>
  (day) =>
    days.includes(day) ? { kind: 'holiday', name: 'X' } : null;
const days = (startsOn: string, months: number) =>
  planFrom(startsOn, months, () => null).phases.map((phase) => `${phase.key} ${phase.startsOn} ${phase.endsOn}`);

describe('the phases of the template', () => {
  it.each([
    [
      '2026-09-01',
      10,
      [
        'discover 2026-09-01 2026-10-31',
        'build 2026-11-01 2027-01-31',
        'deploy 2027-02-01 2027-04-30',
        'handover 2027-05-01 2027-06-30',
      ],
    ],
    [
      '2026-01-31',
      10,
      [
        'discover 2026-01-31 2026-03-30',
        'build 2026-03-31 2026-06-29',
        'deploy 2026-06-30 2026-09-29',
        'handover 2026-09-30 2026-11-29',
      ],
    ],
    [
      '2026-09-01',
      5,
      [
        'discover 2026-09-01 2026-09-30',
        'build 2026-10-01 2026-11-15',
        'deploy 2026-11-16 2026-12-31',
        'handover 2027-01-01 2027-01-31',
      ],
    ],
    [
      '2026-09-01',
      1,
      [
        'discover 2026-09-01 2026-09-06',
        'build 2026-09-07 2026-09-15',
        'deploy 2026-09-16 2026-09-24',
        'handover 2026-09-25 2026-09-30',
      ],
    ],
  ])('from %s over %d months', (startsOn, months, expected) => {
    expect(days(startsOn, months)).toEqual(expected);
  });
});

describe('the milestones of the template', () => {
  it('given the public holidays of France, then the plan of a ten-month residency skips them and weekends', async () => {
    const plan = planFrom('2026-09-01', 10, closedBy([], await holidaysOf('FR')));
    expect(plan.milestones.map(({ titleKey, on }) => `${titleKey} ${on}`)).toEqual([
      'welcome 2026-09-01',
      'field-visits 2026-10-01',
      'challenge-framed 2026-10-30',
      'first-prototype 2026-12-07',
      'user-tests 2027-01-08',
      'midway-review 2027-01-29',
      'first-release 2027-03-04',
      'sponsor-review 2027-04-05',
      'impact-measured 2027-04-30',
      'handover-plan 2027-05-19',
      'handover-done 2027-06-18',
      'closing-day 2027-06-30',
    ]);
  });

  it('given a start on a holiday, then the welcome is on the next working day', () => {
    expect(planFrom('2027-01-01', 10, closedOn('2027-01-01')).milestones[0]).toEqual({
      titleKey: 'welcome',
      on: '2027-01-04',
    });
  });

  it('given a country that nobody knows, then no day is a holiday', async () => {
    const [nobodys, french] = [await holidaysOf('XX'), await holidaysOf('FR', 'fr')];
    expect(['2026-07-14', '2026-12-25'].map(nobodys)).toEqual([null, null]);
    expect(['2026-07-14', '2026-12-25'].map(french)).toEqual(['Fête Nationale de la France', 'Noël']);
  });
});

const anyDay = fc
  .integer({ min: 0, max: 365 * 60 })
  .map((offset) => Temporal.PlainDate.from('2000-01-01').add({ days: offset }).toString());

describe('any plan', () => {
  it('covers its months without gap or overlap, and each milestone lies in its phase', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 1, max: 24 }),
        fc.array(anyDay, { maxLength: 40 }),
        (startsOn, months, off) => {
          const plan = planFrom(startsOn, months, closedOn(...off));
          const [first, ...rest] = plan.phases;
          expect(first!.startsOn).toBe(startsOn);
          expect(plan.phases.at(-1)!.endsOn).toBe(plan.endsOn);
          rest.forEach((phase, index) => {
            const before = Temporal.PlainDate.from(plan.phases[index]!.endsOn);
            expect(phase.startsOn).toBe(before.add({ days: 1 }).toString());
          });
          plan.phases.forEach((phase) => expect(phase.endsOn >= phase.startsOn).toBe(true));
          plan.milestones.forEach(({ on }, index) => {
            const phase = plan.phases.find(({ key }) => key === TEMPLATE_MILESTONES[index]!.phase)!;
            expect(on >= phase.startsOn && on <= phase.endsOn).toBe(true);
            expect(on >= (plan.milestones[index - 1]?.on ?? on)).toBe(true);
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
