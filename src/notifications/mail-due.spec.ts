import { mailDueAt, mailMayLeaveAt } from './mail-due.js';

const NOW = new Date('2026-10-13T09:45:00.000Z'); // 11:45 in Paris
const NIGHT = { start: '20:00', end: '08:00' };
const at = (iso: string) => new Date(iso);

describe('when the mail of a notice leaves', () => {
  it.each([
    ['nothing is quiet', 'topic.replied', null, {}, '2026-10-13T09:45:00Z'],
    ['quiet until an instant', 'topic.replied', '2026-10-13T11:00:00Z', {}, '2026-10-13T11:00:00Z'],
    ['quiet that ended', 'topic.replied', '2026-10-13T09:45:00Z', {}, '2026-10-13T09:45:00Z'],
    ['quiet that ends at night', 'topic.replied', '2026-10-13T20:00:00Z', {}, '2026-10-14T06:00:00Z'],
    ['chat, quiet beyond its two hours', 'chat.direct', '2026-10-13T13:00:00Z', {}, '2026-10-13T13:00:00Z'],
    ['chat, quiet within its two hours', 'chat.direct', '2026-10-13T10:00:00Z', {}, '2026-10-13T11:45:00Z'],
    ['what must reach people', 'session.cancelled', '2026-10-13T13:00:00Z', {}, '2026-10-13T09:45:00Z'],
    [
      'what would have begun by then',
      'workshop.reminder',
      '2026-10-13T13:00:00Z',
      { startsAt: '2026-10-13T12:00:00Z' },
      '2026-10-13T09:45:00Z',
    ],
  ] as const)('given %s (%s), then at its time', (_, kind, until, params, due) => {
    const quiet = { timeZone: 'Europe/Paris', quietHours: NIGHT, quietUntil: until && at(until) };
    expect(mailDueAt({ kind, params }, NOW, quiet)).toEqual(at(due));
  });

  it('given quiet that began after it was written, then it waits as it is about to leave', () => {
    const quiet = { timeZone: 'Europe/Paris', quietUntil: at('2026-10-13T11:00:00Z') };
    expect(mailMayLeaveAt({ kind: 'topic.replied', params: {} }, NOW, quiet)).toEqual(quiet.quietUntil);
    expect(mailMayLeaveAt({ kind: 'account.security', params: {} }, NOW, quiet)).toEqual(NOW);
    expect(mailMayLeaveAt({ kind: 'topic.replied', params: {} }, NOW, { ...quiet, quietUntil: null })).toEqual(NOW);
  });
});
