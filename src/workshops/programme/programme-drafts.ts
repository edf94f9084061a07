import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { plusDays } from '../../common/times/zoned.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import type { PlannedCopy } from './programme.js';
import { fieldsAt } from './workshop-copy.js';
import { WorkshopDrafts } from '../workshop-drafts.js';
import type { NewWorkshop } from '../workshop.schema.js';
import { WorkshopSeriesRepository } from '../series/workshop-series.repository.js';
import type { WorkshopSeriesRow } from '../series/workshop-series.schema.js';
import type { WorkshopRow } from '../workshop.schema.js';

type Copy = PlannedCopy<WorkshopRow>;

/** The rows of a copied programme. */
@Injectable()
export class ProgrammeDrafts {
  constructor(
    private readonly series: WorkshopSeriesRepository,
    private readonly drafts: WorkshopDrafts,
    private readonly clock: Clock,
  ) {}

  /** Drafts for these copies, and the series that are new with them. Dates come into the series that an earlier copy made of theirs. */
  async of(
    actor: CohortActor,
    copies: readonly Copy[],
    members: ReadonlySet<string>,
    weeks: number,
  ): Promise<{ rows: NewWorkshop[]; series: WorkshopSeriesRow[] }> {
    const known = await this.knownSeries(actor, copies);
    const old = [...new Set(copies.flatMap(({ row }) => (row.seriesId ? [String(row.seriesId)] : [])))];
    const missing = await this.series.byIds(old.filter((id) => !known.has(id)).map(idOf));
    const series = missing.map((one) => this.copyOf(actor, one, weeks));
    const ids = new Map([...known, ...missing.map(({ _id }, index) => [String(_id), series[index]?._id] as const)]);
    const rows = copies.map((copy) => this.draftOf(actor, copy, members, ids.get(String(copy.row.seriesId))));
    return { rows, series };
  }

  /** Series of before, by the series they were made of. */
  private async knownSeries(actor: CohortActor, copies: readonly Copy[]): Promise<Map<string, Types.ObjectId>> {
    const old = [...new Set(copies.flatMap(({ row }) => (row.seriesId ? [String(row.seriesId)] : [])))];
    const made = await this.series.madeByAll(idOf(actor.cohortId), old.map(actOf));
    return new Map(made.map(({ _id, key }) => [key.slice(actOf('').length), _id]));
  }

  /** Planned as the old one was, so many weeks later; its key makes it once. */
  private copyOf(actor: CohortActor, old: WorkshopSeriesRow, weeks: number): WorkshopSeriesRow {
    const { growth: _growth, ...kept } = old;
    const { until } = old.repeat;
    return {
      ...kept,
      _id: newId(),
      cohortId: idOf(actor.cohortId),
      key: actOf(String(old._id)),
      repeat: { ...old.repeat, until: until === null ? null : plusDays(until, weeks * 7) },
      ...(old.firstDay !== undefined && { firstDay: plusDays(old.firstDay, weeks * 7) }),
      edition: 1,
      createdBy: idOf(actor.userId),
      createdAt: this.clock.now(),
    };
  }

  /** A date keeps its number in its series, so that those copied later find theirs. */
  private draftOf(
    actor: CohortActor,
    { row, startsAt, recurrenceId }: Copy,
    members: ReadonlySet<string>,
    seriesId: Types.ObjectId | undefined,
  ): NewWorkshop {
    const fields = {
      ...fieldsAt(row, startsAt),
      hosts: row.hosts.filter((host) => members.has(String(host))),
      invitedHosts: [],
    };
    return this.drafts.draft(actor, fields, {
      copiedFrom: row._id,
      ...(seriesId && {
        seriesId,
        recurrenceId: recurrenceId ?? startsAt,
        seriesIndex: row.seriesIndex ?? 1,
        seriesCount: row.seriesCount ?? 1,
      }),
    });
  }
}

/** The act that makes the copy of a series. */
const actOf = (seriesId: string) => `copy-${seriesId}`;
