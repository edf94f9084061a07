import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import type { AttendanceMode } from '../../contracts/workshops/workshops.js';
import { Clashes, type Planned } from '../../calendar/clashes.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { settle } from './capacity.js';
import { GuestPlacesRepository } from '../guests/guest-places.repository.js';
import { roomForGuests, takenBy } from '../guests/public-page.js';
import { type By, HostTimes } from '../host-times.js';
import { type ActOf, PlaceTelling, actOf } from './place-telling.js';
import { type Answer, type Ask, type Change, type Places, type Settlement, type Standing, peopleOf } from './places.js';
import type { RegistrationRow } from './registration.schema.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { stateOf } from '../workshop.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/** How many of the line are read beyond those who can be promoted, should some be no members any more. */
const SPARE = 20;
const WHOLE_LINE = 100_000;

/** What may be written to a workshop that is locked. */
export type WorkshopChange = Partial<Omit<WorkshopRow, '_id' | 'version'>>;

/** What goes along with what was decided: a change of the workshop itself, the acts on several dates, and whose turn this transaction has. */
interface Saving {
  change?: WorkshopChange;
  acts?: ActOf;
  turns?: ReadonlySet<string>;
}

/**
 * What goes along with an ask, in its transaction, which has taken the workshop: `before` it is decided (false: there is nothing to ask for
 * any more, and it stands nowhere), and `after`, unless it was refused. Neither throws: others are decided along with it.
 */
export interface Along {
  before?: (session: ClientSession, workshop: WorkshopRow) => Promise<boolean>;
  after?: (session: ClientSession) => Promise<void>;
}

interface Asked {
  ask: Ask;
  along?: Along | undefined;
}

/**
 * The one place where places are given. Asks for a workshop go in batches; each batch is one transaction that first takes the
 * workshop, so two processes take turns and what is decided is decided on the truth.
 */
