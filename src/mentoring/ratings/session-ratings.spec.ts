import fc from 'fast-check';
import { type Rating, sumsOfCoaches, sumsOfFellows } from './session-ratings.js';

const useful = (raterId: string, rating: number, comment = '', coachIds = ['hanna']): Rating => ({
  side: 'fellow',
  raterId,
  coachIds,
  fellowIds: [raterId],
  rating,
  comment,
});
const prepared = (fellowIds: string[], rating: number, comment = ''): Rating => ({
  side: 'coach',
  raterId: 'hanna',
  coachIds: ['hanna'],
  fellowIds,
  rating,
  comment,
});

describe('what staff read of ratings', () => {
  it('given fewer than three fellows, however often they rated, then how many they are and nothing else', () => {
    const ratings = [useful('a', 1, 'Late'), useful('a', 2, 'Late again'), useful('b', 5, 'Great')];
    expect(sumsOfCoaches(ratings)).toEqual([{ coachId: 'hanna', fellows: 2, average: null, comments: [] }]);
  });

  it('given three, then the average and the comments by the alphabet, without names', () => {
    const ratings = [useful('a', 1, 'Zebra'), useful('b', 5), useful('c', 4, 'Apple')];
    expect(sumsOfCoaches(ratings)).toEqual([
      { coachId: 'hanna', fellows: 3, average: 3.3, comments: ['Apple', 'Zebra'] },
    ]);
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
