import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { forbidden, notFound } from '../../common/problem.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { ForumTexts } from '../forum-texts.js';
import type { TopicRow } from '../topic.schema.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { TopicsReader } from '../topics-reader.js';

/** As long as a page may be. */
const MOST = 30_000;

/** What a page of the handbook begins with that is made from a topic; `pageId`: it is one already. */
export interface TopicAsPage {
  topicId: Types.ObjectId;
  title: string;
  body: string;
  pageId: Types.ObjectId | null;
}

/** Topics that go on as a page of the handbook, and which one. */
@Injectable()
export class TopicPages {
  constructor(
    @InjectModel('Topic') private readonly rows: Model<TopicRow>,
    private readonly topics: TopicsRepository,
    private readonly reader: TopicsReader,
    private readonly texts: ForumTexts,
  ) {}

  /** A topic of the cohort, for staff and its author. Throws 404, 403. */
  async led(actor: CohortActor, topicId: string): Promise<TopicFacts> {
    const id = toId(topicId);
    const topic = id && (await this.topics.find(idOf(actor.cohortId), id));
    if (!topic) throw notFound();
    if (actor.role !== 'staff' && !topic.authorId.equals(actor.userId)) throw forbidden();
    return topic;
  }

  /** What its page begins with: what it asks and, where that has room, the answer; with names in the place of ids, without what marks quotes. Throws as {@link led}. */
  async begin(actor: CohortActor, topicId: string): Promise<TopicAsPage> {
    const topic = await this.led(actor, topicId);
    const ids = [topic.questionId, topic.answerId].flatMap((id) => (id ? [String(id)] : []));
    const posts = await this.reader.postsOf(ids);
    const said = ids.flatMap((id) => posts.find((post) => post.id === id)?.body ?? []);
    const [question = '', answer = ''] = await this.texts.named(actor.cohortId, said);
    const both = [question, answer].filter((text) => text !== '').join('\n\n');
    const body = both.length <= MOST ? both : question.slice(0, MOST);
    return { topicId: topic._id, title: topic.title, body, pageId: topic.handbookPage ?? null };
  }

  /** Texts with names in the place of ids. */
  async named(cohortId: string, bodies: readonly string[]): Promise<string[]> {
    return await this.texts.named(cohortId, bodies);
  }

  /** In the transaction that writes the page. False where the topic is gone, or is another page. */
  async link(topicId: Types.ObjectId, pageId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const free = { _id: topicId, deletedAt: null, handbookPage: { $exists: false } };
    return (await this.rows.updateOne(free, { $set: { handbookPage: pageId } }, { session })).matchedCount === 1;
  }

  /** In the transaction that brings the page back: the topic, which may be deleted and come back too, goes on as it again. False where it is gone for good, or is another page by now. */
  async linkAgain(topicId: Types.ObjectId, pageId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const free = { _id: topicId, handbookPage: { $exists: false } };
    return (await this.rows.updateOne(free, { $set: { handbookPage: pageId } }, { session })).matchedCount === 1;
  }

  /** Null where it is none, or gone. */
  async pageOf(topicId: Types.ObjectId, session: ClientSession): Promise<Types.ObjectId | null> {
    return (await this.topics.evenDeleted(topicId, session))?.handbookPage ?? null;
  }

  async unlink(topicId: Types.ObjectId, pageId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: topicId, handbookPage: pageId }, { $unset: { handbookPage: 1 } }, { session });
  }
}
