import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { FORUM_EXCERPT, quotesOf } from '../words/quote.js';
import type { NotificationRow } from './notification.schema.js';
import { ToldThings } from './told-things.js';

/**
 * The words of notices as they read now, whenever they were told: a post as it was edited, the title of its topic, nothing of a message that was deleted. A notice
 * holds what it said when it was told; whoever shows, mails or gathers it asks here. Edited messages are written over what quotes them (`chat-quotes.ts`).
 */
@Injectable()
export class ToldWords {
  constructor(
    private readonly things: ToldThings,
    private readonly topics: TopicsReader,
    private readonly channels: ChannelsReader,
    private readonly people: People,
  ) {}

  /** Some notices with the words that they have now, in their order. So many queries for all together, not for each. */
  async now(rows: readonly NotificationRow[]): Promise<NotificationRow[]> {
    const [titles, posts, living] = await Promise.all([
      this.titlesOf(rows),
      this.rewrittenOf(rows),
      this.channels.living(rows.filter(quotesMessage).map(({ params }) => String(params.messageId))),
    ]);
    return rows.map((row) => {
      const { title, excerpt, topicId, postId, messageId } = row.params;
      const now = {
        ...(title !== undefined && titles.has(String(topicId)) && { title: titles.get(String(topicId)) ?? '' }),
        ...(excerpt !== undefined && posts.has(String(postId)) && { excerpt: posts.get(String(postId)) ?? '' }),
        ...(quotesMessage(row) && !living.has(String(messageId)) && { excerpt: '' }),
      };
      return { ...row, params: { ...row.params, ...now } };
    });
  }

  private async titlesOf(rows: readonly NotificationRow[]): Promise<Map<string, string>> {
    const ids = rows.flatMap(({ params: { topicId } }) => (typeof topicId === 'string' ? [topicId] : []));
    const topics = await Promise.all([...new Set(ids)].map((id) => this.things.topic(id)));
    return new Map(topics.flatMap((topic) => (topic ? [[topic.id, topic.title] as const] : [])));
  }

  /** How those posts begin whose words may be others than they were. */
  private async rewrittenOf(rows: readonly NotificationRow[]): Promise<Map<string, string>> {
    const ids = rows.flatMap(({ params: { postId } }) => (typeof postId === 'string' ? [postId] : []));
    const states = await Promise.all([...new Set(ids)].map((id) => this.things.post(id)));
    const others = states.flatMap((post) => (post?.isRewritten ? [post.id] : []));
    if (others.length === 0) return new Map();
    const posts = await this.topics.postsOf(others);
    const texts = posts.map(({ body, mentions }) => ({ body: body ?? '', mentions }));
    const excerpts = await quotesOf(this.people, texts, FORUM_EXCERPT);
    return new Map(posts.map(({ id }, index) => [id, excerpts[index] ?? '']));
  }
}

/** It says words of one message of chat. */
const quotesMessage = ({ kind, params: { messageId, excerpt } }: NotificationRow) =>
  kind.startsWith('chat.') && typeof messageId === 'string' && typeof excerpt === 'string' && excerpt !== '';
