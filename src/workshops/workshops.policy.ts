import type { CohortActor } from '../common/actor.js';
import type { RegistrationStatus, Workshop } from '../contracts/workshops.js';
import { stateOf } from './workshop.js';
import type { WorkshopRow } from './workshop.schema.js';

/** Roles that may make a workshop. What a fellow makes is a proposal: the programme team publishes it. */
export const MAY_PROPOSE: readonly CohortActor['role'][] = ['staff', 'coach', 'fellow'];

type Seen = Pick<WorkshopRow, 'status' | 'startsAt' | 'endsAt' | 'hosts' | 'proposed'>;
type Asker = Pick<CohortActor, 'userId' | 'role' | 'cohortState'>;

/** Among those who hold this workshop; has nothing to do with the role `host` (of an agency). */
export function isWorkshopHost(userId: string, workshop: Pick<WorkshopRow, 'hosts'>): boolean {
  return workshop.hosts.some((host) => String(host) === userId);
}

/** Staff and its hosts look after a workshop. */
export function mayManage(actor: Asker, workshop: Pick<WorkshopRow, 'hosts'>): boolean {
  return actor.role === 'staff' || isWorkshopHost(actor.userId, workshop);
}

/** A proposal is published by staff, or by a coach who holds it too; every other draft by those who look after it. */
export function mayPublish(actor: Asker, workshop: Pick<WorkshopRow, 'hosts' | 'proposed'>): boolean {
  return mayManage(actor, workshop) && (!workshop.proposed || actor.role === 'staff' || actor.role === 'coach');
}

/** Whether this member may make a workshop in this cohort. */
export function mayPropose(actor: Asker): boolean {
  return MAY_PROPOSE.includes(actor.role) && actor.cohortState === 'running';
}

/** A draft is seen by those who look after it only. */
export function maySee(actor: Asker, workshop: Seen): boolean {
  return workshop.status !== 'draft' || mayManage(actor, workshop);
}

/** What this member may do with it now, given where they stand. */
export function abilities(
  actor: Asker,
  workshop: Seen,
  mine: RegistrationStatus | null,
  now: Date,
): Workshop['abilities'] {
  const manages = mayManage(actor, workshop);
  const live = actor.cohortState === 'running';
  const state = stateOf(workshop, now);
  const stands = mine !== null && mine !== 'cancelled';
  return {
    edit: manages && live && (state === 'draft' || state === 'open' || state === 'started'),
    publish: mayPublish(actor, workshop) && live && state === 'draft' && workshop.startsAt > now,
    discard: manages && live && state === 'draft',
    cancel: manages && live && (state === 'open' || state === 'started'),
    join: live && state === 'open' && !stands && !isWorkshopHost(actor.userId, workshop),
    leave: stands && (state === 'open' || state === 'started'),
    seeRegistrations: manages,
  };
}
