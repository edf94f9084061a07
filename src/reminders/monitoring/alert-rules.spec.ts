import fc from 'fast-check';
import type { AlertKind } from '../../contracts/reminders/operation.js';
import { type ReminderOutcome, type Health, alertsOf, lateMs, troublesIn } from './alert-rules.js';

const NOW = new Date('2026-10-13T09:45:00.000Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const NONE: ReminderOutcome = { count: 0, people: 0, first: null };
const WELL: Health = { due: 0, firstDueAt: null, sent: 500, failed: NONE, deferred: NONE };
const of = (count: number, people: number, seconds = 90): ReminderOutcome => ({ count, people, first: ago(seconds) });

describe('what is wrong with reminders', () => {
  it.each<[string, Partial<Health>, ReturnType<typeof troublesIn>]>([
    ['nothing waits', {}, []],
    ['one waits for a minute', { due: 1, firstDueAt: ago(60) }, []],
    [
      'one waits for longer',
      { due: 3, firstDueAt: ago(61) },
      [{ kind: 'late', since: ago(61), count: 3, among: null }],
    ],
    ['three in three hundred failed', { sent: 297, failed: of(3, 3) }, []],
    ['more failed', { sent: 296, failed: of(3, 3) }, [{ kind: 'fail', since: ago(90), count: 3, among: 299 }]],
    ['one of twelve failed, since an address is refused', { sent: 11, failed: of(1, 1) }, []],
    ['those of two people failed, each time', { sent: 5, failed: of(9, 2) }, []],
    ['all failed', { sent: 0, failed: of(4, 3) }, [{ kind: 'fail', since: ago(90), count: 4, among: 4 }]],
    ['none went', { sent: 0 }, []],
    ['mails are put off, for a minute', { sent: 0, deferred: of(40, 40, 60) }, []],
    [
      'for longer',
      { sent: 0, deferred: of(40, 38, 61) },
      [{ kind: 'deferred', since: ago(61), count: 40, among: null }],
    ],
    ['those of one whose mailbox is full, for hours', { sent: 0, deferred: of(9, 1, 20_000) }, []],
    ['few beside all that went', { sent: 297, deferred: of(3, 3) }, []],
    [
      'more',
      { sent: 290, failed: of(1, 1), deferred: of(3, 3) },
      [{ kind: 'deferred', since: ago(90), count: 3, among: null }],
    ],
  ])('given %s, then that', (_, health, expected) => {
    expect(troublesIn({ ...WELL, ...health }, NOW)).toEqual(expected);
  });

  it('given all three, then all three', () => {
    const health = { due: 1, firstDueAt: ago(90), sent: 0, failed: of(3, 3), deferred: of(3, 3) };
    expect(troublesIn(health, NOW).map(({ kind }) => kind)).toEqual(['late', 'deferred', 'fail']);
  });

  it('given one that is due, then it is as late as it has waited; none is never late', () => {
    expect([ago(90), ago(-5), null].map((dueAt) => lateMs(dueAt, NOW))).toEqual([90_000, 0, 0]);
  });
});

/** Whatever happened: of some people, some of whose reminders were sent, some failed, some were put off. */
const anOutcome = fc
  .record({
    count: fc.nat(500),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    seconds: fc.integer({ min: 0, max: 9000 }),
  })
  .map(({ count, share, seconds }) =>
    count === 0 ? NONE : of(count, Math.max(1, Math.round(count * share)), seconds),
  );
const aHealth = fc.record({
  due: fc.constant(0),
  firstDueAt: fc.constant(null),
  sent: fc.nat(30_000),
  failed: anOutcome,
  deferred: anOutcome,
});
const kindsIn = (health: Health) => troublesIn(health, NOW).map(({ kind }) => kind);

describe('whatever happened', () => {
  it('given failures, then they are an alert where more than one in a hundred failed and three people have one, else never', () => {
    fc.assert(
      fc.property(aHealth, (health) => {
        const { sent, failed } = health;
        const isWrong = failed.people >= 3 && failed.count * 100 > sent + failed.count;
        expect(kindsIn(health).includes('fail')).toBe(isWrong);
      }),
    );
  });

  it('given one person or two, then whatever becomes of theirs is no alert', () => {
    fc.assert(
      fc.property(aHealth, fc.constantFrom(1, 2), (health, people) => {
        const few = (outcome: ReminderOutcome) => ({ ...outcome, people: Math.min(outcome.people, people) });
        expect(kindsIn({ ...health, failed: few(health.failed), deferred: few(health.deferred) })).toEqual([]);
      }),
    );
  });

  it('given a server that takes none for more than a minute, then three people are enough, and it stays so until they are told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 400 }), fc.integer({ min: 61, max: 25_000 }), (people, seconds) => {
        const health = { ...WELL, sent: 0, deferred: of(people, people, seconds) };
        expect(kindsIn(health)).toEqual(['deferred']);
        expect(kindsIn({ ...health, deferred: NONE })).toEqual([]);
      }),
    );
  });

  it('given one more that is sent, then no alert begins by that', () => {
    fc.assert(
      fc.property(aHealth, (health) => {
        const before = kindsIn(health);
        for (const kind of kindsIn({ ...health, sent: health.sent + 1 })) expect(before).toContain(kind);
      }),
    );
  });
});

describe('what admins are shown', () => {
  const late = { kind: 'late' as const, since: ago(90), count: 3, among: null };
  const shown = { kind: 'late', count: 3, among: null, since: ago(90).toISOString(), wellSince: null };

  it('given nobody has looked yet, then it is shown all the same', () => {
    expect(alertsOf([late], [])).toEqual([shown]);
  });

  it('given an episode that goes on, then since when it does, with the figures of now', () => {
    const open = { ...late, since: ago(900), count: 1, wellSince: ago(30) };
    expect(alertsOf([late], [open])).toEqual([{ ...shown, since: ago(900).toISOString() }]);
  });

  it('given one that is well but not over, then since when it is well', () => {
    expect(alertsOf([], [{ ...late, wellSince: ago(30) }])).toEqual([{ ...shown, wellSince: ago(30).toISOString() }]);
    expect(alertsOf([], [])).toEqual([]);
  });

  it('given several in any order, then always in one', () => {
    const one = (kind: AlertKind) => ({ ...late, kind, wellSince: ago(30) });
    const shownOf = alertsOf([{ ...late, kind: 'fail' }], [one('fail'), one('deferred'), one('late')]);
    expect(shownOf.map(({ kind }) => kind)).toEqual(['late', 'deferred', 'fail']);
  });
});
