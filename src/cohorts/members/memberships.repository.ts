import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { BatchPerKey } from '../../common/batch-per-key.js';
import type { Role } from '../../contracts/roles.js';
import type { Ask } from '../../infra/mongo/asked-together.js';
import { together } from '../../infra/mongo/together.js';
import type { MembershipRow } from './membership.schema.js';

/** A live membership, ids as they are in the database. */
export type MemberRow = Pick<
  MembershipRow,
  '_id' | 'cohortId' | 'userId' | 'role' | 'projectId' | 'craft' | 'joinedAt'
>;

const fields = { cohortId: 1, userId: 1, role: 1, projectId: 1, craft: 1, joinedAt: 1 } as const;

/** In which cohort somebody is what. */
export type Belonging = Pick<MembershipRow, '_id' | 'cohortId' | 'role'>;

/** When somebody gave up what waited for them, and to whom it goes; null: to the programme team. */
export interface HandOver {
  at: Date;
  toId: Types.ObjectId | null;
}

/** The only user of the `memberships` collection. */
@Injectable()
export class MembershipsRepository {
  /** The same list that is asked for several times in one turn is read once, after the last of them asked. */
  private readonly lists = new BatchPerKey<Record<string, unknown>, MemberRow[]>((_, [filter, ...others]) =>
    this.list(filter ?? {}, 1 + others.length),
  );

  constructor(@InjectModel('Membership') private readonly memberships: Model<MembershipRow>) {}

  async find(cohortId: Types.ObjectId, userId: Types.ObjectId): Promise<MemberRow | null> {
    return await together(this.memberships.findOne({ cohortId, userId, endedAt: null }, fields).lean<MemberRow>());
  }

  /** Members of a cohort, some roles or people of it. */
  async inCohort(
    cohortId: Types.ObjectId,
    only: { roles?: readonly Role[]; userIds?: readonly Types.ObjectId[]; projectId?: Types.ObjectId } = {},
    session?: ClientSession,
  ): Promise<MemberRow[]> {
    const filter = {
      cohortId,
      endedAt: null,
      ...(only.roles && { role: { $in: only.roles } }),
      ...(only.userIds && { userId: { $in: only.userIds } }),
      ...(only.projectId && { projectId: only.projectId }),
    };
    return session
      ? await this.memberships.find(filter, fields, { session }).lean<MemberRow[]>()
      : await this.lists.ask(JSON.stringify(filter), filter);
  }

  private async list(filter: Record<string, unknown>, times: number): Promise<MemberRow[][]> {
    const rows = await together(this.memberships.find(filter, fields).lean<MemberRow[]>());
    return Array.from({ length: times }, () => rows);
  }

  /** The live belongings of some people, each in one cohort. */
  async ofPairs(pairs: readonly { cohortId: Types.ObjectId; userId: Types.ObjectId }[]): Promise<MemberRow[]> {
    if (pairs.length === 0) return [];
    return await together(
      this.memberships
        .find({ $or: pairs.map(({ cohortId, userId }) => ({ cohortId, userId, endedAt: null })) }, fields)
        .lean<MemberRow[]>(),
    );
  }

  /** Members of some cohorts; with `ended` also who was one. */
  async inCohorts(cohortIds: readonly Types.ObjectId[], { ended }: { ended: boolean }): Promise<MemberRow[]> {
    if (cohortIds.length === 0) return [];
    const filter = { cohortId: { $in: cohortIds }, ...(!ended && { endedAt: null }) };
    return await together(this.memberships.find(filter, fields).lean<MemberRow[]>());
  }

  /** Those of some people who are or were in one of some cohorts. */
  async everIn(
    cohortIds: readonly Types.ObjectId[],
    userIds: readonly Types.ObjectId[],
  ): Promise<Pick<MembershipRow, 'cohortId' | 'userId'>[]> {
    if (cohortIds.length === 0 || userIds.length === 0) return [];
    return await together(
      this.memberships
        .find({ cohortId: { $in: cohortIds }, userId: { $in: userIds } }, { cohortId: 1, userId: 1 })
        .lean<Pick<MembershipRow, 'cohortId' | 'userId'>[]>(),
    );
  }

  /** The members of some projects. */
  async inProjects(projectIds: readonly Types.ObjectId[]): Promise<MemberRow[]> {
    if (projectIds.length === 0) return [];
    return await together(
      this.memberships.find({ projectId: { $in: projectIds }, endedAt: null }, fields).lean<MemberRow[]>(),
    );
  }

  async inProject(projectId: Types.ObjectId): Promise<MemberRow[]> {
    return await together(this.memberships.find({ projectId, endedAt: null }, fields).lean<MemberRow[]>());
  }

  /** What some people gave up in a cohort when they left it or changed their role; those who never did are left out. */
  async handOvers(
    cohortId: Types.ObjectId,
    userIds: readonly Types.ObjectId[],
  ): Promise<{ userId: Types.ObjectId; endedAt: Date | null; handOver: HandOver | null }[]> {
    return await together(
      this.memberships
        .find({ cohortId, userId: { $in: userIds } }, { userId: 1, endedAt: 1, handOver: 1 })
        .lean<{ userId: Types.ObjectId; endedAt: Date | null; handOver: HandOver | null }[]>(),
    );
  }

  /** All belongings that a person has or had. */
  async everOfPerson(userId: Types.ObjectId): Promise<MemberRow[]> {
    return await this.memberships.find({ userId }, fields).lean<MemberRow[]>();
  }

