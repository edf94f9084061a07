import type { Locale } from '../contracts/primitives.js';

/** What the milestones of the template are called, by their keys. The web has words of its own for them. */
export const MILESTONE_NAMES: Record<Locale, Record<string, string>> = {
  en: {
    welcome: 'Welcome days',
    'field-visits': 'Field visits',
    'challenge-framed': 'Challenge framed',
    'first-prototype': 'First prototype',
    'user-tests': 'User tests',
    'midway-review': 'Midway review',
    'first-release': 'First release',
    'sponsor-review': 'Sponsor review',
    'impact-measured': 'Impact measured',
    'handover-plan': 'Handover plan',
    'handover-done': 'Handover complete',
    'closing-day': 'Closing day',
  },
  fr: {
    welcome: 'Journées d’accueil',
    'field-visits': 'Visites de terrain',
    'challenge-framed': 'Défi cadré',
    'first-prototype': 'Premier prototype',
    'user-tests': 'Tests utilisateurs',
    'midway-review': 'Bilan à mi-parcours',
    'first-release': 'Première version',
    'sponsor-review': 'Revue avec les porteurs',
    'impact-measured': 'Impact mesuré',
    'handover-plan': 'Plan de passation',
    'handover-done': 'Passation terminée',
    'closing-day': 'Journée de clôture',
  },
};

/** What a milestone is called where the web does not translate it (feeds, mails): its own title, else its template name. */
export function milestoneName(milestone: { title: string | null; titleKey: string | null }, locale: Locale): string {
  return milestone.title ?? MILESTONE_NAMES[locale][milestone.titleKey ?? ''] ?? milestone.titleKey ?? '';
}
