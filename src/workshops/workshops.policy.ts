import type { CohortActor } from '../common/actor.js';
import type { RegistrationStatus, Workshop } from '../contracts/workshops/workshops.js';
import { checkInWindow } from './attendance/attendance.js';
import { feedbackBarrier } from './feedback/feedback.js';
import { stateOf } from './workshop.js';
import type { WorkshopRow } from './workshop.schema.js';

/** Roles that may make a workshop. What a fellow makes is a proposal: the programme team publishes it. */
export const MAY_PROPOSE: readonly CohortActor['role'][] = ['staff', 'coach', 'fellow'];

type Seen = Pick<
  WorkshopRow,
  'status' | 'startsAt' | 'endsAt' | 'hosts' | 'proposed' | 'createdBy' | 'opensAt' | 'closesAt' | 'requires'
>;
type Asker = Pick<CohortActor, 'userId' | 'role' | 'cohortState'>;
type Joiner = Asker & Pick<CohortActor, 'projectId'> & { craft: string | null; gaveFeedback?: boolean };

/** Among those who hold this workshop; has nothing to do with the role `host` (of an agency). */
export function isWorkshopHost(userId: string, workshop: Pick<WorkshopRow, 'hosts'>): boolean {
  return workshop.hosts.some((host) => String(host) === userId);
}

/** Staff and its hosts look after a workshop. */
export function mayManage(actor: Asker, workshop: Pick<WorkshopRow, 'hosts'>): boolean {
  return actor.role === 'staff' || isWorkshopHost(actor.userId, workshop);
}

/**
 * A proposal is published by staff, or by a coach who holds it too; every other draft by those who look after it. What one made as a coach or
 * as staff is a proposal once one is neither.
 */
export function mayPublish(actor: Asker, workshop: Pick<WorkshopRow, 'hosts' | 'proposed' | 'createdBy'>): boolean {
  if (!mayManage(actor, workshop)) return false;
  const isProposal = workshop.proposed || String(workshop.createdBy) === actor.userId;
  return !isProposal || actor.role === 'staff' || actor.role === 'coach';
}

/** A draft that somebody else proposes takes nobody's time and stands in no list of what one does: only among drafts. */
export function isProposedByOther(
  workshop: Pick<WorkshopRow, 'status' | 'proposed' | 'createdBy'>,
  userId: string,
): boolean {
  return workshop.status === 'draft' && workshop.proposed && String(workshop.createdBy) !== userId;
}

/** More dates like this one, drafts or published as it is: by who may bring one to that state, and never like one that was called off. */
export function mayLengthen(
  actor: Asker,
  workshop: Pick<WorkshopRow, 'hosts' | 'proposed' | 'status' | 'createdBy'>,
): boolean {
  if (workshop.status === 'cancelled') return false;
  return workshop.status === 'draft' ? mayManage(actor, workshop) : mayPublish(actor, workshop);
}

/** Whether this member may make a workshop in this cohort. */
export function mayPropose(actor: Asker): boolean {
  return MAY_PROPOSE.includes(actor.role) && actor.cohortState === 'running';
}

/** Made once more, on another day: by who looks after it, and by who may make a workshop, where they see it. */
export function mayDuplicate(actor: Asker, workshop: Pick<WorkshopRow, 'hosts'>): boolean {
  return actor.cohortState === 'running' && (mayManage(actor, workshop) || mayPropose(actor));
}

/** A draft is seen by those who look after it only. */
export function maySee(actor: Asker, workshop: Seen): boolean {
  return workshop.status !== 'draft' || mayManage(actor, workshop);
}

/** Whether somebody with this role and craft is whom the workshop is for. */
export function isFor({ requires }: Pick<WorkshopRow, 'requires'>, role: Asker['role'], craft: string | null): boolean {
  if (!requires) return true;
  const { roles, crafts } = requires;
  return (
    (roles.length === 0 || (roles as string[]).includes(role)) &&
    (crafts.length === 0 || (craft !== null && (crafts as string[]).includes(craft)))
  );
}

const isOpenAt = ({ opensAt, closesAt }: Pick<WorkshopRow, 'opensAt' | 'closesAt'>, now: Date) =>
  !(opensAt && now < opensAt) && !(closesAt && now >= closesAt);

function codeCounts({ status, startsAt, endsAt }: Seen, now: Date): boolean {
  const { from, until } = checkInWindow({ startsAt: startsAt.getTime(), endsAt: endsAt.getTime() });
  return status === 'published' && now.getTime() >= from && now.getTime() < until;
}

/** How the place was used is said: one cannot leave it any more. */
const SETTLED: ReadonlySet<RegistrationStatus> = new Set(['attended', 'absent', 'excused']);

/** What this member, of this craft, may do with it now, given where they stand and whether they have said how it was. */
export function abilities(
  actor: Joiner,
  workshop: Seen,
  mine: RegistrationStatus | null,
  now: Date,
): Workshop['abilities'] {
  const manages = mayManage(actor, workshop);
  const live = actor.cohortState === 'running';
  const state = stateOf(workshop, now);
  const stands = mine !== null && mine !== 'cancelled';
  const joins =
    live &&
    state === 'open' &&
    !isWorkshopHost(actor.userId, workshop) &&
    isOpenAt(workshop, now) &&
    isFor(workshop, actor.role, actor.craft);
  return {
    edit: manages && live && (state === 'draft' || state === 'open' || state === 'started'),
    publish: mayPublish(actor, workshop) && live && state === 'draft' && workshop.startsAt > now,
    discard: manages && live && state === 'draft',
    cancel: manages && live && (state === 'open' || state === 'started'),
    join: joins && !stands,
    joinAsTeam: joins && !stands && actor.role === 'fellow' && actor.projectId !== null,
    admit: manages && live && state === 'open',
    accept: live && state === 'open' && mine === 'offered',
    leave: stands && (state === 'open' || (state === 'started' && !SETTLED.has(mine))),
    checkIn: live && (mine === 'going' || mine === 'absent' || mine === 'excused') && codeCounts(workshop, now),
    excuse: live && (mine === 'excused' || mine === 'going') && (state === 'open' || state === 'started'),
    takeAttendance: manages && live && workshop.status === 'published',
    giveFeedback: feedbackBarrier(state, mine) === null && !actor.gaveFeedback,
    readFeedback: manages && state === 'over',
    seeRegistrations: manages,
    duplicate: mayDuplicate(actor, workshop),
    setPublicPage: manages && live && state !== 'cancelled',
  };
}
