import fc from 'fast-check';
import { dayOf, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import { MAX_DATES, Repeat } from '../../contracts/workshops/workshop-series.js';
import { newId } from '../../infra/mongo/ids.js';
import { type WallTimes, alongWith, datesOf, editFor, furtherDates, lastDayOf, rruleOf, touchedBy } from './series.js';
import { differing } from '../workshop-fields.js';
import type { WorkshopRow } from '../workshop.schema.js';

const PARIS = 'Europe/Paris';
const repeatOf = (more: Partial<Repeat>): Repeat =>
  Repeat.parse({ unit: 'week', weekdays: [2], ...(!more.until && { count: 3 }), ...more });
const at = (date: string, time: string, timeZone = PARIS, minutes = 120): WallTimes => {
  const startsAt = instantAt(date, time, timeZone);
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000), timeZone };
};
const wall = (instant: Date, timeZone = PARIS) => zonedOf(instant, timeZone).toPlainDateTime().toString().slice(0, 16);

describe('the dates of a rule', () => {
  it.each<[string, WallTimes, Partial<Repeat>, string[]]>([
    ['each Tuesday, three times', at('2026-10-13', '09:00'), {}, ['2026-10-13', '2026-10-20', '2026-10-27']],
    [
      'every two weeks on Tuesday and Thursday until a day, which is in it',
      at('2026-10-13', '09:00'),
      { interval: 2, weekdays: [4, 2], until: '2026-10-29' },
      ['2026-10-13', '2026-10-15', '2026-10-27', '2026-10-29'],
    ],
    [
      'the second Tuesday of each month',
      at('2026-10-13', '09:00'),
      { unit: 'month', ordinal: 2 },
      ['2026-10-13', '2026-11-10', '2026-12-08'],
    ],
    [
      'the last Friday of every other month',
      at('2026-10-30', '09:00'),
      { unit: 'month', ordinal: -1, weekdays: [5], interval: 2 },
      ['2026-10-30', '2026-12-25', '2027-02-26'],
    ],
    [
      'a first day that is not of the rule: the next that is',
      at('2026-10-14', '09:00'),
      {},
      ['2026-10-20', '2026-10-27', '2026-11-03'],
    ],
    [
      'shortly after midnight in a zone far from UTC: the day on its wall',
      at('2026-10-13', '00:30', 'Pacific/Auckland'),
      {},
      ['2026-10-13', '2026-10-20', '2026-10-27'],
    ],
  ])('%s', (_, first, more, dates) => {
    expect(datesOf(first, repeatOf(more)).map(({ date }) => date)).toEqual(dates);
  });

  it('given 09:00 in Paris over both DST nights, then it is 09:00 there on each', () => {
    const dates = datesOf(at('2026-10-20', '09:00'), repeatOf({ until: '2027-04-06' }));
    expect(dates).toHaveLength(25);
    expect(new Set(dates.map(({ startsAt }) => wall(startsAt).slice(11)))).toEqual(new Set(['09:00']));
    expect(dates.map(({ startsAt }) => startsAt.toISOString().slice(11, 16)).join(' ')).toBe(
      `07:00 ${'08:00 '.repeat(22)}07:00 07:00`,
    );
  });

  it('given an hour that the spring night skips, then that date is an hour later; one that the autumn night repeats is the first', () => {
    const spring = datesOf(at('2027-03-21', '02:30', PARIS, 30), repeatOf({ weekdays: [7], count: 3 }));
    expect(spring.map(({ startsAt }) => wall(startsAt))).toEqual([
      '2027-03-21T02:30',
      '2027-03-28T03:30',
      '2027-04-04T02:30',
    ]);
    const autumn = datesOf(at('2026-10-18', '02:30', PARIS, 30), repeatOf({ weekdays: [7], count: 2 }));
    expect(autumn[1]?.startsAt.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('given a rule that never ends soon, then one more than the most is worked out', () => {
    expect(datesOf(at('2026-10-13', '09:00'), repeatOf({ until: '2036-10-13' }))).toHaveLength(MAX_DATES + 1);
  });

  it('is written as RFC 5545 does', () => {
    expect(rruleOf(repeatOf({ unit: 'month', ordinal: -1, weekdays: [5], until: '2027-06-30' }))).toBe(
      'FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR;WKST=MO;UNTIL=20270630T235959Z',
    );
  });
});

const zones = fc.constantFrom(PARIS, 'America/Montreal', 'UTC', 'Pacific/Auckland', 'Asia/Kolkata', 'America/St_Johns');
const days = fc.integer({ min: 0, max: 700 }).map((after) => plusDays('2026-01-01', after));
const hours = fc.integer({ min: 0, max: 287 }).map((five) => {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(five / 12))}:${two((five % 12) * 5)}`;
});
const rules = fc.record({
  unit: fc.constantFrom('week' as const, 'month' as const),
  interval: fc.integer({ min: 1, max: 4 }),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  count: fc.integer({ min: 2, max: 20 }),
  which: fc.constantFrom(-1 as const, 1, 2, 3, 4),
});

it('given a rule that goes on beyond the last year, then the dates end with it', () => {
  const dates = datesOf(at('9999-12-20', '09:00', 'Asia/Tokyo'), repeatOf({ weekdays: [1, 5], count: 10 }));
  expect(dates.map(({ date }) => date)).toEqual(['9999-12-20', '9999-12-24', '9999-12-27', '9999-12-31']);
});

describe('any series', () => {
  it('has as many dates as asked for, in order, on the weekdays of the rule, at one hour on the wall (the gap aside), of one length', () => {
    fc.assert(
      fc.property(days, hours, zones, rules, (day, hour, zone, { which, ...rule }) => {
        const first = at(day, hour, zone, 90);
        const dates = datesOf(first, repeatOf({ ...rule, ordinal: rule.unit === 'month' ? which : null }));
        expect(dates).toHaveLength(rule.count);
        dates.forEach(({ date, startsAt, endsAt }, index) => {
          const there = zonedOf(startsAt, zone);
          expect(rule.weekdays).toContain(there.dayOfWeek);
          expect(startsAt).toEqual(instantAt(date, wall(first.startsAt, zone).slice(11), zone));
          expect(endsAt.getTime() - startsAt.getTime()).toBe(90 * 60_000);
          const before = dates[index - 1];
          if (before) expect(startsAt > before.startsAt).toBe(true);
        });
        expect(dates[0]!.startsAt >= first.startsAt).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

const row = (times: WallTimes, more: Partial<WorkshopRow> = {}) =>
  ({
    ...{
      _id: newId(),
      title: 'Stand-up',
      place: null,
      status: 'published',
      capacity: 20,
      opensAt: null,
      closesAt: null,
    },
    ...times,
    recurrenceId: times.startsAt,
    ...more,
  }) as WorkshopRow;

const NOW = instantAt('2026-10-25', '12:00', PARIS);
const series = ['2026-10-13', '2026-10-20', '2026-10-27', '2026-11-03', '2026-11-10'].map((day) =>
  row(at(day, '09:00')),
);

describe('which dates an act is about', () => {
  const touched = (rows: WorkshopRow[], scope: 'all' | 'following', seen: WorkshopRow) =>
    touchedBy(rows, scope, seen, NOW).map(({ startsAt }) => dayOf(startsAt, PARIS).slice(5));

  it('given all, then those ahead; given those that follow, then from that date on', () => {
    expect(touched(series, 'all', series[3]!)).toEqual(['10-27', '11-03', '11-10']);
    expect(touched(series, 'following', series[3]!)).toEqual(['11-03', '11-10']);
    expect(touched(series, 'following', series[0]!)).toEqual(['10-27', '11-03', '11-10']);
  });

  it('given one cancelled, then it stays out; given one moved behind the others, then it keeps its turn', () => {
    const rows = [
      ...series.slice(0, 2),
      { ...series[2]!, ...at('2026-12-24', '09:00') },
      { ...series[3]!, status: 'cancelled' as const },
      series[4]!,
    ];
    expect(touched(rows, 'all', rows[4]!)).toEqual(['12-24', '11-10']);
    expect(touched(rows, 'following', rows[4]!)).toEqual(['11-10']);
    expect(touched(rows, 'following', rows[2]!)).toEqual(['12-24', '11-10']);
  });
});

describe('what an edit means for another date', () => {
  const [, , seen, other] = series as [WorkshopRow, WorkshopRow, WorkshopRow, WorkshopRow];
  const meant = (edit: Partial<WorkshopRow>, target = other) => ({
    ...target,
    ...editFor(target, seen, differing(seen, edit)),
  });

  it('given another hour, then it is that hour on the wall of each date, on both sides of a DST night', () => {
    const before = row(at('2026-10-20', '09:00'));
    const ten = at('2026-10-27', '10:00');
    expect(wall(meant(ten).startsAt)).toBe('2026-11-03T10:00');
    expect(wall(meant(ten, before).startsAt)).toBe('2026-10-20T10:00');
    expect(wall(meant(ten, before).endsAt)).toBe('2026-10-20T12:00');
  });

  it('given another day, then each moves by as many days and keeps its own hour', () => {
    const late = row(at('2026-11-03', '17:00'));
    const thursday = at('2026-10-29', '09:00');
    expect(wall(meant(thursday, late).startsAt)).toBe('2026-11-05T17:00');
  });

  it('given another length, then each has it and keeps its start', () => {
    const longer = { endsAt: new Date(seen.endsAt.getTime() + 30 * 60_000) };
    const own = row(at('2026-11-03', '17:00', PARIS, 60));
    expect(wall(meant(longer, own).startsAt)).toBe('2026-11-03T17:00');
    expect(wall(meant(longer, own).endsAt)).toBe('2026-11-03T19:30');
  });

  it('given words alone, then a date that was moved or is shorter stays so, and what was said of it alone too', () => {
    const own = row(at('2026-11-04', '14:00', PARIS, 45), { place: 'Room Chartreuse' });
    const edit = { ...at('2026-10-27', '09:00'), title: 'Morning round', place: null };
    expect(meant(edit, own)).toEqual({ ...own, title: 'Morning round' });
  });

  it('given another zone, then the hour is of that zone', () => {
    const moved = at('2026-10-27', '09:00', 'America/Montreal');
    expect(meant(moved)).toMatchObject({
      timeZone: 'America/Montreal',
      startsAt: at('2026-11-03', '09:00', 'America/Montreal').startsAt,
    });
  });

  it('given an opening of its list, then it opens as many days before each, at the same hour', () => {
    const opensAt = instantAt('2026-10-20', '12:00', PARIS);
    expect(wall(meant({ opensAt }).opensAt!)).toBe('2026-10-27T12:00');
    expect(alongWith(null, seen, other)).toBeNull();
  });

  it('given any edit of time, then at the date where it was made it means just that, and made twice it changes nothing more', () => {
    fc.assert(
      fc.property(
        days,
        hours,
        fc.integer({ min: 1, max: 200 }),
        zones,
        days,
        hours,
        (day, hour, five, zone, otherDay, otherHour) => {
          const edit = differing(seen, at(day, hour, zone, five * 5));
          expect({ ...seen, ...editFor(seen, seen, edit) }).toEqual({ ...seen, ...at(day, hour, zone, five * 5) });
          const target = row(at(otherDay, otherHour));
          const once = { ...target, ...editFor(target, seen, edit) };
          const after = { ...seen, ...editFor(seen, seen, edit) };
          expect(editFor(once, after, differing(after, at(day, hour, zone, five * 5)))).toEqual({});
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a rule that goes on', () => {
  const zones = ['Europe/Paris', 'America/Montreal', 'Asia/Kathmandu', 'Pacific/Apia'];

  it('given any rule and any later end, then with its dates so far it makes what the longer rule makes', () => {
    fc.assert(
      fc.property(
        fc.record({
          day: fc.integer({ min: 0, max: 400 }),
          time: fc.constantFrom('00:30', '02:30', '09:00', '23:45'),
          timeZone: fc.constantFrom(...zones),
          interval: fc.integer({ min: 1, max: 3 }),
          weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
          ordinal: fc.constantFrom(null, -1, 1, 3),
          count: fc.integer({ min: 2, max: 20 }),
          more: fc.integer({ min: 1, max: 20 }),
        }),
        ({ day, time, timeZone, interval, weekdays, ordinal, count, more }) => {
          const firstDay = plusDays('2026-01-01', day);
          const first = at(firstDay, time, timeZone);
          const unit = ordinal === null ? ('week' as const) : ('month' as const);
          const repeat = repeatOf({ unit, interval, weekdays, ordinal, count });
          const longer = { ...repeat, count: count + more };
          const soFar = datesOf(first, repeat);
          const like = { ...first, ...soFar.at(-1)!, recurrenceId: soFar.at(-1)!.startsAt };
          const known = { repeat, firstDay, lastDay: lastDayOf(firstDay, repeat), timeZone };
          const further = furtherDates(known, { until: null, count: count + more }, like);
          // An hour that a spring night skips is asked of a date on which it exists.
          fc.pre(wall(like.startsAt, timeZone).slice(11) === time);
          expect([...soFar, ...further.map(({ recurrenceId: _, ...date }) => date)]).toEqual(datesOf(first, longer));
          expect(further.map(({ recurrenceId }) => recurrenceId)).toEqual(further.map(({ startsAt }) => startsAt));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('given a date that was moved by a day and an hour, then so are the new ones, and they keep where the rule has them', () => {
    const repeat = repeatOf({ count: 3 });
    const known = { repeat, firstDay: '2026-10-13', lastDay: '2026-10-27', timeZone: PARIS };
    const like = { ...at('2026-10-21', '10:30'), recurrenceId: at('2026-10-20', '09:00').startsAt };
    const further = furtherDates(known, { until: '2026-11-11', count: null }, like);
    expect(further.map(({ date }) => date)).toEqual(['2026-11-04', '2026-11-11']);
    expect(further.map(({ startsAt }) => wall(startsAt))).toEqual(['2026-11-04T10:30', '2026-11-11T10:30']);
    expect(further.map(({ recurrenceId }) => wall(recurrenceId))).toEqual(['2026-11-03T09:00', '2026-11-10T09:00']);
  });
});
