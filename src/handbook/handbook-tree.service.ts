import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Turns } from '../calendar/turns.js';
import type { CohortActor } from '../common/actor.js';
import { Problem, conflict } from '../common/problem.js';
import { type Handbook, MAX_HANDBOOK_PAGES, type PlacePage } from '../contracts/handbook/handbook.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { handbookChanged } from './handbook.events.js';
import { handbookAbilities } from './handbook.policy.js';
import { HandbookPresenter } from './handbook.presenter.js';
import { PagesService } from './pages.service.js';
import { PagesRepository, placeOf } from './pages.repository.js';
import { type Misplaced, type Place, inOrder, lastOrder, moved, refusalBelow } from './tree.js';

/** Where the pages of a handbook stand. */
@Injectable()
export class HandbookTree {
  constructor(
    private readonly pages: PagesRepository,
    private readonly service: PagesService,
    private readonly present: HandbookPresenter,
    private readonly turns: Turns,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
  ) {}

  /** All pages, each before those below it. */
  async read(actor: CohortActor): Promise<Handbook> {
    const rows = await this.pages.titles(idOf(actor.cohortId));
    const order = inOrder(rows.map((row) => ({ ...placeOf(row), row })));
    const items = this.present.entries(
      actor,
      order.map(({ row }) => row),
    );
    return { items, abilities: handbookAbilities(actor) };
  }

  /** Puts a page elsewhere, with those below it. Throws 404, 403, 409 `cohort_closed`, `page_locked`, `into_itself`, `too_deep`, 422 `unknown`. */
  async place(actor: CohortActor, pageId: string, { parentId, before }: PlacePage): Promise<Handbook> {
    const page = await this.service.load(actor, pageId);
    await this.service.demand(actor, page, 'move');
    await this.transactions.run(async (session) => {
      const places = await this.inTurn(page.cohortId, session);
      const id = String(page._id);
      await this.service.still(actor, page, 'move', session);
      const wanted = { parentId: known(parentId), before: known(before) };
      const changed = moved(places, id, wanted);
      if (!Array.isArray(changed)) throw misplaced(changed, '/parentId');
      await this.pages.place(page.cohortId, changed, session);
    });
    this.bus.publish(handbookChanged, { cohortId: actor.cohortId, pageId: String(page._id) });
    return await this.read(actor);
  }

  /**
   * The places as they are, for who changes them or how many there are: whoever does so in one cohort at once does it one after the other.
   */
  async inTurn(cohortId: Types.ObjectId, session: ClientSession): Promise<Place[]> {
    await this.turns.takeToCount(String(cohortId), 'handbook', session);
    return (await this.pages.titles(cohortId, session)).map(placeOf);
  }

  /** The last place below a page (null: at the top), of all as they are. Throws 409 `handbook_full`, `too_deep`, 422 `unknown`. */
  last(places: readonly Place[], parentId: string | null): { parentId: Types.ObjectId | null; order: number } {
    if (places.length >= MAX_HANDBOOK_PAGES)
      throw conflict('handbook_full', 'The handbook has as many pages as it may.', { most: MAX_HANDBOOK_PAGES });
    const refusal = refusalBelow(places, parentId);
    if (refusal) throw misplaced(refusal, '/parentId');
    return { parentId: parentId === null ? null : idOf(parentId), order: lastOrder(places, parentId) };
  }
}

/** A malformed id is an unknown one. */
const known = (hex: string | null): string | null => (hex === null ? null : (toId(hex)?.toHexString() ?? hex));

const WHY: Record<Exclude<Misplaced, 'unknown'>, string> = {
  into_itself: 'A page cannot stand below itself.',
  too_deep: 'The handbook has no more levels.',
};

const misplaced = (why: Misplaced, field: string): Problem =>
  why === 'unknown'
    ? new Problem(422, 'invalid', 'Some fields are not right.', { errors: [{ field, code: 'unknown' }] })
    : conflict(why, WHY[why]);
