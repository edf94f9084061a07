import { defineEvent } from '../infra/events/event-bus.js';

/** Pages of the handbook of one cohort were copied into that of another: who keeps them is told. In the outbox. */
export const handbookCopied = defineEvent<{ cohortId: string; fromCohortId: string; byId: string }>('handbook.copied');

/** A page of a handbook was written, changed, moved, deleted or restored. */
export const handbookChanged = defineEvent<{ cohortId: string; pageId: string }>('handbook.changed');
