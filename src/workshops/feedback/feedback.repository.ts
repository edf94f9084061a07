import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { FeedbackRow } from './feedback.schema.js';

/** The only user of the `workshop-feedback` collection: one row for each person and workshop. */
@Injectable()
export class FeedbackRepository {
  constructor(@InjectModel('WorkshopFeedback') private readonly feedback: Model<FeedbackRow>) {}

  /** Throws E11000 (`once`) when this person has said it before. */
  async insert(row: Omit<FeedbackRow, '_id'>): Promise<void> {
    await this.feedback.create([row]);
  }

  /** All that was said of one workshop, without who said it. */
  async of(workshopId: Types.ObjectId): Promise<Pick<FeedbackRow, 'rating' | 'comment'>[]> {
    return await this.feedback
      .find({ workshopId }, { _id: 0, rating: 1, comment: 1 })
      .lean<Pick<FeedbackRow, 'rating' | 'comment'>[]>();
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
