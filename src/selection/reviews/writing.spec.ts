import { mergedReview, missingInReview, problemsOfScores } from './writing.js';

const criterion = (key: string) => ({ key, name: { en: key, fr: key }, help: { en: '', fr: '' }, weight: 50 });
const step = { criteria: [criterion('craft'), criterion('judgement')], scale: [1, 2, 3, 4] };
const row = {
  ...{ scores: { craft: 3 }, verdict: 'yes' as const, comment: 'Good.', toApplicant: '' },
  revisions: { 'scores/craft': 4, comment: 2, verdict: 1 },
};

describe('problemsOfScores', () => {
  it('names what is no criterion, or above the scale', () => {
    expect(problemsOfScores(step, { craft: 5, other: 1, judgement: null })).toEqual([
      { field: '/scores/craft', code: 'out_of_range', params: { maximum: 4 } },
      { field: '/scores/other', code: 'unknown' },
    ]);
  });
});

describe('mergedReview', () => {
  it('takes what nobody changed since, and names the rest', () => {
    const { written, conflicts } = mergedReview(row, {
      ...{ revision: 2, scores: { craft: 1, judgement: 2 }, comment: 'Better.', verdict: 'yes', toApplicant: '' },
    });
    expect(written).toEqual({
      set: { 'scores.judgement': 2, comment: 'Better.' },
      unset: [],
      parts: ['scores/judgement', 'comment'],
    });
    expect(conflicts).toEqual([{ field: 'scores/craft', sent: 1, kept: 3 }]);
  });

  it('takes a score and the verdict away', () => {
    const { written } = mergedReview(row, { revision: 4, scores: { craft: null }, verdict: null });
    expect(written).toEqual({ set: { verdict: null }, unset: ['scores.craft'], parts: ['scores/craft', 'verdict'] });
  });

  it('is no conflict where both wrote the same', () => {
    expect(mergedReview(row, { revision: 0, scores: { craft: 3 }, comment: 'Good.' })).toEqual({
      written: { set: {}, unset: [], parts: [] },
      conflicts: [],
    });
  });
});

describe('missingInReview', () => {
  it('names criteria without a score, and the verdict', () => {
    expect(missingInReview(step, { scores: { craft: 1 }, verdict: null })).toEqual(['judgement', 'verdict']);
    expect(missingInReview(step, { scores: { craft: 1, judgement: 1 }, verdict: 'no' })).toEqual([]);
  });
});
