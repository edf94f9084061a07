import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import type { Post } from '../../contracts/forums.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { topicChanged } from '../forums.events.js';
import { PostsRepository } from '../posts.repository.js';
import { PostsService } from '../posts.service.js';

/** Posts that every member may edit. */
@Injectable()
export class Wikis {
  constructor(
    private readonly service: PostsService,
    private readonly posts: PostsRepository,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
  ) {}

  /** Its author or staff open a post to all, or close it to them again. What is so already is told to nobody. Throws 404, 403. */
  async set(actor: CohortActor, postId: string, isWiki: boolean): Promise<Post> {
    const { topic, post } = await this.service.load(actor, postId);
    this.service.demand(actor, topic, post, 'wiki');
    const changed = await this.transactions.run(async (session) => {
      await this.service.open(actor, post._id, session);
      return await this.posts.setWiki(post._id, isWiki, session);
    });
    if (changed === null) throw notFound();
    if (changed) this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topic._id) });
    return await this.service.show(actor, topic, postId);
  }
}
