import { STEPS, doneSteps } from './set-up-steps';

const nothing = {
  lookedOver: [],
  ...{ projects: 0, invited: 0, joined: 0, notSent: 0, coaches: 0, coachesWithHours: 0, workshops: 0 },
};
const pauses = [{ from: '2026-12-19', to: '2027-01-03', name: 'Winter' }];

it('given nothing is there, then nothing is done', () => {
  expect([...doneSteps(nothing, { pauses: [] })]).toEqual([]);
});

it('given all of it, then all is done', () => {
  const all = { lookedOver: ['dates' as const, 'reminders' as const], projects: 1, workshops: 2 };
  const people = { invited: 9, joined: 9, notSent: 0, coaches: 2, coachesWithHours: 2 };
  expect([...doneSteps({ ...all, ...people }, { pauses })]).toEqual([...STEPS]);
});

it.each([
  ['a cohort without pauses that staff looked over', { lookedOver: ['closedDays' as const] }, ['closedDays']],
  ['some who were invited', { invited: 3, joined: 2 }, ['invited']],
  ['all who got a letter, and some who have not', { invited: 2, joined: 2, notSent: 4 }, ['invited']],
  ['one of two coaches with hours', { coaches: 2, coachesWithHours: 1 }, []],
])('given %s', (_, part, done) => {
  expect([...doneSteps({ ...nothing, ...part }, { pauses: [] })]).toEqual(done);
});
