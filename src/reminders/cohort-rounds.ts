import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Clock, HOUR } from '../common/clock.js';
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
    await this.planned.planFor(cohorts.filter(({ state }) => state === 'running').map(({ _id }) => String(_id)));
    const now = this.clock.now();
    const marks = await this.marks.find(cohorts.map(({ _id }) => markOf(String(_id))));
    const isStale = (id: string) => (marks.get(markOf(id))?.changedAt.getTime() ?? 0) + EVERY_MS <= now.getTime();
    const stale = cohorts.filter(({ _id, state }) => state === 'running' && isStale(String(_id)));
    for (const { _id } of stale.slice(0, PLANNED_A_ROUND)) {
      await this.planned.planDays(String(_id));
      await this.marks.save([{ _id: markOf(String(_id)), changedAt: now }]);
    }
    // Stay where there is more to do.
    if (stale.length > PLANNED_A_ROUND) return;
    this.place = cohorts.length === COHORTS_A_ROUND ? (cohorts.at(-1)?._id ?? null) : null;
  }
}

const markOf = (cohortId: string) => `cohort-${cohortId}`;
