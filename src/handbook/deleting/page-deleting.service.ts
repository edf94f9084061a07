import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import type { DeletedPages, HandbookPage } from '../../contracts/handbook/handbook.js';
import { KEPT } from '../../forums/deleting/deletion.js';
import { topicChanged } from '../../forums/forums.events.js';
import { TopicPages } from '../../forums/pages/topic-pages.service.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Ends } from '../../infra/queue/ends.js';
import { PageAttachments } from '../attachments/page-attachments.service.js';
import { HandbookPlaces } from '../commons/handbook-places.js';
import { handbookChanged } from '../handbook.events.js';
import { handbookAbilities } from '../handbook.policy.js';
import { faceOf } from '../handbook.presenter.js';
import { titlesOf } from '../page-words.js';
import { HandbookTree } from '../handbook-tree.service.js';
import { PageVersionsRepository } from '../history/page-versions.repository.js';
import type { PageRow } from '../page.schema.js';
import { PagesRepository } from '../pages.repository.js';
import { PagesService } from '../pages.service.js';
import { parentOrTop } from '../tree.js';
import { DeletedPagesRepository } from './deleted-pages.repository.js';

const MAX_LISTED = 100;
/** So many end in one turn; the next one goes on. */
const AT_ONCE = 100;

/** Deletes pages, and takes that back for 30 days. */
@Injectable()
export class PageDeleting implements OnModuleInit {
  constructor(
    private readonly service: PagesService,
    private readonly tree: HandbookTree,
    private readonly places: HandbookPlaces,
    private readonly pages: PagesRepository,
    private readonly deleted: DeletedPagesRepository,
    private readonly versions: PageVersionsRepository,
    private readonly files: PageAttachments,
    private readonly topics: TopicPages,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly ends: Ends,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.ends.of('deleted pages of handbooks', () => this.turn());
  }

  /** Throws 404, 403, 409 `cohort_closed`, `page_locked`, `page_has_pages` while others stand below it. */
  async delete(actor: CohortActor, pageId: string): Promise<void> {
    const page = await this.service.load(actor, pageId);
    await this.service.demand(actor, page, 'delete');
    const by = { byId: idOf(actor.userId), at: this.clock.now() };
    await this.transactions.run(async (session) => {
      const places = await this.tree.inTurn(page.cohortId, session);
      await this.service.still(actor, page, 'delete', session);
      if (places.some(({ parentId }) => parentId === String(page._id)))
        throw conflict('page_has_pages', 'Move or delete the pages below it first.');
      if (!(await this.deleted.bury(page._id, by, session))) throw notFound();
      if (page.topicId) await this.topics.unlink(page.topicId, page._id, session);
    });
    this.changed(page);
  }

  /** A deleted page is there again, as the last below its parent; at the top where that is gone, or stands too deep. Throws 403, 404 for what is gone for good, 409 `cohort_closed`, `handbook_full`. */
  async restore(actor: CohortActor, pageId: string): Promise<HandbookPage> {
    mustRun(actor);
    const [id, cohortId] = [toId(pageId), idOf(actor.cohortId)];
    if (!id) throw notFound();
    const from = new Date(this.clock.now().getTime() - KEPT);
    const page = await this.transactions.run(async (session) => {
      if (!handbookAbilities(await this.places.now(actor, session)).restore) throw forbidden();
      const places = await this.tree.inTurn(cohortId, session);
      const kept = await this.deleted.kept(cohortId, id, from, session);
      if (!kept) throw notFound();
      const parent = kept.parentId ? String(kept.parentId) : null;
      const place = this.tree.last(places, parentOrTop(places, parent));
      // A topic that goes on as another page by now is no more this one's.
      const hasTopic = kept.topicId ? await this.topics.linkAgain(kept.topicId, id, session) : false;
      const hasOrigin = kept.origin ? !(await this.pages.madeFrom(cohortId, kept.origin, session)) : false;
      await this.deleted.restore(id, { ...place, hasTopic, hasOrigin }, session);
      return kept;
    });
    this.changed(page);
    return await this.service.get(actor, pageId);
  }

  /** Those that can be restored, the latest first. */
  async list(actor: CohortActor): Promise<DeletedPages> {
    const from = new Date(this.clock.now().getTime() - KEPT);
    const rows = await this.deleted.latest(idOf(actor.cohortId), from, MAX_LISTED);
    const faces = await this.people.byId(rows.map(({ deletedBy }) => String(deletedBy)));
    const items = rows.map(({ _id, deletedBy, keptSince, ...row }) => ({
      ...{ id: String(_id), title: titlesOf(row), by: faceOf(deletedBy, faces) },
      ...{ deletedAt: keptSince.toISOString(), keptUntil: new Date(keptSince.getTime() + KEPT).toISOString() },
    }));
    return { items };
  }

  /** What was deleted and not restored in time is gone for good, with what it said before and its files. */
  async turn(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT);
    const pageIds = await this.deleted.keptBefore(before, AT_ONCE);
    if (pageIds.length === 0) return;
    await this.transactions.run(async (session) => {
      const gone = await this.deleted.forget(pageIds, before, session);
      await this.files.releaseAll(gone, session);
      await this.versions.forget(
        gone.map(({ _id }) => _id),
        session,
      );
    });
  }

  private changed({ cohortId, _id, topicId }: PageRow): void {
    this.bus.publish(handbookChanged, { cohortId: String(cohortId), pageId: String(_id) });
    if (topicId) this.bus.publish(topicChanged, { cohortId: String(cohortId), topicId: String(topicId) });
  }
}
