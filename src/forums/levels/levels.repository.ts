import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ForumLevel } from '../../contracts/forums.js';
import { together } from '../../infra/mongo/together.js';
import type { ForumLevelRow } from './level.schema.js';

/** A level of somebody for a tag, or (empty) for the whole. */
export type HeldLevel = Pick<ForumLevelRow, 'cohortId' | 'userId' | 'tag' | 'level'>;

const held = { _id: 0, cohortId: 1, userId: 1, tag: 1, level: 1 } as const;

/** The only user of the `forum-levels` collection. */
@Injectable()
export class LevelsRepository {
  constructor(@InjectModel('ForumLevel') private readonly levels: Model<ForumLevelRow>) {}

  /** For a tag of a cohort; the empty one is the whole. Is it the first that they choose for it? */
  async set(row: Omit<HeldLevel, 'level'>, level: ForumLevel, session: ClientSession): Promise<boolean> {
    const { userId, cohortId, tag } = row;
    const result = await this.levels.updateOne(
      { userId, cohortId, tag },
      { $set: { level } },
      { session, upsert: true },
    );
    return result.upsertedCount > 0;
  }

  /** Has a person chosen a level for it? */
  async isChosen({ userId, cohortId, tag }: Omit<HeldLevel, 'level'>): Promise<boolean> {
    return (await this.levels.exists({ userId, cohortId, tag })) !== null;
  }

  /** For how many tags of a cohort a person chose a level. */
  async countTags(userId: Types.ObjectId, cohortId: Types.ObjectId, session: ClientSession): Promise<number> {
    return await this.levels.countDocuments({ userId, cohortId, tag: { $gt: '' } }, { session });
  }

  /** What a person chose in some cohorts. */
  async ofPerson(userId: Types.ObjectId, cohortIds: readonly Types.ObjectId[]): Promise<HeldLevel[]> {
    return await together(this.levels.find({ userId, cohortId: { $in: cohortIds } }, held).lean<HeldLevel[]>());
  }

  /** What anybody chose for some tags of some cohorts, and for the whole of them. */
  async ofTags(cohortIds: readonly Types.ObjectId[], tags: readonly string[]): Promise<HeldLevel[]> {
    if (cohortIds.length === 0) return [];
    return await together(
      this.levels.find({ cohortId: { $in: cohortIds }, tag: { $in: ['', ...tags] } }, held).lean<HeldLevel[]>(),
    );
  }
}
