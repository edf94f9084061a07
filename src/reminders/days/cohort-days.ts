import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { type MemberRef, Members } from '../../cohorts/members/members.service.js';
import { daysBetween } from '../../common/times/zoned.js';
import { toIds } from '../../infra/mongo/ids.js';
import { type CohortCalendar, silentOf, withMilestone } from './same-day.js';
import type { LoadedSubject, ReminderContent, SubjectRef } from '../sources/subject-source.js';

export const FIRST_DAY = '1970-01-01';
const WITH_A_PART = ['fellow', 'coach', 'host', 'staff'] as const;

/** A day of a cohort of which people are reminded. */
export interface CohortDay {
  id: string;
  on: string;
  /** For how many days it is worth saying; one unless said. */
  lasts?: number;
  /** Nothing that comes after it comes before this day. */
  notBefore?: string;
  /** Where more than its day makes it another one: the day that does. */
  anewOn?: string;
  title: string | null;
  titleKey: string | null;
  people: LoadedSubject['people'];
  calendar?: CohortCalendar;
  content: (rung: string, userId: string) => ReminderContent | Promise<ReminderContent>;
}

/** What all subjects that are a day of a cohort share: the cohorts with their people, and how such a day is a subject. */
@Injectable()
export class CohortDays {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
  ) {}

  /** The asked ones among the days of the cohorts that are named. In a closed cohort nobody is reminded. */
  async load(
    type: LoadedSubject['type'],
    refs: readonly SubjectRef[],
    daysOf: (cohort: CohortRow, asked: ReadonlySet<string>) => Promise<CohortDay[]>,
  ): Promise<LoadedSubject[]> {
    const asked = new Set(refs.map((ref) => ref.id));
    const cohorts = await this.cohorts.byIds(toIds([...new Set(refs.map((ref) => ref.cohortId))]));
    const byCohort = await Promise.all(
      cohorts.map(async (cohort) => {
        const days = await daysOf(cohort, asked);
        const isLive = cohort.state === 'running';
        return days.filter(({ id }) => asked.has(id)).map((day) => toSubject(type, cohort, day, isLive));
      }),
    );
    return byCohort.flat();
  }

  /** All who have a part in it; nobody once it is closed. */
  async peopleOf({ _id, state }: CohortRow): Promise<Pick<MemberRef, 'userId' | 'role'>[]> {
    return state === 'running' ? await this.members.list(String(_id), { roles: WITH_A_PART }) : [];
  }

  /** The cohorts in which a person has a part. */
  async cohortsOf(userId: string): Promise<CohortRow[]> {
    const memberships = await this.members.ofPerson(userId);
    return await this.cohorts.byIds(toIds(memberships.map(({ cohortId }) => cohortId)));
  }

  async cohort(cohortId: string): Promise<CohortRow[]> {
    return await this.cohorts.byIds(toIds([cohortId]));
  }
}

/** A subject that is a day, on another day, and others perhaps on others, too. Its day is all that can move, so the day is its revision. */
export const onDay = (subject: LoadedSubject, on: string, calendar = subject.calendar): LoadedSubject =>
  'on' in subject.time
    ? {
        ...{ ...subject, revision: daysBetween(FIRST_DAY, on), time: { ...subject.time, on } },
        ...(calendar && beside(subject, on, withMilestone(calendar, subject.id, on))),
      }
    : subject;

/** What it says beside the other days of its cohort. */
export const beside = (subject: Pick<LoadedSubject, 'type' | 'id'>, on: string, calendar: CohortCalendar) => ({
  calendar,
  silent: silentOf(subject, on, calendar),
});

function toSubject(type: LoadedSubject['type'], cohort: CohortRow, day: CohortDay, isLive: boolean): LoadedSubject {
  const { id, on, lasts = 1, notBefore, anewOn = on, title, titleKey, people, calendar } = day;
  return {
    ...{ type, id, title, titleKey, isLive, people },
    ...(calendar && beside({ type, id }, on, calendar)),
    cohortId: String(cohort._id),
    // Its day is all that can move, unless said, so the day is its revision.
    revision: daysBetween(FIRST_DAY, anewOn),
    time: { on, timeZone: cohort.timeZone, lasts, ...(notBefore && { notBefore }) },
    content: (userId, rung) => day.content(rung, userId),
  };
}
