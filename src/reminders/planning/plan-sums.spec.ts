import fc from 'fast-check';
import { checkOf, isSameSum, sumOf } from './plan-sums.js';
import {
  type ExistingReminder,
  type Recipient,
  type ReminderSubject,
  type WantedReminder,
  compare,
  planReminders,
} from './reminder-plan.js';

const now = new Date('2026-10-01T09:45:00Z');
const recipient: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
const recipients = new Map(['ines', 'leo', 'tomasz'].map((id) => [id, recipient]));

const workshop = (more: Partial<ReminderSubject> = {}): ReminderSubject => ({
  type: 'workshop',
  id: 'w',
  cohortId: 'c',
  revision: 1,
  title: 'Impact assessment',
  titleKey: null,
  isLive: true,
  time: { startsAt: new Date('2026-10-15T12:00:00Z'), timeZone: 'Europe/Paris' },
  people: [{ userId: 'ines', why: 'registered' }],
  ...more,
});

/** Rows as they are written, and their sum as the database says it. */
const rowsOf = (subject: ReminderSubject): ExistingReminder[] =>
  planReminders(subject, recipients)
    .filter(({ dueAt }) => dueAt > now)
    .map((want: WantedReminder) => ({
      ...want,
      id: `${want.userId} ${want.kind} ${subject.revision}`,
      revision: subject.revision,
      state: 'planned',
      title: subject.title,
      attempts: 0,
      check: checkOf(subject, want),
    }));
const sumOfRows = (rows: readonly ExistingReminder[]) => ({
  count: rows.length,
  check: rows.reduce((sum, { check }) => sum + (check ?? 0), 0),
  dueAt: rows.reduce((sum, { dueAt }) => sum + dueAt.getTime(), 0),
});
const isAlready = (subject: ReminderSubject, rows: readonly ExistingReminder[]) =>
  isSameSum(sumOf(subject, planReminders(subject, recipients), now), rows.length > 0 ? sumOfRows(rows) : undefined);

describe('what planned rows sum up to', () => {
  it('says that all is there when it is, and that nothing is when nothing must be', () => {
    expect(isAlready(workshop(), rowsOf(workshop()))).toBe(true);
    expect(isAlready(workshop({ isLive: false }), [])).toBe(true);
  });

  it.each<[string, Partial<ReminderSubject>]>([
    ['another person instead', { people: [{ userId: 'leo', why: 'registered' }] }],
    ['one more', { people: ['ines', 'leo'].map((userId) => ({ userId, why: 'registered' })) }],
    ['nobody', { people: [] }],
    ['another reason', { people: [{ userId: 'ines', why: 'host' }] }],
    ['another time', { time: { startsAt: new Date('2026-10-15T12:01:00Z'), timeZone: 'Europe/Paris' } }],
    ['another title', { title: 'Impact' }],
    ['a title of ours', { title: null, titleKey: 'demoDay' }],
    ['another revision', { revision: 2 }],
    ['none any more', { isLive: false }],
  ])('sees the difference: %s', (_, more) => {
    expect(isAlready(workshop(more), rowsOf(workshop()))).toBe(false);
  });

  it('sees a row that is missing, doubled, moved by hand, or of before there were sums', () => {
    const rows = rowsOf(workshop());
    const [first, ...others] = rows as [ExistingReminder, ...ExistingReminder[]];
    expect(isAlready(workshop(), others)).toBe(false);
    expect(isAlready(workshop(), [...rows, first])).toBe(false);
    expect(isAlready(workshop(), [{ ...first, dueAt: new Date(first.dueAt.getTime() + 1) }, ...others])).toBe(false);
    expect(isAlready(workshop(), [{ ...first, check: null }, ...others])).toBe(false);
  });

  const state = fc.record({
    revision: fc.integer({ min: 1, max: 2 }),
    title: fc.constantFrom('A', 'B'),
    isLive: fc.boolean(),
    startsAt: fc.constantFrom('2026-10-02T10:00:00Z', '2026-10-15T12:00:00Z', '2026-10-15T12:01:00Z'),
    people: fc.subarray(['ines', 'leo', 'tomasz']),
    why: fc.constantFrom('registered', 'host'),
  });
  const subjectOf = ({ startsAt, people, why, ...more }: typeof state extends fc.Arbitrary<infer S> ? S : never) =>
    workshop({
      ...more,
      time: { startsAt: new Date(startsAt), timeZone: 'Europe/Paris' },
      people: people.map((userId) => ({ userId, why })),
    });

  it('never hides what comparing row by row would change', () => {
    fc.assert(
      fc.property(state, state, fc.integer({ min: 0, max: 12 }), (before, after, lost) => {
        const subject = subjectOf(after);
        const rows = rowsOf(subjectOf(before)).filter((_, index) => index !== lost);
        const { insert, move, revive, drop } = compare(subject, planReminders(subject, recipients), rows, now);
        if (isAlready(subject, rows)) expect([insert, move, revive, drop].flat()).toEqual([]);
      }),
    );
  });
});
