import { invalidField } from '../common/problem.js';
import { decodeCursor, encodeCursor } from '../common/cursor.js';
import type { TopicState } from '../common/texts/forum/forum-query.js';
import type { MessageState } from '../common/texts/search-query.js';
import type { Locale } from '../contracts/primitives.js';
import type { SearchHit, SearchKind } from '../contracts/search.js';
import type { Place } from '../infra/mongo/token-walk.js';
import type { Wanted } from './ask.js';

/** What every kind of thing is looked for by. `cohortIds` are those the seeker is a member of now (or the one asked for). */
export interface Seeking {
  userId: string;
  /** The language that the seeker reads. */
  lang: Locale;
  cohortIds: readonly string[];
  /** The commons is looked through, too: the seeker is in it, and asked for no one cohort. */
  inCommons: boolean;
  wanted: Wanted;
  /** Who wrote it: any of these; null for anybody. */
  authorIds: readonly string[] | null;
  /** The channels to look into, each with its cohort (null: direct): all that the seeker may read now, or those asked for. */
  channels: ReadonlyMap<string, string | null>;
  /** Something was asked for that only these kinds have or are: a channel, a file, a link, pinned; solved. Null for all kinds. */
  only: readonly SearchKind[] | null;
  has: readonly ('file' | 'link')[];
  is: readonly MessageState[];
  states: readonly TopicState[];
  /** What is left out: what any of these wrote, what has or is any of it. */
  not: {
    authorIds: readonly string[];
    has: readonly ('file' | 'link')[];
    is: readonly MessageState[];
    states: readonly TopicState[];
  };
  from: Date | null;
  before: Date | null;
  after: Place | null;
  limit: number;
}

export type Scored = SearchHit & { score: number };

/** What one kind found, newest first, and how far back it has looked; null: to the beginning. */
export interface Found<Hit = Scored> {
  hits: Hit[];
  to: Place | null;
}

/** One kind of thing. It answers only with what the seeker may read now. */
export interface HitSource {
  kind: SearchKind;
  find: (seeking: Seeking) => Promise<Found>;
}

/** What has a place in the order of time. */
type Timed = Pick<SearchHit, 'at' | 'id'>;

const placeOf = (hit: Timed): Place => ({ at: Date.parse(hit.at), id: hit.id });

/** Below zero when `a` comes first: the newer one, at the same instant the one with the greater id. */
export function compare(a: Place, b: Place): number {
  return a.at !== b.at ? b.at - a.at : a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}

export interface Page {
  items: Scored[];
  nextCursor: string | null;
  searchedTo: string | null;
}

/** One list of what several kinds found, and where it goes on: only as far back as every one of them has looked. */
export function newest<Hit extends Timed>(
  all: readonly Found<Hit>[],
  limit: number,
): { items: Hit[]; next: Place | null } {
  const horizon = all.flatMap(({ to }) => to ?? []).sort(compare)[0] ?? null;
  const hits = all
    .flatMap((found) => found.hits)
    .sort((a, b) => compare(placeOf(a), placeOf(b)))
    .filter((hit) => !horizon || compare(placeOf(hit), horizon) <= 0);
  const items = hits.slice(0, limit);
  const last = items.at(-1);
  return { items, next: hits.length > limit && last ? placeOf(last) : horizon };
}

/** {@link newest} as a page. */
export function newestPage(all: readonly Found[], limit: number): Page {
  const { items, next } = newest(all, limit);
  return {
    items,
    nextCursor: next && encodeCursor([next.at, next.id]),
    searchedTo: next && new Date(next.at).toISOString(),
  };
}

/** Where a page of the newest begins. Throws 422 for a cursor that is not ours. */
export function newestAfter(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 8e15 || typeof id !== 'string')
    throw invalidField('/cursor', 'wrong_format');
  return { at, id };
}

/** Where a page of the best begins: when the ranking was taken, and the last one seen. */
export interface RankPlace {
  takenAt: number;
  score: number;
  at: number;
  id: string;
}

/** Throws 422 for a cursor that is not ours. */
export function bestAfter(cursor: string | undefined): RankPlace | null {
  if (cursor === undefined) return null;
  const [takenAt, score, at, id] = decodeCursor(cursor, 4);
  const numbers = [takenAt, score, at].every((part) => typeof part === 'number' && Math.abs(part) <= 8e15);
  if (!numbers || typeof id !== 'string') throw invalidField('/cursor', 'wrong_format');
  return { takenAt: Number(takenAt), score: Number(score), at: Number(at), id };
}

/** A page of the best among what was found. `takenAt` is after everything that is ranked, and stays so on later pages. */
export function bestPage(all: readonly Found[], takenAt: number, after: RankPlace | null, limit: number): Page {
  const hits = all.flatMap((found) => found.hits).sort(byRank);
  const rest = after ? hits.filter((hit) => isBehind(hit, after)) : hits;
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last;
  const horizon = all.flatMap(({ to }) => to ?? []).sort(compare)[0];
  return {
    items,
    nextCursor: more ? encodeCursor([takenAt, last.score, Date.parse(last.at), last.id]) : null,
    searchedTo: horizon ? new Date(horizon.at).toISOString() : null,
  };
}

const byRank = (a: Scored, b: Scored) => b.score - a.score || compare(placeOf(a), placeOf(b));

const isBehind = (hit: Scored, after: RankPlace) =>
  hit.score < after.score || (hit.score === after.score && compare(placeOf(hit), after) > 0);
