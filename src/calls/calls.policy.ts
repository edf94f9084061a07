import type { CohortActor } from '../common/actor.js';
import type { Call } from '../contracts/calls/calls.js';
import type { CallRow } from './call.schema.js';

/** What staff may do with a call, while its cohort is not closed. What closed by itself can be opened again by a later closing; what staff closed stays so. */
export function callAbilities(
  { cohortState }: Pick<CohortActor, 'cohortState'>,
  { state, isFormChanged }: Pick<CallRow, 'state' | 'isFormChanged'>,
): Call['abilities'] {
  const runs = cohortState === 'running';
  return {
    edit: runs && state !== 'closed',
    publish: runs && (state === 'draft' || (state === 'published' && isFormChanged)),
    extend: runs && state === 'published',
    close: runs && state === 'published',
  };
}
