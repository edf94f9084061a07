import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { SlowTopic } from '../../contracts/forum-moderation.js';
import type { Topic } from '../../contracts/forums.js';
import { idOf } from '../../infra/mongo/ids.js';
import { endOfPin } from '../moderation/pinning.js';
import { refusalOf } from '../moderation/closing.js';
import { TopicDeeds } from '../moderation/topic-deeds.js';
import { TopicStatesRepository } from '../moderation/topic-states.repository.js';
import { PostsRepository } from '../posts.repository.js';
import { leadOf } from '../topic.js';
import { freeBefore, heldSlow, lastOfEach } from './slow-mode.js';
import { SlowTurnsRepository } from './slow-turns.repository.js';

/** So many replies before it was slow are counted, the last ones. */
const MOST_BEFORE = 500;

/** Staff make topics slow, and end that. Where posts are moved or merged to, it is as slow as it was. */
@Injectable()
export class SlowTopics {
  constructor(
    private readonly deeds: TopicDeeds,
    private readonly states: TopicStatesRepository,
    private readonly turns: SlowTurnsRepository,
    private readonly posts: PostsRepository,
    private readonly clock: Clock,
  ) {}

  /** What it was before is replaced. Throws 404, 403, 422 `/until` `past`, `too_far`. */
  async set(actor: CohortActor, topicId: string, { minutes, until: day, why }: SlowTopic): Promise<Topic> {
    const at = this.clock.now();
    const end = day === undefined ? null : endOfPin(day, actor.cohortTimeZone, at);
    if (typeof end === 'string') throw invalidField('/until', end);
    const slow = { minutes, byId: idOf(actor.userId), at, why: why ?? null, ...(end && { until: end, day }) };
    return await this.deeds.run(actor, topicId, async (topic, session, me) => {
      const refusal = refusalOf('slow', me, leadOf(topic));
      if (refusal) throw refusal;
      await this.states.slow(topic._id, slow, session);
      const before = { since: freeBefore(at, minutes), most: MOST_BEFORE };
      const last = lastOfEach(await this.posts.lastReplies(topic._id, before, session));
      await this.turns.count(topic._id, last, session);
      return { what: 'slowed', minutes, why: slow.why, ...(day !== undefined && { until: day }) };
    });
  }

  /** What is slow no more stays as it is. Throws 404, 403. */
  async end(actor: CohortActor, topicId: string): Promise<Topic> {
    return await this.deeds.run(actor, topicId, async (topic, session, me) => {
      const refusal = refusalOf('slow', me, leadOf(topic));
      if (refusal) throw refusal;
      const held = heldSlow(topic.slow, this.clock.now());
      if (!(await this.states.hasten(topic._id, session))) return null;
      await this.turns.forget(topic._id, session);
      return held && { what: 'hastened' };
    });
  }
}
