import { dueOf, endOf, letterOf, waitingSince } from './letter-state.js';

const at = (time: string) => new Date(`2026-10-13T${time}Z`);
const now = at('10:00:00');
const before = at('09:00:00');
const later = at('12:00:00');

it.each([
  ['nothing has gone and nothing is to go', {}, 'kept', null],
  ['a day is set', { mailDueAt: later }, 'planned', null],
  ['it is due', { mailDueAt: before }, 'under_way', before],
  ['it went', { sentAt: before }, 'sent', before],
  ['it went, and one more is planned', { sentAt: before, mailDueAt: later }, 'planned', before],
  ['it was refused', { refusedAt: before }, 'refused', before],
  ['no server took it', { refusedAt: before, failed: true }, 'failed', null],
  ['it went, and no server took one more', { sentAt: before, refusedAt: now, failed: true }, 'failed', before],
  ['no server took it, and it is tried again', { refusedAt: before, failed: true, mailDueAt: now }, 'under_way', now],
  ['it was refused, and is tried again', { refusedAt: before, mailDueAt: now }, 'under_way', before],
  ['it was refused, and a day is set', { refusedAt: before, mailDueAt: later }, 'planned', before],
])('given %s, then the letter says so, and an answer is waited for since it left', (_, row, state, since) => {
  expect(letterOf({ sentAt: null, ...row }, now)).toBe(state);
  expect(waitingSince({ sentAt: null, ...row }, now)).toEqual(since);
});

it('given when it is to go, then that instant, now or none; not what is past or more than a year away', () => {
  expect(dueOf(undefined, now)).toEqual(now);
  expect(dueOf(null, now)).toEqual(now);
  expect(dueOf('not_yet', now)).toBeNull();
  expect(dueOf('2026-10-20T07:00:00Z', now)).toEqual(new Date('2026-10-20T07:00:00Z'));
  for (const [wrong, code] of [
    ['2026-10-13T10:00:00Z', 'past'],
    ['2027-11-13T10:00:00Z', 'too_far'],
  ] as const)
    expect(() => dueOf(wrong, now)).toThrow(
      expect.objectContaining({ more: { errors: [{ field: '/sendAt', code }] } }) as Error,
    );
});

it('is good for 60 days from its letter, and for a year while it is kept', () => {
  const days = (end: Date) => (end.getTime() - now.getTime()) / 86_400_000;
  expect(days(endOf(now, now))).toBe(60);
  expect(days(endOf(new Date(now.getTime() + 10 * 86_400_000), now))).toBe(70);
  expect(days(endOf(null, now))).toBe(366);
});
