import { afterRefusal, problemOfTime } from './scheduled.js';

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

describe('what comes of a refusal', () => {
  it.each([
    [404, 'failed'],
    [409, 'failed'],
    [422, 'failed'],
    [429, 'later'],
    [500, 'broken'],
    [503, 'broken'],
  ])('%i: %s', (status, then) => {
    expect(afterRefusal(status)).toBe(then);
  });
});
