import { cancelsLate, deadlineOf, lateFrom } from './late-cancel.js';

const startsAt = new Date('2026-10-14T07:00:00Z');
const cancelBy = new Date('2026-10-13T19:00:00Z');
const at = (instant: string) => new Date(instant);

describe('until when a session is cancelled in time', () => {
  it.each([
    ['a fellow at the deadline', 'participant', '2026-10-13T19:00:00.000Z', false],
    ['a fellow a moment later', 'participant', '2026-10-13T19:00:00.001Z', true],
    ['a fellow while it runs', 'participant', '2026-10-14T07:10:00Z', true],
    ['the coach at the last moment', 'coach', '2026-10-14T06:59:00Z', false],
    ['staff at the last moment', 'staff', '2026-10-14T06:59:00Z', false],
    ['nobody of it', null, '2026-10-14T06:59:00Z', false],
  ] as const)('given %s, then', (_name, part, now, late) => {
    expect(cancelsLate(part, { startsAt, cancelBy }, at(now))).toBe(late);
  });

  it('given a session from before deadlines were kept, then it is its start', () => {
    expect(deadlineOf({ startsAt })).toEqual(startsAt);
    expect(deadlineOf({ startsAt, cancelBy: null })).toEqual(startsAt);
    expect(lateFrom('participant', { startsAt, cancelBy: null })).toEqual(startsAt);
    expect(lateFrom('coach', { startsAt, cancelBy })).toBeNull();
  });
});
