import type { MentoringSession } from '../../../../src/contracts/mentoring';

/** The names of the people of a session but oneself, as the language lists them; all of them for who only looks on. */
export function othersOf(session: Pick<MentoringSession, 'people'>, myId: string | null, locale: string): string {
  const names = session.people.filter((person) => person.id !== myId).map((person) => person.name);
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}

/** Whole days since an instant. */
export function daysSince(instant: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(instant)) / 86_400_000));
}
