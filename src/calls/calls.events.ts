import { defineEvent } from '../infra/events/event-bus.js';

/** A call closes at another time than before: later, or now. Who has a draft hears of it. In the outbox. */
export const callMoved = defineEvent<{ callId: string }>('call.moved');
