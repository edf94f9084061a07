import type { MemberRef } from '../../cohorts/members/members.service.js';
import { dayOf, daysBetween } from '../../common/times/zoned.js';

/** A fellow as the rule looks at one; days are plain dates in the cohort's zone. */
export interface Accompanied {
  userId: string;
  joinedOn: string;
  /** Of the last session that was held; null when there was none. */
  lastSessionOn: string | null;
}

/** A member as one of them; `last`: when the last session that counts was. */
export const asAccompanied = ({ userId, joinedAt }: MemberRef, last: Date | null, zone: string): Accompanied => ({
  userId,
  joinedOn: dayOf(joinedAt, zone),
  lastSessionOn: last && dayOf(last, zone),
});

/** How many days a fellow has been without a session that was held; negative before the residency begins. Who has had none waits since they joined. */
export const daysWithout = (fellow: Accompanied, startsOn: string, today: string): number =>
  daysBetween(waitsSince(fellow, startsOn), today);

function waitsSince({ joinedOn, lastSessionOn }: Accompanied, startsOn: string): string {
  return lastSessionOn ?? (joinedOn > startsOn ? joinedOn : startsOn);
}
