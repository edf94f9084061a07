import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { accountGivenBack } from '../../auth/auth.events.js';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { InvitationsRepository } from './invitations.repository.js';

/**
 * Staff copy the links of those who are invited. Whoever had the account of one of them for a while may have copied all of these: once it is given back, each has
 * another one, and the copied one opens nothing. What went by mail stays good: nobody but the invited saw it.
 */
@Injectable()
export class InvitationLinks implements OnModuleInit {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(accountGivenBack, 'copied links of invitations', ({ userId }) => this.renew(userId));
  }

  /** The fact is followed twice: what a request on its way saw of the first new links ends with the second ones. Followed again, the same. */
  private async renew(userId: string): Promise<void> {
    const until = await this.people.disputedUntil(userId);
    if (!until) return;
    const key = `${until.getTime().toString(36)}${this.clock.now() > until ? 'z' : 'a'}`;
    for (const cohortId of await this.seenBy(userId)) await this.invitations.relink(cohortId, until, key);
  }

  /** The cohorts of whose invitations they see the links. */
  private async seenBy(userId: string): Promise<Types.ObjectId[]> {
    if ((await this.users.admins()).includes(userId)) return await this.cohorts.running();
    const memberships = await this.memberships.everOfPerson(idOf(userId));
    return memberships.filter(({ role }) => role === 'staff').map(({ cohortId }) => cohortId);
  }
}
