import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Said } from '../../common/answers/shown-together.js';
import type { Given } from './feedback.js';
import type { FeedbackRow } from './feedback.schema.js';

/** The only user of the `workshop-feedback` collection: one row for each person and workshop. */
@Injectable()
export class FeedbackRepository {
  constructor(@InjectModel('WorkshopFeedback') private readonly feedback: Model<FeedbackRow>) {}

  /** Throws E11000 (`once`) when this person has said it before. */
  async insert(row: Omit<FeedbackRow, '_id'>, session: ClientSession): Promise<void> {
    await this.feedback.create([row], { session });
  }

  /** All that was said of one workshop, without who said it. */
  async of(workshopId: Types.ObjectId): Promise<Given[]> {
    return await this.feedback.find({ workshopId }, { _id: 0, rating: 1, comment: 1, waits: 1 }).lean<Given[]>();
  }

  /** Who said something of a workshop, and whether it waits. */
  async said(workshopId: Types.ObjectId, session: ClientSession): Promise<Said[]> {
    const rows = await this.feedback
      .find({ workshopId }, { userId: 1, waits: 1 }, { session })
      .lean<Pick<FeedbackRow, 'userId' | 'waits'>[]>();
    return rows.map(({ userId, waits }) => ({ by: String(userId), waits: waits ?? false, isShown: !waits }));
  }

  /** From now on all of it is shown. */
  async show(workshopId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.feedback.updateMany({ workshopId, waits: true }, { $unset: { waits: 1 } }, { session });
  }

  /** Who has said how some workshops were, by the workshop's id. */
  async giversOf(workshopIds: readonly Types.ObjectId[]): Promise<Map<string, Set<string>>> {
    const rows = await this.feedback
      .find({ workshopId: { $in: workshopIds } }, { workshopId: 1, userId: 1 })
      .lean<Pick<FeedbackRow, 'workshopId' | 'userId'>[]>();
    const givers = new Map<string, Set<string>>(workshopIds.map((id) => [String(id), new Set()]));
    for (const row of rows) givers.get(String(row.workshopId))?.add(String(row.userId));
    return givers;
  }

  /** Of which of some workshops a person has said how it was. */
  async givenBy(userId: Types.ObjectId, workshopIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    if (workshopIds.length === 0) return new Set();
    const rows = await this.feedback
      .find({ workshopId: { $in: workshopIds }, userId }, { workshopId: 1 })
      .lean<Pick<FeedbackRow, 'workshopId'>[]>();
    return new Set(rows.map(({ workshopId }) => String(workshopId)));
  }
}
