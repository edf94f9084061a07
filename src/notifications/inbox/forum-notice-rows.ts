import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { hideNotices } from './hiding.js';
import type { NotificationRow } from './notification.schema.js';

const WORDS = ['title', 'by', 'byId', 'excerpt'];

interface Told {
  topicId: string;
  postId: string;
}

/** Where a post is now; without a link its topic is gone. */
interface Place {
  topicId: string;
  number: number;
  title: string;
  link: string | null;
}

const about = ({ topicId, postId }: Told) => ({ 'params.topicId': topicId, 'params.postId': postId });

/**
 * Takes back what was told of the forum: deleted words leave no trace in anybody's inbox, and hide nothing that lies behind them. What stood in the inbox stands there
 * again when they are restored; it is mailed and pushed no more.
 */
@Injectable()
export class ForumNoticeRows {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  async forgetPost(told: Told): Promise<void> {
    await this.forget(about(told));
  }

  /** Of all of its posts, too. */
  async forgetTopic(topicId: string): Promise<void> {
    await this.forget({ 'params.topicId': topicId });
  }

  /** What was told of a post goes with it to another topic, but for what asks who led the other one whether it is the answer there. */
  async move(told: Told, now: Place): Promise<void> {
    // Not taken back, but gone: it is never shown again.
    await hideNotices(this.notifications, { ...about(told), kind: 'topic.thanked' }, WORDS);
    await this.notifications.updateMany(
      { ...about(told), 'params.number': { $exists: true } },
      { $set: { 'params.number': now.number } },
    );
    const place = { 'params.topicId': now.topicId, ...(now.link !== null && { link: now.link }) };
    await this.notifications.updateMany(
      { ...about(told), kind: { $ne: 'topic.thanked' } },
      { $set: { ...place, 'params.title': now.title } },
    );
  }

  /** Who was told of a post and has not read that. */
  async unreadBy(told: Told): Promise<string[]> {
    const rows = await this.notifications
      .find({ ...about(told), 'params.number': { $exists: true }, shown: true, readAt: null }, { userId: 1 })
      .lean<Pick<NotificationRow, 'userId'>[]>();
    return rows.map(({ userId }) => String(userId));
  }

  /** Was something of it taken back that stood in an inbox? */
  async isTakenBack(told: Told): Promise<boolean> {
    return (await this.notifications.exists({ ...about(told), takenBack: true })) !== null;
  }

  /** The posts of a topic of which something was taken back. */
  async postsTakenBack(topicId: string): Promise<string[]> {
    const rows = await this.notifications
      .find({ 'params.topicId': topicId, 'params.postId': { $exists: true }, takenBack: true }, { params: 1 })
      .lean<Pick<NotificationRow, 'params'>[]>();
    return [...new Set(rows.map(({ params }) => String(params.postId)))];
  }

  /** Shows again what was taken back, with the words that it has now; that it was accepted only where it is the answer. */
  async showAgain(
    told: Told,
    words: { title: string; by: string; byId: string; excerpt: string },
    isAnswer: boolean,
  ): Promise<void> {
    await this.show({ ...about(told), ...(!isAnswer && { kind: { $ne: 'topic.answered' } }) }, words);
  }

  /** The same of what was told of a topic, and of none of its posts: that it waits, say. */
  async showTopicAgain(topicId: string, words: { title: string; by: string; byId: string }): Promise<void> {
    await this.show({ 'params.topicId': topicId, 'params.postId': { $exists: false } }, words);
  }

  private async show(which: QueryFilter<NotificationRow>, words: Record<string, string>): Promise<void> {
    const said = Object.fromEntries(Object.entries(words).map(([word, text]) => [`params.${word}`, text]));
    await this.notifications.updateMany(
      { ...which, takenBack: true },
      { $set: { shown: true, ...said }, $unset: { takenBack: 1 } },
    );
  }

  private async forget(which: QueryFilter<NotificationRow>): Promise<void> {
    await this.notifications.updateMany({ ...which, shown: true }, { $set: { takenBack: true } });
    await hideNotices(this.notifications, which, WORDS);
  }
}
