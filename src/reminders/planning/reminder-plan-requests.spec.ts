import { type Recipient, type ReminderSubject, compare, planReminders } from './reminder-plan.js';

const HOUR = 3_600_000;
const T0 = new Date('2026-10-13T09:00:00Z');
const at = (hours: number) => new Date(T0.getTime() + hours * HOUR);
const awake: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
const sleeper: Recipient = { ...awake, quietHours: { start: '20:00', end: '08:00' } };

const request = (more: Partial<ReminderSubject> = {}, since: { asked?: number; waiting?: number } = {}) =>
  ({
    type: 'request',
    id: 'r',
    cohortId: 'c',
    revision: 1,
    title: 'A form nobody can fill in',
    titleKey: null,
    isLive: true,
    time: { askedAt: at(since.asked ?? 0), waitingSince: at(since.waiting ?? 0) },
    people: [
      { userId: 'ines', why: 'asker' },
      { userId: 'tomasz', why: 'asked' },
      { userId: 'aurore', why: 'staff' },
    ],
    ...more,
  }) satisfies ReminderSubject;

const plan = (subject: ReminderSubject, recipient = awake) =>
  planReminders(subject, new Map(subject.people.map(({ userId }) => [userId, recipient])));
const hours = (subject: ReminderSubject, recipient = awake) =>
  plan(subject, recipient)
    .map(({ userId, kind, dueAt }) => `${userId} ${kind} ${(dueAt.getTime() - T0.getTime()) / HOUR}`)
    .sort();

describe('the ladder of what waits for an answer', () => {
  it('given a request, then its owner at 48 hours, staff at 96, who asked after seven days', () => {
    expect(hours(request())).toEqual(['aurore request.96h 96', 'ines request.7d 168', 'tomasz request.48h 48']);
  });

  it('given one passed on after 90 hours, then its new owner has 48 hours, and staff hear at 96 all the same', () => {
    expect(hours(request({}, { waiting: 90 }))).toEqual([
      'aurore request.96h 96',
      'ines request.7d 168',
      'tomasz request.48h 138',
    ]);
  });

  it('given one that staff own, then they are reminded twice, and neither is too late when it is due', () => {
    for (const waiting of [0, 90]) {
      const subject = request({ people: [{ userId: 'aurore', why: 'staff_asked' }] }, { waiting });
      const rows = plan(subject);
      expect(rows.map(({ kind }) => kind).sort()).toEqual(['request.48h', 'request.96h']);
      for (const { dueAt, until } of rows) expect(until > dueAt).toBe(true);
    }
  });

  it('given who asked was asked back, then they are reminded as who is to act', () => {
    expect(hours(request({ people: [{ userId: 'ines', why: 'asker_asked' }] }))).toEqual([
      'ines request.48h 48',
      'ines request.7d 168',
    ]);
  });

  it('given quiet hours, then it waits for the morning', () => {
    const late = request({ people: [{ userId: 'tomasz', why: 'asked' }] }, { waiting: 12 });
    expect(hours(late, sleeper)).toEqual(['tomasz request.48h 69']);
  });

  it('given it was answered, then nobody is reminded, and what was planned is dropped', () => {
    const answered = request({ isLive: false, revision: 2 });
    expect(plan(answered)).toEqual([]);
    const existing = plan(request()).map((row, index) => ({
      ...{ ...row, id: String(index), revision: 1, state: 'planned' as const },
      ...{ title: 'A form nobody can fill in', attempts: 0, titleKey: null },
    }));
    expect(compare(answered, [], existing, at(1)).drop).toEqual(
      existing.map(({ id }) => ({ id, because: 'cancelled' })),
    );
  });
});
