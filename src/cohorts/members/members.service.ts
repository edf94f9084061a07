import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Actor, CohortActor } from '../../common/actor.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { grouped } from '../../common/grouped.js';
import type { Role } from '../../contracts/roles.js';
import { type Ask, AskedTogether } from '../../infra/mongo/asked-together.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import type { CohortRow } from '../cohort.schema.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { type Belonging, type MemberRow, MembershipsRepository } from './memberships.repository.js';

/** A member of a cohort in ids, for the rooms after this one. */
export interface MemberRef {
  cohortId: string;
  userId: string;
  role: Role;
  projectId: string | null;
  /** The craft that staff gave them here; what they say of themselves is another thing. */
  craft: string | null;
  joinedAt: Date;
}

/** How somebody stands in a cohort; a part is missing where there is none. */
interface Standing {
  member: Pick<MemberRow, 'role' | 'projectId'> | undefined;
  cohort: Pick<CohortRow, 'timeZone' | 'state'> | undefined;
}

/** Who belongs where; asked by every room after this one. */
@Injectable()
export class Members {
  private readonly standings = new BatchPerKey<Types.ObjectId, Standing>((cohortId, userIds) =>
    this.standingsIn(cohortId, userIds),
  );

  constructor(
    private readonly memberships: MembershipsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly together: AskedTogether,
  ) {}

  /** The actor within a cohort; null for who has nothing to see there. An admin who is no member acts as `admin`. */
  async actorIn(actor: Actor, cohortId: string): Promise<CohortActor | null> {
    const id = toId(cohortId);
    const userId = toId(actor.userId);
    if (!id || !userId) return null;
    const { member, cohort } = await this.standings.ask(String(id), userId);
    if (!cohort || (!member && !actor.isAdmin)) return null;
    return {
      ...actor,
      cohortId: String(id),
      role: member?.role ?? 'admin',
      projectId: member?.projectId ? String(member.projectId) : null,
      cohortTimeZone: cohort.timeZone,
      cohortState: cohort.state,
    };
  }

  /** Before each request in a cohort: one command, for all who ask while another one is on its way. */
  private async standingsIn(cohortId: string, userIds: readonly Types.ObjectId[]): Promise<Standing[]> {
    const id = idOf(cohortId);
    const asked = await this.together.all(this.memberships.standingsAsk(id, userIds), this.cohorts.frameAsk(id));
    const members = new Map(asked[0].rows.map((member) => [String(member.userId), member]));
    const [cohort] = asked[1].rows;
    return userIds.map((userId) => ({ cohort, member: members.get(String(userId)) }));
  }

  async find(cohortId: string, userId: string): Promise<MemberRef | null> {
    const [cohort, user] = [toId(cohortId), toId(userId)];
    const row = cohort && user && (await this.memberships.find(cohort, user));
    return row ? toRef(row) : null;
  }

  /** What each of these people is in one cohort each, by `<cohort> <person>`; who is no member is left out. One query. */
  async findAll(
    pairs: readonly { cohortId: Types.ObjectId; userId: Types.ObjectId }[],
  ): Promise<Map<string, MemberRef>> {
    const rows = await this.memberships.ofPairs(pairs);
    return new Map(rows.map((row) => [`${String(row.cohortId)} ${String(row.userId)}`, toRef(row)]));
  }

  /** Members of a cohort; of some roles, or those of these people who are members. */
  async list(
    cohortId: string,
    only: { roles?: readonly Role[]; userIds?: readonly string[] } = {},
  ): Promise<MemberRef[]> {
    const id = toId(cohortId);
    if (!id) return [];
    const rows = await this.memberships.inCohort(id, {
      ...(only.roles && { roles: only.roles }),
      ...(only.userIds && { userIds: toIds(only.userIds) }),
    });
    return rows.map(toRef);
  }

  /** Those of some people who are members, each once. One query. */
  async among(cohortId: string, userIds: readonly string[]): Promise<string[]> {
    return (await this.list(cohortId, { userIds: [...new Set(userIds)] })).map(({ userId }) => userId);
  }

  /** Who of some people is or was in which of some cohorts, as `<cohort> <person>`. One query. */
  async everIn(cohortIds: readonly string[], userIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.memberships.everIn(toIds([...new Set(cohortIds)]), toIds([...new Set(userIds)]));
    return new Set(rows.map(({ cohortId, userId }) => `${String(cohortId)} ${String(userId)}`));
  }

  /** Until when each of these people gave up what waited for them in a cohort, by leaving it or by another role, and to whom. */
  async handOvers(
    cohortId: string,
    userIds: readonly string[],
  ): Promise<Map<string, { at: Date; toId: string | null }>> {
    const rows = await this.memberships.handOvers(idOf(cohortId), toIds(userIds));
    return new Map(
      rows.flatMap(({ userId, endedAt, handOver }) => {
        const at = handOver?.at ?? endedAt;
        return at ? [[String(userId), { at, toId: handOver?.toId ? String(handOver.toId) : null }] as const] : [];
      }),
    );
  }

  /** Where somebody belongs, among other questions; with `cohortId` whether they do there. */
  belongingsAsk(userId: string, cohortId: string | null): Ask<Belonging> {
    return this.memberships.belongingsAsk(idOf(userId), cohortId === null ? null : idOf(cohortId));
  }

  /** The fellows and hosts of a project. */
  async ofProject(projectId: string): Promise<MemberRef[]> {
    const id = toId(projectId);
    return id ? (await this.memberships.inProject(id)).map(toRef) : [];
  }

  /** The cohorts of each of these people. One query. */
  async cohortsOf(userIds: readonly string[]): Promise<Map<string, string[]>> {
    const byPerson = grouped(await this.memberships.ofPeople(toIds(userIds)), ({ userId }) => String(userId));
    return new Map([...byPerson].map(([userId, rows]) => [userId, rows.map(({ cohortId }) => String(cohortId))]));
  }

  /** All belongings that a person has or had. */
  async everOfPerson(userId: string): Promise<MemberRef[]> {
    const id = toId(userId);
    return id ? (await this.memberships.everOfPerson(id)).map(toRef) : [];
  }

  /** All belongings of a person. */
  async ofPerson(userId: string): Promise<MemberRef[]> {
    const id = toId(userId);
    return id ? (await this.memberships.ofPerson(id)).map(toRef) : [];
  }
}

function toRef(row: MemberRow): MemberRef {
  return {
    cohortId: String(row.cohortId),
    userId: String(row.userId),
    role: row.role,
    projectId: row.projectId ? String(row.projectId) : null,
    craft: row.craft ?? null,
    joinedAt: row.joinedAt,
  };
}
