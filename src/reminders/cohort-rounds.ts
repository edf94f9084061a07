import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Clock, HOUR } from '../common/clock.js';
import { MilestoneSubjects } from './milestone.subjects.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { ReminderPlanner } from './reminder-planner.js';

const EVERY_MS = 6 * HOUR;
const COHORTS_A_ROUND = 20;
const PLANNED_A_ROUND = 3;

/**
 * Heals the reminders of milestones, whose people and days change by many hands: goes round the running cohorts, a few at a time,
 * and plans each again every six hours. The work of a turn is bounded however many cohorts there are.
 */
@Injectable()
export class CohortRounds {
  private place: Types.ObjectId | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly cohorts: CohortsRepository,
    private readonly milestones: MilestoneSubjects,
    private readonly marks: ReminderMarksRepository,
    private readonly planner: ReminderPlanner,
  ) {}

  async go(): Promise<void> {
    const cohorts = await this.cohorts.page(this.place, COHORTS_A_ROUND);
    const now = this.clock.now();
    const marks = await this.marks.find(cohorts.map(({ _id }) => markOf(String(_id))));
    const isStale = (id: string) => (marks.get(markOf(id))?.changedAt.getTime() ?? 0) + EVERY_MS <= now.getTime();
    const stale = cohorts.filter(({ _id, state }) => state === 'running' && isStale(String(_id)));
    for (const { _id } of stale.slice(0, PLANNED_A_ROUND)) {
      await this.planner.plan('milestone', await this.milestones.ofCohorts([String(_id)], now));
      await this.marks.save([{ _id: markOf(String(_id)), changedAt: now }]);
    }
    // Stay where there is more to do.
    if (stale.length > PLANNED_A_ROUND) return;
    this.place = cohorts.length === COHORTS_A_ROUND ? (cohorts.at(-1)?._id ?? null) : null;
  }
}

const markOf = (cohortId: string) => `cohort-${cohortId}`;
