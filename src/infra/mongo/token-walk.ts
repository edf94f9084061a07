import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { MAX_CHARACTERS, within } from '../../common/texts/within.js';
import { ANY } from '../../common/texts/search-words.js';
import type { Types } from 'mongoose';
import { type Behind, placeWithin } from './time-place.js';

/** A place in the order newest first: milliseconds, then id (''; before all of that instant). */
export interface Place {
  at: number;
  id: string;
}

/** What is found by tokens. */
export interface WalkRow {
  _id: Types.ObjectId;
  createdAt: Date;
}

/** Where rows are looked for by tokens. */
export interface TokenSource<Row extends WalkRow> {
  /** Those with any of some tokens in a range, newest first. */
  read: (tokens: readonly string[], range: { after: Behind; from: Date }, limit: number) => Promise<Row[]>;
  /** How many those are in [from, to), up to a limit. */
  count: (tokens: readonly string[], from: Date, to: Date, limit: number) => Promise<number>;
  /** Not deleted meanwhile, whatever led to it. */
  isThere: (row: Row) => boolean;
  tokensOf: (row: Row) => readonly string[];
  /** How many characters of text are read with it. */
  lengthOf: (row: Row) => number;
  /** How far the first look goes back. */
  firstWindow: number;
}

/** What is looked for: rows that have a token of each group. */
export interface TokenAsk<Row> {
  groups: readonly (readonly string[])[];
  /** Rows that have any of these tokens are left out. */
  without?: readonly string[];
  /** Not before this instant, and before that one. */
  from: Date | null;
  before: Date | null;
  /** The place after which to go on. */
  after: Place | null;
  limit: number;
  /** What tokens do not tell: those of some rows that fit. */
  fitting?: (rows: readonly Row[]) => Promise<readonly Row[]>;
}

/** What was found, newest first, and how far back was looked; null: to the beginning. */
export interface TokenWalk<Row> {
  found: Row[];
  to: Place | null;
}

/**
 * The walk goes back in windows: the first, then as long as the last one says that what is missing needs, up to eight times as long. Not
 * every engine stops a range at the limit: what a window holds beyond it is read in vain.
 */
const WIDENING = 8;
const AHEAD = 5 * MINUTE;
const BEGINNING = new Date(0);
/** Rows read in one walk at most (and no more than {@link MAX_CHARACTERS} of their texts), and with one question. */
const MAX_READ = 2000;
const CHUNK = 200;
const FEWEST = 20;
/** So much more is read than what was read so far says that it takes: the next question should be the last one. */
const SPARE = 1.5;
/**
 * How common the groups are is judged by one hour, or, where few wrote, by a day or eight; up to so many rows. Where that says nothing, the
 * longest word is the rarest.
 */
const SAMPLES = [HOUR, DAY, 8 * DAY];
const TELLING = 10;
const ENOUGH = 100;
const MAX_JUDGED = 6;

interface Rarest {
  group: readonly string[];
  every: number | null;
}

/**
 * Finds rows by their tokens, newest first. The rarest group selects and the others filter what it finds; the walk goes back
 * window by window and reads a bounded number of rows, whatever the size of the installation: who wants more goes on from `to`.
 */
