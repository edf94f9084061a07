import { cutsTie, movesAcross, ranked, scored, triedWeights, weightedMean } from './scoring.js';

const weights = { craft: 60, judgement: 40 };
const given = (jurorId: string, fileId: string, craft: number, judgement = craft) => ({
  ...{ jurorId, fileId, scores: { craft, judgement } },
});

describe('weightedMean', () => {
  it.each([
    [{ craft: 4, judgement: 1 }, weights, 2.8],
    [{ craft: 4 }, weights, 4],
    [{ craft: 4, judgement: 1 }, { craft: 0, judgement: 100 }, 1],
    [{}, weights, null],
    [{ craft: 4 }, { craft: 0 }, null],
  ])('of %j by %j is %s', (scores: Record<string, number>, by: Record<string, number>, mean) => {
    const found = weightedMean(scores, by);
    if (mean === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(mean);
  });
});

describe('scored', () => {
  const files = ['a', 'b', 'c', 'd'];

  it('says how far a juror lies from the others, and takes that off', () => {
    const { reviews, jurors } = scored(
      files.flatMap((file) => [given('strict', file, 2), given('mild', file, 2.4)]),
      weights,
    );
    expect(jurors.get('strict')).toEqual({ files: 4, shared: 4, distance: -0.4 });
    expect(jurors.get('mild')).toEqual({ files: 4, shared: 4, distance: 0.4 });
    expect(reviews.map(({ levelled }) => levelled.toFixed(2))).toEqual(files.flatMap(() => ['2.40', '2.00']));
  });

  it('moves nobody by more than half a step', () => {
    const { reviews } = scored(
      files.flatMap((file) => [given('strict', file, 1), given('mild', file, 4)]),
      weights,
    );
    for (const { raw, levelled } of reviews) expect(Math.abs(raw - levelled)).toBe(0.5);
  });

  it('says nothing of who shares fewer than three files', () => {
    const { jurors, reviews } = scored(
      [...['a', 'b'].flatMap((file) => [given('one', file, 1), given('two', file, 3)]), given('one', 'c', 2)],
      weights,
    );
    expect(jurors.get('one')).toEqual({ files: 3, shared: 2, distance: null });
    expect(reviews.every(({ raw, levelled }) => raw === levelled)).toBe(true);
  });
});

describe('ranked', () => {
  const { reviews } = scored(
    [given('x', 'a', 3), given('y', 'a', 1), given('x', 'b', 4), given('x', 'c', 2), given('y', 'd', 1)],
    weights,
  );
  const files = ranked(['d', 'a', 'none', 'b', 'c'], reviews, 'raw');

  it('lets files of one mean share a rank, and puts those without a review last', () => {
    expect(files.map(({ fileId, rank, mean }) => [fileId, rank, mean])).toEqual([
      ['b', 1, 4],
      ['a', 2, 2],
      ['c', 2, 2],
      ['d', 4, 1],
      ['none', null, null],
    ]);
    expect(files[1]).toMatchObject({ tied: ['a', 'c'], spread: 2, isWide: true });
    expect(files[4]).toMatchObject({ tied: [], spread: null });
  });

  it('says whether a line cuts a tie', () => {
    expect([1, 2, 3, 4, 5, 9].map((line) => cutsTie(files, line))).toEqual([false, true, false, false, false, false]);
  });

  it('says who moves across a line', () => {
    const after = [...files.slice(0, 1), ...files.slice(2, 3), ...files.slice(1, 2), ...files.slice(3)];
    expect(movesAcross(files, after, 2)).toEqual({ in: ['c'], out: ['a'] });
    expect(movesAcross(files, after, 3)).toEqual({ in: [], out: [] });
  });
});

describe('means that are equal', () => {
  it('are one rank, whatever their binary fractions are', () => {
    const by = { a: 35, b: 30, c: 20, d: 15 };
    const of = (jurorId: string, fileId: string, [a, b, c, d]: number[]) => ({
      jurorId,
      fileId,
      scores: { a, b, c, d } as Record<string, number>,
    });
    const { reviews: four } = scored(
      [of('x', 'A', [1, 1, 1, 1]), of('y', 'A', [2, 1, 1, 1]), of('x', 'B', [1, 1, 1, 2]), of('y', 'B', [1, 1, 2, 1])],
      by,
    );
    expect(ranked(['A', 'B'], four, 'raw').map(({ mean, rank }) => [mean, rank])).toEqual([
      [1.18, 1],
      [1.18, 1],
    ]);
  });
});

describe('triedWeights', () => {
  it('keeps what is not named, and knows no other criterion', () => {
    expect(triedWeights(weights, 'craft:10,other:90')).toEqual({ craft: 10, judgement: 40 });
    expect(triedWeights(weights, undefined)).toEqual(weights);
  });
});
