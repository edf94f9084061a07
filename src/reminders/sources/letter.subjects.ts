import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { closedDaysOf } from '../../cohorts/timeline/closed-days.reader.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { dayOf, instantAt, plusDays } from '../../common/times/zoned.js';
import { type CohortDay, CohortDays } from '../days/cohort-days.js';
import { derivedId } from '../../common/derived-id.js';
import { type Letter, lastingOf, lettersOf } from '../days/letter-days.js';
import { LetterNews, type TeamMonth } from './letter-news.js';
import type { LoadedSubject, SubjectRef, SubjectSource } from './subject-source.js';

/** So far back a letter can still be on its way: it may be set to up to six days before its day, and that of a month waits for the end of a pause. */
const BEHIND_DAYS = 31;

/** The first and the last day of a cohort. */
export type Lasting = Pick<CohortRow, 'startsOn' | 'endsOn'>;

/** The letters of a cohort: one each week, to all who have a part in it, and one each month, to its hosts. */
@Injectable()
export class LetterSubjects implements SubjectSource {
  readonly type = 'letter' as const;
  readonly followsCohort = true;

  constructor(
    private readonly clock: Clock,
    private readonly days: CohortDays,
    private readonly projects: Projects,
    private readonly news: LetterNews,
  ) {}

  /** As they are, or as they would be if their cohort lasted so. */
  async load(refs: readonly SubjectRef[], lasts?: Lasting): Promise<LoadedSubject[]> {
    return await this.days.load(this.type, refs, async (cohort) => {
      const members = await this.days.peopleOf(cohort);
      const { startsOn, endsOn } = lasts ?? cohort;
      const { on } = await closedDaysOf(cohort);
      return lettersOf({ startsOn, endsOn }, startsOn, on).map((letter) =>
        this.dayOf(cohort, letter, lastingOf(letter, on), members),
      );
    });
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    return await this.refsOf(await this.days.cohortsOf(userId), from);
  }

  async ofCohort(cohortId: string, from: Date, lasts?: Lasting): Promise<SubjectRef[]> {
    const cohorts = await this.days.cohort(cohortId);
    return await this.refsOf(lasts ? cohorts.map((cohort) => ({ ...cohort, ...lasts })) : cohorts, from);
  }

  private async refsOf(cohorts: readonly CohortRow[], from: Date): Promise<SubjectRef[]> {
    const behind = plusDays(dayOf(from, 'UTC'), -BEHIND_DAYS);
    const refs = await Promise.all(
      cohorts.map(async (cohort) => {
        const { on } = await closedDaysOf(cohort);
        return lettersOf(cohort, behind, on).map((letter) => ({
          ...{ type: this.type, id: idOfLetter(cohort, letter) },
          cohortId: String(cohort._id),
        }));
      }),
    );
    return refs.flat();
  }

  /** The month before the letter's day, as far as it lies in the residency and has passed: staff may have it sent some days before. */
  private async monthOf(cohort: CohortRow, { on }: Letter, team: readonly string[]): Promise<TeamMonth> {
    const before = Temporal.PlainDate.from(on).subtract({ months: 1 }).toString();
    const [from, to] = [before < cohort.startsOn ? cohort.startsOn : before, on].map((day) =>
      instantAt(day, '00:00', cohort.timeZone),
    ) as [Date, Date];
    const now = this.clock.now();
    return await this.news.been(String(cohort._id), team, from, to < now ? to : now, cohort.timeZone);
  }

  private dayOf(
    cohort: CohortRow,
    letter: Letter,
    lasts: number,
    members: readonly { userId: string; role: string }[],
  ): CohortDay {
    const cohortId = String(cohort._id);
    const readers = letter.what === 'week' ? members : members.filter(({ role }) => role === 'host');
    return {
      ...{
        id: idOfLetter(cohort, letter),
        on: letter.on,
        lasts,
        title: cohort.name,
        titleKey: null,
      },
      people: readers.map(({ userId }) => ({ userId, why: letter.what })),
      content: async (rung, userId) => {
        const now = this.clock.now();
        const from = new Date(Math.max(now.getTime(), instantAt(letter.on, '00:00', cohort.timeZone).getTime()));
        const common = { cohort: cohort.name, on: letter.on, what: letter.what, rung };
        const isWeek = letter.what === 'week';
        const to = new Date(from.getTime() + (isWeek ? 7 : 31) * DAY);
        const { isEmpty, params } = await this.news.coming(cohortId, from, to, cohort.timeZone);
        if (isWeek) return { link: `/c/${cohortId}/week`, params: { ...common, ...params }, isEmpty };
        const mine = (await this.projects.list(cohortId)).filter(({ hostIds }) => hostIds.includes(userId));
        const [first] = mine;
        const link = first && mine.length === 1 ? `/c/${cohortId}/projects/${first.id}` : `/c/${cohortId}/projects`;
        const team = mine.flatMap(({ fellowIds }) => fellowIds);
        const been = team.length > 0 ? await this.monthOf(cohort, letter, team) : null;
        return {
          link,
          params: {
            ...{ ...common, ...params, ...been, team: been ? 'true' : 'none' },
            project: first ? mine.map(({ name }) => name).join(', ') : 'none',
            projects: mine.length,
          },
          isEmpty: isEmpty && !been,
        };
      },
    };
  }
}

const idOfLetter = ({ _id }: CohortRow, { what, on }: Letter) => derivedId('letter', String(_id), what, on);
