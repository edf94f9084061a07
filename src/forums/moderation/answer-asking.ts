import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { answerWanted } from '../forums.events.js';
import type { PostRow } from '../post.schema.js';
import { TopicsRepository } from '../topics.repository.js';
import { isThanks } from './thanks.js';

/** Who asked is asked once which reply is the answer, when somebody is thankful for one and none is chosen. */
@Injectable()
export class AnswerAsking {
  constructor(
    private readonly topics: TopicsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the transaction of the vote, or the reaction. */
  async thanked(actor: CohortActor, post: PostRow, session: ClientSession): Promise<void> {
    const topic = await this.topics.find(post.cohortId, post.topicId, session);
    if (!topic || topic.askedToChooseAt || topic.solved) return;
    const thanks = { authorId: String(post.authorId), topicAuthorId: String(topic.authorId), byId: actor.userId };
    if (!isThanks({ ...thanks, number: post.number })) return;
    if (!(await this.topics.askToChoose(topic._id, this.clock.now(), session))) return;
    const fact = { cohortId: actor.cohortId, topicId: String(topic._id), postId: String(post._id) };
    await this.outbox.write(answerWanted, fact, session);
  }
}
