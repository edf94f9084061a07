import type { MentoringSession } from '../../../../src/contracts/mentoring';
import type { Locale } from '../../api/types';
import { listOf } from '../../i18n/list-of';
import { daysAway, formatShortDay, formatTime } from '../../time/format';

/** The names of the people of a session but oneself, as the language lists them; all of them for who only looks on. */
export function othersOf(session: Pick<MentoringSession, 'people'>, myId: string | null, locale: string): string {
  const names = session.people.filter((person) => person.id !== myId).map((person) => person.name);
  return listOf(names, locale);
}

/** Whole days since an instant. */
export function daysSince(instant: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(instant)) / 86_400_000));
}

/** "14:00" today, "Thu 26 Nov, 14:00" on another day. */
export function dayAndTime(instant: string, zone: string, locale: Locale, now: number): string {
  const time = formatTime(instant, zone, locale);
  return daysAway(instant, zone, now) === 0 ? time : `${formatShortDay(instant, zone, locale, now)}, ${time}`;
}
