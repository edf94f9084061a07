import type { StaffReview, StaffReviews } from '../../../../../src/contracts/selection/assignment';
import { counts, foundIn, usualReaders } from './reading';

const file = (number: string, ...states: StaffReview['state'][]): StaffReviews['files'][number] => ({
  ...{ applicationId: number, number, name: `Name ${number}` },
  reviews: states.map((state, at) => ({
    ...{
      id: `${number}-${at}`,
      jurorName: '',
      jurorId: `j${at}`,
      state,
      isLocked: false,
      reason: '',
      submittedAt: null,
    },
  })),
});
const files = [
  ...[file('8-1', 'submitted', 'submitted'), file('8-2', 'asked', 'begun'), file('8-3', 'submitted', 'conflict')],
  ...[file('8-4'), file('8-5', 'submitted', 'submitted', 'abstained')],
];

it('given files with jurors, then those with fewer than most, and those of which a review is out, are found', () => {
  expect(usualReaders(files)).toBe(2);
  expect(counts(files)).toEqual({ all: 5, few: 2, open: 1 });
  const numbers = (shown: 'all' | 'few' | 'open', words = '') =>
    foundIn(files, [{ id: 'j1', name: 'Mina Dahmani' }], { words, shown }).map(({ number }) => number);
  expect(numbers('few')).toEqual(['8-3', '8-4']);
  expect(numbers('open')).toEqual(['8-2']);
  expect(numbers('all', 'name 8-5')).toEqual(['8-5']);
  expect(numbers('all', 'MINA')).toEqual(['8-1', '8-2', '8-3', '8-5']);
  expect(counts([file('8-1')])).toEqual({ all: 1, few: 1, open: 0 });
});
