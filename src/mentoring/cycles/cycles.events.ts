import { defineEvent } from '../../infra/events/event-bus.js';

/**
 * A cycle of sessions was started, got further, or ended; what it is now is read by its id. `revision` is the one after the change,
 * `peopleIds` its coach and fellow.
 */
export const cycleChanged = defineEvent<{
  cohortId: string;
  cycleId: string;
  act: 'started' | 'moved_on' | 'note_written' | 'ended';
  revision: number;
  peopleIds: string[];
}>('cycle.changed');
