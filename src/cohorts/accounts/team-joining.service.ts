import { Injectable } from '@nestjs/common';
import { AccountActs } from '../../auth/accounts/account-acts.repository.js';
import { AccountsRepository } from '../../auth/accounts/accounts.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { memberJoined } from '../cohorts.events.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { MembershipsRepository } from '../members/memberships.repository.js';

/** An admin who sees a cohort from outside comes in as one of its programme team; that they did stands in the list of acts. */
@Injectable()
export class TeamJoining {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly acts: AccountActs,
    private readonly accounts: AccountsRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 409 `already_member` for who has a role there: that is changed as anybody's is; 403 for who is no admin any more. */
  async join({ userId: me, cohortId: there }: CohortActor): Promise<void> {
    const [userId, cohortId] = [idOf(me), idOf(there)];
    const member = { cohortId, userId, role: 'staff' as const, projectId: null, joinedAt: this.clock.now() };
    const joining = { cohortId: there, userId: me, role: member.role, projectId: null };
    await this.transactions.run(async (session) => {
      if (!(await this.accounts.holdAdmin(userId, session))) throw forbidden();
      if (!(await this.cohorts.holdAny(cohortId, session))) throw notFound();
      if (!(await this.memberships.join(member, session)))
        throw conflict('already_member', 'You belong to this cohort already.');
      await this.acts.add({ byId: userId, userId, act: 'joined_team', cohortId }, session);
      await this.outbox.write(memberJoined, joining, session);
    });
    this.bus.publish(memberJoined, joining);
  }
}
