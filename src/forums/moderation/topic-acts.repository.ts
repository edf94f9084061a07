import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { type Behind, behind } from '../../infra/mongo/time-place.js';
import type { TopicActRow } from './topic-act.schema.js';

/** An act that is written down. */
export type NewTopicAct = Pick<TopicActRow, 'cohortId' | 'topicId' | 'what' | 'byId' | 'at'> &
  Partial<Pick<TopicActRow, 'why' | 'otherId' | 'posts' | 'postId' | 'until' | 'minutes'>>;

/** The only user of the `topic-acts` collection. */
@Injectable()
export class TopicActsRepository {
  constructor(@InjectModel('TopicAct') private readonly acts: Model<TopicActRow>) {}

  /** In the transaction of the act. */
  async add(acts: readonly NewTopicAct[], session: ClientSession): Promise<void> {
    await this.acts.create([...acts], { session, ordered: true });
  }

  /** The newest first, from a place on. */
  async page(topicId: Types.ObjectId, after: Behind, limit: number): Promise<TopicActRow[]> {
    return await this.acts
      .find({ $or: behind(after, 'at', new Date(0)).map((place) => ({ topicId, ...place })) })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .lean<TopicActRow[]>();
  }

  async forget(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.acts.deleteMany({ topicId }, { session });
  }
}
