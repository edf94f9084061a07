import fc from 'fast-check';
import type { SessionStatus } from '../../contracts/mentoring/mentoring.js';
import { type CycleSession, type CycleSubject, abilities, daysLeft, partIn, progressOf } from './cycle.js';

const PARIS = { startedAt: new Date('2026-10-13T09:00:00Z'), timeZone: 'Europe/Paris' };
const at = (id: string, startsAt: string, status: SessionStatus = 'scheduled'): CycleSession => ({
  id,
  startsAt: new Date(startsAt),
  status,
});
const numbers = (sessions: CycleSession[]) =>
  progressOf(PARIS, sessions)
    .counted.map(({ id, number }) => `${id}${number}`)
    .join(' ');

describe('the month of a cycle', () => {
  it.each([
    ['a day that the next month has', '2026-11-14T09:00:00Z', 'Europe/Paris', '2026-11-14', '2026-12-14'],
    ['the 31 January', '2027-01-31T09:00:00Z', 'Europe/Paris', '2027-01-31', '2027-02-28'],
    ['the 31 January of a leap year', '2028-01-31T09:00:00Z', 'Europe/Paris', '2028-01-31', '2028-02-29'],
    ['the end of a year', '2026-12-31T09:00:00Z', 'Europe/Paris', '2026-12-31', '2027-01-31'],
    [
      'late in the evening, where the fellow is ahead',
      '2026-11-13T23:30:00Z',
      'Europe/Paris',
      '2026-11-14',
      '2026-12-14',
    ],
    [
      'early in the day, where the fellow is behind',
      '2026-11-14T03:00:00Z',
      'America/New_York',
      '2026-11-13',
      '2026-12-13',
    ],
  ])('given %s, then it lasts until the same day a month later', (_name, startsAt, timeZone, from, until) => {
    expect(progressOf({ ...PARIS, timeZone }, [at('a', startsAt)])).toMatchObject({ from, until, begun: true });
  });

  it('given it goes over the autumn night, then it ends at midnight on the wall', () => {
    const { ends, lapsesAt, lapsesOn } = progressOf(PARIS, [at('a', '2026-10-20T08:00:00Z')]);
    expect(ends).toEqual(new Date('2026-11-20T23:00:00Z'));
    expect([lapsesOn, lapsesAt]).toEqual(['2026-11-28', new Date('2026-11-27T23:00:00Z')]);
  });

  it('given no session, or cancelled ones alone, then it is counted from the day of the start', () => {
    const none = { from: '2026-10-13', until: '2026-11-13', begun: false, counted: [], held: 0 };
    expect(progressOf(PARIS, [])).toMatchObject(none);
    expect(progressOf(PARIS, [at('a', '2026-10-20T08:00:00Z', 'cancelled')])).toMatchObject(none);
  });

  it.each([
    ['2026-11-13T12:00:00Z', 1],
    ['2026-11-14T22:59:00Z', 0],
    ['2026-12-01T12:00:00Z', 0],
  ])('given %s, then %i days are left', (now, left) => {
    expect(daysLeft('2026-11-14', 'Europe/Paris', new Date(now))).toBe(left);
  });
});

