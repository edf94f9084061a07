import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { Ladders } from '../schedule/ladders.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { ClosedDaysReader } from '../../cohorts/timeline/closed-days.reader.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';
import { markId } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

const AT_A_TIME = 200;

/** Plans all of a cohort anew, when its ladder, its zone, its pauses or its country changed: from state, so that a second time changes nothing. */
@Injectable()
export class CohortPlanner {
  constructor(
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly planner: ReminderPlanner,
    private readonly ladders: Ladders,
    private readonly rest: ClosedDaysReader,
    private readonly marks: ReminderMarksRepository,
    private readonly reminders: ReminderPlansRepository,
  ) {}

  /** Every subject to come, of every kind. */
  async plan(cohortId: string): Promise<void> {
    await tryEach(this.sources.all, async (source) => {
      const refs = await source.ofCohort(cohortId, this.clock.now());
      for (let at = 0; at < refs.length; at += AT_A_TIME) {
        await this.planner.planAnew(refs.slice(at, at + AT_A_TIME));
      }
    });
  }

  /** The same where it was not yet done for the ladder and the pauses as they are; for which it was is kept, so that what an event lost is done. */
  async planFor(cohortIds: readonly string[]): Promise<void> {
    const [marks, ladders, rest] = await Promise.all([
      this.marks.find(cohortIds.map(markOf)),
      this.ladders.of(cohortIds),
      this.rest.of(cohortIds),
    ]);
    await tryEach(ladders, async ([cohortId, { revision }]) => {
      const mark = marks.get(markOf(cohortId));
      const pauses = rest.get(cohortId)?.key ?? '';
      if ((mark?.ladder ?? 0) === revision && (mark?.pauses ?? '') === pauses) return;
      await this.plan(cohortId);
      await this.planDays(cohortId);
      await this.marks.saveLadder(markOf(cohortId), { ladder: revision, pauses }, this.clock.now());
    });
  }

  /**
   * What follows the days of a cohort and who is in it, and all of these kinds of which something is still planned: a letter of a week that
   * is no longer in the residency, say, is in no list of what is to come.
   */
  async planDays(cohortId: string): Promise<void> {
    const now = this.clock.now();
    const types = this.sources.following().map(({ type }) => type);
    const [coming, planned] = await Promise.all([
      this.sources.daysOf(cohortId, now),
      this.reminders.plannedIn(cohortId, types, now),
    ]);
    const each = new Map([...coming, ...planned].map((ref) => [markId(ref), ref]));
    await this.planner.planAnew([...each.values()]);
  }
}

const markOf = (cohortId: string) => `ladder-${cohortId}`;
