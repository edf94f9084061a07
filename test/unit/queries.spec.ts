import { unserved } from '../support/queries.js';

const find = (filter: Record<string, unknown>, sort: Record<string, number> = {}) => ({
  collection: 'things',
  kind: 'find' as const,
  filter,
  sort,
});
const byCohort = { cohortId: 1, startsAt: 1 };

describe('the check of queries against indexes', () => {
  it.each([
    ['an id', find({ _id: 'x', other: 1 }), null],
    ['the first field of an index', find({ cohortId: 'x' }), null],
    ['a range after equality, in its order', find({ cohortId: 'x', startsAt: { $gt: 1 } }, { startsAt: 1 }), null],
    ['the same backwards', find({ cohortId: 'x' }, { startsAt: -1 }), null],
  ])('given %s, then it is served', (_name, query, expected) => {
    expect(unserved(query, [{ _id: 1 }, byCohort])).toBe(expected);
  });

  it.each([
    ['a field in no index', find({ title: 'x' }), /no index begins/],
    ['only a later field of an index', find({ startsAt: { $gt: 1 } }), /no index begins/],
    ['an order that no index gives', find({ cohortId: 'x' }, { title: 1 }), /order/],
    ['only a negation', find({ cohortId: { $ne: 'x' } }), /no index begins/],
    ['nothing at all, in another order', find({}, { startsAt: 1 }), /no index begins/],
  ])('given %s, then it says so', (_name, query, reason) => {
    expect(unserved(query, [{ _id: 1 }, byCohort])).toMatch(reason);
  });
});
