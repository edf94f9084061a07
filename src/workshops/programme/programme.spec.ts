import fc from 'fast-check';
import { Types } from 'mongoose';
import type { ClosedOn } from '../../cohorts/timeline/closed-days.js';
import { dayOf, daysBetween, plusDays, zonedOf } from '../../common/times/zoned.js';
import { type Copied, type CopyRules, planned, weeksBetween, weeksOn } from './programme.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-10-13T08:00:00Z');

const rules = (more: Partial<CopyRules> = {}): CopyRules => ({
  weeks: 52,
  closed: () => null,
  onClosed: 'move',
  to: { startsOn: '2026-09-01', endsOn: '2028-06-30' },
  now: NOW,
  ...more,
});
const at = (startsAt: string, more: Partial<Copied> = {}): Copied => ({
  _id: new Types.ObjectId(),
  startsAt: new Date(startsAt),
  endsAt: new Date(Date.parse(startsAt) + 2 * HOUR),
  timeZone: 'Europe/Paris',
  ...more,
});
const byName =
  (names: ReadonlyMap<string, string>): ClosedOn =>
  (day) => {
    const name = names.get(day);
    return name === undefined ? null : { kind: 'holiday', name };
  };
const short = (copies: ReturnType<typeof planned>) =>
  copies.map(({ startsAt, fate, closed }) =>
    `${startsAt.toISOString().slice(0, 16)} ${fate} ${closed?.name ?? ''}`.trim(),
  );

describe('by how many weeks a programme moves', () => {
  it.each([
    ['the same day', '2026-09-01', '2026-09-01', 0],
    ['a year later to the date, another weekday', '2026-09-01', '2027-09-01', 52],
    ['three days later', '2026-09-01', '2026-09-04', 0],
    ['four days later', '2026-09-01', '2026-09-05', 1],
    ['half a year earlier', '2027-03-01', '2026-08-31', -26],
  ])('given %s, then the nearest whole number', (_name, from, to, weeks) => {
    expect(weeksBetween(from, to)).toBe(weeks);
  });
});

describe('where a workshop stands', () => {
  it.each([
    ['in winter and in winter', '2026-11-05T08:00:00Z', 52, '2027-11-04T08:00'],
    ['over the autumn night', '2026-10-15T08:00:00Z', 3, '2026-11-05T09:00'],
    ['over the spring night', '2027-03-18T09:00:00Z', 2, '2027-04-01T08:00'],
    ['in the hour that the spring night skips', '2027-03-21T01:30:00Z', 1, '2027-03-28T01:30'],
    ['in the hour that the autumn night repeats: the first', '2026-10-18T00:30:00Z', 1, '2026-10-25T00:30'],
  ])('given one %s, then its hour on the wall stays', (_name, startsAt, weeks, expected) => {
    const [copy] = planned([at(startsAt)], rules({ weeks }));
    expect(copy!.startsAt.toISOString().slice(0, 16)).toBe(expected);
    expect(copy!.endsAt.getTime() - copy!.startsAt.getTime()).toBe(2 * HOUR);
  });

  it('given a day after which the zone’s evening is another day in UTC, then the weekday is that of the zone', () => {
    const [copy] = planned([at('2026-11-06T02:00:00Z', { timeZone: 'America/New_York' })], rules({ weeks: 1 }));
    expect(dayOf(copy!.startsAt, 'America/New_York')).toBe('2026-11-12');
  });

  it('given days before the first or after the last of the cohort, then they are said to be outside', () => {
    const to = { startsOn: '2026-11-03', endsOn: '2026-11-10' };
    const rows = ['2026-10-26', '2026-10-27', '2026-11-03', '2026-11-04'].map((day) => at(`${day}T09:00:00Z`));
    expect(planned(rows, rules({ weeks: 1, to })).map(({ outside }) => outside)).toEqual([true, false, false, true]);
  });

  it('given a new date that has passed, then it is left out, holiday or not', () => {
    const holidays = new Map([['2026-10-06', 'A day']]);
    const rows = [at('2026-10-06T07:00:00Z'), at('2026-10-13T08:00:00Z'), at('2026-10-13T08:05:00Z')];
    expect(
      planned(rows, rules({ weeks: 0, closed: byName(holidays), onClosed: 'leave_out' })).map(({ fate }) => fate),
    ).toEqual(['past', 'past', 'copy']);
  });
});

