import { alertsOf, lateMs, troublesIn } from './alert-rules.js';

const NOW = new Date('2026-10-13T09:45:00.000Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const WELL = { due: 0, firstDueAt: null, sent: 500, failed: 0, firstFailedAt: null };

describe('what is wrong with reminders', () => {
  it.each([
    ['nothing waits', {}, []],
    ['one waits for a minute', { due: 1, firstDueAt: ago(60) }, []],
    [
      'one waits for longer',
      { due: 3, firstDueAt: ago(61) },
      [{ kind: 'late', since: ago(61), count: 3, among: null }],
    ],
    ['one in a hundred failed', { sent: 99, failed: 1, firstFailedAt: ago(9) }, []],
    [
      'more failed',
      { sent: 98, failed: 1, firstFailedAt: ago(9) },
      [{ kind: 'fail', since: ago(9), count: 1, among: 99 }],
    ],
    [
      'all failed',
      { sent: 0, failed: 2, firstFailedAt: ago(9) },
      [{ kind: 'fail', since: ago(9), count: 2, among: 2 }],
    ],
    ['none went', { sent: 0 }, []],
  ])('given %s, then that', (_, health, expected) => {
    expect(troublesIn({ ...WELL, ...health }, NOW)).toEqual(expected);
  });

  it('given both, then both', () => {
    const health = { due: 1, firstDueAt: ago(90), sent: 0, failed: 1, firstFailedAt: ago(5) };
    expect(troublesIn(health, NOW).map(({ kind }) => kind)).toEqual(['late', 'fail']);
  });

  it('given one that is due, then it is as late as it has waited; none is never late', () => {
    expect([ago(90), ago(-5), null].map((firstDueAt) => lateMs({ due: 1, firstDueAt }, NOW))).toEqual([90_000, 0, 0]);
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
});
