import type { SessionKind, SessionLengths } from '../../contracts/mentoring/mentoring.js';
import type { FieldProblem } from '../../contracts/primitives.js';

/** What somebody wants to book: a kind of session, or so many minutes; with both, the minutes are those of the kind. */
export interface Wish {
  kind?: SessionKind | undefined;
  minutes?: number | undefined;
}

/** The length of a kind in minutes, or the problem of a field: `/kind` `not_offered`, `/minutes` `not_the_length`. */
export function lengthOf({ kind, minutes }: Wish, lengths: SessionLengths): number | FieldProblem {
  const length = kind && lengths[kind];
  if (length === undefined) return { field: '/kind', code: 'not_offered' };
  if (minutes !== undefined && minutes !== length)
    return { field: '/minutes', code: 'not_the_length', params: { minutes: length } };
  return length;
}
