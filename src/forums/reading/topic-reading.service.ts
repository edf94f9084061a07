import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { TopicRead, TopicReadState } from '../../contracts/forums.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { asOfTopic } from '../levels/level-rule.js';
import { TopicLevels } from '../levels/topic-levels.js';
import { FollowingsRepository } from '../followings.repository.js';
import { topicRead } from '../forums.events.js';
import { TopicsService } from '../topics.service.js';
import { OwnFollowing } from './own-following.js';
import { UnreadPosts } from './unread-posts.js';

/** By a person and process: their pages tell it in batches while they scroll. */
const POINTERS = { name: 'forum-read', points: 120, seconds: 10, perProcess: true };

/** How far one has read topics. */
@Injectable()
export class TopicReading {
  constructor(
    private readonly topics: TopicsService,
    private readonly followings: FollowingsRepository,
    private readonly following: OwnFollowing,
    private readonly levels: TopicLevels,
    private readonly unread: UnreadPosts,
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Moves the pointer forwards, to the last post at most, and tells one's other devices. Throws 404, 429. */
  async markRead(actor: CohortActor, topicId: string, number: number): Promise<TopicReadState> {
    await this.limits.take(POINTERS, actor.userId);
    const topic = await this.topics.find(actor, topicId);
    const userId = idOf(actor.userId);
    const target = Math.min(number, topic.lastNumber);
    const moved = await this.followings.readTo(topic._id, userId, target, this.clock.now());
    if (moved) await this.following.track(topic._id, userId);
    const reading = (await this.unread.of(userId, [topic]))(topic._id);
    const levelOf = await this.levels.ofPerson(userId, [topic]);
    const { readNumber, unread } = reading;
    const state = { readNumber, unread, subscription: asOfTopic(levelOf(topic, reading).level) };
    if (moved) {
      const told: TopicRead = { cohortId: actor.cohortId, topicId: String(topic._id), ...state };
      this.realtime.emit(rooms.user(actor.userId), 'topic.read', told);
    }
    // Also where it did not move: what was told of the topic as a whole is read by looking at it.
    this.bus.publish(topicRead, { topicId: String(topic._id), userId: actor.userId, readNumber });
    return state;
  }
}
