import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { beginningOf } from '../../common/texts/cut.js';
import { fold } from '../../common/texts/fold.js';
import type { InviteResult } from '../../contracts/cohorts/cohorts.js';

/** One line of an import, by field of {@link import('../../contracts/cohorts/cohorts.js').InvitePerson}; not checked yet. */
export interface ImportLine {
  line: number;
  person: unknown;
}

export type LineError = InviteResult['errors'][number];

/** A table read: its lines, or why it cannot be read. */
export interface ImportTable {
  lines: ImportLine[];
  ignoredColumns: string[];
  errors: LineError[];
}

/** At most so many people in one import. */
export const MAX_LINES = 5000;

/** Column heads as people write them, folded, in English and French. */
const COLUMNS: Record<string, readonly string[]> = {
  email: [
    'email',
    'e-mail',
    'mail',
    'email address',
    'e-mail address',
    'courriel',
    'adresse',
    'adresse e-mail',
    'adresse mail',
    'adresse electronique',
    'mel',
  ],
  name: [
    'name',
    'full name',
    'person',
    'nom',
    'nom complet',
    'nom et prenom',
    'prenom et nom',
    'nom prenom',
    'prenom nom',
    'first name last name',
    'personne',
  ],
  firstName: ['first name', 'given name', 'prenom'],
  lastName: ['last name', 'family name', 'surname', 'nom de famille'],
  role: ['role'],
  craft: ['craft', 'metier'],
  project: ['project', 'challenge', 'projet', 'defi'],
  locale: ['locale', 'language', 'langue'],
};

/** What people write for the values of a field, folded. What is not here is checked as it stands. */
const VALUES: Record<string, Record<string, readonly string[]>> = {
  role: {
    coach: ['accompagnateur', 'accompagnatrice', 'expert', 'experte'],
    host: ['hote', 'hotesse', 'sponsor', 'referent', 'referente', 'agent', 'agente'],
    staff: ['equipe', 'team'],
  },
  craft: {
    developer: ['developpeur', 'developpeuse', 'developpement', 'dev'],
    designer: ['design', 'graphiste'],
    data: ['donnees', 'data scientist', 'scientifique des donnees'],
    product: ['produit', 'product manager', 'chef de produit', 'cheffe de produit'],
    other: ['autre'],
  },
  locale: { en: ['english', 'anglais'], fr: ['french', 'francais'] },
};

/** Bytes as text: a byte order mark decides, then a charset that was named, then what the bytes can be (RFC 4180, RFC 2781). */
export function decodeText(bytes: Buffer, charset?: string): string {
  const encoding = encodingOf(bytes, charset);
  return iconv.decode(bytes, encoding, { stripBOM: true });
}

function encodingOf(bytes: Buffer, charset: string | undefined): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  const start = bytes.subarray(0, 400);
  const nulls = (parity: number) => start.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  if (nulls(1) > start.length / 4) return 'utf-16le';
  if (nulls(0) > start.length / 4) return 'utf-16be';
  if (charset !== undefined && iconv.encodingExists(charset)) return charset;
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Reads a CSV (RFC 4180; also with `;` or tabs) whose first line names its columns. Line 1 is that line. */
export function readTable(text: string): ImportTable {
  try {
    const delimiter = delimiterOf(text);
    const rows = parse(text, {
      delimiter,
      // Else the first line end found would be the only one: a file put together from two would be one long line.
      record_delimiter: ['\r\n', '\n', '\r'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      max_record_size: 20_000,
      // The header, all that are taken, and one that tells there are more.
      to: MAX_LINES + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const [header, ...body] = rows;
    return header ? tableOf(header.record, body) : broken(1, 'empty', 'The file is empty.');
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return broken(
      typeof error.lines === 'number' ? error.lines : 1,
      'unreadable',
      'This line is not CSV: look for an open quote.',
    );
  }
}

/** The separator that cuts the first line into most columns. */
function delimiterOf(text: string): string {
  const [head = ''] = text.trimStart().split(/[\r\n]/, 1);
  const width = (delimiter: string) => {
    const [row] = parse(head, { delimiter, relax_quotes: true, max_record_size: 20_000 });
    return row?.length ?? 0;
  };
  return [',', ';', '\t'].map((one) => ({ one, width: width(one) })).sort((a, b) => b.width - a.width)[0]?.one ?? ',';
}

function tableOf(
  header: readonly string[],
  body: readonly { record: string[]; info: { lines: number } }[],
): ImportTable {
  const columns = header.map(columnOf);
  const named = new Set(columns);
  if (named.has('firstName') && !named.has('lastName')) {
    // `Prénom;Nom`: here the name is the family name.
    columns.forEach((column, index) => column === 'name' && (columns[index] = 'lastName'));
  }
  const hasName = columns.includes('name') || columns.includes('lastName');
  const missing = [
    ...(named.has('email') ? [] : ['email']),
    ...(hasName ? [] : ['name']),
    ...(named.has('role') ? [] : ['role']),
  ];
  const errors = missing.map((field) => lineError(1, 'missing_column', `There is no column for ${field}.`, field));
  if (body.length > MAX_LINES) {
    errors.push(lineError(MAX_LINES + 2, 'too_many_lines', `At most ${MAX_LINES} people in one import.`));
  }
  const lines =
    errors.length > 0 ? [] : body.map((row) => ({ line: row.info.lines, person: personOf(columns, row.record) }));
  return { lines, ignoredColumns: header.filter((head, index) => head !== '' && columns[index] === null), errors };
}

function columnOf(head: string): string | null {
  const folded = fold(head)
    .replace(/[\s_]+/g, ' ')
    .trim();
  return Object.entries(COLUMNS).find(([, heads]) => heads.includes(folded))?.[0] ?? null;
}

function personOf(columns: readonly (string | null)[], record: readonly string[]): Record<string, string> {
  const person: Record<string, string> = {};
  columns.forEach((column, index) => {
    const value = record[index] ?? '';
    if (column && value !== '' && person[column] === undefined) person[column] = valueOf(column, value);
  });
  const { firstName, lastName, ...fields } = person;
  const name = fields.name ?? [firstName, lastName].filter(Boolean).join(' ');
  return name ? { ...fields, name } : fields;
}

function valueOf(column: string, value: string): string {
  const known = VALUES[column];
  if (!known) return value;
  const folded = fold(value).trim();
  return Object.entries(known).find(([, words]) => words.includes(folded))?.[0] ?? folded;
}

const broken = (line: number, code: string, detail: string): ImportTable => ({
  lines: [],
  ignoredColumns: [],
  errors: [lineError(line, code, detail)],
});

/** An error of one line; `field` and `value` where one of them is to blame. Values are cut to 200 characters. */
export function lineError(line: number, code: string, detail: string, field?: string, value?: string): LineError {
  return {
    line,
    code,
    detail,
    field: field ?? null,
    value: value === undefined ? null : beginningOf(value, 200),
    otherLine: null,
  };
}
