import { fold } from './fold.js';

/** What an operator narrows to. */
export type FilterKind = 'from' | 'in' | 'before' | 'after' | 'has' | 'is';

/** `kind:value` as it was typed, with its place in the text: cutting it out takes the filter away. `isNot`: with a `-` before it, what fits is left out. */
export interface QueryFilter<Kind extends string = FilterKind> {
  kind: Kind;
  value: string;
  isNot: boolean;
  from: number;
  to: number;
}

/** Words may stand anywhere, in any form; a phrase stands as it is, but for case and accents. */
export interface QueryText {
  words: string[];
  phrases: string[];
}

/** What somebody asks for. `not`: with a `-` before it, what holds any of it is left out. */
export interface ParsedQuery<Kind extends string = FilterKind> extends QueryText {
  not: QueryText;
  filters: QueryFilter<Kind>[];
}

/** Operators by how they may be typed, in English and French, folded. */
type Operators<Kind extends string> = Readonly<Record<string, Kind>>;

const OPERATORS: Operators<FilterKind> = {
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
  is: 'is',
  est: 'is',
};
/** Those that a `-` can turn round: a day has a filter for its other side. */
const TURNED: ReadonlySet<string> = new Set(['from', 'in', 'has', 'is', 'tag']);

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

/** What a message may be to its reader. */
export type MessageState = 'pinned' | 'saved' | 'mention' | 'thread';

const STATES: Record<string, MessageState> = {
  pinned: 'pinned',
  epingle: 'pinned',
  saved: 'saved',
  enregistre: 'saved',
  mention: 'mention',
  mentions: 'mention',
  thread: 'thread',
  fil: 'thread',
};

/** Quotes as keyboards of both languages make them; a missing second one closes at the end. Spaces beside them are cut off afterwards: to look for them here would take cubic time. */
const PIECE = /((?<!\S)-(?=[\p{L}"“”«]))?(?:([\p{L}\p{M}]{2,9}):)?(?:["“”«]([^"“”«»]*)(?:["“”»]|$)|([^\s"“”«»]+))/gu;

/** Reads what is typed into a search field. Whatever is no operator is a word: nothing is refused. */
export function parseQuery(text: string): ParsedQuery;
export function parseQuery<Kind extends string>(text: string, operators: Operators<Kind>): ParsedQuery<Kind>;
export function parseQuery(text: string, operators: Operators<string> = OPERATORS): ParsedQuery<string> {
  const parsed: ParsedQuery<string> = { words: [], phrases: [], not: { words: [], phrases: [] }, filters: [] };
  for (const found of text.matchAll(PIECE)) {
    const [typed, minus, operator = '', between, plain] = found;
    const quoted = between?.trim();
    const isNot = minus !== undefined;
    const kind = Object.hasOwn(operators, fold(operator)) ? operators[fold(operator)] : undefined;
    const value = quoted ?? plain ?? '';
    if (kind && value !== '' && (!isNot || TURNED.has(kind))) {
      parsed.filters.push({ kind, value, isNot, from: found.index, to: found.index + typed.length });
      continue;
    }
    const { words, phrases } = isNot ? parsed.not : parsed;
    if (quoted === undefined) words.push(isNot ? typed.slice(1) : typed);
    else {
      if (operator !== '') words.push(operator);
      if (quoted !== '') phrases.push(quoted);
    }
  }
  return parsed;
}

/** What looks like a filter and is none (`colour:red`), as it was typed: it is looked for as words. An address is not meant as one. */
export function strangeFilters(text: string, operators: Operators<string> = OPERATORS): string[] {
  const typed = [...text.matchAll(PIECE)].flatMap(([, , operator = '', between, plain]) => {
    const value = between?.trim() ?? plain ?? '';
    const isMeant = operator !== '' && value !== '' && !value.startsWith('//');
    return isMeant && !Object.hasOwn(operators, fold(operator)) ? operator : [];
  });
  return [...new Set(typed)];
}

/** The text without one of its filters. */
export function withoutFilter(text: string, { from, to }: Pick<QueryFilter, 'from' | 'to'>): string {
  return `${text.slice(0, from)} ${text.slice(to)}`.replace(/\s+/g, ' ').trim();
}

/** What `has:` asks for; null for what it does not know. */
export const thingOf = (value: string): 'file' | 'link' | null => known(HAS, value);

/** What `is:` asks for; null for what no message is. */
export const stateOf = (value: string): MessageState | null => known(STATES, value);

function known<T>(table: Record<string, T>, value: string): T | null {
  const word = fold(value);
  return Object.hasOwn(table, word) ? (table[word] ?? null) : null;
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
