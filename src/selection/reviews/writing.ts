import type { Criterion } from '../../contracts/calls/calls.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import type { WriteReview, WrittenReview } from '../../contracts/selection/reviews.js';
import type { ReviewRow } from './review.schema.js';
import type { Written } from './reviews.repository.js';

type Parts = Pick<ReviewRow, 'scores' | 'verdict' | 'comment' | 'toApplicant' | 'revisions'>;
type Value = string | number | null;

/** The name of a criterion's score among the parts of a review. */
const scorePart = (key: string) => `scores/${key}`;

/** What of the scores that were sent cannot be kept: of no criterion, or above the scale. */
export function problemsOfScores(
  { criteria, scale }: { criteria: readonly Criterion[]; scale: readonly unknown[] },
  scores: WriteReview['scores'] = {},
): FieldProblem[] {
  const known = new Set(criteria.map(({ key }) => key));
  return Object.entries(scores).flatMap(([key, score]): FieldProblem[] => {
    if (!known.has(key)) return [{ field: `/scores/${key}`, code: 'unknown' }];
    return score !== null && score > scale.length
      ? [{ field: `/scores/${key}`, code: 'out_of_range', params: { maximum: scale.length } }]
      : [];
  });
}

/** What was typed by who saw a revision: a part that nobody changed since is taken; one that another tab did stays as that wrote it, and is a conflict, unless both wrote the same. */
export function mergedReview(
  row: Parts,
  { revision, scores = {}, verdict, comment, toApplicant }: WriteReview,
): { written: Written; conflicts: WrittenReview['conflicts'] } {
  const written: Written = { set: {}, unset: [], parts: [] };
  const conflicts: WrittenReview['conflicts'] = [];
  const take = (part: string, path: string, sent: Value | undefined, kept: Value) => {
    if (sent === undefined || sent === kept) return;
    if ((row.revisions[part] ?? 0) > revision) return void conflicts.push({ field: part, sent, kept });
    written.parts.push(part);
    if (sent === null && path !== 'verdict') written.unset.push(path);
    else written.set[path] = sent;
  };
  for (const [key, score] of Object.entries(scores))
    take(scorePart(key), `scores.${key}`, score, row.scores[key] ?? null);
  take('verdict', 'verdict', verdict, row.verdict);
  take('comment', 'comment', comment, row.comment);
  take('toApplicant', 'toApplicant', toApplicant, row.toApplicant);
  return { written, conflicts };
}

/** What is missing before a review can be handed in: the keys of criteria without a score, and `verdict`. */
export const missingInReview = (
  { criteria }: { criteria: readonly Criterion[] },
  { scores, verdict }: Pick<ReviewRow, 'scores' | 'verdict'>,
): string[] => [
  ...criteria.filter(({ key }) => scores[key] === undefined).map(({ key }) => key),
  ...(verdict === null ? ['verdict'] : []),
];
