/** So many people hide a post by asking staff to look at it, until staff have. */
export const PEOPLE_TO_HIDE = 3;

/**
 * Is a post hidden by the people who flagged it? Not what staff looked at and let be seen as it is (`isSeenByStaff`): who disagrees with them asks them again, and
 * hides nothing.
 */
export const hidesByItself = ({ people, isSeenByStaff }: { people: number; isSeenByStaff: boolean }): boolean =>
  people >= PEOPLE_TO_HIDE && !isSeenByStaff;
