/** A rating in ids. `raterId` gave it. */
export interface Rating {
  side: 'fellow' | 'coach';
  raterId: string;
  coachIds: readonly string[];
  fellowIds: readonly string[];
  rating: number;
  comment: string;
}

/** What fellows said of a coach, so that nobody of them can be told from it. */
export interface CoachSum {
  coachId: string;
  /** How many different fellows rated. */
  fellows: number;
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

/** With fewer, an average or a comment would tell who gave it. */
export const FEWEST_FELLOWS = 3;

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
    const fellows = new Set(given.map((one) => one.raterId)).size;
    const isShown = fellows >= FEWEST_FELLOWS;
    const comments = given.flatMap(({ comment }) => (comment === '' ? [] : [comment]));
    return {
      coachId,
      fellows,
      average: isShown ? averageOf(given) : null,
      comments: isShown ? comments.sort((a, b) => a.localeCompare(b)) : [],
    };
  });
}

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
function averageOf(ratings: readonly Rating[]): number {
  const sum = ratings.reduce((all, one) => all + one.rating, 0);
  return Math.round((sum / ratings.length) * 10) / 10;
}
