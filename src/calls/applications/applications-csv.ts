import { stringify } from 'csv-stringify/sync';
import type { FormField } from '../../contracts/calls/forms.js';
import type { Locale } from '../../contracts/primitives.js';
import { answerInWords } from './answers/answer-words.js';
import type { ApplicationRow, SubmittedRow } from './application.schema.js';

/** A file that was handed in. */
export type CsvLine = Pick<ApplicationRow, 'numberText' | 'email' | 'state' | 'version' | 'decision'> & {
  submitted: SubmittedRow;
};

/** A version of the form of a call. */
type Form = { version: number; fields: readonly FormField[] };

const WORDS = {
  en: {
    separator: ',',
    head: ['Number', 'Email', 'Status', 'Handed in at', 'Decision'],
    decision: { accepted: 'Accepted', waiting: 'Waiting list', declined: 'Declined', lapsed: 'Place lost' },
    submitted: 'Handed in',
    withdrawn: 'Withdrawn',
  },
  fr: {
    separator: ';',
    head: ['Numéro', 'Courriel', 'État', 'Déposée le', 'Décision'],
    decision: { accepted: 'Retenue', waiting: 'Liste d’attente', declined: 'Non retenue', lapsed: 'Place perdue' },
    submitted: 'Déposée',
    withdrawn: 'Retirée',
  },
} as const;

/**
 * Files as a table of one line each and a column for each question, also of those that only an older version of the form asked, for a spreadsheet (RFC 4180, with the mark by
 * which spreadsheets know UTF-8, and the separator that those of the language expect). Instants are ISO 8601 UTC. What a spreadsheet would take for a formula is written as
 * text. `forms`: the newest first.
 */
export async function* csvLines(
  forms: readonly Form[],
  parts: AsyncIterable<readonly CsvLine[]>,
  locale: Locale,
): AsyncGenerator<string> {
  const words = WORDS[locale];
  const options = { delimiter: words.separator, record_delimiter: 'windows' as const, escape_formulas: true };
  const questions = new Map<string, FormField>();
  for (const { fields } of forms)
    for (const field of fields)
      if (field.kind !== 'section' && !questions.has(field.key)) questions.set(field.key, field);
  const head = [...words.head, ...[...questions.values()].map(({ label }) => label[locale])];
  yield stringify([head], { ...options, bom: true });
  const fieldsOf = new Map(
    forms.map(({ version, fields }) => [version, new Map(fields.map((field) => [field.key, field]))]),
  );
  for await (const files of parts) {
    const lines = files.map(({ numberText, email, state, version, submitted, decision }) => [
      ...[
        numberText ?? '',
        email,
        state === 'withdrawn' ? words.withdrawn : words.submitted,
        submitted.at.toISOString(),
        decision ? words.decision[decision.kind] : '',
      ],
      ...[...questions.keys()].map((key) => {
        const [field, answer] = [fieldsOf.get(version)?.get(key), submitted.answers[key]];
        return field && answer !== undefined ? answerInWords(field, answer, locale) : '';
      }),
    ]);
    if (lines.length > 0) yield stringify(lines, options);
  }
}
