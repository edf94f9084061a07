import { type Between, widening } from './widening.js';

const numbersIn = ({ after, before }: Between) =>
  Array.from({ length: Math.max(0, before - after - 1) }, (_, at) => after + 1 + at);

describe('parts of a range, each wider than the one before', () => {
  it.each([
    [{ after: 0, before: 1 }, 5],
    [{ after: 0, before: 2 }, 5],
    [{ after: 3, before: 9 }, 5],
    [{ after: 3, before: 10 }, 1],
    [{ after: 0, before: 1000 }, 7],
    [{ after: 9, before: 3 }, 7],
  ])('hold each number of %j once, in order from either end', (range, width) => {
    const fromStart = [...widening(range, 'start', width)].flatMap(numbersIn);
    const fromEnd = [...widening(range, 'end', width)].flatMap((part) => numbersIn(part).reverse());
    expect(fromStart).toEqual(numbersIn(range));
    expect(fromEnd).toEqual(numbersIn(range).reverse());
  });

  it('are few, however wide the range', () => {
    const range = { after: 0, before: 1_000_000 };
    expect([...widening(range, 'end', 200)].map(({ after, before }) => before - after - 1)).toEqual([
      200, 1600, 12_800, 102_400, 819_200, 63_799,
    ]);
  });
});
