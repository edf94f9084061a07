import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { mustRun } from '../cohorts/cohort-rules.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { conflict, forbidden, invalidField, notFound } from '../common/problem.js';
import type { HandbookPage, PageBeginning, WritePage } from '../contracts/handbook/handbook.js';
import { TopicPages } from '../forums/pages/topic-pages.service.js';
import { topicChanged } from '../forums/forums.events.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, sentId, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { countText } from '../infra/redis/text-of-day.js';
import { HandbookPlaces } from './commons/handbook-places.js';
import { PageAttachments } from './attachments/page-attachments.service.js';
import { handbookChanged } from './handbook.events.js';
import { handbookAbilities } from './handbook.policy.js';
import { HandbookTree } from './handbook-tree.service.js';
import { PageOrigins } from './origins/page-origins.service.js';
import { wordsOf } from './page-words.js';
import { type NewPage, PagesRepository } from './pages.repository.js';
import { PagesService } from './pages.service.js';

/** A handbook has so many pages, and a list of deleted ones an end: no member takes all of either. Who prepares it is the programme team. */
const NEW_OF_DAY = { name: 'handbook-pages-day', points: 40, seconds: 86_400 };

/** Writes new pages, also from a topic of the forum, a thread of chat or the minutes of a workshop. */
@Injectable()
export class PageWriting {
  constructor(
    private readonly pages: PagesRepository,
    private readonly service: PagesService,
    private readonly tree: HandbookTree,
    private readonly places: HandbookPlaces,
    private readonly topics: TopicPages,
    private readonly origins: PageOrigins,
    private readonly files: PageAttachments,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /**
   * Who writes it keeps it, and has checked it. What was sent before, by its `clientId`, is answered as the page that it made. Throws 403, 409 `cohort_closed`, `handbook_full`, `too_deep`, `already_page`,
   * 422 `/en` `required`, `/parentId` `unknown`, `/attachments/<n>/fileId` `unknown`, 404 and 403 as {@link TopicPages.led}, 404 as {@link PageOrigins.asked}, 429 (`text_day_full` as {@link countText}).
   */
  async write(
    actor: CohortActor,
    { parentId, fromTopic, fromThread, fromWorkshop, attachments: files = [], clientId, ...typed }: WritePage,
  ): Promise<HandbookPage> {
    mustRun(actor);
    mustWrite(actor);
    const words = { en: wordsOf(typed.en), fr: wordsOf(typed.fr) };
    if (!words.en && !words.fr) throw invalidField('/en', 'required');
    await countText(this.limits, actor.userId, `${words.en?.body ?? ''}${words.fr?.body ?? ''}`);
    if (actor.role !== 'staff') await this.limits.take(NEW_OF_DAY, actor.userId);
    const origin = await this.origins.asked(actor, { fromThread, fromWorkshop });
    const topic = fromTopic === undefined ? null : await this.topics.led(actor, fromTopic);
    const [_id, cohortId] = [sentId('handbook-page', actor.cohortId, actor.userId, clientId), idOf(actor.cohortId)];
    const [userId, at] = [idOf(actor.userId), this.clock.now()];
    const made = async (session: ClientSession) => {
      mustWrite(await this.places.now(actor, session));
      // What was sent before is answered by what it made.
      if (clientId !== undefined && (await this.pages.find(cohortId, _id, session))) return false;
      const below = parentId === null ? null : (toId(parentId)?.toHexString() ?? parentId);
      const place = this.tree.last(await this.tree.inTurn(cohortId, session), below);
      const there = origin && (await this.pages.madeFrom(cohortId, origin, session));
      if (there) throw alreadyPage(there._id);
      if (topic) await this.link(topic._id, _id, session);
      const attachments = await this.files.take(files, { _id, cohortId }, userId, session);
      const page: NewPage = {
        ...{ _id, cohortId, ...place, ...words, authorId: userId, ownerId: userId, createdAt: at },
        ...{ enAt: words.en && at, frAt: words.fr && at, checked: { byId: userId, at } },
        ...(attachments.length > 0 && { attachments }),
        ...(topic && { topicId: topic._id }),
        ...(origin && { origin }),
      };
      await this.pages.insert([page], session);
      return true;
    };
    if (await this.once(made)) {
      this.bus.publish(handbookChanged, { cohortId: actor.cohortId, pageId: String(_id) });
      if (topic) this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topic._id) });
    }
    return await this.service.get(actor, String(_id));
  }

  /** What a page begins with that is made from a topic. Throws 404, 403. */
  async beginning(actor: CohortActor, topicId: string): Promise<PageBeginning> {
    const { title, body, pageId } = await this.topics.begin(actor, topicId);
    return { title, body, staying: 0, pageId: pageId && String(pageId) };
  }

  private async once(made: (session: ClientSession) => Promise<boolean>): Promise<boolean> {
    try {
      return await this.transactions.run(made);
    } catch (error) {
      if (isDuplicateKey(error, '_id_')) return false;
      throw error;
    }
  }

  private async link(topicId: Types.ObjectId, pageId: Types.ObjectId, session: ClientSession): Promise<void> {
    if (await this.topics.link(topicId, pageId, session)) return;
    const page = await this.topics.pageOf(topicId, session);
    if (!page) throw notFound();
    throw alreadyPage(page);
  }
}

function mustWrite(actor: CohortActor): void {
  if (!handbookAbilities(actor).write) throw forbidden();
}

const alreadyPage = (pageId: Types.ObjectId) =>
  conflict('already_page', 'This is a page of the handbook already.', { pageId: String(pageId) });
