import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { TagWords } from './likeness.js';
import type { TagWordsRow } from './tag-words.schema.js';

/** The only user of the `tag-words` collection. */
@Injectable()
export class TagWordsRepository {
  constructor(@InjectModel('TagWords') private readonly rows: Model<TagWordsRow>) {}

  /** Of all tags of a cohort that have some: a few. */
  async of(cohortId: Types.ObjectId): Promise<TagWords[]> {
    return await this.rows.find({ cohortId }, { _id: 0, tag: 1, words: 1 }).sort({ tag: 1 }).lean<TagWords[]>();
  }

  /** Is the tag a new one of those that have some? */
  async set(cohortId: Types.ObjectId, { tag, words }: TagWords, session: ClientSession): Promise<boolean> {
    const change = { $set: { words: [...words] } };
    return (await this.rows.updateOne({ cohortId, tag }, change, { upsert: true, session })).upsertedCount > 0;
  }

  async remove(cohortId: Types.ObjectId, tag: string, session: ClientSession): Promise<void> {
    await this.rows.deleteOne({ cohortId, tag }, { session });
  }

  async count(cohortId: Types.ObjectId, session: ClientSession): Promise<number> {
    return await this.rows.countDocuments({ cohortId }, { session });
  }
}
