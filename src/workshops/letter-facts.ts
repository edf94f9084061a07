import { LEVEL_WORDS } from '../calendar/level-words.js';
import type { Locale } from '../contracts/primitives.js';
import { WorkshopLevel } from '../contracts/workshops/workshop-fields.js';
import type { WorkshopFacts } from './workshop-facts.js';

/** What a letter about a workshop tells beside its words. */
type LetterFacts = Pick<WorkshopFacts, 'place' | 'level'>;

const WHERE: Record<Locale, string> = { en: 'Where', fr: 'Où' };

/** What a notice keeps of a workshop, for whenever its letter is written. */
export const keptForLetter = ({ startsAt, endsAt, place, level }: WorkshopFacts) => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  place,
  level,
});

/** The rows of a letter: what is not known has none. */
export function letterRows({ place, level }: Partial<Record<keyof LetterFacts, unknown>>, locale: Locale) {
  const known = WorkshopLevel.safeParse(level).data;
  const { label, names } = LEVEL_WORDS[locale];
  const rows = [
    { label: WHERE[locale], value: place },
    { label, value: known && names[known] },
  ];
  return rows.flatMap(({ label, value }) => (typeof value === 'string' && value !== '' ? [{ label, value }] : []));
}
