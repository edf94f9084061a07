import { Injectable } from '@nestjs/common';
import { toId } from '../../infra/mongo/ids.js';
import { TopicsRepository } from '../topics.repository.js';
import { TopicAsksRepository } from './topic-asks.repository.js';

/** Somebody who was asked for a question that waits still. */
export interface StandingAsk {
  cohortId: string;
  topicId: string;
  title: string;
  userId: string;
  byId: string;
}

/** Asks for the rooms that tell of them. It checks nobody's rights. */
@Injectable()
export class TopicAsksReader {
  constructor(
    private readonly asks: TopicAsksRepository,
    private readonly topics: TopicsRepository,
  ) {}

  /** Null where the topic is gone or solved. */
  async standing(askId: string): Promise<StandingAsk | null> {
    const id = toId(askId);
    const ask = id && (await this.asks.byId(id));
    const topic = ask && (await this.topics.byId(ask.topicId));
    if (!ask || !topic || topic.solved || topic.closed) return null;
    return {
      ...{ cohortId: String(topic.cohortId), topicId: String(topic._id), title: topic.title },
      ...{ userId: String(ask.userId), byId: String(ask.byId) },
    };
  }
}
