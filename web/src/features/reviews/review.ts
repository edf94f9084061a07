import type { Answer } from '../../../../src/contracts/calls/answers';
import type {
  MyReviews,
  Review,
  ReviewSummary,
  Verdict,
  WriteReview,
  WrittenReview,
} from '../../../../src/contracts/selection/reviews';
import type { Reply, Takes, Typed, Written } from '../../api/autosave/draft';

/** A review as it is saved by its fields: `scores/<key of the criterion>`, `verdict`, `comment`, `toApplicant`. */
export interface Reviewed extends Written {
  review: Review;
}

export const VERDICTS = ['yes', 'maybe', 'no'] as const satisfies Verdict[];
/** How long the two comments may be, as the contract has it. */
export const LONGEST = { comment: 5_000, toApplicant: 2_000 } as const;
export type CommentName = keyof typeof LONGEST;

const SCORES = 'scores/';
export const scoreField = (key: string) => `${SCORES}${key}`;

const isText = (field: string): field is CommentName => field in LONGEST;

/** A review by its fields. What was not written is not there. */
export function reviewedOf(review: Review): Reviewed {
  const { scores, verdict, comment, toApplicant } = review;
  const answers: [string, Answer | null][] = [
    ...Object.entries(scores).map(([key, score]): [string, Answer] => [scoreField(key), score]),
    ['verdict', verdict],
    ['comment', comment === '' ? null : comment],
    ['toApplicant', toApplicant === '' ? null : toApplicant],
  ];
  return {
    revision: review.revision,
    answers: Object.fromEntries(answers.filter((entry): entry is [string, Answer] => entry[1] !== null)),
    revisions: review.revisions,
    abilities: { edit: review.abilities.write },
    review,
  };
}

/** What the contract takes, of what was typed by fields. */
export function bodyOf(revision: number, typed: Readonly<Record<string, Typed>>): WriteReview {
  const scores = Object.entries(typed)
    .filter(([field]) => field.startsWith(SCORES))
    .map(([field, score]) => [field.slice(SCORES.length), score] as const);
  const { verdict, comment, toApplicant } = typed;
  return {
    revision,
    ...(scores.length > 0 && { scores: Object.fromEntries(scores) as WriteReview['scores'] }),
    ...(verdict !== undefined && { verdict: verdict as Verdict | null }),
    ...(comment !== undefined && { comment: (comment ?? '') as string }),
    ...(toApplicant !== undefined && { toApplicant: (toApplicant ?? '') as string }),
  };
}

/** The answer to what was sent. */
export const replyOf = ({ review, conflicts }: WrittenReview): Reply<Reviewed> => ({
  ...{ server: reviewedOf(review), conflicts },
});

/** Whether a field is there, and may hold that. */
export const takes: Takes<Reviewed> = ({ review: { criteria, scale } }, field, value) => {
  if (isText(field)) return value === null || (typeof value === 'string' && value.length <= LONGEST[field]);
  if (field === 'verdict') return value === null || VERDICTS.some((one) => one === value);
  const isThere = criteria.some(({ key }) => scoreField(key) === field);
  return isThere && (value === null || (typeof value === 'number' && value >= 1 && value <= scale.length));
};

/** The fields without which a review is not handed in, in their order. */
export function lacksOf({ criteria }: Pick<Review, 'criteria'>, answers: Readonly<Record<string, Answer>>): string[] {
  return [...criteria.map(({ key }) => scoreField(key)), 'verdict'].filter((field) => answers[field] === undefined);
}

type Step = MyReviews['steps'][number];

/** A file waits to be read. */
export const isWaiting = ({ state }: Pick<ReviewSummary, 'state'>) => state === 'asked' || state === 'begun';

/** The next file of a step that waits, after this one and round again; what is put off comes last. */
export function nextOf(items: readonly ReviewSummary[], id: string): ReviewSummary | undefined {
  const at = items.findIndex((one) => one.id === id);
  const round = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))].filter(isWaiting);
  return round.find(({ isLater }) => !isLater) ?? round[0];
}

/** So many are handed in of those that I am to read: of a conflict, and of what I abstained from, nothing is to come. */
export function progressOf(items: readonly ReviewSummary[]): { done: number; of: number } {
  const done = items.filter(({ state }) => state === 'submitted').length;
  return { done, of: done + items.filter(isWaiting).length };
}

/** The step in which a file is read; without one the first in which something waits. */
export function stepOf(steps: readonly Step[], reviewId: string | undefined): Step | undefined {
  return (
    steps.find(({ items }) => items.some(({ id }) => id === reviewId)) ??
    steps.find(({ state, items }) => state === 'open' && items.some(isWaiting)) ??
    steps[0]
  );
}
