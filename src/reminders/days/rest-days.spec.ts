import type { ClosedDays } from '../../cohorts/timeline/closed-days.js';
import { afterRest, beforeRest } from './rest-days.js';
import { plusDays } from '../../common/times/zoned.js';
import { type Recipient, type ReminderSubject, compare, planReminders } from '../planning/reminder-plan.js';

const rest = (...days: string[]): ClosedDays => ({
  timeZone: 'Europe/Paris',
  on: (day) => (days.includes(day) ? { kind: 'pause', name: 'Rest' } : null),
  key: '',
});
const awake: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
const subject = (type: 'workshop' | 'milestone', time: ReminderSubject['time']): ReminderSubject => ({
  ...{ type, time, id: 'x', cohortId: 'c', revision: 1, title: 'X', titleKey: null, isLive: true },
  people: [{ userId: 'ines', why: 'registered' }],
});
const plan = (one: ReminderSubject, days: ClosedDays | null, recipient = awake) =>
  planReminders(one, new Map([['ines', recipient]]), undefined, days).map(
    ({ kind, dueAt }) => `${kind} ${dueAt.toISOString().slice(0, 16)}`,
  );

describe('days of rest', () => {
  it.each([
    ['a working day', [], '2026-11-11T13:00', '2026-11-11T13:00'],
    ['a holiday', ['2026-11-11'], '2026-11-11T13:00', '2026-11-12T08:00'],
    ['a holiday before a weekend', ['2026-12-25'], '2026-12-25T13:00', '2026-12-28T08:00'],
    ['a holiday in the first hour of the day of the zone', ['2026-11-11'], '2026-11-10T23:30', '2026-11-12T08:00'],
    [
      'a pause over the night on which clocks turn',
      ['2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26'],
      '2026-10-23T10:00',
      '2026-10-27T08:00',
    ],
    ['a Saturday without a holiday', [], '2026-11-14T13:00', '2026-11-14T13:00'],
  ])('given %s, then 09:00 of the next working day, or the instant itself', (_, days, at, expected) => {
    expect(
      afterRest(new Date(`${at}:00Z`), rest(...days))
        .toISOString()
        .slice(0, 16),
    ).toBe(expected);
  });

  it('given one ahead of which something is said, then 09:00 of the working day before', () => {
    const before = (at: string, ...days: string[]) =>
      beforeRest(new Date(at), rest(...days))
        .toISOString()
        .slice(0, 16);
    expect(before('2026-11-11T08:00:00Z', '2026-11-11')).toBe('2026-11-10T08:00');
    expect(before('2026-12-28T08:00:00Z', '2026-12-28', '2026-12-25')).toBe('2026-12-24T08:00');
    expect(before('2026-11-12T08:00:00Z', '2026-11-11')).toBe('2026-11-12T08:00');
  });

  const milestone = subject('milestone', { on: '2026-11-25', timeZone: 'Europe/Paris' });

  it('given what is said ahead of a day falls on one, then it goes on the working day before; on the day itself it does not', () => {
    expect(plan(milestone, rest('2026-11-11', '2026-11-25'))).toEqual([
      'milestone.14d 2026-11-10T08:00',
      'milestone.3d 2026-11-22T08:00',
      'milestone.day 2026-11-25T08:00',
    ]);
  });

  it('given one brings it forward, then it says so, and from when', () => {
    const [first, second] = planReminders(milestone, new Map([['ines', awake]]), undefined, rest('2026-11-11'));
    expect(first!.held).toEqual({ by: 'early', from: new Date('2026-11-11T08:00:00Z') });
    expect(second!.held).toBeNull();
  });

  it('given a pause that brings two of them to one morning, then one goes, and the other is dropped as nothing to say', () => {
    // From Saturday 19 December to Monday 4 January, the day of the milestone.
    const pause = Array.from({ length: 17 }, (_, index) => plusDays('2026-12-19', index));
    const fourth = subject('milestone', { on: '2027-01-04', timeZone: 'Europe/Paris' });
    expect(plan(fourth, rest(...pause))).toEqual(['milestone.14d 2026-12-18T08:00', 'milestone.day 2027-01-04T08:00']);
    const people = new Map([['ines', awake]]);
    const before = planReminders(fourth, people).map((want) => ({
      ...{ ...want, id: want.kind, revision: 1, state: 'planned' as const, title: null, attempts: 0, titleKey: null },
    }));
    const paused = planReminders(fourth, people, undefined, rest(...pause));
    const change = compare(fourth, paused, before, new Date('2026-12-01'), undefined, rest(...pause));
    expect(change.drop).toEqual([{ id: 'milestone.3d', because: 'empty' }]);
  });

  it('given a pause that lasts past the next rung of what waits, then it goes at its own time', () => {
    const workshop = subject('workshop', { startsAt: new Date('2026-11-30T13:00:00Z'), timeZone: 'Europe/Paris' });
    const pause = Array.from({ length: 20 }, (_, index) => plusDays('2026-11-15', index));
    expect(plan(workshop, rest(...pause))[0]).toBe('workshop.7d 2026-11-23T13:00');
  });

  it('given the morning after is in the night of who is told, then their own morning', () => {
    const cayenne = { ...awake, timeZone: 'America/Cayenne', quietHours: { start: '20:00', end: '08:00' } };
    expect(plan(milestone, rest('2026-11-11'), cayenne)[0]).toBe('milestone.14d 2026-11-10T11:00');
  });

  it('given a workshop the day after, then the day before waits for its morning, never past the hour before', () => {
    const workshop = (startsAt: string) =>
      subject('workshop', { startsAt: new Date(startsAt), timeZone: 'Europe/Paris' });
    expect(plan(workshop('2026-11-12T13:00:00Z'), rest('2026-11-11'))[1]).toBe('workshop.24h 2026-11-12T08:00');
    expect(plan(workshop('2026-11-12T08:30:00Z'), rest('2026-11-11'))[1]).toBe('workshop.24h 2026-11-11T08:30');
  });

  it('given none, then it is as it would be without', () => {
    expect(plan(milestone, rest())).toEqual(plan(milestone, null));
  });
});
