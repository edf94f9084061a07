import { fold } from './fold.js';

/** What an operator narrows to. */
export type FilterKind = 'from' | 'in' | 'before' | 'after' | 'has';

/** `kind:value` as it was typed, with its place in the text: cutting it out takes the filter away. */
export interface QueryFilter {
  kind: FilterKind;
  value: string;
  from: number;
  to: number;
}

/** What somebody asks for. `words` may stand anywhere, in any form; a phrase stands as it is, but for case and accents. */
export interface ParsedQuery {
  words: string[];
  phrases: string[];
  filters: QueryFilter[];
}

/** Operators as they may be typed, in English and French, folded. */
const OPERATORS: Record<string, FilterKind> = {
  from: 'from',
  de: 'from',
  in: 'in',
  dans: 'in',
  before: 'before',
  avant: 'before',
  after: 'after',
  apres: 'after',
  has: 'has',
  avec: 'has',
};

const HAS: Record<string, 'file' | 'link'> = {
  file: 'file',
  files: 'file',
  fichier: 'file',
  fichiers: 'file',
  link: 'link',
  links: 'link',
  lien: 'link',
  liens: 'link',
};

/** Quotes as keyboards of both languages make them; a missing second one closes at the end. */
const PIECE = /(?:([\p{L}\p{M}]{2,7}):)?(?:["“”«]\s*([^"“”«»]*?)\s*(?:["“”»]|$)|([^\s"“”«»]+))/gu;

/** Reads what is typed into a search field. Whatever is no operator is a word: nothing is refused. */
export function parseQuery(text: string): ParsedQuery {
  const parsed: ParsedQuery = { words: [], phrases: [], filters: [] };
  for (const found of text.matchAll(PIECE)) {
    const [typed, operator = '', quoted, plain] = found;
    const kind = Object.hasOwn(OPERATORS, fold(operator)) ? OPERATORS[fold(operator)] : undefined;
    const value = quoted ?? plain ?? '';
    if (kind && value !== '') {
      parsed.filters.push({ kind, value, from: found.index, to: found.index + typed.length });
      continue;
    }
    if (quoted === undefined) parsed.words.push(typed);
    else {
      if (operator !== '') parsed.words.push(operator);
      if (quoted !== '') parsed.phrases.push(quoted);
    }
  }
  return parsed;
}

/** The text without one of its filters. */
export function withoutFilter(text: string, { from, to }: Pick<QueryFilter, 'from' | 'to'>): string {
  return `${text.slice(0, from)} ${text.slice(to)}`.replace(/\s+/g, ' ').trim();
}

/** What `has:` asks for; null for what it does not know. */
export function thingOf(value: string): 'file' | 'link' | null {
  const word = fold(value);
  return Object.hasOwn(HAS, word) ? (HAS[word] ?? null) : null;
}

/** A day as typed; `null` parts were left out. */
interface Typed {
  year: number;
  month: number | null;
  day: number | null;
}

const TYPED = [
  /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?$/,
  /^(?:(?:(?<day>\d{1,2})[/.])?(?<month>\d{1,2})[/.])?(?<year>\d{4})$/,
];
const DAYS_BACK: Record<string, number> = { today: 0, "aujourd'hui": 0, 'aujourd’hui': 0, yesterday: 1, hier: 1 };
const ONE_DAY = 86_400_000;
/** The day after the last one of a year has four digits, too. */
const LAST_YEAR = 9998;

/**
 * The days that `before:` and `after:` may name: `2026-10-13`, `13/10/2026`, `2026-10`, `2026`, `yesterday`, `hier`. Returns the first
 * day and the first one after it, as calendar days; null for what is none.
 */
export function daysOf(value: string, today: string): { first: string; next: string } | null {
  const word = value.trim().toLowerCase();
  if (Object.hasOwn(DAYS_BACK, word)) {
    const at = Date.parse(`${today}T00:00:00Z`) - (DAYS_BACK[word] ?? 0) * ONE_DAY;
    return { first: dayAt(at), next: dayAt(at + ONE_DAY) };
  }
  const groups = TYPED.map((form) => form.exec(word)?.groups).find((found) => found !== undefined);
  if (!groups) return null;
  const part = (name: string) => (groups[name] === undefined ? null : Number(groups[name]));
  return stretchOf({ year: part('year') ?? 0, month: part('month'), day: part('day') });
}

function stretchOf({ year, month, day }: Typed): { first: string; next: string } | null {
  const first = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  const exists =
    year >= 1000 &&
    year <= LAST_YEAR &&
    first.getUTCFullYear() === year &&
    first.getUTCMonth() === (month ?? 1) - 1 &&
    first.getUTCDate() === (day ?? 1);
  if (!exists) return null;
  const next = day ? first.getTime() + ONE_DAY : month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return { first: dayAt(first.getTime()), next: dayAt(next) };
}

const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10);
