import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { CommonsCarrying } from '../../forums/commons/commons-carrying.js';
import { beginningOf, wordsOf, wordsOfAnswer } from '../commons-texts.js';
import type { CommonsTopicRow } from '../commons.schema.js';
import { CommonsAsksRepository } from '../opening/commons-asks.repository.js';
import { CommonsPostsRepository } from '../posts/commons-posts.repository.js';
import { CommonsTopicsRepository } from './commons-topics.repository.js';

const NO_ANSWER = { solved: false, answerId: null, chosen: null, answerWords: [] as string[] };

/** What a topic says of its posts follows them, in the transaction that changes those. One that nobody has words in any more is gone. */
@Injectable()
export class CommonsSettling {
  constructor(
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly asks: CommonsAsksRepository,
    private readonly carrying: CommonsCarrying,
  ) {}

  /** False where the topic is gone, or was removed. `by`: staff, whose removal of the last words keeps the topic from being opened again. */
  async settle(
    topicId: Types.ObjectId,
    session: ClientSession,
    by?: { byId: Types.ObjectId; at: Date },
  ): Promise<boolean> {
    const topic = await this.topics.find(topicId, session);
    if (!topic) return false;
    const newest = await this.posts.newest(topicId, session);
    if (!newest) {
      await (by ? this.remove(topic, by, session) : this.end(topic, session));
      return true;
    }
    const [copy] = await this.posts.copiesOf([topic.fromPostId], session);
    // It may have gone along to another topic.
    const question = copy?.topicId.equals(topicId) ? copy : undefined;
    const isThere = question !== undefined && !question.removedAt;
    const shown = isThere && !question.hiddenAt ? (question.body ?? '') : '';
    // Its title and tags are words of who asked, and go with the question.
    const { title, tags } = isThere ? topic : { title: '…', tags: [] };
    const posts = await this.posts.count(topicId, session);
    const others = await this.posts.countOthers(topicId, topic.authorId, session);
    const { answerWords, ...answer } = await this.answerOf(topic, session);
    const words = [...new Set([...wordsOf(title, tags, shown), ...answerWords])];
    await this.topics.set(
      topicId,
      {
        ...{ posts, others, lastAt: newest.cameAt, lastAuthorId: newest.authorId, title, tags },
        ...{ excerpt: beginningOf(shown), words, answerWords, ...answer },
      },
      session,
    );
    return true;
  }

  /** A reply that is gone, or that went along to another topic, is no answer any more; one that is hidden is none until staff have looked. */
  private async answerOf({ _id, answerId, chosen }: CommonsTopicRow, session: ClientSession) {
    const post = answerId && (await this.posts.find(answerId, session));
    if (!post || post.removedAt || !post.topicId.equals(_id)) return NO_ANSWER;
    const isShown = !post.hiddenAt;
    return { solved: isShown, answerId, chosen, answerWords: isShown ? wordsOfAnswer(post.body ?? '') : [] };
  }

  /** All of it goes; nothing is left of it but that neither it nor a copy in it is to be brought again, by whatever topic. The ids of its posts. */
  async remove(
    topic: CommonsTopicRow,
    by: { byId: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<Types.ObjectId[]> {
    const posts = await this.posts.removeAll(topic._id, by, session);
    const nothing = { posts: 0, others: 0, title: '…', tags: [], excerpt: '…', words: [], ...NO_ANSWER };
    await this.topics.set(topic._id, { ...nothing, removed: by }, session);
    await this.closed(topic, session);
    return posts;
  }

  /** Copies that staff removed stay, so that they are not brought again. */
  private async end(topic: CommonsTopicRow, session: ClientSession): Promise<void> {
    await this.topics.delete(topic._id, session);
    await this.closed(topic, session);
  }

  private async closed({ fromTopicId }: CommonsTopicRow, session: ClientSession): Promise<void> {
    await this.asks.forget(fromTopicId, session);
    await this.carrying.unlink(fromTopicId, session);
  }
}
