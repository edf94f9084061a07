import { defineEvent } from '../../infra/events/event-bus.js';
import type { CycleRow } from './cycle.schema.js';

/**
 * A cycle of sessions was started, got further, or ended; what it is now is read by its id. `revision` is the one after the change,
 * `peopleIds` its coach and fellow. In the outbox too.
 */
export const cycleChanged = defineEvent<{
  cohortId: string;
  cycleId: string;
  act: 'started' | 'moved_on' | 'note_written' | 'ended';
  revision: number;
  peopleIds: string[];
}>('cycle.changed');

/** What events say of a cycle. */
export const changeOf = (row: CycleRow, act: 'started' | 'moved_on' | 'note_written' | 'ended') => ({
  cohortId: String(row.cohortId),
  cycleId: String(row._id),
  act,
  revision: row.revision,
  peopleIds: row.people.map(String),
});
