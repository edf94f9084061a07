import { DAY, HOUR } from '../../common/times/clock.js';
import { ZoneOffsets } from '../../common/times/zone-offsets.js';
import type { CohortNews } from '../../contracts/bridges/cohort-webhooks.js';

/** When a question has waited so long that the programme team is told, too. */
const UNANSWERED_MS = 4 * DAY;
/** What happened longer ago was told, or nobody listened then. */
const LATEST_MS = 2 * DAY;
const MORNING_MINUTE = 9 * 60;
const NEAR_DAYS = 3;

/** News of a cohort: what happened, to what, and since when it is so. `on`: the day of a milestone (`2026-11-26`), null of all else. */
export interface News {
  kind: CohortNews;
  subjectId: string;
  on: string | null;
  since: Date;
}

/**
 * What is new in a cohort at an instant, from its open questions and the days of its milestones: a question after four days, a milestone three days
 * before and on its day, at 09:00 in the cohort's zone. The same at every look, until it is two days old.
 */
export function newsAt(
  now: Date,
  cohort: {
    timeZone: string;
    questions: readonly { id: string; createdAt: Date }[];
    milestones: readonly { id: string; on: string }[];
  },
): News[] {
  const zone = ZoneOffsets.of(cohort.timeZone);
  const morning = (on: string, daysBefore: number) =>
    new Date(zone.instantOf(Math.floor(Date.parse(`${on}T00:00:00Z`) / DAY) - daysBefore, MORNING_MINUTE));
  const all = [
    ...cohort.questions.map(({ id, createdAt }): News => ({
      kind: 'topic.unanswered',
      subjectId: id,
      on: null,
      since: new Date(createdAt.getTime() + UNANSWERED_MS),
    })),
    ...cohort.milestones.flatMap(({ id, on }): News[] => [
      { kind: 'milestone.near', subjectId: id, on, since: morning(on, NEAR_DAYS) },
      { kind: 'milestone.day', subjectId: id, on, since: morning(on, 0) },
    ]),
  ];
  return all.filter(({ since }) => since <= now && now.getTime() - since.getTime() < LATEST_MS);
}

/** Milestones between these days (`2026-11-26`) can be news now. */
export function daysOfNews(now: Date): { from: string; to: string } {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(now.getTime() - LATEST_MS - 12 * HOUR), to: day(now.getTime() + (NEAR_DAYS + 1) * DAY) };
}
