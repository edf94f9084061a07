import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { MAX_LONELY_WISHES } from '../../contracts/limits.js';
import type {
  CloseWish,
  EditWish,
  MergeWish,
  Wish,
  WishList,
  WishSide,
  WishesQuery,
  WriteWish,
} from '../../contracts/workshops/wishes.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { mustBeRunning } from '../workshop-drafts.js';
import { abilities, closest, mayWish, stemsOfText } from './wish.js';
import type { WishRow } from './wish.schema.js';
import { wishChanged } from './wishes.events.js';
import { WishesPresenter, standingOf } from './wishes.presenter.js';
import { type WishChange, type WishPlace, WishesRepository } from './wishes.repository.js';

const MAX_SIMILAR = 5;

/**
 * The demand board: what people of a cohort want to learn, and can give. Every change of a wish and of who joined it writes the wish's
 * row first, so that two at once take turns, and its counts are those of its people.
 */
@Injectable()
export class WishesService {
  constructor(
    private readonly wishes: WishesRepository,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly presenter: WishesPresenter,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  async list(actor: CohortActor, query: WishesQuery): Promise<WishList> {
    const { rows, place } = await this.rowsOf(actor, query);
    const page = pageOf(rows, query.limit, place);
    const items = await this.presenter.many(actor, page.items);
    return { ...page, items, abilities: { write: mayWish(actor) } };
  }

  /** Open and planned wishes about what is typed. */
  async similar(actor: CohortActor, q: string): Promise<{ items: Wish[]; nextCursor: null }> {
    const stems = stemsOfText(q);
    if (stems.length === 0) return { items: [], nextCursor: null };
    const rows = closest(q, await this.wishes.alike(idOf(actor.cohortId), stems), MAX_SIMILAR);
    return { items: await this.presenter.many(actor, rows), nextCursor: null };
  }

  async get(actor: CohortActor, wishId: string): Promise<Wish> {
    return await this.presenter.one(actor, await this.seen(actor, wishId));
  }

  /** Throws 409 `cohort_closed`, `too_many_wishes` where 20 of theirs wait for somebody to join. */
  async write(actor: CohortActor, { subject, text, side }: WriteWish): Promise<Wish> {
    mustBeRunning(actor);
    const row: WishRow = {
      _id: newId(),
      cohortId: idOf(actor.cohortId),
      subject,
      text,
      stems: stemsOfText(subject, text),
      createdBy: idOf(actor.userId),
      state: 'open',
      reason: null,
      wants: 0,
      gives: 0,
      others: 0,
      wanting: [],
      giving: [],
      revision: 1,
      createdAt: this.clock.now(),
    };
    await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      await this.mustHaveRoom(actor, session);
      await this.wishes.insert(row, session);
      await this.wishes.say(row, { userId: actor.userId, side }, session);
      await this.wishes.recount(row, session);
    });
    return await this.told(actor, row);
  }

  /** Throws 403 for who may not, 409 `others_joined` when somebody was faster, `stale`, `planned`, `closed`. */
  async edit(actor: CohortActor, wishId: string, { revision, ...edit }: EditWish): Promise<Wish> {
    const row = await this.allowed(actor, wishId, 'edit');
    const { subject = row.subject, text = row.text } = edit;
    await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      await this.take(row, { subject, text, stems: stemsOfText(subject, text) }, session, { revision });
      await this.mustBeAlone(actor, row, session);
    });
    return await this.told(actor, row);
  }

  /** Drops it for good. Throws 403, 409 as for an edit. */
  async drop(actor: CohortActor, wishId: string): Promise<void> {
    const row = await this.allowed(actor, wishId, 'drop');
    await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      await this.take(row, {}, session, { state: row.state, idle: true });
      await this.mustBeAlone(actor, row, session);
      await this.wishes.delete(row._id, session);
    });
    this.publish(row);
  }

  /** Says a side, or takes it back; twice is once. Throws 409 `planned`, `closed`, `cohort_closed`. */
  async say(actor: CohortActor, wishId: string, side: WishSide, says: boolean): Promise<Wish> {
    const row = await this.seen(actor, wishId);
    mustBeRunning(actor);
    const said = { userId: actor.userId, side };
    const changed = await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      await this.take(row, {}, session);
      const changed = says
        ? await this.wishes.say(row, said, session)
        : await this.wishes.unsay(row._id, said, session);
      if (changed) await this.wishes.recount(row, session);
      return changed;
    });
    return changed ? await this.told(actor, row) : await this.get(actor, wishId);
  }

  async close(actor: CohortActor, wishId: string, { reason }: CloseWish): Promise<Wish> {
    const row = await this.allowed(actor, wishId, 'close');
    await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      await this.take(row, { state: 'closed', reason }, session, { idle: true });
    });
    return await this.told(actor, row);
  }

  async reopen(actor: CohortActor, wishId: string): Promise<Wish> {
    const row = await this.allowed(actor, wishId, 'reopen');
    await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      await this.take(row, { state: 'open', reason: null }, session, { state: 'closed' });
    });
    return await this.told(actor, row);
  }

  /** The people of this wish go over to another, each once for each side. Throws 422 `/intoId`, 409 `planned`, `closed`. */
  async merge(actor: CohortActor, wishId: string, { intoId }: MergeWish): Promise<Wish> {
    const from = await this.allowed(actor, wishId, 'merge');
    const id = toId(intoId);
    const into = id && (await this.wishes.inCohort(from.cohortId, id));
    if (!into) throw invalidField('/intoId', 'unknown_wish');
    if (into._id.equals(from._id)) throw invalidField('/intoId', 'same_wish');
    await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      await this.take(from, {}, session, { idle: true });
      await this.take(into, {}, session);
      for (const said of await this.wishes.saidTo(from._id, session)) await this.wishes.say(into, said, session);
      await this.wishes.recount(into, session);
      await this.wishes.delete(from._id, session);
    });
    this.publish(from);
    return await this.told(actor, into);
  }

  /** The wish, or 404. */
  async seen(actor: CohortActor, wishId: string): Promise<WishRow> {
    const id = toId(wishId);
    const row = id && (await this.wishes.inCohort(idOf(actor.cohortId), id));
    if (!row) throw notFound();
    return row;
  }

  /** The wish for who may do this with it. Throws 403 for who never may, 409 for a state that does not allow it. */
  async allowed(actor: CohortActor, wishId: string, act: keyof Wish['abilities']): Promise<WishRow> {
    const row = await this.seen(actor, wishId);
    mustBeRunning(actor);
    const mine = (await this.wishes.saidBy(idOf(actor.userId), [row._id])).get(String(row._id)) ?? [];
    const standing = standingOf(row);
    if (abilities(actor, standing, mine)[act]) return row;
    const asIf = { ...standing, state: act === 'reopen' ? ('closed' as const) : ('open' as const), hasWorkshop: false };
    if (abilities(actor, asIf, mine)[act]) throw isNow(row);
    if (row.createdBy.equals(actor.userId) && row.others > 0 && (act === 'edit' || act === 'drop'))
      throw othersJoined();
    throw forbidden();
  }

  /** Tells the cohort to look again, and answers what the wish is now. */
  async told(actor: CohortActor, row: Pick<WishRow, '_id' | 'cohortId'>): Promise<Wish> {
    this.publish(row);
    return await this.get(actor, String(row._id));
  }

  publish({ _id, cohortId }: Pick<WishRow, '_id' | 'cohortId'>): void {
    this.bus.publish(wishChanged, { cohortId: String(cohortId), wishId: String(_id) });
  }

  /** The first write of every change: from here on others wait. `idle`: no draft may have been made of it meanwhile. */
  private async take(
    row: WishRow,
    change: WishChange,
    session: ClientSession,
    is: { state?: WishRow['state']; revision?: number | undefined; idle?: true } = {},
  ): Promise<void> {
    const { state = 'open', revision, idle } = is;
    const guard = { state, ...(revision !== undefined && { revision }), ...(idle && { workshopId: null }) };
    if (await this.wishes.change(row._id, guard, change, session)) return;
    const now = await this.wishes.byId(row._id);
    if (!now) throw notFound();
    throw revision !== undefined && now.revision !== revision && now.state === state
      ? conflict('stale', 'Somebody changed this meanwhile. Load it again.', { revision: now.revision })
      : isNow(now);
  }

  /** Staff may always; who wrote it while nobody else has joined, which is settled behind the first write. */
  private async mustBeAlone(actor: CohortActor, row: WishRow, session: ClientSession): Promise<void> {
    if (actor.role === 'staff') return;
    const said = await this.wishes.saidTo(row._id, session);
    if (said.some(({ userId }) => userId !== String(row.createdBy))) throw othersJoined();
  }

  /** Who writes several at once takes turns with themselves: each takes the cohort's row before it counts. */
  private async mustHaveRoom(actor: CohortActor, session: ClientSession): Promise<void> {
    if (actor.role === 'staff') return;
    const cohortId = idOf(actor.cohortId);
    if (!(await this.cohorts.hold(cohortId, session))) throw conflict('cohort_closed', 'This cohort is closed.');
    if ((await this.wishes.lonelyOf(cohortId, idOf(actor.userId), session)) >= MAX_LONELY_WISHES)
      throw conflict('too_many_wishes', 'Drop a wish that nobody joined first.', { most: MAX_LONELY_WISHES });
  }

  private async rowsOf(actor: CohortActor, { sort, state, workshop, cursor, limit }: WishesQuery) {
    const cohortId = idOf(actor.cohortId);
    const byId = (row: WishRow) => [String(row._id)];
    if (workshop !== undefined) {
      const id = toId(workshop);
      const row = id && (await this.wishes.byWorkshop(id));
      return { rows: row?.cohortId.equals(cohortId) ? [row] : [], place: byId };
    }
    if (sort === 'demand') {
      const rows = await this.wishes.byDemand(cohortId, state, cursor ? placeOf(cursor) : null, limit + 1);
      return { rows, place: (row: WishRow) => [row.wants, String(row._id)] };
    }
    const after = cursor ? idFrom(decodeCursor(cursor, 1)[0]) : null;
    const rows =
      sort === 'mine'
        ? await this.wishes.ofPerson(cohortId, idOf(actor.userId), after, limit + 1)
        : await this.wishes.newest(cohortId, state, after, limit + 1);
    return { rows, place: byId };
  }
}

const othersJoined = () => conflict('others_joined', 'Others have joined it: it is theirs, too.');

/** 409 with what the wish is by now. */
function isNow(row: Pick<WishRow, 'state' | 'workshopId'>) {
  if (row.state === 'closed') return conflict('wish_closed', 'This wish is closed.');
  if (row.state === 'open' && !row.workshopId) return conflict('wish_open', 'This wish is open.');
  return conflict('already_planned', 'A workshop is being made of it.');
}

function placeOf(cursor: string): WishPlace {
  const [wants, id] = decodeCursor(cursor, 2);
  if (typeof wants !== 'number') throw invalidField('/cursor', 'wrong_format');
  return { wants, id: idFrom(id) };
}

function idFrom(part: string | number | undefined) {
  const id = toId(String(part));
  if (!id) throw invalidField('/cursor', 'wrong_format');
  return id;
}
