import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { mustRun } from '../cohorts/cohort-rules.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { conflict, forbidden, invalidField, notFound } from '../common/problem.js';
import type { CheckPage, HandbookPage } from '../contracts/handbook/handbook.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { HandbookPlaces } from './commons/handbook-places.js';
import { handbookChanged } from './handbook.events.js';
import { pageAbilities } from './handbook.policy.js';
import { HandbookPresenter, versionOf } from './handbook.presenter.js';
import type { PageRow } from './page.schema.js';
import { PagesRepository } from './pages.repository.js';

/** Shows pages, and says of them who keeps them, who checked them, and that only staff edit them. */
@Injectable()
export class PagesService {
  constructor(
    private readonly pages: PagesRepository,
    private readonly present: HandbookPresenter,
    private readonly places: HandbookPlaces,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** Throws 404. */
  async get(actor: CohortActor, pageId: string): Promise<HandbookPage> {
    return await this.present.page(actor, await this.load(actor, pageId));
  }

  /** I read this version, and it is right. Throws 404, 409 `cohort_closed`, `page_locked`, `edited_meanwhile`. */
  async check(actor: CohortActor, pageId: string, { version, editedAt }: CheckPage): Promise<HandbookPage> {
    const page = await this.load(actor, pageId);
    await this.demand(actor, page, 'check');
    const checked = { byId: idOf(actor.userId), at: this.clock.now() };
    await this.transactions.run(async (session) => {
      const now = await this.still(actor, page, 'check', session);
      const isRead =
        versionOf(now) === version &&
        now.editedAt?.getTime() === (editedAt === null ? undefined : Date.parse(editedAt));
      if (!isRead || !(await this.pages.check(now, checked, session)))
        throw conflict('edited_meanwhile', 'Somebody changed the page meanwhile.');
    });
    return await this.changed(actor, page);
  }

  /** Another member keeps it from now on. Throws 404, 403, 409 `cohort_closed`, `page_locked`, `edited_meanwhile` where another keeps it by now, 422 `/userId` `unknown`. */
  async give(actor: CohortActor, pageId: string, userId: string): Promise<HandbookPage> {
    const page = await this.load(actor, pageId);
    await this.demand(actor, page, 'give');
    const abilities = await this.abilities(actor, page);
    // Who may give it only since nobody keeps it takes it.
    if (!abilities.move && userId !== actor.userId) throw forbidden();
    const [memberId] = await this.places.among(actor.cohortId, [userId.toLowerCase()]);
    if (memberId === undefined) throw invalidField('/userId', 'unknown');
    await this.transactions.run(async (session) => {
      const me = await this.places.now(actor, session);
      const now = await this.pages.find(page.cohortId, page._id, session);
      if (now?.ownerId.equals(page.ownerId)) await this.demand(me, now, 'give');
      if (!(await this.pages.give(page._id, page.ownerId, idOf(memberId), session)))
        throw conflict('edited_meanwhile', 'Somebody else keeps the page by now.');
    });
    return await this.changed(actor, page);
  }

  /** Only staff edit it from now on, or all again. Throws 404, 403, 409 `cohort_closed`. */
  async lock(actor: CohortActor, pageId: string, isLocked: boolean): Promise<HandbookPage> {
    const page = await this.load(actor, pageId);
    await this.demand(actor, page, 'lock');
    const locked = isLocked ? { byId: idOf(actor.userId), at: this.clock.now() } : null;
    await this.transactions.run(async (session) => {
      await this.still(actor, page, 'lock', session);
      if (!(await this.pages.lock(page._id, locked, session))) throw notFound();
    });
    return await this.changed(actor, page);
  }

  /** A page of the actor's cohort. Throws 404. */
  async load(actor: CohortActor, pageId: string): Promise<PageRow> {
    const id = toId(pageId);
    const page = id && (await this.pages.find(idOf(actor.cohortId), id));
    if (!page) throw notFound();
    return page;
  }

  /** The same page as it is in a transaction, for who may still do that with it: who acts is asked again, too. Throws 404, and as {@link demand} and {@link HandbookPlaces.now}. */
  async still(
    actor: CohortActor,
    { cohortId, _id }: PageRow,
    act: keyof HandbookPage['abilities'],
    session: ClientSession,
  ): Promise<PageRow> {
    const me = await this.places.now(actor, session);
    const page = await this.pages.find(cohortId, _id, session);
    if (!page) throw notFound();
    await this.demand(me, page, act);
    return page;
  }

  /** Throws 409 `cohort_closed`, `page_locked`, 403. */
  async demand(actor: CohortActor, page: PageRow, act: keyof HandbookPage['abilities']): Promise<void> {
    mustRun(actor);
    if ((await this.abilities(actor, page))[act]) return;
    if (page.locked && act !== 'lock') throw conflict('page_locked', 'Only the programme team changes this page.');
    throw forbidden();
  }

  private async abilities(actor: CohortActor, page: PageRow): Promise<HandbookPage['abilities']> {
    const owning = await this.places.among(actor.cohortId, [String(page.ownerId)]);
    return pageAbilities(actor, { ownerId: owning[0] ?? null, isLocked: Boolean(page.locked) });
  }

  /** Who looks at it sees what became of it. */
  private async changed(actor: CohortActor, page: PageRow): Promise<HandbookPage> {
    this.bus.publish(handbookChanged, { cohortId: actor.cohortId, pageId: String(page._id) });
    return await this.get(actor, String(page._id));
  }
}
