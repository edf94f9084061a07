import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { ActorsNow } from '../members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { invalidField, notFound } from '../../common/problem.js';
import type { CreateMilestone, Milestone, UpdateMilestone } from '../../contracts/cohorts/cohorts.js';
import type { PageQuery } from '../../contracts/primitives.js';
import type { Ask } from '../../infra/mongo/asked-together.js';
import { idOf, newId, toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { mustRun, phaseAt } from '../cohort-rules.js';
import type { CohortRow } from '../cohort.schema.js';
import { milestoneChanged } from '../cohorts.events.js';
import { CohortsRepository } from '../cohorts.repository.js';
import type { MilestoneRow } from './milestone.schema.js';
import { MilestonesRepository } from './milestones.repository.js';

/** A milestone as other rooms need it: `revision` rises when its day changes. */
export interface MilestoneFacts extends Milestone {
  cohortId: string;
  revision: number;
  changedAt: Date;
}

/** A milestone where its phase is nobody's business: in a calendar. */
export type MilestoneDay = Omit<MilestoneFacts, 'phase'>;

/** The milestones of a cohort, by day. Exported for agenda, calendar and reminders. */
@Injectable()
export class Milestones {
  constructor(
    private readonly milestones: MilestonesRepository,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async page(
    actor: CohortActor,
    { limit, cursor }: PageQuery,
  ): Promise<{ items: Milestone[]; nextCursor: string | null }> {
    const [cohort, rows] = await Promise.all([
      this.cohort(actor.cohortId),
      this.milestones.page(idOf(actor.cohortId), cursor === undefined ? null : placeFrom(cursor), limit + 1),
    ]);
    const { items, nextCursor } = pageOf(rows, limit, (row) => [row.on, String(row._id)]);
    return { items: items.map((row) => present(row, cohort)), nextCursor };
  }

  /** Milestones of some cohorts on days from `from` to `to`, plain dates, both included. For agenda and reminders. */
  async between(cohortIds: readonly string[], from: string, to: string): Promise<MilestoneFacts[]> {
    const ids = toIds(cohortIds);
    const [rows, cohorts] = await Promise.all([this.milestones.between(ids, from, to), this.cohorts.byIds(ids)]);
    const byId = new Map(cohorts.map((cohort) => [String(cohort._id), cohort]));
    return rows.flatMap((row) => {
      const cohort = byId.get(String(row.cohortId));
      return cohort ? [{ ...present(row, cohort), ...dayOf(row) }] : [];
    });
  }

  /** The same days among other questions; each row is one {@link dayOf}. */
  daysAsk(cohortIds: readonly string[], from: string, to: string): Ask<MilestoneRow> {
    return this.milestones.betweenAsk(toIds(cohortIds), from, to);
  }

  /** The days between two, of a cohort, for who asks when they are and no more. */
  async daysIn(cohortId: string, from: string, to: string): Promise<string[]> {
    return (await this.milestones.between([idOf(cohortId)], from, to)).map(({ on }) => on);
  }

  /** One milestone, or null. */
  async find(cohortId: string, milestoneId: string): Promise<Milestone | null> {
    const [cohort, id] = [toId(cohortId), toId(milestoneId)];
    const row = cohort && id && (await this.milestones.inCohort(cohort, id));
    return row ? present(row, await this.cohort(cohortId)) : null;
  }

  /** Throws 422 `/on` `outside_cohort`. */
  async create(actor: CohortActor, body: CreateMilestone): Promise<Milestone> {
    mustRun(actor);
    const cohort = await this.cohort(actor.cohortId);
    checkDay(body.on, cohort);
    const row = { _id: newId(), cohortId: cohort._id, titleKey: null, title: body.title, on: body.on };
    await this.changing(actor, String(row._id), (session) => this.milestones.insert([row], session));
    return present(row, cohort);
  }

  /** A title of one's own takes the place of the template's. */
  async update(actor: CohortActor, milestoneId: string, body: UpdateMilestone): Promise<Milestone> {
    const id = toId(milestoneId);
    const cohortId = idOf(actor.cohortId);
    if (!id || !(await this.milestones.inCohort(cohortId, id))) throw notFound();
    mustRun(actor);
    if (body.on !== undefined) checkDay(body.on, await this.cohort(actor.cohortId));
    const now = this.clock.now();
    await this.changing(actor, String(id), async (session) => {
      if (body.on !== undefined) await this.milestones.move(cohortId, [{ id, to: body.on }], now, session);
      if (body.title !== undefined) await this.milestones.rename(cohortId, id, body.title, now, session);
    });
    const milestone = await this.find(actor.cohortId, milestoneId);
    if (!milestone) throw notFound();
    return milestone;
  }

  async delete(actor: CohortActor, milestoneId: string): Promise<void> {
    const id = toId(milestoneId);
    if (!id) throw notFound();
    mustRun(actor);
    await this.changing(actor, String(id), async (session) => {
      if (!(await this.milestones.delete(idOf(actor.cohortId), id, session))) throw notFound();
    });
  }

  private async changing(
    actor: CohortActor,
    milestoneId: string,
    act: (session: ClientSession) => Promise<void>,
  ): Promise<void> {
    const { cohortId } = actor;
    await this.transactions.run(async (session) => {
      await this.actors.heldStill(actor, session);
      await act(session);
      await this.outbox.write(milestoneChanged, { cohortId, milestoneId }, session);
    });
  }

  private async cohort(cohortId: string): Promise<CohortRow> {
    const cohort = await this.cohorts.byId(idOf(cohortId));
    if (!cohort) throw notFound();
    return cohort;
  }
}

function placeFrom(cursor: string) {
  const [on, id] = decodeCursor(cursor, 2).map(String);
  const at = toId(id ?? '');
  if (on === undefined || !at) throw invalidField('/cursor', 'wrong_format');
  return { on, id: at };
}

/** Throws 422 `/on` `outside_cohort`. */
export function checkDay(on: string, cohort: Pick<CohortRow, 'startsOn' | 'endsOn'>): void {
  if (on < cohort.startsOn || on > cohort.endsOn) {
    throw invalidField('/on', 'outside_cohort', { startsOn: cohort.startsOn, endsOn: cohort.endsOn });
  }
}

/** A row as a calendar needs it. */
export function dayOf(row: MilestoneRow): MilestoneDay {
  return {
    id: String(row._id),
    cohortId: String(row.cohortId),
    titleKey: row.titleKey ?? null,
    title: row.title ?? null,
    on: row.on,
    revision: row.revision ?? 0,
    changedAt: row.changedAt ?? row._id.getTimestamp(),
  };
}

/** A milestone as the API shows it. */
export function present(
  row: Pick<MilestoneRow, '_id' | 'titleKey' | 'title' | 'on'>,
  cohort: Pick<CohortRow, 'phases'>,
): Milestone {
  return {
    id: String(row._id),
    titleKey: row.titleKey ?? null,
    title: row.title ?? null,
    on: row.on,
    phase: phaseAt(cohort.phases as never, row.on),
  };
}
