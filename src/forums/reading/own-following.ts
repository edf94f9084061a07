import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { Clock } from '../../common/times/clock.js';
import { FollowingsRepository } from '../followings.repository.js';

/** What one reads or writes in is tracked by itself, unless one wants none of that. */
@Injectable()
export class OwnFollowing {
  constructor(
    private readonly people: People,
    private readonly followings: FollowingsRepository,
    private readonly clock: Clock,
  ) {}

  /** Whoever writes in a topic has opened it, also who read it in a mail alone. */
  async wrote(topicId: Types.ObjectId, userId: Types.ObjectId): Promise<void> {
    if (!(await this.followings.open(topicId, userId, this.clock.now()))) await this.track(topicId, userId);
  }

  /** Leaves a level that is there. */
  async track(topicId: Types.ObjectId, userId: Types.ObjectId): Promise<void> {
    if (await this.people.tracksTopics(userId)) await this.followings.suggestLevel(topicId, userId, 'tracking');
  }
}
