import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { draftKeys } from '../../contracts/draft-keys.js';
import { newId } from '../../infra/mongo/ids.js';
import { together } from '../../infra/mongo/together.js';
import type { ForumDraftRow } from './draft.schema.js';

/** What a save puts in the place of what was there. */
export type DraftWords = Pick<
  ForumDraftRow,
  'kind' | 'title' | 'tags' | 'body' | 'poll' | 'edit' | 'attachments' | 'changedAt'
>;

/** The only user of the `forum-drafts` collection. */
@Injectable()
export class DraftsRepository {
  constructor(@InjectModel('ForumDraft') private readonly drafts: Model<ForumDraftRow>) {}

  async find(userId: Types.ObjectId, key: string): Promise<ForumDraftRow | null> {
    return await this.drafts.findOne({ userId, key }).lean<ForumDraftRow>();
  }

  /** The revision of a draft, null where nothing is begun; and the posts of a cohort that a person began to change. */
  async begun(
    userId: Types.ObjectId,
    cohortId: Types.ObjectId,
    key: string,
  ): Promise<{ revision: number | null; postIds: string[] }> {
    const first = draftKeys.edit('');
    const isEdit = { cohortId, key: { $gte: first, $lt: `${first}g` } };
    const rows = await together(
      this.drafts
        .find({ userId, $or: [{ key }, isEdit] }, { _id: 0, key: 1, revision: 1 })
        .lean<Pick<ForumDraftRow, 'key' | 'revision'>[]>(),
    );
    return {
      revision: rows.find((row) => row.key === key)?.revision ?? null,
      postIds: rows.flatMap((row) => (row.key === key ? [] : [row.key.slice(first.length)])),
    };
  }

  /** How many a person has; counting stops at `limit`. */
  async count(userId: Types.ObjectId, limit: number, session: ClientSession): Promise<number> {
    return await this.drafts.countDocuments({ userId }, { limit, session });
  }

  /** The first of its key. Throws E11000 `key` where there is one. */
  async begin(draft: Omit<ForumDraftRow, '_id' | 'revision'>, session: ClientSession): Promise<ForumDraftRow> {
    const row: ForumDraftRow = { ...draft, _id: newId(), revision: 1 };
    await this.drafts.create([row], { session });
    return row;
  }

  /** The next revision of the one that was seen; null where it is another by now. */
  async save(userId: Types.ObjectId, key: string, revision: number, words: DraftWords): Promise<ForumDraftRow | null> {
    return await this.drafts
      .findOneAndUpdate({ userId, key, revision }, { $set: words, $inc: { revision: 1 } }, { returnDocument: 'after' })
      .lean<ForumDraftRow>();
  }

  /** Takes away the revision that was seen, and returns it; null where it is another by now. */
  async remove(
    userId: Types.ObjectId,
    key: string,
    revision: number,
    session: ClientSession | null = null,
  ): Promise<ForumDraftRow | null> {
    return await this.drafts.findOneAndDelete({ userId, key, revision }).session(session).lean<ForumDraftRow>();
  }

  /** Some of those that nobody wrote on in since before an instant, the longest first. */
  async leftBefore(before: Date, limit: number): Promise<ForumDraftRow[]> {
    return await this.drafts
      .find({ changedAt: { $lt: before } })
      .sort({ changedAt: 1 })
      .limit(limit)
      .lean<ForumDraftRow[]>();
  }
}