@Injectable()
export class PlacesService {
  private readonly batches = new BatchPerKey<Asked, Answer>((workshopId, asked) => this.settleBatch(workshopId, asked));

  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly guestPlaces: GuestPlacesRepository,
    private readonly hostTimes: HostTimes,
    private readonly clashes: Clashes,
    private readonly members: Members,
    private readonly transactions: Transactions,
    private readonly telling: PlaceTelling,
    private readonly clock: Clock,
  ) {}

  /** Answers one ask, together with those that wait. Throws 404 when there is no such workshop. */
  ask(workshopId: string, ask: Ask, along?: Along): Promise<Answer> {
    return this.batches.ask(workshopId, { ask, along });
  }

  /**
   * Changes a workshop by what `decide` makes of its newest state, and moves the line up where that frees places. `decide` may run
   * several times; what it throws leaves all as it was. `also` is written with a change, or not at all. Throws as
   * {@link HostTimes.mustBeFree} finds for `by`.
   */
  async change<T>(
    workshopId: Types.ObjectId,
    decide: (workshop: WorkshopRow) => { change: WorkshopChange; result: T },
    {
      by,
      also,
    }: {
      by?: By;
      also?: (workshop: WorkshopRow, change: WorkshopChange, session: ClientSession) => Promise<void>;
    } = {},
  ): Promise<T> {
    return await this.changeAll(async (session) => {
      const row = await this.workshops.lock(workshopId, session);
      if (!row) throw notFound();
      const { change, result } = decide(row);
      if (Object.keys(change).length > 0) await also?.(row, change, session);
      return { changes: [{ row, change }], result };
    }, by);
  }

  /**
   * Changes several workshops as one: all of them, or none. `work` locks them, says what each becomes and writes what goes along; it may
   * run several times. Throws as {@link HostTimes.mustBeFree} finds for `by`.
   */
  async changeAll<T>(
    work: (session: ClientSession) => Promise<{ changes: { row: WorkshopRow; change: WorkshopChange }[]; result: T }>,
    by: By | null = null,
  ): Promise<T> {
    const { result, settled } = await this.transactions.run(async (session) => {
      const { changes, result } = await work(session);
      const settled: { row: WorkshopRow; changes: Change[] }[] = [];
      // Within a transaction one writes one thing after the other.
      for (const { row, change } of changes) settled.push({ row, changes: await this.apply(row, change, session) });
      await this.telling.writeReplanned(changes, session);
      await this.telling.writeChanged(changes, session);
      // After all of them: one date of a series may move to where another one was.
      const written = changes.map(({ row, change }) => ({ before: row, after: { ...row, ...change } }));
      await this.hostTimes.mustBeFree(written, by, session);
      return { result, settled };
    });
    for (const { row, changes } of settled) this.telling.publish(row, changes);
    return result;
  }

  private async apply(row: WorkshopRow, change: WorkshopChange, session: ClientSession): Promise<Change[]> {
    const next = { ...row, ...change };
    if (row.onlineCapacity !== null && next.onlineCapacity === null) await this.becomeOneLine(next, session);
    if (row.lastOrder > 0 && hasOtherTimes(row, next)) await this.registrations.retime(row._id, timesOf(next), session);
    const settlement = await this.decide(next, leavingHosts(row, next), session);
    await this.save(next, settlement, session, { change });
    return settlement.changes;
  }

  /** Where there is one way only, all are on site: those on line keep their places and their turn among the waiting. */
  private async becomeOneLine(row: WorkshopRow, session: ClientSession): Promise<void> {
    await this.registrations.allOnSite(row._id, session);
    row.going = { onsite: row.going.onsite + row.going.online, online: 0 };
    row.waitlisted = { onsite: row.waitlisted.onsite + row.waitlisted.online, online: 0 };
    row.offered = { onsite: row.offered.onsite + row.offered.online, online: 0 };
  }

  private async settleBatch(workshopId: string, all: readonly Asked[]): Promise<Answer[]> {
    const acts = new Map(
      all.flatMap(({ ask }) =>
        (ask.kind === 'join' || ask.kind === 'leave') && ask.actId ? [[ask.userId, ask.actId]] : [],
      ),
    );
    const { row, settlement, answers } = await this.transactions.run(async (session) => {
      const row = await this.workshops.lock(idOf(workshopId), session);
      if (!row) throw notFound();
      const open = await stillAsked(all, row, session);
      const { turns, ...told } = await this.withClashes(
        row,
        open.map(({ ask }) => ask),
        session,
      );
      const settlement = await this.decide(row, told.asks, session);
      await this.save(row, settlement, session, { acts, turns });
      const answerTo = new Map(open.map((one, index) => [one, settlement.answers[index]]));
      for (const [{ along }, answer] of answerTo) if (answer?.kind !== 'refused') await along?.after?.(session);
      const answers = all.map((one): Answer => answerTo.get(one) ?? { kind: 'left' });
      return { row, settlement, answers };
    });
    this.telling.publish(row, settlement.changes);
    return answers;
  }

  /** The asks, and of those who were not asked yet whether they have something else at the time; `turns`: whose turn that took for this transaction. */
  private async withClashes(
    row: WorkshopRow,
    asks: Ask[],
    session: ClientSession,
  ): Promise<{ asks: Ask[]; turns: ReadonlySet<string> }> {
    const unasked = asks.filter(isUnasked);
    if (unasked.length === 0 || row.status !== 'published') return { asks, turns: new Set() };
    const people = unasked.flatMap(peopleOf);
    const found = await this.clashes.inTurnFirst(plannedFor(row, people), session);
    const over = new Set(found.map(({ userId }) => userId));
    const told = asks.map((ask) =>
      isUnasked(ask) ? { ...ask, over: new Set(peopleOf(ask).filter((one) => over.has(one))) } : ask,
    );
    return { asks: told, turns: new Set(people) };
  }

  private async decide(row: WorkshopRow, asks: Ask[], session: ClientSession): Promise<Settlement> {
    const askers = [...new Set(asks.flatMap(peopleOf))].map(idOf);
    const places = { ...this.placesOf(row), ...(await this.guestRoom(row, asks, session)) };
    const [asking, offered] = await this.askersAndOffered(row, askers, places, session);
    const standings = [...asking, ...offered].map(toStanding);
    for (
      let most = mayBePromoted(places, asks.flatMap(peopleOf).length + asks.length + offered.length);
      ;
      most = WHOLE_LINE
    ) {
      const line = await this.line(row, places, most, session);
      const settlement = settle(places, standings, line, asks, await this.goneOf(row, line));
      if (!settlement.short || most === WHOLE_LINE) return settlement;
    }
  }

  /** Asked where guests would come in. */
  private async guestRoom(row: WorkshopRow, asks: readonly Ask[], session: ClientSession): Promise<Partial<Places>> {
    if (!asks.some((ask) => 'guest' in ask && ask.guest && ask.kind !== 'mark')) return {};
    return { takes: takenBy(row), guestRoom: roomForGuests(row, await this.guestPlaces.standing(row._id, session)) };
  }

  /** Within a transaction one asks one thing after the other. */
  private async askersAndOffered(
    row: WorkshopRow,
    askers: Types.ObjectId[],
    { pools }: Places,
    session: ClientSession,
  ): Promise<[RegistrationRow[], RegistrationRow[]]> {
    const asking = askers.length > 0 ? await this.registrations.ofPeople(row._id, askers, session) : [];
    const offers = pools.onsite.offered + pools.online.offered;
    return [asking, offers > 0 ? await this.registrations.offered(row._id, session) : []];
  }

  /** The first of each line: as many as may get a place now. */
  private async line(row: WorkshopRow, places: Places, most: number, session: ClientSession): Promise<Standing[]> {
    if (most === 0) return [];
    const line: Standing[] = [];
    for (const mode of ['onsite', 'online'] as const) {
      if (places.pools[mode].waitlisted === 0) continue;
      const range = { after: 0, upTo: row.lastOrder, limit: most };
      const rows = await this.registrations.inOrder(row._id, ['waitlisted'], { ...range, mode }, session);
      line.push(...rows.map(toStanding));
    }
    return line;
  }

  private async goneOf(row: WorkshopRow, line: readonly Standing[]): Promise<Set<string>> {
    const ids = line.flatMap((one) => (one.guest ? [] : [one.userId]));
    if (ids.length === 0) return new Set();
    const members = new Set(
      (await this.members.list(String(row.cohortId), { userIds: ids })).map((member) => member.userId),
    );
    return new Set(ids.filter((id) => !members.has(id)));
  }

  private async save(
    row: WorkshopRow,
    { changes, pools, lastOrder }: Settlement,
    session: ClientSession,
    { change = {}, acts = new Map(), turns = new Set() }: Saving,
  ): Promise<void> {
    if (changes.length === 0 && Object.keys(change).length === 0) return;
    const now = this.clock.now();
    // Whoever plans for one of them at this time comes before or after, and then sees it.
    const gets = changes.filter(({ userId, from, to, guest }) => {
      return to === 'going' && from !== 'going' && !guest && !turns.has(userId);
    });
    await this.clashes.takeTurn(
      plannedFor(
        { ...row, ...change },
        gets.map(({ userId }) => userId),
      ),
      session,
    );
    const writes = changes.map((one) => {
      const actId = actOf(one, acts);
      return {
        cohortId: row.cohortId,
        workshopId: row._id,
        userId: idOf(one.userId),
        status: one.to,
        mode: one.mode,
        order: one.order,
        party: one.party,
        byId: one.byId === null ? null : idOf(one.byId),
        offeredUntil: one.until === null ? null : new Date(one.until),
        ...(one.guest && { guest: one.guest }),
        ...(one.markedAt !== undefined && { markedAt: new Date(one.markedAt) }),
        ...(one.from !== one.to && { since: now, actId: actId === undefined ? null : idOf(actId) }),
        ...timesOf(row),
        changedAt: now,
        isNew: one.order > row.lastOrder,
      };
    });
    await this.registrations.write(writes, session);
    await this.telling.write(row, changes, { at: now, acts }, session);
    const count = (of: 'going' | 'offered' | 'waitlisted') => ({ onsite: pools.onsite[of], online: pools.online[of] });
    await this.workshops.save(
      row,
      {
        ...change,
        going: count('going'),
        offered: count('offered'),
        reserved: pools.onsite.reserved,
        waitlisted: count('waitlisted'),
        lastOrder,
        changedAt: now,
      },
      session,
    );
  }

  private placesOf(row: WorkshopRow): Places {
    const pool = (mode: AttendanceMode, capacity: number, reserved: number) => ({
      capacity,
      reserved,
      going: row.going[mode],
      offered: row.offered[mode],
      waitlisted: row.waitlisted[mode],
    });
    const now = this.clock.now();
    return {
      state: stateOf(row, now),
      now: now.getTime(),
      startsAt: row.startsAt.getTime(),
      endsAt: row.endsAt.getTime(),
      pools: {
        onsite: pool('onsite', row.capacity, row.reserved),
        online: pool('online', row.onlineCapacity ?? 0, 0),
      },
      offersOnline: row.onlineCapacity !== null,
      offerMs: row.offerMinutes ? row.offerMinutes * MINUTE : null,
      opensAt: row.opensAt?.getTime() ?? null,
      closesAt: row.closesAt?.getTime() ?? null,
      hosts: new Set(row.hosts.map(String)),
      lastOrder: row.lastOrder,
    };
  }
}

