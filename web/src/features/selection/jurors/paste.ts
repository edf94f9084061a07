import type { FieldOption } from '../../../../../src/contracts/calls/forms';

/** A juror as one writes them before they are invited. */
export interface JurorRow {
  name: string;
  email: string;
  /** The key of an option of the form; empty: none in particular. */
  craft: string;
  organisation: string;
}

export const emptyRow = (): JurorRow => ({ name: '', email: '', craft: '', organisation: '' });
export const isEmptyRow = ({ name, email, craft, organisation }: JurorRow) =>
  [name, email, craft, organisation].every((value) => value.trim() === '');

const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** Without case and accents: "Développeuse" is "developpeuse". */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** Lines that somebody pasted: "name, address, craft, organisation", as a list, a spreadsheet or an address book writes them. What is no craft of the form belongs to the organisation. */
export function rowsOf(text: string, crafts: readonly FieldOption[]): JurorRow[] {
  return text
    .split(/\r?\n/)
    .map((line) => rowOf(line, crafts))
    .filter((row): row is JurorRow => row !== null);
}

function rowOf(line: string, crafts: readonly FieldOption[]): JurorRow | null {
  // "Rosalie Brémond <rosalie@x.fr>" as mail programs write it.
  const cells = line
    .replace(/<([^<>\s]+@[^<>\s]+)>/g, ',$1,')
    .split(/[\t;,]/)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    .filter((cell) => cell !== '');
  if (cells.length === 0) return null;
  // Half an address is one that is to be put right, not an organisation.
  const whole = cells.findIndex((cell) => ADDRESS.test(cell));
  const at = whole === -1 ? cells.findIndex((cell) => cell.includes('@')) : whole;
  const email = cells[at] ?? '';
  const others = cells.filter((_, place) => place !== at);
  // The name stands before the address, or is the first of all.
  const name = (at > 0 ? cells[0] : others[0]) ?? '';
  const rest = others.slice(others.indexOf(name) + 1);
  const craft = rest.map((cell) => craftOf(cell, crafts)).find((key) => key !== undefined);
  const organisation = rest.filter((cell) => craftOf(cell, crafts) === undefined).join(', ');
  return { name, email, craft: craft ?? '', organisation };
}

const craftOf = (cell: string, crafts: readonly FieldOption[]) =>
  crafts.find(({ key, label }) => [key, label.en, label.fr].some((word) => word !== '' && plain(word) === plain(cell)))
    ?.key;

/** What keeps a row from being invited: nobody, or no address, or one that stands there twice. */
export function wrongOf(rows: readonly JurorRow[], at: number): 'no_name' | 'no_address' | 'twice' | null {
  const row = rows[at];
  if (!row || isEmptyRow(row)) return null;
  if (!ADDRESS.test(row.email.trim())) return 'no_address';
  if (row.name.trim() === '') return 'no_name';
  const first = rows.findIndex((one) => plain(one.email) === plain(row.email));
  return first < at ? 'twice' : null;
}
