import type { FeedbackSummary, RegistrationStatus } from '../../contracts/workshops/workshops.js';
import type { Places } from '../registrations/places.js';

/** What one person gave. */
interface Given {
  rating: number;
  comment: string;
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

/** With fewer, an average or a comment would tell its hosts, who know who was there, who gave it. */
export const FEWEST_GIVEN = 3;

/**
 * What hosts read: the average to a tenth, and the comments by their own letters, so that their order tells nothing of who or when. Until
 * three have said it, only how many have.
 */
export function summaryOf(given: readonly Given[]): FeedbackSummary {
  if (given.length < FEWEST_GIVEN) return { count: given.length, average: null, counts: [0, 0, 0, 0, 0], comments: [] };
  const counts = [1, 2, 3, 4, 5].map((rating) => given.filter((one) => one.rating === rating).length);
  const sum = given.reduce((all, { rating }) => all + rating, 0);
  return {
    count: given.length,
    average: Math.round((sum / given.length) * 10) / 10,
    counts,
    comments: given
      .map(({ comment }) => comment)
      .filter((comment) => comment !== '')
      .sort((a, b) => a.localeCompare(b, 'en')),
  };
}
