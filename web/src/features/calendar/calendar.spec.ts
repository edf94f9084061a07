import 'temporal-polyfill/global';
import { clockChange, dayFrom, lanesOf, minutesInto, residencyWeek, weeksOfMonth } from './calendar';

const day = (text: string) => Temporal.PlainDate.from(text);

describe('a month', () => {
  it('has whole weeks from Monday', () => {
    const weeks = weeksOfMonth(day('2026-10-13'));
    expect(weeks).toHaveLength(5);
    expect(weeks[0]![0]!.toString()).toBe('2026-09-28');
    expect(weeks.at(-1)!.at(-1)!.toString()).toBe('2026-11-01');
  });

  it('may have four weeks or six', () => {
    expect(weeksOfMonth(day('2027-02-10'))).toHaveLength(4);
    expect(weeksOfMonth(day('2027-05-10'))).toHaveLength(6);
  });

  it('counts the weeks of the residency from the week in which it starts', () => {
    const cohort = { startsOn: '2026-09-01', endsOn: '2027-06-30' };
    expect(residencyWeek(day('2026-08-31'), cohort)).toBe(1);
    expect(residencyWeek(day('2026-10-12'), cohort)).toBe(7);
    expect(residencyWeek(day('2026-08-24'), cohort)).toBeNull();
    expect(residencyWeek(day('2027-07-05'), cohort)).toBeNull();
  });

  it('knows the nights in which clocks change', () => {
    expect(clockChange(day('2026-10-25'), 'Europe/Paris')).toBe('back');
    expect(clockChange(day('2027-03-28'), 'Europe/Paris')).toBe('forward');
    expect(clockChange(day('2026-10-25'), 'UTC')).toBeNull();
  });

  it('takes today for nonsense in the address', () => {
    expect(dayFrom('2026-13-45', day('2026-10-13')).toString()).toBe('2026-10-13');
    expect(dayFrom('2026-12-01', day('2026-10-13')).toString()).toBe('2026-12-01');
  });
});

describe('entries of a day', () => {
  const span = (startsAt: string, endsAt: string) => ({ startsAt: `T${startsAt}`, endsAt: `T${endsAt}` });

  it('stand side by side only where they overlap', () => {
    const lanes = lanesOf([span('09', '11'), span('10', '12'), span('11', '13'), span('14', '15')]);
    expect(lanes.map(({ lane, lanes: of }) => [lane, of])).toEqual([
      [0, 2],
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
  });

  it('are measured in minutes of the day, within the day', () => {
    expect(minutesInto('2026-10-13T12:30:00Z', day('2026-10-13'), 'Europe/Paris')).toBe(870);
    expect(minutesInto('2026-10-14T01:00:00Z', day('2026-10-13'), 'Europe/Paris')).toBe(1440);
    expect(minutesInto('2026-10-12T12:00:00Z', day('2026-10-13'), 'Europe/Paris')).toBe(0);
  });
});
