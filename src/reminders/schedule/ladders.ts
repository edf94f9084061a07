import { Injectable } from '@nestjs/common';
import { HOUR, MINUTE } from '../../common/times/clock.js';
import { dayOf, daysBetween } from '../../common/times/zoned.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { toIds } from '../../infra/mongo/ids.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import { LADDER, type Ladder, type Rung, ladderWith, leadOf, lengthOf } from './ladder.js';
import type { LadderRow } from './ladder.schema.js';
import { LaddersRepository } from './ladders.repository.js';

/** A ladder as it holds, and which change of it that is (0: none). */
export interface KnownLadder {
  revision: number;
  ladder: Ladder;
}

/** Of a cohort whose staff never changed any. */
export const USUAL: KnownLadder = { revision: 0, ladder: LADDER };

/** A ladder from what staff set. */
const knownLadderOf = ({ revision, rungs }: Pick<LadderRow, 'revision' | 'rungs'>): KnownLadder => ({
  revision,
  ladder: ladderWith(rungs),
});

/** The ladders by which cohorts are reminded, as they are now. */
@Injectable()
export class Ladders {
  private readonly reads = new BatchPerKey<string, KnownLadder>((_, cohortIds) => this.inOrder(cohortIds));

  constructor(private readonly ladders: LaddersRepository) {}

  /** Of some cohorts, by id. */
  async of(cohortIds: readonly string[]): Promise<Map<string, KnownLadder>> {
    const distinct = [...new Set(cohortIds)];
    const rows = new Map((await this.ladders.of(toIds(distinct))).map((row) => [String(row._id), row]));
    return new Map(
      distinct.map((id) => {
        const row = rows.get(id);
        return [id, row ? knownLadderOf(row) : USUAL];
      }),
    );
  }

  /** Of one cohort; those asked for while others are being read are read together. */
  async ofOne(cohortId: string): Promise<Ladder> {
    return (await this.reads.ask('ladders', cohortId)).ladder;
  }

  private async inOrder(cohortIds: readonly string[]): Promise<KnownLadder[]> {
    const known = await this.of(cohortIds);
    return cohortIds.map((id) => known.get(id) ?? USUAL);
  }
}

/**
 * Params whose lead is counted anew, where quiet hours, a weekend or a pause delayed the reminder: nobody reads "in 3 days" of what is
 * tomorrow, "24 hours before" three hours before, or "for 28 days" after 35. `now` is when it leaves, `timeZone` the reader's, in which days are counted.
 */
export function asOf(
  params: NoticeParams,
  rung: Pick<Rung, 'time' | 'unit' | 'count'>,
  now: Date,
  timeZone: string,
): NoticeParams {
  const { by } = rung.time;
  if (by === 'morningAfter' && typeof params.on === 'string')
    return { ...params, lead: `d${Math.max(rung.count, daysBetween(params.on, dayOf(now, timeZone)))}` };
  if (by === 'morning' && typeof params.on === 'string')
    return { ...params, lead: `d${Math.max(0, daysBetween(dayOf(now, timeZone), params.on))}` };
  if ((by !== 'exact' && by !== 'wall') || typeof params.startsAt !== 'string') return params;
  const left = Date.parse(params.startsAt) - now.getTime();
  return lengthOf(rung) - left > TOLERATED_MS && left > 0 ? { ...params, lead: leadLeft(left, now, timeZone) } : params;
}

/** Later than this it is said how long it still is. The clocks of a week differ by an hour where they turn in it. */
const TOLERATED_MS = 90 * MINUTE;

/** As people say it: in days from the day after tomorrow on, then in hours, at the end in minutes. */
function leadLeft(left: number, now: Date, timeZone: string): string {
  if (left >= 48 * HOUR)
    return `d${daysBetween(dayOf(now, timeZone), dayOf(new Date(now.getTime() + left), timeZone))}`;
  return left >= HOUR ? `h${Math.round(left / HOUR)}` : `m${Math.max(1, Math.round(left / MINUTE))}`;
}

/** The params of a notice as a rung of a ladder says it: how long before, and in whose words. */
export const saidBy = (params: NoticeParams, rung: Rung): NoticeParams => ({
  ...params,
  lead: leadOf(rung),
  ...(rung.text && { ownEn: rung.text.en, ownFr: rung.text.fr }),
});
