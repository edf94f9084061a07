import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { fold } from '../../common/texts/fold.js';
import { together } from '../../infra/mongo/together.js';
import type { ProjectRow } from './project.schema.js';

/** What may change of a project. */
export type ProjectChange = Partial<Pick<ProjectRow, 'name' | 'agency' | 'summary' | 'hostIds' | 'coachId' | 'places'>>;

/** The name by which projects of a cohort are told apart: `Événement Clair` is `evenement clair`. */
export const projectKey = (name: string): string => fold(name).replace(/\s+/g, ' ').trim();

/** The only user of the `projects` collection. */
@Injectable()
export class ProjectsRepository {
  constructor(@InjectModel('Project') private readonly projects: Model<ProjectRow>) {}

  /** Throws E11000 (`name`) when the cohort has a project of this name. */
  async insert(project: Omit<ProjectRow, 'nameKey' | 'pastFellowIds'>, session?: ClientSession): Promise<void> {
    await this.projects.create([{ ...project, nameKey: projectKey(project.name) }], { session });
  }

  /** Throws E11000: `name` when the cohort has a project of one of these names, `proposal` when one of them was made meanwhile. */
  async insertMany(
    projects: readonly Omit<ProjectRow, 'nameKey' | 'pastFellowIds'>[],
    session: ClientSession,
  ): Promise<void> {
    const rows = projects.map((project) => ({ ...project, nameKey: projectKey(project.name), pastFellowIds: [] }));
    await this.projects.insertMany(rows, { session });
  }

  async inCohort(
    cohortId: Types.ObjectId,
    projectId: Types.ObjectId,
    session?: ClientSession,
  ): Promise<ProjectRow | null> {
    const found = this.projects.findOne({ _id: projectId, cohortId });
    return session ? await found.session(session).lean<ProjectRow>() : await together(found.lean<ProjectRow>());
  }

  /** A page of a cohort's projects by name; `after` is the name's key of the last one seen. */
  async page(cohortId: Types.ObjectId, after: string | null, limit: number): Promise<ProjectRow[]> {
    return await this.projects
      .find({ cohortId, nameKey: { $gt: after ?? '' } })
      .sort({ nameKey: 1 })
      .limit(limit)
      .lean<ProjectRow[]>();
  }

  /** All projects of a cohort. */
  async all(cohortId: Types.ObjectId, session?: ClientSession): Promise<ProjectRow[]> {
    const found = this.projects.find({ cohortId }).sort({ nameKey: 1 });
    return session ? await found.session(session).lean<ProjectRow[]>() : await together(found.lean<ProjectRow[]>());
  }

  /** Those of these names that exist, by key. */
  async byKeys(cohortId: Types.ObjectId, keys: readonly string[]): Promise<Map<string, Types.ObjectId>> {
    const rows = await this.projects
      .find({ cohortId, nameKey: { $in: keys } }, { nameKey: 1 })
      .lean<Pick<ProjectRow, '_id' | 'nameKey'>[]>();
    return new Map(rows.map((row) => [row.nameKey, row._id]));
  }

  /** The project that was made of a proposal; null where none was. */
  async ofProposal(applicationId: Types.ObjectId, session: ClientSession): Promise<Pick<ProjectRow, '_id'> | null> {
    return await this.projects.findOne({ applicationId }, { _id: 1 }, { session }).lean<Pick<ProjectRow, '_id'>>();
  }

  /** The names of these projects, by id. */
  async names(projectIds: readonly Types.ObjectId[]): Promise<Map<string, string>> {
    if (projectIds.length === 0) return new Map();
    const rows = await together(
      this.projects.find({ _id: { $in: projectIds } }, { name: 1 }).lean<Pick<ProjectRow, '_id' | 'name'>[]>(),
    );
    return new Map(rows.map((row) => [String(row._id), row.name]));
  }

  /** Throws E11000 (`name`) when another project of the cohort has the new name. */
  async update(
    cohortId: Types.ObjectId,
    projectId: Types.ObjectId,
    change: ProjectChange,
    session?: ClientSession,
  ): Promise<void> {
    const named = change.name === undefined ? change : { ...change, nameKey: projectKey(change.name) };
    await this.projects.updateOne({ _id: projectId, cohortId }, { $set: named }, { session });
  }

  async addHost(projectIds: readonly Types.ObjectId[], hostId: Types.ObjectId, session: ClientSession): Promise<void> {
    const update = { $addToSet: { hostIds: hostId } };
    await this.projects.updateMany({ _id: { $in: projectIds } }, update, { session });
  }

  async removeHost(projectId: Types.ObjectId, hostId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.projects.updateOne({ _id: projectId }, { $pull: { hostIds: hostId } }, { session });
  }

  /** Makes somebody the coach of those of some projects that have none. */
  async addCoach(
    projectIds: readonly Types.ObjectId[],
    coachId: Types.ObjectId,
    session: ClientSession,
  ): Promise<void> {
    await this.projects.updateMany({ _id: { $in: projectIds }, coachId: null }, { $set: { coachId } }, { session });
  }

  /** The projects of some cohorts that somebody hosts or coaches. */
  async accompaniedBy(
    cohortIds: readonly Types.ObjectId[],
    userId: Types.ObjectId,
    session: ClientSession,
  ): Promise<Pick<ProjectRow, '_id' | 'cohortId' | 'hostIds' | 'coachId'>[]> {
    return await this.projects
      .find(
        { cohortId: { $in: cohortIds }, $or: [{ hostIds: userId }, { coachId: userId }] },
        { cohortId: 1, hostIds: 1, coachId: 1 },
        { session },
      )
      .lean<Pick<ProjectRow, '_id' | 'cohortId' | 'hostIds' | 'coachId'>[]>();
  }

  /** Takes somebody off all projects of some cohorts as a host, as a coach, or both. */
  async takeOff(
    cohortIds: readonly Types.ObjectId[],
    userId: Types.ObjectId,
    as: { host: boolean; coach: boolean },
    session: ClientSession,
  ): Promise<void> {
    if (as.host) {
      await this.projects.updateMany(
        { cohortId: { $in: cohortIds }, hostIds: userId },
        { $pull: { hostIds: userId } },
        { session },
      );
    }
    if (as.coach)
      await this.projects.updateMany(
        { cohortId: { $in: cohortIds }, coachId: userId },
        { $set: { coachId: null } },
        { session },
      );
  }

  /** Remembers who the fellows were, when the cohort is closed. */
  async keepTeams(
    teams: readonly { projectId: Types.ObjectId; fellowIds: Types.ObjectId[] }[],
    session: ClientSession,
  ): Promise<void> {
    if (teams.length === 0) return;
    await this.projects.bulkWrite(
      teams.map(({ projectId, fellowIds }) => ({
        updateOne: { filter: { _id: projectId }, update: { $set: { pastFellowIds: fellowIds } } },
      })),
      { session },
    );
  }

  /** How many projects each of these cohorts has. */
  async counts(cohortIds: readonly Types.ObjectId[]): Promise<Map<string, number>> {
    const rows = await this.projects.aggregate<{ _id: Types.ObjectId; count: number }>([
      { $match: { cohortId: { $in: cohortIds } } },
      { $group: { _id: '$cohortId', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map((row) => [String(row._id), row.count]));
  }
}
