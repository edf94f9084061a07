import { Injectable } from '@nestjs/common';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import { dayOf } from '../../common/times/zoned.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';

/** What there is to tell; a letter that is empty is not sent. */
export interface LetterContent {
  isEmpty: boolean;
  params: NoticeParams;
}

/** Figures of a month of a team. */
export interface TeamMonth {
  held: number;
  went: number;
  passed: number;
}

/** So many workshops are named; of more it says how many there are. */
const NAMED = 5;

/** What a letter of a cohort tells: read as it leaves. */
@Injectable()
export class LetterNews {
  constructor(
    private readonly milestones: Milestones,
    private readonly workshops: WorkshopsReader,
    private readonly topics: TopicsReader,
    private readonly sessions: SessionsReader,
  ) {}

  /** Workshops of a time (the first of them by name: `workshop1`, `workshop1At`), the first milestone in it, and how many questions nobody has answered. */
  async coming(cohortId: string, from: Date, to: Date, timeZone: string): Promise<LetterContent> {
    const until = dayOf(to, timeZone);
    const [workshops, milestones, unanswered] = await Promise.all([
      this.workshops.inCohort(cohortId, from, to),
      this.milestones.between([cohortId], dayOf(from, timeZone), until),
      this.topics.unanswered(cohortId),
    ]);
    const coming = workshops
      .filter(({ status, startsAt }) => status === 'published' && startsAt >= from)
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    const names = coming.slice(0, NAMED).flatMap(({ title, startsAt }, index) => [
      [`workshop${index + 1}`, title],
      [`workshop${index + 1}At`, startsAt.toISOString()],
    ]);
    const [next] = [...milestones].sort((a, b) => a.on.localeCompare(b.on));
    return {
      // Questions alone are no news: those whom they are for hear of them when they have waited, not every week again.
      isEmpty: coming.length === 0 && !next,
      params: {
        workshops: coming.length,
        questions: unanswered.length,
        titleKey: next?.titleKey ?? null,
        title: next?.title ?? null,
        has: next ? 'true' : 'false',
        milestoneOn: next?.on ?? null,
        ...(Object.fromEntries(names) as NoticeParams),
      },
    };
  }

  /**
   * What some fellows of a cohort did in [from, to), in figures alone: sessions that were `held`, workshops they `went` to (had a place in
   * and were not said to be absent from), milestones that `passed`. Nothing of what was said.
   */
  async been(
    cohortId: string,
    fellowIds: readonly string[],
    from: Date,
    to: Date,
    timeZone: string,
  ): Promise<TeamMonth> {
    const lastDay = dayOf(new Date(to.getTime() - 1), timeZone);
    const [sessions, went, passed] = await Promise.all([
      this.sessions.contacts(cohortId, from, to, fellowIds),
      this.workshops.wentTo(cohortId, fellowIds, from, to),
      this.milestones.daysIn(cohortId, dayOf(from, timeZone), lastDay),
    ]);
    return { held: sessions.filter(({ status }) => status === 'held').length, went, passed: passed.length };
  }
}
