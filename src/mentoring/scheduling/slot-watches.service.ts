import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { conflict, notFound } from '../../common/problem.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { SlotWatch } from '../../contracts/mentoring/slot-watches.js';
import { idOf, newId, toId, toIds } from '../../infra/mongo/ids.js';
import { nextOf } from './refusals.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { Coaches } from '../coaches/coaches.service.js';
import { type FreeSlot, slotsOf } from './slots.js';
import type { SlotWatchRow } from './slot-watch.schema.js';
import { SlotWatchesRepository } from './slot-watches.repository.js';
import { calendarsOf } from '../availability/taken-time.js';

const LOOK_AHEAD = 62 * DAY;

/** Somebody to be told: the coach they wait for has a slot at which they are free, too. */
export interface ReadyWatch {
  id: string;
  cohortId: string;
  userId: string;
  coachId: string;
  startsAt: Date;
  endsAt: Date;
}

/** Who waits for a coach that is full. Whether there is something to tell is worked out from what is now, whatever happened. */
@Injectable()
export class SlotWatches {
  constructor(
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly coaches: Coaches,
    private readonly calendars: CoachCalendars,
    private readonly watches: SlotWatchesRepository,
  ) {}

  async mine(actor: CohortActor): Promise<{ items: SlotWatch[]; nextCursor: null }> {
    const rows = await this.watches.ofPerson(idOf(actor.userId), idOf(actor.cohortId));
    return { items: rows.map(toWatch), nextCursor: null };
  }

  /** Throws 404 for who is no coach here, 409 `has_free_slot` with `next`, 409 `cohort_closed`. */
  async watch(actor: CohortActor, coachId: string): Promise<SlotWatch> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    const coach = await this.members.find(actor.cohortId, coachId);
    if (coach?.role !== 'coach') throw notFound();
    const free = (await this.freeFor(actor.cohortId, coach.userId, [actor.userId])).get(actor.userId) ?? [];
    if (free.length > 0) {
      const next = nextOf(free, this.clock.now().getTime());
      throw conflict('has_free_slot', 'This coach has a free slot.', { next });
    }
    const [cohort, user, id] = [idOf(actor.cohortId), idOf(actor.userId), idOf(coach.userId)];
    const createdAt = this.clock.now();
    return toWatch(await this.watches.put({ _id: newId(), cohortId: cohort, userId: user, coachId: id, createdAt }));
  }

  async stop(actor: CohortActor, coachId: string): Promise<void> {
    const id = toId(coachId);
    if (id) await this.watches.remove(idOf(actor.cohortId), idOf(actor.userId), id);
  }

  /** The coaches for whom somebody waits: for a turn that heals. */
  async watched(): Promise<string[]> {
    return await this.watches.coaches();
  }

  /** Who waits for a coach and can be told of a slot now. Who can book no more (left, cohort closed) waits no longer. */
  async ready(coachId: string): Promise<ReadyWatch[]> {
    const rows = await this.watches.ofCoach(idOf(coachId));
    const byCohort = new Map<string, SlotWatchRow[]>();
    for (const row of rows) {
      const known = byCohort.get(String(row.cohortId)) ?? [];
      byCohort.set(String(row.cohortId), [...known, row]);
    }
    const found = await Promise.all(
      [...byCohort].map(([cohortId, waiting]) => this.readyIn(cohortId, coachId, waiting)),
    );
    return found.flat();
  }

  /** They were told. */
  async consume(watchIds: readonly string[]): Promise<void> {
    await this.watches.consume(toIds(watchIds));
  }

  private async readyIn(cohortId: string, coachId: string, rows: readonly SlotWatchRow[]): Promise<ReadyWatch[]> {
    const [cohort, members] = await Promise.all([
      this.cohorts.byId(idOf(cohortId)),
      this.members.list(cohortId, { roles: ['fellow'], userIds: rows.map((row) => String(row.userId)) }),
    ]);
    const fellows = new Set(cohort?.state === 'closed' ? [] : members.map((member) => member.userId));
    const [still, gone] = [true, false].map((stays) => rows.filter((row) => fellows.has(String(row.userId)) === stays));
    await this.watches.consume((gone ?? []).map((row) => row._id));
    const free = await this.freeFor(cohortId, coachId, [...fellows]);
    return (still ?? []).flatMap((row) => {
      const slot = free.get(String(row.userId))?.[0];
      if (!slot) return [];
      const [startsAt, endsAt] = [new Date(slot.from), new Date(slot.to)];
      return [{ id: String(row._id), cohortId, userId: String(row.userId), coachId, startsAt, endsAt }];
    });
  }

  /** For each of these fellows the slots at which the coach is free and they are, too, in time order. */
  private async freeFor(
    cohortId: string,
    coachId: string,
    fellows: readonly string[],
  ): Promise<Map<string, FreeSlot[]>> {
    const offers = await this.coaches.offering(cohortId, coachId);
    if (!offers.has(coachId) || fellows.length === 0) return new Map();
    const now = this.clock.now().getTime();
    const range = { from: now, to: now + LOOK_AHEAD };
    const question = { people: [coachId, ...fellows], coaches: [coachId], ...range };
    const { sessions, otherwise } = await this.calendars.allOf(question);
    return new Map(
      fellows.map((fellow) => {
        const { calendars, mine } = calendarsOf(offers, [fellow], sessions, otherwise);
        return [fellow, slotsOf(calendars, { now, ...range, mine }).free];
      }),
    );
  }
}

const toWatch = (row: SlotWatchRow): SlotWatch => ({
  coachId: String(row.coachId),
  since: row.createdAt.toISOString(),
});
