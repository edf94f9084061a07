import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { ClosedDaysReader } from '../../cohorts/timeline/closed-days.reader.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { dayOf } from '../../common/times/zoned.js';
import { invalidField } from '../../common/problem.js';
import type { Locale } from '../../contracts/primitives.js';
import {
  type CreateSeries,
  MAX_DATES,
  type PreviewSeries,
  type Repeat,
  type SeriesPreview,
} from '../../contracts/workshops/workshop-series.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { DraftRoom } from '../draft-room.js';
import { InvitedHosts } from '../invited-hosts.js';
import { type PlannedDate, type WallTimes, alongWith, datesOf } from './series.js';
import { WorkshopDrafts, mustBeRunning, toEdit, withoutInvited } from '../workshop-drafts.js';
import type { NewWorkshop } from '../workshop.schema.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';
import type { WorkshopSeriesRow } from './workshop-series.schema.js';
import { mustBePlannable, mustHaveFewHosts, mustKeepGoodWindow, mustKeepWithin } from '../workshop.js';
import { workshopDrafted } from '../workshops.events.js';
import type { WorkshopFields } from '../workshop-fields.js';

/** Works out the dates of a series, and makes them. */
@Injectable()
export class SeriesPlanning {
  constructor(
    private readonly series: WorkshopSeriesRepository,
    private readonly room: DraftRoom,
    private readonly drafts: WorkshopDrafts,
    private readonly invitedHosts: InvitedHosts,
    private readonly closedDays: ClosedDaysReader,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** The dates that would be made, and on which of them the cohort is closed. Throws 422 for too many, or none. */
  async preview(actor: CohortActor, body: PreviewSeries): Promise<SeriesPreview> {
    const times = { startsAt: new Date(body.startsAt), endsAt: new Date(body.endsAt), timeZone: body.timeZone };
    const dates = plan(times, body.repeat);
    return await this.shown(actor.cohortId, dates, body.locale);
  }

  /** Some dates, and what closes those on which the cohort is closed. */
  async shown(cohortId: string, dates: readonly PlannedDate[], locale: Locale): Promise<SeriesPreview> {
    const { on } = await this.closedDays.ofCohort(cohortId, { locale });
    const now = this.clock.now();
    return {
      dates: dates.map(({ date, startsAt, endsAt }) => ({
        date,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        closed: on(date),
        past: startsAt <= now,
      })),
    };
  }

  /** Makes all dates as drafts, or none; the same act (by its key) makes them once. Returns the id of the series. Throws as {@link DraftRoom}. */
  async create(actor: CohortActor, { key, repeat, except, ...body }: CreateSeries): Promise<string> {
    mustBeRunning(actor);
    const cohortId = idOf(actor.cohortId);
    const act = `${actor.userId}-${key}`;
    const made = await this.series.madeBy(cohortId, act);
    if (made) return String(made._id);
    const fields = toEdit(body);
    const dates = this.checked(fields, repeat, except);
    mustKeepWithin(fields);
    mustHaveFewHosts(fields);
    withoutInvited(actor, body);
    await this.drafts.mustBeMembers(actor, body.hosts);
    const series: WorkshopSeriesRow = {
      _id: newId(),
      cohortId,
      key: act,
      timeZone: fields.timeZone,
      repeat,
      count: dates.length,
      firstDay: dayOf(fields.startsAt, fields.timeZone),
      edition: 1,
      createdBy: idOf(actor.userId),
      createdAt: this.clock.now(),
    };
    const rows = dates.map((date, index) => this.dateOf(actor, series, fields, date, index));
    await this.room.admit(actor, { dates: rows.length });
    return await this.write(actor, series, rows, (session) =>
      this.invitedHosts.hold(actor, body.invitedHosts, session),
    );
  }

  private checked(fields: WorkshopFields, repeat: Repeat, except: readonly string[]): PlannedDate[] {
    const leftOut = new Set(except);
    const dates = plan(fields, repeat).filter(({ date }) => !leftOut.has(date));
    if (dates.length === 0) throw invalidField('/except', 'no_date_left');
    const now = this.clock.now();
    for (const date of dates) {
      mustBePlannable(date, now);
      mustKeepGoodWindow({ startsAt: date.startsAt, ...windowOf(fields, date) });
    }
    return dates;
  }

  private dateOf(
    actor: CohortActor,
    series: WorkshopSeriesRow,
    fields: WorkshopFields,
    date: PlannedDate,
    index: number,
  ): NewWorkshop {
    const { startsAt, endsAt } = date;
    return this.drafts.draft(
      actor,
      { ...fields, startsAt, endsAt, ...windowOf(fields, date) },
      { seriesId: series._id, recurrenceId: startsAt, seriesIndex: index + 1, seriesCount: series.count },
    );
  }

  /** A double click meets the series that the first one made. */
  private async write(
    actor: CohortActor,
    series: WorkshopSeriesRow,
    rows: readonly NewWorkshop[],
    hold: (session: ClientSession) => Promise<void>,
  ): Promise<string> {
    try {
      await this.transactions.run(async (session) => {
        await hold(session);
        await this.series.insert(series, session);
        await this.room.write(actor, rows, session);
      });
    } catch (error) {
      const made = isDuplicateKey(error) && (await this.series.madeBy(series.cohortId, series.key));
      if (!made) throw error;
      return String(made._id);
    }
    for (const { _id, cohortId } of rows)
      this.bus.publish(workshopDrafted, { cohortId: String(cohortId), workshopId: String(_id) });
    return String(series._id);
  }
}

/** Throws 422 for a first date of a wrong length, and for a rule that makes none or too many. */
function plan(first: WallTimes, repeat: Repeat): PlannedDate[] {
  if (first.endsAt <= first.startsAt) throw invalidField('/endsAt', 'before_start');
  if (repeat.until !== null && new Date(repeat.until) < new Date(first.startsAt.getTime() - DAY))
    throw invalidField('/repeat/until', 'before_start');
  const dates = datesOf(first, repeat);
  if (dates.length > MAX_DATES) throw invalidField('/repeat/until', 'too_many_dates', { most: MAX_DATES });
  if (dates.length === 0) throw invalidField('/repeat/until', 'no_date_left');
  return dates;
}

/** From when until when one may join a date: as for the first, so many days before. */
function windowOf({ opensAt, closesAt, ...first }: WorkshopFields, date: PlannedDate) {
  const there = { ...date, timeZone: first.timeZone };
  return { opensAt: alongWith(opensAt, first, there), closesAt: alongWith(closesAt, first, there) };
}
