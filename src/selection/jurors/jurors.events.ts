import { defineEvent } from '../../infra/events/event-bus.js';

/** Somebody who had joined is no juror of a call any more: panels on which they sit go on without them. In the outbox. */
export const jurorLeft = defineEvent<{ callId: string; userId: string }>('juror.left');
