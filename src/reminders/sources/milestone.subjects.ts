import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import type { Milestone } from '../../contracts/cohorts/cohorts.js';
import { dayOf, daysBetween, plusDays } from '../../common/times/zoned.js';
import { toIds } from '../../infra/mongo/ids.js';
import { FIRST_DAY, beside } from '../days/cohort-days.js';
import { closes, phaseOf } from '../days/same-day.js';
import {
  AHEAD_MS,
  type LoadedSubject,
  type ReminderContent,
  type SubjectRef,
  type SubjectSource,
} from './subject-source.js';

const LAST_DAY = '9999-12-31';
const WITH_MILESTONES = ['fellow', 'coach', 'host', 'staff'] as const;

/** Milestones: everybody in a running cohort is reminded of them. */
@Injectable()
export class MilestoneSubjects implements SubjectSource {
  readonly type = 'milestone' as const;
  readonly followsCohort = true;

  constructor(
    private readonly milestones: Milestones,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const cohortIds = [...new Set(refs.map((ref) => ref.cohortId))];
    const [cohorts, milestones] = await Promise.all([
      this.cohorts.byIds(toIds(cohortIds)),
      this.milestones.between(cohortIds, FIRST_DAY, LAST_DAY),
    ]);
    const asked = new Set(refs.map((ref) => ref.id));
    const byCohort = await Promise.all(
      cohorts.map(async (cohort) => {
        const people = await this.peopleOf(cohort);
        const own = milestones.filter(({ cohortId }) => cohortId === String(cohort._id));
        const calendar = { startsOn: cohort.startsOn, endsOn: cohort.endsOn, milestones: own };
        return own
          .filter(({ id }) => asked.has(id))
          .map((milestone): LoadedSubject => ({
            type: this.type,
            id: milestone.id,
            cohortId: milestone.cohortId,
            // Its day is all that can move, so the day is its revision.
            revision: daysBetween(FIRST_DAY, milestone.on),
            title: milestone.title,
            titleKey: milestone.titleKey,
            isLive: cohort.state === 'running',
            time: { on: milestone.on, timeZone: cohort.timeZone },
            people,
            ...beside({ type: this.type, id: milestone.id }, milestone.on, calendar),
            content: (_userId, rung) => contentOf(milestone, cohort, rung),
          }));
      }),
    );
    return byCohort.flat();
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    const memberships = await this.members.ofPerson(userId);
    return await this.ofCohorts(
      memberships.map((membership) => membership.cohortId),
      from,
    );
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    return await this.ofCohorts([cohortId], from);
  }

  /** The milestones of some cohorts that are still to come. */
  async ofCohorts(cohortIds: readonly string[], from: Date): Promise<SubjectRef[]> {
    const today = dayOf(from, 'UTC');
    const last = dayOf(new Date(from.getTime() + AHEAD_MS), 'UTC');
    const milestones = await this.milestones.between(cohortIds, plusDays(today, -1), last);
    return milestones.map(({ id, cohortId }) => ({ type: this.type, id, cohortId }));
  }

  private async peopleOf(cohort: CohortRow): Promise<LoadedSubject['people']> {
    if (cohort.state !== 'running') return [];
    const members = await this.members.list(String(cohort._id), { roles: WITH_MILESTONES });
    return members.map(({ userId }) => ({ userId, why: 'member' }));
  }
}

/** It says, too, which phase ends with it: that has no reminder of its own then (`same-day.ts`). */
function contentOf(
  { id, cohortId, title, titleKey, on }: Milestone & { cohortId: string },
  { phases }: CohortRow,
  rung: string,
): ReminderContent {
  const ends = phaseOf(
    phases.find((phase) => closes(on, phase)),
    on,
  );
  return { link: `/c/${cohortId}/calendar`, params: { milestoneId: id, title, titleKey, on, rung, ...ends } };
}
