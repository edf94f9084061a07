import { LADDER } from '../schedule/ladder.js';
import { type SubjectTime, placed } from '../schedule/ladder-times.js';

const endsOf = (subject: string, time: SubjectTime) =>
  placed(
    LADDER.filter((rung) => rung.subject === subject),
    time,
  ).map(({ kind, at, end }) => [kind, at.toISOString().slice(0, 16), end.toISOString().slice(0, 16)]);

describe('how long a reminder is worth saying', () => {
  it('given something that starts, then until it does', () => {
    const time = { startsAt: new Date('2026-10-15T12:00:00Z'), timeZone: 'Europe/Paris' };
    expect(new Set(endsOf('workshop', time).map(([, , end]) => end))).toEqual(new Set(['2026-10-15T12:00']));
  });

  it('given a day, then until it is over, in its zone; what is overdue for a week more', () => {
    expect(endsOf('action', { on: '2026-10-15', timeZone: 'Europe/Paris' })).toEqual([
      ['action.2d', '2026-10-13T07:00', '2026-10-15T22:00'],
      ['action.day', '2026-10-15T07:00', '2026-10-15T22:00'],
      ['action.overdue', '2026-10-16T07:00', '2026-10-22T22:00'],
    ]);
  });

  it('given a day that lasts, then until the last of its days is over', () => {
    const [first] = endsOf('residency', { on: '2026-10-15', timeZone: 'Europe/Paris', lasts: 3 });
    expect(first).toEqual(['residency.first', '2026-10-15T07:00', '2026-10-17T22:00']);
  });

  it('given something that waits, then for a week after its last rung', () => {
    const [askedAt, waitingSince] = [new Date('2026-10-01T10:00:00Z'), new Date('2026-10-02T11:00:00Z')];
    expect(endsOf('request', { askedAt, waitingSince })).toEqual([
      ['request.48h', '2026-10-04T11:00', '2026-10-15T10:00'],
      ['request.96h', '2026-10-05T10:00', '2026-10-15T10:00'],
      ['request.7d', '2026-10-08T10:00', '2026-10-15T10:00'],
    ]);
  });

  it('given what is over, then its hour counts from its end, and it is worth a week', () => {
    expect(endsOf('feedback', { endedAt: new Date('2026-10-15T12:00:00Z') })).toEqual([
      ['workshop.feedback', '2026-10-15T13:00', '2026-10-22T13:00'],
    ]);
  });

  it.each<[string, string, SubjectTime]>([
    ['hours before a start cannot be counted from a day', 'session', { on: '2026-10-15', timeZone: 'UTC' }],
    ['mornings cannot be counted from a start', 'milestone', { startsAt: new Date(), timeZone: 'UTC' }],
    ['what waits cannot be counted from a start', 'topic', { startsAt: new Date(), timeZone: 'UTC' }],
    ['what waits cannot be counted from a day', 'topic', { on: '2026-10-15', timeZone: 'UTC' }],
    ['mornings cannot be counted from what is over', 'milestone', { endedAt: new Date() }],
    ['hours before a start cannot be counted from what is over', 'session', { endedAt: new Date() }],
  ])('%s', (_, subject, time) => {
    expect(endsOf(subject, time)).toEqual([]);
  });
});
