import { Injectable } from '@nestjs/common';
import { idOf } from '../../infra/mongo/ids.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';

/** People on some dates of a series who may want to join the dates that one act added. */
export interface GrownToTell {
  actId: string;
  userIds: string[];
  workshopIds: string[];
}

/** Who is still to hear that a series has more dates. No rights are checked here: callers do. */
@Injectable()
export class SeriesNews {
  constructor(private readonly series: WorkshopSeriesRepository) {}

  /** Series of which somebody has waited since then, the longest first. */
  async waitingSince(before: Date, limit: number): Promise<string[]> {
    return (await this.series.untold(before, limit)).map(String);
  }

  /** Whom to tell of a series, by the act that added to it. */
  async ofSeries(seriesId: string): Promise<GrownToTell[]> {
    const series = await this.series.byId(idOf(seriesId));
    return (series?.news ?? []).map(({ actId, userIds, workshopIds }) => ({
      actId: String(actId),
      userIds: userIds.map(String),
      workshopIds: workshopIds.map(String),
    }));
  }

  /** They were told. */
  async told(seriesId: string, { actId }: Pick<GrownToTell, 'actId'>): Promise<void> {
    await this.series.told(idOf(seriesId), idOf(actId));
  }
}
