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
import { AskedLettersRepository } from './asked-letters.repository.js';

const NAME = 'planned letters of invitations';

/**
 * A letter that is planned speaks on its day in the name of who invites, with what they wrote. Once they are of the team no more, or had their account given back, nothing goes in their name
 * that nobody asked for since: their letters, and those whose day they set, are kept until staff send them.
 */
@Injectable()
export class PlannedLetters implements OnModuleInit {
  constructor(
    private readonly asked: AskedLettersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(memberLeft, NAME, ({ cohortId, userId }) => this.afterTeam(userId, [idOf(cohortId)]));
    this.outbox.on(roleChanged, NAME, ({ cohortId, userId }) => this.afterTeam(userId, [idOf(cohortId)]));
    this.outbox.on(adminEnded, NAME, async ({ userId }) => this.afterTeam(userId, await this.cohorts.running()));
    this.outbox.on(accountGivenBack, NAME, ({ userId }) => this.afterTheft(userId));
  }

  /** Who is staff of a cohort or an admin by now is of its team still, or again. */
  private async afterTeam(userId: string, cohortIds: readonly Types.ObjectId[]): Promise<void> {
    if ((await this.users.admins()).includes(userId)) return;
    const now = await this.memberships.ofPerson(idOf(userId));
    const isStaff = (cohortId: Types.ObjectId) =>
      now.some((one) => one.role === 'staff' && one.cohortId.equals(cohortId));
    const left = cohortIds.filter((cohortId) => !isStaff(cohortId));
    await this.asked.keepOf(idOf(userId), { cohortIds: left, now: this.clock.now() });
  }

  /** What they plan themselves from then on stands, also where the fact is followed again. */
  private async afterTheft(userId: string): Promise<void> {
    const askedUntil = await this.people.disputedUntil(userId);
    if (!askedUntil) return;
    const cohortIds = await this.cohorts.running();
    await this.asked.keepOf(idOf(userId), { cohortIds, askedUntil, now: this.clock.now() });
  }
}
