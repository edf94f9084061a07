import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { dayNumber, weekOf } from '../../common/times/zone-offsets.js';
import { dayOf, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';
import { availabilityProblems } from '../availability/availability.rules.js';
import { type Busy, inOrder } from '../availability/busy-walks.js';
import { type Offer, type Stretch, numbered } from '../availability/hours.js';
import { type CoachCalendar, type SlotQuery, refusalOf, slotsOf } from './slots.js';

const at = (text: string) => Date.parse(text);
const HOURS: Availability = {
  timeZone: 'Europe/Paris',
  weekly: [{ weekday: 3, start: '09:00', end: '12:00' }],
  exceptions: [],
  slotMinutes: 45,
  bufferMinutes: 15,
  minNoticeHours: 0,
  horizonDays: 60,
  maxPerDay: 3,
  maxPerWeek: 9,
};
const coach = (hours: Partial<Offer> = {}, more: Partial<CoachCalendar> = {}): CoachCalendar => ({
  coachId: 'hanna',
  availability: { ...HOURS, ...hours },
  busy: [],
  elsewhere: [],
  perDay: new Map(),
  perWeek: new Map(),
  ...more,
});
/** Wednesday 14 October 2026, seen the evening before. */
const LOOK: SlotQuery = {
  now: at('2026-10-13T18:00:00Z'),
  from: at('2026-10-14T00:00:00Z'),
  to: at('2026-10-15T00:00:00Z'),
  mine: [],
};
const stretch = (from: string, to: string): Stretch => ({
  from: at(`2026-10-14T${from}Z`),
  to: at(`2026-10-14T${to}Z`),
});
const times = (list: Stretch[]) => list.map(({ from }) => new Date(from).toISOString().slice(11, 16));
const reasons = (calendar: CoachCalendar, look: Partial<SlotQuery> = {}) => {
  const { free, hidden } = slotsOf([calendar], { ...LOOK, ...look, explain: true });
  expect(slotsOf([calendar], { ...LOOK, ...look })).toEqual({ free, hidden: [], explainedUntil: null });
  return [
    ...free.map((slot) => [times([slot])[0], 'free'] as const),
    ...hidden.map((slot) => [times([slot])[0], slot.reason] as const),
  ].sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
};

describe('slots of one coach', () => {
  it.each<[string, CoachCalendar, Partial<SlotQuery>, string[]]>([
    ['nothing booked', coach(), {}, ['07:00 free', '08:00 free', '09:00 free']],
    ['one booked', coach({}, { busy: [stretch('08:00', '08:45')] }), {}, ['07:00 free', '08:00 busy', '09:00 free']],
    [
      'one booked off the raster',
      coach({}, { busy: [stretch('07:15', '08:00')] }),
      {},
      ['07:00 busy', '08:00 buffer', '09:00 free'],
    ],
    [
      'one that ends a buffer before',
      coach({}, { busy: [stretch('06:00', '06:45')] }),
      {},
      ['07:00 free', '08:00 free', '09:00 free'],
    ],
    [
      'one that ends less than a buffer before',
      coach({}, { busy: [stretch('06:00', '06:50')] }),
      {},
      ['07:00 buffer', '08:00 free', '09:00 free'],
    ],
    [
      'one that begins less than a buffer after',
      coach({}, { busy: [stretch('09:55', '11:00')] }),
      {},
      ['07:00 free', '08:00 free', '09:00 buffer'],
    ],
    [
      'one booked when the pause after it was an hour',
      coach({}, { busy: [{ ...stretch('07:00', '07:45'), held: at('2026-10-14T08:45:00Z') }] }),
      {},
      ['07:00 busy', '08:00 buffer', '09:00 free'],
    ],
    [
      'my own meeting as a coach, with a pause after it',
      coach(),
      { mine: [{ ...stretch('07:00', '07:45'), held: at('2026-10-14T08:15:00Z') }] },
      ['07:00 you_are_busy', '08:00 you_are_busy', '09:00 free'],
    ],
    [
      'a pause that is longer than the next meeting',
      coach(
        {},
        { busy: [{ ...stretch('06:00', '06:30'), held: at('2026-10-14T08:30:00Z') }, stretch('07:00', '07:05')] },
      ),
      {},
      ['07:00 busy', '08:00 buffer', '09:00 free'],
    ],
    [
      'busy stretches in each other',
      coach({}, { busy: [stretch('06:00', '09:10'), stretch('07:00', '07:10')] }),
      {},
      ['07:00 busy', '08:00 busy', '09:00 busy'],
    ],
    [
      'a full day',
      coach({}, { perDay: new Map([[20740, 3]]) }),
      {},
      ['07:00 day_cap', '08:00 day_cap', '09:00 day_cap'],
    ],
    [
      'a full week',
      coach({}, { perWeek: new Map([[2963, 9]]) }),
      {},
      ['07:00 week_cap', '08:00 week_cap', '09:00 week_cap'],
    ],
    [
      'the week before full',
      coach({}, { perWeek: new Map([[2962, 9]]) }),
      {},
      ['07:00 free', '08:00 free', '09:00 free'],
    ],
    [
      'my own meeting',
      coach(),
      { mine: [stretch('08:30', '09:00')] },
      ['07:00 free', '08:00 you_are_busy', '09:00 free'],
    ],
    ['a notice of 14 hours', coach({ minNoticeHours: 14 }), {}, ['07:00 notice', '08:00 free', '09:00 free']],
    [
      'a horizon of one day',
      coach({ horizonDays: 1 }),
      { now: at('2026-10-13T08:30:00Z') },
      ['07:00 free', '08:00 free', '09:00 horizon'],
    ],
    ['a look from in between', coach(), { now: at('2026-10-14T07:30:00Z') }, ['08:00 free', '09:00 free']],
    ['90 minutes', coach(), { minutes: 90 }, ['07:00 free']],
    [
      'a day off',
      coach({ exceptions: [{ date: '2026-10-14', intervals: [] }] }),
      {},
      ['07:00 outside_hours', '08:00 outside_hours', '09:00 outside_hours'],
    ],
    [
      'days away',
      coach({ away: [{ from: '2026-10-12', to: '2026-10-14' }] }),
      {},
      ['07:00 outside_hours', '08:00 outside_hours', '09:00 outside_hours'],
    ],
    [
      'days away around the day',
      coach({
        away: [
          { from: '2026-10-12', to: '2026-10-13' },
          { from: '2026-10-15', to: '2026-10-15' },
        ],
      }),
      {},
      ['07:00 free', '08:00 free', '09:00 free'],
    ],
    [
      'days away over other hours on that day',
      coach({
        away: [{ from: '2026-10-14', to: '2026-10-14' }],
        exceptions: [{ date: '2026-10-14', intervals: [{ start: '11:00', end: '13:00' }] }],
      }),
      {},
      ['07:00 outside_hours', '08:00 outside_hours', '09:00 outside_hours', '10:00 outside_hours'],
    ],
    [
      'something elsewhere, and a pause before a session only',
      coach({ bufferBeforeMinutes: 30, bufferAfterMinutes: 0 }, { elsewhere: [stretch('08:15', '08:45')] }),
      {},
      ['07:00 free', '08:15 busy'],
    ],
    [
      'something elsewhere less than that pause before',
      coach({ bufferBeforeMinutes: 30, bufferAfterMinutes: 0 }, { elsewhere: [stretch('06:00', '06:35')] }),
      {},
      ['07:00 buffer', '08:15 free'],
    ],
    [
      'something elsewhere, and a pause after a session only',
      coach(
        { bufferBeforeMinutes: 0, bufferAfterMinutes: 30 },
        { elsewhere: [stretch('06:00', '07:00'), stretch('09:25', '09:40')] },
      ),
      {},
      ['07:00 free', '08:15 buffer'],
    ],
    [
      'sessions on both sides, and a pause after a session only',
      coach(
        { bufferBeforeMinutes: 0, bufferAfterMinutes: 30 },
        { busy: [{ ...stretch('06:00', '06:45'), held: at('2026-10-14T07:15:00Z') }, stretch('09:20', '09:40')] },
      ),
      {},
      ['07:00 buffer', '08:15 buffer'],
    ],
    [
      'one elsewhere that meets and a session too near',
      coach({}, { busy: [stretch('08:50', '09:30')], elsewhere: [stretch('08:30', '08:35')] }),
      {},
      ['07:00 free', '08:00 busy', '09:00 busy'],
    ],
    [
      'other hours on that day',
      coach({ exceptions: [{ date: '2026-10-14', intervals: [{ start: '11:00', end: '13:00' }] }] }),
      {},
      ['07:00 outside_hours', '08:00 outside_hours', '09:00 free', '10:00 free'],
    ],
  ])('given %s, then %#', (_name, calendar, look, expected) => {
    expect(reasons(calendar, look).map((pair) => pair.join(' '))).toEqual(expected);
  });

  it('given a busy coach, then the slot says until when', () => {
    const { hidden } = slotsOf([coach({}, { busy: [stretch('08:00', '08:45')] })], { ...LOOK, explain: true });
    expect(hidden).toEqual([expect.objectContaining({ reason: 'busy', until: at('2026-10-14T08:45:00Z') })]);
  });

  it.each([
    ['what may not be known', [{ ...stretch('08:00', '08:45'), untold: true }], undefined],
    [
      'what may not be known behind what may',
      [stretch('08:00', '08:20'), { ...stretch('08:10', '08:45'), untold: true }],
      undefined,
    ],
    [
      'what may not be known before what may',
      [{ ...stretch('08:00', '08:20'), untold: true }, stretch('08:10', '08:45')],
      '08:45',
    ],
    ['both that end together', [{ ...stretch('08:00', '08:45'), untold: true }, stretch('08:10', '08:45')], '08:45'],
  ])('given %s, then its end is said where that is known', (_name, elsewhere, until) => {
    const { hidden } = slotsOf([coach({}, { elsewhere })], { ...LOOK, explain: true });
    const busy = hidden.find(({ reason }) => reason === 'busy');
    expect(busy && 'until' in busy ? times([{ from: busy.until!, to: 0 }])[0] : undefined).toBe(until);
  });

  it('given a coach who is away, then the slot says until which day, of two times away the longer', () => {
    const away = [
      { from: '2026-10-14', to: '2026-10-16' },
      { from: '2026-10-10', to: '2026-10-20' },
    ];
    const { hidden } = slotsOf([coach({ away })], { ...LOOK, explain: true });
    expect(hidden[0]).toMatchObject({ reason: 'outside_hours', awayUntil: dayNumber('2026-10-20') });
    expect(refusalOf(coach({ away }), LOOK, hidden[0]!.from, hidden[0]!.to)).toEqual({ reason: 'outside_hours' });
  });

  it('given any minute of the hours, then it can be booked, and no minute outside', () => {
    const refusal = (from: string, minutes = 45) =>
      refusalOf(coach(), LOOK, at(`2026-10-14T${from}Z`), at(`2026-10-14T${from}Z`) + minutes * MINUTE)?.reason ??
      'free';
    expect(['07:00', '07:20', '09:15', '06:55', '09:20'].map((from) => refusal(from))).toEqual([
      'free',
      'free',
      'free',
      'outside_hours',
      'outside_hours',
    ]);
    expect(refusal('07:00', 180)).toBe('free');
    expect(refusal('07:00', 185)).toBe('outside_hours');
  });
});

describe('days on which the cohort is closed', () => {
  const closed = numbered((day) => (day === '2026-10-14' ? { kind: 'pause' as const, name: 'Rest' } : null));
  const shut = (hours: Partial<Availability> = {}) => coach({ ...hours, closed });
  const look = { ...LOOK, explain: true };

  it('given one, then all its hours are hidden for that, in whichever way one looks', () => {
    const { free, hidden } = slotsOf([shut()], look);
    expect(free).toEqual([]);
    expect(hidden.length).toBe(slotsOf([coach()], look).free.length);
    expect(new Set(hidden.map(({ reason, closed: by }) => `${reason} ${by?.name}`))).toEqual(
      new Set(['closed_day Rest']),
    );
    expect(slotsOf([shut()], { ...look, explain: false }).free).toEqual([]);
    const [first] = slotsOf([coach()], look).free;
    expect(refusalOf(shut(), look, first!.from, first!.to)).toMatchObject({ reason: 'closed_day' });
  });

  it('given an exception of that day, then its hours are free, and those that it takes away are hidden for that', () => {
    const opened = shut({ exceptions: [{ date: '2026-10-14', intervals: [{ start: '18:00', end: '19:00' }] }] });
    const { free, hidden } = slotsOf([opened], look);
    expect(times(free)).toEqual(['16:00']);
    expect(new Set(hidden.map(({ reason }) => reason))).toEqual(new Set(['outside_hours']));
  });
});

describe('properties of slots', () => {
  const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 287 }), fc.integer({ min: 1, max: 100 }))
    .map(([start, length]) => ({ start: wall(start), end: wall(Math.min(288, start + length)) }));
  const pause = fc.integer({ min: 0, max: 8 }).map((ticks) => ticks * 5);
  const availability = fc
    .record({
      timeZone: zone,
      weekly: fc.array(
        fc.tuple(fc.integer({ min: 1, max: 7 }), interval).map(([weekday, one]) => ({ weekday, ...one })),
        { maxLength: 8 },
      ),
      exceptions: fc.array(
        fc.record({
          date: fc.integer({ min: 0, max: 60 }).map((days) => plusDays('2026-10-01', days)),
          intervals: fc.array(interval, { maxLength: 2 }),
        }),
        { maxLength: 3 },
      ),
      away: fc.array(
        fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 })).map(([first, length]) => ({
          from: plusDays('2026-10-01', first),
          to: plusDays('2026-10-01', first + length),
        })),
        { maxLength: 2 },
      ),
      slotMinutes: fc.integer({ min: 3, max: 20 }).map((ticks) => ticks * 5),
      bufferMinutes: pause,
      bufferBeforeMinutes: pause,
      bufferAfterMinutes: pause,
      minNoticeHours: fc.integer({ min: 0, max: 72 }),
      horizonDays: fc.integer({ min: 1, max: 60 }),
      maxPerDay: fc.integer({ min: 1, max: 4 }),
      maxPerWeek: fc.integer({ min: 1, max: 8 }),
    })
    .filter((one) => availabilityProblems(one).length === 0);
  const from = at('2026-10-12T00:00:00Z');
  const busy = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 28 * 288 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 24 }))
      .map(([start, length, pause]) => ({
        from: from + start * 5 * MINUTE,
        to: from + (start + length) * 5 * MINUTE,
        ...(pause > 0 && { held: from + (start + length + pause) * 5 * MINUTE }),
      })),
    { maxLength: 25 },
  );

  /** How many slots begin at an instant, shown or hidden. */
  const counts = (slots: readonly Stretch[]) => {
    const count = new Map<number, number>();
    for (const slot of slots) count.set(slot.from, (count.get(slot.from) ?? 0) + 1);
    return [...count].sort((a, b) => a[0] - b[0]);
  };
  it('given any coach, then each slot of their hours is shown and can be booked, or hidden for the first reason there is', () => {
    const caps = fc.dictionary(fc.integer({ min: 20737, max: 20766 }).map(String), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(availability, busy, busy, busy, caps, (hours, taken, others, mine, booked) => {
        const look = { now: from + 6 * HOUR, from, to: from + 28 * DAY, mine, explain: true };
        const perDay = new Map(Object.entries(booked).map(([day, count]) => [Number(day), count]));
        const perWeek = new Map<number, number>();
        for (const [day, count] of perDay) perWeek.set(weekOf(day), (perWeek.get(weekOf(day)) ?? 0) + count);
        const one = coach(hours, { busy: inOrder(taken), elsewhere: inOrder(others), perDay, perWeek });
        const { free, hidden } = slotsOf([one], look);
        expect(slotsOf([one], { ...look, explain: false }).free).toEqual(free);

        const open = { ...hours, away: [], minNoticeHours: 0, horizonDays: 365, maxPerDay: 20, maxPerWeek: 60 };
        const grid = slotsOf([coach(open)], { ...look, mine: [] });
        expect(counts([...free, ...hidden])).toEqual(counts([...grid.free, ...grid.hidden]));
        expect(counts([...free, ...hidden]).filter(([, count]) => count > 1)).toEqual([]);

        const [before, after] = [hours.bufferBeforeMinutes * MINUTE, hours.bufferAfterMinutes * MINUTE];
        const between = Math.max(before, after);
        const near = (slot: Stretch, others: readonly Busy[], before: number, after: number) =>
          others.some((o) => o.from - after < slot.to && slot.from < Math.max(o.to + before, o.held ?? 0));
        const excepted = new Set(grid.hidden.map((slot) => slot.from));
        const day = (slot: Stretch) => dayNumber(dayOf(new Date(slot.from), hours.timeZone));
        const isAway = (slot: Stretch) =>
          hours.away.some((time) => dayNumber(time.from) <= day(slot) && day(slot) <= dayNumber(time.to));
        const reasonOf = (slot: Stretch) => {
          if (excepted.has(slot.from) || isAway(slot)) return 'outside_hours';
          if (slot.from < look.now + hours.minNoticeHours * HOUR) return 'notice';
          if (slot.from >= look.now + hours.horizonDays * DAY) return 'horizon';
          if ([...taken, ...others].some((other) => other.from < slot.to && slot.from < other.to)) return 'busy';
          if (near(slot, taken, between, between) || near(slot, others, before, after)) return 'buffer';
          if ((perDay.get(day(slot)) ?? 0) >= hours.maxPerDay) return 'day_cap';
          if ((perWeek.get(weekOf(day(slot))) ?? 0) >= hours.maxPerWeek) return 'week_cap';
          return near(slot, mine, 0, 0) ? 'you_are_busy' : null;
        };
        for (const slot of free) {
          expect(slot.to - slot.from).toBe(hours.slotMinutes * MINUTE);
          expect(reasonOf(slot)).toBeNull();
          expect(refusalOf(one, look, slot.from, slot.to)).toBeNull();
        }
        for (const slot of hidden) {
          expect(slot.reason).toBe(reasonOf(slot));
          expect(refusalOf(one, look, slot.from, slot.to)?.reason).toBe(slot.reason);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('given any zone and night, then each slot lies in the hours that the wall clock shows', () => {
    fc.assert(
      fc.property(availability, (hours) => {
        const look = { now: from, from, to: from + 28 * DAY, mine: [] };
        const { free } = slotsOf([coach(hours)], look);
        for (const slot of free) {
          const date = dayOf(new Date(slot.from), hours.timeZone);
          const { dayOfWeek } = zonedOf(new Date(slot.from), hours.timeZone);
          const instead = hours.exceptions.find((exception) => exception.date === date)?.intervals;
          const open = instead ?? hours.weekly.filter(({ weekday }) => weekday === dayOfWeek);
          const end = (time: string) =>
            time === '24:00'
              ? instantAt(plusDays(date, 1), '00:00', hours.timeZone)
              : instantAt(date, time, hours.timeZone);
          const first = Math.min(...open.map((one) => instantAt(date, one.start, hours.timeZone).getTime()));
          const last = Math.max(...open.map((one) => end(one.end).getTime()));
          expect(open.length).toBeGreaterThan(0);
          expect(slot.from).toBeGreaterThanOrEqual(first);
          expect(slot.to).toBeLessThanOrEqual(last);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('given several coaches, then one list in time order, and none of its slots meets another of its coach', () => {
    fc.assert(
      fc.property(fc.array(availability, { minLength: 2, maxLength: 4 }), (several) => {
        const coaches = several.map((hours, index) => ({ ...coach(hours), coachId: String(index) }));
        const { free } = slotsOf(coaches, { now: from, from, to: from + 14 * DAY, mine: [] });
        free.forEach((slot, index) => {
          if (index > 0) expect(slot.from).toBeGreaterThanOrEqual(free[index - 1]!.from);
        });
        for (const { coachId } of coaches) {
          const own = free.filter((slot) => slot.coachId === coachId);
          own.forEach((slot, index) => index > 0 && expect(slot.from).toBeGreaterThanOrEqual(own[index - 1]!.to));
        }
      }),
      { numRuns: 50 },
    );
  });
});

function wall(tick: number): string {
  return `${String(Math.floor(tick / 12)).padStart(2, '0')}:${String((tick % 12) * 5).padStart(2, '0')}`;
}
