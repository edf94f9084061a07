import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import { dayOf, plusDays } from '../../common/times/zoned.js';
import { type CohortDay, CohortDays } from '../days/cohort-days.js';
import { derivedId } from '../../common/derived-id.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import { HandOver, type Part } from './hand-over.js';
import { MOMENTS, type Moment, dayOfMoment } from '../days/moments.js';
import { closes, milestoneOn, phaseOf } from '../days/same-day.js';
import type { LoadedSubject, ReminderContent, SubjectRef, SubjectSource } from './subject-source.js';

/** The days by which everybody counts: the first of the residency, its middle, the beginning of its last month, its end. */
@Injectable()
export class ResidencySubjects implements SubjectSource {
  readonly type = 'residency' as const;
  readonly followsCohort = true;

  constructor(
    private readonly days: CohortDays,
    private readonly handOver: HandOver,
    private readonly milestones: Milestones,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    return await this.days.load(this.type, refs, async (cohort) => {
      const members = await this.days.peopleOf(cohort);
      const contentOf = this.contents(cohort, members);
      return MOMENTS.map((moment): CohortDay => ({
        id: idOfMoment(cohort, moment),
        on: dayOfMoment(cohort, moment),
        title: cohort.name,
        titleKey: null,
        people: members.map(({ userId }) => ({ userId, why: moment })),
        content: (rung, userId) => contentOf(moment, rung, userId),
      }));
    });
  }

  /** What each is told of such a day, by what they are there. What the last month's lists need is read with the first of them, for all. */
  private contents(
    cohort: CohortRow,
    members: readonly Part[],
  ): (moment: Moment, rung: string, userId: string) => Promise<ReminderContent> {
    const roles = new Map(members.map((one) => [one.userId, one.role]));
    let lists: ReturnType<HandOver['of']> | undefined;
    const besides = new Map<Moment, Promise<NoticeParams>>();
    return async (moment, rung, userId) => {
      const part = roles.get(userId) ?? 'fellow';
      const list = moment === 'last_month' ? (await (lists ??= this.handOver.of(cohort)))({ userId, role: part }) : {};
      const beside = besides.get(moment) ?? this.besides(cohort, moment);
      besides.set(moment, beside);
      return {
        link: `/c/${String(cohort._id)}/${moment === 'last_month' ? 'projects' : 'week'}`,
        params: {
          cohort: cohort.name,
          moment,
          on: dayOfMoment(cohort, moment),
          rung,
          part,
          ...list,
          ...(await beside),
        },
      };
    };
  }

  /** What else is on that day, which has no reminder of its own then (`same-day.ts`). That the last phase ends goes without saying. */
  private async besides(cohort: CohortRow, moment: Moment): Promise<NoticeParams> {
    const on = dayOfMoment(cohort, moment);
    const milestone = milestoneOn(await this.milestones.between([String(cohort._id)], on, on), on);
    const phase = cohort.phases.find((one) => (milestone ? closes(on, one) : one.endsOn === on));
    return {
      ...(milestone && { milestoneToo: 'true', title: milestone.title, titleKey: milestone.titleKey }),
      ...(moment !== 'last_day' && phaseOf(phase, on)),
    };
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
      MOMENTS.filter((moment) => dayOfMoment(cohort, moment) >= yesterday).map((moment) => ({
        ...{ type: this.type, id: idOfMoment(cohort, moment) },
        cohortId: String(cohort._id),
      })),
    );
  }
}

const idOfMoment = ({ _id }: CohortRow, moment: Moment) => derivedId('residency', String(_id), moment);

/** The days of a cohort that lasts from one day to another, by the ids of their subjects. */
export const residencyDays = (cohortId: string, lasts: Pick<CohortRow, 'startsOn' | 'endsOn'>): Map<string, string> =>
  new Map(MOMENTS.map((moment) => [derivedId('residency', cohortId, moment), dayOfMoment(lasts, moment)]));
