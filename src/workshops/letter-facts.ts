import type { Locale } from '../contracts/primitives.js';
import type { WorkshopFacts } from './workshop-facts.js';

/** What a letter about a workshop tells beside its words. */
export type LetterFacts = Pick<WorkshopFacts, 'place'>;

const LABELS: Record<Locale, Record<keyof LetterFacts, string>> = { en: { place: 'Where' }, fr: { place: 'Où' } };

/** What a notice keeps of a workshop, for whenever its letter is written. */
export const keptForLetter = ({ startsAt, endsAt, place }: WorkshopFacts) => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  place,
});

/** The rows of a letter: what is not known has none. */
export function letterRows(facts: Partial<Record<keyof LetterFacts, unknown>>, locale: Locale) {
  const rows: [keyof LetterFacts, unknown][] = [['place', facts.place]];
  return rows.flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [{ label: LABELS[locale][name], value }] : [],
  );
}
