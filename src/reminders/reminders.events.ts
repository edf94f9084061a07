import { defineEvent } from '../infra/events/event-bus.js';

/** Staff changed when, how or in which words a cohort is reminded: all that is planned there follows. In the outbox. */
export const ladderChanged = defineEvent<{ cohortId: string }>('ladder.changed');
