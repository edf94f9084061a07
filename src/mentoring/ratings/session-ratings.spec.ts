import fc from 'fast-check';
import { type Rating, sumsOfCoaches, sumsOfFellows } from './session-ratings.js';

const useful = (raterId: string, rating: number, comment = '', coachIds = ['hanna']): Rating => ({
  side: 'fellow',
  raterId,
  coachIds,
  fellowIds: [raterId],
  rating,
  comment,
  waitsFor: [],
  before: [],
});
const prepared = (fellowIds: string[], rating: number, comment = ''): Rating => ({
  side: 'coach',
  raterId: 'hanna',
  coachIds: ['hanna'],
  fellowIds,
  rating,
  comment,
  waitsFor: [],
  before: [],
});

describe('what staff read of ratings', () => {
  it('given fewer than three fellows, however often they rated, then how many they are and nothing else', () => {
    const ratings = [useful('a', 1, 'Late'), useful('a', 2, 'Late again'), useful('b', 5, 'Great')];
    expect(sumsOfCoaches(ratings)).toEqual([{ coachId: 'hanna', fellows: 2, waiting: 2, average: null, comments: [] }]);
  });

  it('given three, then the average and the comments by the alphabet, without names', () => {
    const ratings = [useful('a', 1, 'Zebra'), useful('b', 5), useful('c', 4, 'Apple')];
    expect(sumsOfCoaches(ratings)).toEqual([
      { coachId: 'hanna', fellows: 3, waiting: 0, average: 3.3, comments: ['Apple', 'Zebra'] },
    ]);
  });

  it('given what waits for others, then what was shown before stands in its place, for each coach by itself', () => {
    const both = ['hanna', 'tomasz'];
    const three = [useful('a', 4, 'A', both), useful('b', 4, '', both), useful('c', 4, '', both)];
    const changed = {
      ...useful('a', 1, 'Never again', both),
      ...{ waitsFor: ['hanna'], before: [{ coachId: 'hanna', rating: 4, comment: 'A' }] },
    };
    const fresh = { ...useful('d', 1, 'Bad', both), waitsFor: both };
    const [before, after] = [sumsOfCoaches(three), sumsOfCoaches([changed, ...three.slice(1), fresh])];
    expect(after[0]).toEqual({ ...before[0], fellows: 4, waiting: 2 });
    expect(after[1]).toMatchObject({
      coachId: 'tomasz',
      fellows: 4,
      waiting: 1,
      average: 3,
      comments: ['Never again'],
    });
  });

  it('given two coaches, then it counts for both; what coaches said is none of their sums', () => {
    const both = ['hanna', 'tomasz'];
    const ratings = [useful('a', 4, '', both), useful('b', 4, '', both), useful('c', 4, '', both), prepared(['a'], 1)];
    expect(sumsOfCoaches(ratings).map(({ coachId, average }) => [coachId, average])).toEqual([
      ['hanna', 4],
      ['tomasz', 4],
    ]);
  });

  it('given a team, then what its coach said counts for each who came', () => {
    expect(sumsOfFellows([prepared(['a', 'b'], 2, 'No plan'), prepared(['a'], 5), useful('a', 1)])).toEqual([
      { fellowId: 'a', count: 2, average: 3.5, comments: [{ comment: 'No plan', byId: 'hanna' }] },
      { fellowId: 'b', count: 1, average: 2, comments: [{ comment: 'No plan', byId: 'hanna' }] },
    ]);
  });

  it('given any ratings, then no sum of a coach names a fellow or shows fewer than three', () => {
    const rating = fc.record({ rater: fc.integer({ min: 0, max: 5 }), rating: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(fc.array(rating), (list) => {
        const [sum] = sumsOfCoaches(list.map((one) => useful(`fellow${one.rater}`, one.rating, 'said')));
        const raters = new Set(list.map((one) => one.rater)).size;
        expect(sum === undefined || (sum.average === null) === raters < 3).toBe(true);
        expect(JSON.stringify(sum ?? {})).not.toContain('fellow0');
        if (raters < 3) expect(sum?.comments ?? []).toEqual([]);
      }),
    );
  });
});
