import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock, HOUR } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { CohortPlanner } from './cohort-planner.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';

const EVERY_MS = 6 * HOUR;
const COHORTS_A_ROUND = 20;
const PLANNED_A_ROUND = 3;

/**
 * Heals the reminders of what changes by many hands (days of the cohort, who is in it, actions, questions): goes round the running cohorts, a few at a time,
 * and plans each again every six hours. The work of a turn is bounded however many cohorts there are.
 */
@Injectable()
export class CohortRounds {
  private place: Types.ObjectId | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly cohorts: CohortsRepository,
    private readonly marks: ReminderMarksRepository,
    private readonly planned: CohortPlanner,
  ) {}

  async go(): Promise<void> {
    const cohorts = await this.cohorts.page(this.place, COHORTS_A_ROUND);
    const running = cohorts.filter(({ state }) => state === 'running').map(({ _id }) => String(_id));
    const stale = await this.stale(running);
    let planned = 0;
    const heal = async (cohortId: string) => {
      if (planned === PLANNED_A_ROUND) return;
      await this.heal(cohortId);
      planned += 1;
    };
    try {
      await tryEach([() => this.planned.planFor(running), () => tryEach(stale, heal)], (work) => work());
    } finally {
      // Stay where there is more to do. What failed is not waited for: its turn comes again with the next round.
      if (planned < PLANNED_A_ROUND || stale.length === planned)
        this.place = cohorts.length === COHORTS_A_ROUND ? (cohorts.at(-1)?._id ?? null) : null;
    }
  }

  private async stale(cohortIds: readonly string[]): Promise<string[]> {
    const before = this.clock.now().getTime() - EVERY_MS;
    const marks = await this.marks.find(cohortIds.map(markOf));
    return cohortIds.filter((id) => (marks.get(markOf(id))?.changedAt.getTime() ?? 0) <= before);
  }

  private async heal(cohortId: string): Promise<void> {
    const changedAt = this.clock.now();
    await this.planned.planDays(cohortId);
    await this.marks.save([{ _id: markOf(cohortId), changedAt }]);
  }
}

const markOf = (cohortId: string) => `cohort-${cohortId}`;
