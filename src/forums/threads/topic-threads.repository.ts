import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { TopicThreadRow } from '../topic.schema.js';

/** The only user of the `topic-threads` collection: which topic continues which thread of chat. */
@Injectable()
export class TopicThreadsRepository {
  constructor(@InjectModel('TopicThread') private readonly threads: Model<TopicThreadRow>) {}

  /** Throws E11000 when the thread goes on in a topic already. */
  async take(messageId: Types.ObjectId, topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.threads.create([{ _id: messageId, topicId }], { session });
  }

  /** The topic in which the thread of a message goes on. */
  async topicOf(messageId: Types.ObjectId, session: ClientSession | null = null): Promise<Types.ObjectId | null> {
    return (await this.threads.findById(messageId).session(session).lean<TopicThreadRow>())?.topicId ?? null;
  }

  /** The thread may go on anew. */
  async free(messageId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.threads.deleteOne({ _id: messageId }, { session });
  }
}
