import { Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { titleFrom } from '../../common/texts/cut.js';
import { CYCLE_OF } from '../../contracts/mentoring/cycles.js';
import { idOf } from '../../infra/mongo/ids.js';
import { type CycleFacts, CyclesReader } from '../../mentoring/cycles/cycles.reader.js';
import { CycleNotices } from '../../notifications/notices/mentoring/cycle.notices.js';
import { type LoadedSubject, type ReminderContent, type SubjectRef, type SubjectSource } from './subject-source.js';

/** Cycles of four sessions: its two are reminded a week before its last day of sessions that are not even booked. */
@Injectable()
export class CycleSubjects implements SubjectSource {
  readonly type = 'cycle' as const;
  readonly followsCohort = true;

  constructor(
    private readonly cycles: CyclesReader,
    private readonly cohorts: CohortsRepository,
    private readonly notices: CycleNotices,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const [cycles, cohorts] = await Promise.all([
      this.cycles.byIds(refs.map((ref) => ref.id)),
      this.cohorts.byIds([...new Set(refs.map((ref) => ref.cohortId))].map(idOf)),
    ]);
    // In a closed cohort nothing is booked any more.
    const running = new Set(cohorts.filter(({ state }) => state === 'running').map(({ _id }) => String(_id)));
    return cycles.map((cycle) => this.subjectOf(cycle, running.has(cycle.cohortId)));
  }

  async ofPerson(userId: string): Promise<SubjectRef[]> {
    return (await this.cycles.openOf(userId)).map(({ id, cohortId }) => ({ type: this.type, id, cohortId }));
  }

  async ofCohort(cohortId: string): Promise<SubjectRef[]> {
    return (await this.cycles.openIn(cohortId)).map(({ id }) => ({ type: this.type, id, cohortId }));
  }

  private subjectOf(cycle: CycleFacts, isRunning: boolean): LoadedSubject {
    const { id, cohortId, revision, goal, state, counted, until, timeZone, coachId, fellowId } = cycle;
    return {
      ...{ type: this.type, id, cohortId, revision },
      title: titleFrom(goal),
      titleKey: null,
      isLive: state === 'open' && counted < CYCLE_OF && isRunning,
      time: { on: until, timeZone },
      people: [fellowId, coachId].map((userId) => ({ userId, why: 'cycle' })),
      content: (userId) => this.contentOf(cycle, userId),
    };
  }

  private async contentOf(cycle: CycleFacts, userId: string): Promise<ReminderContent> {
    const params = await this.notices.paramsFor(cycle);
    return { link: `/c/${cycle.cohortId}/coaching/cycles/${cycle.id}`, params: params(userId) };
  }
}
