import { stringify } from 'csv-stringify/sync';
import type { CoachLoad, CoachingLoad, FellowLoad } from '../../contracts/mentoring/coaching-load.js';
import type { Locale } from '../../contracts/primitives.js';

interface Words {
  separator: string;
  kind: string;
  name: string;
  project: string;
  days: string;
  last: string;
  next: string;
  weekOf: (monday: string) => string;
  thisWeek: string;
  nextWeek: string;
  most: string;
  held: string;
  noShow: string;
  late: string;
  fellow: string;
  coach: string;
}

const WORDS: Record<Locale, Words> = {
  en: {
    ...{ separator: ',', kind: 'Role', name: 'Name', project: 'Project', days: 'Days without a session' },
    ...{ last: 'Last session', next: 'Next session', weekOf: (monday) => `Held in the week of ${monday}` },
    ...{ thisWeek: 'Sessions this week', nextWeek: 'Sessions next week', most: 'Most a week' },
    ...{ held: 'Held', noShow: 'Nobody came', late: 'Cancelled late', fellow: 'Fellow', coach: 'Coach' },
  },
  fr: {
    ...{ separator: ';', kind: 'Rôle', name: 'Nom', project: 'Défi', days: 'Jours sans séance' },
    ...{ last: 'Dernière séance', next: 'Prochaine séance', weekOf: (monday) => `Tenues la semaine du ${monday}` },
    ...{ thisWeek: 'Séances cette semaine', nextWeek: 'Séances la semaine prochaine', most: 'Maximum par semaine' },
    ...{ held: 'Tenues', noShow: 'Personne n’est venu', late: 'Annulées tard', fellow: 'Fellow', coach: 'Coach' },
  },
};

/**
 * The board as a table of one line a person, fellows first, for a spreadsheet (RFC 4180, with the mark by which spreadsheets know UTF-8,
 * and the separator that those of the language expect). Instants are ISO 8601 UTC, weeks their Mondays. A name that a spreadsheet would
 * take for a formula is written as text.
 */
export function csvOfLoad({ weeks, fellows, coaches }: CoachingLoad, locale: Locale): string {
  const words = WORDS[locale];
  const head = [
    ...[words.kind, words.name, words.project, words.days, words.last, words.next],
    ...weeks.map(words.weekOf),
    ...[words.thisWeek, words.nextWeek, words.most, words.held, words.noShow, words.late],
  ];
  const lines = [
    head,
    ...fellows.map((one) => lineOfFellow(one, words)),
    ...coaches.map((one) => lineOfCoach(one, weeks.length, words)),
  ];
  return stringify(lines, {
    bom: true,
    delimiter: words.separator,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

const lineOfFellow = (one: FellowLoad, { fellow }: Words) => [
  ...[fellow, one.person.name, one.projectName, one.days, one.lastSessionAt, one.nextSessionAt],
  ...one.sessions,
  ...Array<null>(6).fill(null),
];

const lineOfCoach = (one: CoachLoad, weeks: number, { coach }: Words) => [
  ...[coach, one.person.name, ...Array<null>(4 + weeks).fill(null)],
  ...[one.thisWeek, one.nextWeek, one.maxPerWeek, one.held, one.noShow, one.cancelledLate],
];
