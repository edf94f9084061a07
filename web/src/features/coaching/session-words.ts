import type { MentoringSession } from '../../../../src/contracts/mentoring';
import type { Locale } from '../../api/types';
import { daysAway, formatShortDay, formatTime } from '../../time/format';

/** The names of the people of a session but oneself, as the language lists them; all of them for who only looks on. */
export function othersOf(session: Pick<MentoringSession, 'people'>, myId: string | null, locale: string): string {
  const names = session.people.filter((person) => person.id !== myId).map((person) => person.name);
  return listOf(names, locale);
}

/** "Inès, Tomasz and you": Cordée's English is European. */
export function listOf(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale === 'fr' ? 'fr' : 'en-GB', { type: 'conjunction' }).format(names);
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
