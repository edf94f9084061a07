import 'temporal-polyfill/global';
import { daysTo, standingOf } from './residency';

const cohort = {
  startsOn: '2026-09-01',
  endsOn: '2027-06-30',
  phases: [
    { key: 'discover' as const, name: null, startsOn: '2026-09-01', endsOn: '2026-10-31' },
    { key: 'build' as const, name: null, startsOn: '2026-11-01', endsOn: '2027-01-31' },
    { key: 'deploy' as const, name: null, startsOn: '2027-02-01', endsOn: '2027-04-30' },
    { key: 'handover' as const, name: null, startsOn: '2027-05-01', endsOn: '2027-06-30' },
  ],
};
const on = (day: string) => standingOf(cohort, Temporal.PlainDate.from(day));

describe('where a residency stands', () => {
  it.each([
    ['2026-08-20', 1, 1],
    ['2026-09-01', 1, 1],
    ['2026-09-06', 1, 1],
    ['2026-09-07', 2, 1],
    ['2026-10-31', 9, 1],
    ['2026-11-01', 9, 2],
    ['2026-11-02', 10, 2],
    ['2027-06-30', 44, 4],
    ['2027-09-01', 44, 4],
  ])('on %s it is week %d, phase %d', (day, week, phase) => {
    expect(on(day)).toMatchObject({ week, phase, weeks: 44 });
  });

  it.each([
    ['2026-08-31', 'ahead'],
    ['2026-09-01', 'under_way'],
    ['2027-06-30', 'under_way'],
    ['2027-07-01', 'over'],
  ])('on %s it is %s', (day, at) => {
    expect(on(day).at).toBe(at);
  });

  it('never leaves its line', () => {
    expect(on('2026-01-01').gone).toBe(0);
    const end = on('2028-01-01');
    expect(end.gone).toBeCloseTo(end.spans.reduce((sum, span) => sum + span, 0));
  });

  it('counts the days to a day', () => {
    expect(daysTo(Temporal.PlainDate.from('2026-10-13'), '2026-10-29')).toBe(16);
  });
});
