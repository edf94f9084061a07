import { stringify } from 'csv-stringify/sync';
import type { Guest } from '../../contracts/workshops/guests.js';
import type { Locale } from '../../contracts/primitives.js';

interface Words {
  separator: string;
  head: [name: string, email: string, state: string, plusOne: string, askedAt: string];
  yes: string;
  no: string;
  /** As the list on the page says it. */
  is: Record<ReturnType<typeof standingOf>, string>;
}

const WORDS: Record<Locale, Words> = {
  en: {
    separator: ',',
    head: ['Name', 'Email', 'Status', 'Brings one person', 'Registered at'],
    ...{ yes: 'Yes', no: 'No' },
    is: {
      ...{ going: 'Registered', waitlisted: 'On the waiting list', offered: 'Place held', attended: 'Attended' },
      ...{ absent: 'Absent', excused: 'Excused', left: 'Cancelled', unconfirmed: 'Not confirmed yet' },
    },
  },
  fr: {
    separator: ';',
    head: ['Nom', 'Courriel', 'État', 'Vient avec une personne', 'Inscription le'],
    ...{ yes: 'Oui', no: 'Non' },
    is: {
      ...{ going: 'Inscription confirmée', waitlisted: 'En attente', offered: 'Place réservée', attended: 'Présence' },
      ...{ absent: 'Absence', excused: 'Absence excusée', left: 'Désinscription', unconfirmed: 'À confirmer' },
    },
  },
};

/**
 * Guests as a table of one line each and a column for each question, for a spreadsheet (RFC 4180, with the mark by which spreadsheets know
 * UTF-8, and the separator that those of the language expect). Instants are ISO 8601 UTC. What a spreadsheet would take for a formula is
 * written as text.
 */
export function csvOfGuests(guests: readonly Guest[], questions: readonly string[], locale: Locale): string {
  const words = WORDS[locale];
  return stringify([[...words.head, ...questions], ...guests.map((guest) => lineOf(guest, questions, words))], {
    bom: true,
    delimiter: words.separator,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

function lineOf(guest: Guest, questions: readonly string[], { yes, no, is }: Words): string[] {
  const { name, email, plusOne, askedAt, answers } = guest;
  const said = (isSo: boolean) => (isSo ? yes : no);
  const answerOf = (label: string) => {
    const answer = answers.find(({ question }) => question === label)?.answer ?? '';
    return typeof answer === 'boolean' ? said(answer) : answer;
  };
  return [...[name, email ?? '', is[standingOf(guest)], said(plusOne), askedAt], ...questions.map(answerOf)];
}

function standingOf({ status, leftAt }: Guest) {
  if (status !== null && status !== 'cancelled') return status;
  return leftAt === null ? 'unconfirmed' : 'left';
}
