import { overlapsIn } from './overlaps.js';

const at = (time: string) => new Date(`2026-10-15T${time}:00Z`);
const entry = (id: string, from: string, to: string, more: object = {}) =>
  ({ kind: 'workshop', id, startsAt: at(from), endsAt: at(to), status: 'published', mine: 'going', ...more }) as const;
const session = (id: string, from: string, to: string, status = 'scheduled') =>
  entry(id, from, to, { kind: 'session', mine: 'participant', status });
const found = (...entries: ReturnType<typeof entry>[]) =>
  Object.fromEntries([...overlapsIn(entries)].map(([id, others]) => [id, others.map((other) => other.id)]));

describe('overlaps of an agenda', () => {
  it('given what lies over each other, then each names the others', () => {
    expect(found(entry('a', '08:00', '11:00'), session('b', '09:00', '10:00'), entry('c', '10:30', '12:00'))).toEqual({
      a: ['b', 'c'],
      b: ['a'],
      c: ['a'],
    });
  });

  it('given what ends as the next begins, then nothing overlaps', () => {
    expect(found(entry('a', '08:00', '09:00'), session('b', '09:00', '10:00'))).toEqual({});
  });

  it.each([
    ['waits', { mine: 'waitlisted' }],
    ['does not go', { mine: 'none' }],
    ['sees it called off', { status: 'cancelled' }],
  ])('given who %s, then it takes none of their time', (_, more) => {
    expect(found(session('a', '08:00', '09:00'), entry('b', '08:00', '09:00', more))).toEqual({});
  });

  it('given sessions that were held or cancelled, and a milestone, then they take no time', () => {
    const milestone = entry('m', '00:00', '23:00', { kind: 'milestone', status: 'planned', mine: 'none' });
    const sessions = [session('b', '08:00', '09:00', 'cancelled'), session('c', '08:00', '09:00', 'held')];
    expect(found(milestone, entry('a', '08:00', '09:00'), ...sessions)).toEqual({});
  });
});
