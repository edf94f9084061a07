import { MAX_HANDBOOK_LEVELS } from '../contracts/handbook/handbook.js';

/** A page in the tree, with its parent (null: at the top) and its place among those of one parent. Ids as texts. */
export interface Place {
  id: string;
  parentId: string | null;
  order: number;
}

/** Why a page cannot stand where it is wanted. */
export type Misplaced = 'unknown' | 'into_itself' | 'too_deep';

const byOrder = (a: Place, b: Place) => a.order - b.order || (a.id < b.id ? -1 : 1);

/** Pages by their parent, in their order; one whose parent is not there stands at the top. */
function families<T extends Place>(pages: readonly T[]): Map<string | null, T[]> {
  const there = new Set(pages.map(({ id }) => id));
  const all = new Map<string | null, T[]>();
  for (const page of [...pages].sort(byOrder)) {
    const parent = page.parentId !== null && there.has(page.parentId) ? page.parentId : null;
    all.set(parent, [...(all.get(parent) ?? []), page]);
  }
  return all;
}

/** All pages, each before those below it, in their order. */
export function inOrder<T extends Place>(pages: readonly T[]): T[] {
  const family = families(pages);
  const below = (parent: string | null): T[] => (family.get(parent) ?? []).flatMap((page) => [page, ...below(page.id)]);
  return below(null);
}

/** How many levels a page and those below it take. */
function heightOf(family: ReadonlyMap<string | null, readonly Place[]>, id: string): number {
  return 1 + Math.max(0, ...(family.get(id) ?? []).map((page) => heightOf(family, page.id)));
}

/** The page, its parent, and so on to the top. */
function lineOf(pages: readonly Place[], id: string): string[] {
  const parents = new Map(pages.map((page) => [page.id, page.parentId]));
  const line: string[] = [];
  for (let at: string | null = id; at !== null && parents.has(at) && !line.includes(at); at = parents.get(at) ?? null)
    line.push(at);
  return line;
}

/** Why no page can be written below another (null: at the top); null where one can. */
export function refusalBelow(pages: readonly Place[], parentId: string | null): Misplaced | null {
  if (parentId === null) return null;
  const line = lineOf(pages, parentId);
  if (line.length === 0) return 'unknown';
  return line.length >= MAX_HANDBOOK_LEVELS ? 'too_deep' : null;
}

/** Below which page one stands that comes to a tree from elsewhere: the one that it was below, or at the top where that is gone, or on the last level by now. */
export const parentOrTop = (pages: readonly Place[], parentId: string | null): string | null =>
  refusalBelow(pages, parentId) === null ? parentId : null;

/** The place after the last page below a parent. */
export const lastOrder = (pages: readonly Place[], parentId: string | null): number =>
  1 + Math.max(-1, ...(families(pages).get(parentId) ?? []).map(({ order }) => order));

/** What changes where a page goes below `parentId`, before its page `before` (null: as the last): the places that are others than they were. */
export function moved(
  pages: readonly Place[],
  id: string,
  { parentId, before }: { parentId: string | null; before: string | null },
): Place[] | Misplaced {
  const line = parentId === null ? [] : lineOf(pages, parentId);
  if (parentId !== null && line.length === 0) return 'unknown';
  if (line.includes(id)) return 'into_itself';
  const family = families(pages);
  if (line.length + heightOf(family, id) > MAX_HANDBOOK_LEVELS) return 'too_deep';
  const others = (family.get(parentId) ?? []).filter((page) => page.id !== id);
  const at = before === null ? others.length : others.findIndex((page) => page.id === before);
  if (at < 0) return 'unknown';
  const was = new Map(pages.map((page) => [page.id, page]));
  const wanted = others.map((page) => page.id).toSpliced(at, 0, id);
  return wanted
    .map((one, order): Place => ({ id: one, parentId, order }))
    .filter((page) => was.get(page.id)?.order !== page.order || was.get(page.id)?.parentId !== page.parentId);
}
