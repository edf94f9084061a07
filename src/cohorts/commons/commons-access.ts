import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { AccountsRepository } from '../../auth/accounts/accounts.repository.js';
import { UsersRepository } from '../../auth/users.repository.js';
import type { Actor } from '../../common/actor.js';
import { forbidden } from '../../common/problem.js';
import type { Role } from '../../contracts/roles.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { Members } from '../members/members.service.js';
import { MembershipsRepository } from '../members/memberships.repository.js';

/** Who is in the commons: everybody who is a member of a cohort, whatever they are there, and admins of the installation. */
export interface CommonsActor {
  userId: string;
  isAdmin: boolean;
  cohortIds: ReadonlySet<string>;
  /** Of which they are staff. */
  staffIn: ReadonlySet<string>;
}

/** Who is in the commons. Asked before anything is looked for, so that who is not learns nothing of what is there. */
@Injectable()
export class CommonsAccess {
  constructor(
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly accounts: AccountsRepository,
    private readonly users: UsersRepository,
  ) {}

  /** Throws 403 for who is in no cohort (any more): a juror, who applied, who left. */
  async enter({ userId, isAdmin }: Pick<Actor, 'userId' | 'isAdmin'>): Promise<CommonsActor> {
    return standing(userId, isAdmin, await this.members.ofPerson(userId));
  }

  /**
   * {@link enter}, asked once more within the transaction of an act on what comes from a cohort. What gives the right is held in it, their place in that cohort or in another, and the right over the installation:
   * whoever takes it away comes first, and is seen here, or comes after.
   */
  async held(
    { userId, isAdmin }: Pick<Actor, 'userId' | 'isAdmin'>,
    from: Types.ObjectId,
    session: ClientSession,
  ): Promise<CommonsActor> {
    const id = idOf(userId);
    const belongings = await this.memberships.ofPerson(id, session);
    const me = standing(userId, isAdmin && (await this.accounts.holdAdmin(id, session)), belongings);
    const place = belongings.find(({ cohortId }) => cohortId.equals(from)) ?? belongings[0];
    if (place) await this.cohorts.holdAny(place.cohortId, session);
    return me;
  }

  /** Those of some people who are in a cohort. */
  async among(userIds: readonly string[]): Promise<string[]> {
    const cohorts = await this.members.cohortsOf([...new Set(userIds)]);
    return [...cohorts].flatMap(([userId, ids]) => (ids.length > 0 ? [userId] : []));
  }

  /** Those of some people who are in the commons: {@link among}, and admins. */
  async within(userIds: readonly string[]): Promise<string[]> {
    const within = new Set(await this.among(userIds));
    const others = userIds.filter((userId) => !within.has(userId));
    if (others.length > 0) for (const admin of await this.users.admins()) within.add(admin);
    return [...new Set(userIds)].filter((userId) => within.has(userId));
  }

  /** Whether they are of the staff of a cohort that runs, or admins: they write what all cohorts read. */
  async leads({ isAdmin, staffIn }: CommonsActor): Promise<boolean> {
    if (isAdmin || staffIn.size === 0) return isAdmin;
    const cohorts = await this.cohorts.byIds(toIds([...staffIn]));
    return cohorts.some(({ state }) => state === 'running');
  }

  /**
   * {@link leads}, asked once more within the transaction of an act. What makes them so is held in it, one cohort of theirs or the right over the installation: whoever takes it away comes first, and is seen here, or comes
   * after. Throws as {@link enter}.
   */
  async holdToLead({ userId, isAdmin }: Pick<Actor, 'userId' | 'isAdmin'>, session: ClientSession): Promise<boolean> {
    const id = idOf(userId);
    const belongings = await this.memberships.ofPerson(id, session);
    for (const { cohortId, role } of belongings)
      if (role === 'staff' && (await this.cohorts.hold(cohortId, session))) return true;
    if (isAdmin && (await this.accounts.holdAdmin(id, session))) return true;
    const [some] = belongings;
    if (!some || !(await this.cohorts.holdAny(some.cohortId, session))) throw noCohort();
    return false;
  }
}

/** Throws 403 for who is in no cohort. */
function standing(
  userId: string,
  isAdmin: boolean,
  belongings: readonly { cohortId: { toString: () => string }; role: Role }[],
): CommonsActor {
  if (belongings.length === 0 && !isAdmin) throw noCohort();
  const staffIn = belongings.filter(({ role }) => role === 'staff');
  return {
    ...{ userId, isAdmin },
    cohortIds: new Set(belongings.map(({ cohortId }) => String(cohortId))),
    staffIn: new Set(staffIn.map(({ cohortId }) => String(cohortId))),
  };
}

const noCohort = () => forbidden('no_cohort', 'The commons is for those who are in a cohort.');
