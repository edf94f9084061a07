import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Nights } from '../../cohorts/nights/nights.js';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { type SubjectRef, refKey } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';

const AT_A_TIME = 200;

/** Plans all of a cohort again from state, so that a second time changes nothing: when its rules, its days or its zone changed, and once a night. */
@Injectable()
export class CohortPlanner implements OnModuleInit {
  constructor(
    private readonly nights: Nights,
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly planner: ReminderPlanner,
    private readonly reminders: ReminderPlansRepository,
  ) {}

  onModuleInit(): void {
    this.nights.compareEach(async ({ _id, state }) => {
      if (state === 'running') await this.plan(String(_id));
    });
  }

  /**
   * Every subject to come, of every kind, and all of which something is still planned: a letter of a week that is no longer in the residency, say, is in no list of
   * what is to come. Where one fails the others are planned all the same.
   */
  async plan(cohortId: string): Promise<void> {
    const now = this.clock.now();
    const seen = new Set<string>();
    const lists = [
      ...this.sources.all.map((source) => () => source.ofCohort(cohortId, now)),
      () => this.reminders.plannedIn(cohortId, now),
    ];
    await tryEach(lists, async (list) => {
      const refs = (await list()).filter((ref) => !seen.has(refKey(ref)));
      for (const ref of refs) seen.add(refKey(ref));
      await tryEach(pagesOf(refs), (page) => this.planner.plan(page));
    });
  }
}

const pagesOf = (refs: readonly SubjectRef[]): SubjectRef[][] =>
  Array.from({ length: Math.ceil(refs.length / AT_A_TIME) }, (_, page) =>
    refs.slice(page * AT_A_TIME, (page + 1) * AT_A_TIME),
  );
