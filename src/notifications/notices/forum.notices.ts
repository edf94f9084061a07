import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { ForumLevel } from '../../contracts/forums.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import {
  answerAccepted,
  membersNamed,
  postCreated,
  postDeleted,
  postRestored,
  topicCreated,
  topicEnded,
  topicRestored,
} from '../../forums/forums.events.js';
import {
  type ForumNews,
  type PostRef,
  type TopicLevel,
  type TopicRef,
  TopicsReader,
} from '../../forums/topics-reader.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ForumNoticeRows } from '../inbox/forum-notice-rows.js';
import { TopicNoticesRead } from '../inbox/topic-notices-read.js';
import { Notifier } from '../notifier.js';
import { FORUM_EXCERPT, quoteOf } from '../words/quote.js';
import { together } from './together.js';

/** A post that is there, in its topic. */
interface Found {
  topic: TopicRef;
  post: PostRef & { body: string };
}

/** Of what something was told. */
interface Told {
  topicId: string;
  postId: string;
}

/** Whom an edit of a post named. */
interface Named extends Told {
  byId: string;
  userIds: string[];
}

/** Why somebody hears of it; `watching` names what they watch, and how closely, where it is not the topic. */
interface Reason {
  kind: NotificationKind;
  why: string;
  watching?: { tag: string | null; level: ForumLevel };
}

/** Who deletes and restores without end keeps nobody busy: each act is followed by a fact of its own. */
const MAX_ROUNDS = 3;

/**
 * Tells people what happens in the forum: they were named or quoted, their question or a topic they watch got a reply, one was opened under a tag they watch, an answer was accepted.
 * What is deleted is taken back, and shown again where it is restored.
 */
