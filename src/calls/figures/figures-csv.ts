import type { CallFigures } from '../../contracts/calls/figures.js';
import type { Locale } from '../../contracts/primitives.js';

const WORDS = {
  en: {
    delimiter: ',',
    head: ['Figure', 'Of', 'Number'],
    totals: { seen: 'Page opened', begun: 'Begun', submitted: 'Handed in', withdrawn: 'Withdrawn' },
    unsaid: 'Not said',
    few: 'hidden (small groups)',
    decisions: { accepted: 'Accepted', waiting: 'Waiting list', declined: 'Declined', lapsed: 'Place lost' },
    decided: 'Decision',
    waited: 'Days to an answer (median)',
  },
  fr: {
    delimiter: ';',
    head: ['Chiffre', 'De', 'Nombre'],
    totals: { seen: 'Page ouverte', begun: 'Commencées', submitted: 'Déposées', withdrawn: 'Retirées' },
    unsaid: 'Non précisé',
    few: 'masqué (petits groupes)',
    decisions: { accepted: 'Retenues', waiting: 'Liste d’attente', declined: 'Non retenues', lapsed: 'Place perdue' },
    decided: 'Décision',
    waited: 'Jours avant la réponse (médiane)',
  },
} as const;

/** One line a figure: what is counted, of which day or group, and how many. */
export function figureLines(
  { totals, days, fields, decisions, waited }: CallFigures,
  locale: Locale,
): { rows: string[][]; delimiter: string } {
  const words = WORDS[locale];
  const cell = (count: number | null) => (count === null ? words.few : String(count));
  const kinds = ['seen', 'begun', 'submitted'] as const;
  return {
    delimiter: words.delimiter,
    rows: [
      [...words.head],
      ...[...kinds, 'withdrawn' as const].map((kind) => [words.totals[kind], '', String(totals[kind])]),
      ...days.flatMap((day) => kinds.map((kind) => [words.totals[kind], day.on, String(day[kind])])),
      ...fields.flatMap(({ label, options, unsaid }) => [
        ...options.map((option) => [label[locale], option.label[locale], cell(option.count)]),
        [label[locale], words.unsaid, cell(unsaid)],
      ]),
      ...(['accepted', 'waiting', 'declined', 'lapsed'] as const).map((kind) => [
        words.decided,
        words.decisions[kind],
        cell(decisions[kind]),
      ]),
      [words.waited, '', waited.days === null ? '' : String(waited.days)],
    ],
  };
}
