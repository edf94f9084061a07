import fc from 'fast-check';
import { differencesOf } from './plan-differences.js';
import {
  type ExistingReminder,
  type PlanChange,
  type ReminderSubject,
  compare,
  planReminders,
} from './reminder-plan.js';

const AT = new Date('2026-10-12T08:00:00.000Z');
const LATER = new Date('2026-10-13T08:00:00.000Z');
const none: PlanChange = { insert: [], move: [], revive: [], drop: [] };
const row: ExistingReminder = {
  ...{
    id: 'r1',
    userId: 'ines',
    kind: 'workshop.24h',
    why: 'registered',
    revision: 1,
    state: 'planned',
    attempts: 0,
    title: 'Data walk',
    titleKey: null,
  },
  ...{ dueAt: AT, held: null, until: LATER, channels: ['inbox', 'mail'] },
};
const want = {
  ...{ userId: 'ines', kind: 'workshop.24h' as const, why: 'registered', dueAt: LATER, held: null, until: LATER },
  channels: ['inbox', 'mail'] as ('inbox' | 'mail')[],
};

describe('differencesOf', () => {
  it('given a row that is dropped and added at its new time, then it moved', () => {
    const change: PlanChange = { ...none, insert: [want], drop: [{ id: 'r1', because: 'moved' }] };
    expect(differencesOf(change, [row])).toEqual([
      expect.objectContaining({ what: 'moved', userId: 'ines', kind: 'workshop.24h', before: AT, after: LATER }),
    ]);
  });

  it.each([
    ['added', { ...none, insert: [want] }, { before: null, after: LATER }],
    ['added', { ...none, revive: [{ id: 'r1', to: want }] }, { before: null, after: LATER }],
    ['dropped', { ...none, drop: [{ id: 'r1', because: 'off' as const }] }, { before: AT, after: null }],
    ['moved', { ...none, move: [{ id: 'r1', to: want }] }, { before: AT, after: LATER }],
    [
      'changed',
      { ...none, move: [{ id: 'r1', to: { ...want, dueAt: AT, channels: ['mail' as const] } }] },
      { before: AT, after: AT, channels: ['mail'] },
    ],
  ])('given one that is %s, then it says so', (what, change, times) => {
    expect(differencesOf(change, [row])).toEqual([expect.objectContaining({ what, ...times })]);
  });

  it('given only the title or the last instant changes, then there is no difference', () => {
    expect(differencesOf({ ...none, move: [{ id: 'r1', to: { ...want, dueAt: AT } }] }, [row])).toEqual([]);
  });

  it('given any subject that moves, then what is there less what is dropped, with what is added, is what is wanted', () => {
    const now = new Date('2026-10-01T00:00:00.000Z');
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 2000 }), fc.integer({ min: 0, max: 2000 }), (hours, later) => {
        const subject: ReminderSubject = {
          ...{ type: 'workshop', id: 'w', cohortId: 'c', revision: 1, title: 'T', titleKey: null, isLive: true },
          time: { startsAt: new Date(now.getTime() + hours * 3_600_000), timeZone: 'Europe/Paris' },
          people: ['ines', 'leo'].map((userId) => ({ userId, why: 'registered' })),
        };
        const moved = {
          ...subject,
          revision: 2,
          time: { ...subject.time, startsAt: new Date(now.getTime() + later * 3_600_000) },
        };
        const to = new Map(
          ['ines', 'leo'].map((id) => [
            id,
            { timeZone: 'Europe/Paris', quietUntil: null, quietHours: null, channels: ['inbox' as const] },
          ]),
        ) as unknown as Parameters<typeof planReminders>[1];
        const rows = compare(subject, planReminders(subject, to), [], now).insert.map(
          (one, index): ExistingReminder => ({
            ...{
              ...one,
              id: String(index),
              revision: 1,
              state: 'planned',
              title: 'T',
              attempts: 0,
              titleKey: null,
            },
          }),
        );
        const wanted = planReminders(moved, to).filter(({ dueAt }) => dueAt > now);
        const differences = differencesOf(compare(moved, planReminders(moved, to), rows, now), rows);
        const result = new Map(rows.map((one) => [`${one.userId} ${one.kind}`, one.dueAt.getTime()]));
        for (const { userId, kind, after } of differences) {
          if (after) result.set(`${userId} ${kind}`, after.getTime());
          else result.delete(`${userId} ${kind}`);
        }
        expect([...result].sort()).toEqual(
          wanted.map((one): [string, number] => [`${one.userId} ${one.kind}`, one.dueAt.getTime()]).sort(),
        );
      }),
    );
  });
});