@Injectable()
export class ForumNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly topics: TopicsReader,
    private readonly people: People,
    private readonly rows: ForumNoticeRows,
    private readonly read: TopicNoticesRead,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [topicCreated, postCreated])
      this.outbox.on(kind, 'forum notices', ({ topicId, postId }) => this.tell({ what: 'post', topicId, postId }));
    this.outbox.on(answerAccepted, 'forum notices', (answer) => this.tell({ what: 'answer', ...answer }));
    this.outbox.on(membersNamed, 'forum notices', (fact) => this.tellNamed(fact));
    for (const kind of [postDeleted, postRestored])
      this.outbox.on(kind, 'forum notices', ({ topicId, postId }) => this.follow({ topicId, postId }));
    for (const kind of [topicEnded, topicRestored])
      this.outbox.on<{ topicId: string }>(kind, 'forum notices', ({ topicId }) => this.followTopic(topicId));
  }

  /** Tells of a post, or that it was accepted and is the answer still: each person once, whoever asks. */
  async tell({ what, postId, ...asked }: ForumNews): Promise<void> {
    const found = await this.findThere({ topicId: asked.topicId, postId });
    if (!found) return;
    const { topic, post } = found;
    // It may have gone to another topic.
    const topicId = topic.id;
    if (what === 'answer' && topic.answerId !== postId) return;
    const [reasons, words] = await Promise.all([
      what === 'post' ? this.reasonsOf(topic, post) : this.answerReasons(topic, post),
      this.wordsOf(post),
    ]);
    const told = [...reasons].map(([userId, { kind, why, watching }]) => ({
      ...{ userIds: [userId], cohortId: topic.cohortId, kind, why },
      params: {
        ...{ topicId, postId, title: topic.title, ...words, ...watching },
        // That it was accepted is news also for who has read it.
        ...(what === 'post' && { number: post.number }),
      },
      link: linkTo(found),
      key: `${what}-${postId}`,
    }));
    await Promise.all(together(told).map((notice) => this.notifier.notify(notice)));
    await Promise.all([
      what === 'post' && this.read.settle({ topicId, postId, number: post.number }, [...reasons.keys()]),
      this.settle({ topicId, postId }),
    ]);
  }

  /** Tells those whom an edit named, as far as they are named still. Who was told of the post before hears nothing more. */
  private async tellNamed({ topicId, postId, byId, userIds }: Named): Promise<void> {
    const found = await this.findThere({ topicId, postId });
    if (!found) return;
    const { topic, post } = found;
    const [levels, by, { excerpt }] = await Promise.all([this.levelsOf(topic), this.nameOf(byId), this.wordsOf(post)]);
    const isTold = (userId: string) =>
      userId !== byId && post.mentions.includes(userId) && levels.get(userId)?.level !== 'muted';
    await this.notifier.notify({
      ...{ userIds: userIds.filter(isTold), cohortId: topic.cohortId, kind: 'forum.mentioned', why: 'mentioned' },
      // That it names them is news also for who has read it before.
      params: { topicId: topic.id, postId, title: topic.title, by, byId, excerpt },
      ...{ link: linkTo(found), key: `post-${postId}` },
    });
    await this.settle({ topicId: topic.id, postId });
  }

  /**
   * A post that was deleted while it was told is taken back: what deletes looks for notices after it, what writes notices looks at the post after it, so one of the two
   * sees the other. So it is with one that is moved.
   */
  private async settle(told: Told): Promise<void> {
    const now = await this.findThere(told);
    if (!now) await this.follow(told);
    else if (now.topic.id !== told.topicId) await this.goAlong(told);
  }

  /** What was told of a post that was moved is told of it where it is now. */
  async goAlong(told: Told): Promise<void> {
    const post = await this.topics.post(told.postId);
    const topic = post && (await this.topics.byId(post.topicId));
    if (!post || post.topicId === told.topicId) return;
    const { topicId, number } = post;
    const now = { topicId, postId: post.id, number };
    await this.rows.move(told, { ...now, title: topic?.title ?? '', link: topic && linkTo({ topic, post }) });
    await this.read.settle(now, await this.rows.unreadBy(now));
    await this.follow(now);
  }

  /** What was told of a post is shown while the post is there. Looked at again once done: it may be deleted and restored at once. */
  private async follow(told: Told): Promise<void> {
    let found = await this.findThere(told);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (found) await this.showAgain(told, found);
      else await this.rows.forgetPost(told);
      const now = await this.findThere(told);
      if (Boolean(now) === Boolean(found)) return;
      found = now;
    }
  }

  /** The same of all posts of a topic. */
  async followTopic(topicId: string): Promise<void> {
    const isThere = async () => (await this.topics.byId(topicId)) !== null;
    let found = await isThere();
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (!found) await this.rows.forgetTopic(topicId);
      else await this.showTopicAgain(topicId);
      const now = await isThere();
      if (now === found) return;
      found = now;
    }
  }

  private async showTopicAgain(topicId: string): Promise<void> {
    const topic = await this.topics.byId(topicId);
    if (topic)
      await this.rows.showTopicAgain(topicId, {
        ...{ title: topic.title, by: await this.nameOf(topic.authorId), byId: topic.authorId },
      });
    for (const postId of await this.rows.postsTakenBack(topicId)) await this.follow({ topicId, postId });
  }

  private async showAgain(told: Told, { topic, post }: Found): Promise<void> {
    if (!(await this.rows.isTakenBack(told))) return;
    await this.rows.showAgain(told, { title: topic.title, ...(await this.wordsOf(post)) }, topic.answerId === post.id);
  }

  private async findThere({ postId }: Told): Promise<Found | null> {
    const post = await this.topics.post(postId);
    const topic = post && (await this.topics.byId(post.topicId));
    return topic && post.body !== null ? { topic, post: { ...post, body: post.body } } : null;
  }

  private async wordsOf(post: Found['post']): Promise<{ by: string; byId: string; excerpt: string }> {
    const [by, excerpt] = await Promise.all([
      this.nameOf(post.authorId),
      quoteOf(this.people, { body: post.body, mentions: post.mentions }, FORUM_EXCERPT),
    ]);
    return { by, byId: post.authorId, excerpt };
  }

  private async nameOf(userId: string): Promise<string> {
    return (await this.people.byId([userId])).get(userId)?.name ?? '';
  }

  /** The strongest reason of each: being named beats being quoted, which beats one's own question, which beats what one watches. What is muted and own posts say nothing. */
  private async reasonsOf(topic: TopicRef, post: PostRef): Promise<Map<string, Reason>> {
    const levels = await this.levelsOf(topic);
    const reasons = new Map<string, Reason>();
    const kind = post.number > 1 ? 'topic.replied' : 'topic.opened';
    const heard = new Set<ForumLevel>(post.number > 1 ? ['watching'] : ['watching', 'watching_first']);
    // Who chose a level for the topic itself has seen that it is there.
    const isNews = ({ by }: TopicLevel) => post.number > 1 || by !== 'topic';
    for (const [userId, held] of levels)
      if (heard.has(held.level) && isNews(held)) reasons.set(userId, { kind, ...watched(held) });
    if (post.number > 1) reasons.set(topic.authorId, { kind, why: 'author' });
    post.quotes.forEach((userId) => reasons.set(userId, { kind, why: 'quoted' }));
    post.mentions.forEach((userId) => reasons.set(userId, { kind: 'forum.mentioned', why: 'mentioned' }));
    for (const userId of reasons.keys()) {
      if (userId === post.authorId || levels.get(userId)?.level === 'muted') reasons.delete(userId);
    }
    return reasons;
  }

  private async answerReasons(topic: TopicRef, post: PostRef): Promise<Map<string, Reason>> {
    const reasons = new Map<string, Reason>();
    const levels = await this.levelsOf(topic);
    for (const [userId, held] of levels)
      if (held.level === 'watching') reasons.set(userId, { kind: 'topic.answered', ...watched(held) });
    if (levels.get(post.authorId)?.level !== 'muted')
      reasons.set(post.authorId, { kind: 'topic.answered', why: 'author' });
    // Who asked knows, or staff did it for them.
    reasons.delete(topic.authorId);
    return reasons;
  }

  private async levelsOf(topic: TopicRef): Promise<ReadonlyMap<string, TopicLevel>> {
    return (await this.topics.levelsOf([topic])).get(topic.id) ?? new Map<string, TopicLevel>();
  }
}

const linkTo = ({ topic, post }: { topic: TopicRef; post: PostRef }) =>
  `/c/${topic.cohortId}/forum/${topic.id}#post-${post.number}`;

/** It is told by what it was chosen for, so that one can change it there. */
function watched({ by, tag, level }: TopicLevel): Pick<Reason, 'why' | 'watching'> {
  if (by === 'topic') return { why: 'watching' };
  return { why: by === 'tag' ? 'watching_tag' : 'watching_forum', watching: { tag, level } };
}
