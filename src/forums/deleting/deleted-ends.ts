import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { tryEach } from '../../common/try-each.js';
import { Clock } from '../../common/times/clock.js';
import { Attaching } from '../../files/attaching.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Ends } from '../../infra/queue/ends.js';
import { lostFiles } from '../attachments/attached.js';
import { PollVotesRepository } from '../polls/poll-votes.repository.js';
import { PostVersionsRepository } from '../history/post-versions.repository.js';
import { TopicActsRepository } from '../moderation/topic-acts.repository.js';
import { SlowTurnsRepository } from '../slow/slow-turns.repository.js';
import { type EmptiedPost, PostsRepository } from '../posts.repository.js';
import { DeletedTopicsRepository } from './deleted-topics.repository.js';
import { KEPT } from './deletion.js';

/** So many posts, and topics, end in one turn; the next one goes on. */
const AT_ONCE = 100;

/** What was deleted and not restored in time is gone for good: words, history, files, title. */
@Injectable()
export class DeletedEnds implements OnModuleInit {
  constructor(
    private readonly posts: PostsRepository,
    private readonly versions: PostVersionsRepository,
    private readonly pollVotes: PollVotesRepository,
    private readonly topics: DeletedTopicsRepository,
    private readonly acts: TopicActsRepository,
    private readonly turns: SlowTurnsRepository,
    private readonly files: Attaching,
    private readonly transactions: Transactions,
    private readonly ends: Ends,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('deleted posts', () => this.turn());
  }

  /** One turn. Two processes at once, or one that is killed, leave nothing half done. */
  async turn(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT);
    // One that cannot be emptied keeps none of the others.
    await tryEach(
      [
        ...(await this.topics.keptBefore(before, AT_ONCE)).map((topicId) => () => this.emptyTopic(topicId, before)),
        () => this.emptyPosts(before),
      ],
      (empty) => empty(),
    );
  }

  private async emptyTopic(topicId: Types.ObjectId, before: Date): Promise<void> {
    await this.transactions.run(async (session) => {
      if (!(await this.topics.empty(topicId, before, session))) return;
      await this.acts.forget(topicId, session);
      await this.turns.forget(topicId, session);
      await this.forget(await this.posts.emptyTopic(topicId, before, session), session);
    });
  }

  private async emptyPosts(before: Date): Promise<void> {
    const postIds = await this.posts.keptBefore(before, AT_ONCE);
    if (postIds.length === 0) return;
    await this.transactions.run(async (session) => {
      await this.forget(await this.posts.empty(postIds, before, session), session);
    });
  }

  private async forget(emptied: readonly EmptiedPost[], session: ClientSession): Promise<void> {
    const postIds = emptied.map(({ _id }) => _id);
    await this.pollVotes.forget(postIds, session);
    const earlier = await this.versions.forget(postIds, session);
    const shown = emptied.flatMap(({ attachments = [] }) => attachments);
    await this.files.release(lostFiles([...shown, ...earlier], []), session);
  }
}
