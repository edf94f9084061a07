import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { PinTopic } from '../../contracts/forum-moderation.js';
import type { Topic } from '../../contracts/forums.js';
import { idOf } from '../../infra/mongo/ids.js';
import { leadOf } from '../topic.js';
import type { TopicFacts } from '../topics.repository.js';
import { type TopicDeed, refusalOf } from './closing.js';
import { DuplicatesService } from './duplicates.service.js';
import { endOfPin, heldPin } from './pinning.js';
import type { NewTopicAct } from './topic-acts.repository.js';
import { TopicDeeds } from './topic-deeds.js';
import { TopicStatesRepository } from './topic-states.repository.js';

/** What an act on a topic adds to its trail. */
type Done = Pick<NewTopicAct, 'what'> & Partial<NewTopicAct>;

/** Closes topics, locks them, opens them again, and puts some first in the list. */
@Injectable()
export class TopicStates {
  constructor(
    private readonly deeds: TopicDeeds,
    private readonly states: TopicStatesRepository,
    private readonly duplicates: DuplicatesService,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 403, 409 as `refusalOf`. */
  async close(actor: CohortActor, topicId: string, why: string | undefined, how: 'closed' | 'locked'): Promise<Topic> {
    const closed = { how, byId: idOf(actor.userId), at: this.clock.now(), why: why ?? null };
    return await this.do(actor, topicId, how === 'closed' ? 'close' : 'lock', async (topic, session) => {
      await this.duplicates.forget(topic, session);
      await this.states.open(topic._id, session);
      await this.states.close(topic._id, closed, session);
      return { what: how, why: closed.why };
    });
  }

  /** What was a duplicate is none any more. Throws 404, 403, 409 `topic_open`. */
  async reopen(actor: CohortActor, topicId: string, why: string | undefined): Promise<Topic> {
    return await this.do(actor, topicId, 'reopen', async (topic, session) => {
      await this.duplicates.forget(topic, session);
      await this.states.open(topic._id, session);
      return { what: 'reopened', why: why ?? null };
    });
  }

  /** Until the end of a day in the zone of the cohort; a pin that is there is replaced, and the same again is nothing. Throws 404, 403, 422 `/until` `past`, `too_far`. */
  async pin(actor: CohortActor, topicId: string, { until: day, why }: PinTopic): Promise<Topic> {
    const until = endOfPin(day, actor.cohortTimeZone, this.clock.now());
    if (!(until instanceof Date)) throw invalidField('/until', until);
    const pinned = { until, day, byId: idOf(actor.userId), at: this.clock.now(), why: why ?? null };
    return await this.do(actor, topicId, 'pin', async (topic, session) => {
      const held = heldPin(topic.pinned, this.clock.now());
      if (held?.until.getTime() === until.getTime() && (held.why ?? null) === pinned.why) return null;
      await this.states.pin(topic._id, pinned, session);
      return { what: 'pinned', until: day, why: pinned.why };
    });
  }

  /** What is pinned no more stays as it is. Throws 404, 403. */
  async unpin(actor: CohortActor, topicId: string): Promise<Topic> {
    return await this.do(actor, topicId, 'pin', async (topic, session) => {
      const held = heldPin(topic.pinned, this.clock.now());
      return (await this.states.unpin(topic._id, session)) && held ? { what: 'unpinned' } : null;
    });
  }

  private async do(
    actor: CohortActor,
    topicId: string,
    deed: TopicDeed,
    act: (topic: TopicFacts, session: ClientSession) => Promise<Done | null>,
  ): Promise<Topic> {
    return await this.deeds.run(actor, topicId, async (topic, session, me) => {
      const refusal = refusalOf(deed, me, leadOf(topic));
      if (refusal) throw refusal;
      return await act(topic, session);
    });
  }
}
