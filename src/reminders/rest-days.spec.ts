import { type RestDays, afterRest } from './rest-days.js';
import { type Recipient, type ReminderSubject, planReminders } from './reminder-plan.js';

const rest = (...days: string[]): RestDays => ({
  timeZone: 'Europe/Paris',
  isFree: (day) => days.includes(day),
  key: '',
});
const awake: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
const subject = (type: 'workshop' | 'milestone', time: ReminderSubject['time']): ReminderSubject => ({
  ...{ type, time, id: 'x', cohortId: 'c', revision: 1, title: 'X', titleKey: null, isLive: true },
  people: [{ userId: 'ines', why: 'registered' }],
});
const plan = (one: ReminderSubject, days: RestDays | null, recipient = awake) =>
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

  const milestone = subject('milestone', { on: '2026-11-25', timeZone: 'Europe/Paris' });

  it('given a reminder that can wait falls on one, then it does; on the day itself it does not', () => {
    expect(plan(milestone, rest('2026-11-11', '2026-11-25'))).toEqual([
      'milestone.14d 2026-11-12T08:00',
      'milestone.3d 2026-11-22T08:00',
      'milestone.day 2026-11-25T08:00',
    ]);
  });

  it('given it waits for one, then it says so, and since when', () => {
    const [first, second] = planReminders(milestone, new Map([['ines', awake]]), undefined, rest('2026-11-11'));
    expect(first!.held).toEqual({ by: 'rest', from: new Date('2026-11-11T08:00:00Z') });
    expect(second!.held).toBeNull();
  });

  it('given a pause that lasts past the next rung, then it goes at its own time', () => {
    const pause = Array.from({ length: 20 }, (_, index) => `2026-11-${String(index + 5).padStart(2, '0')}`);
    expect(plan(milestone, rest(...pause))[0]).toBe('milestone.14d 2026-11-11T08:00');
  });

  it('given the morning after is in the night of who is told, then their own morning', () => {
    const cayenne = { ...awake, timeZone: 'America/Cayenne', quietHours: { start: '20:00', end: '08:00' } };
    expect(plan(milestone, rest('2026-11-11'), cayenne)[0]).toBe('milestone.14d 2026-11-12T11:00');
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
