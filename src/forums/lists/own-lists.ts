import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { ForumLevel, TopicsQuery } from '../../contracts/forums.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { FollowingsRepository } from '../followings.repository.js';
import { TopicLevels } from '../levels/topic-levels.js';
import { UnreadPosts } from '../reading/unread-posts.js';
import { TopicsRepository } from '../topics.repository.js';
import type { OwnList } from './topic-filter.js';
import { newSince } from '../reading/unread-rule.js';

const FOLLOWED = new Set<ForumLevel>(['watching', 'tracking']);

/** What is in somebody's own lists, from pointers, levels, topics and posts as they are now. */
@Injectable()
export class OwnLists {
  constructor(
    private readonly members: Members,
    private readonly followings: FollowingsRepository,
    private readonly levels: TopicLevels,
    private readonly topics: TopicsRepository,
    private readonly unread: UnreadPosts,
    private readonly clock: Clock,
  ) {}

  async of(actor: CohortActor, list: NonNullable<TopicsQuery['list']>): Promise<OwnList> {
    return list === 'new' ? await this.newTo(actor) : { among: await this.unreadBy(actor) };
  }

  /** Begun by others of late, without what is muted and those that were opened: whoever opened one read in it since. */
  private async newTo(actor: CohortActor): Promise<OwnList> {
    const [userId, member] = [idOf(actor.userId), await this.members.find(actor.cohortId, actor.userId)];
    const since = newSince(member?.joinedAt ?? null, this.clock.now());
    const [without, muted] = await Promise.all([
      this.followings.openedBy(userId, since),
      this.levels.mutedBy(userId, idOf(actor.cohortId)),
    ]);
    return { since, notBy: userId, without, muted };
  }

  /** The topics that one follows with unread posts. Five queries at most, however many they are. */
  async unreadBy(actor: CohortActor): Promise<Types.ObjectId[]> {
    const userId = idOf(actor.userId);
    const followed = await this.followings.followedBy(userId);
    const topics = await this.topics.lastNumbers(idOf(actor.cohortId), toIds([...followed.keys()]));
    const standWith = (topicId: Types.ObjectId) => followed.get(String(topicId));
    const levelOf = await this.levels.ofPerson(userId, topics);
    const theirs = topics.filter((topic) => FOLLOWED.has(levelOf(topic, standWith(topic._id)).level));
    const unreadIn = await this.unread.counts(userId, theirs, (topicId) => standWith(topicId)?.readNumber ?? 0);
    return theirs.flatMap(({ _id }) => (unreadIn(_id) > 0 ? [_id] : []));
  }
}
