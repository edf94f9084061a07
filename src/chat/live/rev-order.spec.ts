import fc from 'fast-check';
import { inRevOrder } from './rev-order.js';

const revs = (...numbers: number[]) => numbers.map((rev) => ({ rev }));

describe('the order of revs', () => {
  it.each([
    ['what follows goes out', 3, [4, 5], [4, 5], [], 5],
    ['what came in the wrong order goes out in the right one', 3, [5, 4], [4, 5], [], 5],
    ['what comes after a gap waits', 3, [4, 6, 7], [4], [6, 7], 4],
    ['what is out already or came twice is dropped', 3, [2, 3, 4, 4, 6, 6], [4], [6], 4],
    ['the first that is heard of a channel goes out, whatever its number', null, [9, 7], [7, 9], [], 9],
    ['nothing is nothing', null, [], [], [], 0],
  ])('%s', (_name, last, waiting, out, held, at) => {
    expect(inRevOrder(last, revs(...waiting))).toEqual({ out: revs(...out), held: revs(...held), last: at });
  });

  it('given any arrival of 1 to n in any pieces, some twice, then 1 to n go out once each, in order', () => {
    const arrivals = fc.integer({ min: 1, max: 60 }).chain((n) =>
      fc.tuple(
        fc.shuffledSubarray(
          Array.from({ length: n }, (_, index) => index + 1),
          { minLength: n, maxLength: n },
        ),
        fc.array(fc.integer({ min: 1, max: n })),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      ),
    );
    fc.assert(
      fc.property(arrivals, ([shuffled, twice, sizes]) => {
        const arriving = revs(...shuffled, ...twice);
        let state = inRevOrder<{ rev: number }>(0, []);
        const out: number[] = [];
        for (let turn = 0; arriving.length > 0; turn += 1) {
          state = inRevOrder(state.last, [...state.held, ...arriving.splice(0, sizes[turn % sizes.length])]);
          out.push(...state.out.map(({ rev }) => rev));
        }
        expect(out).toEqual(Array.from({ length: shuffled.length }, (_, index) => index + 1));
        expect(state.held).toEqual([]);
      }),
    );
  });
});
