import { type Problem, conflict } from '../../common/problem.js';

/** Bytes of a megabyte, as sizes are shown to people (SI). */
export const MB = 1_000_000;

/** What may be held at a place, in bytes. `cohort` is null in direct conversations, which belong to none. */
export interface Room {
  person: number;
  cohort: number | null;
}

/** What an installation allows, and what was set for a cohort over it. */
interface Standards {
  STORAGE_PERSON_MB: number;
  STORAGE_COHORT_MB: number;
}
type Set = { personMb?: number | null | undefined; cohortMb?: number | null | undefined };

/** The room at a place: what was set for the cohort, else what the installation allows. */
export function roomOf(standards: Standards, isCohort: boolean, set: Set = {}): Room {
  return {
    person: (set.personMb ?? standards.STORAGE_PERSON_MB) * MB,
    cohort: isCohort ? (set.cohortMb ?? standards.STORAGE_COHORT_MB) * MB : null,
  };
}

/** Whose room a file needs: the person's and the cohort's; the person's alone outside of cohorts; the cohort's alone for what an import brings. */
export type Whose = 'person' | 'cohort';

export function neededBy({ cohortId, imported }: { cohortId?: unknown; imported: boolean }): Whose[] {
  return [...(imported ? [] : (['person'] as const)), ...(cohortId ? (['cohort'] as const) : [])];
}

/** May so much be added? What is over the limit already, since it was lowered, stays and grows no more. */
export const fits = ({ used, limit, size }: { used: number; limit: number; size: number }): boolean =>
  used + size <= limit;

const WORDS = {
  person: 'Your files here take all the room you have: delete messages with files, or ask the programme team for more.',
  direct: 'Your files in direct conversations take all the room you have: delete messages with files.',
  cohort: 'The files of this cohort take all the room it has: ask the programme team.',
} as const;

/** 409 `storage_full`: whose room it is (`of`), how much of it is used, how much there is, and what should come in, in bytes. */
export function storageFull(
  of: keyof typeof WORDS,
  { used, limit, size }: { used: number; limit: number; size: number },
): Problem {
  return conflict('storage_full', WORDS[of], { of, used, limit, size });
}
