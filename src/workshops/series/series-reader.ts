import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import type { SeriesDate, WorkshopSeries } from '../../contracts/workshops/workshop-series.js';
import type { Workshop } from '../../contracts/workshops/workshops.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';
import type { WorkshopSeriesRow } from './workshop-series.schema.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { mayLengthen, mayManage, mayPublish, maySee } from '../workshops.policy.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { WorkshopsView } from '../workshops.view.js';

/** A series and those of its dates that a member may see. */
export interface SeenSeries {
  series: WorkshopSeriesRow;
  rows: WorkshopRow[];
}

/** A series as one member sees it: as many queries as for one workshop. */
@Injectable()
export class SeriesReader {
  constructor(
    private readonly series: WorkshopSeriesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly view: WorkshopsView,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for one of which this member sees no date. */
  async seen(actor: CohortActor, seriesId: string): Promise<SeenSeries> {
    const id = toId(seriesId);
    const series = id && (await this.series.inCohort(idOf(actor.cohortId), id));
    const rows = series ? (await this.workshops.ofSeries(series._id)).filter((row) => maySee(actor, row)) : [];
    if (!series || rows.length === 0) throw notFound();
    return { series, rows };
  }

  async get(actor: CohortActor, seriesId: string): Promise<WorkshopSeries> {
    return await this.shown(actor, await this.seen(actor, seriesId));
  }

  /** As after an edit: who took themselves out of drafts is shown them as they left them, and not again. `before` is what they saw. */
  async getEdited(actor: CohortActor, { series, rows }: SeenSeries): Promise<WorkshopSeries> {
    const known = new Set(rows.map(({ _id }) => String(_id)));
    const [fresh, now] = await Promise.all([
      this.series.inCohort(series.cohortId, series._id),
      this.workshops.ofSeries(series._id),
    ]);
    if (!fresh) throw notFound();
    const still = now.filter((row) => known.has(String(row._id)) || maySee(actor, row));
    return await this.shown(actor, { series: fresh, rows: still });
  }

  private async shown(actor: CohortActor, { series, rows }: SeenSeries): Promise<WorkshopSeries> {
    const workshops = await this.view.many(actor, rows);
    const ahead = rows.filter((row) => row.startsAt > this.clock.now() && row.status !== 'cancelled');
    const live = actor.cohortState === 'running';
    const manages = live && ahead.length > 0 && ahead.every((row) => mayManage(actor, row));
    const drafts = ahead.filter((row) => row.status === 'draft');
    return {
      id: String(series._id),
      cohortId: String(series.cohortId),
      edition: series.edition,
      timeZone: series.timeZone,
      repeat: series.repeat,
      count: series.count,
      dates: workshops.map((workshop, index) => dateOf(workshop, rows[index])),
      abilities: {
        edit: manages,
        publish: live && drafts.some((row) => mayPublish(actor, row)),
        cancel: manages && drafts.length < ahead.length,
        lengthen: live && rows.some((row) => mayLengthen(actor, row)),
        discard: live && rows.some((row) => row.status === 'draft' && mayManage(actor, row)),
        join: workshops.filter(({ abilities }) => abilities.join).length > 1,
        leave:
          workshops.filter(({ abilities, startsAt }) => abilities.leave && new Date(startsAt) > this.clock.now())
            .length > 1,
      },
    };
  }
}

function dateOf(workshop: Workshop, row: WorkshopRow | undefined): SeriesDate {
  const { id, title, startsAt, endsAt, timeZone, place, status, going, waitlisted, offered, mine, abilities } =
    workshop;
  const places = workshop.capacity + (workshop.onlineCapacity ?? 0);
  return {
    ...{ workshopId: id, title, startsAt, endsAt, timeZone, place, status, going, waitlisted, mine },
    recurrenceId: (row?.recurrenceId ?? new Date(startsAt)).toISOString(),
    index: row?.seriesIndex ?? 1,
    placesLeft: Math.max(0, places - going - offered),
    abilities: { join: abilities.join, leave: abilities.leave },
  };
}
