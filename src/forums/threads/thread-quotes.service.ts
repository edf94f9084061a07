import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ForumTexts } from '../forum-texts.js';
import { topicChanged } from '../forums.events.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { wholeText } from './thread-quote.js';
import { ThreadsPort } from './threads.js';
import { topicWords } from '../topic.js';
import { TopicsRepository } from '../topics.repository.js';

const A_PAGE = 50;

/** What topics quote of chat goes when it goes there: from the post, from what lists and search show of the topic. */
@Injectable()
export class ThreadQuotes {
  constructor(
    private readonly posts: PostsRepository,
    private readonly topics: TopicsRepository,
    private readonly texts: ForumTexts,
    private readonly threads: ThreadsPort,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
  ) {}

  /** These messages are gone in chat. */
  async blank(messageIds: readonly string[]): Promise<void> {
    const ids = toIds(messageIds);
    for (const post of await this.posts.quoting(ids)) await this.blankIn(post, ids);
  }

  /** Takes out of a post what is gone in chat: what was deleted there while the post was written, before anybody could find that it quotes it. */
  async compareIn({ cohortId, postId }: { cohortId: string; postId: string }): Promise<void> {
    const post = await this.posts.withKept(idOf(cohortId), idOf(postId));
    if (post?.quotes) await this.blankGone([post]);
  }

  /** Looks at all posts that quote chat, and takes out what is gone there. */
  async compare(): Promise<void> {
    let page: PostRow[] = [];
    do {
      page = await this.posts.quotingAfter(page.at(-1)?._id ?? null, A_PAGE);
      await this.blankGone(page);
    } while (page.length === A_PAGE);
  }

  private async blankGone(posts: readonly PostRow[]): Promise<void> {
    const quoted = posts.flatMap(({ quotes = [] }) => quotes.filter(({ body }) => body !== null));
    const ids = quoted.map(({ messageId }) => String(messageId));
    const living = await this.threads.provider.living(ids);
    const gone = ids.filter((id) => !living.has(id));
    if (gone.length > 0) await this.blank(gone);
  }

  private async blankIn(post: PostRow, messageIds: readonly Types.ObjectId[]): Promise<void> {
    const cohortId = String(post.cohortId);
    await this.transactions.run(async (session) => {
      const now = await this.posts.blank(post._id, messageIds, session);
      const topic = now && (await this.topics.find(now.cohortId, now.topicId, session));
      if (!now || now.deletedAt || !topic || now.number !== 1) return;
      const text = wholeText(now.body ?? '', now.quotes);
      const { excerpt } = await this.texts.read(cohortId, text);
      const words = topicWords(topic.title, topic.tags, text, now.poll);
      await this.topics.update(topic._id, { excerpt, words }, session);
    });
    this.bus.publish(topicChanged, { cohortId, topicId: String(post.topicId) });
  }
}
