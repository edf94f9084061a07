import type { MemberRef } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import type { LinkCard, LinkedThing } from '../../contracts/bridges/link-cards.js';

/** A link to a thing of a cohort. */
export type CohortThing = Exclude<LinkedThing, { kind: 'message' }>;

/** Who reads the links, and where they belong now, by cohort. */
export interface LinkReader {
  actor: Actor;
  memberships: ReadonlyMap<string, MemberRef>;
}

/** Cards of one kind. */
export interface CardSource {
  readonly kind: CohortThing['kind'];
  /**
   * What the reader may see now of links of this kind into their own cohorts, by `placeOf` the link; the others are left out. What is not theirs is asked
   * for by the same queries as what does not exist.
   */
  of(reader: LinkReader, links: readonly CohortThing[]): Promise<Map<string, LinkCard>>;
}

/** Where a link leads, as one word. */
export const placeOf = ({ cohortId, id }: { cohortId: string; id: string }): string => `${cohortId} ${id}`;
