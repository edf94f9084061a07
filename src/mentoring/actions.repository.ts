import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { ActionState } from '../contracts/mentoring.js';
import type { ActionRow } from './action.schema.js';

/** Far more than the pairs of one page ever have open; an answer never grows past it. */
const MOST = 2000;

/** The only user of the `actions` collection. */
@Injectable()
export class ActionsRepository {
  constructor(@InjectModel('Action') private readonly actions: Model<ActionRow>) {}

  async insert(action: ActionRow): Promise<void> {
    await this.actions.create([action]);
  }

  async inCohort(cohortId: Types.ObjectId, actionId: Types.ObjectId): Promise<ActionRow | null> {
    return await this.actions.findOne({ _id: actionId, cohortId }).lean<ActionRow>();
  }

  /** Those written in a session, oldest first. */
  async ofSession(sessionId: Types.ObjectId): Promise<ActionRow[]> {
    return await this.actions.find({ sessionId }).sort({ _id: 1 }).limit(MOST).lean<ActionRow[]>();
  }

  /** The open ones of some pairs, over all their sessions. */
  async openOfPairs(pairs: readonly string[]): Promise<ActionRow[]> {
    if (pairs.length === 0) return [];
    return await this.actions
      .find({ pairs: { $in: [...new Set(pairs)] }, state: 'open' })
      .limit(MOST)
      .lean<ActionRow[]>();
  }

  /** A page of what a person owns in some cohorts, oldest first. */
  async ofOwner(
    ownerId: Types.ObjectId,
    state: ActionState,
    cohortIds: readonly Types.ObjectId[],
    after: Types.ObjectId | null,
    limit: number,
  ): Promise<ActionRow[]> {
    return await this.actions
      .find({ ownerId, state, cohortId: { $in: cohortIds }, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ActionRow[]>();
  }

  async update(
    actionId: Types.ObjectId,
    change: Partial<Pick<ActionRow, 'text' | 'ownerId' | 'dueOn' | 'state' | 'doneAt'>>,
  ): Promise<void> {
    await this.actions.updateOne({ _id: actionId }, { $set: change });
  }
}
