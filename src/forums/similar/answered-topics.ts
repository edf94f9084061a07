import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { AnsweredBefore } from '../../contracts/forum/answered.js';
import { idOf } from '../../infra/mongo/ids.js';
import { questionIn } from './answered-rule.js';
import { SimilarTopics } from './similar-topics.js';
import { TopicOffersRepository } from './topic-offers.repository.js';

/** Finds the solved topic that a question of chat resembles, for who asked it. */
@Injectable()
export class AnsweredTopics {
  constructor(
    private readonly similar: SimilarTopics,
    private readonly offers: TopicOffersRepository,
    private readonly clock: Clock,
  ) {}

  /** Offers one for a message of the actor, each topic once, and one for a message. Null where there is none. */
  async offer(actor: CohortActor, message: { id: string; body: string }): Promise<AnsweredBefore['topic']> {
    const question = questionIn(message.body);
    if (question === null) return null;
    const [userId, messageId] = [idOf(actor.userId), idOf(message.id)];
    const found = await this.similar.solvedLike(actor.cohortId, question);
    const before = await this.offers.madeTo(
      userId,
      found.map(({ _id }) => _id),
    );
    const topic = found.find(({ _id }) => !before.has(String(_id)));
    if (!topic) return null;
    const isNew = await this.offers.make({ userId, messageId, topicId: topic._id, at: this.clock.now() });
    return isNew ? { id: String(topic._id), title: topic.title, cohortId: actor.cohortId } : null;
  }
}
