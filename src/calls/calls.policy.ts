import type { CohortActor } from '../common/actor.js';
import type { Call } from '../contracts/calls/calls.js';
import type { CallRow } from './call.schema.js';
import { isOver } from './call-times.js';

/** What staff may do with a call, while its cohort is not closed. What closed by itself can be opened again by a later closing; what staff closed stays so. Files are decided once it is over. */
export function callAbilities(
  { cohortState }: Pick<CohortActor, 'cohortState'>,
  call: Pick<CallRow, 'state' | 'isFormChanged' | 'opensAt' | 'closesAt' | 'version'>,
  now: Date,
): Call['abilities'] {
  const runs = cohortState === 'running';
  const { state, isFormChanged } = call;
  return {
    edit: runs && state !== 'closed',
    publish: runs && (state === 'draft' || (state === 'published' && isFormChanged)),
    extend: runs && state === 'published',
    close: runs && state === 'published',
    decide: runs && isOver(call, now),
    addFiles: runs && call.version > 0,
    tellOutcome: runs && state !== 'draft' && isOver(call, now),
  };
}