describe('the numbers of the sessions of a cycle', () => {
  const four = ['20', '27'].map((day) => at(day, `2026-10-${day}T08:00:00Z`));
  const [a, b] = [at('a', '2026-10-20T08:00:00Z'), at('b', '2026-10-22T08:00:00Z')];
  const [c, d, e] = [at('c', '2026-10-27T08:00:00Z'), at('d', '2026-11-03T08:00:00Z'), at('e', '2026-11-10T08:00:00Z')];
  it.each<[string, CycleSession[], string]>([
    ['two', four, '201 272'],
    ['any order, then that of time', [c, a, b], 'a1 b2 c3'],
    ['five, then the first four', [a, b, c, d, e], 'a1 b2 c3 d4'],
    ['one cancelled, then its number goes on', [a, { ...b, status: 'cancelled' }, c, d, e], 'a1 c2 d3 e4'],
    ['one to which nobody came, then its number goes on', [a, { ...b, status: 'no_show' }, c, d, e], 'a1 c2 d3 e4'],
    ['one after the month, then it does not count', [a, at('z', '2026-11-21T08:00:00Z')], 'a1'],
    ['one on the last evening, then it counts', [a, at('z', '2026-11-20T22:00:00Z')], 'a1 z2'],
  ])('given %s', (_name, sessions, expected) => {
    expect(numbers(sessions)).toBe(expected);
  });

  const session = fc.record({
    id: fc.uuid(),
    startsAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
    status: fc.constantFrom<SessionStatus>('scheduled', 'held', 'no_show', 'cancelled'),
  });
  const many = fc.uniqueArray(session, { selector: ({ id }) => id, maxLength: 12 });

  it('given any sessions in any order, then numbers run from 1 to 4 at most, each once, in time order, within the month', () => {
    fc.assert(
      fc.property(many, (sessions) => {
        const { counted, ends, held } = progressOf(PARIS, sessions);
        expect(counted.map(({ number }) => number)).toEqual([1, 2, 3, 4].slice(0, counted.length));
        const times = counted.map(({ startsAt }) => startsAt.getTime());
        expect(times).toEqual([...times].sort((x, y) => x - y));
        expect(counted.every(({ status, startsAt }) => status !== 'cancelled' && startsAt < ends)).toBe(true);
        expect(held).toBeLessThanOrEqual(counted.length);
        expect(numbers([...sessions].reverse())).toBe(numbers(sessions));
      }),
    );
  });

  it('given one is cancelled that counted but was not the first, then all others that counted still do', () => {
    fc.assert(
      fc.property(many, fc.nat(3), (sessions, which) => {
        const before = progressOf(PARIS, sessions).counted;
        const gone = before[1 + which];
        if (!gone) return;
        const after = progressOf(
          PARIS,
          sessions.map((one) => (one.id === gone.id ? { ...one, status: 'cancelled' as const } : one)),
        ).counted.map(({ id }) => id);
        for (const { id } of before) if (id !== gone.id) expect(after).toContain(id);
      }),
    );
  });
});

describe('what somebody may do with a cycle', () => {
  const cycle: CycleSubject = { coachId: 'coach', fellowId: 'fellow', state: 'open', hasNote: false, readers: [] };
  const now = new Date('2026-10-21T08:00:00Z');
  const may = (userId: string, role: 'fellow' | 'coach' | 'staff', more: Partial<CycleSubject> = {}, held = 0) => {
    const sessions = Array.from({ length: held }, (_, i) => at(`${i}`, `2026-10-${14 + i}T08:00:00Z`, 'held'));
    const all = abilities({ userId, role }, { ...cycle, ...more }, progressOf(PARIS, sessions), now);
    return Object.entries(all).flatMap(([name, can]) => (can ? [name] : []));
  };

  it.each<[string, string[], string[]]>([
    ['the fellow of an open one', may('fellow', 'fellow'), ['bookNext', 'close']],
    ['its coach', may('coach', 'coach'), ['bookNext', 'close']],
    ['staff', may('aurore', 'staff'), ['close']],
    ['another coach', may('other', 'coach'), []],
    ['its coach after four', may('coach', 'coach', {}, 4), ['close', 'writeNote']],
    ['its fellow after four', may('fellow', 'fellow', {}, 4), ['close']],
    ['its coach of a lapsed one', may('coach', 'coach', { state: 'lapsed' }), ['writeNote']],
    ['its coach when the note is written', may('coach', 'coach', { state: 'completed', hasNote: true }, 4), []],
    ['who reads the note', may('mate', 'fellow', { hasNote: true, readers: ['mate'] }), []],
  ])('given %s', (_name, can, expected) => {
    expect(can).toEqual(expected);
  });

  it('given nobody of it, then it does not exist for them', () => {
    expect(partIn({ userId: 'other', role: 'coach' }, cycle)).toBeNull();
    expect(partIn({ userId: 'other', role: 'admin' }, cycle)).toBeNull();
    expect(partIn({ userId: 'mate', role: 'fellow' }, { ...cycle, readers: ['mate'] })).toBe('reader');
  });
});