export async function walkTokens<Row extends WalkRow>(
  source: TokenSource<Row>,
  ask: TokenAsk<Row>,
  now: Date,
): Promise<TokenWalk<Row>> {
  // A group without a token (what somebody wrote who is left out, say) is in none.
  if (ask.groups.some((group) => group.length === 0)) return { found: [], to: null };
  const { group: selecting, every } = await rarestOf(source, ask, now);
  const others = ask.groups.filter((group) => group !== selecting);
  const { without = [] } = ask;
  const allFit = others.length === 0 && without.length === 0 && !ask.fitting;
  const isAsked = (tokens: readonly string[]) => hasAll(tokens, others) && !without.some((one) => tokens.includes(one));
  const floor = ask.from ?? BEGINNING;
  const found: Row[] = [];
  // Few of those that have the words of a phrase have them in a row: a whole chunk at once is quicker than two questions.
  const wide = ask.fitting && every;
  const first = wide ? Math.min(WIDENING * source.firstWindow, CHUNK * every) : source.firstWindow;
  let [after, span, read, characters] = [startOf(ask, now), first, 0, 0];
  while (after.at > floor || after.id) {
    const from = new Date(Math.max(floor.getTime(), after.at.getTime() - span));
    const missing = ask.limit + 1 - found.length;
    const chunk = allFit ? missing : chunkFor(missing, found.length, read);
    const all = await source.read(selecting, { after, from }, chunk);
    const rows = within(all, source.lengthOf, MAX_CHARACTERS - characters);
    const having = rows.filter((row) => source.isThere(row) && isAsked(source.tokensOf(row)));
    found.push(...(ask.fitting ? await ask.fitting(having) : having));
    if (found.length > ask.limit) return cut(found, ask.limit);
    read += rows.length;
    characters += rows.reduce((sum, row) => sum + source.lengthOf(row), 0);
    const last = rows.at(-1);
    const isCut = last !== undefined && (rows.length < all.length || rows.length === chunk);
    if (!isCut && from <= floor) break;
    const to: Behind = isCut ? { at: last.createdAt, id: last._id } : { at: from, id: null };
    // In the next window, what is still missing should be, if as many were written.
    const next = chunkFor(ask.limit + 1 - found.length, found.length, read);
    span = Math.max(MINUTE, (after.at.getTime() - to.at.getTime()) * Math.min(WIDENING, next / rows.length));
    after = to;
    if (read >= MAX_READ || characters >= MAX_CHARACTERS || rows.length < all.length)
      return { found, to: placeOf(after) };
  }
  return { found, to: null };
}

/** Ahead of now a little: clocks of several machines differ. */
function startOf({ after, before }: Pick<TokenAsk<never>, 'after' | 'before'>, now: Date): Behind {
  const ahead = new Date(now.getTime() + AHEAD);
  return placeWithin(after, before && before < ahead ? before : ahead);
}

/** The group by which to look: where there are several, that with the fewest rows of late, and how often one comes (ms; null: not known). */
async function rarestOf<Row extends WalkRow>(source: TokenSource<Row>, ask: TokenAsk<Row>, now: Date): Promise<Rarest> {
  const groups = [...ask.groups].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0)).slice(0, MAX_JUDGED);
  const [first] = groups;
  if (groups.length < 2) return { group: first ?? [ANY], every: null };
  const to = startOf(ask, now).at;
  let counts: number[] = [];
  let judgedBy = 0;
  for (const sample of SAMPLES) {
    judgedBy = sample;
    const from = new Date(to.getTime() - sample);
    counts = await Promise.all(groups.map((group) => source.count(group, from, to, ENOUGH)));
    if (Math.max(...counts) >= TELLING) break;
  }
  const fewest = Math.min(...counts);
  return { group: groups[counts.indexOf(fewest)] ?? [ANY], every: fewest > 0 ? judgedBy / fewest : null };
}

/** How many to read so that those that are missing are probably among them, by how many of those read so far were found. */
function chunkFor(missing: number, found: number, read: number): number {
  if (found === 0) return CHUNK;
  return Math.min(CHUNK, Math.max(FEWEST, Math.ceil((missing * SPARE * read) / found)));
}

/** Is a token of each group among these? */
export function hasAll(tokens: readonly string[], groups: readonly (readonly string[])[]): boolean {
  const all = new Set(tokens);
  return groups.every((group) => group.some((token) => all.has(token)));
}

function cut<Row extends WalkRow>(rows: readonly Row[], limit: number): TokenWalk<Row> {
  const found = rows.slice(0, limit);
  const last = found.at(-1);
  return { found, to: last ? placeOf({ at: last.createdAt, id: last._id }) : null };
}

const placeOf = ({ at, id }: Behind): Place => ({ at: at.getTime(), id: id ? String(id) : '' });
