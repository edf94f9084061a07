import type { FellowLoad } from '../../../../../src/contracts/mentoring/coaching-load';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import type { Locale } from '../../../api/types';
import { listOf } from '../../../i18n/list-of';
import { daysAway, formatShortDay, formatTime } from '../../../time/format';

/** The names of the people of a session but oneself, as the language lists them; all of them for who only looks on. */
export function othersOf(session: Pick<MentoringSession, 'people'>, myId: string | null, locale: string): string {
  const names = session.people.filter((person) => person.id !== myId).map((person) => person.name);
  return listOf(names, locale);
}

/** Days of the calendar in a zone since an instant: last night was yesterday. */
export const daysSince = (instant: string, zone: string, now: number) => Math.max(0, -daysAway(instant, zone, now));

/** How the days without a session are said, by the last part of a key: who never had one was not met, on whatever day they came. */
export function silenceOf({ lastSessionAt, days }: Pick<FellowLoad, 'lastSessionAt' | 'days'>): {
  key: 'days' | 'never';
  days: number;
} {
  return { key: lastSessionAt === null ? 'never' : 'days', days: Math.max(0, days) };
}

const LONG_DAYS = 21;
const TOO_LONG_DAYS = 28;

/** How long it is for somebody without a session: null where it is not long. */
export function silenceTone({ days }: Pick<FellowLoad, 'days'>): 'wait' | 'alert' | null {
  if (days >= TOO_LONG_DAYS) return 'alert';
  return days >= LONG_DAYS ? 'wait' : null;
}

/** "14:00" today, "Thu 26 Nov, 14:00" on another day. */
export function dayAndTime(instant: string, zone: string, locale: Locale, now: number): string {
  const time = formatTime(instant, zone, locale);
  return daysAway(instant, zone, now) === 0 ? time : `${formatShortDay(instant, zone, locale, now)}, ${time}`;
}
