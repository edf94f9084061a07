import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { Topic } from '../../contracts/forums.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { topicChanged } from '../forums.events.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { TopicsService } from '../topics.service.js';
import { type NewTopicAct, TopicActsRepository } from './topic-acts.repository.js';

/** Rows that others write at the same moment (a vote, a pointer) are there at the next try. */
const TRIES = 5;
const DEEDS = { name: 'topic-deeds', points: 60, seconds: 600 };

/** What is done of a topic: it is in the trail, told live, and in the outbox, all with the act. */
@Injectable()
export class TopicDeeds {
  constructor(
    private readonly service: TopicsService,
    private readonly topics: TopicsRepository,
    private readonly acts: TopicActsRepository,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Does something with a topic as it is in the transaction, by who acts as they stand in it (`me`); `act` says what it did, or null where nothing was to be done. Answers with the topic. Throws 404, 429. */
  async run(
    actor: CohortActor,
    topicId: string,
    act: (
      topic: TopicFacts,
      session: ClientSession,
      me: CohortActor,
    ) => Promise<(Pick<NewTopicAct, 'what'> & Partial<NewTopicAct>) | null>,
  ): Promise<Topic> {
    const { _id, cohortId } = await this.service.find(actor, topicId);
    await this.limits.take(DEEDS, actor.userId);
    const isDone = await this.whole(async (session) => {
      const topic = await this.topics.find(cohortId, _id, session);
      if (!topic) throw notFound();
      const done = await act(topic, session, await this.actors.asMember(actor, session));
      if (!done) return false;
      const by = { cohortId, topicId: _id, byId: idOf(actor.userId), at: this.clock.now() };
      await this.acts.add([{ ...by, ...done }], session);
      await this.outbox.write(topicChanged, { cohortId: actor.cohortId, topicId: String(_id) }, session);
      return true;
    });
    if (isDone) this.changed(actor, _id);
    return await this.service.get(actor, topicId);
  }

  /** All or nothing of it, again where somebody wrote the same row at that moment. */
  async whole<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.transactions.run(work);
      } catch (error) {
        if (tries === TRIES || !isDuplicateKey(error)) throw error;
      }
    }
  }

  /** Tells those who look. */
  changed({ cohortId }: CohortActor, topicId: Types.ObjectId): void {
    this.bus.publish(topicChanged, { cohortId, topicId: String(topicId) });
  }
}
