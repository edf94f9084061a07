import type { Types } from 'mongoose';
import { type Problem, conflict } from '../../common/problem.js';
import type { FileRow } from '../file.schema.js';
import type { UseKey } from './storage-uses.repository.js';

/** Bytes of a megabyte, as sizes are shown to people (SI). */
export const MB = 1_000_000;

/** What may be held at a place, in bytes. `cohort`, and `calls`, which is the part of it that all calls have together, are null in direct conversations, which belong to none. */
export interface Room {
  person: number;
  calls: number | null;
  cohort: number | null;
}

/** Strangers send files to calls: whatever comes there, half of the room stays to those who are in the cohort. */
const PART_OF_CALLS = 0.5;

/** What an installation allows, and what was set for a cohort over it. */
interface Standards {
  STORAGE_PERSON_MB: number;
  STORAGE_COHORT_MB: number;
}
type Set = { personMb?: number | null | undefined; cohortMb?: number | null | undefined };

/** The room at a place: what was set for the cohort, else what the installation allows. */
export function roomOf(standards: Standards, isCohort: boolean, set: Set = {}): Room {
  const cohort = isCohort ? (set.cohortMb ?? standards.STORAGE_COHORT_MB) * MB : null;
  return {
    person: (set.personMb ?? standards.STORAGE_PERSON_MB) * MB,
    ...{ calls: cohort === null ? null : cohort * PART_OF_CALLS, cohort },
  };
}

/**
 * Whose room a file needs: the person's and the cohort's; the person's alone outside of cohorts; the cohort's alone for what an import brings; for what somebody sends to a call,
 * that of all calls of the cohort, and the cohort's. What one of the calls holds is counted as well.
 */
export type Whose = 'person' | 'call' | 'calls' | 'cohort';

/** A file as far as it is counted. */
export type Counted = Pick<FileRow, 'ownerId' | 'cohortId' | 'imported'> & {
  callId?: Types.ObjectId | null | undefined;
};

/** See {@link Whose}. */
export function neededBy({ cohortId, imported, callId }: { [Key in keyof Counted]?: unknown }): Whose[] {
  return [
    ...(imported ? [] : (['person'] as const)),
    ...(cohortId && callId ? (['call', 'calls'] as const) : []),
    ...(cohortId ? (['cohort'] as const) : []),
  ];
}

/** The count of whose room it is. */
export function useOf({ ownerId, cohortId: place, callId }: Counted, whose: Whose): UseKey {
  const cohortId = place ?? null;
  if (whose === 'call') return { cohortId, userId: callId ?? null, of: 'call' };
  if (whose === 'calls') return { cohortId, userId: cohortId, of: 'calls' };
  return { cohortId, userId: whose === 'person' ? ownerId : null };
}

/** May so much be added? What is over the limit already, since it was lowered, stays and grows no more. */
export const fits = ({ used, limit, size }: { used: number; limit: number; size: number }): boolean =>
  used + size <= limit;

const WORDS = {
  person: 'Your files here take all the room you have: delete messages with files, or ask the programme team for more.',
  direct: 'Your files in direct conversations take all the room you have: delete messages with files.',
  calls: 'What came in by the calls of this cohort takes all the room that they have: ask the programme team.',
  cohort: 'The files of this cohort take all the room it has: ask the programme team.',
} as const;

/** 409 `storage_full`: whose room it is (`of`), how much of it is used, how much there is, and what should come in, in bytes. */
export function storageFull(
  of: keyof typeof WORDS,
  { used, limit, size }: { used: number; limit: number; size: number },
): Problem {
  return conflict('storage_full', WORDS[of], { of, used, limit, size });
}
