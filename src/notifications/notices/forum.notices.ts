import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { answerAccepted, postCreated, topicCreated } from '../../forums/forums.events.js';
import { type ForumNews, TopicsReader } from '../../forums/topics-reader.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';
import { quoteOf } from '../words/quote.js';

const EXCERPT = 160;

/** Tells people what happens in the forum: they were named, their question or a topic they watch got a reply, an answer was accepted. */
@Injectable()
export class ForumNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly topics: TopicsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [topicCreated, postCreated])
      this.outbox.on(kind, 'forum notices', ({ topicId, postId }) => this.tell({ what: 'post', topicId, postId }));
    this.outbox.on(answerAccepted, 'forum notices', (answer) => this.tell({ what: 'answer', ...answer }));
  }

  /** Tells of a post, or that it was accepted and is the answer still: each person once, whoever asks. */
  async tell({ what, topicId, postId }: ForumNews): Promise<void> {
    const [topic, post] = await Promise.all([this.topics.byId(topicId), this.topics.post(postId)]);
    if (!topic || !post || post.body === null) return;
    if (what === 'answer' && topic.answerId !== postId) return;
    const reasons = await (what === 'post' ? this.reasonsOf(topic, post) : this.answerReasons(topic, post));
    const by = (await this.people.byId([post.authorId])).get(post.authorId)?.name ?? '';
    const excerpt = await quoteOf(this.people, { body: post.body, mentions: post.mentions }, EXCERPT);
    for (const [userId, { kind, why }] of await this.membersOnly(topic.cohortId, reasons)) {
      await this.notifier.notify({
        userIds: [userId],
        cohortId: topic.cohortId,
        kind,
        params: { topicId, postId, title: topic.title, by, excerpt },
        link: `/c/${topic.cohortId}/forum/${topicId}#post-${post.number}`,
        why,
        key: `${what}-${postId}`,
      });
    }
  }

  /** The strongest reason of each: being named beats one's own question, which beats watching. Muted topics and own posts say nothing. */
  private async reasonsOf(
    topic: { id: string; authorId: string },
    post: { number: number; authorId: string; mentions: string[] },
  ): Promise<Map<string, { kind: NotificationKind; why: string }>> {
    const levels = new Map((await this.topics.subscribers(topic.id)).map(({ userId, level }) => [userId, level]));
    const reasons = new Map<string, { kind: NotificationKind; why: string }>();
    const isReply = post.number > 1;
    const watchers = [...levels].filter(([, level]) => level === 'watching').map(([userId]) => userId);
    if (isReply) {
      watchers.forEach((userId) => reasons.set(userId, { kind: 'topic.replied', why: 'watching' }));
      reasons.set(topic.authorId, { kind: 'topic.replied', why: 'author' });
    }
    post.mentions.forEach((userId) => reasons.set(userId, { kind: 'forum.mentioned', why: 'mentioned' }));
    for (const userId of reasons.keys()) {
      if (userId === post.authorId || levels.get(userId) === 'muted') reasons.delete(userId);
    }
    return reasons;
  }

  private async answerReasons(
    topic: { id: string; authorId: string },
    post: { authorId: string },
  ): Promise<Map<string, { kind: NotificationKind; why: string }>> {
    const subscribers = await this.topics.subscribers(topic.id);
    const watching = subscribers.filter(({ level }) => level === 'watching').map(({ userId }) => userId);
    const told = new Set([...watching, post.authorId]);
    subscribers.filter(({ level }) => level === 'muted').forEach(({ userId }) => told.delete(userId));
    // Who asked knows, or staff did it for them.
    told.delete(topic.authorId);
    return new Map(
      [...told].map((userId) => [
        userId,
        { kind: 'topic.answered', why: userId === post.authorId ? 'author' : 'watching' } as const,
      ]),
    );
  }

  /** Who left the cohort hears nothing of it. */
  private async membersOnly<T>(cohortId: string, reasons: Map<string, T>): Promise<[string, T][]> {
    const members = await this.members.list(cohortId, { userIds: [...reasons.keys()] });
    const here = new Set(members.map((member) => member.userId));
    return [...reasons].filter(([userId]) => here.has(userId));
  }
}
