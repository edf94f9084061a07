import type { Types } from 'mongoose';
import { FEWEST_TOGETHER, inNoTellingOrder } from '../../common/answers/shown-together.js';
import type { SessionRatingRow } from './session-rating.schema.js';

/** A rating in ids. `raterId` gave it. It waits for others in the sums of some coaches, where something of before may stand in its place. */
export interface Rating {
  side: 'fellow' | 'coach';
  raterId: string;
  coachIds: readonly string[];
  fellowIds: readonly string[];
  rating: number;
  comment: string;
  waitsFor: readonly string[];
  before: readonly { coachId: string; rating: number; comment: string }[];
}

/** What fellows said of a coach, so that nobody of them can be told from it. */
export interface CoachSum {
  coachId: string;
  /** How many different fellows rated. */
  fellows: number;
  /** Of how many something waits for others. */
  waiting: number;
  average: number | null;
  comments: string[];
}

/** What coaches said of a fellow. */
export interface FellowSum {
  fellowId: string;
  count: number;
  average: number;
  comments: { comment: string; byId: string }[];
}

/** What the sums of coaches say in the place of a new rating until it is shown: what they said of the one before, if anything. */
export function beforeNow(
  seen: SessionRatingRow,
  coachIds: readonly Types.ObjectId[],
): NonNullable<SessionRatingRow['before']> {
  return coachIds.flatMap((coachId) => {
    if (!seen.coachIds.some((one) => one.equals(coachId))) return [];
    if (seen.waitsFor?.some((one) => one.equals(coachId)))
      return (seen.before ?? []).filter((one) => one.coachId.equals(coachId));
    return [{ coachId, rating: seen.rating, comment: seen.comment }];
  });
}

/**
 * The sums that staff read of coaches. Averages and comments are there once three fellows have rated a coach; comments stand in the order
 * of the alphabet, which says nothing of who wrote when.
 */
export function sumsOfCoaches(ratings: readonly Rating[]): CoachSum[] {
  const byCoach = groupedBy(
    ratings.filter((one) => one.side === 'fellow'),
    (one) => one.coachIds,
  );
  return [...byCoach].map(([coachId, given]) => {
    const shown = given.flatMap((one) => shownOf(one, coachId));
    const isShown = peopleIn(shown) >= FEWEST_TOGETHER;
    const fellows = peopleIn(given);
    return {
      ...{ coachId, fellows },
      waiting: isShown ? peopleIn(given.filter(({ waitsFor }) => waitsFor.includes(coachId))) : fellows,
      average: isShown ? averageOf(shown) : null,
      comments: isShown ? inNoTellingOrder(shown.map(({ comment }) => comment)) : [],
    };
  });
}

/** A rating as the sum of a coach says it: nothing while it waits and is the first. */
function shownOf(one: Rating, coachId: string): Pick<Rating, 'raterId' | 'rating' | 'comment'>[] {
  if (!one.waitsFor.includes(coachId)) return [one];
  const before = one.before.filter((said) => said.coachId === coachId);
  return before.map(({ rating, comment }) => ({ raterId: one.raterId, rating, comment }));
}

const peopleIn = (ratings: readonly Pick<Rating, 'raterId'>[]) => new Set(ratings.map(({ raterId }) => raterId)).size;

/** What coaches said of each fellow; of a team's session it counts for all who came. */
export function sumsOfFellows(ratings: readonly Rating[]): FellowSum[] {
  const byFellow = groupedBy(
    ratings.filter((one) => one.side === 'coach'),
    (one) => one.fellowIds,
  );
  return [...byFellow].map(([fellowId, given]) => ({
    fellowId,
    count: given.length,
    average: averageOf(given),
    comments: given.flatMap(({ comment, raterId }) => (comment === '' ? [] : [{ comment, byId: raterId }])),
  }));
}

function groupedBy(ratings: readonly Rating[], ids: (rating: Rating) => readonly string[]): Map<string, Rating[]> {
  const groups = new Map<string, Rating[]>();
  for (const rating of ratings) {
    for (const id of ids(rating)) {
      const group = groups.get(id);
      if (group) group.push(rating);
      else groups.set(id, [rating]);
    }
  }
  return groups;
}

/** To one decimal. */
function averageOf(ratings: readonly Pick<Rating, 'rating'>[]): number {
  const sum = ratings.reduce((all, one) => all + one.rating, 0);
  return Math.round((sum / ratings.length) * 10) / 10;
}
