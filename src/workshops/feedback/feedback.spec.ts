import { feedbackBarrier, summaryOf } from './feedback.js';

it.each([
  ['who was there, when it is over', 'over', 'attended', null],
  ['who was there, while it runs', 'started', 'attended', 'not_over'],
  ['who goes, before it', 'open', 'going', 'not_over'],
  ['who went, but was not marked', 'over', 'going', 'not_there'],
  ['who was missed', 'over', 'absent', 'not_there'],
  ['who was excused', 'over', 'excused', 'not_there'],
  ['who never joined', 'over', null, 'not_there'],
  ['who was there, and it was cancelled', 'cancelled', 'attended', 'cancelled'],
] as const)('given %s, then just that', (_name, state, mine, expected) => {
  expect(feedbackBarrier(state, mine)).toBe(expected);
});

it('given nobody has said anything, then there is no average', () => {
  expect(summaryOf([])).toEqual({ count: 0, waiting: 0, average: null, counts: [0, 0, 0, 0, 0], comments: [] });
});

it('given one or two have, then how many they are, and nothing that tells who gave what', () => {
  const given = [
    { rating: 1, comment: 'Too short' },
    { rating: 5, comment: '' },
  ];
  for (const few of [given.slice(0, 1), given])
    expect(summaryOf(few)).toEqual({
      ...{ count: few.length, waiting: few.length },
      ...{ average: null, counts: [0, 0, 0, 0, 0], comments: [] },
    });
});

it('given three have, then they are counted, and their words are in an order of their own', () => {
  const given = [
    { rating: 5, comment: 'Too short' },
    { rating: 4, comment: '' },
    { rating: 5, comment: 'Again!' },
  ];
  expect(summaryOf(given)).toEqual({
    count: 3,
    waiting: 0,
    average: 4.7,
    counts: [0, 0, 0, 1, 2],
    comments: ['Again!', 'Too short'],
  });
});

it('given what others gave since waits, then it is counted and in nothing else', () => {
  const three = [3, 4, 5].map((rating) => ({ rating, comment: `${rating}` }));
  const waiting = { rating: 1, comment: 'Of no use', waits: true };
  expect(summaryOf([...three, waiting])).toEqual({ ...summaryOf(three), count: 4, waiting: 1 });
});
