import type { Review, ReviewSummary } from '../../../../src/contracts/selection/reviews';
import { bodyOf, isWaiting, lacksOf, nextOf, progressOf, reviewedOf, takes } from './review';

const words = { en: '', fr: '' };
const review = {
  ...{
    revision: 3,
    revisions: { 'scores/craft': 3 },
    scores: { craft: 4 },
    verdict: null,
    comment: '',
    toApplicant: 'Thank you.',
  },
  scale: [words, words, words, words],
  criteria: ['craft', 'judgement'].map((key) => ({ key, name: words, help: words, weight: 50 })),
  abilities: { write: true, submit: true },
} as unknown as Review;

const item = (id: string, state: ReviewSummary['state'] = 'asked', isLater = false): ReviewSummary => ({
  ...{ id, state, isLater, stepId: 's', number: id, submittedAt: null },
});

describe('a review by its fields', () => {
  it('given what is written of it, then each part is a field, and what is not written is none', () => {
    expect(reviewedOf(review)).toMatchObject({
      ...{ revision: 3, revisions: { 'scores/craft': 3 }, abilities: { edit: true } },
      answers: { 'scores/craft': 4, toApplicant: 'Thank you.' },
    });
    expect(Object.keys(reviewedOf(review).answers)).toEqual(['scores/craft', 'toApplicant']);
  });

  it('given what was typed by fields, then only that is sent, and what was taken away is said', () => {
    expect(bodyOf(3, { 'scores/craft': 2, 'scores/judgement': null, verdict: 'yes', comment: null })).toEqual({
      ...{ revision: 3, scores: { craft: 2, judgement: null }, verdict: 'yes', comment: '' },
    });
    expect(bodyOf(3, { toApplicant: 'x' })).toEqual({ revision: 3, toApplicant: 'x' });
  });

  it('given something that was kept in the browser, then it is taken only where it fits the step as it is now', () => {
    const server = reviewedOf(review);
    expect(takes(server, 'scores/craft', 4)).toBe(true);
    expect(takes(server, 'scores/craft', 5)).toBe(false);
    expect(takes(server, 'scores/gone', 1)).toBe(false);
    expect(takes(server, 'verdict', 'perhaps')).toBe(false);
    expect(takes(server, 'comment', 'x'.repeat(5_001))).toBe(false);
    expect(takes(server, 'comment', null)).toBe(true);
  });

  it('given a review without all of its scores, then what is missing is named in the order of the page', () => {
    expect(lacksOf(review, { 'scores/craft': 4 })).toEqual(['scores/judgement', 'verdict']);
    expect(lacksOf(review, { 'scores/craft': 4, 'scores/judgement': 1, verdict: 'no' })).toEqual([]);
  });
});

describe('a queue', () => {
  it('given files in every state, then the next is the first after this one that waits, round again, and what is put off last', () => {
    const items = [
      item('1'),
      item('2', 'submitted'),
      item('3', 'asked', true),
      item('4', 'begun'),
      item('5', 'conflict'),
    ];
    expect(nextOf(items, '1')?.id).toBe('4');
    expect(nextOf(items, '4')?.id).toBe('1');
    expect(nextOf([item('1'), item('3', 'asked', true)], '1')?.id).toBe('3');
    expect(nextOf([item('1'), item('2', 'abstained')], '1')).toBeUndefined();
    expect(items.filter(isWaiting).map(({ id }) => id)).toEqual(['1', '3', '4']);
  });

  it('given a conflict or that one abstained, then nothing is to come of it', () => {
    expect(progressOf([item('1', 'submitted'), item('2'), item('3', 'conflict'), item('4', 'abstained')])).toEqual({
      ...{ done: 1, of: 2 },
    });
  });
});
