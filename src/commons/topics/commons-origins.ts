import { Injectable, type OnModuleInit } from '@nestjs/common';
import { postCorrected, postDeleted } from '../../forums/forums.events.js';
import { toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { CommonsHolding } from '../flags/commons-holding.js';
import { CommonsPostsRepository } from '../posts/commons-posts.repository.js';
import { CommonsSettling } from './commons-settling.js';

/** A post that is deleted in its cohort, by whomever, or hidden there, goes from the commons too, and so does one that somebody else than its author changed. Restored there, its author may bring it again. */
@Injectable()
export class CommonsOrigins implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly posts: CommonsPostsRepository,
    private readonly holding: CommonsHolding,
    private readonly settling: CommonsSettling,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.outbox.on(postDeleted, 'commons', ({ postId }) => this.follow(postId));
    this.outbox.on(postCorrected, 'commons', ({ postId }) => this.follow(postId));
  }

  private async follow(postId: string): Promise<void> {
    const [copy] = await this.posts.copiesOf(toIds([postId]));
    if (!copy) return;
    await this.transactions.run(async (session) => {
      const gone = await this.posts.delete(copy._id, session);
      if (!gone) return;
      await this.holding.letGo([gone], session);
      await this.settling.settle(copy.topicId, session);
    });
  }
}
