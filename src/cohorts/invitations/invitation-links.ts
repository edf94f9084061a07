import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { accountGivenBack, adminEnded } from '../../auth/auth.events.js';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { memberLeft, roleChanged } from '../cohorts.events.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { InvitationsRepository } from './invitations.repository.js';

const NAME = 'copied links of invitations';

/**
 * Staff copy the links of those who are invited. Whoever had the account of one of them for a while may have copied all of these, and so may who is staff no more, or no admin: once it is given back,
 * or they are out, each has another one, and the copied one opens nothing. What went by mail stays good: nobody but the invited saw it.
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
    this.outbox.on(accountGivenBack, NAME, ({ userId }) => this.renew(userId));
    this.outbox.on(memberLeft, NAME, ({ cohortId, userId }) => this.afterStaff(idOf(cohortId), userId));
    this.outbox.on(roleChanged, NAME, ({ cohortId }) => this.relinkNow([idOf(cohortId)]));
    this.outbox.on(adminEnded, NAME, async () => this.relinkNow(await this.cohorts.running()));
  }

  private async afterStaff(cohortId: Types.ObjectId, userId: string): Promise<void> {
    const ever = await this.memberships.everOfPerson(idOf(userId));
    if (ever.some((one) => one.role === 'staff' && one.cohortId.equals(cohortId))) await this.relinkNow([cohortId]);
  }

  /** Followed again, they have another one once more. */
  private async relinkNow(cohortIds: readonly Types.ObjectId[]): Promise<void> {
    const now = this.clock.now();
    for (const cohortId of cohortIds) await this.invitations.relink(cohortId, now, now.getTime().toString(36));
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
