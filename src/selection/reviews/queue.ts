import type { ReviewSummary } from '../../contracts/selection/reviews.js';
import type { HandedInRow } from '../../calls/applications/applications-reader.js';
import type { PairRow } from './reviews.repository.js';

/** A juror's queue of a step: in the order in which it was given to them, what they put off last. A file that was taken back or erased is not there. */
export function toSummaries(
  pairs: readonly PairRow[],
  files: ReadonlyMap<string, Pick<HandedInRow, 'numberText'>>,
): ReviewSummary[] {
  const rows = pairs.flatMap(({ _id, stepId, applicationId, state, laterAt, submittedAt }): ReviewSummary[] => {
    const file = files.get(String(applicationId));
    if (!file) return [];
    return [
      {
        ...{ id: String(_id), stepId: String(stepId), number: file.numberText ?? '', state, isLater: laterAt !== null },
        submittedAt: submittedAt?.toISOString() ?? null,
      },
    ];
  });
  return [...rows.filter(({ isLater }) => !isLater), ...rows.filter(({ isLater }) => isLater)];
}
