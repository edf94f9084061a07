import { DAY, HOUR } from '../../common/times/clock.js';
import { presentOf, WEEKS_IN, at, bookingTimes, talkingTime, talkingTimesOfThisWeek, workshopTimes } from './times.js';

const WORKSHOPS = 40;
const HOURS = [8, 9, 12.5, 13, 15];

/** Instants at which somebody may start the demo for the first time. */
describe.each([
  ['an ordinary morning', '2026-11-25T09:00:00Z'],
  ['the first minute of a Monday', '2026-11-23T00:00:00Z'],
  ['a Monday in Paris that is still Sunday in UTC', '2026-11-22T23:30:00Z'],
  ['the last second of a Sunday', '2026-11-29T23:59:59.999Z'],
  ['the night in which an hour comes twice', '2026-10-25T00:30:00Z'],
  ['the same hour, again', '2026-10-25T01:30:00Z'],
  ['the night in which an hour is missing', '2027-03-28T01:00:00Z'],
  ['a 31st', '2027-01-31T22:59:00Z'],
  ['the last minute of a year', '2026-12-31T23:59:00Z'],
  ['the 29th of February', '2028-02-29T05:00:00Z'],
  ['the 53rd week of a year', '2027-01-01T00:00:01Z'],
])('given the demo is seeded on %s', (_, iso) => {
  const present = presentOf(new Date(iso));
  const now = present.now.getTime();
  const opened = at(present, -WEEKS_IN, 0, 0).getTime();

  it('then its week began on a Monday, within seven days', () => {
    expect(present.monday.getUTCDay()).toBe(1);
    expect(present.monday.toISOString()).toMatch(/T00:00:00\.000Z$/);
    expect(now - present.monday.getTime()).toBeGreaterThanOrEqual(0);
    expect(now - present.monday.getTime()).toBeLessThan(7 * DAY);
  });

  it('then each workshop is planned on the grid, on a working day, and was announced before it began and before now', () => {
    const planned = Array.from({ length: WORKSHOPS }, (_, index) =>
      HOURS.map((hour) => workshopTimes(present, index, WORKSHOPS, hour)),
    ).flat();
    for (const { startsAt, announcedAt } of planned) {
      expect(startsAt.getTime() % (5 * 60_000)).toBe(0);
      expect([1, 2, 3, 4, 5]).toContain(startsAt.getUTCDay());
      expect(announcedAt.getTime()).toBeLessThan(startsAt.getTime());
      expect(announcedAt.getTime()).toBeLessThan(now);
    }
    const ahead = planned.filter(({ startsAt }) => startsAt.getTime() > now).length / planned.length;
    expect(ahead).toBeGreaterThan(0.15);
    expect(ahead).toBeLessThan(0.4);
  });

  it('then the one that is cancelled and the one that stays a draft are still to come', () => {
    const announced = Array.from({ length: WORKSHOPS }, (_, index) => workshopTimes(present, index, WORKSHOPS, 8)).sort(
      (one, other) => one.announcedAt.getTime() - other.announcedAt.getTime(),
    );
    for (const place of [37, 39]) expect(announced[place]?.startsAt.getTime()).toBeGreaterThan(now);
  });

  it('then sessions are booked before their week, and never later than now', () => {
    for (let week = -WEEKS_IN + 1; week <= 3; week += 1) {
      const { bookedOn, from, to } = bookingTimes(present, week);
      expect(bookedOn.getTime()).toBeLessThanOrEqual(Math.min(from.getTime(), now));
      expect(to.getTime() - from.getTime()).toBe(7 * DAY);
    }
  });

  it('then people talk in order, in working hours, from the first day to now', () => {
    const times = Array.from({ length: 300 }, (_, index) => talkingTime(present, index / 300));
    for (const [index, time] of times.entries()) {
      expect(time.getTime()).toBeGreaterThanOrEqual(times[index - 1]?.getTime() ?? opened);
      expect(time.getTime()).toBeLessThan(now);
      expect([1, 2, 3, 4, 5]).toContain(time.getUTCDay());
      expect(time.getUTCHours()).toBeGreaterThanOrEqual(7);
      expect(time.getTime() % DAY).toBeLessThanOrEqual(18 * HOUR);
    }
    // The last words are of the last working day.
    expect(now - (times.at(-1)?.getTime() ?? 0)).toBeLessThan(4 * DAY);
  });

  it('then what this week has brought lies in it, in the hours in which people talk', () => {
    const { share, at: timeAt } = talkingTimesOfThisWeek(present);
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(1);
    if (share === 0) return; // nobody has talked yet
    for (const part of [0, 0.25, 0.5, 0.75, 0.999]) {
      const time = timeAt(part);
      expect(time.getTime()).toBeGreaterThan(present.monday.getTime());
      expect(time.getTime()).toBeLessThanOrEqual(now);
      expect([1, 2, 3, 4, 5]).toContain(time.getUTCDay());
    }
  });
});
