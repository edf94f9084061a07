import { Injectable } from '@nestjs/common';
import type { ClosedDays } from '../../cohorts/timeline/closed-days.js';
import { ClosedDaysReader } from '../../cohorts/timeline/closed-days.reader.js';
import { type KnownLadder, Ladders, USUAL } from './ladders.js';

/** By what the reminders of a cohort are planned: its ladder, and the days on which it is closed (null for a cohort that is gone). */
export interface CohortSchedule extends KnownLadder {
  closed: ClosedDays | null;
}

/** What all plans of a cohort go by, as it is now. */
@Injectable()
export class CohortSchedules {
  constructor(
    private readonly ladders: Ladders,
    private readonly closedDays: ClosedDaysReader,
  ) {}

  /** Of some cohorts, by id. */
  async of(cohortIds: readonly string[]): Promise<Map<string, CohortSchedule>> {
    const distinct = [...new Set(cohortIds)];
    const [ladders, closed] = await Promise.all([this.ladders.of(distinct), this.closedDays.of(distinct)]);
    return new Map(distinct.map((id) => [id, { ...(ladders.get(id) ?? USUAL), closed: closed.get(id) ?? null }]));
  }
}

/** Whether both would plan the same. */
export const isSameSchedule = (one: CohortSchedule | undefined, other: CohortSchedule | undefined): boolean =>
  one?.revision === other?.revision && one?.closed?.key === other?.closed?.key;
