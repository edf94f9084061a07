import type { Locale } from '../contracts/primitives.js';
import type { WorkshopLevel } from '../contracts/workshops/workshop-fields.js';

/** How mails and calendars name the level of a workshop. */
export const LEVEL_WORDS: Record<Locale, { label: string; names: Record<WorkshopLevel, string> }> = {
  en: { label: 'Level', names: { beginner: 'Beginner', intermediate: 'Intermediate', advanced: 'Advanced' } },
  fr: { label: 'Niveau', names: { beginner: 'Débutant', intermediate: 'Intermédiaire', advanced: 'Avancé' } },
};
