import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Role } from '../../contracts/roles.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { memberJoined, memberLeft } from '../cohorts.events.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';
import { Leaving } from '../members/leaving.js';
import { SuspensionsRepository } from './suspensions.repository.js';

/** A membership that ended or came back with an account. */
export interface MovedMembership {
  cohortId: string;
  role: Role;
  projectId: string | null;
}

/**
 * Whose account is closed belongs nowhere: their memberships end as if they left, so that all that follows a leaver follows. What they were
 * is kept, and comes back with the account.
 */
@Injectable()
export class BelongingsOfAccounts {
  constructor(
    private readonly suspensions: SuspensionsRepository,
    private readonly projects: ProjectsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly leaving: Leaving,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
  ) {}

  /** Within the transaction that closes the account. */
  async suspend(userId: Types.ObjectId, at: Date, session: ClientSession): Promise<MovedMembership[]> {
    const rows = (await this.suspensions.ofPeople([userId], session)).filter((row) => row.endedAt === null);
    if (rows.length === 0) return [];
    const cohortIds = rows.map((row) => row.cohortId);
    const accompanied = await this.projects.accompaniedBy(cohortIds, userId, session);
    const kept = rows.map((row) => {
      const there = accompanied.filter((project) => project.cohortId.equals(row.cohortId));
      const hostOf = there.filter(({ hostIds }) => hostIds.some((id) => id.equals(userId))).map(({ _id }) => _id);
      const coachOf = there.filter(({ coachId }) => coachId?.equals(userId)).map(({ _id }) => _id);
      return { row, suspended: { projectId: row.projectId ?? null, hostOf, coachOf } };
    });
    await this.suspensions.suspend(
      kept.map(({ row, suspended }) => ({ _id: row._id, suspended })),
      at,
      session,
    );
    await this.projects.takeOff(cohortIds, userId, { host: true, coach: true }, session);
    for (const cohortId of cohortIds)
      await this.leaving.cohort({ cohortId: String(cohortId), userId: String(userId) }, session);
    return rows.map(moved);
  }

  /** Within the transaction that opens it again. Of a cohort that was closed meanwhile a fellow becomes one of its alumni. */
  async resume(userId: Types.ObjectId, session: ClientSession): Promise<MovedMembership[]> {
    const rows = (await this.suspensions.ofPeople([userId], session)).filter((row) => row.endedAt !== null);
    if (rows.length === 0) return [];
    const cohortIds = rows.map((row) => row.cohortId);
    // Closing makes alumni of all fellows there are: who comes back at the same moment is one of them, or finds the cohort closed.
    for (const cohortId of cohortIds) await this.cohorts.holdAny(cohortId, session);
    const cohorts = await this.cohorts.byIds(cohortIds, session);
    const states = new Map(cohorts.map(({ _id, state }) => [String(_id), state]));
    const back = rows.map((row) => {
      const isAlumni = row.role === 'fellow' && states.get(String(row.cohortId)) === 'closed';
      const projectId = isAlumni ? null : (row.suspended?.projectId ?? null);
      return { ...row, role: isAlumni ? ('alumni' as const) : row.role, projectId };
    });
    await this.suspensions.resume(back, session);
    const [hostOf, coachOf] = [
      back.flatMap(({ suspended }) => suspended?.hostOf ?? []),
      back.flatMap(({ suspended }) => suspended?.coachOf ?? []),
    ];
    if (hostOf.length > 0) await this.projects.addHost(hostOf, userId, session);
    if (coachOf.length > 0) await this.projects.addCoach(coachOf, userId, session);
    const belongings = back.map(moved);
    for (const { cohortId, role, projectId } of belongings)
      await this.outbox.write(memberJoined, { cohortId, userId: String(userId), role, projectId }, session);
    return belongings;
  }

  tellGone(userId: string, memberships: readonly MovedMembership[]): void {
    for (const { cohortId } of memberships) this.bus.publish(memberLeft, { cohortId, userId });
  }

  tellBack(userId: string, memberships: readonly MovedMembership[]): void {
    for (const { cohortId, role, projectId } of memberships)
      this.bus.publish(memberJoined, { cohortId, userId, role, projectId });
  }
}

const moved = ({
  cohortId,
  role,
  projectId,
}: {
  cohortId: Types.ObjectId;
  role: Role;
  projectId?: Types.ObjectId | null;
}): MovedMembership => ({
  cohortId: String(cohortId),
  role,
  projectId: projectId ? String(projectId) : null,
});
