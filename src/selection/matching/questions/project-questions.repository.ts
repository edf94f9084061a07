import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ProjectQuestionRow } from './project-question.schema.js';

/** Reads and writes what applicants ask the hosts of projects. */
@Injectable()
export class ProjectQuestionsRepository {
  constructor(@InjectModel('ProjectQuestion') private readonly rows: Model<ProjectQuestionRow>) {}

  /** Throws E11000 (`once`) where they asked that project before. */
  async insert(row: ProjectQuestionRow, session: ClientSession): Promise<void> {
    await this.rows.insertMany([row], { session });
  }

  async byIds(ids: readonly Types.ObjectId[]): Promise<ProjectQuestionRow[]> {
    return await this.rows.find({ _id: { $in: ids } }).lean<ProjectQuestionRow[]>();
  }

  async byId(id: Types.ObjectId): Promise<ProjectQuestionRow | null> {
    return await this.rows.findById(id).lean<ProjectQuestionRow>();
  }

  async ofApplication(applicationId: Types.ObjectId): Promise<ProjectQuestionRow[]> {
    const rows = await this.rows.find({ applicationId }).lean<ProjectQuestionRow[]>();
    return rows.toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime());
  }

  /** The oldest first. */
  async ofProject(projectId: Types.ObjectId): Promise<ProjectQuestionRow[]> {
    return await this.rows.find({ projectId }).sort({ askedAt: 1 }).lean<ProjectQuestionRow[]>();
  }

  /** Those of some projects that have no answer and are not hidden. */
  async waiting(projectIds: readonly Types.ObjectId[]): Promise<Types.ObjectId[]> {
    const open = { projectId: { $in: projectIds }, answeredAt: { $exists: false }, hiddenAt: { $exists: false } };
    const rows = await this.rows.find(open, { _id: 1 }).lean<Pick<ProjectQuestionRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** False for what has an answer, is hidden, or is not there any more. */
  async answer(
    _id: Types.ObjectId,
    answer: Required<Pick<ProjectQuestionRow, 'answer' | 'answeredAt' | 'answeredById'>>,
    session: ClientSession,
  ): Promise<boolean> {
    const open = { _id, answeredAt: { $exists: false }, hiddenAt: { $exists: false } };
    return (await this.rows.updateOne(open, { $set: answer }, { session })).modifiedCount > 0;
  }

  /** Hides it, or (null) shows it again; false where it stands so already, or is not there any more. */
  async hide(_id: Types.ObjectId, at: Date | null, session: ClientSession): Promise<boolean> {
    const change = at ? { $set: { hiddenAt: at } } : { $unset: { hiddenAt: '' as const } };
    const other = { _id, hiddenAt: { $exists: at === null } };
    return (await this.rows.updateOne(other, change, { session })).modifiedCount > 0;
  }

  async forget(applicationId: Types.ObjectId): Promise<void> {
    await this.rows.deleteMany({ applicationId });
  }
}