/** Those for whom there is still something to ask for. */
async function stillAsked(all: readonly Asked[], row: WorkshopRow, session: ClientSession): Promise<Asked[]> {
  const open: Asked[] = [];
  // Within a transaction one asks one thing after the other.
  for (const one of all) if (!one.along?.before || (await one.along.before(session, row))) open.push(one);
  return open;
}

/** Who wants a place, or takes the one that is held, and was not told yet what else they have then. */
const isUnasked = (ask: Ask): ask is Extract<Ask, { kind: 'join' | 'join_team' | 'accept' }> =>
  (ask.kind === 'join' || ask.kind === 'join_team' || ask.kind === 'accept') && !ask.despite;

/** The time that a workshop takes of some people. */
export const plannedFor = (
  { _id, startsAt, endsAt }: Pick<WorkshopRow, '_id' | 'startsAt' | 'endsAt'>,
  people: readonly string[],
): Planned[] =>
  people.map((userId) => ({ userId, from: startsAt.getTime(), to: endsAt.getTime(), except: String(_id) }));

/** When people are taken by a workshop; null for one that nobody goes to. */
const timesOf = ({ status, startsAt, endsAt }: WorkshopRow) => (status === 'published' ? { startsAt, endsAt } : null);

const hasOtherTimes = (before: WorkshopRow, after: WorkshopRow) =>
  before.status !== after.status ||
  before.startsAt.getTime() !== after.startsAt.getTime() ||
  before.endsAt.getTime() !== after.endsAt.getTime();

/** Who becomes a host needs no place any more. */
function leavingHosts(before: WorkshopRow, after: WorkshopRow): Ask[] {
  const known = new Set(before.hosts.map(String));
  return after.hosts.flatMap((host): Ask[] =>
    known.has(String(host)) ? [] : [{ kind: 'leave', userId: String(host), toHost: true }],
  );
}

/** How many of a line these asks may move up at most: one for each free place and one for each ask. */
function mayBePromoted({ state, pools }: Places, asks: number): number {
  if (state !== 'open') return 0;
  const free = Math.max(0, ...[pools.onsite, pools.online].map((pool) => pool.capacity - pool.going - pool.offered));
  return free + asks === 0 ? 0 : free + asks + SPARE;
}

const toStanding = (row: RegistrationRow): Standing => ({
  userId: String(row.userId),
  status: row.status,
  mode: row.mode,
  order: row.order,
  until: row.offeredUntil?.getTime() ?? null,
  party: row.party ?? null,
  guest: row.guest,
  markedAt: row.markedAt?.getTime(),
});