describe('a holiday', () => {
  const holidays = new Map([
    ['2027-05-06', 'Ascension'],
    ['2027-12-25', 'Christmas'],
    ['2028-01-01', 'New Year'],
  ]);

  it('given one, then the date moves to the next free week, or is left out by choice; the day is named', () => {
    const rows = [at('2026-05-07T08:00:00Z'), at('2026-12-26T09:00:00Z'), at('2026-05-14T08:00:00Z')];
    expect(short(planned(rows, rules({ closed: byName(holidays) })))).toEqual([
      '2027-05-13T08:00 copy Ascension',
      '2028-01-08T09:00 copy Christmas',
      '2027-05-13T08:00 copy',
    ]);
    expect(short(planned(rows, rules({ closed: byName(holidays), onClosed: 'leave_out' })))).toEqual([
      '2027-05-06T08:00 closed Ascension',
      '2027-12-25T09:00 closed Christmas',
      '2027-05-13T08:00 copy',
    ]);
    // Kept as it is, where staff want that, and still named.
    expect(short(planned(rows, rules({ closed: byName(holidays), onClosed: 'keep' })))[0]).toBe(
      '2027-05-06T08:00 copy Ascension',
    );
  });

  it('given a weekly series, then the date is left out, since the series stands there a week later; its last one moves', () => {
    const seriesId = new Types.ObjectId();
    const weekly = ['2026-04-30', '2026-05-07', '2026-05-14'].map((day) =>
      at(`${day}T08:00:00Z`, { seriesId, recurrenceId: new Date(`${day}T08:00:00Z`) }),
    );
    expect(short(planned(weekly, rules({ closed: byName(holidays) })))).toEqual([
      '2027-04-29T08:00 copy',
      '2027-05-13T08:00 taken Ascension',
      '2027-05-13T08:00 copy',
    ]);
    const [, moved] = planned(weekly.slice(0, 2), rules({ closed: byName(holidays) }));
    expect(moved).toMatchObject({ fate: 'copy', recurrenceId: new Date('2027-05-06T08:00:00Z') });
    expect(moved!.startsAt.toISOString()).toBe('2027-05-13T08:00:00.000Z');
  });

  it('given the last two of a series on holidays, then they do not move onto one another', () => {
    const seriesId = new Types.ObjectId();
    const rows = ['2026-05-07', '2026-05-14'].map((day) => at(`${day}T08:00:00Z`, { seriesId }));
    const two = new Map([...holidays, ['2027-05-13', 'Bridge'] as const]);
    expect(short(planned(rows, rules({ closed: byName(two) })))).toEqual([
      '2027-05-20T08:00 copy Ascension',
      '2027-05-20T08:00 taken Bridge',
    ]);
  });

  it('given holidays on that weekday for weeks, then it is left out rather than far away', () => {
    const all = new Map(Array.from({ length: 9 }, (_, week) => [plusDays('2027-05-06', 7 * week), 'Long'] as const));
    expect(short(planned([at('2026-05-07T08:00:00Z')], rules({ closed: byName(all) })))).toEqual([
      '2027-05-06T08:00 closed Long',
    ]);
  });
});

describe('whatever the programme', () => {
  const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC');
  const instant = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2030-12-31T00:00:00Z'),
    noInvalidDate: true,
  });

  it('then each date is whole weeks away, on its weekday, at its hour unless the clock skips it, and as long', () => {
    fc.assert(
      fc.property(instant, zones, fc.integer({ min: -120, max: 120 }), (startsAt, timeZone, weeks) => {
        startsAt.setUTCSeconds(0, 0);
        const row = at(startsAt.toISOString(), { timeZone });
        const [copy] = planned([row], rules({ weeks }));
        const [before, after] = [zonedOf(startsAt, timeZone), zonedOf(copy!.startsAt, timeZone)];
        expect(daysBetween(dayOf(startsAt, timeZone), dayOf(copy!.startsAt, timeZone))).toBe(weeks * 7);
        expect(after.dayOfWeek).toBe(before.dayOfWeek);
        const wanted = after.toPlainDate().toZonedDateTime({ timeZone, plainTime: before.toPlainTime() });
        expect(after.toPlainTime().toString()).toBe(wanted.toPlainTime().toString());
        expect(copy!.endsAt.getTime() - copy!.startsAt.getTime()).toBe(2 * HOUR);
      }),
    );
  });

  it('then nothing that is copied stands on a holiday or in the past, and nothing is lost from the table', () => {
    const days = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 });
    const dayAt = (n: number) => weeksOn(new Date(Date.UTC(2026, 0, 1 + n, 9)), 0, 'UTC');
    fc.assert(
      fc.property(days, days, fc.constantFrom('move' as const, 'leave_out' as const), (starts, free, onHoliday) => {
        const rows = starts.map((n) => at(dayAt(n).toISOString()));
        const holidays = new Map(
          free.map((n): [string, string] => [dayOf(weeksOn(dayAt(n), 52, 'UTC'), 'UTC'), 'Day']),
        );
        const copies = planned(rows, rules({ closed: byName(holidays), onClosed: onHoliday }));
        expect(copies.map(({ row }) => row)).toEqual(rows);
        for (const { startsAt, fate } of copies.filter((copy) => copy.fate === 'copy')) {
          expect([holidays.has(dayOf(startsAt, 'Europe/Paris')), startsAt > NOW, fate]).toEqual([false, true, 'copy']);
        }
      }),
    );
  });
});
