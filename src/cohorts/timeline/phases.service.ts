import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import { dayOf } from '../../common/times/zoned.js';
import type { Phase } from '../../contracts/cohorts/cohorts.js';
import type { MilestoneMove, PhasesPreview } from '../../contracts/cohorts/phase-moves.js';
import { idOf } from '../../infra/mongo/ids.js';
import { checkPhases, mustRun } from '../cohort-rules.js';
import type { CohortRow } from '../cohort.schema.js';
import { CohortsRepository } from '../cohorts.repository.js';
import type { MilestoneRow } from './milestone.schema.js';
import { MilestonesRepository } from './milestones.repository.js';
import { present } from './milestones.service.js';
import { type Move, milestoneMoves } from './phase-moves.js';
import { closedDaysOf } from './closed-days.reader.js';

/** Phases take their milestones along when they move: shown first, then done with them. */
@Injectable()
export class Phases {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly milestones: MilestonesRepository,
    private readonly clock: Clock,
  ) {}

  /** What would move, by day; saves nothing. Throws 422 for phases that cannot be, 409 `cohort_closed`. */
  async preview(actor: CohortActor, phases: readonly Phase[]): Promise<PhasesPreview> {
    mustRun(actor);
    checkPhases(phases);
    const cohort = await this.cohorts.byId(idOf(actor.cohortId));
    if (!cohort) throw notFound();
    const moves = await this.movesOf(cohort, phases, await this.milestones.ofCohort(cohort._id));
    return { moves: moves.map(({ milestone, to }): MilestoneMove => ({ ...present(milestone, cohort), movesTo: to })) };
  }

  /** Moves the milestones of a cohort, as it is before its phases become `phases`, within their transaction. */
  async takeAlong(cohort: CohortRow, phases: readonly Phase[], session: ClientSession): Promise<void> {
    const moves = await this.movesOf(cohort, phases, await this.milestones.ofCohort(cohort._id, session));
    const each = moves.map(({ milestone, to }) => ({ id: milestone._id, to }));
    await this.milestones.move(cohort._id, each, this.clock.now(), session);
  }

  private async movesOf(
    cohort: CohortRow,
    after: readonly Phase[],
    milestones: readonly MilestoneRow[],
  ): Promise<Move<MilestoneRow>[]> {
    const before = cohort.phases as unknown as Phase[];
    const { on } = await closedDaysOf(cohort);
    return milestoneMoves(before, after, milestones, dayOf(this.clock.now(), cohort.timeZone), on);
  }
}
