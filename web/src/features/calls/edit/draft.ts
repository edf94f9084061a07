import type { Call } from '../../../../../src/contracts/calls/calls';
import { problemsOfForm } from '../../../../../src/contracts/calls/forms';
import { lacksOfWords } from '../../../../../src/contracts/calls/whole';

/** What staff write of a call, by the parts that are saved and settled each for itself. */
export const PARTS = [
  ...(['title', 'lead', 'text', 'outcome', 'opensAt', 'closesAt', 'timeZone', 'dates'] as const),
  ...(['criteria', 'keepRefusedMonths', 'fields'] as const),
] as const satisfies (keyof Call)[];
export type PartName = (typeof PARTS)[number];
export type Draft = Pick<Call, PartName>;

/** Some of the parts of a draft. */
export const only = (draft: Draft, parts: readonly PartName[]): Partial<Draft> =>
  Object.fromEntries(parts.map((part) => [part, draft[part]]));

export const draftOf = (call: Call): Draft => only(call, PARTS) as Draft;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The parts in which two drafts differ. */
export const changedParts = (from: Draft, to: Draft): PartName[] =>
  PARTS.filter((part) => !isSame(from[part], to[part]));

/**
 * What one types over what somebody else saved meanwhile: a part that only one changed is as they left it. Of the parts that `both` changed, each its own way, mine stands in the draft
 * until somebody chooses.
 */
export function merged(from: Draft, mine: Draft, theirs: Draft): { draft: Draft; both: PartName[] } {
  const myParts = changedParts(from, mine);
  const both = myParts.filter((part) => !isSame(from[part], theirs[part]) && !isSame(mine[part], theirs[part]));
  return { draft: { ...theirs, ...only(mine, myParts) }, both };
}

/**
 * The parts that cannot be saved as they stand, though one goes on writing them: a date without a day, a form with one thing twice; of what everybody sees, whatever lacks something.
 */
export function unfinished(draft: Draft, isPublic: boolean): PartName[] {
  const { dates, fields } = draft;
  const isDay = (day: string) => /^20\d\d-\d\d-\d\d$/.test(day);
  const isWhole = dates.every(({ on, until }) => isDay(on) && (until === null || isDay(until)));
  const isDoubled = problemsOfForm(fields).some(({ code }) => code === 'doubled' || code === 'doubled_options');
  const lacking = isPublic ? lacksOfWords(draft).flatMap(({ field, code }) => partsOf(field, code)) : [];
  return [...(isWhole ? [] : ['dates' as const]), ...(isDoubled ? ['fields' as const] : []), ...lacking];
}

/** Opening and closing are wrong together. */
const partsOf = (pointer: string, code: string): PartName[] =>
  code === 'not_after' ? ['opensAt', 'closesAt'] : PARTS.filter((part) => part === pointer.split('/')[1]);

/** What is kept of it in the browser: what is typed, what it began with, and in which revision. */
export interface Kept {
  revision: number;
  known: Draft;
  draft: Draft;
  /** Parts that somebody else saved meanwhile in other words: nothing is saved until somebody chooses. */
  both: PartName[];
}

/** Null for what is not ours, or of another day. Parts that are new since it was kept are as they stand in the call. */
export function keptOf(text: string, now: Draft): Kept | null {
  try {
    const read = JSON.parse(text) as Kept;
    if (![read.known, read.draft].every((one) => 'title' in one && 'fields' in one)) return null;
    const kept = { ...read, known: { ...now, ...read.known }, draft: { ...now, ...read.draft } };
    return typeof kept.revision === 'number' && Array.isArray(kept.both) ? kept : null;
  } catch {
    return null;
  }
}
