import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import { dayOf, plusDays } from '../../common/times/zoned.js';
import type { Phase } from '../../contracts/cohorts/cohorts.js';
import { type CohortDay, CohortDays } from '../days/cohort-days.js';
import { derivedId } from '../../common/derived-id.js';
import type { LoadedSubject, SubjectRef, SubjectSource } from './subject-source.js';

/** The ends of phases: everybody in a running cohort is reminded of them, its staff first of the committee. */
@Injectable()
export class PhaseSubjects implements SubjectSource {
  readonly type = 'phase' as const;
  readonly followsCohort = true;

  constructor(
    private readonly days: CohortDays,
    private readonly milestones: Milestones,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    return await this.days.load(this.type, refs, async (cohort) => {
      const { startsOn, endsOn } = cohort;
      const [members, milestones] = await Promise.all([
        this.days.peopleOf(cohort),
        this.milestones.between([String(cohort._id)], startsOn, endsOn),
      ]);
      const people = members.map(({ userId, role }) => ({ userId, why: role === 'staff' ? 'staff' : 'member' }));
      return cohort.phases.map((phase): CohortDay => ({
        id: idOfPhase(cohort, phase.key),
        on: phase.endsOn,
        title: phase.name ?? null,
        titleKey: phase.name ? null : phase.key,
        people,
        calendar: { startsOn, endsOn, milestones },
        content: (rung) => ({
          link: `/c/${String(cohort._id)}/calendar`,
          params: { title: phase.name ?? null, phaseKey: phase.key, on: phase.endsOn, rung },
        }),
      }));
    });
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    return this.refsOf(await this.days.cohortsOf(userId), from);
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    return this.refsOf(await this.days.cohort(cohortId), from);
  }

  private refsOf(cohorts: readonly CohortRow[], from: Date): SubjectRef[] {
    const yesterday = plusDays(dayOf(from, 'UTC'), -1);
    return cohorts.flatMap((cohort) =>
      cohort.phases
        .filter(({ endsOn }) => endsOn >= yesterday)
        .map(({ key }) => ({ type: this.type, id: idOfPhase(cohort, key), cohortId: String(cohort._id) })),
    );
  }
}

const idOfPhase = ({ _id }: CohortRow, key: string) => derivedId('phase', String(_id), key);

/** The last days of phases, by the ids of their subjects. */
export const phaseDays = (cohortId: string, phases: readonly Phase[]): Map<string, string> =>
  new Map(phases.map(({ key, endsOn }) => [derivedId('phase', cohortId, key), endsOn]));
