import { sessionEntry, workshopEntry } from './agenda-entry.js';
import { type Mover, mayMove } from './moving.js';

const NOW = new Date('2026-10-13T09:45:00Z');
const [AHEAD, PAST] = [new Date('2026-10-15T08:00:00Z'), new Date('2026-10-12T08:00:00Z')];
const hour = (startsAt: Date) => ({ startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) });
const mover = (userId: string, role: Mover['role'] = 'fellow', cohortState: Mover['cohortState'] = 'running') => ({
  userId,
  role,
  cohortState,
});

describe('moving a workshop in the calendar', () => {
  const workshop = (over: object = {}) =>
    workshopEntry({ hosts: ['host'], status: 'published', ...hour(AHEAD), ...over } as never, null);
  it.each([
    ['staff', mover('s', 'staff'), workshop(), true],
    ['its host', mover('host'), workshop(), true],
    ['who goes', mover('f'), workshop(), false],
    ['a host of an agency', mover('h', 'host'), workshop(), false],
    ['staff of a closed cohort', mover('s', 'staff', 'closed'), workshop(), false],
    ['staff, when it has begun', mover('s', 'staff'), workshop(hour(PAST)), false],
    ['staff, when it is cancelled', mover('s', 'staff'), workshop({ status: 'cancelled' }), false],
  ])('given %s, then %#', (_who, who, entry, expected) => {
    expect(mayMove(entry, who, NOW)).toBe(expected);
  });
});

describe('moving a session in the calendar', () => {
  const session = (over: object = {}) =>
    sessionEntry(
      { coachId: 'coach', participantIds: ['f', 'g'], status: 'scheduled', ...hour(AHEAD), ...over } as never,
      'f',
      'Europe/Paris',
    );
  it.each([
    ['its fellow', mover('g'), session(), true],
    ['its coach', mover('coach', 'coach'), session(), true],
    ['another fellow', mover('x'), session(), false],
    ['its fellow in a closed cohort', mover('f', 'fellow', 'closed'), session(), false],
    ['its fellow, when it was held', mover('f'), session({ status: 'held' }), false],
    ['its coach, when its time has come', mover('coach', 'coach'), session(hour(PAST)), false],
  ])('given %s, then %#', (_who, who, entry, expected) => {
    expect(mayMove(entry, who, NOW)).toBe(expected);
  });
});
