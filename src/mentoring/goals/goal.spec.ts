import fc from 'fast-check';
import type { Measure } from '../../contracts/mentoring/goals.js';
import type { Role } from '../../contracts/roles.js';
import { abilities, readersWith, shareOf, standingOf } from './goal.js';

const up: Measure = { kind: 'number', unit: 'people', start: 2, target: 10 };
const down: Measure = { kind: 'number', unit: 'days', start: 30, target: 10 };
const yes: Measure = { kind: 'yes_no' };
const mark = (on: string, value: number, minute = 0) => ({ on, value, createdAt: new Date(2026, 0, 1, 0, minute) });

describe('where a goal stands', () => {
  it.each<[string, Measure, number, number]>([
    ['half of the way up', up, 6, 0.5],
    ['the target', up, 10, 1],
    ['more than the target', up, 12, 1],
    ['less than the start', up, 0, 0],
    ['half of the way down', down, 20, 0.5],
    ['less than a target that lies below', down, 5, 1],
    ['yes', yes, 1, 1],
    ['no', yes, 0, 0],
  ])('given %s', (_name, measure, value, share) => {
    expect(shareOf(measure, value)).toBe(share);
  });

  it('given marks in no order, then the latest day counts, and of one day what was written last', () => {
    expect(standingOf(up, [mark('2026-03-01', 8), mark('2026-02-01', 4)])).toEqual({
      ...{ value: 8, on: '2026-03-01', share: 0.75, isReached: false },
    });
    expect(standingOf(up, [mark('2026-03-01', 10, 2), mark('2026-03-01', 8, 1)])?.isReached).toBe(true);
    expect(standingOf(up, [])).toBeNull();
  });

  it('given any measure and value, then the share lies between none and all', () => {
    const number = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(number, number, number, (start, target, value) => {
        fc.pre(start !== target);
        const share = shareOf({ kind: 'number', unit: '', start, target }, value);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('who may do what with a goal', () => {
  const goal = {
    ...{ coachId: 'coach', fellowId: 'ines', authorId: 'ines', readers: ['coach', 'ines', 'tomasz'] },
    ...{ state: 'open' as const, isRecorded: false },
  };
  const asks = (userId: string, role: Role = 'fellow', cohortState: 'running' | 'closed' = 'running') => ({
    ...{ userId, role, cohortState },
  });
  it.each([
    ['ines', 'fellow', { edit: true, changeMeasure: true, record: true, settle: true, changeCoach: true }],
    ['coach', 'coach', { edit: false, changeMeasure: false, record: true, settle: true, changeCoach: false }],
    ['tomasz', 'fellow', { edit: false, changeMeasure: false, record: false, settle: false, changeCoach: false }],
    ['nora', 'staff', null],
  ] as const)('given %s', (userId, role, may) => {
    expect(abilities(asks(userId, role), goal)).toEqual(may);
  });

  it('given a coach who is not among the readers, then it does not exist for them', () => {
    expect(abilities(asks('coach', 'coach'), { ...goal, readers: ['ines'] })).toBeNull();
  });

  it('given one that is over, and one with a course, then nothing is recorded, and the measure stays', () => {
    expect(abilities(asks('ines'), { ...goal, state: 'reached', isRecorded: true })).toEqual({
      ...{ edit: true, changeMeasure: false, record: false, settle: true, changeCoach: false },
    });
  });

  it('given who was its fellow and is none any more, or a closed cohort, then it goes on with no other coach', () => {
    expect(abilities(asks('ines', 'alumni'), goal)?.changeCoach).toBe(false);
    expect(abilities(asks('ines', 'fellow', 'closed'), goal)?.changeCoach).toBe(false);
  });

  it('given it goes on with another coach, then that one reads it in the place of the one before, and nobody else', () => {
    expect(readersWith(goal.readers, 'coach', 'next')).toEqual(['next', 'ines', 'tomasz']);
    expect(readersWith(['ines', 'next', 'coach'], 'coach', 'next')).toEqual(['ines', 'next']);
    expect(readersWith(['ines'], 'coach', 'next')).toEqual(['ines']);
  });
});
