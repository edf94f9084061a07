import { MB, fits, neededBy, roomOf, storageFull } from './storage-rule.js';

const standards = { STORAGE_PERSON_MB: 1000, STORAGE_COHORT_MB: 20_000 };

describe('the room at a place', () => {
  it.each([
    ['a cohort for which nothing is set', true, undefined, 1000, 20_000],
    ['a cohort of which the team shares otherwise', true, { personMb: 50 }, 50, 20_000],
    ['a cohort that an admin gave less', true, { cohortMb: 300 }, 1000, 300],
    ['a cohort with both', true, { personMb: 1, cohortMb: 2 }, 1, 2],
    ['a cohort whose settings were taken back', true, { personMb: null, cohortMb: null }, 1000, 20_000],
    ['direct conversations', false, undefined, 1000, null],
  ] as const)(
    'given %s, then it is what was set, else what the installation allows',
    (_, isCohort, set, person, whole) => {
      expect(roomOf(standards, isCohort, set)).toEqual({
        person: person * MB,
        calls: whole === null ? null : (whole * MB) / 2,
        cohort: whole === null ? null : whole * MB,
      });
    },
  );
});

describe('whose room a file needs', () => {
  it.each([
    ['uploaded in a cohort', { cohortId: 'c', imported: false }, ['person', 'cohort']],
    ['uploaded for a direct conversation', { cohortId: null, imported: false }, ['person']],
    ['brought in by an import', { cohortId: 'c', imported: true }, ['cohort']],
    ['sent to a call', { cohortId: 'c', imported: true, callId: 'k' }, ['call', 'calls', 'cohort']],
  ] as const)('given one %s', (_, file, expected) => {
    expect(neededBy(file)).toEqual(expected);
  });
});

describe('may so much be added?', () => {
  it.each([
    [0, 100, 100, true],
    [0, 100, 101, false],
    [99, 100, 1, true],
    [100, 100, 1, false],
    [100, 100, 0, true],
    [150, 100, 1, false],
  ])('given %i used of %i, then %i more: %s', (used, limit, size, expected) => {
    expect(fits({ used, limit, size })).toBe(expected);
  });
});

describe('what is said when there is no room', () => {
  it.each(['person', 'direct', 'calls', 'cohort'] as const)(
    'given the room of %s, then whose, how much, and what to do',
    (of) => {
      const { status, code, detail, more } = storageFull(of, { used: 9, limit: 10, size: 2 });
      expect([status, code, more]).toEqual([409, 'storage_full', { of, used: 9, limit: 10, size: 2 }]);
      expect(detail).toMatch(/delete|ask/);
    },
  );
});
