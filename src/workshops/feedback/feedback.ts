import type { FeedbackSummary, RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { FEWEST_TOGETHER, inNoTellingOrder } from '../../common/answers/shown-together.js';
import type { Places } from '../registrations/places.js';

/** What one person gave, and whether it waits for others before it is shown. */
export interface Given {
  rating: number;
  comment: string;
  waits?: boolean | null;
}

/** Why this person may not say how it was (yet), or null: who was there may, when it is over. */
export function feedbackBarrier(
  state: Places['state'],
  mine: RegistrationStatus | null,
): 'cancelled' | 'not_over' | 'not_there' | null {
  if (state === 'cancelled') return 'cancelled';
  if (state !== 'over') return 'not_over';
  return mine === 'attended' ? null : 'not_there';
}

/**
 * What hosts read: the average to a tenth, and the comments by their own letters, so that their order tells nothing of who or when. What waits for others is a number alone, and so is all
 * of it where fewer than three are behind it.
 */
export function summaryOf(given: readonly Given[]): FeedbackSummary {
  const count = given.length;
  const shown = given.filter(({ waits }) => !waits);
  if (shown.length < FEWEST_TOGETHER)
    return { count, waiting: count, average: null, counts: [0, 0, 0, 0, 0], comments: [] };
  const sum = shown.reduce((all, { rating }) => all + rating, 0);
  return {
    count,
    waiting: count - shown.length,
    average: Math.round((sum / shown.length) * 10) / 10,
    counts: [1, 2, 3, 4, 5].map((rating) => shown.filter((one) => one.rating === rating).length),
    comments: inNoTellingOrder(shown.map(({ comment }) => comment)),
  };
}
