import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { AccountsRepository } from '../../auth/accounts/accounts.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { forbidden, notFound } from '../../common/problem.js';
import { idOf } from '../../infra/mongo/ids.js';
import { closedForGood, isOfTeam } from '../cohort-rules.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { MembershipsRepository } from './memberships.repository.js';

/**
 * Who acts, asked once more within the transaction of the act. The guard asked before it began: a role that was taken away since gives nothing any more, or who lost it
 * would take it back. The cohort is held before, in the same transaction: whoever changes its members comes first, and is seen here, or comes after.
 */
@Injectable()
export class ActorsNow {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly accounts: AccountsRepository,
  ) {}

  /** The actor as they stand in their cohort by now. Throws 404 for who belongs there no more. */
  async now(actor: CohortActor, session: ClientSession): Promise<CohortActor> {
    const [cohortId, userId] = [idOf(actor.cohortId), idOf(actor.userId)];
    const [member] = await this.memberships.inCohort(cohortId, { userIds: [userId] }, session);
    // Of the programme team nothing hangs on the right over the installation.
    const isAdmin = actor.isAdmin && (member?.role === 'staff' || (await this.accounts.holdAdmin(userId, session)));
    if (!member && !isAdmin) throw notFound();
    const projectId = member?.projectId ? String(member.projectId) : null;
    return { ...actor, isAdmin, role: member?.role ?? 'admin', projectId };
  }

  /** {@link now} where members alone have a place: who belongs there no more has none as an admin either. Throws 404. */
  async asMember(actor: CohortActor, session: ClientSession): Promise<CohortActor> {
    const me = await this.now(actor, session);
    if (me.role === 'admin') throw notFound();
    return me;
  }

  /** Asks that the actor is by now what they were as the guard let them in. Throws 404 for who belongs there no more, 403 for another role. */
  async still(actor: CohortActor, session: ClientSession): Promise<void> {
    if (actor.role === 'admin') {
      if (!(await this.now(actor, session)).isAdmin) throw forbidden();
    } else if ((await this.asMember(actor, session)).role !== actor.role) throw forbidden();
  }

  /** Takes the cohort into the transaction. Throws 409 `cohort_closed`, and as {@link still}. */
  async heldStill(actor: CohortActor, session: ClientSession): Promise<void> {
    if (!(await this.cohorts.hold(idOf(actor.cohortId), session))) throw closedForGood();
    await this.still(actor, session);
  }

  /** Throws as {@link now}, and 403 for who is there still, but does not run the cohort any more. */
  async mustLead(actor: CohortActor, session: ClientSession): Promise<void> {
    if (!isOfTeam(await this.now(actor, session))) throw forbidden();
  }

  /** Takes the cohort into the transaction, and says how the actor stands there by now. Throws 409 `cohort_closed`, and as {@link now}. */
  async held(actor: CohortActor, session: ClientSession): Promise<CohortActor> {
    if (!(await this.cohorts.hold(idOf(actor.cohortId), session))) throw closedForGood();
    return await this.now(actor, session);
  }

  /** Takes the cohort into the transaction, of whose programme team the actor is by then: a right over the installation is none here. Throws 409 `cohort_closed` unless `evenClosed`, 404, 403. */
  async heldAsStaff(actor: CohortActor, session: ClientSession, { evenClosed = false } = {}): Promise<void> {
    const cohortId = idOf(actor.cohortId);
    const isHeld = evenClosed ? this.cohorts.holdAny(cohortId, session) : this.cohorts.hold(cohortId, session);
    if (!(await isHeld)) throw closedForGood();
    if ((await this.asMember(actor, session)).role !== 'staff') throw forbidden();
  }

  /** Takes the cohort into the transaction. Throws 409 `cohort_closed`, and as {@link mustLead}. */
  async holdToLead(actor: CohortActor, session: ClientSession): Promise<void> {
    if (!isOfTeam(await this.held(actor, session))) throw forbidden();
  }
}
