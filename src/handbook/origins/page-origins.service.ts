import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import { Problem, notFound } from '../../common/problem.js';
import type { ThreadRef } from '../../contracts/forums.js';
import type { HandbookPage, MadePage, PageBeginning } from '../../contracts/handbook/handbook.js';
import { TopicPages } from '../../forums/pages/topic-pages.service.js';
import { fitting, wholeText } from '../../forums/threads/thread-quote.js';
import { type CarriedThread, ThreadsPort } from '../../forums/threads/threads.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Minutes } from '../../workshops/materials/minutes.service.js';
import { WorkshopsService } from '../../workshops/workshops.service.js';
import { titlesOf } from '../page-words.js';
import type { OriginRow, PageRow } from '../page.schema.js';
import { PagesRepository } from '../pages.repository.js';

/** As long as a page may be in one language. */
const MOST = 30_000;
const MAX_TITLE = 150;

/** What a page can be made from, but for topics. */
export interface Origins {
  fromThread?: ThreadRef | undefined;
  fromWorkshop?: string | undefined;
}

/**
 * Threads of chat, and minutes of workshops, that become pages. Of a thread a page is told what the forum is told: all of a channel that is open to the cohort, else one's own messages. What stands in a page is a copy.
 */
@Injectable()
export class PageOrigins {
  constructor(
    private readonly pages: PagesRepository,
    private readonly threads: ThreadsPort,
    private readonly topics: TopicPages,
    private readonly minutes: Minutes,
    private readonly workshops: WorkshopsService,
  ) {}

  /** What a page begins with that is made from a thread. Throws 404. */
  async beginOfThread(actor: CohortActor, thread: ThreadRef): Promise<PageBeginning> {
    const { messages, staying } = await this.carried(actor, thread);
    const quoted = fitting('', messages, MOST);
    const [body = '', first = ''] = await this.topics.named(actor.cohortId, [
      wholeText('', quoted),
      (quoted[0]?.body ?? '').trimStart().split('\n')[0] ?? '',
    ]);
    return {
      ...{ title: excerptOf(first.slice(0, 2 * MAX_TITLE), MAX_TITLE), body: body.slice(0, MOST) },
      ...{ staying: staying + messages.length - quoted.length, pageId: await this.pageOf(actor, originOf(thread)) },
    };
  }

  /** What a page begins with that is made from the minutes of a workshop. Throws 404. */
  async beginOfWorkshop(actor: CohortActor, workshopId: string): Promise<PageBeginning> {
    const { _id, title } = await this.workshops.seen(actor, workshopId);
    const { body } = await this.minutes.read(actor, workshopId);
    const end = body.length > MOST ? body.lastIndexOf('\n\n', MOST) : -1;
    return {
      ...{ title: title.slice(0, MAX_TITLE), body: end > 0 ? body.slice(0, end) : body.slice(0, MOST), staying: 0 },
      pageId: await this.pageOf(actor, { kind: 'workshop', id: _id }),
    };
  }

  /** The page that was made from a thread. Throws 404 for who may not read the thread. */
  async ofThread(actor: CohortActor, thread: ThreadRef): Promise<MadePage> {
    if (!(await this.threads.provider.isReadable(actor.userId, thread))) throw notFound();
    const mayCarry = (await this.threads.provider.read(actor, thread)) !== null;
    return await this.made(actor, originOf(thread), mayCarry);
  }

  /** The page that was made from the minutes of a workshop. Throws 404 for who does not see it. */
  async ofWorkshop(actor: CohortActor, workshopId: string): Promise<MadePage> {
    const { _id } = await this.workshops.seen(actor, workshopId);
    const { body } = await this.minutes.read(actor, workshopId);
    return await this.made(actor, { kind: 'workshop', id: _id }, body !== '');
  }

  /** What a new page is made from, for who may do so; null for nothing. Throws 404. */
  async asked(actor: CohortActor, { fromThread, fromWorkshop }: Origins): Promise<OriginRow | null> {
    if (fromThread) {
      await this.carried(actor, fromThread);
      return originOf(fromThread);
    }
    if (fromWorkshop === undefined) return null;
    const { _id } = await this.workshops.seen(actor, fromWorkshop);
    if ((await this.minutes.read(actor, fromWorkshop)).body === '') throw notFound();
    return { kind: 'workshop', id: _id };
  }

  /** What is shown of it, for who may read it now. */
  async shown(
    actor: CohortActor,
    { origin }: Pick<PageRow, 'origin'>,
  ): Promise<Pick<HandbookPage, 'thread' | 'workshop'>> {
    const nothing = { thread: null, workshop: null };
    if (!origin) return nothing;
    if (origin.kind === 'workshop') {
      const workshop = await this.workshops.seen(actor, String(origin.id)).catch(unlessGone);
      return workshop ? { ...nothing, workshop: { id: String(workshop._id), title: workshop.title } } : nothing;
    }
    const thread = { channelId: String(origin.channelId), messageId: String(origin.id) };
    const { provider } = this.threads;
    const isThere = (await provider.living([thread.messageId])).has(thread.messageId);
    return isThere && (await provider.isReadable(actor.userId, thread)) ? { ...nothing, thread } : nothing;
  }

  private async carried(actor: CohortActor, thread: ThreadRef): Promise<CarriedThread> {
    const ids = toId(thread.channelId) && toId(thread.messageId);
    const carried = ids && (await this.threads.provider.read(actor, thread));
    if (!carried) throw notFound();
    return carried;
  }

  private async made(actor: CohortActor, origin: OriginRow, isThere: boolean): Promise<MadePage> {
    const page = await this.pages.madeFrom(idOf(actor.cohortId), origin);
    const make = !page && isThere && actor.cohortState === 'running';
    return { page: page && { id: String(page._id), title: titlesOf(page) }, make };
  }

  private async pageOf(actor: CohortActor, origin: OriginRow): Promise<string | null> {
    const page = await this.pages.madeFrom(idOf(actor.cohortId), origin);
    return page && String(page._id);
  }
}

const originOf = ({ channelId, messageId }: ThreadRef): OriginRow => ({
  ...{ kind: 'thread', id: idOf(messageId), channelId: idOf(channelId) },
});

function unlessGone(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null;
  throw error;
}
