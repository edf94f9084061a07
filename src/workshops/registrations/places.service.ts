import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import type { AttendanceMode, RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { Clashes, type Planned } from '../../calendar/clashes.service.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { defineQueue } from '../../infra/queue/job-queues.js';
import { settle } from './capacity.js';
import { GuestPlacesRepository } from '../guests/guest-places.repository.js';
import { type By, HostTimes } from '../host-times.js';
import { type PlaceNews, newsOf } from './place-news.js';
import {
  type Answer,
  type Ask,
  type Change,
  type Places,
  type Settlement,
  type Standing,
  type Together,
  peopleOf,
} from './places.js';
import type { RegistrationRow } from './registration.schema.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { stateOf } from '../workshop.js';
import { guestPlaceChanged, registrationChanged, registrationSwitched } from '../workshops.events.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/** How many of the line are read beyond those who can be promoted, should some be no members any more. */
const SPARE = 20;
const WHOLE_LINE = 100_000;

/** What may be written to a workshop that is locked. */
export type WorkshopChange = Partial<Omit<WorkshopRow, '_id' | 'version'>>;

/** Alarms for the ends of offers, by workshop. */
export const workshopOffers = defineQueue<{ id: string }>('workshop-offers');

/**
 * The one place where places are given. Asks for a workshop go in batches; each batch is one transaction that first takes the
 * workshop, so two processes take turns and what is decided is decided on the truth.
 */
@Injectable()
export class PlacesService {
  private readonly batches = new BatchPerKey<Ask, Answer>((workshopId, asks) => this.settleBatch(workshopId, asks));

  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly guestPlaces: GuestPlacesRepository,
    private readonly hostTimes: HostTimes,
    private readonly clashes: Clashes,
    private readonly members: Members,
    private readonly transactions: Transactions,
    private readonly alarms: Alarms,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Answers one ask, together with those that wait. Throws 404 when there is no such workshop. */
  ask(workshopId: string, ask: Ask): Promise<Answer> {
    return this.batches.ask(workshopId, ask);
  }

  /**
   * Changes a workshop by what `decide` makes of its newest state, and moves the line up where that frees places. `decide` may run
   * several times; what it throws leaves all as it was. `also` is written with a change, or not at all. Throws as
   * {@link HostTimes.mustBeFree} finds for `by`.
   */
  async change<T>(
    workshopId: Types.ObjectId,
    decide: (workshop: WorkshopRow) => { change: WorkshopChange; result: T },
    { by, also }: { by?: By; also?: (workshop: WorkshopRow, session: ClientSession) => Promise<void> } = {},
  ): Promise<T> {
    return await this.changeAll(async (session) => {
      const row = await this.workshops.lock(workshopId, session);
      if (!row) throw notFound();
      const { change, result } = decide(row);
      if (Object.keys(change).length > 0) await also?.(row, session);
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
      // After all of them: one date of a series may move to where another one was.
      const written = changes.map(({ row, change }) => ({ before: row, after: { ...row, ...change } }));
      await this.hostTimes.mustBeFree(written, by, session);
      return { result, settled };
    });
    for (const { row, changes } of settled) this.tell(row, changes);
    return result;
  }

  private async apply(row: WorkshopRow, change: WorkshopChange, session: ClientSession): Promise<Change[]> {
    const next = { ...row, ...change };
    // Kept with the change itself: whoever tells guests may die before. What moves as a draft has moved for nobody.
    if (row.publicPage && row.status === 'published' && next.revision > row.revision) {
      change = { ...change, guestNewsAt: this.clock.now() };
      await this.guestPlaces.touch(row._id, this.clock.now(), session);
    }
    if (row.onlineCapacity !== null && next.onlineCapacity === null) await this.becomeOneLine(next, session);
    if (row.lastOrder > 0 && hasOtherTimes(row, next)) await this.registrations.retime(row._id, timesOf(next), session);
    const settlement = await this.decide(next, leavingHosts(row, next), session);
    await this.save(next, settlement, session, change);
    return settlement.changes;
  }

  /** Where there is one way only, all are on site: those on line keep their places and their turn among the waiting. */
  private async becomeOneLine(row: WorkshopRow, session: ClientSession): Promise<void> {
    await this.registrations.allOnSite(row._id, session);
    row.going = { onsite: row.going.onsite + row.going.online, online: 0 };
    row.waitlisted = { onsite: row.waitlisted.onsite + row.waitlisted.online, online: 0 };
    row.offered = { onsite: row.offered.onsite + row.offered.online, online: 0 };
  }

  private async settleBatch(workshopId: string, asks: Ask[]): Promise<Answer[]> {
    const together = new Map(
      asks.flatMap((ask) =>
        (ask.kind === 'join' || ask.kind === 'leave') && ask.together ? [[ask.userId, ask.together]] : [],
      ),
    );
    const { row, settlement } = await this.transactions.run(async (session) => {
      const row = await this.workshops.lock(idOf(workshopId), session);
      if (!row) throw notFound();
      const settlement = await this.decide(row, await this.withClashes(row, asks, session), session);
      await this.save(row, settlement, session, {}, together);
      return { row, settlement };
    });
    this.tell(row, settlement.changes, together);
    return settlement.answers;
  }

  /** The asks, and of those who were not asked yet whether they have something else at the time. */
  private async withClashes(row: WorkshopRow, asks: Ask[], session: ClientSession): Promise<Ask[]> {
    const unasked = asks.filter(isUnasked);
    if (unasked.length === 0 || row.status !== 'published') return asks;
    const people = unasked.flatMap(peopleOf);
    const found = await this.clashes.inTurn(plannedFor(row, people), session);
    const over = new Set(found.map(({ userId }) => userId));
    return asks.map((ask) =>
      isUnasked(ask) ? { ...ask, over: new Set(peopleOf(ask).filter((one) => over.has(one))) } : ask,
    );
  }

  private async decide(row: WorkshopRow, asks: Ask[], session: ClientSession): Promise<Settlement> {
    const askers = [...new Set(asks.flatMap(peopleOf))].map(idOf);
    const places = this.placesOf(row);
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
    change: WorkshopChange = {},
    together: TogetherOf = new Map(),
  ): Promise<void> {
    if (changes.length === 0 && Object.keys(change).length === 0) return;
    const now = this.clock.now();
    // Whoever plans for one of them at this time comes before or after, and then sees it.
    const gets = changes.filter(({ from, to, guest }) => to === 'going' && from !== 'going' && !guest);
    await this.clashes.takeTurn(
      plannedFor(
        { ...row, ...change },
        gets.map(({ userId }) => userId),
      ),
      session,
    );
    const writes = changes.map((one) => {
      const what = newsOf(one);
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
        ...(one.from !== one.to && { news: what && { what, at: now, ...actOf(inAct(one, together)) } }),
        ...timesOf(row),
        changedAt: now,
        isNew: one.order > row.lastOrder,
      };
    });
    await this.registrations.write(writes, session);
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

  private tell(row: WorkshopRow, changes: readonly Change[], together: TogetherOf = new Map()): void {
    for (const change of changes) {
      const { userId, from, to, promoted, lapsed, until, guest } = change;
      if (until !== null) void this.alarms.set(workshopOffers, row._id, new Date(until));
      const ids = { cohortId: String(row.cohortId), workshopId: String(row._id), userId };
      if (from === to) {
        if (!guest && SWITCHES.has(to)) this.bus.publish(registrationSwitched, ids);
        continue;
      }
      if (guest) {
        this.bus.publish(guestPlaceChanged, { workshopId: ids.workshopId, guestId: userId });
        continue;
      }
      this.bus.publish(registrationChanged, {
        ...ids,
        from,
        to,
        promoted,
        lapsed,
        ...(inAct(change, together) && { together: true }),
      });
    }
  }
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

/** Who asked for several dates at once, by their id. */
type TogetherOf = ReadonlyMap<string, Together>;

/** What one notice of the act tells. A place that is held, given or lost meanwhile is news of its own, with its own words. */
const OF_AN_ACT: ReadonlySet<PlaceNews | null> = new Set(['registered', 'waitlisted', 'left']);

const inAct = (change: Change, together: TogetherOf): Together | undefined =>
  OF_AN_ACT.has(newsOf(change)) ? together.get(change.userId) : undefined;

const actOf = (together: Together | undefined) =>
  together && { actId: idOf(together.actId), ...(together.grown && { grown: true as const }) };

/** A change from one of these to the same is one between on site and online. */
const SWITCHES: ReadonlySet<RegistrationStatus> = new Set(['going', 'waitlisted']);

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