  async ofPerson(userId: Types.ObjectId, session?: ClientSession): Promise<MemberRow[]> {
    const found = this.memberships.find({ userId, endedAt: null }, fields).lean<MemberRow[]>();
    return session ? await found.session(session) : await together(found);
  }

  async ofPeople(userIds: readonly Types.ObjectId[]): Promise<MemberRow[]> {
    if (userIds.length === 0) return [];
    return await together(
      this.memberships.find({ userId: { $in: userIds }, endedAt: null }, fields).lean<MemberRow[]>(),
    );
  }

  /** {@link find} among other questions: what some people are in a cohort. */
  standingsAsk(
    cohortId: Types.ObjectId,
    userIds: readonly Types.ObjectId[],
  ): Ask<Pick<MemberRow, '_id' | 'userId' | 'role' | 'projectId'>> {
    return {
      collection: this.memberships.collection.name,
      filter: { cohortId, userId: { $in: userIds }, endedAt: null },
      projection: { userId: 1, role: 1, projectId: 1 },
    };
  }

  /** Where somebody belongs; with `cohortId` whether they do there. */
  belongingsAsk(userId: Types.ObjectId, cohortId: Types.ObjectId | null): Ask<Belonging> {
    return {
      collection: this.memberships.collection.name,
      filter: { ...(cohortId && { cohortId }), userId, endedAt: null },
      projection: { cohortId: 1, role: 1 },
    };
  }

  /** Makes a member, or brings one back; a live member stays as they are. True when something changed. */
  async join(
    member: {
      cohortId: Types.ObjectId;
      userId: Types.ObjectId;
      role: Role;
      projectId: Types.ObjectId | null;
      craft?: string | null;
      joinedAt: Date;
    },
    session?: ClientSession,
  ): Promise<boolean> {
    const { cohortId, userId, craft = null, ...others } = member;
    // Who comes back has what they are given then.
    const rest = { ...others, craft };
    const made = await this.memberships.updateOne(
      { cohortId, userId },
      { $setOnInsert: { ...rest, endedAt: null, changedAt: new Date() } },
      { upsert: true, session },
    );
    if (made.upsertedCount === 1) return true;
    const back = await this.memberships.updateOne(
      { cohortId, userId, endedAt: { $ne: null } },
      { $set: { ...rest, endedAt: null, changedAt: new Date() }, $unset: { suspended: 1 } },
      { session },
    );
    return back.modifiedCount === 1;
  }

  async update(
    cohortId: Types.ObjectId,
    userId: Types.ObjectId,
    change: { role?: Role; projectId?: Types.ObjectId | null; craft?: string | null; handOver?: HandOver },
    session?: ClientSession,
  ): Promise<boolean> {
    const result = await this.memberships.updateOne(
      { cohortId, userId, endedAt: null },
      { $set: { ...change, changedAt: new Date() } },
      { session },
    );
    return result.matchedCount === 1;
  }

  /** Puts members into a project, or (null) takes them out of theirs. */
  async place(
    cohortId: Types.ObjectId,
    userIds: readonly Types.ObjectId[],
    projectId: Types.ObjectId | null,
    session: ClientSession,
  ): Promise<void> {
    if (userIds.length === 0) return;
    await this.memberships.updateMany(
      { cohortId, userId: { $in: userIds }, endedAt: null },
      { $set: { projectId, changedAt: new Date() } },
      { session },
    );
  }

  async end(
    cohortId: Types.ObjectId,
    userId: Types.ObjectId,
    at: Date,
    session?: ClientSession,
    successorId: Types.ObjectId | null = null,
  ): Promise<boolean> {
    const result = await this.memberships.updateOne(
      { cohortId, userId, endedAt: null },
      { $set: { endedAt: at, projectId: null, handOver: { at, toId: successorId }, changedAt: new Date() } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** Who is out with their account does not come back with it. False for who is not. */
  async endSuspended(
    cohortId: Types.ObjectId,
    userId: Types.ObjectId,
    handOver: HandOver,
    session: ClientSession,
  ): Promise<boolean> {
    const result = await this.memberships.updateOne(
      { cohortId, userId, suspended: { $exists: true } },
      { $set: { handOver, changedAt: new Date() }, $unset: { suspended: 1 } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** All fellows become alumni and leave their projects. */
  async graduate(cohortId: Types.ObjectId, session?: ClientSession): Promise<void> {
    await this.memberships.updateMany(
      { cohortId, endedAt: null, role: 'fellow' },
      { $set: { role: 'alumni', projectId: null, changedAt: new Date() } },
      { session },
    );
  }

  /** The people whose belonging was written to after an instant (real time), also who left: what every process asks every 2 s. */
  async changedSince(since: Date): Promise<string[]> {
    const rows = await this.memberships
      .find({ changedAt: { $gt: since } }, { userId: 1 })
      .lean<{ userId: Types.ObjectId }[]>();
    return [...new Set(rows.map((row) => String(row.userId)))];
  }

  /** How many members of each role. */
  async counts(
    cohortIds: readonly Types.ObjectId[],
  ): Promise<{ cohortId: Types.ObjectId; role: Role; count: number }[]> {
    const rows = await this.memberships.aggregate<{ _id: { cohortId: Types.ObjectId; role: Role }; count: number }>([
      { $match: { cohortId: { $in: cohortIds }, endedAt: null } },
      { $group: { _id: { cohortId: '$cohortId', role: '$role' }, count: { $sum: 1 } } },
    ]);
    return rows.map((row) => ({ ...row._id, count: row.count }));
  }
}
