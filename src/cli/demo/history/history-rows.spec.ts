import { readFile } from 'node:fs/promises';
import { periodsOf } from '../../../mentoring/scheduling/slots.js';
import { claimsOf } from '../../../mentoring/scheduling/placing.js';
import { HISTORY_FILE, type KeptHistory, movedBy, movedTo, unpack } from './history-rows.js';

const A_SEASON = 28 * 7;

describe('given the kept history is moved', () => {
  it.each([
    ['an instant, by its days', '2026-11-24T09:30:00.123Z', 7, '2026-12-01T09:30:00.123Z'],
    [
      'from winter to summer, nine in Paris stays nine in Paris',
      '2026-11-24T08:00:00.000Z',
      A_SEASON,
      '2027-06-08T07:00:00.000Z',
    ],
    ['from summer to summer, too', '2026-09-01T07:00:00.000Z', 52 * 7, '2027-08-31T07:00:00.000Z'],
    ['back in time', '2026-11-24T08:00:00.000Z', -A_SEASON, '2026-05-12T07:00:00.000Z'],
    [
      'into the night in which an hour is missing, by the gap',
      '2027-03-21T01:30:00.000Z',
      7,
      '2027-03-28T01:30:00.000Z',
    ],
  ])('then %s', (_, from, days, to) => {
    expect(movedBy(days)(new Date(from))).toEqual(new Date(to));
  });

  it('then days, also deep within, are moved, and words, numbers and ids are not', () => {
    const id = { _bsontype: 'ObjectId' };
    const row = {
      startsOn: '2026-12-28',
      phases: [{ endsOn: '2027-02-22' }],
      body: 'On 2026-12-28 we meet.',
      rev: 7,
      of: null,
      id,
    };
    expect(movedBy(7)(row)).toEqual({
      ...row,
      startsOn: '2027-01-04',
      phases: [{ endsOn: '2027-03-01' }],
    });
    expect((movedBy(7)(row) as typeof row).id).toBe(id);
  });
});

describe('given the kept history', () => {
  let kept: KeptHistory;
  beforeAll(async () => {
    kept = await unpack(await readFile(HISTORY_FILE));
  });

  it('then no time lies hidden in a number, but in the sessions, whose claims are counted anew', () => {
    const paths = new Set<string>();
    const look = (path: string, value: unknown): void => {
      if (typeof value === 'number' && value > 1_000) paths.add(path);
      if (value === null || typeof value !== 'object' || value instanceof Date || '_bsontype' in value) return;
      for (const [key, part] of Object.entries(value)) look(Array.isArray(value) ? path : `${path}.${key}`, part);
    };
    for (const [name, rows] of Object.entries(kept.rows)) look(name, rows);
    expect([...paths].sort()).toEqual(['sessions.day', 'sessions.week']);
  });

  it.each(['2027-02-22', '2027-06-14', '2026-11-30', '2028-02-28'])(
    'then, for %s, each session lies in the day and week of its coach and claims its own time',
    (monday) => {
      const { rows } = movedTo(new Date(monday), kept);
      const offers = new Map(rows.availabilities?.map((row) => [String(row.coachId), row]));
      for (const session of rows.sessions ?? []) {
        const { day, week } = session;
        expect({ day, week }).toEqual(
          periodsOf(offers.get(String(session.coachId)) as never, session.startsAt.getTime()),
        );
        if (session.claims) expect(session.claims).toEqual(claimsOf(session as never));
      }
      expect(rows.sessions?.filter(({ claims }) => claims).length).toBeGreaterThan(200);
    },
  );

  it('then the claims counted are those that booking wrote', () => {
    for (const session of kept.rows.sessions ?? [])
      if (session.claims) expect(claimsOf(session as never)).toEqual(session.claims);
  });
});
