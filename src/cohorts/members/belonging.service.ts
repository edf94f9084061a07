import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { ActorsNow } from './actors-now.js';
import { Leaving } from './leaving.js';
import type { Member, RemoveMember, UpdateMember } from '../../contracts/cohorts/cohorts.js';
import type { Role } from '../../contracts/roles.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { memberChanged, memberLeft } from '../cohorts.events.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { Directory } from './directory.service.js';
import { type HandOver, MembershipsRepository } from './memberships.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

/** Changing who belongs, and as what. */
@Injectable()
export class BelongingService {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly projects: ProjectsRepository,
    private readonly actors: ActorsNow,
    private readonly directory: Directory,
    private readonly leaving: Leaving,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 422 `/projectId` (`unknown_project`, `not_for_role`), `/successorId` `not_a_successor`, 409 `last_staff`, `cohort_closed`, and as {@link ActorsNow.mustLead}. */
  async update(actor: CohortActor, userId: string, body: UpdateMember): Promise<Member> {
    const [cohortId, id] = [idOf(actor.cohortId), toId(userId)];
    if (!id) throw notFound();
    const changed = await this.transactions.run(async (session) => {
      await this.actors.holdToLead(actor, session);
      const before = await this.member(cohortId, id, session);
      const role = body.role ?? before.role;
      const projectId = await this.projectFor(cohortId, role, body.projectId, before.projectId ?? null);
      if (before.role === 'staff' && role !== 'staff') await this.keepStaff(cohortId, id, session);
      const stopsCoaching = before.role === 'coach' && role !== 'coach';
      const handOver = stopsCoaching && (await this.handOver(cohortId, id, body.successorId, session));
      const given = body.givenCraft === undefined ? {} : { craft: body.givenCraft };
      await this.memberships.update(
        cohortId,
        id,
        { role, projectId, ...given, ...(handOver && { handOver }) },
        session,
      );
      await this.projects.takeOff([cohortId], id, { host: role !== 'host', coach: role !== 'coach' }, session);
      const left = before.projectId && !projectId?.equals(before.projectId) ? before.projectId : null;
      if (left) await this.projects.removeHost(left, id, session);
      if (role === 'host' && projectId) await this.projects.addHost([projectId], id, session);
      if (role !== before.role) await this.leaving.role({ cohortId: actor.cohortId, userId: String(id) }, session);
      const fact = { cohortId: actor.cohortId, userId: String(id), role, projectId: projectId && String(projectId) };
      await this.outbox.write(memberChanged, fact, session);
      return fact;
    });
    this.bus.publish(memberChanged, changed);
    return await this.directory.get(actor, userId);
  }

  /**
   * Also whose account is closed: they do not come back with it. Also out of a closed cohort, which is kept as it was but for who may still see it. What waits for them goes to `successorId`; without one
   * to whoever of the programme team has least. `by` is null for whoever has the machine in hand. Throws 404 for who is no member, 422 `/successorId` `not_a_successor`, 409
   * `last_staff`, and as {@link ActorsNow.mustLead}.
   */
  async remove(
    { cohortId: there, by }: { cohortId: string; by: CohortActor | null },
    userId: string,
    { successorId }: RemoveMember,
  ): Promise<void> {
    const [cohortId, id] = [toId(there), toId(userId)];
    if (!cohortId || !id) throw notFound();
    await this.transactions.run(async (session) => {
      if (!(await this.cohorts.holdAny(cohortId, session))) throw notFound();
      if (by) await this.actors.mustLead(by, session);
      const [before] = await this.memberships.inCohort(cohortId, { userIds: [id] }, session);
      const handOver = await this.handOver(cohortId, id, successorId, session);
      if (!before) {
        if (!(await this.memberships.endSuspended(cohortId, id, handOver, session))) throw notFound();
        await this.leaving.cohort({ cohortId: String(cohortId), userId: String(id) }, session);
        return;
      }
      if (before.role === 'staff') await this.keepStaff(cohortId, id, session);
      await this.memberships.end(cohortId, id, handOver.at, session, handOver.toId);
      await this.projects.takeOff([cohortId], id, { host: true, coach: true }, session);
      await this.leaving.cohort({ cohortId: String(cohortId), userId: String(id) }, session);
    });
    this.bus.publish(memberLeft, { cohortId: String(cohortId), userId: String(id) });
  }

  /** The member as they are. The cohort is held before: acts on members of one cohort come one after the other. */
  private async member(cohortId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession) {
    const [member] = await this.memberships.inCohort(cohortId, { userIds: [userId] }, session);
    if (!member) throw notFound();
    return member;
  }

  /** A successor is another member, and no host. */
  private async handOver(
    cohortId: Types.ObjectId,
    leaving: Types.ObjectId,
    successorId: string | undefined,
    session: ClientSession,
  ): Promise<HandOver> {
    const at = this.clock.now();
    if (successorId === undefined) return { at, toId: null };
    const named = toId(successorId);
    const [successor] = named ? await this.memberships.inCohort(cohortId, { userIds: [named] }, session) : [];
    if (!successor || successor.role === 'host' || successor.userId.equals(leaving)) {
      throw invalidField('/successorId', 'not_a_successor');
    }
    return { at, toId: successor.userId };
  }

  private async keepStaff(cohortId: Types.ObjectId, leaving: Types.ObjectId, session: ClientSession): Promise<void> {
    const staff = await this.memberships.inCohort(cohortId, { roles: ['staff'] }, session);
    if (staff.every((one) => one.userId.equals(leaving))) {
      throw conflict('last_staff', 'A cohort needs somebody of the programme team.');
    }
  }

  private async projectFor(
    cohortId: Types.ObjectId,
    role: Role,
    asked: string | null | undefined,
    before: Types.ObjectId | null,
  ): Promise<Types.ObjectId | null> {
    const hasProject = role === 'fellow' || role === 'host';
    if (!hasProject && asked) throw invalidField('/projectId', 'not_for_role');
    if (!hasProject || asked === null) return null;
    if (asked === undefined) return before;
    const id = toId(asked);
    if (!id || !(await this.projects.inCohort(cohortId, id))) throw invalidField('/projectId', 'unknown_project');
    return id;
  }
}
