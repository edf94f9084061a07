import { problemOfTime } from './later.js';

const now = new Date('2026-10-14T08:00:00Z');

describe('when something can be planned for', () => {
  it.each([
    ['2026-10-14T07:59:59.999Z', 'past'],
    ['2026-10-14T08:00:00.000Z', 'past'],
    ['2026-10-14T08:00:00.001Z', null],
    ['2027-10-15T08:00:00.000Z', null],
    ['2027-10-15T08:00:00.001Z', 'too_far'],
  ])('%s: %s', (dueAt, problem) => {
    expect(problemOfTime(new Date(dueAt), now)).toBe(problem);
  });
});
