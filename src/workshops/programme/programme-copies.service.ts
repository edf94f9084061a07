import { Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { ClosedOn } from '../../cohorts/timeline/closed-days.js';
import { closedDaysOf } from '../../cohorts/timeline/closed-days.reader.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { type CopyProgramme, MAX_COPIED, type ProgrammeCopy } from '../../contracts/workshops/workshop-copies.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ProgrammeDrafts } from './programme-drafts.js';
import { type CohortDays, type PlannedCopy, planned, weeksBetween } from './programme.js';
import { DraftRoom } from '../draft-room.js';
import { WorkshopDrafts, mustBeRunning } from '../workshop-drafts.js';
import { WorkshopSeriesRepository } from '../series/workshop-series.repository.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { workshopDrafted } from '../workshops.events.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/** Two who copy at once write the same drafts: the one who comes second looks again at what is there. */
const TRIES = 3;

type Copy = PlannedCopy<WorkshopRow>;

/** What a copy would make in a cohort that is not there yet. */
interface Ahead {
  drafts: Copy[];
  outside: number;
  left: number;
}

/** A programme as it would stand in the new cohort; `made` are the copies there, by the workshop they were made of. */
interface Plan {
  weeks: number;
  copies: Copy[];
  made: Map<string, string>;
  members: Set<string>;
}

/** The workshops of one cohort, as drafts in another. */
@Injectable()
export class ProgrammeCopies {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly series: WorkshopSeriesRepository,
    private readonly drafts: WorkshopDrafts,
    private readonly room: DraftRoom,
    private readonly programmeDrafts: ProgrammeDrafts,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** What a copy would make; nothing is kept. */
  async preview(actor: CohortActor, body: CopyProgramme): Promise<ProgrammeCopy> {
    return toTable(await this.plan(actor, body), 0);
  }

  /**
   * What would become drafts in a cohort that is not there yet, by its days, how many of them outside of those, and how many workshops would not. Throws 409
   * `too_many_workshops`. It does not ask who may read the other one.
   */
  async ahead(from: CohortRow, to: CohortDays, closed: ClosedOn): Promise<Ahead> {
    const weeks = weeksBetween(from.startsOn, to.startsOn);
    const rules = { weeks, closed, onClosed: 'move', to, now: this.clock.now() } as const;
    const copies = planned(await this.rowsOf(from, undefined), rules);
    const drafts = copies.filter(({ fate }) => fate === 'copy');
    return { drafts, outside: drafts.filter(({ outside }) => outside).length, left: copies.length - drafts.length };
  }

  /** Makes the drafts that are not there yet, all or none; run again it makes what came since. Throws 404, 403, 409 `cohort_closed`. */
  async copy(actor: CohortActor, body: CopyProgramme): Promise<ProgrammeCopy> {
    for (let left = TRIES; ; left -= 1) {
      const plan = await this.plan(actor, body);
      try {
        const made = await this.write(actor, plan);
        return toTable({ ...plan, made: new Map([...plan.made, ...made]) }, made.size);
      } catch (error) {
        if (!isDuplicateKey(error) || left === 0) throw error;
      }
    }
  }

  private async plan(actor: CohortActor, body: CopyProgramme): Promise<Plan> {
    mustBeRunning(actor);
    const [from, to] = await this.bothCohorts(actor, body.fromCohortId);
    const rows = await this.rowsOf(from, body.only);
    const weeks = weeksBetween(from.startsOn, to.startsOn);
    const { on: closed } = await closedDaysOf(to, { locale: body.locale });
    const copies = planned(rows, { weeks, closed, onClosed: body.onClosed, to, now: this.clock.now() });
    const hosts = [...new Set(rows.flatMap((row) => row.hosts.map(String)))];
    const [made, members] = await Promise.all([
      this.workshops.copiesIn(
        to._id,
        rows.map(({ _id }) => _id),
      ),
      this.drafts.membersOf(actor.cohortId, hosts),
    ]);
    return { weeks, copies, made, members };
  }

  /** The other cohort and this one. Who is not in the other gets 404, who is not of its staff 403. */
  private async bothCohorts(actor: CohortActor, fromCohortId: string): Promise<[CohortRow, CohortRow]> {
    if (fromCohortId.toLowerCase() === actor.cohortId) throw invalidField('/fromCohortId', 'same_cohort');
    const there = await this.members.actorIn(actor, fromCohortId);
    if (!there || there.role === 'admin') throw notFound();
    if (there.role !== 'staff') throw forbidden();
    const both = await this.cohorts.byIds([idOf(there.cohortId), idOf(actor.cohortId)]);
    const [from, to] = [there.cohortId, actor.cohortId].map((id) => both.find(({ _id }) => String(_id) === id));
    if (!from || !to) throw notFound();
    return [from, to];
  }

  /** A proposal that was never published is no part of the programme. */
  private async rowsOf(from: CohortRow, only: readonly string[] | undefined): Promise<WorkshopRow[]> {
    const rows = await this.workshops.programme(from._id, MAX_COPIED + 1);
    if (rows.length > MAX_COPIED)
      throw conflict('too_many_workshops', 'More workshops than can be copied.', { most: MAX_COPIED });
    const wanted = only && new Set(only.map((id) => id.toLowerCase()));
    return rows.filter((row) => !wanted || wanted.has(String(row._id)));
  }

  /** The ids of the new drafts, by the workshop each was made of. */
  private async write(actor: CohortActor, { copies, made, members, weeks }: Plan): Promise<Map<string, string>> {
    const wanted = copies.filter(({ fate, row }) => fate === 'copy' && !made.has(String(row._id)));
    if (wanted.length === 0) return new Map();
    const { rows, series } = await this.programmeDrafts.of(actor, wanted, members, weeks);
    await this.room.admit(actor, { alone: rows.length });
    await this.transactions.run(async (session) => {
      for (const one of series) await this.series.insert(one, session);
      await this.room.write(actor, rows, session);
    });
    for (const { _id } of rows)
      this.bus.publish(workshopDrafted, { cohortId: actor.cohortId, workshopId: String(_id) });
    return new Map(rows.map((row) => [String(row.copiedFrom), String(row._id)]));
  }
}

function toTable({ weeks, copies, made, members }: Plan, count: number): ProgrammeCopy {
  return {
    weeks,
    made: count,
    items: copies.map(({ row, startsAt, endsAt, fate, closed, outside }) => {
      const workshopId = made.get(String(row._id)) ?? null;
      return {
        id: String(row._id),
        title: row.title,
        timeZone: row.timeZone,
        from: { startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() },
        to: { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
        fate: workshopId === null ? fate : 'copied',
        closed,
        outside,
        hostsLeft: row.hosts.filter((host) => !members.has(String(host))).length,
        series: row.seriesId ? { index: row.seriesIndex ?? 1, count: row.seriesCount ?? 1 } : null,
        workshopId,
      };
    }),
  };
}
